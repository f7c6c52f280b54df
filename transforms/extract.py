"""Extract: from articles to the events that they report, and from those to the events of their stories."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Optional

import apache_beam as beam
from apache_beam import pvalue
from apache_beam.utils.shared import Shared
from spacy.tokens import Doc

from transforms.events.accounts import Account
from transforms.events.explaining import explain_account
from transforms.events.happenings import read_article
from transforms.events.headlines import end_of_title, plain_case
from transforms.events.lexicon import LexiconFile
from transforms.events.linking import link_events, spot_of
from transforms.events.merging import merge_events
from transforms.events.nlp import load_pipeline, mend, read_texts
from transforms.events.ontology import load_ontology
from transforms.events.outlets import home_of
from transforms.fates import DEAD, REJECTED, Fates, settle, typed
from transforms.language.marks import Marker
from transforms.records import Article, ArticleEvent, Event, Told

ARTICLE_EVENTS = "article_events"
READER = Shared()  # one for all runs of a process: a handle of its own for each graph would load the model again


@dataclasses.dataclass(frozen=True)
class NlpSettings:
    """Which spaCy pipeline reads, how many articles at a time, and the user's own tables."""

    pipeline: str
    batch_articles: int
    lexicon: Sequence[LexiconFile] = ()


class Reader:
    """A language pipeline and the tables to read by. Large: one a process.

    UsageError if there is no such pipeline, or a line of a table cannot be right.
    """

    def __init__(self, settings: NlpSettings):
        self.nlp = load_pipeline(settings.pipeline)
        self.ontology = load_ontology(settings.lexicon)
        self.marker = Marker()

    def tell(self, articles: Sequence[Article]) -> Iterator[Told | Exception]:
        """What each of `articles` tells, in order; an exception where reading one failed, the others unharmed.

        An article in another language than English tells nothing.
        """
        try:
            with self.nlp.memory_zone():
                told = [Told(article, account.events) for article, account in self._accounts(articles)]
        except Exception as error:
            if len(articles) == 1:
                yield error
                return
            for article in articles:  # one of them is to blame: read them one by one
                yield from self.tell([article])
            return
        yield from told

    def explain(self, article: Article) -> list[str]:
        """How the events of an article came about, line by line."""
        with self.nlp.memory_zone():
            [(_, account)] = self._accounts([article])
            return list(explain_account(account))

    def _accounts(self, articles: Sequence[Article]) -> Iterator[tuple[Article, Account]]:
        starts = [end_of_title(article.title or "", article.text) for article in articles]
        texts = [a.text[start:] if _is_readable(a) else "" for a, start in zip(articles, starts, strict=True)]
        docs = list(read_texts(self.nlp, texts))
        pairs = zip(articles, texts, strict=True)
        titles = (plain_case(article.title or "", text) for article, text in pairs)
        headlines = read_texts(self.nlp, titles)
        for article, start, doc, headline in zip(articles, starts, docs, headlines, strict=True):
            account = self._account(article, doc, headline)
            yield article, account._replace(events=[_moved(event, start) for event in account.events])

    def _account(self, article: Article, doc: Doc, headline: Doc) -> Account:
        published = article.published_at
        return read_article(
            doc,
            self.ontology,
            article_id=article.article_id,
            article_version=article.version,
            url=article.url,
            title=article.title and mend(article.title),
            published_day=published.to_utc_datetime().date() if published else None,
            outlet=home_of(article.outlet, article.url, self.ontology.domains, self.ontology.gazetteer.cities),
            headline=headline,
            marker=self.marker,
        )


def _moved(event: ArticleEvent, by: int) -> ArticleEvent:
    return event._replace(char_start=event.char_start + by, char_end=event.char_end + by)


def _is_readable(article: Article) -> bool:
    return article.language in (None, "en")


@dataclasses.dataclass
class ExtractEvents(beam.PTransform):
    """In: Article, placed. Out: Told. Stateless."""

    settings: NlpSettings
    fates: Fates

    def expand(self, articles: beam.PCollection) -> beam.PCollection:
        batches = articles | "Batch" >> beam.BatchElements(max_batch_size=self.settings.batch_articles)
        read = beam.ParDo(_TellFn(self.settings)).with_outputs(REJECTED, DEAD)
        return self.fates.of(batches | "Read" >> read, Told)


class _TellFn(beam.DoFn):
    def __init__(self, settings: NlpSettings):
        self.settings = settings

    def process(self, articles: list[Article]):
        reader = READER.acquire(self._load, tag=self.settings)  # not in setup: a run without news needs no model
        for article, told in zip(articles, reader.tell(articles), strict=True):
            yield settle("extract", article, told)

    def _load(self) -> Reader:
        return Reader(self.settings)


@dataclasses.dataclass
class MergeEvents(beam.PTransform):
    """In: `told` (Told), `moved` (article_id, story_id). Out: `article_events` (ArticleEvent), `events` (Event).

    The former have their event_id, of the latter there are new revisions only. `remembered` turns the times of what is
    told into the events that are live then; where most of an event's articles belong to another story now, it follows.
    What stories tell is linked to what others tell of the same day and spot.
    """

    remembered: beam.PTransform

    def expand(self, found):
        told, moved = found["told"], pvalue.AsDict(found["moved"])
        prior = told | "Times" >> beam.Map(_time_of).with_output_types(float) | "Remember" >> self.remembered
        outputs = (
            {
                "told": told | "ToldByStory" >> beam.Map(_by_story).with_output_types(tuple[str, Told]),
                "prior": prior
                | "PriorByStory" >> beam.Map(_event_by_story, moved).with_output_types(tuple[str, Event]),
            }
            | "Meet" >> beam.CoGroupByKey()
            | "Merge" >> beam.ParDo(_MergeFn()).with_outputs(ARTICLE_EVENTS)
        )
        merged = typed(outputs[None], Event)
        return {
            "article_events": typed(outputs[ARTICLE_EVENTS], ArticleEvent),
            "events": {"merged": merged, "prior": prior} | "Link" >> LinkEvents(),
        }


class LinkEvents(beam.PTransform):
    """In: `merged` (Event), the revisions of this run; `prior` (Event). Out: Event, the revisions with their links.

    Of `prior` only what shares a day and a spot with a revision is looked at.
    """

    def expand(self, found):
        merged, prior = found["merged"], found["prior"]
        spots = merged | "Spots" >> beam.Map(_spot_of_id).with_output_types(tuple[str, Optional[str]])
        near = prior | "Near" >> beam.ParDo(_NearFn(), pvalue.AsDict(spots)).with_output_types(tuple[str, Event])
        placed = merged | "Placed" >> beam.Map(_by_spot).with_output_types(tuple[str, Event])
        linked = {"new": placed, "prior": near} | "AtSpot" >> beam.CoGroupByKey() | "Link" >> beam.FlatMap(_link)
        return typed(linked, Event)


class _NearFn(beam.DoFn):
    """Remembered events at the spots of new revisions, but not those that are revised themselves."""

    def setup(self):
        self.kept: tuple[Any, frozenset[Optional[str]]] = (None, frozenset())

    def process(self, event: Event, spots: Mapping[str, Optional[str]]):
        if self.kept[0] is not spots:
            self.kept = (spots, frozenset(spots.values()))
        spot = spot_of(event)
        if spot and event.event_id not in spots and spot in self.kept[1]:
            yield spot, event


def _spot_of_id(event: Event) -> tuple[str, Optional[str]]:
    return event.event_id, spot_of(event)


def _by_spot(event: Event) -> tuple[str, Event]:
    return spot_of(event) or event.event_id, event


def _link(keyed: tuple[str, dict[str, Iterable[Event]]]) -> Iterator[Event]:
    new = {event.event_id: event for event in keyed[1]["new"]}
    prior = newest_revisions(keyed[1]["prior"])
    linked = link_events(sorted([*new.values(), *prior], key=_id_of), new.keys())
    yield from (new | {event.event_id: event for event in linked}).values()


def _id_of(event: Event) -> str:
    return event.event_id


class _MergeFn(beam.DoFn):
    def process(self, keyed: tuple[str, dict[str, Iterable[Any]]]):
        story_id, found = keyed
        told = [(each.article, each.events) for each in found["told"]]
        prior = newest_revisions(found["prior"])
        moved = any(event.story_id != story_id for event in prior)
        article_events, events = merge_events(story_id, prior, told) if told or moved else ([], [])
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


def _event_by_story(event: Event, moved: Mapping[str, str]) -> tuple[str, Event]:
    stories = Counter(moved.get(claim.article_id, event.story_id) for claim in event.claims)
    return max(stories, key=lambda story_id: (stories[story_id], story_id), default=event.story_id), event
