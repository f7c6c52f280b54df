"""Web addresses: one canonical form for each article, parsed once as browsers do (WHATWG, by ada)."""

import ipaddress
import re
from typing import Optional

import ada_url
import tld

# Parameters that say where a reader came from, never what is read.
TRACKING = frozenset(
    """fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid igshid mc_cid mc_eid mkt_tok _ga _gl ocid cmpid
    ns_campaign ns_mchannel ns_source ns_linkname at_medium at_campaign smid smtyp partner guccounter guce_referrer
    guce_referrer_sig sref ftag xtor spm ref_src ref_url amp""".split()
)
_TRACKING_PREFIX = ("utm_", "hsa_", "pk_", "mtm_", "piwik_", "at_custom")
_AMP_SUFFIX = re.compile(r"/amp/?$|\.amp(?=\.html?$)|\.amp$", re.IGNORECASE)
_AMP_OR_MOBILE_HOST = re.compile(r"^(?:amp|m|mobile)\.(?=[^.]+\.[^.]+)")
_CREDENTIALS = re.compile(r"(?<=//)[^/?#\s]*@")
MAX_URL_CHARS = 2_000


def absolute_url(link: Optional[str], base: str) -> Optional[str]:
    """`link` as seen from `base`, without fragment and credentials; None unless that is an http(s) address.

    The limit counts after encoding as well: what passes here passes again.
    """
    link = (link or "").strip()
    if not link or len(link) > MAX_URL_CHARS:
        return None
    try:
        url = ada_url.URL(link, base=base) if base else ada_url.URL(link)
    except ValueError:
        return None
    if url.protocol not in ("http:", "https:") or not url.hostname:
        return None
    url.username = url.password = url.hash = ""
    return url.href if len(url.href) <= MAX_URL_CHARS else None


def without_credentials(text: str) -> str:
    """What is said about an address, or about none: no password may come into a log, a message or a table."""
    return _CREDENTIALS.sub("", text)


def canonical_url(url: str) -> str:
    """The form by which two addresses of one article are the same.

    Without tracking parameters, fragment, AMP and mobile variants; the scheme stays, since http and https may differ.
    `url` is absolute. ValueError if it is not a web address.
    """
    href = absolute_url(url, "")
    if href is None:
        raise ValueError(f"not a web address: {url!r}")
    parsed = ada_url.URL(href)
    parsed.search = _kept_parameters(parsed.search)
    parsed.pathname = _AMP_SUFFIX.sub("", parsed.pathname) or "/"
    if not is_address(parsed.hostname) and parsed.hostname != site_of(href):  # m.co.uk is a name of its own
        parsed.hostname = _AMP_OR_MOBILE_HOST.sub("", parsed.hostname)
    return parsed.href if parsed.href == url else canonical_url(parsed.href)  # until no variant is left


def _kept_parameters(search: str) -> str:
    kept = []
    for pair in search.removeprefix("?").split("&"):
        name = pair.partition("=")[0].lower()
        if pair and name not in TRACKING and not name.startswith(_TRACKING_PREFIX):
            kept.append(pair)
    return "&".join(kept)


def host_of(url: str) -> str:
    """Host and port, by which we are polite."""
    return ada_url.URL(url).host


def site_of(url: str) -> str:
    """The registrable domain (`bbc.co.uk`, `someone.github.io`); for an IP address or a local name, host and port."""
    parsed = ada_url.URL(url)
    if is_address(parsed.hostname) or "." not in parsed.hostname:
        return parsed.host
    domain = tld.get_fld(url, fail_silently=True, search_private=True)
    labels = parsed.hostname.rstrip(".").split(".")
    return domain or ".".join(labels[-2:]) or parsed.host  # the public suffix list's rule for names it does not have


def is_front_page(url: str) -> bool:
    """Whether an address is that of its whole host."""
    parsed = ada_url.URL(url)
    return parsed.pathname == "/" and not parsed.search


def is_address(hostname: str) -> bool:
    """Whether a host name is an IP address."""
    try:
        ipaddress.ip_address(hostname.strip("[]"))
    except ValueError:
        return False
    return True
