"""When the news of an article happened, by the marks of the network, where the rules tell another day or none.

The rules take a day that hangs on the verb of the deed, or stands beside it; that of an earlier deed they take too, and
what is told five sentences on, "it began on Tuesday morning", they miss.
"""

import datetime
from collections.abc import Iterator
from typing import Optional

from transforms.events.dates import resolve_days
from transforms.events.marked import News
from transforms.events.timing import Timing
from transforms.records import ArticleEvent

DOUBTED = 0.15  # below this chance of its mark, the day that the rules tell may go
SURE = 0.8  # from this on, a day that only the network tells comes in


def redate(event: ArticleEvent, news: News, reference: Optional[datetime.date]) -> Optional[tuple[Timing, float]]:
    """The day of the news that the network marks and how likely it is; None where the day that is told stands.

    Args:
        event: As the rules tell it.
        reference: The day on which the article was written.
    """
    marked = list(_marked(news, reference))
    told = [chance for time, chance in marked if time.text == event.date_text]
    if event.happened_on and told and not 0 < max(told) < DOUBTED:  # 0: the network has not read it
        return None
    days = [(time, chance) for time, chance in marked if time.days and time.days.precision == "day"]
    time, chance = max(days, key=lambda each: each[1], default=(None, 0.0))
    return (time, chance) if chance >= SURE and time.days.first != event.happened_on else None


def _marked(news: News, reference: Optional[datetime.date]) -> Iterator[tuple[Timing, float]]:
    """Every time that the article names, and how likely it is the day of the news."""
    for number, sentence in enumerate(news.sentences):
        chances, start = news.chances(sentence, "day"), sentence.starts[0]
        for span, days in resolve_days(sentence.said(), reference):
            first, end = start + span.start, start + span.start + len(span.text)
            inside = [chance for at, chance in zip(sentence.starts, chances, strict=True) if first <= at < end]
            yield Timing(span.text, days, sentence_number=number), max(inside, default=0.0)
