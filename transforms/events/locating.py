"""Where on the map: the place that an article plays at, and that of each happening in it.

The most precise place counts that the sentences of the happening name; then the town that the article is about, then
that of its dateline. The gazetteer tells which place of that name is meant, by all that the article names.
"""

import collections
import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, Optional

from transforms.events.datelines import Dateline
from transforms.events.gazetteer import Context, Gazetteer, Spot
from transforms.events.ontology import Ontology, Place
from transforms.events.placenames import find_region, is_facility, named_places, place_names, policed_place
from transforms.events.places import Where
from transforms.events.sentences import Sentence

_US_WORDS = frozenset("sheriff county 911 deputies troopers".split())
_LOCAL = "USA"  # there an unknown name is mostly of a part of the town that writes
_MOST_AMERICAN = 5
_SURELY_AMERICAN = 2
# Of these two make a text one on politics in the United States, which rarely says so either.
_US_POLITICS = frozenset(
    "republican republicans democrat democrats gop g.o.p. congressman congresswoman sen. rep. capitol pentagon fbi "
    "f.b.i. filibuster senate medicare medicaid obamacare d.c. rnc dnc".split()
)
_LARGE = 50_000  # inhabitants
_TOP = 4  # sentences, the title among them, whose people may tell the country: further down anybody is told of
_LEAD = 8  # sentences in which the police that speaks is the one in charge


class Setting(NamedTuple):
    """Where an article plays: its dateline, the town that it is about, its only state, what tells places apart."""

    dateline: Optional[Dateline]
    town: Optional[str]
    admin1: Optional[str]
    country: Optional[str]
    context: Context
    home: Optional[str] = None  # the country whose politics it is about: what is said there is not said where it is of


class Site(NamedTuple):
    """The place of an event; coordinates in degrees, those of a first-level unit where `precision` says admin1."""

    name: Optional[str] = None
    admin1: Optional[str] = None
    country: Optional[str] = None
    latitude: Optional[float] = None
    longitude: Optional[float] = None
    precision: Optional[str] = None  # place, admin1, country


def read_setting(
    sentences: Sequence[Sentence],
    dateline: Optional[Dateline],
    ontology: Ontology,
    outlet_country: Optional[str] = None,
) -> Setting:
    """What the sentences of an article (the title among them) and its dateline say of the place as a whole.

    The country that its outlet writes for (ISO 3166-1 alpha-3) only tells places of one name apart.
    """
    gazetteer, american = ontology.gazetteer, _american(sentences)
    named = [place for sentence in sentences for _, place in named_places(sentence, ontology)]
    named += _homes_of_groups(sentences, ontology)
    region = dateline.region if dateline else None
    if american:
        named = _without_namesakes([_here(place) for place in named], "USA", gazetteer)
        region = _here(region) if region else None
    elif region:
        named = _without_namesakes(named, region.country, gazetteer)
    countries = {place.country for place in named if place.kind != "people"}
    if american >= _SURELY_AMERICAN:
        countries.add("USA")
    states = {place.admin1 for place in named if place.kind == "state"}
    admin1 = region.admin1 if region and region.admin1 else states.pop() if len(states) == 1 else None
    lead = (place for sentence in sentences[:_TOP] for _, place in named_places(sentence, ontology))
    peoples = {place.country for place in lead if place.kind == "people"}
    country = region.country if region else _only(countries or peoples)
    weights = _weigh(named, region, american, outlet_country)
    context = Context(None, admin1, weights, is_abroad_unlikely=region is not None)
    policed = (town for sentence in sentences[:_LEAD] if (town := policed_place(sentence)))
    police = next((town for town in policed if not _is_of_country(town, ontology)), None)
    sure = [name for name in (dateline.place if dateline else None, police) if name]
    context = context._replace(near=[spot for name in sure if (spot := gazetteer.locate(name, context))])
    names = [place_names(sentence, ontology) for sentence in sentences]
    home = "USA" if _is_on_us_politics(sentences) and (region is None or region.country == "USA") else None
    return Setting(dateline, _main_town(names, sure, context, gazetteer), admin1, country, context, home)


def _is_of_country(name: str, ontology: Ontology) -> bool:
    """Whether the police of a country speaks, and not of a town: "Kenyan police said"."""
    place = find_region(name, ontology)
    return place is not None and place.kind in ("country", "people")


def _only(countries: Collection[str]) -> Optional[str]:
    return next(iter(countries)) if len(countries) == 1 else None


def _american(sentences: Sequence[Sentence]) -> float:
    """How much a text speaks of what the United States have: local news there rarely says the country."""
    return min(sum(_count_american(sentence) for sentence in sentences), _MOST_AMERICAN)


def _count_american(sentence: Sentence) -> int:
    """The words of a sentence that speak of it: "911", "the 3700 block of West 13th Street"."""
    pairs = itertools.pairwise(sentence.lows)
    return sum(low in _US_WORDS for low in sentence.lows) + sum(
        second == "block" and first.isdecimal() and first.endswith("00") for first, second in pairs
    )


def _here(place: Place) -> Place:
    """The place that an American text means by a name: the state of Georgia, and nobody's people there."""
    return Place(place.name, "USA", "state", "Georgia") if (place.kind, place.country) == ("country", "GEO") else place


def _without_namesakes(named: Sequence[Place], country: str, gazetteer: Gazetteer) -> list[Place]:
    """The places of a text from `country` without the foreign towns after which one there is named: Rome, Georgia.

    Not those of countries that it names.
    """
    abroad = {place.country for place in named if place.kind != "city"}
    return [
        place
        for place in named
        if place.kind != "city" or place.country in abroad | {country} or not _is_namesake(place, country, gazetteer)
    ]


def _is_namesake(place: Place, country: str, gazetteer: Gazetteer) -> bool:
    return any(spot.country == country and spot.is_main for spot in gazetteer.find(place.name))


def _homes_of_groups(sentences: Iterable[Sentence], ontology: Ontology) -> Iterator[Place]:
    """The countries of the armed groups that are named, which may fight elsewhere, as a people may be."""
    for sentence in sentences:
        for at, low in enumerate(sentence.lows):
            match = ontology.sectors.match(sentence.lows, at) if low in ontology.sectors else None
            if match and match[1].country and match[1].sector == "REB" and sentence.texts[at][:1].isupper():
                yield Place(" ".join(sentence.texts[at : at + match[0]]), match[1].country, "people")


def _is_on_us_politics(sentences: Sequence[Sentence]) -> bool:
    return len(_US_POLITICS & {low for sentence in sentences for low in sentence.lows}) > 1


def _weigh(
    named: Iterable[Place], region: Optional[Place], american: float, outlet_country: Optional[str]
) -> dict[str, float]:
    """The share of each country in what an article names; a people counts half, that of the dateline five times.

    Without a dateline, what is American in its words and the country of its outlet count too.
    """
    count: collections.Counter[str] = collections.Counter()
    for place in named:
        count[place.country] += 0.5 if place.kind == "people" else 1.0
    if region:
        count[region.country] += 5.0
    else:
        count["USA"] += american
        if outlet_country:
            count[outlet_country] += 1.0
    total = sum(count.values())
    return {country: value / total for country, value in count.items() if value}


def _main_town(
    names: Sequence[Sequence[str]], sure: Sequence[str], context: Context, gazetteer: Gazetteer
) -> Optional[str]:
    """The town that is named most, and early; that of the dateline, or whose police speaks, counts three times more."""
    value: collections.Counter[str] = collections.Counter()
    for number, found in enumerate(names):
        for name in found:
            value[name] += 1.0 + 2.0 / (1 + number)
    for name in sure:
        value[name] += 3.0
    heaviest = max(context.weights, key=context.weights.__getitem__, default=None)
    for name, _ in value.most_common(20):
        spot = None if is_facility(name) else gazetteer.locate(name, context)
        if spot and heaviest in (None, spot.country):
            return name
    return sure[-1] if sure else None


def locate(wheres: Sequence[Where], setting: Setting, gazetteer: Gazetteer) -> Site:
    """The site of a happening whose mentions say `wheres`."""
    said, admin1 = _read_region(wheres, setting)
    country = said or setting.country
    weights = {**setting.context.weights, **({said: 1.0} if said else {})}
    context = setting.context._replace(admin1=admin1, weights=weights)
    first = next(iter(wheres), None)
    if first and first.names and first.country:  # not "in Doha, a week before"
        wheres = [where for where in wheres if where.country in (None, first.country)]
    places = [name for where in wheres for name in where.names] or [name for where in wheres for name in where.told_at]
    names = list(dict.fromkeys(places))
    regions = {name for where in wheres for name in where.units}
    site, unit = _find_site(names, regions, country, context, gazetteer)
    if site:
        return site
    told = [name for where in wheres for name in where.towns]
    if unit and (town := next((name for name in told if name not in regions), None)):
        return Site(town, unit.admin1, unit.country, precision="place")
    unknown = next((name for name in names if not is_facility(name)), None)
    if unknown and unit is None and (not setting.town or unknown in told):
        return Site(unknown, admin1, country, precision="place")
    settled = next((name for where in wheres for name in where.settled if name in names and "." not in name), None)
    if settled and unit is None and country != _LOCAL and _is_only_of_dateline(setting):
        return Site(settled, admin1, country, precision="place")
    if unit:
        return _town_in(unit, setting, context, gazetteer) or _site(None, unit, "admin1")
    towns = _towns_around(wheres, setting)
    for name in towns:
        spot = gazetteer.locate(name, context)
        if spot and (said in (None, spot.country) or (admin1 and spot.admin1 == admin1)):
            return _site(name, spot)
    towns = [name for name in towns if said is None or not _is_large(name, gazetteer)]  # those lie in other countries
    if names or (towns and (said is None or setting.dateline is None)):
        return Site(unknown or (towns or names)[0], admin1, country, precision="place")
    if admin1 and (unit := gazetteer.find_unit(admin1, country)):
        return _site(None, unit, "admin1")
    return Site(None, admin1, country, precision="admin1" if admin1 else "country" if country else None)


def _is_only_of_dateline(setting: Setting) -> bool:
    """Whether the town of an article is no more than where it was written."""
    return setting.dateline is not None and setting.town == setting.dateline.place


def _is_large(name: str, gazetteer: Gazetteer) -> bool:
    return any(spot.population >= _LARGE for spot in gazetteer.find(name))


def _read_region(wheres: Sequence[Where], setting: Setting) -> tuple[Optional[str], Optional[str]]:
    """The country that mentions tell, and the state that they or else the article tell."""
    admin1 = next((where.admin1 for where in wheres if where.admin1), None) or setting.admin1
    country = next((where.country for where in wheres if where.country), None)
    if country == "GEO" and setting.context.weights.get("USA"):
        return "USA", admin1 or "Georgia"
    # a namesake's country is none: the Rome whose police speaks has a sheriff
    return country if country in setting.context.weights else None, admin1


def _find_site(
    names: Sequence[str], regions: Collection[str], country: Optional[str], context: Context, gazetteer: Gazetteer
) -> tuple[Optional[Site], Optional[Spot]]:
    """The first town among names, or without one the first unit; those of `regions` are said to be units."""
    found = None
    for name in names:
        spot = None if is_facility(name) else gazetteer.locate(name, context)
        unit = gazetteer.find_unit(name, country)
        if spot and not (unit and name in regions) and (spot.is_main or unit is None):  # "Antioquia" is not Antakya
            return _site(name, spot), None
        found = found or unit
    return None, found


def _town_in(unit: Spot, setting: Setting, context: Context, gazetteer: Gazetteer) -> Optional[Site]:
    """The town that an article is about, where it lies in a unit that is told to be the place; not the dateline's."""
    is_of_dateline = setting.dateline is not None and setting.town == setting.dateline.place
    spot = gazetteer.locate(setting.town, context) if setting.town and not is_of_dateline else None
    is_inside = spot is not None and (spot.country, spot.admin1) == (unit.country, unit.admin1)
    return _site(setting.town, spot) if is_inside else None


def _towns_around(wheres: Sequence[Where], setting: Setting) -> list[str]:
    """The towns at which an article plays; not that of the dateline where a part of a country is told to be the place.

    Who writes from the capital of what happened "in the east of the country" means another place.
    """
    dateline = setting.dateline.place if setting.dateline else None
    towns = [town for town in (setting.town, dateline) if town]
    return [town for town in towns if town != dateline] if any(where.is_part for where in wheres) else towns


def locate_words(wheres: Sequence[Where], setting: Setting, gazetteer: Gazetteer) -> Site:
    """The site of what is said or decided: at home, where the article is on a country's politics, whatever it is of.

    In another article, where its dateline stands, unless it is told to be in another place.
    """
    home = setting.home
    if home is None:
        if setting.dateline and any(where.is_here for where in wheres[:1]):
            return locate((), setting._replace(town=setting.dateline.place), gazetteer)
        is_said_here = setting.dateline is not None and not any(where.is_inside for where in wheres[:1])
        return locate(() if is_said_here else wheres, setting, gazetteer)
    near = [where for where in wheres if where.country in (None, home)]
    at_home = setting._replace(country=home, context=setting.context._replace(weights={home: 1.0}))
    site = locate(near, at_home, gazetteer)
    return site if site.country == home else Site(country=home, precision="country")


def _site(name: Optional[str], spot: Spot, precision: str = "place") -> Site:
    return Site(name, spot.admin1, spot.country, spot.latitude, spot.longitude, precision)
