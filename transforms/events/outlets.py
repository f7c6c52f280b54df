"""Which country an outlet writes for, as its host's name says: local news takes its country for known."""

import re
from collections.abc import Mapping
from typing import Optional

import ada_url

# Broadcasters of the United States go by call signs of three or four letters (47 CFR 73.3550): wxyz.com, kxytv13.com.
_CALL_SIGN = re.compile(r"(?:[\w-]+\.)*[kw](?:[a-z]{3}(?:tv)?|[a-z]{2}tv)\d{0,2}\.(?:com|org|net|tv)")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")


def country_of(outlet: str, url: str, domains: Mapping[str, str]) -> Optional[str]:
    """The country (ISO 3166-1 alpha-3) of an outlet by its name, where that is a host's, or by the host of `url`.

    `domains` is that of the ontology. None where the host does not say, as most of those under ".com".
    """
    host = outlet.lower() if _HOST.fullmatch(outlet.lower()) else _host_of(url)
    if _CALL_SIGN.fullmatch(host):
        return "USA"
    return domains.get(host.rpartition(".")[2])


def _host_of(url: str) -> str:
    return ada_url.URL(url).hostname if ada_url.check_url(url) else ""
