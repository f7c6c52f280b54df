"""The times that a text names, and which days they mean there.

A text that names no day gives none: the day of publication is never a default.
"""

import datetime
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple, Optional

from transforms.events.days import LONG_MONTH, MONTH, NUMBER, TO_DAY, WEEKDAYS, YEAR, Days, resolve_day

_WEEKDAY = "(?:" + "|".join(sorted((d for d in WEEKDAYS if len(d) > 4), key=len, reverse=True)) + ")"
_SHORT_WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Weds|Thu|Thur|Thurs|Fri|Sat|Sun)\."
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_SPAN = re.compile(
    rf"""\b(?:
        \d{{4}}-\d\d-\d\d
      | (?:{_WEEKDAY},?\s)?{MONTH}\s{_DAY}\b(?:,?\s{YEAR}\b)?
      | (?:{_WEEKDAY},?\s)?{_DAY}{TO_DAY}(?:\sof)?\s{MONTH}(?:,?\s(?:{YEAR}|\d\d)\b)?
      | (?:(?:early|late|mid)[\s-])?(?:last\s|next\s|this\s)?{LONG_MONTH}(?:\sof)?\s{YEAR}\b
      | (?:the\s)?day\sbefore\syesterday | (?:\d{{1,2}}(?:[:.]\d\d)?\s?a\.?m\.?,?\s)?last\snight | yesterday
      | today | tonight | tomorrow | overnight(?!\scurfew|\s(?:(?:on|from)\s)?{_WEEKDAY})
      | this\s(?:morning|afternoon|evening|week|weekend|month|year)
      | (?:(?:a\sfew|few|several|some|{NUMBER})\s)?(?:minute|hour)s?\sago
      | the\s(?:previous|preceding)\s(?:day|night|morning|afternoon|evening)
      | the\s(?:day|night|evening)\sbefore(?=[,.;]|\s(?:in|at|on|near|by|when|and|that|had|was|were)\b|$)
      | (?:in|over|during|within)\sthe\s(?:past|last)\s(?:(?:few|several|{NUMBER})\s)?hours
      | {NUMBER}(?:\sof)?\s(?:day|night|week|month|year)s?\s(?:ago|earlier|before)
      | (?:(?:last|past|next|this|coming|previous)\s)?(?:{_WEEKDAY}\b|{_SHORT_WEEKDAY})
        (?:\s(?:night|morning|evening|afternoon))?(?:\s(?:last|this|next)\sweek)?
      | (?:over|during|at|on)\sthe\sweekend
      | (?:the\s)?(?:last|next|previous|past|coming)\s(?:week|weekend|month|year)
      | last\s(?:winter|spring|summer|autumn|fall)
      | (?:in|last|since|until|during|by|this|next|early|late|mid)[\s-]{LONG_MONTH}(?:\s{YEAR}\b)?
      | (?:in|since|during|early|late|by|of|until|back\sin)\s{YEAR}\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)


_EARLIER = re.compile(r"(?i)\b(?:days? (?:earlier|before)|(?:night|evening) before|(?:previous|preceding) [a-z]+)$")
_PREVIOUS = re.compile(r"\bthe (?:(?:day|night|evening) before|(?:previous|preceding) [a-z]+)$")
_FROM, _TO = (
    re.compile(r"(?i)\b(?:between|from|overnight|night of) (?:(?:early|late) )?$"),
    re.compile(r"(?i) (?:and|to|until|through) (?:(?:early|late) )?"),
)
_HINT = re.compile(  # most sentences tell no time, and looking for a part of one is faster than for a whole
    r"(?i)\d|day|night|week|hour|minute|month|year|ago|morrow|morning|noon|ening|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|last"
)
_EVERY = re.compile(r"(?i)\b(?:every|each) $")  # what happens then is no single event
_STAMP = re.compile(r"(?i)\b(?:posted|updated|published|modified)\b[^.]*$")


class Span(NamedTuple):
    """A stretch of characters that tells a time."""

    start: int
    end: int
    text: str


def find_dates(text: str) -> list[Span]:
    """Every stretch of `text` that tells a time, in order; not when the page was posted or updated."""
    if not _HINT.search(text):
        return []
    return [
        Span(m.start(), m.end(), m[0])
        for m in _SPAN.finditer(text)
        if not _is_other_word(m[0])
        and not _EVERY.search(text, max(m.start() - 6, 0), m.start())
        and not _STAMP.search(text, max(m.start() - 20, 0), m.start())
    ]


def resolve_days(text: str, published_day: Optional[datetime.date]) -> list[tuple[Span, Optional[Days]]]:
    """The times that a sentence names, with their days; "a day earlier" is counted from the other day that it names."""
    spans = _without_ends(find_dates(text), text)
    dates = [(span, resolve_day(span.text, published_day)) for span in spans]
    told = (days for span, days in dates if days and days.precision == "day" and not _EARLIER.search(span.text))
    first = next(told, None)
    return [(span, _days_there(span, days, first)) for span, days in dates]


def _without_ends(spans: Sequence[Span], text: str) -> list[Span]:
    """The times without those at which a stretch ends: "between Saturday and Monday" began on Saturday."""
    pairs = itertools.pairwise(spans)
    ends = {b for a, b in pairs if _TO.fullmatch(text[a.end : b.start]) and _FROM.search(text[: a.start])}
    return [span for span in spans if span not in ends]


def _days_there(span: Span, days: Optional[Days], told: Optional[Days]) -> Optional[Days]:
    """What a time means in its sentence, where the day `told` is named too."""
    if told and _EARLIER.search(span.text):
        return resolve_day(_PREVIOUS.sub("a day before", span.text.lower()), told.first)
    return days


def _is_other_word(text: str) -> bool:
    """Whether this is "may", "march" or "sun" as a word of its own rather than a time."""
    return text.split()[-1].rstrip(".") in ("may", "march", "mar", "sun", "sat", "wed", "mon")
