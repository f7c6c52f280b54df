"""Average linkage: join the two groups whose members are most alike on average, again and again.

Two groups may be joined only along an edge between members, which the caller gives: pairs at or above the threshold.
No pair below it can lift an average to it, and parts without edges never meet. What the groups are
as a whole may speak against it: a penalty is taken off their average.

Larger groups need less on average than two members alone need: that so many are rather like each other is surer than
one score, and two sentences of news, or a word on one side of an event, are like few of the other reports very much.
They still need an edge.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import product
from typing import NamedTuple

Score = Callable[[str, str], float]
Penalty = Callable[[Sequence[str], Sequence[str]], float]

LARGE_GROUP = 5  # members
SUPPORT = 2.0  # of such a group for a single member, added to their mean score
GROUP_SUPPORT = 1.0  # of two groups for each other, the more pairs the nearer to this


def no_penalty(a: Sequence[str], b: Sequence[str]) -> float:
    return 0.0


def average_linkage(
    atoms: Mapping[str, Sequence[str]],
    edges: Iterable[tuple[str, str]],
    score: Score,
    threshold: float,
    penalty: Penalty = no_penalty,
) -> list[list[str]]:
    """Groups of atoms. An atom is never taken apart: an article, or a story stood for by some of its articles.

    `edges` are pairs of atoms, `score` is that of two members and `penalty` that of two groups of members, in either
    order. The result does not depend on the order of the arguments; ties go to the atoms that come first by name.
    """
    groups = _Groups(atoms, score, threshold, penalty)
    neighbours = defaultdict(set)
    for a, b in edges:
        neighbours[a].add(b)
        neighbours[b].add(a)
    heap = [groups.likeness(a, b) for a in neighbours for b in neighbours[a] if a < b]
    heapify(heap)
    while heap and -heap[0].minus >= threshold:
        _, a, b, sizes = heappop(heap)
        if groups.sizes(a, b) != sizes:  # one of them has grown, or is no more
            continue
        groups.join(a, b)
        neighbours[a] = (neighbours[a] | neighbours.pop(b)) - {a, b}
        for other in neighbours[a]:
            neighbours[other] = (neighbours[other] - {b}) | {a}
            heappush(heap, groups.likeness(*sorted((a, other))))
    return sorted(sorted(atoms) for atoms in groups.atoms.values())


class _Likeness(NamedTuple):
    """How much alike two groups are, the most first in order."""

    minus: float
    a: str
    b: str
    sizes: tuple[int, int]  # of the groups then


class _Groups:
    """Groups of atoms, named by one of them, and the sums of scores between them."""

    def __init__(self, members: Mapping[str, Sequence[str]], score: Score, threshold: float, penalty: Penalty):
        self.atoms = {name: [name] for name in members}
        self._members, self._score = members, score
        self._threshold, self._penalty = threshold, penalty
        self._sizes = {name: len(articles) for name, articles in members.items()}
        self._sums: dict[tuple[str, str], float] = {}

    def likeness(self, a: str, b: str) -> "_Likeness":
        """The mean score and what the size of the groups adds, less the penalty where that can matter."""
        sizes = self.sizes(a, b)
        mean = self._sum(a, b) / (sizes[0] * sizes[1]) + _support(*sizes)
        penalty = self._penalty(self._all(a), self._all(b)) if mean >= self._threshold else 0.0
        return _Likeness(penalty - mean, a, b, sizes)

    def sizes(self, a: str, b: str) -> tuple[int, int]:
        """How many members they have: 0, if a group is part of another by now."""
        return self._sizes.get(a, 0), self._sizes.get(b, 0)

    def join(self, a: str, b: str) -> None:
        for other in self.atoms.keys() - {a, b}:
            if _pair(a, other) in self._sums or _pair(b, other) in self._sums:
                self._sums[_pair(a, other)] = self._sum(a, other) + self._sum(b, other)
        self.atoms[a] += self.atoms.pop(b)
        self._sizes[a] += self._sizes.pop(b)

    def _all(self, group: str) -> list[str]:
        return [member for atom in self.atoms[group] for member in self._members[atom]]

    def _sum(self, a: str, b: str) -> float:
        pair = _pair(a, b)
        if pair not in self._sums:
            atoms = product(self.atoms[a], self.atoms[b])
            self._sums[pair] = sum(self._atom_sum(x, y) for x, y in atoms)
        return self._sums[pair]

    def _atom_sum(self, a: str, b: str) -> float:
        return sum(self._score(x, y) for x, y in product(self._members[a], self._members[b]))


def _support(size: int, other_size: int) -> float:
    """What the number of members adds to a mean score."""
    if min(size, other_size) > 1:
        return GROUP_SUPPORT * (1 - 1 / math.sqrt(size * other_size))
    return SUPPORT if max(size, other_size) >= LARGE_GROUP else 0.0


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
