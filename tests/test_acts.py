"""What is denied, demanded or condemned far below the news is an event after all others, once, and changes none."""

import datetime

import pytest

from transforms.events.accounts import MAX_EVENTS, with_acts
from transforms.events.explaining import explain_account
from transforms.events.happenings import read_article
from transforms.events.nlp import load_pipeline
from transforms.events.ontology import load_ontology

DAY = datetime.date(2025, 5, 12)
TOP = (
    "GAO, Mali - Gunmen killed seven soldiers near Gao in northern Mali on Sunday, the army said. The attackers came "
    "on motorcycles before dawn. Two trucks were burned. Residents heard shots for an hour. The dead were buried by "
    "noon. Shops in the town stayed shut. A market was called off. "
)


@pytest.fixture(scope="module")
def account():
    nlp, ontology = load_pipeline(), load_ontology()
    return lambda text: read_article(nlp(text), ontology, article_id="a", published_day=DAY)


@pytest.fixture(scope="module")
def read(account):
    return lambda text: account(text).events


def _facts(event):
    return event._replace(confidence=None)  # "the raid" is told once more


@pytest.mark.parametrize(
    ("below", "event_type", "who"),
    [
        ("The African Union condemned the raid.", "ACCUSE", "African Union"),
        ("The Foreign Ministry of Algeria denied that the gunmen had crossed its border.", "REJECT", None),
        ("Amnesty International urged the government to protect herders.", "REQUEST", "Amnesty International"),
        ("Moussa Keita, a shopkeeper, demanded that the governor resign.", "REQUEST", "Moussa Keita"),
        ("The United Nations welcomed the reaction of the army.", "SUPPORT", "United Nations"),
    ],
)
def test_an_act_far_below_comes_last(below, event_type, who, read):
    alone, told = read(TOP), read(TOP + below)
    assert [_facts(event) for event in told[: len(alone)]] == [_facts(event) for event in alone]
    (act,) = told[len(alone) :]
    assert (act.event_type, act.rank) == (event_type, len(alone) + 1)
    assert who is None or who in {actor.name for actor in act.actors}
    assert act.happened_on is None, "the day of the raid is not that of what is said of it"


@pytest.mark.parametrize(
    "below",
    [
        "A man asked for a phone.",  # nobody
        "The African Union may condemn the raid.",
        "The African Union never condemned the raid.",
        "The African Union was asked whether it would condemn the raid.",
    ],
)
def test_what_nobody_did_is_no_act(below, read):
    assert len(read(TOP + below)) == len(read(TOP))


def test_an_act_that_is_told_again_is_one(read):
    below = "The African Union condemned the raid. Everybody mourned. The African Union again condemned the raid."
    assert [event.event_type for event in read(TOP + below)][1:] == ["ACCUSE"]


@pytest.mark.parametrize("when", ["in 2010", None])
def test_where_history_or_nothing_is_told_there_are_none(when, read):
    top = (
        TOP.replace("on Sunday", when)
        if when
        else "The weather in Gao was fine on Sunday. " + "The boats were out. " * 9
    )
    told = read(top + "The African Union condemned the raid.")
    assert [event.realis for event in told] == (["historical"] if when else [])


def test_an_article_has_no_more_events_than_it_may_and_the_others_are_explained(account):
    states = ["France", "Niger", "Algeria", "Chad", "Togo", "Ghana", "Senegal", "Benin", "Egypt", "Morocco", "Kenya"]
    told = account(TOP + " ".join(f"{name} condemned the raid of the gunmen." for name in states))
    assert len(told.events) == MAX_EVENTS
    lines = [line for line in explain_account(told) if "'condemn'" in line]
    assert sum("part of event" in line for line in lines) == MAX_EVENTS - 1
    assert sum("others say more" in line for line in lines) == len(states) - MAX_EVENTS + 1


def test_what_belongs_to_an_attack_is_no_act_of_its_own(read):
    text = (
        "The army of Mali shelled Tessit on Sunday, killing ten. The army of Mali deployed troops to Tessit on Sunday. "
    )
    filler = "The road to the coast is long. " * 8
    told = read(text + filler + "The army of Mali deployed troops to Tessit.")
    assert [event.event_type for event in told] == ["ASSAULT"]


def test_what_the_network_added_is_not_told_once_more(account):
    told = account(TOP + "The African Union condemned the raid.")
    act = told.events[-1]
    added = told._replace(events=[act._replace(rank=1)])
    assert with_acts(added, told.happenings[-1:], load_ontology(), ("a", 1, "")).events == added.events
