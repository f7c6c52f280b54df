"""Which event is the news, of what type, where and when, by the rules and by what the network marks together."""

import datetime

import numpy as np
import pytest

from transforms.events.explaining import explain_account
from transforms.events.happenings import read_article
from transforms.events.kinds import SURER
from transforms.events.lexicon import EVENT_TYPES
from transforms.events.marked import MARKS
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology
from transforms.language.marks import Marks

NLP, ONTOLOGY = load_pipeline(), load_ontology()
DAY = datetime.date(2024, 3, 22)  # a Friday
BASE = (
    "Rebels storm base",
    "BANGKOK - Rebels killed nine soldiers in an attack on an army base, a spokesman said in Bangkok on Friday. "
    "The camp lies outside Bhamo in Myanmar. The first shots were heard on Wednesday. It was set on fire on Tuesday.",
)
TEACHERS = (
    "Teachers empty classrooms",
    "The teachers demanded that the ministry pay the fund. All schools of Salta stayed shut. "
    "Police arrested a student in Jujuy on Tuesday.",
)


class Marking:
    """Marks words as it is told, wherever the two texts have them."""

    def __init__(self, kinds=None, **marked):
        self.kinds, self.marked = kinds or {"ASSAULT": 0.5}, marked

    def read(self, headline, text, told):
        of_docs = (
            {m: np.array([self.marked.get(m, {}).get(t.text, 0.001) for t in doc]) for m in MARKS}
            for doc in (headline, text)
        )
        return Marks(*of_docs, dict.fromkeys((*EVENT_TYPES, "NONE"), 0.0) | self.kinds)


def read(report, marker=None):
    doc, headline = read_texts(NLP, [report[1], report[0]])
    return read_article(
        doc, ONTOLOGY, article_id="a", title=report[0], headline=headline, published_day=DAY, marker=marker
    )


def where(account):
    event = account.events[0]
    return event.place_name, event.country, event.geo_precision


def test_the_marked_place_comes_in_for_one_that_hardly_is_it_and_is_explained():
    account = read(BASE, Marking(place={"Bhamo": 0.97, "Bangkok": 0.01}))
    assert where(read(BASE)) == ("Bangkok", "THA", "place")
    assert where(account) == ("Bhamo", "MMR", "place")
    assert account.events[0].latitude == pytest.approx(24.3, abs=0.1)
    assert any(
        "Bhamo" in line and "(place): 0.97 likely by the marks; by the rules Bangkok" in line
        for line in explain_account(account)
    )


@pytest.mark.parametrize("place", [{"Bhamo": 0.97, "Bangkok": 0.5}, {"Bhamo": 0.8, "Bangkok": 0.01}, {}])
def test_the_place_of_the_rules_stands_where_it_may_be_it_and_where_no_other_is_sure(place):
    assert where(read(BASE, Marking(place=place))) == ("Bangkok", "THA", "place")


def test_the_marked_day_comes_in_for_one_that_hardly_is_it_and_is_explained():
    account = read(BASE, Marking(day={"Wednesday": 0.9}))
    before, event = read(BASE).events[0], account.events[0]
    assert before.happened_on != event.happened_on == datetime.date(2024, 3, 20)
    assert (event.date_precision, event.date_text) == ("day", "Wednesday")
    assert any("'Wednesday': 0.90 likely by the marks; by the rules" in line for line in explain_account(account))
    assert read(BASE, Marking(day={"Wednesday": 0.7})).events[0].happened_on == before.happened_on
    assert read(BASE, Marking(day={"Wednesday": 0.9, "Tuesday": 0.3})).events[0].happened_on == before.happened_on


def test_an_event_of_the_kind_of_the_news_comes_first():
    rules = read(TEACHERS).events
    account = read(TEACHERS, Marking({"COERCE": 0.99}))
    assert [event.event_type for event in rules] == ["REQUEST", "COERCE"]
    assert [(event.rank, event.event_type) for event in account.events] == [(1, "COERCE"), (2, "REQUEST")]
    assert account.events[0].sentence == rules[1].sentence
    assert account.events[1]._replace(rank=1, confidence=None) == rules[0]._replace(confidence=None)
    lines = list(explain_account(account))
    assert "  the news by the marks, 0.99 likely; the rules have another event first" in lines


def test_an_event_of_the_kind_is_added_if_there_is_none_and_a_word_tells_it():
    marker = Marking({"PROTEST": 0.99}, word={"shut": 0.9})
    account = read(TEACHERS, marker)
    event, text = account.events[0], TEACHERS[1]
    assert (event.event_type, event.cameo_root, event.acled_event_type) == ("PROTEST", "14", "Protests")
    assert text[event.char_start : event.char_end] == "shut"
    assert event.sentence == "All schools of Salta stayed shut."
    rules = read(TEACHERS).events
    others = [(event.rank, event.event_type, event.sentence) for event in account.events[1:]]
    assert others == [(each.rank + 1, each.event_type, each.sentence) for each in rules]
    assert "  PROTEST by the marks, 0.99 likely; by the rules REQUEST" in explain_account(account)
    assert read(TEACHERS, Marking({"PROTEST": 0.99})).events[0].event_type == "REQUEST"


@pytest.mark.parametrize(
    "kinds", [{"COERCE": 0.9, "REQUEST": 0.91 / SURER}, {"NONE": 1.0}, {"REQUEST": 0.6, "COERCE": 0.4}]
)
def test_the_rules_rank_where_the_network_is_not_far_surer(kinds):
    assert [event.event_type for event in read(TEACHERS, Marking(kinds)).events] == ["REQUEST", "COERCE"]


def test_a_crime_that_hurts_nobody_is_none_of_violence():
    kinds, word = {"CRIME": 0.99}, {"shut": 0.9}
    assert read(TEACHERS, Marking(kinds, word=word)).events[0].event_type == "CRIME"
    assert read(TEACHERS, Marking(kinds, word=word, killed={"a": 0.9})).events[0].event_type == "ASSAULT"


def test_what_is_marked_is_of_the_first_event_only_if_that_may_be_the_news():
    kinds = {"COERCE": 0.99, "ASSAULT": 0.01}
    account = read(BASE, Marking(kinds, place={"Bhamo": 0.97}, day={"Wednesday": 0.9}))
    assert (where(account), account.by_marks) == (("Bangkok", "THA", "place"), {})


def test_an_added_event_leaves_the_toll_to_that_which_it_stands_beside():
    account = read(BASE, Marking({"RETREAT": 0.99}, word={"fire": 0.9}))
    assert [(e.event_type, e.killed_best) for e in account.events[:2]] == [("RETREAT", None), ("ASSAULT", 9)]
    assert account.happenings[0] == account.happenings[1]


def test_the_confidence_is_higher_where_the_network_sees_the_kind_too():
    sure, unsure = (read(TEACHERS, Marking({"REQUEST": chance})).events[0].confidence for chance in (0.95, 0.05))
    assert sure > unsure
