"""When a feed is asked next, and where: pure functions of what is known of it, its answer and the clock.

Two clocks pull at a feed. It must be asked before entries that nobody has seen leave it: where less than a third of
what it lists was known, the interval is halved, where more than two thirds were, a halving is taken back. And news
should not wait: a feed is asked at the shortest interval as long as it brings something, and then ever more rarely,
after a tenth of the time that it has been silent. An interval by the share of known entries alone would ask a feed of
a hundred entries, ten of them new every hour, every five hours: nothing would be lost, and all of it late.

A publisher's wishes (ttl, sy:, Cache-Control, Expires, skipHours, skipDays) lengthen the interval; a feed that loses
entries by them is asked earlier all the same. All times are GMT, all intervals are seconds.
"""

import hashlib
from typing import Optional

from apache_beam.utils.timestamp import Duration, Timestamp

from transforms.errors import Failure
from transforms.records import Feed
from transforms.web.wishes import Wishes

HOUR, DAY = 3_600.0, 86_400.0
MAX_INTERVAL_SECONDS = DAY
UNVALIDATED = 6  # times as rarely is a feed asked that sends no validator: every answer is the whole feed
SILENCE = 0.1  # part of the time since a feed brought something
FEW_KNOWN, MANY_KNOWN = 1 / 3, 2 / 3  # between them a feed may stay as it is
MAX_HASTE = 8
JITTER = 0.1  # part of the interval, to either side
EARLY = 0.2  # part of the rhythm: jitter, and that an answer comes a little after its run began
CLOCK_SECONDS = HOUR  # a feed that was polled later than this from now was polled by a clock that has been put back
BACK_OFF_SECONDS = 900.0  # after the second failure in a row, then twice as long each time, to a day
DAILY_FAILURES, WEEK = 30, 7 * DAY  # so many failures a day apart, then a week apart
GONE_PROBE_SECONDS = 30 * DAY
MOVE_SECONDS = 7 * DAY  # so long a permanent redirect must lead to one address


def is_due(feed: Feed, now: Timestamp, every_seconds: float) -> bool:
    """Whether a feed is to be polled by a run that begins now.

    Args:
        every_seconds: the shortest interval. 0 (`--once`): only its server's Retry-After and our back-off after
            failures count, nobody's wishes.
    """
    if feed.polled_at is None or feed.polled_at > now + Duration.of(CLOCK_SECONDS):
        return True
    if feed.hold_until is not None and feed.hold_until > now:
        return False
    if not every_seconds:
        return True
    return not is_skipped(feed, now) and due_at(feed, every_seconds) <= now + Duration.of(every_seconds * EARLY)


def due_at(feed: Feed, every_seconds: float) -> Timestamp:
    """When the interval since the last poll of a feed is over, spread so that feeds do not march in step."""
    interval = interval_seconds(feed, every_seconds)
    return feed.polled_at + Duration.of(interval * (1 + JITTER * _spread(feed)))


def next_poll_at(feed: Feed, every_seconds: float) -> Timestamp:
    """When a feed that was just polled is to be polled again."""
    at = max(due_at(feed, every_seconds), feed.hold_until or feed.polled_at)
    for _ in range(7 * 24):
        if not is_skipped(feed, at):
            break
        at = Timestamp(seconds=(at.micros // 1_000_000 // 3_600 + 1) * 3_600)  # the next full hour
    return at


def interval_seconds(feed: Feed, every_seconds: float) -> float:
    """The interval after a poll, before it is spread: from `every_seconds` to a day."""
    silence = (feed.polled_at - (feed.changed_at or feed.polled_at)).micros / 1e6
    rarely = every_seconds if has_validators(feed) else every_seconds * UNVALIDATED
    longest = min(max(rarely, feed.wish_seconds or 0.0, silence * SILENCE), MAX_INTERVAL_SECONDS)
    return max(every_seconds, longest / 2 ** (feed.haste or 0))


def has_validators(feed: Feed) -> bool:
    """Whether a feed can be asked for changes only."""
    return bool(feed.etag or feed.last_modified) and feed.validators_lied_at is None


def is_skipped(feed: Feed, at: Timestamp) -> bool:
    """Whether the publisher asks for silence at this time (skipHours, skipDays); at all times is no such wish."""
    hours, days = set(feed.skip_hours), set(feed.skip_days)
    moment = at.to_utc_datetime()
    return (len(hours) < 24 and moment.hour in hours) or (len(days) < 7 and moment.weekday() in days)


def _spread(feed: Feed) -> float:
    """-1 to 1, by feed and time: the same on every machine."""
    seed = f"{feed.feed_url}\x1f{feed.polled_at.micros}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.sha256(seed).digest()[:4]) / 2**31 - 1


def after_entries(feed: Feed, now: Timestamp, listed: int, known: int, new: int, wishes: Wishes) -> Feed:
    """A feed after an answer that listed entries.

    Args:
        listed: entries in the answer.
        known: those whose id was known, changed or not.
        new: those that are new or changed.
    """
    share = known / listed if listed and feed.entry_marks else 0.5  # a first poll says nothing about the interval
    return feed._replace(
        haste=_haste(feed, share),
        changed_at=now if new or feed.changed_at is None else feed.changed_at,
        wish_seconds=wishes.seconds,
        skip_hours=wishes.skip_hours,
        skip_days=wishes.skip_days,
    )


def after_nothing_new(feed: Feed, now: Timestamp) -> Feed:
    """A feed after an answer that it has not changed."""
    return feed._replace(haste=_haste(feed, 1.0), changed_at=feed.changed_at or now)


def _haste(feed: Feed, share_known: float) -> int:
    haste = feed.haste or 0
    if share_known < FEW_KNOWN:
        return min(haste + 1, MAX_HASTE)
    return max(haste - 1, 0) if share_known > MANY_KNOWN else haste


def after_failure(feed: Feed, failure: Exception, now: Timestamp) -> Feed:
    """A feed after a poll that failed: what was known of it stays, and it is left alone for a while, never for good."""
    failures = feed.failures + 1
    asked = failure.retry_after if isinstance(failure, Failure) else None
    status = failure.status if isinstance(failure, Failure) else None
    hold = back_off_seconds(max(failures, 2) if status == 429 else failures, asked)
    gone_since = feed.gone_since
    if status == 410:
        gone_since = gone_since or now
        hold = max(hold, GONE_PROBE_SECONDS if is_gone(gone_since, now) else DAY)
    return feed._replace(
        polled_at=now,
        failures=failures,
        hold_until=now + Duration.of(hold) if hold else None,
        gone_since=gone_since,
        changed_at=feed.changed_at or now,
    )


def is_gone(gone_since: Optional[Timestamp], now: Timestamp) -> bool:
    """Whether a feed that answers 410 now is gone: it did so a day ago as well."""
    return gone_since is not None and now - gone_since >= Duration.of(DAY)


def back_off_seconds(failures: int, asked: Optional[float]) -> float:
    """How long to leave a feed alone after `failures` in a row, of which its server may ask for more.

    Nothing after one; then 15 minutes, twice as long each time up to a day; after a month of days a week each time.
    """
    if failures < 2:
        return asked or 0.0
    own = min(BACK_OFF_SECONDS * 2.0 ** min(failures - 2, 10), DAY)
    daily = failures - 9  # the ninth failure is the first to wait a day
    return max(WEEK if daily >= DAILY_FAILURES else own, asked or 0.0)


def address_of(feed: Feed) -> str:
    """Where to ask for a feed: at its own address, or where it has moved for good.

    After a failure there the old address has its turn, after a failure at that the new one again: either may be the
    one that is still alive.
    """
    return feed.adopted_url if feed.adopted_url and feed.failures % 2 == 0 else feed.feed_url


def after_move(feed: Feed, led_to: Optional[str], now: Timestamp) -> Feed:
    """A feed after it answered well, `led_to` by permanent redirects from where it was asked, or by none.

    An address is adopted when all answers of a week have named it. An adopted one that the old address no longer
    names is given up.
    """
    if led_to in (None, feed.adopted_url):
        kept = feed.adopted_url if led_to or address_of(feed) == feed.adopted_url else None
        return feed._replace(adopted_url=kept, moved_to=None, moved_since=None)
    if led_to != feed.moved_to or feed.moved_since is None:
        return feed._replace(moved_to=led_to, moved_since=now)
    if now - feed.moved_since < Duration.of(MOVE_SECONDS):
        return feed
    return feed._replace(adopted_url=None if led_to == feed.feed_url else led_to, moved_to=None, moved_since=None)
