"""Which sentences tell of one happening, and which of two."""

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def attacks(text):
    (doc,) = read_texts(NLP, [text])
    events = find_events(doc, ONTOLOGY, article_id="a")
    return [[a.name or a.text for a in e.actors] for e in events if e.event_type == "ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels killed two judges in the night. Soldiers killed three students.",
        "Rebels killed two judges in the night. Three men killed a priest.",
    ],
)
def test_what_other_forces_do_to_others_is_another_deed(text):
    assert len(attacks(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Rebels killed two judges in the night. The guerrillas wounded a student.",
        "Rebels killed two judges in the night. Soldiers said three men killed the two judges.",
        "A gunman killed two judges in the night. Police officers wounded a man.",
    ],
)
def test_what_may_be_the_same_is_one(text):
    assert len(attacks(text)) == 1


@pytest.mark.parametrize(
    "text, number",
    [
        ("Rebels killed two judges in Ardon. Rebels wounded three nurses in Belmar.", 2),
        ("Rebels killed two judges in Ardon. Rebels wounded the judges in Belmar.", 1),
        ("Rebels killed two judges in Ardon. Rebels wounded three nurses.", 1),
        ("Tom Reed killed two judges in Ardon. He wounded three nurses in Belmar.", 1),
    ],
)
def test_raids_on_others_at_other_places_are_apart(text, number):
    assert len(attacks(text)) == number
