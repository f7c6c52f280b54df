"""Pages a second that come out of WARC files as articles and events, against what trafilatura alone takes for them.

    python -m benchmarks.archives [PAGES ...]           made-up pages; 100 and 1,000 unless told otherwise
    python -m benchmarks.archives --of captured.jsonl   pages of your own: JSON lines with page_url and html

For each number of pages: what `run --warc` into an empty folder takes, building the graph and committing the tables
included, in seconds and in processor time; pages per second of processor time; the processor time of a second run over
the same files; that of `trafilatura.bare_extraction` alone for the same pages; the ratio, which says what all else
costs; and the peak of memory of a process so far. Processor time, since it does not tell how busy the machine was.
With `--of` the pages are repeated, each copy with an address of its own, until there are as many.
"""

import argparse
import gzip
import json
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator

import numpy as np
import trafilatura

from pipeline.destination import parse_destination
from pipeline.warehouse import query
from transforms.stories.rarity import background

FILE_PAGES = 100
LINKS = 120  # around the text
PLACES = ("Gao", "Djibo", "Kirkuk", "Quetta", "Timbuktu", "Surigao")


def made_up(count: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """Pages of about 400 words that follow Zipf's law, with menus, links and scripts around them."""
    draw, words = np.random.default_rng(seed), sorted(background(), key=background().__getitem__)
    chances = 1 / np.arange(1, len(words) + 1)
    chances /= chances.sum()
    names = random.Random(seed)
    for number in range(count):
        chosen = [words[place] for place in draw.choice(len(words), 420, p=chances)]
        chosen[10:400:39] = [word.title() for word in names.sample(words, 10)]
        title, sentences = " ".join(chosen[:8]).title(), [chosen[n : n + 15] for n in range(8, 420, 15)]
        text = "".join(f"<p>The {' '.join(sentence)}.</p>\n" for sentence in sentences)
        text = f"<p>Gunmen killed {names.randint(2, 99)} people in {names.choice(PLACES)} on Sunday.</p>\n{text}"
        menu = "".join(
            f'<li><a href="/{word}/{n}">{word}</a></li>\n' for n, word in enumerate(names.sample(words, LINKS))
        )
        page = (
            f"<html><head><title>{title}</title><script>{'var x = 1;' * 900}</script></head><body><nav><ul>{menu}</ul>"
            f"</nav><article><h1>{title}</h1>{text}</article><footer>All rights reserved.</footer></body></html>"
        )
        yield f"https://outlet{number % 50}.example/{number}", page.encode()


def captured(path: str, count: int) -> Iterator[tuple[str, bytes]]:
    """The pages of a file again and again, each time with other addresses."""
    pages = [json.loads(line) for line in pathlib.Path(path).read_text("utf-8").splitlines()]
    for number in range(count):
        page = pages[number % len(pages)]
        turn = number // len(pages)
        yield page["page_url"] + (f"?turn={turn}" if turn else ""), page["html"].encode()


def write_archives(pages: Iterable[tuple[str, bytes]], folder: pathlib.Path) -> None:
    for number, (url, body) in enumerate(pages):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-01T08:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        with open(folder / f"{number // FILE_PAGES:05}.warc.gz", "ab") as file:
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n"))


def run(folder: pathlib.Path, out: pathlib.Path) -> float:
    """Processor time of a run in a process of its own, and of the processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "pipeline", "run", "--warc", str(folder), "--to", str(out)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bare(pages: Iterable[tuple[str, bytes]]) -> float:
    """Processor time of trafilatura alone, with the options that `clean` gives it."""
    spent = 0.0
    for url, body in pages:
        began = time.process_time()
        trafilatura.bare_extraction(
            body, url=url, favor_precision=True, include_comments=False, with_metadata=True, deduplicate=False
        )
        spent += time.process_time() - began
    return spent


def measure(count: int, source: str | None) -> None:
    def pages() -> Iterator[tuple[str, bytes]]:
        return captured(source, count) if source else made_up(count)

    with tempfile.TemporaryDirectory() as place:
        archive = pathlib.Path(place) / "in"
        archive.mkdir()
        write_archives(pages(), archive)
        megabytes = sum(path.stat().st_size for path in archive.iterdir()) / 1e6
        began = time.monotonic()
        spent = run(archive, pathlib.Path(place) / "out")
        seconds = time.monotonic() - began
        again = run(archive, pathlib.Path(place) / "out")
        [[articles]] = query(parse_destination(f"{place}/out"), "SELECT COUNT(*) FROM articles", 60.0).rows
    alone, peak = bare(pages()), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{count:>7} {megabytes:>7.1f} {articles:>8} {seconds:>8.1f} {spent:>8.1f} {count / spent:>8.1f} {again:>8.1f} "
        f"{alone:>8.1f} {spent / alone:>6.2f} {peak:>8.0f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=int)
    parser.add_argument("--of", metavar="captured.jsonl")
    words = parser.parse_args()
    print("  pages      MB articles  seconds    cpu s  pages/s  again s  alone s  ratio  peak MB")
    for count in words.pages or [100, 1_000]:
        measure(count, words.of)


if __name__ == "__main__":
    main()
