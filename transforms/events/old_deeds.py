"""Deeds that are old for the year of a noun to which they are tied."""

import datetime
import re
from typing import Optional

from transforms.events.sentences import Sentence
from transforms.events.timing import described_noun
from transforms.events.trees import MAX_STEPS
from transforms.events.wordlists import HURTING, word_set

_YEAR = re.compile(r"(?:19|20)\d\d")
_POINTING = word_set("the a his her its their that 's ’s")
_FAR = 4  # words before a deed in which its year stands


def is_of_old_year(sentence: Sentence, trigger: int, published_day: Optional[datetime.date]) -> bool:
    """Whether the year stands right before what happened, or before the noun of which it is told: "the 1967 slayings",
    "the 1967 riot in which ten were killed". Nobody calls today's attack so."""
    deeds, tree = [trigger, *_tolls_of(sentence, trigger)], sentence.tree
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
