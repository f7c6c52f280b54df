"""Numbers, as figures or as words: "1,200", "two dozen", "one hundred and twenty"."""

import re
from collections.abc import Sequence
from typing import Optional

from transforms.events.wordlists import TENS, UNITS


def parse_number(words: Sequence[str], at: int) -> tuple[Optional[int], int]:
    """The number that begins at word `at` and how many words it takes; (None, 0) where none begins."""
    word = words[at]
    if re.fullmatch(r"\d{1,3}(?:,\d{3})*|\d{1,6}", word):
        value = int(word.replace(",", ""))
        return (None, 0) if "," not in word and 1900 <= value < 2100 else (value, 1)  # a year is no count
    following = words[at + 1] if at + 1 < len(words) else ""
    if word == "a" and following in ("dozen", "hundred", "thousand"):
        return {"dozen": 12, "hundred": 100, "thousand": 1000}[following], 2
    if word in ("couple", "pair"):
        return 2, 1
    value, length = _spelled(words, at)
    if not length:
        return None, 0
    if at + length < len(words) and words[at + length] == "dozen":
        return value * 12, length + 1
    return value, length


def _spelled(words: Sequence[str], at: int) -> tuple[int, int]:
    total, length = 0, 0
    while at + length < len(words):
        word = words[at + length]
        tens, _, unit = word.partition("-")
        if word in UNITS:
            total += UNITS[word]
        elif tens in TENS and (not unit or unit in UNITS):
            total += TENS[tens] + UNITS.get(unit, 0)
        elif word == "hundred" and length:
            total *= 100
        elif word == "thousand" and length:
            total *= 1000
        elif word != "and" or not length or words[at + length - 1] not in ("hundred", "thousand"):
            break
        length += 1
    return total, length
