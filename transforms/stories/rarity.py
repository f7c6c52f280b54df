"""How much a shared word, name or number tells: the rarer it is, the more.

Rarity is minus the natural logarithm of the share of articles that hold a word (inverse document frequency): the share
in general English, from a packaged table, or that among the live articles, whichever is larger. So a rare word tells
the same however many articles are held, and a word that everybody uses these days ("election") tells little.
"""

import functools
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import resources

NUMBER_RARITY = 4.0
DAY_RARITY = 4.0  # at most
IMAGINED_ARTICLES = 200  # held from the start, without the word: the first few articles prove nothing
ONE_STORY = 0.03  # of all articles may be one big story, which is not held against its words
SHRUNK = 0.9  # of the articles left: then the common words are looked for again
KNOWN_VECTORS = 50_000  # remembered at a time


class _Background(dict[str, float]):
    """Rarity by word, with a word for those that a table lacks."""

    def __init__(self, table: Mapping[str, float], others: float):
        super().__init__(table)
        self._others = others

    def __missing__(self, word: str) -> float:
        return self._others


@functools.cache
def background() -> Mapping[str, float]:
    """Rarity of stems in general English, from the packaged table; a word that it lacks is rarer than any in it."""
    table: dict[str, float] = {}
    for line in resources.files(__package__).joinpath("word_rarity.txt").read_text("utf-8").splitlines():
        tenths, *words = line.split()
        table |= dict.fromkeys(words, int(tenths) / 10)
    return _Background(table, max(table.values()) + 1.0)


def number_background() -> Mapping[str, float]:
    """Rarity of numbers in general English: all alike."""
    return _Background({}, NUMBER_RARITY)


class DayRarity:
    """Rarity of days among the articles added and not removed since.

    No day is rare in general. In an archive of years two reports of one day have much in common; in a newsroom of this
    week they have little.
    """

    def __init__(self, counts: Mapping[int, int] | None = None, size: int = 0):
        """`counts`: how many of the `size` articles held at first name a day or were published on it."""
        self._counts: Counter[int] = Counter(counts)
        self._size = size

    def add(self, days: Iterable[int]) -> None:
        self._counts.update(days)
        self._size += 1

    def remove(self, days: Iterable[int]) -> None:
        self._counts.subtract(days)
        self._size -= 1

    def __call__(self, day: int) -> float:
        return min(DAY_RARITY, math.log((IMAGINED_ARTICLES + self._size) / (1 + self._counts[day])))


class Rarity:
    """Rarity of one kind of word among the articles added and not removed since.

    Only words that many articles hold (`_common`) can be less rare here than in general English. They are few, and
    everything else about a text's words is worked out once.
    """

    def __init__(
        self, general: Mapping[str, float] | None = None, counts: Mapping[str, int] | None = None, size: int = 0
    ):
        """`general`: rarity in general English. `counts`: how many of the `size` articles held at first hold a word."""
        self._general = background() if general is None else general
        self._counts: Counter[str] = Counter(counts)
        self._size = IMAGINED_ARTICLES + size
        self._squares: dict[tuple[str, ...], float] = {}  # of the lengths of vectors, in general English
        self._rarities: dict[str, float] = {}  # of common words, until the next change
        self._look_for_common()

    def add(self, words: Iterable[str]) -> None:
        self._rarities.clear()
        self._size += 1
        least = self._least_common()
        for word in words:
            self._counts[word] += 1
            if self._counts[word] > least:
                self._common.add(word)

    def remove(self, words: Iterable[str]) -> None:
        self._rarities.clear()
        self._counts.subtract(words)
        self._size -= 1
        if self._size < SHRUNK * self._largest:  # what is left weighs more
            self._look_for_common()

    def _look_for_common(self) -> None:
        self._largest = self._size
        least = self._least_common()
        self._common = {word for word, count in self._counts.items() if count > least}

    def _least_common(self) -> float:
        """Fewer articles than this cannot make a word common, not even after others were removed."""
        self._largest = max(self._largest, self._size)
        return SHRUNK * ONE_STORY * self._size

    def length(self, words: Iterable[str]) -> float:
        """The length of the vector of these words, each as long as it is rare."""
        key = tuple(words)
        square = self._squares.get(key)
        if square is None:
            if len(self._squares) >= KNOWN_VECTORS:
                self._squares.clear()
            square = self._squares[key] = math.fsum([self._general[word] ** 2 for word in key])
        lost = [self._general[word] ** 2 - self(word) ** 2 for word in self._common.intersection(key)]
        return math.sqrt(max(0.0, square - math.fsum(lost)))

    def __call__(self, word: str) -> float:
        if word not in self._common:
            return self._general[word]
        if word not in self._rarities:
            self._rarities[word] = self._of_common(word)
        return self._rarities[word]

    def _of_common(self, word: str) -> float:
        held, general = self._counts[word] / self._size - ONE_STORY, self._general[word]
        return general if held <= 0.0 else min(general, -math.log(held))
