"""Places that a sentence only points back to: "a car bomb had killed 14 in the same city"."""

import re
from collections.abc import Sequence

from transforms.events.mentions import Mention
from transforms.events.places import Where

_SAME = re.compile(
    r"(?i)\bthe same (?:city|town|village|place|area|district|neighbou?rhood|suburb|province|state|region|county)\b"
)
_REACH = 2  # sentences back


def point_back(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of an article, in order; those in "the same city" get the place of the mention before them."""
    out: list[Mention] = []
    last, told_in = Where(), -_REACH
    for mention in mentions:
        if mention.where.names:
            last, told_in = mention.where, mention.sentence_number
        elif last.names and 0 < mention.sentence_number - told_in <= _REACH and _SAME.search(mention.sentence):
            mention = mention._replace(where=last)
        out.append(mention)
    return out
