"""Fit the weights of `transforms/events/confidence.py` on labelled articles; report on articles that they never saw.

    python -m training.fit_confidence EVENTS.jsonl... [--write transforms/events/data/confidence.toml]

A line of EVENTS is an article with "id", "title", "text", "date" and "events", each with "type", "mode", "from", "to",
"country" (ISO 3166-1 alpha-3, or its name), "killed" and "injured"; null, or absent, where it is not known. The first
half of each file, by id, is learned from; the other half is reported on: the Brier score beside that of saying the same
of all, and how often events were right that were said to be so likely. Of `benchmarks/world_news.jsonl` it is known
what is right of every rank (`benchmarks/all_events.py`), and what is steered there is learned from.

An event is right if it is told of the article's gold event that is most like it and type, country and day are right, as
far as the gold has them. Elsewhere main events alone count, if they are of a type which the gold tells of, for it is
silent on the others. What further independent texts add is learned from articles of one file that have the same gold
event.
"""

import argparse
import collections
import datetime
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Optional

import numpy as np
from apache_beam.utils.timestamp import Timestamp

from benchmarks.all_events import DATED, judge_rows, read_lines
from benchmarks.main_events import HALVES, WORLD_NEWS
from pipeline.texts import event_columns
from transforms.events.confidence import Evidence, Weights, confidence, joint_confidence, observations
from transforms.events.describing import describe_event
from transforms.events.happenings import read_article
from transforms.events.headlines import plain_case
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology
from transforms.language.marks import Marker
from transforms.records import ArticleEvent, Claim, Event

RIDGE = 2.0
TEXTS_RIDGE = 20.0  # events that several articles tell are few: without much of a reason, more texts add little
_IDENTITY = ("type", "from", "lat", "lon", "killed", "injured")
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


class Observed(NamedTuple):
    """An event that was read, what tells how far to trust it, whether it is right, and the article that tells it."""

    evidence: Evidence
    event: ArticleEvent
    is_right: bool
    row: Mapping[str, Any]


class Reading:
    """What is read in labelled articles."""

    def __init__(self) -> None:
        self.nlp, self.ontology, self.marker = load_pipeline(), load_ontology(), Marker()

    def observe(self, rows: Sequence[Mapping[str, Any]]) -> list[Observed]:
        """The events of these articles that are told as actual: of those that are known whole all, of others the main
        one if it is of a type that their gold tells of."""
        found = []
        types = {gold.get("type") for row in rows for gold in row["events"]}
        docs = read_texts(self.nlp, (row["text"] for row in rows))
        headlines = read_texts(self.nlp, (plain_case(row.get("title") or "", row["text"]) for row in rows))
        for row, doc, headline in zip(rows, docs, headlines, strict=True):
            account = read_article(
                doc,
                self.ontology,
                article_id=str(row["id"]),
                title=row.get("title"),
                published_day=_day(row.get("date")),
                headline=headline,
                marker=self.marker,
            )
            told = [
                (event, evidence)
                for event, evidence in zip(account.events, account.evidence, strict=True)
                if event.realis == "actual" and ("is_whole" in row or (event.rank == 1 and event.event_type in types))
            ]
            events = [event for event, _ in told]
            right = right_rows(row, events) if "is_whole" in row else self.right_events(row["events"], events)
            found += [Observed(evidence, event, event.rank in right, row) for event, evidence in told]
        return found

    def right_events(self, golds: Sequence[Mapping[str, Any]], events: Sequence[ArticleEvent]) -> set[int]:
        """The ranks of the events that are right."""
        pairs = [(self._likeness(gold, event), -event.rank, n) for n, gold in enumerate(golds) for event in events]
        right, taken, used = set(), set(), set()
        for _, rank, n in sorted(pairs, reverse=True):
            if n not in used and rank not in taken:
                used.add(n)
                taken.add(rank)
                right |= {-rank} if self.is_right(golds[n], next(e for e in events if e.rank == -rank)) else set()
        return right

    def merged(self, observed: Iterable[Observed], weights: Weights) -> list[tuple[float, int, bool]]:
        """Of main events of articles with one gold event: the best confidence, how many texts, whether it is right."""
        told = collections.defaultdict(list)
        for each in observed:
            golds = each.row["events"]
            if each.event.rank == 1 and len(golds) == 1 and golds[0].get("from") and golds[0].get("lat") is not None:
                told[json.dumps([golds[0][key] for key in _IDENTITY])].append(each)
        found = []
        for group in (group for group in told.values() if len(group) > 1):
            claims = [_claim(each, weights) for each in group]
            event = describe_event("", 1, "", claims)
            right = self.is_right(group[0].row["events"][0], event)
            found.append((max(claim.confidence for claim in claims), len(claims), right))
        return found

    def is_right(self, gold: Mapping[str, Any], event: ArticleEvent | Event) -> bool:
        country, first = self._country(gold), _day(gold.get("from"))
        dated = first is None or bool(event.happened_on and first <= event.happened_on <= _day(gold["to"]))
        placed = country in (None, event.country)
        return gold["type"] == event.event_type and placed and dated

    def _likeness(self, gold: Mapping[str, Any], event: ArticleEvent) -> float:
        tolls = [gold.get("killed") == event.killed_best, gold.get("injured") == event.injured_best]
        same_mode = gold.get("mode") == event.event_mode
        country = self._country(gold)
        dated = bool(event.happened_on and gold.get("from") and _day(gold["from"]) <= event.happened_on)
        return (
            (gold["type"] == event.event_type) + 0.5 * same_mode + 0.5 * sum(tolls) + (country == event.country) + dated
        )

    def _country(self, gold: Mapping[str, Any]) -> Optional[str]:
        words = (gold.get("country") or "").lower().split()
        if len(words) != 1 or len(words[0]) != 3:
            found = self.ontology.places.match(words, 0) if words else None
            return found[1].country if found else None
        return words[0].upper()


def read_halves(path: Path) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The articles of a file: those to learn from, and those to report on."""
    rows = sorted(map(json.loads, path.read_text("utf-8").splitlines()), key=lambda row: str(row["id"]))
    return rows[: len(rows) // 2], rows[len(rows) // 2 :]


def read_world_news() -> tuple[list[Mapping[str, Any]], ...]:
    """The same of the world news; their "events" are all that they tell, with the words for it."""
    texts = {row["id"]: row for row in map(json.loads, WORLD_NEWS.read_text("utf-8").splitlines())}
    return tuple(
        [texts[line["id"]] | {"outlet": "", "events": line["events"], "is_whole": True} for line in read_lines(half)]
        for half in HALVES
    )


def right_rows(row: Mapping[str, Any], events: Sequence[ArticleEvent]) -> set[int]:
    """The ranks of the events that are right by the gold of all events."""
    judged = judge_rows(row["text"], row["events"], list(map(event_columns, events)))
    return {each.row["rank"] for each in judged if each.is_right(DATED)}


def fit(observed: Sequence[Observed]) -> Weights:
    """Logistic regression with a ridge, by Newton's method."""
    seen = [observations(each.evidence) for each in observed]
    x = np.array([[1.0, *each.values()] for each in seen])
    y = np.array([float(each.is_right) for each in observed])
    ridge = np.diag([0.0, *[RIDGE] * (x.shape[1] - 1)])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge, x.T @ (y - p) - ridge @ w)
    named = dict(zip(seen[0], (round(float(v), 3) for v in w[1:]), strict=True))
    return Weights(named, 0.0, round(float(w[0]), 3))


def _claim(observed: Observed, weights: Weights) -> Claim:
    row, day = observed.row, datetime.datetime.fromisoformat(observed.row["date"]).replace(tzinfo=datetime.UTC)
    said = {name: getattr(observed.event, name) for name in Claim._fields if hasattr(observed.event, name)}
    said |= {"article_id": str(row["id"]), "confidence": confidence(observed.evidence, weights)}
    said |= {"killed": observed.event.killed_best, "injured": observed.event.injured_best}
    return Claim(**said, outlet=row["outlet"], copy_of=None, reported_at=Timestamp(day.timestamp()), title=row["title"])


def fit_texts(merged: Sequence[tuple[float, int, bool]]) -> float:
    """How much each doubling of the independent texts adds to the log odds of the best of them."""
    best, texts, right = map(np.array, zip(*merged, strict=True))
    offset, x, w = np.log(best.clip(0.01, 0.99) / (1 - best.clip(0.01, 0.99))), np.log2(texts), 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-offset - w * x))
        w += (x @ (right - p) - TEXTS_RIDGE * w) / (x @ (x * p * (1 - p)) + TEXTS_RIDGE)
    return round(float(w), 3)


def brier(pairs: Iterable[tuple[float, bool]]) -> float:
    """The mean squared difference of what was said and what was so."""
    return float(np.mean([(said - so) ** 2 for said, so in pairs]))


def report(name: str, pairs: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """How well probabilities hold."""
    share = float(np.mean([so for _, so in pairs]))
    yield f"{name}: {len(pairs)} events, {share:.3f} right"
    yield f"  Brier {brier(pairs):.3f}; of saying {share:.2f} of all {share * (1 - share):.3f}"
    for low, high in itertools.pairwise(BINS):
        inside = [(said, so) for said, so in pairs if low <= said < high or said == high == 1.0]
        if inside:
            said, so = np.mean(inside, axis=0)
            yield f"  said {low:.1f} to {high:.1f}: {len(inside):4} events, {said:.2f} on average, {so:.2f} right"


def main(arguments: Optional[Sequence[str]] = None) -> None:
    """Fits, reports, and writes if it is told to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", nargs="+", type=Path)
    parser.add_argument("--write", type=Path)
    words = parser.parse_args(arguments)
    reading = Reading()
    rows = {
        path.stem: read_world_news() if path.stem == WORLD_NEWS.stem else read_halves(path) for path in words.events
    }
    halves = {name: tuple(map(reading.observe, both)) for name, both in rows.items()}
    learned = [each for observed, _ in halves.values() for each in observed]
    weights = fit(learned)
    if merged := reading.merged(learned, weights):
        weights = weights._replace(texts=fit_texts(merged))
    pairs = {
        name: [(confidence(each.evidence, weights), each.is_right) for each in kept]
        for name, (_, kept) in halves.items()
    }
    pairs["all"] = list(itertools.chain(*pairs.values()))
    kept = itertools.chain(*(kept for _, kept in halves.values()))
    for best, texts, right in reading.merged(kept, weights):
        pairs.setdefault("of several texts", []).append((joint_confidence(best, texts, weights), right))
    for name, said in pairs.items():
        print("\n".join(report(name, said)), flush=True)
    if words.write:
        words.write.write_text(to_toml(weights), "utf-8")


def to_toml(weights: Weights) -> str:
    """The weights as a file."""
    lines = [f"{name} = {value}" for name, value in weights.evidence.items()]
    head = "# Written by `python -m training.fit_confidence`. What each means: transforms/events/confidence.py"
    return "\n".join([head, f"bias = {weights.bias}", f"texts = {weights.texts}", "", "[evidence]", *lines, ""])


def _day(value: Optional[str]) -> Optional[datetime.date]:
    return datetime.date.fromisoformat(value[:10]) if value else None


if __name__ == "__main__":
    main()
