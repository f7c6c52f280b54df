"""The guerrillas of an article are the only armed group that it names."""

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology
from transforms.events.rebels import only_group
from transforms.events.sentences import split_sentences

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def doers_of(text):
    (doc,) = read_texts(NLP, [text])
    return [(actor.name, actor.text) for actor in find_events(doc, ONTOLOGY, article_id="a")[0].actors]


@pytest.mark.parametrize(
    "text, group",
    [
        ("The Shining Path denied it. The mayor was not hurt.", "Shining Path"),
        ("The Farabundo Marti National Liberation Front [FMLN] denied it. The FMLN said so.", "Farabundo Marti"),
        ("The Shining Path and the ELN denied it.", None),
        ("The rebels denied it.", None),
        ("The front, which is affiliated with al-Qaeda, denied it.", None),
        ("Jama'at Nusrat al-Islam wal-Muslimin, which is linked to al-Qaeda, denied it.", "Jama'at Nusrat"),
    ],
)
def test_the_only_group_that_a_text_names(text, group):
    (doc,) = read_texts(NLP, [text])
    found = only_group(split_sentences(doc), ONTOLOGY)
    assert found.name.startswith(group) if group else found is None


def test_fighters_are_those_of_the_only_group():
    text = "Guerrillas killed four policemen near Ardon on Sunday. The Shining Path has not spoken of it."
    assert doers_of(text) == [("Shining Path", "Guerrillas")]


def test_our_forces_are_those_of_the_group_that_speaks():
    text = "Our forces killed nine soldiers near Ardon on Sunday. Join the Shining Path!"
    assert doers_of(text) == [("Shining Path", "forces")]


def test_fighters_are_the_group_that_did_it():
    text = "Guerrillas killed four policemen on Sunday. The Shining Path killed the four policemen, the army said."
    assert doers_of(text) == [("Shining Path", "Shining Path")]


def test_which_attack_was_claimed_other_sentences_tell():
    text = (
        "A car bomb killed 14 people in Kirkuk on Monday. A suicide bomber killed six people there on Thursday. The "
        "Islamic State claimed the second attack."
    )
    (doc,) = read_texts(NLP, [text])
    assert {actor.name for event in find_events(doc, ONTOLOGY, article_id="a") for actor in event.actors} == {None}
