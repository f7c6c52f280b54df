"""The day of a happening that no sentence on it tells, from those beside: "A man was shot. Police came on Sunday".

A day is left alone where it is that of something else: of saying it, of what a court or the police did afterwards, of
another event. Days to come, older ones and vaguer times are none: they are mostly of the background.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Optional

from transforms.events.background import VIOLENCE, kind_of
from transforms.events.dates import resolve_days
from transforms.events.days import Days
from transforms.events.lexicon import OF_WORDS
from transforms.events.mentions import Mention
from transforms.events.sentences import Sentence
from transforms.events.timing import Timing, is_owned, verb_of_time
from transforms.events.wordlists import ARRESTING, JUDGING, SEARCHING, TELLING, word_set

_STEPS = (0, 1, -1, 2, -2)  # sentences from one that tells of it, the likeliest first
_NAMING = word_set("identify name present parade")  # who was arrested is shown to the press some day
_FOLLOWING = (JUDGING | ARRESTING | SEARCHING) - {"try"}  # "officers tried to stop a car"
_OF_LAW = (
    JUDGING | ARRESTING | word_set("appear catch find hear hold pick remand take")
)  # what is done on the day of an arrest
_ENDING = re.compile(r"\b(?:until|till|by|before) (?:late |early )?$")  # "silent until yesterday"
_RECENT = datetime.timedelta(days=7)


class Article(NamedTuple):
    """What days are looked for in."""

    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    published_day: Optional[datetime.date]  # what days are counted from


def date_beside(happening: Sequence[Mention], article: Article) -> list[Mention]:
    """The mentions of a happening; where none has a day, the first that tells of it with the one that stands beside."""
    if article.published_day is None:
        return list(happening)
    daily = [m for m in happening if m.time.days and m.time.days.precision == "day"]
    of_telling = [m for m in daily if _is_only_told(m, article)]
    is_dated = len(of_telling) < len(daily)
    if is_dated and of_telling:
        return [m._replace(time=Timing()) if m in of_telling else m for m in happening]
    told = [m for m in happening if m.realis == "actual" and not m.trigger.weak and not m.is_other]
    times = [m.time for m in happening if m.time.days]
    within = [time.days for time in times if time.is_sure]  # "over the weekend"
    time = None if is_dated else next((t for t in _times(told, article, within) if _fits(t.days, within)), None)
    return [m._replace(time=time) if time and m is told[0] else m for m in happening]


def _is_only_told(mention: Mention, article: Article) -> bool:
    """Whether the day of a mention is no more than that of telling it: "killed ten, a doctor said [on Tuesday]"."""
    if mention.time.is_sure or mention.time.sentence_number is not None or mention.trigger.event_type in OF_WORDS:
        return False
    sentence = article.sentences[mention.sentence_number]
    spans = [span for span, _ in resolve_days(sentence.said(), article.published_day) if span.text == mention.time.text]
    return len(spans) == 1 and verb_of_time(sentence, spans[0]) in TELLING


def _fits(day: Days, within: Sequence[Days]) -> bool:
    return all(days.first <= day.first <= days.last for days in within)


def _times(told: Sequence[Mention], article: Article, within: Sequence[Days]) -> Iterator[Timing]:
    for mention in told:
        for step in _STEPS:
            number = mention.sentence_number + step
            if 0 <= number < len(article.sentences):
                yield from _days_in(number, mention, article, bool(within))


def _days_in(number: int, mention: Mention, article: Article, is_bounded: bool) -> Iterator[Timing]:
    """The days of the sentence `number` that can be that of what `mention` tells; of another deed's if it `is_bounded`:
    "nine were killed at the weekend. Gunmen had surrounded the village on Saturday"."""
    sentence = article.sentences[number]
    others = [m for m in article.mentions if m.sentence_number == number and kind_of(m) != kind_of(mention)]
    if mention.trigger.mode == "arrest":  # "seized on Monday on a charge of murder"
        others = [m for m in others if m.is_verb]
    is_of_words = mention.trigger.event_type in OF_WORDS
    taken = {m.time.text for m in others if m.time.is_sure and m.realis != "historical" and not is_bounded}
    said = sentence.said()
    for span, days in resolve_days(said, article.published_day):
        if days and _is_recent(days, article) and span.text not in taken:
            verb = verb_of_time(sentence, span)
            if _ENDING.search(said[: span.start]) or (is_of_words and is_owned(sentence, span)):
                continue
            if not (verb and _is_of_another(verb, mention)):
                yield Timing(span.text, days, sentence_number=number)


def _is_recent(days: Days, article: Article) -> bool:
    return days.precision == "day" and article.published_day - _RECENT <= days.first <= article.published_day


def _is_of_another(verb: str, mention: Mention) -> bool:
    """Whether a verb is of telling, which for what is done by words or in court is the deed itself, or of what follows
    violence."""
    is_of_words = mention.trigger.event_type in OF_WORDS or mention.trigger.mode in ("arrest", "convict")
    if verb in _NAMING:
        return mention.trigger.event_type not in OF_WORDS
    if mention.trigger.lemma in JUDGING | ARRESTING:
        return verb not in _OF_LAW and not (verb in TELLING and is_of_words)
    follows = kind_of(mention) == VIOLENCE and verb in _FOLLOWING
    return follows or (verb in TELLING and not is_of_words)
