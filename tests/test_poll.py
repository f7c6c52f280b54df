"""Poll: what an answer means is a pure function of it, the feed and the clock; one run asks a real server."""

import json
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that
from apache_beam.utils.timestamp import Duration, Timestamp
from conftest import NOW, Answer, Site, make_feed
from hypothesis import given
from hypothesis import strategies as st

from transforms.errors import Failure
from transforms.fates import Fates, Rejected
from transforms.poll import PollFeeds, poll_request
from transforms.polled import (
    DISTRUST_SECONDS,
    MIN_MARKS,
    UNCONDITIONAL_SECONDS,
    Polled,
    conditional_headers,
    read_answer,
)
from transforms.records import Feed, Poll
from transforms.schedule import BACK_OFF_SECONDS, interval_seconds, is_due, next_poll_at
from transforms.web.http import HttpSettings, Response

MINUTE, DAY = Duration.of(60), Duration.of(86_400)


def feed_body(*entries: dict | str, **fields: Any) -> bytes:
    """A JSON Feed; a text stands for the entry of that id."""
    items = [{"id": e, "url": f"/{e}", "title": e} if isinstance(e, str) else e for e in entries]
    return json.dumps({"items": items} | fields).encode()


def response(body: bytes = b"", status: int = 200, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("https://outlet.example/moved/feed", status, named, body, 0.25)


def poll(feed: Feed, answer: Any, now: Timestamp = NOW, every: float = 600.0) -> Polled:
    return read_answer(feed, answer, now, every)


def listed(polled: Polled) -> dict[str, bool]:
    """Path -> whether the entry is new."""
    return {entry.url.rpartition("/")[2]: new for entry, new in polled.entries}


# With what we ask


@pytest.mark.parametrize(
    ("feed", "headers"),
    [
        (make_feed(), {}),
        (make_feed(etag='"1"', last_modified="Mon"), {}),  # when they were given is not known
        (
            make_feed(etag='"1"', last_modified="Mon", unconditional_at=NOW - MINUTE),
            {"If-None-Match": '"1"', "If-Modified-Since": "Mon"},
        ),
        (make_feed(etag='"1"', unconditional_at=NOW - DAY + MINUTE), {"If-None-Match": '"1"'}),
        (make_feed(etag='"1"', unconditional_at=NOW - DAY - MINUTE), {}),
        (make_feed(unconditional_at=NOW - MINUTE), {}),
    ],
)
def test_we_ask_for_changes_only_but_for_all_once_a_day(feed: Feed, headers: dict) -> None:
    assert conditional_headers(feed, NOW) == headers


# What an answer means


def test_a_first_poll_brings_all_entries() -> None:
    polled = poll(make_feed(), response(feed_body("a", "b"), etag='"1"', last_modified="Mon"))
    assert listed(polled) == {"a": True, "b": True} and polled.outcome is None
    assert polled.poll == Poll(
        feed_url="https://outlet.example/feed",
        outlet="Outlet",
        polled_at=NOW,
        outcome="ok",
        http_status=200,
        entry_count=2,
        new_count=2,
        byte_count=len(feed_body("a", "b")),
        duration_ms=250,
        next_poll_at=next_poll_at(polled.feed, 600.0),
        answer_url="https://outlet.example/moved/feed",
    )
    feed = polled.feed
    assert (feed.polled_at, feed.etag, feed.last_modified, feed.unconditional_at) == (NOW, '"1"', "Mon", NOW)
    assert (feed.failures, feed.hold_until, len(feed.entry_marks)) == (0, None, 2)


def test_an_entry_has_its_feed_s_words() -> None:
    item = {
        "id": "x",
        "url": "/a?utm_source=feed",
        "title": "T",
        "date_published": "2026-03-10",
        "author": {"name": "N"},
    }
    ((entry, _),) = poll(make_feed(), response(feed_body(item))).entries
    assert entry.link == "https://outlet.example/a?utm_source=feed"
    assert entry.url == "https://outlet.example/a"
    assert (entry.title, entry.authors, entry.listed_at) == ("T", ["N"], NOW)
    assert (entry.feed_url, entry.outlet) == ("https://outlet.example/feed", "Outlet")
    assert entry.published_at == Timestamp.from_rfc3339("2026-03-10T00:00:00Z")


def test_a_date_in_the_future_is_the_time_of_the_poll_and_one_in_the_past_is_kept() -> None:
    items = [{"id": year, "url": f"/{year}", "date_published": f"{year}-06-01"} for year in ("2014", "2031")]
    past, future = (entry for entry, _ in poll(make_feed(), response(feed_body(*items))).entries)
    assert past.published_at == Timestamp.from_rfc3339("2014-06-01T00:00:00Z")
    assert future.published_at == NOW


@pytest.mark.parametrize(
    ("given", "title", "outlet"), [("Mine", "Theirs", "Mine"), ("", "Theirs", "Theirs"), ("", "", "")]
)
def test_the_outlet_is_what_the_list_says_else_the_feed_s_title(given: str, title: str, outlet: str) -> None:
    ((entry, _),) = poll(make_feed(outlet=given), response(feed_body("a", title=title))).entries
    assert entry.outlet == outlet


def test_an_entry_without_a_link_has_no_address() -> None:
    ((entry, new),) = poll(make_feed(), response(feed_body({"id": "x", "title": "T"}))).entries
    assert (entry.url, entry.link, new) == ("", "", True)


@pytest.mark.parametrize("link", ["/" + "é" * 700, "/" + "x" * 5_000, "javascript:alert(1)", "https://["])
def test_a_link_that_cannot_be_followed_costs_its_entry_only(link: str) -> None:
    polled = poll(make_feed(), response(feed_body({"id": "x", "url": link}, "b")))
    assert [entry.url for entry, _ in polled.entries] == ["", "https://outlet.example/b"]


def test_known_entries_are_known_at_the_next_poll_and_changed_ones_are_new() -> None:
    first = poll(make_feed(), response(feed_body("a", "b")))
    changed = {"id": "a", "url": "/a", "title": "a, corrected"}
    second = poll(first.feed, response(feed_body("c", changed, "b")))
    assert listed(second) == {"c": True, "a": True, "b": False}
    assert (second.poll.entry_count, second.poll.new_count) == (3, 2)


def test_ids_do_not_depend_on_when_and_from_where() -> None:
    here = poll(make_feed(), response(feed_body("a"))).entries[0][0]
    there = poll(make_feed(), response(feed_body("a"))._replace(url="https://cdn.example/"), NOW + DAY).entries[0][0]
    assert here.entry_id == there.entry_id


def test_what_left_a_feed_and_comes_back_is_still_known() -> None:
    feed = poll(make_feed(), response(feed_body("old"))).feed
    for n in range(3):
        feed = poll(feed, response(feed_body(f"new {n}"))).feed
    assert listed(poll(feed, response(feed_body("old")))) == {"old": False}


@pytest.mark.parametrize("entries", [1, 50, 150, 400])
def test_memory_of_entries_is_bounded_by_what_the_feed_lists(entries: int) -> None:
    feed = make_feed()
    for poll_number in range(8):
        feed = poll(feed, response(feed_body(*(f"{poll_number}-{n}" for n in range(entries))))).feed
    assert entries <= len(feed.entry_marks) <= max(MIN_MARKS, 2 * entries)


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), max_size=6))
def test_an_unchanged_entry_is_new_exactly_once(polls: list[list[str]]) -> None:
    feed, seen = make_feed(), set()
    for names in polls:
        names = list(dict.fromkeys(names))
        polled = poll(feed, response(feed_body(*names)))
        assert {name for name, new in listed(polled).items() if new} == (
            set() if polled.poll.outcome == "not_modified" else set(names) - seen
        )
        feed, seen = polled.feed, seen | set(names)


# Not modified


def test_nothing_new_by_the_server_s_word_keeps_what_is_known() -> None:
    known = poll(make_feed(), response(feed_body("a"), etag='"1"')).feed
    polled = poll(known, response(status=304), NOW + MINUTE)
    assert polled.outcome == Rejected("not_modified") and polled.entries == []
    assert (polled.poll.outcome, polled.poll.http_status, polled.poll.new_count) == ("not_modified", 304, 0)
    assert polled.feed == known._replace(polled_at=NOW + MINUTE)


def test_nothing_new_by_the_body_s_hash_takes_the_new_validators() -> None:
    known = poll(make_feed(), response(feed_body("a"), etag='"1"', last_modified="Mon")).feed
    polled = poll(known, response(feed_body("a"), etag='"2"'), NOW + MINUTE)
    assert (polled.outcome, polled.poll.http_status) == (Rejected("not_modified"), 200)
    assert (polled.feed.etag, polled.feed.last_modified) == ('"2"', None)
    assert polled.feed.entry_marks == known.entry_marks


def test_the_day_of_an_unconditional_poll_starts_anew() -> None:
    known = poll(make_feed(), response(feed_body("a"), etag='"1"')).feed
    conditional = poll(known, response(feed_body("a", "b"), etag='"2"'), NOW + MINUTE).feed
    assert conditional.unconditional_at == NOW
    later = NOW + Duration.of(UNCONDITIONAL_SECONDS + 60)
    assert poll(conditional, response(feed_body("a")), later).feed.unconditional_at == later


LIES = {
    "the old ETag for another body": ('"1"', feed_body("a", "b"), True),
    "a new ETag for another body": ('"2"', feed_body("a", "b"), False),
    "the old ETag for the same entries": ('"1"', feed_body("a", home_page_url="https://outlet.example/"), False),
}


@pytest.mark.parametrize(("etag", "body", "lied"), LIES.values(), ids=LIES)
def test_validators_that_stay_although_the_feed_changed_are_not_used_for_a_month(
    etag: str, body: bytes, lied: bool
) -> None:
    known = poll(make_feed(), response(feed_body("a"), etag='"1"')).feed
    feed = poll(known, response(body, etag=etag), NOW + DAY + MINUTE).feed
    assert (feed.validators_lied_at is not None) is lied
    assert bool(conditional_headers(feed, NOW + DAY + 2 * MINUTE)) is not lied
    later = NOW + DAY + Duration.of(DISTRUST_SECONDS)
    trusted = poll(feed, response(body, etag=etag), later + MINUTE).feed
    assert conditional_headers(trusted, later + 2 * MINUTE) == {"If-None-Match": etag}


def test_a_date_that_stays_although_the_feed_changed_is_a_lie_too() -> None:
    known = poll(make_feed(), response(feed_body("a"), last_modified="Mon")).feed
    assert poll(known, response(feed_body("a", "b"), last_modified="Mon"), NOW + MINUTE).feed.validators_lied_at


@pytest.mark.parametrize(("published", "lied"), [("2026-03-10T14:00:00Z", True), ("2026-03-11T11:30:00Z", False)])
def test_a_304_that_hid_entries_is_found_out_by_the_daily_poll(published: str, lied: bool) -> None:
    feed = poll(make_feed(), response(feed_body("a"), etag='"1"')).feed
    for hours in (6, 23):
        feed = poll(feed, response(status=304), NOW + hours * 60 * MINUTE).feed
    hidden = {"id": "b", "url": "/b", "date_published": published}
    feed = poll(feed, response(feed_body("a", hidden), etag='"2"'), NOW + DAY + MINUTE).feed
    assert (feed.validators_lied_at is not None) is lied


# Gaps, moves


def test_a_poll_in_which_nothing_was_known_suspects_a_gap_and_halves_the_interval() -> None:
    known = poll(make_feed(), response(feed_body("a", "b"), cache_control="max-age=7200")).feed
    polled = poll(known, response(feed_body("c", "d"), cache_control="max-age=7200"), NOW + 120 * MINUTE)
    assert (polled.poll.outcome, polled.poll.new_count, polled.outcome) == ("gap_suspected", 2, None)
    assert listed(polled) == {"c": True, "d": True}
    assert interval_seconds(polled.feed, 600.0) == 3_600.0


@pytest.mark.parametrize("before", [[], ["b"]], ids=["a first poll", "one of them known"])
def test_what_is_no_gap(before: list[str]) -> None:
    feed = poll(make_feed(), response(feed_body(*before))).feed
    assert poll(feed, response(feed_body("b", "c")), NOW + DAY).poll.outcome == "ok"


def test_a_feed_that_is_empty_for_a_while_has_no_gap() -> None:
    feed = poll(make_feed(), response(feed_body("a"))).feed
    polled = poll(feed, response(feed_body()), NOW + MINUTE)
    assert polled.poll.outcome == "ok"
    assert poll(polled.feed, response(feed_body("a", "b")), NOW + 2 * MINUTE).poll.outcome == "ok"


def test_a_feed_that_moved_for_good_is_asked_there_and_its_entries_stay_known() -> None:
    there = "https://new.example/feed"
    body, feed = feed_body("https://outlet.example/a"), make_feed()
    feed = poll(feed, response(body)).feed
    ids = feed.entry_marks
    for days in range(1, 9):
        assert poll_request(feed, NOW, 9).url == feed.feed_url
        feed = poll(feed, response(body)._replace(url=there, moved_to=there), NOW + days * DAY).feed
    assert poll_request(feed, NOW, 9).url == there
    polled = poll(feed, response(body, x="y")._replace(url=there), NOW + 9 * DAY)
    assert (polled.feed.feed_url, polled.feed.entry_marks) == ("https://outlet.example/feed", ids)
    assert polled.poll.answer_url == there


def test_a_clock_that_goes_back_neither_silences_a_feed_nor_hides_its_newest_state() -> None:
    ahead = poll(make_feed(), response(feed_body("a")), NOW + 400 * DAY).feed
    assert is_due(ahead, NOW, 600.0)
    polled = poll(ahead, response(feed_body("a", "b")))
    assert polled.feed.polled_at > ahead.polled_at and listed(polled) == {"a": False, "b": True}


# Failures


@pytest.mark.parametrize(
    ("answer", "outcome", "status", "size"),
    [
        (Failure("timeout", "slow", transient=True), "timeout", None, None),
        (Failure("http_503", status=503, transient=True), "http_503", 503, None),
        (response(b"<html>maintenance</html>"), "not_a_feed", 200, 24),
        (response(b""), "not_a_feed", 200, 0),
        (response(b'{"items": ['), "broken_feed", 200, 11),
        (ValueError("what"), "bug", None, None),
    ],
)
def test_a_failed_poll_keeps_what_was_known(answer: Any, outcome: str, status: int | None, size: int | None) -> None:
    known = poll(make_feed(), response(feed_body("a"), etag='"1"')).feed
    polled = poll(known, answer, NOW + MINUTE)
    assert isinstance(polled.outcome, Exception) and polled.entries == []
    row = polled.poll
    assert (row.outcome, row.http_status, row.byte_count, row.new_count) == (outcome, status, size, None)
    assert polled.feed == known._replace(polled_at=NOW + MINUTE, failures=1)


def test_a_second_failure_holds_a_feed_back_and_a_success_frees_it() -> None:
    once = poll(make_feed(), Failure("timeout"), NOW - MINUTE).feed
    polled = poll(once, Failure("timeout"))
    feed = polled.feed
    assert feed.failures == 2 and feed.hold_until == NOW + Duration.of(BACK_OFF_SECONDS)
    assert polled.poll.next_poll_at >= feed.hold_until
    freed = poll(feed, response(feed_body("a")), NOW + 20 * MINUTE).feed
    assert (freed.failures, freed.hold_until) == (0, None)


def test_a_server_s_wish_to_be_left_alone_is_heeded_at_once() -> None:
    feed = poll(make_feed(), Failure("http_429", retry_after=7_200.0)).feed
    assert feed.hold_until == NOW + Duration.of(7_200)
    assert not is_due(feed, NOW + 119 * MINUTE, 0) and is_due(feed, NOW + 120 * MINUTE, 0)


def test_a_feed_that_is_gone_is_asked_once_a_month() -> None:
    gone = Failure("http_410", status=410)
    polled = poll(make_feed(), gone)
    assert polled.poll.outcome == "http_410" and polled.feed.hold_until == NOW + DAY
    polled = poll(polled.feed, gone, NOW + DAY)
    assert (polled.poll.outcome, polled.poll.http_status, polled.outcome.reason) == ("gone", 410, "gone")
    assert polled.feed.hold_until == NOW + 31 * DAY
    back = poll(polled.feed, response(feed_body("a")), NOW + 31 * DAY).feed
    assert (back.gone_since, back.hold_until, back.failures) == (None, None, 0)


def test_an_error_that_nobody_thought_of_is_that_feed_s_alone() -> None:
    """Not even a response without headers may end the run of all other feeds."""
    polled = poll(make_feed(), response(feed_body("a"))._replace(headers=None))
    assert polled.poll.outcome == "bug" and polled.feed.failures == 1


# In the graph


def test_polling_feeds_settles_every_feed_and_every_entry(
    site: Site, other_site: Site, http_settings: HttpSettings
) -> None:
    site.answers = {
        "/feed": Answer(feed_body("a", "b", {"id": "c", "title": "no link"}), headers={"ETag": '"1"'}),
        "/again": Answer(feed_body({"id": "other", "url": "/a"}, "d")),
        "/same": Answer(status=304),
        "/html": Answer(b"<html></html>"),
    }
    feeds = [Feed(site.url(path), "Outlet") for path in site.answers]
    feeds.append(Feed(other_site.url("/nothing"), "Gone"))
    known = poll(feeds[0], response(feed_body("b"))._replace(url=site.url("/feed"))).feed
    fates = Fates()
    with beam.Pipeline("FnApiRunner") as pipeline:
        polled = pipeline | beam.Create([known, *feeds[1:]]) | PollFeeds(http_settings, 600.0, fates)
        rejected = (
            fates.rejections | "Rejected" >> beam.Flatten() | beam.Map(lambda row: (row.step, row.reason, row.key))
        )
        dead = fates.letters | "Dead" >> beam.Flatten() | beam.Map(lambda row: (row.stage, row.reason, row.key))
        entries = polled["entries"] | beam.Map(lambda entry: entry.url)
        feed_rows = polled["feeds"] | "FeedRows" >> beam.Map(lambda feed: (feed.feed_url, feed.etag, feed.failures))
        polls = polled["polls"] | "PollRows" >> beam.Map(lambda row: (row.feed_url, row.outcome, row.new_count))

        assert_that(entries, _equal([site.url("/a"), site.url("/d")]), "entries")
        assert_that(rejected, _without_routine([("list", "no_link"), ("list", "same_url")]), "rejected")
        assert_that(
            dead,
            _equal(
                [
                    ("poll", "http_404", other_site.url("/nothing")),
                    ("poll", "not_a_feed", site.url("/html")),
                ]
            ),
            "dead",
        )
        assert_that(
            feed_rows,
            _equal(
                [
                    (site.url("/feed"), '"1"', 0),
                    (site.url("/again"), None, 0),
                    (site.url("/same"), None, 0),
                    (site.url("/html"), None, 1),
                    (other_site.url("/nothing"), None, 1),
                ]
            ),
            "feeds",
        )
        assert_that(
            polls,
            _equal(
                [
                    (site.url("/feed"), "ok", 2),
                    (site.url("/again"), "ok", 2),
                    (site.url("/same"), "not_modified", 0),
                    (site.url("/html"), "not_a_feed", None),
                    (other_site.url("/nothing"), "http_404", None),
                ]
            ),
            "polls",
        )


def _equal(expected: list) -> Any:
    def check(actual: list) -> None:
        assert sorted(map(repr, actual)) == sorted(map(repr, expected))

    return check


def _without_routine(expected: list[tuple[str, str]]) -> Any:
    def check(actual: list) -> None:
        assert (
            sorted((step, reason) for step, reason, _ in actual if reason not in ("known", "not_modified")) == expected
        )

    return check


# Whatever comes

ANSWERS = {
    "nothing new": response(status=304),
    "the same": response(feed_body("a", "b"), etag='"1"'),
    "one new": response(feed_body("c", "a", "b"), etag='"2"', cache_control="max-age=99999999"),
    "all new": response(feed_body("x", "y")),
    "empty": response(feed_body()),
    "moved": response(feed_body("a"))._replace(moved_to="https://new.example/feed"),
    "a page": response(b"<html></html>"),
    "silence": Failure("timeout", transient=True),
    "too often": Failure("http_429", status=429, retry_after=86_400.0),
    "gone": Failure("http_410", status=410),
    "a bug": ValueError("what"),
}
RESTING = b"<rss version='2.0'><channel><skipHours><hour>12</hour></skipHours><skipDays><day>Tuesday</day></skipDays>"
ANSWERS["resting"] = response(RESTING + b"<item><guid>r</guid><link>/r</link></item></channel></rss>")


@given(
    st.lists(st.tuples(st.sampled_from(sorted(ANSWERS)), st.floats(-1e6, 1e7)), min_size=1, max_size=12),
    st.sampled_from([5.0, 600.0, 7_200.0]),
)
def test_whatever_a_feed_answers_it_is_asked_again(answers: list[tuple[str, float]], every: float) -> None:
    feed, now = make_feed(), NOW
    for name, seconds in answers:
        now += Duration.of(seconds)  # the clock may go back
        polled = poll(feed, ANSWERS[name], now, every)
        row, feed = polled.poll, polled.feed
        assert (row.feed_url, row.polled_at) == (feed.feed_url, feed.polled_at)
        assert feed.polled_at < row.next_poll_at <= feed.polled_at + 38 * DAY  # a month, and a week of days to rest on
        assert is_due(feed, row.next_poll_at, every)
        assert poll_request(feed, now, 9).url in (feed.feed_url, "https://new.example/feed")
