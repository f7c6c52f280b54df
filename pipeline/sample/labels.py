"""The texts of the sample newsroom and what is known about them.

One TOML file under `articles/` holds a story: its events, and every article about it. The format is in README.md.
"""

import dataclasses
import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

HERE = resources.files("pipeline.sample")

# In the text of a copy, a paragraph like {1-4} or {2} stands for these paragraphs of the text it copies.
_QUOTED = re.compile(r"\{(\d+)(?:-(\d+))?\}")


@dataclasses.dataclass(frozen=True)
class Feed:
    """A feed of an outlet. `tracking` is the query every link of it carries."""

    path: str
    title: str
    format: str
    tracking: str = ""
    broken: bool = False


@dataclasses.dataclass(frozen=True)
class Outlet:
    """Who publishes. `page` is the pattern of its articles' addresses."""

    key: str
    name: str
    page: str
    feeds: tuple[Feed, ...]
    disallow: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Event:
    """Something that happened: who did what to whom, where and when, in PLOVER's types and modes.

    In `Labels.events` the tolls are those best known in the end. In `Article.events` they are what this article says,
    None if it gives no figure.
    """

    id: str
    type: str
    place_name: str
    country: str
    happened_on: datetime.date | None = None
    mode: str | None = None
    date_precision: str = "day"
    realis: str = "actual"
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    killed: int | None = None
    injured: int | None = None


@dataclasses.dataclass(frozen=True)
class Article:
    """A page, its entry in the feeds, and what a perfect pipeline would know about it.

    `path` is where the page is; `linked_as` is what the feeds link to, the same unless the page moved or is linked
    by a second address. `omit` names what the feed entry leaves out (date, guid).
    """

    key: str
    outlet: str
    title: str
    authors: tuple[str, ...]
    published: datetime.datetime
    paragraphs: tuple[str, ...]
    path: str
    linked_as: str
    feeds: tuple[str, ...]
    story: str | None = None
    copy_of: str | None = None
    fate: str = "article"
    moved: bool = False
    omit: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def text(self) -> str:
        """The body, a paragraph a line."""
        return "\n".join(self.paragraphs)


@dataclasses.dataclass(frozen=True)
class Labels:
    """The whole newsroom by key: outlets, articles (oldest first) and events."""

    outlets: Mapping[str, Outlet]
    articles: Mapping[str, Article]
    events: Mapping[str, Event]

    def listed(self, feed: Feed) -> list[Article]:
        """The articles in a feed, newest first."""
        return [article for article in reversed(self.articles.values()) if feed.path in article.feeds]

    def until(self, moment: datetime.datetime) -> "Labels":
        """Only what was published by then."""
        earlier = {key: article for key, article in self.articles.items() if article.published <= moment}
        return dataclasses.replace(self, articles=earlier)

    def feeds(self) -> Iterator[tuple[Outlet, Feed]]:
        """Every feed with its outlet."""
        for outlet in self.outlets.values():
            for feed in outlet.feeds:
                yield outlet, feed

    def to_json(self) -> dict[str, Any]:
        """All of it in plain types, for `json.dumps(..., default=str)`."""
        return dataclasses.asdict(self)


def load_labels(folder: Traversable = HERE) -> Labels:
    """Reads outlets, articles and events from the files beside this module."""
    outlets = {key: _outlet(key, fields) for key, fields in _read(folder / "outlets.toml").items()}
    files = sorted((folder / "articles").iterdir(), key=lambda file: file.name)
    stories = [_read(file) for file in files if file.name.endswith(".toml")]
    events = {event.id: event for story in stories for event in map(_event, story.get("events", []))}
    drafts = {_key(draft): draft | {"story": story.get("story")} for story in stories for draft in story["articles"]}
    articles = [_article(key, draft, outlets[draft["outlet"]], events, drafts) for key, draft in drafts.items()]
    articles.sort(key=lambda article: (article.published, article.key))
    return Labels(outlets, {article.key: article for article in articles}, events)


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file.name}: {error}") from error


def _outlet(key: str, fields: dict[str, Any]) -> Outlet:
    feeds = tuple(Feed(**feed) for feed in fields.pop("feeds"))
    return Outlet(key, feeds=feeds, **_tuples(fields))


def _event(fields: dict[str, Any]) -> Event:
    return Event(**_tuples(fields))


def _key(draft: dict[str, Any]) -> str:
    return f"{draft['outlet']}/{draft['slug']}"


def _article(
    key: str, draft: dict[str, Any], outlet: Outlet, events: Mapping[str, Event], drafts: Mapping[str, dict[str, Any]]
) -> Article:
    fields = _tuples(draft)
    path = fields.pop("path", None) or outlet.page.format(**draft)
    linked_as = fields.pop("moved_from", None)
    return Article(
        key=key,
        path=path,
        moved=linked_as is not None,
        linked_as=linked_as or fields.pop("linked_as", path),
        feeds=fields.pop("feeds", (outlet.feeds[0].path,)),
        events=tuple(_as_reported(report, events) for report in fields.pop("reports", ())),
        paragraphs=tuple(_paragraphs(fields.pop("text", ""), drafts.get(fields.get("copy_of", "")))),
        **{name: value for name, value in fields.items() if name != "slug"},
    )


def _as_reported(report: dict[str, Any], events: Mapping[str, Event]) -> Event:
    """The event as one article has it: its own tolls, or none; the rest as it was, unless it says otherwise."""
    said = {"killed": None, "injured": None} | _tuples(report)
    return dataclasses.replace(events[said.pop("event")], **said)


def _paragraphs(text: str, copied: dict[str, Any] | None) -> Iterator[str]:
    """The paragraphs of a text; of the text it copies where it says so, or if it has none of its own."""
    original = list(_paragraphs(copied["text"], None)) if copied else []
    if not text.strip():
        yield from original
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        quoted = _QUOTED.fullmatch(paragraph.strip())
        if quoted:
            first, last = int(quoted[1]), int(quoted[2] or quoted[1])
            yield from original[first - 1 : last]
        elif paragraph:
            yield " ".join(paragraph.split())


def _tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
