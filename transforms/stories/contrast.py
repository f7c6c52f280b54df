"""What keeps two groups of articles apart although article by article they are alike: each has names of its own.

Nearly all reports of one boxing match name one opponent, and none of those of the next match do, however much else is
the same. That shows among several articles only: a single one may leave any name out, and a brief one must leave out
most. One name is not enough, which may be another spelling, nor is one side, since later reports have names that the
first ones had not yet (the suspect), but keep those of the first.
"""

from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from typing import NamedTuple

from transforms.stories.similarity import Signature

FULL_WORDS = 150  # an article of so many words names whom it is about; what a shorter one lacks proves less
CHANCE = 0.35  # so much of a contrast is found between groups of one story too
SLOPE = 12.0  # of the score, for a contrast of 1


class Contrast(NamedTuple):
    """The names that most of one group have and the other has not, and the other way round."""

    names: tuple[str, str]  # the first of each
    size: float  # 0 to 1: of the weaker side, how much larger a share of its own group has the second of them

    @property
    def penalty(self) -> float:
        """What is taken off the mean score between the groups."""
        return SLOPE * max(0.0, self.size - CHANCE)


class _Naming(NamedTuple):
    """How a group names whom it is about."""

    shares: Counter[str]  # of the articles that have a name, among those that have it or could have had it
    weight: float  # of its articles, in articles of full length


def contrast(a: Sequence[Signature], b: Sequence[Signature]) -> Contrast:
    """The contrast between two groups of articles, in either order; two single ones have next to none."""
    namings = (_naming(a), _naming(b))
    own = [_own(*pair) for pair in (namings, namings[::-1])]
    return Contrast((own[0][1], own[1][1]), min(own[0][0], own[1][0]))


def _naming(group: Sequence[Signature]) -> _Naming:
    """Shares as if one more article lacked each name, since few articles prove little."""
    weight = sum(_weight(article) for article in group)
    having, spared = Counter(), Counter()
    for article in group:
        having.update(dict.fromkeys(article.names, 1))
        spared.update(dict.fromkeys(article.names, 1 - _weight(article)))
    shares = {name: count / (weight + spared[name] + 1) for name, count in having.items()}
    return _Naming(Counter(shares), weight)


def _weight(article: Signature) -> float:
    return min(1.0, article.word_count / FULL_WORDS)


def _own(group: _Naming, other: _Naming) -> tuple[float, str]:
    """How much larger a share has the second of the names that are most a group's own, and the first of them.

    As far as the other can be said to lack it. One name alone may be another spelling: Alexis, Alexandros.
    """
    sure = other.weight / (other.weight + 1)
    own = nlargest(2, ((sure * (share - other.shares[name]), name) for name, share in group.shares.items()))
    return (own[-1][0], own[0][1]) if own else (0.0, "")
