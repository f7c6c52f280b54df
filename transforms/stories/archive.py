"""Remembered signatures as they are stored: in columns, of which few rows are ever made into objects.

A run remembers a hundred thousand articles and compares its new ones with some hundred of them. What it asks about all
of them (who uses this word, who is of this story, who names that article as kin, how many use a word at all) is
answered by sorted arrays; only an article that is asked for by name becomes a `Signature`.
"""

import functools
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Union

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.stories.similarity import Signature

NO_ROWS = np.empty(0, dtype=np.int64)


class Postings:
    """In which rows a value occurs: ascending row numbers by value."""

    def __init__(self, values: pa.Array, rows: np.ndarray):
        encoded = pc.dictionary_encode(values)
        codes, known = encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary
        self._rows = rows[np.argsort(codes, kind="stable")].astype(np.int32)
        self._ends = np.cumsum(np.bincount(codes, minlength=len(known)))
        self._codes = {value: code for code, value in enumerate(known.to_pylist())}

    def __getitem__(self, value: str) -> np.ndarray:
        code = self._codes.get(value)
        return NO_ROWS if code is None else self._rows[self._start(code) : self._ends[code]]

    def counts(self) -> Counter[str]:
        """In how many rows each value occurs."""
        sizes = np.diff(self._ends, prepend=0).tolist()
        return Counter(dict(zip(self._codes, sizes, strict=True)))

    def _start(self, code: int) -> int:
        return self._ends[code - 1] if code else 0


class NumberPostings:
    """As `Postings`, of numbers nearly all of which are different: without a dictionary."""

    def __init__(self, values: np.ndarray, rows: np.ndarray):
        order = np.argsort(values, kind="stable")
        self._values, self._rows = values[order], rows[order].astype(np.int32)

    def __getitem__(self, value: int) -> np.ndarray:
        start, end = np.searchsorted(self._values, [value, value + 1])
        return self._rows[start:end]


class Archive(Mapping[str, Signature]):
    """Signatures by article_id, one row an article, the oldest first.

    Args:
        table: rows of `Signature`; of several of one article, the newest revision counts.
    """

    def __init__(self, table: pa.Table):
        self._batch = _one_batch(_newest(table))
        self._columns = dict(zip(SCHEMA.names, self._batch.columns, strict=True))
        self.ids: list[str] = self._columns["article_id"].to_pylist()
        self.times: list[float] = self._columns["time"].to_pylist()
        self._rows = {article_id: row for row, article_id in enumerate(self.ids)}

    @classmethod
    def of(cls, signatures: Iterable[Signature]) -> "Archive":
        """An archive of objects."""
        return cls(to_table(signatures))

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._rows

    def __getitem__(self, article_id: str) -> Signature:
        return self.fetch([article_id])[0]

    def fetch(self, article_ids: Sequence[str]) -> list[Signature]:
        """The signatures of these articles: together they cost a third of what they cost one by one."""
        rows = pa.array([self._rows[article_id] for article_id in article_ids], pa.int64())
        return [Signature(*values) for values in zip(*map(_values, self._batch.take(rows).columns), strict=True)]

    def members(self, story_id: str) -> set[str]:
        """The articles of a story."""
        return {self.ids[row] for row in self._stories[story_id]}

    def kin(self, article_id: str) -> set[str]:
        """The articles that this one names as kin, and those that name it."""
        row = self._rows.get(article_id)
        own = [] if row is None else self._columns["kin"][row].as_py() or []
        return {*own, *(self.ids[row] for row in self._kin[article_id])}

    def rows_with(self, key: str) -> np.ndarray:
        """The rows of the articles that use a word: 't' and a term, 'n' and a word of a name, '#' and a number."""
        return {"t": self.terms, "n": self.names, "#": self.numbers}[key[0]][key[1:]]

    @functools.cached_property
    def terms(self) -> Postings:
        return self._postings("terms")

    @functools.cached_property
    def names(self) -> Postings:
        return self._postings("names")

    @functools.cached_property
    def numbers(self) -> Postings:
        return self._postings("numbers")

    @functools.cached_property
    def days(self) -> Postings:
        return self._postings("days")

    @functools.cached_property
    def sketches(self) -> NumberPostings:
        values, rows = self._flat("sketch")
        return NumberPostings(values.to_numpy(zero_copy_only=False).astype(np.int64), rows)

    @functools.cached_property
    def _stories(self) -> Postings:
        stories = self._columns["story_id"]
        return Postings(stories.drop_null(), np.flatnonzero(stories.is_valid().to_numpy(zero_copy_only=False)))

    @functools.cached_property
    def _kin(self) -> Postings:
        return self._postings("kin")

    def _postings(self, name: str) -> Postings:
        return Postings(*self._flat(name))

    def _flat(self, name: str) -> tuple[pa.Array, np.ndarray]:
        """All values of a column of lists, and the row of each."""
        column = self._columns[name]
        return pc.list_flatten(column), pc.list_parent_indices(column).to_numpy(zero_copy_only=False)


def to_table(signatures: Iterable[Signature]) -> pa.Table:
    """Signatures in columns."""
    rows = list(signatures)
    columns = ([getattr(row, field.name) for row in rows] for field in SCHEMA)
    return pa.table([pa.array(values, f.type) for values, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def pack(table: pa.Table) -> bytes:
    """A table as bytes, to be sent from worker to worker."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def unpack(block: bytes) -> pa.Table:
    """The table that `pack` was given."""
    return pa.ipc.open_stream(block).read_all()


def _newest(table: pa.Table) -> pa.Table:
    """The newest revision of each article, the oldest article first."""
    keys = table.select(["article_id", "revision", "time"])
    order = pc.sort_indices(keys, sort_keys=[("article_id", "ascending"), ("revision", "ascending")])
    ids = keys["article_id"].take(order).combine_chunks()
    is_last = np.append(pc.not_equal(ids[:-1], ids[1:]).to_numpy(zero_copy_only=False), True)[: len(ids)]
    newest = order.to_numpy()[is_last.astype(bool)]
    by_age = [("time", "ascending"), ("article_id", "ascending")]
    return table.take(newest[pc.sort_indices(keys.take(newest), sort_keys=by_age).to_numpy()])


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    chunks = table.select(SCHEMA.names).combine_chunks().to_batches()
    return chunks[0] if chunks else pa.RecordBatch.from_pylist([], SCHEMA)


def _values(column: pa.Array) -> list[Any]:
    """Values as a signature has them; a list that an older version did not write is empty."""
    values = column.to_pylist()
    return [value or [] for value in values] if pa.types.is_list(column.type) else values


def _arrow_type(kind: Any) -> pa.DataType:
    if typing.get_origin(kind) is Union:  # Optional
        return _arrow_type(typing.get_args(kind)[0])
    if typing.get_origin(kind) is not None:  # Sequence
        return pa.list_(_arrow_type(typing.get_args(kind)[0]))
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[kind]


SCHEMA = pa.schema([(name, _arrow_type(kind)) for name, kind in typing.get_type_hints(Signature).items()])
