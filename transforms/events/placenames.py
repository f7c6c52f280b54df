"""The names of places in a sentence, whatever happened there, and what the words beside a name say that it is.

Countries, their peoples and units are found by the tables of `ontology`, towns by the words around them or by the
parser's word.
"""

import re
from typing import Optional

from transforms.events.locatives import IN_A_PLACE, SIDES, STREETS, find_spans, is_of_patients
from transforms.events.ontology import Ontology, Place
from transforms.events.sentences import Sentence, is_word, unparsed
from transforms.events.wordlists import NUMERALS, SHIPS, TIME, word_set

OWN_PLACES = word_set(
    "town city village municipality township commune hamlet settlement port province region department county island"
)
_UNITS = word_set("province region state department governorate prefecture")
_LANDS = (_UNITS - {"department"}) | word_set("county oblast")
_APPOSED = 8  # words after a name that say what it is: ", in the north-central region"
_QUARTERS = word_set("district quarter neighborhood neighbourhood suburb ward barrio section area")
_PARTS = frozenset(["area", "section"])
FACILITIES = word_set(
    "hospital school church park center centre club bar inn hotel motel restaurant mall university college airport "
    "apartments apartment building headquarters station store market mosque temple prison jail courthouse stadium "
    "department office house home medical clinic council bank company memorial library plaza cafe nightclub lounge"
)
_ROADS = (["road"], ["highway"], ["motorway"], ["railway"], ["line"])  # that lead to a town: "the Baghdad road"
_NOT_TOWNS = word_set(
    "the state federal national local a county city metro military township our by transit as when after then "
    "investigators detectives officers and but if while according told chief campus university capitol park school "
    "central model anti riot civil security judicial treasury secret"
)
_MATTERS = word_set(  # which go by a town: "the Paris climate accord", "the Benghazi committee"
    "accord accords agreement agreements committee convention hearings pact panel policy protocol protocols rule treaty"
)
_GOAL = "to"  # who is flown to a town was hurt elsewhere
_GEORGIA = Place("Georgia", "USA", "state", "Georgia")
_POLICE = word_set("police sheriff coroner firefighters")


def find_region(name: str, ontology: Ontology) -> Optional[Place]:
    """What a short name such as "Kabul, Afghanistan" lies in: the last place that the tables know in it."""
    texts = re.findall(r"[\w'’]+(?:\.[\w.]*)?|[^\w\s]", name.title() if name.isupper() and len(name) > 4 else name)
    found = [place for _, place in named_places(unparsed(texts), ontology)]
    return found[-1] if found else None


def named_places(
    sentence: Sentence, ontology: Ontology, start: int = 0, end: Optional[int] = None
) -> list[tuple[int, Place]]:
    """The places of the tables that the words from `start` up to `end` name, with their positions."""
    found, at = [], start
    end = len(sentence.texts) if end is None else end
    while at < end:
        if (match := ontology.place_at(sentence.texts, sentence.lows, at)) and at + match[0] <= end:
            if not _is_of_other(sentence, at, at + match[0], match[1]):
                place = _GEORGIA if _is_state(sentence, at, match[1], ontology) else match[1]
                found = [each for each in found if not _lies_in(sentence, each, at, place)]
                found.append((at, place))
            at += match[0]
        else:
            at += 1
    return found


def _is_state(sentence: Sentence, at: int, place: Place, ontology: Ontology) -> bool:
    """Whether "Georgia" is the state, which has the town before it: "Athens, Georgia"."""
    if (place.kind, place.country) != ("country", "GEO") or sentence.lows[max(0, at - 1) : at] not in ([","], ["in"]):
        return False
    start = at - 1
    while start and sentence.texts[start - 1][:1].isupper():
        start -= 1
    spots = ontology.gazetteer.find(name_between(sentence, start, at - 1))
    is_there = any((spot.country, spot.admin1) == ("USA", "Georgia") for spot in spots)
    return is_there and not any(spot.country == "GEO" for spot in spots)


def _lies_in(sentence: Sentence, named: tuple[int, Place], at: int, region: Place) -> bool:
    """Whether a city of the tables is no more than a namesake: of "Moscow, Idaho", "Wellington in South Africa"."""
    start, city = named
    if city.kind != "city" or region.kind not in ("country", "state") or city.country == region.country:
        return False
    between = sentence.lows[start + len(city.name.split()) : at]
    return between[:1] in ([","], ["in"]) and IN_A_PLACE.issuperset(between[1:])


def _is_of_other(sentence: Sentence, start: int, end: int, place: Place) -> bool:
    """Whether the name of a place is in that of somebody, a house or a town: "Michael Jordan", "Villa El Salvador"."""
    tree = sentence.tree
    if tree.kinds[start] == "PERSON":
        return True
    if place.kind == "city" and is_of_matter(sentence, end):
        return True
    if place.kind != "country":
        return False
    follows = sentence.texts[end] if end < len(sentence.texts) else ""
    return _goes_on_name(sentence, start) or (follows[:1].isupper() and follows.lower() in FACILITIES)


def is_of_matter(sentence: Sentence, end: int) -> bool:
    """Whether a town whose name ends before the word `end` is that of an accord or a committee, and no place there."""
    tree = sentence.tree
    is_noun = end < len(sentence.lows) and tree.tags[end] in ("NN", "JJ", "NNP")
    return bool(_MATTERS & set(sentence.lows[end : end + 1 + is_noun]))


def _goes_on_name(sentence: Sentence, at: int) -> bool:
    """Whether a word is a later one of a name, and not apart in it: "Alexandria, Virginia"."""
    tree = sentence.tree
    if not at or not tree.same_name(at - 1, at):
        return False
    return tree.relations[at] == "flat" and tree.heads[at] < at and is_word(sentence.texts[at - 1])


def name_between(sentence: Sentence, start: int, end: int) -> str:
    """The name that the words from `start` up to `end` are."""
    return " ".join(sentence.texts[start:end]).replace(" - ", "-")


def named_units(sentence: Sentence, ontology: Ontology) -> list[tuple[int, Place]]:
    """The regions, of one land outside of the United States, that are called so: "Kachin State", "Nimba County"."""
    found = []
    for at, low in enumerate(sentence.lows):
        if low not in _LANDS or "".join(sentence.texts[at + 1 : at + 2])[:1].isupper():
            continue
        start = at
        while start > max(at - 3, 0) and sentence.texts[start - 1][:1].isupper():
            start -= 1
        units = (ontology.gazetteer.find_unit(name_between(sentence, i, at)) for i in range(start, at))
        unit = next((unit for unit in units if unit), None)
        if unit and unit.country != "USA":
            found.append((at, Place(low, unit.country, "unit")))
    return found


def is_own_place(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words beside a name say that it is a place of its own, and no part of a town: "Turbo, a village"."""
    before, after = sentence.lows[max(0, start - 2) : start], sentence.lows[end : end + _APPOSED]
    of = len(before) == 2 and before[0] in OWN_PLACES and before[1] == "of"
    apposed = after[:1] == [","] and after[1:2] in (["a"], ["in"]) and bool(OWN_PLACES & set(after[2:]))
    return of or bool(OWN_PLACES & set(after[:1])) or apposed


def is_settled(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the parser holds a name for a place of people, and no word says that it is a part of a town."""
    is_place = sentence.tree.kinds[start] == "GPE"
    before = {*sentence.lows[max(0, start - 2) : start]} - _PARTS  # "the Old Market area of Gao" is in Gao
    after = {*sentence.lows[end : end + 1]}
    if sentence.lows[start - 1] != "the":  # "in Kasur district", in no town
        after -= {"district"}
    return is_place and not _QUARTERS & (before | after)


def is_unit(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words beside a name, or its last one, say that it is a region: "Homs province"."""
    before, beside = sentence.lows[max(0, start - 2) : start], sentence.lows[end - 1 : end + 1]
    return bool(_UNITS & set(beside)) or (before[-1:] == ["of"] and before[0] in _UNITS)


def place_names(sentence: Sentence, ontology: Ontology) -> list[str]:
    """The names in a sentence that are those of towns by the words before them, or by the parser's word."""
    named = named_places(sentence, ontology)
    spans = {(start, end) for start, end, _ in find_spans(sentence, named)}
    spans |= {(start, end) for start, end in named_towns(sentence)}
    known = {at for at, place in named if place.kind != "city"}
    spans = {(start, end) for start, end in spans if not known & set(range(start, end))}
    spans = {(start, end) for start, end in spans if not is_unit(sentence, start, end)}
    spans = {(start, end) for start, end in spans if sentence.texts[end : end + 1] not in _ROADS}
    spans = {(start, end) for start, end in spans if not is_of_matter(sentence, end)}
    return [name_between(sentence, start, end) for start, end in sorted(spans)]


def named_towns(sentence: Sentence) -> list[tuple[int, int]]:
    """The names that the parser holds for places of people (GPE)."""
    tree = sentence.tree
    firsts = [
        at
        for at, first in enumerate(tree.names)
        if at == first and tree.kinds[at] == "GPE" and sentence.lows[max(0, at - 1)] != _GOAL
        if sentence.texts[at] not in SHIPS
        if not is_of_patients(sentence, at - 1)
    ]
    return [
        (at, next((i for i in range(at, len(tree.names)) if tree.names[i] != at), len(tree.names))) for at in firsts
    ]


def is_facility(name: str) -> bool:
    """Whether the last word of a name is that of a building or a street."""
    words = name.lower().split()
    last = words[-2:-1] if len(words) > 1 and words[-1] in SIDES else words[-1:]
    return bool(set(last) & (FACILITIES | STREETS))


def policed_place(sentence: Sentence) -> Optional[str]:
    """The town whose police a sentence names: "Ashford police said"."""
    for at, low in enumerate(sentence.lows):
        if low not in _POLICE or not at or not sentence.texts[at - 1][:1].isupper():
            continue
        start = at - 1
        while start and sentence.texts[start - 1][:1].isupper() and sentence.lows[start - 1] not in TIME | NUMERALS:
            start -= 1
        if (start == 0 and at > 3) or sentence.lows[at - 1] in _NOT_TOWNS or sentence.lows[start] in _NOT_TOWNS:
            continue
        return name_between(sentence, start, at)
    return None
