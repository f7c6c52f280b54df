"""The tables: schemas made from records, and records that come back from Arrow and Parquet as they were."""

import datetime
import io
import tomllib
import typing
from importlib import resources
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from apache_beam.utils.timestamp import Timestamp
from conftest import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tables import ARTICLES, TABLES, Table, from_arrow, to_arrow

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_SCALARS = {
    str: _TEXT,
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    bytes: st.binary(max_size=20),
    datetime.date: st.dates(),
    Timestamp: st.integers(-(2**55), 2**57).map(lambda micros: Timestamp(micros=micros)),
}
BY_NAME = {"argvalues": TABLES, "ids": lambda table: table.name}


def records(kind: Any) -> st.SearchStrategy:
    """Any value that an annotation allows."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Union:
        return st.one_of(st.none(), records(inner[0]))
    if origin is not None:
        return st.lists(records(inner[0]), max_size=2)
    fields = {name: records(each) for name, each in typing.get_type_hints(kind).items()}
    return st.builds(kind, **fields)


def example(kind: Any) -> Any:
    """One value that an annotation allows, with nothing null and nothing empty."""
    plain = {str: "é", int: 7, float: 0.5, bool: True, bytes: b"\0", datetime.date: NOW.to_utc_datetime().date()}
    if kind in plain:
        return plain[kind]
    if kind is Timestamp:
        return NOW
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Union:
        return example(inner[0])
    if origin is not None:
        return [example(inner[0])]
    return kind(**{name: example(each) for name, each in typing.get_type_hints(kind).items()})


def through_parquet(rows: pa.Table) -> pa.Table:
    buffer = io.BytesIO()
    pq.write_table(rows, buffer)
    return pq.read_table(io.BytesIO(buffer.getvalue()))


@pytest.mark.parametrize("table", **BY_NAME)
def test_records_come_back_from_parquet(table: Table) -> None:
    rows = [example(table.record)] * 2
    assert from_arrow(table, through_parquet(to_arrow(table, rows))) == rows


@pytest.mark.parametrize("table", **BY_NAME)
@settings(max_examples=15)
@given(data=st.data())
def test_any_record_comes_back_from_arrow(table: Table, data: st.DataObject) -> None:
    rows = data.draw(st.lists(records(table.record), max_size=2))
    assert from_arrow(table, to_arrow(table, rows)) == rows


@pytest.mark.parametrize("table", **BY_NAME)
def test_no_records_are_an_empty_table_with_its_schema(table: Table) -> None:
    empty = to_arrow(table, [])
    assert empty.num_rows == 0 and empty.schema == table.schema


@pytest.mark.parametrize("table", **BY_NAME)
def test_a_table_knows_its_key_and_its_newest_row(table: Table) -> None:
    assert table.name.endswith("_log")
    assert {*table.key, table.newest} <= set(table.record._fields)


def test_every_table_and_column_has_a_description_and_nothing_else_has_one() -> None:
    said = tomllib.loads(resources.files("pipeline").joinpath("descriptions.toml").read_text("utf-8"))
    assert set(said["tables"]) == {table.name for table in TABLES}
    assert set(said["columns"]) == {name for table in TABLES for name in table.schema.names}
    described = pq.read_schema(_parquet(ARTICLES)).field("copy_of").metadata[b"description"]
    assert described.decode() == said["columns"]["copy_of"]


def _parquet(table: Table) -> io.BytesIO:
    file = io.BytesIO()
    pq.write_table(to_arrow(table, []), file)
    file.seek(0)
    return file


def test_names_of_tables_differ() -> None:
    assert len({table.name for table in TABLES}) == len(TABLES)


def test_times_are_utc_and_ids_are_text() -> None:
    for table in TABLES:
        for field in table.schema:
            assert not pa.types.is_timestamp(field.type) or field.type == pa.timestamp("us", tz="UTC")
            assert not field.name.endswith("_id") or field.type == pa.string()


@pytest.mark.parametrize("table", **BY_NAME)
def test_a_column_that_an_older_version_did_not_write_is_unknown(table: Table) -> None:
    rows = to_arrow(table, [example(table.record)])
    optional = [
        name
        for name, kind in typing.get_type_hints(table.record).items()
        if typing.get_origin(kind) is typing.Union and name not in (*table.key, table.newest)
    ]
    (read,) = from_arrow(table, rows.drop_columns(optional))
    assert all(getattr(read, name) is None for name in optional)


@given(st.integers(-(2**55), 2**57))
def test_a_time_keeps_its_microseconds(micros: int) -> None:
    table = next(table for table in TABLES if table.record.__name__ == "StoryMerge")
    merge = table.record("a", "b", Timestamp(micros=micros))
    assert from_arrow(table, through_parquet(to_arrow(table, [merge]))) == [merge]
