"""Who stands on which side: those who shot the attackers did not attack, and no state raids its own."""

from collections.abc import Sequence

from transforms.events.gathering import count_of, is_person
from transforms.events.identity import add_actors
from transforms.events.mentions import NAMED, Mention
from transforms.records import Actor

_OUTLAWS = frozenset(["UAF", "REB", "CRM"])  # sectors
_FORCES = frozenset(["MIL", "COP"])  # sectors
_BOMBING = frozenset(["explosives", "suicide-attack"])  # modes


def is_counterblow(mention: Mention, told: Sequence[Mention], lead: Mention) -> bool:
    """Whether it is of those who shot the attackers: "gunmen killed a mayor; guards killed one gunman"."""
    if not are_outlaws(mention.recipients) or are_outlaws(lead.recipients):
        return False
    doers = [a for m in told if not are_outlaws(m.recipients) for a in m.actors]
    if not doers:
        return all(a.sector == "UAF" for a in mention.recipients)
    return any(a.sector in _OUTLAWS for a in doers)


def with_attackers(told: Sequence[Mention], lead: Mention) -> list[Mention]:
    """The mentions, without who shot the attackers; these did it, where nobody else is told to have."""
    blows = [is_counterblow(m, told, lead) for m in told]
    is_told = any(m.actors for m, blow in zip(told, blows, strict=True) if not blow)
    turned = [
        m._replace(actors=() if is_told else m.recipients, recipients=()) if blow else m
        for m, blow in zip(told, blows, strict=True)
    ]
    return [_without_rivals(m, lead) for m in _without_return_fire(turned)]


def _without_return_fire(told: Sequence[Mention]) -> list[Mention]:
    """The mentions, without forces that only fire where others attack: "a bomb went off as police fired on it"."""
    is_of_others = any(m.mode in _BOMBING or any(a.sector in _OUTLAWS for a in m.actors) for m in told)
    return [m._replace(actors=()) if is_of_others and _is_fire_of_forces(m) else m for m in told]


def _is_fire_of_forces(mention: Mention) -> bool:
    are_forces = bool(mention.actors) and all(a.sector in _FORCES and not a.name for a in mention.actors)
    return are_forces and mention.trigger.mode == "firearms" and not mention.recipients


def _without_rivals(mention: Mention, lead: Mention) -> Mention:
    """Without those whom somebody blames for what forces are said to have done: "the government blamed vandals"."""
    by_forces = bool(lead.actors) and all(a.sector in _FORCES for a in lead.actors)
    if not by_forces or mention.reading != NAMED:
        return mention
    return mention._replace(actors=tuple(a for a in mention.actors if a.sector in _FORCES or a.name))


def with_taken(recipients: tuple[Actor, ...], told: Sequence[Mention], lead: Mention) -> tuple[Actor, ...]:
    """With those whom the lead counts as taken beside the dead, or as dead beside them: "killed 12 people and abducted
    30 residents"."""
    lead_says = [m for m in told if m.sentence_number == lead.sentence_number and m.is_verb]
    taken = [a for m in lead_says if m.trigger.mode == "abduct" for a in m.recipients if count_of(a) > 1]
    killed = [a for m in lead_says if m.trigger.toll == "killed" for a in m.recipients if count_of(a) > 1]
    are_apart = bool(taken and killed) and not any(is_person(a) for a in recipients)
    return add_actors(recipients, (*killed, *taken)) if are_apart else recipients


def are_outlaws(people: Sequence[Actor]) -> bool:
    """Whether they are all unnamed gunmen, rebels or criminals."""
    return bool(people) and all(not a.name and a.sector in _OUTLAWS for a in people)


def without_adjectives(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Each state once: "Israeli", of a strike, is told by "Israel" or by "the Israeli army"."""
    single = [a for a in actors if a.country and not (a.sector or is_person(a)) and len(a.text.split()) == 1]
    forces = {a.country for a in actors if a.sector in _FORCES}
    bare = [a for a in single if not a.name or a.country in forces]  # "Russia", beside "Russian forces"
    fuller = {a.country for a in actors if a not in bare}
    left = [a for a in actors if a not in bare or a.country not in fuller]
    armies = [a for a in left if a.country and not a.name and a.sector == "MIL"]
    again = [a for at, a in enumerate(armies) if a.country in {b.country for b in armies[:at]}]
    return tuple(a for a in left if a not in again)


def without_own(actors: Sequence[Actor], recipients: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Without those of the state that does it, where others suffer: each side tells whom it lost."""
    sectors = {a.sector for a in actors}
    if sectors & _FORCES and sectors & _OUTLAWS:  # in a clash each side loses some
        return recipients
    forces = _FORCES if sectors & _FORCES else frozenset()
    foreign = tuple(a for a in recipients if not (a.sector in forces and not (a.name or a.country)))
    of_rebels = any(a.sector == "REB" or (not a.name and a.sector in _OUTLAWS) for a in foreign)
    recipients = foreign if of_rebels else recipients  # not "the soldiers" on whom they fired
    states = {a.country for a in actors}
    others = tuple(a for a in recipients if a.country not in states)
    if len(states) != 1 or None in states or not any(a.country for a in others):
        return recipients
    return others


def _are_rebels(people: Sequence[Actor]) -> bool:
    return bool(people) and all(a.sector in _OUTLAWS for a in people)


def without_enemies(actors: tuple[Actor, ...], lead: Mention) -> tuple[Actor, ...]:
    """Without those whom forces killed: "police killed ten rebels, who had opened fire"."""
    by_forces = any(a.sector in _FORCES for a in lead.actors) and _are_rebels(lead.recipients)
    return tuple(a for a in actors if a.sector not in _OUTLAWS) if by_forces else actors
