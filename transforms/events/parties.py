"""Those whom the noun phrases beside a trigger stand for, and the phrases that stand for nobody, with the reason."""

from collections.abc import Sequence
from typing import NamedTuple, Optional

from transforms.events.actors import make_actor
from transforms.events.attribution import attributed_actor
from transforms.events.identity import is_known
from transforms.events.nobodies import (
    Naming,
    is_anybody,
    is_built,
    is_ground,
    is_matter,
    is_name_of_nowhere,
    is_people,
    is_state,
    is_thing,
    is_venue,
    is_weapon,
    only_tells,
)
from transforms.events.nouns import noun_phrases
from transforms.events.ontology import Trigger
from transforms.events.phrases import Phrase
from transforms.events.sentences import Sentence
from transforms.events.wordlists import word_set
from transforms.records import Actor

_OF_PEOPLE = frozenset(["abduct", "firearms", "arrest", "torture", "sexual"])  # modes that only people suffer
_OF_THINGS = frozenset(["ASSAULT", "COERCE", "DISASTER", "CRIME"])  # types that buildings and goods suffer too
_REGIONS = word_set(
    "city cities town towns village villages district districts province provinces department departments neighborhood "
    "neighborhoods area areas region regions highway highways street streets zone zones county suburb suburbs avenue "
    "part parts stretch avenues boulevard road roads calle carrera avenida intersection corner capital center centre "
    "downtown outskirts sector sectors"
)
_FEASTS = word_set(
    "christmas holiday birthday house office dinner garden farewell wedding new pool block company staff"
)
_OF_TRADE = frozenset(["COERCE", "CONCEDE", "REJECT", "SANCTION", "THREATEN"])  # types that are on a state's goods
_DECREED = frozenset(["ban", "censor", "curfew", "martial-law", "restrict"])  # modes
_STATE = frozenset(["COP", "GOV", "MIL"])  # sectors
_FORCES = word_set(
    "police army military navy troops forces soldiers marines officers deputies gendarmes guard guards command brigade "
    "battalion authorities department staff"
)
_CRAFT = word_set("boat boats ship ships vessel vessels plane planes helicopter helicopters tank tanks")  # which fire
_FORCES_OF_STATE = frozenset(["COP", "MIL"])  # sectors
_CROWDS = word_set("dozens scores hundreds thousands crowds")
_REPORTS = frozenset(["report", "reports"])
_OWNING = frozenset(["his", "her", "its", "their"])
_ARMED = frozenset(["COP", "MIL", "REB"])  # sectors
_STATIONS = word_set("position positions post posts trenches lines")
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
    parties = _read(naming, "actor", phrases, False, False)
    if trigger.event_type == "PROTEST":
        parties = parties._replace(actors=tuple(a for a in parties.actors if a not in parties.things))
        return _with_crowds(naming, phrases, parties)
    if trigger.event_type not in _OF_THINGS:
        return parties
    courts = [a for a in parties.actors if trigger.event_type != "COERCE" and a.text.lower().split()[-1] in _COURTS]
    others = [LeftOut("actor", actor.text, "a place or a thing does nothing") for actor in parties.things]
    others += [LeftOut("actor", actor.text, "a court judges who did it") for actor in courts]
    feasts = [a for a in parties.actors if is_feast(a) or a.text.lower().split()[-1] in _REPORTS]
    others += [LeftOut("actor", actor.text, "a feast or a report does nothing") for actor in feasts]
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
    if trigger.event_type == "COERCE" and trigger.mode in _DECREED:  # "[the mayor] announced that a curfew was imposed"
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
    if trigger.event_type not in _OF_THINGS or trigger.mode == "ban":
        spoken_to = [each for each in phrases if not is_matter(naming, each) and not is_ground(naming, each)]
        spoken_to = [each for each in spoken_to if not is_weapon(naming, each)]  # "sold jets to Norway"
        if trigger.event_type == "SUPPORT":  # of others a convention may be a body: "the Baptist Convention"
            spoken_to = [each for each in spoken_to if naming.sentence.lows[each.head_end - 1] != "convention"]
        return _read(naming, "recipient", spoken_to, of_people, False, trigger.event_type in _OF_TRADE)
    return _read(naming, "recipient", phrases, of_people, not of_people)


def is_of_people(mode: Optional[str]) -> bool:
    """Whether only people suffer what is done in this mode."""
    return mode in _OF_PEOPLE


def _read(
    naming: Naming,
    role: str,
    phrases: Sequence[Phrase],
    of_people: bool,
    may_be_things: bool,
    are_wares: bool = False,
) -> Parties:
    sentence, actors, left_out, things, venues = naming.sentence, [], [], [], []
    for phrase in phrases:
        actor = make_actor(sentence, phrase, naming.ontology, naming.names)
        if are_wares and actor and _is_ware(naming, phrase, actor):
            actor = attributed_actor(sentence, phrase.head_end - 1, naming.ontology) or actor
        is_nowhere = of_people and is_name_of_nowhere(naming, phrase)
        thing = is_thing(naming, phrase) and not is_nowhere
        may_be_unknown = may_be_things or is_people(naming, phrase)
        if role == "recipient" and (garrison := _garrison(naming, phrase)):
            actor, thing = garrison, False
        reason = _why_nobody(actor, of_people and thing, may_be_unknown)
        if role == "actor" and is_anybody(sentence, phrase):
            reason = "people of whom nothing is told"
        if role == "recipient" and only_tells(sentence, phrase):
            reason = "who only tells it"
        if actor is None or reason:
            first, last = sentence.span(phrase.start, phrase.end)
            left_out.append(
                LeftOut(role, " ".join(sentence.text[first:last].split()), reason or "", phrase.head_end - 1)
            )
        else:
            actors.append(actor)
            is_region = sentence.lows[phrase.head_end - 1] in _REGIONS  # "the Greek capital's protests"
            is_armed = actor.sector in _FORCES_OF_STATE and sentence.lows[phrase.head_end - 1] in _CRAFT
            acts = (actor.sector and (is_armed or not is_built(naming, phrase))) or (
                role == "actor" and not is_region and is_state(naming, phrase)
            )
            is_own = role == "recipient" and _is_own_unit(sentence, phrase)
            things += [actor] if (thing and not (role == "actor" and acts)) or is_own else []
            venues += [actor] if is_venue(naming, phrase) and not is_nowhere else []
    return Parties(tuple(actors), tuple(left_out), tuple(things), tuple(venues))


def _garrison(naming: Naming, phrase: Phrase) -> Optional[Actor]:
    """The force whose positions or posts a phrase tells of, which suffers what is done to them: "the positions of [the
    army]"."""
    sentence, head = naming.sentence, phrase.head_end - 1
    if sentence.lows[head] not in _STATIONS:
        return None
    behind = (noun_phrases(sentence, sentence.tree, at)[-1] for at in sentence.tree.children(head, "nmod") if at > head)
    owners = (make_actor(sentence, each, naming.ontology, naming.names) for each in behind)
    return next((owner for owner in owners if owner and owner.sector in _ARMED), None)


def _is_own_unit(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a convoy or a base only says where those were who are told beside it: "their convoy was hit"."""
    is_owned = not _OWNING.isdisjoint(sentence.lows[phrase.start : phrase.head_end - 1])
    return is_owned and sentence.lows[phrase.head_end - 1] in _UNITS


def _is_ware(naming: Naming, phrase: Phrase, actor: Actor) -> bool:
    """Whether what is told is a thing of a state, which suffers it: "banned [Georgian] wine"."""
    last = naming.sentence.lows[phrase.head_end - 1].rpartition("-")[2]
    is_unnamed = actor.country is not None and not (actor.name or actor.sector or naming.ontology.is_people(last))
    is_head_named = bool(naming.sentence.tree.kinds[phrase.head_end - 1])
    return is_unnamed and not is_head_named and is_thing(naming, phrase)


def _why_nobody(actor: Optional[Actor], thing: bool, may_be_unknown: bool) -> Optional[str]:
    if thing:
        return NO_PEOPLE
    if actor is None:
        return "a time, a count, a pronoun or an event: nobody"
    return None if may_be_unknown or is_known(actor) else "nothing known of it: no name, country or sector"
