"""A folder of Parquet logs as a destination: one writer at a time, and commits that happen whole or not at all.

    DEST/newsbeam.json                  says that the folder is ours, and its format
    DEST/_lock                          held by the run that writes
    DEST/_staging/RUN/...               files that are not committed
    DEST/_journal/RUN.json              a commit: exists from the moment that it counts until its files have moved
    DEST/TABLE_log/day=YYYY-MM-DD/...   committed files, by the day they were written
    DEST/_damaged/...                   files that could not be read, set aside

A run stages its files, writes its journal (one atomic rename or object: the commit), moves the files and removes the
journal. Whoever opens the folder for writing next rolls a journal that was left forward, and deletes what was staged
without one. Nothing else tells what was seen: entries, ETags and dead letters are rows of the same commit.

All access is by Beam's filesystems, so that `gs://` works as a folder does; on a local disk files are fsynced.
"""

import contextlib
import dataclasses
import datetime
import fcntl
import json
import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from typing import Any, Optional

import pyarrow as pa
import pyarrow.parquet as pq
from apache_beam.io.filesystems import FileSystems

from pipeline import disk
from pipeline.destination import Answer, Destination, Limits, StagedFile, new_run_id
from pipeline.tables import TABLES, Table, from_arrow, to_arrow
from transforms.errors import DestinationError, UsageError

LOG = logging.getLogger("newsbeam")
FORMAT = 1
MAX_FILES_OF_TODAY = 32  # more are merged into one: reading stays fast after thousands of small runs
MAX_DAYS_LISTED = 366  # beyond it one listing of the whole table is cheaper than one a day
DAYS_TO_COMPACT = 7  # closed days that a run still looks at
_DAY = re.compile(r"day=(\d{4}-\d{2}-\d{2})")


@dataclasses.dataclass(frozen=True)
class Folder(Destination):
    """A destination by its address. Holds nothing open, so it travels to workers as it is."""

    root: str

    @property
    def local(self) -> bool:
        """Whether it is a folder of this machine."""
        return "://" not in self.root

    def path(self, *parts: str) -> str:
        """The address of something inside."""
        return FileSystems.join(self.root, *parts)

    def exists(self) -> bool:
        """Whether a run has written here before."""
        return FileSystems.exists(self.path("newsbeam.json"))

    @contextlib.contextmanager
    def writing(self) -> Iterator["Folder"]:
        """The right to write: made ours, locked and recovered. DestinationError if another run has it."""
        with disk.said_so(self.root):
            self._claim()
            with _flock(self.path("_lock")) if self.local else _lease(self.path("_lock")):
                self.recover()
                yield self

    def _claim(self) -> None:
        if self.exists():
            found = self._format()
            if found != FORMAT:
                raise DestinationError(
                    f"{self.root}: has format {found}, this version writes {FORMAT}; use another folder"
                )
            return
        if self.local:
            disk.make_folder(self.root)
            if set(os.listdir(self.root)) - {"_lock", "newsbeam.json.new"}:  # left by a run that was interrupted here
                raise DestinationError(f"{self.root}: holds something else; name a new or an empty folder")
        self._write_small("newsbeam.json", {"format": FORMAT})

    def _format(self) -> Any:
        with FileSystems.open(self.path("newsbeam.json")) as file:
            try:
                return json.loads(file.read())["format"]
            except (ValueError, TypeError, KeyError) as error:
                raise DestinationError(f"{self.root}: its newsbeam.json is none of ours; use another folder") from error

    def recover(self) -> None:
        """Finishes commits that were interrupted; deletes what was never committed."""
        for path in self._match("_journal/*.json"):
            self._roll_forward(os.path.basename(path).removesuffix(".json"))
        FileSystems.delete(self._match("_journal/*.new"))
        self._delete_tree("_staging")

    def stage(self, run_id: str, table: Table, day: datetime.date, shard: str, rows: Iterable[Any]) -> StagedFile:
        """Writes records as one file that waits for the commit of `run_id`. The same call writes the same file."""
        return self._stage_arrow(run_id, table, day, shard, to_arrow(table, rows))

    def _stage_arrow(self, run_id: str, table: Table, day: datetime.date, shard: str, rows: pa.Table) -> StagedFile:
        final = f"{table.name}/day={day.isoformat()}/{run_id}-{shard}.parquet"
        staged = f"_staging/{run_id}/{table.name}-{day.isoformat()}-{shard}.parquet"
        with self._create(self.path(staged)) as file:
            pq.write_table(rows, file, compression="zstd", row_group_size=50_000, write_page_checksum=True)
        return StagedFile(table.name, staged, final, rows.num_rows)

    def commit(self, run_id: str, files: Iterable[StagedFile], replaced: Iterable[str] = ()) -> None:
        """Makes staged files, all of them, part of the tables, and `replaced` ones no longer. Once is enough."""
        moves = [[file.staged, file.final] for file in sorted(set(files))]
        if FileSystems.exists(staged := self.path("_staging", run_id)):  # else it was committed before
            self._sync_folder(staged)
        self._write_small(f"_journal/{run_id}.json", {"moves": moves, "replaced": sorted(replaced)})
        self._roll_forward(run_id)

    def _roll_forward(self, run_id: str) -> None:
        journal_path = self.path("_journal", f"{run_id}.json")
        journal = self._journal(journal_path)
        waiting = [(s, f) for s, f in journal["moves"] if FileSystems.exists(self.path(s))]
        for staged, final in waiting:
            self._make_parent(self.path(final))
            FileSystems.rename([self.path(staged)], [self.path(final)])
        for folder in {os.path.dirname(self.path(final)) for _, final in waiting}:
            self._sync_folder(folder)
        for _, final in journal["moves"]:
            if not FileSystems.exists(self.path(final)):
                LOG.error("%s: was committed and is missing: this disk has lost it", self.path(final))
        gone = [self.path(path) for path in journal["replaced"] if FileSystems.exists(self.path(path))]
        if gone:
            FileSystems.delete(gone)
        self._delete_tree(f"_staging/{run_id}")
        FileSystems.delete([journal_path])
        self._sync_folder(self.path("_journal"))  # were it to come back, it would miss files that were merged since

    def _journal(self, path: str) -> dict[str, Any]:
        """What a journal says. One that cannot be read commits nothing: its run's rows come again."""
        with FileSystems.open(path) as file:
            try:
                return json.loads(file.read())
            except ValueError:
                LOG.error("%s: damaged; what it was to commit comes again with the next runs", path)
                return {"moves": [], "replaced": []}

    def append(self, run_id: str, table: Table, day: datetime.date, rows: Iterable[Any]) -> None:
        """Stages and commits a few records on their own."""
        self.commit(run_id, [self.stage(run_id, table, day, "0", rows)])

    def files(self, table: Table, first_day: Optional[datetime.date] = None) -> list[str]:
        """The committed files of a table, written on `first_day` or later; oldest first."""
        days = _days_until_now(first_day) if first_day else ["*"]
        patterns = [self.path(f"{table.name}/day={day}/*.parquet") for day in days]
        matches = FileSystems.match(patterns) if patterns else []
        paths = sorted(found.path for match in matches for found in match.metadata_list)
        return [path for path in paths if first_day is None or day_of(path) >= first_day]

    def read(self, path: str, table: Table, filters: Any = None) -> list[Any]:
        """The records of one committed file, those that pass a pyarrow filter. None of a damaged one: see `_rows`."""
        return from_arrow(table, self.read_columns(path, table, filters))

    def read_columns(self, path: str, table: Table, filters: Any = None) -> pa.Table:
        """The same rows in columns; a column that an older version did not write is null."""
        rows = self._rows(path, schema=table.schema, filters=filters)
        return rows if rows.num_columns else table.schema.empty_table()

    def _rows(self, path: str, **options: Any) -> pa.Table:
        """The rows of a committed file. One that is damaged is set aside, with an error in the log, and has none."""
        try:
            with FileSystems.open(path) as file:
                return pq.read_table(file, page_checksum_verification=True, **options)
        except (pa.ArrowInvalid, OSError) as error:
            if getattr(error, "errno", None):  # the system's error, not that of the content
                raise
            self._set_aside(path, error)
            return pa.table({})

    def is_whole(self, path: str) -> bool:
        """Whether every page of a committed file can be read."""
        try:
            with FileSystems.open(path) as file:
                for _ in pq.ParquetFile(file, page_checksum_verification=True).iter_batches():
                    pass
        except FileNotFoundError:
            raise
        except (pa.ArrowInvalid, OSError):
            return False
        return True

    def _set_aside(self, path: str, error: Exception) -> None:
        inside = path.removeprefix(self.root).lstrip("/")
        aside = self.path("_damaged", inside.replace("/", "-"))
        self._make_parent(aside)
        FileSystems.rename([path], [aside])
        words = " ".join(str(error).split())
        LOG.error("%s: damaged, its rows are lost unless you have a copy; set aside as %s (%s)", path, aside, words)

    def newest(self, table: Table, first_day: Optional[datetime.date] = None) -> dict[tuple, Any]:
        """The newest record of every key of a table, as the driver needs it to begin a run."""
        rows: dict[tuple, Any] = {}
        for path in self.files(table, first_day):
            for record in self.read(path, table):
                key = tuple(getattr(record, name) for name in table.key)
                if key not in rows or getattr(rows[key], table.newest) <= getattr(record, table.newest):
                    rows[key] = record
        return rows

    def compact(self, today: datetime.date) -> None:
        """Merges the small files of closed days, and of today when there are many, into one a day and table."""
        first = today - datetime.timedelta(days=DAYS_TO_COMPACT)
        for table in TABLES:
            by_day: dict[datetime.date, list[str]] = {}
            for path in self.files(table, first):
                by_day.setdefault(day_of(path), []).append(path)
            for day, paths in by_day.items():
                if len(paths) > (MAX_FILES_OF_TODAY if day >= today else 1):
                    self._merge(table, day, paths)

    def _merge(self, table: Table, day: datetime.date, paths: list[str]) -> None:
        parts = [self._rows(path, schema=table.schema) for path in paths]
        rows = pa.concat_tables([part for part in parts if part.num_columns] or [table.schema.empty_table()])
        if table.state:
            newest = {tuple(getattr(r, k) for k in table.key): r for r in _in_order(table, rows)}
            rows = to_arrow(table, newest.values())
        run_id = new_run_id("merge")
        merged = self._stage_arrow(run_id, table, day, "0", rows)
        self.commit(run_id, [merged], [path.removeprefix(self.root).lstrip("/") for path in paths])

    def query(self, sql: str, limits: Limits) -> Answer:
        """The answer to one query, by DuckDB. UsageError if it is wrong, NewsbeamError if it takes too long."""
        from pipeline.warehouse import query  # only who asks needs a database

        return query(self, sql, limits.seconds)

    def cost(self, sql: str) -> int:
        """Always UsageError: nobody bills for a folder."""
        raise UsageError(f"{self.root}: a folder costs nothing to ask; --dry-run is for BigQuery")

    def _match(self, pattern: str) -> list[str]:
        return sorted(found.path for found in FileSystems.match([self.path(pattern)])[0].metadata_list)

    @contextlib.contextmanager
    def _create(self, path: str) -> Iterator[Any]:
        if not self.local:
            with FileSystems.create(path, mime_type="application/octet-stream") as file:
                yield file
            return
        self._make_parent(path)
        with disk.create(path) as file:
            yield file

    def _write_small(self, name: str, content: dict) -> None:
        """Writes a JSON file that appears whole or not at all."""
        path = self.path(name)
        temporary = f"{path}.new" if self.local else path  # an object in a bucket appears whole by itself
        with self._create(temporary) as file:
            file.write(json.dumps(content).encode())
        if self.local:
            os.replace(temporary, path)
            self._sync_folder(os.path.dirname(path))

    def _make_parent(self, path: str) -> None:
        if self.local:
            disk.make_folder(os.path.dirname(path))

    def _sync_folder(self, folder: str) -> None:
        if self.local:
            disk.sync_folder(folder)

    def _delete_tree(self, name: str) -> None:
        path = self.path(name)
        if not self.local:
            FileSystems.delete([path + "/"])  # all objects that begin so
        elif os.path.isdir(path):
            shutil.rmtree(path)


def day_of(path: str) -> datetime.date:
    """The day of a committed file, from its address."""
    return datetime.date.fromisoformat(_DAY.search(path)[1])


def _in_order(table: Table, rows: pa.Table) -> list[Any]:
    return sorted(from_arrow(table, rows), key=lambda record: getattr(record, table.newest) or 0)


@contextlib.contextmanager
def _flock(path: str) -> Iterator[None]:
    """Holds a lock file; the kernel lets go of it however the process ends."""
    with open(path, "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "another run"
            raise DestinationError(
                f"{os.path.dirname(path)}: in use by {holder}; wait for it, or name another folder"
            ) from None
        file.truncate(0)
        file.write(_holder())
        file.flush()
        yield


@contextlib.contextmanager
def _lease(path: str) -> Iterator[None]:
    """Holds a lock object in a bucket: best effort, since Beam's filesystems cannot create only if absent."""
    if FileSystems.exists(path):
        with FileSystems.open(path) as file:
            holder = file.read().decode("utf-8", "replace")
        raise DestinationError(f"{path}: in use by {holder}; if that run is dead, delete the object")
    with FileSystems.create(path) as file:
        file.write(_holder().encode())
    try:
        yield
    finally:
        FileSystems.delete([path])


def _holder() -> str:
    return f"process {os.getpid()} since {datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M:%S} UTC"


def _days_until_now(first: datetime.date) -> list[str]:
    """The days from `first` to tomorrow (a run may pass midnight), for a listing; all days where they are too many."""
    last = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    span = (last - first).days + 1
    return ["*"] if span > MAX_DAYS_LISTED else [str(first + datetime.timedelta(days=n)) for n in range(span)]
