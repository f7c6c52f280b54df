"""The pages of the sample newsroom: an article in, HTML out, by the template of its outlet.

The templates differ as those of real newsrooms do: some say title, authors and date in JSON-LD or meta tags, some only
where a reader sees them, and all surround the text with what is not the article.
"""

import html
import json
from collections.abc import Iterable, Sequence
from string import Template

from pipeline.sample.labels import HERE, Article, Labels, Outlet


def render_page(article: Article, outlet: Outlet, related: Sequence[Article], base: str) -> bytes:
    """The page of an article; `related` are the articles it links to."""
    template = Template((HERE / "templates" / f"{outlet.key}.html").read_text(encoding="utf-8"))
    return template.substitute(_blanks(article, outlet, related, base)).encode()


def render_front(outlet: Outlet, articles: Iterable[Article], base: str) -> bytes:
    """The front page of an outlet: its headlines."""
    name = html.escape(outlet.name)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title></head>'
        f"<body><h1>{name}</h1><ul>{_links(articles, base)}</ul></body></html>"
    ).encode()


def choose_related(article: Article, labels: Labels, count: int = 4) -> list[Article]:
    """The latest other articles of the same outlet that a reader could have seen beside this one."""
    shelf = [other for other in labels.articles.values() if other.outlet == article.outlet and other != article]
    earlier = [other for other in shelf if other.published <= article.published]
    return (earlier[-count:] or shelf[:count])[::-1]


def _blanks(article: Article, outlet: Outlet, related: Sequence[Article], base: str) -> dict[str, str]:
    """What a template may ask for. `opening` and `rest` are the body, cut where a newsroom puts an advertisement."""
    paragraphs = [f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in article.paragraphs]
    summary = article.paragraphs[0] if article.paragraphs else article.title
    return {
        "title": html.escape(article.title),
        "outlet": html.escape(outlet.name),
        "byline": html.escape(_and(article.authors)),
        "home": f"{base}/{outlet.key}/",
        "canonical": base + article.path,
        "summary": html.escape(summary[:160]),
        "iso": article.published.isoformat(),
        "day": f"{article.published.day} {article.published:%B %Y}",
        "american_day": f"{article.published:%B} {article.published.day}, {article.published.year}",
        "weekday": f"{article.published:%A}",
        "clock": f"{article.published:%H:%M}",
        "json_ld": _json_ld(article, outlet, base),
        "opening": "\n".join(paragraphs[:2]),
        "rest": "\n".join(paragraphs[2:]),
        "related": _links(related, base),
    }


def _links(articles: Iterable[Article], base: str) -> str:
    return "\n".join(
        f'<li><a href="{html.escape(base + article.linked_as)}">{html.escape(article.title)}</a></li>'
        for article in articles
    )


def _and(names: Sequence[str]) -> str:
    """A byline: Ann, Bo and Cy."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _json_ld(article: Article, outlet: Outlet, base: str) -> str:
    authors = [{"@type": "Person", "name": name} for name in article.authors]
    publisher = {"@type": "NewsMediaOrganization", "name": outlet.name, "url": f"{base}/{outlet.key}/"}
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.published.isoformat(),
        "author": authors,
        "publisher": publisher,
        "mainEntityOfPage": base + article.path,
    }
    return json.dumps(fields, ensure_ascii=False).replace("</", "<\\/")
