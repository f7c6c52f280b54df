"""Where the news of an article happened, by the marks of the network, where the rules tell another place or none.

The rules read the sentences that tell an event, then the town that the article is about and its dateline. What stands
further down, "the village to which the three had fled, Ndu", they miss, and where a report was written they take for
the place where it happened, if nothing else is told.
"""

from typing import Optional

from transforms.events.locating import Site, locate
from transforms.events.locatives import find_spans
from transforms.events.marked import News
from transforms.events.ontology import Ontology
from transforms.events.placenames import is_own_place, is_settled, is_unit, name_between, named_places, named_towns
from transforms.events.places import Where
from transforms.events.setting import Setting

DOUBTED = 0.15  # below this chance of its mark, the place that the rules tell may go
SURE = 0.9  # from this on, a place that only the network tells comes in
_SEEN = 0.5


def relocate(site: Site, news: News, setting: Setting, ontology: Ontology) -> Optional[tuple[Site, float]]:
    """The site of the news that the network marks and how likely it is; None where `site`, the rules', stands."""
    if site.name and not _is_doubted(site.name, news):
        return None
    where, chance = _marked(news, ontology)
    if chance < SURE:
        return None
    found = locate([where], setting, ontology.gazetteer)
    weights = setting.context.weights
    if found.country is None and site.country == max(weights, key=weights.__getitem__, default=None):
        found = found._replace(country=site.country)
    return (found, chance) if found.name in where.names and found.name != site.name else None


def _is_doubted(name: str, news: News) -> bool:
    """Whether a place hardly is that of the news by any mark of its name; so is one that only a dateline or a headline
    has, but none that the network has not read."""
    last = name.lower().split()[-1].rpartition("-")[2]
    rated = (pair for each in news.sentences for pair in zip(each.lows, news.chances(each, "place"), strict=True))
    chances = [chance for low, chance in rated if low == last]
    return not chances or 0 < max(chances) < DOUBTED


def _marked(news: News, ontology: Ontology) -> tuple[Where, float]:
    """The places that are marked, the likeliest first, and how likely that one is."""
    names: dict[str, float] = {}
    countries: dict[str, float] = {}
    kinds: dict[str, set[str]] = {"towns": set(), "settled": set(), "units": set()}
    for sentence in news.sentences:
        chances = news.chances(sentence, "place")
        if max(chances, default=0.0) < _SEEN:
            continue
        named = named_places(sentence, ontology)
        regions = {at for at, place in named if place.kind != "city"}
        for at, place in named:
            if place.kind in ("country", "state") and chances[at] >= _SEEN:
                countries[place.country] = max(countries.get(place.country, 0.0), chances[at])
        spans = {(start, end) for start, end, _ in find_spans(sentence, named)} | {*named_towns(sentence)}
        for start, end in sorted(spans):
            if chances[end - 1] >= _SEEN and not regions & {*range(start, end)}:
                name = name_between(sentence, start, end)
                names[name] = max(names.get(name, 0.0), chances[end - 1])
                kinds["towns"] |= {name} if is_own_place(sentence, start, end) else set()
                kinds["settled"] |= {name} if is_settled(sentence, start, end) else set()
                kinds["units"] |= {name} if is_unit(sentence, start, end) else set()
    likeliest = sorted(names, key=lambda name: -names[name])
    country = max(countries, key=countries.__getitem__, default=None)
    told = {kind: tuple(name for name in likeliest if name in found) for kind, found in kinds.items()}
    return Where(names=tuple(likeliest), country=country, is_inside=True, **told), max(names.values(), default=0.0)
