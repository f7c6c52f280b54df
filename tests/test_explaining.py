"""`extract --explain`: each trigger, what filled or failed its roles, where values come from, why it was dropped."""

import datetime

import pytest

from transforms.events.accounts import Account
from transforms.events.explaining import explain_account
from transforms.events.happenings import find_events, read_article
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()
MONDAY = datetime.date(2025, 5, 12)


def account(text: str, title: str | None = None) -> Account:
    [doc] = read_texts(NLP, [text])
    return read_article(doc, ONTOLOGY, article_id="1", title=title, published_day=MONDAY)


def lines(text: str, title: str | None = None) -> list[str]:
    return [line.strip() for line in explain_account(account(text, title))]


def test_a_trigger_with_all_that_its_sentence_says():
    said = lines("Gunmen killed seven soldiers near Gao in northern Mali on Sunday.")
    assert said[0] == "sentence 1: Gunmen killed seven soldiers near Gao in northern Mali on Sunday."
    assert said[1] == "'kill': ASSAULT firearms, read as active verb, actual -> part of event 1"
    assert "who   Gunmen (UAF)" in said and "whom  seven soldiers (MIL)" in said
    assert "when  'Sunday', tied to it: 2025-05-11 (day)" in said and "toll  killed 7" in said


def test_an_event_says_where_its_values_come_from():
    said = lines("KABUL, May 12 - A bomb killed four policemen on Sunday. Nine people were wounded.")
    assert "when  2025-05-11 (day), 'Sunday' in sentence 1" in said
    assert "killed 4: said in sentence 1" in said and "injured 9: said in sentence 2" in said
    assert [line.rpartition(": ")[2] for line in said if line.startswith("where Kabul")] == ["the dateline"]


def test_a_day_from_a_sentence_beside():
    said = lines("Gunmen killed two policemen. Neighbors heard a loud noise on Sunday.")
    assert "when  'Sunday', in sentence 2: 2025-05-11 (day)" in said
    assert "when  2025-05-11 (day), 'Sunday' in sentence 2" in said


def test_a_day_that_cannot_be_worked_out_is_told_as_written():
    [doc] = read_texts(NLP, ["Gunmen killed two policemen on Sunday."])
    said = [line.strip() for line in explain_account(read_article(doc, ONTOLOGY, article_id="1"))]
    assert "when  'Sunday', no day that can be worked out" in said


def test_a_toll_that_only_the_title_says():
    said = lines("Gunmen attacked a police post near Gao in Mali on Sunday.", "Raid kills five policemen in Mali")
    assert "killed 5: said in the title" in said


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("The film captured the mood of the town.", "dropped: with 'mood' it means something else"),
        ("The poets denounced the weather.", "dropped: done by no state, group or office"),
        (
            "The former mayor Ada Lind died on Sunday at her home in Oslo. She led the town for years.",
            "dropped: somebody died, and nothing tells of violence",
        ),
        (
            "The former mayor Ada Lind died on Sunday at her home in Oslo. She was 95.",
            "dropped: somebody died of illness or age, and the rest is of a life",
        ),
        ("It was an attack.", "dropped: too little is told of it: 0 of 2"),
    ],
)
def test_why_a_trigger_was_dropped(text, dropped):
    assert any(line.endswith(dropped) for line in lines(text)), lines(text)


def test_why_a_noun_phrase_plays_no_part():
    assert any(line.startswith("whom  not ") for line in lines("Bandits killed 20 on Sunday in Mali."))


def test_an_article_that_is_not_read_or_tells_nothing():
    assert lines("They killed ten.", "Opinion: enough") == ["not read: an opinion piece, by its title"]
    assert lines("The garden is beautiful in May.") == ["no trigger found"]


def test_the_account_has_the_very_events_that_are_found():
    text = (
        "Gunmen killed seven soldiers near Gao in Mali on Sunday. The president met the Danish king in Paris on Friday."
    )
    [doc] = read_texts(NLP, [text])
    found = find_events(doc, ONTOLOGY, article_id="1", published_day=MONDAY)
    assert account(text).events == found and len(found) == 2
    assert [line for line in lines(text) if line.startswith("event 2: CONSULT")]
