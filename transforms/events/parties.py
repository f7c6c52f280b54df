"""Those whom the noun phrases beside a trigger stand for, and the phrases that stand for nobody, with the reason."""

from collections.abc import Sequence
from typing import NamedTuple, Optional

from transforms.events.actors import make_actor
from transforms.events.identity import is_known
from transforms.events.nobodies import (
    Naming,
    is_anybody,
    is_built,
    is_matter,
    is_name_of_nowhere,
    is_people,
    is_state,
    is_thing,
    is_venue,
    is_weapon,
)
from transforms.events.ontology import Trigger
from transforms.events.phrases import Phrase
from transforms.events.sentences import Sentence
from transforms.events.wordlists import word_set
from transforms.records import Actor

_OF_PEOPLE = frozenset(["abduct", "firearms", "arrest", "torture", "sexual"])  # modes that only people suffer
_OF_THINGS = frozenset(["ASSAULT", "COERCE", "DISASTER", "CRIME"])  # types that buildings and goods suffer too
_FEASTS = word_set(
    "christmas holiday birthday house office dinner garden farewell wedding new pool block company staff"
)
_DECREED = frozenset(["ban", "censor", "curfew", "martial-law", "restrict"])  # modes
_STATE = frozenset(["COP", "GOV", "MIL"])  # sectors
_FORCES = word_set(
    "police army military navy troops forces soldiers marines officers deputies gendarmes guard guards command brigade "
    "battalion authorities department staff"
)
_CROWDS = word_set("dozens scores hundreds thousands crowds")
_OWNING = frozenset(["his", "her", "its", "their"])
_UNITS = word_set("convoy patrol unit column position positions base post vehicle vehicles")
_COURTS = frozenset(["jury", "jurors", "court", "tribunal", "prosecutors", "prosecution"])
NO_PEOPLE = "a place or a thing, and only people suffer this"


class LeftOut(NamedTuple):
    """A noun phrase that stands where one of those involved would, and why it was not taken for one."""

    role: str  # actor, recipient
    text: str
    reason: str
    at: int = -1  # the last word of its head, in its sentence


class Parties(NamedTuple):
    """Who plays one role."""

    actors: tuple[Actor, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    things: tuple[Actor, ...] = ()  # those of `actors` that are no people: what else was hit
    venues: tuple[Actor, ...] = ()  # those of `things` that are towns or streets: where it happened


def read_doers(naming: Naming, trigger: Trigger, phrases: Sequence[Phrase]) -> Parties:
    """Those who did it."""
    parties = _read(naming, "actor", phrases)
    if trigger.event_type == "PROTEST":
        parties = parties._replace(actors=tuple(a for a in parties.actors if a not in parties.things))
        return _with_crowds(naming, phrases, parties)
    if trigger.event_type not in _OF_THINGS:
        return parties
    courts = [a for a in parties.actors if trigger.event_type != "COERCE" and a.text.lower().split()[-1] in _COURTS]
    others = [LeftOut("actor", actor.text, "a place or a thing does nothing") for actor in parties.things]
    others += [LeftOut("actor", actor.text, "a court judges who did it") for actor in courts]
    feasts = [actor for actor in parties.actors if is_feast(actor)]
    others += [LeftOut("actor", actor.text, "a feast does nothing") for actor in feasts]
    doers = tuple(actor for actor in parties.actors if actor not in (*parties.things, *courts, *feasts))
    return Parties(doers, (*parties.left_out, *others))


def is_feast(actor: Actor) -> bool:
    """Whether it is a party where people dance: "an office party"."""
    *_, before, last = ["", "", *actor.text.lower().split()]
    return last == "party" and before in _FEASTS


def tellers_of_their_own(
    naming: Naming, trigger: Trigger, phrases: Sequence[Phrase], sufferers: Sequence[Actor]
) -> tuple[Actor, ...]:
    """Those who tell what they did and not by whom it was done: "[police] said that five men were arrested"."""
    is_decreed = trigger.event_type == "COERCE" and trigger.mode in _DECREED
    if is_decreed or trigger.mode == "execute":  # "[the mayor] announced that a curfew was imposed"
        return tuple(actor for actor in read_doers(naming, trigger, phrases).actors if actor.sector in _STATE)
    forces = [each for each in phrases if naming.sentence.lows[each.head_end - 1] in _FORCES]
    of_rebels = trigger.event_type == "ASSAULT" and sufferers and all(actor.sector == "REB" for actor in sufferers)
    return read_doers(naming, trigger, forces).actors if trigger.event_type == "COERCE" or of_rebels else ()


def _with_crowds(naming: Naming, phrases: Sequence[Phrase], parties: Parties) -> Parties:
    """The parties, and the crowds that are told by their number alone: "thousands marched"."""
    sentence = naming.sentence
    crowds = [each for each in phrases if _CROWDS & set(sentence.lows[each.start : each.head_end])]
    at = {out.at for out in parties.left_out} & {each.head_end - 1 for each in crowds}
    spans = [sentence.span(each.start, each.end) for each in crowds if each.head_end - 1 in at]
    actors = [Actor(None, " ".join(sentence.text[first:last].split()), None, "CVL") for first, last in spans]
    left_out = tuple(out for out in parties.left_out if out.at not in at)
    return parties._replace(actors=(*parties.actors, *actors), left_out=left_out)


def read_sufferers(naming: Naming, trigger: Trigger, phrases: Sequence[Phrase]) -> Parties:
    """Those to whom it was done."""
    of_people = bool(trigger.toll or is_of_people(trigger.mode))
    if trigger.event_type not in _OF_THINGS or trigger.mode == "ban":  # "sold jets to Norway"
        phrases = [each for each in phrases if not is_matter(naming, each) and not is_weapon(naming, each)]
        return _read(naming, "recipient", phrases, of_people)
    return _read(naming, "recipient", phrases, of_people, not of_people)


def is_of_people(mode: Optional[str]) -> bool:
    """Whether only people suffer what is done in this mode."""
    return mode in _OF_PEOPLE


def _read(
    naming: Naming, role: str, phrases: Sequence[Phrase], of_people: bool = False, may_be_things: bool = False
) -> Parties:
    sentence, actors, left_out, things, venues = naming.sentence, [], [], [], []
    for phrase in phrases:
        actor = make_actor(sentence, phrase, naming.ontology, naming.names)
        is_nowhere = of_people and is_name_of_nowhere(naming, phrase)
        thing = is_thing(naming, phrase) and not is_nowhere
        reason = _why_nobody(actor, of_people and thing, may_be_things or is_people(naming, phrase))
        if role == "actor" and is_anybody(sentence, phrase):
            reason = "people of whom nothing is told"
        if reason:
            first, last = sentence.span(phrase.start, phrase.end)
            text = " ".join(sentence.text[first:last].split())
            left_out.append(LeftOut(role, text, reason, phrase.head_end - 1))
            continue
        actors.append(actor)
        venue = is_venue(naming, phrase)
        is_doing = is_state(naming, phrase) and not venue  # not "the Greek capital"
        acts = role == "actor" and (is_doing or (actor.sector and not is_built(naming, phrase)))
        is_own = role == "recipient" and _is_own_unit(sentence, phrase)
        things += [actor] if (thing and not acts) or is_own else []
        venues += [actor] if venue and not is_nowhere else []
    return Parties(tuple(actors), tuple(left_out), tuple(things), tuple(venues))


def _is_own_unit(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a convoy or a base only says where those were who are told beside it: "their convoy was hit"."""
    is_owned = not _OWNING.isdisjoint(sentence.lows[phrase.start : phrase.head_end - 1])
    return is_owned and sentence.lows[phrase.head_end - 1] in _UNITS


def _why_nobody(actor: Optional[Actor], thing: bool, may_be_unknown: bool) -> Optional[str]:
    if thing:
        return NO_PEOPLE
    if actor is None:
        return "a time, a count, a pronoun or an event: nobody"
    return None if may_be_unknown or is_known(actor) else "nothing known of it: no name, country or sector"
