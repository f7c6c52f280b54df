"""How much a shared word, name or number tells: the rarer it is among the articles held, the more.

Rarity is minus the natural logarithm of the share of articles that hold the word (inverse document frequency), among
the live articles and as many imagined ones of general English, so that it is sane when only few articles are held.
"""

import functools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from importlib import resources

IMAGINED_ARTICLES = 200
NUMBER_RARITY = 4.0  # of a number in general English


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

    def __init__(self, general: Callable[[str], float] = general_rarity):
        self._general = general
        self._counts: Counter[str] = Counter()
        self._size = 0
        self._known: dict[str, float] = {}  # worked out since the last change

    def add(self, words: Iterable[str]) -> None:
        self._counts.update(words)
        self._size += 1
        self._known.clear()

    def remove(self, words: Iterable[str]) -> None:
        self._counts.subtract(words)
        self._size -= 1
        self._known.clear()

    def __call__(self, word: str) -> float:
        if word not in self._known:
            imagined = IMAGINED_ARTICLES * math.exp(-self._general(word))
            self._known[word] = math.log((self._size + IMAGINED_ARTICLES) / (self._counts[word] + imagined))
        return self._known[word]


def number_rarity(number: str) -> float:
    """Rarity of a number in general English: all alike."""
    return NUMBER_RARITY
