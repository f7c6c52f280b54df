"""`demo`: a made-up newsroom over loopback HTTP, through the very same pipeline, and questions answered in SQL."""

import os
import pathlib
import shutil
import sys
from typing import NamedTuple, TextIO

from pipeline.answers import write_answer
from pipeline.config import load_config
from pipeline.destination import parse_destination
from pipeline.folder import Folder
from pipeline.options import parse_beam_options
from pipeline.progress import progress, show
from pipeline.runs import run_once
from pipeline.sample.newsroom import Newsroom
from pipeline.subscriptions import read_subscriptions
from pipeline.warehouse import ask, open_warehouse
from transforms.errors import UsageError

FOLDER = "demo-out"
PORT = 8908  # always the same, so that addresses and ids are; if it is taken, any other


class Question(NamedTuple):
    """What a user would ask, in words and in SQL."""

    words: str
    sql: str


QUESTIONS = (
    Question(
        "Which events did most outlets report? Copies of one text count once.",
        """SELECT happened_on, event_type, actors, recipients, place_name, country,
       killed_low || '-' || killed_high AS killed, independent_count AS texts
FROM events WHERE realis = 'actual' ORDER BY independent_count DESC, killed_best DESC, happened_on LIMIT 8""",
    ),
    Question(
        "Which stories are told in other words, and which are one text copied?",
        """SELECT headline, article_count AS articles, outlet_count AS outlets, independent_count AS texts
FROM stories ORDER BY article_count DESC, independent_count DESC, headline LIMIT 6""",
    ),
    Question(
        "How did a toll grow, outlet by outlet?",
        """SELECT a.published_at, a.outlet, e.killed_best AS killed, e.injured_best AS injured, a.title
FROM article_events AS e JOIN articles AS a USING (article_id)
WHERE e.event_id = (SELECT event_id FROM events WHERE killed_high > killed_low
                    ORDER BY independent_count DESC, event_id LIMIT 1)
ORDER BY a.published_at""",
    ),
    Question(
        "Where did most people die by violence in May? Only what is likelier right than wrong.",
        """SELECT country, COUNT(*) AS events, SUM(killed_best) AS killed
FROM events WHERE event_type = 'ASSAULT' AND realis = 'actual' AND country IS NOT NULL AND confidence >= 0.5
      AND happened_on BETWEEN DATE '2025-05-01' AND DATE '2025-05-31'
GROUP BY country ORDER BY killed DESC NULLS LAST, country LIMIT 6""",
    ),
    Question(
        "Who accused, refused, demanded or threatened? What an article says far below its news is an event too.",
        """SELECT event_type, actors, recipients, country, independent_count AS texts
FROM events WHERE event_type IN ('ACCUSE', 'REJECT', 'REQUEST', 'THREATEN') AND realis = 'actual'
      AND confidence >= 0.5 AND len(recipients) > 0
ORDER BY independent_count DESC, confidence DESC, happened_on, headline LIMIT 8""",
    ),
    Question(
        "What did not come through, and why?",
        """SELECT step, reason, key FROM rejections
UNION ALL SELECT stage, reason, key FROM dead_letters ORDER BY step, reason, key""",
    ),
)


def run_demo(folder: str, stream: TextIO) -> int:
    """Runs the sample newsroom through the pipeline into `folder`; prints what came of it."""
    destination = parse_destination(folder)
    if not isinstance(destination, Folder):
        raise UsageError(f"{folder}: the demo writes to a folder, for example --to ./demo-out")
    if folder == FOLDER and destination.exists():
        shutil.rmtree(folder)  # our own, from the last demo
    with _newsroom() as newsroom:
        print(f"A made-up newsroom serves its feeds at {newsroom.opml_url}\n", file=stream)
        config = load_config(None, ["fetch.allow_private_addresses=true", "fetch.host_delay_seconds=0"])
        subscriptions = read_subscriptions([newsroom.opml_url], config.http)
        with destination.writing() as destination, progress(sys.stderr):
            report = run_once(destination, subscriptions, config, parse_beam_options([]))
    show(report, destination, stream)
    with open_warehouse(destination) as connection:
        for question in QUESTIONS:
            print(f"\n{question.words}\n", file=stream)
            write_answer(ask(connection, question.sql, 60.0), "table", stream)
    _close(folder, stream)
    return 0


def _newsroom() -> Newsroom:
    try:
        return Newsroom(port=PORT)
    except OSError:
        return Newsroom(port=0)


def _close(folder: str, stream: TextIO) -> None:
    script = pathlib.Path(sys.executable).parent / "newsbeam"
    command = os.path.relpath(script) if script.exists() else f"{os.path.relpath(sys.executable)} -m pipeline"
    print("\nAsk a question of your own:\n", file=stream)
    print(f'  {command} query --from {folder} "SELECT headline, country, killed_best FROM events"', file=stream)
