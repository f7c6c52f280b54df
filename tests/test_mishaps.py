"""Guns that went off by accident, on Wednesday 20 March 2024."""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def first_event(text, title=None):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a", title=title, published_day=datetime.date(2024, 3, 20))[0]


@pytest.mark.parametrize(
    "text",
    [
        "A man accidentally shot his brother on Sunday.",
        "A man was shot and killed on Sunday. Police said the shooting was an accident.",
        "A man was killed in an accidental shooting in Lima on Sunday.",
        "A man shot his brother on Sunday while he was cleaning his gun.",
        "A man was shot on Sunday when the gun of a friend went off by accident.",
        "A boy was shot on Sunday after a rifle accidentally went off.",
        "A boy was shot on Sunday. No charges were filed. The shooting in Lima was deemed accidental.",
        "A boy was shot on Sunday in a hunting accident.",
    ],
)
def test_what_a_gun_did_by_accident_is_no_attack(text):
    event = first_event(text)
    assert (event.event_type, event.event_mode, event.happened_on.day) == ("DISASTER", "accident", 17)
    assert event.recipients


@pytest.mark.parametrize(
    "text",
    [
        "A man shot his brother on Sunday.",
        "A man shot his brother on Sunday. Police said it was not accidental.",
        "Six people were shot on Sunday. One man accidentally shot himself.",  # many: a shooting, whatever else
        "A man shot and killed his brother on Sunday. He accidentally shot him, he said, and is held for the murder.",
        "A bomb killed a man on Sunday. A guard accidentally shot a dog.",
        "A man shot his brother on Sunday. It is not known whether the shooting was an accident.",
        "A man shot his brother on Sunday. He is charged with murder. His lawyer says the shooting was an accident.",
    ],
)
def test_what_is_no_accident_stays_an_attack(text):
    assert first_event(text).event_type == "ASSAULT"


def test_the_title_says_so_of_what_the_article_is_about():
    text = "A boy was shot in the leg on Sunday. Two hours before, a guard shot a man in Quito."
    assert first_event(text).event_type == "ASSAULT"
    assert first_event(text, "Boy hurt in accidental shooting").event_type == "DISASTER"


@pytest.mark.parametrize(
    "who, doers", [("Her 4-year-old brother", ["4-year-old brother"]), ("Her brother", ["Tom Reed"])]
)
def test_who_left_the_gun_about_did_not_shoot(who, doers):
    text = (
        f"A girl was in hospital on Sunday. {who} accidentally shot her. Her father, 29-year-old Tom Reed, is charged."
    )
    assert [actor.name or actor.text for actor in first_event(text).actors] == doers
