"""Where an outlet is at home, as its name says: local news takes its country, and the towns around, for known."""

import re
from collections.abc import Mapping
from typing import NamedTuple, Optional

import ada_url

from transforms.events.gazetteer import Spot

# Broadcasters of the United States go by call signs of three or four letters (47 CFR 73.3550): wxyz.com, kxytv13.com.
_CALL_SIGN = re.compile(r"(?:[\w-]+\.)*[kw](?:[a-z]{3}(?:tv)?|[a-z]{2}tv)\d{0,2}\.(?:com|org|net|tv)")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")
_SHORTEST, _LONGEST = 5, 40  # letters: shorter names of cities are in other words
_OF_OUTLETS = re.compile(  # what stands around the name of a city in that of an outlet: "fox10phoenix"
    r"(?:abc|advocate|business|cbs|chronicle|click|courier|cw|daily|dispatch|echo|enquirer|evening|examiner|express|fm"
    r"|fox|free|gazette|globe|guardian|herald|homicides?|homicidewatch|independent|inquirer|journal|leader|ledger|live"
    r"|local|mail|mercury|metro|mirror|morning|my|nbc|news|newspaper|now|observer|of|on|online|patch|post|press|radio"
    r"|record|register|reporter|review|sentinel|standard|star|sun|sunday|telegraph|the|times|today|tribune|tv|union"
    r"|weekly|\d)*"
)


class Home(NamedTuple):
    """What an outlet's name tells: the country that it writes for (ISO 3166-1 alpha-3), its city."""

    country: Optional[str] = None
    city: Optional[Spot] = None


UNKNOWN = Home()


def home_of(outlet: str, url: str, domains: Mapping[str, str], cities: Mapping[str, Spot]) -> Home:
    """Where an outlet is at home by its name, which may be that of its host, or by the host of `url`.

    `domains` are those of the ontology, `cities` those of the gazetteer. Most hosts under ".com" tell no country.
    """
    host = outlet.lower() if _HOST.fullmatch(outlet.lower()) else _host_of(url)
    labels = [outlet, *host.split(".")[:-1]]
    city = next((city for label in labels if (city := _city_in(label, cities))), None)
    if _CALL_SIGN.fullmatch(host):
        return Home("USA", city)
    return Home(domains.get(host.rpartition(".")[2]), city)


def _city_in(name: str, cities: Mapping[str, Spot]) -> Optional[Spot]:
    """The city by which an outlet is called: that without which only words such as "news" are left."""
    name = re.sub(r"[\W_]", "", name.lower())[:_LONGEST]
    spans = ((start, end) for start in range(len(name)) for end in range(len(name), start + _SHORTEST - 1, -1))
    return next(
        (
            cities[name[start:end]]
            for start, end in spans
            if name[start:end] in cities and _OF_OUTLETS.fullmatch(name[:start]) and _OF_OUTLETS.fullmatch(name[end:])
        ),
        None,
    )


def _host_of(url: str) -> str:
    return ada_url.URL(url).hostname if ada_url.check_url(url) else ""
