"""How much the stories depend on the order in which articles come.

    python -m benchmarks.orders FOLDER [--orders 20] [--articles 300]

FOLDER holds `stories_*.jsonl`, as for `training.fit_stories`. Of each set, whole events with so many articles in all
are drawn; they come all at once, then in random orders and in batches of random sizes. An order's difference is the
least number of articles that would have to move to make its stories those of the first.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from training.fit_stories import read_rows, sign_row
from transforms.stories.merging import StoryState, merge
from transforms.stories.similarity import Signature


def draw(path: Path, size: int) -> list[Signature]:
    """Articles of whole events, in a random order of events."""
    by_event = defaultdict(list)
    for row in read_rows(path):
        by_event[row["event"]].append(row)
    events = sorted(by_event)
    random.Random(3).shuffle(events)
    return [sign_row(row, path.stem) for event in events for row in by_event[event]][:size]


def batches(articles: Sequence[Signature], chance: random.Random) -> list[list[Signature]]:
    """The articles in another order, cut into batches anywhere."""
    mixed = chance.sample(articles, len(articles))
    cuts = sorted(chance.sample(range(1, len(mixed)), chance.randint(1, len(mixed) - 1)))
    return [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]


def stories(parts: Iterable[Sequence[Signature]]) -> dict[str, str]:
    """Where each article is in the end."""
    state, place = StoryState(), {}
    for part in parts:
        state, outputs = merge(state, part)
        place |= {placement.article_id: placement.story_id for placement in outputs.placements}
    return place


def difference(one: dict[str, str], other: dict[str, str]) -> int:
    """How many articles would have to move, taking for each story of one side that of the other with most of it."""
    shared = Counter((one[article_id], other[article_id]) for article_id in one)
    best = [defaultdict(int), defaultdict(int)]
    for pair, count in shared.items():
        for side in (0, 1):
            best[side][pair[side]] = max(best[side][pair[side]], count)
    return max(len(one) - sum(each.values()) for each in best)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--orders", type=int, default=20)
    parser.add_argument("--articles", type=int, default=300)
    given = parser.parse_args()
    for path in sorted(given.folder.glob("stories_*.jsonl")):
        articles = draw(path, given.articles)
        first = stories([articles])
        found = [difference(first, stories(batches(articles, random.Random(n)))) for n in range(given.orders)]
        print(f"{path.stem:20} {len(articles)} articles: {np.mean(found):.1f} differ on average, {found}", flush=True)


if __name__ == "__main__":
    main()
