"""Places by name, offline: towns from 500 inhabitants on and the first-level units of countries, with coordinates.

The data are GeoNames' (https://www.geonames.org, CC BY 4.0), packed by `training/places.py` into one table of arrays:
the folded names in alphabetical order, the places that each may mean, and of each place the unit, the coordinates in
hundredths of a degree and the inhabitants to two digits. It is read in a tenth of a second and takes 30 MB.
"""

import functools
import importlib.resources
import io
import math
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Optional

import numpy as np

CITY = 100_000  # inhabitants of a town by which an outlet is called
WORLD = 500_000  # inhabitants: everybody knows which Paris or Washington is meant
LARGE = 50_000  # inhabitants of a town that needs no word of its state
METROPOLIS = 1_000_000  # inhabitants: everybody knows where it lies
MAX_CANDIDATES = 40  # the largest places of one name that are looked at
_NEAR = 150.0  # kilometres
_FULL_OF_NAMESAKES = (
    "USA"  # the country where a street or a part of a town mostly has a small town of its name elsewhere
)
_ALIKE = 5  # times as many inhabitants: a town that is larger by more is the one that is meant
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
_DROPPED = str.maketrans(dict.fromkeys("'’‘\u02bc`.") | {"-": " ", "–": " "})
_UNIT_WORDS = re.compile(
    r"\b(?:department|departamento|province|provincia|state|estado|region|governorate|oblast|prefecture|county|district"
    r"|territory|wilayat|muhafazat|krai|of|de|del|du|la|the)\b"
)


class Spot(NamedTuple):
    """A town or a first-level unit."""

    country: str  # ISO 3166-1 alpha-3
    admin1: Optional[str]
    latitude: float  # degrees, to a kilometre; of a unit, the middle of its inhabitants
    longitude: float
    population: int = 0
    is_main: bool = True  # whether it was found by its main name
    has_twin: bool = False  # whether another place of the name in its country may be meant as well


class Context(NamedTuple):
    """What is known of where a text plays, to tell places of one name apart."""

    country: Optional[str] = None  # said beside the name: nothing elsewhere is meant
    admin1: Optional[str] = None  # likewise, in English
    weights: Mapping[str, float] = {}  # of countries that the text names, up to 1
    in_states: Collection[Optional[str]] = ()  # the last words of names with a state right behind them
    near: Sequence[Spot] = ()  # places that the text plays at
    is_national: bool = False  # it is on the politics of a country, and everybody knows its cities
    least_abroad: int = 0  # inhabitants of what it names in countries of which it has no word, where it says its own


NO_CONTEXT = Context()


def fold(name: str) -> str:
    """A name in small letters without accents, apostrophes, dots and hyphens."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.lower().translate(_LETTERS).translate(_DROPPED).split())


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance between two points on a sphere, given in degrees."""
    p = math.radians
    lat, lon = p(other_latitude - latitude) / 2, p(other_longitude - longitude) / 2
    h = math.sin(lat) ** 2 + math.cos(p(latitude)) * math.cos(p(other_latitude)) * math.sin(lon) ** 2
    return 12742 * math.asin(math.sqrt(h))


def _apart(a: Spot, b: Spot) -> float:
    return kilometres(a.latitude, a.longitude, b.latitude, b.longitude)


class Gazetteer:
    """Looks names up; `table` is the content of a file that `training/places.py` wrote.

    `spellings` are names of newsrooms that it lacks, with those that it has.
    """

    def __init__(self, table: bytes, spellings: Mapping[str, str] = MappingProxyType({})):
        self._spellings = {fold(name): fold(known) for name, known in spellings.items()}
        with np.load(io.BytesIO(table)) as arrays:
            names, counts = arrays["names"], arrays["counts"].astype(np.int64)
            self._meant, self._unit, self._population = arrays["meant"], arrays["unit"], arrays["population"]
            self._latitude, self._longitude = arrays["latitude"] / 100, arrays["longitude"] / 100
            self._unit_names, self._countries = arrays["unit_names"].tolist(), arrays["unit_countries"].tolist()
        self._names = names.tobytes()
        self._starts = np.concatenate([[0], np.flatnonzero(names == ord("\n")) + 1])
        self._first = np.concatenate([[0], np.cumsum(counts)])
        self._units = self._read_units()

    def find(self, name: str) -> list[Spot]:
        """The places that a name may mean, the largest first."""
        key = fold(name)
        key = self._spellings.get(key, key)
        at = self._row(key.encode())
        if at is None and key.endswith(" city"):  # "York City"
            at = self._row(key.removesuffix(" city").encode())
        if at is None:
            return []
        meant = self._meant[self._first[at] : self._first[at + 1]][:MAX_CANDIDATES].tolist()
        return [self._spot(number >> 1, bool(number & 1)) for number in meant]

    def find_unit(self, name: str, country: Optional[str] = None) -> Optional[Spot]:
        """The unit of this name, "Sonora" or "Usulután Department"; None where several countries have one."""
        found = [unit for unit in self._units.get(_unit_key(name), ()) if country in (None, unit.country)]
        return found[0] if len(found) == 1 else None

    def locate(self, name: str, context: Context = NO_CONTEXT) -> Optional[Spot]:
        """The place that a name most likely means in its context; None where that would be a guess.

        One that has a twin tells no more than its country. The weights are powers of ten of inhabitants: that a
        country is said elsewhere in the text outweighs a town a hundred times larger in another one.
        """
        spots = [spot for spot in self.find(name) if context.country in (None, spot.country)]
        inside = [spot for spot in spots if context.admin1 and spot.admin1 == context.admin1]
        if inside and inside[0].population < LARGE and _is_known(name, spots, context):
            inside = []  # "Senator Roe of Iowa said in Washington"
        spots = inside or spots
        ranked = sorted(((_fitness(spot, context), -at) for at, spot in enumerate(spots)), reverse=True)
        if not ranked:
            return None
        best = spots[-ranked[0][1]]
        is_abroad = context.least_abroad and best.country not in context.weights
        if is_abroad and (best.population < context.least_abroad or not best.is_main):
            return None
        if _is_near(best, context.near) or best.population >= LARGE:
            return best
        is_local = bool(context.admin1) or any(s.country == best.country for s in context.near)
        if not inside and best.country == _FULL_OF_NAMESAKES and is_local:
            return None  # "near Kelly" in Detroit is a street
        known = inside or context.country or context.weights.get(best.country, 0) >= 0.3
        is_known = known or (best.is_main and best.population >= 10_000)
        return best._replace(has_twin=not inside and _has_twin(best, spots)) if is_known else None

    @functools.cached_property
    def cities(self) -> dict[str, Spot]:
        """The cities by their names without spaces: "newyork"."""
        largest = self._meant[self._first[:-1]]
        names = self._names.decode().split("\n")
        rows = np.flatnonzero((self._population[largest >> 1] >= CITY) & (largest & 1 == 1)).tolist()
        return {names[row].replace(" ", ""): self._spot(int(largest[row]) >> 1, True) for row in rows}

    def _row(self, key: bytes) -> Optional[int]:
        """The number of a folded name, by bisection."""
        low, high = 0, len(self._starts) - 2
        while low <= high:
            middle = (low + high) // 2
            name = self._names[self._starts[middle] : self._starts[middle + 1] - 1]
            if name == key:
                return middle
            low, high = (middle + 1, high) if name < key else (low, middle - 1)
        return None

    def _spot(self, place: int, is_main: bool) -> Spot:
        unit = self._unit[place]
        return Spot(
            self._countries[unit],
            self._unit_names[unit] or None,
            float(self._latitude[place]),
            float(self._longitude[place]),
            int(self._population[place]),
            is_main,
        )

    def _read_units(self) -> dict[str, list[Spot]]:
        weight = self._population + 1.0
        total = np.bincount(self._unit, weight, len(self._unit_names))
        latitude = np.bincount(self._unit, weight * self._latitude, len(total)) / total
        longitude = np.bincount(self._unit, weight * self._longitude, len(total)) / total
        units: dict[str, list[Spot]] = {}
        for at, name in enumerate(self._unit_names):
            if name:
                spot = Spot(
                    self._countries[at],
                    name,
                    round(float(latitude[at]), 2),
                    round(float(longitude[at]), 2),
                    int(total[at]),
                )
                units.setdefault(_unit_key(name), []).append(spot)
        return units


def load_gazetteer(spellings: Mapping[str, str] = MappingProxyType({})) -> Gazetteer:
    """The gazetteer of this package."""
    return Gazetteer(importlib.resources.files(__package__).joinpath("data", "places.npz").read_bytes(), spellings)


def _is_known(name: str, spots: Sequence[Spot], context: Context) -> bool:
    """Whether everybody knows which place of a name is meant, since no state stands behind it."""
    is_large = spots[0].population >= WORLD and spots[0].is_main
    return context.is_national and is_large and name.rsplit(" ", 1)[-1] not in context.in_states


def _unit_key(name: str) -> str:
    key = fold(name)
    return " ".join(_UNIT_WORDS.sub(" ", key).split()) or key


def _fitness(spot: Spot, context: Context) -> float:
    value = math.log10(spot.population + 10) + 1.0 * spot.is_main
    value -= 2.0 * (bool(context.weights) and spot.country not in context.weights)
    return value + 2.5 * context.weights.get(spot.country, 0.0) + 2.0 * _is_near(spot, context.near)


def _has_twin(spot: Spot, spots: Sequence[Spot]) -> bool:
    """Whether another place of its country is no less likely meant by the name, and neither is much larger."""
    return any(
        other.country == spot.country
        and other.is_main >= spot.is_main
        and other.population * _ALIKE >= spot.population
        and _apart(spot, other) > _NEAR
        for other in spots
    )


def _is_near(spot: Spot, others: Sequence[Spot]) -> bool:
    return any(_apart(spot, other) <= _NEAR for other in others)
