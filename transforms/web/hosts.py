"""What is due to a host, wherever a request or its redirects lead: its robots.txt, one connection, a pause.

A pause outlives the crawl that owes it: a feed's host may be that of its pages, which the next step asks for.
"""

import asyncio
import collections
import contextlib
import time
from collections.abc import AsyncIterator, Mapping
from typing import Optional

import ada_url
import aiohttp

from transforms.errors import Failure
from transforms.fates import Rejected
from transforms.web.http import HttpSettings, Response, Trail
from transforms.web.robots import MAX_CRAWL_DELAY_SECONDS, Robots, RobotsMemory, read_robots, unreachable
from transforms.web.urls import host_of

SLOWER = 6  # times, for a host that says that we ask too often (429)
FORGIVEN_AFTER = 20  # answers without another 429
MAX_PAUSES = 20_000  # hosts whose pause is remembered; then those that are over are forgotten


class Pauses:
    """When each host may be asked next, in monotonic seconds."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def left(self, host: str) -> float:
        """Seconds until the host may be asked."""
        return max(0.0, self._until.get(host, 0.0) - time.monotonic())

    def begin(self, host: str, seconds: float) -> None:
        """Leaves the host alone for a while from now on, or for as long as it already was to be."""
        now = time.monotonic()
        if len(self._until) >= MAX_PAUSES:
            self._until = {name: until for name, until in self._until.items() if until > now}
        self._until[host] = max(self._until.get(host, 0.0), now + seconds)

    def forget(self) -> None:
        """Begins anew."""
        self._until.clear()


PAUSES = Pauses()  # of this process


class Hosts:
    """All hosts of one crawl, as they are met."""

    def __init__(self, session: aiohttp.ClientSession, settings: HttpSettings, robots: RobotsMemory):
        self.session, self.settings, self.robots = session, settings, robots
        self._hosts: dict[str, Host] = {}
        self._asked: dict[str, Robots | Failure] = {}  # by the address of a robots.txt
        self._asking: dict[str, asyncio.Lock] = collections.defaultdict(asyncio.Lock)

    def at(self, url: str) -> "Host":
        """The host of an address."""
        name = host_of(url)
        if name not in self._hosts:
            self._hosts[name] = Host(name, self.settings.host_delay_seconds)
        return self._hosts[name]

    async def get(self, url: str, limit: int, headers: Mapping[str, str], heed_robots: bool) -> Response | Rejected:
        """GETs `url` as each host on the way wants it. Rejects: robots, crawl_delay. Failures are those of `Trail`."""
        trail, answer = Trail(url, self.settings), None
        while answer is None:
            if heed_robots and (refused := await self._refusal(trail.url)):
                return refused
            host = self.at(trail.url)
            async with host.turn():
                answer = await trail.step(self.session, limit, headers)
            host.note(answer)
        return answer

    async def _refusal(self, url: str) -> Optional[Rejected]:
        """Why a host does not want robots at `url`. Failure `robots_unreachable` if that cannot be known for now."""
        address = ada_url.URL("/robots.txt", base=url).href
        async with self._asking[address]:
            if address not in self._asked:
                self._asked[address] = await self._read_rules(address)
        rules = self._asked[address]
        if isinstance(rules, Failure):
            raise rules
        host = self.at(url)
        host.delay_seconds = max(host.delay_seconds, min(rules.delay_seconds, MAX_CRAWL_DELAY_SECONDS))
        if not rules.allows(url):
            return Rejected("robots")
        return Rejected("crawl_delay") if rules.delay_seconds > MAX_CRAWL_DELAY_SECONDS else None

    async def _read_rules(self, address: str) -> Robots | Failure:
        if known := self.robots.fresh(address, time.time()):
            return known
        try:
            answer = await self.get(address, self.settings.robots_bytes, {}, heed_robots=False)
            rules = read_robots(answer, self.settings.user_agent)
        except Failure as failure:
            return self.robots.last_good(address, time.time()) or unreachable(failure)
        # http://host/robots.txt redirects to that of https://host as a rule: two hosts' rules in one answer
        for each in {address, answer.url}:
            self.robots.keep(each, rules, time.time())
        return rules


class Host:
    """One host: when it may be asked next, and by whom."""

    def __init__(self, name: str, delay_seconds: float):
        self.name, self.delay_seconds = name, delay_seconds
        self._turn = asyncio.Lock()
        self._to_forgive = 0  # answers until a 429 is forgiven

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """The right to ask: alone, and not before the pause after the last answer is over."""
        async with self._turn:
            await self.rest()
            try:
                yield
            finally:
                self.pause(self.delay_seconds * (SLOWER if self._to_forgive else 1))

    async def rest(self) -> None:
        """Waits until the pause is over."""
        await asyncio.sleep(PAUSES.left(self.name))

    def note(self, answer: Response | None) -> None:
        """Takes an answer for a sign of whether we ask too often."""
        if answer is not None and answer.status == 429:
            self._to_forgive = FORGIVEN_AFTER
            self.pause(self.delay_seconds * SLOWER)
        else:
            self._to_forgive = max(self._to_forgive - 1, 0)

    def pause(self, seconds: float) -> None:
        """Leaves the host alone for a while from now on."""
        PAUSES.begin(self.name, seconds)
