"""The words of the command line: what each command is called, its flags, and what may stand after them."""

import argparse
import re
from collections.abc import Callable

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)", re.IGNORECASE)
_SIZE = re.compile(r"(\d+)\s*([kmgt]?)b?", re.IGNORECASE)
_POWERS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}


def make_parser() -> argparse.ArgumentParser:
    """All commands and their flags."""
    parser = argparse.ArgumentParser(prog="newsbeam", description="From a list of news feeds to events in SQL.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (add_flags, summary) in COMMANDS.items():
        add_flags(commands.add_parser(name, help=summary, description=summary, allow_abbrev=False))
    return parser


def _add_run(run: argparse.ArgumentParser) -> None:
    run.add_argument(
        "--feeds", action="append", metavar="F", help="a TOML or OPML file, or the address of an OPML file; may repeat"
    )
    run.add_argument(
        "--warc", nargs="+", action="extend", metavar="FILE", help="WARC files, folders of them, or patterns; once"
    )
    run.add_argument(
        "--to", required=True, metavar="DEST", help="a folder, gs://bucket/folder or bigquery:PROJECT.DATASET"
    )
    run.add_argument("--pubsub", metavar="projects/P/subscriptions/S", help="with --stream: messages of addresses")
    _add_config(run)
    mode = run.add_mutually_exclusive_group()
    mode.add_argument("--once", action="store_true", help="poll every feed that is due once (the default)")
    mode.add_argument("--every", type=_seconds, metavar="5m", help="go on, in this rhythm")
    mode.add_argument("--stream", action="store_true", help="as a job that never ends, on Dataflow, into BigQuery")
    run.add_argument("--for", dest="for_seconds", type=_seconds, metavar="1h", help="with --every: for how long")


def _add_query(query: argparse.ArgumentParser) -> None:
    query.add_argument("sql", metavar="SQL")
    _add_origin(query)
    query.add_argument("--format", choices=("table", "jsonl", "csv"), default="table")
    query.add_argument("--seconds", type=_seconds, default=300.0, metavar="N", help="give up after (default 300)")
    query.add_argument("--dry-run", action="store_true", help="BigQuery: say how many bytes it would read, and stop")
    query.add_argument(
        "--max-bytes",
        type=_bytes,
        default=10 * 2**30,
        metavar="N",
        help="BigQuery: give up before more are billed (default 10G)",
    )


def _add_explain(explain: argparse.ArgumentParser) -> None:
    explain.add_argument("urls", nargs="+", metavar="URL", help="one article, or two")
    _add_origin(explain)
    _add_config(explain)


def _add_extract(extract: argparse.ArgumentParser) -> None:
    extract.add_argument("file", metavar="FILE|-")
    extract.add_argument(
        "--explain", action="store_true", help="say for each text how its events came about, and what was dropped"
    )
    _add_config(extract)


def _add_annotate(annotate: argparse.ArgumentParser) -> None:
    annotate.add_argument("file", metavar="FILE|-")
    _add_config(annotate)


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("feeds", metavar="F")
    _add_config(check)


def _add_discover(discover: argparse.ArgumentParser) -> None:
    discover.add_argument("site", metavar="SITE", help="its address, or its name")
    _add_config(discover)


def _add_replay(replay: argparse.ArgumentParser) -> None:
    _add_origin(replay)
    _add_config(replay)


def _add_demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("--to", default="demo-out", metavar="DEST", help="a folder (default ./demo-out)")


def _add_origin(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="origin", required=True, metavar="DEST")


def _add_config(command: argparse.ArgumentParser) -> None:
    command.add_argument("--config", metavar="C", help="a TOML file")
    command.add_argument(
        "--set", dest="assignments", action="append", default=[], metavar="a.b=v", help="one setting; may repeat"
    )


# what adds the flags of a command, and what it is for
COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], str]] = {
    "run": (_add_run, "poll feeds, carry everything through, write"),
    "query": (_add_query, "one query over the tables and views"),
    "explain": (_add_explain, "why two articles are, or are not, one story"),
    "extract": (_add_extract, "events from texts: JSON lines in, JSON lines out"),
    "annotate": (_add_annotate, "what the language model sees: JSON lines in, JSON lines out"),
    "check": (_add_check, "poll each feed once, print a line for each, write nothing"),
    "discover": (_add_discover, "the feeds of a site, as a list for run --feeds"),
    "replay": (_add_replay, "try the dead letters again"),
    "demo": (_add_demo, "a made-up newsroom over loopback HTTP, and questions answered in SQL"),
}


def split_words(words: list[str]) -> tuple[list[str], list[str]]:
    """Our words, and Beam's after `--`."""
    if "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1 :]


def _seconds(text: str) -> float:
    """Seconds of a duration such as 90, 30s, 5m, 1.5h or 2d."""
    found = _DURATION.fullmatch(text.strip())
    if not found or float(found[1]) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration; write for example 30s, 5m or 1h")
    return float(found[1]) * _UNITS[found[2].lower()]


def _bytes(text: str) -> int:
    """Bytes of a size such as 1000000, 500M or 2G, in powers of 1024."""
    found = _SIZE.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write for example 500M or 10G")
    return int(found[1]) * _POWERS[found[2].lower()]
