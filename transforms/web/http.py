"""HTTP as a polite and suspicious reader speaks it: bounded in time and size, redirects by hand, public hosts only."""

import asyncio
import dataclasses
import datetime
import email.utils
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

import aiohttp
import yarl

from transforms.errors import Failure
from transforms.web.addresses import PublicResolver, guarded_socket
from transforms.web.decoding import ACCEPT_ENCODING, BodyDecoder
from transforms.web.urls import absolute_url, without_credentials

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
HTML = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain")
MAX_RETRY_AFTER_SECONDS = 86_400.0
KEPT_SECONDS = 1.0  # a connection that is idle for longer is one that its server may be closing at this moment
_CHUNK = 65_536


@dataclasses.dataclass(frozen=True)
class HttpSettings:
    """How we ask. Sizes in bytes after decompression, times in seconds."""

    user_agent: str
    connect_seconds: float = 5.0
    total_seconds: float = 30.0
    max_redirects: int = 5
    allow_private_addresses: bool = False
    host_delay_seconds: float = 5.0  # between an answer of a host and the next request to it
    hosts_at_once: int = 64
    tries: int = 2  # of one address in one run, when a failure may pass
    feed_bytes: int = 10 * 2**20
    page_bytes: int = 5 * 2**20
    robots_bytes: int = 512 * 2**10


class Response(NamedTuple):
    """A complete answer. `url` is where the redirects ended; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    moved_to: Optional[str] = None  # where the permanent redirects led that came before any other; never to plain http
    children: Sequence["Response"] = ()  # of an index of sitemaps: the sitemaps that were asked for along with it


def open_session(settings: HttpSettings) -> aiohttp.ClientSession:
    """A client that refuses private addresses at the moment of connecting. Close it."""
    connector = aiohttp.TCPConnector(
        resolver=aiohttp.ThreadedResolver() if settings.allow_private_addresses else PublicResolver(),
        socket_factory=guarded_socket(settings.allow_private_addresses),
        limit=0,
        ttl_dns_cache=60,
        keepalive_timeout=KEPT_SECONDS,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        auto_decompress=False,  # no client notices a truncated body when it decompresses
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=settings.total_seconds, sock_connect=settings.connect_seconds),
        headers={"User-Agent": settings.user_agent, "Accept-Encoding": ACCEPT_ENCODING},
        max_line_size=8_190,
        max_field_size=16_380,
        trust_env=False,
    )
    session._retry_connection = False  # else it asks a second time at once, without the pause that a host is due
    return session


async def get(
    session: aiohttp.ClientSession, url: str, settings: HttpSettings, limit: int, headers: Mapping[str, str] = {}
) -> Response:
    """GETs `url`, following redirects without a pause; any status is a response. Failures are those of `Trail.step`."""
    trail = Trail(url, settings)
    while (answer := await trail.step(session, limit, headers)) is None:
        pass
    return answer


class Trail:
    """One request on its way through redirects; `url` is the address that comes next.

    The deadline covers all its steps, but not what passes between them: the next host may have to be waited for.
    """

    def __init__(self, url: str, settings: HttpSettings):
        self.url, self.moved_to = url, None
        self._left, self._hops, self._permanent = settings.total_seconds, settings.max_redirects, True
        self._seconds = settings.total_seconds

    async def step(self, session: aiohttp.ClientSession, limit: int, headers: Mapping[str, str]) -> Optional[Response]:
        """One request: the response, or None where it leads on to `url`.

        Failure with reason: `timeout`, `dns`, `connect`, `tls`, `protocol`, `truncated`, `too_large`, `encoding`,
        `private_address`, `port`, `bad_redirect`, `too_many_redirects`.
        """
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._left):
                answer = await _get_once(session, self.url, limit, headers)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise failure_of(error) from error
        self._left -= time.monotonic() - started
        if isinstance(answer, Response):
            return answer._replace(seconds=self._seconds - self._left, moved_to=self.moved_to)
        self._follow(answer)
        return None

    def _follow(self, redirect: "_Redirect") -> None:
        if not self._hops:
            raise Failure("too_many_redirects", f"redirected on and on, at last to {redirect.target[:200]}")
        self._hops -= 1
        self._permanent = self._permanent and redirect.permanent and not _is_downgrade(self.url, redirect.target)
        self.moved_to = redirect.target if self._permanent else self.moved_to
        self.url = redirect.target


class _Redirect(NamedTuple):
    target: str
    permanent: bool


def _is_downgrade(url: str, target: str) -> bool:
    """Whether a redirect leads from https to http, where anybody on the way could have written it."""
    return url.startswith("https:") and target.startswith("http:")


async def _get_once(
    session: aiohttp.ClientSession, url: str, limit: int, headers: Mapping[str, str]
) -> Response | _Redirect:
    """The response, or the redirect in its place, whose body is not read."""
    request = session.get(yarl.URL(url, encoded=True), headers=dict(headers), allow_redirects=False)
    async with request as answer:
        _acknowledge(answer)
        if answer.status in REDIRECTS and "Location" in answer.headers:
            location = _as_text(answer.headers["Location"])
            target = absolute_url(location, url)
            if target is None:
                raise Failure("bad_redirect", f"redirected to {without_credentials(location)[:200]!r}")
            return _Redirect(target, answer.status in PERMANENT)
        decoder = BodyDecoder(answer.headers.get("Content-Encoding"), limit)
        async for piece in answer.content.iter_chunked(_CHUNK):
            decoder.feed(piece)
        received = {name.lower(): _as_text(value) for name, value in answer.headers.items()}
        return Response(url, answer.status, received, decoder.finish(), 0.0)


def _acknowledge(answer: aiohttp.ClientResponse) -> None:
    """Acknowledges the head of an answer at once.

    Many servers send head and body in two packets and hold the second one back until the first is acknowledged, which
    the kernel puts off for 40 ms: more than all the rest takes for a small page.
    """
    transport = answer.connection.transport if answer.connection else None
    if transport and hasattr(socket, "TCP_QUICKACK"):
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _as_text(header: str) -> str:
    """A header's value without the lone surrogates by which the client passes on bytes that are no UTF-8."""
    return header.encode("utf-8", "replace").decode()


def failure_of(error: Exception) -> Failure:
    """What a client's exception means to us. A name that does not resolve and a refused port may be well tomorrow."""
    refused = next((cause for cause in _causes(error) if isinstance(cause, Failure)), None)
    if refused:
        return refused
    reason, transient = "protocol", True
    if isinstance(error, TimeoutError):
        reason = "timeout"
    elif isinstance(error, aiohttp.ClientConnectorDNSError):
        reason = "dns"
    elif isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        reason, transient = "tls", False
    elif isinstance(error, aiohttp.ClientPayloadError):
        reason = "truncated"
    elif isinstance(error, aiohttp.ClientConnectorError | aiohttp.ServerDisconnectedError | OSError):
        reason = "connect"
    return Failure(reason, f"{type(error).__name__}: {error}"[:300], transient=transient)


def _causes(error: BaseException | None):
    while error is not None:
        yield error
        yield from getattr(error, "exceptions", ())
        error = error.__cause__ or error.__context__


def check_status(response: Response) -> None:
    """Failure `http_<status>` unless the response is a success, and whole: nobody asked for a part (206)."""
    if 200 <= response.status < 300 and response.status != 206:
        return
    raise Failure(
        f"http_{response.status}",
        f"the server answered {response.status}",
        transient=response.status in TRANSIENT,
        retry_after=retry_after(response.headers.get("retry-after"), time.time()),
        status=response.status,
    )


def is_html(content_type: str) -> bool:
    """Whether a page may be read as HTML; one that does not say what it is may be."""
    return (content_type.split(";")[0].strip().lower() or HTML[0]) in HTML


def retry_after(value: Optional[str], now: float) -> Optional[float]:
    """Seconds to wait by a Retry-After header (seconds or a date), at most a day; None if there is none to heed."""
    if not value:
        return None
    if value.strip().isdecimal():
        return min(float(value), MAX_RETRY_AFTER_SECONDS)
    until = http_date(value)
    return None if until is None else min(max(until - now, 0.0), MAX_RETRY_AFTER_SECONDS)


def http_date(value: Optional[str]) -> Optional[float]:
    """A date of HTTP in seconds since 1970; None if it is none."""
    try:
        date = email.utils.parsedate_to_datetime(value or "")
    except (ValueError, OverflowError):
        return None
    return (date if date.tzinfo else date.replace(tzinfo=datetime.UTC)).timestamp()
