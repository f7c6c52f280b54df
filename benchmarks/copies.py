"""How many copies of a text are seen as such, and how many of those seen are none.

    python -m benchmarks.copies FOLDER

FOLDER holds `stories_*.jsonl`, as for `training.fit_stories`. An article that another one reports on too is copied to
another outlet in five ways: under the other one's title; cut to its first half; with another lead in place of its first
sentence; with a paragraph of its own in the middle; and all of that at once. Prints the share that is seen, for briefs
and for longer texts. Then, among the articles as they are, how many pairs of different events are taken for copies.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from training.fit_stories import read_rows, sign_row
from transforms.stories.copies import BRIEF_WORDS, is_copy
from transforms.stories.state import StoryState

LEAD = "Our own correspondent went to see what was going on, and this is the account that was to be had of it there."
PARAGRAPH = (
    "The town hall told this newspaper that nobody from our district was concerned, and that its offices would open as "
    "usual in the morning. Readers who know more are asked to write to the editor."
)
LEAST_WORDS = 30


def sentences(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.!?\"])\s+|\n+", text) if each.strip()]


def variants(row: dict, title: str) -> Iterator[tuple[str, dict]]:
    """The article as another outlet might print it, by what was done to it."""
    told = sentences(row["text"])
    first, middle = told[: max(2, (len(told) + 1) // 2)], len(told) // 2
    changed = {
        "re-headed": told,
        "cut": first,
        "another lead": [LEAD, *told[1:]],
        "own paragraph": [*told[:middle], PARAGRAPH, *told[middle:]],
        "all of it": [LEAD, *first[1:], PARAGRAPH],
    }
    for name, text in changed.items():
        headed = row["title"] if name in ("cut", "another lead", "own paragraph") else title
        yield name, row | {"id": f"{row['id']}-copy", "outlet": "Another", "title": headed, "text": "\n".join(text)}


def recall(rows: Iterable[dict]) -> None:
    by_event = defaultdict(list)
    for row in rows:
        by_event[row["event"]].append(row)
    seen, made = Counter(), Counter()
    for one, other in (pair for event in by_event.values() for pair in pairwise(event)):
        original = sign_row(one, "set")
        if original.word_count < LEAST_WORDS:
            continue
        for name, copy in variants(one, other["title"]):
            signed = sign_row(copy, "set")
            size = "brief" if min(original.word_count, signed.word_count) < BRIEF_WORDS else "longer"
            made[name, size] += 1
            seen[name, size] += is_copy(original, signed)
    for (name, size), count in sorted(made.items()):
        found = seen[name, size]
        print(f"  {name:15} {size:7} {found:>5} of {count:>5}  {found / count:.3f}")


def precision(rows: list[dict]) -> None:
    event = {f"set:{row['id']}": row["event"] for row in rows}
    state = StoryState.from_signatures(sign_row(row, "set") for row in rows)
    found = {
        frozenset((a.article_id, b.article_id))
        for a in state.signatures()
        for b in state.near_copies(a)
        if is_copy(a, b)
    }
    false = sorted(sorted(pair) for pair in found if len({event[i] for i in pair}) == 2)
    print(f"  as they are: {len(found)} pairs taken for copies, {len(false)} of them of different events")
    for pair in false:
        a, b = (state.articles[i] for i in pair)
        print(f"    {a.outlet}: {a.title!r} / {b.outlet}: {b.title!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for path in sorted(parser.parse_args().folder.glob("stories_*.jsonl")):
        rows = read_rows(path)
        print(path.stem)
        recall(rows)
        precision(rows)


if __name__ == "__main__":
    main()
