"""What opens an article and says where and when it was written.

A dateline, "KABUL, Nov 20 (Agency) -", or the line of a page that tells its day, "Published: 20 November 2024, 14:08".
"""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple, Optional

from transforms.events.days import MONTHS, WEEKDAYS, resolve_day
from transforms.events.ontology import Ontology, Place
from transforms.events.placenames import find_region
from transforms.events.wordlists import word_set

_CITY = r"[A-Z][\w.'’-]*(?:\s(?:de|del|la|las|los|el|al|[a-z]?[A-Z][\w.'’-]*|[cC]ity)){0,3}"
_BESIDE = rf"(?:(?:\s?/\s?{_CITY}){{1,2}}(?=,\s|\s\())?"  # of a report from several towns: "CAIRO/DOHA (Agency) -"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATELINE = re.compile(
    rf"\s*(?:(?P<place>{_CITY}){_BESIDE}"
    r"(?P<region>,\s[A-Z][\w.]*(?:\s[A-Z]\w+){0,2}|\s\([A-Z][\w. ]+\)(?=,|\s\([A-Z]))?"
    r"(?P<date>,\s(?:\d{1,2}\s[A-Za-z][a-z]{2,8}\.?(?:\s(?:\d{4}|\d\d))?|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?))?"
    rf"|(?P<day>{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH}))"  # of a wire that names no town
    r"\s*(?P<agency>\([^)\n]{2,40}\))?\s*(?P<dash>--|[-–—―]|:|(?<=[A-Z][A-Z]\.))(?:\s|(?<=—)(?=[“\"A-Z])|(?<=--)(?=[“\"A-Z]))"
)
_AGENCY = re.compile(r"(?m)^[^\S\n]*\([A-Z][\w .&/-]{1,30}\) ?(?:--|[-–—])( )(?=\S)")  # alone: "(WXYZ) - Police said"
_NO_DATELINES = word_set(
    "update updated updates watch photo photos video story posted published copyright by breaking related read editor "
    "note correction warning file capture media image caption source police crime court politics sport sports opinion "
    "editorial exclusive"
)
_NOWHERE = frozenset(
    ["united nations", "clandestine", "no city", "undated", "unknown", "internet"]
)  # monitors write so
_INNER = re.compile(r"(?<=[ -])(?:Au|De|Del|Do|Da|Dos|Das|Es|Sur|Of|The|And)(?=[ -])")  # words inside of names
_OF_STAMPS = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | word_set("published posted updated last first on at time am pm a m p t ist gmt utc bst hrs uk cet cest sept")
    | {zone + kind for zone in "ecmp" for kind in ("st", "dt", "t")}
)
_STAMPED = 8  # lines in which the day of a page stands
_OPENING = 1500  # characters in which it stands
_SLACK = datetime.timedelta(days=3)
_WEAK = frozenset([":", ""])  # which stand behind other words too: "KANO: Police", "KANO. Police"
_SHORT = 20  # characters: a shorter line is of a menu


class Dateline(NamedTuple):
    """What opens an article."""

    place: Optional[str]  # None where it says that it is no town's: "No city (El Salvador)"
    region: Optional[Place]  # the country or the state, as far as the tables know the names
    day: Optional[datetime.date]
    date: Optional[str]  # the words that tell the day
    start: int  # characters of the text: the line that it opens ...
    end: int  # ... and where that goes on


def read_dateline(text: str, ontology: Ontology) -> Optional[Dateline]:
    """The dateline that opens `text` or one of its first lines, or None.

    A name before a dash is taken for a place only with a date, an agency or a known country beside it, or in capitals.
    """
    for at, m in _candidates(text):
        town = (m["place"] or "").rstrip(".")
        name = _titled(town) if town.isupper() else town
        region = find_region(town + (m["region"] or ""), ontology) if town else None
        may_be = town.isupper() or _is_sure(m)
        if may_be and not (region or m["region"]):
            region = _land_of(name, ontology)
        is_known = region or (may_be and ontology.gazetteer.find(name))
        if _is_sure(m) or (is_known and (m["dash"] not in _WEAK or town.isupper())):  # "PESHAWAR: Police"
            place = None if name.lower() in _NOWHERE else name or None
            date = m["date"].strip(", ") if m["date"] else m["day"]
            if not date and m["agency"] and resolve_day(m["agency"], None):  # "GENEVA (4 May 2024) -"
                date = m["agency"].strip("()")
            days = resolve_day(date, None) if date else None
            day = days.first if days and days.precision == "day" else None
            return Dateline(place, region, day, date, at, at + m.end())
    return None


def _land_of(town: str, ontology: Ontology) -> Optional[Place]:
    """The country of a town that no other has."""
    countries = {spot.country for spot in ontology.gazetteer.find(town)}
    return Place(town, countries.pop(), "city") if len(countries) == 1 else None


def day_of_writing(dateline: Optional[Dateline], published_day: Optional[datetime.date]) -> Optional[datetime.date]:
    """The day from which "today" is counted: that of the dateline, unless the article came out long after."""
    if dateline is None or dateline.date is None or published_day is None:
        return published_day or (dateline.day if dateline else None)
    days = resolve_day(dateline.date, published_day)
    is_near = days is not None and days.precision == "day" and abs(days.first - published_day) <= _SLACK
    return days.first if is_near else published_day


def _titled(name: str) -> str:
    """A name in capitals as it is written elsewhere: "Port-au-Prince", "Ciudad del Este"."""
    return _INNER.sub(lambda part: part[0].lower(), name.title())


def read_stamp(text: str) -> Optional[datetime.date]:
    """The day of the first of the opening lines that says nothing but when the page was published."""
    for line in text[:_OPENING].splitlines()[:_STAMPED]:
        days = resolve_day(line, None) if _is_stamp(line) else None
        if days and days.precision == "day":
            return days.first
    return None


def _is_stamp(line: str) -> bool:
    words = re.findall(r"[a-z]+", line.lower())
    return bool(words) and _OF_STAMPS.issuperset(words)


def part_dateline(text: str) -> str:
    """`text` with a line break for the space after its dateline, for that is no part of the first sentence.

    A parser that reads on over it takes the town for what the sentence is about.
    """
    for at, m in _candidates(text):
        end = at + m.end()
        is_of_town = (m["region"] and m["dash"] not in _WEAK) or (m["dash"] == ":" and (m["place"] or "").isupper())
        is_of_town = is_of_town and text[end : end + 1].isupper()
        if (_is_sure(m) or is_of_town) and text[end - 1] == " ":
            return f"{text[: end - 1]}\n{text[end:]}"
    agency = _AGENCY.search(text[:_OPENING])
    return f"{text[: agency.start(1)]}\n{text[agency.end(1) :]}" if agency else text


def _candidates(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """What may be a dateline at the beginning of a line, with the offset of the line."""
    at = 0
    for line in text[:_OPENING].splitlines(keepends=True):
        m = _DATELINE.match(line[:200])
        is_parted = m is not None and m.end() == len(line)
        if m and (len(line) > _SHORT or is_parted) and not _is_label(m["place"] or ""):
            yield at, m
        at += len(line)


def _is_sure(m: re.Match[str]) -> bool:
    return bool(m["date"] or m["day"] or m["agency"] or (m["place"].isupper() and m["dash"] not in _WEAK))


def _is_label(place: str) -> bool:
    """Whether it says what the line is: "UPDATE:", "Photo by"."""
    return bool(_NO_DATELINES.intersection(re.findall(r"[a-z]+", place.lower())))
