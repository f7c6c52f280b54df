"""The subject of a verb, found by walking back from it over auxiliaries, insertions and appositions."""

from typing import NamedTuple

from transforms.events.phrases import Phrase, ends_phrase, phrases_ending
from transforms.events.sentences import Sentence, is_word
from transforms.events.wordlists import ADVERBS, AUXILIARIES, PREPOSITIONS, RELATIVES, SAYING, TITLES

_SPEAKING = frozenset(["it", "he", "she", "they", "we"])


class Subject(NamedTuple):
    """What stands before a verb: its noun phrases, the auxiliaries passed on the way, and how it was reached."""

    phrases: tuple[Phrase, ...]
    auxiliaries: frozenset[str]
    shared: bool = False  # the verb has none of its own: "... and wounded two", "..., killing five"


def subject_of(sentence: Sentence, verb: int) -> Subject:
    """The noun phrases before the verb at word `verb`."""
    at, passed = verb - 1, set()
    while at >= 0 and _leads_to_verb(sentence, at):
        passed.add(sentence.lows[at])
        at -= 1
    if at > 0 and sentence.lows[at] == "to":  # that of the verb before: "rebels used drones to bomb"
        at -= 1
        while at >= 0 and not ends_phrase(sentence, at):
            at -= 1
        above = subject_of(sentence, at).phrases if at > 0 and is_word(sentence.texts[at]) else ()
        return Subject(above, frozenset(passed | {"to"}))
    auxiliaries = frozenset(passed)
    if at >= 0 and sentence.lows[at] in _SPEAKING:
        return Subject(_speaker(sentence, at), auxiliaries)
    if at >= 0 and sentence.lows[at] in RELATIVES:
        at -= 2 if at and sentence.lows[at - 1] == "," else 1
    elif at >= 0 and sentence.lows[at] in ("and", "or", "then"):
        return Subject((), auxiliaries, shared=True)
    if at >= 0 and sentence.lows[at] in (",", ")"):
        at = _before_insertion(sentence, at)
        if at < 0:
            return Subject((), auxiliaries, shared=True)
    at = _before_appositions(sentence, at)
    if at < 0:
        return Subject((), auxiliaries, shared=False)
    return Subject(phrases_ending(sentence, at), auxiliaries)


def _speaker(sentence: Sentence, pronoun: int) -> tuple[Phrase, ...]:
    """Whom "it" is likely to be in "Norway said on Monday it will mediate": who said so; nobody elsewhere."""
    for at in range(pronoun - 1, max(pronoun - 6, 0), -1):
        if sentence.lows[at] in SAYING:
            return subject_of(sentence, at).phrases
        if not is_word(sentence.texts[at]):
            break
    return ()


def _leads_to_verb(sentence: Sentence, at: int) -> bool:
    low = sentence.lows[at]
    if low == "'s" and at and sentence.texts[at - 1][:1].isupper():
        return False  # a possessive
    return low in AUXILIARIES or low in ADVERBS or (low.endswith("ly") and sentence.texts[at].islower())


def _before_insertion(sentence: Sentence, at: int) -> int:
    """The word before an insertion such as ", 23," or "(left)" that ends at `at`, or -1."""
    opening = "," if sentence.lows[at] == "," else "("
    for i in range(at - 1, max(at - 16, 0), -1):
        if sentence.lows[i] == opening:
            return i - 1
        if sentence.lows[i] in (";", ":"):
            break
    return -1


def _before_appositions(sentence: Sentence, at: int) -> int:
    """The last word of the name that "Lee, mayor of Ardon, in the north" describes, when `at` is the word "north"."""
    for _ in range(3):
        first = at
        while first >= 0 and at - first < 12 and not ends_phrase(sentence, first):
            first -= 1
        begins = sentence.lows[first + 1] if first + 1 <= at else ""
        describes = begins[:1].isdigit() or begins in PREPOSITIONS or begins in TITLES
        if first < 1 or sentence.lows[first] != "," or not describes or not sentence.texts[first - 1][:1].isalnum():
            break
        at = first - 1
    return at
