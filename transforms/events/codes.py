"""The codes of CAMEO and ACLED for an event, by the rules of `data/codes.toml`.

CAMEO: the root code, "01" to "20" (Schrodt, 2012). ACLED: event type and sub-event type (codebook of 2023). Both are
derived from PLOVER's type and mode, and from the sectors of those involved where a scheme asks who fought whom.
"""

import functools
import importlib.resources
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Optional

from transforms.records import Actor


class Codes(NamedTuple):
    """The counterparts of an event in other schemes; None where there is none."""

    cameo_root: Optional[str] = None
    acled_event_type: Optional[str] = None
    acled_sub_event_type: Optional[str] = None


class Rule(NamedTuple):
    """One line of the table: what it asks for (None: anything), and the code that it gives."""

    event_type: str
    modes: Optional[frozenset[str]]
    actors: Optional[frozenset[str]]  # sectors
    beside: Optional[frozenset[str]]  # of another of the actors
    recipients: Optional[frozenset[str]]
    code: str

    def fits(self, event_type: str, mode: Optional[str], actors: set[str], recipients: set[str]) -> bool:
        """Whether it speaks of such an event."""
        return (
            self.event_type == event_type
            and (self.modes is None or (mode or "") in self.modes)
            and (self.actors is None or bool(self.actors & actors))
            and (self.beside is None or bool(self.beside & actors))
            and (self.recipients is None or bool(self.recipients & recipients))
        )


class CodeTable(NamedTuple):
    """The rules of both schemes, in order."""

    cameo: Sequence[Rule]
    acled: Sequence[Rule]
    acled_event_types: Mapping[str, str]  # by sub-event type


def codes_of(event_type: str, mode: Optional[str], actors: Iterable[Actor], recipients: Iterable[Actor]) -> Codes:
    """The codes of an event of PLOVER's type and mode, done by and to such people."""
    table = load_codes()
    facts = event_type, mode, _sectors(actors), _sectors(recipients)
    sub_event = next((rule.code for rule in table.acled if rule.fits(*facts)), None)
    return Codes(
        next((rule.code for rule in table.cameo if rule.fits(*facts)), None),
        table.acled_event_types[sub_event] if sub_event else None,
        sub_event,
    )


@functools.cache
def load_codes() -> CodeTable:
    """The table of this package."""
    text = importlib.resources.files(__package__).joinpath("data", "codes.toml").read_text("utf-8")
    data = tomllib.loads(text)
    cameo, acled = ([_rule(line, data["sectors"]) for line in data[scheme]["rules"]] for scheme in ("cameo", "acled"))
    return CodeTable(cameo, acled, data["acled"]["sub_event_types"])


def _rule(line: Mapping[str, Any], sectors: Mapping[str, Sequence[str]]) -> Rule:
    return Rule(
        line["type"],
        _one_of(line.get("mode"), {}),
        _one_of(line.get("actor"), sectors),
        _one_of(line.get("beside"), sectors),
        _one_of(line.get("recipient"), sectors),
        line["code"],
    )


def _one_of(value: Any, lists: Mapping[str, Sequence[str]]) -> Optional[frozenset[str]]:
    if value is None:
        return None
    return frozenset(lists.get(value, [value]) if isinstance(value, str) else value)


def _sectors(actors: Iterable[Actor]) -> set[str]:
    return {actor.sector for actor in actors if actor.sector}
