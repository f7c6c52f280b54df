"""Watch: polling for ever. At every tick each feed is asked whether it is due; what is known of it is its state.

No timers: those of a source that ends, as a list of feeds does, expire with its window, and a drain may drop them. The
ticks come from Beam's paced impulse, which a drain stops; what was polled by then goes through to the end.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import apache_beam as beam
from apache_beam.coders import StrUtf8Coder
from apache_beam.transforms import userstate
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.utils.timestamp import Duration, Timestamp

from transforms.fates import DEAD, REJECTED, Fates, Rejected, settle, typed
from transforms.poll import ENTRIES, ask_feeds, feed_of, poll_of, settle_poll
from transforms.polled import Polled, read_answer
from transforms.records import Entry, Feed, Poll
from transforms.schedule import is_due
from transforms.state import RecordCoder
from transforms.web.http import HttpSettings

LISTED_SECONDS = 86_400.0  # event time for which an address belongs to the feed that listed it first


@dataclasses.dataclass
class WatchFeeds(beam.PTransform):
    """In: Feed: a subscription, again and again; or what an earlier job knew of one. Out: as `PollFeeds`, for ever.

    Stateful by feed: a Feed. And by address: which feed listed it. Rejects as `PollFeeds`; a feed that is not due costs
    a look at its state.
    """

    settings: HttpSettings
    every_seconds: float
    fates: Fates

    def expand(self, feeds: beam.PCollection):
        answers = (
            feeds
            | "ByFeed" >> beam.Map(_by_feed).with_output_types(tuple[str, Feed])
            | "Ask" >> beam.ParDo(_WatchFn(self.settings, self.every_seconds)).with_outputs(REJECTED, DEAD, ENTRIES)
        )
        polled = self.fates.of(answers, Polled)
        distinct = (
            typed(answers[ENTRIES], Entry)
            | "ByUrl" >> beam.Map(_by_url).with_output_types(tuple[str, Entry])
            | "FirstFeed" >> beam.ParDo(_FirstFeedFn()).with_outputs(REJECTED, DEAD)
        )
        return {
            "feeds": polled | "Feeds" >> beam.Map(feed_of).with_output_types(Feed),
            "polls": polled | "Polls" >> beam.Map(poll_of).with_output_types(Poll),
            "entries": self.fates.of(distinct, Entry),
        }


def subscriptions_of(tick: Any, feeds: Sequence[Feed]) -> Iterator[Feed]:
    """At every tick all feeds, as a user subscribed to them."""
    for feed in feeds:
        yield Feed(feed.feed_url, feed.outlet)


class _WatchFn(beam.DoFn):
    KNOWN = userstate.ReadModifyWriteStateSpec("feed", RecordCoder(Feed))

    def __init__(self, settings: HttpSettings, every_seconds: float):
        self.settings, self.every_seconds = settings, every_seconds

    def process(self, keyed: tuple[str, Feed], known=beam.DoFn.StateParam(KNOWN)):
        feed, before, now = keyed[1], known.read(), Timestamp.now()
        if feed.polled_at is not None:  # what an earlier job knew
            if before is None or before.polled_at < feed.polled_at:
                known.write(feed)
            return
        current = before._replace(outlet=feed.outlet or before.outlet) if before else feed
        if not is_due(current, now, self.every_seconds):
            return
        for _, answer in ask_feeds([current], now, self.settings):
            polled = read_answer(current, answer, Timestamp.now(), self.every_seconds)
            known.write(polled.feed)
            yield from settle_poll(current, polled)


class _FirstFeedFn(beam.DoFn):
    """Of several feeds that list an address within a day only the first one brings it, also when it has changed."""

    FEED = userstate.ReadModifyWriteStateSpec("feed_url", StrUtf8Coder())
    FORGET = userstate.TimerSpec("forget", TimeDomain.WATERMARK)

    def process(
        self,
        keyed: tuple[str, Entry],
        time=beam.DoFn.TimestampParam,
        first=beam.DoFn.StateParam(FEED),
        forget=beam.DoFn.TimerParam(FORGET),
    ):
        entry = keyed[1]
        known = first.read()
        if known is not None and known != entry.feed_url:
            yield settle("list", entry, Rejected("same_url"))
            return
        first.write(entry.feed_url)
        forget.set(time + Duration.of(LISTED_SECONDS))
        yield settle("list", entry, entry)

    @userstate.on_timer(FORGET)
    def let_go(self, first=beam.DoFn.StateParam(FEED)):
        first.clear()


def _by_feed(feed: Feed) -> tuple[str, Feed]:
    return feed.feed_url, feed


def _by_url(entry: Entry) -> tuple[str, Entry]:
    return entry.url, entry
