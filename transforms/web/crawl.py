"""Many addresses at once, one at a time for each host: the event loop behind `poll` and `fetch`.

The loop runs in a thread of its own, ahead of its consumer by a bounded number of answers, so that pages are cleaned
while the next ones travel, and memory stays flat.
"""

import asyncio
import collections
import contextlib
import dataclasses
import queue
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import ada_url
import aiohttp

from transforms.errors import Failure
from transforms.fates import Rejected
from transforms.web.http import HttpSettings, Response, check_status, get, open_session
from transforms.web.robots import MAX_CRAWL_DELAY_SECONDS, Robots, read_robots
from transforms.web.urls import host_of

ANSWERS_AHEAD = 32
FULL_SECONDS = 0.02  # between two looks whether the consumer has made room
MAX_WAIT_SECONDS = 10.0  # a server that asks for a longer pause is asked again by a later run
_DONE = object()


class Request(NamedTuple):
    """One address to ask for, on behalf of one element."""

    element: Any
    url: str
    limit: int  # bytes
    headers: Mapping[str, str]
    heed_robots: bool


def crawl(requests: Iterable[Request], settings: HttpSettings) -> Iterator[tuple[Any, Response | Rejected | Exception]]:
    """Asks for every address; yields (element, its outcome) as answers come, each element once.

    One connection and one pause a host; `settings.hosts_at_once` hosts side by side. A response is a success or a 304;
    other statuses are Failure `http_<status>`. What may pass is tried `settings.tries` times.
    """
    answers: queue.Queue = queue.Queue(ANSWERS_AHEAD)
    crawler = _Crawler(settings, answers)
    thread = threading.Thread(target=crawler.run, args=(list(requests),), name="crawl", daemon=True)
    thread.start()
    try:
        while (answer := answers.get()) is not _DONE:
            yield answer
    finally:
        crawler.stop()
        while thread.is_alive():  # the consumer left early: nobody else takes what the loop still puts
            _drain(answers)
            thread.join(0.05)
    if crawler.error:
        raise crawler.error


def _drain(answers: queue.Queue) -> None:
    while not answers.empty():
        answers.get_nowait()


class _Crawler:
    def __init__(self, settings: HttpSettings, answers: queue.Queue):
        self.settings, self.answers = settings, answers
        self.stopped, self.error = False, None
        self.loop: asyncio.AbstractEventLoop | None = None

    def run(self, requests: list[Request]) -> None:
        try:
            asyncio.run(self._until_stopped(requests))
        except Exception as error:  # a bug of ours: to be raised where the answers are read
            self.error = error
        finally:
            self.answers.put(_DONE)

    def stop(self) -> None:
        """Ends the loop where it stands, from another thread; harmless when it has ended."""
        self.stopped = True
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            if self.loop:
                self.loop.call_soon_threadsafe(self.work.cancel)

    async def _until_stopped(self, requests: list[Request]) -> None:
        self.work = asyncio.ensure_future(self._all(requests))
        self.loop = asyncio.get_running_loop()
        if self.stopped:
            self.work.cancel()
        await asyncio.wait([self.work])
        if not self.work.cancelled():
            self.work.result()

    async def _all(self, requests: list[Request]) -> None:
        hosts: dict[str, list[Request]] = collections.defaultdict(list)
        for request in requests:
            hosts[host_of(request.url)].append(request)
        slots = asyncio.Semaphore(self.settings.hosts_at_once)
        async with open_session(self.settings) as session:
            await asyncio.gather(*(self._host(slots, session, each) for each in hosts.values()))

    async def _host(self, slots: asyncio.Semaphore, session: aiohttp.ClientSession, requests: list[Request]) -> None:
        async with slots:
            host = _Host(session, self.settings)
            waiting = collections.deque((request, 1) for request in requests)
            while waiting:
                request, tried = waiting.popleft()
                outcome = await host.ask(request)
                if tried < self.settings.tries and _may_pass(outcome):
                    host.pause(max(outcome.retry_after or 0.0, 1.0))
                    waiting.append((request, tried + 1))
                else:
                    await self._hand_over((request.element, outcome))

    async def _hand_over(self, answer: tuple[Any, Any]) -> None:
        """Puts an answer, once there is room. Not in a thread: waiting there would take those that look up names."""
        while self.answers.full():
            await asyncio.sleep(FULL_SECONDS)
        self.answers.put_nowait(answer)


def _may_pass(outcome: Any) -> bool:
    if not isinstance(outcome, Failure) or not outcome.transient:
        return False
    return outcome.reason != "robots_unreachable" and (outcome.retry_after or 0.0) <= MAX_WAIT_SECONDS


@dataclasses.dataclass
class _Host:
    """One host: its robots.txt, and when it may be asked next."""

    session: aiohttp.ClientSession
    settings: HttpSettings
    robots: Robots | Failure | None = None
    next_at: float = 0.0

    async def ask(self, request: Request) -> Response | Rejected | Exception:
        try:
            if request.heed_robots:
                rules = await self._rules(request.url)
                if not rules.allows(request.url):
                    return Rejected("robots")
                if rules.delay_seconds > MAX_CRAWL_DELAY_SECONDS:
                    return Rejected("crawl_delay")
            response = await self._get(request.url, request.limit, request.headers)
            if response.status != 304:
                check_status(response)
            return response
        except Failure as failure:
            return failure
        except Exception as error:  # one address costs itself only
            return error

    async def _rules(self, url: str) -> Robots:
        if self.robots is None:
            address = ada_url.URL("/robots.txt", base=url).href
            try:
                answer = await self._get(address, self.settings.robots_bytes, {})
            except Failure as failure:
                answer = failure
            try:
                self.robots = read_robots(answer, self.settings.user_agent)
            except Failure as failure:
                self.robots = failure
        if isinstance(self.robots, Failure):
            raise self.robots
        return self.robots

    async def _get(self, url: str, limit: int, headers: Mapping[str, str]) -> Response:
        await asyncio.sleep(max(0.0, self.next_at - time.monotonic()))
        asked = self.robots.delay_seconds if isinstance(self.robots, Robots) else 0.0
        self.next_at = time.monotonic() + max(self.settings.host_delay_seconds, asked)
        return await get(self.session, url, self.settings, limit, headers)

    def pause(self, seconds: float) -> None:
        """Leaves the host alone for a while, beyond the usual delay."""
        self.next_at = max(self.next_at, time.monotonic() + seconds)
