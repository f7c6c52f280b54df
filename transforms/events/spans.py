"""Times over which the dead of many deeds are added up: "in the past ten years", "since the coup"."""

import re
from collections.abc import Sequence

_MONTHS = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SPANS = re.compile(  # times over which tolls are added up
    r"\b(?:over|in|during|for) the (?:past|last) (?:\S+ )?(?:years|decades?|months)\b|\bsince (?:19|20)\d\d\b"
    rf"|(?<!^)\bsince (?:early |late |mid - )?{_MONTHS}\b(?! \d\d?\b)"  # where it opens, it frames the news
    r"|\b(?:between (?:19|20)\d\d and|from (?:19|20)\d\d (?:to|until|through)) (?:19|20)\d\d\b"
    r"|\bin (?:less than|under|just|only) \S+ (?:weeks|months?|years?)\b"
    r"|\b(?:in|during|over) the (?:first|second|last) (?:half|quarter|\S+ months) of\b"
    r"|\bsince the (?:beginning|start) of the year\b|\bso far this (?:week|month|season|year)\b|\bthis year alone\b"
    r"|\b(?:have|has) (?:been )?\w+(?:ed|t|ain|ied)\b[^.;]{0,60}\bthis (?:season|spring|summer|winter|year)\b"
    r"|\b(?:number|toll|total)\b[^.;]{0,80}\bthis (?:week|month|season|year)\b"
    r"|\byears? of (?:civil )?(?:war|fighting|conflict|violence|hostilities)\b|\bin recent (?:years|months)\b"
    r"|\bin the run - up to\b|\bduring (?:the|an) (?:election )?campaign\b"
    r"|\bsince (?:\w+ (?:\w+ )?(?:took|rose|assumed|came|became|began|launched|stepped|resumed|erupted)"
    r"|(?:the|a|an) \w+ (?:started|got under way))\b"
    rf"(?![^.;]{{0,30}}\b(?:{_DAYS}|yesterday|week(?:end)?)\b)"  # "since it erupted on Saturday" is news
    r"|(?:\d,000|thousands of) [\w ]{2,30} (?:have|had) (?:been )?(?:killed|died|murdered|disappeared)\b"
    r"|\b\w+ - year (?:- old )?(?:civil )?(?:war|conflict|period)\b"
)
_WORST = re.compile(  # "in the worst fighting since the rebels took the city"
    r"\b(?:worst|deadliest|bloodiest|heaviest|fiercest|biggest|largest|first|latest|most \w+)\b[^,;]{0,60}"
    r"\b(?:since|in)\b"
)


def tells_of_span(lows: Sequence[str]) -> bool:
    """Whether words tell of what many deeds of such a time came to, and not of the worst since."""
    return bool(_SPANS.search(_WORST.sub(" ", " ".join(lows))))
