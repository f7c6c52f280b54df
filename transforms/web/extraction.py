"""The article on a page, by trafilatura. Runs in the process for parsers: `transforms.web.pages.read_page` asks it."""

import codecs
import contextlib
import re
from typing import Any, Optional

import charset_normalizer
import py3langid
import trafilatura
from trafilatura.utils import load_html

from transforms.web.pages import PageText
from transforms.web.text import clean_line, clean_text, count_words
from transforms.web.urls import absolute_url, is_front_page, site_of
from transforms.web.walls import find_wall

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHARSETS = """cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r
    shift_jis euc_jp gb18030 big5 euc_kr""".split()  # that pages are written in and fail to declare
_NOT_FOR_PAGES = frozenset("punycode idna unicode-escape raw-unicode-escape undefined utf-7".split())  # slow, or worse
_HEAD_BYTES = 4_096  # where a page may declare its charset
_LANGUAGE_CHARS = 2_000  # enough to tell a language
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}


def parse_page(body: bytes, content_type: str, url: str) -> PageText:
    """The article on the page `body`; its text is empty where there is none."""
    page = decode_html(body, content_type)
    tree = load_html(page)
    found = None if tree is None else _extract(tree, url)
    if found is None:
        return PageText("", 0, None, None, [], None, None, None, find_wall(page, url, "", 0))
    text = clean_text(found.text or "")
    words = count_words(text)
    return PageText(
        text=text,
        word_count=words,
        title=clean_line(found.title or "") or None,
        site=clean_line(found.sitename or "") or None,
        authors=authors_of(found.author, found.sitename),
        date=found.date,
        canonical=canonical_of(tree, url),
        language=language_of(text),
        wall=find_wall(page, url, text, words),
    )


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


def canonical_of(tree: Any, page_url: str) -> Optional[str]:
    """The page's own rel=canonical, if it names an address on the same site: another site's word is not enough.

    The front page is none for an article either: some outlets name it on every page, which would make one of all.
    """
    for href in tree.xpath("//link[@rel='canonical']/@href"):
        url = absolute_url(str(href), page_url)
        if url and site_of(url) == site_of(page_url) and not is_front_page(url):
            return url
    return None


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
