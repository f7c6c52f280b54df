"""Fit the weights of `transforms/stories/evidence.py` on labelled articles, and report on articles that they never saw.

    python -m training.fit_stories FOLDER [--report] [--write transforms/stories/similarity_weights.json]

FOLDER holds `stories_*.jsonl`: one article a line with "id", "outlet", "title", "text", "date" and "event". Each set is
cut into halves by event (by what stands before an underscore in its label, so that twin events stay together). Weights
must hold whatever else is in the collection: they are fitted on each set alone and on all sets mixed, as they are and
with their events moved into one month, as a newsroom holds them; each weighs the same. Logistic regression gives the
weights. The threshold is the highest with nearly the best mean pairwise F1 on articles that the weights have not seen:
those of one half are fitted and those of the other grouped.
--report prints the F1 on the other halves, with weights and threshold found on the first alone, then on sets left out
altogether; what is written is fitted on everything.
"""

import argparse
import functools
import json
import random
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from transforms.stories.contrast import contrast
from transforms.stories.evidence import DAY_SECONDS, FEATURES, Weights, features, score
from transforms.stories.linkage import average_linkage
from transforms.stories.merging import SCORE_LIMIT, StoryState
from transforms.stories.similarity import Signature, sign

NOT_PAIRS = 5.0  # weight of all pairs that are not one story, to that of all that are
RIDGE = 1.0
PAIR_WEIGHT = 3_000.0  # of a collection's pairs of one story taken together
LIVE_DAYS = 30
LIVE_DRAWS = 2  # of what falls together in such a month, since weights differ by it
THRESHOLDS = (-1.25, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)
SMOOTHING = (0.25, 0.5, 0.25)  # of the curve over thresholds: its peak alone is chance
NEARLY_BEST = 0.002  # below the peak of the curve, which is flat
FETCHED = datetime(2030, 1, 1, tzinfo=UTC).timestamp()


class Labelled(NamedTuple):
    """An article and the event that it reports."""

    article: Signature
    event: str


class Collection:
    """Labelled articles held together, and the features of the pairs asked for so far."""

    def __init__(self, labelled: Iterable[Labelled]):
        self.labelled = list(labelled)
        self.event = {each.article.article_id: each.event for each in self.labelled}
        self.state = StoryState.from_signatures(each.article for each in self.labelled)
        self._features: dict[tuple[str, str], tuple[float, ...]] = {}

    def features(self, a: str, b: str) -> tuple[float, ...]:
        pair = (a, b) if a < b else (b, a)
        if pair not in self._features:
            first, second = (self.state.articles[i] for i in pair)
            self._features[pair] = features(first, second, self.state.rarities)
        return self._features[pair]

    @functools.cached_property
    def near(self) -> list[tuple[str, str]]:
        """The pairs that would be compared."""
        found = ((a.article_id, b.article_id) for a in self.state.signatures() for b in self.state.near(a))
        return sorted({(a, b) if a < b else (b, a) for a, b in found})


def read_set(path: Path) -> Collection:
    """The articles of one set; events of different sets differ by the set's name."""
    return Collection(Labelled(sign_row(row, path.stem), f"{path.stem}:{row['event']}") for row in read_rows(path))


def read_rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sign_row(row: dict, name: str) -> Signature:
    """The signature of an article of the set of this name."""
    when = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC).timestamp() if row.get("date") else None
    article_id = f"{name}:{row['id']}"
    return sign(article_id, 1, article_id, row["outlet"] or "", row["title"], row["text"], "en", when, FETCHED)


def topic(labelled: Labelled) -> str:
    """The event, or what it has in common with its twin."""
    name, event = labelled.event.split(":", 1)
    return f"{name}:{event.split('_')[0]}"


def half(collection: Collection, number: int, cut: int = 0) -> Collection:
    """Half of the topics; another cut goes across the first one."""
    return Collection(each for each in collection.labelled if zlib.crc32(topic(each).encode()) >> cut & 1 == number)


def conditions(sets: Sequence[Collection]) -> list[Collection]:
    """Each set alone and all mixed, as they are and live."""
    mixed = Collection(labelled for collection in sets for labelled in collection.labelled)
    return both_ways([*sets, mixed], LIVE_DRAWS)


def both_ways(sets: Sequence[Collection], draws: int = 1) -> list[Collection]:
    """Sets as they are, and those with dates live as well."""
    dated = [collection for collection in sets if is_dated(collection)]
    return [*sets, *(live(collection, draw) for collection in dated for draw in range(draws))]


def is_dated(collection: Collection) -> bool:
    return any(labelled.article.dated for labelled in collection.labelled)


def live(collection: Collection, draw: int = 0) -> Collection:
    """The same articles as a newsroom would hold them: all topics begin within one month.

    A set has a few hundred events of many years, so that reports of one day are of one event as a rule. Where all the
    news of a month is held they are not.
    """
    begun: dict[str, float] = {}
    for labelled in sorted(collection.labelled, key=lambda each: each.article.time):
        if labelled.article.dated:
            begun.setdefault(topic(labelled), labelled.article.time)
    chance = random.Random(draw)
    moves = {name: round(LIVE_DAYS * chance.random() - time / DAY_SECONDS) for name, time in sorted(begun.items())}
    return Collection(moved(labelled, moves.get(topic(labelled), 0)) for labelled in collection.labelled)


def moved(labelled: Labelled, days: int) -> Labelled:
    """An article some days later, if it has a date."""
    article = labelled.article
    if not article.dated:
        return labelled
    later = [day + days for day in article.days]
    return labelled._replace(article=article._replace(time=article.time + days * DAY_SECONDS, days=later))


def pairs(collection: Collection) -> tuple[np.ndarray, np.ndarray]:
    """Features of all pairs that would be compared, and whether each is of one event."""
    same = [collection.event[a] == collection.event[b] for a, b in collection.near]
    return np.array([collection.features(a, b) for a, b in collection.near]), np.array(same, dtype=float)


def fit(collections: Iterable[Collection]) -> Weights:
    """Weights by logistic regression, with a threshold of 0."""
    known = [pairs(collection) for collection in collections]
    values, same = np.concatenate([v for v, _ in known]), np.concatenate([s for _, s in known])
    weight = np.concatenate([np.where(s > 0, 1 / s.sum(), NOT_PAIRS / (1 - s).sum()) for _, s in known])
    mean, spread = values.mean(0), values.std(0) + 1e-9
    found = logistic((values - mean) / spread, same, weight * PAIR_WEIGHT)
    slopes = found[1:] / spread
    rounded = {name: round(float(slope), 4) for name, slope in zip(FEATURES, slopes, strict=True)}
    return Weights(round(float(found[0] - slopes @ mean), 4), 0.0, rounded)


def logistic(values: np.ndarray, same: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Intercept and slopes with least weighted logistic loss and a small ridge, by Newton's method."""
    design = np.column_stack([np.ones(len(values)), values])
    ridge = RIDGE * np.diag([0.0] + [1.0] * values.shape[1])
    found = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (weight * (chance - same)) + ridge @ found
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    return found


def f1(collection: Collection, weights: Weights) -> float:
    """Pairwise F1 of the stories that these weights make."""

    def scored(a: str, b: str) -> float:
        return max(-SCORE_LIMIT, min(SCORE_LIMIT, score(collection.features(a, b), weights)))

    def penalty(a: Sequence[str], b: Sequence[str]) -> float:
        return contrast(*([collection.state.articles[i] for i in group] for group in (a, b))).penalty

    edges = [pair for pair in collection.near if scored(*pair) >= weights.threshold]
    groups = average_linkage({i: [i] for i in collection.event}, edges, scored, weights.threshold, penalty)
    story = {article_id: number for number, group in enumerate(groups) for article_id in group}
    hits = pair_count((story[i], event) for i, event in collection.event.items())
    total = pair_count(story.values()) + pair_count(collection.event.values())
    return 2 * hits / total if total else 1.0


def pair_count(labels: Iterable) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def train(sets: Sequence[Collection]) -> Weights:
    """Weights and threshold for these sets."""
    halves = [[half(collection, number, cut=1) for collection in sets] for number in (0, 1)]
    curves = [curve(fit(conditions(halves[n])), both_ways(halves[1 - n])) for n in (0, 1)]
    return fit(conditions(sets))._replace(threshold=cautious(np.mean(curves, axis=0)))


def cautious(means: np.ndarray) -> float:
    """The highest threshold whose mean F1 is nearly the best: a missed merge does less harm than a false one."""
    smooth = np.convolve(means, SMOOTHING, "valid")
    return THRESHOLDS[1 + int(np.flatnonzero(smooth >= smooth.max() - NEARLY_BEST)[-1])]


def curve(weights: Weights, sets: Sequence[Collection]) -> list[float]:
    """Mean F1 on these sets, for each threshold."""
    return [float(np.mean([f1(each, weights._replace(threshold=t)) for each in sets])) for t in THRESHOLDS]


def report(sets: dict[str, Collection]) -> None:
    """Print what weights are worth on articles that they have not seen."""
    for number in (0, 1):
        weights = train([half(collection, number) for collection in sets.values()])
        for name, collection in sets.items():
            print(f"other half  {name:20} {' live '.join(figures(half(collection, 1 - number), weights))}", flush=True)
    for name, collection in sets.items():
        weights = train([other for other_name, other in sets.items() if other_name != name])
        print(f"left out    {name:20} {' live '.join(figures(collection, weights))}", flush=True)


def figures(collection: Collection, weights: Weights) -> list[str]:
    """F1 of a set as it is and, if it has dates, live."""
    return [f"{f1(each, weights):.3f}" for each in both_ways([collection])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    sets = {path.stem: read_set(path) for path in sorted(given.folder.glob("stories_*.jsonl"))}
    if given.report:
        report(sets)
    weights = train(list(sets.values()))
    print(json.dumps(weights._asdict(), indent=2))
    if given.write:
        given.write.write_text(json.dumps(weights._asdict(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
