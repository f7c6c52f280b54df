"""Who took part in a happening, from all its mentions: each once, by the fullest name, without mere repetitions."""

from collections.abc import Sequence

from transforms.events.actors import add_actors
from transforms.events.mentions import Mention
from transforms.events.places import is_facility
from transforms.events.wordlists import word_set
from transforms.records import Actor

# Words for people of whom nothing further is said: where someone is named, they are likely the same.
_ANYBODY = word_set(
    "man men woman women boy boys girl girls child children teen teens teenager teenagers youth youths person people "
    "persons victim victims male males female females individual individuals adult adults other others someone old "
    "toddler toddlers infant baby suspect suspects gunman gunmen shooter shooters attacker attackers assailant driver "
    "assailants killer neighbor son daughter brother sister father mother husband wife cousin relative relatives kid "
    "kids juvenile juveniles resident residents patron patrons occupant occupants bystander bystanders friend friends "
    "employee customer customers guest guests nephew niece uncle aunt grandson granddaughter grandmother grandfather "
    "girlfriend boyfriend couple family student students member members crowd police officer officers deputies "
    "detectives authorities investigators"
)
_OF_PERSONS = frozenset(["ASSAULT", "CRIME", "DISASTER"])


def read_cast(happening: Sequence[Mention], lead: Mention) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The actors and the recipients of a happening."""
    told = [m for m in (lead, *happening) if m.realis not in ("negated", "hypothetical")] or [lead]
    merge = _gather if lead.trigger.event_type in _OF_PERSONS else _union
    actors = merge([m.actors for m in told])
    recipients = merge([m.recipients for m in told])
    return actors, tuple(a for a in recipients if a not in actors)


def _union(lists: Sequence[Sequence[Actor]]) -> tuple[Actor, ...]:
    found: tuple[Actor, ...] = ()
    for actors in lists:
        found = add_actors(found, actors)
    return found


def _gather(lists: Sequence[Sequence[Actor]]) -> tuple[Actor, ...]:
    """All of them, each once. "The victim" and "a woman, 23" are two words for one person more often than two people:
    such are kept only from the first mention that has any, and not where someone is named."""
    named = _union([[a for a in actors if not is_anybody(a)] for actors in lists])
    if any(map(_is_person, named)):
        return named
    return add_actors(named, next((each for actors in lists if (each := list(filter(is_anybody, actors)))), ()))


def is_anybody(actor: Actor) -> bool:
    """Whether it is only said that it was somebody: "the victim", "five people", "a 23-year-old man"."""
    if actor.name or actor.country:
        return False
    words = actor.text.lower().replace("-", " ").split()
    heads = words[: words.index("of")] if "of" in words[1:] else words
    return not heads or heads[-1] in _ANYBODY or words[-1] in _ANYBODY


def _is_person(actor: Actor) -> bool:
    return bool(actor.name and " " in actor.name and not actor.country and not is_facility(actor.name))
