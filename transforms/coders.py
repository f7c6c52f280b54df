"""How records travel: as Beam rows, and back as the very classes that they were.

Beam's own row coder carries the fields of a class and an identifier that is new in every process. A worker of a remote
runner cannot find the class by it, and makes one up: equal in its fields, and no `Article`. Ours carries the class by
its name, as the functions in the graph are carried.
"""

from typing import Any

from apache_beam.coders import RowCoder, registry
from apache_beam.coders.coder_impl import CoderImpl
from apache_beam.coders.coders import FastCoder


class RowByName(FastCoder):
    """Encodes records of one class as a Beam row."""

    def __init__(self, kind: type):
        self.kind = kind

    @classmethod
    def from_type_hint(cls, kind: type, unused_registry: Any) -> "RowByName":
        """As Beam asks for the coder of a class."""
        return cls(kind)

    def _create_impl(self) -> CoderImpl:
        return RowCoder.from_type_hint(self.kind, None).get_impl()

    def is_deterministic(self) -> bool:
        return RowCoder.from_type_hint(self.kind, None).is_deterministic()

    def to_type_hint(self) -> type:
        return self.kind

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and self.kind is other.kind

    def __hash__(self) -> int:
        return hash(self.kind)


def register(kind: type) -> None:
    """Lets Beam encode records of a class wherever it meets them."""
    registry.register_coder(kind, RowByName)
