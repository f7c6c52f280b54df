"""What several test files share: a scriptable HTTP server on loopback, and records with sensible fields."""

import asyncio
import dataclasses
import http.server
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import hypothesis
import pytest
from apache_beam.utils.timestamp import Timestamp
from emulator import running as emulator_running

from transforms.records import Article, DeadLetter, Entry, Feed, Page
from transforms.web.hosts import PAUSES
from transforms.web.http import HttpSettings, Response, get, open_session
from transforms.web.robots import ROBOTS

# A busy machine is no fault: what takes too long is bounded by the tests themselves.
hypothesis.settings.register_profile(
    "newsbeam", deadline=None, max_examples=50, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("newsbeam")

NOW = Timestamp.from_rfc3339("2026-03-10T12:00:00Z")


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a `Site` sends for one request.

    Args:
        raw: these very bytes instead of a well-formed response; then the connection is closed.
        stall: send what there is, then nothing more until the site closes.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str | bytes] = dataclasses.field(default_factory=dict)
    raw: bytes | None = None
    stall: bool = False


class Seen(NamedTuple):
    """A request as the site got it. `at` is monotonic time in seconds."""

    path: str
    headers: Mapping[str, str]
    at: float


class Site:
    """A small HTTP server on loopback. Closes its connection after every answer.

    `answers[path]` is an Answer, or a list of them for one request after the other, of which the last one stays.
    """

    def __init__(self, **answers: Any):
        self.answers: dict[str, Answer | list[Answer]] = dict(answers)
        self.seen: list[Seen] = []
        self.closing = threading.Event()
        self._guard = threading.Lock()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return self._server.server_port

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [seen.path for seen in self.seen]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        with self._guard:
            self.seen.append(Seen(path, headers, time.monotonic()))
            found = self.answers.get(path, Answer(status=404))
            if isinstance(found, list):
                return found.pop(0) if len(found) > 1 else found[0]
            return found

    def _handler(site) -> type:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer = site.answer(self.path, dict(self.headers.items()))
                try:
                    self.wfile.write(_on_the_wire(answer) if answer.raw is None else answer.raw)
                    self.wfile.flush()
                    if answer.stall:
                        site.closing.wait(30)
                except OSError:
                    pass  # the client has had enough

            def log_message(self, *args: Any) -> None:
                pass

        return Handler


def _on_the_wire(answer: Answer) -> bytes:
    headers: dict[str, str | bytes] = {"Content-Type": "text/html; charset=utf-8", "Connection": "close"}
    if not answer.stall:
        headers["Content-Length"] = str(len(answer.body))
    lines = [b"HTTP/1.1 %d Said" % answer.status]
    for name, value in (headers | dict(answer.headers)).items():
        lines.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
    return b"\r\n".join(lines) + b"\r\n\r\n" + answer.body


@pytest.fixture(autouse=True)
def no_host_is_remembered() -> None:
    """A port of loopback may be another site's in the next test."""
    ROBOTS.forget()
    PAUSES.forget()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=3, help="how often a run is killed at a random moment")
    parser.addoption("--kills-each", type=int, default=1, help="how often a run is killed at each step of a commit")
    parser.addoption("--parse-seconds", type=float, default=4.0, help="the parsers' deadline for hostile documents")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes make no readable names, and gzip's hold the time: the processes of a run must agree on the names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def kills(request: pytest.FixtureRequest) -> int:
    return request.config.getoption("--kills")


@pytest.fixture(scope="session")
def kills_each(request: pytest.FixtureRequest) -> int:
    return request.config.getoption("--kills-each")


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Notes a case for the table of `make reliability`: its name, what was expected, what came, what else to say."""

    def tell(case: str, expected: Any, got: Any, note: str = "") -> None:
        record_property("case", (case, _words(expected), _words(got), note))

    return tell


def _words(value: Any) -> str:
    return ", ".join(f"{n} {what}" for what, n in value.items()) if isinstance(value, dict) else str(value)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def other_site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def http_settings() -> HttpSettings:
    """As in production, but for loopback and without pauses."""
    return HttpSettings(
        user_agent="newsbeam/1 (+https://contact.example/)",
        allow_private_addresses=True,
        host_delay_seconds=0.0,
        total_seconds=10.0,
        tries=1,
    )


@pytest.fixture
def ask(http_settings: HttpSettings) -> Callable[..., Response]:
    """One GET, as `transforms.web.http` does it."""

    def ask(url: str, limit: int = 100_000, headers: Mapping[str, str] = {}, **changes: Any) -> Response:
        settings = dataclasses.replace(http_settings, **changes)

        async def run() -> Response:
            async with open_session(settings) as session:
                return await get(session, url, settings, limit, headers)

        return asyncio.run(run())

    return ask


@pytest.fixture(scope="session")
def emulator() -> Iterator[None]:
    """A BigQuery emulator that all tests of a session share; each makes datasets of its own."""
    with emulator_running() as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BIGQUERY_EMULATOR_HOST", address)
        yield


@pytest.fixture
def dataset(emulator: None) -> str:
    """The address of a dataset in an emulator that is not there yet."""
    return new_dataset()


def new_dataset() -> str:
    return f"bigquery:my-project.news_{uuid.uuid4().hex[:8]}"


# Records: sensible unless told otherwise


def make_feed(**changes: Any) -> Feed:
    feed = Feed("https://outlet.example/feed", "Outlet", entry_marks=[], skip_hours=[], skip_days=[])  # as coders give
    return feed._replace(**changes)


def make_entry(**changes: Any) -> Entry:
    entry = Entry(
        entry_id="e1",
        feed_url="https://outlet.example/feed",
        outlet="Outlet",
        url="https://outlet.example/a",
        link="https://outlet.example/a",
        title="A title",
        published_at=None,
        authors=[],
        listed_at=NOW,
    )
    return entry._replace(**changes)


def make_page(body: bytes = b"", content_type: str = "text/html", **changes: Any) -> Page:
    page = Page(make_entry(), "https://outlet.example/a", NOW, content_type, body)
    return page._replace(**changes)


def make_article(**changes: Any) -> Article:
    known = {name: None for name in Article._fields} | {
        "article_id": "a1",
        "version": 1,
        "url": "https://outlet.example/a",
        "page_url": "https://outlet.example/a",
        "feed_url": "https://outlet.example/feed",
        "outlet": "Outlet",
        "title": "A title",
        "text": "A text.",
        "authors": [],
        "fetched_at": NOW,
        "word_count": 2,
        "content_id": "c1",
    }
    return Article(**{name: value for name, value in (known | changes).items() if name in Article._fields})


def make_letter(**changes: Any) -> DeadLetter:
    letter = DeadLetter(
        dead_letter_id="d1",
        stage="fetch",
        reason="timeout",
        message="too slow",
        key="https://outlet.example/a",
        payload="{}",
        failed_at=NOW,
        attempts=1,
        retry_at=NOW,
        replayed_at=None,
    )
    return letter._replace(**changes)


def make_record(
    url: str = "https://outlet.example/a",
    body: bytes = b"<p>A page.</p>",
    status: str = "200 OK",
    headers: Mapping[str, str] = {"Content-Type": "text/html"},
    length: int | None = None,
    **fields: str | None,
) -> bytes:
    """A WARC response record. `fields` are header fields of the record, `WARC_Type` for WARC-Type, None for none."""
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    block = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    known = {
        "WARC-Type": "response",
        "WARC-Target-URI": url,
        "WARC-Date": "2026-03-01T08:00:00Z",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000000>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block) if length is None else length),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in known.items() if value is not None)
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def names_of(cases: Sequence[Any]) -> list[str]:
    """Short test ids for a table of cases."""
    return [str(case[0])[:40] if isinstance(case, tuple) else str(case)[:40] for case in cases]
