"""What shows that a text is of Britain or Ireland, whose newsrooms rarely name the country, as American ones."""

import re
from collections import Counter
from collections.abc import Sequence

from transforms.events.sentences import Sentence

_SIGNS = {
    "GBR": re.compile(
        r"£|\b(?:crown|sheriff|magistrates ?['’]) court\b|\bdet (?:ch )?(?:con|insp|sgt|supt)\b|\b(?:nhs|hm prison)\b"
        r"|\b(?:metropolitan|met) police\b|\bpolice scotland\b"
    ),
    "IRL": re.compile(r"\b(?:garda[ií]?|taoiseach|d[aá]il|t[aá]naiste|oireachtas)\b"),
}


def count_signs(sentences: Sequence[Sentence]) -> Counter[str]:
    """How often a text speaks of what only these countries have, by country."""
    said = [" ".join(sentence.said().lower().split()) for sentence in sentences]
    return Counter({country: sum(len(signs.findall(line)) for line in said) for country, signs in _SIGNS.items()})
