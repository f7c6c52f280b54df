"""What keeps two groups of articles apart although article by article they are alike: each has names of its own.

Nearly all reports of one boxing match name one opponent, and none of those of the next match do, however much else is
the same. That shows among several articles only: a single one may leave any name out. One side is not enough either,
since later reports have names that the first ones had not yet (the suspect), but keep those of the first.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

LEAST_ARTICLES = 3  # of each group
CHANCE = 0.5  # so much of a contrast is found between groups of one story too
SLOPE = 10.0  # of the score, for a contrast of 1


class Contrast(NamedTuple):
    """The name that most of one group has and the other has not, and the other way round."""

    names: tuple[str, str]
    size: float  # 0 to 1: of the weaker one, how much larger a share of its own group has it

    @property
    def penalty(self) -> float:
        """What is taken off the mean score between the groups."""
        return SLOPE * max(0.0, self.size - CHANCE)


NO_CONTRAST = Contrast(("", ""), 0.0)


def contrast(a: Sequence[Collection[str]], b: Sequence[Collection[str]]) -> Contrast:
    """The contrast between two groups of articles, given by the names of each article, in either order."""
    if min(len(a), len(b)) < LEAST_ARTICLES:
        return NO_CONTRAST
    shares = [_shares(group) for group in (a, b)]
    own = [_most_own(*pair) for pair in (shares, shares[::-1])]
    return Contrast((own[0][1], own[1][1]), min(own[0][0], own[1][0]))


def _shares(group: Sequence[Collection[str]]) -> Counter[str]:
    """The share of the articles that have a name: as if one more did not, since two articles prove little."""
    counts = Counter(name for names in group for name in set(names))
    return Counter({name: count / (len(group) + 1) for name, count in counts.items()})


def _most_own(shares: Counter[str], others: Counter[str]) -> tuple[float, str]:
    return max(((share - others[name], name) for name, share in shares.items()), default=(0.0, ""))
