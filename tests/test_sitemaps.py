"""News sitemaps as feeds, and the few sitemaps of an index that are read."""

import dataclasses
import gzip

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.utils.timestamp import Timestamp
from conftest import NOW, Answer, Site
from hypothesis import given
from hypothesis import strategies as st

from transforms.errors import Failure
from transforms.fates import Fates
from transforms.poll import PollFeeds, ask_feeds
from transforms.polled import read_answer
from transforms.records import Feed
from transforms.web.feeds import parse_feed
from transforms.web.http import HttpSettings
from transforms.web.sitemaps import MAX_CHILDREN, newest_children, parse_sitemap

URL = "https://outlet.example/sitemaps/index.xml"
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def address(path: str, title: str = "A title", date: str = "2026-03-09T08:30:00+02:00") -> str:
    news = (
        f"<n:news><n:publication><n:name>The Gazette</n:name><n:language>en</n:language></n:publication>"
        f"<n:publication_date>{date}</n:publication_date><n:title>{title}</n:title></n:news>"
    )
    return f"<url><loc>{path}</loc>{news}<lastmod>2026-03-09</lastmod></url>"


def sitemap(*addresses: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACES}>{"".join(addresses)}</urlset>'.encode()


def index(*children: tuple[str, str]) -> bytes:
    parts = (f"<sitemap><loc>{path}</loc><lastmod>{date}</lastmod></sitemap>" for path, date in children)
    return f"<sitemapindex {SPACES}>{''.join(parts)}</sitemapindex>".encode()


def test_the_articles_of_a_news_sitemap_are_entries() -> None:
    feed = parse_feed(sitemap(address("/a &amp; b", "Deaths in\n  Gao"), address("/c", date="2026-03-08")), URL)
    assert feed.title == "The Gazette"
    first, second = feed.entries
    assert (first.guid, first.link, first.title) == (first.link, "https://outlet.example/a%20&%20b", "Deaths in Gao")
    assert Timestamp.of(first.published) == Timestamp.from_rfc3339("2026-03-09T06:30:00Z")
    assert Timestamp.of(second.published) == Timestamp.from_rfc3339("2026-03-08T00:00:00Z")


def test_addresses_that_are_no_news_and_none_of_the_web_are_left_out() -> None:
    plain = "<url><loc>/about</loc></url>"
    found = parse_sitemap(sitemap(plain, address("/a"), address("javascript:x"), address("")), URL)
    assert [entry.link for entry in found.entries] == ["https://outlet.example/a"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (sitemap("<url><loc>/about</loc></url>"), "not_a_feed"),
        (sitemap(address("/a"))[:-9], "broken_feed"),
        (b"<urlset>&undefined;</urlset>", "broken_feed"),
        (gzip.compress(sitemap(address("/a")))[:-3], "truncated"),
    ],
)
def test_what_is_no_news_sitemap_fails(body: bytes, reason: str) -> None:
    with pytest.raises(Failure) as failed:
        parse_feed(body, URL)
    assert failed.value.reason == reason


def test_a_news_sitemap_may_be_empty_and_may_be_zipped() -> None:
    assert parse_feed(sitemap(), URL).entries == []
    assert len(parse_feed(gzip.compress(sitemap(address("/a"))), URL).entries) == 1


@pytest.mark.parametrize(
    ("children", "read"),
    [
        ([("/1", "2026-01-01"), ("/2", "2026-03-01"), ("/3", "2026-02-01")], ["/2", "/3", "/1"]),
        ([(f"/{n}", f"2026-03-0{n}") for n in range(1, 8)], ["/7", "/6", "/5"]),
        ([("/pages", "2026-03-09"), ("/news-1", "2026-03-01"), ("/News-2", "2026-03-02")], ["/News-2", "/news-1"]),
        ([("/1", ""), ("/2", "2026-03-01")], ["/2", "/1"]),
        ([("ftp://a.example/", "2026-03-01")], []),
        ([], []),
    ],
)
def test_of_an_index_the_newest_are_read_and_those_for_news_first(children: list, read: list) -> None:
    assert newest_children(index(*children), URL) == [f"https://outlet.example{path}" for path in read]
    assert len(read) <= MAX_CHILDREN


@given(st.binary(max_size=200))
def test_whatever_is_between_the_tags_is_read_or_a_failure(inside: bytes) -> None:
    for body in (b"<urlset>" + inside + b"</urlset>", b"<sitemapindex>" + inside + b"</sitemapindex>"):
        try:
            newest_children(body, URL)
            parse_sitemap(body, URL)
        except Failure as failed:
            assert failed.reason in ("broken_feed", "not_a_feed")


# Over HTTP


@pytest.fixture
def indexed(site: Site) -> Feed:
    """A feed that is an index of two sitemaps."""
    site.answers = {
        "/index": Answer(index(("/1", "2026-03-01"), ("/2", "2026-03-02")), headers={"ETag": '"1"'}),
        "/1": Answer(sitemap(address("/a"), address("/b"))),
        "/2": Answer(
            gzip.compress(sitemap(address("/b"), address("/c"))), headers={"Content-Type": "application/gzip"}
        ),
    }
    return Feed(site.url("/index"), "")


def test_an_index_is_polled_as_one_feed(site: Site, indexed: Feed, http_settings: HttpSettings) -> None:
    ((feed, answer),) = ask_feeds([indexed], NOW, http_settings)
    first = read_answer(feed, answer, NOW, 600.0)
    assert sorted(entry.url for entry, _ in first.entries) == [site.url("/a"), site.url("/b"), site.url("/c")]
    assert (first.poll.outcome, first.poll.entry_count, first.feed.etag) == ("ok", 3, '"1"')
    assert read_answer(first.feed, answer, NOW, 600.0).poll.outcome == "not_modified"

    site.answers["/2"] = Answer(sitemap(address("/d"), address("/b")))
    ((_, answer),) = ask_feeds([first.feed], NOW, http_settings)
    second = read_answer(first.feed, answer, NOW, 600.0)
    assert [entry.url for entry, new in second.entries if new] == [site.url("/d")]


def test_an_index_of_which_a_sitemap_fails_has_failed(site: Site, indexed: Feed, http_settings: HttpSettings) -> None:
    site.answers["/1"] = Answer(status=503)
    ((feed, answer),) = ask_feeds([indexed], NOW, http_settings)
    assert read_answer(feed, answer, NOW, 600.0).poll.outcome == "http_503"


def test_an_index_in_an_index_is_no_feed(site: Site, indexed: Feed, http_settings: HttpSettings) -> None:
    site.answers["/1"] = site.answers["/2"] = site.answers["/index"]
    ((feed, answer),) = ask_feeds([indexed], NOW, http_settings)
    assert read_answer(feed, answer, NOW, 600.0).poll.outcome == "not_a_feed"
    assert len(site.seen) == 3


def test_an_index_comes_through_the_graph(site: Site, indexed: Feed, http_settings: HttpSettings) -> None:
    settings = dataclasses.replace(http_settings, hosts_at_once=1)
    with beam.Pipeline("FnApiRunner") as pipeline:
        polled = pipeline | beam.Create([indexed]) | PollFeeds(settings, 600.0, Fates())
        entries = polled["entries"] | beam.Map(lambda entry: (entry.url, entry.outlet))
        assert_that(entries, equal_to([(site.url(f"/{name}"), "The Gazette") for name in "abc"]))
