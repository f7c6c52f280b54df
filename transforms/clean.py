"""Clean: from a page to its article, by trafilatura."""

import codecs
import contextlib
import dataclasses
import datetime
import functools
import re
from typing import Any, Optional

import apache_beam as beam
import charset_normalizer
import py3langid
import trafilatura
from apache_beam.utils.timestamp import Timestamp
from trafilatura.utils import load_html

from transforms.fates import Attempt, Fates, Rejected
from transforms.records import Article, Page, hash_id
from transforms.web.feeds import clean_line
from transforms.web.urls import absolute_url, canonical_url, host_of, is_front_page, site_of

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHARSETS = """cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r
    shift_jis euc_jp gb18030 big5 euc_kr""".split()  # that pages are written in and fail to declare
_NOT_FOR_PAGES = frozenset("punycode idna unicode-escape raw-unicode-escape undefined utf-7".split())  # slow, or worse
_HEAD_BYTES = 4_096  # where a page may declare its charset
_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_LANGUAGE_CHARS = 2_000  # enough to tell a language
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}


@dataclasses.dataclass(frozen=True)
class CleanSettings:
    """What counts as an article."""

    min_words: int = 20


def clean_page(page: Page, settings: CleanSettings) -> Article | Rejected:
    """The article on a page. Rejects: no_text, too_short."""
    tree = load_html(decode_html(page.body, page.content_type))
    found = None if tree is None else _extract(tree, page.page_url)
    text = clean_text(found.text or "") if found else ""
    words = count_words(text)
    if not words:
        return Rejected("no_text")
    if words < settings.min_words:
        return Rejected("too_short")
    return _article(page, found, canonical_of(tree, page.page_url), text, words)


def _extract(tree: Any, url: str) -> Any:
    return trafilatura.bare_extraction(
        tree,
        url=url,
        favor_precision=True,  # the better F1 on captured news pages
        include_comments=False,
        with_metadata=True,
        deduplicate=False,  # its memory is the whole process's: an article's text would depend on its neighbours
        date_extraction_params=_DATES,
    )


def _article(page: Page, found: Any, canonical: Optional[str], text: str, words: int) -> Article:
    entry = page.entry
    url = canonical_url(canonical or page.page_url)
    title = clean_line(found.title or "") or entry.title
    published, by = published_at(page, found.date)
    return Article(
        article_id=hash_id("article", url),
        version=1,
        url=url,
        page_url=page.page_url,
        feed_url=entry.feed_url,
        outlet=entry.outlet or clean_line(found.sitename or "") or host_of(url),
        title=title,
        text=text,
        authors=authors_of(found.author, found.sitename) or list(entry.authors),
        language=language_of(text),
        published_at=published,
        published_at_source=by,
        fetched_at=page.fetched_at,
        word_count=words,
    )


def decode_html(body: bytes, content_type: str) -> str:
    """A page's bytes as text: by byte order mark, else HTTP header, else its own declaration, else a guess."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    declared = _CHARSET.search(content_type.encode("latin-1", "replace")) or _CHARSET.search(body[:_HEAD_BYTES])
    for name in (declared[1].decode("ascii", "ignore") if declared else "utf-8", "utf-8"):
        with contextlib.suppress(LookupError, ValueError):  # no charset, or not that of these bytes
            return body.decode(_as_browsers_do(name))
    return _guess(body)


def _guess(body: bytes) -> str:
    """Text from bytes that no declaration fits: UTF-8 with a few wrong bytes, else the likeliest charset."""
    text = body.decode("utf-8", "replace")
    if 10 * text.count("\ufffd") < len(text) - len(text.encode("ascii", "ignore")):
        return text
    guess = charset_normalizer.from_bytes(body[:100_000], cp_isolation=_CHARSETS).best()
    return body.decode(guess.encoding if guess else "cp1252", "replace")


def _as_browsers_do(name: str) -> str:
    """Pages that say Latin-1 mean Windows-1252 (WHATWG Encoding). LookupError for what is no charset of a page."""
    known = codecs.lookup(name).name
    if known in _NOT_FOR_PAGES:
        raise LookupError(name)
    return "cp1252" if known in ("iso8859-1", "ascii") else known


def clean_text(text: str) -> str:
    """`text` without what has no place in a table: control characters, lone surrogates, bidirectional overrides."""
    text = text.encode("utf-8", "replace").decode().translate(_BIDI)
    return _CONTROL.sub("", text.replace("\r\n", "\n")).strip()


def count_words(text: str) -> int:
    """Words as spaces part them; in scripts that write without spaces, two characters count as one."""
    dense = len(_DENSE.findall(text))
    return len(re.findall(r"\w+", _DENSE.sub(" ", text))) + (dense + 1) // 2 if dense else len(text.split())


def canonical_of(tree: Any, page_url: str) -> Optional[str]:
    """The page's own rel=canonical, if it names an address on the same site: another site's word is not enough.

    The front page is none for an article either: some outlets name it on every page, which would make one of all.
    """
    for href in tree.xpath("//link[@rel='canonical']/@href"):
        url = absolute_url(str(href), page_url)
        if url and site_of(url) == site_of(page_url) and not is_front_page(url):
            return url
    return None


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


def authors_of(names: Optional[str], site: Optional[str]) -> list[str]:
    """trafilatura's "A; B" as a list, each once, without the outlet's own name."""
    authors: dict[str, str] = {}
    for name in (names or "").split(";"):
        authors.setdefault(_folded(name), clean_line(name))
    return [name for key, name in authors.items() if key and key != _folded(site or "")]


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).strip().lower()


def language_of(text: str) -> Optional[str]:
    """ISO 639-1 code of the language that a text is written in; None where nothing tells."""
    sample = text[:_LANGUAGE_CHARS]
    return py3langid.classify(sample)[0] if any(char.isalpha() for char in sample) else None


@dataclasses.dataclass
class CleanArticles(beam.PTransform):
    """In: Page. Out: Article. Rejects: no_text, too_short. Stateless."""

    settings: CleanSettings
    fates: Fates

    def expand(self, pages: beam.PCollection) -> beam.PCollection:
        return pages | Attempt("clean", functools.partial(clean_page, settings=self.settings), Article, self.fates)
