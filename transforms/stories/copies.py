"""Same text elsewhere: wire copy and syndication, also when cut, re-headlined or given another lead or a paragraph.

Two texts are one when the shorter is, for the most part, contained in the longer. Containment is estimated from the
sketches of their word sequences (Broder, "On the resemblance and containment of documents", 1997).
"""

from collections.abc import Sequence

from transforms.stories.similarity import NUMBER_COUNT, SKETCH_SIZE, Signature

BRIEF_WORDS = 100  # a brief text may be all page furniture: its titles have to agree or to be told by the text
BRIEF_TITLE = 0.5
TOLD_TITLE = 0.12
LEAST_SHARED = 4  # hashes
CONTAINED = 0.5
CONTAINED_BRIEF = 0.65  # without titles that agree
CONTAINED_AT_HOME = 0.8  # an outlet's articles share page furniture
SAME_NUMBERS = 0.6  # of the shorter text's are in the longer: else one form was filled in twice


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
    least = CONTAINED_AT_HOME if a.outlet == b.outlet else CONTAINED
    if _is_brief(a, b) and not _titles_agree(a, b):
        if not (_is_told(a, b) and _is_told(b, a)):
            return False
        least = max(least, CONTAINED_BRIEF)
    return a.text_id == b.text_id or (containment(a, b) >= least and _numbers_agree(a, b))


def is_furniture(a: Signature, b: Signature) -> bool:
    """Whether all that two articles have in common is a brief text that tells neither's news.

    A notice of their pages, or a form that was filled in twice.
    """
    return _is_brief(a, b) and not _titles_agree(a, b) and containment(a, b) >= CONTAINED and not is_copy(a, b)


def _is_brief(a: Signature, b: Signature) -> bool:
    return min(a.word_count, b.word_count) < BRIEF_WORDS


def _titles_agree(a: Signature, b: Signature) -> bool:
    shared = set(a.title_terms).intersection(b.title_terms)
    return len(shared) > BRIEF_TITLE * min(len(a.title_terms), len(b.title_terms))


def _is_told(headed: Signature, other: Signature) -> bool:
    """Whether the other's text tells what stands in a title: it does not if they only share a notice.

    Words of both titles prove nothing, since what is told by a title is among an article's terms.
    """
    own = set(headed.title_terms).difference(other.title_terms)
    told = own.intersection(other.terms)
    return bool(told) and len(told) >= TOLD_TITLE * len(own)


def _numbers_agree(a: Signature, b: Signature) -> bool:
    shorter, longer = sorted((a, b), key=lambda article: article.word_count)
    if len(longer.numbers) >= NUMBER_COUNT:  # the rest of them was not kept
        return True
    shared = set(shorter.numbers).intersection(longer.numbers)
    return len(shared) >= SAME_NUMBERS * len(shorter.numbers)
