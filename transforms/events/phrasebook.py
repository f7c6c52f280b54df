"""Looks phrases up, word by word, the longest first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Optional, TypeVar

from transforms.events.sentences import is_number

Value = TypeVar("Value")

GAP = "..."
MAX_GAP = 6  # words
_SHAPE = re.compile(r"(?<=[a-z])(-)(?=\d)")  # texts are cut there after a capital
_CLAUSE_ENDS = frozenset([",", ".", ";", ":", "and", "but", "who", "which", "that"])
_LISTING = frozenset([",", "and"])


class PhraseTable(Generic[Value]):
    """Finds the longest phrase that starts at a word, in any letter case.

    Dots in a phrase stand for up to six words of the same clause: "put ... on alert".
    """

    def __init__(self, phrases: Iterable[tuple[Sequence[str], Value]]):
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for words, value in phrases:
            self._by_first.setdefault(words[0], []).append((tuple(words), value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[str], at: int) -> Optional[tuple[int, Value]]:
        """The length in words and the value of the longest phrase at `at` of `words` (in lower case), or None."""
        return next(self.matches(words, at), None)

    def matches(self, words: Sequence[str], at: int) -> Iterator[tuple[int, Value]]:
        """All phrases at `at`, the longest first; senses of one word in the order of the table."""
        for phrase, value in self._by_first.get(words[at], ()):
            if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase:
                yield len(phrase), value
            elif GAP in phrase and (length := _match_around_gap(words, at, phrase)):
                yield length, value

    def __contains__(self, word: str) -> bool:
        return word in self._by_first


def _match_around_gap(words: Sequence[str], at: int, phrase: Sequence[str]) -> int:
    """The length of what stands before the gap, if what follows it follows near; else 0."""
    gap = phrase.index(GAP)
    head, tail = tuple(phrase[:gap]), tuple(phrase[gap + 1 :])
    start = at + gap
    if tuple(words[at:start]) != head:
        return 0
    left, i = MAX_GAP, start
    while left >= 0:
        if tuple(words[i : i + len(tail)]) == tail:
            return gap
        if i >= len(words) or (words[i] in _CLAUSE_ENDS and not _lists_numbers(words, i)):
            break
        left, i = left - (words[i] != "-"), i + 1  # "a [two-week] truce"
    return 0


def _lists_numbers(words: Sequence[str], at: int) -> bool:
    """Whether a comma or an "and" stands between numbers: "jailed for eight[,] ten [and] twelve years"."""
    return words[at] in _LISTING and all(map(is_number, (words[at - 1], *words[at + 1 : at + 2])))


def as_cut(words: list[str]) -> Iterator[list[str]]:
    """A phrase as it is cut alone, and as a text has it: "gov .", but "Gov. Roe"; "m-19", but "M - 19"; "ex-mayor"."""
    yield words
    if words[:2] == ["ex", "-"]:
        yield ["".join(words[:3]), *words[3:]]
    if len(words) > 1 and words[-1] == ".":
        yield [*words[:-2], words[-2] + "."]
    parts = [part for word in words for part in _SHAPE.split(word)]
    if len(parts) > len(words):
        yield parts
