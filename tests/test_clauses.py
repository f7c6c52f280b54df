"""Who did what to whom, from the dependency tree."""

import datetime
import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.events.happenings import find_events
from transforms.events.nlp import read_texts
from transforms.events.ontology import load_ontology
from transforms.language import load_language
from transforms.language.parser import BUNDLED

pytestmark = pytest.mark.skipif(not BUNDLED.exists(), reason="the language model is not in this checkout")
ONTOLOGY = load_ontology()


@functools.cache
def _language():
    return load_language()


@pytest.fixture(scope="module")
def events():
    def find(text, title=None):
        (doc,) = read_texts(_language(), [text])
        return find_events(doc, ONTOLOGY, article_id="a", title=title, published_day=datetime.date(2024, 3, 20))

    return find


PIECES = "killed|attack|by|two soldiers|,|.|and|in|Gao|on Sunday|\n|who|the|to|shot|'s|(|12|not|of|Ann Lee, 23,|was|-"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=30).map(" ".join))
def test_never_raises(text):
    (doc,) = read_texts(_language(), [text])
    for event in find_events(doc, ONTOLOGY, article_id="a"):
        assert 0 <= event.char_start < event.char_end <= len(text)


def names(actors):
    return [actor.name or actor.text for actor in actors]


@pytest.mark.parametrize(
    "text, actors, recipients",
    [
        ("Five soldiers were killed by militants in Mali.", ["militants"], ["Five soldiers"]),
        ("Troops were ambushed by rebels in Gao, killing six officers.", ["rebels"], ["Troops", "six officers"]),
        ("Five guards killed in the blast were buried on Monday.", [], ["Five guards"]),
        ("The soldiers who attacked the rebels fled.", ["soldiers"], ["rebels"]),
        ("Two rebels suspected of killing a judge were freed.", ["Two rebels"], ["judge"]),
        ("Rebels ambushed the convoy and killed a driver.", ["Rebels"], ["convoy", "driver"]),
        ("A car bomb attack by rebels killed a senator and two guards.", ["rebels"], ["senator", "two guards"]),
        ("Rebels on Monday claimed responsibility for the attack on a church.", ["Rebels"], ["church"]),
        ("Soldiers and police clashed with gunmen.", ["Soldiers", "police"], ["gunmen"]),
        (
            "The leader of the rebels, Amadou Sissoko, was killed by French troops.",
            ["French troops"],
            ["Amadou Sissoko"],
        ),
        ("Police arrested the opposition leader Awa Keita.", ["Police"], ["Awa Keita"]),
        ("Greek and Turkish officials met on Monday.", ["Greek", "Turkish officials"], []),
        ("Rebels tried to kill the minister.", ["Rebels"], ["minister"]),
        ("Rebels have attacked the villages, the United Nations said.", ["Rebels"], ["villages"]),
        ("Greece demanded that Turkey withdraw its ships.", ["Greece"], ["Turkey"]),
        ("Syria lifted the curfew in the city of Aleppo.", ["Syria"], ["Aleppo"]),
        ("A bomb hurled by rebels wounded two guards.", ["rebels"], ["two guards"]),
    ],
)
def test_who_did_what_to_whom(events, text, actors, recipients):
    event = events(text)[0]
    assert (names(event.actors), names(event.recipients)) == (actors, recipients)


def test_who_claims_it_is_who_did_it(events):
    event = events("A bomb killed three soldiers in Gao on Sunday. The rebels have claimed responsibility.")[0]
    assert names(event.actors) == ["rebels"]


@pytest.mark.parametrize(
    "text, realis",
    [
        ("Rebels attacked the town.", "actual"),
        ("If rebels attacked the town, the army would respond.", "hypothetical"),
        ("Police asked whether the gunmen had killed the mayor.", "hypothetical"),
        ("The fear of a bombing by rebels grows in Kabul.", "hypothetical"),
        ("Rebels did not attack the town.", "negated"),
    ],
)
def test_realis(events, text, realis):
    assert events(text)[0].realis == realis


def test_wrapped_lines_are_one_sentence(events):
    event = events("Five soldiers were killed by\nmilitants near Gao on Monday.")[0]
    assert (names(event.actors), names(event.recipients)) == (["militants"], ["Five soldiers"])


@pytest.mark.parametrize(
    "text",
    [
        "The driver accused by the attack of police fled.",
        "Suspects charged by the shooting charged by the killing of guards denied it.",
        "He blamed by the bombing, accused by the raid, arrested by the ambush.",
    ],
)
def test_a_tangle_of_blame_comes_to_an_end(events, text):
    assert all(event.sentence == text for event in events(text))
