"""The views: given rows of the logs, the rows that a view shows."""

import contextlib
import datetime
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from apache_beam.utils.timestamp import Duration, Timestamp
from conftest import NOW, make_article, make_feed, make_letter, new_dataset

from pipeline import tables
from pipeline.destination import Destination, Limits, new_run_id, parse_destination
from pipeline.folder import Folder
from pipeline.tables import Table
from transforms.records import Article, ArticleEvent, Event, Poll, Rejection, Run, StoryMerge
from transforms.stories.similarity import Signature

NOON = datetime.datetime(2026, 3, 10, 12)
DAY = NOON.date()
Shown = Callable[..., list[tuple]]


def hours(n: float) -> Timestamp:
    return NOW + Duration.of(3600 * n)


def filled(kind: type, **changes: Any) -> Any:
    """A record with what must be there filled in somehow, what may be missing null, and what is said."""
    plain = {str: "x", int: 1, float: 0.0, bool: False, Timestamp: NOW}
    fields = {}
    for name, annotation in typing.get_type_hints(kind).items():
        optional = typing.get_origin(annotation) is typing.Union
        fields[name] = None if optional else plain.get(annotation, [])
    return kind(**fields | changes)


def article(name: str, version: int = 1, **changes: Any) -> Article:
    return make_article(**{"article_id": name, "version": version, "title": name, "outlet": f"outlet {name}"} | changes)


def placed(name: str, story: str | None, copy_of: str | None = None, revision: int = 1) -> Signature:
    return filled(Signature, article_id=name, story_id=story, copy_of=copy_of, revision=revision)


def told(name: str, rank: int = 1, event_id: str = "e1", version: int = 1, **changes: Any) -> ArticleEvent:
    fields = {"article_id": name, "article_version": version, "rank": rank, "event_id": event_id} | changes
    return filled(ArticleEvent, **fields)


def event(name: str, revision: int = 1, story: str = "s1", **changes: Any) -> Event:
    return filled(Event, **{"event_id": name, "revision": revision, "story_id": story} | changes)


@pytest.fixture(scope="module")
def in_bigquery(emulator: None) -> Iterator[Destination]:
    with parse_destination(new_dataset()).writing() as destination:
        yield destination


@pytest.fixture(params=["folder", "bigquery"])
def shown(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shown]:
    """Writes rows, each group of a table by itself, and answers a query: by DuckDB, and by BigQuery."""
    written = set()
    if request.param == "folder":
        destination: Destination = Folder(str(tmp_path / "news"))
    else:
        destination = request.getfixturevalue("in_bigquery")

    def shown(sql: str, *groups: tuple[Table, list]) -> list[tuple]:
        run_id = new_run_id()
        with contextlib.nullcontext() if request.param == "bigquery" else destination.writing():
            files = [destination.stage(run_id, table, DAY, f"{n:02}", rows) for n, (table, rows) in enumerate(groups)]
            destination.commit(run_id, files)
        written.update(table.name for table, _ in groups)
        answer = destination.query(sql, Limits(60.0, 0))
        return sorted((tuple(map(_without_zone, row)) for row in answer.rows), key=repr)

    yield shown
    if request.param == "bigquery":
        for name in written:
            destination.client().query(f"DELETE FROM `{destination.dataset}.{name}` WHERE TRUE").result()


def _without_zone(value: Any) -> Any:
    """DuckDB's times are UTC without a zone, BigQuery's say that they are."""
    return value.replace(tzinfo=None) if isinstance(value, datetime.datetime) else value


# articles


def test_articles_shows_the_newest_version_once(shown: Shown) -> None:
    rows = shown(
        "SELECT article_id, version, title FROM articles",
        (tables.ARTICLES, [article("a", title="first"), article("b", title="only")]),
        (tables.ARTICLES, [article("a", 2, title="corrected")]),
        (tables.ARTICLES, [article("a", title="first"), article("b", title="only")]),  # the same rows again
        (tables.SIGNATURES, [placed("a", "s1"), placed("b", "s2")]),
    )
    assert rows == [("a", 2, "corrected"), ("b", 1, "only")]


def test_an_article_belongs_where_it_was_last_placed(shown: Shown) -> None:
    rows = shown(
        "SELECT article_id, story_id, copy_of FROM articles",
        (tables.ARTICLES, [article("a", story_id="s1"), article("b", story_id="s1")]),
        (tables.SIGNATURES, [placed("a", "s1"), placed("b", "s1")]),
        (tables.SIGNATURES, [placed("a", "s1", copy_of="b", revision=2)]),
    )
    assert rows == [("a", "s1", "b"), ("b", "s1", None)]


def test_an_article_of_a_merged_story_is_in_the_one_that_stands(shown: Shown) -> None:
    rows = shown(
        "SELECT article_id, story_id FROM articles",
        (tables.ARTICLES, [article("a"), article("b"), article("c")]),
        (tables.SIGNATURES, [placed("a", "s3"), placed("b", "s2"), placed("c", "s9")]),
        (tables.STORY_MERGES, [StoryMerge("s3", "s2", NOW)]),
        (tables.STORY_MERGES, [StoryMerge("s2", "s1", hours(1))]),
    )
    assert rows == [("a", "s1"), ("b", "s1"), ("c", "s9")]


# story_merges


@pytest.mark.parametrize(
    ("merges", "expected"),
    [
        ([], []),
        ([("b", "a")], [("b", "a")]),
        ([("b", "a"), ("b", "a")], [("b", "a")]),
        ([("c", "b"), ("b", "a")], [("b", "a"), ("c", "a")]),
        ([("d", "c"), ("c", "b"), ("b", "a")], [("b", "a"), ("c", "a"), ("d", "a")]),
        ([("c", "a"), ("c", "b"), ("b", "a")], [("b", "a"), ("c", "a")]),
        ([("a", "b"), ("b", "a")], []),  # a ring, which must not happen, ends as well
    ],
)
def test_story_merges_leads_to_the_story_that_stands(shown: Shown, merges: list[tuple], expected: list) -> None:
    rows = [StoryMerge(story, into, NOW) for story, into in merges]
    assert shown("SELECT story_id, merged_into FROM story_merges", (tables.STORY_MERGES, rows)) == expected


# stories


def test_stories_counts_articles_outlets_and_independent_texts(shown: Shown) -> None:
    rows = shown(
        "SELECT story_id, headline, lead_article_id, article_count, outlet_count, independent_count FROM stories",
        (
            tables.ARTICLES,
            [
                article("copy", published_at=hours(0), outlet="Gazette"),
                article("wire", published_at=hours(1), outlet="Wire"),
                article("later", published_at=hours(2), outlet="Wire"),
                article("alone", published_at=hours(3)),
            ],
        ),
        (
            tables.SIGNATURES,
            [placed("copy", "s1", "wire"), placed("wire", "s1"), placed("later", "s1"), placed("alone", "s2")],
        ),
    )
    assert rows == [("s1", "wire", "wire", 3, 2, 2), ("s2", "alone", "alone", 1, 1, 1)]


def test_a_story_spans_from_its_first_to_its_last_article(shown: Shown) -> None:
    rows = shown(
        "SELECT story_id, first_published_at, last_published_at FROM stories",
        (
            tables.ARTICLES,
            [
                article("a", published_at=hours(2)),
                article("undated", fetched_at=hours(5)),
                article("c", published_at=hours(-30)),
            ],
        ),
        (tables.SIGNATURES, [placed("a", "s1"), placed("undated", "s1"), placed("c", "s1")]),
    )
    assert rows == [("s1", NOON - datetime.timedelta(hours=30), NOON + datetime.timedelta(hours=5))]


# article_events and events


def test_article_events_shows_what_the_newest_version_says(shown: Shown) -> None:
    rows = shown(
        "SELECT article_id, rank, event_id FROM article_events",
        (tables.ARTICLES, [article("a"), article("b")]),
        (tables.SIGNATURES, [placed("a", "s1"), placed("b", "s1")]),
        (tables.ARTICLE_EVENTS, [told("a"), told("a", 2, "e2"), told("b")]),
        (tables.ARTICLES, [article("a", 2)]),
        (tables.ARTICLE_EVENTS, [told("a", 1, "e3", version=2)]),
        (tables.ARTICLE_EVENTS, [told("b")]),  # the same row again
    )
    assert rows == [("a", 1, "e3"), ("b", 1, "e1")]


def test_a_version_that_reports_nothing_any_more_shows_nothing(shown: Shown) -> None:
    groups = [
        (tables.ARTICLES, [article("a")]),
        (tables.SIGNATURES, [placed("a", "s1")]),
        (tables.ARTICLE_EVENTS, [told("a")]),
        (tables.EVENTS, [event("e1")]),
    ]
    assert shown("SELECT event_id FROM events", *groups) == [("e1",)]
    assert shown("SELECT event_id FROM events", (tables.ARTICLES, [article("a", 2)])) == []


def test_events_written_before_there_were_codes_have_none(shown: Shown, tmp_path: Path) -> None:
    codes = ["cameo_root", "acled_event_type", "acled_sub_event_type"]
    shown(
        "SELECT 1",
        (tables.ARTICLES, [article("a"), article("b")]),
        (tables.SIGNATURES, [placed("a", "s1"), placed("b", "s1")]),
        (tables.ARTICLE_EVENTS, [told("a")]),
        (tables.EVENTS, [event("e1")]),
    )
    for path in (tmp_path / "news").glob("*events_log/*/*.parquet"):
        pq.write_table(pq.read_table(path, partitioning=None).drop_columns(codes), path)
    coded = dict(zip(codes, ("19", "Battles", "Armed clash"), strict=True))
    new = (tables.ARTICLE_EVENTS, [told("b", event_id="e2", **coded)]), (tables.EVENTS, [event("e2", **coded)])
    expected = [("e1", None, None, None), ("e2", *coded.values())]
    assert shown(f"SELECT event_id, {', '.join(codes)} FROM article_events", *new) == expected
    assert shown(f"SELECT event_id, {', '.join(codes)} FROM events") == expected


def test_an_event_that_turned_out_to_be_another_goes_by_its_id(shown: Shown) -> None:
    groups = [
        (tables.ARTICLES, [article(name) for name in "abc"]),
        (tables.SIGNATURES, [placed(name, "s1") for name in "abc"]),
        (tables.ARTICLE_EVENTS, [told("a"), told("b", event_id="e2"), told("c", event_id="e3")]),
        (tables.EVENTS, [event("e1"), event("e2"), event("e3")]),
        (tables.EVENTS, [event("e3", 2, merged_into="e2"), event("e2", 2, changes=["article_count"])]),
        (tables.EVENTS, [event("e2", 3, merged_into="e1"), event("e1", 2, changes=["article_count"])]),
    ]
    rows = shown("SELECT event_id, merged_into FROM event_merges", *groups)
    assert rows == [("e2", "e1"), ("e3", "e1")]
    assert shown("SELECT article_id, event_id FROM article_events") == [("a", "e1"), ("b", "e1"), ("c", "e1")]
    assert shown("SELECT event_id, revision, changes, article_count FROM events") == [("e1", 2, ["article_count"], 3)]


def test_a_link_that_was_taken_back_no_longer_counts(shown: Shown) -> None:
    groups = [
        (tables.ARTICLES, [article(name) for name in "ab"]),
        (tables.SIGNATURES, [placed("a", "s1"), placed("b", "s2")]),
        (tables.ARTICLE_EVENTS, [told("a"), told("b", event_id="e2")]),
        (tables.EVENTS, [event("e1"), event("e2", 1, "s2", merged_into="e1"), event("e2", 2, "s2")]),
    ]
    assert shown("SELECT event_id, article_count FROM events", *groups) == [("e1", 1), ("e2", 1)]


def test_what_other_stories_tell_of_an_event_counts_for_its_toll(shown: Shown) -> None:
    earlier = event("e1", killed_low=9, killed_best=12, killed_high=12, injured_best=31, last_reported_at=NOW)
    later = event(
        "e2", 2, "s2", killed_low=14, killed_best=14, killed_high=14, last_reported_at=hours(9), merged_into="e1"
    )
    rows = shown(
        "SELECT event_id, killed_low, killed_best, killed_high, injured_best, article_count FROM events",
        (tables.ARTICLES, [article("a"), article("b")]),
        (tables.SIGNATURES, [placed("a", "s1"), placed("b", "s2")]),
        (tables.ARTICLE_EVENTS, [told("a"), told("b", 2, "e2")]),
        (tables.EVENTS, [earlier, later]),
    )
    assert rows == [("e1", 9, 14, 14, 31, 2)]


def test_events_shows_the_newest_revision_with_its_counts(shown: Shown) -> None:
    rows = shown(
        "SELECT event_id, revision, killed_best, article_count, outlet_count, independent_count FROM events",
        (tables.ARTICLES, [article("a"), article("b", outlet="outlet a"), article("c")]),
        (tables.SIGNATURES, [placed("a", "s1"), placed("b", "s1"), placed("c", "s1", copy_of="a")]),
        (tables.ARTICLE_EVENTS, [told("a"), told("b"), told("c"), told("c", 2, "e2")]),
        (tables.EVENTS, [event("e1", 2, killed_best=9), event("e2", 1)]),
        (tables.EVENTS, [event("e1", 1, killed_best=5)]),  # an older revision that was written late
    )
    assert rows == [("e1", 2, 9, 3, 2, 2), ("e2", 1, None, 1, 1, 1)]


def test_an_event_follows_its_story(shown: Shown) -> None:
    rows = shown(
        "SELECT e.event_id, e.story_id, s.headline FROM events AS e JOIN stories AS s ON s.story_id = e.story_id",
        (tables.ARTICLES, [article("a"), article("b")]),
        (tables.SIGNATURES, [placed("a", "s1"), placed("b", "s2")]),
        (tables.ARTICLE_EVENTS, [told("a"), told("b", 1, "e2")]),
        (tables.EVENTS, [event("e1"), event("e2", story="s2")]),
        (tables.STORY_MERGES, [StoryMerge("s2", "s1", NOW)]),
    )
    assert rows == [("e1", "s1", "a"), ("e2", "s1", "a")]


# The others


def test_polls_shows_each_poll_once(shown: Shown) -> None:
    poll = filled(Poll, feed_url="f", polled_at=NOW, outcome="ok")
    later = poll._replace(polled_at=hours(1), outcome="timeout")
    rows = shown("SELECT feed_url, outcome FROM polls", (tables.POLLS, [poll, later]), (tables.POLLS, [poll]))
    assert rows == [("f", "ok"), ("f", "timeout")]


def test_feeds_shows_how_a_feed_stood_last(shown: Shown) -> None:
    rows = shown(
        "SELECT feed_url, failures FROM feeds",
        (tables.FEEDS, [make_feed(polled_at=hours(1), failures=2)]),
        (tables.FEEDS, [make_feed(polled_at=NOW, failures=1)]),
    )
    assert rows == [("https://outlet.example/feed", 2)]


def test_dead_letters_shows_what_became_of_a_letter(shown: Shown) -> None:
    first = make_letter()
    rows = shown(
        "SELECT dead_letter_id, attempts, replayed_at FROM dead_letters",
        (tables.DEAD_LETTERS, [first, make_letter(dead_letter_id="d2"), make_letter(dead_letter_id="d3")]),
        (tables.DEAD_LETTERS, [first._replace(replayed_at=hours(1), retry_at=None)]),
        (tables.DEAD_LETTERS, [make_letter(dead_letter_id="d2", failed_at=hours(2), attempts=2)]),
    )
    assert rows == [("d1", 1, NOON + datetime.timedelta(hours=1)), ("d2", 2, None), ("d3", 1, None)]


def test_a_letter_that_failed_after_it_had_come_through_is_open_again(shown: Shown) -> None:
    rows = shown(
        "SELECT dead_letter_id, replayed_at FROM dead_letters",
        (tables.DEAD_LETTERS, [make_letter(replayed_at=hours(1))]),
        (tables.DEAD_LETTERS, [make_letter(failed_at=hours(2))]),
    )
    assert rows == [("d1", None)]


def test_rejections_and_runs_show_each_row_once(shown: Shown) -> None:
    rejection = Rejection("fetch", "robots", "k", NOW)
    run = filled(Run, run_id="r", step="fetch", fate="in", reason="", count=3)
    groups = [(tables.REJECTIONS, [rejection]), (tables.RUNS, [run])]
    rows = shown("SELECT step, reason, key FROM rejections", *groups, *groups)
    assert rows == [("fetch", "robots", "k")]
    assert shown("SELECT run_id, step, count FROM runs") == [("r", "fetch", 3)]
