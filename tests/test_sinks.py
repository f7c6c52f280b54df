"""Writing and reading inside the graph: all tables of a run together, and only what is still live."""

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.utils.timestamp import Duration
from conftest import NOW, make_letter

from pipeline.destination import Refusal, StagedFile
from pipeline.folder import Folder
from pipeline.runs import unresolved_letters
from pipeline.sinks import ReadLive, WriteTables, live_spans
from pipeline.tables import DEAD_LETTERS, POLLS, REJECTIONS, STORY_MERGES, Table, to_json
from transforms.records import Poll, Rejection, StoryMerge

BAD = "bad"
TODAY = NOW.to_utc_datetime().date()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(str(tmp_path / "news"))


def rejection(key: str) -> Rejection:
    return Rejection("fetch", "robots", key, NOW)


def write(folder: Folder, run_id: str, rows: dict[Table, list], shards: int = 1) -> None:
    with folder.writing(), beam.Pipeline("FnApiRunner") as pipeline:
        collections = {
            table: pipeline | f"Create {table.name}" >> beam.Create(records).with_output_types(table.record)
            for table, records in rows.items()
        }
        collections | WriteTables(folder, run_id, TODAY, shards)


def read(folder: Folder, table: Table) -> list[Any]:
    return [row for path in folder.files(table) for row in folder.read(path, table)]


def committed(folder: Folder) -> list[str]:
    root = Path(folder.root)
    return sorted(
        str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.suffix == ".parquet"
    )


def test_all_tables_of_a_run_are_written(folder: Folder) -> None:
    write(
        folder,
        "run",
        {
            REJECTIONS: [rejection("b"), rejection("a")],
            STORY_MERGES: [StoryMerge("s2", "s1", NOW)],
            POLLS: [],
        },
    )
    assert read(folder, REJECTIONS) == [rejection("a"), rejection("b")]
    assert read(folder, STORY_MERGES) == [StoryMerge("s2", "s1", NOW)]
    assert committed(folder) == [
        f"rejections_log/day={TODAY}/run-0.parquet",
        f"story_merges_log/day={TODAY}/run-0.parquet",
    ]


def test_a_run_without_rows_writes_nothing(folder: Folder) -> None:
    write(folder, "run", {REJECTIONS: [], POLLS: []})
    assert committed(folder) == []


def test_the_same_run_writes_the_same_files(folder: Folder) -> None:
    for _ in range(2):
        write(folder, "run", {REJECTIONS: [rejection(str(n)) for n in range(50)]}, shards=4)
    assert len(read(folder, REJECTIONS)) == 50


@pytest.mark.parametrize("shards", [0, 1, 4])
def test_rows_are_spread_over_as_many_files_as_wanted(folder: Folder, shards: int) -> None:
    write(folder, "run", {REJECTIONS: [rejection(str(n)) for n in range(100)]}, shards)
    assert len(folder.files(REJECTIONS)) == max(shards, 1)
    assert sorted(int(row.key) for row in read(folder, REJECTIONS)) == list(range(100))


def fail(row: Rejection) -> Rejection:
    if row.key == "7":
        raise RuntimeError("in the middle of a run")
    return row


def test_a_run_that_fails_leaves_no_row_of_any_table(folder: Folder) -> None:
    with pytest.raises(RuntimeError, match="in the middle"), folder.writing(), beam.Pipeline("FnApiRunner") as pipeline:
        rows = {
            STORY_MERGES: pipeline
            | "Merges" >> beam.Create([StoryMerge("s2", "s1", NOW)]).with_output_types(StoryMerge),
            REJECTIONS: pipeline
            | "Rejections" >> beam.Create([rejection(str(n)) for n in range(9)])
            | beam.Map(fail).with_output_types(Rejection),
        }
        rows | WriteTables(folder, "run", TODAY, 1)
    with folder.writing():
        assert committed(folder) == []


class Picky(Folder):
    """A folder that takes no rejection of the address BAD."""

    def stage(self, run_id: str, table: Table, day: datetime.date, shard: str, rows: Iterable[Any]) -> StagedFile:
        good = [row for row in rows if getattr(row, "key", "") != BAD]
        refused = [Refusal("refused", "no such row", json.dumps(to_json(row))) for row in rows if row not in good]
        return super().stage(run_id, table, day, shard, good)._replace(refused=tuple(refused))


def test_a_row_that_the_destination_refuses_is_a_dead_letter_of_the_same_commit(tmp_path: Path) -> None:
    folder = Picky(str(tmp_path / "news"))
    write(folder, "run", {REJECTIONS: [rejection("a"), rejection(BAD)], DEAD_LETTERS: [make_letter()]}, shards=4)
    assert read(folder, REJECTIONS) == [rejection("a")]
    own, refused = sorted(read(folder, DEAD_LETTERS), key=lambda letter: letter.stage)
    assert own == make_letter()
    assert (refused.stage, refused.reason, refused.key) == ("write", "refused", "rejections_log")
    assert json.loads(refused.payload)["key"] == BAD and refused.retry_at is None
    assert unresolved_letters(folder, TODAY) == [own]  # what was refused once would be again


def test_refused_dead_letters_stop_the_run(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="refuses dead letters: no such row"):
        write(Picky(str(tmp_path / "news")), "run", {DEAD_LETTERS: [make_letter(key=BAD)]})


# Reading what is live


def poll(hours: float) -> Poll:
    return Poll(f"feed {hours:g}", "o", NOW + Duration.of(3600 * hours), "ok", 200, 0, 0, 0, 0, NOW)


def live(folder: Folder, hours: Iterable[float], live_days: int, expected: list[float]) -> None:
    times = [NOW.micros / 1e6 + 3600 * n for n in hours]
    with beam.Pipeline("FnApiRunner") as pipeline:
        rows = (
            pipeline
            | beam.Create(times, reshuffle=False).with_output_types(float)
            | ReadLive(folder, POLLS, ("polled_at", "polled_at"), live_days)
        )
        assert rows.element_type is Poll
        assert_that(rows | beam.Map(lambda row: row.feed_url), equal_to([f"feed {n:g}" for n in expected]))


@pytest.mark.parametrize(
    ("hours", "live_days", "expected"),
    [
        ([0], 1, [-24, -1, 0, 23]),
        ([0], 2, [-48, -24, -1, 0, 23, 48]),
        ([-24], 1, [-48, -24, -1, 0]),
        ([-48, 48], 0, [-48, 48]),  # one date far off does not bring all that lies between
        ([-48, 48], 1, [-48, -24, 48]),
        ([-1, 0, -24], 0, [-24, -1, 0]),
        ([-24, 24], 1, [-48, -24, -1, 0, 23, 48]),
        ([1_000], 1, []),
        ([-1_000], 1, []),
        ([], 1, []),
    ],
)
def test_rows_that_may_concern_what_is_new_are_read(
    folder: Folder, hours: list[float], live_days: int, expected: list[float]
) -> None:
    with folder.writing():
        for n in (-48, -24, -1, 0, 23, 48):
            row = poll(n)
            day = (NOW + Duration.of(86_400 * 2)).to_utc_datetime().date()  # none was written before it happened
            folder.append(f"run {n}", POLLS, day, [row])
    live(folder, hours, live_days, expected)


@pytest.mark.parametrize(
    ("spans", "margin", "expected"),
    [
        ([], 1, []),
        ([(5, 6)], 1, [(4, 7)]),
        ([(5, 6), (8, 9)], 1, [(4, 10)]),
        ([(5, 6), (8.1, 9)], 1, [(4, 7), (7.1, 10)]),
        ([(8, 9), (1, 2)], 0, [(1, 2), (8, 9)]),
        ([(1, 9), (2, 3)], 0, [(1, 9)]),
    ],
)
def test_spans_that_meet_are_one(spans: list, margin: float, expected: list) -> None:
    assert live_spans(spans, margin) == expected


def test_files_of_days_before_anything_live_are_not_opened(folder: Folder) -> None:
    with folder.writing():
        for days in (100, 1):
            day = TODAY - datetime.timedelta(days=days)
            folder.append(f"run {days}", POLLS, day, [poll(-24 * days)])
        old = Path(folder.files(POLLS)[0])
        old.write_bytes(b"not even Parquet")
    live(folder, [0], 2, [-24])


def test_a_destination_without_rows_remembers_none(folder: Folder) -> None:
    with folder.writing():
        pass
    live(folder, [0], 30, [])
