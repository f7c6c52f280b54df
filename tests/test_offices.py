"""Titles and offices: whoever has one anywhere in a text acts for it everywhere."""

import pytest

from transforms.events.happenings import find_events
from transforms.events.names import full_names
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.offices import read_offices
from transforms.events.ontology import load_ontology
from transforms.events.sentences import split_sentences

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def sentences_of(text):
    (doc,) = read_texts(NLP, [text])
    return split_sentences(doc)


def offices_of(text):
    sentences = sentences_of(text)
    return {name: each.sector for name, each in read_offices(sentences, ONTOLOGY, full_names(sentences)).items()}


@pytest.mark.parametrize(
    "text, offices",
    [
        ("Sen. Ann Lee met reporters in Ardon.", {"ann lee": "LEG"}),
        ("House Speaker Ann Lee spoke. Later Lee left.", {"ann lee": "LEG"}),
        ("Tom Reed, the minister of justice, resigned on Friday.", {"tom reed": "GOV"}),
        ("Neighbors told police Tom Reed had left.", {}),
        ("Neighbors later told police Reed loaded a shell into the gun.", {}),
        ("Tom Reed, a baker, lost his shop.", {}),
    ],
)
def test_an_office_stands_before_a_name_or_behind_it(text, offices):
    assert offices_of(text) == offices


def test_a_namesake_has_no_office():
    text = "Former President Tom Reed spoke in Ardon. Mary Reed, his daughter, listened."
    assert "mary reed" not in offices_of(text)


def test_who_holds_an_office_acts_for_it_in_other_sentences():
    text = "Governor Ann Lee spoke for an hour in Ardon on Monday. Ms. Lee accused the army of looting."
    (doc,) = read_texts(NLP, [text])
    events = find_events(doc, ONTOLOGY, article_id="a")
    accuse = next(event for event in events if event.event_type == "ACCUSE")
    assert [(actor.name, actor.sector) for actor in accuse.actors] == [("Ann Lee", "GOV")]


@pytest.mark.parametrize(
    "text, name",
    [
        ("The governor vetoed the bill on Monday. Gov. Ann Lee of Ohio spoke.", "Ann Lee"),
        ("The Ohio governor vetoed the bill on Monday. Ohio Gov. Ann Lee spoke.", "Ann Lee"),
        ("The Texas governor vetoed the bill on Monday. Ohio Gov. Ann Lee spoke.", None),
        ("The governor vetoed the bill on Monday. Governor Ann Lee met Governor Tom Reed.", None),
        ("The governor vetoed the bill on Monday. Former Governor Ann Lee spoke.", None),
        ("The House speaker vetoed the bill on Monday. House Speaker Ann Lee spoke.", "Ann Lee"),
        ("The minister of justice vetoed the bill on Monday. Justice Minister Ann Lee spoke.", "Ann Lee"),
        ("Chad's justice minister vetoed the bill on Monday. Justice Minister Ann Lee spoke.", "Ann Lee"),
        ("Chad's justice minister vetoed the bill on Monday. Mali's Justice Minister Ann Lee spoke.", None),
        ("The foreign minister vetoed the bill on Monday. Justice Minister Ann Lee spoke.", None),
        ("A former governor vetoed the bill on Monday. Governor Ann Lee spoke.", None),
    ],
)
def test_an_office_alone_is_the_only_one_who_holds_it(text, name):
    (doc,) = read_texts(NLP, [text])
    reject = next(event for event in find_events(doc, ONTOLOGY, article_id="a") if event.event_type == "REJECT")
    assert [actor.name for actor in reject.actors] == [name]
