"""Reading from and writing to a destination inside the graph."""

import dataclasses
import datetime
import zlib
from collections.abc import Iterable
from typing import Any

import apache_beam as beam
import pyarrow as pa
from apache_beam.metrics import Metrics

from pipeline.destination import Folder, StagedFile
from pipeline.tables import Table
from transforms.fates import NAMESPACE


@dataclasses.dataclass
class WriteTables(beam.PTransform):
    """In: for each table, its records. Out: StagedFile, committed: all tables together, or none of them.

    Files have deterministic names, so a bundle that is retried writes the same file again.
    """

    destination: Folder
    run_id: str
    day: datetime.date
    shards: int

    def expand(self, records) -> beam.PCollection:
        staged = [
            rows | f"Stage {table.name}" >> _StageTable(self.destination, self.run_id, self.day, self.shards, table)
            for table, rows in records.items()
        ]
        return (
            staged
            | "AllFiles" >> beam.Flatten()
            | "KeyByRun" >> beam.WithKeys(self.run_id).with_output_types(tuple[str, StagedFile])
            | "GroupFiles" >> beam.GroupByKey()
            | "Commit" >> beam.FlatMap(_commit, self.destination)
        )


@dataclasses.dataclass
class _StageTable(beam.PTransform):
    """In: records of one table. Out: StagedFile."""

    destination: Folder
    run_id: str
    day: datetime.date
    shards: int
    table: Table

    def expand(self, rows: beam.PCollection) -> beam.PCollection:
        return (
            rows
            | "Shard"
            >> beam.Map(_by_shard, self.table, max(self.shards, 1)).with_output_types(tuple[int, self.table.record])
            | "GroupByShard" >> beam.GroupByKey()
            | "WriteFile" >> beam.Map(_stage, self.destination, self.run_id, self.day, self.table)
        )


def _by_shard(row: Any, table: Table, shards: int) -> tuple[int, Any]:
    key = "\x1f".join(str(getattr(row, name)) for name in table.key)
    return zlib.crc32(key.encode()) % shards, row


def _stage(
    sharded: tuple[int, Iterable[Any]], destination: Folder, run_id: str, day: datetime.date, table: Table
) -> StagedFile:
    shard, rows = sharded
    ordered = sorted(rows, key=lambda row: tuple(str(getattr(row, name)) for name in table.key))
    Metrics.counter(NAMESPACE, f"{table.name}|written|").inc(len(ordered))
    return destination.stage(run_id, table, day, str(shard), ordered)


def _commit(keyed: tuple[str, Iterable[StagedFile]], destination: Folder) -> list[StagedFile]:
    run_id, files = keyed
    committed = sorted(files)
    destination.commit(run_id, committed)
    return committed


@dataclasses.dataclass
class ReadLive(beam.PTransform):
    """In: times (float, seconds since 1970) of what is new. Out: records of `table` that may still concern it.

    Those are the rows whose own time, from the first to the second of `columns`, is within `live_days` of the new
    ones. A row cannot have been written before it happened, so only files written since then are opened: days of them
    in daily use, not years.
    """

    destination: Folder
    table: Table
    columns: tuple[str, str]
    live_days: int

    def expand(self, times: beam.PCollection) -> beam.PCollection:
        return (
            times
            | "Span" >> beam.CombineGlobally(_SpanFn()).without_defaults()
            | "Files" >> beam.FlatMap(_live_files, self.destination, self.table, self.live_days)
            | "Spread" >> beam.Reshuffle()
            | "Read"
            >> beam.FlatMap(_read_live, self.destination, self.table, self.columns).with_output_types(self.table.record)
        )


class _SpanFn(beam.CombineFn):
    """The least and the greatest of some numbers."""

    def create_accumulator(self) -> tuple[float, float]:
        return float("inf"), float("-inf")

    def add_input(self, span: tuple[float, float], time: float) -> tuple[float, float]:
        return min(span[0], time), max(span[1], time)

    def merge_accumulators(self, spans: Iterable[tuple[float, float]]) -> tuple[float, float]:
        spans = list(spans)
        return min(low for low, _ in spans), max(high for _, high in spans)

    def extract_output(self, span: tuple[float, float]) -> tuple[float, float]:
        return span


def _live_files(
    span: tuple[float, float], destination: Folder, table: Table, live_days: int
) -> list[tuple[str, float, float]]:
    margin = live_days * 86_400.0
    low, high = span[0] - margin, span[1] + margin
    first_day = datetime.datetime.fromtimestamp(low, datetime.UTC).date()
    return [(path, low, high) for path in destination.files(table, first_day)]


def _read_live(
    found: tuple[str, float, float], destination: Folder, table: Table, columns: tuple[str, str]
) -> list[Any]:
    path, low, high = found
    first, last = columns
    return destination.read(path, table, [(last, ">=", _as(table, last, low)), (first, "<=", _as(table, first, high))])


def _as(table: Table, column: str, seconds: float) -> Any:
    if pa.types.is_floating(table.schema.field(column).type):
        return seconds
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
