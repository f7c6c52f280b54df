"""Those whom an article counts and does not name, beside the ones whom it names, until as many are told as came to
harm: "Ann Lee was killed and three others were wounded."
"""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from transforms.events.counting import WORDS
from transforms.events.gathering import count_of, is_anybody
from transforms.events.headcounts import STOPS
from transforms.events.identity import add_actors
from transforms.events.mentions import Mention
from transforms.events.numerals import parse_number
from transforms.events.realis import UNDONE
from transforms.events.tolls import Toll
from transforms.events.wordlists import word_set
from transforms.records import Actor

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")
_KINDS = ("killed", "injured")
_FEW = 2  # people: one who is missing may be who killed the others
_FURTHER = word_set("other others another")
_LIMITS = STOPS | WORDS.keys() | {"and", "the"}


def with_counted(recipients: tuple[Actor, ...], told: Sequence[Mention], toll: Toll) -> tuple[Actor, ...]:
    """The recipients of a deed by which as many came to harm as `toll` says, with unnamed ones who are missing to it.

    They are told as others than somebody, or are exactly as many as are missing among the dead or the injured.
    """
    told = [m for m in told if m.realis not in UNDONE]
    wanted = (toll.killed or 0) + (toll.injured or 0)
    recipients = _with_others(recipients, told, wanted)
    missing = _missing(recipients, told, toll)
    killed, injured, hurt = missing["killed"], missing["injured"], toll.injured or 0
    if killed >= max(_heads(recipients), _FEW):
        recipients = add_actors(recipients, _group(recipients, told, "killed", killed))
    if injured > 0:
        sizes = (injured, hurt) if 2 * injured > hurt > _FEW else (injured,)  # "three women", of whom one is named
        recipients = add_actors(recipients, _group(recipients, told, "injured", *sizes))
    if _FEW * _heads(recipients) < wanted:  # most of them go without: "five people", of whom one is named
        everybody = [a for m in told for a in (*_unnamed(m), *_counted(m.sentence)) if _size(a) == wanted]
        recipients = add_actors(everybody[:1], recipients)
    return recipients


def _with_others(recipients: tuple[Actor, ...], told: Sequence[Mention], wanted: int) -> tuple[Actor, ...]:
    """With those told as others, the most of them first, as long as no more are told than `wanted`."""
    groups = [a for m in told for a in (*_unnamed(m), *(_counted(m.sentence) if any(m.toll) else ()))]
    others = [a for a in groups if _FURTHER & set(a.text.lower().split())]
    for group in sorted(others, key=_size, reverse=True):
        if _heads(recipients) + _size(group) <= wanted:
            recipients = add_actors(recipients, [group])
    return recipients


def _missing(recipients: Sequence[Actor], told: Sequence[Mention], toll: Toll) -> dict[str, int]:
    """How many of the killed and of the injured are not told. Whoever is not said to be either is among the dead, as
    long as some are missing."""
    dead, hurt = ({_key(a) for m in told if m.trigger.toll == kind for a in m.recipients} for kind in _KINDS)
    killed = (toll.killed or 0) - _heads(a for a in recipients if _key(a) in dead)
    injured = (toll.injured or 0) - _heads(a for a in recipients if _key(a) in hurt - dead)
    others = _heads(a for a in recipients if _key(a) not in dead | hurt)
    return {"killed": killed - others, "injured": injured - max(others - max(killed, 0), 0)}


def _group(recipients: Collection[Actor], told: Sequence[Mention], kind: str, *sizes: int) -> Sequence[Actor]:
    """The first unnamed group of that kind that is of the first of the `sizes`, or else of the next."""
    suffering = [m for m in told if getattr(m.toll, kind) or (kind == "injured" and m.toll.in_care)]
    described = [a for m in suffering if m.trigger.toll == kind for a in _unnamed(m)]
    groups = [*described, *(a for m in suffering for a in _counted(m.sentence))]
    return [a for size in sizes for a in groups if _size(a) == size and a not in recipients][:1]


def _unnamed(mention: Mention) -> list[Actor]:
    return [a for a in mention.recipients if not a.name and a not in mention.things]


def _counted(sentence: str) -> Iterator[Actor]:
    """The people whom a sentence counts: "[three others] were wounded"."""
    texts = _WORD.findall(sentence)
    words = [text.lower() for text in texts]
    for at, word in enumerate(words):
        number, length = (2, 1) if word == "another" else parse_number(words, at)
        if (number or 0) > 1:
            end = at + length
            while end < len(words) and words[end][0].isalpha() and words[end] not in _LIMITS:
                end += 1
            ends = (i for i in range(end, at + length, -1) if words[i - 1] != "other")  # "four other incidents"
            groups = (Actor(None, " ".join(texts[at:i]), None, "CVL") for i in ends)
            yield from itertools.islice(filter(is_anybody, groups), 1)  # the longest: "three other men | remain"


def _heads(people: Iterable[Actor]) -> int:
    """How many people these are, as far as is said."""
    return sum(map(_size, people))


def _size(actor: Actor) -> int:
    return count_of(actor) or 1


def _key(actor: Actor) -> str:
    return (actor.name or actor.text).lower()
