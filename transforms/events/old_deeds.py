"""Deeds that are old for what they are tied to: a noun with a year of its own, or an older deed that led to them."""

import datetime
import re
from collections.abc import Sequence
from typing import Optional

from transforms.events.sentences import Sentence
from transforms.events.timing import Timing, described_noun
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import HURTING, word_set

_YEAR = re.compile(r"(?:19|20)\d\d")
_POINTING = word_set("the a his her its their that 's ’s")
_FAR = 4  # words before a deed in which its year stands
_AFTER = word_set("after following")
_OLD_DAYS = 180
_AGES = word_set("years decades months")


def is_of_old_year(sentence: Sentence, trigger: int, published_day: Optional[datetime.date]) -> bool:
    """Whether the year stands right before what happened, or before the noun of which it is told: "the 1967 slayings",
    "the 1967 riot in which ten were killed". Nobody calls today's attack so."""
    deeds, tree = [trigger], sentence.tree
    if tree.relations[trigger] == "ccomp":  # "a coroner found in 2009 that he had been murdered"
        said = tree.children(tree.heads[trigger], "obl", "obl:unmarked")
        if published_day and any(
            _YEAR.fullmatch(sentence.lows[at]) and int(sentence.lows[at]) < published_day.year for at in said
        ):
            return True
    deeds += _tolls_of(sentence, trigger)
    at = described_noun(tree, trigger)
    while at is not None and len(deeds) < MAX_STEPS:  # the clause may hang on where it was: "the 1967 riot in Ardon"
        deeds.append(at)
        at = tree.heads[at] if tree.relations[at] in ("nmod", "flat", "compound") else None
    return any(_has_old_year(sentence, deed, published_day) for deed in deeds)


def _tolls_of(sentence: Sentence, verb: int) -> list[int]:
    """The nouns that tell in what people were hurt: "killed during the 2019 [war]"."""
    tree = sentence.tree
    beside = tree.children(verb, "obl") if sentence.lows[verb] in HURTING or tree.lemmas[verb] == "die" else []
    return [at for at in beside if any(sentence.lows[case] in ("in", "during") for case in tree.children(at, "case"))]


def _has_old_year(sentence: Sentence, deed: int, published_day: Optional[datetime.date]) -> bool:
    before = sentence.lows[max(deed - _FAR, 0) : deed]
    year = next((at for at, low in enumerate(before) if at and _YEAR.fullmatch(low)), None)
    if year is None or before[year - 1] not in _POINTING:
        return False
    return published_day is None or int(before[year]) < published_day.year


def follows_old(sentence: Sentence, trigger: int, time: Timing, published_day: datetime.date) -> bool:
    """Whether it has no time but that of what led to it long ago: "launched the war after the raid of 2019"."""
    tree, start = sentence.tree, sentence.starts[0]
    if time.is_sure or time.days is None or (published_day - time.days.last).days <= _OLD_DAYS:
        return False
    found = sentence.text.find(time.text, start)
    at = next((word for word, first in enumerate(sentence.starts) if first >= found), None)
    for _ in range(MAX_STEPS if at is not None and found >= 0 else 0):
        if any(sentence.lows[case] in _AFTER for case in tree.children(at, "case", "mark")):
            return tree.heads[at] in (trigger, tree.heads[trigger])
        at = tree.heads[at]
    return False


def is_years_before(sentence: Sentence, tree: Tree, trigger: int) -> bool:
    """Whether what the sentence tells came years later: "15 years after the attack that killed ten, ..."."""
    at = trigger
    for _ in range(MAX_STEPS):
        marks = tree.children(at, "case", "mark")
        if any(sentence.lows[mark] == "after" and _follows_age(sentence.lows, mark) for mark in marks):
            return True
        if tree.heads[at] == at or (tree.tags[at].startswith("VB") and tree.relations[at] not in ("acl:relcl", "acl")):
            return False
        at = tree.heads[at]
    return False


def _follows_age(lows: Sequence[str], at: int) -> bool:
    """Whether years stand before a word: "ten years [after]", "ten years to the day [after]"."""
    at -= 3 if list(lows[max(at - 3, 0) : at]) == ["to", "the", "day"] else 0
    return at > 0 and lows[at - 1] in _AGES
