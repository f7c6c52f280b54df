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
_OTHERS = word_set("other others another more")
_DYING = word_set("died dies death dead killed body bodies succumbed pronounced")
_FAR = 5  # words from the verb to the wounds


def count_in_care(words: Sequence[str], texts: Sequence[str]) -> Optional[int]:
    """The number of those whom a sentence tells to be in care or to have wounds; groups told as others add up.

    Where somebody died as well, only those told as others than he are sure to live.
    """
    total, has_died = None, not _DYING.isdisjoint(words)
    for at in range(len(words)):
        if words[at] in _HURT and words[at - 2 : at] and words[max(at - 3, 0) : at - 1] == ["of", "the"]:
            total = (
                max(total or 0, parse_number(words, at - 1)[0] or 0) or None
            )  # "two of the nine injured are treated"
        verb = _verb_before(words, at)
        if verb is None:
            count = count_after(words, texts, at) if words[at] == "treated" else None
            are_others = not has_died
        else:
            verb -= 2 if words[max(verb - 2, 0) : verb] == [",", "who"] else 0
            count = count_before(words, texts, verb)
            are_others = not _OTHERS.isdisjoint(words[max(verb - 5, 0) : verb])
        if not count or (has_died and not are_others):
            continue
        total = (total or 0) + count if are_others and verb is not None else max(total or 0, count)
    return total


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
