"""Questions in SQL: the tables and views of a destination, read-only, in DuckDB."""

import contextlib
import re
import threading
from collections.abc import Iterator
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
TRIES = 20  # of a query whose files are merged while it reads; a merge comes once in dozens of runs
_DAY = pa.schema([("day", pa.date32())])
_GONE = re.compile(r"Failed to open (local )?file .*(No such file|not found)", re.IGNORECASE | re.DOTALL)


class FilesChanged(DestinationError):
    """A run merged files that this connection had listed."""


def view_sql(name: str, dataset: str) -> str:
    """The SELECT of a view, over the tables of `dataset` (a prefix with its dot, or nothing)."""
    text = resources.files("pipeline").joinpath("sql", f"{name}.sql").read_text("utf-8")
    return text.replace("{dataset}.", dataset)


@contextlib.contextmanager
def open_warehouse(destination: Folder) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees the destination's logs and views and nothing else: no files, no network, no settings."""
    require(destination)
    connection = duckdb.connect(config={"python_enable_replacements": False})
    try:
        for table in TABLES:
            connection.register(table.name, _dataset(destination, table))
        connection.execute("SET enable_external_access = false")
        for name in VIEWS:
            connection.execute(f"CREATE TEMP VIEW {name} AS {view_sql(name, '')}")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def query(destination: Folder, sql: str, seconds: float) -> Answer:
    """As `ask`, on a destination that a run may be writing to: asked anew if merged files were taken away meanwhile."""
    for _ in range(TRIES - 1):
        with contextlib.suppress(FilesChanged), open_warehouse(destination) as connection:
            return ask(connection, sql, seconds)
    with open_warehouse(destination) as connection:
        return ask(connection, sql, seconds)


def ask(connection: duckdb.DuckDBPyConnection, sql: str, seconds: float) -> Answer:
    """The answer to one query.

    UsageError if the SQL is wrong, NewsbeamError if it runs longer than `seconds`, FilesChanged if it is to be asked
    again on another connection.
    """
    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        result = connection.execute(sql)
        if result is None:
            raise UsageError("there is no query; write for example SELECT * FROM events")
        rows = result.fetchall() if result.description else []
        return Answer([column[0] for column in result.description or ()], iter(rows))
    except duckdb.InterruptException as error:
        raise NewsbeamError(
            f"the query ran longer than {seconds:g} seconds; ask for less, or raise --seconds"
        ) from error
    except duckdb.Error as error:
        if _GONE.search(str(error)):
            raise FilesChanged("files were merged while they were read; ask again") from error
        raise UsageError(str(error)) from error
    finally:
        timer.cancel()


def _dataset(destination: Folder, table: Table) -> Any:
    """All committed files of a table as one relation; times are UTC, without a zone, as DuckDB computes with them."""
    fields = [pa.field(f.name, _without_zone(f.type)) for f in table.schema]
    schema = pa.schema([*fields, *_DAY])
    files = destination.files(table)
    if not files:
        return schema.empty_table()
    filesystem = None
    if not destination.local:
        filesystem, _ = pa.fs.FileSystem.from_uri(destination.root)
        files = [path.removeprefix("gs://") for path in files]
    partitioning = ds.partitioning(_DAY, flavor="hive")
    try:
        return ds.dataset(files, schema=schema, format="parquet", partitioning=partitioning, filesystem=filesystem)
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
