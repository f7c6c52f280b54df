"""Many addresses at once, one at a time for each host: the event loop behind `poll` and `fetch`.

The loop runs in a thread of its own, ahead of its consumer by a bounded number of answers, so that pages are cleaned
while the next ones travel, and memory stays flat. What is due to a host is in `hosts`.
"""

import asyncio
import collections
import concurrent.futures
import contextlib
import queue
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from transforms.errors import Failure
from transforms.fates import Rejected
from transforms.web.hosts import Hosts
from transforms.web.http import HttpSettings, Response, check_status, open_session
from transforms.web.robots import RobotsMemory
from transforms.web.urls import host_of
from transforms.web.walls import is_challenge

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


def crawl(
    requests: Iterable[Request], settings: HttpSettings, robots: RobotsMemory | None = None
) -> Iterator[tuple[Any, Response | Rejected | Exception]]:
    """Asks for every address; yields (element, its outcome) as answers come, each element once.

    One connection and one pause a host, also where redirects lead; `settings.hosts_at_once` hosts side by side. A
    response is a success or a 304; other statuses are Failure `http_<status>`. What may pass is tried `settings.tries`
    times. `robots` outlives a crawl, if the caller has one.
    """
    answers: queue.Queue = queue.Queue(ANSWERS_AHEAD)
    crawler = _Crawler(settings, robots or RobotsMemory(), answers)
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
    def __init__(self, settings: HttpSettings, robots: RobotsMemory, answers: queue.Queue):
        self.settings, self.robots, self.answers = settings, robots, answers
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
        queues: dict[str, collections.deque] = collections.defaultdict(collections.deque)
        for request in requests:
            queues[host_of(request.url)].append((request, 1))
        slots = asyncio.Semaphore(self.settings.hosts_at_once)
        # Looking up a name takes a thread, for seconds if its servers are silent: no host waits for another's.
        asyncio.get_running_loop().set_default_executor(
            concurrent.futures.ThreadPoolExecutor(min(len(queues), self.settings.hosts_at_once) or 1, "look-up")
        )
        async with open_session(self.settings) as session:
            hosts = Hosts(session, self.settings, self.robots)
            await asyncio.gather(*(self._host(slots, hosts, waiting) for waiting in queues.values()))

    async def _host(self, slots: asyncio.Semaphore, hosts: Hosts, waiting: collections.deque) -> None:
        """Answers the requests that begin at one host, in order; what may pass comes again behind the others.

        A slot is taken by a host that is asked and until its answer is taken over, not by one that rests.
        """
        while waiting:
            request, tried = waiting.popleft()
            host = hosts.at(request.url)
            await host.rest()
            async with slots:
                outcome = await _ask(hosts, request)
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


async def _ask(hosts: Hosts, request: Request) -> Response | Rejected | Exception:
    try:
        response = await hosts.get(request.url, request.limit, request.headers, request.heed_robots)
        if isinstance(response, Response) and response.status != 304:
            _check(response)
        return response
    except Failure as failure:
        return failure
    except Exception as error:  # one address costs itself only
        return error


def _check(response: Response) -> None:
    """Failure for what is no answer to our question: another status than success, or a question in return."""
    if not response.status < 300 and is_challenge(response.status, response.headers, response.body):
        raise Failure("blocked", f"{response.status}, and a page that lets only people through", status=response.status)
    check_status(response)


def _may_pass(outcome: Any) -> bool:
    if not isinstance(outcome, Failure) or not outcome.transient:
        return False
    return outcome.reason != "robots_unreachable" and (outcome.retry_after or 0.0) <= MAX_WAIT_SECONDS
