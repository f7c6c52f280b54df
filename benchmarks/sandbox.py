"""What the process for parsers costs: a page read in it against the same page read here, turn by turn.

    python benchmarks/sandbox.py [ROUNDS]

Prints the milliseconds of processor time for a page both ways and their ratio, and the seconds that a first page takes,
and one after a crash, the loading of the libraries included.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from pipeline.sample.labels import load_labels
from pipeline.sample.pages import choose_related, render_page
from transforms.errors import Failure
from transforms.web.pages import read_page
from transforms.web.sandbox import PARSERS


def pages() -> list[tuple[bytes, str, str]]:
    """The pages of the sample newsroom."""
    labels = load_labels()
    found = []
    for article in labels.articles.values():
        body = render_page(article, labels.outlets[article.outlet], choose_related(article, labels), "http://a.example")
        found.append((body, "text/html; charset=utf-8", f"http://a.example{article.path}"))
    return found


def seconds_of(clock: Callable[[], float], function: Callable[..., Any], *arguments: Any) -> float:
    """How long one call takes, by a clock."""
    started = clock()
    function(*arguments)
    return clock() - started


def main(rounds: int) -> None:
    """Measures and prints."""
    first, *others = pages()
    begun = seconds_of(time.perf_counter, read_page, *first)
    try:
        PARSERS.call("os:abort")
    except Failure:
        again = seconds_of(time.perf_counter, read_page, *first)
    from transforms.web.extraction import parse_page  # after the first page: this process need not have it loaded

    parse_page(*first)
    here = parent = child = 0.0
    for page in others * rounds:
        here += seconds_of(time.process_time, parse_page, *page)
        before = PARSERS.call("time:process_time")
        parent += seconds_of(time.process_time, read_page, *page)
        child += PARSERS.call("time:process_time") - before
    count = len(others) * rounds / 1e3
    print(
        f"{here / count:.2f} ms here; {parent / count:.2f} + {child / count:.2f} ms in the parent and its child, ",
        end="",
    )
    print(f"ratio {(parent + child) / here:.3f}; {len(others) * rounds} pages each way")
    print(f"first page {begun:.2f} s, after a crash {again:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
