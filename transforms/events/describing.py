"""One event from all that is claimed of it: what is told most often, latest, or in full."""

import collections
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Optional

from apache_beam.utils.timestamp import Timestamp

from transforms.events.codes import codes_of
from transforms.events.confidence import joint_confidence
from transforms.events.days import last_day
from transforms.events.joint_casts import cast_jointly
from transforms.events.locating import PLACE_COLUMNS
from transforms.records import Claim, Event

NO_NAMES: Mapping[str, str] = MappingProxyType({})
_WHEN = ("happened_on", "date_precision", "date_text")


def describe_event(
    event_id: str, revision: int, story_id: str, claims: Iterable[Claim], names: Mapping[str, str] = NO_NAMES
) -> Event:
    """The event that `claims` (one for each article, at least one) tell together.

    The best claim (confidence, then rank, then time) gives type and sentence; day and place are what most independent
    texts say, a place in their words before that of a dateline; the toll of the latest text is the best one, unless
    it alone is lower than what several count; all make low and high.

    Args:
        names: Names in full by last name, as the story knows them, from `full_names_of`.
    """
    held = sorted(claims, key=lambda c: (c.reported_at, c.article_id))
    ranked = sorted(held, key=lambda c: (-(c.confidence or 0.0), c.rank, c.reported_at, c.article_id))
    best = ranked[0]
    when, where = _most_told(ranked, _WHEN), _most_told(_placed(ranked), PLACE_COLUMNS)
    killed, injured = _tolls(held, "killed"), _tolls(held, "injured")
    independent = len({_text_of(c) for c in held})
    mode = next((c.event_mode for c in ranked if c.event_mode and c.event_type == best.event_type), None)
    actors, recipients = cast_jointly(ranked, names)
    return Event(
        event_id=event_id,
        revision=revision,
        story_id=story_id,
        event_type=best.event_type,
        event_mode=mode,
        **codes_of(best.event_type, mode, actors, recipients)._asdict(),
        realis="actual" if any(c.realis == "actual" for c in held) else best.realis,
        actors=actors,
        recipients=recipients,
        **when,
        happened_until=last_day(when["happened_on"], when["date_precision"]),
        **where,
        killed_low=min(killed, default=None),
        killed_best=_best_toll(killed),
        killed_high=max(killed, default=None),
        injured_low=min(injured, default=None),
        injured_best=_best_toll(injured),
        injured_high=max(injured, default=None),
        headline=next((c.title for c in ranked if c.title), None),
        sentence=best.sentence,
        article_count=len(held),
        outlet_count=len({c.outlet for c in held}),
        independent_count=independent,
        first_reported_at=held[0].reported_at,
        last_reported_at=held[-1].reported_at,
        confidence=joint_confidence(best.confidence, independent),
        claims=tuple(held),
    )


def full_names_of(claims: Iterable[Claim]) -> dict[str, str]:
    """The one name of several words that ends with each last name (in lower case), of all people that claims name.

    A last name that two people have stands for neither.
    """
    found: dict[str, set[str]] = collections.defaultdict(set)
    for claim in claims:
        for actor in (*claim.actors, *claim.recipients):
            if actor.name and len(words := actor.name.split()) > 1:
                found[words[-1].lower()].add(actor.name)
    longest = {last: max(names, key=lambda name: (len(name), name)) for last, names in found.items()}
    return {last: full for last, full in longest.items() if all(_holds(full, name) for name in found[last])}


def _holds(full: str, name: str) -> bool:
    return set(name.lower().split()) <= set(full.lower().split())


def _most_told(ranked: Sequence[Claim], names: Sequence[str]) -> dict[str, Any]:
    """The values of fields that belong together, as most independent texts tell them; the best claim breaks a tie.

    What says more wins over what says less: a claim without the first field counts only when all lack it.
    """
    votes: dict[Any, set[str]] = collections.defaultdict(set)
    for claim in ranked:
        votes[getattr(claim, names[0])].add(_text_of(claim))
    told = [claim for claim in ranked if getattr(claim, names[0]) is not None]
    if told:
        chosen = max(told, key=lambda claim: len(votes[getattr(claim, names[0])]))  # the first of equals: the best
    else:
        chosen = max(ranked, key=lambda claim: sum(getattr(claim, name) is not None for name in names))
    return {name: getattr(chosen, name) for name in names}


def _placed(ranked: Sequence[Claim]) -> Sequence[Claim]:
    """The claims whose sentence or title names their place, if there are any: others may have it from a dateline.

    Those of places that are on the map come first.
    """
    placed = [c for c in ranked if c.place_name and c.place_name in f"{c.title or ''} {c.sentence}"] or ranked
    return sorted(placed, key=lambda c: c.place_name is not None and c.latitude is None)


def _tolls(held: Sequence[Claim], name: str) -> list[int]:
    """What the claims count, one number for each text, the latest last; a copy is as old as the text it copies."""
    told: dict[str, tuple[Timestamp, int]] = {}
    for claim in held:
        if (number := getattr(claim, name)) is not None:
            told.setdefault(_text_of(claim), (claim.reported_at, number))
    return [number for _, number in sorted(told.values(), key=lambda each: each[0])]


def _best_toll(tolls: Sequence[int]) -> Optional[int]:
    """The latest, for tolls rise. One that falls is of some of the dead as often as it corrects, so it needs a second
    text where several had more."""
    agreed = [number for number in tolls if tolls.count(number) > 1]
    return next(
        (number for number in reversed(tolls) if number in agreed or not any(other > number for other in agreed)), None
    )


def _text_of(claim: Claim) -> str:
    """The article whose text it is."""
    return claim.copy_of or claim.article_id
