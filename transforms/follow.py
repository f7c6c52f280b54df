"""Follow: the events of stories in a stream, merged as their articles come."""

import dataclasses
from collections.abc import Iterator
from typing import Any, NamedTuple, Optional

import apache_beam as beam
from apache_beam import pvalue
from apache_beam.coders import VarIntCoder
from apache_beam.transforms import userstate
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.utils.timestamp import Duration

from transforms.coders import register
from transforms.events.memory import EventMemory
from transforms.extract import ARTICLE_EVENTS
from transforms.fates import typed
from transforms.records import ArticleEvent, Event, Told
from transforms.state import RecordCoder

TIDY_SECONDS = 3_600  # event time after an article, when the memory is tidied up
ALL = "events"  # the one key: an event goes where its articles go, from any story to any other


class News(NamedTuple):
    """One of three: what an article tells; that it moved to another story; or an event that an earlier job knew."""

    told: Optional[Told] = None
    article_id: Optional[str] = None
    story_id: Optional[str] = None
    event: Optional[Event] = None


class Place(NamedTuple):
    """The story to which an article moved after it was told; the latest step counts."""

    article_id: str
    story_id: str
    step: int


register(News)
register(Place)


@dataclasses.dataclass
class FollowEvents(beam.PTransform):
    """In: `told` (Told), `moved` (article_id, story_id), `remembered` (Event). Out: as `MergeEvents`.

    Stateful under one key: an article costs about a millisecond here, and hundreds in the steps before it. What was
    last reported `live_days` ago is forgotten.
    """

    live_days: float

    def expand(self, found):
        told = found["told"] | "Told" >> beam.Map(_of_told).with_output_types(tuple[str, News])
        moved = found["moved"] | "Moved" >> beam.Map(_of_moved).with_output_types(tuple[str, News])
        remembered = found["remembered"] | "Remembered" >> beam.Map(_of_event).with_output_types(tuple[str, News])
        outputs = (
            (told, moved, remembered)
            | beam.Flatten()
            | "Merge" >> beam.ParDo(_FollowFn(self.live_days)).with_outputs(ARTICLE_EVENTS)
        )
        return {
            "article_events": typed(outputs[ARTICLE_EVENTS], ArticleEvent),
            "events": typed(outputs[None], Event),
        }


class _FollowFn(beam.DoFn):
    """Holds revisions and places in bags; the memory made from them is kept between elements while it is current."""

    EVENTS = userstate.BagStateSpec("events", RecordCoder(Event))
    PLACES = userstate.BagStateSpec("places", RecordCoder(Place))
    STEPS = userstate.ReadModifyWriteStateSpec("steps", VarIntCoder())
    TIDY = userstate.TimerSpec("tidy", TimeDomain.WATERMARK)

    def __init__(self, live_days: float):
        self.live_days = live_days

    def setup(self):
        self.kept: tuple[int, EventMemory] = (-1, EventMemory())

    def process(
        self,
        keyed: tuple[str, News],
        time=beam.DoFn.TimestampParam,
        events=beam.DoFn.StateParam(EVENTS),
        places=beam.DoFn.StateParam(PLACES),
        steps=beam.DoFn.StateParam(STEPS),
        tidy=beam.DoFn.TimerParam(TIDY),
    ):
        news, memory = keyed[1], self._memory(events, places, steps)
        for output in take_in(memory, news):
            if isinstance(output, Event):
                events.add(output)
            yield output
        if news.event:
            events.add(news.event)
        article_id = news.told.article.article_id if news.told else news.article_id
        if article_id in memory.places:
            places.add(Place(article_id, memory.places[article_id], steps.read() or 0))
        self._keep(memory, steps)
        if not news.event:
            tidy.set(time + Duration.of(TIDY_SECONDS))

    @userstate.on_timer(TIDY)
    def forget(
        self,
        events=beam.DoFn.StateParam(EVENTS),
        places=beam.DoFn.StateParam(PLACES),
        steps=beam.DoFn.StateParam(STEPS),
    ):
        """Leaves one revision an event in the bag, of live events only."""
        memory = self._memory(events, places, steps)
        memory.expire(self.live_days)
        events.clear()
        places.clear()
        for event in memory.events.values():
            events.add(event)
        for article_id, story_id in memory.places.items():
            places.add(Place(article_id, story_id, steps.read() or 0))
        self._keep(memory, steps)

    def _memory(self, events: Any, places: Any, steps: Any) -> EventMemory:
        count, memory = self.kept
        if count == (steps.read() or 0):
            return memory
        moves = sorted(places.read(), key=lambda place: place.step)
        return EventMemory(events.read(), ((place.article_id, place.story_id) for place in moves))

    def _keep(self, memory: EventMemory, steps: Any) -> None:
        count = (steps.read() or 0) + 1
        self.kept = (count, memory)
        steps.write(count)


def take_in(memory: EventMemory, news: News) -> Iterator[Any]:
    """What follows from one piece of news. Plain: Event, a new revision. Tagged: ARTICLE_EVENTS."""
    if news.event:
        memory.hold(news.event)
    elif news.told:
        rows, revisions = memory.tell(news.told)
        yield from revisions
        for row in rows:
            yield pvalue.TaggedOutput(ARTICLE_EVENTS, row)
    else:
        yield from memory.move(news.article_id, news.story_id)


def _of_told(told: Told) -> tuple[str, News]:
    return ALL, News(told=Told(told.article._replace(text=""), told.events))  # the text has been read


def _of_moved(moved: tuple[str, str]) -> tuple[str, News]:
    return ALL, News(article_id=moved[0], story_id=moved[1])


def _of_event(event: Event) -> tuple[str, News]:
    return ALL, News(event=event)
