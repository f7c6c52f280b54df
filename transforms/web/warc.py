"""WARC files (ISO 28500), read as suspiciously as the web: a damaged record costs itself, sizes are bounded.

warcio parses the records. It forgives much, and says so on standard error; `_Reader` and `_Records` make it strict:
data that cannot be inflated, headers without end and lengths that lie are failures of that record. Reading goes on with
the next one that can be found.
"""

import datetime
import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader, DecompressingBufferedReader
from warcio.recordloader import ArcWarcRecord

from transforms.errors import Failure
from transforms.fates import Rejected
from transforms.web.decoding import BodyDecoder
from transforms.web.http import is_html
from transforms.web.urls import absolute_url, is_front_page

HEADER_BYTES = 256 * 2**10  # of one record, its HTTP headers included
_GZIP = b"\x1f\x8b\x08"
_MEMBER = re.compile(re.escape(_GZIP))
_PLAIN = re.compile(rb"(?<=\n)WARC/\d")
_BLOCK = 2**20  # read at a time when the next record is looked for
_PIECE = 4_096  # inflated at a time: a thousand times as much at most
_AHEAD = 2_048  # bytes in which a gzip member shows its first line
_CHUNK_HEAD = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n")


class Capture(NamedTuple):
    """A page as a crawler got it."""

    url: str
    captured_at: float  # UTC epoch seconds
    content_type: str
    body: bytes  # decoded


def read_captures(
    file: BinaryIO, start: int, end: int | None, limit: int
) -> Iterator[tuple[int, str, Capture | Rejected | Exception]]:
    """The records that begin in `file` from `start` to before `end`: offset, address and outcome of each.

    Rejects: no_response, revisit, not_http, http_<status>, not_html, front_page, empty. Failure with reason: `damaged`,
    `truncated`, `too_large` (more than `limit` bytes after decoding), `encoding`. OSError if the file cannot be read.
    """
    for offset, found in _walk(file, start, end, lambda record: (_address(record), _capture(record, limit))):
        yield (offset, "", found) if isinstance(found, Exception) else (offset, *found)


def find_spans(file: BinaryIO, size: int) -> Iterator[tuple[int, int | None]]:
    """Cuts a file into spans [start, end) of `size` records each; the last one is open.

    Failure `not_warc` if there is no record in it, `one_member` if it cannot be cut. OSError if it cannot be read.
    """
    start, count, whole = 0, 0, 0
    for offset, found in _walk(file, 0, None, _kind):
        if count == size:
            yield start, offset
            start, count = offset, 0
        count += 1
        whole += not isinstance(found, Exception)
    if not whole:
        raise Failure("not_warc", "no WARC record in it")
    yield start, None


def _walk(
    file: BinaryIO, start: int, end: int | None, take: Callable[[ArcWarcRecord], Any]
) -> Iterator[tuple[int, Any]]:
    """What `take` makes of each record, or the failure of one that is damaged."""
    at: int | None = start
    while at is not None and (end is None or at < end):
        file.seek(at)
        records = _Records(file)
        try:
            for record in records:
                found = take(record)
                records.read_to_end()  # a record counts when it ends where it says
                if record.length is None or record.raw_stream.limit:
                    raise Failure("truncated", "the record is shorter than it says, or does not say how long it is")
                yield at, found
                at = records.offset
                if end is not None and at >= end:
                    return
            if at < file.tell():
                raise Failure("truncated", "the file ends within a record")
            return
        except OSError:
            raise
        except Exception as error:  # whatever a record holds, it costs that record only
            if getattr(error, "reason", None) == "one_member":
                raise
            yield at, _damage(error)
            at = _find_record(file, at + 1)


def _damage(error: Exception) -> Failure:
    if isinstance(error, Failure):
        return error
    return Failure("damaged", " ".join(f"{type(error).__name__}: {error}".split())[:300])


class _Reader(DecompressingBufferedReader):
    """warcio's reader with bounded lines, that does not take what it cannot inflate for the end of the file."""

    def __init__(self, file: BinaryIO):
        super().__init__(file, block_size=_PIECE)
        self.begun = False
        self.line_bytes = 0  # since something else was read

    def _decompress(self, data: bytes) -> bytes:
        if not self.begun and not data.startswith(_GZIP):
            self.decompressor = None
        self.begun = True
        try:
            return self.decompressor.decompress(data) if self.decompressor else data
        except zlib.error as error:
            raise Failure("damaged", f"the record cannot be inflated: {error}") from error

    def readline(self, length: int | None = None) -> bytes:
        left = HEADER_BYTES - self.line_bytes
        if left <= 0:
            raise Failure("damaged", f"the headers are larger than {HEADER_BYTES} bytes")
        line = super().readline(min(left, left if length is None else length))
        self.line_bytes += len(line)
        return line

    def read(self, length: int | None = None) -> bytes:
        self.line_bytes = 0
        return super().read(length)


class _Records(WARCIterator):
    """warcio's records; one that is not followed by an empty line has a wrong length."""

    def __init__(self, file: BinaryIO):
        super().__init__(file)
        self.reader = _Reader(self.fh)

    def _next_record(self, next_line: bytes | None) -> ArcWarcRecord:
        before = self.reader.num_read
        try:
            return super()._next_record(next_line)
        except EOFError:
            if next_line or self.reader.num_read > before:  # it had begun
                raise Failure("truncated", "the record ends within its headers") from None
            raise

    def _raise_invalid_gzip_err(self) -> None:
        raise Failure("one_member", "it is compressed as a whole; `warcio recompress FILE NEW_FILE` makes it readable")

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        size, self.reader.line_bytes = 0, 0
        while line := self.reader.readline():
            if line.strip():
                if not size:
                    raise Failure("damaged", "the record goes on where its Content-Length says that it ends")
                return line, size
            size += len(line)
        return None, size


def _find_record(file: BinaryIO, at: int) -> int | None:
    """Where the next record begins, at `at` or later; None if there is none."""
    file.seek(0)
    zipped = file.read(len(_GZIP)) == _GZIP
    pattern, at = (_MEMBER, at) if zipped else (_PLAIN, at - 1)
    file.seek(at)
    block = file.read(_BLOCK)
    while block:
        more = file.read(_BLOCK)
        for found in pattern.finditer(block):
            head = block[found.start() : found.start() + _AHEAD]
            if not zipped or _begins_record(head + more[: _AHEAD - len(head)]):
                return at + found.start()
        keep = block[-len(_GZIP) - 5 :] if more else b""  # a mark may lie across two blocks
        at += len(block) - len(keep)
        block = keep + more
    return None


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False


def _kind(record: ArcWarcRecord) -> str | None:
    return record.rec_type


def _address(record: ArcWarcRecord) -> str:
    """The address of a record, absolute; empty if it has none on the web."""
    return absolute_url(record.rec_headers.get_header("WARC-Target-URI"), "") or ""


def _capture(record: ArcWarcRecord, limit: int) -> Capture | Rejected | Failure:
    """What a whole record is to us."""
    if record.rec_type != "response":
        return Rejected("revisit" if record.rec_type == "revisit" else "no_response")
    url, headers = _address(record), record.http_headers
    if not url or headers is None:
        return Rejected("not_http")
    status = _status(headers.get_statuscode())
    if not 200 <= status < 300 or status == 206:
        return Rejected(f"http_{status}")
    kind = (headers.get_header("Content-Type") or "").strip()
    if not is_html(kind):
        return Rejected("not_html")
    if is_front_page(url):
        return Rejected("front_page")
    try:
        body = _body(record, limit)
    except Failure as failure:
        return Failure(failure.reason, str(failure))  # that may pass with a server, not with an archive
    return Capture(url, _time(record), kind, body) if body.strip() else Rejected("empty")


def _status(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d\d", text):
        raise Failure("damaged", f"the HTTP status is {text[:20]!r}")
    return int(text)


def _time(record: ArcWarcRecord) -> float:
    text = record.rec_headers.get_header("WARC-Date") or ""
    try:
        date = datetime.datetime.fromisoformat(text)
        return (date if date.tzinfo else date.replace(tzinfo=datetime.UTC)).timestamp()
    except (ValueError, OverflowError) as error:
        raise Failure("damaged", f"the WARC-Date is {text[:40]!r}") from error


def _body(record: ArcWarcRecord, limit: int) -> bytes:
    """The decoded body of a response. Failure `truncated`, `too_large` or `encoding`."""
    if record.rec_headers.get_header("WARC-Truncated"):
        raise Failure("truncated", "the crawler did not keep all of it")
    if (record.raw_stream.limit or 0) > 2 * limit + _BLOCK:  # chunks' heads may be as large as what they hold
        raise Failure("too_large", f"the body is larger than {limit} bytes")
    raw = record.raw_stream.read()
    if (record.http_headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        raw = _dechunked(raw)
    decoder = BodyDecoder(_encoding(record.http_headers.get_header("Content-Encoding"), raw), limit)
    decoder.feed(raw)
    return decoder.finish()


def _dechunked(raw: bytes) -> bytes:
    """A body out of its chunks; as it is if it has none: many crawlers keep the header and drop the chunks."""
    if not _CHUNK_HEAD.match(raw):
        return raw
    try:
        return ChunkedDataReader(io.BytesIO(raw), raise_exceptions=True).read()
    except ChunkedDataException as error:
        raise Failure("truncated", f"the chunks of the body: {str(error)[:200]}") from error


def _encoding(header: str | None, raw: bytes) -> str | None:
    """The Content-Encoding that a body still has: many crawlers keep the header and decode the body."""
    name = (header or "").strip().lower()
    if name in ("gzip", "x-gzip") and not raw.startswith(_GZIP[:2]):
        return None
    return None if raw.lstrip()[:1] == b"<" else header
