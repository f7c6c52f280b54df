"""How fast pages come in over loopback, beside bare aiohttp.

    python -m benchmarks.crawling [HOSTS [PAGES]]

One server process answers on as many addresses of 127.0.0.0/8 as there are hosts (240 unless told otherwise), PAGES
(25) of 30 kB a host, gzipped. They are asked for without a pause: by aiohttp alone (one session, one request at a time
a host, bodies decompressed by itself), and by our crawl with all that it does besides: robots.txt, redirects by hand,
addresses judged, bodies decoded within bounds. Prints pages a second and processor time a page of both, and the ratio.
"""

import asyncio
import gzip
import multiprocessing
import random
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

import aiohttp

from transforms.web.crawl import Request, crawl
from transforms.web.http import HttpSettings

AT_ONCE = 64
ROUNDS = 3
LIMIT = 5 * 2**20


class Answering(asyncio.Protocol):
    """Answers every request on a connection with the same page, and robots.txt with nothing."""

    page = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"GET /robots.txt"):
            self.transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        else:
            self.transport.write(self.page)


def make_page(seed: int = 7) -> bytes:
    """A page with about the size and the entropy of a news page."""
    words = random.Random(seed)
    body = " ".join("".join(words.choices("etaoinshrdlu", k=words.randint(2, 9))) for _ in range(4_600)).encode()
    packed = gzip.compress(b"<html><body><p>" + body + b"</p></body></html>")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    return head % len(packed) + packed


def serve(told: Connection) -> None:
    """Serves on all addresses of this machine; tells its port."""

    async def run() -> None:
        Answering.page = make_page()
        listening = socket.create_server(("", 0), backlog=1_000)
        server = await asyncio.get_running_loop().create_server(Answering, sock=listening)
        told.send(listening.getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def bare(hosts: dict[str, list[str]]) -> int:
    """Asks for all pages with aiohttp alone; returns the bytes that came."""

    async def host(slots: asyncio.Semaphore, session: aiohttp.ClientSession, urls: list[str]) -> int:
        async with slots:
            size = 0
            for url in urls:
                async with session.get(url) as answer:
                    size += len(await answer.read())
            return size

    async def run() -> int:
        slots = asyncio.Semaphore(AT_ONCE)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            return sum(await asyncio.gather(*(host(slots, session, urls) for urls in hosts.values())))

    return asyncio.run(run())


def ours(hosts: dict[str, list[str]]) -> int:
    """Asks for all pages as `fetch` does; returns the bytes that came."""
    settings = HttpSettings("newsbeam/1", allow_private_addresses=True, host_delay_seconds=0.0, hosts_at_once=AT_ONCE)
    requests = [Request(None, url, LIMIT, {}, heed_robots=True) for urls in hosts.values() for url in urls]
    return sum(len(answer.body) for _, answer in crawl(requests, settings))


def measure(ask: Callable[[dict[str, list[str]]], int], hosts: dict[str, list[str]]) -> tuple[float, float, int]:
    """Seconds, processor seconds of this process, and bytes."""
    started, worked = time.perf_counter(), time.process_time()
    size = ask(hosts)
    return time.perf_counter() - started, time.process_time() - worked, size


def main(host_count: int = 240, page_count: int = 25) -> None:
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    addresses = [f"127.0.{1 + number // 250}.{1 + number % 250}:{port}" for number in range(host_count)]
    hosts = {host: [f"http://{host}/{page}" for page in range(page_count)] for host in addresses}
    pages = host_count * page_count
    best: dict[str, tuple[float, float]] = {}
    for _ in range(ROUNDS):
        for ask in (bare, ours):
            seconds, worked, size = measure(ask, hosts)
            assert size > pages * 20_000
            before = best.get(ask.__name__, (seconds, worked))
            best[ask.__name__] = (min(seconds, before[0]), min(worked, before[1]))
    server.terminate()
    print(f"{host_count} hosts, {pages} pages; best of {ROUNDS}")
    for name, (seconds, worked) in best.items():
        print(f"  {name}: {pages / seconds:,.0f} pages/s, {1_000 * worked / pages:.2f} ms of processor time a page")
    slower, harder = (best["ours"][part] / best["bare"][part] for part in (0, 1))
    print(f"  ours takes {slower:.2f} times as long, and {harder:.2f} times the processor time")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
