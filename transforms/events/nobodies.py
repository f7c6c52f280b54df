"""Which noun phrases beside a trigger are nobody: a paper, ground, a weapon, a town where it happened, a thing."""

from collections.abc import Mapping
from typing import NamedTuple

from transforms.events.headcounts import BEASTS
from transforms.events.ontology import Ontology
from transforms.events.phrases import Phrase
from transforms.events.placenames import is_facility
from transforms.events.sentences import Sentence
from transforms.events.wordlists import SHIPS, word_set

_REGIONS = word_set(
    "city cities town towns village villages district districts province provinces department departments neighborhood "
    "neighborhoods area areas region regions highway highways street streets zone zones county suburb suburbs avenue "
    "part parts stretch avenues boulevard road roads calle carrera avenida intersection corner capital center centre "
    "downtown outskirts sector sectors"
)
_BUILT = word_set(
    "station stations warehouse warehouses building buildings house houses residence residences headquarters barracks "
    "post posts base bases camp camps car cars vehicle vehicles truck trucks bus buses jeep van plane helicopter train "
    "trains tram ferry boat minibus coach lorry"
)
_VOTED = word_set(  # what is said and voted of, by itself nobody: "rejected the Arizona bill"
    "order orders decree decrees "
    "bill bills law laws legislation act measure measures resolution resolutions amendment amendments motion proposal "
    "proposals treaty race bid seat candidacy nomination primary election elections ballot speech lecture remarks poll"
)
_PACTS = word_set(
    "accord accords agreement agreements charter conventions pact pacts protocol protocols treaty treaties"
)
_HOUSES = word_set(  # in names, beside the facilities: "Ashford Inn and Suites"
    "suites grill tavern pub saloon casino cinema theater theatre gym barbershop diner villas towers"
)
_PLACES = frozenset(["GPE", "LOC", "FAC"])  # kinds of names


class Naming(NamedTuple):
    """What a noun phrase is read by."""

    sentence: Sentence
    ontology: Ontology
    names: Mapping[str, str]  # the full names of the article, by last name


def is_anybody(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether "those people" stands there alone."""
    return sentence.lows[phrase.start : phrase.end] in (["those", "people"], ["these", "people"], ["such", "people"])


def is_people(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase is of people by its head; the head of a group is one of them."""
    lows, last = naming.sentence.lows, phrase.head_end - 1
    return naming.ontology.is_people(lows[last]) or lows[last : last + 2] == ["head", "of"]


def is_matter(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase is a matter that is voted or said, and names nobody: not "the nomination of Ann Lee", nor
    "a Security Council resolution"."""
    tree, words = naming.sentence.tree, range(phrase.start, phrase.end)
    if naming.sentence.lows[phrase.head_end - 1] in _PACTS:  # "signed the Geneva Protocol"
        return True
    names_one = any(
        tree.kinds[at] == "PERSON" or (tree.kinds[at] == "ORG" and tree.same_name(at, at + 1)) for at in words
    )
    names_one = names_one or phrase.name or is_state(naming, phrase)
    return naming.sentence.lows[phrase.head_end - 1] in _VOTED and not names_one


def is_weapon(naming: Naming, phrase: Phrase) -> bool:
    low = naming.sentence.lows[phrase.head_end - 1]
    return low in naming.ontology.means and low not in naming.ontology.sectors


def is_venue(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase is a town, a province or a street, which are where something happens."""
    sentence, last = naming.sentence, phrase.head_end - 1
    is_place = sentence.tree.kinds[last] in ("GPE", "LOC") and not is_state(naming, phrase)
    return sentence.lows[last] in _REGIONS or is_place


def is_state(naming: Naming, phrase: Phrase) -> bool:
    """Whether it is a country or its people: those act."""
    sentence = naming.sentence
    found = [naming.ontology.place_at(sentence.texts, sentence.lows, at) for at in range(phrase.start, phrase.head_end)]
    return any(match and match[1].kind in ("country", "people") for match in found)


def is_built(naming: Naming, phrase: Phrase) -> bool:
    """Whether only what stands before a noun acts: the police, not a "police station"; the White House does."""
    lows, end = naming.sentence.lows, phrase.head_end
    known = ((at, naming.ontology.sectors.match(lows, at)) for at in range(phrase.start, end))
    return lows[end - 1] in _BUILT | BEASTS and not any(match and at + match[0] == end for at, match in known)


def is_name_of_nowhere(naming: Naming, phrase: Phrase) -> bool:
    """Whether a name that a parser takes for that of a place is none that a map has: "killed Ali Keita"."""
    sentence, last = naming.sentence, phrase.head_end - 1
    if sentence.tree.kinds[last] not in ("GPE", "LOC"):
        return False
    words = sentence.texts[sentence.tree.names[last] : last + 1]
    return len(words) > 1 and not naming.ontology.gazetteer.find(" ".join(words))


def _is_ship(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether it is a ship by what stands before its name: "the MV Star"."""
    return not SHIPS.isdisjoint(sentence.texts[phrase.start : phrase.head_end - 1])


def is_thing(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase is not of people, but where they were or what they had: "Ashford Inn", "his Jeep"."""
    sentence, last = naming.sentence, phrase.head_end - 1
    low, tree = sentence.lows[last], sentence.tree
    if is_facility(low) or low in _HOUSES or _is_ship(sentence, phrase):
        return True
    if phrase.name or is_people(naming, phrase) or tree.kinds[last] in ("PERSON", "NORP"):
        return False
    return tree.kinds[last] in _PLACES or sentence.texts[last][:1].isupper() or tree.tags[last].startswith("NN")
