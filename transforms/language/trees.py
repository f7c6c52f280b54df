"""Scores to sentence trees, in numpy over a whole window at once."""

import numpy as np

NEVER = np.float32(-1e9)


def decode_trees(arcs: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The best tree of each sentence of a window, each with exactly one root.

    All sentences are decoded together by taking each word's best head; only a sentence where that gives a cycle is
    decoded again by Chu-Liu/Edmonds (Chu and Liu, 1965; Edmonds, 1967).

    Args:
        arcs: float (n, 1 + n), the scores of each word's heads; column 0 is the root.
        starts: bool (n,), the first words of sentences; the window's first word always is one.

    Returns:
        int (n,): 0 for a root, i + 1 for word i.
    """
    count = len(arcs)
    starts = starts.copy()
    starts[0] = True
    sentence = np.cumsum(starts) - 1
    first = np.flatnonzero(starts)
    scores = arcs.copy()
    scores[:, 1:][sentence[:, None] != sentence[None, :]] = NEVER
    scores[np.arange(count), np.arange(1, count + 1)] = NEVER
    gain = scores[:, 0] - scores[:, 1:].max(1)  # of being the root rather than its best head's
    best = gain == np.maximum.reduceat(gain, first)[sentence]
    roots = np.flatnonzero(best)[np.searchsorted(sentence[best], np.arange(len(first)))]
    keep = scores[roots, 0]
    scores[:, 0] = NEVER
    scores[roots] = NEVER
    scores[roots, 0] = keep
    heads = scores.argmax(1)
    for one in np.unique(sentence[_in_cycles(heads)]):
        inside = np.flatnonzero(sentence == one)
        block = scores[np.ix_(inside, np.concatenate([[0], inside + 1]))]
        found = edmonds(block)
        heads[inside] = np.where(found == 0, 0, inside[found - 1] + 1)
    return heads


def _in_cycles(heads: np.ndarray) -> np.ndarray:
    """bool (n,): words from which the root is never reached, by doubling the step (each turn goes twice as far)."""
    up = np.concatenate([[0], heads])
    for _ in range(len(up).bit_length()):
        up = up[up]
    return up[1:] != 0


def edmonds(scores: np.ndarray) -> np.ndarray:
    """The best tree of one sentence: heads int (n,) of scores float (n, 1 + n), 0 the root."""
    count = len(scores) + 1
    full = np.full((count, count), NEVER, np.float64)
    full[1:] = scores
    return _arborescence(full)[1:]


def _arborescence(scores: np.ndarray) -> np.ndarray:
    """Heads (n,) of the best tree over scores (n, n) [dependent, head] rooted at node 0, contracting cycle by cycle."""
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    rest = np.setdiff1d(np.arange(len(scores)), cycle)
    lost = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
    enter = lost.argmax(0)  # by which word of the cycle an outer head would enter it
    leave = scores[np.ix_(rest, cycle)].argmax(1)  # to which word of the cycle an outer word would attach
    small = np.full((len(rest) + 1, len(rest) + 1), float(NEVER))
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    small[-1, :-1] = lost.max(0)
    small[:-1, -1] = scores[rest, cycle[leave]]
    small[0, -1] = NEVER
    found = _arborescence(small)
    out = heads.copy()
    for i in range(1, len(rest)):
        out[rest[i]] = cycle[leave[i]] if found[i] == len(rest) else rest[found[i]]
    out[cycle[enter[found[-1]]]] = rest[found[-1]]
    return out


def _find_cycle(heads: np.ndarray) -> np.ndarray | None:
    """The nodes of one cycle, None where there is none; node 0 is its own head and no cycle."""
    seen = np.zeros(len(heads), int)
    for start in range(1, len(heads)):
        node = start
        while node and not seen[node]:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            cycle, at = [node], heads[node]
            while at != node:
                cycle.append(at)
                at = heads[at]
            return np.array(cycle)
    return None
