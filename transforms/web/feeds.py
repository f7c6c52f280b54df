"""What a feed's body says: RSS, Atom and RDF by feedparser, JSON Feed and news sitemaps by the standard library."""

import calendar
import collections
import datetime
import hashlib
import html
import io
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Optional
from xml.parsers import expat

import feedparser
from feedparser.mixin import _FeedParserMixin

from transforms.errors import Failure
from transforms.web.discovery import what_instead
from transforms.web.items import Cut, cut_feed
from transforms.web.sandbox import PARSERS
from transforms.web.sitemaps import SitemapEntry, parse_sitemap, root_of, unzipped
from transforms.web.text import clean_line
from transforms.web.urls import absolute_url

_MAIL = re.compile(r"\S+@\S+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
MAX_ENTRIES = 5_000  # of one body; where there are more, the newest of them
MAX_PARSED = 20_000  # of one body, its first: feedparser reads some 5,000 in a second
SAFE_EXPAT = (2, 4, 0)  # from here on entities that multiply end in an error

if expat.version_info < SAFE_EXPAT:
    raise ImportError(
        f"this Python's {expat.EXPAT_VERSION} lets entities multiply; a Python with 2.4 or later is needed"
    )

# An id is no address: resolved by an xml:base it would be another one when the feed moves.
_FeedParserMixin.can_be_relative_uri = _FeedParserMixin.can_be_relative_uri - {"id"}


class ListedEntry(NamedTuple):
    """One entry as the feed has it. Times in seconds since 1970, UTC."""

    guid: str  # raw; the link where the feed gives none
    link: Optional[str]  # absolute; None: nothing to fetch
    title: Optional[str]
    published: Optional[float]
    authors: Sequence[str]
    fingerprint: str  # another one: the outlet changed the entry
    fault: Optional[str] = None  # why the entry cannot be read; then there is nothing in it but a guid made up for it


class ParsedFeed(NamedTuple):
    """A feed's name and its entries, in its own order."""

    title: Optional[str]
    entries: Sequence[ListedEntry]
    truncated: bool = False  # it lists more entries than are here


def read_feed(body: bytes, url: str) -> ParsedFeed:
    """As `parse_feed`, in the process for parsers. Failure `parse_timeout`, `parse_memory`, `parse_crash` besides."""
    title, entries, truncated = PARSERS.call("transforms.web.feeds:parse_feed", body, url)
    return ParsedFeed(title, [ListedEntry(*entry) for entry in entries], truncated)


def parse_feed(body: bytes, url: str) -> ParsedFeed:
    """Parses the body of the feed at `url`. Failure `not_a_feed` or `broken_feed`; of a zipped one as `unzipped`."""
    body = unzipped(body)
    if root_of(body) == "urlset":
        feed = _parse_news_sitemap(body, url)
    elif body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        feed = _parse_json_feed(body, url)
    else:
        feed = _parse_xml_feed(body, url)
    return feed._replace(entries=_told_apart(_newest(feed.entries)), truncated=len(feed.entries) > MAX_ENTRIES)


def _newest(entries: Sequence[ListedEntry]) -> list[ListedEntry]:
    """The newest entries in the feed's order; where one has no date, the first of them: nearly all feeds begin so."""
    if len(entries) <= MAX_ENTRIES or any(entry.published is None for entry in entries):
        return list(entries[:MAX_ENTRIES])
    by_age = sorted(range(len(entries)), key=lambda n: entries[n].published, reverse=True)
    return [entries[n] for n in sorted(by_age[:MAX_ENTRIES])]


def _parse_xml_feed(body: bytes, url: str) -> ParsedFeed:
    cut = cut_feed(body)
    if len(cut.items) > MAX_PARSED:
        body = cut.joined(cut.items[:MAX_PARSED])
    try:
        parsed = _parse(body)
        entries = [_listed(entry, url) for entry in parsed.entries]
    except Exception as error:  # feedparser lets a dozen kinds through on hostile input
        return _salvage(cut, url, error)
    if not parsed.entries:
        _check_empty(parsed, body, url)
    return ParsedFeed(_text(parsed.feed.get("title")), entries)


def _parse(body: bytes) -> Any:
    # Never the bytes themselves: feedparser opens what looks like a path.
    return feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)


def _salvage(cut: Cut, url: str, error: Exception) -> ParsedFeed:
    """The entries on which feedparser does not fail. Failure `broken_feed`: it fails on what is around them."""
    try:
        around = _parse(cut.joined([]))
    except Exception as other:
        raise Failure("broken_feed", f"{type(other).__name__}: {other}"[:300]) from error
    if not cut.items or isinstance(error, MemoryError):
        raise Failure("broken_feed", f"{type(error).__name__}: {error}"[:300]) from error
    return ParsedFeed(_text(around.feed.get("title")), list(_readable(cut, cut.items[:MAX_PARSED], url)))


def _readable(cut: Cut, items: Sequence[bytes], url: str) -> Iterator[ListedEntry]:
    """Entries parsed together where that can be done, else in halves, down to the ones that are to blame."""
    try:
        found = [_listed(entry, url) for entry in _parse(cut.joined(items)).entries]
    except Exception as error:
        if len(items) == 1:
            found = [_broken(items[0], error)]
        else:
            half = len(items) // 2
            found = itertools.chain(_readable(cut, items[:half], url), _readable(cut, items[half:], url))
    yield from found


def _broken(item: bytes, error: Exception) -> ListedEntry:
    mark = hashlib.sha256(item).hexdigest()[:16]
    return ListedEntry(f"broken {mark}", None, None, None, [], mark[:8], f"{type(error).__name__}: {error}"[:300])


def _check_empty(parsed: Any, body: bytes, url: str) -> None:
    """An empty feed is fine; a page in its place, or one broken off before its first entry, is not."""
    if not parsed.get("version"):
        raise Failure("not_a_feed", what_instead(body, url))
    if parsed.bozo and not isinstance(parsed.bozo_exception, feedparser.CharacterEncodingOverride):
        raise Failure("broken_feed", f"no entry can be read: {parsed.bozo_exception}"[:300])


def _listed(entry: Any, url: str) -> ListedEntry:
    # feedparser takes a guid for the link where there is none; unless it is a whole address, it is no link
    link = absolute_url(entry.get("link"), "" if entry.get("link") == entry.get("id") else url)
    title = _title(entry)
    guid = _text(entry.get("id")) or link or title or ""
    date = entry.get("published_parsed") or (entry["updated_parsed"] if "updated_parsed" in entry else None)
    changed = entry["updated"] if "updated" in entry else ""  # asked with `in`: else it is an alias of published
    return ListedEntry(
        guid=guid,
        link=link,
        title=title,
        published=_epoch(date),
        authors=_authors(entry),
        fingerprint=_fingerprint(title, changed),
    )


def _title(entry: Any) -> Optional[str]:
    """The title as text, also where the feed has it as HTML."""
    title = entry.get("title")
    if title and entry.get("title_detail", {}).get("type") != "text/plain":
        title = html.unescape(_TAG.sub("", title))
    return _text(title)


def _authors(entry: Any) -> list[str]:
    """Names, without the mail address that RSS puts beside them and feedparser cuts at a long top-level domain."""
    written = entry.get("author") or ""
    names = [_text(author.get("name")) for author in entry.get("authors", ())]
    if "@" in written and len(names) < 2:
        names = [_text(_MAIL.sub("", written).strip(" ()<>"))]
    return [name for name in names if name]


def _told_apart(entries: list[ListedEntry]) -> list[ListedEntry]:
    """Entries whose id repeats in their feed get the link into it: else all but one of them would be lost."""
    often = collections.Counter(entry.guid for entry in entries)
    return [e._replace(guid=f"{e.guid} {e.link}") if often[e.guid] > 1 and e.link else e for e in entries]


def _parse_news_sitemap(body: bytes, url: str) -> ParsedFeed:
    sitemap = parse_sitemap(body, url)
    return ParsedFeed(sitemap.title, [_listed_address(entry) for entry in sitemap.entries])


def _listed_address(entry: SitemapEntry) -> ListedEntry:
    return ListedEntry(
        guid=entry.link,
        link=entry.link,
        title=entry.title,
        published=_iso_epoch(entry.published),
        authors=[],
        fingerprint=_fingerprint(entry.title, entry.modified or ""),
    )


def _parse_json_feed(body: bytes, url: str) -> ParsedFeed:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Failure("broken_feed", f"JSON: {error}"[:300]) from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise Failure("not_a_feed", "the answer is JSON, but no JSON Feed")
    items = [item for item in feed["items"] if isinstance(item, dict)]
    return ParsedFeed(_text(feed.get("title")), [_listed_item(item, url) for item in items])


def _listed_item(item: dict, url: str) -> ListedEntry:
    link = absolute_url(_text(item.get("url")) or _text(item.get("external_url")), url)
    authors = item.get("authors")
    authors = authors if isinstance(authors, list) else [item.get("author")]
    names = [_text(author.get("name")) for author in authors if isinstance(author, dict)]
    return ListedEntry(
        guid=_text(item.get("id")) or link or _text(item.get("title")) or "",
        link=link,
        title=_text(item.get("title")),
        published=_iso_epoch(_text(item.get("date_published"))),
        authors=[name for name in names if name],
        fingerprint=_fingerprint(_text(item.get("title")), _text(item.get("date_modified")) or ""),
    )


def _text(value: Any) -> Optional[str]:
    """One clean line: what is no text is None, control characters and lone surrogates are gone."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    return clean_line(value) or None


def _fingerprint(title: Optional[str], changed: str) -> str:
    return hashlib.sha256(f"{title}\x1f{changed}".encode("utf-8", "replace")).hexdigest()[:8]


def _epoch(parsed: Any) -> Optional[float]:
    """Seconds since 1970 of feedparser's UTC time; None outside the years a feed can mean."""
    if not parsed or not 1970 <= parsed[0] <= 2200:
        return None
    try:
        return float(calendar.timegm(parsed))
    except (OverflowError, ValueError):
        return None


def _iso_epoch(value: Optional[str]) -> Optional[float]:
    try:
        date = datetime.datetime.fromisoformat(value or "")
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
    return date.timestamp() if 1970 <= date.year <= 2200 else None
