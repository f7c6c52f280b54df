"""The feeds of a site: those that a page names, and the places where feeds mostly are."""

import html
import re
from typing import NamedTuple, Optional

from transforms.web.text import clean_line
from transforms.web.urls import absolute_url, site_of

MAX_FOUND = 20
_PAGE_CHARS = 2_000_000
_TYPES = frozenset("application/rss+xml application/atom+xml application/rdf+xml application/feed+json".split())
_TAG = re.compile(r"<(link|a|base)\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]{1,20})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LOOKS_LIKE_FEED = re.compile(
    r"(?:/|\b)(?:rss|atom|feeds?|rdf)(?:\.(?:xml|json|php|aspx?|cfm))?/?(?:\?|$)"
    r"|\.(?:rss|atom|rdf)$|/(?:rss|feeds?)/[^/?]+\.(?:xml|json)$|news-?_?sitemap[^/]*\.xml|sitemap[-_]?news[^/]*\.xml",
    re.IGNORECASE,
)
_NO_NEWS = re.compile(r"/comments/feed|comments?\.(?:rss|xml|atom)|wp-json|oembed", re.IGNORECASE)
WELL_KNOWN = (
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/news-sitemap.xml",
    "/sitemap-news.xml",
)


class FoundFeed(NamedTuple):
    """An address that may be a feed, and what the page calls it."""

    url: str
    title: Optional[str]


def feeds_on_page(page: str, url: str) -> list[FoundFeed]:
    """The feeds that the page at `url` names: in <link rel="alternate">, or where it has none, in links that look so.

    Feeds of comments are none of news. Each address once, in the page's order.
    """
    tags = [(found[1].lower(), _attributes(found[2])) for found in _TAG.finditer(page[:_PAGE_CHARS])]
    base = next((absolute_url(given.get("href"), url) for tag, given in tags if tag == "base"), None) or url
    named = [given for tag, given in tags if tag == "link" and _is_alternate(given)]
    linked = [given for tag, given in tags if tag == "a" and _LOOKS_LIKE_FEED.search(given.get("href", ""))]
    found: dict[str, FoundFeed] = {}
    for given in named or linked:
        address = absolute_url(given.get("href"), base)
        if address and not _NO_NEWS.search(address) and (given in named or site_of(address) == site_of(url)):
            found.setdefault(address, FoundFeed(address, clean_line(given.get("title", "")) or None))
    return list(found.values())[:MAX_FOUND]


def _is_alternate(given: dict[str, str]) -> bool:
    kind = given.get("type", "").split(";")[0].strip().lower()
    return kind in _TYPES and "alternate" in given.get("rel", "").lower().split()


def _attributes(text: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(text):
        attributes.setdefault(found[1].lower(), html.unescape(found[2] or found[3] or found[4] or ""))
    return attributes


def well_known(url: str) -> list[str]:
    """Where the feeds of a site mostly are."""
    return [address for path in WELL_KNOWN if (address := absolute_url(path, url))]


def what_instead(body: bytes, url: str) -> str:
    """What to say about a page in place of a feed: the feeds that it names, or how to look for them."""
    found = feeds_on_page(body.decode("utf-8", "replace"), url)
    if found:
        return "a page, no feed; it names " + ", ".join(feed.url for feed in found[:5])
    return "neither RSS, Atom, RDF, JSON Feed nor news sitemap; `newsbeam discover` looks for the feeds of a site"
