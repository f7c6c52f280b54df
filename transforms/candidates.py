"""Which held articles are worth comparing with a new one: an inverted index over their rarest words.

Looking up reads a bounded number of postings, the rarest words first, so that its cost hardly grows with the number
of articles held.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np

CANDIDATES = 60
READ_POSTINGS = 6_000
COMMONEST_POSTINGS = 3_000  # a word of more articles than this says too little to be looked up


class CandidateIndex:
    """Articles by the words that they hold. Articles are named by slots: small integers, given out in order."""

    def __init__(self):
        self._postings: dict[str, array] = defaultdict(_no_slots)
        self._removed: set[int] = set()

    def add(self, slot: int, keys: Iterable[str]) -> None:
        for key in keys:
            self._postings[key].append(slot)

    def remove(self, slot: int) -> None:
        self._removed.add(slot)

    def holders(self, keys: Iterable[str]) -> Counter[int]:
        """Articles that hold any of the keys, with how many of them they hold."""
        found = Counter(slot for key in keys for slot in self._postings.get(key, ()))
        return Counter({slot: count for slot, count in found.items() if slot not in self._removed})

    def nearest(self, keys: Iterable[str], weight: Callable[[str], float], size: int = CANDIDATES) -> list[int]:
        """The slots whose shared keys weigh most, at most `size`; ties go to the lower slot."""
        slots, weights = self._read(sorted(keys, key=lambda key: (len(self._postings.get(key, ())), key)), weight)
        if not slots:
            return []
        found, places = np.unique(np.concatenate(slots), return_inverse=True)
        total = np.bincount(places, weights=np.concatenate(weights))
        order = np.lexsort((found, -total))[: size + len(self._removed)]
        return [slot for slot in found[order].tolist() if slot not in self._removed][:size]

    def _read(self, keys: list[str], weight: Callable[[str], float]) -> tuple[list[np.ndarray], list[np.ndarray]]:
        slots, weights, left = [], [], READ_POSTINGS
        for key in keys:
            posting = self._postings.get(key, ())
            if len(posting) > min(left, COMMONEST_POSTINGS):
                break
            if posting:
                left -= len(posting)
                slots.append(np.array(posting))
                weights.append(np.full(len(posting), weight(key)))
        return slots, weights


def _no_slots() -> array:
    return array("q")
