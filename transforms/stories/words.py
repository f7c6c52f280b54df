"""Words, names, numbers and days of a news text, by plain patterns: what `similarity` compares articles by.

Nothing here needs a model, so that an article costs about a millisecond and every language with words is served;
English is served best (stop words, endings, number words, months). A tokenised text ("`` We", "37 - year - old")
reads like a typeset one.
"""

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

_STOP_WORDS = """
    a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each few for from further had has have having he her here hers
    him his how i if in into is it its itself just me more most my no nor not now of off on once only or other our out
    over own same say said says saying she should so some such than that the their them then there these they this
    those through to told too under until up very was we were what when where which while who whom why will with would
    you your mr mrs ms dr according one two new
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
_MONTH_NAMES = "january february march april may june july august september october november december"
_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS, _WEEKDAYS = _MONTH_NAMES.split(), _WEEKDAY_NAMES.split()
_MONTHS_SHORT = [name[:3] for name in _MONTHS]
_CALENDAR = frozenset([*_MONTHS, *_MONTHS_SHORT, "sept", *_WEEKDAYS]) - {"may", "mar"}
_DATELINE = frozenset("posted updated published am pm et gmt utc bst cet est edt cst cdt mst pst pdt".split())
_UNCOUNTED = STOP_WORDS | _CALENDAR | _DATELINE | {"last", "next", "first", "may", "march"}
_FROM_TWO = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_FROM_TWO, 2)}

_TYPESETTING = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"``|''|[“”„«»]", '"'),
        (r"[\u2018\u2019`]", "'"),
        (r"[\u2010\u2011]", "-"),
        (r"[^\S\n]+", " "),
        (r" ([,.;:!?%)\]])", r"\1"),
        (r"([(\[$]) ", r"\1"),
        (r"(\w) ?('s|'re|'ve|'ll|'d|'m|n't)\b", r"\1\2"),
        (r"(\w) - (\w)", r"\1-\2"),
    )
]
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_TOKEN = re.compile(r"[\w'&-]+")
_SENTENCE_END = re.compile(r"(?<=[.!?:\"])\s+|\n+")
_LOWER = re.compile(r"\b[a-z][\w'-]+")
_NUMBER = re.compile(r"\b\d[\d,]*(?:\.\d+)?\b")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_PLAIN_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AGE = re.compile(
    r"\b(\d{1,2})-(?:year|month)s?-old|,\s(\d{1,2}),|\b[Aa]ged?(?: of)? (\d{1,3})\b|\bdie[sd]? at (\d{2,3})\b"
)
_COUNT = re.compile(rf"\b(\d[\d,.]*(?<![,.])|{'|'.join(_NUMBER_WORDS)})[\s-]+([a-z]{{3,}})")
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_MONTH} {_DAY}\b(?!:)(?: ?,? {_YEAR})?",  # May 3, 2013
        rf"\b{_DAY} (?:of )?{_MONTH}\b(?: ?,? {_YEAR})?",  # 3 May 2013
        rf"\b{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b",
        rf"\b(?P<month>[01]?\d) ?/ ?(?P<day>[0-3]?\d) ?/ ?{_YEAR}",
    )
]
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def normalise(text: str) -> str:
    """The text with one form of quotes, hyphens and blanks, and without a tokeniser's gaps."""
    text = unicodedata.normalize("NFKC", text)
    for pattern, replacement in _TYPESETTING:
        text = pattern.sub(replacement, text)
    return text.strip()


def stem(word: str) -> str:
    """A word without its commonest English endings: 'shootings' and 'shooting' are one."""
    word = word.removesuffix("'s")
    size = len(word)
    if size > 5 and word.endswith("ies"):
        return word[:-3] + "y"
    if size > 5 and word.endswith("ing"):
        return word[:-3]
    if size > 4 and word.endswith("ed"):
        return word[:-2]
    if size > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def tokens(text: str) -> list[str]:
    """All words in lower case, as they stand."""
    return _WORD.findall(text.lower())


def terms(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, repeated as often as they occur."""
    return [stem(word) for word in tokens(text) if len(word) > 1 and word not in STOP_WORDS]


def name_phrases(text: str, title: str = "") -> Iterator[list[str]]:
    """Runs of capitalised words, in lower case: people, places, organisations, and the odd false one.

    A capital at the start of a sentence, or in a title, counts only if the word never occurs in lower case; those of
    days and months never do.
    """
    common = {word for part in (title, text) for word in _LOWER.findall(part)}
    yield from _runs(_TOKEN.findall(title), common, doubted=len(title))
    for sentence in _SENTENCE_END.split(text):
        yield from _runs(_TOKEN.findall(sentence), common, doubted=1)


def _runs(words: list[str], common: set[str], doubted: int) -> Iterator[list[str]]:
    """Runs of names; the capitals of the first `doubted` words say little."""
    run: list[str] = []
    for position, word in enumerate([*words, ""]):
        if _is_name(word, position < doubted, common):
            run.append(word.lower().removesuffix("'s").rstrip("'"))
        elif run:
            if len(run) <= 5:  # longer: a headline in capitals
                yield run
            run = []


def _is_name(word: str, doubted: bool, common: set[str]) -> bool:
    lower = word.lower()
    if not word[:1].isupper() or lower in STOP_WORDS or lower in _CALENDAR or lower in _DATELINE:
        return False
    return not (doubted and lower in common)


def numbers(text: str) -> list[str]:
    """Numbers as keys, each once: 'a17' an age, '4 people' a count, '7:30' a time, '1910' as it stands."""
    ages = ("a" + "".join(found) for found in _AGE.findall(text))
    counted = (
        (n, noun) for n, noun in _COUNT.findall(text.lower()) if noun not in _UNCOUNTED and not _PLAIN_YEAR.match(n)
    )
    counts = (f"{_NUMBER_WORDS.get(n, n)} {stem(noun)}" for n, noun in counted)
    plain = (number.replace(",", "") for number in _NUMBER.findall(text))
    return _once([*ages, *counts, *_CLOCK.findall(text), *plain])


def years(text: str) -> list[int]:
    """Years that a text names, each once."""
    return _once(int(year) for year in _PLAIN_YEAR.findall(text))


def days(text: str, written_on: datetime.date | None) -> list[int]:
    """Days that a text names, as ordinals, each once. Without the day it was written on, only full dates are known.

    A weekday is taken for the last one before (or on) the day of writing, a date without a year for the nearest.
    """
    dates = [_date(match.groupdict(), written_on) for pattern in _DATES for match in pattern.finditer(text)]
    if written_on:
        dates += [_last(match[0], written_on) for match in _WEEKDAY.finditer(text)]
    return _once(day.toordinal() for day in dates if day)


def _date(found: dict[str, str | None], near: datetime.date | None) -> datetime.date | None:
    year, month, day = found["year"], found["month"], int(found["day"])
    years = [int(year)] if year else [near.year + shift for shift in (-1, 0, 1)] if near else []
    number = int(month) if month.isdigit() else _MONTHS_SHORT.index(month.lower()) + 1
    dates = [date for year in years if (date := _valid_date(year, number, day))]
    return min(dates, key=lambda date: abs((date - near).days) if near else 0, default=None)


def _valid_date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:  # the 30th of February
        return None


def _last(weekday: str, near: datetime.date) -> datetime.date:
    return near - datetime.timedelta(days=(near.weekday() - _WEEKDAYS.index(weekday.lower())) % 7)


def _once(values: Iterable) -> list:
    return list(Counter(values))
