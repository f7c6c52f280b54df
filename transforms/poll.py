"""Poll: from a feed to its new entries.

Deciding is apart from doing: what is due, and what an answer means, is decided by pure functions in `schedule` and
`polled`; `PollFeeds` asks, many hosts at a time.
"""

import collections
import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any, Optional

import apache_beam as beam
from apache_beam import pvalue
from apache_beam.utils.timestamp import Timestamp

from transforms.errors import Failure
from transforms.fates import DEAD, REJECTED, Fates, Rejected, settle, typed
from transforms.polled import Polled, conditional_headers, read_answer
from transforms.records import Entry, Feed, Poll
from transforms.schedule import address_of
from transforms.web.crawl import Request, crawl
from transforms.web.http import HttpSettings, Response
from transforms.web.sandbox import PARSERS
from transforms.web.sitemaps import is_index

POLLED, ENTRIES = "polled", "entries"


def poll_request(feed: Feed, now: Timestamp, limit: int) -> Request:
    """What to ask for when a feed is polled; `limit` in bytes. Its user subscribed to it: robots.txt is not asked."""
    return Request(feed, address_of(feed), limit, conditional_headers(feed, now), heed_robots=False)


def ask_feeds(feeds: Iterable[Feed], now: Timestamp, settings: HttpSettings) -> Iterator[tuple[Feed, Any]]:
    """Asks for each feed, many at once; yields each with its answer for `read_answer`, as answers come.

    Of an index of sitemaps the newest few are asked for as well; all of them answer, or the feed has failed.
    """
    indexes: list[tuple[Feed, Response, list[str]]] = []
    for feed, answer in crawl([poll_request(feed, now, settings.feed_bytes) for feed in feeds], settings):
        children = _children(answer)
        if children:
            indexes.append((feed, answer, children))
        else:
            yield feed, answer
    requests = [
        Request(number, address, settings.feed_bytes, {}, heed_robots=False)
        for number, (_, _, children) in enumerate(indexes)
        for address in children
    ]
    found: dict[int, list] = collections.defaultdict(list)
    for number, answer in crawl(requests, settings):
        found[number].append(answer)
        feed, index, children = indexes[number]
        if len(found[number]) == len(children):
            failed = next((each for each in found[number] if not isinstance(each, Response)), None)
            yield feed, failed or index._replace(children=sorted(found.pop(number)))


def _children(answer: Any) -> list[str]:
    """The addresses of the sitemaps of an index. None of what cannot be parsed: `read_answer` will say why."""
    if not isinstance(answer, Response) or not is_index(answer.body):
        return []
    try:
        return PARSERS.call("transforms.web.sitemaps:newest_children", answer.body, answer.url)
    except Failure:
        return []


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
            "feeds": polled | "Feeds" >> beam.Map(feed_of).with_output_types(Feed),
            "polls": polled | "Polls" >> beam.Map(poll_of).with_output_types(Poll),
            "entries": self.fates.of(distinct, Entry),
        }


class _PollFn(beam.DoFn):
    def __init__(self, settings: HttpSettings, every_seconds: float):
        self.settings, self.every_seconds = settings, every_seconds

    def process(self, feeds: list[Feed]):
        for feed, answer in ask_feeds(feeds, Timestamp.now(), self.settings):
            polled = read_answer(feed, answer, Timestamp.now(), self.every_seconds)
            yield from settle_poll(feed, polled)


def settle_poll(feed: Feed, polled: Polled) -> Iterable[Any]:
    """What came of a poll of `feed`. Plain: Polled. Tagged: REJECTED, DEAD, ENTRIES."""
    yield polled
    fate = settle("poll", feed, polled.outcome)
    if fate is not None:
        yield fate
    for entry, new in polled.entries:
        if new and entry.url:
            yield pvalue.TaggedOutput(ENTRIES, entry)
            continue
        fate = settle("list", entry, _left_out(entry, new, polled.faults.get(entry.entry_id)))
        if fate is not None:
            yield fate


def _left_out(entry: Entry, new: bool, fault: Optional[str]) -> Rejected | Failure:
    if new and fault:
        return Failure("broken_entry", fault)
    return Rejected("no_link" if new else "known")


class _FirstOfUrlFn(beam.DoFn):
    def process(self, keyed: tuple[str, Iterable[Entry]]):
        first, *others = sorted(keyed[1])
        yield settle("list", first, first)
        for other in others:
            yield settle("list", other, Rejected("same_url"))


def _by_url(entry: Entry) -> tuple[str, Entry]:
    return entry.url, entry


def feed_of(polled: Polled) -> Feed:
    """The new state of the feed that was polled."""
    return polled.feed


def poll_of(polled: Polled) -> Poll:
    """The row of a poll."""
    return polled.poll
