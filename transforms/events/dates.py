"""Days as news tells them: "on Sunday", "last week", "May 19", resolved against the day of publication.

`find_dates` finds the spans, `resolve_day` turns one into days. A text that names no day gives none: the day of
publication is never a default.
"""

import calendar
import datetime
import re
from typing import NamedTuple, Optional

from transforms.events.wordlists import UNITS

ONE_DAY = datetime.timedelta(days=1)
MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name[:3]: i for name, i in WEEKDAYS.items()} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
NUMBERS = {word: value for word, value in UNITS.items() if 1 <= value <= 12}
NUMBERS |= {"a": 1, "an": 1, "couple": 2}

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_LONG_MONTH = "(?:" + "|".join(name for name in MONTHS if len(name) > 3 or name == "may") + r")\b"
_WEEKDAY = "(?:" + "|".join(sorted((d for d in WEEKDAYS if len(d) > 4), key=len, reverse=True)) + ")"
_SHORT_WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Weds|Thu|Thur|Thurs|Fri|Sat|Sun)\."
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_NUMBER = r"(?:\d{1,2}|" + "|".join(NUMBERS) + r"|a couple of)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_SPAN = re.compile(
    rf"""\b(?:
        \d{{4}}-\d\d-\d\d
      | (?:{_WEEKDAY},?\s)?{_MONTH}\s{_DAY}\b(?:,?\s{_YEAR}\b)?
      | (?:{_WEEKDAY},?\s)?{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s(?:{_YEAR}|\d\d)\b)?
      | (?:(?:early|late|mid)[\s-])?(?:last\s|next\s|this\s)?{_LONG_MONTH}(?:\sof)?\s{_YEAR}\b
      | (?:the\s)?day\sbefore\syesterday | last\snight | yesterday | today | tonight | tomorrow | overnight
      | this\s(?:morning|afternoon|evening|week|weekend|month|year)
      | (?:a\sfew|few|several|some|{_NUMBER})\s(?:minute|hour)s?\sago
      | (?:in|over|during|within)\sthe\s(?:past|last)\s(?:(?:few|several|{_NUMBER})\s)?hours
      | {_NUMBER}(?:\sof)?\s(?:day|week|month|year)s?\s(?:ago|earlier|before)
      | (?:(?:last|past|next|this|coming|previous)\s)?(?:{_WEEKDAY}\b|{_SHORT_WEEKDAY})
        (?:\s(?:night|morning|evening|afternoon))?(?:\s(?:last|this|next)\sweek)?
      | (?:over|during|at|on)\sthe\sweekend
      | (?:the\s)?(?:last|next|previous|past|coming)\s(?:week|weekend|month|year)
      | last\s(?:winter|spring|summer|autumn|fall)
      | (?:in|last|since|until|during|by|this|next|early|late|mid)[\s-]{_LONG_MONTH}(?:\s{_YEAR}\b)?
      | (?:in|since|during|early|late|by|of|until|back\sin)\s{_YEAR}\b
    )""",
    re.IGNORECASE | re.VERBOSE,
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


class Days(NamedTuple):
    """The first and the last day that a text can mean, and how precise it is: day, week, month or year."""

    first: datetime.date
    last: datetime.date
    precision: str


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


def resolve_day(text: str, reference: Optional[datetime.date], future: bool = False) -> Optional[Days]:
    """What `text` ("Sunday night", "May 19", "two days ago", "2016") means, told on the day `reference`.

    Without a reference only full dates have a meaning. A weekday is the last one up to and with the reference, or the
    next one if `future`; a day without its year is the last such one, up to a week ahead of the reference.
    """
    plain = " ".join(text.lower().replace(",", " ").replace(".", " ").split())
    try:
        days = _resolve_full(plain) or (reference and _resolve_relative(plain, reference, future))
        return days or _resolve_year(plain)
    except (ValueError, OverflowError):  # "February 30", "2019-99-99"
        return None


def last_day(first: Optional[datetime.date], precision: Optional[str]) -> Optional[datetime.date]:
    """The last day of what begins on `first` with this precision."""
    if first is None:
        return None
    if precision == "week":
        return first + 6 * ONE_DAY
    if precision == "month":
        return _month(first.year, first.month).last
    return datetime.date(first.year, 12, 31) if precision == "year" else first


def _is_other_word(text: str) -> bool:
    """Whether this is "may", "march" or "sun" as a word of its own rather than a time."""
    return text.split()[-1] in ("may", "march", "mar", "sun", "sat", "wed", "mon")


def _resolve_full(text: str) -> Optional[Days]:
    if m := re.search(r"\b(\d{4})-(\d\d)-(\d\d)\b", text):
        return _one_day(datetime.date(*map(int, m.groups())))
    if m := re.search(rf"\b({_MONTH}) ?(\d{{1,2}})(?:st|nd|rd|th)? ({_YEAR})\b", text):
        return _one_day(datetime.date(int(m[3]), MONTHS[m[1]], int(m[2])))
    if m := re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH}) ({_YEAR}|\d\d)\b", text):
        return _one_day(datetime.date(_full_year(m[3]), MONTHS[m[2]], int(m[1])))
    if m := re.search(rf"\b({_MONTH})(?: of)? ({_YEAR})\b", text):
        return _month(int(m[2]), MONTHS[m[1]])
    return None


def _full_year(text: str) -> int:
    """A year of two digits ("4 Feb 90") is in the century that puts it before 2050."""
    year = int(text)
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def _resolve_year(text: str) -> Optional[Days]:
    if m := re.search(rf"\b({_YEAR})\b", text):
        year = int(m[1])
        return Days(datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year")
    return None


def _resolve_relative(text: str, reference: datetime.date, future: bool) -> Optional[Days]:
    for resolve in _RELATIVE:
        if (days := resolve(text, reference, future)) is not None:
            return days
    return None


def _resolve_season(text: str, reference: datetime.date, future: bool) -> Optional[Days]:
    """The year in which the last whole winter, spring, summer or autumn began."""
    m = re.search(r"\blast (winter|spring|summer|autumn|fall)\b", text)
    if not m:
        return None
    last_month = {"winter": 14, "spring": 5, "summer": 8}.get(m[1], 11)  # of the year in which it begins
    return _resolve_year(str(next(y for y in range(reference.year, 0, -1) if _months(reference) > y * 12 + last_month)))


def _months(day: datetime.date) -> int:
    return day.year * 12 + day.month


def _resolve_month_day(text: str, reference: datetime.date, future: bool) -> Optional[Days]:
    if m := re.search(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b", text):
        month, day = MONTHS[m[1]], int(m[2])
    elif m := re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})", text):
        month, day = MONTHS[m[2]], int(m[1])
    else:
        return None
    ahead = 366 if future else 7
    years = (reference.year + 1, reference.year, reference.year - 1)
    dates = [datetime.date(y, month, day) for y in years if day <= calendar.monthrange(y, month)[1]]
    if not dates:
        raise ValueError(f"no such day: {text}")
    return next((_one_day(date) for date in dates if (date - reference).days <= ahead), None)


def _resolve_near(text: str, reference: datetime.date, future: bool) -> Optional[Days]:
    if re.search(r"\b(today|tonight|this (morning|afternoon|evening)|(hour|minute)s? ago|hours)\b", text):
        return _one_day(reference)
    if "day before yesterday" in text:
        return _one_day(reference - 2 * ONE_DAY)
    if re.search(r"\b(yesterday|last night|overnight)\b", text):
        return _one_day(reference - ONE_DAY)
    return _one_day(reference + ONE_DAY) if "tomorrow" in text else None


def _resolve_ago(text: str, reference: datetime.date, future: bool) -> Optional[Days]:
    m = re.search(rf"\b({_NUMBER})(?: of)? (day|week|month|year)s? (?:ago|earlier|before)\b", text)
    if not m:
        return None
    count = int(m[1]) if m[1].isdigit() else NUMBERS[m[1].replace("a couple of", "couple")]
    if m[2] == "day":
        return _one_day(reference - count * ONE_DAY)
    if m[2] == "week":
        return _week(reference - 7 * count * ONE_DAY)
    if m[2] == "month":
        return _shifted_month(reference, -count)
    return _resolve_year(str(reference.year - count))


def _resolve_weekday(text: str, reference: datetime.date, future: bool) -> Optional[Days]:
    names = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
    before = "(?:(last|past|next|this|coming|previous) )?"
    after = "(?: night| morning| evening| afternoon)?(?: (last|this|next) week)?"
    m = re.search(rf"\b{before}({names})\b{after}", text)
    if not m:
        return None
    back = (reference.weekday() - WEEKDAYS[m[2]]) % 7
    if m[3] == "last":
        return _one_day(reference - (reference.weekday() + 7 - WEEKDAYS[m[2]]) * ONE_DAY)
    if m[1] in ("next", "coming") or m[3] == "next" or future:
        return _one_day(reference + (7 - back) * ONE_DAY)
    return _one_day(reference - (back or (7 if m[1] in ("last", "past", "previous") else 0)) * ONE_DAY)


def _resolve_period(text: str, reference: datetime.date, future: bool) -> Optional[Days]:
    m = re.search(r"\b(last|this|next|previous|past|coming|the) (weekend|week|month|year)\b", text)
    if not m:
        return None
    shift = {"this": 0, "next": 1, "coming": 1}.get(m[1], -1)
    if m[2] == "week":
        return _week(reference - (reference.weekday() - 7 * shift) * ONE_DAY)
    if m[2] == "weekend":
        saturday = reference - ((reference.weekday() - 5) % 7 - 7 * max(shift, 0)) * ONE_DAY
        return Days(saturday, saturday + ONE_DAY, "week")
    if m[2] == "month":
        return _shifted_month(reference, shift)
    return _resolve_year(str(reference.year + shift))


def _resolve_month(text: str, reference: datetime.date, future: bool) -> Optional[Days]:
    m = re.search(rf"\b(?:(last|next|this) )?({_LONG_MONTH})", text)
    if not m:
        return None
    month = MONTHS[m[2]]
    if m[1] == "next" or future:
        return _month(reference.year + (month <= reference.month), month)
    return _month(reference.year - (month > reference.month), month)


def _one_day(day: datetime.date) -> Days:
    return Days(day, day, "day")


def _week(day: datetime.date) -> Days:
    return Days(day, day + 6 * ONE_DAY, "week")


def _month(year: int, month: int) -> Days:
    first = datetime.date(year, month, 1)
    return Days(first, first.replace(day=calendar.monthrange(year, month)[1]), "month")


def _shifted_month(day: datetime.date, months: int) -> Days:
    count = day.year * 12 + day.month - 1 + months
    return _month(count // 12, count % 12 + 1)


_RELATIVE = (
    _resolve_month_day,
    _resolve_near,
    _resolve_ago,
    _resolve_weekday,
    _resolve_period,
    _resolve_season,
    _resolve_month,
)


_DAYS_EARLIER = re.compile(r"(?i)\bdays? (?:earlier|before)$")


def resolve_days(text: str, published_day: Optional[datetime.date]) -> list[tuple[Span, Optional[Days]]]:
    """The times that a sentence names, with their days; "a day earlier" is counted from the other day that it names."""
    dates = [(span, resolve_day(span.text, published_day)) for span in find_dates(text)]
    told = [days for span, days in dates if days and days.precision == "day" and not _DAYS_EARLIER.search(span.text)]
    return [
        (
            span,
            _resolve_ago(span.text.lower(), told[0].first, False) if told and _DAYS_EARLIER.search(span.text) else days,
        )
        for span, days in dates
    ]
