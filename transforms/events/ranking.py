"""What an article is about: which of its happenings comes first."""

from collections.abc import Sequence

from transforms.events.mentions import Mention
from transforms.events.pages import Page, stems
from transforms.events.realis import UNDONE
from transforms.events.summary import realis_of

WEIGHTS = {"ASSAULT": 3.0, "DISASTER": 2.5, "COERCE": 2.0, "PROTEST": 2.0, "CRIME": 1.5, "SANCTION": 1.5}
_TOP = 2  # sentences
_DEEDS = frozenset([*WEIGHTS, "ACCUSE", "MOBILIZE", "RETREAT"])


def rank_happenings(happenings: Sequence[Sequence[Mention]], page: Page) -> list[Sequence[Mention]]:
    """The happenings of an article, the most important first.

    A deed that the first sentence only names beside what it states is not the news, unless a headline states it: "the
    prosecutor of the murder ordered an arrest".
    """
    stated = [happening for happening in happenings if any(map(_is_stated_first, happening))]
    may_be_aside = bool(stated) and not page.is_stated
    asides = [each for each in happenings if may_be_aside and each not in stated and _is_told_first(each)]
    return sorted(happenings, key=lambda each: (-_importance(each, page, each in asides), each[0].char_start))


def _importance(happening: Sequence[Mention], page: Page, is_aside: bool) -> float:
    """What the article is about: stated first, told early, told often, in the title, grave, actual."""
    first = happening[0]
    told = {word for m in happening for word in stems(m.trigger.lemma)}
    people = {w for m in happening for a in (*m.actors, *m.recipients) for w in stems(a.name or a.text)}
    value = WEIGHTS.get(first.trigger.event_type, 1.0) + 3.0 / (1 + first.sentence_number)
    value += 0.4 * min(len(happening), 5)
    value += 1.5 * bool(told & page.title) + 1.5 * bool(people & page.title)
    topicality = _topicality(first.trigger.told_type, page)
    value += min(topicality, 1.0) - 2.0 if is_aside else topicality
    value += 6.0 * any(_is_verdict(m) for m in happening)  # it tells much of the deed
    value += 1.5 * any(m.is_verb for m in happening)
    value += 1.5 * any(m.toll.killed for m in happening)
    value += 5.0 * any(_is_stated_first(m) for m in happening)
    told_below = [m for m in happening if not (m.trigger.weak or m.of_title)]
    is_older = bool(told_below) and all(m.is_other for m in told_below)  # "a day after rebels killed ten"
    is_older = is_older and not (told & page.title and topicality > 1.0)  # which the headline tells
    realis = realis_of(happening)
    unreal = 12.0 if realis in UNDONE else 3.0 * (realis != "actual")  # "foiled a plot and arrested three"
    return value - unreal - 4.0 * is_older


def _is_stated_first(mention: Mention) -> bool:
    """Whether the first sentence states it: "three were arrested for the attack" is of an arrest."""
    return mention.is_asserted and mention.sentence_number == 0 and mention.realis == "actual"


def _is_told_first(happening: Sequence[Mention]) -> bool:
    """Whether the first sentence has it, stated or not."""
    return any(m.sentence_number == 0 and not m.trigger.weak for m in happening)


def _is_verdict(mention: Mention) -> bool:
    """Whether a mention at the top says that a court found somebody guilty, or what he gets for it."""
    is_verdict = mention.trigger.event_type == "SANCTION" and mention.trigger.mode == "convict"
    return is_verdict and mention.sentence_number < _TOP


def _topicality(event_type: str, page: Page) -> float:
    """The first word of the headline that tells of an event tells what the article is about, most of all of a deed."""
    if event_type not in page.topics:
        return 0.0
    if page.topics[0] == event_type:
        return (5.0 if page.headline else 3.5) if event_type in _DEEDS else 2.0
    return 1.0
