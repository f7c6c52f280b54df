"""What is denied, demanded or condemned far below the news is an event after all others, once, and changes none."""

import datetime

import pytest

from transforms.events.accounts import MAX_EVENTS
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
def read():
    nlp, ontology = load_pipeline(), load_ontology()

    def events(text):
        return read_article(nlp(text), ontology, article_id="a", published_day=DAY).events

    return events


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


def test_without_news_at_the_top_there_are_none(read):
    top = "The weather in Gao was fine on Sunday. " + "The river was calm, and the boats were out. " * 6
    assert not read(top + "The African Union condemned the raid.")


def test_there_are_never_more_events_than_an_article_may_have(read):
    states = ["France", "Niger", "Algeria", "Chad", "Togo", "Ghana", "Senegal", "Benin", "Egypt", "Morocco", "Kenya"]
    below = " ".join(f"{name} condemned the raid of the gunmen." for name in states)
    assert len(read(TOP + below)) <= MAX_EVENTS
