"""Who did and who suffered an event, from all the articles that tell of it: each once, in one part.

What articles name adds up, since one has a name that another lacks. Descriptions do not: "a 14-year-old boy" of one is
"the ninth-grader" of another, so they are those of the claim that tells the event best.
"""

import collections
import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Optional

from transforms.events.casts import OF_PERSONS
from transforms.events.gathering import count_of, gather, is_person, union, with_many
from transforms.events.identity import same_actor
from transforms.events.lexicon import OF_LAW
from transforms.records import Actor, Claim

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_MANY = 10  # people, of whom reports of violence name only some
_MANY_CLAIMS = 5
_AGREEING = 3  # claims
_SAME = 0.75  # how much of a misspelt name is the same: Tom is not Tim

_Lists = list[list[Actor]]  # by claim


def cast_jointly(ranked: Sequence[Claim], names: Mapping[str, str]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The actors and the recipients of an event, which is of the kind that the best claim has.

    Args:
        ranked: Its claims, the best first.
        names: Names in full by last name, as the story knows them.
    """
    event_type, mode = ranked[0].event_type, ranked[0].event_mode
    ranked = list({claim.copy_of or claim.article_id: claim for claim in reversed(ranked)}.values())[::-1]  # by text
    known = {a.name: a for claim in reversed(ranked) for a in (*claim.actors, *claim.recipients)}
    acting = [[_named_in_full(a, names, known) for a in claim.actors] for claim in ranked]
    hurt = [[_named_in_full(a, names, known) for a in claim.recipients] for claim in ranked]
    spellings = _spellings([*side, *other] for side, other in zip(acting, hurt, strict=True))
    acting, hurt = _respelled(acting, spellings), _respelled(hurt, spellings)
    acting, hurt = _in_one_part(acting, hurt)
    if event_type not in OF_PERSONS | OF_LAW or mode == "disapprove":  # what is done by words
        return _told_best(acting), _told_best(hurt)
    acting, hurt = _borne_out(acting, 0), _borne_out(hurt, _count_hurt(ranked))
    recipients = gather(hurt, ())
    if not any(map(is_person, recipients)):  # "five teenagers" are more than the one whom a better claim describes
        recipients = gather(sorted(hurt, key=_counted, reverse=True), ())
    recipients = with_many(recipients, hurt, _MANY) if event_type in OF_PERSONS else recipients
    recipients = _without_things(recipients) if event_type in OF_PERSONS else recipients
    return _once(_without_bare(gather(acting, ())), acting), _once(recipients, hurt)


def _in_one_part(acting: _Lists, hurt: _Lists) -> tuple[_Lists, _Lists]:
    """Each in the part that most claims give him; of two that as many give, in that of the better claim.

    Who does it to himself has both in one claim.
    """
    doing, suffering = (collections.Counter(_key(a) for side in lists for a in side) for lists in (acting, hurt))
    selves = {_key(a) for side, other in zip(acting, hurt, strict=True) for a in side if a in other}
    both = (doing.keys() & suffering.keys()) - selves
    first = {}
    for side, other in zip(acting, hurt, strict=True):
        first = {_key(a): True for a in side} | {_key(a): False for a in other} | first
    doers = {key for key in both if (doing[key], first[key]) > (suffering[key], False)}
    return (
        [[a for a in side if _key(a) not in both - doers] for side in acting],
        [[a for a in side if _key(a) not in doers] for side in hurt],
    )


def _borne_out(lists: _Lists, wanted: Optional[int]) -> _Lists:
    """Without those whom one of many claims gives, where several agree on another.

    As long as they agree on fewer than are `wanted`, or nobody knows how many, a person may stand by one claim: one
    paper has the name of the last victim.
    """
    told = collections.Counter(key for side in lists for key in {_key(a) for a in side})
    if len(lists) < _MANY_CLAIMS or max(told.values(), default=0) < _AGREEING:
        return lists
    agreed = {key for key, times in told.items() if times > 1}
    may_stand = wanted is None or len(agreed) < wanted
    return [[a for a in side if _key(a) in agreed or (may_stand and is_person(a))] for side in lists]


def _count_hurt(claims: Iterable[Claim]) -> Optional[int]:
    """How many people most claims count as killed or injured, of those that count any."""
    counts = collections.Counter((claim.killed or 0) + (claim.injured or 0) for claim in claims)
    counts.pop(0, None)
    return max(counts, key=counts.__getitem__, default=None)


def _told_best(lists: _Lists) -> tuple[Actor, ...]:
    """Those of the first claim that names any, or else has any, and those whom several have: what is said is told with
    others in each."""
    named = (side for side in lists if any(a.name or a.country for a in side))
    best = next(named, None) or next(filter(None, lists), [])
    often = [a for at, side in enumerate(lists) for a in side if any(_is_among(a, each) for each in lists[at + 1 :])]
    return union([best, often, *([a for a in side if _is_among(a, best)] for side in lists)])


def _counted(people: Sequence[Actor]) -> int:
    return sum(count_of(a) or 1 for a in people)


def _without_bare(doers: Sequence[Actor]) -> tuple[Actor, ...]:
    """Without bare "soldiers", where an army is told with its land."""
    is_told = any(a.sector == "MIL" and a.country for a in doers)
    return tuple(a for a in doers if not (is_told and _is_bare(a)))


def _is_bare(actor: Actor) -> bool:
    return actor.sector == "MIL" and not (actor.name or actor.country) and len(actor.text.split()) == 1


def _once(people: tuple[Actor, ...], lists: _Lists) -> tuple[Actor, ...]:
    """Without those who go by no name and are of a kind with others, where another claim than theirs has those:
    "officers" of one are the "Oslo police" of the other, which says more."""
    kept: list[Actor] = []
    for actor in sorted(people, key=_says_little):
        alike = [a for a in kept if a.sector and a.sector == actor.sector]
        own = next((side for side in lists if actor in side), [])
        if actor.name or not alike or any(a in own for a in alike):
            kept.append(actor)
    return tuple(actor for actor in people if actor in kept)


def _says_little(actor: Actor) -> tuple[bool, bool]:
    return not actor.name, not (actor.country and any(word[:1].isupper() for word in actor.text.split()))


def _spellings(claims: Iterable[Sequence[Actor]]) -> dict[str, str]:
    """Misspelt names of persons, by the spelling that most claims have. No claim names two people so alike."""
    told: collections.Counter[str] = collections.Counter()
    beside: dict[str, set[str]] = collections.defaultdict(set)
    for actors in claims:
        names = {a.name for a in actors if a.name and is_person(a)}
        told.update(names)
        for name in names:
            beside[name] |= names
    spellings: dict[str, str] = {}
    known = sorted(told, key=lambda name: (-told[name], -len(name), name))
    for at, name in enumerate(known):
        apart = beside[name]
        same = (each for each in known[:at] if each not in apart and each not in spellings and _are_alike(name, each))
        if spelling := next(same, None):
            spellings[name] = spelling
    return spellings


def _are_alike(name: str, other: str) -> bool:
    """Whether two names are one, written by two people: "Savonnie McNeil", "Savonie “V” McNeil"."""
    (words, suffix), (others, another) = _parted(name), _parted(other)
    if min(len(words), len(others)) < 2 or (suffix and another and suffix != another):  # father and son
        return False
    is_first = words[0][0] == others[0][0] and _is_misspelt(words[0], others[0])
    return is_first and _is_misspelt(words[-1], others[-1])


def _parted(name: str) -> tuple[list[str], str]:
    """The words of a name, and the "jr" behind it, if any."""
    words = name.lower().replace(",", "").replace(".", "").split()
    return (words[:-1], words[-1]) if words and words[-1] in _SUFFIXES else (words, "")


def _is_misspelt(word: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, word, other).ratio() >= _SAME


def _respelled(lists: _Lists, spellings: Mapping[str, str]) -> _Lists:
    return [[a._replace(name=spellings.get(a.name or "", a.name)) for a in side] for side in lists]


def _without_things(recipients: Sequence[Actor]) -> tuple[Actor, ...]:
    """The people among those who suffer, where one article tells of people and another of the market they were at."""
    people = tuple(a for a in recipients if a.name or a.sector or a.country)
    return people or tuple(recipients)


def _named_in_full(actor: Actor, names: Mapping[str, str], known: Mapping[str, Actor]) -> Actor:
    """The actor with the full name of a story for a last name; "the Taliban" are a group that we know by its name."""
    name = actor.name or ""
    is_group = actor.sector and actor.text.lower() == name.lower()
    full = None if is_group else names.get(name.lower())
    if not full:
        return actor
    told = known.get(full, actor)
    return Actor(full, told.text, told.country or actor.country, told.sector or actor.sector)


def _is_among(actor: Actor, others: Iterable[Actor]) -> bool:
    return any(actor == each or same_actor(actor, each) for each in others)


def _key(actor: Actor) -> str:
    return (actor.name or actor.text).lower()
