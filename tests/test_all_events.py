"""Rows of every rank are held against all that an article tells."""

import json

import pytest

from benchmarks.all_events import GOLD, judge_rows, measure
from benchmarks.main_events import WORLD_NEWS
from transforms.events.lexicon import EVENT_TYPES

TEXT = "Rebels killed ten men in Gao on Sunday. The raid lasted an hour. Police later arrested Ray. Mali condemned it."
RAID = dict(need="main", types=["ASSAULT"], who=[["Rebels"]], whom=[["ten men", "men"]], country="ML", on="2025-05-11")
ARREST = dict(need="must", types=["COERCE"], who=[["Police"]], whom=[["Ray"]], country="ML", on=None)
BLAME = dict(need="may", types=["ACCUSE"], who=[["Mali"]], whom=[], country="ML", on=None)
GOLDS = [
    gold | dict(killed=None, words=words)
    for gold, words in ((RAID, ["killed ten", "The raid"]), (ARREST, ["arrested Ray"]), (BLAME, ["condemned it"]))
]


def row(words, event_type, rank, who=(), whom=(), on=None, **changes):
    start = TEXT.index(words)
    people = {
        role: [{"name": None, "text": name} for name in names]
        for role, names in (("actors", who), ("recipients", whom))
    }
    sentence = next(each for each in TEXT.split(". ") if words in each)
    place = dict(country="MLI", place_name=None, admin1=None)
    day = dict(happened_on=on, date_precision="day" if on else None)
    known = dict(realis="actual", killed_best=None, injured_best=None, rank=rank, event_type=event_type)
    return (
        people | place | day | known | dict(char_start=start, char_end=start + len(words), sentence=sentence) | changes
    )


KILLED = row("killed", "ASSAULT", 1, ["Rebels"], ["ten men"], "2025-05-11")
ARRESTED = row("arrested", "COERCE", 2, ["Police"], ["Ray"])


def test_rows_are_judged_by_what_their_words_tell():
    (kill, arrest) = judge_rows(TEXT, GOLDS, [KILLED, ARRESTED])
    assert (kill.gold, arrest.gold) == (0, 1) and all(kill.right.values()) and all(arrest.right.values())


@pytest.mark.parametrize(
    ("other", "gold", "is_again", "right"),
    [
        (row("raid", "ASSAULT", 2), 0, True, False),
        (row("lasted", "ASSAULT", 2), 0, True, False),  # of its type, in a sentence that tells it
        (row("lasted", "PROTEST", 2), None, False, False),
        (row("arrested", "COERCE", 2, ["Police"], ["Ray"], "2025-05-12"), 1, False, False),  # no day is told
        (row("arrested", "COERCE", 2, on="2025-05-01", date_precision="month"), 1, False, True),
        (row("condemned", "REJECT", 2), 2, False, False),
    ],
)
def test_a_row_may_tell_it_again_or_tell_what_is_not_so(other, gold, is_again, right):
    _, judged = judge_rows(TEXT, GOLDS, [KILLED, other])
    assert (judged.gold, judged.is_again, judged.is_right(("type", "on"))) == (gold, is_again, right)


def test_what_has_not_happened_is_no_row():
    assert judge_rows(TEXT, GOLDS, [KILLED | {"realis": "negated"}]) == []


def test_the_figures_count_rows_and_what_is_reported():
    rows = [KILLED, row("raid", "ASSAULT", 2), row("lasted", "PROTEST", 3)]
    figures = measure([(TEXT, {"events": GOLDS}, rows)])
    assert figures["rank 1"] == {"rows": 1, "real": 1, "again": 0, "type, country and day": 1, "whole": 1}
    assert figures["other ranks"] == {"rows": 2, "real": 1, "again": 1, "type, country and day": 0, "whole": 0}
    assert figures["reported"] == {"events": 2, "told": 1, "told whole": 1}


def test_the_gold_is_of_the_world_news_and_in_its_words():
    texts = {line["id"]: line["text"] for line in map(json.loads, WORLD_NEWS.read_text("utf-8").splitlines())}
    lines = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    assert {line["id"] for line in lines} == set(texts)
    for line in lines:
        for event in line["events"]:
            assert event["words"] and all(words in texts[line["id"]] for words in event["words"])
            assert event["types"] and set(event["types"]) <= set(EVENT_TYPES)
            assert event["need"] in ("main", "must", "may")
