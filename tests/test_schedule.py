"""When a feed is asked next, and where: tables of feeds, answers and clocks."""

import datetime
from typing import Any

import pytest
from apache_beam.utils.timestamp import Duration, Timestamp
from conftest import NOW, make_feed
from hypothesis import given
from hypothesis import strategies as st

from transforms.errors import Failure
from transforms.records import Feed
from transforms.schedule import (
    BACK_OFF_SECONDS,
    DAY,
    HOUR,
    JITTER,
    MAX_INTERVAL_SECONDS,
    WEEK,
    address_of,
    after_entries,
    after_failure,
    after_move,
    after_nothing_new,
    back_off_seconds,
    due_at,
    interval_seconds,
    is_due,
    is_skipped,
    next_poll_at,
)
from transforms.web.wishes import Wishes

MINUTE = Duration.of(60)
RHYTHM = 600.0


def polled(ago: float = 0.0, silent: float = 0.0, **changes: Any) -> Feed:
    """A feed with validators that was polled so many seconds ago and had then been silent for so long."""
    at = NOW - Duration.of(ago)
    known = {"etag": '"1"', "polled_at": at, "changed_at": at - Duration.of(silent), "entry_marks": ["e1"]}
    return make_feed(**(known | changes))


# Whether


@pytest.mark.parametrize(
    ("feed", "every", "due"),
    [
        (make_feed(), 600, True),
        (polled(1_200), 600, True),
        (polled(600), 600, True),
        (polled(598), 600, True),  # its answer came after the run began
        (polled(400), 600, False),
        (polled(0), 0, True),
        (polled(60, hold_until=NOW + MINUTE), 0, False),
        (polled(DAY, hold_until=NOW + MINUTE), 600, False),
        (polled(DAY, hold_until=NOW - MINUTE), 600, True),
        (polled(-DAY), 600, True),  # the clock was put back
        (polled(-DAY, hold_until=NOW + 2 * DAY), 0, True),
        (polled(-60), 600, False),  # another machine's is a little ahead
        (polled(600, wish_seconds=HOUR), 600, False),
        (polled(HOUR, wish_seconds=HOUR), 600, True),
        (polled(600, wish_seconds=HOUR), 0, True),  # --once: who types it wants to know now
        (polled(600, etag=None), 600, False),
        (polled(HOUR, etag=None), 600, True),
        (polled(HOUR, skip_hours=[12]), 600, False),
        (polled(HOUR, skip_hours=[12]), 0, True),
    ],
)
def test_a_feed_is_due_when_its_interval_is_over_and_nothing_holds_it_back(feed: Feed, every: float, due: bool) -> None:
    assert is_due(feed, NOW, every) is due


@given(st.text(max_size=8), st.floats(1, 100_000), st.floats(0, 0.09))
def test_a_rhythm_is_kept_although_answers_take_time_and_feeds_are_spread(name: str, every: float, late: float) -> None:
    """--every 5m: the run of 12:05 must poll what the run of 12:00 polled a little after 12:00."""
    feed = polled(-late * every, feed_url=f"https://{name}")
    assert is_due(feed, NOW + Duration.of(every), every)


# How often


@pytest.mark.parametrize(
    ("feed", "seconds"),
    [
        (polled(), RHYTHM),
        (polled(silent=HOUR), RHYTHM),
        (polled(silent=10 * HOUR), HOUR),
        (polled(silent=5 * DAY), DAY / 2),
        (polled(silent=900 * DAY), DAY),
        (polled(changed_at=None), RHYTHM),  # a state that an older version wrote
        (polled(etag=None), HOUR),
        (polled(etag=None, last_modified="Mon"), RHYTHM),
        (polled(validators_lied_at=NOW), HOUR),
        (polled(wish_seconds=2 * HOUR), 2 * HOUR),
        (polled(wish_seconds=60.0), RHYTHM),
        (polled(wish_seconds=2 * HOUR, haste=1), HOUR),
        (polled(wish_seconds=2 * HOUR, haste=8), RHYTHM),
        (polled(etag=None, haste=1), HOUR / 2),
        (polled(haste=3), RHYTHM),
    ],
)
def test_the_interval_follows_what_is_known_of_a_feed(feed: Feed, seconds: float) -> None:
    assert interval_seconds(feed, RHYTHM) == pytest.approx(seconds)


@pytest.mark.parametrize(("every", "seconds"), [(5.0, 5.0), (2 * DAY, 2 * DAY)])
def test_a_shorter_or_longer_rhythm_is_the_shortest_interval(every: float, seconds: float) -> None:
    assert interval_seconds(polled(), every) == seconds


@pytest.mark.parametrize(
    ("haste", "listed", "known", "after"),
    [
        (None, 10, 0, 1),
        (0, 10, 3, 1),
        (1, 10, 3, 2),
        (8, 10, 0, 8),
        (2, 10, 4, 2),
        (2, 10, 6, 2),
        (2, 10, 7, 1),
        (2, 10, 10, 1),
        (0, 10, 10, 0),
        (2, 0, 0, 2),  # an empty feed says nothing
    ],
)
def test_too_few_known_entries_halve_the_interval_and_many_take_it_back(
    haste: int | None, listed: int, known: int, after: int
) -> None:
    feed = after_entries(polled(haste=haste), NOW, listed, known, listed - known, Wishes())
    assert feed.haste == after


def test_a_first_poll_says_nothing_about_the_interval() -> None:
    feed = after_entries(polled(entry_marks=[], changed_at=None), NOW, 30, 0, 30, Wishes(60.0, (3,), (6,)))
    assert (feed.haste, feed.changed_at) == (0, NOW)
    assert (feed.wish_seconds, feed.skip_hours, feed.skip_days) == (60.0, (3,), (6,))


def test_silence_lasts_from_the_last_new_entry() -> None:
    feed = after_nothing_new(polled(silent=HOUR, haste=2), NOW)
    assert (feed.changed_at, feed.haste) == (NOW - Duration.of(HOUR), 1)
    assert after_entries(feed, NOW, 10, 10, 0, Wishes()).changed_at == NOW - Duration.of(HOUR)
    assert after_entries(feed, NOW, 10, 10, 1, Wishes()).changed_at == NOW


@given(
    silent=st.floats(0, 1e9),
    wish=st.one_of(st.none(), st.floats(0, 1e9)),
    haste=st.integers(0, 8),
    every=st.floats(1, MAX_INTERVAL_SECONDS),
    etag=st.sampled_from([None, '"1"']),
)
def test_an_interval_is_never_out_of_bounds(silent: float, wish: float | None, haste: int, every: float, etag) -> None:
    feed = polled(silent=silent, wish_seconds=wish, haste=haste, etag=etag)
    interval = interval_seconds(feed, every)
    assert every <= interval <= MAX_INTERVAL_SECONDS
    spread = (due_at(feed, every) - NOW).micros / 1e6
    assert abs(spread - interval) <= JITTER * interval + 1e-5
    assert next_poll_at(feed, every) == due_at(feed, every)


def test_feeds_are_spread_evenly_and_each_the_same_way_every_time() -> None:
    feeds = [polled(feed_url=f"https://outlet.example/{n}") for n in range(500)]
    spread = [(due_at(feed, RHYTHM) - NOW).micros / 1e6 / RHYTHM for feed in feeds]
    assert min(spread) < 0.91 and max(spread) > 1.09 and sum(spread) / 500 == pytest.approx(1.0, abs=0.01)
    assert spread == [(due_at(feed, RHYTHM) - NOW).micros / 1e6 / RHYTHM for feed in feeds]


# Skipped hours and days. NOW is a Tuesday, 12:00.


@pytest.mark.parametrize(
    ("hours", "days", "skipped"),
    [
        ((), (), False),
        ((12,), (), True),
        ((11, 13), (), False),
        ((), (1,), True),
        ((), (0, 2), False),
        (tuple(range(24)), (), False),
        ((), tuple(range(7)), False),
    ],
)
def test_a_publisher_may_ask_for_silence_but_not_for_ever(hours: tuple, days: tuple, skipped: bool) -> None:
    assert is_skipped(polled(skip_hours=hours, skip_days=days), NOW) is skipped


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"skip_hours": [12, 13, 15]}, "2026-03-10T14:00:00Z"),
        ({"skip_days": [1, 2]}, "2026-03-12T00:00:00Z"),
        ({"skip_days": [1], "skip_hours": [0, 1]}, "2026-03-11T02:00:00Z"),
        ({"hold_until": NOW + Duration.of(HOUR)}, "2026-03-10T13:00:00Z"),
        ({"hold_until": NOW + Duration.of(HOUR), "skip_hours": [13]}, "2026-03-10T14:00:00Z"),
    ],
)
def test_the_next_poll_comes_after_silence_and_back_off(changes: dict, at: str) -> None:
    assert next_poll_at(polled(**changes), RHYTHM) == Timestamp.from_rfc3339(at)


# Failures


@pytest.mark.parametrize(
    ("failures", "asked", "seconds"),
    [
        (0, None, 0),
        (1, None, 0),
        (2, None, BACK_OFF_SECONDS),
        (3, None, 2 * BACK_OFF_SECONDS),
        (4, 10.0, 4 * BACK_OFF_SECONDS),
        (1, 30.0, 30.0),
        (2, 5_000.0, 5_000.0),
        (8, None, 64 * BACK_OFF_SECONDS),
        (9, None, DAY),
        (38, None, DAY),
        (39, None, WEEK),
        (10_000, None, WEEK),
    ],
)
def test_failures_back_off_and_never_silence_a_feed(failures: int, asked: float | None, seconds: float) -> None:
    assert back_off_seconds(failures, asked) == seconds


@pytest.mark.parametrize(
    ("failure", "seconds"),
    [
        (Failure("timeout", transient=True), 0.0),
        (ValueError("a bug"), 0.0),
        (Failure("http_503", status=503, retry_after=120.0), 120.0),
        (Failure("http_429", status=429), BACK_OFF_SECONDS),
        (Failure("http_410", status=410), DAY),
    ],
)
def test_a_first_failure_holds_a_feed_only_if_its_server_says_so(failure: Exception, seconds: float) -> None:
    feed = after_failure(polled(), failure, NOW)
    assert feed.failures == 1
    assert feed.hold_until == (NOW + Duration.of(seconds) if seconds else None)


def test_another_failure_in_between_does_not_bring_a_gone_feed_back() -> None:
    feed = after_failure(polled(), Failure("http_410", status=410), NOW)
    feed = after_failure(feed, Failure("timeout"), NOW + Duration.of(HOUR))
    feed = after_failure(feed, Failure("http_410", status=410), NOW + Duration.of(DAY))
    assert feed.hold_until == NOW + Duration.of(31 * DAY)


# Moves

THERE = "https://new.example/feed"


def moves(*led_to: str | None, feed: Feed | None = None, days: float = 1.0) -> Feed:
    """A feed after answers `days` apart, led to these addresses by permanent redirects."""
    feed = feed or polled()
    for number, address in enumerate(led_to):
        feed = after_move(feed, address, NOW + Duration.of(number * days * DAY))
    return feed


@pytest.mark.parametrize(
    ("led_to", "days", "address"),
    [
        ([None] * 20, 1, None),
        ([THERE] * 7, 1, None),
        ([THERE] * 8, 1, THERE),
        ([THERE] * 2, 7, THERE),
        ([THERE] * 500, 0.01, None),
        ([THERE] * 7 + [None] + [THERE] * 7, 1, None),
        ([THERE] * 7 + ["https://other.example/"] + [THERE] * 7, 1, None),
        (["https://outlet.example/feed"] * 20, 1, None),
    ],
)
def test_a_move_is_adopted_when_it_has_lasted_a_week(led_to: list, days: float, address: str | None) -> None:
    feed = moves(*led_to, days=days)
    assert feed.adopted_url == address
    assert address_of(feed) == (address or "https://outlet.example/feed")
    assert feed.feed_url == "https://outlet.example/feed"


def test_an_adopted_address_that_answers_itself_stays() -> None:
    assert moves(None, None, feed=polled(adopted_url=THERE)).adopted_url == THERE


def test_a_move_onwards_is_adopted_as_well() -> None:
    assert (
        moves(*["https://newer.example/"] * 8, feed=polled(adopted_url=THERE)).adopted_url == "https://newer.example/"
    )


def test_after_a_failure_the_old_and_the_new_address_take_turns() -> None:
    feed = polled(adopted_url=THERE)
    asked = [address_of(feed._replace(failures=failures)) for failures in range(4)]
    assert asked == [THERE, feed.feed_url, THERE, feed.feed_url]


@pytest.mark.parametrize(("led_to", "kept"), [(THERE, THERE), (None, None)])
def test_the_old_address_decides_whether_a_move_still_holds(led_to: str | None, kept: str | None) -> None:
    assert after_move(polled(adopted_url=THERE, failures=1), led_to, NOW).adopted_url == kept


def test_now_is_a_tuesday() -> None:
    assert NOW.to_utc_datetime().replace(tzinfo=datetime.UTC) == datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC)
    assert NOW.to_utc_datetime().weekday() == 1
