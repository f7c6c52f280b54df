"""Runs: what is due is polled, carried through and committed; once, or again and again in one process."""

import dataclasses
import datetime
import re
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Optional

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.utils.timestamp import Timestamp

from pipeline import tables
from pipeline.balance import Balance, balance_of
from pipeline.config import Config
from pipeline.destination import Destination, new_run_id
from pipeline.graph import Work, build
from transforms.errors import DestinationError, NewsbeamError
from transforms.letters import LettersToTry, due_letters
from transforms.records import DeadLetter, Feed
from transforms.schedule import is_due

FEED_MEMORY_DAYS = 35  # a feed that was not polled for longer is polled as a new one: ids are the same
LETTER_MEMORY_DAYS = 35  # older dead letters are not tried again
_REFUSED = re.compile(r"DestinationError: (.+?) \[while running '")


@dataclasses.dataclass(frozen=True)
class Report:
    """What one run did."""

    run_id: str
    balance: Balance
    seconds: float


def run_once(
    destination: Destination,
    subscriptions: Sequence[Feed],
    config: Config,
    options: PipelineOptions,
    every_seconds: float = 0.0,
    replay: bool = False,
    archives: Sequence[str] = (),
) -> Optional[Report]:
    """One bounded run. The caller holds the destination (`writing`).

    Args:
        subscriptions: the feeds of the lists; none when only dead letters are tried again.
        every_seconds: how often the caller runs; 0 for once, which polls all that nothing holds back.
        replay: try every unresolved dead letter again, not only those that are due.
        archives: patterns of WARC files to read.

    Returns:
        None if there was nothing to do.
    """
    started = Timestamp.now()
    work = _plan(destination, subscriptions, config, started, every_seconds, replay)
    work = dataclasses.replace(work, archives=archives)
    if not work.feeds and not work.letters.retried and not work.archives:
        return None
    pipeline = beam.Pipeline(options=options)
    build(pipeline, work, config, destination)
    result = _finished(pipeline)
    balance = balance_of(result, {step: len(work.letters.to_replay(step)) for step in work.letters.STEPS})
    finished = Timestamp.now()
    destination.append(f"{work.run_id}-balance", tables.RUNS, work.day, balance.rows(work.run_id, started, finished))
    if faults := balance.faults():
        raise NewsbeamError("the run does not balance, which is a bug: " + "; ".join(faults))
    destination.compact(work.day)
    return Report(work.run_id, balance, (finished.micros - started.micros) / 1e6)


def _finished(pipeline: beam.Pipeline) -> Any:
    """Runs a pipeline to its end. DestinationError where writing failed, without Beam's words on where."""
    try:
        result = pipeline.run()
        result.wait_until_finish()
    except (DestinationError, RuntimeError) as error:  # either, with the name of the step behind its words
        if refused := _REFUSED.search(f"{type(error).__name__}: {error}"):
            raise DestinationError(refused[1]) from error
        raise
    return result


def _plan(
    destination: Destination,
    subscriptions: Sequence[Feed],
    config: Config,
    now: Timestamp,
    every_seconds: float,
    replay: bool,
) -> Work:
    """What a run that begins now has to do, from what the destination remembers."""
    day = now.to_utc_datetime().date()
    shortest = config.poll.minutes * 60
    interval = min(every_seconds or shortest, shortest)
    waiting = unresolved_letters(destination, day)
    retried = frozenset(letter.dead_letter_id for letter in waiting) if replay else due_letters(waiting, now)
    feeds = due_feeds(subscriptions, destination, day, now, interval if every_seconds else 0.0)
    polled = {feed.feed_url for feed in feeds}
    # A feed that is polled anyway is thereby tried again.
    waiting_polls = {letter.dead_letter_id for letter in waiting if letter.stage == "poll" and letter.key in polled}
    letters = LettersToTry(waiting, retried | waiting_polls, frozenset(polled))
    return Work(new_run_id(), day, interval, feeds, letters)


def due_feeds(
    subscriptions: Iterable[Feed], destination: Destination, day: datetime.date, now: Timestamp, interval: float
) -> list[Feed]:
    """The feeds to poll now, each with what is known of it."""
    remembered = destination.newest(tables.FEEDS, day - datetime.timedelta(days=FEED_MEMORY_DAYS))
    feeds = []
    for feed in subscriptions:
        known = remembered.get((feed.feed_url,))
        feeds.append(known._replace(outlet=feed.outlet or known.outlet) if known else feed)
    return [feed for feed in feeds if is_due(feed, now, interval)]


def unresolved_letters(destination: Destination, day: datetime.date) -> list[DeadLetter]:
    """The dead letters of the last weeks that have not come through yet, of the steps that can be tried again."""
    letters = destination.newest(tables.DEAD_LETTERS, day - datetime.timedelta(days=LETTER_MEMORY_DAYS))
    return [letter for letter in letters.values() if letter.replayed_at is None and letter.stage in LettersToTry.STEPS]


def run_every(
    run: Callable[[], Optional[Report]],
    every_seconds: float,
    for_seconds: Optional[float],
    stop: threading.Event,
    tell: Callable[[Optional[Report]], None],
) -> None:
    """Calls `run` every `every_seconds` until the time is up or `stop` is set; a run that began is finished."""
    began = time.monotonic()
    end = None if for_seconds is None else began + for_seconds
    due = began
    while not stop.is_set():
        tell(run())
        due = max(due + every_seconds, time.monotonic())
        if end is not None and due >= end:
            stop.wait(max(0.0, end - time.monotonic()))
            return
        stop.wait(due - time.monotonic())
