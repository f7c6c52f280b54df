"""Who did another deed of an article: "police arrested a man ... Roe fired", "two were freed ... the captors asked"."""

from collections.abc import Sequence

from transforms.events.casts import OF_PERSONS
from transforms.events.gathering import count_of, is_anybody, is_person, noun_of
from transforms.events.lexicon import OF_LAW
from transforms.records import Actor, ArticleEvent

_ACTS_OF_LAW = frozenset(["allege", "arrest", "convict"])  # modes: who only finds fault with a killing charges nobody

_CAPTORS = frozenset(["captors", "kidnappers", "abductors", "hijackers"])
_STATE = frozenset(["COP", "MIL", "GOV", "JUD"])  # sectors


def name_accused(events: Sequence[ArticleEvent]) -> list[ArticleEvent]:
    """The events of an article, with the names of those whom the law acts against, where they are only described there
    and as many are named as doers of the one deed that the article tells of; of "two arrests", those of them whom it
    tells to be charged."""
    named = [[a for a in event.actors if is_person(a)] for event in events if event.event_type in OF_PERSONS]
    doers = [people for people in named if people]
    if len(doers) != 1:
        return list(events)
    charged = {a.name for event in events if _is_of_law(event) for a in event.recipients}
    return [_with_names(event, doers[0], [a for a in doers[0] if a.name in charged]) for event in events]


def name_captors(events: Sequence[ArticleEvent]) -> list[ArticleEvent]:
    """The events of an article, with those who held captives as who let them go, where nobody is told to have."""
    taking = [event.actors for event in events if event.event_mode == "abduct" and event.actors]
    called = [(a,) for event in events for a in event.actors if noun_of(a) in _CAPTORS]
    held = next(iter((*taking, *called)), ())
    is_open = not any(a.sector in _STATE for event in events for a in event.actors)  # who may have freed them
    return [e._replace(actors=held) if is_open and e.event_mode == "release" and not e.actors else e for e in events]


def _is_of_law(event: ArticleEvent) -> bool:
    return event.event_type in OF_LAW and event.event_mode in _ACTS_OF_LAW and event.realis == "actual"


def _with_names(event: ArticleEvent, doers: Sequence[Actor], charged: Sequence[Actor]) -> ArticleEvent:
    if not _is_of_law(event):
        return event
    if not event.recipients:
        return event._replace(recipients=tuple(charged)) if event.event_mode == "arrest" else event
    is_described = not any(a.name for a in event.recipients) and all(map(_is_described, event.recipients))
    is_theirs = is_described and (count_of(event.recipients[0]) or 1) == len(doers)
    return event._replace(recipients=tuple(doers)) if is_theirs else event


def _is_described(actor: Actor) -> bool:
    return is_anybody(actor._replace(country=None)) or actor.sector in ("UAF", "CRM")
