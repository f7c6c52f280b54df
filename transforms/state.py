"""Records in the state of a streaming job, which outlives the code that wrote them.

A job that is updated keeps its state. What a record looked like when it was written stands before it, so that the new
code reads the old state where it can, and refuses where it would misread it: fields added at the end with a default
are filled in; anything else needs a job that starts anew, which reads what it must know from the destination.
"""

import hashlib
import typing
from typing import Any

from apache_beam.coders import Coder, registry

from transforms.errors import NewsbeamError

_MARK_BYTES = 4


class StateError(NewsbeamError):
    """The state of a job was written by code whose records were others."""


class RecordCoder(Coder):
    """Encodes records of one class: number of fields, a mark of their names and types, the record as a Beam row."""

    def __init__(self, kind: type):
        self.kind = kind

    def encode(self, record: Any) -> bytes:
        count = len(self.kind._fields)
        return bytes([count]) + mark_of(self.kind, count) + registry.get_coder(self.kind).encode(record)

    def decode(self, encoded: bytes) -> Any:
        count, mark, row = encoded[0], encoded[1 : 1 + _MARK_BYTES], encoded[1 + _MARK_BYTES :]
        fields = self.kind._fields
        known = count <= len(fields) and mark == mark_of(self.kind, count)
        missing = [name for name in fields[count:] if name not in self.kind._field_defaults]
        if not known or missing:
            raise StateError(
                f"the state of this job holds {self.kind.__name__} of another version; drain the job and start it "
                "anew: what it must know is read from its destination"
            )
        record = registry.get_coder(self.kind).decode(row)
        filled = {name: self.kind._field_defaults[name] for name in fields[count:]}
        return record._replace(**filled)

    def is_deterministic(self) -> bool:
        return True

    def to_type_hint(self) -> type:
        return self.kind

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and self.kind is other.kind

    def __hash__(self) -> int:
        return hash(self.kind)


def mark_of(kind: type, count: int) -> bytes:
    """A mark of the first `count` fields of a record: it changes with their names, types and order."""
    return hashlib.sha256(_outline(kind, count).encode()).digest()[:_MARK_BYTES]


def _outline(kind: Any, count: int = 255) -> str:
    """The fields of a record, of the records in it too, as text."""
    if hasattr(kind, "_fields"):
        hints = typing.get_type_hints(kind)
        return "(" + " ".join(f"{name}:{_outline(hints[name])}" for name in kind._fields[:count]) + ")"
    inner = typing.get_args(kind)
    name = getattr(typing.get_origin(kind) or kind, "__name__", str(kind))
    return f"{name}[{' '.join(_outline(each) for each in inner)}]" if inner else name
