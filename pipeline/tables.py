"""The tables: one append-only log for each record, schemas generated from the records.

A log's rows are never changed. A newer version of a row is another row with the same key, and the views (`sql/`) show
the newest: so a re-run, a retry and a file that is compacted while someone reads change nothing that is seen.
"""

import dataclasses
import datetime
import functools
import tomllib
import typing
from collections.abc import Iterable
from importlib import resources
from typing import Any

import pyarrow as pa
from apache_beam.utils.timestamp import Timestamp

from transforms.records import Article, ArticleEvent, DeadLetter, Event, Feed, Poll, Rejection, Run, StoryMerge
from transforms.stories.similarity import Signature

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_SCALARS = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
    datetime.date: pa.date32(),
    Timestamp: pa.timestamp("us", tz="UTC"),
}


@dataclasses.dataclass(frozen=True)
class Table:
    """One log: its name, its record, and whether only the newest row of a key is worth keeping."""

    name: str
    record: type
    key: tuple[str, ...]
    newest: str  # the column that tells the newest row of a key
    state: bool = False  # compaction keeps the newest row of a key only
    ties: tuple[str, ...] = ()  # columns that tell it where `newest` is the same; null is older

    @property
    def description(self) -> str:
        """What a row of it is."""
        return _descriptions()["tables"][self.name]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the record."""
        said = _descriptions()["columns"]
        fields = [_field(name, kind) for name, kind in typing.get_type_hints(self.record).items()]
        return pa.schema([f.with_metadata({"description": said[f.name]}) if f.name in said else f for f in fields])


ARTICLES = Table("articles_log", Article, ("article_id",), "version")
SIGNATURES = Table("signatures_log", Signature, ("article_id",), "revision")
STORY_MERGES = Table("story_merges_log", StoryMerge, ("story_id",), "merged_at")
ARTICLE_EVENTS = Table("article_events_log", ArticleEvent, ("article_id", "rank"), "article_version")
EVENTS = Table("events_log", Event, ("event_id",), "revision")
POLLS = Table("polls_log", Poll, ("feed_url", "polled_at"), "polled_at")
DEAD_LETTERS = Table("dead_letters_log", DeadLetter, ("dead_letter_id",), "failed_at", ties=("replayed_at",))
REJECTIONS = Table("rejections_log", Rejection, ("step", "key", "rejected_at"), "rejected_at")
RUNS = Table("runs_log", Run, ("run_id", "step", "fate", "reason"), "finished_at")
FEEDS = Table("feeds_log", Feed, ("feed_url",), "polled_at", state=True)

TABLES = (
    ARTICLES,
    SIGNATURES,
    STORY_MERGES,
    ARTICLE_EVENTS,
    EVENTS,
    POLLS,
    FEEDS,
    DEAD_LETTERS,
    REJECTIONS,
    RUNS,
)


def to_arrow(table: Table, records: Iterable[Any]) -> pa.Table:
    """Records as an Arrow table with the table's schema."""
    rows = list(records)
    schema = table.schema
    columns = [pa.array([_plain(getattr(row, name)) for row in rows], schema.field(name).type) for name in schema.names]
    return pa.table(columns, schema=schema)


def from_arrow(table: Table, rows: pa.Table) -> list[Any]:
    """The records of an Arrow table; columns that an older version did not write are null."""
    kinds = typing.get_type_hints(table.record)
    readers = {name: _reader(kind) for name, kind in kinds.items()}
    records = []
    for row in rows.to_pylist():
        records.append(table.record(**{name: read(row.get(name)) for name, read in readers.items()}))
    return records


def to_json(record: Any) -> dict[str, Any]:
    """A record as a JSON object: times and days in ISO 8601, lists and structs as they are."""
    return {name: _json(value) for name, value in record._asdict().items()}


def _json(value: Any) -> Any:
    if isinstance(value, Timestamp):
        return value.to_utc_datetime(has_tz=True).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return to_json(value)
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    return value


@functools.cache
def _descriptions() -> dict[str, dict[str, str]]:
    """What tables and columns mean: a column of one name means the same in every table."""
    return tomllib.loads(resources.files("pipeline").joinpath("descriptions.toml").read_text("utf-8"))


def _field(name: str, kind: Any) -> pa.Field:
    inner = _unwrapped(kind)
    return pa.field(name, _arrow_type(inner), nullable=True)


def _unwrapped(kind: Any) -> Any:
    """X for Optional[X]."""
    if typing.get_origin(kind) is typing.Union:
        return next(part for part in typing.get_args(kind) if part is not type(None))
    return kind


def _arrow_type(kind: Any) -> pa.DataType:
    if kind in _SCALARS:
        return _SCALARS[kind]
    if typing.get_origin(kind) is not None:  # Sequence[X]
        return pa.list_(_arrow_type(_unwrapped(typing.get_args(kind)[0])))
    return pa.struct([_field(name, each) for name, each in typing.get_type_hints(kind).items()])


def _plain(value: Any) -> Any:
    if isinstance(value, Timestamp):
        return value.micros
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _plain(getattr(value, name)) for name in value._fields}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _reader(kind: Any) -> typing.Callable[[Any], Any]:
    """A function that turns a value as Arrow gives it into one as the record has it."""
    inner = _unwrapped(kind)
    if inner is Timestamp:
        return _timestamp
    if inner in _SCALARS:
        return _same
    if typing.get_origin(inner) is not None:
        item = _reader(typing.get_args(inner)[0])
        return lambda values: [item(value) for value in values or ()]
    fields = {name: _reader(each) for name, each in typing.get_type_hints(inner).items()}
    return lambda row: row and inner(**{name: read(row.get(name)) for name, read in fields.items()})


def _timestamp(value: datetime.datetime | None) -> Timestamp | None:
    return None if value is None else Timestamp(micros=(value - _EPOCH) // datetime.timedelta(microseconds=1))


def _same(value: Any) -> Any:
    return value
