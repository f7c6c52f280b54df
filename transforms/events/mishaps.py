"""Guns that went off by accident: what they did is no attack, if the article says so where it first tells of it."""

import re
from collections.abc import Sequence

from transforms.events.mentions import Mention
from transforms.events.sentences import Sentence

_BY_ACCIDENT = re.compile(
    r"(?i)\b(?<!not )(?<!no )(?:accident(?:al|ally|ly)|unintentional(?:ly)?) (?:self-inflicted )?(?:gun ?)?"
    r"(?:sho[ot]|discharg|fir(?:ed|ing)|kill|wound|injur|str[iu]|hit|go(?:es)? off|went off)"
    r"|\b(?:shot|fired|discharged|went off|struck|killed|wounded)(?: \S+){0,4} "
    r"(?:accidentally|unintentionally|by accident)\b"
    r"|(?<!if )(?<!if the )(?<!whether )(?<!whether the )\b(?:shooting|shot|discharge|it)"
    r"(?: (?:of|in|on|at) [^.,;]{1,40})? (?:was|is|appears|appeared|(?:was )?(?:deemed|ruled|determined))(?: to be)? "
    r"(?:an |apparently |likely |a tragic )*accident(?:al)?\b(?! or)"
    r"|\b(?:(?:hand)?gun|firearms?|hunting|shooting|rifle) accident\b"
    r"|\bwhile (?:\w+ (?:was |were ))?(?:cleaning|holstering|playing with) (?:an? |the |his |her |their )?(?:\S+ )?"
    r"(?:hand|shot)?(?:gun|rifle|pistol|revolver|weapon|firearm)s?\b"
)
_MURDER = re.compile(r"(?i)\bmurder")
_GUN = frozenset(["firearms", None])  # modes
_REACH = 2  # sentences from the first that tells of it
_MOST = 2  # people that one shot hits


def tell_mishap(happening: Sequence[Mention], sentences: Sequence[Sentence], title: str = "") -> list[Mention]:
    """The mentions of a happening of an article; those of an accident with a gun as one.

    Args:
        title: of the article, where the happening is what it is about.
    """
    return [_as_accident(m) for m in happening] if _is_mishap(happening, sentences, title) else list(happening)


def _is_mishap(happening: Sequence[Mention], sentences: Sequence[Sentence], title: str) -> bool:
    is_shooting = any(m.mode == "firearms" for m in happening)
    is_shooting = is_shooting and all(m.mode in _GUN or m.trigger.figure for m in happening)  # it "went off"
    if not is_shooting or any(max(filter(None, m.toll), default=0) > _MOST for m in happening):
        return False
    first = happening[0].sentence_number
    near = [title, *(sentence.said() for sentence in sentences[first : first + _REACH + 1])]
    if any(_MURDER.search(text) for text in (*near, *(m.sentence for m in happening))):
        return False
    return any(_BY_ACCIDENT.search(text) for text in near)


def _as_accident(mention: Mention) -> Mention:
    trigger = mention.trigger._replace(event_type="DISASTER", own_type=None, mode="accident")
    return mention._replace(trigger=trigger, mode="accident")
