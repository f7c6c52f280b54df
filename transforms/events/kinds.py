"""Which of the events is the news of an article, and of what type, by the kind of news that the network takes it for.

The rules rank by where and how often something is told, and know a type by its word. Where the network is far surer of
another kind than of theirs, the event of that kind comes first; if there is none, one is added that has who and where
of the first.
"""

from collections.abc import Sequence
from typing import Optional

from transforms.events.lexicon import EVENT_TYPES
from transforms.events.marked import News
from transforms.events.mentions import Mention
from transforms.records import ArticleEvent

SURER = 100  # times as likely another kind must be
_LEAST = 0.001
_BLOOD = "ASSAULT"
_ONE_KIND = {"CRIME": _BLOOD}  # the reports that the network learned from call a murder either
_HURT = 0.5  # the chance of a mark of the killed or injured


def base_type(event: ArticleEvent, happening: Sequence[Mention]) -> str:
    """The type of an event, or that which a type of the user's own is read as."""
    told = (m.trigger.event_type for m in happening if m.trigger.told_type == event.event_type)
    return next(told, event.event_type)


def kind_of_news(event_type: str, news: News) -> Optional[tuple[str, float]]:
    """The kind of the news and how likely it is, where that very likely is another than that of the type.

    None where it is not, and where it is no news.
    """
    chances = _by_kind(news)
    likeliest = max(chances, key=chances.__getitem__)
    told = chances.get(_plain(event_type), 0.0)
    if likeliest not in EVENT_TYPES or chances[likeliest] < SURER * max(told, _LEAST):
        return None
    return likeliest, chances[likeliest]


def chance_of_kind(event_type: str, news: News) -> float:
    """How likely the news is of the kind that events of a type are of."""
    return _by_kind(news).get(_plain(event_type), 0.0)


def find_news(events: Sequence[ArticleEvent], happenings: Sequence[Sequence[Mention]], kind: str) -> Optional[int]:
    """The first of the events that is of that kind and has happened, else that is of that kind; else None."""
    types = map(base_type, events, happenings)
    found = [number for number, event_type in enumerate(types) if _plain(event_type) == kind]
    return min(found, key=lambda number: events[number].realis != "actual", default=None)


def type_of(kind: str, news: News) -> str:
    """The type of an event of that kind: a crime that hurts nobody is none of violence."""
    is_crime = kind == _BLOOD and news.kinds["CRIME"] > news.kinds[_BLOOD]
    is_bloody = any(news.most(mark) >= _HURT for mark in ("killed", "injured"))
    return "CRIME" if is_crime and not is_bloody else kind


def _by_kind(news: News) -> dict[str, float]:
    chances: dict[str, float] = {}
    for kind, chance in news.kinds.items():
        chances[_plain(kind)] = chances.get(_plain(kind), 0.0) + chance
    return chances


def _plain(kind: str) -> str:
    return _ONE_KIND.get(kind, kind)
