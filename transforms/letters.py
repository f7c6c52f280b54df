"""Dead letters: which of them to try again, and what became of them."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import apache_beam as beam
from apache_beam.utils.timestamp import Timestamp

from transforms.fates import load_element, merge_letters
from transforms.records import Article, DeadLetter, Entry, Feed, Message, Page, WarcSpan


@dataclasses.dataclass(frozen=True)
class LettersToTry:
    """The unresolved letters that a run begins with.

    Args:
        waiting: all of them, newest row of each.
        retried: the ids of those whose elements this run tries again.
        polled: addresses of the feeds that are polled anyway; their letters bring no element of their own.
    """

    waiting: Sequence[DeadLetter] = ()
    retried: frozenset[str] = frozenset()
    polled: frozenset[str] = frozenset()

    STEPS: ClassVar[dict[str, type]] = {
        "poll": Feed,
        "receive": Message,
        "fetch": Entry,
        "cut": WarcSpan,
        "unpack": WarcSpan,
        "clean": Page,
        "sign": Article,
        "extract": Article,
    }

    def to_replay(self, step: str) -> list[DeadLetter]:
        """The letters whose elements enter the graph again at `step`."""
        letters = (letter for letter in self.waiting if letter.stage == step and letter.dead_letter_id in self.retried)
        return [letter for letter in letters if not (step == "poll" and letter.key in self.polled)]

    def elements(self, step: str) -> beam.PTransform:
        """The elements that failed at `step` and are tried again, as a source."""
        return _Elements([letter.payload for letter in self.to_replay(step)], self.STEPS[step])


@dataclasses.dataclass
class _Elements(beam.PTransform):
    """In: the pipeline. Out: the records in `payloads`."""

    payloads: Sequence[str]
    kind: type

    def expand(self, pipeline: beam.Pipeline) -> beam.PCollection:
        payloads = pipeline | beam.Create(self.payloads, reshuffle=False).with_output_types(str)
        return payloads | beam.Map(load_element).with_output_types(self.kind)


def due_letters(letters: Iterable[DeadLetter], now: Timestamp) -> frozenset[str]:
    """The ids of the unresolved letters that a run tries again by itself.

    Those of feeds wait until their feed is due: its server's Retry-After and our back-off count for them too.
    """
    due = (letter for letter in letters if letter.retry_at and letter.retry_at <= now)
    return frozenset(letter.dead_letter_id for letter in due if letter.stage != "poll")


@dataclasses.dataclass
class SettleLetters(beam.PTransform):
    """In: DeadLetter of this run. Out: DeadLetter to write: new, failed again, or come through after all."""

    letters: LettersToTry

    def expand(self, failed: beam.PCollection) -> beam.PCollection:
        waiting = failed.pipeline | beam.Create(self.letters.waiting, reshuffle=False).with_output_types(DeadLetter)
        keyed = {
            "failed": failed | "FailedById" >> beam.Map(_by_id).with_output_types(tuple[str, DeadLetter]),
            "waiting": waiting | "WaitingById" >> beam.Map(_by_id).with_output_types(tuple[str, DeadLetter]),
        }
        settle = beam.FlatMap(_settle, self.letters.retried).with_output_types(DeadLetter)
        return keyed | beam.CoGroupByKey() | settle


def _settle(keyed: tuple[str, dict[str, Iterable[Any]]], retried: frozenset[str]) -> list[DeadLetter]:
    letter_id, found = keyed
    letter = merge_letters(found["waiting"], found["failed"], letter_id in retried, Timestamp.now())
    return [] if letter is None else [letter]


def _by_id(letter: DeadLetter) -> tuple[str, DeadLetter]:
    return letter.dead_letter_id, letter
