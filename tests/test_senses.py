"""What a word comes to by who does it and to what, on Wednesday 25 November 2026."""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def first_event(text):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a", published_day=datetime.date(2026, 11, 25))[0]


def told(text):
    event = first_event(text)
    sides = [[actor.name or actor.text for actor in side] for side in (event.actors, event.recipients)]
    return event.event_type, event.event_mode, *sides


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Egypt protested to Israel on Monday.", ("ACCUSE", "disapprove", ["Egypt"], ["Israel"])),
        ("Moroccans protested in Rabat on Monday.", ("PROTEST", "demo", ["Moroccans"], [])),
        ("China conducted drills around Taiwan on Monday.", ("MOBILIZE", "troops", ["China"], ["Taiwan"])),
        ("Iran test-fired a missile on Monday.", ("MOBILIZE", "weapons", ["Iran"], [])),
        (
            "Armed men burned down a clinic in Pibor on Sunday.",
            ("ASSAULT", "destroy", ["Armed men"], ["clinic"]),
        ),
        (
            "Sudan's army retook the palace from the Rapid Support Forces on Friday.",
            ("COERCE", "seize", ["Sudan's army"], ["Rapid Support Forces"]),
        ),
        (
            "The European Union agreed on Monday to lift sanctions on Syria.",
            ("AGREE", None, ["European Union"], ["Syria"]),
        ),
        (
            "Somali forces foiled an attack on a base on Monday, killing nine militants.",
            ("ASSAULT", None, ["Somali forces"], ["nine militants"]),
        ),
        (
            "A soldier was killed when his car struck an IED in Bajaur on Monday.",
            ("ASSAULT", "explosives", [], ["soldier"]),
        ),
        (
            "Prosecutors raided the offices of Bernardo Arevalo's party in Guatemala City on Friday.",
            ("COERCE", "seize", ["Prosecutors"], ["Bernardo Arevalo's party"]),
        ),
        (
            "Gambia's government said on Monday it had foiled a coup attempt and arrested four soldiers.",
            ("COERCE", "arrest", ["Gambia's government"], ["four soldiers"]),
        ),
        (
            "Nicaragua's government on Monday ordered the closure of 25 charities.",
            ("COERCE", "ban", ["Nicaragua's government"], ["25 charities"]),
        ),
    ],
)
def test_who_does_it_tells_what_it_is(text, expected):
    assert told(text) == expected


def test_a_film_about_a_massacre_is_none():
    (doc,) = read_texts(NLP, ["Viewers in Lima saw a film about the killing of ten miners on Monday."])
    assert find_events(doc, ONTOLOGY, article_id="a") == []


def test_whom_kidnappers_seized_are_those_whom_they_freed():
    text = "Kidnappers freed 27 students in Kaduna on Monday, five weeks after seizing them from their school."
    (doc,) = read_texts(NLP, [text])
    seizure = find_events(doc, ONTOLOGY, article_id="a")[1]
    assert [(a.text, b.text) for a in seizure.actors for b in seizure.recipients] == [("Kidnappers", "27 students")]
