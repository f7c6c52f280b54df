"""Poll: from a feed to its new entries.

Deciding is apart from doing: `is_due`, `conditional_headers` and `read_answer` are pure functions of what is known of
the feed, the answer and the clock; `PollFeeds` asks, many hosts at a time.
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Optional

import apache_beam as beam
from apache_beam import pvalue
from apache_beam.utils.timestamp import Duration, Timestamp

from transforms.errors import Failure
from transforms.fates import DEAD, REJECTED, Fates, Rejected, settle, typed
from transforms.records import Entry, Feed, Poll, hash_id
from transforms.web.crawl import Request, crawl
from transforms.web.feeds import ListedEntry, ParsedFeed, read_feed
from transforms.web.http import HttpSettings, Response
from transforms.web.urls import canonical_url

EARLY = 0.1  # part of the interval: an answer comes a little after its run began, the next run must not miss the feed
UNCONDITIONAL_SECONDS = 86_400  # some ETags lie: once a day we ask without
BACK_OFF_SECONDS = 900  # after the second failure in a row, then twice as long each time
MAX_BACK_OFF_SECONDS = 86_400
MIN_MARKS = 200  # entries of a feed that we remember, or twice as many as it lists
POLLED, ENTRIES = "polled", "entries"


class Polled(NamedTuple):
    """What one poll brought."""

    feed: Feed  # as it stands now
    poll: Poll
    entries: list[tuple[Entry, bool]]  # each entry listed, and whether it is new to us
    outcome: Any  # None, Rejected or the Failure: the fate of this poll


def is_due(feed: Feed, now: Timestamp, every_seconds: float) -> bool:
    """Whether a feed is to be polled: nothing holds it back, and its last poll is about `every_seconds` ago.

    With 0 (`--once`) only its server's Retry-After and our back-off after failures count.
    """
    if feed.hold_until is not None and feed.hold_until > now:
        return False
    return feed.polled_at is None or feed.polled_at + Duration.of(every_seconds * (1 - EARLY)) <= now


def conditional_headers(feed: Feed, now: Timestamp) -> dict[str, str]:
    """The validators of the last answer, except once a day."""
    if feed.unconditional_at is None or now - feed.unconditional_at > Duration.of(UNCONDITIONAL_SECONDS):
        return {}
    headers = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    return {name: value for name, value in headers.items() if value}


def read_answer(feed: Feed, answer: Response | Exception, now: Timestamp, every_seconds: float) -> Polled:
    """What the answer to a poll of `feed` means: its new state, the row of `polls`, the entries."""
    if isinstance(answer, Response):
        try:
            return _read_response(feed, answer, now, every_seconds)
        except Exception as error:  # whatever a feed holds, it costs that feed only
            return _failed(feed, error, answer, now, every_seconds)
    return _failed(feed, answer, None, now, every_seconds)


def _read_response(feed: Feed, response: Response, now: Timestamp, every_seconds: float) -> Polled:
    rested = feed._replace(polled_at=now, hold_until=None, failures=0)
    body_hash = hashlib.sha256(response.body).hexdigest()[:16]
    if response.status == 304 or body_hash == feed.body_hash:
        return Polled(
            _validated(rested, response, now),
            _poll(feed, response, "not_modified", now, every_seconds),
            [],
            Rejected("not_modified"),
        )
    parsed = read_feed(response.body, response.url)
    known = {mark[:-8]: mark[-8:] for mark in feed.entry_marks}
    entries = [(_entry(feed, parsed, listed, now), listed.fingerprint) for listed in parsed.entries]
    marked = [(entry, known.get(entry.entry_id) != fingerprint) for entry, fingerprint in entries]
    marks = {entry.entry_id: entry.entry_id + fingerprint for entry, fingerprint in entries}
    polled = _validated(rested, response, now)._replace(body_hash=body_hash, entry_marks=_merge_marks(feed, marks))
    return Polled(
        polled,
        _poll(feed, response, "ok", now, every_seconds)._replace(
            entry_count=len(entries), new_count=sum(new for _, new in marked)
        ),
        marked,
        None,
    )


def _entry(feed: Feed, parsed: ParsedFeed, listed: ListedEntry, now: Timestamp) -> Entry:
    published = None if listed.published is None else min(Timestamp.of(listed.published), now)
    return Entry(
        entry_id=hash_id("entry", feed.feed_url, listed.guid),
        feed_url=feed.feed_url,
        outlet=feed.outlet or parsed.title or "",
        url=canonical_url(listed.link) if listed.link else "",
        link=listed.link or "",
        title=listed.title,
        published_at=published,  # a date in the future is clamped, one in the past kept
        authors=list(listed.authors),
        listed_at=now,
    )


def _merge_marks(feed: Feed, marks: Mapping[str, str]) -> list[str]:
    """The marks to keep: those listed now, then the ones that have left the feed, as far as there is room."""
    gone = [mark for mark in feed.entry_marks if mark[:-8] not in marks]
    room = max(MIN_MARKS, 2 * len(marks))
    return [*marks.values(), *gone][:room]


def _validated(feed: Feed, response: Response, now: Timestamp) -> Feed:
    unconditional = response.status != 304 and not conditional_headers(feed, now)
    return feed._replace(
        etag=response.headers.get("etag", feed.etag if response.status == 304 else None),
        last_modified=response.headers.get("last-modified", feed.last_modified if response.status == 304 else None),
        unconditional_at=now if unconditional else feed.unconditional_at,
    )


def _failed(feed: Feed, error: Exception, response: Optional[Response], now: Timestamp, every_seconds: float) -> Polled:
    """The state of a feed that could not be polled: what was known of it stays."""
    reason = error.reason if isinstance(error, Failure) else "bug"
    failures = feed.failures + 1
    hold = back_off_seconds(failures, error.retry_after if isinstance(error, Failure) else None)
    state = feed._replace(polled_at=now, failures=failures, hold_until=now + Duration.of(hold) if hold else None)
    status = response.status if response else getattr(error, "status", None)
    row = Poll(
        feed_url=feed.feed_url,
        outlet=feed.outlet,
        polled_at=now,
        outcome=reason,
        http_status=status,
        entry_count=None,
        new_count=None,
        byte_count=len(response.body) if response else None,
        duration_ms=round(response.seconds * 1000) if response else 0,
        next_poll_at=now + Duration.of(max(hold, every_seconds)),
    )
    return Polled(state, row, [], error)


def back_off_seconds(failures: int, asked: Optional[float]) -> float:
    """How long to leave a feed alone after `failures` in a row, of which its server may ask for more."""
    own = 0 if failures < 2 else min(BACK_OFF_SECONDS * 2 ** min(failures - 2, 10), MAX_BACK_OFF_SECONDS)
    return max(float(own), asked or 0.0)


def _poll(feed: Feed, response: Response, outcome: str, now: Timestamp, every_seconds: float) -> Poll:
    return Poll(
        feed_url=feed.feed_url,
        outlet=feed.outlet,
        polled_at=now,
        outcome=outcome,
        http_status=response.status,
        entry_count=0,
        new_count=0,
        byte_count=len(response.body),
        duration_ms=round(response.seconds * 1000),
        next_poll_at=now + Duration.of(every_seconds),
    )


@dataclasses.dataclass
class PollFeeds(beam.PTransform):
    """In: Feed, due. Out: `feeds` (Feed, its new state), `polls` (Poll), `entries` (Entry, new, each address once).

    Rejects feeds: not_modified; entries: known, no_link, same_url. Stateless: what is known of a feed comes with it.
    """

    settings: HttpSettings
    every_seconds: float
    fates: Fates

    def expand(self, feeds: beam.PCollection):
        answers = (
            feeds
            | "Batch" >> beam.BatchElements(min_batch_size=1_000, max_batch_size=10_000)
            | "Ask" >> beam.ParDo(_PollFn(self.settings, self.every_seconds)).with_outputs(REJECTED, DEAD, ENTRIES)
        )
        polled = self.fates.of(answers, Polled)
        distinct = (
            typed(answers[ENTRIES], Entry)
            | "KeyByUrl" >> beam.Map(_by_url).with_output_types(tuple[str, Entry])
            | "GroupByUrl" >> beam.GroupByKey()
            | "FirstOfUrl" >> beam.ParDo(_FirstOfUrlFn()).with_outputs(REJECTED, DEAD)
        )
        return {
            "feeds": polled | "Feeds" >> beam.Map(_feed_of).with_output_types(Feed),
            "polls": polled | "Polls" >> beam.Map(_poll_of).with_output_types(Poll),
            "entries": self.fates.of(distinct, Entry),
        }


class _PollFn(beam.DoFn):
    def __init__(self, settings: HttpSettings, every_seconds: float):
        self.settings, self.every_seconds = settings, every_seconds

    def process(self, feeds: list[Feed]):
        now = Timestamp.now()
        requests = [
            Request(feed, feed.feed_url, self.settings.feed_bytes, conditional_headers(feed, now), heed_robots=False)
            for feed in feeds
        ]
        for feed, answer in crawl(requests, self.settings):
            polled = read_answer(feed, answer, Timestamp.now(), self.every_seconds)
            yield polled
            fate = settle("poll", feed, polled.outcome)
            if fate is not None:
                yield fate
            yield from _settle_entries(polled)


def _settle_entries(polled: Polled) -> Iterable[Any]:
    for entry, new in polled.entries:
        if new and entry.url:
            yield pvalue.TaggedOutput(ENTRIES, entry)
            continue
        fate = settle("list", entry, Rejected("no_link" if new else "known"))
        if fate is not None:
            yield fate


class _FirstOfUrlFn(beam.DoFn):
    def process(self, keyed: tuple[str, Iterable[Entry]]):
        first, *others = sorted(keyed[1])
        yield settle("list", first, first)
        for other in others:
            yield settle("list", other, Rejected("same_url"))


def _by_url(entry: Entry) -> tuple[str, Entry]:
    return entry.url, entry


def _feed_of(polled: Polled) -> Feed:
    return polled.feed


def _poll_of(polled: Polled) -> Poll:
    return polled.poll
