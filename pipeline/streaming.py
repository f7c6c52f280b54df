"""The streaming graph on one screen: the arrows of `graph`, fed by ticks and messages that never end."""

import dataclasses
from collections.abc import Sequence
from typing import Any, Optional

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.transforms.periodicsequence import PeriodicImpulse
from apache_beam.utils.timestamp import Duration, Timestamp

from pipeline import tables
from pipeline.config import Config
from pipeline.options import LOCAL_RUNNER
from transforms.clean import CleanArticles
from transforms.dedupe import DedupeStream
from transforms.errors import UsageError
from transforms.extract import ExtractEvents
from transforms.fates import Fates
from transforms.fetch import FetchStream
from transforms.follow import FollowEvents
from transforms.receive import ReceiveEntries, message_of
from transforms.records import Feed, Message
from transforms.watch import WatchFeeds, subscriptions_of

LOCAL_RUNNERS = frozenset("fnapirunner bundlebaseddirectrunner directrunner prismrunner switchingdirectrunner".split())
TICK_SECONDS = 60.0  # between two looks at which feeds are due
RECALL_SECONDS = 120.0  # before the first look: what an earlier job wrote is to be read by then
FEED_MEMORY_DAYS = 35


@dataclasses.dataclass
class Ticks(beam.PTransform):
    """In: the pipeline. Out: one element every `TICK_SECONDS`, until the job is drained."""

    def expand(self, pipeline: beam.Pipeline) -> beam.PCollection:
        return pipeline | PeriodicImpulse(Timestamp.now() + RECALL_SECONDS, fire_interval=TICK_SECONDS)


@dataclasses.dataclass(frozen=True)
class Sources:
    """Where a streaming job reads: feeds, a Pub/Sub subscription of addresses, or both."""

    feeds: Sequence[Feed]
    subscription: Optional[str] = None  # projects/P/subscriptions/S
    ticks: beam.PTransform = dataclasses.field(default_factory=Ticks)  # when to see which feeds are due


def start_stream(sources: Sources, config: Config, destination: Any, options: PipelineOptions) -> str:
    """Starts the streaming job and returns at once; says where it runs. UsageError if it could not run there."""
    runner = options.view_as(StandardOptions).runner or LOCAL_RUNNER
    if runner.rpartition(".")[2].lower() in LOCAL_RUNNERS:
        raise UsageError(
            "--stream: no runner on this machine fires windows and timers of a source that never ends; use --every 10m "
            "here, or a runner that does: -- --runner=DataflowRunner --project=P --region=R --temp_location=gs://BUCKET/tmp"
        )
    if not destination.root.startswith("bigquery:"):
        raise UsageError(
            f"--stream: {destination.root} is committed run by run, and a stream has no runs; use --to "
            "bigquery:PROJECT.DATASET, or --every into a folder"
        )
    from pipeline.bigquery.streaming import WriteStreams  # a library that only this needs

    options.view_as(StandardOptions).streaming = True
    pipeline = beam.Pipeline(options=options)
    prepared = destination.prepared()
    build_stream(pipeline, sources, config, prepared, WriteStreams(prepared))
    result = pipeline.run()
    job = getattr(result, "job_id", None)
    return f"started: {job() if job else runner}"


def build_stream(
    pipeline: beam.Pipeline, sources: Sources, config: Config, destination: Any, sink: beam.PTransform
) -> Any:
    """Adds the streaming job to `pipeline`. `sink` takes the rows of each table. Out: what it puts out."""
    fates = Fates()
    ticks = pipeline | "Tick" >> sources.ticks
    known = pipeline | "KnownFeeds" >> Recall(destination, tables.FEEDS, FEED_MEMORY_DAYS)
    subscribed = ticks | "Subscribed" >> beam.FlatMap(subscriptions_of, sources.feeds).with_output_types(Feed)
    feeds = (known, subscribed) | "Feeds" >> beam.Flatten()
    polled = feeds | "Poll" >> WatchFeeds(config.http, config.poll.minutes * 60, fates)
    entries = polled["entries"]
    if sources.subscription:
        received = pipeline | "Messages" >> ReadMessages(sources.subscription) | "Receive" >> ReceiveEntries(fates)
        entries = (entries, received) | "Entries" >> beam.Flatten()
    rows = carry(entries, config, destination, fates)
    return {tables.FEEDS: polled["feeds"], tables.POLLS: polled["polls"], **rows} | "Write" >> sink


def carry(entries: beam.PCollection, config: Config, destination: Any, fates: Fates) -> dict[tables.Table, Any]:
    """From entries to the rows of the tables that tell of the world, and of what did not come through."""
    pipeline, live_days = entries.pipeline, config.stories.live_days
    pages = entries | "Fetch" >> FetchStream(config.http, fates)
    articles = pages | "Clean" >> CleanArticles(config.cleaning, fates)
    signatures = pipeline | "KnownArticles" >> Recall(destination, tables.SIGNATURES, live_days)
    stories = {"articles": articles, "remembered": signatures} | "Dedupe" >> DedupeStream(live_days, fates)
    told = stories["articles"] | "Extract" >> ExtractEvents(config.reading, fates)
    events = pipeline | "KnownEvents" >> Recall(destination, tables.EVENTS, live_days)
    found = {"told": told, "moved": stories["moved"], "remembered": events} | "MergeEvents" >> FollowEvents(live_days)
    return {
        tables.ARTICLES: stories["articles"],
        tables.SIGNATURES: stories["signatures"],
        tables.STORY_MERGES: stories["merges"],
        tables.ARTICLE_EVENTS: found["article_events"],
        tables.EVENTS: found["events"],
        tables.REJECTIONS: fates.rejections | "Rejected" >> beam.Flatten(),
        tables.DEAD_LETTERS: fates.letters | "Failed" >> beam.Flatten(),
    }


@dataclasses.dataclass
class Recall(beam.PTransform):
    """In: the pipeline. Out: the newest records of a table of the last days, as an earlier job or run wrote them."""

    destination: Any
    table: tables.Table
    days: float

    def expand(self, pipeline: beam.Pipeline) -> beam.PCollection:
        return (
            pipeline
            | beam.Create([self.days], reshuffle=False)
            | beam.FlatMap(_newest, self.destination, self.table).with_output_types(self.table.record)
            | beam.Reshuffle()
        )


def _newest(days: float, destination: Any, table: tables.Table) -> list[Any]:
    first = Timestamp.now() - Duration.of(days * 86_400)
    return list(destination.newest(table, first.to_utc_datetime().date()).values())


@dataclasses.dataclass
class ReadMessages(beam.PTransform):
    """In: the pipeline. Out: Message, of a Pub/Sub subscription."""

    subscription: str

    def expand(self, pipeline: beam.Pipeline) -> beam.PCollection:
        from apache_beam.io.gcp.pubsub import ReadFromPubSub  # a library that only this needs

        data = pipeline | "PubSub" >> ReadFromPubSub(subscription=self.subscription)
        return data | "Messages" >> beam.Map(message_of).with_output_types(Message)
