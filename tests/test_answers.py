"""Answers to people and programs: nothing lost, nothing that a spreadsheet or a terminal would carry out."""

import csv
import datetime
import decimal
import io
import json
import uuid
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.answers import MAX_CELL, json_value, write_answer
from pipeline.warehouse import Answer, ask

NOON = datetime.datetime(2026, 3, 10, 12, 0, 0)
ACTOR = {"name": "Ines Okafor", "text": "the mayor", "country": "MLI", "sector": "GOV"}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(form: str, columns: list[str], *rows: tuple, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO()
    write_answer(Answer(columns, iter(rows)), form, stream)
    return stream.getvalue()


def cell(value: Any) -> str:
    """A value as the one cell of a CSV answer."""
    ((_,), (found,)) = csv.reader(io.StringIO(written("csv", ["a"], (value,))))
    return found


# JSON lines


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (0.5, 0.5),
        ("é\n", "é\n"),
        (NOON, "2026-03-10T12:00:00Z"),
        (NOON.replace(microsecond=5), "2026-03-10T12:00:00.000005Z"),
        (NOON.replace(tzinfo=datetime.UTC), "2026-03-10T12:00:00Z"),
        (NOON.date(), "2026-03-10"),
        (NOON.time(), "12:00:00"),
        (decimal.Decimal("12"), 12),
        (decimal.Decimal("1.25"), 1.25),
        (float("nan"), None),
        (float("inf"), None),
        (decimal.Decimal("NaN"), None),
        ([ACTOR, None], [ACTOR, None]),
        ({"at": [NOON]}, {"at": ["2026-03-10T12:00:00Z"]}),
        ({NOON.date(): 1, 7: 2}, {"2026-03-10": 1, "7": 2}),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (datetime.timedelta(days=1), "1 day, 0:00:00"),
    ],
)
def test_a_value_is_plain_json(value: Any, expected: Any) -> None:
    assert json_value(value) == expected
    assert json.loads(written("jsonl", ["a"], (value,)), parse_constant=pytest.fail) == {"a": expected}


def test_a_row_is_one_object_on_one_line() -> None:
    text = written("jsonl", ["a", "b"], (1, "two\nlines\u2028and more"), (None, [ACTOR]))
    lines = text.rstrip("\n").split("\n")
    assert [json.loads(line) for line in lines] == [
        {"a": 1, "b": "two\nlines\u2028and more"},
        {"a": None, "b": [ACTOR]},
    ]


def test_columns_of_one_name_are_all_there() -> None:
    assert json.loads(written("jsonl", ["a", "a", "a_1", "b"], (1, 2, 3, 4))) == {"a": 1, "a_2": 2, "a_1": 3, "b": 4}


def test_no_rows_are_no_lines() -> None:
    assert written("jsonl", ["a"]) == ""


# CSV


FULL_WIDTH = ["\uff1d1", "\uff0b1", "\uff0d1", "\uff201"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK('http://a.example')", *FULL_WIDTH]
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == "'" + text.replace("\r", "\n")
    assert cell([text]).startswith("[")


def test_no_head_is_a_formula() -> None:
    assert written("csv", ["=1+1"], (1,)).splitlines()[0] == "'=1+1"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ('a "quoted", text', 'a "quoted", text'),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines\rmore", "two\nlines\nmore"),
        ("3-1", "3-1"),
        (-5, "-5"),
        (-0.5, "-0.5"),
        (None, ""),
        (True, "True"),
        (NOON, "2026-03-10T12:00:00Z"),
        ([ACTOR], json.dumps([ACTOR])),
        ({"é": 1}, '{"é": 1}'),
        ([], "[]"),
    ],
)
def test_a_csv_cell(value: Any, expected: str) -> None:
    assert cell(value) == expected


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.integers()), max_size=4))
def test_csv_reads_back(rows: list[tuple]) -> None:
    read = list(csv.reader(io.StringIO(written("csv", ["a", "b"], *rows), newline="")))
    assert read[0] == ["a", "b"]
    for (found, number), (text, expected) in zip(read[1:], rows, strict=True):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        assert found in (text, f"'{text}") and number == str(expected)


# Tables


def test_a_table_has_a_head_a_line_and_a_count() -> None:
    text = written("table", ["outlet", "articles"], ("Gazette", 12), ("Wire", 3))
    assert text == "outlet   articles\n-------  --------\nGazette  12\nWire     3\n(2 rows)\n"
    assert written("table", ["a"], (1,)).endswith("(1 row)\n")
    assert written("table", ["a"]).endswith("(0 rows)\n")
    assert written("table", []) == "done\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (0.1 + 0.2, "0.3"),
        (NOON, "2026-03-10 12:00"),
        (NOON.date(), "2026-03-10"),
        ("two\nlines\tand\x1b[31mred\u202e", "two lines and [31mred"),
        ([ACTOR, {"name": None, "text": "gunmen"}], "Ines Okafor, gunmen"),
        ([], ""),
        ({"low": 1, "high": 2}, '{"low": 1, "high": 2}'),
        ({"at": NOON}, '{"at": "2026-03-10T12:00:00Z"}'),
    ],
)
def test_a_cell_of_a_table_is_one_printable_line(value: Any, expected: str) -> None:
    assert written("table", ["a"], (value,)).splitlines()[2] == expected


def test_a_table_of_any_length_is_written_as_it_comes() -> None:
    text = written("table", ["n"], *((n,) for n in range(2_500)))
    assert text.splitlines() == ["n", "---", *map(str, range(2_500)), "(2500 rows)"]


def test_a_long_cell_is_cut_on_a_pipe() -> None:
    line = written("table", ["a"], ("x" * 1_000,)).splitlines()[2]
    assert len(line) == MAX_CELL and line.endswith("…")


@pytest.mark.parametrize("columns", [1, 3, 8])
def test_a_table_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = [tuple("word " * 40 for _ in range(columns))]
    text = written("table", [f"column {n}" for n in range(columns)], *rows, stream=Terminal())
    assert max(map(len, text.splitlines())) <= 80


def test_a_table_too_wide_for_any_terminal_keeps_all_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = written(
        "table", [f"c{n}" for n in range(30)], tuple("long words here" for _ in range(30)), stream=Terminal()
    )
    assert all(f"c{n}" in text.splitlines()[0] for n in range(30))


# What the database gives


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 AS a, 2 AS a",
        "SELECT now() AS a, current_date AS b, TIME '12:00' AS c, INTERVAL 1 DAY AS d",
        "SELECT TIMESTAMPTZ '2026-03-10 12:00:00+00' AS a",
        "SELECT MAP {DATE '2026-03-10': 1} AS a, {'x': [1, NULL]} AS b, [[1], []] AS c",
        "SELECT 'nan'::DOUBLE AS a, 1e300::DOUBLE AS b, 170141183460469231731687303715884105727 AS c",
        "SELECT 1.50::DECIMAL(9, 2) AS a, uuid() AS b, '\\x00'::BLOB AS c, true AS d, NULL AS e",
        "SELECT 1 WHERE false",
        "DESCRIBE SELECT 1",
    ],
)
def test_whatever_a_query_gives_can_be_written(form: str, sql: str) -> None:
    with duckdb.connect() as connection:
        stream = io.StringIO()
        write_answer(ask(connection, sql, 10.0), form, stream)
    if form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in stream.getvalue().splitlines())
