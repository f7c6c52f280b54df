"""Round-ups: one article on several events, which belongs to the story of none of them.

Told by how they call themselves ("News in brief", "weekend shootings") and by how they look (labelled paragraphs). That
is seldom wrong, and misses those that do neither.
"""

import re

LEAD_CHARACTERS = 400
BODY_CHARACTERS = 6_000
LEAST_LABELS = 3

_DEEDS = r"(?:shootings|homicides|killings|murders|stabbings|attacks|bombings|incidents|crashes|fires|events)"
_TITLE = re.compile(
    r"\b(?:round-?up|(?:news|sports?|world) (?:in brief|briefs|summary)|news digest|week in review|"
    rf"fact ?box|timeline\b.*\b{_DEEDS}|police blotter|crime log|(?:top|morning|evening) (?:stories|headlines)|"
    rf"(?:weekend|overnight|separate|unrelated|multiple|several) (?:\w+ )?{_DEEDS})\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"\b(?:separate (?:\w+ )?{_DEEDS}|summary of (?:\w+ )?news|some facts about)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:^|\n|(?<=[.!?\"] ))([A-Z][A-Z &']{3,24})(?::| [-–—]+) ?(?=[A-Z\"])")
_NO_LABELS = frozenset({"UPDATE", "UPDATED", "RELATED", "WATCH", "MORE", "READ MORE", "PHOTOS", "VIDEO", "BREAKING"})


def is_roundup(title: str, text: str) -> bool:
    """Whether an article tells of several events that have nothing to do with each other."""
    if _TITLE.search(title) or _LEAD.search(text[:LEAD_CHARACTERS]):
        return True
    return len(set(_LABEL.findall(text[:BODY_CHARACTERS])) - _NO_LABELS) >= LEAST_LABELS
