"""How much a shared word, name or number tells: the rarer it is, the more.

Rarity is minus the natural logarithm of the share of articles that hold a word (inverse document frequency): the share
in general English, from a packaged table, or that among the live articles, whichever is larger. So a rare word tells
the same however many articles are held, and a word that everybody uses these days ("election") tells little.
"""

import functools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from importlib import resources

NUMBER_RARITY = 4.0
IMAGINED_ARTICLES = 200  # held from the start, without the word: the first few articles prove nothing
ONE_STORY = 0.03  # of all articles may be one big story, which is not held against its words


@functools.cache
def background() -> Mapping[str, float]:
    """Rarity of stems in general English, from the packaged table."""
    table = {}
    for line in resources.files(__package__).joinpath("word_rarity.txt").read_text("utf-8").splitlines():
        tenths, *words = line.split()
        table |= dict.fromkeys(words, int(tenths) / 10)
    return table


@functools.cache
def unknown_rarity() -> float:
    """Rarity of a word that the table lacks."""
    return max(background().values()) + 1.0


def general_rarity(word: str) -> float:
    """Rarity of a stem or of a word of a name in general English."""
    return background().get(word, unknown_rarity())


class Rarity:
    """Rarity of one kind of word among the articles added and not removed since."""

    def __init__(
        self, general: Callable[[str], float] = general_rarity, counts: Mapping[str, int] | None = None, size: int = 0
    ):
        """`counts`: how many of the `size` articles held from the start hold a word."""
        self._general = general
        self._counts: Counter[str] = Counter(counts)
        self._size = IMAGINED_ARTICLES + size
        self._known: dict[str, float] = {}  # worked out since the last change
        self._lengths: dict[tuple[str, ...], float] = {}

    def add(self, words: Iterable[str]) -> None:
        self._counts.update(words)
        self._size += 1
        self._forget()

    def remove(self, words: Iterable[str]) -> None:
        self._counts.subtract(words)
        self._size -= 1
        self._forget()

    def _forget(self) -> None:
        self._known.clear()
        self._lengths.clear()

    def length(self, words: Iterable[str]) -> float:
        """The length of the vector of these words, each as long as it is rare."""
        key = tuple(words)
        if key not in self._lengths:
            self._lengths[key] = math.sqrt(math.fsum(self(word) ** 2 for word in key))
        return self._lengths[key]

    def __call__(self, word: str) -> float:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._work_out(word)
        return known

    def _work_out(self, word: str) -> float:
        general, held = self._general(word), self._counts.get(word, 0) / self._size - ONE_STORY
        return general if held <= 0.0 else min(general, -math.log(held))


def number_rarity(number: str) -> float:
    """Rarity of a number in general English: all alike."""
    return NUMBER_RARITY
