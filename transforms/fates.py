"""One fate for every element at every step: passed, rejected (expected, counted) or a dead letter (failed, kept).

A step's function returns its result or `Rejected("reason")`, or raises. `Attempt` wires such a function into the
graph; steps that do I/O in batches call `settle` themselves. Counted where it is decided and nowhere else, so that
*in = out + rejected + dead letters* can be checked for every step of every run.
"""

import base64
import dataclasses
import json
import logging
import traceback
import zlib
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Optional

import apache_beam as beam
from apache_beam import pvalue
from apache_beam.metrics import Metrics
from apache_beam.utils.timestamp import Duration, Timestamp

from transforms.errors import Failure
from transforms.records import Article, DeadLetter, Entry, Feed, Message, Page, Rejection, WarcSpan, hash_id

NAMESPACE = "newsbeam"
REJECTED, DEAD = "rejected", "dead"
PROGRESS = logging.getLogger("newsbeam.progress")  # one debug record a fate: the command line draws its line from it
ROUTINE = frozenset({"known", "not_modified", "no_response"})  # counted but not listed: too many, and expected
RETRY_SECONDS = 900.0  # the second retry of a dead letter waits this long, each later one twice as long
MAX_RETRIES = 8
MAX_RETRY_SECONDS = 86_400.0


class Rejected(NamedTuple):
    """What a step returns for an element that it rightly leaves out."""

    reason: str


def key_of(element: Any) -> str:
    """The address by which people know an element."""
    if isinstance(element, Page):
        return element.entry.url
    if isinstance(element, Feed):
        return element.feed_url
    if isinstance(element, Entry | Article):
        return element.url or f"{element.feed_url}#{element.entry_id}"  # an entry without a link
    if isinstance(element, Message):
        return element.text[:2_000]
    if isinstance(element, WarcSpan):
        return f"{element.path}#bytes={element.start}-{'' if element.end is None else element.end - 1}"
    raise TypeError(f"{type(element).__name__} has no address")


def count(step: str, fate: str, reason: str = "", n: int = 1) -> None:
    """Counts `n` elements of a step; `fate` is in, out, rejected or dead."""
    Metrics.counter(NAMESPACE, f"{step}|{fate}|{reason}").inc(n)
    PROGRESS.debug("%s", step, extra={"step": step, "fate": fate, "count": n})


def settle(step: str, element: Any, outcome: Any) -> Any:
    """Counts what became of `element` and returns it as this step's output: plain, or tagged REJECTED or DEAD.

    `outcome` is the step's result, a `Rejected`, or the exception that it raised. None: there is nothing to put out.
    """
    count(step, "in")
    if isinstance(outcome, Rejected):
        count(step, REJECTED, outcome.reason)
        if outcome.reason in ROUTINE:
            return None
        return pvalue.TaggedOutput(REJECTED, Rejection(step, outcome.reason, key_of(element), Timestamp.now()))
    if isinstance(outcome, Exception):
        letter = dead_letter(step, element, outcome, Timestamp.now())
        count(step, DEAD, letter.reason)
        return pvalue.TaggedOutput(DEAD, letter)
    count(step, "out")
    return outcome


def dead_letter(stage: str, element: Any, error: Exception, now: Timestamp) -> DeadLetter:
    """The dead letter of an element that failed at `stage`; attempts are counted when letters are merged."""
    known = isinstance(error, Failure)
    message = str(error) if known else "".join(traceback.format_exception_only(error)).strip()
    return DeadLetter(
        dead_letter_id=hash_id("dead_letter", stage, key_of(element)),
        stage=stage,
        reason=error.reason if known else "bug",
        message=message[:1000].encode("utf-8", "replace").decode(),  # a table holds no lone surrogates
        key=key_of(element),
        payload=dump_element(element),
        failed_at=now,
        attempts=1,
        retry_at=now + Duration.of(error.retry_after or 0.0) if known and error.transient else None,
        replayed_at=None,
    )


def merge_letters(
    earlier: Iterable[DeadLetter], failed: Iterable[DeadLetter], retried: bool, now: Timestamp
) -> Optional[DeadLetter]:
    """The new row of one dead letter after a run, if there is one.

    Args:
        earlier: the unresolved letter that the run began with, if any.
        failed: the letters of this run, one for each time that the element failed.
        retried: whether this run tried the earlier letter's element again.
    """
    before = next(iter(earlier), None)
    after = max(failed, key=lambda letter: letter.failed_at, default=None)
    if after is None:
        return before._replace(replayed_at=now, retry_at=None) if before and retried else None
    attempts = (before.attempts if before else 0) + 1
    own = next_retry(now, attempts)
    # not before its server wants it
    return after._replace(attempts=attempts, retry_at=max(after.retry_at, own) if after.retry_at and own else None)


def next_retry(now: Timestamp, attempts: int) -> Optional[Timestamp]:
    """When to try again by ourselves: with the next run, then in ever longer steps, at last not at all."""
    if attempts > MAX_RETRIES:
        return None
    wait = 0.0 if attempts == 1 else min(RETRY_SECONDS * 2.0 ** (attempts - 2), MAX_RETRY_SECONDS)
    return now + Duration.of(wait)


@dataclasses.dataclass
class Fates:
    """Where the steps of one graph leave what does not come through: the one error sink."""

    rejections: list[beam.PCollection] = dataclasses.field(default_factory=list)
    letters: list[beam.PCollection] = dataclasses.field(default_factory=list)

    def of(self, outputs: pvalue.DoOutputsTuple, kind: type) -> beam.PCollection:
        """Keeps a step's rejected and dead outputs; returns what passed, which is of `kind`."""
        self.rejections.append(typed(outputs[REJECTED], Rejection))
        self.letters.append(typed(outputs[DEAD], DeadLetter))
        return typed(outputs[None], kind)


def typed(elements: beam.PCollection, kind: type) -> beam.PCollection:
    """Tells Beam the type of one output of several: left alone, it takes each of them for the union of all."""
    elements.element_type = kind
    return elements


class Attempt(beam.PTransform):
    """In: any record. Out: what `function` makes of it. Rejects what it rejects; a dead letter for all it raises."""

    def __init__(self, step: str, function: Callable[[Any], Any], output: type, fates: Fates):
        super().__init__()
        self.step, self.function, self.output, self.fates = step, function, output, fates

    def expand(self, elements: beam.PCollection) -> beam.PCollection:
        attempts = beam.ParDo(_AttemptFn(self.step, self.function)).with_outputs(REJECTED, DEAD)
        return self.fates.of(elements | attempts, self.output)


class _AttemptFn(beam.DoFn):
    def __init__(self, step: str, function: Callable[[Any], Any]):
        self.step, self.function = step, function

    def process(self, element):
        try:
            outcome = self.function(element)
        except Exception as error:  # a pure step: whatever it is, it costs this element only
            outcome = error
        yield settle(self.step, element, outcome)


def dump_element(element: Any) -> str:
    """A record as JSON: its class by name, bytes deflated."""
    return json.dumps({"record": type(element).__name__, "fields": _plain(element)}, ensure_ascii=False)


def load_element(payload: str) -> Any:
    """The record that `dump_element` wrote. ValueError if it is none of ours."""
    kinds = {kind.__name__: kind for kind in (Feed, Entry, Message, WarcSpan, Page, Article)}
    parsed = json.loads(payload)
    if not isinstance(parsed, dict) or parsed.get("record") not in kinds:
        raise ValueError("the payload is not a feed, entry, message, page, article or part of a WARC file")
    return _record(kinds[parsed["record"]], parsed["fields"])


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _plain(getattr(value, name)) for name in value._fields}
    if isinstance(value, bytes):
        return {"deflated": base64.b64encode(zlib.compress(value)).decode()}
    if isinstance(value, Timestamp):
        return {"micros": value.micros}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _record(kind: type, fields: dict) -> Any:
    return kind(**{name: _value(kind.__annotations__[name], value) for name, value in fields.items()})


def _value(annotation: Any, value: Any) -> Any:
    if isinstance(value, dict) and "micros" in value:
        return Timestamp(micros=value["micros"])
    if isinstance(value, dict) and "deflated" in value:
        return zlib.decompress(base64.b64decode(value["deflated"]))
    if isinstance(value, dict):
        return _record(annotation, value)
    return value
