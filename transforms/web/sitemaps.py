"""News sitemaps as feeds: what an outlet tells Google News, in place of or beside RSS (sitemaps.org, sitemap-news/0.9).

Only addresses with a `news` element are entries: the sitemap of a whole site is no feed. Of an index of sitemaps the
newest few are read. What parses runs in the process for parsers.
"""

import operator
import re
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple, Optional

from transforms.errors import Failure
from transforms.web.decoding import BodyDecoder
from transforms.web.text import clean_line
from transforms.web.urls import absolute_url

MAX_CHILDREN = 3  # sitemaps of an index that are read
_HEAD_BYTES = 4_096
_UNZIPPED_BYTES = 50 * 2**20  # the most that the protocol allows
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(urlset|sitemapindex)[\s>]")
_GZIP = b"\x1f\x8b"


class SitemapEntry(NamedTuple):
    """An article as a news sitemap has it; dates as written."""

    link: str  # absolute
    title: Optional[str]
    published: Optional[str]
    modified: Optional[str]


class Sitemap(NamedTuple):
    """A news sitemap: its publication's name, and its articles in its own order."""

    title: Optional[str]
    entries: list[SitemapEntry]


def unzipped(body: bytes) -> bytes:
    """The body of a `.xml.gz`; any other as it is. Failure `too_large`, `truncated`, `encoding`."""
    if not body.startswith(_GZIP):
        return body
    decoder = BodyDecoder("gzip", _UNZIPPED_BYTES)
    decoder.feed(body)
    return decoder.finish()


def is_index(body: bytes) -> bool:
    """Whether a body looks like an index of sitemaps, or may hide one."""
    return body.startswith(_GZIP) or root_of(body) == "sitemapindex"


def root_of(body: bytes) -> Optional[str]:
    """`urlset` or `sitemapindex`, if a body looks like that."""
    found = _ROOT.search(body[:_HEAD_BYTES])
    return found[1].decode() if found else None


def parse_sitemap(body: bytes, url: str) -> Sitemap:
    """The articles of the news sitemap at `url`. Failure `broken_feed`, or `not_a_feed` where nothing in it is news."""
    root = _parse(body)
    names = (clean_line(name.text or "") for name in root.iterfind("{*}url/{*}news/{*}publication/{*}name"))
    found = [_entry(each, url) for each in root.iterfind("{*}url") if each.find("{*}news") is not None]
    if not found and root.find("{*}url") is not None:
        raise Failure("not_a_feed", "a sitemap without news; the one for Google News would have <news:news> elements")
    return Sitemap(next(names, None) or None, [entry for entry in found if entry])


def _entry(element: ElementTree.Element, url: str) -> Optional[SitemapEntry]:
    link = absolute_url(_text(element, "{*}loc"), url)
    if link is None:
        return None
    return SitemapEntry(
        link=link,
        title=_text(element, "{*}news/{*}title"),
        published=_text(element, "{*}news/{*}publication_date"),
        modified=_text(element, "{*}lastmod"),
    )


def newest_children(body: bytes, url: str) -> list[str]:
    """The addresses of the sitemaps of an index to read: the newest, those for news first. Empty if it is no index."""
    body = unzipped(body)
    if root_of(body) != "sitemapindex":
        return []
    children = []
    for element in _parse(body).iterfind("{*}sitemap"):
        if address := absolute_url(_text(element, "{*}loc"), url):
            # ISO 8601 sorts as it is written
            children.append(("news" in address.lower(), _text(element, "{*}lastmod") or "", address))
    newest = sorted(children, key=operator.itemgetter(0, 1), reverse=True)
    return [address for news, _, address in newest if news or not newest[0][0]][:MAX_CHILDREN]


def _text(element: ElementTree.Element, path: str) -> Optional[str]:
    return clean_line(element.findtext(path) or "") or None


def _parse(body: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(body)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Failure("broken_feed", f"sitemap: {error}"[:300]) from error
