"""Hostile feeds, pages, texts and queries, H43 to H74: each has its expected outcome, and the next one is read.

The short form gives parsers a shorter deadline (`--parse-seconds`) than the product does; `make reliability` gives them
the product's own. What lies within either is the same.
"""

import csv
import io
import json
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import NOW, Site, make_article, make_feed, make_page

from pipeline.answers import write_answer
from pipeline.cli import main
from pipeline.destination import Answer as Rows
from pipeline.folder import Folder
from pipeline.tables import ARTICLES, REJECTIONS
from pipeline.warehouse import query
from transforms.clean import CleanSettings, clean_page
from transforms.dedupe import sign_article
from transforms.errors import Failure, NewsbeamError, UsageError
from transforms.extract import NlpSettings, Reader
from transforms.fates import Rejected, dead_letter
from transforms.polled import read_answer
from transforms.records import Article, Rejection, Told
from transforms.web.feeds import MAX_ENTRIES, ParsedFeed, read_feed
from transforms.web.http import Response
from transforms.web.sandbox import PARSERS

URL = "https://outlet.example/feed"
HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
GOOD = b"<item><guid>good</guid><title>Good</title><link>https://outlet.example/good</link></item>"
PARAGRAPHS = b"".join(b"<p>The council met on Monday and agreed to reopen quay number %d.</p>" % n for n in range(9))


@pytest.fixture(autouse=True, scope="module")
def parsers(request: pytest.FixtureRequest) -> Iterator[None]:
    before, PARSERS.cpu_seconds = PARSERS.cpu_seconds, request.config.getoption("--parse-seconds")
    PARSERS.close()
    yield
    PARSERS.cpu_seconds = before
    PARSERS.close()


def rss(*items: bytes, doctype: bytes = b"") -> bytes:
    return HEAD.replace(b"<rss", doctype + b"<rss") + b"".join(items) + b"</channel></rss>"


def html(*parts: bytes, head: bytes = b"") -> bytes:
    return b"<html><head><title>A page</title>%s</head><body><article>%s</article></body></html>" % (
        head,
        b"".join(parts),
    )


def feed(body: bytes) -> str:
    """What becomes of a feed, in words; afterwards a good one is read."""
    try:
        parsed = read_feed(body, URL)
        broken = sum(1 for entry in parsed.entries if entry.fault)
        said = f"{len(parsed.entries) - broken} read" + (f", {broken} dead" if broken else "")
        said += ", truncated" if parsed.truncated else ""
    except Failure as failure:
        said = failure.reason
    assert [entry.guid for entry in read_feed(rss(GOOD), URL).entries] == ["good"]
    return said


def page(body: bytes, **changes: Any) -> str:
    """What becomes of a page, in words; afterwards a good one is read."""
    try:
        found = clean_page(make_page(body, **changes), CleanSettings())
        said = found.reason if isinstance(found, Rejected) else "article"
    except Failure as failure:
        letter = dead_letter("clean", make_page(body, **changes), failure, NOW)
        said = letter.reason
    assert isinstance(clean_page(make_page(html(PARAGRAPHS)), CleanSettings()), Article)
    return said


def entities() -> bytes:
    levels = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return rss(b"<item><title>&l9;</title></item>", doctype=b'<!DOCTYPE r [<!ENTITY l0 "ha">%s]>' % levels)


def quadratic() -> bytes:
    doctype = b'<!DOCTYPE r [<!ENTITY a "%s">]>' % (b"a" * 100_000)
    return rss(b"<item><title>%s</title></item>" % (b"&a;" * 10_000), doctype=doctype)


def attributes(count: int, mark: bytes = b"a") -> bytes:
    return b" ".join(b"%s%d='1'" % (mark, n) for n in range(count))


FEEDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "H43 billion laughs": (entities, "1 read"),
    "H44 quadratic entity": (quadratic, "1 read"),
    "H46 40,000 attributes": (lambda: rss(b"<item><x %s/></item>" % attributes(40_000)), "parse_timeout"),
    "H47 <!-- x 100,000": (
        lambda: rss(b"<item><description>%s</description></item>" % (b"&lt;!--" * 100_000)),
        "1 read",
    ),
    "H48 author of 32 kB, ten times": (
        lambda: rss(b"<item><author>a@%s!</author></item>" % (b"a." * 16_000) * 10),
        "parse_timeout",
    ),
    "H50 no ids, links or dates": (lambda: rss(b"<item><title>A</title></item><item/>"), "2 read"),
    "H53 a page as feed": (lambda: html(PARAGRAPHS), "not_a_feed"),
    "H53 JSON as feed": (lambda: b'{"a": [1]}', "not_a_feed"),
    "H53 nothing as feed": (lambda: b"", "not_a_feed"),
    "H53 bytes as feed": (lambda: bytes(range(256)) * 100, "not_a_feed"),
    "H54 /dev/zero as feed": (lambda: b"/dev/zero", "not_a_feed"),
    "H54 a file's address as feed": (lambda: b"file:///etc/passwd", "not_a_feed"),
    "H55 UTF-7": (lambda: b"<?xml version='1.0' encoding='utf-7'?>" + rss(GOOD)[21:], "1 read"),
    "H55 UTF-16": (lambda: rss(GOOD).decode().replace("?>", " encoding='utf-16'?>").encode("utf-16"), "1 read"),
    "H55 UTF-32": (lambda: rss(GOOD).decode().replace("?>", " encoding='utf-32'?>").encode("utf-32"), "1 read"),
    "H55 a wrong declaration": (lambda: rss("<item><title>é</title></item>".encode("latin-1")), "1 read"),
    "H55 no such charset": (lambda: b"<?xml version='1.0' encoding='hex'?>" + rss(GOOD)[21:], "1 read"),
    "H55 NUL": (lambda: rss(b"<item><title>a\0b</title></item>", GOOD), "2 read"),
    "H55 marks of two charsets": (lambda: b"\xef\xbb\xbf\xff\xfe" + rss(GOOD), "1 read"),
    "H58 a character that is none": (lambda: fifty(b"<title>&#99999999999999;</title>"), "49 read, 1 dead"),
    "H58 half a character": (lambda: fifty(b"<title>&#xD800;</title>"), "49 read, 1 dead"),
    "H58 a position nowhere": (
        lambda: fifty(b"<pos xmlns='http://www.opengis.net/gml'>1 2</pos>"),
        "49 read, 1 dead",
    ),
    "H58 positions nowhere": (
        lambda: fifty(b"<posList xmlns='http://www.opengis.net/gml'>1 2</posList>"),
        "49 read, 1 dead",
    ),
    "H58 a chapter at no time": (
        lambda: fifty(b"<chapters xmlns='http://podlove.org/simple-chapters'><chapter/></chapters>"),
        "49 read, 1 dead",
    ),
    "H58 a character beyond all": (lambda: fifty(b"<title>&#xFFFFFFFFF;</title>"), "49 read, 1 dead"),
}


def fifty(crasher: bytes) -> bytes:
    items = [b"<item><guid>%d</guid><title>T</title></item>" % n for n in range(50)]
    items[20] = b"<item><guid>20</guid>%s</item>" % crasher
    return rss(*items)


@pytest.mark.parametrize("case", FEEDS)
def test_hostile_feeds(case: str, told: Callable[..., None]) -> None:
    make, expected = FEEDS[case]
    told(case, expected, got := feed(make()))
    assert got == expected


def test_h45_external_entities_are_not_read(site: Site, tmp_path: Any, told: Callable[..., None]) -> None:
    (tmp_path / "secret").write_text("secret words")
    for doctype in (
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>',
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "{site.url("/x")}">]>',
        f'<!DOCTYPE r SYSTEM "{site.url("/dtd")}" [<!ENTITY x "y">]>',
        f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{site.url("/p")}"> %p; <!ENTITY x "y">]>',
    ):
        include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{tmp_path}/secret" parse="text"/>'
        body = rss(f"<item><title>a &x; b{include}</title></item>".encode(), doctype=doctype.encode())
        assert "secret" not in str(read_feed(body, URL))
    told("H45 external entities, DTD, XInclude", "no file read, 0 requests", f"no file read, {len(site.seen)} requests")
    assert site.seen == []


def test_h49_of_a_long_feed_the_newest_are_kept(told: Callable[..., None]) -> None:
    items = [{"id": n, "date_published": f"20{n // 10_000:02}-01-01T00:00:00Z"} for n in range(100_000)]
    before, PARSERS.cpu_seconds = PARSERS.cpu_seconds, 10.0
    PARSERS.close()
    parsed: ParsedFeed = read_feed(json.dumps({"items": items}).encode(), URL)
    PARSERS.cpu_seconds = before
    PARSERS.close()
    oldest = min(int(entry.guid) for entry in parsed.entries)
    told("H49 100,000 entries", "5000 newest, truncated", f"{len(parsed.entries)} newest, truncated")
    assert len(parsed.entries) == MAX_ENTRIES and parsed.truncated and oldest >= 90_000


def test_h51_guids_that_repeat(told: Callable[..., None]) -> None:
    items = [b"<item><guid>1</guid><link>https://outlet.example/%d</link></item>" % n for n in range(3)]
    guids = {entry.guid for entry in read_feed(rss(*items), URL).entries}
    told("H51 one guid three times", "3 ids", f"{len(guids)} ids")
    assert len(guids) == 3


def test_h52_dates(told: Callable[..., None]) -> None:
    dates = ("1700000000", "2024-02-30T10:00:00+99:99", "9999-12-31T00:00:00Z", "0001-01-01", "99999999999-01-01", "x")
    items = [f"<item><guid>{n}</guid><pubDate>{date}</pubDate></item>".encode() for n, date in enumerate(dates)]
    answer = _response(rss(*items, b"<item><guid>f</guid><pubDate>2199-01-01T00:00:00Z</pubDate></item>"))
    entries = [entry for entry, _ in read_answer(make_feed(), answer, NOW, 600.0).entries]
    times = [entry.published_at for entry in entries if entry.published_at]
    told("H52 impossible dates", "none in the future, none before 1970", f"{len(times)} of {len(entries)} have a date")
    assert len(entries) == 7 and all(time.micros >= 0 and time <= NOW for time in times)


def _response(body: bytes) -> Response:
    return Response(**{"url": URL, "status": 200, "headers": {}, "body": body, "seconds": 0.1})


@pytest.mark.parametrize("body", [b"", b"{}", html(PARAGRAPHS), b"\0\1\2", b"/dev/zero"], ids=range(5))
def test_h53_what_is_no_feed_leaves_the_feed_s_state(body: bytes) -> None:
    known = make_feed(etag="e", body_hash="h", entry_marks=["a" * 28], polled_at=NOW - 600)
    polled = read_answer(known, _response(body), NOW, 600.0)
    assert isinstance(polled.outcome, Failure) and polled.outcome.reason == "not_a_feed" and polled.entries == []
    assert (polled.feed.etag, polled.feed.body_hash, polled.feed.entry_marks) == ("e", "h", ["a" * 28])


LINKS = {
    "/a": "https://outlet.example/a",
    "a": "https://outlet.example/a",
    "//other.example/a": "https://other.example/a",
    "javascript:alert(1)": None,
    "data:text/html,x": None,
    "file:///etc/passwd": None,
    "https://user:secret@outlet.example/a": "https://outlet.example/a",
}


@pytest.mark.parametrize("link", LINKS)
def test_h56_h57_links(link: str, told: Callable[..., None]) -> None:
    [entry] = read_feed(
        rss(f"<item><guid isPermaLink='false'>1</guid><link>{link}</link></item>".encode()), URL
    ).entries
    told(f"{'H56' if LINKS[link] else 'H57'} link {link}", LINKS[link] or "not fetched", entry.link or "not fetched")
    assert entry.link == LINKS[link]


def test_h56_xml_base() -> None:
    head = b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://base.example/x/'>"
    [entry] = read_feed(head + b"<entry><id>1</id><link href='a'/></entry></feed>", URL).entries
    assert entry.link == "https://base.example/x/a" and entry.guid == "1"


# Pages


SPANS = b"<table>%s</table>" % (b"<tr><td colspan='1000000000' rowspan='1000000000'>words in a cell</td></tr>" * 1_000)
PAGES: dict[str, tuple[Callable[[], bytes], str]] = {
    "H59 a table of endless spans": (lambda: html(PARAGRAPHS, SPANS), "parse_timeout"),
    "H60 100,000 attributes": (lambda: html(PARAGRAPHS, b"<p %s>x</p>" % attributes(100_000)), "parse_timeout"),
    "H61 8 MB of paragraphs": (
        lambda: html(*(b"<p>Paragraph %d of a text without an end to it.</p>" % n for n in range(160_000))),
        "parse_timeout",
    ),
    "H62 nested 10,000 deep": (lambda: html(b"<div>" * 10_000, PARAGRAPHS), "no_text"),
    "H63 a text of 20 MB": (lambda: html(b"<p>" + b"hello words " * 1_700_000), "no_text"),
    "H64 JSON-LD nested 500,000 deep": (
        lambda: html(PARAGRAPHS, head=b"<script type='application/ld+json'>%s</script>" % (b"[" * 500_000)),
        "article",
    ),
    "H64 JSON-LD of 3 MB": (
        lambda: html(PARAGRAPHS, head=b"<script type='application/ld+json'>%s</script>" % (b'{"author":' * 300_000)),
        "article",
    ),
    "unterminated comments": (lambda: html(PARAGRAPHS, b"<!--" * 100_000), "article"),
    "bait for finders of dates": (
        lambda: html(PARAGRAPHS, head=b"<meta name='date' content='%s'>" % (b"2026-" * 50_000)),
        "article",
    ),
}


@pytest.mark.parametrize("case", PAGES)
def test_hostile_pages(case: str, told: Callable[..., None]) -> None:
    make, expected = PAGES[case]
    told(case, expected, got := page(make()))
    assert got == expected


def _canonical(of: str, named: str) -> Article:
    head = f"<link rel='canonical' href='{named}'>".encode()
    found = clean_page(make_page(html(PARAGRAPHS, head=head), page_url=of), CleanSettings())
    assert isinstance(found, Article)
    return found


def test_h65_pages_that_name_each_other(told: Callable[..., None]) -> None:
    a, b = "https://outlet.example/a", "https://outlet.example/b"
    found = [_canonical(a, b).url, _canonical(b, a).url, _canonical(a, b).url]
    told("H65 canonical links in a circle", [b, a, b], found)
    assert found == [b, a, b]


def test_h66_a_page_that_names_another_site(told: Callable[..., None]) -> None:
    found = _canonical("https://outlet.example/a", "https://victim.example/a").url
    told("H66 canonical of another site", "https://outlet.example/a", found)
    assert found == "https://outlet.example/a"


# Texts


TEXTS = {
    "H67 ( x 100,000": "(" * 100_000,
    "H67 :) x 100,000": ":)" * 100_000,
    "H67 http://a. x 100,000": "http://a." * 100_000,
    "H68 1,200,000 characters": "Gunmen killed seven soldiers near Gao on Sunday. " * 24_500,
    "H68 one word of 1,200,000": "x" * 1_200_000,
}


@pytest.mark.parametrize("case", TEXTS)
def test_hostile_texts(case: str, told: Callable[..., None]) -> None:
    """A minute is no measure of speed: unguarded, each of these takes several, or fails."""
    article = make_article(text=TEXTS[case], language="en", word_count=len(TEXTS[case].split()))
    started = time.process_time()
    [read] = Reader(NlpSettings("newsbeam", 64)).tell([article])
    sign_article(article)
    seconds = time.process_time() - started
    told(case, "read within a minute", "read within a minute" if seconds < 60 else "too slow", f"{seconds:.1f} s")
    assert isinstance(read, Told) and seconds < 60


def test_h69_what_is_shown_and_logged_is_one_line(caplog: pytest.LogCaptureFixture, told: Callable[..., None]) -> None:
    title = "Quay\r\n\x1b[31mopens\u202e\u2066 {}\u2028now"
    [entry] = read_feed(rss(f"<item><guid>1</guid><title>{title}</title></item>".encode()), URL).entries
    with caplog.at_level(logging.DEBUG, "newsbeam"):
        page(html(PARAGRAPHS, head=f"<title>{title}</title>".encode()))
    shown = [entry.title, *(record.getMessage() for record in caplog.records)]
    told("H69 control characters in a title", "one printable line", repr(entry.title))
    assert all(text.isprintable() for text in shown)


# Answers


def test_h70_no_cell_of_csv_is_a_formula(told: Callable[..., None]) -> None:
    cells = ["=HYPERLINK('http://a.example')", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
    stream = io.StringIO()
    write_answer(Rows(["a"], iter([(cell,) for cell in cells])), "csv", stream)
    found = [row[0] for row in csv.reader(io.StringIO(stream.getvalue(), newline=""))][1:]
    told("H70 formulas in CSV", f"{len(cells)} with '", f"{sum(cell.startswith(chr(39)) for cell in found)} with '")
    assert all(cell.startswith("'") for cell in found) and len(found) == len(cells)


def test_h71_there_is_no_report_in_html(told: Callable[..., None]) -> None:
    with pytest.raises(SystemExit):
        main(["query", "SELECT 1", "--from", "x", "--format", "html"])
    told("H71 <script> in a report", "there is none in HTML", "there is none in HTML")


@pytest.fixture
def folder(tmp_path: Any) -> Folder:
    folder = Folder(str(tmp_path / "news"))
    with folder.writing():
        folder.append("r", REJECTIONS, NOW.to_utc_datetime().date(), [Rejection("fetch", "robots", "k", NOW)])
    return folder


def test_h72_no_word_of_strangers_is_in_a_path(folder: Folder, told: Callable[..., None]) -> None:
    names = ("../../etc", "a\0b", ".", "é" * 300, "x=y", "a/b")
    with folder.writing():
        articles = [make_article(article_id=name, outlet=name, feed_url=name, language=name) for name in names]
        folder.append("s", ARTICLES, NOW.to_utc_datetime().date(), articles)
    [path] = folder.files(ARTICLES)
    told("H72 keys that are paths", "day=2026-03-10/s-0.parquet", path.rpartition("articles_log/")[2])
    assert path.endswith("/news/articles_log/day=2026-03-10/s-0.parquet")
    assert sorted(row.article_id for row in folder.read(path, ARTICLES)) == sorted(names)


def test_h73_sql_in_arguments(folder: Folder, capsys: pytest.CaptureFixture[str], told: Callable[..., None]) -> None:
    for words in (["explain", "https://a.example/'; DROP TABLE articles; --", "--from", folder.root],
                  ["explain", "' OR 1=1", "--from", folder.root],
                  ["query", "SELECT 1", "--from", "x'; SELECT 2 --"]):  # fmt: skip
        assert main(words) in (1, 2)
    told("H73 SQL in arguments", "an error", "an error")
    assert len(capsys.readouterr().err.strip().splitlines()) == 3
    assert list(query(folder, "SELECT COUNT(*) FROM rejections", 60.0).rows) == [(1,)]


QUERIES = {
    "H74 a query that reads a file": "SELECT * FROM read_text('/etc/passwd')",
    "H74 a query that writes a file": "COPY (SELECT 1) TO '{folder}/x.csv'",
    "H74 a query that attaches": "ATTACH '{folder}/x.db'",
    "H74 a query that sets": "SET memory_limit = '1TB'",
    "H74 a query for ever": "SELECT COUNT(*) FROM range(1000000000) AS a, range(1000000) AS b",
}


@pytest.mark.parametrize("case", QUERIES)
def test_hostile_queries(case: str, folder: Folder, told: Callable[..., None]) -> None:
    with pytest.raises((UsageError, NewsbeamError)) as refused:
        query(folder, QUERIES[case].format(folder=folder.root), 1.0)
    expected = "stopped" if case.endswith("ever") else "refused"
    got = "stopped" if "longer than" in str(refused.value) else "refused"
    told(case, expected, got)
    assert got == expected
