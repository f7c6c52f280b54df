"""Clean: from a page to its article."""

import dataclasses
import datetime
import functools
from typing import Optional

import apache_beam as beam
from apache_beam.utils.timestamp import Timestamp

from transforms.fates import Attempt, Fates, Rejected
from transforms.records import Article, Page, hash_id
from transforms.web.pages import PageText, read_page
from transforms.web.urls import canonical_url, host_of


@dataclasses.dataclass(frozen=True)
class CleanSettings:
    """What counts as an article."""

    min_words: int = 20


def clean_page(page: Page, settings: CleanSettings) -> Article | Rejected:
    """The article on a page. Failure `parse_timeout` and its like.

    Rejects: no_text, too_short, and what stands in place of an article: blocked, consent_wall, paywall.
    """
    found = read_page(page.body, page.content_type, page.page_url)
    if found.wall:
        return Rejected(found.wall)
    if not found.word_count:
        return Rejected("no_text")
    if found.word_count < settings.min_words:
        return Rejected("too_short")
    return _article(page, found)


def _article(page: Page, found: PageText) -> Article:
    entry = page.entry
    url = canonical_url(found.canonical or page.page_url)
    published, by = published_at(page, found.date)
    return Article(
        article_id=hash_id("article", url),
        version=1,
        url=url,
        page_url=page.page_url,
        feed_url=entry.feed_url,
        outlet=entry.outlet or found.site or host_of(url),
        title=found.title or entry.title,
        text=found.text,
        authors=found.authors or list(entry.authors),
        language=found.language,
        published_at=published,
        published_at_source=by,
        fetched_at=page.fetched_at,
        word_count=found.word_count,
    )


def published_at(page: Page, page_date: Optional[str]) -> tuple[Optional[Timestamp], Optional[str]]:
    """When the article was published and who says so: the feed, else the page. Never later than it was fetched."""
    if page.entry.published_at is not None:
        return page.entry.published_at, "feed"
    try:
        date = datetime.datetime.fromisoformat(page_date or "")
    except ValueError:
        return None, None
    if date.year < 1970:  # no day that a page on the web can mean
        return None, None
    date = date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
    return min(Timestamp.of(date.timestamp()), page.fetched_at), "page"


@dataclasses.dataclass
class CleanArticles(beam.PTransform):
    """In: Page. Out: Article. Rejects: as `clean_page`. Dead: parse_timeout and its like. Stateless."""

    settings: CleanSettings
    fates: Fates

    def expand(self, pages: beam.PCollection) -> beam.PCollection:
        return pages | Attempt("clean", functools.partial(clean_page, settings=self.settings), Article, self.fates)
