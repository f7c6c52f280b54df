"""Rows of an unbounded source into a dataset, each as it comes; rows that BigQuery refuses into dead letters.

By insertAll unless `bigquery.method` says otherwise. Every row has an insert id that is a hash of its content, so that
BigQuery itself drops most of what a retried bundle sends again; what slips through is one row in the views, as always.
"""

import dataclasses
import datetime
import json
import shutil
from collections.abc import Iterable, Mapping
from typing import Any

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.utils.timestamp import Timestamp

from pipeline.bigquery.client import plain_errors
from pipeline.bigquery.dataset import BigQuery
from pipeline.bigquery.schema import DAY, schema_fields, stored_schema
from pipeline.destination import Refusal
from pipeline.sinks import refused_letter
from pipeline.tables import DEAD_LETTERS, Table, to_json
from transforms.errors import DestinationError, UsageError
from transforms.fates import DEAD, NAMESPACE
from transforms.records import DeadLetter, hash_id

MAX_ROWS = 500  # of one request, as BigQuery recommends
MAX_REQUEST_BYTES = 9_000_000  # BigQuery takes 10 MB
MAX_ROW_BYTES = 9_000_000
MAX_KEPT = 100_000  # characters of a row that is too large


@dataclasses.dataclass
class WriteStreams(beam.PTransform):
    """In: for each table, its records, dead letters among them. Out: nothing that matters.

    The tables must be there (`BigQuery.prepared`). Dead letters that are themselves refused stop the pipeline: there is
    no place left to keep them.
    """

    destination: BigQuery

    def expand(self, records) -> beam.PCollection:
        refused = [
            rows | f"Stream {table.name}" >> WriteStream(self.destination, table)
            for table, rows in records.items()
            if table != DEAD_LETTERS
        ]
        letters = [*refused, records[DEAD_LETTERS]] | "AllLetters" >> beam.Flatten()
        lost = letters | f"Stream {DEAD_LETTERS.name}" >> WriteStream(self.destination, DEAD_LETTERS)
        return lost | "NoneLost" >> beam.Map(_give_up).with_output_types(DeadLetter)


@dataclasses.dataclass
class WriteStream(beam.PTransform):
    """In: records of `table`. Out: DeadLetter for each row that BigQuery refuses; the others are written."""

    destination: BigQuery
    table: Table

    def expand(self, rows: beam.PCollection) -> beam.PCollection:
        if self.destination.settings.method == "storage_write_api":
            return rows | _StorageWrite(self.destination, self.table)
        return (
            rows
            | "Batch" >> beam.BatchElements(min_batch_size=MAX_ROWS, max_batch_size=MAX_ROWS)
            | "Insert" >> beam.ParDo(_InsertFn(self.destination, self.table)).with_output_types(DeadLetter)
        )


class _InsertFn(beam.DoFn):
    """In: list of records. Out: DeadLetter. What fails as a whole is raised: the runner sends the bundle again."""

    def __init__(self, destination: BigQuery, table: Table):
        self.destination, self.table = destination, table

    def setup(self) -> None:
        self.client = self.destination.client()

    def process(self, records: list[Any]) -> Iterable[DeadLetter]:
        now = Timestamp.now()
        rows = [to_json(record) for record in records]
        fitting, refused = _by_size(rows)
        for part in _requests(fitting):
            refused += self._insert(part, now.to_utc_datetime().date())
        Metrics.counter(NAMESPACE, f"{self.table.name}|written|").inc(len(rows) - len(refused))
        for refusal in refused:
            Metrics.counter(NAMESPACE, f"{self.table.name}|{DEAD}|{refusal.reason}").inc()
            yield refused_letter(self.table.name, refusal, now)

    def _insert(self, rows: list[dict[str, Any]], day: datetime.date) -> list[Refusal]:
        """One request. BigQuery names the rows that it refuses and takes the others."""
        address = f"{self.destination.dataset}.{self.table.name}"
        with plain_errors(self.destination.root):
            errors = self.client.insert_rows_json(
                address,
                [{DAY: day.isoformat(), **row} for row in rows],
                row_ids=[hash_id("row", self.table.name, _dumped(row)) for row in rows],
                skip_invalid_rows=True,
            )
        return [_refusal(rows[error["index"]], error["errors"]) for error in errors]


def _refusal(row: dict[str, Any], errors: list[Mapping[str, str]]) -> Refusal:
    first = errors[0] if errors else {}
    said = "; ".join(f"{each.get('location') or 'row'}: {each.get('message')}" for each in errors)
    return Refusal(first.get("reason") or "refused", said, _dumped(row))


def _by_size(rows: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Refusal]]:
    """Rows that fit into a request, and refusals of those that are too large for any."""
    fitting, refused = [], []
    for row in rows:
        dumped = _dumped(row)
        if len(dumped.encode()) <= MAX_ROW_BYTES:
            fitting.append(row)
        else:
            refused.append(Refusal("too_large", f"a row may have {MAX_ROW_BYTES:,} bytes", dumped[:MAX_KEPT]))
    return fitting, refused


def _requests(rows: Iterable[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    """Rows in parts that are small enough for one request each."""
    part: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        length = len(_dumped(row).encode())
        if part and size + length > MAX_REQUEST_BYTES:
            yield part
            part, size = [], 0
        part.append(row)
        size += length
    if part:
        yield part


def _dumped(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _give_up(letter: DeadLetter) -> DeadLetter:
    raise DestinationError(f"BigQuery refuses a dead letter: {letter.message}")


@dataclasses.dataclass
class _StorageWrite(beam.PTransform):
    """In: records of one table. Out: DeadLetter for each row that is refused. Beam's own sink; needs Java."""

    destination: BigQuery
    table: Table

    def expand(self, rows: beam.PCollection) -> beam.PCollection:
        if not shutil.which("java"):
            raise UsageError("bigquery.method=storage_write_api needs Java where the pipeline is started")
        from apache_beam.io.gcp.bigquery import WriteToBigQuery

        project, dataset = self.destination.project, self.destination.name
        fields = [field.to_api_repr() for field in schema_fields(stored_schema(self.table))]
        written = (
            rows
            | "ToJson" >> beam.Map(_with_day)
            | "Write"
            >> WriteToBigQuery(
                f"{project}:{dataset}.{self.table.name}",
                schema={"fields": fields},
                method=WriteToBigQuery.Method.STORAGE_WRITE_API,
                create_disposition="CREATE_NEVER",
                use_at_least_once=True,
            )
        )
        refuse = beam.Map(_storage_letter, self.table.name).with_output_types(DeadLetter)
        return written.failed_rows_with_errors | "Refused" >> refuse


def _with_day(record: Any) -> dict[str, Any]:
    return {DAY: Timestamp.now().to_utc_datetime().date().isoformat(), **to_json(record)}


def _storage_letter(failed: Mapping[str, Any], table: str) -> DeadLetter:
    row = json.dumps(failed["failed_row"], ensure_ascii=False, sort_keys=True, default=str)
    return refused_letter(table, Refusal("refused", failed["error_message"], row), Timestamp.now())
