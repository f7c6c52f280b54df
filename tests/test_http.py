"""HTTP as a polite and suspicious reader speaks it: against a real server that does not always behave."""

import asyncio
import gzip
import itertools
import socket
import time
from collections.abc import Callable

import aiohttp
import pytest
from conftest import Answer, Site
from hypothesis import given
from hypothesis import strategies as st

from transforms.errors import Failure
from transforms.web.addresses import PublicResolver, guarded_socket
from transforms.web.http import (
    MAX_RETRY_AFTER_SECONDS,
    TRANSIENT,
    HttpSettings,
    Response,
    check_status,
    failure_of,
    get,
    retry_after,
)

HTML = b"<html>a page</html>"
HEAD = b"HTTP/1.1 200 OK\r\n"


def reason_of(ask: Callable[..., Response], url: str, **given) -> str:
    """Why an answer is refused."""
    with pytest.raises(Failure) as failed:
        ask(url, **given)
    return failed.value.reason


def to(address: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": address})


# Answers


def test_an_answer_comes_whole_with_its_headers_in_lower_case(site: Site, ask: Callable) -> None:
    site.answers["/"] = Answer(HTML, headers={"ETag": '"1"', "X-Mixed": "Case"})
    answer = ask(site.url())
    assert (answer.url, answer.status, answer.body) == (site.url(), 200, HTML)
    assert answer.headers["etag"] == '"1"' and answer.headers["x-mixed"] == "Case"
    assert 0 < answer.seconds < 10


def test_we_say_who_asks_and_what_we_can_decode(site: Site, ask: Callable) -> None:
    ask(site.url(), headers={"If-None-Match": '"1"'})
    sent = site.seen[0].headers
    assert sent["User-Agent"] == "newsbeam/1 (+https://contact.example/)"
    assert sent["Accept-Encoding"] == "gzip, deflate"
    assert sent["If-None-Match"] == '"1"'
    assert not {"Cookie", "Authorization", "Referer"} & set(sent)


@pytest.mark.parametrize("status", [200, 304, 403, 404, 410, 429, 500, 503])
def test_any_status_is_an_answer(site: Site, ask: Callable, status: int) -> None:
    site.answers["/"] = Answer(status=status)
    assert ask(site.url()).status == status


def test_cookies_are_not_kept(site: Site, ask: Callable) -> None:
    site.answers |= {"/": Answer(status=302, headers={"Location": "/b", "Set-Cookie": "id=1"}), "/b": Answer(HTML)}
    ask(site.url())
    assert "Cookie" not in site.seen[1].headers


def test_a_header_that_is_no_text_does_not_spoil_a_table(site: Site, ask: Callable) -> None:
    site.answers["/"] = Answer(HTML, headers={"ETag": b'"\xff\xfe"'})
    assert ask(site.url()).headers["etag"].encode("utf-8")


def test_a_compressed_answer_is_unpacked(site: Site, ask: Callable) -> None:
    site.answers["/"] = Answer(gzip.compress(HTML), headers={"Content-Encoding": "gzip"})
    assert ask(site.url()).body == HTML


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"x" * 1_001), "too_large"),
        (Answer(gzip.compress(b"x" * 1_001), headers={"Content-Encoding": "gzip"}), "too_large"),
        (Answer(gzip.compress(bytes(900))[:-4], headers={"Content-Encoding": "gzip"}), "truncated"),
        (Answer(HTML, headers={"Content-Encoding": "gzip"}), "encoding"),
        (Answer(HTML, headers={"Content-Encoding": "br"}), "encoding"),
        (Answer(HTML, headers={"Content-Encoding": "gzip, gzip"}), "encoding"),
        (Answer(HTML, headers={"Content-Length": "500"}), "truncated"),
        (Answer(raw=HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), "truncated"),
        (Answer(raw=HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n"), "protocol"),
        (Answer(raw=HEAD + b"Content-Length: -5\r\n\r\nhello"), "protocol"),
        (Answer(raw=HEAD + b"Content-Length: five\r\n\r\nhello"), "protocol"),
        (Answer(raw=b"<html>no status line</html>"), "protocol"),
        (Answer(raw=HEAD + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n"), "protocol"),
        (Answer(raw=HEAD + b"X: a\0b\r\n\r\n"), "protocol"),
        (Answer(raw=b""), "connect"),
        (Answer(raw=HEAD), "connect"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_answer_is_a_failure_with_its_reason(site: Site, ask: Callable, answer: Answer, reason: str) -> None:
    site.answers["/"] = answer
    assert reason_of(ask, site.url(), limit=1_000) == reason


def test_endless_headers_end(site: Site, ask: Callable) -> None:
    site.answers["/"] = Answer(raw=HEAD + b"".join(b"X-%d: a\r\n" % n for n in range(200_000)) + b"\r\n")
    assert reason_of(ask, site.url()) == "protocol"


def test_a_body_of_exactly_the_limit_passes(site: Site, ask: Callable) -> None:
    site.answers["/"] = Answer(b"x" * 1_000)
    assert len(ask(site.url(), limit=1_000).body) == 1_000


# Deadlines


@pytest.mark.parametrize("answer", [Answer(raw=b"", stall=True), Answer(b"a part", stall=True)], ids=["head", "body"])
def test_a_server_that_falls_silent_is_left(site: Site, ask: Callable, answer: Answer) -> None:
    site.answers["/"] = answer
    started = time.monotonic()
    with pytest.raises(Failure) as failed:
        ask(site.url(), total_seconds=0.2)
    assert failed.value.reason == "timeout" and failed.value.transient
    assert time.monotonic() - started < 2


def test_the_deadline_covers_all_redirects_together(site: Site, ask: Callable) -> None:
    site.answers |= {"/": to("/b"), "/b": to("/c"), "/c": Answer(raw=b"", stall=True)}
    started = time.monotonic()
    assert reason_of(ask, site.url(), total_seconds=0.3) == "timeout"
    assert time.monotonic() - started < 2


def test_a_server_that_accepts_and_says_nothing_is_left(ask: Callable) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert reason_of(ask, f"http://127.0.0.1:{silent.getsockname()[1]}/", total_seconds=0.2) == "timeout"


def test_a_closed_port_and_an_unknown_name_may_be_well_tomorrow(ask: Callable) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    for url, reason in ((f"http://127.0.0.1:{port}/", "connect"), ("http://no-such-host.invalid/", "dns")):
        with pytest.raises(Failure) as failed:
            ask(url)
        assert (failed.value.reason, failed.value.transient) == (reason, True)


def test_a_server_that_speaks_no_tls_is_refused_for_good(site: Site, ask: Callable) -> None:
    site.answers["/"] = Answer(HTML)
    with pytest.raises(Failure) as failed:
        ask(site.url().replace("http:", "https:"))
    assert (failed.value.reason, failed.value.transient) == ("tls", False)
    assert site.seen == []


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_by_hand(site: Site, ask: Callable, status: int) -> None:
    site.answers |= {"/a": to("b?x=1#part", status), "/b?x=1": Answer(HTML)}
    assert ask(site.url("/a")).url == site.url("/b?x=1")


def test_a_redirect_may_lead_to_another_host(site: Site, other_site: Site, ask: Callable) -> None:
    site.answers["/"] = to(other_site.url("/moved"))
    other_site.answers["/moved"] = Answer(HTML)
    assert ask(site.url()).url == other_site.url("/moved")


def test_a_redirect_without_an_address_is_an_answer(site: Site, ask: Callable) -> None:
    site.answers["/"] = Answer(HTML, status=302)
    assert ask(site.url()).status == 302


@pytest.mark.parametrize("hops", [5, 6])
def test_five_redirects_are_enough(site: Site, ask: Callable, hops: int) -> None:
    site.answers |= {f"/{n}": to(f"/{n + 1}") for n in range(hops)} | {f"/{hops}": Answer(HTML)}
    if hops <= 5:
        assert ask(site.url("/0")).body == HTML
    else:
        assert reason_of(ask, site.url("/0")) == "too_many_redirects"
        assert len(site.seen) == 6


def test_a_loop_ends(site: Site, ask: Callable) -> None:
    site.answers |= {"/a": to("/b"), "/b": to("/a")}
    assert reason_of(ask, site.url("/a")) == "too_many_redirects"
    assert len(site.seen) == 6


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "ftp://a.example/", "http://", "/" + "x" * 3_000],
)
def test_a_redirect_out_of_the_web_is_refused(site: Site, ask: Callable, target: str) -> None:
    site.answers["/"] = to(target)
    assert reason_of(ask, site.url()) == "bad_redirect"


def test_a_growing_redirect_ends(site: Site, ask: Callable) -> None:
    paths = ["/" + "ab/" * n for n in range(10)]
    site.answers |= {here: to(there) for here, there in itertools.pairwise(paths)}
    assert reason_of(ask, site.url()) == "too_many_redirects"


def test_the_body_of_a_redirect_is_not_read(site: Site, ask: Callable) -> None:
    site.answers |= {
        "/": Answer(b"x" * 1_000, 302, {"Location": "/b", "Content-Encoding": "gzip"}),
        "/b": Answer(HTML),
    }
    assert ask(site.url(), limit=100).body == HTML


@pytest.mark.parametrize(
    ("statuses", "led_to"),
    [
        ([301], "/1"),
        ([308, 301], "/2"),
        ([301, 302], "/1"),
        ([302, 301], None),
        ([307], None),
        ([], None),
    ],
)
def test_where_permanent_redirects_lead_is_known(site: Site, ask: Callable, statuses: list, led_to: str) -> None:
    site.answers = {f"/{n}": to(f"/{n + 1}", status) for n, status in enumerate(statuses)}
    site.answers[f"/{len(statuses)}"] = Answer(HTML)
    assert ask(site.url("/0")).moved_to == (led_to and site.url(led_to))


def test_credentials_of_a_refused_redirect_are_not_told(site: Site, ask: Callable) -> None:
    site.answers["/"] = to("ftp://me:secret@a.example/")
    with pytest.raises(Failure, match=r"ftp://a\.example/") as failed:
        ask(site.url())
    assert "secret" not in str(failed.value)


def test_credentials_of_a_redirect_are_not_sent(site: Site, ask: Callable) -> None:
    site.answers |= {"/": to(site.url("/b").replace("http://", "http://me:secret@")), "/b": Answer(HTML)}
    answer = ask(site.url())
    assert "secret" not in answer.url
    assert "Authorization" not in site.seen[1].headers


# Private addresses: loopback stands for all of them


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_private_address_is_refused_before_anything_is_sent(site: Site, ask: Callable, host: str) -> None:
    site.answers["/"] = Answer(HTML)
    with pytest.raises(Failure) as failed:
        ask(site.url(host=host), allow_private_addresses=False)
    assert (failed.value.reason, failed.value.transient) == ("private_address", False)
    assert site.seen == []


@pytest.mark.parametrize(
    "hidden", ["[::ffff:127.0.0.1]", "[::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::7f00:1]"]
)
def test_a_private_address_in_a_literal_is_refused(ask: Callable, hidden: str) -> None:
    assert reason_of(ask, f"http://{hidden}/", allow_private_addresses=False) == "private_address"


def test_a_redirect_to_a_private_address_is_refused(site: Site, other_site: Site, http_settings: HttpSettings) -> None:
    """The first site stands for a public one: its port passes, every other connection is judged."""
    site.answers["/"] = to(other_site.url())
    judge = guarded_socket(allow_private=False)

    def open_socket(info: tuple) -> socket.socket:
        return socket.socket(*info[:3]) if info[4][1] == site.port else judge(info)

    async def run() -> Response:
        connector = aiohttp.TCPConnector(socket_factory=open_socket)
        async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
            return await get(session, site.url(), http_settings, 1_000)

    with pytest.raises(Failure) as failed:
        asyncio.run(run())
    assert failed.value.reason == "private_address"
    assert len(site.seen) == 1 and other_site.seen == []


@pytest.mark.parametrize(
    ("addresses", "refused"),
    [
        (["93.184.215.14"], False),
        (["93.184.215.14", "2606:4700::1"], False),
        (["93.184.215.14", "127.0.0.1"], True),
        (["10.0.0.1", "93.184.215.14"], True),
        (["93.184.215.14", "::ffff:169.254.169.254"], True),
    ],
)
def test_a_name_with_a_private_address_among_others_is_refused_whole(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], refused: bool
) -> None:
    def look_up(host: str, port: int, *args: object, **kwargs: object) -> list:
        families = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
        return [
            (family, socket.SOCK_STREAM, 6, "", (address, port, 0, 0) if family == socket.AF_INET6 else (address, port))
            for family, address in zip(families, addresses, strict=True)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    async def resolve() -> list:
        return await PublicResolver().resolve("news.example", 443)

    if refused:
        with pytest.raises(Failure, match="not a public address"):
            asyncio.run(resolve())
    else:
        assert [found["host"] for found in asyncio.run(resolve())] == addresses


def test_a_proxy_in_the_environment_is_not_used(site: Site, ask: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answers["/"] = Answer(HTML)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert ask(site.url()).body == HTML


# What a status means


def answered(status: int, **headers: str) -> Response:
    return Response(
        "http://a.example/", status, {key.replace("_", "-"): value for key, value in headers.items()}, b"", 0
    )


@pytest.mark.parametrize("status", [200, 203, 204, 226])
def test_a_success_is_none(status: int) -> None:
    check_status(answered(status))


@pytest.mark.parametrize("status", [206, 300, 304, 400, 401, 403, 404, 410, 429, 451, 500, 503, 522])
def test_another_status_is_a_failure_named_after_it(status: int) -> None:
    with pytest.raises(Failure) as failed:
        check_status(answered(status, retry_after="7"))
    failure = failed.value
    assert (failure.reason, failure.status, failure.retry_after) == (f"http_{status}", status, 7.0)
    assert failure.transient is (status in TRANSIENT)


NOON = 1_773_144_000.0  # 2026-03-10 12:00:00 UTC


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("999999999", MAX_RETRY_AFTER_SECONDS),
        ("9" * 500, MAX_RETRY_AFTER_SECONDS),
        ("Tue, 10 Mar 2026 12:05:00 GMT", 300.0),
        ("Tue, 10 Mar 2026 13:05:00 +0100", 300.0),
        ("Tuesday, 10-Mar-26 12:05:00 GMT", 300.0),
        ("Tue Mar 10 12:05:00 2026", 300.0),
        ("Tue, 10 Mar 2026 11:00:00 GMT", 0.0),
        ("Fri, 10 Mar 2028 12:00:00 GMT", MAX_RETRY_AFTER_SECONDS),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("\u00b2", None),
        ("Tue, 99 Mar 2026 12:05:00 GMT", None),
        ("Tue, 10 Mar 2026 12:05:00 +99999999999999", None),
    ],
)
def test_every_form_of_retry_after_is_understood(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOON) == seconds


@given(st.one_of(st.text(max_size=40), st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d+ \d+:\d+:\d+ \S*")))
def test_retry_after_never_fails(value: str) -> None:
    seconds = retry_after(value, NOON)
    assert seconds is None or 0 <= seconds <= MAX_RETRY_AFTER_SECONDS


@pytest.mark.parametrize(
    ("error", "reason", "transient"),
    [
        (TimeoutError(), "timeout", True),
        (aiohttp.ServerTimeoutError(), "timeout", True),
        (aiohttp.ClientPayloadError("short"), "truncated", True),
        (aiohttp.ServerDisconnectedError(), "connect", True),
        (ConnectionResetError("reset"), "connect", True),
        (aiohttp.InvalidURL("x"), "protocol", True),
        (Failure("port", "no"), "port", False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_exception_of_the_client_has_a_reason(error: Exception, reason: str, transient: bool) -> None:
    failure = failure_of(error)
    assert (failure.reason, failure.transient) == (reason, transient)


def test_our_own_failure_is_found_behind_the_client_s() -> None:
    try:
        try:
            raise Failure("private_address", "no")
        except Failure as cause:
            raise OSError("could not connect") from cause
    except OSError as error:
        assert failure_of(error).reason == "private_address"
