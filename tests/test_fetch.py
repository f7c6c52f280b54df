"""Fetch: what the answer for an entry's page is to us, and one run against a real server."""

import dataclasses
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from conftest import NOW, Answer, Site, make_entry

from transforms.errors import Failure
from transforms.fates import Fates, Rejected
from transforms.fetch import FetchPages, read_page
from transforms.records import Entry, Page
from transforms.web.http import HttpSettings, Response

HTML = b"<html><p>A page.</p></html>"


def response(body: bytes = HTML, content_type: str | None = "text/html", status: int = 200) -> Response:
    headers = {} if content_type is None else {"content-type": content_type}
    return Response("https://outlet.example/moved", status, headers, body, 0.1)


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html",
        "TEXT/HTML; charset=utf-8",
        "text/html;charset=x",
        "application/xhtml+xml",
        "application/xml",
        "text/plain",
        "",
        "  ",
        None,
    ],
)
def test_html_by_any_of_its_names_is_a_page(content_type: str | None) -> None:
    page = read_page(make_entry(), response(content_type=content_type), NOW)
    assert isinstance(page, Page)
    assert (page.entry, page.page_url, page.fetched_at, page.body) == (
        make_entry(),
        "https://outlet.example/moved",
        NOW,
        HTML,
    )
    assert page.content_type == ((content_type or "").strip() or "text/html")


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (response(content_type="application/pdf"), "not_html"),
        (response(content_type="image/jpeg"), "not_html"),
        (response(content_type="application/json; charset=utf-8"), "not_html"),
        (response(body=b""), "empty"),
        (response(body=b" \n\t "), "empty"),
        (response(body=b"", status=204), "empty"),
        (Rejected("robots"), "robots"),
        (Rejected("crawl_delay"), "crawl_delay"),
        *((Failure(f"http_{status}", status=status), f"http_{status}") for status in (401, 402, 403, 404, 410, 451)),
    ],
)
def test_what_is_no_page_for_us_is_rejected(outcome: Any, reason: str) -> None:
    assert read_page(make_entry(), outcome, NOW) == Rejected(reason)


@pytest.mark.parametrize(
    "failure",
    [
        Failure("timeout", transient=True),
        Failure("http_500", status=500, transient=True),
        Failure("http_429", status=429, transient=True),
        Failure("http_400", status=400),
        Failure("private_address"),
        ValueError("a bug"),
    ],
)
def test_what_failed_stays_a_failure(failure: Exception) -> None:
    assert read_page(make_entry(), failure, NOW) is failure


def test_a_content_type_without_end_is_cut() -> None:
    page = read_page(make_entry(), response(content_type="text/html; x=" + "y" * 10_000), NOW)
    assert len(page.content_type) == 200


def entry_at(url: str) -> Entry:
    return make_entry(entry_id=url, url=url, link=url)


def test_fetching_settles_every_entry(site: Site, other_site: Site, http_settings: HttpSettings) -> None:
    site.answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /private"),
        "/a": Answer(HTML),
        "/moved": Answer(status=301, headers={"Location": "/a"}),
        "/pdf": Answer(HTML, headers={"Content-Type": "application/pdf"}),
        "/blank": Answer(b" "),
        "/busy": Answer(status=503),
    }
    other_site.answers = {"/robots.txt": Answer(status=500), "/a": Answer(HTML)}
    urls = [site.url(path) for path in ("/a", "/moved", "/pdf", "/blank", "/busy", "/gone", "/private/a")]
    fates = Fates()
    with beam.Pipeline("FnApiRunner") as pipeline:
        entries = pipeline | beam.Create([entry_at(url) for url in [*urls, other_site.url("/a")]])
        pages = entries | FetchPages(http_settings, fates)
        rejected = fates.rejections | "Rejected" >> beam.Flatten()
        dead = fates.letters | "Dead" >> beam.Flatten()

        fetched = pages | beam.Map(lambda page: (page.entry.url, page.page_url, page.body))
        assert_that(
            fetched,
            equal_to([(site.url("/a"), site.url("/a"), HTML), (site.url("/moved"), site.url("/a"), HTML)]),
            "pages",
        )
        assert_that(
            rejected | beam.Map(lambda row: (row.step, row.reason, row.key)),
            equal_to(
                [
                    ("fetch", "not_html", site.url("/pdf")),
                    ("fetch", "empty", site.url("/blank")),
                    ("fetch", "http_404", site.url("/gone")),
                    ("fetch", "robots", site.url("/private/a")),
                ]
            ),
            "rejected",
        )
        assert_that(
            dead | beam.Map(lambda row: (row.stage, row.reason, row.key, row.retry_at is not None)),
            equal_to(
                [
                    ("fetch", "http_503", site.url("/busy"), True),
                    ("fetch", "robots_unreachable", other_site.url("/a"), True),
                ]
            ),
            "dead",
        )


def test_the_newest_entry_of_a_host_comes_first(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {path: Answer(HTML) for path in ("/old", "/new", "/undated")}
    entries = [
        entry_at(site.url("/old"))._replace(published_at=NOW - 86_400),
        entry_at(site.url("/new"))._replace(published_at=NOW - 60),
        entry_at(site.url("/undated")),  # listed now
    ]
    settings = dataclasses.replace(http_settings, hosts_at_once=1)
    with beam.Pipeline("FnApiRunner") as pipeline:
        pipeline | beam.Create(entries) | FetchPages(settings, Fates())
    assert site.paths() == ["/robots.txt", "/undated", "/new", "/old"]
