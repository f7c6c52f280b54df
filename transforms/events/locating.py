"""Where on the map each happening of an article is.

The most precise place counts that the sentences of the happening name; then the town that the article is about, then
that of its dateline. The gazetteer tells which place of that name is meant, by all that the article names.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple, Optional

from transforms.events.gazetteer import LARGE, Context, Gazetteer, Spot
from transforms.events.placenames import is_facility
from transforms.events.places import Where
from transforms.events.setting import Setting

_MEETS_IN = {"security council": "New York City", "general assembly": "New York City", "human rights council": "Geneva"}
_OF_NATIONS = re.compile(rf"(?:the )?(?:(?:u\.?n\.?|united nations) ({'|'.join(_MEETS_IN)})|(security council))")
_LOCAL = "USA"  # there an unknown name is mostly of a part of the town that writes


PLACE_COLUMNS = ("place_name", "admin1", "country", "latitude", "longitude", "geo_precision")


class Site(NamedTuple):
    """The place of an event; coordinates in degrees, those of a first-level unit where `precision` says admin1."""

    name: Optional[str] = None
    admin1: Optional[str] = None
    country: Optional[str] = None
    latitude: Optional[float] = None
    longitude: Optional[float] = None
    precision: Optional[str] = None  # place, admin1, country

    def columns(self) -> dict[str, Any]:
        """As the rows of events name them."""
        return dict(zip(PLACE_COLUMNS, self, strict=True))


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
    parts = [name.rpartition(" of ")[2] for name in places if " of " in name]  # "Tsafe Area of Zamfara State"
    names = list(dict.fromkeys([*places, *parts]))
    regions = {name for where in wheres for name in where.units}
    if admin1 is None and (around := _unit_told(names, regions, country, gazetteer)):
        country = country or around.country
        weights = {around.country: 1.0, **weights}
        context = context._replace(admin1=around.admin1, weights=weights)
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
    home = gazetteer.locate(setting.town, context) if setting.town and not country else None
    land = home.country if home else country
    is_abroad = land not in (None, _LOCAL) or (country is None and _is_only_of_dateline(setting))
    if settled and unit is None and is_abroad:
        return Site(settled, admin1, land, precision="place")
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
    return any(spot.population >= LARGE for spot in gazetteer.find(name))


def _read_region(wheres: Sequence[Where], setting: Setting) -> tuple[Optional[str], Optional[str]]:
    """The country that mentions tell, and the state that they or else the article tell."""
    admin1 = next((where.admin1 for where in wheres if where.admin1), None) or setting.admin1
    country = next((where.country for where in wheres if where.country), None)
    if country == "GEO" and setting.context.weights.get("USA"):
        return "USA", admin1 or "Georgia"
    # a namesake's country is none: the Rome whose police speaks has a sheriff
    return country if country in setting.context.weights else None, admin1


def _unit_told(
    names: Iterable[str], regions: Collection[str], country: Optional[str], gazetteer: Gazetteer
) -> Optional[Spot]:
    """The unit in which a place is said to lie: "San Fernando, in the state of Tamaulipas"."""
    units = (name for name in names if name in regions or not gazetteer.find(name))
    return next((unit for name in units if (unit := gazetteer.find_unit(name, country))), None)


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


def seat_of(body: str, gazetteer: Gazetteer) -> Optional[Site]:
    """Where a body of the United Nations meets, whatever it speaks of."""
    m = _OF_NATIONS.fullmatch(body.lower())
    town = _MEETS_IN[m[1] or m[2]] if m else None
    return _site(town.removesuffix(" City"), gazetteer.locate(town)) if town else None


def _site(name: Optional[str], spot: Spot, precision: str = "place") -> Site:
    if spot.has_twin:
        return Site(name, country=spot.country, precision=precision)
    return Site(name, spot.admin1, spot.country, spot.latitude, spot.longitude, precision)
