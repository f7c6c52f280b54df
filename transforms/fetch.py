"""Fetch: from an entry to its page, politely."""

import dataclasses
import time
from collections.abc import Iterable
from typing import Any

import ada_url
import apache_beam as beam
from apache_beam.coders import FloatCoder
from apache_beam.transforms import userstate
from apache_beam.utils.timestamp import Timestamp

from transforms.errors import Failure
from transforms.fates import DEAD, REJECTED, Fates, Rejected, settle
from transforms.records import Entry, Page
from transforms.web.crawl import Request, crawl
from transforms.web.hosts import SLOWER
from transforms.web.http import HttpSettings, Response, is_html
from transforms.web.robots import ROBOTS
from transforms.web.urls import host_of

# Answers that are final and no fault: the page is not there, or not for us.
GONE = frozenset({404, 410})
BLOCKED = frozenset({401, 402, 403, 451})
MAX_PAUSE_SECONDS = 300.0  # for which a stream leaves a host alone and holds a thread


def read_page(entry: Entry, outcome: Response | Rejected | Exception, now: Timestamp) -> Page | Rejected | Exception:
    """What the answer for an entry's page is to us: a page, a rejection or a failure."""
    if isinstance(outcome, Failure) and (outcome.status in GONE | BLOCKED or outcome.reason == "blocked"):
        return Rejected(outcome.reason)
    if not isinstance(outcome, Response):
        return outcome
    kind = outcome.headers.get("content-type", "").strip() or "text/html"
    if not is_html(kind):
        return Rejected("not_html")
    if not outcome.body.strip():
        return Rejected("empty")
    return Page(entry, outcome.url, now, kind[:200], outcome.body)


@dataclasses.dataclass
class FetchPages(beam.PTransform):
    """In: Entry. Out: Page. Rejects: robots, crawl_delay, blocked, http_404 and its like, not_html, empty. Stateless.

    Entries are brought together by host, so that one worker at a time talks to a host, with its delay.
    """

    settings: HttpSettings
    fates: Fates

    def expand(self, entries: beam.PCollection) -> beam.PCollection:
        outputs = (
            entries
            | "KeyByHost" >> beam.Map(_by_host).with_output_types(tuple[str, Entry])
            | "GroupByHost" >> beam.GroupByKey()
            | "Batch" >> beam.BatchElements(min_batch_size=1_000, max_batch_size=10_000)
            | "Ask" >> beam.ParDo(_FetchFn(self.settings)).with_outputs(REJECTED, DEAD)
        )
        return self.fates.of(outputs, Page)


@dataclasses.dataclass
class FetchStream(beam.PTransform):
    """In: Entry, unbounded. Out: as `FetchPages`. Stateful by host: when it may be asked next.

    The entries of a host wait for each other in the runner's own queue, which a drain empties and an update keeps; who
    waits for a host holds a thread meanwhile.
    """

    settings: HttpSettings
    fates: Fates

    def expand(self, entries: beam.PCollection) -> beam.PCollection:
        outputs = (
            entries
            | "KeyByHost" >> beam.Map(_by_host).with_output_types(tuple[str, Entry])
            | "Ask" >> beam.ParDo(_FetchOneFn(self.settings)).with_outputs(REJECTED, DEAD)
        )
        return self.fates.of(outputs, Page)


class _FetchOneFn(beam.DoFn):
    NEXT_AT = userstate.ReadModifyWriteStateSpec("next_at", FloatCoder())  # epoch seconds

    def __init__(self, settings: HttpSettings):
        self.settings = settings

    def process(self, keyed: tuple[str, Entry], next_at=beam.DoFn.StateParam(NEXT_AT)):
        entry = keyed[1]
        time.sleep(min(max(0.0, (next_at.read() or 0.0) - time.time()), MAX_PAUSE_SECONDS))
        request = Request(entry, entry.link, self.settings.page_bytes, {}, heed_robots=True)
        for _, outcome in crawl([request], self.settings, ROBOTS):
            next_at.write(time.time() + self._pause_seconds(entry.link, outcome))
            yield settle("fetch", entry, read_page(entry, outcome, Timestamp.now()))

    def _pause_seconds(self, url: str, outcome: Response | Rejected | Exception) -> float:
        rules = ROBOTS.fresh(ada_url.URL("/robots.txt", base=url).href, time.time())
        usual = max(self.settings.host_delay_seconds, rules.delay_seconds if rules else 0.0)
        if isinstance(outcome, Failure) and outcome.status == 429:
            return max(usual * SLOWER, outcome.retry_after or 0.0)
        return usual


class _FetchFn(beam.DoFn):
    def __init__(self, settings: HttpSettings):
        self.settings = settings

    def process(self, hosts: list[tuple[str, Iterable[Entry]]]):
        for entry, outcome in crawl(self._requests(hosts), self.settings, ROBOTS):
            yield settle("fetch", entry, read_page(entry, outcome, Timestamp.now()))

    def _requests(self, hosts: list[tuple[str, Iterable[Entry]]]) -> Iterable[Request]:
        for _, entries in hosts:
            for entry in sorted(entries, key=_newest_first):
                yield Request(entry, entry.link, self.settings.page_bytes, {}, heed_robots=True)


def _newest_first(entry: Entry) -> tuple[Any, str]:
    return -(entry.published_at or entry.listed_at).micros, entry.url


def _by_host(entry: Entry) -> tuple[str, Entry]:
    return host_of(entry.link), entry
