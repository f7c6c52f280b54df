"""How often the first event of an article is what the article is mainly about, whole: type, who, whom and country.

    python -m benchmarks.main_events [FOLDER] [--half steered|held] [--output EVENTS ...] [--misses]

The articles read are those of `world_news.jsonl`, which come with the project: reports of war and politics of the whole
world, written for this as agencies and newspapers write them, of events that were made up. FOLDER adds other data sets
(`events_gva.jsonl` and so on); `--output` takes what `newsbeam extract` wrote about articles instead. What is right was
written down once, from the articles and before our events were looked at (`main_events.jsonl`, one line an article).
Only the half named "steered" may be looked at while working; the other says what that was worth. `--misses` says for
the first what is wrong, field by field.

An article has "events", any of which is a right answer; none, where it reports no happening: then silence is right. Of
an event, "types" are those that one may give it, "who" and "whom" are lists of people, each by the forms that stand for
them in the text. A form that begins with "?" marks people who may be told and need not. Country is ISO 3166-1 alpha-2,
null where nobody could say; "on" the day, "killed" and "injured" the numbers, null where the text has none; "place" the
names of the place and of what it lies in. The last two are known of the world news only.
"""

import argparse
import io
import json
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Optional

from babel.core import get_global

from pipeline.config import Config
from pipeline.texts import extract_lines

GOLD = Path(__file__).with_suffix(".jsonl")
WORLD_NEWS = Path(__file__).with_name("world_news.jsonl")
HALVES = ("steered", "held")
WHOLE = ("type", "who", "whom", "country")  # what makes an event right
FIELDS = (*WHOLE, "on", "place", "killed", "injured")
_AFTER_HEAD = re.compile(r",| (?:of|in|from|at|on|with|for|near|who|that|which|whose)\b.*", re.S)
_KOSOVO = {"XKX": "XK"}  # codes in common use, and in no standard
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])

Row = Mapping[str, Any]


class Score(NamedTuple):
    """Our first event beside the gold of its article. `right` has the fields that can be judged, True where right."""

    gold: Row
    event: Optional[Row]  # None: we say nothing
    right: Mapping[str, bool]

    @property
    def whole(self) -> bool:
        return all(self.right[field] for field in WHOLE)


def score(gold: Row, events: Sequence[Row]) -> Score:
    """What is right in the first of an article's events, by that gold event which it meets best."""
    event = events[0] if events and events[0]["realis"] == "actual" else None
    if not gold["events"] or event is None:
        return Score(gold, event, dict.fromkeys(WHOLE, not gold["events"] and event is None))
    best = max((judge(each, event) for each in gold["events"]), key=_goodness)
    return Score(gold, event, best)


def judge(gold: Row, event: Row) -> dict[str, bool]:
    """What of an event is right, by one event of the gold; what that does not know is not judged."""
    right = {
        "type": event["event_type"] in gold["types"],
        "who": are_told(gold["who"], event["actors"]),
        "whom": are_told(gold["whom"], event["recipients"]),
        "country": gold["country"] is None or alpha_2(event["country"]) == gold["country"],
        "killed": (event["killed_best"] or 0) == (gold["killed"] or 0),
    }
    if gold["on"]:
        right["on"] = event["happened_on"] == gold["on"]
    if gold.get("place"):
        told = [name for name in (event["place_name"], event["admin1"]) if name]
        right["place"] = any(is_form(name, form) for name in told for form in gold["place"])
    if "injured" in gold:
        right["injured"] = (event["injured_best"] or 0) == (gold["injured"] or 0)
    return right


def are_told(gold: Sequence[Sequence[str]], people: Sequence[Row]) -> bool:
    """Whether all `people` are in the gold, and at least half of those who must be told are among them."""
    required = [forms for forms in gold if not forms[0].startswith("?")]
    found = [forms for forms in required if any(_is_one_of(each, forms) for each in people)]
    known = all(any(_is_one_of(each, forms) for forms in gold) for each in people)
    return known and 2 * len(found) >= len(required)


def is_form(told: str, form: str) -> bool:
    """Whether two phrases can mean the same people: one holds the other, or their last words or heads are the same."""
    one, other = _fold(told), _fold(form)
    if not one or not other:
        return False
    held = f" {' '.join(one)} " in f" {' '.join(other)} " or f" {' '.join(other)} " in f" {' '.join(one)} "
    return held or bool({one[-1], _head(told)} & {other[-1], _head(form)})


def _is_one_of(person: Row, forms: Sequence[str]) -> bool:
    told = [phrase for phrase in (person["name"], person["text"]) if phrase]
    return any(is_form(phrase, form.removeprefix("?")) for phrase in told for form in forms)


def _fold(phrase: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", phrase) if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub(r"['’](s\b)?", "", plain.casefold()))
    return words[:-1] if len(words) > 1 and words[-1] in _SUFFIXES else words


def _head(phrase: str) -> str:
    words = _fold(_AFTER_HEAD.sub("", phrase)) or _fold(phrase)
    return words[-1]


def alpha_2(code: Optional[str]) -> Optional[str]:
    """The country code of two letters for one of three."""
    return _KOSOVO.get(code) or get_global("territory_aliases").get(code, [None])[0]


def _goodness(right: Mapping[str, bool]) -> tuple[bool, int, int]:
    return all(right[field] for field in WHOLE), right["type"], sum(right.values())


def read_gold(half: Optional[str] = None) -> list[Row]:
    """What is right, of one half or of both."""
    rows = map(json.loads, GOLD.read_text("utf-8").splitlines())
    return [row for row in rows if half in (None, row["half"])]


def read_events(golds: Iterable[Row], folder: Optional[Path] = None) -> dict[str, Sequence[Row]]:
    """The events of these articles by id, read from their texts; those of other sets than our own are in `folder`."""
    wanted = {(gold["set"], gold["id"]) for gold in golds}
    lines = [
        line
        for name in sorted({name for name, _ in wanted})
        for line in _path(name, folder).read_text("utf-8").splitlines()
        if (name, json.loads(line)["id"]) in wanted
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("\n".join(lines))
        file.flush()
        written = io.StringIO()
        extract_lines(file.name, Config(), written)
    return read_output(written.getvalue().splitlines())


def _path(name: str, folder: Optional[Path]) -> Path:
    return WORLD_NEWS if folder is None or name == WORLD_NEWS.stem else folder / f"{name}.jsonl"


def read_output(lines: Iterable[str]) -> dict[str, Sequence[Row]]:
    """The events of articles by id, from what `newsbeam extract` wrote."""
    return {row["id"]: row["events"] for row in map(json.loads, lines)}


def table(scores: Sequence[Score]) -> Iterator[str]:
    """The shares of what is right, by set and half, and how often we are silent or speak where we should not."""
    yield f"{'':24}{'articles':>9}{'all right':>11}" + "".join(f"{field:>9}" for field in FIELDS) + "   silent  speaks"
    for half in HALVES:
        kept = [each for each in scores if each.gold["half"] == half]
        for name in sorted({each.gold["set"] for each in kept}):
            yield _line(f"{name}, {half}", [each for each in kept if each.gold["set"] == name])
        if kept:
            yield _line(f"all, {half}", kept)


def _line(name: str, scores: Sequence[Score]) -> str:
    shares = "".join(f"{_share([each.right[field] for each in scores if field in each.right]):>9}" for field in FIELDS)
    silent = sum(bool(each.gold["events"]) and each.event is None for each in scores)
    speaks = sum(not each.gold["events"] and each.event is not None for each in scores)
    return f"{name:24}{len(scores):9}{sum(each.whole for each in scores):11}{shares}{silent:9}{speaks:8}"


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.2f}" if right else "-"


def misses(scores: Iterable[Score]) -> Iterator[str]:
    """What is wrong in the steered half: a line for each field."""
    for each in (each for each in scores if each.gold["half"] == "steered"):
        name = f"{each.gold['set']} {each.gold['id']}"
        if each.event is None or not each.gold["events"]:
            told = "nothing" if each.event is None else _told(each.event, "type")
            yield from [] if each.whole else [f"{name}: says {told}, not {_golds(each.gold, 'types')}"]
            continue
        for field in (field for field, right in each.right.items() if not right):
            yield f"{name}: {field} {_told(each.event, field)}, not {_golds(each.gold, field)}"


def _told(event: Row, field: str) -> str:
    people = {"who": "actors", "whom": "recipients"}.get(field)
    if people:
        return str([person["name"] or person["text"] for person in event[people]])
    names = {"type": "event_type", "on": "happened_on", "place": "place_name"}
    names |= {"killed": "killed_best", "injured": "injured_best"}
    told = str(event[names.get(field, field)])
    return f"{told} ({event['sentence']!r})" if field == "type" else told


def _golds(gold: Row, field: str) -> str:
    key = "types" if field == "type" else field
    told = [each.get(key) for each in gold["events"]]
    people = [[forms[0] for forms in each] for each in told] if key in ("who", "whom") else told
    return " or ".join(map(str, people)) or "nothing"


def main(arguments: Optional[Sequence[str]] = None) -> None:
    """Prints the table, and what is wrong if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--output", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true")
    words = parser.parse_args(arguments)
    golds = read_gold(words.half)
    if words.output:
        told = read_output(line for path in words.output for line in path.read_text("utf-8").splitlines())
    else:
        golds = [gold for gold in golds if words.folder or gold["set"] == WORLD_NEWS.stem]
        told = read_events(golds, words.folder)
    scores = [score(gold, told[gold["id"]]) for gold in golds if gold["id"] in told]
    if len(scores) < len(golds):
        print(f"{len(golds) - len(scores)} articles are not among those read", file=sys.stderr)
    print("\n".join([*table(scores), *(misses(scores) if words.misses else [])]))


if __name__ == "__main__":
    main()
