"""What a run shows while it works, and what it says when it is done."""

import contextlib
import logging
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Optional, TextIO

from pipeline.destination import Destination
from pipeline.runs import Report
from transforms.fates import PROGRESS

WORDS = {
    "poll": "feeds polled",
    "list": "new entries",
    "fetch": "pages",
    "unpack": "pages unpacked",
    "clean": "articles",
    "extract": "read",
}
LIVE_SECONDS = 0.2  # between two drawings of the line on a terminal
PLAIN_SECONDS = 10.0  # between two lines where the output is a pipe or a file


@contextlib.contextmanager
def progress(stream: TextIO) -> Iterator[None]:
    """Shows how far the steps are: one live line on a terminal, a plain line now and then elsewhere."""
    board = _Board(stream)
    PROGRESS.addHandler(board)
    PROGRESS.setLevel(logging.DEBUG)
    PROGRESS.propagate = False
    try:
        yield
    finally:
        PROGRESS.removeHandler(board)
        PROGRESS.setLevel(logging.NOTSET)
        PROGRESS.propagate = True
        board.clear()


class _Board(logging.Handler):
    """Adds up the fates that the steps log and draws them, at most every so often."""

    def __init__(self, stream: TextIO):
        super().__init__()
        self.stream, self.live = stream, stream.isatty()
        self.counts: Counter[str] = Counter()
        self.drawn_at = time.monotonic()
        self.guard = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        with self.guard:
            if record.fate == "out":
                self.counts[record.step] += record.count
            now = time.monotonic()
            if now - self.drawn_at >= (LIVE_SECONDS if self.live else PLAIN_SECONDS):
                self.drawn_at = now
                self._draw()

    def _draw(self) -> None:
        line = "  ".join(f"{self.counts[step]} {word}" for step, word in WORDS.items() if self.counts[step])
        if line:
            self.stream.write(f"\r\x1b[2K{line}" if self.live else f"{line}\n")
            self.stream.flush()

    def clear(self) -> None:
        """Takes the live line away."""
        if self.live:
            self.stream.write("\r\x1b[2K")
            self.stream.flush()


def show(report: Optional[Report], destination: Destination, stream: TextIO = sys.stdout) -> None:
    """Says what a run did: one sentence, the balance, where to ask."""
    if report is None:
        print("nothing to do: no feed is due, no dead letter is waiting", file=stream, flush=True)
        return
    balance = report.balance
    came = f"{balance.total('poll', 'in')} feeds polled"
    if files := balance.total("cut", "in"):
        came = f"{files} WARC files read"
    print(f"{came}, {balance.total('dedupe', 'out')} articles written in {report.seconds:.1f} s", file=stream)
    for line in balance.lines():
        print(f"  {line}", file=stream)
    print("  every step balances: in = out + rejected + dead letters", file=stream, flush=True)
