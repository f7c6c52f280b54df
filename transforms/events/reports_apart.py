"""Deeds of the same days that a report tells beside its news: drones shot down, a bomb in another town."""

from transforms.events.mentions import Mention
from transforms.events.sides import are_outlaws
from transforms.events.tolls import Toll
from transforms.records import Actor

_UNMANNED = frozenset(["drone", "drones", "missile", "missiles", "rocket", "rockets", "uavs"])
_ATTACKERS = frozenset(["attacker", "attackers", "assailant", "assailants", "raiders"])


def is_report_apart(a: Mention, b: Mention) -> bool:
    """Whether the later tells of a day and a town of its own, where others than gunmen suffered, or gunmen alone: "the
    army killed 50 rebels", "on Friday four soldiers were killed by a bomb near Quetta"."""
    if a.trigger.event_type != "ASSAULT":
        return False
    first, later = sorted((a, b), key=lambda m: m.sentence_number)
    is_dated = later.time.is_sure and later.time.days and later.time.days.precision == "day"
    is_elsewhere = bool(later.where.names) and not set(later.where.names) & set(first.where.names)
    are_others = bool(a.recipients and b.recipients) and are_outlaws(a.recipients) != are_outlaws(b.recipients)
    is_same_day = first.time.is_sure and first.time.days == later.time.days
    return bool(is_dated and is_elsewhere and are_others and not is_same_day)


def is_interception(mention: Mention) -> bool:
    """Whether only what flies without people was hit: who "shot down 40 drones" killed nobody that others count."""
    hit = [actor.text.lower().split()[-1] for actor in mention.recipients]
    return bool(hit) and mention.toll == Toll() and _UNMANNED.issuperset(hit)


def is_attacker(actor: Actor) -> bool:
    """Whether somebody is only called so for the attack that was told: "the assailants"."""
    return actor.sector == "UAF" and actor.text.lower().split()[-1] in _ATTACKERS
