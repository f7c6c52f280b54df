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
from transforms.events.told import read_told
from transforms.language.features import TOLD
from transforms.language.marks import Marker, Marks, Told

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
    lines = list(explain_account(account))
    assert [line for line in lines if line.startswith("  added, 0.99 likely by the marks; told in 'All schools of")]
    assert [line for line in lines if "'demand': REQUEST" in line and line.endswith("part of event 2")]
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
    assert account.events[1].place_name == read(BASE).events[0].place_name


def test_the_toll_of_the_title_stays_with_the_event_that_it_is_of():
    report = (
        "Nine killed in Bhamo",
        "Rebels attacked the army base in Bhamo on Monday. Students rioted in Mandalay on Tuesday over the raid, and "
        "shops were set on fire. Police arrested a man.",
    )
    tolls = {(event.event_type, event.killed_best) for event in read(report).events}
    account = read(report, Marking({"PROTEST": 0.99}))
    assert ("ASSAULT", 9) in tolls
    assert account.events[0].event_type == "PROTEST"
    assert {(event.event_type, event.killed_best) for event in account.events} == tolls
    assert [event.rank for event in account.events] == [*range(1, len(tolls) + 1)]
    assert any("killed 9: said in the title" in line for line in explain_account(account))


def test_no_event_is_added_on_the_word_of_another_nor_where_rules_say_that_it_has_not_happened():
    marker = Marking({"PROTEST": 0.99}, word={"arrested": 0.9})
    assert [event.event_type for event in read(TEACHERS, marker).events] == ["REQUEST", "COERCE"]
    planned = (
        "Ministers meet",
        "The ministers met in Oslo on Monday. Nurses will march through Bergen on Friday to protest against pay cuts.",
    )
    told = [(event.event_type, event.realis) for event in read(planned).events]
    assert told[0] == ("CONSULT", "actual")
    assert {realis for event_type, realis in told if event_type == "PROTEST"} == {"future"}
    account = read(planned, Marking({"PROTEST": 0.99}, word={"Nurses": 0.9}))
    assert [(event.event_type, event.realis) for event in account.events] == told


def test_a_marked_place_that_the_gazetteer_turns_into_another_changes_nothing():
    report = (BASE[0], BASE[1].replace("outside Bhamo in Myanmar", "in the Chin Hills"))
    before, account = read(report), read(report, Marking(place={"Hills": 0.97, "Chin": 0.97, "Bangkok": 0.01}))
    assert where(account)[0] in (where(before)[0], "Chin Hills")
    assert ("place" in account.by_marks) == (where(account)[0] == "Chin Hills")


def test_a_place_that_the_network_has_not_read_stands():
    assert where(read(BASE, Marking(place={"Bhamo": 0.97, "Bangkok": 0.0}))) == ("Bangkok", "THA", "place")


def test_the_network_is_told_what_the_rules_found():
    heard = []

    class Listening(Marking):
        def read(self, headline, text, told):
            heard.append([text[int(n)].text for n in told.text[:, TOLD.index("lead")].nonzero()[0]])
            return super().read(headline, text, told)

    read(TEACHERS, Listening())
    assert heard == [["demanded"]]


def test_what_the_rules_found_changes_what_the_network_marks():
    doc, headline = read_texts(NLP, [BASE[1] + " " + TEACHERS[1], BASE[0]])
    account = read_article(doc, ONTOLOGY, article_id="a", headline=headline)
    told = read_told(account.events, account.happenings, headline, doc)
    marker = Marker()
    with_rules, without = marker.read(headline, doc, told), marker.read(headline, doc, Told.nothing(headline, doc))
    assert np.abs(with_rules.text["who"] - without.text["who"]).max() > 0.01


def test_the_confidence_is_higher_where_the_network_sees_the_kind_too():
    sure, unsure = (read(TEACHERS, Marking({"REQUEST": chance})).events[0].confidence for chance in (0.95, 0.05))
    assert sure > unsure
