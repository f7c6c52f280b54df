"""Same text elsewhere: wire copy and syndication, also when cut, re-headlined or given another lead or a paragraph.

Two texts are one when the shorter is, for the most part, contained in the longer. Containment is estimated from the
sketches of their word sequences (Broder, "On the resemblance and containment of documents", 1997).
"""

from collections.abc import Sequence

from transforms.stories.similarity import SKETCH_SIZE, Signature

BRIEF_WORDS = 100  # a brief text may be all page furniture: its title has to agree as well
BRIEF_TITLE = 0.5
LEAST_SHARED = 4  # hashes
CONTAINED = 0.5
CONTAINED_AT_HOME = 0.8  # an outlet's articles share page furniture


def containment(a: Signature, b: Signature) -> float:
    """The share (0 to 1) of the shorter text that the longer contains too, as far as their sketches tell."""
    reach = min(_reach(a.sketch), _reach(b.sketch))
    seen_a, seen_b = ({value for value in article.sketch if value <= reach} for article in (a, b))
    shared = len(seen_a & seen_b)
    return shared / max(1, min(len(seen_a), len(seen_b))) if shared >= LEAST_SHARED else 0.0


def _reach(values: Sequence[int]) -> int:
    """Up to which hash a sketch holds all of its text's: a short text fits in whole."""
    return values[-1] if len(values) >= SKETCH_SIZE else 2**32


def is_copy(a: Signature, b: Signature) -> bool:
    """Whether two articles carry one text."""
    if min(a.word_count, b.word_count) < BRIEF_WORDS and not _titles_agree(a, b):
        return False
    if a.text_id == b.text_id:
        return True
    return containment(a, b) >= (CONTAINED_AT_HOME if a.outlet == b.outlet else CONTAINED)


def is_furniture(a: Signature, b: Signature) -> bool:
    """Whether all that two articles have in common is a brief text under different titles: a notice of their pages."""
    brief = min(a.word_count, b.word_count) < BRIEF_WORDS
    return brief and not _titles_agree(a, b) and containment(a, b) >= CONTAINED


def _titles_agree(a: Signature, b: Signature) -> bool:
    shared = set(a.title_terms).intersection(b.title_terms)
    return len(shared) > BRIEF_TITLE * min(len(a.title_terms), len(b.title_terms))
