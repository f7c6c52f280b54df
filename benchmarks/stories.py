"""What it costs to place an article among 1,000, 10,000 and 100,000 held.

    python -m benchmarks.stories [HELD ...]

Articles are made up: words follow Zipf's law, one article in three reports an event that others report as well, and
their times spread evenly over the live days. Prints, for each number held, the processor time to make up and sign an
article, to make the state from stored signatures, to place 200 new articles one by one (mean, 99th percentile) and all
at once, and the size of a signature in Parquet.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from transforms.stories.archive import pack, to_table, unpack
from transforms.stories.merging import StoryState, merge
from transforms.stories.rarity import background
from transforms.stories.similarity import Signature, sign

NEW = 200
LIVE_DAYS = 90.0
DAY = 86_400.0


class Newsroom:
    """Makes up articles."""

    def __init__(self, seed: int = 7):
        self.random = random.Random(seed)
        self.words = sorted(background(), key=background().__getitem__)
        ranks = np.arange(1, len(self.words) + 1)
        self.chances = np.cumsum(1 / ranks) / np.sum(1 / ranks)
        self.generator = np.random.default_rng(seed)
        self.events: list[tuple[float, list[str], list[str]]] = []

    def draw(self, count: int) -> list[str]:
        places = np.searchsorted(self.chances, self.generator.random(count))
        return [self.words[place] for place in places]

    def event(self) -> tuple[float, list[str], list[str]]:
        if self.events and self.random.random() < 1 / 3:
            return self.random.choice(self.events[-2_000:])
        names = [word.title() for word in self.random.sample(self.words, 4)]
        self.events.append((self.random.random() * LIVE_DAYS * DAY, self.draw(60), names))
        return self.events[-1]

    def article(self, number: int) -> Signature:
        when, words, names = self.event()
        body = self.draw(260) + self.random.sample(words, 40)
        self.random.shuffle(body)
        for place in range(5, len(body), 25):
            body[place] = self.random.choice(names)
        sentences = (" ".join(body[i : i + 15]) for i in range(0, len(body), 15))
        text = "\n".join(f"The {sentence} {self.random.randint(2, 99)}." for sentence in sentences)
        outlet, published = f"outlet{number % 300}", when + self.random.random() * DAY
        url = f"https://{outlet}.example/{number}"
        return sign(f"{number:020x}", 1, url, outlet, " ".join(words[:8]), text, "en", published, published)


def timed(work, *args, **kwargs):
    start = time.process_time()
    result = work(*args, **kwargs)
    return result, time.process_time() - start


def parquet_bytes(signatures: list[Signature]) -> float:
    """Bytes of an article in a Parquet file."""
    columns = {field: [getattr(s, field) for s in signatures] for field in Signature._fields}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signatures.parquet"
        pq.write_table(pa.table(columns), path, compression="zstd")
        return path.stat().st_size / len(signatures)


def one_by_one(state: StoryState, new: list[Signature]) -> list[float]:
    """Seconds that each new article took."""
    spent = []
    for article in new:
        _, seconds = timed(merge, state, [article])
        spent.append(seconds)
    return spent


def measure(held: int) -> str:
    room = Newsroom()
    articles, signing = timed(lambda: [room.article(number) for number in range(held)])
    block = pack(to_table(articles))
    state, loading = timed(lambda: StoryState.from_tables([unpack(block)]))
    new = [room.article(held + number) for number in range(2 * NEW)]
    spent = sorted(one_by_one(state, new[:NEW]))
    (_, outputs), together = timed(merge, state, new[NEW:])
    return (
        f"{held:>7} {signing / held * 1e3:>8.2f} {loading:>8.1f} {np.mean(spent) * 1e3:>8.2f} {spent[-2] * 1e3:>8.2f} "
        f"{together / NEW * 1e3:>8.2f} {parquet_bytes([*articles[:20_000], *outputs.signatures]):>8.0f}"
    )


def main(sizes: list[int]) -> None:
    print("   held  make ms   load s    ms/one   ms 99%  ms/batch    bytes")
    for size in sizes:
        print(measure(size), flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
