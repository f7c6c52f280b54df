"""What an article tells beside its news: older deeds, of which one sentence names the year, and the next no time."""

import datetime
import re
from collections.abc import Sequence
from typing import Optional

from transforms.events.headlines import LEAD
from transforms.events.lexicon import VIOLENT
from transforms.events.mentions import Mention
from transforms.events.pages import Page
from transforms.events.spans import tells_of_span

_YEAR = re.compile(r"\b(?:19|20)\d\d\b|(?i:\blast year\b)")
VIOLENCE = "violence"
_LONG_AGO = datetime.timedelta(days=30)
_REACH = 2  # sentences without a time that go on telling of an old day


def set_back(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of an article, in order, with those `historical` that only the words around them tell to be."""
    mentions = _set_nouns_back(mentions)
    telling = [mention for mention in mentions if not mention.trigger.weak]
    numbers = {mention.sentence_number for mention in telling}
    old = numbers - {mention.sentence_number for mention in telling if not _is_old(mention)}
    return [
        m._replace(realis="historical") if _goes_on(m, old, numbers) or _adds_up(m, mentions) else m for m in mentions
    ]


def _set_nouns_back(mentions: Sequence[Mention]) -> list[Mention]:
    """A noun without a time is of the old day of its sentence: "in 2017 a quake killed eight" tells of one quake. So is
    what the same people did besides: "have attacked ships since 2023, killing four"."""
    old: dict[tuple[int, str], Mention] = {}
    for mention in sorted(filter(_is_old, mentions), key=lambda m: not m.actors):
        old.setdefault((mention.sentence_number, kind_of(mention)), mention)
    out = []
    for mention in mentions:
        accused = old.get((mention.sentence_number, "ACCUSE")) if mention.trigger.event_type in VIOLENT else None
        first = old.get((mention.sentence_number, kind_of(mention)), accused)
        may_be = accused or not mention.is_verb or (first and mention.actors and mention.actors == first.actors)
        is_of_it = first and may_be and mention.realis == "actual" and not mention.time.days
        out.append(mention._replace(realis="historical", time=first.time) if is_of_it else mention)
    return out


def set_happening_back(happening: Sequence[Mention], page: Page, day: Optional[datetime.date]) -> list[Mention]:
    """The mentions of a happening, `historical` where an article of the `day` tells it beside its news."""
    is_beside = day is not None and _is_beside(happening, page, day)
    return [m._replace(realis="historical") if is_beside and m.realis == "actual" else m for m in happening]


def _is_beside(happening: Sequence[Mention], page: Page, day: datetime.date) -> bool:
    """Whether a peaceful article tells it far down, of a month long past, and its title has no word of it: "in July,
    a rival was shot" in a report on an election."""
    is_news = happening[0].sentence_number < LEAD or happening[0].trigger.told_type in page.topics
    if is_news or not (page.headline and page.is_peaceful):
        return False
    times = [m.time.days.last for m in happening if m.time.days and m.time.is_sure]
    return bool(times) and max(times) < day - _LONG_AGO


def kind_of(mention: Mention) -> str:
    """The type, one for all violence: a quake "killed", a bomb "hit"."""
    return VIOLENCE if mention.trigger.event_type in VIOLENT else mention.trigger.event_type


def _is_old(mention: Mention) -> bool:
    year = mention.time.text and _YEAR.search(mention.time.text)
    return mention.realis == "historical" and bool(year)


def _adds_up(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether it counts more of those whom the sentence before counts over a long time: "since May 25 were abducted;
    more than 500 were shot"."""
    if mention.actors or mention.time.days or not (mention.toll.killed or 0) > 1 or mention.realis != "actual":
        return False
    before = [m for m in mentions if m.sentence_number == mention.sentence_number - 1 and not m.trigger.weak]
    return any(m.realis == "historical" and tells_of_span(m.sentence.lower().split()) for m in before)


def _goes_on(mention: Mention, old: set[int], numbers: set[int]) -> bool:
    """Whether the sentences before were of an old day, and that of the mention names no other."""
    if mention.time.days or mention.realis != "actual":
        return False
    for number in range(mention.sentence_number - 1, mention.sentence_number - 1 - _REACH, -1):
        if number in numbers:
            return number in old
    return False
