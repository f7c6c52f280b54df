"""`discover`: the feeds of a site, as a list that `run --feeds` reads."""

import dataclasses
import json
from collections.abc import Iterator
from typing import TextIO

from apache_beam.utils.timestamp import Timestamp
from protego import Protego

from transforms.errors import Failure, UsageError
from transforms.poll import ask_feeds
from transforms.polled import Polled, read_answer
from transforms.records import Feed
from transforms.web.crawl import Request, crawl
from transforms.web.discovery import feeds_on_page, well_known
from transforms.web.http import HttpSettings, Response
from transforms.web.urls import absolute_url, without_credentials

MAX_ASKED = 12  # addresses that are tried
DELAY_SECONDS = 1.0  # between two requests at most: somebody waits for a dozen of them


def discover_feeds(site: str, settings: HttpSettings, stream: TextIO) -> int:
    """Prints the feeds of `site` (an address, or a name without https://) as TOML. Returns 0.

    Looked for where the page names them; where it names none, in the news sitemaps of robots.txt and the usual places.
    Only what answers as a feed and lists something counts. Failure if there is none, or if the site does not answer.
    """
    url = absolute_url(site if "://" in site else f"https://{site}", "")
    if url is None:
        raise UsageError(f"{without_credentials(site)}: not the address of a site, such as https://example.org")
    settings = dataclasses.replace(settings, host_delay_seconds=min(settings.host_delay_seconds, DELAY_SECONDS))
    found = list(_feeds_of(url, settings))
    if not found:
        raise Failure("no_feed", f"{url}: no feed found; look for one on the site and put its address into a list")
    for polled in found:
        print(_table(polled), file=stream)
    return 0


def _feeds_of(url: str, settings: HttpSettings) -> Iterator[Polled]:
    """The feeds among the places where they could be, each once: some have several addresses."""
    answer = _ask(url, settings)
    if isinstance(answer, Exception):
        raise Failure("site", f"{url}: {answer}") from answer
    if _is_feed(read_answer(Feed(url, ""), answer, Timestamp.now(), 0.0)):
        addresses = [url]
    else:
        addresses = _named(answer) or _likely(answer.url, settings)
    feeds = [Feed(address, "") for address in dict.fromkeys(addresses[:MAX_ASKED])]
    answers = ask_feeds(feeds, Timestamp.now(), settings)
    polled = {feed.feed_url: read_answer(feed, answer, Timestamp.now(), 0.0) for feed, answer in answers}
    known = set()
    for feed in feeds:
        one = polled[feed.feed_url]
        if _is_feed(one) and one.feed.body_hash not in known:
            known.add(one.feed.body_hash)
            yield one


def _named(page: Response) -> list[str]:
    return [feed.url for feed in feeds_on_page(page.body.decode("utf-8", "replace"), page.url)]


def _likely(url: str, settings: HttpSettings) -> list[str]:
    answer = _ask(absolute_url("/robots.txt", url) or url, settings)
    text = answer.body.decode("utf-8", "replace") if isinstance(answer, Response) else ""
    sitemaps = [address for each in Protego.parse(text).sitemaps if (address := absolute_url(each, url))]
    return [address for address in sitemaps if "news" in address.lower()][:3] + well_known(url)


def _ask(url: str, settings: HttpSettings) -> Response | Exception:
    ((_, answer),) = crawl([Request(None, url, settings.page_bytes, {}, heed_robots=False)], settings)
    return answer


def _is_feed(polled: Polled) -> bool:
    return polled.outcome is None and bool(polled.entries)


def _table(polled: Polled) -> str:
    """A feed as one table of a TOML list, with what tells people whether it is the right one."""
    newest = max((entry.published_at for entry, _ in polled.entries if entry.published_at), default=None)
    dated = f", newest {newest.to_utc_datetime():%Y-%m-%d %H:%M}" if newest else ", none dated"
    count = "1 entry" if len(polled.entries) == 1 else f"{len(polled.entries)} entries"
    outlet = polled.entries[0][0].outlet
    lines = ["[[feeds]]", f"url = {_quoted(polled.feed.feed_url)}  # {count}{dated}"]
    return "\n".join(lines + ([f"outlet = {_quoted(outlet)}"] if outlet else [])) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
