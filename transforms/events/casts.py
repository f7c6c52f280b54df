"""Who took part in a happening, from all its mentions: each once, by the fullest name, without mere repetitions."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from transforms.events.gathering import (
    HEAD,
    count_of,
    gather,
    is_anybody,
    is_person,
    named_once,
    one_gang,
    one_state,
    union,
    with_many,
    without_repeated,
)
from transforms.events.identity import add_actors, same_actor
from transforms.events.lexicon import OF_LAW
from transforms.events.mentions import Mention
from transforms.events.parties import is_of_people
from transforms.events.placenames import is_facility
from transforms.events.sides import with_attackers, with_taken, without_adjectives, without_enemies, without_own
from transforms.events.wordlists import word_set
from transforms.records import Actor

OF_PERSONS = frozenset(["ASSAULT", "CRIME", "DISASTER"])
_GANGS = {"CRIME": ("UAF", "CRM"), "ASSAULT": ("UAF",)}  # sectors of words for those who rob, or shoot
_TARGETS = word_set(  # beside the facilities, in the singular
    "bus train truck car van jeep taxi vehicle plane airplane aircraft helicopter ship boat tanker vessel convoy "
    "embassy consulate residence farm ranch post garrison barrack base camp fort city town village neighborhood "
    "branch factory plant mill refinery pipeline oil pipe bridge tower pole pylon substation dam newspaper palace "
    "ministry facility facilities studio bank office home house building installation checkpoint shop supermarket "
    "warehouse mansion hut shack tent cathedral synagogue shrine complex property properties business structure "
    "site target position railway railroad line"
)
_OF_HOUSES = frozenset(["explosives", "aerial", "drone", "heavy-weapons"])  # modes of attacks that are on houses
_TOP = 2  # sentences
_REACH = 6  # sentences: further below the first who take part, others are more often of another deed
_MANY = 4  # people, of whom a report of violence names only some
MAX_DOERS = 20  # known by name; who has more is a list of cases
WEIGHT_OF_DOING = 1.5  # against suffering: those who did it are often hurt as well

_Sides = list[list[Actor]]  # by mention


def read_cast(happening: Sequence[Mention], lead: Mention) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The actors and the recipients of a happening."""
    told = _in_order([m for m in (lead, *happening) if m.realis not in ("negated", "hypothetical")] or [lead])
    told = with_attackers(told, lead) if lead.trigger.event_type == "ASSAULT" else told
    acting, hurt = _sides(told, lead)
    things = frozenset(thing for m in told for thing in m.things)
    actors, recipients = _doers(acting, things, lead), _sufferers(hurt, things, told, lead)
    selves = {_key(a) for m in told if m.is_self for a in m.recipients}
    killers = [a for a in recipients if _key(a) in selves]
    is_one = len(recipients) == 1 and not any((m.toll.killed or 0) > 1 for m in told)
    if not actors and selves and recipients and (is_one or killers == list(recipients)):
        return recipients, recipients  # "shot himself"
    if killers and len(killers) < len(recipients):  # "a bomber blew himself up, killing ten"
        actors = gather([actors, killers], ())
    actors = one_state(without_adjectives(actors))
    actors = without_enemies(actors, lead) if lead.trigger.event_type == "ASSAULT" else actors
    recipients = without_own(actors, recipients) if lead.trigger.event_type == "ASSAULT" else one_state(recipients)
    are_two = lead.trigger.subject == "both" and lead.trigger.event_type not in OF_PERSONS
    if are_two:  # "a deal with 40 groups", "the army and more than 40 groups signed a deal"
        recipients = tuple(a for a in recipients if not any(same_actor(a, b) for b in actors))
    return actors, tuple(a for a in recipients if _key(a) not in {_key(b) for b in actors})


def _sides(told: Sequence[Mention], lead: Mention) -> tuple[_Sides, _Sides]:
    """Those who act and those who suffer, by mention: each has one part, and only what suffers is left of things."""
    event_type = lead.trigger.event_type
    victims, doers = _parts(told)
    acting = [[a for a in m.actors if _key(a) not in victims] for m in told]
    acting = acting if any(acting) else [list(m.tellers) for m in told]
    venues = frozenset(venue for m in told for venue in m.venues if event_type in OF_PERSONS)
    hurt = [[a for a in m.recipients if _key(a) not in doers and a not in venues] for m in told]
    is_of_words = event_type not in OF_PERSONS | OF_LAW or lead.mode == "disapprove"
    if is_of_words:
        apart = _without_towns(told, hurt) if event_type == "CONSULT" else _without_asides(told, hurt, lead)
        acting, hurt = _first_told(acting), _first_told(apart)
    hurt = _without_things(told, hurt, lead)
    if not is_of_words:
        often = _told_again(told)
        acting = _in_reach(told, acting, lambda m, a: _key(a) in often or (bool(a.name) and m.trigger.weak))
        hurt = _in_reach(told, hurt, lambda _, a: bool(a.name))
    if len({a.name for a in union(acting) if is_person(a)}) > MAX_DOERS:
        acting = acting[:1]
    return (_one_police(_without_criminals(acting)) if event_type == "COERCE" else acting), hurt


def _told_again(told: Sequence[Mention]) -> set[str]:
    """Those of whom more than one sentence says that they did it."""
    sentences = Counter(key for key, _ in {(_key(a), m.sentence_number) for m in told for a in m.actors})
    return {key for key, times in sentences.items() if times > 1}


def _in_reach(told: Sequence[Mention], sides: _Sides, is_sure: Callable[[Mention, Actor], bool]) -> _Sides:
    """Without those who come in far below the first of their side, but for the ones that are surely of this deed: the
    soldiers of another raid, the man who shot the mayor's brother years ago."""
    first = min((m.sentence_number for m, side in zip(told, sides, strict=True) if side), default=0)
    return [
        [a for a in side if m.sentence_number < first + _REACH or is_sure(m, a)]
        for m, side in zip(told, sides, strict=True)
    ]


def _without_things(told: Sequence[Mention], hurt: _Sides, lead: Mention) -> _Sides:
    """Without the things that are no targets, where others are, or where people suffer and things only beside them."""
    event_type, things = lead.trigger.event_type, frozenset(thing for m in told for thing in m.things)
    people = [[a for a in side if a not in things] for side in hurt]
    targets = [[a for a in side if a not in things or _is_target(a)] for side in hurt]
    is_of_targets = event_type == "CRIME" or lead.mode == "crowd-control"  # a fight that is broken up is nobody
    if is_of_targets or (any(targets) and event_type in OF_PERSONS | {"COERCE"}):
        hurt = targets
    if event_type == "DISASTER":  # what burned down is told by the sentence
        return people
    if not any(people):
        return hurt
    hurt = people if event_type == "COERCE" or _is_of_people(told, lead) else hurt
    is_of_houses = bool(_OF_HOUSES & {m.mode for m in told})
    return _without_later_things(told, hurt, things) if event_type == "ASSAULT" and not is_of_houses else hurt


def _doers(acting: _Sides, things: Collection[Actor], lead: Mention) -> tuple[Actor, ...]:
    """Those who act, each once."""
    event_type = lead.trigger.event_type
    beside = next(filter(None, acting), ())  # "a party and a new party signed a pact"
    actors = gather(acting, things) if event_type in OF_PERSONS else add_actors(without_repeated(union(acting)), beside)
    actors = named_once(actors, acting) if event_type in OF_PERSONS | OF_LAW else actors
    return one_gang(actors, acting, _GANGS[event_type]) if event_type in _GANGS else actors


def _sufferers(hurt: _Sides, things: Collection[Actor], told: Sequence[Mention], lead: Mention) -> tuple[Actor, ...]:
    """Those who suffer, each once."""
    event_type = lead.trigger.event_type
    recipients = gather(hurt, things) if event_type in OF_PERSONS | OF_LAW else union(hurt)
    if event_type in ("DISASTER", "COERCE"):
        recipients = with_many(recipients, hurt)
    elif event_type == "ASSAULT":  # in a crowd that is shot at not all are hurt
        counted = [m.recipients for m in told if m.trigger.toll or m.trigger.subject == "recipient"]
        recipients = with_many(recipients, counted, _MANY)
        recipients = with_taken(recipients, told, lead)
    recipients = _named_later(recipients, hurt, told) if event_type in OF_PERSONS else recipients
    are_many = any(sum(filter(None, (m.toll.killed, m.toll.injured))) > 1 for m in told)
    return named_once(recipients, hurt) if event_type in OF_LAW or not are_many else recipients


def _named_later(recipients: tuple[Actor, ...], hurt: _Sides, told: Sequence[Mention]) -> tuple[Actor, ...]:
    """Without those described who have names below, where as many are named as were hurt: "a waitress and a cook"."""
    many = sum(map(is_person, recipients))
    counted = [side for m, side in zip(told, hurt, strict=True) if many in m.toll or m.mode == "abduct"]
    counted = counted if many > 1 else []
    counted = [side for side in counted if sum(count_of(a) or 1 for a in side) == many]
    described = {a for side in counted if not any(a.name for a in side) for a in side}
    return tuple(a for a in recipients if a not in described)


def _in_order(told: Sequence[Mention]) -> list[Mention]:
    """The mentions, the lead first; what the headline tells stands behind what the text states at its top.

    Of what the law does it only tells who is told nowhere else: "man", who has a name below.
    """
    titles, text = [m for m in told if m.of_title], [m for m in told if not m.of_title]
    is_said = titles and (titles[0].mode == "disapprove" or titles[0].trigger.lemma == "accuse")
    if titles and titles[0].trigger.event_type in OF_LAW and not is_said:
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
    """Whether people suffer what happened, and things only beside them: the wall in a shooting, a quake's houses, the
    market where ten were killed."""
    mode = next((m.mode for m in (lead, *told) if m.mode), None)
    are_hurt = any(any(m.toll) or (m.trigger.toll and not set(m.recipients) <= set(m.things)) for m in told)
    return is_of_people(mode) or lead.trigger.event_type == "DISASTER" or are_hurt


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
    head = HEAD.sub("", thing.text.lower()).split()[-1]
    return (
        bool(thing.name)
        or bool({head, head.removesuffix("s"), head.removesuffix("es")} & _TARGETS)
        or is_facility(head)
    )
