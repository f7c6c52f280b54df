"""Those who have one part in a happening: each once, and who is named not by a description as well."""

import re
from collections.abc import Collection, Sequence

from transforms.events.identity import add_actors, same_actor
from transforms.events.numerals import parse_number
from transforms.events.persons import nouns_of_one
from transforms.events.placenames import is_facility
from transforms.events.wordlists import COLLECTIVES, KIN, UNITS, word_set
from transforms.records import Actor

# Words for people of whom nothing further is said: where someone is named, they are likely the same.
_ANYBODY = word_set(
    "man men woman women boy boys girl girls child children teen teens teenager teenagers youth youths person people "
    "persons victim victims male males female females individual individuals adult adults other others someone old "
    "toddler toddlers infant baby suspect suspects gunman gunmen shooter shooters attacker attackers assailant driver "
    "assailants killer neighbor son daughter brother sister father mother husband wife cousin relative relatives kid "
    "kids juvenile juveniles resident residents patron patrons occupant occupants bystander bystanders friend friends "
    "employee customer customers guest guests nephew niece uncle aunt grandson granddaughter grandmother grandfather "
    "girlfriend boyfriend parents couple family student students member members crowd police officer officers deputies "
    "detectives authorities investigators"
)
HEAD = re.compile(r"(?<=\w) (?:of|in|at|on|from|near|for) .*")  # what follows the head
_BENCH = re.compile(r"\bjurors$")  # are "the jury"
_HARMED = word_set("slain killed dead fallen deceased murdered wounded injured kidnapped abducted captured arrested")
_ATTACKERS = frozenset(["attacker", "attackers", "assailant", "assailants", "raiders"])
_FIGHTERS = _ATTACKERS | word_set(
    "guerrilla guerrillas rebel rebels insurgents militant militants fighters terrorist terrorists jihadists "
    "extremists gunman gunmen men"
)
_ROUGHLY = re.compile(r"^(?:at least|more than|about|around|some|nearly|over|almost) ")
_BEYOND = 2  # times as many as are named


def union(lists: Sequence[Sequence[Actor]]) -> tuple[Actor, ...]:
    found: tuple[Actor, ...] = ()
    for actors in lists:
        found = add_actors(found, actors)
    return found


def gather(lists: Sequence[Sequence[Actor]], things: Collection[Actor]) -> tuple[Actor, ...]:
    """All of them, each once. "The victim" and "a woman, 23" are two words for one person more often than two people:
    such are kept only from the first mention that has any, and not where someone is named."""
    known = [[a for a in actors if a in things or not _is_vague(a)] for actors in lists]
    vague = [[a for a in actors if a not in things and _is_vague(a)] for actors in lists]
    named = _without_told_before(without_repeated(union(known)))
    if persons := [a for a in named if is_person(a)]:
        beside = {a for actors in lists if any(map(is_person, actors)) for a in actors if a.country}
        beside.update(a for actors in lists if _names_all(actors, persons) for a in actors)
        beside |= _kin_beside(lists) if len(persons) == 1 else set()
        return add_actors(named, (a for actors in vague for a in actors if a in beside))
    vague.sort(key=_is_crowd)  # "fired at a crowd, killing a man": the man
    return _without_told_before(add_actors(named, next(filter(None, vague), ())))


def _without_told_before(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Without those told by what was done to them, who were told before: "four rebels", "the slain rebels"."""
    again = [a for a in actors[1:] if not a.name and a.text.lower().split()[0] in _HARMED]
    return tuple(a for a in actors if a not in again)


def _kin_beside(lists: Sequence[Sequence[Actor]]) -> set[Actor]:
    """Those told by whose they are, beside whom they belong to: "the mayor and [his son]"."""
    return {a for actors in lists for a in actors[1:] if not a.name and noun_of(a) in KIN}


def noun_of(actor: Actor) -> str:
    """The noun of a description: "woman" of "woman in her fifties"."""
    return HEAD.sub("", actor.text.lower()).split()[-1]


def _names_all(actors: Sequence[Actor], persons: Sequence[Actor]) -> bool:
    """Whether all who are named are so beside the others: then these go by no name elsewhere."""
    return all(any(a == b or same_actor(a, b) for a in actors) for b in persons)


def with_many(named: tuple[Actor, ...], hurt: Sequence[Sequence[Actor]], least: int = 0) -> tuple[Actor, ...]:
    """With the first who are counted as many more than those named: "seven people", of whom one has a name."""
    many = next((a for actors in hurt for a in actors if count_of(a) > max(_BEYOND * len(named), least)), None)
    is_apart = many is not None and many not in named
    return add_actors((many,), named) if is_apart and any(map(is_person, named)) else named


def count_of(actor: Actor) -> int:
    """How many people a description counts: "seven people"."""
    words = _ROUGHLY.sub("", actor.text.lower()).split()
    return parse_number(words, 0)[0] or 0


def named_once(actors: tuple[Actor, ...], lists: Sequence[Sequence[Actor]]) -> tuple[Actor, ...]:
    """Without the descriptions of the only person named: "a deputy was shot" and "Ann Lee was shot" tell of one.

    Not where a mention has two of them, who then are two.
    """
    persons = [a for a in actors if is_person(a)]
    kin = _kin_beside(lists)
    described = [a for a in actors if a not in persons and a not in kin and _is_description(a)]
    if len(persons) != 1 or any(len(set(union([each])) - kin) > 1 for each in lists):
        return actors
    sector = next((a.sector for a in (*persons, *described) if a.sector not in (None, "CVL")), persons[0].sector)
    country = next((a.country for a in (*persons, *described) if a.country), None)
    told = persons[0]._replace(sector=sector, country=country)
    return tuple(told if a is persons[0] else a for a in actors if a not in described)


def one_gang(
    actors: tuple[Actor, ...], lists: Sequence[Sequence[Actor]], sectors: Collection[str]
) -> tuple[Actor, ...]:
    """With the first words for those who rob or shoot: "four men" of one sentence are "the robbers" of another.

    Not where a mention has two of them. The `sectors` are those of words for such people. "The assailants" are the
    rebels of another sentence.
    """
    rebels = [a for a in actors if a.sector == "REB"]
    groups = [a for a in actors if a.name and (a.sector == "REB" or a.text.lower().split()[-1] == "group")]
    if groups and not any(len(set(each) & set(actors)) > 1 for each in lists):
        rebels = [a for a in rebels if a.name or not _is_fighter(a)]  # "militants", whose group claims it
        actors = tuple(a for a in actors if a in rebels or not _is_fighter(a))
    if rebels and not any({"REB", "UAF"} <= {a.sector for a in each} for each in lists):
        is_unnamed = not all(a.name for a in rebels)
        again = [a for a in actors if not a.name and a.sector == "UAF" and (is_unnamed or is_attacker(a))]
        actors = tuple(a for a in actors if a not in again)
    gang = [a for a in actors if not a.name and (a.sector in sectors or _is_vague(a) or is_anybody(a))]
    is_told_apart = any(sum(a in gang for a in each) > 1 for each in lists)
    return actors if is_told_apart else tuple(a for a in actors if a not in gang[1:])


def _is_fighter(actor: Actor) -> bool:
    """Whether somebody is only called one of those who fight: "four gunmen", "militants"."""
    is_unnamed = not (actor.name or actor.country) and actor.sector in ("REB", "UAF")
    is_count = noun_of(actor) in COLLECTIVES  # "hundreds of rebels"
    return is_unnamed and (actor.text.lower().split()[-1] if is_count else noun_of(actor)) in _FIGHTERS


def is_attacker(actor: Actor) -> bool:
    """Whether somebody is only called so for the attack that was told: "the assailants"."""
    return actor.sector == "UAF" and actor.text.lower().split()[-1] in _ATTACKERS


def _is_description(actor: Actor) -> bool:
    """Whether it is one person, of whom something is told beside the name: "a sheriff's deputy"."""
    return not actor.name and noun_of(actor) in nouns_of_one()


def _is_crowd(actors: Sequence[Actor]) -> bool:
    return any({"crowd", "group"} & set(actor.text.lower().split()) for actor in actors)


def without_repeated(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Each description of one once: "a church deacon" and "the 77-year-old deacon" are the same, also if one has his
    name from another sentence."""
    texts = [_BENCH.sub("jury", a.text.lower()) for a in actors]
    heads = [
        None if _is_by_name(a) or text.endswith("s") else text.split()[-1]
        for a, text in zip(actors, texts, strict=True)
    ]

    def is_again(at: int) -> bool:  # not "a Greek nurse" after "a Finnish nurse"
        same = (a for a, head in zip(actors[:at], heads, strict=False) if head == heads[at])
        return heads[at] is not None and any(actors[at].country in (None, a.country) or not a.country for a in same)

    return tuple(b for at, b in enumerate(actors) if b.name or not is_again(at))


def one_state(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those who say or suffer something by words, each state once: "Russia" and "Moscow", "Chad's government"."""
    are_states = [(a.name == a.text and not a.sector) or a.text.endswith("government") for a in actors]
    states = [actor.country if is_state else None for actor, is_state in zip(actors, are_states, strict=True)]
    return tuple(a for at, a in enumerate(actors) if states[at] is None or states[at] not in states[:at])


def _is_by_name(actor: Actor) -> bool:
    """Whether somebody is told by his name, and not by a description that another sentence gives a name."""
    return bool(actor.name) and (actor.name in actor.text or noun_of(actor) not in nouns_of_one())


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
    head = HEAD.sub("", " ".join(words)).split()[-1]  # "a child in Leeds", "one of the men"
    return head in _ANYBODY or words[-1] in _ANYBODY


def is_person(actor: Actor) -> bool:
    is_titled = bool(actor.name) and actor.text.endswith(" " + actor.name)  # "FBI official Jim Roe", of a state
    is_state = bool(actor.country) and not is_titled and _is_by_name(actor)
    return bool(actor.name and not (is_state or actor.sector == "REB" or is_facility(actor.name)))
