"""`check`: are the feeds of a list well? Polls each once and writes nothing."""

from collections.abc import Sequence
from typing import TextIO

from apache_beam.utils.timestamp import Timestamp

from transforms.poll import ask_feeds
from transforms.polled import Polled, read_answer
from transforms.records import Feed
from transforms.web.http import HttpSettings


def check_feeds(feeds: Sequence[Feed], settings: HttpSettings, stream: TextIO) -> int:
    """Prints a line for each feed as it answers. Returns 1 if one of them failed, else 0."""
    failed = 0
    for feed, answer in ask_feeds(feeds, Timestamp.now(), settings):
        polled = read_answer(feed, answer, Timestamp.now(), 0.0)
        failed += isinstance(polled.outcome, Exception)
        print(_line(feed, polled), file=stream, flush=True)
    print(f"{len(feeds)} feeds, {failed} of them not well", file=stream)
    return 1 if failed else 0


def _line(feed: Feed, polled: Polled) -> str:
    name = f"{feed.feed_url} ({feed.outlet})" if feed.outlet else feed.feed_url
    if isinstance(polled.outcome, Exception):
        return f"fail  {name}: {polled.poll.outcome}: {polled.outcome}"
    dates = [entry.published_at for entry, _ in polled.entries if entry.published_at]
    newest = f", newest {max(dates).to_utc_datetime():%Y-%m-%d %H:%M}" if dates else ", none dated"
    count = "1 entry" if len(polled.entries) == 1 else f"{len(polled.entries)} entries"
    return f"ok    {name}: {count}{newest if polled.entries else ''}{_moved(feed, polled)}"


def _moved(feed: Feed, polled: Polled) -> str:
    """What the owner of the list may want to change in it."""
    if polled.feed.moved_to:
        return f", moved for good to {polled.feed.moved_to}"
    plain = feed.feed_url.startswith("https:") and (polled.poll.answer_url or "").startswith("http:")
    return f", redirected to {polled.poll.answer_url}, without TLS" if plain else ""
