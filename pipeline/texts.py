"""`extract` and `annotate`: JSON lines of texts in, JSON lines of findings out, without a network or tables."""

import contextlib
import datetime
import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Optional, TextIO

from apache_beam.utils.timestamp import Timestamp

from pipeline.answers import json_value
from pipeline.config import Config
from transforms.errors import UsageError
from transforms.extract import Reader
from transforms.records import Article, ArticleEvent

HIDDEN = ("article_version",)


class Line(NamedTuple):
    """One line of input."""

    id: Any
    title: Optional[str]
    text: str
    date: Optional[Timestamp]
    outlet: str = ""
    url: str = ""


def extract_lines(path: str, config: Config, stream: TextIO) -> int:
    """Writes {"id", "events"} for each text, in order. UsageError names a line that is wrong.

    A text that cannot be read costs itself: no events, a word on standard error, and 1 is returned in the end.
    """
    reader, failed = Reader(config.reading), 0
    with _lines(path) as lines:
        for batch in _batches(lines, config.nlp.batch_articles):
            for line, told in zip(batch, reader.tell([_article(line) for line in batch]), strict=True):
                if isinstance(told, Exception):
                    failed = 1
                    print(f"newsbeam: text {line.id!r} cannot be read: {told!r}", file=sys.stderr)
                events = [] if isinstance(told, Exception) else told.events
                _write({"id": line.id, "events": [event_columns(event) for event in events]}, stream)
    return failed


def explain_lines(path: str, config: Config, stream: TextIO) -> int:
    """Writes for people how the events of each text came about, in order; as `extract_lines` else."""
    reader, failed = Reader(config.reading), 0
    with _lines(path) as lines:
        for number, line in enumerate(lines):
            stream.write("\n" * bool(number) + f"text {line.id!r}" + (f": {line.title}\n" if line.title else "\n"))
            try:
                stream.writelines(f"{text}\n" for text in reader.explain(_article(line)))
            except Exception as error:  # whatever it is, it costs this text and no other
                failed = 1
                print(f"newsbeam: text {line.id!r} cannot be read: {error!r}", file=sys.stderr)
    return failed


def annotate_lines(path: str, config: Config, stream: TextIO) -> int:
    """Writes what the language model sees in each text, in order."""
    from transforms.language import annotate

    reader = Reader(config.reading)
    with _lines(path) as lines:
        for batch in _batches(lines, config.nlp.batch_articles):
            for line, seen in zip(batch, annotate(reader.nlp, [line.text for line in batch]), strict=True):
                _write({"id": line.id, **seen}, stream)
    return 0


def read_articles(path: str) -> Iterator[Article]:
    """The texts of a file as articles. UsageError names a line that is wrong."""
    with _lines(path) as lines:
        yield from map(_article, lines)


@contextlib.contextmanager
def _lines(path: str) -> Iterator[Iterable[Line]]:
    try:
        file = sys.stdin if path == "-" else open(path, encoding="utf-8")  # noqa: SIM115  closed below, stdin is not
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    try:
        yield (_line(text, f"{path}, line {number}") for number, text in enumerate(file, 1) if text.strip())
    finally:
        if path != "-":
            file.close()


def _line(text: str, where: str) -> Line:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{where}: not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UsageError(f'{where}: expected an object with "id" and "text"')
    return Line(
        row.get("id"),
        row.get("title"),
        row["text"],
        _date(row.get("date"), where),
        *(_string(row, key) for key in ("outlet", "url")),
    )


def _string(row: Mapping[str, Any], key: str) -> str:
    return row[key] if isinstance(row.get(key), str) else ""


def _date(value: Any, where: str) -> Optional[Timestamp]:
    if value is None:
        return None
    try:
        date = datetime.datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{where}: date {value!r} is not ISO 8601, such as 2025-05-19") from error
    return Timestamp.of((date if date.tzinfo else date.replace(tzinfo=datetime.UTC)).timestamp())


def _batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    lines = iter(lines)
    while batch := list(itertools.islice(lines, max(size, 1))):
        yield batch


def _article(line: Line) -> Article:
    return Article(
        article_id=str(line.id),
        version=1,
        url=line.url,
        page_url="",
        feed_url="",
        outlet=line.outlet,
        title=line.title,
        text=line.text,
        authors=[],
        language=None,
        published_at=line.date,
        published_at_source=None,
        fetched_at=line.date or Timestamp(0),
        word_count=len(line.text.split()),
    )


def event_columns(event: ArticleEvent) -> dict[str, Any]:
    """An event as `extract` writes it."""
    return {name: _plain(value) for name, value in event._asdict().items() if name not in HIDDEN}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _plain(item) for name, item in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return json_value(value)


def _write(row: dict[str, Any], stream: TextIO) -> None:
    stream.write(json.dumps(row, ensure_ascii=False) + "\n")
