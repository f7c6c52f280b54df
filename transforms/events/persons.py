"""Which nouns are people: those of WordNet that mostly are, and words for groups of people."""

import functools
import importlib.resources
from collections.abc import Iterator

from transforms.events.wordlists import word_set

# Single people whom WordNet does not have, or has as plants and things first.
_MORE = word_set(
    "boater climber clubber commuter concertgoer coworker crewmember driller fiancée fireman jihadist keeper medic "
    "protestor shooter"
)
# Groups that it does not have among persons.
_OTHERS = word_set(
    "person persons individual individuals male males female females human humans people folks family families couple "
    "couples crowd crowds group groups crew crews team teams staff gang gangs squad squads patrol patrols convoy "
    "convoys unit units column columns population populace community audience congregation party-goers public pair "
    "trio duo dead wounded injured others dozens hundreds thousands scores majority household personnel youths kids "
    "occupants personalities passersby passers-by old olds townsfolk townspeople"
)
OF_SEX = {
    "male": word_set("man boy father son brother husband grandfather uncle nephew widower policeman businessman"),
    "female": word_set("woman girl mother daughter sister wife grandmother aunt niece widow nun policewoman barmaid"),
}
_PLURALS = (("man", "men"), ("wife", "wives"), ("thief", "thieves"), ("child", "children"), ("y", "ies"), ("", "s"))


def load_people() -> frozenset[str]:
    """The nouns that are people, singular and plural, in lower case."""
    return frozenset(form for noun in nouns_of_one() for form in (noun, *_plurals(noun))) | _OTHERS


@functools.cache
def nouns_of_one() -> frozenset[str]:
    """The nouns that are one person, in lower case."""
    text = importlib.resources.files(__package__).joinpath("data", "people.txt").read_text("utf-8")
    return frozenset(text.split()) | _MORE


def _plurals(noun: str) -> Iterator[str]:
    for ending, plural in _PLURALS:
        if noun.endswith(ending):
            yield noun.removesuffix(ending) + plural
            if ending not in ("y", ""):
                return
