"""Whether two actors are one: the same name in another form, or the same words."""

from collections.abc import Iterable, Sequence

from transforms.events.wordlists import DETERMINERS, NUMERALS, word_set
from transforms.records import Actor

_HARMED = word_set(
    "slain murdered wounded injured dead killed kidnapped abducted arrested captured alleged assassinated massacred "
    "damaged destroyed burned burnt attacked bombed dynamited attacking invading"
)
_BESIDE = DETERMINERS | NUMERALS | _HARMED


def is_known(actor: Actor) -> bool:
    """Whether we know more of an actor than a word that may be anything."""
    return bool(actor.name or actor.sector or actor.country)


def same_actor(a: Actor, b: Actor) -> bool:
    """Whether two actors of one story are likely the same: one name holds the other, or the same words."""
    if a.name and b.name:
        left, right = set(a.name.lower().split()), set(b.name.lower().split())
        return left <= right or right <= left or is_short_for(a.name, b.name) or is_short_for(b.name, a.name)
    if a.name or b.name:  # the fighters of a group are it: "M23 rebels"
        words = [set((actor.name or actor.text).lower().split()) for actor in sorted((a, b), key=lambda x: not x.name)]
        return a.sector == b.sector == "REB" and words[0] < words[1]
    if a.country and b.country and a.country != b.country:  # "a Finnish nurse", "a Greek nurse"
        return False
    left, right = _content(a.text), _content(b.text)
    return bool(left and right) and (left <= right or right <= left)


def is_short_for(short: str, name: str) -> bool:
    """Whether a name is the capitals of another: "RSF" of the Rapid Support Forces, "U.S." of the United States."""
    words, short = [word for word in name.split() if word[:1].isupper()], short.replace(".", "")
    return len(short) > 1 and short.isupper() and short == "".join(word[0] for word in words)


def add_actors(actors: Sequence[Actor], more: Iterable[Actor]) -> tuple[Actor, ...]:
    """`actors` with those of `more` that are not among them yet; a named one takes the place of the same unnamed."""
    out = list(actors)
    for actor in more:
        at = next((i for i, known in enumerate(out) if known == actor or same_actor(known, actor)), None)
        if at is None:
            out.append(actor)
        else:
            out[at] = _fuller(out[at], actor)
    return tuple(out)


def overlap(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Whether somebody is among both."""
    return len(add_actors(a, b)) < len(a) + len(b)


def _fuller(a: Actor, b: Actor) -> Actor:
    best = a if len(a.name or "") >= len(b.name or "") else b
    return best._replace(country=a.country or b.country, sector=a.sector or b.sector)


def _content(text: str) -> set[str]:
    words = text.lower().replace("prime minister", "pm").replace("'s", " ").replace("’s", " ").replace("-", " ").split()
    return {w.removesuffix("s") for w in words if w not in _BESIDE and not w.isdigit()}


def are_akin(a: Actor, b: Actor) -> bool:
    """Whether a headline may mean by one the other: a state for its parliament, "UN" for one of its bodies."""
    is_one_named = not (a.name and b.name)
    return (a.country is not None and a.country == b.country and is_one_named) or a.sector == b.sector == "IGO"
