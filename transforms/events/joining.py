"""Happenings of one article that turn out to be one.

Mentions are grouped as they come, so that one misread day or a word such as "another" cuts a happening in two, and
what follows goes to the later part. That shows only when both parts are whole: the same person suffers in both, both
have the same toll, or one names those whom the other counts, and nothing in one contradicts the other.
"""

import datetime
from collections.abc import Callable, Collection, Sequence
from typing import Any, Optional

from transforms.events.identity import same_actor
from transforms.events.mentions import Mention
from transforms.events.roles import ACTIVE
from transforms.records import Actor

NEAR_DAYS = 1  # by which the day of one deed is told differently: a night has two
_WEEK = datetime.timedelta(days=7)
_SOME, _WAR = 2, 1000  # killed or injured: of fewer another deed may have as many, and a war is many deeds
_NEAR_SENTENCES = 2
MOST_SHARED = 8  # doers known by name, in both: where there are more, a name in both says little

_DEADLY = frozenset(["ASSAULT", "DISASTER"])
_OF_ATTACKS = frozenset([("MOBILIZE", "troops"), ("CRIME", "robbery")])  # types and modes
_UNKNOWN = frozenset([None, "UAF", "CRM", "REB"])  # sectors

_Group = Sequence[Mention]


def join_groups(groups: Sequence[list[Mention]]) -> list[list[Mention]]:
    """The groups in order, each with those after it that tell of the same happening."""
    joined: list[list[Mention]] = []
    for group in groups:
        same = next((each for each in joined if _is_same(each, group)), None)
        if same is None:
            joined.append(list(group))
        else:
            same += group
    return joined


def is_part(group: _Group, attack: _Group) -> bool:
    """Whether a happening belongs to an attack told before it: its doers move in, or make off with what they took."""
    of_attacks = (group[0].trigger.event_type, group[0].mode) in _OF_ATTACKS and group[0].is_verb
    if attack[0].trigger.event_type != "ASSAULT" or not of_attacks or group[0].char_start < attack[0].char_start:
        return False
    if any(mention.realis != "actual" for mention in (attack[0], group[0])):
        return False
    if _days_apart(attack, group) or _are_weeks_apart(attack, group) or _are_elsewhere(attack, group):
        return False
    doers, others = ([a for m in each for a in m.actors] for each in (attack, group))
    before = [mention.sentence_number for mention in attack if mention.char_start <= group[0].char_start]
    is_near = group[0].sentence_number - max(before) <= _NEAR_SENTENCES
    if not others:  # "they made off with it", and no gun that was stolen before
        return is_near and group[0].reading == ACTIVE
    return _share(doers, others) or (is_near and all(_may_be_anyone(actor) for actor in others))


def _may_be_anyone(actor: Actor) -> bool:
    return not (actor.name or actor.country) and actor.sector in _UNKNOWN


def _are_elsewhere(a: _Group, b: _Group) -> bool:
    """Whether they are told of other towns or of other countries."""
    return not (_meet(a, b, lambda m: m.where.names) and _meet(a, b, lambda m: (m.where.country,)))


def _is_same(a: _Group, b: _Group) -> bool:
    if a[0].trigger.told_type != b[0].trigger.told_type or a[0].trigger.event_type not in _DEADLY:
        return False
    if _killed_of(a) & _killed_of(b) and not _are_others(_doers(a), _doers(b)):
        return True  # nobody is killed twice
    if _is_one_toll(a, b):
        return True
    if a[0].trigger.event_type == "DISASTER":
        return False
    if (
        _is_old(a) != _is_old(b)
        or _is_abduction(a)
        or _is_abduction(b)
        or b[0].is_apart
        or a[0].is_other != b[0].is_other
    ):
        return False
    if _days_apart(a, b) > NEAR_DAYS or _contradict(a, b):
        return False
    return _share(_sufferers(a), _sufferers(b)) or _is_named_later(a, b)


def _is_one_toll(a: _Group, b: _Group) -> bool:
    """Whether both cost as many dead or injured, on no other day, by no other means, and hit nobody else by name: what
    is the news above is told below as what was long ago. Where both numbers agree the towns need not, for one may be
    the district of the other."""
    tolls = [[_most(group, kind) for kind in ("killed", "injured")] for group in (a, b)]
    shared = [one for one, other in zip(*tolls, strict=True) if one is not None and one == other]
    differ = any(None not in pair and len(set(pair)) > 1 for pair in zip(*tolls, strict=True))
    if differ or not _SOME <= max(shared, default=0) < _WAR or a[0].is_apart or b[0].is_apart:
        return False
    if _is_abduction(a) != _is_abduction(b) or _counted_in(a) == _counted_in(b):
        return False
    if not _meet(a, b, lambda m: (m.mode,)) or not _meet(a, b, lambda m: (m.where.country,)):
        return False
    if len(shared) < len(tolls) and not _meet(a, b, lambda m: m.where.names):
        return False
    if not _meet(a, b, lambda m: [actor.country for actor in m.actors]):
        return False
    if _are_others(_sufferers(a), _sufferers(b)) or _are_others(_doers(a), _doers(b)):
        return False
    return _days_apart(a, b) <= NEAR_DAYS and not _are_weeks_apart(a, b)


def _counted_in(group: _Group) -> set[int]:
    """The sentences that count its victims; all that one sentence tells has its numbers."""
    return {mention.sentence_number for mention in group if any(n is not None for n in mention.toll)}


def _are_weeks_apart(a: _Group, b: _Group) -> bool:
    """Whether two days that are told, sure or not, are more than a week apart."""
    days = [[m.time.days for m in group if m.time.days] for group in (a, b)]
    return any(x.first > y.last + _WEEK or y.first > x.last + _WEEK for x in days[0] for y in days[1])


def _is_named_later(a: _Group, b: _Group) -> bool:
    """Whether the second names those whom the first only counts, and both may be one by means and place."""
    is_counted = not any(actor.name for mention in a for actor in mention.recipients)
    if not is_counted or not (_sufferers(b) or _doers(b)):
        return False
    return _meet(a, b, lambda m: (m.mode,)) and _meet(a, b, lambda m: m.where.names)


def _contradict(a: _Group, b: _Group) -> bool:
    """Whether they have other doers, or other numbers of dead."""
    doers, others = _doers(a), _doers(b)
    if len(doers) + len(others) > MOST_SHARED or _are_others(doers, others):
        return True
    killed, others = _most(a, "killed"), _most(b, "killed")
    return None not in (killed, others) and killed != others


def _are_others(doers: Collection[Actor], others: Collection[Actor]) -> bool:
    return bool(doers and others and not _share(doers, others))


def _killed_of(group: _Group) -> set[frozenset[str]]:
    """The names of those whom a word for killing has as its only victims."""
    told = [m.recipients for m in group if m.trigger.toll == "killed" or m.toll.killed == 1]
    return {frozenset(a.name for a in side) for side in told if side and all(map(_is_named_person, side))}


def _is_named_person(actor: Actor) -> bool:
    return bool(actor.name) and (not actor.country or actor.text.endswith(actor.name))  # no nation


def _meet(a: _Group, b: _Group, told: Callable[[Mention], Sequence[Any]]) -> bool:
    """Whether what the mentions of one tell is told in the other as well, or one tells nothing."""
    left, right = ({value for m in group for value in told(m) if value} for group in (a, b))
    return not left or not right or bool(left & right)


def _share(people: Collection[Actor], others: Collection[Actor]) -> bool:
    return any(same_actor(a, b) for a in people for b in others)


def _sufferers(group: _Group) -> dict[Actor, None]:
    """Those who suffer it, of people known by name."""
    return dict.fromkeys(a for mention in group for a in mention.recipients if _is_named(a))


def _doers(group: _Group) -> dict[Actor, None]:
    return dict.fromkeys(a for mention in group for a in mention.actors if _is_named(a))


def _is_named(actor: Actor) -> bool:
    return bool(actor.name) and not (actor.country or actor.sector)


def _most(group: _Group, kind: str) -> Optional[int]:
    """The highest number that is told of the "killed" or the "injured"."""
    return max((number for m in group if (number := getattr(m.toll, kind)) is not None), default=None)


def _is_old(group: _Group) -> bool:
    return any(mention.realis == "historical" for mention in group)


def _is_abduction(group: _Group) -> bool:
    return any(mention.mode == "abduct" for mention in group)


def _days_apart(a: _Group, b: _Group) -> int:
    """The least number of days between those to which the two are tied; 0 where one is tied to none."""
    left, right = ([m.time.days.first for m in group if _is_dated(m)] for group in (a, b))
    return min((abs((x - y).days) for x in left for y in right), default=0)


def _is_dated(mention: Mention) -> bool:
    return bool(mention.time.is_sure and mention.time.days and mention.time.days.precision == "day")
