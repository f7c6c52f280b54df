"""Answers to people and programs: a table, JSON lines, or CSV."""

import csv
import datetime
import decimal
import itertools
import json
import math
import shutil
from typing import Any, TextIO

from pipeline.destination import Answer

ROWS_TO_MEASURE = 1_000  # by which a table's columns are made wide enough
MAX_CELL = 36  # characters of a table's cell on a pipe; on a terminal columns share its width
# What a spreadsheet may take for the start of a formula, full-width forms among them.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def write_answer(answer: Answer, form: str, stream: TextIO) -> None:
    """Writes an answer as `table`, `jsonl` or `csv`."""
    {"table": _write_table, "jsonl": _write_jsonl, "csv": _write_csv}[form](answer, stream)


def json_value(value: Any) -> Any:
    """A value as JSON has it: dates and times in ISO 8601 (UTC), structs as objects."""
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=value.tzinfo or datetime.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(json_value(key)): json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(item) for item in value]
    if isinstance(value, float | decimal.Decimal) and not math.isfinite(value):
        return None  # JSON has no word for it
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def _write_jsonl(answer: Answer, stream: TextIO) -> None:
    columns = _told_apart(answer.columns)
    for row in answer.rows:
        stream.write(json.dumps(dict(zip(columns, map(json_value, row), strict=True)), ensure_ascii=False) + "\n")


def _told_apart(columns: list[str]) -> list[str]:
    """Names that an object can have side by side: a, a -> a, a_2."""
    names: list[str] = []
    for name in columns:
        free = (other for n in itertools.count(2) if (other := f"{name}_{n}") not in columns and other not in names)
        names.append(next(free) if name in names else name)
    return names


def _write_csv(answer: Answer, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([_csv_cell(column) for column in answer.columns])
    for row in answer.rows:
        writer.writerow([_csv_cell(value) for value in row])


def _csv_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    value = json_value(value)
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        mark = "'" if value.startswith(_FORMULA) else ""
        return mark + value.replace("\r\n", "\n").replace("\r", "\n")  # the writer does not quote a bare \r
    return value


def _write_table(answer: Answer, stream: TextIO) -> None:
    if not answer.columns:
        stream.write("done\n")
        return
    cells = ([_cell(value) for value in row] for row in answer.rows)
    first = list(itertools.islice(cells, ROWS_TO_MEASURE))
    widths = _widths([answer.columns, *first], stream)
    widest = widths if stream.isatty() else [MAX_CELL] * len(widths)  # later rows may be wider than those measured
    counted = itertools.count()
    for row in itertools.chain([answer.columns, ["-" * width for width in widths]], first, cells):
        stream.write("  ".join(map(_fit, row, widths, widest)).rstrip() + "\n")
        next(counted)
    count = next(counted) - 2
    stream.write(f"({count} row{'' if count == 1 else 's'})\n")


def _cell(value: Any) -> str:
    """A value on one line. People have names: a list of actors reads best as their names."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return _cell(value.get("name") or value.get("text") or json.dumps(json_value(value), ensure_ascii=False))
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.6g}"
    return " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())


def _widths(rows: list[list[str]], stream: TextIO) -> list[int]:
    """Column widths: as wide as their cells, the widest made narrower until a line fits the terminal."""
    widths = [min(max(len(cell) for cell in column), MAX_CELL) for column in zip(*rows, strict=True)]
    room = shutil.get_terminal_size().columns if stream.isatty() else None
    while room and sum(widths) + 2 * len(widths) > room and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths


def _fit(cell: str, width: int, widest: int) -> str:
    return cell.ljust(width) if len(cell) <= max(width, widest) else cell[: max(width, widest) - 1] + "…"
