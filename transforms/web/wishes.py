"""How often a publisher wants a feed to be asked: by the feed itself, and by the headers of the answer.

Read from the raw bytes of a feed's head, before its first entry: the feed's parser keeps of several skipped hours only
the last, and a feed whose entries cannot be read has wishes all the same.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple, Optional

from transforms.web.http import http_date

MAX_WISH_SECONDS = 86_400.0  # a longer one is heeded as far as this
_HEAD_BYTES = 16_384
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
_TTL = re.compile(rb"<ttl>\s{0,9}(\d{1,9})\s{0,9}</ttl>")
_PERIOD = re.compile(rb"<(?:\w{1,20}:)?updatePeriod>\s{0,9}(hourly|daily|weekly|monthly|yearly)\s{0,9}<")
_FREQUENCY = re.compile(rb"<(?:\w{1,20}:)?updateFrequency>\s{0,9}(\d{1,9})\s{0,9}<")
_SKIP_HOURS = re.compile(rb"<skipHours>(.{0,2000}?)</skipHours>", re.DOTALL)
_SKIP_DAYS = re.compile(rb"<skipDays>(.{0,2000}?)</skipDays>", re.DOTALL)
_HOUR = re.compile(rb"<hour>\s{0,9}(\d{1,2})\s{0,9}</hour>")
_DAY = re.compile(rb"<day>\s{0,9}(\w{6,9})\s{0,9}</day>")
_DAYS = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")
_PERIODS = {b"hourly": 3_600, b"daily": 86_400, b"weekly": 604_800, b"monthly": 2_592_000, b"yearly": 31_536_000}
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_NO_STORE = re.compile(r"(?:^|[\s,])no-(?:store|cache)\b", re.IGNORECASE)


class Wishes(NamedTuple):
    """What a publisher asks for. Hours of the day are GMT, Monday is day 0."""

    seconds: Optional[float] = None  # at least, between two polls
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


def read_wishes(body: bytes, headers: Mapping[str, str], now: float) -> Wishes:
    """The wishes in a feed and in the headers (names in lower case) of its answer; `now` in seconds since 1970.

    Of several intervals the longest counts.
    """
    head = body[:_HEAD_BYTES]
    first = _ENTRY.search(head)
    head = head[: first.start()] if first else head
    seconds = max(_ttl(head), _updates(head), _freshness(headers, now))
    return Wishes(min(seconds, MAX_WISH_SECONDS) or None, _hours(head), _days(head))


def _ttl(head: bytes) -> float:
    """RSS: minutes for which the feed may be kept."""
    found = _TTL.search(head)
    return int(found[1]) * 60.0 if found else 0.0


def _updates(head: bytes) -> float:
    """RDF Site Summary's syndication module: so many times a period."""
    period, frequency = _PERIOD.search(head), _FREQUENCY.search(head)
    if not period:
        return 0.0
    return _PERIODS[period[1]] / max(int(frequency[1]) if frequency else 1, 1)


def _freshness(headers: Mapping[str, str], now: float) -> float:
    """HTTP: for how long the answer stays fresh (RFC 9111, 4.2.1); what it has aged on its way is over."""
    control = headers.get("cache-control", "")
    if _NO_STORE.search(control):
        return 0.0
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        return max(0.0, float(found[1]) - (float(age) if age.isascii() and age.isdigit() else 0.0))
    return max(0.0, (http_date(headers.get("expires")) or now) - now)


def _hours(head: bytes) -> tuple[int, ...]:
    """Hours 0 to 23; 24 is written for 0 at times."""
    found = _SKIP_HOURS.search(head)
    return tuple(sorted({int(hour) % 24 for hour in _HOUR.findall(found[1]) if int(hour) <= 24})) if found else ()


def _days(head: bytes) -> tuple[int, ...]:
    found = _SKIP_DAYS.search(head)
    names = {name.lower() for name in _DAY.findall(found[1])} if found else set()
    return tuple(number for number, name in enumerate(_DAYS) if name in names)
