"""One happening told in two stories: as the news of one, and in the other as what went before.

"Police arrest a suspect in the market bombing" is a story of its own at times, and tells the bombing again. An event
that a story tells only so, by the way, points (`merged_into`) to the event of the story whose news it is, or else to
the one that was reported first; each keeps its claims, so that a corrected article takes back what it said. Two stories
that have it as their news (a round-up, say, is none's) need more: as many dead by the same means, or the same names.
Only events of one day and one spot of the gazetteer are compared. Prefer a missed link to a false one.
"""

import itertools
from collections.abc import Collection, Iterable, Sequence
from typing import Optional

from transforms.events.identity import same_actor
from transforms.events.likeness import alike_types
from transforms.records import Actor, Event

TELLING = 3  # dead: as many in two reports are hardly by chance
GROWING = 5  # dead: from here on a toll that grew to less than twice as many may be the same one


def spot_of(event: Event) -> Optional[str]:
    """The day and the point on the map of an event that may be told in other stories; None where one is not known."""
    if event.date_precision != "day" or event.geo_precision != "place" or event.latitude is None:
        return None
    return f"{event.happened_on} {event.latitude} {event.longitude}"


def link_events(events: Sequence[Event], new: Collection[str] = ()) -> list[Event]:
    """Which of the events at one spot are one another.

    Args:
        events: The newest revisions of all live events with one `spot_of`.
        new: The ids of those whose revision is being written now, which takes the link in.

    Returns:
        The events whose link is another now; those that are not new as their next revision.
    """
    out = []
    for event in (event for event in events if event.claims):
        target = _target(event, events)
        if target != event.merged_into:
            out.append(_with_link(event, target, event.event_id in new))
    return out


def _target(event: Event, events: Iterable[Event]) -> Optional[str]:
    same = [other for other in events if other.claims and _order(other) < _order(event) and is_same(event, other)]
    better = [other for other in same if _is_surely(event, other)] if _is_news(event) else same
    if better:
        return min(better, key=_order).event_id
    is_in_sight = any(other.event_id == event.merged_into for other in events)
    return None if is_in_sight else event.merged_into  # a run does not read all that was linked once


def _with_link(event: Event, target: Optional[str], is_new: bool) -> Event:
    if is_new:
        changed = {*event.changes, "merged_into"} if event.revision > 1 else set()
        return event._replace(merged_into=target, changes=_in_order(changed))
    return event._replace(merged_into=target, changes=("merged_into",), revision=event.revision + 1)


def _in_order(columns: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in Event._fields if name in columns)


def _is_news(event: Event) -> bool:
    """Whether an article is about it, and does not tell it by the way."""
    return any(claim.rank == 1 for claim in event.claims)


def _order(event: Event) -> tuple[bool, int, str]:
    return not _is_news(event), event.first_reported_at.micros, event.event_id


def is_same(a: Event, b: Event) -> bool:
    """Whether two events of two stories, on one day at one spot, are surely the same happening."""
    if a.story_id == b.story_id or (a.realis == "historical") != (b.realis == "historical") or not alike_types(a, b):
        return False
    if {claim.article_id for claim in a.claims} & {claim.article_id for claim in b.claims}:
        return False  # one article tells them apart
    if a.event_mode and b.event_mode and a.event_mode != b.event_mode:
        return False
    if _are_others(a.recipients, b.recipients):
        return False
    tells_toll = _same_toll(a, b)
    if tells_toll is not None:
        return tells_toll
    return _share_names(a.recipients, b.recipients) or (a.event_type == "DISASTER" and a.event_mode == b.event_mode)


def _is_surely(a: Event, b: Event) -> bool:
    is_alike = a.event_mode is not None and a.event_mode == b.event_mode and a.killed_best == b.killed_best
    return (is_alike and (a.killed_best or 0) >= TELLING) or _share_names(a.recipients, b.recipients)


def _same_toll(a: Event, b: Event) -> Optional[bool]:
    """Whether the dead of two events tell that they are the same, or are not; None where they tell neither."""
    less, more = sorted([a.killed_best or 0, b.killed_best or 0])
    if not less:
        return None
    if more >= 2 * less and more > TELLING:
        return False
    is_growing = less >= GROWING and a.event_mode is not None and a.event_mode == b.event_mode
    return True if is_growing or less == more >= TELLING else None


def _share_names(a: Iterable[Actor], b: Iterable[Actor]) -> bool:
    return any(x.name and y.name and same_actor(x, y) for x, y in itertools.product(a, b))


def _are_others(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Whether both name people, and nobody is in both."""
    return any(x.name for x in a) and any(y.name for y in b) and not _share_names(a, b)
