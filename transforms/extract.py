"""Extract: from articles to the events that they report, and from those to the events of their stories."""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

import apache_beam as beam
from apache_beam import pvalue
from apache_beam.utils.shared import Shared
from spacy.language import Language

from transforms.events import merge_events
from transforms.fates import DEAD, REJECTED, Fates, settle
from transforms.happenings import find_events
from transforms.nlp import load_pipeline, read_texts
from transforms.records import Article, ArticleEvent, Event, Told

ARTICLE_EVENTS = "article_events"


@dataclasses.dataclass(frozen=True)
class NlpSettings:
    """Which spaCy pipeline reads, and how many articles at a time."""

    pipeline: str
    batch_articles: int


def tell(articles: list[Article], nlp: Language) -> Iterator[Told | Exception]:
    """What each of `articles` tells, in order; an exception where reading one failed, the others unharmed."""
    try:
        with nlp.memory_zone():
            told = [_tell_one(article, doc) for article, doc in zip(articles, _read(articles, nlp), strict=True)]
    except Exception as error:
        if len(articles) == 1:
            yield error
            return
        for article in articles:  # one of them is to blame: read them one by one
            yield from tell([article], nlp)
        return
    yield from told


def _read(articles: list[Article], nlp: Language) -> Iterable[Any]:
    return read_texts(nlp, (article.text for article in articles))


def _tell_one(article: Article, doc: Any) -> Told:
    return Told(article, find_events(article, doc))


@dataclasses.dataclass
class ExtractEvents(beam.PTransform):
    """In: Article, placed. Out: Told. Stateless; the model is loaded once a process."""

    settings: NlpSettings
    fates: Fates

    def expand(self, articles: beam.PCollection) -> beam.PCollection:
        return self.fates.of(
            articles
            | "Batch" >> beam.BatchElements(min_batch_size=1, max_batch_size=self.settings.batch_articles)
            | "Read"
            >> beam.ParDo(_TellFn(self.settings.pipeline, Shared()))
            .with_outputs(REJECTED, DEAD)
            .with_output_types(Told)
        )


class _TellFn(beam.DoFn):
    def __init__(self, pipeline: str, shared: Shared):
        self.pipeline, self.shared = pipeline, shared

    def setup(self):
        self.nlp = self.shared.acquire(self._load, tag=self.pipeline)

    def _load(self) -> Language:
        return load_pipeline(self.pipeline)

    def process(self, articles: list[Article]):
        for article, told in zip(articles, tell(articles, self.nlp), strict=True):
            yield settle("extract", article, told)


@dataclasses.dataclass
class MergeEvents(beam.PTransform):
    """In: Told. Out: `article_events` (ArticleEvent with its event), `events` (Event, new revisions only).

    `remembered` turns the times of what is told into the events that are live then.
    """

    remembered: beam.PTransform

    def expand(self, told: beam.PCollection) -> dict[str, beam.PCollection]:
        prior = told | "Times" >> beam.Map(_time_of).with_output_types(float) | "Remember" >> self.remembered
        outputs = (
            {
                "told": told | "ToldByStory" >> beam.Map(_by_story).with_output_types(tuple[str, Told]),
                "prior": prior | "PriorByStory" >> beam.Map(_event_by_story).with_output_types(tuple[str, Event]),
            }
            | "Meet" >> beam.CoGroupByKey()
            | "Merge" >> beam.ParDo(_MergeFn()).with_outputs(ARTICLE_EVENTS)
        )
        return {
            "article_events": outputs[ARTICLE_EVENTS] | "Told" >> beam.Map(_same).with_output_types(ArticleEvent),
            "events": outputs[None] | "Merged" >> beam.Map(_same).with_output_types(Event),
        }


class _MergeFn(beam.DoFn):
    def process(self, keyed: tuple[str, dict[str, Iterable[Any]]]):
        told = list(keyed[1]["told"])
        if not told:
            return
        article_events, events = merge_events(newest_revisions(keyed[1]["prior"]), told)
        yield from events
        for event in article_events:
            yield pvalue.TaggedOutput(ARTICLE_EVENTS, event)


def newest_revisions(events: Iterable[Event]) -> list[Event]:
    """Of several revisions of an event the newest."""
    newest: dict[str, Event] = {}
    for event in events:
        if event.event_id not in newest or newest[event.event_id].revision < event.revision:
            newest[event.event_id] = event
    return [newest[event_id] for event_id in sorted(newest)]


def _time_of(told: Told) -> float:
    return (told.article.published_at or told.article.fetched_at).micros / 1e6


def _by_story(told: Told) -> tuple[str, Told]:
    return told.article.story_id or "", told


def _event_by_story(event: Event) -> tuple[str, Event]:
    return event.story_id, event


def _same(element: Any) -> Any:
    return element
