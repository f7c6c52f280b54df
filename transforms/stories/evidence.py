"""The evidence that two articles report one event: a few features, weighed by logistic regression.

The weights are data (`similarity_weights.json`), fitted by `training/fit_stories.py`. A score is the logarithm of the
odds that two articles belong to one story.
"""

import functools
import json
import math
from collections.abc import Collection, Mapping, Sequence
from importlib import resources
from typing import NamedTuple, Optional

from transforms.stories.archive import Archive
from transforms.stories.rarity import Rarity, number_rarity
from transforms.stories.similarity import Signature

DAY_SECONDS = 86_400.0
FAR_DAYS = 30.0
COMMON = 2.5  # words less rare than this (held by one article in twelve) tell nothing

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
    "same_days",  # logarithm of the number of days that both name
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
    """Rarity of each kind of word among the articles held."""

    terms: Rarity
    names: Rarity
    numbers: Rarity

    @classmethod
    def empty(cls) -> "Rarities":
        return cls(Rarity(), Rarity(), Rarity(number_rarity))

    @classmethod
    def of(cls, archive: Archive) -> "Rarities":
        size = len(archive)
        return cls(
            Rarity(counts=archive.terms.counts(), size=size),
            Rarity(counts=archive.names.counts(), size=size),
            Rarity(number_rarity, archive.numbers.counts(), size),
        )

    def add(self, article: Signature) -> None:
        for rarity, words in zip(self, (article.terms, article.names, article.numbers), strict=True):
            rarity.add(words)

    def remove(self, article: Signature) -> None:
        for rarity, words in zip(self, (article.terms, article.names, article.numbers), strict=True):
            rarity.remove(words)


def features(a: Signature, b: Signature, rarities: Rarities) -> tuple[float, ...]:
    """The features of a pair, in the order of FEATURES; a and b may be exchanged."""
    return (
        _shared(a.terms, b.terms, rarities.terms),
        _cosine(a.terms, b.terms, rarities.terms),
        _shared(a.title_terms, b.title_terms, rarities.terms),
        _shared(a.names, b.names, rarities.names),
        _cosine(a.lead_names, b.lead_names, rarities.names),
        _cosine(a.deeds, b.deeds, rarities.terms),
        _shared(a.numbers, b.numbers, rarities.numbers),
        math.log1p(_counted_differently(a, b)),
        float(_differ(_ages(a), _ages(b))),
        float(_differ(a.years, b.years)),
        math.log1p(len(set(a.days).intersection(b.days))),
        float(bool(a.days and b.days)),
        math.log1p(_days_apart(a, b)) / math.log1p(FAR_DAYS),
        math.log1p(min(a.word_count, b.word_count)),
    )


def most_telling(a: Signature, b: Signature, rarities: Rarities, size: int = 8) -> list[str]:
    """The words, names and numbers that both articles use, the rarest first."""
    rarity = {}
    for name, kind in zip(("terms", "names", "numbers"), rarities, strict=True):
        rarity |= {word: kind(word) for word in set(getattr(a, name)).intersection(getattr(b, name))}
    return sorted(rarity, key=lambda word: (-rarity[word], word))[:size]


def score(values: Sequence[float], weights: Weights) -> float:
    """The logarithm of the odds that the pair with these features is one story."""
    parts = (weights.features[name] * value for name, value in zip(FEATURES, values, strict=True))
    return weights.bias + math.fsum(parts)


def _shared(a: Collection[str], b: Collection[str], rarity: Rarity) -> float:
    return math.log1p(math.fsum(max(0.0, rarity(word) - COMMON) for word in set(a).intersection(b)))


def _cosine(a: Collection[str], b: Collection[str], rarity: Rarity) -> float:
    shared = math.fsum(rarity(word) ** 2 for word in set(a).intersection(b))
    return shared / (rarity.length(a) * rarity.length(b)) if shared else 0.0


def _counted_differently(a: Signature, b: Signature) -> int:
    """How many things both count, less the counts that agree."""
    counts = [{number for number in article.numbers if " " in number} for article in (a, b)]
    things = [{count.split(" ", 1)[1] for count in found} for found in counts]
    return max(0, len(things[0] & things[1]) - len(counts[0] & counts[1]))


def _ages(article: Signature) -> set[str]:
    return {number for number in article.numbers if number.startswith("a")}


def _differ(a: Collection, b: Collection) -> bool:
    return bool(a and b) and not set(a) & set(b)


def _days_apart(a: Signature, b: Signature) -> float:
    return min(abs(a.time - b.time) / DAY_SECONDS, FAR_DAYS) if a.dated and b.dated else 0.0
