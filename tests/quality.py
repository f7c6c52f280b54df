"""How good are the answers on the sample newsroom and the world news? The figures behind `test_quality.py`.

`python -m tests.quality` runs the sample newsroom, reads that half of the world news by which rules were steered, and
prints the figures beside their floors; `--lower` (or `--raise`) writes new floors. They hold the product's quality
where it is; they are not what it is measured by, since the sample is small and was written beside the code, and rules
were made to fit that half.
"""

import argparse
import json
import pathlib
import sys
import tempfile
from itertools import combinations

FLOORS = pathlib.Path(__file__).parent / "data" / "floors.json"
SLACK = 0.05  # a floor is set this far under what was measured: ids, and with them ties, depend on the port


def figures(rows, labels, base_url):
    """All figures, by name: shares from 0 to 1.

    Args:
        rows: a function from SQL to a list of dicts.
        labels: what is known of the newsroom (`pipeline.sample.labels.Labels`).
        base_url: where it was served.
    """
    articles = [a for a in labels.articles.values() if a.fate == "article"]
    found = {row["url"].removeprefix(base_url): row for row in rows("SELECT url, article_id, story_id FROM articles")}
    told = {}
    for row in rows("SELECT * FROM article_events WHERE realis = 'actual' ORDER BY rank"):
        told.setdefault(row["article_id"], []).append(row)
    mains = [(a.events[0], told.get(found[a.path]["article_id"], [])) for a in articles if _is_news(a)]
    silent = [told.get(found[a.path]["article_id"], []) for a in articles if not _is_news(a)]
    return {
        **_pairs(articles, {path: row["story_id"] for path, row in found.items()}),
        "main_event_found": _share(bool(events) for _, events in mains),
        "main_event_type": _share(_first(events, "event_type") == label.type for label, events in mains),
        "main_event_country": _share(_first(events, "country") == label.country for label, events in mains),
        "main_event_day": _share(_first(events, "happened_on") == label.happened_on for label, events in mains),
        "main_event_killed": _share(_first(events, "killed_best") == label.killed for label, events in mains),
        "no_event_where_none_is": _share(not events for events in silent),
    }


def _is_news(article):
    return bool(article.events) and article.events[0].realis == "actual"


def _pairs(articles, story):
    same = {(a.path, b.path) for a, b in combinations(articles, 2) if a.story and a.story == b.story}
    put = {(a.path, b.path) for a, b in combinations(articles, 2) if story[a.path] == story[b.path]}
    return {"story_pair_precision": len(same & put) / len(put), "story_pair_recall": len(same & put) / len(same)}


def _first(events, column):
    return events[0][column] if events else None


def _share(values):
    values = list(values)
    return sum(values) / len(values)


def of_world_news():
    """Of the main events of the world news, how many are right whole; of the rows of other ranks, how many are real; of
    all that is reported, how much is told whole, by name."""
    from benchmarks.all_events import measure, with_texts
    from benchmarks.main_events import WORLD_NEWS, read_events, read_gold, score

    golds = [gold for gold in read_gold("steered") if gold["set"] == WORLD_NEWS.stem]
    told = read_events(golds)
    of_all = measure(with_texts("steered", told))
    below, reported = of_all["other ranks"], of_all["reported"]
    return {
        "world_news_main_event": _share(score(gold, told[gold["id"]]).whole for gold in golds),
        "world_news_other_rows_real": below["real"] / below["rows"],
        "world_news_told_whole": reported["told whole"] / reported["events"],
    }


def measure(folder):
    """Runs the sample newsroom into `folder`; returns all figures."""
    from pipeline import runs
    from pipeline.config import load_config
    from pipeline.folder import Folder
    from pipeline.options import parse_beam_options
    from pipeline.sample.newsroom import Newsroom
    from pipeline.subscriptions import read_subscriptions
    from pipeline.warehouse import ask, open_warehouse

    config = load_config(None, ["fetch.allow_private_addresses=true", "fetch.host_delay_seconds=0"])
    destination = Folder(str(folder))
    with Newsroom() as newsroom:
        with destination.writing():
            feeds = read_subscriptions([newsroom.opml_url], config.http)
            runs.run_once(destination, feeds, config, parse_beam_options([]))
        with open_warehouse(destination) as connection:

            def rows(sql):
                answer = ask(connection, sql, 60.0)
                return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

            return figures(rows, newsroom.labels, newsroom.base_url) | of_world_news()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="up", action="store_true", help="raise the floors that can be raised")
    parser.add_argument("--lower", action="store_true", help="set all floors anew, also lower ones")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(pathlib.Path(folder) / "out")
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    for name, value in measured.items():
        print(f"{name:24} {value:.3f}  floor {floors.get(name, 0.0):.3f}")
        if words.lower or words.up:
            floor = max(0.0, round(value - SLACK, 3))
            floors[name] = floor if words.lower else max(floor, floors.get(name, 0.0))
    if words.lower or words.up:
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
