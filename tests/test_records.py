"""The records: ids that are stable, and coders that give back what they were given."""

import typing
from typing import Any

import pytest
from apache_beam.coders import registry
from conftest import NOW, make_article, make_entry, make_feed, make_letter, make_page
from hypothesis import given
from hypothesis import strategies as st

from transforms import records
from transforms.coders import RowByName
from transforms.records import Actor, Article, Page, Poll, Rejection, StoryMerge, Told, hash_id

KINDS = [kind for kind in vars(records).values() if isinstance(kind, type) and hasattr(kind, "_fields")]
EXAMPLES = [
    make_feed(entry_marks=["a", "b"], polled_at=NOW, failures=2, skip_hours=[1], skip_days=[6]),
    make_entry(authors=["A"], published_at=NOW),
    make_page(b"\x00\xff"),
    make_article(authors=["A"], published_at=NOW, story_id="s"),
    make_letter(),
    StoryMerge("a", "b", NOW),
    Actor(None, "gunmen", None, "REB"),
    Told(make_article(), []),
    Poll("f", "o", NOW, "ok", 200, None, 2, 3, 4, NOW),
    Rejection("fetch", "robots", "k", NOW),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_record_has_a_row_coder_and_says_what_it_is(kind: type) -> None:
    assert registry.get_coder(kind) == RowByName(kind)
    assert kind.__doc__ and not kind.__doc__.startswith(kind.__name__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_annotation_is_one_that_beam_pickles(kind: type) -> None:
    for name, annotation in typing.get_type_hints(kind).items():
        assert "|" not in str(annotation), f"{kind.__name__}.{name}: write Optional[X]"


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda record: type(record).__name__)
def test_a_record_comes_back_from_its_coder(record: Any) -> None:
    coder = registry.get_coder(type(record))
    assert coder.decode(coder.encode(record)) == record


@given(st.binary(max_size=300), st.text().map(lambda text: text.encode("utf-8", "replace").decode()))
def test_any_page_comes_back_from_its_coder(body: bytes, title: str) -> None:
    page = make_page(body, entry=make_entry(title=title))
    coder = registry.get_coder(Page)
    assert coder.decode(coder.encode(page)) == page


def test_unknown_stays_unknown() -> None:
    coder = registry.get_coder(Article)
    decoded = coder.decode(coder.encode(make_article()))
    assert [name for name in decoded._fields if getattr(decoded, name) is None] == [
        name for name in Article._fields if getattr(make_article(), name) is None
    ]


def test_an_id_names_what_a_thing_is() -> None:
    assert hash_id("article", "https://outlet.example/a") == hash_id("article", "https://outlet.example/a")
    assert hash_id("entry", "f", "1") == "0c8ec64295594b72b001"  # for ever: rows that were written have it


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("article", "a"), ("entry", "a")),
        (("entry", "a", "b"), ("entry", "ab")),
        (("entry", "a", "b"), ("entry", "b", "a")),
        (("entry", "a", ""), ("entry", "a")),
        (("entry", "é"), ("entry", "e\u0301")),
    ],
)
def test_different_things_have_different_ids(one: tuple, other: tuple) -> None:
    assert hash_id(*one) != hash_id(*other)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_an_id_is_twenty_hexadecimal_digits(kind: str, parts: list[str]) -> None:
    assert len(hash_id(kind, *parts)) == 20 and int(hash_id(kind, *parts), 16) >= 0
