"""Who took part in the news by the marks of the network: who goes, who comes in, and what it rests on."""

import datetime
import math

import numpy as np
import pytest

from transforms.events.explaining import explain_account
from transforms.events.happenings import read_article
from transforms.events.marked import IN, OUT, ROLES, News, packaged_weights
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology
from transforms.events.sentences import split_sentences
from transforms.language.marks import Marker, Marks
from transforms.records import Actor

NLP, ONTOLOGY, MARKER = load_pipeline(), load_ontology(), Marker()
TEXT = "Officials said herders were to blame. Ann Lee, a nurse, died. Two clerks in a market were hurt."
AS_MARKED = {role: {"chance": 1.0} for role in ROLES}  # weights: the chance of the mark is that of the part
NURSE, CLERKS = Actor("Ann Lee", "Ann Lee", None, None), Actor(None, "Two clerks", None, None)
HERDERS, OFFICIALS = Actor(None, "herders", None, None), Actor(None, "Officials", None, "GOV")


def news(text=TEXT, **marked):
    """The news of a text in which words have been marked: `who={"herders": 0.9}`."""
    doc, headline = read_texts(NLP, [text, ""])
    chances = {role: np.array([marked.get(role, {}).get(t.text, 0.001) for t in doc]) for role in ROLES}
    marks = Marks(dict.fromkeys(ROLES, np.zeros(0)), chances, {"ASSAULT": 1.0})
    return News(marks, headline, doc, split_sentences(doc), ONTOLOGY)


def names(cast):
    return [[actor.name or actor.text for actor in people] for people in cast]


def read(title, text, marker=MARKER):
    doc, headline = read_texts(NLP, [text, title])
    marks = marker and marker.read(headline, doc)
    day = datetime.date(2024, 3, 20)
    return read_article(doc, ONTOLOGY, article_id="a", title=title, headline=headline, published_day=day, marks=marks)


def test_who_hardly_has_the_part_goes_and_who_may_have_it_stays():
    marked = news(who={"herders": OUT + 0.1, "Officials": OUT - 0.1})
    assert names(marked.recast("ASSAULT", ((HERDERS, OFFICIALS), ()), AS_MARKED)) == [["herders"], []]


def test_who_very_likely_has_the_part_comes_in_where_nobody_has():
    marked = news(who={"herders": IN + 0.1}, whom={"Lee": 0.9, "nurse": 0.9, "clerks": 0.8})
    assert names(marked.recast("ASSAULT", ((), ()), AS_MARKED)) == [["herders"], ["Ann Lee"]]
    assert names(marked.recast("ASSAULT", ((OFFICIALS,), (CLERKS,)), AS_MARKED)) == [["herders"], ["Two clerks"]]
    assert names(news(who={"herders": IN - 0.1}).recast("ASSAULT", ((), ()), AS_MARKED)) == [[], []]


def test_two_without_names_both_come_in():
    marked = news("Gunmen and guards fought.", who={"Gunmen": 0.9, "guards": 0.88})
    assert names(marked.recast("ASSAULT", ((), ()), AS_MARKED)) == [["Gunmen", "guards"], []]


def test_who_killed_himself_stays_in_both_parts():
    assert names(news().recast("ASSAULT", ((NURSE,), (NURSE,)), AS_MARKED)) == [["Ann Lee"], ["Ann Lee"]]


def test_without_weights_the_rules_stand():
    marked = news(who={"herders": 0.99}, whom={"Lee": 0.99})
    empty = {role: {} for role in ROLES}
    assert names(marked.recast("ASSAULT", ((OFFICIALS,), ()), empty)) == [["Officials"], []]


def test_what_speaks_for_somebody():
    [told, *_] = news(who={"herders": 0.8}).candidates("DISASTER", ((HERDERS,), (HERDERS,)), "who")
    assert (told.is_told, told.evidence["told"], told.evidence["told_other"], told.evidence["disaster"]) == (
        True, 1, 1, 1,
    )  # fmt: skip
    assert told.evidence["chance"] == pytest.approx(math.log(4), abs=1e-3)
    assert told.evidence["kind"] == 0
    assert set(told.evidence) == set(packaged_weights()["who"]) == set(packaged_weights()["whom"])


def test_who_is_told_of_further_down_than_the_network_reads_stays():
    far = Actor("Tom Ray", "Tom Ray", None, None)
    marked = news()
    assert marked.candidates("ASSAULT", ((far,), ()), "who")[0].evidence == {}
    assert names(marked.recast("ASSAULT", ((far,), ()), AS_MARKED)) == [["Tom Ray"], []]


def test_nobody_goes_where_nobody_would_be_left():
    marked = news(who={"herders": 0.01})
    assert names(marked.recast("ASSAULT", ((HERDERS,), ()), AS_MARKED)) == [["herders"], []]


RAID = (
    "Six villagers killed in night raid in Kivu",
    "Six villagers were killed in a night raid on Mabuku in North Kivu, local officials said on Monday.\n"
    "According to survivors the rebels went from door to door with machetes and drove the cattle away. The army had "
    "left the village a week before.",
)


def test_who_did_it_by_a_sentence_that_no_rule_ties_to_the_deed_comes_in_and_is_explained():
    by_rules, account = read(*RAID, marker=None), read(*RAID)
    [event, *_] = account.events
    assert names((by_rules.events[0].actors, event.actors)) == [[], ["rebels"]]
    assert account.told == (by_rules.events[0].actors, by_rules.events[0].recipients)
    assert event.confidence != by_rules.events[0].confidence
    assert [line for line in explain_account(account) if "'rebels' is no rule's: 0." in line]


def test_whom_the_marks_take_out_is_explained():
    account = read(*RAID)
    doubted = account._replace(told=((Actor("Tom Ray", "villagers", None, None),), account.told[1]))
    assert [line for line in explain_account(doubted) if "not 'villagers', whom the rules tell: 0." in line]
