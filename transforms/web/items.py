"""A feed's body cut at its entries, without understanding it: where a parser fails on the whole, it gets the parts."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_BEGIN = re.compile(rb"<(?:[A-Za-z][\w.-]{0,50}:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_END = re.compile(rb"</(?:[A-Za-z][\w.-]{0,50}:)?(?:item|entry)\s{0,9}>", re.IGNORECASE)


class Cut(NamedTuple):
    """A body as what stands before its entries, the entries, and what stands behind them. Bytes, none of them lost."""

    head: bytes
    items: Sequence[bytes]
    tail: bytes

    def joined(self, items: Sequence[bytes]) -> bytes:
        """The body with these entries in place of its own."""
        return b"".join((self.head, *items, self.tail))


def cut_feed(body: bytes) -> Cut:
    """Cuts RSS, RDF or Atom at the start of each entry. No entries where none are seen, as in UTF-16."""
    starts = [found.start() for found in _BEGIN.finditer(body)]
    if not starts:
        return Cut(body, [], b"")
    ends = [found.end() for found in _END.finditer(body, starts[-1])]
    end = ends[-1] if ends else len(body)
    items = [body[start:stop] for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    return Cut(body[: starts[0]], items, body[end:])
