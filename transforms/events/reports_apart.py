"""Deeds of the same days that a report tells beside its news: drones shot down, a bomb in another town."""

from transforms.events.identity import overlap
from transforms.events.mentions import Mention
from transforms.events.sides import are_outlaws
from transforms.events.tolls import Toll

_UNMANNED = frozenset(["drone", "drones", "missile", "missiles", "rocket", "rockets", "uavs"])
_FAR_DOWN = 4  # sentences
_TOP = 2  # sentences
_MANY, _TIMES = 50, 5
_OPENING = 8  # characters: "Late on Friday"


def is_report_apart(a: Mention, b: Mention) -> bool:
    """Whether the later tells of a day and a town of its own, where others than gunmen suffered, or gunmen alone: "the
    army killed 50 rebels", "on Friday four soldiers were killed by a bomb near Quetta"."""
    if a.trigger.event_type != "ASSAULT":
        return False
    first, later = sorted((a, b), key=lambda m: m.sentence_number)
    is_dated = later.time.is_sure and later.time.days and later.time.days.precision == "day"
    is_elsewhere = bool(later.where.names) and not set(later.where.names) & set(first.where.names)
    are_others = bool(a.recipients and b.recipients) and are_outlaws(a.recipients) != are_outlaws(b.recipients)
    is_same_day = first.time.days == later.time.days and (first.time.is_sure or _is_opened_by_day(later))
    if _is_sum(first, later):
        return True
    tolls, lands = [m.toll.killed or 0 for m in (a, b)], [m.where.country for m in (a, b)]
    if min(tolls) > 1 and tolls[0] != tolls[1] and all(lands) and lands[0] != lands[1]:
        return True
    is_news_apart = _is_opened_by_day(later) and first.time.days and not overlap(a.recipients, b.recipients)
    return bool(is_dated and not is_same_day and ((is_elsewhere and are_others) or is_news_apart))


def _is_sum(first: Mention, later: Mention) -> bool:
    """Whether a number far down, of no day, is far above that of the top: "troops have killed at least 900 there"."""
    top, below = first.toll.killed or 0, later.toll.killed or 0
    is_below = first.sentence_number < _TOP and later.sentence_number >= _FAR_DOWN and not later.time.days
    return is_below and top > 0 and below >= max(_MANY, _TIMES * top)


def _is_opened_by_day(mention: Mention) -> bool:
    """Whether a sentence far down begins with its day, as one does that tells other news: "On Friday, ..."."""
    text, day = mention.sentence.lower(), (mention.time.text or "").lower()
    return mention.sentence_number >= _FAR_DOWN and bool(day) and -1 < text.find(day) <= _OPENING


def is_interception(mention: Mention) -> bool:
    """Whether only what flies without people was hit: who "shot down 40 drones" killed nobody that others count."""
    hit = [actor.text.lower().split()[-1] for actor in mention.recipients]
    return bool(hit) and mention.toll == Toll() and _UNMANNED.issuperset(hit)
