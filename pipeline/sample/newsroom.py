"""The sample newsroom over loopback HTTP: every outlet under one address, as a crawler would meet it."""

import email.utils
import hashlib
import http.server
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import NamedTuple, Self

from pipeline.sample.feeds import render_feed, render_opml
from pipeline.sample.labels import Article, Labels, load_labels
from pipeline.sample.pages import choose_related, render_front, render_page

OPML_PATH = "/feeds.opml"
HTML = "text/html; charset=utf-8"


class Request(NamedTuple):
    """What the newsroom was asked, and the status it answered with."""

    method: str
    path: str
    status: int
    user_agent: str | None
    if_none_match: str | None
    if_modified_since: str | None


class Answer(NamedTuple):
    """What the newsroom answers at one path."""

    status: int
    kind: str = HTML
    body: bytes = b""
    modified: datetime | None = None
    location: str | None = None

    @property
    def etag(self) -> str:
        """Changes exactly when the body does."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'

    def is_known(self, if_none_match: str | None, if_modified_since: str | None) -> bool:
        """Whether a client that sent these headers has this already; the tag outweighs the date, as HTTP wants it."""
        if self.status != 200:
            return False
        if if_none_match is not None:
            tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
            return bool({self.etag, "*"} & tags)
        return bool(self.modified and if_modified_since and self.modified <= _parse_date(if_modified_since))


class Newsroom:
    """The sample newsroom, served while the context is open. It takes its port when it is made: OSError if in use.

    with Newsroom() as newsroom:
        urllib.request.urlopen(newsroom.opml_url)
        assert newsroom.requests[0].path == "/feeds.opml"
    """

    def __init__(self, port: int = 0, labels: Labels | None = None) -> None:
        self.labels = labels or load_labels()
        self.requests: list[Request] = []
        self._server = _Server(("127.0.0.1", port), _Connection)
        self._server.requests = self.requests
        self.publish(self.labels)

    def __enter__(self) -> Self:
        # The poll interval is how long closing may take.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="newsroom", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    def publish(self, labels: Labels) -> None:
        """Serves these from now on: `publish(newsroom.labels.until(moment))` is the newsroom as it was then."""
        self._server.answers = dict(render_site(labels, self.base_url))

    @property
    def base_url(self) -> str:
        """The address every path is under, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def opml_url(self) -> str:
        """The address of the list of all feeds."""
        return self.base_url + OPML_PATH


def render_site(labels: Labels, base: str) -> Iterator[tuple[str, Answer]]:
    """Every path of the newsroom and what it answers."""
    yield OPML_PATH, Answer(200, "text/x-opml; charset=utf-8", render_opml(labels.feeds(), base))
    yield "/robots.txt", Answer(200, "text/plain; charset=utf-8", _robots(labels))
    for outlet, feed in labels.feeds():
        articles = labels.listed(feed)
        newest = max((article.published for article in articles), default=None)
        yield feed.path, Answer(200, *render_feed(outlet, feed, articles, base), newest)
        yield f"/{outlet.key}/", Answer(200, HTML, render_front(outlet, articles, base), newest)
    for article in labels.articles.values():
        yield from _article_paths(article, labels, base)


def _article_paths(article: Article, labels: Labels, base: str) -> Iterator[tuple[str, Answer]]:
    """A page is at its own path; where feeds link elsewhere, that path redirects to it or answers with it too."""
    if article.fate in ("http_404", "http_410"):
        yield article.path, Answer(int(article.fate[-3:]), body=b"<h1>This page is not here any more</h1>")
        return
    related = choose_related(article, labels)
    page = Answer(200, HTML, render_page(article, labels.outlets[article.outlet], related, base), article.published)
    yield article.path, page
    if article.moved:
        yield article.linked_as, Answer(301, location=base + article.path)
    elif article.linked_as != article.path:
        yield article.linked_as, page


def _robots(labels: Labels) -> bytes:
    rules = [f"Disallow: {path}" for outlet in labels.outlets.values() for path in outlet.disallow]
    return "\n".join(["User-agent: *", *rules, "Allow: /", ""]).encode()


def _parse_date(header: str) -> datetime:
    """A date of HTTP; one that cannot be read is so old that everything has changed since."""
    try:
        return email.utils.parsedate_to_datetime(header)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


class _Server(http.server.ThreadingHTTPServer):
    """Knows its open connections, so that closing does not wait for clients that keep theirs alive.

    They are noted by the thread that accepts them: none is left when it has stopped.
    """

    daemon_threads = False
    request_queue_size = 128
    answers: Mapping[str, Answer]
    requests: list[Request]

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        self.connections: set[socket.socket] = set()

    def process_request(self, request: socket.socket, client_address: object) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends all connections; their threads then come to an end by themselves."""
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it has ended by itself

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error of the newsroom."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Connection(http.server.BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # Headers and body in one packet: two would make every answer wait for the client's delayed acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        answer = self.server.answers.get(self.path.partition("?")[0], Answer(404, body=b"<h1>Not found</h1>"))
        since = (self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
        status = 304 if answer.is_known(*since) else answer.status
        self.server.requests.append(Request(self.command, self.path, status, self.headers.get("User-Agent"), *since))
        self._send(status, answer)

    do_HEAD = do_GET

    def _send(self, status: int, answer: Answer) -> None:
        self.send_response(status)
        for name, value in self._headers(status, answer).items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        if status != 304 and self.command != "HEAD":
            self.wfile.write(answer.body)

    def _headers(self, status: int, answer: Answer) -> dict[str, str | None]:
        modified = answer.modified and email.utils.format_datetime(answer.modified, usegmt=True)
        fresh = {"ETag": answer.etag, "Last-Modified": modified} if answer.status == 200 else {}
        body = {"Content-Type": answer.kind, "Content-Length": str(len(answer.body))} if status != 304 else {}
        return body | fresh | {"Location": answer.location}

    def log_message(self, format: str, *args: object) -> None:
        """Silent: what was asked is in `Newsroom.requests`."""
