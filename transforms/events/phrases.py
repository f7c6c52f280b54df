"""Noun phrases beside a verb, found by closed-class words and letter case alone.

For verbs whose tree has nobody. It knows the few hundred words that end a noun phrase in English (prepositions,
auxiliaries, pronouns, verbs of saying) and takes what stands between them. What it finds are spans of word positions in
one sentence.
"""

from typing import NamedTuple, Optional

from transforms.events.sentences import Sentence, is_number, is_word
from transforms.events.wordlists import (
    ADVERBS,
    AUXILIARIES,
    DESCRIBING,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    SAYING,
    SUBORDINATORS,
)


class Phrase(NamedTuple):
    """A noun phrase: words from `start` up to `end`; its head is before `head_end`, what describes it after.

    `name` are the first word of the proper name that it goes by and the word after it, where a parser saw one.
    """

    start: int
    end: int
    head_end: int
    name: Optional[tuple[int, int]] = None


def starts_phrase(sentence: Sentence, at: int) -> bool:
    """Whether a noun phrase is likely to begin with this word."""
    low = sentence.lows[at]
    return low in DETERMINERS or is_number(low) or sentence.texts[at][:1].isupper()


def phrase_after(sentence: Sentence, at: int, stops: frozenset[int]) -> tuple[Phrase, ...]:
    """The noun phrase that begins at word `at`, if any; `stops` are positions of words that end it, such as verbs."""
    lows, count = sentence.lows, len(sentence.lows)
    while at < count and (lows[at] in QUOTES or lows[at] in ADVERBS):
        at += 1
    end = at
    while end < count and end not in stops and not ends_phrase(sentence, end):
        if lows[end] in PREPOSITIONS or lows[end] in ("and", "or"):
            break
        end += 1
    while end > at and lows[end - 1] in QUOTES:
        end -= 1
    return (Phrase(at, end, end),) if end > at else ()


def phrases_ending(sentence: Sentence, last: int) -> tuple[Phrase, ...]:
    """The coordinated noun phrases of the stretch that ends with word `last`."""
    first = last + 1
    while first and not ends_phrase(sentence, first - 1) and sentence.lows[first - 1] not in SUBORDINATORS:
        first -= 1
    first = _skip_lead(sentence, first, last)
    if first > last:
        return ()
    found = []
    head_end = next((at for at in range(first, last + 1) if sentence.lows[at] in PREPOSITIONS), last + 1)
    for at in range(first + 1, head_end - 1):
        if sentence.lows[at] in ("and", "or") and at > first:
            found.append(Phrase(first, at, at))
            first = at + 1
    return (*found, Phrase(first, last + 1, head_end))


def _skip_lead(sentence: Sentence, first: int, last: int) -> int:
    """Leave out what comes before the noun phrase proper: "and", "in Bogota"."""
    while first <= last and (sentence.lows[first] in PREPOSITIONS or sentence.lows[first] in ("and", "or")):
        is_place = sentence.lows[first] in PREPOSITIONS
        first += 1
        while is_place and first <= last and sentence.lows[first] in DETERMINERS:
            first += 1
        first += is_place
    return first


def ends_phrase(sentence: Sentence, at: int) -> bool:
    """Whether no noun phrase goes on over this word."""
    low = sentence.lows[at]
    if low in QUOTES:
        return False
    if low in SAYING:
        return low not in DESCRIBING
    goes_on = any(after in DETERMINERS or after in PREPOSITIONS for after in sentence.lows[at + 1 : at + 2])
    is_verb = low.endswith("ed") or (low.endswith("ing") and goes_on)
    return is_verb or not is_word(low) or low in PRONOUNS or (low in AUXILIARIES and low != "'s")
