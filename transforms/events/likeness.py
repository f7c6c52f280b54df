"""How much what an article tells speaks of the same happening as an event of its story.

A score of few, plain reasons: the same recipients say most, then day and place. A different country says that it cannot
be the same. So does a different day, except where the same person dies, the same words tell it or the same town has the
same toll: then the day was misread. The weights are set by hand.
"""

import datetime
from collections.abc import Sequence
from typing import Optional

from transforms.events.days import last_day
from transforms.events.gazetteer import kilometres
from transforms.events.identity import same_actor
from transforms.records import Actor, Claim, Event

_OTHER_TOLL = -1.5
_CLOSE = 25.0  # kilometres
_WEEKS = datetime.timedelta(days=31)
_FEW = 2  # killed and injured: of more, two incidents hardly have the same number of each
_ALIKE = frozenset([frozenset(["ASSAULT", "CRIME"]), frozenset(["ASSAULT", "DISASTER"])])
_OF_NATURE = frozenset(["earthquake", "flood", "storm", "landslide"])  # modes that nobody takes for an attack


def likeness(claim: Claim, event: Event) -> Optional[float]:
    """How much a claim speaks of the same happening as an event; None when it cannot be the same."""
    if not alike_types(claim, event) or (claim.country and event.country and claim.country != event.country):
        return None
    when = _day_likeness(claim, event)
    if when is None and (_share_dead(claim, event) or _is_misread(claim, event)):
        when = 0.0
    if when is None or ((claim.realis == "historical") != (event.realis == "historical") and when <= 0):
        return None
    score = when + _place_likeness(claim, event)
    score += 3 * _actor_likeness(claim.recipients, event.recipients) + _actor_likeness(claim.actors, event.actors)
    score += _toll_likeness(claim, event, when)
    score += 3 * _is_copied(claim, event)
    return score + 2 * (claim.rank == 1 and any(other.rank == 1 for other in event.claims))


def alike_types(claim: Claim | Event, event: Event) -> bool:
    """Whether types and modes can be of one happening."""
    modes = {claim.event_mode, event.event_mode}
    if claim.event_type != event.event_type:
        return frozenset([claim.event_type, event.event_type]) in _ALIKE and not modes & _OF_NATURE
    return len(modes) == 1 or not modes & {"abduct", "arrest", "seize"} or None in modes


def _day_likeness(claim: Claim, event: Event) -> Optional[float]:
    """2 for the same day, 0 for days that may be the same, None for days that cannot be."""
    if not claim.happened_on or not event.happened_on:
        return 0.0
    until = last_day(claim.happened_on, claim.date_precision)
    both_days = claim.date_precision == event.date_precision == "day"
    if both_days and claim.happened_on == event.happened_on:
        return 2.0
    if claim.happened_on <= (event.happened_until or event.happened_on) and event.happened_on <= until:
        return 0.5
    near = abs((claim.happened_on - event.happened_on).days) <= 1  # a night, a time zone
    return 0.0 if both_days and near else None


def _is_misread(claim: Claim, event: Event) -> bool:
    """Whether one of two days within weeks must be misread: the same words tell both, or the same town has as many dead
    and as many injured; and they name nobody else."""
    killed, injured = claim.killed or 0, claim.injured or 0
    if abs(claim.happened_on - event.happened_on) > _WEEKS or _actor_likeness(claim.recipients, event.recipients) < 0:
        return False
    if (killed, injured) != (event.killed_best or 0, event.injured_best or 0):
        return False
    is_counted = killed and injured and killed + injured > _FEW
    return _is_copied(claim, event) or bool(is_counted and _place_likeness(claim, event) > 0)


def _is_copied(claim: Claim, event: Event) -> bool:
    """Whether both say it in the same words, as copies and texts of one agency do."""
    return any(claim.sentence == other.sentence for other in event.claims)


def _share_dead(claim: Claim, event: Event) -> bool:
    """Whether the same person dies in both, who may have been wounded days before: nobody is killed twice."""
    if not claim.killed or not event.killed_best:
        return False
    ours, others = ({a.name for a in each.recipients if _is_person(a)} for each in (claim, event))
    return bool(ours & others)


def _is_person(actor: Actor) -> bool:
    return bool(actor.name) and " " in actor.name and not (actor.country or actor.sector)


def _place_likeness(claim: Claim, event: Event) -> float:
    """2 for the same name, 0 for a town close by, -2.5 for another place; outlets name now the town, now the street."""
    if not claim.place_name or not event.place_name:
        return 0.0
    left, right = set(claim.place_name.lower().split()), set(event.place_name.lower().split())
    if left <= right or right <= left:
        return 2.0
    return 0.0 if _are_close(claim, event) else -2.5


def _are_close(claim: Claim, event: Event) -> bool:
    if None in (claim.latitude, claim.longitude, event.latitude, event.longitude):
        return False
    return kilometres(claim.latitude, claim.longitude, event.latitude, event.longitude) <= _CLOSE


def _toll_likeness(claim: Claim, event: Event, when: float) -> float:
    """1 for the same number of dead; a toll grows, but one of another size on no known day is another's."""
    if claim.killed is None or event.killed_best is None:
        return 0.0
    less, more = sorted([claim.killed, event.killed_best])
    if less == more:
        return 1.0
    return _OTHER_TOLL if when <= 0 and more >= 2 * less else 0.0


def _actor_likeness(a: Sequence[Actor], b: Sequence[Actor]) -> float:
    """1 when one is in both, -0.7 when both name people and no one is in both, else 0."""
    if any(same_actor(x, y) for x in a for y in b):
        return 1.0
    return -0.7 if any(x.name for x in a) and any(y.name for y in b) else 0.0
