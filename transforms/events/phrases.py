"""Noun phrases beside a verb or a noun, found by closed-class words and letter case alone.

For verbs whose tree has nobody. It knows the few hundred words that end a noun phrase in English
(prepositions, auxiliaries, pronouns, verbs of saying) and takes what stands between them; it prefers no phrase to a
doubtful one. What it finds are spans of word positions in one sentence.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Optional

from transforms.events.sentences import Sentence, is_number, is_word
from transforms.events.wordlists import (
    ADVERBS,
    AUXILIARIES,
    COLLECTIVES,
    DESCRIBING,
    DETERMINERS,
    ING_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    QUOTES,
    SAYING,
    SUBORDINATORS,
    TIME,
)

_LEADS = TIME | QUOTES | ADVERBS | {"and", "but", "or", "meanwhile"}
_NO_MEMBERS = AUXILIARIES | SAYING | PRONOUNS  # after "and" they begin another clause


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
    return low in DETERMINERS or is_number(low) or sentence.texts[at][:1].isupper() or low in ("at", "up", "more")


def phrases_after(sentence: Sentence, at: int, stops: frozenset[int] = frozenset()) -> tuple[Phrase, ...]:
    """The noun phrases that begin at word `at`; `stops` are positions of words that end them, such as verbs."""
    found: list[Phrase] = []
    while at < len(sentence.texts):
        phrase = _phrase_from(sentence, at, stops)
        if phrase is None:
            break
        found.append(phrase)
        at = _next_in_list(sentence, phrase.end, stops)
        if at < 0:
            break
    return tuple(found)


def phrases_after_word(
    sentence: Sentence, at: int, words: Sequence[str], stops: frozenset[int], reach: int = 12
) -> tuple[Phrase, ...]:
    """The noun phrases after the first of `words` (such as "by") that follows within `reach` words of the clause."""
    for i in range(at, min(at + reach, len(sentence.lows))):
        low = sentence.lows[i]
        if low in words:
            if i + 1 < len(sentence.lows) and not sentence.lows[i + 1].endswith("ing"):
                return phrases_after(sentence, i + 1, stops)
            return ()
        if i in stops or low in (";", ":", "who", "which", "that", "said") or (low == "," and i > at + 4):
            return ()
    return ()


def phrases_ending(sentence: Sentence, last: int) -> tuple[Phrase, ...]:
    """The coordinated noun phrases of the stretch that ends with word `last`."""
    first = last
    while first >= 0 and not ends_phrase(sentence, first) and sentence.lows[first] not in SUBORDINATORS:
        first -= 1
    first += 1
    if first > last:
        return ()
    listed: tuple[Phrase, ...] = ()
    if "and" in sentence.lows[first : last + 1] and first >= 2 and sentence.lows[first - 1] == ",":
        before = first - 2
        while before >= 0 and first - before < 6 and not ends_phrase(sentence, before):
            before -= 1
        if before < 0 or sentence.lows[before] == ",":
            listed = tuple(_split_stretch(sentence, before + 1, first - 1))
    return (*listed, *_split_stretch(sentence, first, last + 1))


def ends_phrase(sentence: Sentence, at: int) -> bool:
    """Whether no noun phrase goes on over this word."""
    text, low = sentence.texts[at], sentence.lows[at]
    if low in QUOTES:
        return False
    if not is_word(text):
        return True
    if low in PRONOUNS or (low in AUXILIARIES and low != "'s") or low == "n't":
        return True
    if low in SAYING:
        return low not in DESCRIBING
    return _seems_verb(sentence, at)


def _seems_verb(sentence: Sentence, at: int) -> bool:
    """Whether a word in -ed or -ing looks like a verb by what follows it."""
    low = sentence.lows[at]
    if not low.endswith(("ed", "ing")) or len(low) < 5 or low in DESCRIBING or at + 1 >= len(sentence.lows):
        return False
    if at and sentence.lows[at - 1] in DETERMINERS:
        return False
    if at and sentence.lows[at - 1] in TIME:
        return True
    after = sentence.lows[at + 1]
    if low.endswith("ing"):
        return low not in ING_NOUNS and (after in DETERMINERS or after in PREPOSITIONS - {"of"} or is_number(after))
    if after in DETERMINERS or after in PREPOSITIONS or after == "that" or is_number(after):
        return True
    before = sentence.lows[at - 1] if at else ""
    return before.endswith("s") and sentence.texts[at + 1][:1].isupper()  # "rebels stunned Lima"


def _split_stretch(sentence: Sentence, start: int, end: int) -> Iterator[Phrase]:
    """Cut a stretch without verbs into noun phrases: what leads in is dropped, what describes stays with its head."""
    start = _skip_lead(sentence, start, end)
    if start >= end:
        return
    head_end = _head_end(sentence, start, end)
    if head_end == start:
        return
    at = start
    for i in range(start, head_end):
        if sentence.lows[i] in ("and", "or") and at < i and i + 1 < head_end:
            yield Phrase(at, i, i)
            at = i + 1
    yield Phrase(at, end, head_end)


def _head_end(sentence: Sentence, start: int, end: int) -> int:
    """Where the head of a noun phrase ends; "thousands of students" are students."""
    at = start
    while at < end:
        low = sentence.lows[at]
        if low == "of" and at + 1 < end and all(is_number(w) or w in COLLECTIVES for w in sentence.lows[start:at]):
            at += 1
        elif low in PREPOSITIONS or low in DESCRIBING:
            break
        else:
            at += 1
    return at


def _skip_lead(sentence: Sentence, start: int, end: int) -> int:
    """Leave out what comes before the noun phrase proper: conjunctions, times, "in Bogota"."""
    while start < end:
        low = sentence.lows[start]
        spent = low in ("year", "week", "month") and start and sentence.lows[start - 1] in TIME  # "last year"
        if spent or low in _LEADS or (low in QUANTIFIERS and start + 1 < end and _counts(sentence, start + 1)):
            start += 1
        elif low in PREPOSITIONS:
            start = _skip_place(sentence, start + 1, end)
        else:
            break
    return start


def _counts(sentence: Sentence, at: int) -> bool:
    return is_number(sentence.lows[at]) or sentence.lows[at] in QUANTIFIERS


def _skip_place(sentence: Sentence, at: int, end: int) -> int:
    while at < end and sentence.lows[at] in DETERMINERS:
        at += 1
    if at < end and sentence.texts[at][:1].isupper():
        while at < end and sentence.texts[at][:1].isupper():
            at += 1
        return at
    return at + 1


def _phrase_from(sentence: Sentence, at: int, stops: frozenset[int]) -> Optional[Phrase]:
    end = len(sentence.texts)
    while at < end and (sentence.lows[at] in QUOTES or sentence.lows[at] in ADVERBS):
        at += 1
    while (
        at < end - 1
        and sentence.lows[at] in QUANTIFIERS
        and (is_number(sentence.lows[at + 1]) or sentence.lows[at + 1] in ("least", "most", "to", "than", "many", "as"))
    ):
        at += 1 if is_number(sentence.lows[at + 1]) else 2
    start = at
    while at < end and at not in stops and not ends_phrase(sentence, at):
        low = sentence.lows[at]
        if low in ("and", "or") or low in TIME or (low in PREPOSITIONS and low != "of"):
            break
        if low in DESCRIBING or (low == "of" and at == start):
            break
        at += 1
    while at > start and (sentence.lows[at - 1] in QUOTES or sentence.lows[at - 1] == "of"):
        at -= 1
    if at == start or sentence.lows[at - 1] in DETERMINERS:
        return None
    return Phrase(start, at, _head_end(sentence, start, at))


def _next_in_list(sentence: Sentence, at: int, stops: frozenset[int]) -> int:
    """Where the next noun phrase of an enumeration begins after word `at`, or -1."""
    lows = sentence.lows
    if at < len(lows) and lows[at] == ",":
        if "and" not in lows[at : at + 14]:
            return -1
        at += 1
        following = _phrase_from(sentence, at, stops) if at < len(lows) and starts_phrase(sentence, at) else None
        listed = following and following.end < len(lows) and lows[following.end] in (",", "and")
        return at if listed else -1
    if at + 1 < len(lows) and lows[at] == "and":
        at += 1
        return -1 if at in stops or lows[at] in _NO_MEMBERS or lows[at].endswith(("ed", "ing")) else at
    return -1
