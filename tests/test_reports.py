"""Main events of short reports of conflict: what kind, who, and whom."""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.headlines import plain_case
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()
DAY = datetime.date(2025, 5, 12)


def main_event(text, title=None):
    (doc,) = read_texts(NLP, [text])
    headline = next(read_texts(NLP, [plain_case(title, text)])) if title else None
    return find_events(doc, ONTOLOGY, article_id="a", title=title, published_day=DAY, headline=headline)[0]


def names(actors):
    return [actor.name or actor.text for actor in actors]


@pytest.mark.parametrize(
    "text, who, whom",
    [
        (  # an older deed in the lead
            "Army jets killed nine rebels in Ardon on Sunday, three days after bandits shot four millers near Wend.",
            ["Army jets"],
            ["nine rebels"],
        ),
        (  # who hit back
            "Gunmen killed a mayor in Ardon on Sunday. One of the attackers was shot dead by bodyguards.",
            ["Gunmen"],
            ["mayor"],
        ),
        (  # a claim of the deed itself, by a branch of a group
            "A bomb killed two judges in Ardon on Sunday. A branch of the Islamic State claimed the bombing.",
            ["Islamic State"],
            ["two judges"],
        ),
        (  # whose name stands behind the last word of an exchange of fire
            "Two rebels were killed in an exchange of fire with soldiers in Ardon on Sunday.",
            ["soldiers"],
            ["Two rebels"],
        ),
        (  # a group that is named of other deeds
            "Militants killed a judge in Ardon on Sunday. No group has claimed it. In March, Boko Haram burned a mill.",
            ["Militants"],
            ["judge"],
        ),
        (  # who only tells it
            "Rebels burned three mills in Ardon on Sunday, the ministry said. A guard was martyred.",
            ["Rebels"],
            ["three mills", "guard"],
        ),
    ],
)
def test_who_and_whom(text, who, whom):
    event = main_event(text)
    assert event.event_type == "ASSAULT"
    assert names(event.actors) == who
    assert names(event.recipients) == whom


def test_what_stands_behind_a_colon_is_the_news():
    text = "Police have arrested two men suspected of helping the gunman who shot the mayor, Ann Lee, on Sunday."
    event = main_event(text, "Ardon mayor's killing: police arrest two")
    assert (event.event_type, event.event_mode) == ("COERCE", "arrest")


def test_strikes_beside_bombs_are_no_stop_of_work():
    text = "Army jets bombed a camp near Ardon on Sunday. The strikes killed nine rebels, officials said."
    assert {event.event_type for event in [main_event(text)]} == {"ASSAULT"}
    (doc,) = read_texts(NLP, [text])
    assert not any(event.event_type == "PROTEST" for event in find_events(doc, ONTOLOGY, article_id="a"))
