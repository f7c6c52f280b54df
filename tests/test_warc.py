"""WARC files: good records are read whatever is around them, and a bad one costs itself."""

import gzip
import io
import tracemalloc
import zlib

import pytest
from conftest import make_record
from hypothesis import given
from hypothesis import strategies as st

from transforms.errors import Failure
from transforms.fates import Rejected
from transforms.web import warc
from transforms.web.warc import Capture, find_spans, read_captures

LIMIT = 10_000
HTML = {"Content-Type": "text/html"}


def url(number):
    return f"https://outlet.example/{number}"


GOOD = [make_record(url(n), b"<p>Page %d</p>" % n) for n in range(4)]


def plain(records):
    return b"".join(records)


def zipped(records):
    """As crawlers write them: a gzip member for each record."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


FORMS = pytest.mark.parametrize("form", [plain, zipped])


def read(data, start=0, end=None):
    """What became of the records: a page's number, a reason to reject, or a failure in brackets."""
    return [_short(found) for _, _, found in read_captures(io.BytesIO(data), start, end, LIMIT)]


def _short(found):
    if isinstance(found, Capture):
        return int(found.url.rpartition("/")[2])
    return found.reason if isinstance(found, Rejected) else f"({found.reason})"


@FORMS
def test_a_response_is_a_capture_with_its_own_time(form):
    records = list(read_captures(io.BytesIO(form(GOOD[:1])), 0, None, LIMIT))
    assert records == [(0, url(0), Capture(url(0), 1772352000.0, "text/html", b"<p>Page 0</p>"))]


@FORMS
@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        (make_record(WARC_Type="request"), "no_response"),
        (make_record(WARC_Type="metadata"), "no_response"),
        (make_record(WARC_Type="revisit"), "revisit"),
        (make_record("dns:outlet.example"), "not_http"),
        (make_record("ftp://outlet.example/9"), "not_http"),
        (make_record(WARC_Target_URI=None), "(damaged)"),
        (make_record(status="404 Not Found"), "http_404"),
        (make_record(status="301 Moved", headers={"Location": "/there"}), "http_301"),
        (make_record(status="206 Partial Content"), "http_206"),
        (make_record(status="fine"), "(damaged)"),
        (make_record(headers={"Content-Type": "image/png"}), "not_html"),
        (make_record("https://outlet.example/"), "front_page"),
        (make_record(body=b" \n"), "empty"),
        (make_record(body=b"x" * (LIMIT + 1)), "(too_large)"),
        (make_record(body=b"x" * (4 * 2**20)), "(too_large)"),
        (make_record(body=gzip.compress(b"x" * 2**20), headers=HTML | {"Content-Encoding": "gzip"}), "(too_large)"),
        (make_record(body=b"\x8b\x01", headers=HTML | {"Content-Encoding": "br"}), "(encoding)"),
        (make_record(WARC_Truncated="length"), "(truncated)"),
        (make_record(WARC_Date="soon"), "(damaged)"),
        (make_record(WARC_Date=None), "(damaged)"),
        (make_record(length=50), "(damaged)"),
        (make_record(length=-1), "(damaged)"),
        (make_record(Content_Length="many"), "(damaged)"),
        (make_record(WARC_Note="x" * 300_000), "(damaged)"),
        (make_record(headers={f"X-{n}": "x" * 1_000 for n in range(300)}), "(damaged)"),
        (b"no record at all\r\n\r\n", "(damaged)"),
    ],
)
def test_a_record_that_is_no_page_costs_itself_only(form, record, outcome):
    assert read(form([GOOD[0], record, *GOOD[1:3]])) == [0, outcome, 1, 2]


@FORMS
@pytest.mark.parametrize("fields", [{"length": 5_000}, {"Content_Length": None}])
def test_a_record_that_says_it_is_longer_swallows_no_other(form, fields):
    found = read(form([GOOD[0], make_record(**fields), *GOOD[1:]]))
    assert found[0] == 0 and found[1] in ("(truncated)", "(damaged)") and found[2:] == [1, 2, 3]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"6\r\n<p>One\r\n8;x=y\r\n and two\r\n0\r\n\r\n", {"Transfer-Encoding": "chunked"}),
        (b"<p>One and two", {"Transfer-Encoding": "chunked"}),
        (gzip.compress(b"<p>One and two"), {"Content-Encoding": "gzip"}),
        (zlib.compress(b"<p>One and two"), {"Content-Encoding": "deflate"}),
        (b"<p>One and two", {"Content-Encoding": "gzip"}),
        (b"<p>One and two", {"Content-Encoding": "br"}),
        (b"<p>One and two", {"content-length": "99"}),
    ],
)
def test_a_body_is_decoded_unless_the_crawler_did_so(body, headers):
    [(_, _, found)] = read_captures(io.BytesIO(make_record(body=body, headers=HTML | headers)), 0, None, LIMIT)
    assert found.body == b"<p>One and two"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"6\r\n<p>One\r\n8\r\n and", {"Transfer-Encoding": "chunked"}),
        (b"6\r\n<p>One\r\nno length\r\n and", {"Transfer-Encoding": "chunked"}),
        (gzip.compress(b"<p>One and two" * 50)[:-12], {"Content-Encoding": "gzip"}),
    ],
)
def test_a_part_of_a_body_is_never_taken_for_the_whole(body, headers):
    assert read(make_record(body=body, headers=HTML | headers)) == ["(truncated)"]


@pytest.mark.parametrize("cut", range(1, 400, 7))
@FORMS
def test_a_file_that_ends_too_early_keeps_what_is_whole(form, cut):
    data = form(GOOD[:3])
    found = read(data[:-cut])
    pages = [each for each in found if isinstance(each, int)]
    assert pages == list(range(len(pages)))
    assert len(pages) >= 2 if cut < len(form(GOOD[2:3])) else len(pages) < 3
    # What is missing is said, unless only the empty lines at the end are, or a record as a whole.
    assert len(found) == 3 or cut >= len(form(GOOD[2:3]))


@pytest.mark.parametrize("at", range(0, 200, 9))
def test_a_byte_that_is_wrong_costs_its_record(at):
    first, second, third = (zipped([record]) for record in GOOD[:3])
    at = 10 + at % (len(second) - 14)  # after the header of the member, before its length
    broken = second[:at] + bytes([second[at] ^ 0xFF]) + second[at + 1 :]
    found = read(first + broken + third)
    assert found[0] == 0 and found[-1] == 2 and len(found) == 3
    assert found[1] in ("(damaged)", "(truncated)")


@given(st.binary(max_size=3_000))
def test_any_bytes_give_outcomes_and_no_exception(data):
    for broken in (data, GOOD[0] + data + GOOD[1], zipped(GOOD[:1]) + data + zipped(GOOD[1:2])):
        assert all(isinstance(each, int | str) for each in read(broken))


def test_a_file_that_is_compressed_as_a_whole_says_how_to_mend_it():
    with pytest.raises(Failure, match="warcio recompress"):
        list(find_spans(io.BytesIO(gzip.compress(plain(GOOD))), 1))


@FORMS
@pytest.mark.parametrize("size", [1, 2, 3, 4, 9])
def test_spans_have_all_records_once(form, size):
    data = form([GOOD[0], make_record(length=9_999), *GOOD[1:]])
    spans = list(find_spans(io.BytesIO(data), size))
    assert spans[0][0] == 0 and spans[-1][1] is None
    assert [a[1] for a in spans[:-1]] == [b[0] for b in spans[1:]]
    assert len(spans) == -(-5 // size)
    assert [each for start, end in spans for each in read(data, start, end)] == read(data)


@pytest.mark.parametrize("data", [b"", b"<html>", b"PK\x03\x04", gzip.compress(b"<html>"), b"\x1f\x8b\x08"])
def test_a_file_without_records_is_no_warc(data):
    with pytest.raises(Failure) as failure:
        list(find_spans(io.BytesIO(data), 10))
    assert failure.value.reason == "not_warc"


def test_the_next_record_is_found_across_blocks(monkeypatch):
    monkeypatch.setattr(warc, "_BLOCK", 64)
    for form in (plain, zipped):
        assert read(form([GOOD[0], make_record(length=9_999), *GOOD[1:]]))[2:] == [1, 2, 3]


def test_memory_stays_small_whatever_a_record_holds():
    bomb = make_record(body=b"x" * (64 * 2**20))
    data = zipped([bomb, GOOD[1]])
    tracemalloc.start()
    assert read(data) == ["(too_large)", 1]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 2**20
