"""The evidence that two articles report one event: a few features, weighed by logistic regression.

The weights are data (`similarity_weights.json`), fitted by `training/fit_stories.py`. A score is the logarithm of the
odds that two articles belong to one story.
"""

import functools
import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import resources
from typing import Any, NamedTuple, Optional

from transforms.stories.archive import Archive
from transforms.stories.rarity import DayRarity, Rarity, number_background
from transforms.stories.similarity import Signature

DAY_SECONDS = 86_400.0
FAR_DAYS = 30.0
COMMON = 2.5  # words less rare than this (held by one article in twelve) tell nothing
COMMON_DAY = 1.0  # nor do days (of one article in three)

FEATURES = (
    "shared_terms",  # how much the words that both use tell, on a logarithmic scale
    "terms",  # cosine of the words
    "shared_title",  # how much the words that both titles use tell
    "shared_names",  # how much the names that both use tell
    "lead_names",  # cosine of the names in their first sentences
    "lead_deeds",  # cosine of the other words in title and first sentences: what happened
    "shared_numbers",  # how much the numbers that both give tell
    "counts_differ",  # logarithm of how many things they count differently: 3 people, 5 people
    "ages_differ",  # 1: both give ages, and none in common
    "years_differ",  # 1: both name years, and none in common
    "same_days",  # how much the days that both name, or were published on, tell
    "days_known",  # 1: both name days or are dated
    "days_apart",  # between the two articles, on a logarithmic scale, 1: thirty days or more
    "brevity",  # logarithm of the shorter one's words
)


class Weights(NamedTuple):
    """The fitted weights: the logarithm of the odds is `bias` + the sum of weight times feature."""

    bias: float
    threshold: float  # of the mean score between two groups of articles, from which on they are one story
    features: Mapping[str, float]


class Evidence(NamedTuple):
    """Why two articles are, or are not, one story."""

    features: Mapping[str, float]
    weights: Mapping[str, float]
    bias: float
    score: float
    threshold: float
    same_story: bool
    containment: float  # 0 to 1: how much of the shorter text the longer contains
    same_text: bool
    shared: Sequence[str]  # the words, names and numbers of both that tell most
    bar: Optional[str]  # what keeps them apart whatever they share

    def __str__(self) -> str:
        parts = {name: value * self.weights[name] for name, value in self.features.items() if value}
        lines = [
            f"{name:15} {self.features[name]:7.2f} x {self.weights[name]:6.2f} = {part:6.2f}"
            for name, part in sorted(parts.items(), key=lambda item: -abs(item[1]))
        ]
        verdict = "same text" if self.same_text else "one story" if self.same_story else "two stories"
        return "\n".join(
            [
                f"both: {', '.join(self.shared) or 'nothing that tells'}",
                *lines,
                f"{'bias':15} {self.bias:26.2f}",
                f"score {self.score:.2f}, threshold {self.threshold:.2f}, text shared {self.containment:.0%}"
                f"{f', {self.bar}' if self.bar else ''}: {verdict}",
            ]
        )


@functools.cache
def packaged_weights() -> Weights:
    """The weights that come with the package."""
    found = json.loads(resources.files(__package__).joinpath("similarity_weights.json").read_text("utf-8"))
    return Weights(found["bias"], found["threshold"], found["features"])


class Rarities(NamedTuple):
    """Rarity of each kind of word, and of days, among the articles held."""

    terms: Rarity
    names: Rarity
    numbers: Rarity
    days: DayRarity

    @classmethod
    def empty(cls) -> "Rarities":
        return cls(Rarity(), Rarity(), Rarity(number_background()), DayRarity())

    @classmethod
    def of(cls, archive: Archive) -> "Rarities":
        size = len(archive)
        return cls(
            Rarity(counts=archive.terms.counts(), size=size),
            Rarity(counts=archive.names.counts(), size=size),
            Rarity(number_background(), archive.numbers.counts(), size),
            DayRarity(archive.days.counts(), size),
        )

    def add(self, article: Signature) -> None:
        for rarity, words in zip(self, (article.terms, article.names, article.numbers, article.days), strict=True):
            rarity.add(words)

    def remove(self, article: Signature) -> None:
        for rarity, words in zip(self, (article.terms, article.names, article.numbers, article.days), strict=True):
            rarity.remove(words)


def features(a: Signature, b: Signature, rarities: Rarities) -> tuple[float, ...]:
    """The features of a pair, in the order of FEATURES; a and b may be exchanged."""
    return Comparison(a, rarities).features(b)


class Comparison:
    """An article to be compared with many, while rarities stay: what its own words tell is worked out once."""

    def __init__(self, article: Signature, rarities: Rarities):
        self.article, self._rarities = article, rarities
        self._terms = _telling(article.terms, rarities.terms)
        self._title = _telling(article.title_terms, rarities.terms)
        self._names = _telling(article.names, rarities.names)
        self._numbers = _telling(article.numbers, rarities.numbers)
        self._text = _Vector(article.terms, rarities.terms)
        self._lead_names = _Vector(article.lead_names, rarities.names)
        self._deeds = _Vector(article.deeds, rarities.terms)
        self._counts = _counts(article)
        self._ages = _ages(article)
        self._years = set(article.years)
        self._days = _telling(article.days, rarities.days, COMMON_DAY)

    def features(self, other: Signature) -> tuple[float, ...]:
        """The features of the pair, in the order of FEATURES."""
        a, b = self.article, other
        return (
            _shared(self._terms, b.terms),
            self._text.cosine(b.terms),
            _shared(self._title, b.title_terms),
            _shared(self._names, b.names),
            self._lead_names.cosine(b.lead_names),
            self._deeds.cosine(b.deeds),
            _shared(self._numbers, b.numbers),
            math.log1p(_counted_differently(self._counts, _counts(b))),
            float(_differ(self._ages, _ages(b))),
            float(_differ(self._years, b.years)),
            _shared(self._days, b.days),
            float(bool(a.days and b.days)),
            math.log1p(_days_apart(a, b)) / math.log1p(FAR_DAYS),
            math.log1p(min(a.word_count, b.word_count)),
        )


class _Vector:
    """The words of an article as a vector, each as long as it is rare."""

    def __init__(self, words: Collection[str], rarity: Rarity):
        self._squares = {word: rarity(word) ** 2 for word in words}
        self._words = frozenset(words)
        self._length, self._rarity = rarity.length(words), rarity

    def cosine(self, words: Collection[str]) -> float:
        """Of the angle with the vector of other words."""
        shared = math.fsum([self._squares[word] for word in self._words.intersection(words)])
        return shared / (self._length * self._rarity.length(words)) if shared else 0.0


def most_telling(a: Signature, b: Signature, rarities: Rarities, size: int = 8) -> list[str]:
    """The words, names and numbers that both articles use, the rarest first."""
    rarity = {}
    for name, kind in zip(("terms", "names", "numbers"), rarities[:3], strict=True):
        rarity |= {word: kind(word) for word in set(getattr(a, name)).intersection(getattr(b, name))}
    return sorted(rarity, key=lambda word: (-rarity[word], word))[:size]


def score(values: Sequence[float], weights: Weights) -> float:
    """The logarithm of the odds that the pair with these features is one story."""
    parts = (weights.features[name] * value for name, value in zip(FEATURES, values, strict=True))
    return weights.bias + math.fsum(parts)


def _telling(words: Collection, rarity: Callable, common: float = COMMON) -> dict[Any, float]:
    """How much each of the words (or days) tells."""
    return {word: max(0.0, rarity(word) - common) for word in words}


def _shared(telling: Mapping[Any, float], words: Collection) -> float:
    return math.log1p(math.fsum([telling[word] for word in words if word in telling]))


def _counts(article: Signature) -> dict[str, str]:
    """What it counts how many of: '3 people' and the thing, 'people'."""
    return {number: number.split(" ", 1)[1] for number in article.numbers if " " in number}


def _counted_differently(a: Mapping[str, str], b: Mapping[str, str]) -> int:
    """How many things both count, less the counts that agree."""
    return max(0, len({*a.values()}.intersection(b.values())) - len(a.keys() & b.keys())) if a and b else 0


def _ages(article: Signature) -> set[str]:
    return {number for number in article.numbers if number.startswith("a")}


def _differ(a: Collection, b: Collection) -> bool:
    return bool(a and b) and not set(a) & set(b)


def _days_apart(a: Signature, b: Signature) -> float:
    return min(abs(a.time - b.time) / DAY_SECONDS, FAR_DAYS) if a.dated and b.dated else 0.0
