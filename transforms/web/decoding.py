"""Bodies out of their Content-Encoding, bounded, and never a part of one taken for the whole."""

import zlib
from typing import Optional

from transforms.errors import Failure

ACCEPT_ENCODING = "gzip, deflate"
_GZIP_MAGIC = b"\x1f"
_GZIP_OR_ZLIB, _RAW_DEFLATE = 47, -15


class BodyDecoder:
    """Decodes one body piece by piece.

    Args:
        encoding: the Content-Encoding header, or None.
        limit: bytes allowed after decoding; one more is Failure `too_large`.
    """

    def __init__(self, encoding: Optional[str], limit: int):
        names = [name.strip().lower() for name in (encoding or "").split(",")]
        names = [name for name in names if name not in ("", "identity")]
        if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
            raise Failure("encoding", f"Content-Encoding {encoding!r} was not asked for")
        self._compressed = bool(names)
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB) if names else None
        self._undecided = names == ["deflate"]  # zlib, or raw as some servers mean it: its first two bytes tell
        self._head = b""
        self._limit, self._size, self._parts = limit, 0, []
        self._begun = False

    def feed(self, data: bytes) -> None:
        """Takes the next piece. Failure `too_large` or `encoding`."""
        self._begun = self._begun or bool(data)
        if self._undecided:
            data = self._decide(data)
        while data:
            data = self._take(data)

    def finish(self) -> bytes:
        """The whole body. Failure `truncated` if its end has not come."""
        if self._compressed and self._begun and not self._inflate.eof:
            raise Failure("truncated", "the compressed body ends too early", transient=True)
        return b"".join(self._parts)

    def _take(self, data: bytes) -> bytes:
        """Decodes from `data`; returns what is left of it to decode."""
        if not self._compressed:
            self._keep(data)
            return b""
        if self._inflate.eof:
            if not data.startswith(_GZIP_MAGIC):
                return b""  # padding after the end
            self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)  # a further gzip member
        try:
            piece = self._inflate.decompress(data, self._limit - self._size + 1)
        except zlib.error as error:
            raise Failure("encoding", f"the body is not what its Content-Encoding says: {error}") from error
        self._keep(piece)
        return self._inflate.unconsumed_tail or self._inflate.unused_data

    def _decide(self, data: bytes) -> bytes:
        """What there is to decode, once it is clear how; nothing before."""
        self._head += data
        if len(self._head) < 2:
            return b""
        self._undecided = False
        zlib_header = self._head[0] & 15 == 8 and int.from_bytes(self._head[:2]) % 31 == 0
        if not zlib_header and not self._head.startswith(_GZIP_MAGIC):
            self._inflate = zlib.decompressobj(_RAW_DEFLATE)
        return self._head

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limit:
            raise Failure("too_large", f"the body is larger than {self._limit} bytes")
        if piece:
            self._parts.append(piece)
