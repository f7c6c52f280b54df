"""Where an article plays as a whole: its dateline, the town and country that it is about, what tells places apart."""

import collections
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.events import american, british
from transforms.events.datelines import Dateline
from transforms.events.gazetteer import CITY, METROPOLIS, WORLD, Context, Gazetteer, Spot
from transforms.events.locatives import is_of_patients
from transforms.events.ontology import Ontology, Place
from transforms.events.outlets import UNKNOWN, Home
from transforms.events.placenames import (
    find_region,
    is_facility,
    is_of_matter,
    named_places,
    named_units,
    place_names,
    policed_place,
)
from transforms.events.places import is_elsewhere
from transforms.events.sentences import Sentence

_TOP = 4  # sentences, the title among them, whose people may tell the country: further down anybody is told of
_GROUP = -1  # for the sentence of an armed group's home, which none names
_COUNTIES = {("county", land) for land in ("KEN", "LBR", "ROU", "HUN", "HRV", "EST", "NOR", "SWE")}  # no namesakes
_LEAD = 8  # sentences in which the police that speaks is the one in charge


class Setting(NamedTuple):
    """Where an article plays: its dateline, the town that it is about, its only state, what tells places apart."""

    dateline: Optional[Dateline]
    town: Optional[str]
    admin1: Optional[str]
    country: Optional[str]
    context: Context
    home: Optional[str] = None  # the country whose politics it is about: what is said there is not said where it is of


class _Named(NamedTuple):
    place: Place
    number: int  # of its sentence
    is_aside: bool  # whether what happens may be elsewhere: "near the border with Turkey"
    is_seat: bool = False  # whether it is only a politician's
    behind: Optional[str] = None  # the word that it follows after a comma: "Washington, Pa."


def read_setting(
    sentences: Sequence[Sentence],
    dateline: Optional[Dateline],
    ontology: Ontology,
    outlet: Home = UNKNOWN,
    beside: Collection[int] = (),
) -> Setting:
    """What the sentences of an article (the title among them) and its dateline say of the place as a whole.

    Where its outlet is at home only tells places of one name apart. The sentences of the numbers `beside` tell only of
    what is not its news, and do not name its town.
    """
    abroad = british.count_signs(sentences)
    units = [(number, place) for number, each in enumerate(sentences) for _, place in named_units(each, ontology)]
    has_counties = any((place.name, place.country) in _COUNTIES for _, place in units)
    signs = max(american.count_signs(sentences, has_counties) - abroad.total(), 0)  # counties are of both
    region = dateline.region if dateline else None
    region = american.meant_here(region) if signs and region else region
    named = _read_places(sentences, signs > 0, region, outlet, ontology)
    named += [_Named(place, number, False) for number, place in units if place.name != "county" or has_counties]
    states = {each.place.admin1 for each in named if each.place.kind == "state" and not each.is_seat}
    admin1 = region.admin1 if region and region.admin1 else _only(states)
    is_american = signs > 0 and signs + (outlet.country == "USA") >= american.SURE
    homes = {"USA"} if is_american else {country for country, times in abroad.items() if times >= american.SURE}
    country = region.country if region else _only_country(named, homes)
    weights = _weigh([each.place for each in named], region, abroad | {"USA": signs}, outlet.country)
    in_states = {each.behind for each in named if each.place.kind == "state"}
    in_states |= {dateline.place.split()[-1]} if region and region.admin1 else set()
    is_at_home = american.is_on_politics(sentences) and (region is None or region.country == "USA")
    context = Context(
        None, admin1, weights, in_states, is_national=is_at_home, least_abroad=_least_abroad(region, country, named)
    )
    sure = _sure_towns(sentences, dateline, ontology)
    spots = (ontology.gazetteer.locate(name, context) for name in sure)
    near = [spot for spot in (*spots, outlet.city) if spot and not spot.has_twin]
    context = context._replace(near=near)
    named_in = [place_names(sentence, ontology) for sentence in sentences]
    names = [[] if at in beside else found for at, found in enumerate(named_in)]
    written_in = dateline.place if dateline and region and region.admin1 else None
    town = _main_town(names if any(names) else named_in, sure, written_in, context, ontology.gazetteer)
    if not (town or any(named_in)):
        town = _world_city(sentences[0], ontology.gazetteer)
    return Setting(dateline, town, admin1, country, context, "USA" if is_at_home else None)


def _read_places(
    sentences: Sequence[Sentence], is_american: bool, region: Optional[Place], outlet: Home, ontology: Ontology
) -> list[_Named]:
    """The places of the tables that an article names, without namesakes, and the countries of its armed groups."""
    named = [
        _Named(
            american.meant_here(place) if is_american else place,
            number,
            is_elsewhere(sentence, at, place),
            place.kind == "state" and american.is_seat(sentence, at),
            sentence.texts[at - 2] if sentence.texts[at - 1] == "," else None,
        )
        for number, sentence in enumerate(sentences)
        for at, place in named_places(sentence, ontology)
        if not any(
            is_of_patients(sentence, i) for i in range(max(at - 3, 0), at)
        )  # "a hospital in [Geneva], Switzerland"
    ]
    named += [_Named(place, _GROUP, True) for place in _homes_of_groups(sentences, ontology)]
    if home := "USA" if is_american else region.country if region else None:
        return _without_namesakes(named, home, ontology.gazetteer)
    return _without_namesakes(named, outlet.country, ontology.gazetteer, WORLD) if outlet.country else named


def _without_namesakes(
    named: Sequence[_Named], country: str, gazetteer: Gazetteer, largest: float = math.inf
) -> list[_Named]:
    """The places of a text from `country` without the foreign towns after which one there is named: Rome, Georgia.

    Not those of countries that it names, nor those with more than `largest` inhabitants.
    """
    known = {each.place.country for each in named if each.place.kind != "city"} | {country}

    def is_namesake(place: Place) -> bool:
        spots = gazetteer.find(place.name)
        is_there = any(spot.country == country and spot.is_main for spot in spots)
        return is_there and max(spot.population for spot in spots) <= largest

    return [each for each in named if each.place.country in known or not is_namesake(each.place)]


def _homes_of_groups(sentences: Iterable[Sentence], ontology: Ontology) -> Iterator[Place]:
    """The countries of the armed groups that are named, which may fight elsewhere, as a people may be."""
    for sentence in sentences:
        for at, low in enumerate(sentence.lows):
            match = ontology.sectors.match(sentence.lows, at) if low in ontology.sectors else None
            if match and match[1].country and match[1].sector == "REB" and sentence.texts[at][:1].isupper():
                yield Place(" ".join(sentence.texts[at : at + match[0]]), match[1].country, "people")


def _only_country(named: Sequence[_Named], signed: Collection[str]) -> Optional[str]:
    """The only country that an article names, or of whose people its first sentences tell; `signed` are those that its
    words are of."""
    lands = [each for each in named if each.place.kind != "people"]
    here = {each.place.country for each in lands if not each.is_aside} | set(signed)
    peoples = {each.place.country for each in named if each.place.kind == "people" and 0 <= each.number < _TOP}
    homes = {each.place.country for each in named if each.number == _GROUP}
    return _only(here or peoples or homes or {each.place.country for each in lands})


def _least_abroad(region: Optional[Place], country: Optional[str], named: Sequence[_Named]) -> int:
    """From how many inhabitants on a place is known that lies in a country of which the article has no word: millions
    where it says where it was written, a city's where its top names a country, or a part of it, and it no other."""
    if region:
        return METROPOLIS
    top = {each.place.country for each in named if 0 <= each.number < _TOP and each.place.kind != "people"}
    return CITY if country and top == {country} else 0


def _only(values: Collection[Optional[str]]) -> Optional[str]:
    return next(iter(values)) if len(values) == 1 else None


def _weigh(
    named: Iterable[Place], region: Optional[Place], signs: Mapping[str, int], outlet_country: Optional[str]
) -> dict[str, float]:
    """The share of each country in what an article names; a people counts half, that of the dateline five times.

    Without a dateline, the signs of a country in its words and the country of its outlet count too.
    """
    count: collections.Counter[str] = collections.Counter()
    for place in named:
        count[place.country] += 0.5 if place.kind == "people" else 1.0
    if region:
        count[region.country] += 5.0
    else:
        count.update(signs)
        if outlet_country:
            count[outlet_country] += 1.0
    total = sum(count.values())
    return {country: value / total for country, value in count.items() if value}


def _sure_towns(sentences: Sequence[Sentence], dateline: Optional[Dateline], ontology: Ontology) -> list[str]:
    """The town of the dateline, and that whose police speaks first."""
    policed = (town for sentence in sentences[:_LEAD] if (town := policed_place(sentence)))
    police = next((town for town in policed if not _is_of_country(town, ontology)), None)
    return [name for name in (dateline.place if dateline else None, police) if name]


def _is_of_country(name: str, ontology: Ontology) -> bool:
    """Whether the police of a country speaks, and not of a town: "Kenyan police said"."""
    place = find_region(name, ontology)
    return place is not None and place.kind in ("country", "people")


def _main_town(
    names: Sequence[Sequence[str]],
    sure: Sequence[str],
    written_in: Optional[str],
    context: Context,
    gazetteer: Gazetteer,
) -> Optional[str]:
    """The town that is named most, and early; that of the dateline, or whose police speaks, counts three times more.

    A small place where the text was `written_in`, which no table has, is better than others named by the way.
    """
    value: collections.Counter[str] = collections.Counter()
    for number, found in enumerate(names):
        for name in found:
            value[name] += 1.0 + 2.0 / (1 + number)
    for name in sure:
        value[name] += 3.0
    heaviest = max(context.weights, key=context.weights.__getitem__, default=None)
    for name, _ in value.most_common(20):
        spot = None if is_facility(name) else gazetteer.locate(name, context)
        if (spot and heaviest in (None, spot.country)) or (name == written_in and not spot):
            return name
    return sure[-1] if sure else None


def _world_city(first: Sentence, gazetteer: Gazetteer) -> Optional[str]:
    """The world city that a headline names, be it before a noun: "[Melbourne] jewel thief jailed"."""
    words = (text for at, text in enumerate(first.texts) if text.istitle() and not is_of_matter(first, at + 1))
    return next((word for word in words if any(_is_world_city(spot) for spot in gazetteer.find(word)[:1])), None)


def _is_world_city(spot: Spot) -> bool:
    return spot.is_main and spot.population >= METROPOLIS
