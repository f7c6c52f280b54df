"""What an article tells beside its news: older deeds, of which one sentence names the year, and the next no time."""

import datetime
import re
from collections.abc import Sequence
from typing import Optional

from transforms.events.days import Days
from transforms.events.headlines import LEAD
from transforms.events.lexicon import VIOLENT
from transforms.events.mentions import Mention
from transforms.events.pages import Page

_YEAR = re.compile(r"\b(?:19|20)\d\d\b|(?i:\blast year\b)")
_YEARS = re.compile(r"\b(?:in|of|since) ((?:19|20)\d\d)\b")
VIOLENCE = "violence"
_LONG_AGO = datetime.timedelta(days=30)
_REACH = 2  # sentences without a time that go on telling of an old day


def set_back(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of an article, in order, with those `historical` that only the words around them tell to be."""
    mentions = _set_nouns_back(mentions)
    telling = [mention for mention in mentions if not mention.trigger.weak]
    numbers = {mention.sentence_number for mention in telling}
    old = numbers - {mention.sentence_number for mention in telling if not _is_old(mention)}
    return [m._replace(realis="historical") if _goes_on(m, old, numbers) else m for m in mentions]


def _set_nouns_back(mentions: Sequence[Mention]) -> list[Mention]:
    """A noun without a time is of the old day of its sentence: "in 2017 a quake killed eight" tells of one quake. So is
    what the same people did besides: "have attacked ships since 2023, killing four"."""
    old: dict[tuple[int, str], Mention] = {}
    for mention in sorted(filter(_is_old, mentions), key=lambda m: not m.actors):
        old.setdefault((mention.sentence_number, kind_of(mention)), mention)
    out = []
    for mention in mentions:
        first = old.get((mention.sentence_number, kind_of(mention)))
        accused = (mention.sentence_number, "ACCUSE") in old and mention.trigger.event_type in VIOLENT
        first = first or (old[mention.sentence_number, "ACCUSE"] if accused else None)
        may_be = accused or not mention.is_verb or (first and _goes_along(mention, first))
        is_of_it = first and may_be and mention.realis == "actual" and not mention.time.days
        out.append(mention._replace(realis="historical", time=first.time) if is_of_it else mention)
    return out


def _goes_along(mention: Mention, first: Mention) -> bool:
    """Whether the same people did it in the clause of what is old, or in one beside it."""
    is_stated = mention.is_asserted and not first.is_asserted
    return bool(mention.actors) and mention.actors == first.actors and not is_stated


def set_happening_back(happening: Sequence[Mention], page: Page, day: Optional[datetime.date]) -> list[Mention]:
    """The mentions of a happening, `historical` where an article of the `day` tells it beside its news."""
    is_beside = day is not None and (_is_remembered(happening, page, day) or _is_beside(happening, page, day))
    return [m._replace(realis="historical") if is_beside and m.realis == "actual" else m for m in happening]


def _is_remembered(happening: Sequence[Mention], page: Page, day: datetime.date) -> bool:
    """Whether it is what people met to remember: violence without a day of these weeks."""
    is_violence = happening[0].trigger.event_type in VIOLENT - {"PROTEST"}
    return page.is_memorial and is_violence and all(time < day - _LONG_AGO for time in _times(happening))


def _is_beside(happening: Sequence[Mention], page: Page, day: datetime.date) -> bool:
    """Whether a peaceful article tells it far down, of a month long past, and its title has no word of it: "in July,
    a rival was shot" in a report on an election."""
    is_news = happening[0].sentence_number < LEAD or happening[0].trigger.told_type in page.topics
    if is_news or not (page.headline and page.is_peaceful):
        return False
    years = [year for m in happening for year in _YEARS.findall(m.sentence)]
    times = _times(happening) or [datetime.date(int(year), 12, 31) for year in years]
    return bool(times) and max(times) < day - _LONG_AGO


def _times(happening: Sequence[Mention]) -> list[datetime.date]:
    return [_latest(m.time.days) for m in happening if m.time.days and m.time.is_sure]


def _latest(days: Days) -> datetime.date:
    """The last day that a time means; the first, of a month that may be over."""
    return days.first if days.precision == "month" else days.last


def kind_of(mention: Mention) -> str:
    """The type, one for all violence: a quake "killed", a bomb "hit"."""
    return VIOLENCE if mention.trigger.event_type in VIOLENT else mention.trigger.event_type


def _is_old(mention: Mention) -> bool:
    year = mention.time.text and _YEAR.search(mention.time.text)
    return mention.realis == "historical" and bool(year) and mention.time.is_sure


def _goes_on(mention: Mention, old: set[int], numbers: set[int]) -> bool:
    """Whether the sentences before were of an old day, and that of the mention names no other."""
    if mention.time.days or mention.realis != "actual":
        return False
    for number in range(mention.sentence_number - 1, mention.sentence_number - 1 - _REACH, -1):
        if number in numbers:
            return number in old
    return False
