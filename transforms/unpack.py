"""Unpack: from WARC files to the pages in them, as if they had been fetched when the crawler got them."""

import dataclasses
import os
from collections.abc import Sequence
from typing import Any

import apache_beam as beam
from apache_beam import pvalue
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems
from apache_beam.utils.timestamp import Timestamp

from transforms.errors import Failure
from transforms.fates import DEAD, REJECTED, Fates, Rejected, settle, typed
from transforms.records import Entry, Page, WarcSpan, hash_id
from transforms.web.urls import canonical_url
from transforms.web.warc import Capture, find_spans, read_captures

SPAN_RECORDS = 128  # read by one worker: about 50 pages, or two seconds of cleaning
SPANS = "spans"


@dataclasses.dataclass
class FindSpans(beam.PTransform):
    """In: WarcSpan, a whole file each. Out: WarcSpan, together the same. A dead letter for a file that is no WARC.

    Files are read through once to cut them where a record begins: what is spread over the workers is small, and a page
    cannot pass for a record by what it says.
    """

    fates: Fates

    def expand(self, files: beam.PCollection) -> beam.PCollection:
        outputs = files | "Cut" >> beam.ParDo(_CutFn()).with_outputs(REJECTED, DEAD, SPANS)
        self.fates.of(outputs, WarcSpan)
        return typed(outputs[SPANS], WarcSpan) | "Spread" >> beam.Reshuffle().with_output_types(WarcSpan)


class _CutFn(beam.DoFn):
    def process(self, file: WarcSpan):
        try:
            with _open(file.path) as opened:
                for start, end in find_spans(opened, SPAN_RECORDS):
                    yield pvalue.TaggedOutput(SPANS, WarcSpan(file.path, start, end))
        except (Failure, OSError) as error:
            yield settle("cut", file, _failure(error))
        else:
            yield settle("cut", file, file)


@dataclasses.dataclass
class UnpackPages(beam.PTransform):
    """In: WarcSpan. Out: Page. Rejects: no_response, revisit, not_http, http_404 and its like, not_html, front_page,
    empty.

    A dead letter for each damaged record: its place in the file, so that it is read again. Stateless.
    """

    page_bytes: int
    fates: Fates

    def expand(self, spans: beam.PCollection) -> beam.PCollection:
        outputs = spans | "Read" >> beam.ParDo(_ReadFn(self.page_bytes)).with_outputs(REJECTED, DEAD)
        return self.fates.of(outputs, Page)


class _ReadFn(beam.DoFn):
    def __init__(self, page_bytes: int):
        self.page_bytes = page_bytes

    def process(self, span: WarcSpan):
        try:
            with _open(span.path) as file:
                for offset, url, found in read_captures(file, span.start, span.end, self.page_bytes):
                    fate = settle("unpack", *_outcome(span.path, offset, url, found, Timestamp.now()))
                    if fate is not None:
                        yield fate
        except (Failure, OSError) as error:
            yield settle("unpack", span, _failure(error))


def _outcome(path: str, offset: int, url: str, found: Any, now: Timestamp) -> tuple[Any, Any]:
    """A record as the element that people know it by, and what became of it."""
    if isinstance(found, Capture):
        page = page_of(found, now)
        return page, page
    if isinstance(found, Rejected) and url:
        return entry_of(url, now), found
    record = WarcSpan(path, offset, offset + 1)
    return record, _about(url, found) if isinstance(found, Failure) else found


def _about(url: str, failure: Failure) -> Failure:
    return Failure(failure.reason, f"{url}: {failure}" if url else str(failure))


def page_of(capture: Capture, now: Timestamp) -> Page:
    """A captured page. A crawler whose clock was ahead got it by now at the latest."""
    captured_at = min(Timestamp.of(capture.captured_at), now)
    return Page(entry_of(capture.url, captured_at), capture.url, captured_at, capture.content_type[:200], capture.body)


def entry_of(url: str, listed_at: Timestamp) -> Entry:
    """The entry of an address that no feed lists."""
    return Entry(
        entry_id=hash_id("entry", url),
        feed_url=None,
        outlet="",
        url=canonical_url(url),
        link=url,
        title=None,
        published_at=None,
        authors=[],
        listed_at=listed_at,
    )


def match_files(patterns: Sequence[str]) -> list[WarcSpan]:
    """The WARC files of all `patterns`, each once. A local file is itself, whatever characters are in its name."""
    files = {pattern for pattern in patterns if os.path.isfile(pattern)}
    matches = FileSystems.match([pattern for pattern in patterns if pattern not in files])
    paths = files | {found.path for match in matches for found in match.metadata_list}
    return [WarcSpan(path, 0, None) for path in sorted(paths)]


def _open(path: str) -> Any:
    """A file as it lies there: gzip members are for the reader of records."""
    return FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED)


def _failure(error: Exception) -> Failure:
    if isinstance(error, Failure):
        return error
    gone = isinstance(error, FileNotFoundError)
    return Failure("not_found" if gone else "unreadable", f"{type(error).__name__}: {error}"[:300], transient=not gone)
