"""What a page says: its article, taken out of it in the process for parsers."""

from collections.abc import Sequence
from typing import NamedTuple, Optional

from transforms.web.sandbox import PARSERS


class PageText(NamedTuple):
    """The article on a page."""

    text: str  # perhaps empty
    word_count: int
    title: Optional[str]
    site: Optional[str]  # the outlet's name
    authors: Sequence[str]
    date: Optional[str]  # ISO 8601, as the page has it
    canonical: Optional[str]  # absolute, on the same site
    language: Optional[str]  # ISO 639-1
    wall: Optional[str] = None  # blocked, consent_wall or paywall: what the page is in place of its article


def read_page(body: bytes, content_type: str, url: str) -> PageText:
    """The article on the page `body` at `url`. Failure `parse_timeout`, `parse_memory`, `parse_crash`, `parse_error`.

    By name: the libraries that read pages are loaded by the child alone, and only where there are pages.
    """
    return PageText(*PARSERS.call("transforms.web.extraction:parse_page", body, content_type, url))
