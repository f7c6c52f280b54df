"""Dead letters: which of them a run tries again, and what it writes of them afterwards."""

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.utils.timestamp import Duration
from conftest import NOW, make_article, make_entry, make_feed, make_letter, make_page

from transforms.fates import dump_element
from transforms.letters import LettersToTry, SettleLetters, due_letters
from transforms.records import Message, WarcSpan

ELEMENTS = {
    "poll": make_feed(),
    "fetch": make_entry(),
    "receive": Message('{"url": "https://outlet.example/a"}'),
    "cut": WarcSpan("pages.warc.gz", 0, None),
    "unpack": WarcSpan("pages.warc.gz", 100, 200),
    "clean": make_page(b"<html>"),
    "sign": make_article(),
    "extract": make_article(story_id="s1"),
}
LETTERS = [
    make_letter(dead_letter_id=stage, stage=stage, key=f"https://{stage}.example/", payload=dump_element(element))
    for stage, element in ELEMENTS.items()
]
ALL = frozenset(ELEMENTS)


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, True),
        ({"retry_at": NOW - 60}, True),
        ({"retry_at": NOW + 60}, False),
        ({"retry_at": None}, False),
        ({"stage": "poll"}, False),  # its feed is polled when it is due: Retry-After holds for it too
        ({"stage": "clean", "reason": "bug", "retry_at": None}, False),
    ],
)
def test_a_letter_is_due_when_its_time_has_come(changes: dict, due: bool) -> None:
    assert due_letters([make_letter(**changes)], NOW) == (frozenset({"d1"}) if due else frozenset())


@pytest.mark.parametrize("step", LettersToTry.STEPS)
def test_a_letter_enters_again_where_it_failed(step: str) -> None:
    letters = LettersToTry(LETTERS, retried=ALL)
    assert [letter.dead_letter_id for letter in letters.to_replay(step)] == [step]


@pytest.mark.parametrize("step", LettersToTry.STEPS)
def test_a_letter_that_is_not_tried_again_brings_nothing(step: str) -> None:
    assert LettersToTry(LETTERS, retried=ALL - {step}).to_replay(step) == []
    assert LettersToTry().to_replay(step) == []


def test_a_feed_that_is_polled_anyway_comes_once() -> None:
    letters = LettersToTry(LETTERS, retried=ALL, polled=frozenset({"https://poll.example/", "https://fetch.example/"}))
    assert letters.to_replay("poll") == []
    assert len(letters.to_replay("fetch")) == 1


@pytest.mark.parametrize("step", LettersToTry.STEPS)
def test_elements_come_back_as_they_were(step: str) -> None:
    with beam.Pipeline("FnApiRunner") as pipeline:
        elements = pipeline | LettersToTry(LETTERS, retried=ALL).elements(step)
        assert elements.element_type is LettersToTry.STEPS[step]
        assert_that(elements, equal_to([ELEMENTS[step]]))


def test_every_letter_of_a_run_is_settled_once() -> None:
    waiting = [make_letter(dead_letter_id=name, key=name) for name in ("came through", "failed again", "not tried")]
    letters = LettersToTry(waiting, retried=frozenset({"came through", "failed again"}))
    failed = [
        make_letter(dead_letter_id="failed again", failed_at=NOW + Duration.of(60)),
        make_letter(dead_letter_id="new"),
        make_letter(dead_letter_id="new", failed_at=NOW + Duration.of(60), message="the later one"),
    ]
    with beam.Pipeline("FnApiRunner") as pipeline:
        settled = pipeline | beam.Create(failed) | SettleLetters(letters)
        rows = settled | beam.Map(
            lambda row: (row.dead_letter_id, row.attempts, row.message, row.replayed_at is not None)
        )
        expected = [
            ("came through", 1, "too slow", True),
            ("failed again", 2, "too slow", False),
            ("new", 1, "the later one", False),
        ]
        assert_that(rows, equal_to(expected))


def test_a_run_without_failures_settles_what_it_tried_again() -> None:
    letters = LettersToTry([make_letter()], retried=frozenset({"d1"}))
    with beam.Pipeline("FnApiRunner") as pipeline:
        none = pipeline | beam.Create([], reshuffle=False).with_output_types(type(make_letter()))
        rows = none | SettleLetters(letters) | beam.Map(lambda row: (row.dead_letter_id, row.replayed_at is not None))
        assert_that(rows, equal_to([("d1", True)]))
