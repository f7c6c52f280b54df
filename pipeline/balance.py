"""Does it add up? What came in at every step of a run is what went out, was rejected or became a dead letter.

The steps count fates one by one where they are decided; here they are held against each other: each step against
itself, each step against the one before, and the last ones against the rows that were written.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from apache_beam.metrics import MetricsFilter
from apache_beam.utils.timestamp import Timestamp

from pipeline import tables
from transforms.fates import DEAD, NAMESPACE, REJECTED, ROUTINE
from transforms.records import Run

STEPS = ("poll", "list", "receive", "fetch", "cut", "unpack", "clean", "sign", "dedupe", "extract")
AFTER = {
    "fetch": ("list", "receive"),
    "clean": ("fetch", "unpack"),
    "sign": ("clean",),
    "dedupe": ("sign",),
    "extract": ("dedupe",),
}
WRITTEN = {tables.ARTICLES.name: "dedupe"}


@dataclasses.dataclass(frozen=True)
class Balance:
    """The fates of one run: (step, fate, reason) -> elements; and how many were tried again at each step."""

    counts: Mapping[tuple[str, str, str], int]
    retried: Mapping[str, int]

    def settled(self, table: str) -> int:
        """Rows of a table that were written, or refused by the destination."""
        return self.total(table, "written") + self.total(table, DEAD)

    def total(self, step: str, fate: str) -> int:
        """Elements of a step with one fate, whatever the reason."""
        return sum(n for (s, f, _), n in self.counts.items() if (s, f) == (step, fate))

    def reasons(self, step: str, fate: str) -> dict[str, int]:
        """The reasons of a fate at a step, most frequent first."""
        found = Counter({reason: n for (s, f, reason), n in self.counts.items() if (s, f) == (step, fate)})
        return dict(found.most_common())

    def faults(self) -> list[str]:
        """Where it does not add up; nothing here, ever, unless we have a bug."""
        return [*self._within_steps(), *self._between_steps(), *self._written()]

    def _within_steps(self) -> Iterable[str]:
        for step in STEPS:
            came, went = self.total(step, "in"), sum(self.total(step, f) for f in ("out", REJECTED, DEAD))
            if came != went:
                yield f"{step}: {came} in, but {went} out, rejected or dead"

    def _between_steps(self) -> Iterable[str]:
        for step, before in AFTER.items():
            came = self.total(step, "in")
            sent = sum(self.total(each, "out") for each in before) + self.retried.get(step, 0)
            if came != sent:
                yield f"{' and '.join(before)} sent {sent}, {step} got {came}"

    def _written(self) -> Iterable[str]:
        for table, step in WRITTEN.items():
            if self.settled(table) != self.total(step, "out"):
                yield f"{step} sent {self.total(step, 'out')} rows, {table} has {self.settled(table)}"
        listed = sum(n for (_, f, reason), n in self.counts.items() if f == REJECTED and reason not in ROUTINE)
        if listed != self.settled(tables.REJECTIONS.name):
            yield f"{listed} rejected, {self.settled(tables.REJECTIONS.name)} listed"

    def rows(self, run_id: str, started: Timestamp, finished: Timestamp) -> list[Run]:
        """The balance as rows of the table `runs`."""
        return [Run(run_id, started, finished, *key, n) for key, n in sorted(self.counts.items()) if key[0] in STEPS]

    def lines(self) -> list[str]:
        """The balance as people read it, a line for each step that something came to."""
        cells = [("step", "in", "out", "rejected", "dead letters")]
        for step in (step for step in STEPS if self.total(step, "in")):
            rejected, dead = (_listed(self.reasons(step, fate)) for fate in (REJECTED, DEAD))
            cells.append((step, str(self.total(step, "in")), str(self.total(step, "out")), rejected, dead))
        widths = [max(len(row[n]) for row in cells) for n in range(5)]
        align = (str.ljust, str.rjust, str.rjust, str.ljust, str.ljust)
        return ["  ".join(a(c, w) for a, c, w in zip(align, row, widths, strict=True)).rstrip() for row in cells]


def _listed(reasons: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {reason}" for reason, n in reasons.items()) or "-"


def balance_of(result: Any, retried: Mapping[str, int]) -> Balance:
    """The balance of a finished pipeline, from its counters."""
    counters = result.metrics().query(MetricsFilter().with_namespace(NAMESPACE))["counters"]
    counts: Counter[tuple[str, str, str]] = Counter()
    for counter in counters:
        step, fate, reason = counter.key.metric.name.split("|")
        counts[step, fate, reason] += counter.result
    return Balance({key: n for key, n in counts.items() if n}, retried)
