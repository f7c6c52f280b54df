"""What strangers send, made up by the thousand: `make fuzz` runs each target with atheris, led by the code it reaches.

    python tests/fuzz.py TARGET [LIBFUZZER OPTIONS]

A target fails when it lets an exception through that is not a Failure, or breaks a promise written in it.
"""

import gzip
import json
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports():
    import ada_url
    import feedparser  # noqa: F401  instrumented before ours loads it

    from transforms.errors import Failure
    from transforms.web.decoding import BodyDecoder
    from transforms.web.feeds import MAX_ENTRIES, parse_feed
    from transforms.web.text import clean_line, clean_text
    from transforms.web.urls import MAX_URL_CHARS, absolute_url, canonical_url, host_of, site_of

URL = "https://feeds.example/news"
LIMIT = 5_000
HEADS = (
    b"",
    b"<?xml version='1.0'?><rss version='2.0'><channel><item>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><item>",
    b'{"items": [',
    b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url>",
)


def feeds(data: bytes) -> None:
    """Any body is a feed of clean entries, or a Failure that says what it is."""
    body = HEADS[data[0] % len(HEADS)] + data[1:] if data else data
    try:
        parsed = parse_feed(body, URL)
    except Failure as failure:
        assert failure.reason in ("not_a_feed", "broken_feed", "too_large", "truncated", "encoding"), failure.reason
        return
    json.dumps(parsed).encode()
    assert len(parsed.entries) <= MAX_ENTRIES
    for entry in parsed.entries:
        assert entry.link is None or entry.link.startswith(("http://", "https://"))
        assert all(clean_line(text) == text for text in (entry.guid, entry.title or "", *entry.authors))
        hash((entry.published, entry.fingerprint, entry.fault))


def urls(data: bytes) -> None:
    """Any link has one address, the one that browsers go to, or none; its canonical form stays."""
    link = data.decode("utf-8", "replace")
    url = absolute_url(link, URL)
    if url is None:
        return
    parsed = ada_url.URL(url)
    assert parsed.href == url and absolute_url(url, "") == url and len(url) <= MAX_URL_CHARS
    assert parsed.protocol in ("http:", "https:") and not (parsed.username or parsed.password or parsed.hash)
    assert host_of(url) == parsed.host and site_of(url)
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical and len(canonical) <= MAX_URL_CHARS


def decoding(data: bytes) -> None:
    """No body is over its limit, and no part of one is taken for the whole."""
    given = atheris.FuzzedDataProvider(data)
    encoding = given.PickValueInList([None, "gzip", "deflate", "x-gzip", "identity", "gzip, gzip", "br"])
    body = given.ConsumeBytes(given.ConsumeIntInRange(0, 2 * LIMIT))
    cut, piece = given.ConsumeIntInRange(0, 60), given.ConsumeIntInRange(1, 500)
    sent = {"gzip": gzip.compress, "deflate": zlib.compress}.get(encoding or "", bytes)(body)
    decoded = _decoded(encoding, sent, piece)
    if encoding in (None, "gzip", "deflate", "identity"):
        assert decoded == (body if len(body) <= LIMIT else "too_large"), (encoding, decoded)
    if encoding in ("gzip", "deflate") and 0 < cut < len(sent) and len(body) <= LIMIT:
        assert _decoded(encoding, sent[:-cut], piece) == "truncated"
    raw = given.ConsumeBytes(5_000)
    assert len(_decoded(encoding, raw, piece)) <= LIMIT


def _decoded(encoding: str | None, sent: bytes, piece: int) -> bytes | str:
    try:
        decoder = BodyDecoder(encoding, LIMIT)
        for start in range(0, len(sent), piece):
            decoder.feed(sent[start : start + piece])
        return decoder.finish()
    except Failure as failure:
        return failure.reason


def text(data: bytes) -> None:
    """Text is clean once it was cleaned, and can be written."""
    words = data.decode("utf-8", "surrogatepass" if data[:1] == b"s" else "replace") if _is_text(data) else ""
    line, cleaned = clean_line(words), clean_text(words)
    assert clean_line(line) == line and line.isprintable() and clean_text(cleaned) == cleaned
    (line + cleaned).encode()


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass" if data[:1] == b"s" else "replace")
    except UnicodeDecodeError:
        return False
    return True


TARGETS: dict[str, Callable[[bytes], None]] = {"feeds": feeds, "urls": urls, "decoding": decoding, "text": text}


def main(words: list[str]) -> None:
    """Fuzzes one target until its options say that it is enough."""
    found = Path("build", "corpus", words[1])  # libFuzzer writes into the first folder; ours is only read
    found.mkdir(parents=True, exist_ok=True)
    seeds = [str(Path(__file__).parent / "data" / "feeds")] if words[1] == "feeds" else []
    atheris.Setup([words[0], *words[2:], str(found), *seeds], TARGETS[words[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == [] or sys.argv[1] not in TARGETS:
        sys.exit(f"name a target: {', '.join(TARGETS)}")
    main(sys.argv)
