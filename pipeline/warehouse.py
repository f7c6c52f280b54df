"""Questions in SQL: the tables and views of a destination, read-only, in DuckDB."""

import contextlib
import itertools
import logging
import re
import tempfile
import threading
import time
from collections.abc import Iterator, Set
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.destination import Answer, require
from pipeline.folder import Folder
from pipeline.tables import TABLES, Table
from transforms.errors import DestinationError, NewsbeamError, UsageError

# Each after those that it reads from.
VIEWS = (
    "story_merges",
    "articles",
    "stories",
    "event_merges",
    "article_events",
    "events",
    "polls",
    "feeds",
    "dead_letters",
    "rejections",
    "runs",
)
LOG = logging.getLogger("newsbeam")
MEMORY = "2GB"  # of a query, as far as DuckDB counts it
SPILL = "20GB"  # of a query, in temporary files, when its memory is full
ROWS_AT_ONCE = 10_000
TRIES = 20  # of a query whose files are merged while it reads; a merge comes once in dozens of runs
_PARQUET = ds.ParquetFileFormat(
    default_fragment_scan_options=ds.ParquetFragmentScanOptions(page_checksum_verification=True)
)
_UNREADABLE = re.compile(r"reading the stream registered as .* failed", re.DOTALL)
_DAY = pa.schema([("day", pa.date32())])
_GONE = re.compile(r"Failed to open (local )?file .*(No such file|not found)", re.IGNORECASE | re.DOTALL)


class FilesChanged(DestinationError):
    """A run merged files that this connection had listed."""


class _FilesDamaged(DestinationError):
    """Files that this connection had listed cannot be read."""

    def __init__(self, paths: Set[str]):
        super().__init__(f"damaged: {', '.join(sorted(paths))}")
        self.paths = paths


def view_sql(name: str, dataset: str) -> str:
    """The SELECT of a view, over the tables of `dataset` (a prefix with its dot, or nothing)."""
    text = resources.files("pipeline").joinpath("sql", f"{name}.sql").read_text("utf-8")
    return text.replace("{dataset}.", dataset)


@contextlib.contextmanager
def open_warehouse(destination: Folder, without: Set[str] = frozenset()) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees the destination's logs and views and nothing else: no files, no network, no settings.

    `without` are files to leave out.
    """
    require(destination)
    with (
        tempfile.TemporaryDirectory(prefix="newsbeam-") as spill,
        duckdb.connect(config={"python_enable_replacements": False}) as connection,
    ):
        for table in TABLES:
            connection.register(table.name, _dataset(destination, table, without))
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"SET temp_directory = '{spill}'")
        connection.execute(f"SET max_temp_directory_size = '{SPILL}'")
        connection.execute("SET enable_external_access = false")
        for name in VIEWS:
            connection.execute(f"CREATE TEMP VIEW {name} AS {view_sql(name, '')}")
        connection.execute("SET lock_configuration = true")
        yield connection


def query(destination: Folder, sql: str, seconds: float) -> Answer:
    """As `ask`, on a destination that a run may be writing to, and in which files may be damaged.

    It is asked anew if merged files were taken away before its first rows were there, and without files that cannot be
    read. The rows come as they are read, and keep the connection until they are all there.
    """
    without: Set[str] = frozenset()
    for last in (*[False] * (TRIES - 1), True):
        try:
            return _begin(destination, sql, seconds, without)
        except FilesChanged:
            if last:
                raise
        except _FilesDamaged as damaged:
            without |= damaged.paths
            LOG.error("%s; left out", damaged)
    raise DestinationError(f"{destination.root}: its files are being damaged while they are read")


def _begin(destination: Folder, sql: str, seconds: float, without: Set[str]) -> Answer:
    """As `ask`; the answer's rows close the connection behind them."""
    with contextlib.ExitStack() as stack:
        connection = stack.enter_context(open_warehouse(destination, without))
        try:
            answer = ask(connection, sql, seconds)
        except UsageError as error:
            if not _UNREADABLE.search(str(error)) or not (damaged := _damaged(destination, without)):
                raise
            raise _FilesDamaged(damaged) from error
        rows = _closing(stack.pop_all(), answer.rows)
    return Answer(answer.columns, rows)


def _damaged(destination: Folder, without: Set[str]) -> Set[str]:
    """The files that cannot be read. Reads them all: for when something has failed."""
    paths = {path for table in TABLES for path in destination.files(table)} - without
    try:
        return frozenset(path for path in paths if not destination.is_whole(path))
    except FileNotFoundError as error:
        raise FilesChanged("files were merged while they were read; ask again") from error


def _closing(stack: contextlib.ExitStack, rows: Iterator[tuple]) -> Iterator[tuple]:
    with stack:
        yield from rows


def ask(connection: duckdb.DuckDBPyConnection, sql: str, seconds: float) -> Answer:
    """The answer to one query. Of many rows the first are here, the others are read as they are asked for.

    UsageError if the SQL is wrong, NewsbeamError if it takes longer than `seconds` or too much memory, FilesChanged if
    it is to be asked again on another connection: here or while the rows are read.
    """
    clock = _Clock(connection, seconds)
    with clock.running():
        result = connection.execute(sql)
        if result is None:
            raise UsageError("there is no query; write for example SELECT * FROM events")
        columns = [column[0] for column in result.description or ()]
        first = result.fetchmany(ROWS_AT_ONCE) if columns else []
    more = _rows(result, clock) if len(first) == ROWS_AT_ONCE else ()
    return Answer(columns, itertools.chain(first, more))


def _rows(result: duckdb.DuckDBPyConnection, clock: "_Clock") -> Iterator[tuple]:
    while True:
        with clock.running():
            rows = result.fetchmany(ROWS_AT_ONCE)
        if not rows:
            return
        yield from rows


class _Clock:
    """The time that a query may take: the database's, not that of whoever reads its answer."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, seconds: float):
        self.connection, self.seconds, self.left = connection, seconds, seconds

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Interrupts what is done in the context when the time is up; errors of the database as ours."""
        timer = threading.Timer(max(self.left, 0.0), self.connection.interrupt)
        began = time.monotonic()
        timer.start()
        try:
            yield
        except duckdb.InterruptException as error:
            words = f"the query ran longer than {self.seconds:g} seconds; ask for less, or raise --seconds"
            raise NewsbeamError(words) from error
        except duckdb.OutOfMemoryException as error:
            words = f"the query takes more than {MEMORY} of memory and {SPILL} of disk; ask for less"
            raise NewsbeamError(words) from error
        except duckdb.Error as error:
            if _GONE.search(str(error)):
                raise FilesChanged("files were merged while they were read; ask again") from error
            raise UsageError(str(error)) from error
        finally:
            timer.cancel()
            self.left -= time.monotonic() - began


def _dataset(destination: Folder, table: Table, without: Set[str]) -> Any:
    """The committed files of a table as one relation; times are UTC, without a zone, as DuckDB computes with them."""
    fields = [pa.field(f.name, _without_zone(f.type)) for f in table.schema]
    schema = pa.schema([*fields, *_DAY])
    files = [path for path in destination.files(table) if path not in without]
    if not files:
        return schema.empty_table()
    filesystem = None
    if not destination.local:
        filesystem, _ = pa.fs.FileSystem.from_uri(destination.root)
        files = [path.removeprefix("gs://") for path in files]
    partitioning = ds.partitioning(_DAY, flavor="hive")
    try:
        return ds.dataset(files, schema=schema, format=_PARQUET, partitioning=partitioning, filesystem=filesystem)
    except FileNotFoundError as error:  # between listing and opening
        raise FilesChanged("files were merged while they were listed; ask again") from error


def _without_zone(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_timestamp(kind):
        return pa.timestamp(kind.unit)
    if pa.types.is_list(kind):
        return pa.list_(_without_zone(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(f.name, _without_zone(f.type)) for f in kind])
    return kind
