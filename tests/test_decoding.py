"""Bodies out of their Content-Encoding: whole or a failure, never more than the limit, never silently less."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.errors import Failure
from transforms.web.decoding import BodyDecoder

TEXT = b"A feed, and another line of it. " * 40


def raw_deflate(body: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(body) + compressor.flush()


ENCODERS: dict[str | None, Callable[[bytes], bytes]] = {
    None: bytes,
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "GZIP": gzip.compress,
    "x-gzip": gzip.compress,
    "identity, gzip": gzip.compress,
    "deflate": zlib.compress,
}


def decode(encoding: str | None, sent: bytes, limit: int = 100_000, piece: int = 1 << 16) -> bytes:
    """Decodes `sent`, handed over in pieces."""
    decoder = BodyDecoder(encoding, limit)
    for start in range(0, len(sent), piece):
        decoder.feed(sent[start : start + piece])
    return decoder.finish()


def reason_of(encoding: str | None, sent: bytes, **given: int) -> str:
    with pytest.raises(Failure) as failed:
        decode(encoding, sent, **given)
    return failed.value.reason


@pytest.mark.parametrize("encoding", ENCODERS)
@given(body=st.one_of(st.binary(max_size=300), st.just(TEXT)), piece=st.integers(1, 400))
def test_what_was_encoded_comes_back(encoding: str | None, body: bytes, piece: int) -> None:
    assert decode(encoding, ENCODERS[encoding](body), piece=piece) == body


@pytest.mark.parametrize("piece", [1, 2, 3, 1000])
@pytest.mark.parametrize("encoder", [zlib.compress, raw_deflate])
def test_both_things_that_servers_call_deflate_are_understood(encoder: Callable, piece: int) -> None:
    assert decode("deflate", encoder(TEXT), piece=piece) == TEXT


@given(body=st.binary(max_size=200), piece=st.integers(1, 9))
def test_raw_deflate_comes_back_in_whatever_pieces(body: bytes, piece: int) -> None:
    assert decode("deflate", raw_deflate(body), piece=piece) == body


@pytest.mark.parametrize("piece", [1, 7, 10_000])
def test_gzip_members_in_a_row_are_one_body(piece: int) -> None:
    assert decode("gzip", gzip.compress(b"one ") + gzip.compress(b"two"), piece=piece) == b"one two"


@pytest.mark.parametrize("padding", [b"\0", b"\0" * 500, b"\r\n", b"<!-- cached -->"])
def test_padding_after_the_end_is_no_part_of_the_body(padding: bytes) -> None:
    assert decode("gzip", gzip.compress(TEXT) + padding, piece=50) == TEXT


@given(body=st.binary(max_size=300), cut=st.integers(min_value=1), encoding=st.sampled_from(["gzip", "deflate"]))
def test_a_body_cut_short_is_never_taken_for_the_whole(body: bytes, cut: int, encoding: str) -> None:
    sent = ENCODERS[encoding](body)
    short = sent[: max(len(sent) - cut, 1)]
    assert reason_of(encoding, short) == "truncated"


def test_a_second_member_cut_short_is_noticed() -> None:
    assert reason_of("gzip", gzip.compress(TEXT) + gzip.compress(TEXT)[:-3]) == "truncated"


def test_a_truncated_body_may_be_whole_the_next_time() -> None:
    with pytest.raises(Failure) as failed:
        decode("gzip", gzip.compress(TEXT)[:-1])
    assert failed.value.transient


@pytest.mark.parametrize("encoding", ["gzip", "deflate", None])
def test_no_body_is_an_empty_one(encoding: str | None) -> None:
    assert decode(encoding, b"") == b""


@given(body=st.binary(max_size=300), limit=st.integers(0, 300), encoding=st.sampled_from([None, "gzip", "deflate"]))
def test_the_limit_is_exact(body: bytes, limit: int, encoding: str | None) -> None:
    sent = ENCODERS[encoding](body)
    if len(body) <= limit:
        assert decode(encoding, sent, limit=limit) == body
    else:
        assert reason_of(encoding, sent, limit=limit) == "too_large"


def bomb(wbits: int, members: int = 1) -> bytes:
    """64 MB of zeros in a few kB."""
    compressor = zlib.compressobj(9, wbits=wbits)
    zeros = bytes(1 << 20)
    return (b"".join(compressor.compress(zeros) for _ in range(64 // members)) + compressor.flush()) * members


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [("gzip", bomb(31)), ("gzip", bomb(31, members=32)), ("deflate", bomb(15)), ("deflate", bomb(-15))],
)
def test_a_bomb_is_refused_before_it_is_unpacked(encoding: str, sent: bytes) -> None:
    tracemalloc.start()
    try:
        assert reason_of(encoding, sent, limit=1 << 20) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_gzip_in_gzip_is_unpacked_once() -> None:
    assert decode("gzip", gzip.compress(bomb(31))) == bomb(31)


@pytest.mark.parametrize(
    "encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", ", ".join(["gzip"] * 200), "x"]
)
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(Failure, match="not asked for") as failed:
        BodyDecoder(encoding, 100)
    assert failed.value.reason == "encoding"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("sent", [b"<html>plain</html>", b"\x1f\x8bbroken", gzip.compress(TEXT)[:20] + b"x" * 90])
def test_a_body_that_is_not_what_its_header_says_fails(encoding: str, sent: bytes) -> None:
    assert reason_of(encoding, sent) in ("encoding", "truncated")


@given(encoding=st.sampled_from([None, "gzip", "deflate"]), sent=st.binary(max_size=400), piece=st.integers(1, 50))
def test_random_bytes_are_decoded_or_a_failure_and_never_beyond_the_limit(
    encoding: str | None, sent: bytes, piece: int
) -> None:
    try:
        assert len(decode(encoding, sent, limit=200, piece=piece)) <= 200
    except Failure as failed:
        assert failed.reason in ("encoding", "truncated", "too_large")


@given(body=st.binary(min_size=50, max_size=300), at=st.integers(min_value=0), flip=st.integers(1, 255))
def test_one_wrong_byte_never_gives_another_body(body: bytes, at: int, flip: int) -> None:
    sent = bytearray(gzip.compress(body))
    sent[at % len(sent)] ^= flip
    try:
        decoded = decode("gzip", bytes(sent))
    except Failure:
        return
    assert decoded == body  # the byte was in a field of the header that does not matter
