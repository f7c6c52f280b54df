"""What the process for parsers costs: a page read in it against the same page read here, turn by turn.

    python benchmarks/sandbox.py [ROUNDS]

Prints the median milliseconds of a page both ways and their ratio, and the seconds that a first page and one after a
crash take, the loading of the libraries included.
"""

import statistics
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


def milliseconds(function: Callable[..., Any], *arguments: Any) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - started) * 1e3


def main(rounds: int) -> None:
    """Measures and prints."""
    first, *others = pages()
    begun = milliseconds(read_page, *first)
    try:
        PARSERS.call("os:abort")
    except Failure:
        again = milliseconds(read_page, *first)
    from transforms.web.extraction import parse_page  # after the first page: this process need not have it loaded

    parse_page(*first)
    here, there = [], []
    for page in others * rounds:
        here.append(milliseconds(parse_page, *page))
        there.append(milliseconds(read_page, *page))
    a, b = statistics.median(here), statistics.median(there)
    print(f"here {a:.2f} ms, in the process {b:.2f} ms, ratio {b / a:.3f} ({len(here)} pages each)")
    print(f"first page {begun / 1e3:.2f} s, after a crash {again / 1e3:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
