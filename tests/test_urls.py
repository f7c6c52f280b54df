"""Addresses: one canonical form for each article, and nothing but the web."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.web.urls import (
    MAX_URL_CHARS,
    absolute_url,
    canonical_url,
    host_of,
    is_address,
    site_of,
    without_credentials,
)

BASE = "https://news.example/world/index.html"

ABSOLUTE = {
    "https://a.example/x": "https://a.example/x",
    "story.html": "https://news.example/world/story.html",
    "/story": "https://news.example/story",
    "//cdn.example/a": "https://cdn.example/a",
    "?id=3": "https://news.example/world/index.html?id=3",
    "  \n/story\t ": "https://news.example/story",
    "https://a.example/x#part": "https://a.example/x",
    "https://user:secret@a.example/x": "https://a.example/x",
    "HTTP://A.Example:80/x": "http://a.example/x",
    "https://a.example/../../x": "https://a.example/x",
    "https://bücher.example/ä": "https://xn--bcher-kva.example/%C3%A4",
    "https:\\\\a.example\\x": "https://a.example/x",
}

NOT_THE_WEB = [
    None,
    "",
    "   ",
    "javascript:alert(1)",
    "data:text/html,hello",
    "file:///etc/passwd",
    "ftp://a.example/x",
    "mailto:desk@a.example",
    "https://",
    "https://a b.example/",
    "https://a.example:99999/",
    "http://[::1",
    "https://a.example/\ud800",
    "https://a.example/" + "x" * MAX_URL_CHARS,
    "x" * (MAX_URL_CHARS - 10),  # too long once it is absolute
    "https://a.example/" + "é" * 400,  # too long once it is encoded
]

CANONICAL = {
    "https://a.example/x?utm_source=feed&utm_medium=rss": "https://a.example/x",
    "https://a.example/x?id=7&fbclid=abc&page=2": "https://a.example/x?id=7&page=2",
    "https://a.example/x?UTM_Source=feed": "https://a.example/x",
    "https://a.example/x?b=2&a=1": "https://a.example/x?b=2&a=1",
    "https://a.example/x?ampersand=1": "https://a.example/x?ampersand=1",
    "https://a.example/x?": "https://a.example/x",
    "https://a.example/x?a=1&&b=2": "https://a.example/x?a=1&b=2",
    "https://a.example/x#comments": "https://a.example/x",
    "https://a.example/x/amp": "https://a.example/x",
    "https://a.example/x/amp/": "https://a.example/x",
    "https://a.example/x/amp/amp": "https://a.example/x",
    "https://a.example/x.amp.html": "https://a.example/x.html",
    "https://a.example/amp": "https://a.example/",
    "https://a.example/camp": "https://a.example/camp",
    "https://a.example/amp/x": "https://a.example/amp/x",
    "https://amp.outlet.example/x": "https://outlet.example/x",
    "https://m.outlet.example/x": "https://outlet.example/x",
    "https://mobile.outlet.co.uk/x": "https://outlet.co.uk/x",
    "https://m.m.outlet.example/x": "https://outlet.example/x",
    "https://m.co.uk:8443/x": "https://m.co.uk:8443/x",  # a name of its own under the public suffix co.uk
    "https://mail.outlet.example/x": "https://mail.outlet.example/x",
    "http://outlet.example/x": "http://outlet.example/x",
    "https://outlet.example:8443/x": "https://outlet.example:8443/x",
    "http://127.0.0.1:8000/x?utm_id=1": "http://127.0.0.1:8000/x",
    "http://[2001:db8::1]/x": "http://[2001:db8::1]/x",
}


@pytest.mark.parametrize("link", ABSOLUTE)
def test_a_link_is_seen_from_its_base(link: str) -> None:
    assert absolute_url(link, BASE) == ABSOLUTE[link]


@pytest.mark.parametrize("link", NOT_THE_WEB)
def test_what_is_no_web_address_is_none(link: str | None) -> None:
    assert absolute_url(link, BASE) is None


def test_a_relative_link_needs_a_base() -> None:
    assert absolute_url("/story", "") is None


@pytest.mark.parametrize("url", CANONICAL)
def test_variants_of_an_address_are_one(url: str) -> None:
    assert canonical_url(url) == CANONICAL[url]


@pytest.mark.parametrize("url", ["", "story.html", "ftp://a.example/", "https://a.example/" + "x" * MAX_URL_CHARS])
def test_what_is_no_web_address_has_no_canonical_form(url: str) -> None:
    with pytest.raises(ValueError, match="not a web address"):
        canonical_url(url)


_PIECES = st.sampled_from(
    "/ // amp .amp .html m. mobile. amp. ? & = # @ : .. utm_x=1 fbclid=2 é % %2F co.uk a.example [::1] 127.1".split()
)
_LINKS = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=12).map("".join).map("https://a.example/".__add__),
    st.lists(_PIECES, max_size=6).map("".join).map("https://".__add__),
    st.text(min_size=200, max_size=1_990),
)


@given(_LINKS)
def test_whatever_the_link_its_canonical_form_is_stable(link: str) -> None:
    url = absolute_url(link, BASE)
    if url is None:
        return
    assert absolute_url(url, "") == url
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical
    assert canonical.startswith(("http://", "https://")) and len(canonical) <= MAX_URL_CHARS
    assert host_of(canonical) and site_of(canonical)


@pytest.mark.parametrize(
    ("url", "host", "site"),
    [
        ("https://www.outlet.co.uk/a", "www.outlet.co.uk", "outlet.co.uk"),
        ("https://www.outlet.example:8443/a", "www.outlet.example:8443", "outlet.example"),
        ("https://one.github.io/a", "one.github.io", "one.github.io"),  # its neighbours are other people
        ("https://co.uk/a", "co.uk", "co.uk"),
        ("https://www.xn--bcher-kva.example./a", "www.xn--bcher-kva.example.", "xn--bcher-kva.example"),
        ("https://news.outlet.com:443/a", "news.outlet.com", "outlet.com"),
        ("http://127.0.0.1:8000/a", "127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://localhost/a", "localhost", "localhost"),
        ("http://[::1]:80/a", "[::1]", "[::1]"),
    ],
)
def test_politeness_goes_by_host_and_ownership_by_site(url: str, host: str, site: str) -> None:
    assert (host_of(url), site_of(url)) == (host, site)


@pytest.mark.parametrize(
    ("name", "address"), [("127.0.0.1", True), ("[::1]", True), ("outlet.example", False), ("1.example", False)]
)
def test_an_address_is_told_from_a_name(name: str, address: bool) -> None:
    assert is_address(name) is address


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ftp://me:secret@a.example/x", "ftp://a.example/x"),
        ("at https://me@a.example/, then http://b.example/", "at https://a.example/, then http://b.example/"),
        ("https://a.example/desk@b.example", "https://a.example/desk@b.example"),
        ("https://p@ss@a.example/", "https://a.example/"),
        ("no address at all", "no address at all"),
    ],
)
def test_nothing_that_is_said_has_a_password(said: str, told: str) -> None:
    assert without_credentials(said) == told
