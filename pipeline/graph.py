"""The whole graph on one screen: feed -> entry -> page -> article -> story -> event -> tables."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

import apache_beam as beam

from pipeline import tables
from pipeline.config import Config
from pipeline.destination import Destination
from pipeline.sinks import ReadLive, ReadLiveBlocks, WriteTables
from transforms.clean import CleanArticles
from transforms.dedupe import DedupeArticles
from transforms.extract import ExtractEvents, MergeEvents
from transforms.fates import Fates
from transforms.fetch import FetchPages
from transforms.letters import LettersToTry, SettleLetters
from transforms.poll import PollFeeds
from transforms.receive import ReceiveEntries
from transforms.records import Feed, WarcSpan
from transforms.unpack import FindSpans, UnpackPages, match_files


@dataclasses.dataclass(frozen=True)
class Work:
    """What one run is to do. `run_id` names its files and nothing else."""

    run_id: str
    day: datetime.date
    every_seconds: float  # between two polls of a feed, at least
    feeds: Sequence[Feed]  # due, as they stood after their last poll
    letters: LettersToTry  # unresolved dead letters, and which of them to try again
    archives: Sequence[str] = ()  # patterns of WARC files to read


def build(pipeline: beam.Pipeline, work: Work, config: Config, destination: Destination) -> beam.PCollection:
    """Adds one bounded run to `pipeline`. Out: the files that it committed."""
    fates, live_days = Fates(), config.stories.live_days

    def again(step: str, elements: beam.PCollection) -> beam.PCollection:
        """The elements that come to a step, and those that failed there before and are tried again."""
        if not work.letters.to_replay(step):
            return elements
        return (elements, pipeline | f"Again {step}" >> work.letters.elements(step)) | f"With {step}" >> beam.Flatten()

    due = pipeline | "Due" >> beam.Create(work.feeds, reshuffle=False).with_output_types(Feed)
    polled = again("poll", due) | "Poll" >> PollFeeds(config.http, work.every_seconds, fates)
    entries = polled["entries"]
    if work.letters.to_replay("receive"):
        messages = pipeline | "Again receive" >> work.letters.elements("receive")
        entries = (entries, messages | "Receive" >> ReceiveEntries(fates)) | "AllEntries" >> beam.Flatten()
    pages = again("fetch", entries) | "Fetch" >> FetchPages(config.http, fates)
    if work.archives or work.letters.to_replay("cut") or work.letters.to_replay("unpack"):
        files = pipeline | "Archives" >> beam.Create([list(work.archives)], reshuffle=False)
        files = files | "Match" >> beam.FlatMap(match_files).with_output_types(WarcSpan)
        spans = again("cut", files) | "Cut" >> FindSpans(fates)
        unpacked = again("unpack", spans) | "Unpack" >> UnpackPages(config.http.page_bytes, fates)
        pages = (pages, unpacked) | "AllPages" >> beam.Flatten()
    articles = again("clean", pages) | "Clean" >> CleanArticles(config.cleaning, fates)
    stories = again("sign", articles) | "Dedupe" >> DedupeArticles(
        ReadLiveBlocks(destination, tables.SIGNATURES, ("time", "time"), live_days), fates
    )
    told = again("extract", stories["articles"]) | "Extract" >> ExtractEvents(config.reading, fates)
    events = {"told": told, "moved": stories["moved"]} | "MergeEvents" >> MergeEvents(
        ReadLive(destination, tables.EVENTS, ("first_reported_at", "last_reported_at"), live_days)
    )

    letters = fates.letters | "Failed" >> beam.Flatten() | "Letters" >> SettleLetters(work.letters)
    rows: dict[tables.Table, Any] = {
        tables.FEEDS: polled["feeds"],
        tables.POLLS: polled["polls"],
        tables.ARTICLES: stories["articles"],
        tables.SIGNATURES: stories["signatures"],
        tables.STORY_MERGES: stories["merges"],
        tables.ARTICLE_EVENTS: events["article_events"],
        tables.EVENTS: events["events"],
        tables.REJECTIONS: fates.rejections | "Rejected" >> beam.Flatten(),
        tables.DEAD_LETTERS: letters,
    }
    return rows | "Write" >> WriteTables(destination, work.run_id, work.day, config.write.shards)
