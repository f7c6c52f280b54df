"""Which held articles are worth comparing with a new one: an inverted index over their rarest words.

A look-up reads a bounded number of postings, the rarest words first, so that its cost hardly grows with the number of
articles held.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

CANDIDATES = 24
READ_POSTINGS = 6_000
COMMONEST_POSTINGS = 3_000  # a word of more articles than this says too little to be looked up


class CandidateIndex:
    """Articles by the keys that they hold. Articles are named by slots: small integers, given out in order.

    Args:
        archived: the slots that held a key from the start.
    """

    def __init__(self, archived: Callable[[Any], np.ndarray]):
        self._archived = archived
        self._added: dict[str | int, array] = defaultdict(_no_slots)
        self._removed: set[int] = set()

    def add(self, slot: int, keys: Iterable[str | int]) -> None:
        for key in keys:
            self._added[key].append(slot)

    def remove(self, slot: int) -> None:
        """Leave a slot out from now on; its postings stay until the index is made anew."""
        self._removed.add(slot)

    def nearest(
        self, keys: Iterable[str | int], weight: Callable, size: int = CANDIDATES, least: float = 0.0
    ) -> list[int]:
        """The slots whose shared keys weigh most, `least` or more, at most `size`; ties go to the lower slot."""
        slots, weights = [], []
        for key, posting in self._read(keys):
            slots.append(posting)
            weights.append(weight(key))
        if not slots:
            return []
        found, places = np.unique(np.concatenate(slots), return_inverse=True)
        total = np.bincount(places, weights=np.repeat(weights, [len(posting) for posting in slots]))
        enough = total >= least
        return self._alive(found[enough], total[enough], size)

    def most_shared(self, keys: Iterable[str | int], size: int) -> list[int]:
        """The slots that share most keys, at most `size`."""
        return self.nearest(keys, lambda key: 1.0, size)

    def _alive(self, slots: np.ndarray, weights: np.ndarray, size: int) -> list[int]:
        """The heaviest slots that were not removed."""
        if self._removed:
            alive = [slot not in self._removed for slot in slots.tolist()]
            slots, weights = slots[alive], weights[alive]
        if len(slots) > size:  # only those that can be among the heaviest are put in order
            heavy = weights >= np.partition(weights, -size)[-size]
            slots, weights = slots[heavy], weights[heavy]
        return slots[np.lexsort((slots, -weights))][:size].tolist()

    def _read(self, keys: Iterable[str | int]) -> Iterable[tuple[str | int, np.ndarray]]:
        """The postings of the rarest keys, as many as may be read."""
        left = READ_POSTINGS
        for key, posting in sorted(self._postings(keys), key=lambda pair: (len(pair[1]), pair[0])):
            if len(posting) > min(left, COMMONEST_POSTINGS):
                return
            left -= len(posting)
            yield key, posting

    def _postings(self, keys: Iterable[str | int]) -> Iterator[tuple[str | int, np.ndarray]]:
        for key in keys:
            posting = self._archived(key)
            if key in self._added:
                posting = np.concatenate([posting, np.array(self._added[key])])
            if len(posting):
                yield key, posting


def _no_slots() -> array:
    return array("q")
