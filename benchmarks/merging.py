"""How well several reports of one incident become one event, and reports of two stay two.

    python -m benchmarks.merging FILE [--half steered|held] [--output EVENTS] [--record RECORD]

FILE has articles as JSON lines, `{"id", "title", "text", "date", "outlet", "event"}`; "event" is the incident that each
is about. `--output` takes what `newsbeam extract FILE` wrote instead of reading them here. Incidents with several
articles count; the half that is "steered" holds every other one by its id.

Each incident is first a story of its own, as if stories were never wrong: how many give their articles one event of
rank 1, how many pairs of articles have one, and of how many pairs one article tells what is the news of the other,
which may be of an arrest. Then each two incidents that follow each other in time make one story: of the pairs that
have one event, how many are on one incident.

`--record` has what is known of incidents, as JSON lines of articles among those of FILE with their "events": "actors"
and "recipients" are lists of people, each by the forms of his name. Then the event that most articles of a story have
at rank 1, in doubt one that more of them tell, is held against it: how many of those whom it tells are in the record,
and of those in the record are told.
"""

import argparse
import collections
import datetime
import io
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Optional

from apache_beam.utils.timestamp import Timestamp

from benchmarks.main_events import is_form
from pipeline.config import Config
from pipeline.texts import extract_lines
from transforms.events.merging import merge_events
from transforms.records import Actor, Article, ArticleEvent, Event

Line = Mapping[str, Any]


class Told(NamedTuple):
    """An article on an incident, and its events."""

    incident: str
    article: Article
    events: Sequence[ArticleEvent]


def read_told(lines: Iterable[Line], rows: Mapping[Any, Sequence[Line]]) -> list[Told]:
    """The articles of `lines` with the events that `rows` has of each, by its id."""
    told = []
    for line in lines:
        at = Timestamp.from_rfc3339(f"{line['date']}T12:00:00Z")
        known = dict(article_id=line["id"], version=1, outlet=line["outlet"], title=line["title"])
        article = Article(**{field: None for field in Article._fields} | known | dict(published_at=at, fetched_at=at))
        told.append(Told(str(line["event"]), article, [_event(line["id"], row) for row in rows[line["id"]]]))
    return told


def _event(article_id: str, row: Line) -> ArticleEvent:
    facts = {field: row.get(field) for field in ArticleEvent._fields} | dict(article_id=article_id, article_version=1)
    people = {role: tuple(Actor(**each) for each in row[role]) for role in ("actors", "recipients")}
    day = row["happened_on"] and datetime.date.fromisoformat(row["happened_on"])
    return ArticleEvent(**facts | people | dict(happened_on=day))


class Pairs(NamedTuple):
    """Of the articles of a story, pairs on one incident, and on two."""

    of_one: int = 0
    same: int = 0  # of these, those whose events of rank 1 are one
    told: int = 0  # of these, those of which one tells the event of rank 1 of the other
    of_two: int = 0
    confused: int = 0  # of these, those whose events of rank 1 are one


def count_pairs(story: Sequence[Told]) -> Pairs:
    """The pairs of articles of a story, merged."""
    rows, _ = merge_events("story", [], [(each.article, each.events) for each in story])
    first = {row.article_id: row.event_id for row in rows if row.rank == 1}
    told = {(row.article_id, row.event_id) for row in rows}
    count: collections.Counter[str] = collections.Counter()
    for a, b in itertools.combinations(story, 2):
        one, other = (first.get(each.article.article_id) for each in (a, b))
        is_one, is_same = a.incident == b.incident, one is not None and one == other
        is_told = (b.article.article_id, one) in told or (a.article.article_id, other) in told
        count.update(of_one=is_one, same=is_one and is_same, told=is_one and is_told)
        count.update(of_two=not is_one, confused=is_same and not is_one)
    return Pairs(**count)


def measure(told: Sequence[Told]) -> dict[str, Any]:
    """The figures over the incidents of which several articles tell."""
    stories = _stories(told)
    alone = [count_pairs(story) for story in stories]
    mixed = [count_pairs([*a, *b]) for a, b in itertools.pairwise(stories)]
    pairs, same = sum(each.of_one for each in alone), sum(each.same for each in mixed)
    return {
        "incidents": len(stories),
        "with one event": sum(each.same == each.of_one for each in alone),
        "pairs": pairs,
        "with one event of rank 1": round(sum(each.same for each in alone) / pairs, 3),
        "with the event of rank 1 of one": round(sum(each.told for each in alone) / pairs, 3),
        "two stories mixed, right of those in one event": round(same / (same + sum(e.confused for e in mixed)), 3),
    }


def measure_people(told: Sequence[Told], record: Mapping[str, Line]) -> dict[str, Any]:
    """The precision and recall of who and whom, over the incidents on record of which several articles tell."""
    count: collections.Counter[tuple[str, str]] = collections.Counter()
    stories = [story for story in _stories(told) if story[0].incident in record]
    for story in stories:
        known, event = record[story[0].incident], _main_event(story)
        for role in ("actors", "recipients"):
            people, forms = getattr(event, role, ()), known.get(role)
            if forms is not None:
                count[role, "told"] += len(people)
                count[role, "known"] += len(forms)
                count[role, "right"] += sum(any(_is_one(each, person) for person in people) for each in forms)
    shares = {
        f"{role}, {name}": round(count[role, "right"] / (count[role, of] or 1), 3)
        for role in ("actors", "recipients")
        for name, of in (("precision", "told"), ("recall", "known"))
    }
    return {"incidents on record": len(stories)} | shares


def _main_event(story: Sequence[Told]) -> Optional[Event]:
    """What most articles of a story have at rank 1, in doubt what more of them tell at all, then what came first."""
    rows, events = merge_events("story", [], [(each.article, each.events) for each in story])
    first = collections.Counter(row.event_id for row in rows if row.rank == 1)
    told = [event for event in events if first[event.event_id]]
    told.sort(key=lambda event: (event.first_reported_at, event.event_id))
    return max(told, key=lambda event: (first[event.event_id], event.article_count), default=None)


def _is_one(forms: Sequence[str], person: Actor) -> bool:
    return any(is_form(told, form) for told in (person.name, person.text) if told for form in forms)


def _stories(told: Sequence[Told]) -> list[list[Told]]:
    """The articles of each incident that has several, in order of time."""
    by_incident: dict[str, list[Told]] = collections.defaultdict(list)
    for each in told:
        by_incident[each.incident].append(each)
    return sorted((story for story in by_incident.values() if len(story) > 1), key=_begin)


def _begin(story: Sequence[Told]) -> tuple[int, str]:
    return min(each.article.published_at.micros for each in story), story[0].incident


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=("steered", "held"), default="steered")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--record", type=Path)
    words = parser.parse_args()
    lines = [json.loads(line) for line in words.file.read_text("utf-8").splitlines()]
    written = io.StringIO(words.output.read_text("utf-8") if words.output else "")
    if not words.output:
        extract_lines(str(words.file), Config(), written)
    rows = {row["id"]: row["events"] for row in map(json.loads, written.getvalue().splitlines())}
    halves = sorted({str(line["event"]) for line in lines})
    kept = set(halves[words.half == "held" :: 2])
    told = read_told([line for line in lines if str(line["event"]) in kept], rows)
    print(
        json.dumps(
            measure(told) | (measure_people(told, _record(words.record, lines)) if words.record else {}), indent=1
        )
    )


def _record(path: Path, lines: Iterable[Line]) -> dict[str, Line]:
    """What is known of incidents, by their id."""
    incidents = {line["id"]: str(line["event"]) for line in lines}
    known = map(json.loads, path.read_text("utf-8").splitlines())
    return {incidents[each["id"]]: each["events"][0] for each in known if each["events"]}


if __name__ == "__main__":
    main()
