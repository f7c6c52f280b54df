"""What the words for a time mean in days, told on a day that is known: "on Sunday", "last week", "May 19"."""

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

MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
LONG_MONTH = "(?:" + "|".join(name for name in MONTHS if len(name) > 3 or name == "may") + r")\b"
TO_DAY = r"(?:\s?(?:to|[-–])\s?\d{1,2}(?:st|nd|rd|th)?)?"  # of a night: "17 to 18 May" is the 17th
YEAR = r"(?:1[89]\d\d|20\d\d)"
NUMBER = r"(?:\d{1,2}|" + "|".join(NUMBERS) + r"|a couple of)"


class Days(NamedTuple):
    """The first and the last day that a text can mean, and how precise it is: day, week, month or year."""

    first: datetime.date
    last: datetime.date
    precision: str


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


def _resolve_full(text: str) -> Optional[Days]:
    if m := re.search(r"\b(\d{4})-(\d\d)-(\d\d)\b", text):
        return _one_day(datetime.date(*map(int, m.groups())))
    if m := re.search(rf"\b({MONTH}) ?(\d{{1,2}})(?:st|nd|rd|th)? ({YEAR})\b", text):
        return _one_day(datetime.date(int(m[3]), MONTHS[m[1]], int(m[2])))
    if m := re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?{TO_DAY}(?: of)? ({MONTH}) ({YEAR}|\d\d)\b", text):
        return _one_day(datetime.date(_full_year(m[3]), MONTHS[m[2]], int(m[1])))
    if m := re.search(rf"\b({MONTH})(?: of)? ({YEAR})\b", text):
        return _month(int(m[2]), MONTHS[m[1]])
    return None


def _full_year(text: str) -> int:
    """A year of two digits ("4 Feb 90") is in the century that puts it before 2050."""
    year = int(text)
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def _resolve_year(text: str) -> Optional[Days]:
    if m := re.search(rf"\b({YEAR})\b", text):
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
    if m := re.search(rf"\b({MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b", text):
        month, day = MONTHS[m[1]], int(m[2])
    elif m := re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?{TO_DAY}(?: of)? ({MONTH})", text):
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
    if re.search(
        r"\b(today|tonight|this (morning|afternoon|evening)|(hour|minute)s? ago|hours|a ?m last night)\b", text
    ):
        return _one_day(reference)
    if "day before yesterday" in text:
        return _one_day(reference - 2 * ONE_DAY)
    if re.search(r"\b(yesterday|last night|overnight)\b", text):
        return _one_day(reference - ONE_DAY)
    return _one_day(reference + ONE_DAY) if "tomorrow" in text else None


def _resolve_ago(text: str, reference: datetime.date, future: bool) -> Optional[Days]:
    m = re.search(rf"\b({NUMBER})(?: of)? (day|night|week|month|year)s? (?:ago|earlier|before)\b", text)
    if not m:
        return None
    count = int(m[1]) if m[1].isdigit() else NUMBERS[m[1].replace("a couple of", "couple")]
    if m[2] in ("day", "night"):
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
    m = re.search(rf"\b(?:(last|next|this) )?({LONG_MONTH})", text)
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
