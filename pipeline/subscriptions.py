"""The list of feeds to poll: a TOML or an OPML file, on this machine or elsewhere."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from typing import Optional

from pipeline import vault
from pipeline.config import parse_toml_text, read_toml
from transforms.errors import UsageError
from transforms.records import Feed
from transforms.web.crawl import Request, crawl
from transforms.web.http import HttpSettings
from transforms.web.text import clean_line
from transforms.web.urls import absolute_url, without_credentials


def read_subscriptions(lists: Iterable[str], settings: HttpSettings) -> list[Feed]:
    """The feeds of all `lists` (paths, http(s) addresses, gs:// objects or secret:NAME), each address once.

    UsageError if a list cannot be read, is neither TOML nor OPML, or names no feed.
    """
    feeds: dict[str, Feed] = {}
    for name in lists:
        found = _read_list(name, settings)
        if not found:
            raise UsageError(f"{without_credentials(name)}: no feed in it")
        for feed in found:
            feeds.setdefault(feed.feed_url, feed)
    return list(feeds.values())


def _read_list(name: str, settings: HttpSettings) -> list[Feed]:
    if name.lower().startswith(("http://", "https://")):
        return parse_opml(_download(name, settings), absolute_url(name, "") or name)
    if vault.is_remote(name):
        return _parse(vault.read(name), name)
    if name.endswith(".toml"):
        return parse_toml(read_toml(name), name)
    try:
        with open(name, "rb") as file:
            return parse_opml(file.read(), name)
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from error


def _parse(body: bytes, name: str) -> list[Feed]:
    """A list whose name does not tell what it is: OPML begins with a tag, TOML cannot."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return parse_opml(body, name)
    return parse_toml(parse_toml_text(body, name), name)


def parse_toml(content: dict, name: str) -> list[Feed]:
    """Feeds from `[[feeds]]` tables with `url` and, if wanted, `outlet`."""
    tables = content.get("feeds")
    unknown = sorted(set(content) - {"feeds"})
    if unknown or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        found = f", found {unknown[0]!r}" if unknown else ""
        raise UsageError(f'{name}: expected [[feeds]] tables, each with url = "https://..."{found}')
    for table in tables:
        unknown = sorted(set(table) - {"url", "outlet"})
        if unknown or not isinstance(table.get("url"), str) or not isinstance(table.get("outlet", ""), str):
            wrong = f"unknown key {unknown[0]!r}" if unknown else "url and outlet must be texts, and url is needed"
            raise UsageError(f"{name}: [[feeds]]: {wrong}")
    return [_feed(table["url"], table.get("outlet"), name) for table in tables]


def parse_opml(body: bytes, name: str) -> list[Feed]:
    """Feeds from the outlines of an OPML list, nested ones too, that have an `xmlUrl`.

    Where the list's own name is an address, that of a feed may be relative to it.
    """
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise UsageError(f"{name}: neither TOML (its name would end in .toml) nor OPML: {error}") from error
    if root.tag != "opml":
        raise UsageError(f"{name}: expected an OPML list of feeds, found <{root.tag[:50]}>")
    outlines = [outline.attrib for outline in root.iter("outline") if outline.get("xmlUrl")]
    return [_feed(each["xmlUrl"], each.get("title") or each.get("text"), name) for each in outlines]


def _feed(url: str, outlet: Optional[str], name: str) -> Feed:
    address = absolute_url(url, name if absolute_url(name, "") else "")
    if address is None:
        raise UsageError(f"{name}: {without_credentials(url)!r} is not an http(s) address")
    return Feed(feed_url=address, outlet=clean_line(outlet or ""))


def _download(url: str, settings: HttpSettings) -> bytes:
    address, shown = absolute_url(url, ""), without_credentials(url)
    if address is None:
        raise UsageError(f"{shown}: not an http(s) address")
    ((_, answer),) = crawl([Request(None, address, settings.feed_bytes, {}, heed_robots=False)], settings)
    if isinstance(answer, Exception):
        raise UsageError(f"{shown}: {answer}") from answer
    return answer.body
