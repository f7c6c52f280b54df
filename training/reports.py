"""The reports that teach what the news of an article is, with marks in their text: see reports/README.md."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

REPORTS = Path(__file__).with_name("reports")
KEPT_OUT = REPORTS / "kept_out"  # never trained on
MARKS = {"w": "who", "m": "whom", "t": "word", "p": "place", "k": "killed", "i": "injured", "d": "day"}
KINDS = (  # of news: PLOVER's types, deeds and mishaps that it leaves out, and no news
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "CRIME", "DISASTER", "MOBILIZE",
    "NONE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip
_TAG = re.compile(rf"<(/?)([{''.join(MARKS)}])>")
_HEAD = re.compile(r"(TYPE|DATE|TITLE):\s*(.*)")
_PARTED = re.compile(r"^====\s*$", re.M)


class Report(NamedTuple):
    """A report; `kinds` are those that one may give its news. The spans are characters of title and text, by mark."""

    title: str
    text: str
    kinds: tuple[str, ...]
    title_spans: dict[str, list[tuple[int, int]]]
    text_spans: dict[str, list[tuple[int, int]]]


def read_reports(folder: Path = REPORTS) -> list[Report]:
    """All reports of a folder, in the order of the files.

    Raises:
        ValueError: A report lacks a line, has an unknown type, or marks that do not close.
    """
    return [report for path in sorted(folder.glob("*.txt")) for report in parse(path.read_text("utf-8"), path.name)]


def parse(text: str, name: str = "") -> Iterator[Report]:
    """The reports of one file; `name` is told in errors."""
    for number, part in enumerate(_PARTED.split(text), 1):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        where = f"{name}: report {number}"
        head = {m[1]: m[2] for m in map(_HEAD.match, lines[:3]) if m}
        if set(head) != {"TYPE", "DATE", "TITLE"} or len(lines) < 4:
            raise ValueError(f"{where}: it begins with the lines TYPE, DATE and TITLE, and has a text")
        kinds = tuple(head["TYPE"].replace(",", " ").split())
        if not kinds or not set(kinds) <= set(KINDS):
            raise ValueError(f"{where}: {head['TYPE']!r} is no type; there are {', '.join(KINDS)}")
        title, title_spans = unmark(head["TITLE"], where)
        body, text_spans = unmark("\n".join(lines[3:]), where)
        yield Report(title, body, kinds, title_spans, text_spans)


def unmark(marked: str, where: str = "") -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The plain text, and the spans of each mark in it; marks may hold others."""
    out, spans, open_marks, length, last = [], {mark: [] for mark in MARKS.values()}, [], 0, 0
    for tag in _TAG.finditer(marked):
        out.append(marked[last : tag.start()])
        length, last = length + tag.start() - last, tag.end()
        if not tag[1]:
            open_marks.append((tag[2], length))
        elif open_marks and open_marks[-1][0] == tag[2]:
            spans[MARKS[tag[2]]].append((open_marks.pop()[1], length))
        else:
            raise ValueError(f"{where}: </{tag[2]}> closes nothing, behind {marked[max(0, last - 40) : last]!r}")
    if open_marks:
        raise ValueError(f"{where}: <{open_marks[-1][0]}> is never closed")
    return "".join(out) + marked[last:], spans
