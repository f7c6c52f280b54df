"""The sample newsroom: labels and texts agree, and it serves what the labels say."""

import calendar
import collections
import datetime
import http.client
import json
import re
import threading
import urllib.parse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import feedparser
import pytest
import trafilatura

from pipeline.sample import Article, Event, Feed, Labels, Newsroom, load_labels

LABELS = load_labels()
ARTICLES = list(LABELS.articles.values())
PAGES = [article for article in ARTICLES if article.fate not in ("http_404", "http_410")]
FEEDS = [feed for _, feed in LABELS.feeds()]

PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "DISASTER", "CRIME"),
}
FATES = {"article", "too_short", "robots", "http_404", "http_410", "no_link"}
MONTHS = list(calendar.month_name)[1:]
DAYS = list(calendar.day_name)
SMALL = ["nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBERS = dict(enumerate(SMALL)) | {
    14: "fourteen",
    17: "seventeen",
    21: "twenty-one",
    30: "thirty",
    38: "thirty-eight",
    40: "forty",
}


class Response(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


def by_key(article: Article) -> str:
    return article.key


def by_path(feed: Feed) -> str:
    return feed.path


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


def ask(newsroom: Newsroom, path: str, method: str = "GET", **headers: str) -> Response:
    """One request, redirects not followed."""
    address = urllib.parse.urlsplit(newsroom.base_url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=5)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    answer = Response(response.status, response.headers, response.read())
    connection.close()
    return answer


def overlap(got: str, want: str) -> tuple[float, float]:
    """Precision and recall of the words."""
    got_words, want_words = collections.Counter(got.split()), collections.Counter(want.split())
    hit = (got_words & want_words).total()
    return hit / max(got_words.total(), 1), hit / max(want_words.total(), 1)


# What was written and what is said about it


def test_there_is_enough_of_everything() -> None:
    assert len(LABELS.outlets) >= 6
    assert len(ARTICLES) >= 60
    assert len({event.id for article in ARTICLES for event in article.events}) >= 25
    assert {feed.format for feed in FEEDS} == {"rss", "atom", "rdf", "json"}
    assert {article.fate for article in ARTICLES} == FATES
    assert {"ASSAULT", "PROTEST", "DISASTER", "AGREE", "CRIME"} <= {event.type for event in LABELS.events.values()}


@pytest.mark.parametrize("article", ARTICLES, ids=by_key)
def test_a_label_refers_to_what_exists(article: Article) -> None:
    assert set(article.feeds) <= {feed.path for feed in LABELS.outlets[article.outlet].feeds}
    assert article.copy_of is None or article.copy_of in LABELS.articles
    assert article.fate in FATES
    assert set(article.omit) <= {"date", "guid"}


@pytest.mark.parametrize("event", LABELS.events.values(), ids=lambda event: event.id)
def test_an_event_is_in_the_ontology_and_reported(event: Event) -> None:
    assert event.type in PLOVER
    assert re.fullmatch("[A-Z]{3}", event.country)
    assert event.date_precision in ("day", "week", "month", "year")
    assert event.realis in ("actual", "negated", "future", "hypothetical", "alleged", "historical")
    assert any(event.id == told.id for article in ARTICLES for told in article.events)


def test_addresses_and_titles_are_told_apart() -> None:
    paths = [path for article in ARTICLES for path in {article.path, article.linked_as}]
    assert len(paths) == len(set(paths))
    titles = collections.Counter(article.title for article in ARTICLES if article.copy_of is None)
    assert max(titles.values()) == 1


@pytest.mark.parametrize("article", [article for article in ARTICLES if article.copy_of], ids=by_key)
def test_a_copy_is_the_story_and_words_of_its_original(article: Article) -> None:
    original = LABELS.articles[article.copy_of]
    assert original.copy_of is None and original.published <= article.published
    assert original.story == article.story
    precision, _ = overlap(article.text, original.text)
    assert precision > 0.6


def test_articles_that_are_no_copies_share_no_paragraph() -> None:
    seen = collections.Counter(p for article in ARTICLES if article.copy_of is None for p in article.paragraphs)
    assert [paragraph for paragraph, count in seen.items() if count > 1] == []


@pytest.mark.parametrize("article", ARTICLES, ids=by_key)
def test_dates_in_a_text_fall_on_the_weekdays_it_names(article: Article) -> None:
    day_first = re.findall(rf"({'|'.join(DAYS)}),? (\d+) ({'|'.join(MONTHS)})", article.text)
    month_first = re.findall(rf"({'|'.join(DAYS)}),? ({'|'.join(MONTHS)}) (\d+)", article.text)
    for weekday, day, month in day_first + [(weekday, day, month) for weekday, month, day in month_first]:
        date = datetime.date(article.published.year, MONTHS.index(month) + 1, int(day))
        assert f"{date:%A}" == weekday


@pytest.mark.parametrize("article", [article for article in ARTICLES if article.story], ids=by_key)
def test_an_article_says_when_its_main_event_was(article: Article) -> None:
    event = article.events[0]
    assert event.happened_on <= article.published.date() or event.realis == "future"
    if event.date_precision == "day":
        on = event.happened_on
        assert re.search(rf"{on:%A}|{on.day} {on:%B}|{on:%B} {on.day}\b", article.text)


@pytest.mark.parametrize("article", [a for a in ARTICLES if re.search(r"\(Meridian Wire\) -", a.text)], ids=by_key)
def test_a_dateline_is_the_day_of_the_report(article: Article) -> None:
    month, day = re.search(r", (\w+) (\d+) \(Meridian Wire\)", article.text).groups()
    original = LABELS.articles[article.copy_of or article.key]
    written = datetime.date(2025, MONTHS.index(month) + 1, int(day))
    assert datetime.timedelta(0) <= original.published.date() - written <= datetime.timedelta(days=1)


@pytest.mark.parametrize("article", [article for article in ARTICLES if article.story], ids=by_key)
def test_a_toll_stands_in_the_text_or_can_be_added_up_from_it(article: Article) -> None:
    written = numbers_in(f"{article.title} {article.text}") | {0}
    for toll in (article.events[0].killed, article.events[0].injured):
        assert toll is None or any(toll - more in written for more in range(4)), toll


def numbers_in(text: str) -> set[int]:
    """The numbers of a text, in figures and in the words that are used here."""
    figures = {int(figure.replace(",", "")) for figure in re.findall(r"\b\d[\d,]*\b", text)}
    return figures | {number for number, word in NUMBERS.items() if word in text.lower()}


@pytest.mark.parametrize("event", LABELS.events.values(), ids=lambda event: event.id)
def test_who_did_it_and_to_whom_is_in_a_text(event: Event) -> None:
    telling = [article for article in ARTICLES if event.id in {told.id for told in article.events}]
    texts = " ".join(f"{article.title} {article.text}" for article in telling).lower()
    assert [name for name in event.actors + event.recipients if name.lower() not in texts] == []


# What is served


@pytest.mark.parametrize("feed", FEEDS, ids=by_path)
def test_a_feed_lists_its_articles(newsroom: Newsroom, feed: Feed) -> None:
    body = ask(newsroom, feed.path).body
    entries = read_json_feed(body) if feed.format == "json" else feedparser.parse(body).entries
    listed = LABELS.listed(feed)
    assert len(listed) == len(entries) > 0
    for article, entry in zip(listed, entries, strict=True):
        if article.fate != "no_link":
            assert entry["title"] == article.title
            path, _, query = entry["link"].removeprefix(newsroom.base_url).partition("?")
            assert (path, query) == (article.linked_as, feed.tracking)
            assert bool(entry.get("published") or entry.get("updated")) == ("date" not in article.omit)
            assert ("id" in entry) == ("guid" not in article.omit) or feed.format == "rdf"


def read_json_feed(body: bytes) -> list[dict[str, str]]:
    """The entries by feedparser's names, which reads no JSON Feed."""
    renamed = {"url": "link", "date_published": "published"}
    return [{renamed.get(name, name): value for name, value in entry.items()} for entry in json.loads(body)["items"]]


def test_the_broken_feed_is_broken_and_its_last_entry_lost(newsroom: Newsroom) -> None:
    broken = next(feed for feed in FEEDS if feed.broken)
    parsed = feedparser.parse(ask(newsroom, broken.path).body)
    assert parsed.bozo
    lost = LABELS.listed(broken)[-1]
    assert lost.fate == "no_link" and "link" not in parsed.entries[-1]
    assert all("link" in entry for entry in parsed.entries[:-1])


def test_the_opml_list_names_every_feed(newsroom: Newsroom) -> None:
    opml = ask(newsroom, "/feeds.opml").body.decode()
    assert re.findall('xmlUrl="([^"]+)"', opml) == [newsroom.base_url + feed.path for feed in FEEDS]


@pytest.mark.parametrize("article", PAGES, ids=by_key)
def test_a_page_gives_its_article(newsroom: Newsroom, article: Article) -> None:
    response = ask(newsroom, article.path)
    assert response.status == 200 and response.headers["Content-Type"] == "text/html; charset=utf-8"
    url = newsroom.base_url + article.path
    found = trafilatura.bare_extraction(
        response.body.decode(), url=url, with_metadata=True, favor_precision=True, include_comments=False
    )
    precision, recall = overlap(found.text, article.text)
    assert precision > 0.97 and recall > 0.97
    assert found.title == article.title
    assert found.date == f"{article.published:%Y-%m-%d}"
    assert found.author == "; ".join(article.authors)


def test_pages_name_their_outlet_but_for_one(newsroom: Newsroom) -> None:
    for outlet in LABELS.outlets.values():
        article = next(article for article in PAGES if article.outlet == outlet.key)
        page = ask(newsroom, article.path).body.decode()
        found = trafilatura.extract_metadata(page)
        assert found.sitename == (None if outlet.key == "kirkuk" else outlet.name)


def test_pages_are_gone_as_labelled(newsroom: Newsroom) -> None:
    for fate in ("http_404", "http_410"):
        gone = next(article for article in ARTICLES if article.fate == fate)
        assert ask(newsroom, gone.linked_as).status == int(fate[-3:])
    assert ask(newsroom, "/no/such/path").status == 404


def test_a_page_that_moved_redirects(newsroom: Newsroom) -> None:
    moved = next(article for article in ARTICLES if article.moved)
    response = ask(newsroom, moved.linked_as)
    assert (response.status, response.headers["Location"]) == (301, newsroom.base_url + moved.path)


def test_a_page_with_two_addresses_names_the_canonical_one(newsroom: Newsroom) -> None:
    twice = next(article for article in PAGES if article.linked_as != article.path and not article.moved)
    page = ask(newsroom, twice.linked_as).body.decode()
    assert f'<link rel="canonical" href="{newsroom.base_url}{twice.path}">' in page


def test_robots_keeps_out_what_is_labelled_so(newsroom: Newsroom) -> None:
    rules = re.findall("Disallow: (.+)", ask(newsroom, "/robots.txt").body.decode())
    kept_out = {article.key for article in ARTICLES if article.path.startswith(tuple(rules))}
    assert kept_out == {article.key for article in ARTICLES if article.fate == "robots"} != set()


@pytest.mark.parametrize("feed", FEEDS, ids=by_path)
def test_what_is_known_is_not_sent_again(newsroom: Newsroom, feed: Feed) -> None:
    first = ask(newsroom, feed.path)
    tagged = ask(newsroom, feed.path, If_None_Match=first.headers["ETag"])
    dated = ask(newsroom, feed.path, If_Modified_Since=first.headers["Last-Modified"])
    assert [(again.status, again.body) for again in (tagged, dated)] == [(304, b"")] * 2
    assert ask(newsroom, feed.path, If_None_Match='"another"').status == 200
    assert ask(newsroom, feed.path, If_Modified_Since="Thu, 01 May 2025 00:00:00 GMT").status == 200


def test_a_head_request_has_the_headers_only(newsroom: Newsroom) -> None:
    full, head = (ask(newsroom, FEEDS[0].path, method=method) for method in ("GET", "HEAD"))
    assert head.body == b"" and head.headers["Content-Length"] == full.headers["Content-Length"]


def test_a_newsroom_grows_and_its_feeds_change_then() -> None:
    with Newsroom() as newsroom:
        newsroom.publish(LABELS.until(datetime.datetime(2025, 5, 12, 12, tzinfo=datetime.UTC)))
        early = ask(newsroom, "/kirkuk/news.xml")
        assert ask(newsroom, "/kirkuk/news/man-in-the-grey-shirt-arrested.htm").status == 404
        newsroom.publish(LABELS)
        late = ask(newsroom, "/kirkuk/news.xml", If_None_Match=early.headers["ETag"])
        assert late.status == 200 and len(late.body) > len(early.body)
        assert ask(newsroom, "/kirkuk/news/man-in-the-grey-shirt-arrested.htm").status == 200


def test_requests_are_remembered() -> None:
    with Newsroom() as newsroom:
        ask(newsroom, "/meridian/world.rss?x=1", User_Agent="a reader")
        ask(newsroom, "/nothing")
    asked = [(request.method, request.path, request.status) for request in newsroom.requests]
    assert asked == [("GET", "/meridian/world.rss?x=1", 200), ("GET", "/nothing", 404)]
    assert newsroom.requests[0].user_agent == "a reader"


def test_closing_leaves_nothing_behind_even_with_a_client_that_stays() -> None:
    before = set(threading.enumerate())
    with Newsroom() as newsroom:
        address = urllib.parse.urlsplit(newsroom.base_url)
        client = http.client.HTTPConnection(address.hostname, address.port, timeout=5)
        for _ in range(2):
            client.request("GET", "/robots.txt")
            assert client.getresponse().read()
    client.close()
    assert set(threading.enumerate()) - before == set()
    with Newsroom(port=address.port) as again:
        assert again.base_url == newsroom.base_url
        with pytest.raises(OSError):
            Newsroom(port=address.port)


def test_labels_can_be_written_as_json() -> None:
    written = json.loads(json.dumps(LABELS.to_json(), default=str))
    assert set(written) == {"outlets", "articles", "events"}


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "outlets.toml").write_text("[meridian")
    with pytest.raises(ValueError, match=r"outlets\.toml"):
        load_labels(tmp_path)


def test_labels_are_read_from_any_folder() -> None:
    assert isinstance(LABELS, Labels) and load_labels() == LABELS
