"""Fit the weights of `transforms/events/marked.py` on the reports that neither rules nor network have seen.

    python -m training.fit_marked [--write transforms/events/data/marked.toml]

Those are the marked reports of `reports/kept_out`. Of each whose main event is one of the rules' and of the right type,
everybody who may have a part is an example: he has it if what the report calls him is marked so. It prints how many of
these casts are right by the rules alone and with what is fitted, each report by weights of the other three quarters:
nobody wrong, and somebody if there is anybody.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.main_events import is_form
from training.reports import KEPT_OUT, Report, read_reports
from transforms.events.happenings import read_article
from transforms.events.headlines import plain_case
from transforms.events.marked import ROLES, Cast, News, Weights
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology
from transforms.language.marks import Marker
from transforms.records import Actor

RIDGE = 1.0
PARTS = 4
STEPS = 40


class Told(NamedTuple):
    """The main event of a report, its people by the rules, with the marks of the report and the words for each part."""

    event_type: str
    cast: Cast
    news: News
    words: dict[str, list[str]]


def read(reports: Sequence[Report]) -> Iterator[Told]:
    """The reports whose main event has a type that they may have."""
    nlp, ontology, marker = load_pipeline(), load_ontology(), Marker()
    docs = read_texts(nlp, [report.text for report in reports])
    headlines = read_texts(nlp, [plain_case(report.title, report.text) for report in reports])
    for report, doc, headline in zip(reports, docs, headlines, strict=True):
        account = read_article(doc, ontology, article_id="", title=report.title, headline=headline, marker=marker)
        if account.news is None or "added" in account.by_marks or account.events[0].event_type not in report.kinds:
            continue
        words = {
            role: [text[a:b] for text, spans in _parts(report) for a, b in spans[role]]
            for role in ROLES
        }  # fmt: skip
        event = account.by_rules
        yield Told(event.event_type, (event.actors, event.recipients), account.news, words)


def _parts(report: Report) -> Sequence[tuple[str, dict[str, list[tuple[int, int]]]]]:
    return (report.title, report.title_spans), (report.text, report.text_spans)


def has_part(actor: Actor, words: Sequence[str]) -> bool:
    """Whether what somebody is called is marked."""
    return any(is_form(name, word) for name in (actor.name, actor.text) if name for word in words)


def fit(told: Sequence[Told]) -> Weights:
    """Weights by role and observation: logistic regression with a ridge."""
    weights = {}
    for role in ROLES:
        candidates = [
            (c, has_part(c.actor, each.words[role]))
            for each in told
            for c in each.news.candidates(each.event_type, each.cast, role)
            if c.evidence
        ]
        names = list(candidates[0][0].evidence)
        seen = np.array([list(c.evidence.values()) for c, _ in candidates])
        right = np.array([is_right for _, is_right in candidates], float)
        weights[role] = dict(zip(names, _logistic(seen, right).round(3).tolist(), strict=True))
    return weights


def _logistic(seen: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The weights (observations,) by which `seen` (candidates, observations) tells `right` (candidates,), 0 or 1."""
    weights = np.zeros(seen.shape[1])
    for _ in range(STEPS):  # Newton's
        chance = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (chance - right) + RIDGE * weights
        bend = (seen.T * (chance * (1 - chance))) @ seen + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def is_right(people: Sequence[Actor], words: Sequence[str]) -> bool:
    return bool(people) == bool(words) and all(has_part(actor, words) for actor in people)


def figures(told: Sequence[Told]) -> dict[str, object]:
    """How many have who, whom and both right by rules alone and with the marks, each fitted without it."""
    counts = np.zeros((2, 3), int)
    for part in range(PARTS):
        weights = fit([each for n, each in enumerate(told) if n % PARTS != part])
        for each in told[part::PARTS]:
            for way, cast in enumerate((each.cast, each.news.recast(each.event_type, each.cast, weights))):
                right = [is_right(cast[n], each.words[role]) for n, role in enumerate(ROLES)]
                counts[way] += [*right, all(right)]
    ways = zip(("rules alone", "with marks"), counts.tolist(), strict=True)
    return {"reports": len(told)} | {way: dict(zip((*ROLES, "both"), row, strict=True)) for way, row in ways}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, metavar="FILE")
    args = parser.parse_args()
    told = list(read(read_reports(KEPT_OUT)))
    print(json.dumps(figures(told), indent=1))
    if args.write:
        lines = ["# Weights of transforms/events/marked.py, by training/fit_marked.py."]
        for role, weights in fit(told).items():
            lines += ["", f"[{role}]", *(f"{name} = {weight}" for name, weight in weights.items())]
        args.write.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
