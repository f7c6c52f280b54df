"""Reading from and writing to a destination inside the graph."""

import dataclasses
import datetime
import zlib
from collections.abc import Iterable
from typing import Any

import apache_beam as beam
import pyarrow as pa
from apache_beam.metrics import Metrics
from apache_beam.utils.timestamp import Timestamp

from pipeline.destination import Destination, Refusal, StagedFile
from pipeline.disk import said_so
from pipeline.tables import DEAD_LETTERS, Table
from transforms.errors import DestinationError
from transforms.fates import DEAD, NAMESPACE
from transforms.records import DeadLetter, hash_id
from transforms.stories.archive import pack

DAY_SECONDS = 86_400.0


@dataclasses.dataclass
class WriteTables(beam.PTransform):
    """In: for each table, its records. Out: StagedFile, committed: all tables together, or none of them.

    Files have deterministic names, so a bundle that is retried writes the same file again. A row that the destination
    refuses becomes a dead letter of the same commit.
    """

    destination: Destination
    run_id: str
    day: datetime.date
    shards: int

    def expand(self, records) -> beam.PCollection:
        def stage(table: Table, shards: int, mark: str = "") -> beam.PTransform:
            return _StageTable(self.destination, self.run_id, self.day, shards, table, mark)

        staged = [rows | f"Stage {table.name}" >> stage(table, self.shards) for table, rows in records.items()]
        files = staged | "Staged" >> beam.Flatten()
        letters = files | "Refused" >> beam.FlatMap(_letters).with_output_types(DeadLetter)
        return (
            (files, letters | "StageRefused" >> stage(DEAD_LETTERS, 1, "refused"))
            | "AllFiles" >> beam.Flatten()
            | "KeyByRun" >> beam.WithKeys(self.run_id).with_output_types(tuple[str, StagedFile])
            | "GroupFiles" >> beam.GroupByKey()
            | "Commit" >> beam.FlatMap(_commit, self.destination)
        )


@dataclasses.dataclass
class _StageTable(beam.PTransform):
    """In: records of one table. Out: StagedFile."""

    destination: Destination
    run_id: str
    day: datetime.date
    shards: int
    table: Table
    mark: str  # tells two sets of files of one table apart

    def expand(self, rows: beam.PCollection) -> beam.PCollection:
        return (
            rows
            | "Shard"
            >> beam.Map(_by_shard, self.table, max(self.shards, 1)).with_output_types(tuple[int, self.table.record])
            | "GroupByShard" >> beam.GroupByKey()
            | "WriteFile" >> beam.Map(_stage, self.destination, self.run_id, self.day, self.table, self.mark)
        )


def _by_shard(row: Any, table: Table, shards: int) -> tuple[int, Any]:
    key = "\x1f".join(str(getattr(row, name)) for name in table.key)
    return zlib.crc32(key.encode()) % shards, row


def _stage(
    sharded: tuple[int, Iterable[Any]],
    destination: Destination,
    run_id: str,
    day: datetime.date,
    table: Table,
    mark: str,
) -> StagedFile:
    shard, rows = sharded
    ordered = sorted(rows, key=lambda row: tuple(str(getattr(row, name)) for name in table.key))
    with said_so(destination.root):
        staged = destination.stage(run_id, table, day, f"{mark}{shard}", ordered)
    Metrics.counter(NAMESPACE, f"{table.name}|written|").inc(staged.rows)
    for refusal in staged.refused:
        Metrics.counter(NAMESPACE, f"{table.name}|{DEAD}|{refusal.reason}").inc()
    return staged


def _letters(staged: StagedFile) -> list[DeadLetter]:
    return [refused_letter(staged.table, refusal, Timestamp.now()) for refusal in staged.refused]


def refused_letter(table: str, refusal: Refusal, now: Timestamp) -> DeadLetter:
    """The dead letter of a row that a destination does not take. No run tries it again: it would refuse it again."""
    return DeadLetter(
        dead_letter_id=hash_id("dead_letter", "write", table, refusal.row),
        stage="write",
        reason=refusal.reason,
        message=refusal.message[:1000],
        key=table,
        payload=refusal.row,
        failed_at=now,
        attempts=1,
        retry_at=None,
        replayed_at=None,
    )


def _commit(keyed: tuple[str, Iterable[StagedFile]], destination: Destination) -> list[StagedFile]:
    run_id, files = keyed
    staged = sorted(files)
    for file in staged:
        if file.refused and file.table == DEAD_LETTERS.name:
            raise DestinationError(f"{destination.root}: refuses dead letters: {file.refused[0].message}")
    committed = [file._replace(refused=()) for file in staged]
    with said_so(destination.root):
        destination.commit(run_id, committed)
    return committed


@dataclasses.dataclass
class ReadLive(beam.PTransform):
    """In: times (float, seconds since 1970) of what is new. Out: records of `table` that may still concern it.

    Those are the rows whose own time, from the first to the second of `columns`, is within `live_days` of a new one.
    A row cannot have been written before it happened, so only files written since then are opened: days of them in
    daily use, not years. One date far off, such as a page has by mistake, brings its own few rows and no others.
    """

    destination: Destination
    table: Table
    columns: tuple[str, str]
    live_days: int

    def expand(self, times: beam.PCollection) -> beam.PCollection:
        return (
            times
            | "Spans" >> beam.CombineGlobally(_SpansFn()).without_defaults()
            | "Files" >> beam.FlatMap(_live_files, self.destination, self.table, self.live_days)
            | "Spread" >> beam.Reshuffle()
            | "Read" >> self.reader()
        )

    def reader(self) -> beam.PTransform:
        """In: a file and the spans of time that it is read for. Out: records."""
        found = beam.FlatMap(_read_live, self.destination, self.table, self.columns)
        return found.with_output_types(self.table.record)


@dataclasses.dataclass
class ReadLiveBlocks(ReadLive):
    """The same records in blocks of columns (`archive.pack`), one a file: many that few are looked at of."""

    def reader(self) -> beam.PTransform:
        found = beam.Map(_read_block, self.destination, self.table, self.columns)
        return found.with_output_types(bytes)


class _SpansFn(beam.CombineFn):
    """The least and the greatest number of each day."""

    def create_accumulator(self) -> dict[int, tuple[float, float]]:
        return {}

    def add_input(self, days: dict[int, tuple[float, float]], time: float) -> dict[int, tuple[float, float]]:
        low, high = days.get(day := int(time // DAY_SECONDS), (time, time))
        days[day] = min(low, time), max(high, time)
        return days

    def merge_accumulators(self, parts: Iterable[dict[int, tuple[float, float]]]) -> dict[int, tuple[float, float]]:
        merged: dict[int, tuple[float, float]] = {}
        for part in parts:
            for day, (low, high) in part.items():
                before = merged.get(day, (low, high))
                merged[day] = min(low, before[0]), max(high, before[1])
        return merged

    def extract_output(self, days: dict[int, tuple[float, float]]) -> list[tuple[float, float]]:
        return sorted(days.values())


def live_spans(spans: Iterable[tuple[float, float]], margin: float) -> list[tuple[float, float]]:
    """Spans of time made wider by `margin` on both sides; those that meet then are one."""
    wide: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if wide and low - margin <= wide[-1][1]:
            wide[-1] = wide[-1][0], max(wide[-1][1], high + margin)
        else:
            wide.append((low - margin, high + margin))
    return wide


def _live_files(
    spans: list[tuple[float, float]], destination: Destination, table: Table, live_days: int
) -> list[tuple[str, list[tuple[float, float]]]]:
    live = live_spans(spans, live_days * DAY_SECONDS)
    first_day = datetime.datetime.fromtimestamp(live[0][0], datetime.UTC).date()
    return [(path, live) for path in destination.files(table, first_day)]


def _read_live(
    found: tuple[str, list[tuple[float, float]]], destination: Destination, table: Table, columns: tuple[str, str]
) -> list[Any]:
    path, live = found
    return destination.read(path, table, _filters(live, table, columns))


def _read_block(
    found: tuple[str, list[tuple[float, float]]], destination: Destination, table: Table, columns: tuple[str, str]
) -> bytes:
    path, live = found
    return pack(destination.read_columns(path, table, _filters(live, table, columns)))


def _filters(live: list[tuple[float, float]], table: Table, columns: tuple[str, str]) -> list[list[tuple]]:
    """Rows whose time, from the first to the second column, meets one of the spans, in pyarrow's words."""
    first, last = columns
    return [[(last, ">=", _as(table, last, low)), (first, "<=", _as(table, first, high))] for low, high in live]


def _as(table: Table, column: str, seconds: float) -> Any:
    if pa.types.is_floating(table.schema.field(column).type):
        return seconds
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
