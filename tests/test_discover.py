"""The feeds of a site: from pages as sites have them, and from the usual places."""

import io
import tomllib

import pytest
from conftest import Answer, Site

from pipeline.cli import main
from pipeline.discover import MAX_ASKED, discover_feeds
from pipeline.subscriptions import parse_toml
from transforms.errors import Failure, UsageError
from transforms.web.discovery import MAX_FOUND, feeds_on_page
from transforms.web.http import HttpSettings

URL = "https://outlet.example/world/"
RSS = (
    b'<rss version="2.0"><channel><title>The "Gazette"</title><item><title>A</title><link>/a</link>'
    b"<pubDate>Mon, 09 Mar 2026 08:30:00 GMT</pubDate></item></channel></rss>"
)
HEAD = '<link rel="{}" type="{}" href="{}">'

# A page as a content management system makes it, another by hand, a third that names none.
BLOG = """<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>The Delta Ledger</title>
<link rel="profile" href="https://gmpg.org/xfn/11"><link rel='dns-prefetch' href='//s.outlet.example'/>
<link rel="alternate" type="application/rss+xml" title="The Delta Ledger &raquo; Feed"
  href="https://outlet.example/feed/" />
<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="https://outlet.example/comments/feed/" />
<link rel="alternate" type="application/json+oembed" href="https://outlet.example/wp-json/oembed/1.0/embed?url=x"/>
<link rel="stylesheet" href="/style.css"></head><body><a href="/feed/">RSS</a><p>No news.</p></body></html>"""
BY_HAND = """<HTML><HEAD><BASE HREF="https://outlet.example/news/"><TITLE>Reef Post</TITLE>
<LINK HREF=rss.xml REL="home alternate" TYPE="application/rss+xml; charset=utf-8" TITLE=World>
<link type='application/atom+xml' rel='alternate' href='/atom?a=1&amp;b=2'></HEAD></HTML>"""
LINKS_ONLY = """<html><body><p>Feeds: <a class="x" href="/rss/world.xml">World</a> <a href="/rss">All</a>
<a href="https://elsewhere.example/rss.xml">A friend</a> <a href="/about">About our feeds</a>
<a href="/sport/feeding-sharks.html">Feeding sharks</a> <a href="/news-sitemap.xml">Map</a></p></body></html>"""


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (BLOG, ["https://outlet.example/feed/"]),
        (BY_HAND, ["https://outlet.example/news/rss.xml", "https://outlet.example/atom?a=1&b=2"]),
        (
            LINKS_ONLY,
            [f"https://outlet.example/{path}" for path in ("rss/world.xml", "rss", "news-sitemap.xml")],
        ),
        (
            HEAD.format("alternate", "application/feed+json", "https://cdn.example/f.json"),
            ["https://cdn.example/f.json"],
        ),
        (HEAD.format("stylesheet", "application/rss+xml", "/a"), []),
        (HEAD.format("alternate", "text/html", "/de/"), []),
        (HEAD.format("alternate", "application/rss+xml", "javascript:alert(1)"), []),
        (HEAD.format("alternate", "application/rss+xml", "/a") * 2, ["https://outlet.example/a"]),
        ("<p>Nothing</p>", []),
        ("<link " * 100_000, []),
        ("<link rel=" + "a" * 100_000 + ">", []),
    ],
)
def test_a_page_names_its_feeds(page: str, found: list[str]) -> None:
    assert [feed.url for feed in feeds_on_page(page, URL)] == found


def test_a_page_of_feeds_is_bounded() -> None:
    page = "".join(HEAD.format("alternate", "application/rss+xml", f"/{n}") for n in range(100))
    assert len(feeds_on_page(page, URL)) == MAX_FOUND


def discovered(address: str, settings: HttpSettings) -> list[tuple[str, str]]:
    out = io.StringIO()
    assert discover_feeds(address, settings, out) == 0
    return [(feed.feed_url, feed.outlet) for feed in parse_toml(tomllib.loads(out.getvalue()), "found")]


def test_the_feeds_that_a_page_names_are_tried_and_printed_as_a_list(site: Site, http_settings: HttpSettings) -> None:
    links = ("/rss", "/gone", "/same", "/page")
    page = "".join(HEAD.format("alternate", "application/rss+xml", path) for path in links).encode()
    site.answers = {"/": Answer(page), "/rss": Answer(RSS), "/same": Answer(RSS), "/page": Answer(page)}
    assert discovered(site.url("/"), http_settings) == [(site.url("/rss"), 'The "Gazette"')]


def test_where_a_page_names_none_the_usual_places_are_tried(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {
        "/": Answer(b"<p>News</p>"),
        "/robots.txt": Answer(f"Sitemap: {site.url('/maps/news.xml')}\nSitemap: {site.url('/all.xml')}".encode()),
        "/maps/news.xml": Answer(status=404),
        "/atom.xml": Answer(RSS),
    }
    assert discovered(site.url("/"), http_settings) == [(site.url("/atom.xml"), 'The "Gazette"')]
    assert "/maps/news.xml" in site.paths() and "/all.xml" not in site.paths()
    assert len(site.seen) <= MAX_ASKED + 2


def test_a_feed_is_its_own_site(site: Site, http_settings: HttpSettings) -> None:
    site.answers["/rss"] = Answer(RSS)
    assert discovered(site.url("/rss"), http_settings) == [(site.url("/rss"), 'The "Gazette"')]


def test_a_site_without_feeds_and_one_that_fails_say_so(site: Site, http_settings: HttpSettings) -> None:
    site.answers["/"] = Answer(b"<p>News</p>")
    with pytest.raises(Failure, match="no feed found"):
        discover_feeds(site.url("/"), http_settings, io.StringIO())
    with pytest.raises(Failure, match="404"):
        discover_feeds(site.url("/none"), http_settings, io.StringIO())


@pytest.mark.parametrize("address", ["", "ftp://a.example/", "https://["])
def test_what_is_no_address_is_named(http_settings: HttpSettings, address: str) -> None:
    with pytest.raises(UsageError, match="not the address of a site"):
        discover_feeds(address, http_settings, io.StringIO())


def test_the_command_prints_a_list(site: Site, capsys: pytest.CaptureFixture) -> None:
    site.answers["/"] = Answer(RSS)
    words = ["--set", "fetch.allow_private_addresses=true", "--set", "fetch.host_delay_seconds=0"]
    assert main(["discover", site.url("/"), *words]) == 0
    assert f'url = "{site.url("/")}"  # 1 entry, newest 2026-03-09 08:30' in capsys.readouterr().out
