"""State outlives code: what can be read is read, what would be misread is refused."""

from typing import NamedTuple, Optional

import pytest
from apache_beam.coders import registry
from conftest import make_article, make_feed

from transforms.records import Told
from transforms.state import RecordCoder, StateError


class Inner(NamedTuple):
    word: str


class Wider(NamedTuple):
    word: str
    count: int = 7


class Old(NamedTuple):
    name: str
    inner: Inner


class Grown(NamedTuple):
    name: str
    inner: Inner
    count: int = 3
    note: Optional[str] = None


class Bare(NamedTuple):
    name: str
    inner: Inner
    count: int


class Renamed(NamedTuple):
    title: str
    inner: Inner


class Retyped(NamedTuple):
    name: bytes
    inner: Inner


class Within(NamedTuple):
    name: str
    inner: Wider


for kind in (Inner, Wider, Old, Grown, Bare, Renamed, Retyped, Within):
    registry.register_row(kind)

OLD = RecordCoder(Old).encode(Old("a", Inner("b")))


@pytest.mark.parametrize(
    "record", [make_feed(entry_marks=["m"], skip_hours=[], skip_days=[3]), Told(make_article(authors=["A"]), [])]
)
def test_a_record_comes_back_as_it_was(record):
    coder = RecordCoder(type(record))
    assert coder.decode(coder.encode(record)) == record
    assert coder.is_deterministic() and coder == RecordCoder(type(record)) and coder.to_type_hint() is type(record)


def test_fields_added_at_the_end_get_their_defaults():
    assert RecordCoder(Grown).decode(OLD) == Grown("a", Inner("b"), 3, None)


@pytest.mark.parametrize("kind", [Bare, Renamed, Retyped, Within, Inner])
def test_state_that_would_be_misread_is_refused_with_what_to_do(kind):
    with pytest.raises(StateError, match="drain the job and start it anew"):
        RecordCoder(kind).decode(OLD)


def test_state_of_a_newer_version_is_refused():
    newer = RecordCoder(Grown).encode(Grown("a", Inner("b")))
    with pytest.raises(StateError, match="Old"):
        RecordCoder(Old).decode(newer)
