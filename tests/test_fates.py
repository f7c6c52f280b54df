"""One fate for every element at every step, counted once, and kept so that it can be tried again."""

import datetime
import pickle
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.metrics import MetricsFilter
from apache_beam.pvalue import TaggedOutput
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.utils.timestamp import Duration, Timestamp
from conftest import NOW, make_article, make_entry, make_feed, make_letter, make_page
from hypothesis import given
from hypothesis import strategies as st

from transforms.errors import Failure
from transforms.fates import (
    DEAD,
    MAX_RETRIES,
    MAX_RETRY_SECONDS,
    NAMESPACE,
    REJECTED,
    RETRY_SECONDS,
    ROUTINE,
    Attempt,
    Fates,
    Rejected,
    dead_letter,
    dump_element,
    key_of,
    load_element,
    merge_letters,
    next_retry,
    settle,
)
from transforms.records import DeadLetter, Entry, Feed, Rejection

RECORDS = [
    make_feed(),
    make_feed(polled_at=NOW, hold_until=NOW, etag='"é"', body_hash="b", failures=3, entry_marks=["a", "b"]),
    make_entry(),
    make_entry(published_at=NOW, title=None, authors=["Ines Okafor", "名"]),
    make_page(b"<html>\x00\xff</html>" * 100),
    make_page(b""),
    make_article(),
    make_article(published_at=NOW, authors=["A"], story_id="s1", copy_of="a0", language="en"),
]


# Settling one element


def test_what_passed_goes_on() -> None:
    assert settle("fetch", make_entry(), "a page") == "a page"


def test_what_was_rejected_is_listed_with_its_reason_and_address() -> None:
    tagged = settle("fetch", make_entry(), Rejected("robots"))
    assert isinstance(tagged, TaggedOutput) and tagged.tag == REJECTED
    assert tagged.value[:3] == ("fetch", "robots", "https://outlet.example/a")


@pytest.mark.parametrize("reason", sorted(ROUTINE))
def test_routine_is_counted_and_not_listed(reason: str) -> None:
    assert settle("poll", make_feed(), Rejected(reason)) is None


def test_what_failed_is_a_dead_letter_with_its_element() -> None:
    tagged = settle("fetch", make_entry(), Failure("http_503", "busy", transient=True))
    assert isinstance(tagged, TaggedOutput) and tagged.tag == DEAD
    letter = tagged.value
    assert (letter.stage, letter.reason, letter.message, letter.attempts) == ("fetch", "http_503", "busy", 1)
    assert letter.retry_at == letter.failed_at and letter.replayed_at is None
    assert load_element(letter.payload) == make_entry()


@pytest.mark.parametrize(
    ("error", "reason", "retried", "said"),
    [
        (Failure("too_large", "larger than 10 bytes"), "too_large", False, "larger than 10 bytes"),
        (Failure("timeout", transient=True), "timeout", True, "timeout"),
        (ValueError("no such thing"), "bug", False, "ValueError: no such thing"),
        (KeyError("x"), "bug", False, "KeyError: 'x'"),
        (RecursionError(), "bug", False, "RecursionError"),
        (Failure("dns", "x" * 5_000), "dns", False, "x" * 1_000),
        (Failure("dns", "half \ud800 a character"), "dns", False, "half ? a character"),
    ],
)
def test_a_dead_letter_says_what_happened(error: Exception, reason: str, retried: bool, said: str) -> None:
    letter = dead_letter("fetch", make_entry(), error, NOW)
    assert (letter.reason, letter.message, letter.retry_at) == (reason, said, NOW if retried else None)


def test_a_dead_letter_is_not_tried_again_before_its_server_wants_it() -> None:
    letter = dead_letter("fetch", make_entry(), Failure("http_503", transient=True, retry_after=60.0), NOW)
    assert letter.retry_at == NOW + 60


def test_a_letter_is_known_by_its_stage_and_address() -> None:
    at_noon = dead_letter("fetch", make_entry(), Failure("timeout"), NOW)
    later = dead_letter("fetch", make_entry(title="changed"), Failure("dns"), NOW + 60)
    assert at_noon.dead_letter_id == later.dead_letter_id
    others = [("clean", make_entry()), ("fetch", make_entry(url="https://outlet.example/b"))]
    ids = {dead_letter(stage, entry, Failure("timeout"), NOW).dead_letter_id for stage, entry in others}
    assert len(ids | {later.dead_letter_id}) == 3


@pytest.mark.parametrize(
    ("element", "key"),
    [
        (make_feed(), "https://outlet.example/feed"),
        (make_entry(), "https://outlet.example/a"),
        (make_entry(url=""), "https://outlet.example/feed#e1"),
        (make_page(), "https://outlet.example/a"),
        (make_article(), "https://outlet.example/a"),
    ],
)
def test_people_know_an_element_by_its_address(element: Any, key: str) -> None:
    assert key_of(element) == key


def test_what_is_no_element_has_no_address() -> None:
    with pytest.raises(TypeError, match="str has no address"):
        key_of("a string")


# Payloads


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_payload_gives_the_element_back(record: Any) -> None:
    assert load_element(dump_element(record)) == record


@given(st.binary(max_size=200), st.text(), st.integers(min_value=-(2**40), max_value=2**40))
def test_any_content_survives_a_payload(body: bytes, title: str, micros: int) -> None:
    page = make_page(body, entry=make_entry(title=title, published_at=Timestamp(micros=micros)))
    assert load_element(dump_element(page)) == page


def test_a_page_s_payload_is_small() -> None:
    assert len(dump_element(make_page(b"<p>the same again</p>" * 10_000))) < 2_000


@pytest.mark.parametrize("payload", ["", "{}", "[]", "5", "null", '{"record": "Poll", "fields": {}}', "not JSON"])
def test_a_payload_that_is_none_of_ours_is_refused(payload: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_element(payload)


# Letters from run to run


LATER = NOW + Duration.of(3_600)
FIRST = make_letter(attempts=1)
AGAIN = make_letter(failed_at=LATER, retry_at=LATER, message="slow again")
ASKED = AGAIN._replace(retry_at=LATER + 5_000)
FINAL = make_letter(failed_at=LATER, retry_at=None, reason="http_400")


@pytest.mark.parametrize(
    ("earlier", "failed", "retried", "expected"),
    [
        pytest.param([], [], False, None, id="nothing"),
        pytest.param([FIRST], [], False, None, id="still waiting: nothing new to write"),
        pytest.param([FIRST], [], True, FIRST._replace(replayed_at=LATER, retry_at=None), id="came through"),
        pytest.param([], [AGAIN], False, AGAIN._replace(retry_at=LATER), id="new: the next run tries again"),
        pytest.param([], [ASKED], False, ASKED, id="new: not before its server wants it"),
        pytest.param([], [FINAL], False, FINAL, id="new, for good"),
        pytest.param(
            [FIRST], [AGAIN], True, AGAIN._replace(attempts=2, retry_at=LATER + RETRY_SECONDS), id="failed again"
        ),
        pytest.param(
            [FIRST], [AGAIN], False, AGAIN._replace(attempts=2, retry_at=LATER + RETRY_SECONDS), id="failed elsewhere"
        ),
        pytest.param([FIRST], [FINAL], True, FINAL._replace(attempts=2), id="failed again, for good"),
        pytest.param(
            [FIRST],
            [FINAL._replace(failed_at=NOW), AGAIN],
            True,
            AGAIN._replace(attempts=2, retry_at=LATER + RETRY_SECONDS),
            id="failed twice: the later one counts",
        ),
        pytest.param(
            [FIRST._replace(attempts=MAX_RETRIES)],
            [AGAIN],
            True,
            AGAIN._replace(attempts=MAX_RETRIES + 1, retry_at=None),
            id="given up: only replay tries again",
        ),
    ],
)
def test_a_letter_has_one_new_row_a_run(
    earlier: list[DeadLetter], failed: list[DeadLetter], retried: bool, expected: DeadLetter | None
) -> None:
    assert merge_letters(earlier, failed, retried, LATER) == expected


def test_retries_wait_longer_and_longer_and_end() -> None:
    waits = [(next_retry(NOW, attempts) - NOW).micros / 1e6 for attempts in range(1, MAX_RETRIES + 1)]
    assert waits[:4] == [0.0, RETRY_SECONDS, 2 * RETRY_SECONDS, 4 * RETRY_SECONDS]
    assert waits == sorted(waits) and max(waits) <= MAX_RETRY_SECONDS
    assert next_retry(NOW, MAX_RETRIES + 1) is None


# In the graph


def decide(entry: Entry) -> Feed | Rejected:
    """Passes, rejects or raises, by the entry's title."""
    if entry.title == "reject":
        return Rejected("not_wanted")
    if entry.title == "fail":
        raise Failure("timeout", "slow", transient=True)
    if entry.title == "bug":
        raise ZeroDivisionError("oops")
    return make_feed(feed_url=entry.url)


def test_an_attempt_settles_every_element_and_counts_it() -> None:
    titles = ["pass", "reject", "fail", "bug", "pass", "reject", "pass"]
    entries = [make_entry(title=title, url=f"https://outlet.example/{n}") for n, title in enumerate(titles)]
    fates = Fates()
    pipeline = beam.Pipeline("FnApiRunner")
    feeds = pipeline | beam.Create(entries) | Attempt("decide", decide, Feed, fates)
    rejected = fates.rejections | "Rejected" >> beam.Flatten()
    dead = fates.letters | "Dead" >> beam.Flatten()
    assert (feeds.element_type, rejected.element_type, dead.element_type) == (Feed, Rejection, DeadLetter)
    assert_that(
        feeds | beam.Map(lambda feed: feed.feed_url),
        equal_to([f"https://outlet.example/{n}" for n in (0, 4, 6)]),
        "passed",
    )
    assert_that(
        rejected | beam.Map(lambda row: (row.step, row.reason, row.key)),
        equal_to([("decide", "not_wanted", f"https://outlet.example/{n}") for n in (1, 5)]),
        "rejected",
    )
    assert_that(
        dead | beam.Map(lambda row: (row.stage, row.reason, row.key)),
        equal_to([("decide", "timeout", "https://outlet.example/2"), ("decide", "bug", "https://outlet.example/3")]),
        "dead",
    )
    result = pipeline.run()
    result.wait_until_finish()
    counters = result.metrics().query(MetricsFilter().with_namespace(NAMESPACE))["counters"]
    assert {counter.key.metric.name: counter.result for counter in counters} == {
        "decide|in|": 7,
        "decide|out|": 3,
        "decide|rejected|not_wanted": 2,
        "decide|dead|timeout": 1,
        "decide|dead|bug": 1,
    }


# Failures travel between processes


def test_a_failure_keeps_all_it_knows_when_it_is_pickled() -> None:
    failure = Failure("http_503", "busy", transient=True, retry_after=7.0, status=503)
    copy = pickle.loads(pickle.dumps(failure))
    assert (copy.reason, str(copy), copy.transient, copy.retry_after, copy.status) == (
        "http_503",
        "busy",
        True,
        7.0,
        503,
    )


def test_a_day_is_no_field_of_a_payload() -> None:
    """Payloads know text, numbers, times and bytes: a record with anything else would fail when it is dumped."""
    with pytest.raises(TypeError):
        dump_element(make_feed(outlet=datetime.date(2026, 3, 10)))
