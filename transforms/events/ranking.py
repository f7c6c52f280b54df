"""What an article is about: which of its happenings comes first."""

import re
from collections.abc import Sequence

from transforms.events.mentions import Mention
from transforms.events.summary import realis_of

WEIGHTS = {"ASSAULT": 3.0, "DISASTER": 2.5, "COERCE": 2.0, "PROTEST": 2.0, "CRIME": 1.5, "SANCTION": 1.5}


def rank_happenings(happenings: Sequence[Sequence[Mention]], title: str) -> list[Sequence[Mention]]:
    """The happenings of an article, the most important first."""
    words = _stems(title)
    return sorted(happenings, key=lambda happening: (-_importance(happening, words), happening[0].char_start))


def _importance(happening: Sequence[Mention], title_words: set[str]) -> float:
    """What the article is about: told early, told often, in the title, grave, actual."""
    first = happening[0]
    told = {word for m in happening for word in _stems(m.trigger.lemma)}
    people = {w for m in happening for a in (*m.actors, *m.recipients) for w in _stems(a.name or a.text)}
    value = WEIGHTS.get(first.trigger.event_type, 1.0) + 3.0 / (1 + first.sentence_number)
    value += 0.4 * min(len(happening), 5)
    value += 1.5 * bool(told & title_words) + 1.5 * bool(people & title_words)
    value += 1.5 * any(m.is_verb for m in happening)
    value += 1.5 * any(m.toll.killed for m in happening)
    return value - 3.0 * (realis_of(happening) != "actual")


def _stems(text: str) -> set[str]:
    """The first five letters of the longer words: enough to see "killing" in "Killed"."""
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())}
