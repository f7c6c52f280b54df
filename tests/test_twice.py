"""What a runner may do to a run: fail a bundle after its work was done, deliver an element again and again."""

from collections.abc import Callable, Iterator
from typing import Any

import apache_beam as beam
import pytest
from conftest import Answer, Site
from test_runs import CONFIG, CORRECTED, PAGE, TEAPOT, everything, rows

from pipeline import graph, runs, sinks
from pipeline.balance import Balance
from pipeline.folder import Folder
from pipeline.options import parse_beam_options
from transforms.clean import CleanArticles
from transforms.extract import ExtractEvents
from transforms.records import Feed


@pytest.fixture(scope="module")
def feed() -> Iterator[Feed]:
    """A feed of two articles on one event, and one page that fails."""
    site = Site()
    items = "".join(f"<item><title>Deaths in Gao</title><link>{site.url(p)}</link></item>" for p in ("/a", "/b", "/c"))
    site.answers |= {"/a": PAGE, "/b": CORRECTED, "/c": TEAPOT}
    rss = f'<rss version="2.0"><channel><title>Outlet</title>{items}</channel></rss>'
    site.answers["/feed"] = Answer(rss.encode(), headers={"Content-Type": "application/rss+xml"})
    yield Feed(site.url("/feed"), "Outlet")
    site.close()


def run(folder: Any, feeds: list[Feed], **changes: Any) -> Any:
    with Folder(str(folder)).writing() as destination:
        return runs.run_once(destination, feeds, CONFIG, parse_beam_options([]), **changes)


QUESTIONS = (
    "SELECT url, title, text, story_id, copy_of FROM articles ORDER BY ALL",
    "SELECT story_id, headline, article_count, outlet_count, independent_count FROM stories ORDER BY ALL",
    "SELECT event_id, revision, event_type, killed_best, article_count, headline FROM events ORDER BY ALL",
    "SELECT article_id, rank, event_id, event_type, sentence, char_start FROM article_events ORDER BY ALL",
)


def told_of(folder: Any) -> list[list[dict]]:
    """What the views tell of the world, but for the times of the runs."""
    return [rows(folder, question) for question in QUESTIONS]


@pytest.fixture(scope="module")
def once(feed: Feed, tmp_path_factory: pytest.TempPathFactory) -> list[list[dict]]:
    """What one undisturbed run tells."""
    folder = tmp_path_factory.mktemp("once") / "news"
    run(folder, [feed])
    found = told_of(folder)
    assert len(found[0]) == 2 and all(found)
    return found


def thrice(element: Any) -> list[Any]:
    return [element] * 3


class CleanThrice(CleanArticles):
    def expand(self, pages: beam.PCollection) -> beam.PCollection:
        return super().expand(pages | "Thrice" >> beam.FlatMap(thrice).with_output_types(pages.element_type))


class ExtractThrice(ExtractEvents):
    def expand(self, articles: beam.PCollection) -> beam.PCollection:
        return super().expand(articles | "Thrice" >> beam.FlatMap(thrice).with_output_types(articles.element_type))


class WriteThrice(sinks.WriteTables):
    def expand(self, records: Any) -> beam.PCollection:
        doubled = {
            table: rows | f"Thrice {table.name}" >> beam.FlatMap(thrice).with_output_types(table.record)
            for table, rows in records.items()
        }
        return super().expand(doubled)


@pytest.mark.parametrize(
    ("name", "kind"), [("CleanArticles", CleanThrice), ("ExtractEvents", ExtractThrice), ("WriteTables", WriteThrice)]
)
def test_f19_what_is_delivered_three_times_counts_once(
    name: str,
    kind: type,
    feed: Feed,
    once: Any,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    told: Callable[..., None],
) -> None:
    monkeypatch.setattr(graph, name, kind)
    monkeypatch.setattr(Balance, "faults", lambda self: [])  # it says rightly that there is too much
    run(tmp_path / "news", [feed])
    same = told_of(tmp_path / "news") == once
    told(f"F19 every element comes to {name} three times", "the same tables", "the same tables" if same else "others")
    assert told_of(tmp_path / "news") == once


def test_f18_a_bundle_that_is_tried_again_writes_the_same(
    feed: Feed, once: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, told: Callable[..., None]
) -> None:
    def twice(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            function(*arguments)
            return function(*arguments)

        return call

    monkeypatch.setattr(sinks, "_stage", twice(sinks._stage))
    monkeypatch.setattr(sinks, "_commit", twice(sinks._commit))
    monkeypatch.setattr(Balance, "faults", lambda self: [])
    run(tmp_path / "news", [feed])
    same = told_of(tmp_path / "news") == once
    told("F18 every file and the commit are written twice", "the same tables", "the same tables" if same else "others")
    assert told_of(tmp_path / "news") == once
    [doubled] = rows(tmp_path / "news", "SELECT COUNT(*) - COUNT(DISTINCT article_id) AS n FROM articles_log")
    assert doubled["n"] == 0


def test_f20_replaying_what_came_through_is_nothing(tmp_path: Any, told: Callable[..., None]) -> None:
    site = Site()
    item = f"<item><title>Deaths in Gao</title><link>{site.url('/a')}</link></item>"
    rss = f'<rss version="2.0"><channel><title>Outlet</title>{item}</channel></rss>'
    site.answers |= {"/feed": Answer(rss.encode()), "/a": [TEAPOT, PAGE]}
    run(tmp_path / "news", [Feed(site.url("/feed"), "Outlet")])
    run(tmp_path / "news", [], replay=True)
    before = everything(tmp_path / "news")
    again = run(tmp_path / "news", [], replay=True)
    site.close()
    told(
        "F20 replay, and replay again",
        "1 article, then nothing",
        f"{len(before['articles'])} article, then {again or 'nothing'}",
    )
    assert again is None and everything(tmp_path / "news") == before and len(before["articles"]) == 1
