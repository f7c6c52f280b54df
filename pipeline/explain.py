"""`explain`: why two articles are, or are not, one story."""

import datetime
from collections.abc import Sequence
from typing import TextIO

from pipeline import tables
from pipeline.destination import Destination, require
from transforms.errors import UsageError
from transforms.stories.contrast import contrast
from transforms.stories.merging import explain
from transforms.stories.similarity import Signature
from transforms.stories.state import DAY_SECONDS, StoryState
from transforms.web.urls import canonical_url

NEIGHBOURS = 5  # shown for a single article


def explain_articles(destination: Destination, urls: Sequence[str], live_days: float, stream: TextIO) -> int:
    """Prints the evidence for two articles, or for one and those that are nearest to it.

    UsageError if no article has such an address, DestinationError if there are no tables.
    """
    require(destination)
    found = [_find(destination, url) for url in urls]
    state = _state_around(destination, [article.time for article in found], live_days)
    first = found[0]
    if len(found) == 2:
        print(_verdict(first, found[1]), explain(first, found[1], state), sep="\n", file=stream)
        print(_between_stories(first, found[1], state), end="", file=stream)
        return 0
    print(f"{_name(first)}\n", file=stream)
    scored = sorted(((explain(first, other, state), other) for other in state.near(first)), key=_nearest_first)
    for evidence, other in scored[:NEIGHBOURS]:
        text = f", text shared {evidence.containment:.0%}" if evidence.containment else ""
        print(f"{evidence.score:6.2f}{text}  {_verdict(first, other)}\n        {_name(other)}", file=stream)
    print(
        f"\none story from {explain(first, first, state).threshold:.2f} on; two addresses show the evidence",
        file=stream,
    )
    return 0


def _find(destination: Destination, url: str) -> Signature:
    """The newest signature of the article with this address."""
    try:
        address = canonical_url(url)
    except ValueError as error:
        raise UsageError(str(error)) from error
    table, at = tables.SIGNATURES, [[("url", "=", address)]]
    rows = [row for path in destination.files(table) for row in destination.read(path, table, at)]
    if not rows:
        raise UsageError(f"no article has the address {address}; `SELECT url FROM articles` lists them")
    return max(rows, key=lambda row: row.revision)


def _state_around(destination: Destination, times: Sequence[float], live_days: float) -> StoryState:
    """What a run remembers that brings articles of these times (UTC epoch seconds)."""
    reach = live_days * DAY_SECONDS
    first, last = min(times) - reach, max(times) + reach
    written_since = datetime.datetime.fromtimestamp(first, datetime.UTC).date()
    table, within = tables.SIGNATURES, [[("time", ">=", first), ("time", "<=", last)]]
    paths = destination.files(table, written_since)
    return StoryState.from_tables(destination.read_columns(path, table, within) for path in paths)


def _nearest_first(scored: tuple) -> tuple[float, str]:
    return -scored[0].score, scored[1].article_id


def _verdict(a: Signature, b: Signature) -> str:
    """What is written of two articles: stories are decided among groups, not pair by pair."""
    copies = "copies of one text, " if (a.copy_of or a.article_id) == (b.copy_of or b.article_id) else ""
    return f"{copies}{'one story' if a.story_id == b.story_id else 'two stories'}"


def _between_stories(a: Signature, b: Signature, state: StoryState) -> str:
    """What keeps their stories apart as a whole, if anything does."""
    stories = [[i for i in state.members(each.story_id or "") if state.original(i) == i] for each in (a, b)]
    found = contrast(*([state.articles[i] for i in story] for story in stories))
    if a.story_id == b.story_id or not found.penalty:
        return ""
    own, others = found.names
    return f"the one story names {own}, the other {others}: {-found.penalty:.2f} on the mean score between them\n"


def _name(article: Signature) -> str:
    day = datetime.datetime.fromtimestamp(article.time, datetime.UTC)
    return f"{day:%Y-%m-%d} {article.outlet}: {article.title} <{article.url}>"
