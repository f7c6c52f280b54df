"""Where a run writes and what it remembers: what every kind of destination can do, and which one a text names."""

import abc
import datetime
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Optional

import pyarrow as pa

from pipeline.config import BigQueryConfig
from pipeline.tables import Table, to_arrow
from transforms.errors import DestinationError, UsageError

KINDS = "name a folder, gs://bucket/folder or bigquery:PROJECT.DATASET"


class Refusal(NamedTuple):
    """A row that the destination does not take: a word for the reason, what it said, and the row as JSON."""

    reason: str
    message: str
    row: str


class StagedFile(NamedTuple):
    """Rows that wait for their commit. Addresses are relative to the destination."""

    table: str
    staged: str
    final: str
    rows: int
    refused: Sequence[Refusal] = ()


class Answer(NamedTuple):
    """The result of one query: column names, and rows of Python values."""

    columns: list[str]
    rows: Iterator[tuple]


class Limits(NamedTuple):
    """What a query may take: seconds, and bytes that a destination bills for."""

    seconds: float
    max_bytes: int


class Destination(abc.ABC):
    """A destination by its address. Holds nothing open, so it travels to workers as it is."""

    root: str  # its address, as a user writes it

    @abc.abstractmethod
    def exists(self) -> bool:
        """Whether a run has written here before."""

    @abc.abstractmethod
    def writing(self) -> AbstractContextManager["Destination"]:
        """The right to write, recovered from runs that were interrupted. DestinationError if another run has it."""

    @abc.abstractmethod
    def stage(self, run_id: str, table: Table, day: datetime.date, shard: str, rows: Iterable[Any]) -> StagedFile:
        """Writes records that wait for the commit of `run_id`. The same call writes the same."""

    @abc.abstractmethod
    def commit(self, run_id: str, files: Iterable[StagedFile]) -> None:
        """Makes all that was staged part of the tables, whole or not at all. Twice is once."""

    @abc.abstractmethod
    def append(self, run_id: str, table: Table, day: datetime.date, rows: Iterable[Any]) -> None:
        """Stages and commits a few records on their own."""

    @abc.abstractmethod
    def files(self, table: Table, first_day: Optional[datetime.date] = None) -> list[str]:
        """What of a table can be read on its own, written on `first_day` or later; oldest first."""

    @abc.abstractmethod
    def read(self, path: str, table: Table, filters: Any = None) -> list[Any]:
        """The records of one of `files` that pass a pyarrow filter: a list of lists of (column, operator, value)."""

    def read_columns(self, path: str, table: Table, filters: Any = None) -> pa.Table:
        """The same rows in columns; a column that an older version did not write is null."""
        return to_arrow(table, self.read(path, table, filters))

    @abc.abstractmethod
    def newest(self, table: Table, first_day: Optional[datetime.date] = None) -> dict[tuple, Any]:
        """The newest record of every key of a table, written on `first_day` or later."""

    @abc.abstractmethod
    def compact(self, today: datetime.date) -> None:
        """Keeps reading fast after many small runs."""

    @abc.abstractmethod
    def query(self, sql: str, limits: Limits) -> Answer:
        """The answer to one SELECT. UsageError if it is wrong, NewsbeamError if it takes more than it may."""

    @abc.abstractmethod
    def cost(self, sql: str) -> int:
        """The bytes that a query would be billed for."""


def parse_destination(text: str, settings: Optional[BigQueryConfig] = None) -> Destination:
    """The destination that `text` names. UsageError if there is no such kind.

    Beam's filesystems take *, ? and [ for a pattern, also where they delete: no folder may have them.
    """
    if text.startswith("bigquery:"):
        from pipeline.bigquery.dataset import parse_bigquery

        return parse_bigquery(text, settings or BigQueryConfig())
    scheme = text.partition("://")[0] if "://" in text else ""
    if scheme not in ("", "gs"):
        raise UsageError(f"{text}: unknown kind of destination; {KINDS}")
    if set(text) & set("*?["):
        raise UsageError(f"{text}: the name of a destination may not have *, ? or [ in it")
    if not text.strip():
        raise UsageError("the destination is empty; name a folder, for example ./news")
    from pipeline.folder import Folder

    return Folder(text.rstrip("/") or "/")


def require(destination: Destination) -> None:
    """DestinationError if there are no tables to read."""
    if not destination.exists():
        raise DestinationError(
            f"{destination.root}: no tables here; make them with `newsbeam run --to {destination.root}`"
        )


def new_run_id(kind: str = "run") -> str:
    """A name for a run and its files: it begins with the time, so names sort. No id of any row depends on it."""
    return f"{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%S%f}-{kind}-{uuid.uuid4().hex[:6]}"
