"""Guns that went off by accident, and plants, gas and fireworks that exploded: what they did is no attack.

A gun's accident is one if the article says so where it first tells of it; an explosion, if it was in such a place or of
such a thing, and the article has no word of bombs or of those who plant them.
"""

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
_OF_ITSELF = re.compile(  # what explodes without anybody's will
    r"(?i)\b(?:plants?|factory|factories|refinery|(?:coal|gold|copper|iron|silver|zinc) ?mines?|coal(?:field| pit)|mill"
    r"|depot|silo|boiler|furnace|reactor|oil rig|platform|fireworks?|(?:natural |propane |leaking )?gas|ammonia"
    r"|methane|propane|chemicals?|fertili[sz]er|transformer|fuel tank(?:er)?|gasoline|pipeline)\b"
)
_BY_WILL = re.compile(
    r"(?i)\b(?:(?:fire)?bomb(?:s|er|ers|ed|ing|ings)?|dynamite|grenades?|landmines?|explosives"
    r"|explosive (?:device|charge)s?|attacks?|terror\w*|guerrillas?|rebels?|militants?"
    r"|insurgents?|sabotage|missiles?|rockets?|air ?strikes?"
    r"|shell(?:s|ed|ing)|tear gas|drones?|gunmen)\b"
)
_CHILD = re.compile(r"(?i)\b(?:toddler|child|boy|girl|infant|(?:[1-9]|1[0-5])-year-old)\b")
_GUN = frozenset(["firearms", None])  # modes
_REACH = 2  # sentences from the first that tells of it
_MOST = 2  # people that one shot hits


def tell_mishap(happening: Sequence[Mention], sentences: Sequence[Sentence], title: str = "") -> list[Mention]:
    """The mentions of a happening of an article; those of an accident with a gun, or in a plant, as one.

    Args:
        title: of the article, where the happening is what it is about.
    """
    is_mishap = _is_mishap(happening, sentences, title) or _is_blast(happening, sentences, title)
    return _without_charged([_as_accident(m) for m in happening]) if is_mishap else list(happening)


def _without_charged(happening: Sequence[Mention]) -> list[Mention]:
    """The mentions of an accident; where a child did it, without those who are only charged with it: his father, who
    had left the gun about."""
    is_childs = any(_CHILD.search(a.text) for m in happening if not m.trigger.weak for a in m.actors)
    return [m._replace(actors=()) if is_childs and m.trigger.weak else m for m in happening]


def _is_blast(happening: Sequence[Mention], sentences: Sequence[Sentence], title: str) -> bool:
    """Whether something exploded that does so by itself, in an article that speaks of nobody who wanted it."""
    if not any(m.mode == "explosives" for m in happening) or any(m.actors for m in happening):
        return False
    first = happening[0].sentence_number
    last = max(m.sentence_number for m in happening if m.recipients or m is happening[0])
    told = [title, *(each.said() for each in sentences[: last + _REACH + 1])]  # below are other news of the region
    near = (title, *told[first + 1 : first + 1 + _REACH])
    return any(map(_OF_ITSELF.search, near)) and not any(map(_BY_WILL.search, told))


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
