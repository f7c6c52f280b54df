"""A BigQuery dataset as a destination: one writer at a time, and commits that happen whole or not at all.

A run loads its rows into staging tables (load jobs are free and replace what is there), then one transaction copies
them all into the logs and enters the run in `newsbeam_commits`. The transaction also touches the lease of the run in
`newsbeam_lease`: BigQuery lets only one of two transactions through that change the same row, so a run whose lease
was taken over cannot commit, however late it comes.
"""

import contextlib
import dataclasses
import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any, Optional

import pyarrow as pa

from pipeline.bigquery.client import bigquery, emulated, open_client, plain_errors, run_job, soon
from pipeline.bigquery.lease import UNTIL, lease, new_holder
from pipeline.bigquery.loading import load_rows
from pipeline.bigquery.schema import COMMITS, DAY, LEASE, ensure_dataset, ensure_tables, stored_schema
from pipeline.config import BigQueryConfig
from pipeline.destination import Answer, Destination, Limits, StagedFile, require
from pipeline.tables import TABLES, Table, from_arrow, to_arrow
from transforms.errors import DestinationError, NewsbeamError, UsageError

METHODS = ("streaming_inserts", "storage_write_api")
LEAST_DAYS = 36  # feeds and dead letters are remembered for 35
_NAME = re.compile(r"bigquery:((?:[a-z0-9.-]+:)?[a-z][a-z0-9-]*)\.(\w+)")
_OPERATORS = frozenset({"=", "<", ">", "<=", ">="})


def parse_bigquery(text: str, settings: BigQueryConfig) -> "BigQuery":
    """The dataset that `bigquery:PROJECT.DATASET` names. UsageError if it names none."""
    found = _NAME.fullmatch(text)
    if not found:
        raise UsageError(f"{text}: expected bigquery:PROJECT.DATASET, for example bigquery:my-project.news")
    if settings.method not in METHODS:
        raise UsageError(f"bigquery.method: expected {' or '.join(METHODS)}, got {settings.method!r}")
    if 0 < settings.expire_days < LEAST_DAYS:
        raise UsageError(f"bigquery.expire_days: expected 0 (never) or at least {LEAST_DAYS}: runs remember that long")
    return BigQuery(found[1], found[2], settings)


@dataclasses.dataclass(frozen=True)
class BigQuery(Destination):
    """A destination by its address.

    Args:
        holder: who holds the lease; only known while writing.
        location: where the dataset is; only known while writing.
    """

    project: str
    name: str
    settings: BigQueryConfig
    holder: Optional[str] = None
    location: Optional[str] = None

    @property
    def root(self) -> str:
        """Its address, as a user writes it."""
        return f"bigquery:{self.dataset}"

    @property
    def dataset(self) -> str:
        """Its name as the client takes it."""
        return f"{self.project}.{self.name}"

    def client(self) -> Any:
        """A new client; it holds connections, so it stays where it was made."""
        return open_client(self.project, self.location)

    def exists(self) -> bool:
        """Whether a run has written here before."""
        from google.api_core import exceptions

        with plain_errors(self.root):
            try:
                self.client().get_table(f"{self.dataset}.{COMMITS}", retry=soon())
            except exceptions.NotFound:
                return False
            return True

    def prepared(self) -> "BigQuery":
        """With its tables and views made or brought up to date. A stream needs no more: it commits row by row."""
        with plain_errors(self.root):
            client = self.client()
            location = ensure_dataset(client, self.dataset, self.settings.location).location
            ensure_tables(client, self.dataset, self.settings.expire_days)
            return dataclasses.replace(self, location=location)

    @contextlib.contextmanager
    def writing(self) -> Iterator["BigQuery"]:
        """The right to write: tables made, the lease taken and renewed. DestinationError if another run has it."""
        held = dataclasses.replace(self.prepared(), holder=new_holder())
        with lease(held.client, self.dataset, held.holder):
            yield held

    def stage(self, run_id: str, table: Table, day: datetime.date, shard: str, rows: Iterable[Any]) -> StagedFile:
        """Loads records into a table that waits for the commit of `run_id`. The same call loads the same, once."""
        arrow = to_arrow(table, rows)
        schema = stored_schema(table)
        days = pa.array([day] * arrow.num_rows, pa.date32())
        stored = pa.table([days, *arrow.columns], schema=schema)
        staged = "_".join(("staging", run_id.replace("-", "_"), table.name, shard))
        with plain_errors(self.root):
            loaded = load_rows(self.client(), f"{self.dataset}.{staged}", f"{run_id}-{table.name}-{shard}", stored)
        return StagedFile(table.name, staged, table.name, loaded.rows, loaded.refused)

    def commit(self, run_id: str, files: Iterable[StagedFile]) -> None:
        """Makes all staged rows part of the logs in one transaction. Once is enough. Refused without the lease."""
        filled = sorted({file for file in files if file.rows})
        with plain_errors(self.root):
            client = self.client()
            sql = self._commit_sql(run_id, filled)

            def start(job_id: str) -> Any:
                return client.query(sql, job_id=job_id, job_retry=None)

            [row] = run_job(client, f"{run_id}-commit", start).result()
            if not row.committed:
                raise DestinationError(f"{self.root}: another run has taken over; this one has written nothing")
            for file in filled:
                client.delete_table(f"{self.dataset}.{file.staged}", not_found_ok=True)

    def _commit_sql(self, run_id: str, files: Iterable[StagedFile]) -> str:
        row, commits = self._at(LEASE), self._at(COMMITS)
        ours, done = f"holder = '{self.holder}'", f"SELECT 1 FROM {commits} WHERE run_id = '{run_id}'"
        tables = {table.name: table for table in TABLES}
        copies = []
        for file in files:
            columns = ", ".join(f"`{name}`" for name in stored_schema(tables[file.table]).names)
            copies.append(
                f"INSERT INTO {self._at(file.final)} ({columns}) SELECT {columns} FROM {self._at(file.staged)};"
            )
        return f"""
BEGIN TRANSACTION;
UPDATE {row} SET held_until = {UNTIL} WHERE {ours};
IF EXISTS (SELECT 1 FROM {row} WHERE {ours}) AND NOT EXISTS ({done}) THEN
  INSERT INTO {commits} (run_id, committed_at) VALUES ('{run_id}', CURRENT_TIMESTAMP());
  {" ".join(copies)}
END IF;
COMMIT TRANSACTION;
SELECT EXISTS ({done}) AS committed;"""

    def append(self, run_id: str, table: Table, day: datetime.date, rows: Iterable[Any]) -> None:
        """Stages and commits a few records on their own."""
        self.commit(run_id, [self.stage(run_id, table, day, "0", rows)])

    def files(self, table: Table, first_day: Optional[datetime.date] = None) -> list[str]:
        """One address: all days since `first_day`. One query reads them, which is cheaper than one a day."""
        return [(first_day or datetime.date.min).isoformat()]

    def read(self, path: str, table: Table, filters: Any = None) -> list[Any]:
        """The records written since the day `path` that pass a pyarrow filter."""
        return from_arrow(table, self.read_columns(path, table, filters))

    def read_columns(self, path: str, table: Table, filters: Any = None) -> pa.Table:
        """The same rows in columns."""
        values: dict[str, Any] = {}
        tests = " OR ".join(_conjunction(each, values) for each in filters or ())
        sql = f"SELECT {_columns(table)} FROM {self._at(table.name)} WHERE {DAY} >= @first_day"
        return self._rows(table, f"{sql} AND ({tests})" if tests else sql, path, values)

    def newest(self, table: Table, first_day: Optional[datetime.date] = None) -> dict[tuple, Any]:
        """The newest record of every key of a table, written on `first_day` or later."""
        ranks = ", ".join(f"`{name}` DESC" for name in (table.newest, *table.ties))
        sql = (
            f"SELECT {_columns(table)} FROM {self._at(table.name)} WHERE {DAY} >= @first_day QUALIFY "
            f"ROW_NUMBER() OVER (PARTITION BY {', '.join(table.key)} ORDER BY {ranks}) = 1"
        )
        records = from_arrow(table, self._rows(table, sql, self.files(table, first_day)[0], {}))
        return {tuple(getattr(record, name) for name in table.key): record for record in records}

    def _rows(self, table: Table, sql: str, first_day: str, values: dict[str, Any]) -> pa.Table:
        with plain_errors(self.root):
            values = values | {"first_day": datetime.date.fromisoformat(first_day)}
            job = self.client().query(sql, job_config=_query_config(values, self.settings.max_bytes))
            rows = job.result().to_arrow(create_bqstorage_client=not emulated())
            return rows.select(table.schema.names).cast(table.schema)

    def compact(self, today: datetime.date) -> None:
        """Nothing to do: BigQuery keeps its storage in order by itself."""

    def query(self, sql: str, limits: Limits) -> Answer:
        """The answer to one SELECT. UsageError if it is none or wrong, NewsbeamError if it takes more than it may."""
        from concurrent.futures import TimeoutError as TooLong

        self.cost(sql)
        config = _query_config({}, limits.max_bytes, default_dataset=self.dataset)
        with plain_errors(self.root, wrong=UsageError):
            job = self.client().query(sql, job_config=config)
            try:
                result = job.result(timeout=limits.seconds)
            except TooLong as error:
                job.cancel()
                raise NewsbeamError(
                    f"the query ran longer than {limits.seconds:g} seconds; ask for less, or raise --seconds"
                ) from error
            return Answer([field.name for field in result.schema], iter([row.values() for row in result]))

    def cost(self, sql: str) -> int:
        """The bytes that a query would be billed for. UsageError if it is wrong or changes anything."""
        require(self)
        config = bigquery().QueryJobConfig(dry_run=True, use_query_cache=False, default_dataset=self.dataset)
        with plain_errors(self.root, wrong=UsageError):
            job = self.client().query(sql, job_config=config)
        if job.statement_type not in (None, "SELECT"):
            raise UsageError(f"{job.statement_type}: a query only reads; write for example SELECT * FROM events")
        return job.total_bytes_processed or 0

    def _at(self, table: str) -> str:
        return f"`{self.dataset}.{table}`"


def _columns(table: Table) -> str:
    return ", ".join(f"`{name}`" for name in table.schema.names)


def _conjunction(tests: Iterable[tuple[str, str, Any]], values: dict[str, Any]) -> str:
    """SQL of (column, operator, value)s that all hold; the values are added to `values` as parameters."""
    parts = []
    for column, operator, value in tests:
        if operator not in _OPERATORS:
            raise ValueError(f"no filter {operator!r}")
        name = f"v{len(values)}"
        values[name] = value
        parts.append(f"`{column}` {operator} @{name}")
    return f"({' AND '.join(parts)})"


def _query_config(values: dict[str, Any], max_bytes: Optional[int], **options: Any) -> Any:
    kinds = {str: "STRING", float: "FLOAT64", datetime.date: "DATE", datetime.datetime: "TIMESTAMP"}
    parameters = [bigquery().ScalarQueryParameter(name, kinds[type(v)], v) for name, v in values.items()]
    return bigquery().QueryJobConfig(query_parameters=parameters, maximum_bytes_billed=max_bytes or None, **options)
