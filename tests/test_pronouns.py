"""Whom he and she stand for, over sentences."""

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def sufferers(text):
    (doc,) = read_texts(NLP, [text])
    return {
        actor.name or actor.text
        for event in find_events(doc, ONTOLOGY, article_id="a")
        for actor in event.recipients
        if event.event_type in ("ASSAULT", "COERCE")
    }


@pytest.mark.parametrize(
    "text, whom",
    [
        ("Tom Reed lived in Ardon. He was shot on Sunday.", "Tom Reed"),
        ("Anna Reed lived in Ardon. The bakery was hers. She was shot on Sunday.", "Anna Reed"),
        ("Tom Reed worked in a bakery. He was 23. He liked bread. He was shot on Sunday.", "Tom Reed"),
        ("Tom Reed lived in Ardon. His widow said she was stabbed.", "widow"),
        ("Tom Reed said he went out for bread. He was shot on Sunday.", "Tom Reed"),
        ("Tom Reed fled to Ardon. A soldier shot him on Sunday.", "Tom Reed"),
        ("Tom Reed was shot on Sunday. He was taken to Ardon General Hospital, where he died.", "Tom Reed"),
    ],
)
def test_one_person_is_meant(text, whom):
    assert sufferers(text) == {whom}


@pytest.mark.parametrize(
    "text",
    [
        "Tom Reed met Jim Fox. Jim Fox left and Tom Reed slept. He was shot on Sunday.",  # two
        "Tom Reed and Jim Fox lived in Ardon. He was shot on Sunday.",
        "The woman lived in Ardon. He was shot on Sunday.",  # another gender
        "Sheriff Tom Reed spoke in Ardon. He was shot on Sunday.",  # who tells of others
        "Tom Reed said the road was closed. He was shot on Sunday.",
        'Tom Reed lived in Ardon. "He was shot on Sunday," a friend said.',  # somebody else's words
        "The bakery was closed. He was shot on Sunday.",
    ],
)
def test_nobody_is_better_than_a_guess(text):
    assert sufferers(text) == set()


def test_who_did_it_does_not_suffer_it():
    assert sufferers("Tom Reed shot a woman in Ardon. He was shot on Sunday.") == {"woman"}
