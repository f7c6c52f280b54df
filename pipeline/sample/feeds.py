"""The feeds of the sample newsroom: articles in, the bytes of an RSS, Atom, RDF or JSON feed out."""

import email.utils
import json
from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from pipeline.sample.labels import Article, Feed, Outlet

XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def render_feed(outlet: Outlet, feed: Feed, articles: Sequence[Article], base: str) -> tuple[str, bytes]:
    """Content type and body of a feed."""
    kind, render = FORMATS[feed.format]
    text = render(outlet, feed, articles, base)
    return kind, (_spoil(text) if feed.broken else text).encode()


def render_opml(feeds: Iterable[tuple[Outlet, Feed]], base: str) -> bytes:
    """The list of all feeds, as a feed reader exports it."""
    outlines = "\n".join(
        f'<outline type="rss" text={quoteattr(outlet.name)} title={quoteattr(outlet.name)} '
        f"xmlUrl={quoteattr(base + feed.path)} htmlUrl={quoteattr(f'{base}/{outlet.key}/')}/>"
        for outlet, feed in feeds
    )
    head = "<head><title>The sample newsroom</title></head>"
    return f'{XML}<opml version="2.0">{head}<body>\n{outlines}\n</body></opml>\n'.encode()


def link(article: Article, feed: Feed, base: str) -> str:
    """What a feed links to: the page's address, with the feed's tracking parameters if it has any."""
    return base + article.linked_as + (f"?{feed.tracking}" if feed.tracking else "")


def rss(outlet: Outlet, feed: Feed, articles: Sequence[Article], base: str) -> str:
    """RSS 2.0, authors as Dublin Core creators."""

    def item(article: Article) -> str:
        return _lines(
            "<item>",
            f"<title>{escape(article.title)}</title>",
            f"<link>{escape(link(article, feed, base))}</link>",
            "guid" not in article.omit and f'<guid isPermaLink="false">{escape(article.key)}</guid>',
            *(f"<dc:creator>{escape(author)}</dc:creator>" for author in article.authors),
            "date" not in article.omit and f"<pubDate>{email.utils.format_datetime(article.published)}</pubDate>",
            f"<description>{escape(_summary(article))}</description>",
            "</item>",
        )

    return XML + _lines(
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>',
        f"<title>{escape(feed.title)}</title>",
        f"<link>{base}/{outlet.key}/</link>",
        f"<description>News from {escape(outlet.name)}</description>",
        "<language>en</language>",
        *map(item, articles),
        "</channel></rss>",
    )


def atom(outlet: Outlet, feed: Feed, articles: Sequence[Article], base: str) -> str:
    """Atom 1.0."""

    def entry(article: Article) -> str:
        stamp = article.published.isoformat()
        return _lines(
            "<entry>",
            f"<title>{escape(article.title)}</title>",
            f'<link rel="alternate" href={quoteattr(link(article, feed, base))}/>',
            "guid" not in article.omit and f"<id>tag:newsroom.example,2025:{escape(article.key)}</id>",
            *(f"<author><name>{escape(author)}</name></author>" for author in article.authors),
            "date" not in article.omit and f"<published>{stamp}</published><updated>{stamp}</updated>",
            f'<summary type="text">{escape(_summary(article))}</summary>',
            "</entry>",
        )

    return XML + _lines(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<title>{escape(feed.title)}</title>",
        f"<id>tag:newsroom.example,2025:{outlet.key}</id>",
        f'<link href="{base}/{outlet.key}/"/><link rel="self" href="{base}{feed.path}"/>',
        *map(entry, articles),
        "</feed>",
    )


def rdf(outlet: Outlet, feed: Feed, articles: Sequence[Article], base: str) -> str:
    """RDF Site Summary (RSS 1.0), dates and authors in Dublin Core. It has no guid: the address is the identity."""

    def item(article: Article) -> str:
        address = link(article, feed, base)
        return _lines(
            f"<item rdf:about={quoteattr(address)}>",
            f"<title>{escape(article.title)}</title>",
            f"<link>{escape(address)}</link>",
            *(f"<dc:creator>{escape(author)}</dc:creator>" for author in article.authors),
            "date" not in article.omit and f"<dc:date>{article.published.isoformat()}</dc:date>",
            f"<description>{escape(_summary(article))}</description>",
            "</item>",
        )

    contents = "".join(f"<rdf:li rdf:resource={quoteattr(link(article, feed, base))}/>" for article in articles)
    return XML + _lines(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">',
        f'<channel rdf:about="{base}{feed.path}">',
        f"<title>{escape(feed.title)}</title><link>{base}/{outlet.key}/</link>",
        f"<description>News from {escape(outlet.name)}</description><dc:language>en</dc:language>",
        f"<items><rdf:Seq>{contents}</rdf:Seq></items>",
        "</channel>",
        *map(item, articles),
        "</rdf:RDF>",
    )


def json_feed(outlet: Outlet, feed: Feed, articles: Sequence[Article], base: str) -> str:
    """JSON Feed 1.1. Its id is not optional: where it has to be left out, so is the key."""

    def item(article: Article) -> dict[str, object]:
        fields = {
            "id": article.key if "guid" not in article.omit else None,
            "url": link(article, feed, base),
            "title": article.title,
            "summary": _summary(article),
            "date_published": article.published.isoformat() if "date" not in article.omit else None,
            "authors": [{"name": author} for author in article.authors],
        }
        return {name: value for name, value in fields.items() if value}

    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": f"{base}/{outlet.key}/",
        "feed_url": base + feed.path,
        "language": "en",
    }
    return json.dumps(head | {"items": [item(article) for article in articles]}, indent=1, ensure_ascii=False)


FORMATS: dict[str, tuple[str, Callable[[Outlet, Feed, Sequence[Article], str], str]]] = {
    "rss": ("application/rss+xml; charset=utf-8", rss),
    "atom": ("application/atom+xml; charset=utf-8", atom),
    "rdf": ("application/rdf+xml; charset=utf-8", rdf),
    "json": ("application/feed+json; charset=utf-8", json_feed),
}


def _summary(article: Article) -> str:
    return article.paragraphs[0] if article.paragraphs else article.title


def _lines(*parts: str | bool) -> str:
    return "\n".join(part for part in parts if part)


def _spoil(xml: str) -> str:
    """What an ageing content system and a dropped connection make of a feed: bare ampersands, and no end."""
    last_title = xml.rindex("</title>")
    return xml[: last_title - 8].replace("&amp;", "&")
