"""What the rows of an article are worth, of every rank, and how much of what it reports they tell.

    python -m benchmarks.all_events [--half steered|held] [--output EVENTS]

The articles are those of `world_news.jsonl`. `all_events.jsonl` has all that each tells, written down from the article
without a look at our rows: the main event ("need" is "main"), what an analyst would want as a row of its own ("must"),
and what one may code and need not ("may": routine statements, history). A row tells that event with whose words in the
text its own trigger overlaps, else one of its type of which the same sentence tells. Types, people, country and day are
judged as in `main_events.py`; where no day is told, a row may have a month.

Of the rows that are told as actual or historical it says how many are real (they tell something that the article
reports), how many of these tell it again after a row of a better rank, and how many are right in type, country and day,
or whole: in type, who, whom and country. Of what the articles report it says how much some row tells, and how much is
told whole.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Optional

from benchmarks.main_events import HALVES, WHOLE, WORLD_NEWS, Row, judge, read_events, read_output

GOLD = Path(__file__).with_suffix(".jsonl")
DATED = ("type", "country", "on")
_HAPPENED = frozenset(["actual", "historical"])


class Judged(NamedTuple):
    """A row beside what it tells. `gold` is None where the article reports no such thing."""

    row: Row
    gold: Optional[int]  # its place among the article's events
    right: Mapping[str, bool]
    is_again: bool  # whether a row of a better rank tells it as well

    def is_right(self, fields: Sequence[str]) -> bool:
        return self.gold is not None and not self.is_again and all(self.right[field] for field in fields)


def judge_rows(text: str, golds: Sequence[Row], rows: Iterable[Row]) -> list[Judged]:
    """Each row that has happened beside what it tells of `golds`, all that the article of that `text` reports."""
    spans = [[(at, at + len(words)) for words in gold["words"] if (at := text.find(words)) >= 0] for gold in golds]
    judged: list[Judged] = []
    for row in rows:
        if row["realis"] in _HAPPENED:
            gold = _told_by(row, golds, spans)
            right = _judge(golds[gold], row) if gold is not None else {}
            judged.append(Judged(row, gold, right, gold is not None and any(each.gold == gold for each in judged)))
    return judged


def _told_by(row: Row, golds: Sequence[Row], spans: Sequence[Sequence[tuple[int, int]]]) -> Optional[int]:
    """Which of `golds` a row tells, told in the text at `spans`."""
    told = range(len(golds))
    found = [n for n in told if any(a < row["char_end"] and b > row["char_start"] for a, b in spans[n])]
    if not found:
        of_type = [n for n in told if row["event_type"] in golds[n]["types"]]
        found = [n for n in of_type if any(words in row["sentence"] for words in golds[n]["words"])]
    return max(found, key=lambda n: sum(_judge(golds[n], row).values()), default=None)


def _judge(gold: Row, row: Row) -> dict[str, bool]:
    right = judge(gold, row)
    return right | {"on": right.get("on", row["date_precision"] != "day")}


def measure(articles: Iterable[tuple[str, Row, Sequence[Row]]]) -> dict[str, dict[str, int]]:
    """The figures over articles: the text of each, its line of the gold and its rows."""
    counts = {name: Counter() for name in ("rank 1", "other ranks", "reported")}
    for text, line, rows in articles:
        golds = line["events"]
        judged = judge_rows(text, golds, rows)
        for each in judged:
            counts["rank 1" if each.row["rank"] == 1 else "other ranks"].update(dict(_facts_of(each)))
        for n, gold in enumerate(golds):
            if gold["need"] != "may":
                told = [each for each in judged if each.gold == n]
                whole = any(all(each.right[field] for field in WHOLE) for each in told)
                counts["reported"].update({"events": 1, "told": bool(told), "told whole": whole})
    return {name: {key: int(number) for key, number in count.items()} for name, count in counts.items()}


def _facts_of(judged: Judged) -> Iterator[tuple[str, int]]:
    yield "rows", 1
    yield "real", judged.gold is not None
    yield "again", judged.is_again
    yield "type, country and day", judged.is_right(DATED)
    yield "whole", judged.is_right(WHOLE)


def with_texts(half: str, rows: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, Row, Sequence[Row]]]:
    """The articles of a half, as `measure` takes them, with their `rows` by id."""
    texts = {row["id"]: row["text"] for row in map(json.loads, WORLD_NEWS.read_text("utf-8").splitlines())}
    for line in read_lines(half):
        yield texts[line["id"]], line, rows[line["id"]]


def read_lines(half: str) -> list[Row]:
    """The gold of a half."""
    return [line for line in map(json.loads, GOLD.read_text("utf-8").splitlines()) if line["half"] == half]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--output", type=Path)
    words = parser.parse_args()
    for half in [words.half] if words.half else HALVES:
        if words.output:
            rows = read_output(words.output.read_text("utf-8").splitlines())
        else:
            rows = read_events([{"set": WORLD_NEWS.stem, "id": line["id"]} for line in read_lines(half)])
        print(half, json.dumps(measure(with_texts(half, rows)), indent=1))


if __name__ == "__main__":
    main()
