"""Who took part in the news by the marks of the network: who goes, who comes in, and what it rests on."""

import datetime
import math

import numpy as np
import pytest
from conftest import make_article

from transforms.events.amending import with_cast
from transforms.events.explaining import explain_account
from transforms.events.happenings import read_article
from transforms.events.marked import IN, MARKS, OUT, ROLES, News, packaged_weights
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology
from transforms.events.sentences import split_sentences
from transforms.extract import NlpSettings, Reader
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
    return News(marks_of(doc, **marked), headline, doc, split_sentences(doc), ONTOLOGY)


def marks_of(doc, kinds=None, **marked):
    """The marks of a text without a headline."""
    chances = {mark: np.array([marked.get(mark, {}).get(t.text, 0.001) for t in doc]) for mark in MARKS}
    return Marks(dict.fromkeys(MARKS, np.zeros(0)), chances, kinds or {"ASSAULT": 1.0})


def names(cast):
    return [[actor.name or actor.text for actor in people] for people in cast]


def read(title, text, marker=MARKER):
    doc, headline = read_texts(NLP, [text, title])
    day = datetime.date(2024, 3, 20)
    return read_article(doc, ONTOLOGY, article_id="a", title=title, headline=headline, published_day=day, marker=marker)


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
    assert account.by_rules == by_rules.events[0]
    assert (by_rules.events[0].acled_sub_event_type, event.acled_sub_event_type) == (None, "Attack")
    assert [line for line in explain_account(account) if "'rebels' is no rule's: 0." in line]


def test_whom_the_marks_take_out_is_explained():
    account = read(*RAID)
    doubted = account._replace(by_rules=account.by_rules._replace(actors=(Actor("Tom Ray", "villagers", None, None),)))
    assert [line for line in explain_account(doubted) if "not 'villagers', whom the rules tell: 0." in line]


def test_the_codes_follow_who_takes_part_and_other_events_are_left_alone():
    text = (
        "Protesters threw stones at the ministry in Oslo on Monday. A gunman killed two clerks in Bergen on Sunday, "
        "police said. The mayor of Bergen spoke to the families on the same evening and promised them help at once."
    )
    first, second = read("Stones thrown in Oslo", text).events[:2]
    rules = read("Stones thrown in Oslo", text, marker=None).events
    assert second == rules[1]
    rebel, civilian = Actor("Azawad Front", "Azawad Front", None, "REB"), Actor(None, "farmers", None, "CVL")
    account = read(*RAID)
    event, evidence = with_cast((account.events[0], account.evidence[0]), (rebel,), (civilian,))
    assert (event.acled_event_type, event.actors, evidence.actor_named) == ("Violence against civilians", (rebel,), 1)
    assert (event.country, event.happened_on) == (account.events[0].country, account.events[0].happened_on)
    assert first.rank == 1


def test_an_article_is_marked_as_it_is_extracted_unless_it_is_short():
    reader = Reader(NlpSettings(pipeline="newsbeam", batch_articles=4))
    title, text = RAID
    long, short = (make_article(title=title, text=each) for each in (text, text.splitlines()[0]))
    [told, brief] = reader.tell([long, short])
    assert names((told.events[0].actors,)) == [["rebels"]]
    assert names((brief.events[0].actors,)) == [[]]
    assert any("'rebels' is no rule's" in line for line in reader.explain(long))


def test_marks_of_another_text_are_refused():
    doc, other, headline = read_texts(NLP, [TEXT, TEXT + " More was not known.", ""])
    with pytest.raises(ValueError, match="other documents"):
        News(marks_of(other), headline, doc, split_sentences(doc), ONTOLOGY)


@pytest.mark.parametrize("name", ["al-Shabaab", "Al Shabaab"])
def test_a_name_with_a_hyphen_is_found(name):
    marked = news(f"Some {name} men fled.", who={"Shabaab": 0.9})
    [told] = marked.candidates("ASSAULT", ((Actor(name, name, None, "REB"),), ()), "who")
    assert told.evidence["chance"] == pytest.approx(math.log(9), abs=1e-3)


def test_nobody_comes_into_both_parts():
    marked = news(who={"herders": 0.9}, whom={"herders": 0.9})
    assert names(marked.recast("ASSAULT", ((), ()), AS_MARKED)) == [[], ["herders"]]
    assert names(marked.recast("ASSAULT", ((HERDERS,), ()), AS_MARKED)) == [["herders"], []]


def test_those_who_are_counted_stay_beside_who_has_a_name():
    marked = news(whom={"Lee": 0.95, "nurse": 0.95, "clerks": 0.9})
    assert names(marked.recast("ASSAULT", ((), ()), AS_MARKED)) == [[], ["Ann Lee", "Two clerks in a market"]]
