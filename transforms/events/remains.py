"""Bodies that were found, of which a sentence below tells that they were killed: "She had stab wounds in the neck"."""

import re
from collections.abc import Sequence

from transforms.events.mentions import Mention
from transforms.events.senses import ONLY_FOUND
from transforms.events.sentences import Sentence

_REACH = 3  # sentences
_KILLED = re.compile(
    r"(?i)\b(?:bullet|gunshot|knife|machete|stab) wounds?\b|\bthroats? (?:\w+ ){0,2}(?:cut|slit)\b"
    r"|\bhands (?:\w+ ){0,2}(?:bound|tied)\b|\bsigns of (?:strangulation|torture|violence)\b"
    r"|\b(?:was|were|been) (?:\w+ ){0,2}(?:beaten|executed|murdered|shot|stabbed|strangled|tortured)\b"
)
_NO_SIGN = re.compile(
    r"(?i)\bno (?:\w+ ){0,2}(?:evidence|injuries|marks|signs?|suspicion|wounds)\b|\bfoul play\b.* not\b"
)


def tell_killed(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> list[Mention]:
    """The mentions of an article; bodies tell of a deed where one of the next sentences does."""
    return [m._replace(void=None) if m.void == ONLY_FOUND and _is_killed(m, sentences) else m for m in mentions]


def _is_killed(mention: Mention, sentences: Sequence[Sentence]) -> bool:
    following = sentences[mention.sentence_number + 1 : mention.sentence_number + 1 + _REACH]
    said = " ".join(sentence.said() for sentence in following)
    return bool(_KILLED.search(said)) and not _NO_SIGN.search(said)
