"""Who took part in a happening, from all its mentions: each once, by the fullest name, without mere repetitions."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from transforms.events.identity import add_actors, same_actor
from transforms.events.mentions import Mention
from transforms.events.numerals import parse_number
from transforms.events.parties import is_of_people
from transforms.events.persons import nouns_of_one
from transforms.events.placenames import is_facility
from transforms.events.sides import with_attackers, without_adjectives, without_enemies, without_own
from transforms.events.wordlists import UNITS, word_set
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
_OF_LAW = frozenset(["COERCE", "ACCUSE", "SANCTION"])  # whom persons suffer from bodies
_TARGETS = word_set(  # beside the facilities, in the singular
    "bus train truck car van jeep taxi vehicle plane airplane aircraft helicopter ship boat tanker vessel convoy "
    "embassy consulate residence farm ranch post garrison barrack base camp fort city town village neighborhood "
    "branch factory plant mill refinery pipeline oil pipe bridge tower pole pylon substation dam newspaper palace "
    "ministry facility facilities studio bank office home house building installation checkpoint shop supermarket "
    "warehouse mansion hut shack tent cathedral synagogue shrine complex property properties business structure "
    "site target position railway railroad line"
)
_OF_HOUSES = frozenset(["explosives", "aerial", "drone", "heavy-weapons"])  # modes of attacks that are on houses
_HEAD = re.compile(r"(?<=\w) (?:of|in|at|on|from|near|for) .*")  # what follows the head
_TOP = 2  # sentences
_BEYOND = 2  # times as many as are named
_MANY = 10  # people, of whom a report of violence names only some
MAX_DOERS = 20  # known by name; who has more is a list of cases
WEIGHT_OF_DOING = 1.5  # against suffering: those who did it are often hurt as well


def read_cast(happening: Sequence[Mention], lead: Mention) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The actors and the recipients of a happening."""
    told = _in_order([m for m in (lead, *happening) if m.realis not in ("negated", "hypothetical")] or [lead])
    told = with_attackers(told, lead) if lead.trigger.event_type == "ASSAULT" else told
    victims, doers = _parts(told)
    acting = [[a for a in m.actors if _key(a) not in victims] for m in told]
    acting = acting if any(acting) else [list(m.tellers) for m in told]
    venues = frozenset(venue for m in told for venue in m.venues if lead.trigger.event_type in _OF_PERSONS)
    hurt = [[a for a in m.recipients if _key(a) not in doers and a not in venues] for m in told]
    things = frozenset(thing for m in told for thing in m.things)
    people = [[a for a in side if a not in things] for side in hurt]
    event_type = lead.trigger.event_type
    of_words = event_type not in _OF_PERSONS | _OF_LAW or lead.mode == "disapprove"
    if of_words:
        hurt = _without_towns(told, hurt) if event_type == "CONSULT" else _without_asides(told, hurt, lead)
        acting, hurt = _first_told(acting), _first_told(hurt)
    targets = [[a for a in side if a not in things or _is_target(a)] for side in hurt]
    if event_type == "CRIME" or (any(targets) and event_type in _OF_PERSONS | {"COERCE"}):
        hurt = targets
    hurt = people if any(people) and (event_type == "COERCE" or _is_of_people(told, lead)) else hurt
    if event_type == "ASSAULT" and any(people) and not _OF_HOUSES & {m.mode for m in told}:
        hurt = _without_later_things(told, hurt, things)
    if len({a.name for a in _union(acting) if _is_person(a)}) > MAX_DOERS:
        acting = acting[:1]
    if event_type == "COERCE":
        acting = _one_police(_without_criminals(acting))
    actors = _gather(acting, things) if event_type in _OF_PERSONS else _without_repeated(_union(acting))
    recipients = _gather(hurt, things) if event_type in _OF_PERSONS | _OF_LAW else _union(hurt)
    if event_type == "DISASTER":
        recipients = _with_many(recipients, hurt)
    elif event_type == "ASSAULT":  # in a crowd that is shot at not all are hurt
        counted = [m.recipients for m in told if m.trigger.toll or m.trigger.subject == "recipient"]
        recipients = _with_many(recipients, counted, _MANY)
    if event_type in _OF_PERSONS | _OF_LAW:
        actors = _named_once(actors, acting)
    if event_type in ("CRIME", "ASSAULT"):
        actors = _one_gang(actors, acting, ("UAF", "CRM") if event_type == "CRIME" else ("UAF",))
    if event_type in _OF_LAW or not any(sum(filter(None, (m.toll.killed, m.toll.injured))) > 1 for m in told):
        recipients = _named_once(recipients, hurt)
    selves = {_key(a) for m in told if m.is_self for a in m.recipients}
    if not actors and len(recipients) == 1 and selves:
        return recipients, recipients  # "shot himself"
    killers = [a for a in recipients if _key(a) in selves]
    if killers and len(killers) < len(recipients):  # "a bomber blew himself up, killing ten"
        actors = _gather([actors, killers], ())
    actors = without_adjectives(actors)
    actors = without_enemies(actors, lead) if event_type == "ASSAULT" else actors
    recipients = without_own(actors, recipients) if event_type == "ASSAULT" else recipients
    return actors, tuple(a for a in recipients if _key(a) not in {_key(b) for b in actors})


def _in_order(told: Sequence[Mention]) -> list[Mention]:
    """The mentions, the lead first; what the headline tells stands behind what the text states at its top.

    Of what the law does it only tells who is told nowhere else: "man", who has a name below.
    """
    titles, text = [m for m in told if m.of_title], [m for m in told if not m.of_title]
    if titles and titles[0].trigger.event_type in _OF_LAW and titles[0].mode != "disapprove":
        actors = () if any(m.actors for m in text) else titles[0].actors
        recipients = () if any(m.recipients for m in text) else titles[0].recipients
        titles = [titles[0]._replace(actors=actors, recipients=recipients)]
    if not titles:
        return text
    verb = titles[0].trigger.lemma.split()[0]
    top = [m for m in text if m.sentence_number < _TOP and (m.is_asserted or m.trigger.lemma.split()[0] == verb)]
    return [*top, *titles, *text]


def _without_asides(told: Sequence[Mention], hurt: Sequence[list[Actor]], lead: Mention) -> list[list[Actor]]:
    """Without those of clauses on somebody: "Roe, who had opposed Fox, mocked it"."""
    return [side for m, side in zip(told, hurt, strict=True) if m is lead or not m.is_aside]


def _without_towns(told: Sequence[Mention], hurt: Sequence[list[Actor]]) -> list[list[Actor]]:
    """Without the town, where somebody is met there: "stopped in Lima, where he met the mayor"."""
    towns = {venue for m in told for venue in m.venues}
    met = [[a for a in side if a not in towns] for side in hurt]
    return met if any(met) else list(hurt)


def _without_criminals(lists: Sequence[Sequence[Actor]]) -> list[list[Actor]]:
    """Without pirates and gangs beside others: the navy seizes what they had seized."""
    others = [[a for a in actors if a.sector != "CRM"] for actors in lists]
    return others if any(others) else [list(actors) for actors in lists]


def _one_police(lists: Sequence[Sequence[Actor]]) -> list[list[Actor]]:
    """Without the officers of whom no more is told than that, beside a police that is: they are its own."""
    told = [a for actors in lists for a in actors if a.sector == "COP" and (a.name or a.country)]
    others = [[a for a in actors if a.sector != "COP" or a.name or not is_anybody(a)] for actors in lists]
    return others if told else [list(actors) for actors in lists]


def _first_told(lists: Sequence[Sequence[Actor]]) -> list[list[Actor]]:
    """Of those whom mentions name, the ones of the first mention that names any, as fully as others name them.

    What is said and decided is told in many words, with others in each.
    """
    first = next(filter(None, lists), ())
    return [[a for a in actors if any(a == b or same_actor(a, b) for b in first)] for actors in lists]


def _parts(told: Sequence[Mention]) -> tuple[set[str], set[str]]:
    """Of those who have both parts, the ones that suffer and the ones that act, by the number of mentions."""
    doing = Counter(_key(a) for m in told for a in m.actors)
    suffering = Counter(_key(a) for m in told for a in m.recipients)
    both = set(doing) & set(suffering)
    victims = {key for key in both if suffering[key] > WEIGHT_OF_DOING * doing[key]}
    return victims, both - victims


def _key(actor: Actor) -> str:
    return (actor.name or actor.text).lower()


def _is_of_people(told: Sequence[Mention], lead: Mention) -> bool:
    """Whether people suffer what happened, and things only beside them: the wall in a shooting, a quake's houses."""
    mode = next((m.mode for m in (lead, *told) if m.mode), None)
    return is_of_people(mode) or lead.trigger.event_type == "DISASTER"


def _without_later_things(
    told: Sequence[Mention], hurt: Sequence[list[Actor]], things: Collection[Actor]
) -> list[list[Actor]]:
    """Without what else was hit further down than where people are: a house that is searched, another's car."""
    first = min(m.sentence_number for m, side in zip(told, hurt, strict=True) if set(side) - things)
    return [
        [a for a in side if a not in things or m.sentence_number <= first] for m, side in zip(told, hurt, strict=True)
    ]


def _is_target(thing: Actor) -> bool:
    """Whether something is hit for the sake of people: a house or a bus, not windows and lights."""
    head = _HEAD.sub("", thing.text.lower()).split()[-1]
    return (
        bool(thing.name)
        or bool({head, head.removesuffix("s"), head.removesuffix("es")} & _TARGETS)
        or is_facility(head)
    )


def _union(lists: Sequence[Sequence[Actor]]) -> tuple[Actor, ...]:
    found: tuple[Actor, ...] = ()
    for actors in lists:
        found = add_actors(found, actors)
    return found


def _gather(lists: Sequence[Sequence[Actor]], things: Collection[Actor]) -> tuple[Actor, ...]:
    """All of them, each once. "The victim" and "a woman, 23" are two words for one person more often than two people:
    such are kept only from the first mention that has any, and not where someone is named."""
    known = [[a for a in actors if a in things or not _is_vague(a)] for actors in lists]
    vague = [[a for a in actors if a not in things and _is_vague(a)] for actors in lists]
    named = _without_repeated(_union(known))
    if persons := [a for a in named if _is_person(a)]:
        beside = {a for actors in lists if any(map(_is_person, actors)) for a in actors if a.country}
        beside.update(a for actors in lists if _names_all(actors, persons) for a in actors)
        return add_actors(named, (a for actors in vague for a in actors if a in beside))
    vague.sort(key=_is_crowd)  # "fired at a crowd, killing a man": the man
    return add_actors(named, next(filter(None, vague), ()))


def _names_all(actors: Sequence[Actor], persons: Sequence[Actor]) -> bool:
    """Whether all who are named are so beside the others: then these go by no name elsewhere."""
    return all(any(a == b or same_actor(a, b) for a in actors) for b in persons)


def _with_many(named: tuple[Actor, ...], hurt: Sequence[Sequence[Actor]], least: int = 0) -> tuple[Actor, ...]:
    """With the first who are counted as many more than those named: "seven people", of whom one has a name."""
    many = next((a for actors in hurt for a in actors if _number(a) > max(_BEYOND * len(named), least)), None)
    return add_actors((many,), named) if many and any(map(_is_person, named)) else named


def _number(actor: Actor) -> int:
    """How many people a description counts: "seven people"."""
    words = actor.text.lower().removeprefix("at least ").removeprefix("more than ").split()
    return parse_number(words, 0)[0] or 0


def _named_once(actors: tuple[Actor, ...], lists: Sequence[Sequence[Actor]]) -> tuple[Actor, ...]:
    """Without the descriptions of the only person named: "a deputy was shot" and "Ann Lee was shot" tell of one.

    Not where a mention has two of them, who then are two.
    """
    persons = [a for a in actors if _is_person(a)]
    described = [a for a in actors if a not in persons and _is_description(a)]
    if len(persons) != 1 or any(len(_union([each])) > 1 for each in lists):
        return actors
    sector = next((a.sector for a in (*persons, *described) if a.sector not in (None, "CVL")), persons[0].sector)
    country = next((a.country for a in (*persons, *described) if a.country), None)
    told = persons[0]._replace(sector=sector, country=country)
    return tuple(told if a is persons[0] else a for a in actors if a not in described)


def _one_gang(
    actors: tuple[Actor, ...], lists: Sequence[Sequence[Actor]], sectors: Collection[str]
) -> tuple[Actor, ...]:
    """With the first words for those who rob or shoot: "four men" of one sentence are "the robbers" of another.

    Not where a mention has two of them. The `sectors` are those of words for such people.
    """
    gang = [a for a in actors if not a.name and (a.sector in sectors or _is_vague(a) or is_anybody(a))]
    is_told_apart = any(sum(a in gang for a in each) > 1 for each in lists)
    return actors if is_told_apart else tuple(a for a in actors if a not in gang[1:])


def _is_description(actor: Actor) -> bool:
    """Whether it is one person, of whom something is told beside the name: "a sheriff's deputy"."""
    words = _HEAD.sub("", actor.text.lower()).split()
    return not actor.name and words[-1] in nouns_of_one()


def _is_crowd(actors: Sequence[Actor]) -> bool:
    return any("crowd" in actor.text.lower().split() for actor in actors)


def _without_repeated(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Each description of one once: "a church deacon" and "the 77-year-old deacon" are the same."""
    heads = [None if a.name or a.text.endswith("s") else a.text.lower().split()[-1] for a in actors]
    return tuple(a for at, a in enumerate(actors) if heads[at] is None or heads[at] not in heads[:at])


def _is_vague(actor: Actor) -> bool:
    """Whether somebody is described by no more than age and home: "a Virginia man"."""
    numbers = actor.text.lower().split()[0] in UNITS
    return (
        is_anybody(actor._replace(country=None)) if actor.sector in (None, "CVL") and not numbers else is_anybody(actor)
    )


def is_anybody(actor: Actor) -> bool:
    """Whether it is only said that it was somebody: "the victim", "five people", "a 23-year-old man"."""
    if actor.name or actor.country:
        return False
    if actor.sector is None:
        return True
    words = actor.text.lower().replace("-", " ").split()
    heads = words[: words.index("of")] if "of" in words[1:] else words
    return not heads or heads[-1] in _ANYBODY or words[-1] in _ANYBODY


def _is_person(actor: Actor) -> bool:
    is_titled = bool(actor.name) and actor.text.endswith(" " + actor.name)  # "FBI official Jim Roe", of a state
    is_state = bool(actor.country) and not is_titled
    return bool(actor.name and not (is_state or actor.sector == "REB" or is_facility(actor.name)))
