"""Does it add up? A balance finds what a step lost or doubled."""

import apache_beam as beam
import pytest
from apache_beam.metrics import Metrics
from conftest import NOW

from pipeline.balance import STEPS, Balance, balance_of
from transforms.fates import NAMESPACE
from transforms.records import Run

# Two feeds: one not modified, one with three entries, of which one is known; one page fails, one article is written.
COUNTS = {
    ("poll", "in", ""): 2,
    ("poll", "out", ""): 1,
    ("poll", "rejected", "not_modified"): 1,
    ("list", "in", ""): 3,
    ("list", "rejected", "known"): 1,
    ("list", "out", ""): 2,
    ("fetch", "in", ""): 2,
    ("fetch", "dead", "timeout"): 1,
    ("fetch", "out", ""): 1,
    ("clean", "in", ""): 1,
    ("clean", "out", ""): 1,
    ("sign", "in", ""): 1,
    ("sign", "out", ""): 1,
    ("dedupe", "in", ""): 1,
    ("dedupe", "out", ""): 1,
    ("extract", "in", ""): 1,
    ("extract", "out", ""): 1,
    ("articles_log", "written", ""): 1,
    ("rejections_log", "written", ""): 0,
}


def balance(changes: dict | None = None, retried: dict | None = None) -> Balance:
    return Balance({key: n for key, n in (COUNTS | (changes or {})).items() if n}, retried or {})


def test_a_run_that_adds_up_has_no_faults() -> None:
    assert balance().faults() == []
    assert Balance({}, {}).faults() == []


@pytest.mark.parametrize(
    ("changes", "retried", "fault"),
    [
        ({("clean", "out", ""): 0}, {}, "clean: 1 in, but 0 out, rejected or dead"),
        ({("clean", "out", ""): 2}, {}, "clean: 1 in, but 2 out, rejected or dead"),
        ({("clean", "rejected", "too_short"): 1}, {}, "clean: 1 in, but 2 out, rejected or dead"),
        ({("poll", "in", ""): 3}, {}, "poll: 3 in, but 2 out, rejected or dead"),
        ({("fetch", "in", ""): 1}, {}, "list and receive sent 2, fetch got 1"),
        ({}, {"fetch": 1}, "list and receive sent 3, fetch got 2"),
        ({("extract", "in", ""): 2}, {}, "dedupe sent 1, extract got 2"),
        ({("articles_log", "written", ""): 0}, {}, "dedupe sent 1 rows, articles_log has 0"),
        ({("rejections_log", "written", ""): 1}, {}, "0 rejected, 1 listed"),
    ],
)
def test_what_does_not_add_up_is_named(changes: dict, retried: dict, fault: str) -> None:
    assert fault in balance(changes, retried).faults()


def test_elements_that_are_tried_again_count_where_they_enter() -> None:
    changes = {("fetch", "in", ""): 3, ("fetch", "rejected", "http_404"): 1, ("rejections_log", "written", ""): 1}
    assert balance(changes, {"fetch": 1}).faults() == []


def test_rows_that_the_destination_refused_are_accounted_for() -> None:
    assert balance({("articles_log", "written", ""): 0, ("articles_log", "dead", "refused"): 1}).faults() == []


def test_a_total_adds_up_all_reasons_and_reasons_come_by_frequency() -> None:
    many = balance({("clean", "rejected", "too_short"): 2, ("clean", "rejected", "no_text"): 5})
    assert many.total("clean", "rejected") == 7
    assert list(many.reasons("clean", "rejected").items()) == [("no_text", 5), ("too_short", 2)]


def test_people_read_a_line_a_step() -> None:
    lines = balance({("clean", "rejected", "too_short"): 2}).lines()
    assert lines[0].split() == ["step", "in", "out", "rejected", "dead", "letters"]
    assert [line.split()[0] for line in lines[1:]] == [step for step in STEPS if (step, "in", "") in COUNTS]
    assert lines[3].split() == ["fetch", "2", "1", "-", "1", "timeout"]
    assert lines[4].split() == ["clean", "1", "1", "2", "too_short", "-"]


def test_a_balance_is_written_without_what_is_no_step() -> None:
    rows = balance().rows("r1", NOW, NOW + 5)
    assert Run("r1", NOW, NOW + 5, "fetch", "dead", "timeout", 1) in rows
    assert {row.step for row in rows} == {step for step, fate, _ in COUNTS if fate == "in"} and len(rows) == 17


def test_a_balance_comes_from_the_counters_of_a_pipeline() -> None:
    def count(n: int) -> int:
        Metrics.counter(NAMESPACE, "clean|in|").inc()
        if n % 2:
            Metrics.counter(NAMESPACE, "clean|rejected|too_short").inc()
        Metrics.counter("another", "clean|in|").inc()
        Metrics.counter(NAMESPACE, "clean|dead|bug").inc(0)
        return n

    pipeline = beam.Pipeline("FnApiRunner")
    pipeline | beam.Create(range(5)) | "One" >> beam.Map(count) | beam.Reshuffle() | "Two" >> beam.Map(count)
    result = pipeline.run()
    result.wait_until_finish()
    found = balance_of(result, {"clean": 1})
    assert found.counts == {("clean", "in", ""): 10, ("clean", "rejected", "too_short"): 4}
    assert found.retried == {"clean": 1}
