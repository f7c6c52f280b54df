"""What the answer to a poll means: the feed's new state, the row of `polls`, the entries.

Pure functions of what was known of the feed, the answer and the clock; what follows for the next poll is decided in
`schedule`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Optional

from apache_beam.utils.timestamp import Duration, Timestamp

from transforms import schedule
from transforms.errors import Failure
from transforms.fates import Rejected
from transforms.records import Entry, Feed, Poll, hash_id
from transforms.web.feeds import ListedEntry, ParsedFeed, read_feed
from transforms.web.http import Response
from transforms.web.urls import canonical_url
from transforms.web.wishes import read_wishes

UNCONDITIONAL_SECONDS = 86_400  # some ETags lie: once a day we ask without
DISTRUST_SECONDS = 30 * 86_400  # for so long validators that lied are not used
LATE_SECONDS = 3_600  # an entry so much older than the last poll should have been seen by it
MIN_MARKS = 200  # entries of a feed that we remember, or twice as many as it lists
TICK = Duration(micros=1)


class Polled(NamedTuple):
    """What one poll brought."""

    feed: Feed  # as it stands now
    poll: Poll
    entries: list[tuple[Entry, bool]]  # each entry listed, and whether it is new to us
    outcome: Any  # None, Rejected or the Failure: the fate of this poll
    faults: Mapping[str, str] = {}  # entry_id -> why that entry cannot be read


def conditional_headers(feed: Feed, now: Timestamp) -> dict[str, str]:
    """The validators of the last answer, except once a day, and not where they have lied."""
    if feed.unconditional_at is None or feed.validators_lied_at is not None:
        return {}
    if not Duration(0) <= now - feed.unconditional_at <= Duration.of(UNCONDITIONAL_SECONDS):
        return {}
    headers = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    return {name: value for name, value in headers.items() if value}


def read_answer(feed: Feed, answer: Response | Exception, now: Timestamp, every_seconds: float) -> Polled:
    """What the answer to a poll of `feed` means: its new state, the row of `polls`, the entries.

    `every_seconds` is the shortest interval between two polls of a feed. A feed's times never go back, even if the
    clock does: its newest state is the one that counts.
    """
    now = max(now, feed.polled_at + TICK) if feed.polled_at else now
    if isinstance(answer, Response):
        try:
            return _read_response(feed, answer, now, every_seconds)
        except Exception as error:  # whatever a feed holds, it costs that feed only
            return _failed(feed, error, answer, now, every_seconds)
    return _failed(feed, answer, None, now, every_seconds)


def _read_response(feed: Feed, response: Response, now: Timestamp, every_seconds: float) -> Polled:
    body_hash = _hash(response)
    if response.status == 304 or body_hash == feed.body_hash:
        state = schedule.after_nothing_new(_answered(feed, response, now), now)
        return Polled(state, _row(state, response, "not_modified", every_seconds), [], Rejected("not_modified"))
    parsed = _parse(response)
    listing = _listing(feed, parsed, now)
    state = schedule.after_entries(
        _answered(feed, response, now),
        now,
        listed=len(listing.marks),
        known=listing.known,
        new=len(listing.new),
        wishes=read_wishes(response.body, response.headers, now.micros / 1e6),
    )._replace(body_hash=body_hash, entry_marks=_merge_marks(feed, listing.marks))
    if _validators_lied(feed, response, listing.new, now):
        state = state._replace(validators_lied_at=now)
    gap = listing.marks and feed.entry_marks and not listing.known  # entries may have come and gone unseen
    row = _row(state, response, "gap_suspected" if gap else "ok", every_seconds)
    row = row._replace(entry_count=len(listing.entries), new_count=len(listing.new), truncated=parsed.truncated or None)
    return Polled(state, row, listing.entries, None, listing.faults)


def _hash(response: Response) -> str:
    return hashlib.sha256(b"".join(each.body for each in (response, *response.children))).hexdigest()[:16]


def _parse(response: Response) -> ParsedFeed:
    """What a feed lists; of an index, what its sitemaps list."""
    first, *others = [read_feed(each.body, each.url) for each in response.children or (response,)]
    entries = {entry.guid: entry for feed in (first, *others) for entry in feed.entries}
    return ParsedFeed(first.title, list(entries.values()), any(feed.truncated for feed in (first, *others)))


class _Listing(NamedTuple):
    """What a feed lists, held against what was known of it."""

    entries: list[tuple[Entry, bool]]
    new: list[Entry]  # or changed
    marks: dict[str, str]
    known: int  # entries, changed ones among them
    faults: dict[str, str]


def _listing(feed: Feed, parsed: ParsedFeed, now: Timestamp) -> _Listing:
    before = {mark[:-8]: mark[-8:] for mark in feed.entry_marks}
    listed = [(_entry(feed, parsed, each, now), each) for each in parsed.entries]
    entries = [(entry, before.get(entry.entry_id) != each.fingerprint) for entry, each in listed]
    new = [entry for entry, is_new in entries if is_new]
    marks = {entry.entry_id: entry.entry_id + each.fingerprint for entry, each in listed}
    faults = {entry.entry_id: each.fault for entry, each in listed if each.fault}
    return _Listing(entries, new, marks, len(before.keys() & marks.keys()), faults)


def _answered(feed: Feed, response: Response, now: Timestamp) -> Feed:
    """A feed after it answered well, whatever the answer said: its validators, and where it lives."""
    same = response.status == 304
    unconditional = not same and not conditional_headers(feed, now)
    return schedule.after_move(feed, response.moved_to, now)._replace(
        polled_at=now,
        hold_until=None,
        failures=0,
        gone_since=None,
        etag=response.headers.get("etag", feed.etag if same else None),
        last_modified=response.headers.get("last-modified", feed.last_modified if same else None),
        unconditional_at=now if unconditional else feed.unconditional_at,
        validators_lied_at=_distrust(feed, now),
    )


def _validators_lied(feed: Feed, response: Response, new: Sequence[Entry], now: Timestamp) -> bool:
    """Whether a feed that lists `new` entries would have said, or has said, that it is unchanged.

    Its validator is the old one; or an answer without validators has entries, most of them, that were there long
    before the last poll, to which the server said 304.
    """
    if not new or not (feed.etag or feed.last_modified):
        return False
    if feed.etag == response.headers.get("etag") and (feed.etag or _same_date(feed, response)):
        return True
    said_unchanged = feed.changed_at and feed.unconditional_at and feed.changed_at <= feed.unconditional_at
    if conditional_headers(feed, now) or not said_unchanged or feed.polled_at <= feed.unconditional_at:
        return False
    late = [entry for entry in new if entry.published_at and entry.published_at + LATE_SECONDS < feed.polled_at]
    return 2 * len(late) > len(new)


def _same_date(feed: Feed, response: Response) -> bool:
    return feed.last_modified == response.headers.get("last-modified")


def _distrust(feed: Feed, now: Timestamp) -> Optional[Timestamp]:
    """When validators were last found to lie, unless that is long ago."""
    lied_at = feed.validators_lied_at
    return lied_at if lied_at and now - lied_at < Duration.of(DISTRUST_SECONDS) else None


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


def _failed(feed: Feed, error: Exception, response: Optional[Response], now: Timestamp, every_seconds: float) -> Polled:
    """The state of a feed that could not be polled: what was known of it stays."""
    state = schedule.after_failure(feed, error, now)
    if getattr(error, "status", None) == 410 and schedule.is_gone(feed.gone_since, now):
        error = Failure("gone", "the feed has answered 410 for more than a day; it is asked once a month", status=410)
    reason = error.reason if isinstance(error, Failure) else "bug"
    row = _row(state, response, reason, every_seconds)._replace(entry_count=None, new_count=None)
    return Polled(state, row._replace(http_status=row.http_status or getattr(error, "status", None)), [], error)


def _row(state: Feed, response: Optional[Response], outcome: str, every_seconds: float) -> Poll:
    """The row of a poll, after which the feed is in this state."""
    return Poll(
        feed_url=state.feed_url,
        outlet=state.outlet,
        polled_at=state.polled_at,
        outcome=outcome,
        http_status=response.status if response else None,
        entry_count=0,
        new_count=0,
        byte_count=len(response.body) if response else None,
        duration_ms=round(response.seconds * 1000) if response else 0,
        next_poll_at=schedule.next_poll_at(state, every_seconds),
        answer_url=response.url if response and response.url != state.feed_url else None,
    )
