"""A preposition that a parser takes for a part of the verb: "turned [on] the mayor", as in "turned on the light"."""

from collections.abc import Sequence

_PARTICLE = "compound:prt"


def mend_particles(heads: list[int], relations: list[str]) -> None:
    """Ties each to the noun behind it that nothing else ties to the verb, in place: the parser knew that it is no
    object. The lists are by the position of a word in the text."""
    for at, relation in enumerate(relations):
        if relation == _PARTICLE and (noun := _noun_behind(at, heads, relations)):
            heads[at], relations[at] = noun, "case"


def _noun_behind(particle: int, heads: Sequence[int], relations: Sequence[str]) -> int:
    """The noun whose phrase begins right behind a particle, and has no preposition; 0 if there is none."""
    at = particle + 1
    while at < len(heads) and particle < heads[at] != at and heads[at] != heads[particle]:
        if relations[at] == "case":
            return 0
        at = max(at + 1, heads[at])
    is_tied = at < len(heads) and heads[at] == heads[particle] != at and relations[at] == "obl"
    return at if is_tied and at > particle else 0
