"""How many are hurt, as their wounds or their care tell: "two are being [treated]", "three suffered [burns]"."""

from collections.abc import Sequence
from typing import Optional

from transforms.events.counting import count_after, count_before
from transforms.events.numerals import parse_number
from transforms.events.wordlists import word_set

_BE = word_set("is are was were be been being still remain remained remains now")
_WOUNDS = word_set("wounds wound injuries injury burns burn fractures concussion shrapnel")
_HURT = frozenset(["injured", "wounded"])
_SUFFERED = word_set("sustained sustaining suffered suffering received receiving with")
_ESCAPED = word_set("escaped survived hospitalized hospitalised airlifted")  # "[escaped] with burns"
_TREATED = word_set("receiving received undergoing underwent under getting")
_WARDS = word_set("hospital hospitals condition care")
_STATES = word_set("critical serious stable grave intensive")
_BY = frozenset(["by", "in"])
_NO_CARE = word_set("as like badly unfairly differently with harshly kindly well equally")  # "treated as a threat"
_OTHERS = word_set("other others another more wife husband son daughter")
_DYING = word_set("died dies death dead killed body bodies succumbed pronounced")
_FAR = 5  # words from the verb to the wounds


def count_in_care(words: Sequence[str], texts: Sequence[str]) -> tuple[int, int]:
    """How many a sentence tells to be in care or to have wounds, and how many of them it tells as others than somebody.

    These are sure to live, where somebody died as well, and the groups of them add up.
    """
    some, others, has_died = 0, 0, not _DYING.isdisjoint(words)
    for at, word in enumerate(words):
        verb = _verb_before(words, at)
        if verb is not None:
            verb -= 2 if words[max(verb - 2, 0) : verb] == [",", "who"] else 0
            count = count_before(words, texts, verb)
            if not _OTHERS.isdisjoint(words[max(verb - _FAR, 0) : verb]):
                others += count or 0
                continue
        elif word in _HURT and words[max(at - 3, 0) : at - 1] == ["of", "the"]:
            count = parse_number(words, at - 1)[0]  # "two of the nine injured"
        else:
            count = count_after(words, texts, at) if word == "treated" else None
        some = max(some, count or 0)
    return others if has_died else some + others, others


def _verb_before(words: Sequence[str], at: int) -> Optional[int]:
    """Where the verb is of which those before it have the wounds or the care that word `at` tells."""
    word, before = words[at], words[max(at - _FAR, 0) : at]
    if word in _WOUNDS:
        near = (at - i for i, each in enumerate(reversed(before), 1) if each in _SUFFERED)
        verb = next((i for i in near if words[i + 1 : at] == [*filter(str.isalpha, words[i + 1 : at])]), None)
        if verb and words[verb] == "with":
            return verb - 1 if words[verb - 1] in _ESCAPED else None
        return verb
    if word in ("treated", "hit"):
        following = {*words[at + 1 : at + 2]}
        is_it = not _NO_CARE & following if word == "treated" else _BY & following
        return at if is_it and _BE & {*before[-1:]} else None
    if word == "treatment":
        return next((at - i for i, each in enumerate(reversed(before[-2:]), 1) if each in _TREATED), None)
    if word == "fighting" and words[at + 1 : at + 2] == ["for"] and words[at + 3 : at + 4] in (["lives"], ["life"]):
        return at
    if word in _WARDS and (word.startswith("hospital") or _STATES & {*before[-1:]}):
        place = next((at - i for i, each in enumerate(reversed(before[-3:]), 1) if each == "in"), 0)
        return place if place and _BE & {words[place - 1]} else None
    return None
