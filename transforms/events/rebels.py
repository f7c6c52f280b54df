"""Which armed group "the guerrillas" of an article are: the only one that it names.

Reports name a group once and go on with "the rebels"; so said, a group and its fighters are one doer.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Optional

from transforms.events.identity import is_short_for
from transforms.events.mentions import Mention
from transforms.events.ontology import Ontology
from transforms.events.sentences import Sentence, join_words
from transforms.events.wordlists import word_set
from transforms.records import Actor

_FIGHTERS = word_set(
    "guerrilla guerrillas guerilla guerillas rebel rebels insurgent insurgents militant militants fighters"
)
_SHORT = re.compile(r"\s*[\[(]\s*([A-Z][\w-]{1,12})\s*[\])]")  # "the Northern Front [NF]"

_UNCLAIMED = re.compile(r"(?i)\bno (?:one|group|organi[sz]ation|faction)\b[\w ]{0,20}\bclaim")
_TIES = frozenset(["with", "to", "by"])  # before the group to which another is said to be tied
_TIED = frozenset(["affiliated", "linked", "allied", "loyal", "tied", "allegiance", "aligned", "close", "inspired"])


class Group(NamedTuple):
    """An armed group that an article names."""

    name: str  # the longest
    country: Optional[str]
    words: frozenset[str]  # of all its names, in lower case


def name_rebels(happening: Sequence[Mention], group: Optional[Group]) -> Sequence[Mention]:
    """The mentions of a happening, with `group` by its longest name.

    Fighters are those of the group, too, unless it is told that the group did it.
    """
    if group is None:
        return happening
    is_told = any(_is_named(actor, group) for mention in happening for actor in mention.actors)
    named = [_with_group(mention, group, _is_named if is_told else _is_of) for mention in happening]
    return [_as_spoken(mention, group) for mention in named]


def only_group(sentences: Sequence[Sentence], ontology: Ontology) -> Optional[Group]:
    """The armed group that an article names; None where it names none, or several."""
    found: dict[str, Group] = {}
    short: dict[str, str] = {}
    for sentence in sentences:
        for first, end, country in _named_groups(sentence, ontology):
            name = join_words(sentence.texts[first:end])
            found.setdefault(name.lower(), Group(name, country, frozenset(name.lower().split())))
            behind = _SHORT.match(sentence.text, sentence.span(first, end)[1])
            if behind:
                short[behind[1].lower()] = name.lower()
    short |= {a: b for a in found for b in found if is_short_for(found[a].name, found[b].name)}
    for abbreviation, name in short.items():
        if abbreviation != name:
            found.pop(abbreviation, None)
            found[name] = found[name]._replace(words=found[name].words | {abbreviation})
    parts = {name for name in found for other in found if name != other and name in other}
    left = [group for name, group in found.items() if name not in parts]
    return left[0] if len(left) == 1 and not any(map(_is_unclaimed, sentences)) else None


def _is_unclaimed(sentence: Sentence) -> bool:
    """Whether it is said that nobody claimed it: then a group is named of other deeds."""
    return bool(_UNCLAIMED.search(sentence.said()))


def _named_groups(sentence: Sentence, ontology: Ontology) -> Iterator[tuple[int, int, Optional[str]]]:
    """The armed groups of the tables that a sentence names, with all of the name that has capitals, and the country."""
    known = -1  # the last word of the group before: "Pakistani Taliban" is not "Taliban" as well
    for at in range(len(sentence.lows)):
        match = ontology.sectors.match(sentence.lows, at) if at > known else None
        known = at + match[0] - 1 if match else known
        if not match or not match[1].is_name or match[1].sector != "REB" or _is_small(sentence, at, at + match[0]):
            continue
        before = [low for low in sentence.lows[max(at - 4, 0) : at] if low != "the"]
        if _TIES & set(before[-1:]) and _TIED & set(before):
            continue  # "the front, which is affiliated with al-Qaeda"
        first, end = at, at + match[0]
        tree = sentence.tree
        while first and tree.same_name(first - 1, at):  # "Tehreek-i-[Taliban]"
            first -= 1
        while tree.same_name(at, end):
            end += 1
        yield first, end, match[1].country


def _is_small(sentence: Sentence, first: int, end: int) -> bool:
    """Whether no word of a name has a capital: "eta", and not "al Qaeda"."""
    return all(text.islower() for text in sentence.texts[first:end])


def _with_group(mention: Mention, group: Group, is_meant: Callable[[Actor, Group], bool]) -> Mention:
    actors = (_as_group(actor, group) if is_meant(actor, group) else actor for actor in mention.actors)
    return mention._replace(actors=tuple(actors))


def _as_spoken(mention: Mention, group: Group) -> Mention:
    """The mention, with the group as whose forces are "ours": it speaks of itself in its communiques."""
    own = [a for a in mention.actors if not (a.name or a.country) and _is_ours(a, mention.sentence)]
    return mention._replace(actors=tuple(_as_group(a, group) if a in own else a for a in mention.actors))


def _is_ours(actor: Actor, sentence: str) -> bool:
    return re.search(rf"(?i)\bour (?:\w+ )?{re.escape(actor.text)}\b", sentence) is not None


def _is_named(actor: Actor, group: Group) -> bool:
    """Whether an actor goes by a name of the group."""
    return actor.sector == "REB" and bool(actor.name) and set(actor.name.lower().split()) <= group.words


def _is_of(actor: Actor, group: Group) -> bool:
    """Whether an actor can be fighters of the group: they go by no name."""
    words = set(actor.text.lower().split())
    is_armed = actor.sector == "REB" and bool(words & (_FIGHTERS | group.words))
    return not actor.name and (is_armed or actor.text.lower() == "group")


def _as_group(actor: Actor, group: Group) -> Actor:
    return actor._replace(name=group.name, country=actor.country or group.country, sector="REB")
