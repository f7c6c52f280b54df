"""The command line: words in, exit status out. 0 done, 1 it failed, 2 the words or the configuration are wrong.

Heavy libraries are imported by the command that needs them, so that `--help` and a mistyped flag answer at once.
"""

import argparse
import contextlib
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import Any, Optional

from transforms.errors import NewsbeamError, UsageError

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)", re.IGNORECASE)
_SIZE = re.compile(r"(\d+)\s*([kmgt]?)b?", re.IGNORECASE)
_POWERS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_SUBSCRIPTION = re.compile(r"projects/[a-z][-a-z0-9:.]{4,61}[a-z0-9]/subscriptions/[A-Za-z][-\w.~+%]{2,254}")
_UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs one command; returns its exit status."""
    _quiet()
    words, beam_options = split_words(list(sys.argv[1:] if arguments is None else arguments))
    parser = make_parser()
    try:
        parsed = parser.parse_args(words)
        if beam_options and parsed.command not in ("run", "replay"):
            raise UsageError(f"{parsed.command}: takes no Beam options after --")
        parsed.beam_options = beam_options
        return parsed.function(parsed) or 0
    except UsageError as error:
        print(f"newsbeam: {error}", file=sys.stderr)
        return 2
    except NewsbeamError as error:
        print(f"newsbeam: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("newsbeam: stopped; what was written is whole, the rest comes with the next run", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def make_parser() -> argparse.ArgumentParser:
    """All commands and their flags."""
    parser = argparse.ArgumentParser(prog="newsbeam", description="From a list of news feeds to events in SQL.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = _command(commands, "run", _run, "poll feeds, carry everything through, write")
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

    query = _command(commands, "query", _query, "one query over the tables and views")
    query.add_argument("sql", metavar="SQL")
    query.add_argument("--from", dest="origin", required=True, metavar="DEST")
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

    explain = _command(commands, "explain", _explain, "why two articles are, or are not, one story")
    explain.add_argument("urls", nargs="+", metavar="URL", help="one article, or two")
    explain.add_argument("--from", dest="origin", required=True, metavar="DEST")
    _add_config(explain)

    extract = _command(commands, "extract", _extract, "events from texts: JSON lines in, JSON lines out")
    extract.add_argument("file", metavar="FILE|-")
    extract.add_argument(
        "--explain", action="store_true", help="say for each text how its events came about, and what was dropped"
    )
    _add_config(extract)
    annotate = _command(commands, "annotate", _annotate, "what the language model sees: JSON lines in, JSON lines out")
    annotate.add_argument("file", metavar="FILE|-")
    _add_config(annotate)

    check = _command(commands, "check", _check, "poll each feed once, print a line for each, write nothing")
    check.add_argument("feeds", metavar="F")
    _add_config(check)

    discover = _command(commands, "discover", _discover, "the feeds of a site, as a list for run --feeds")
    discover.add_argument("site", metavar="SITE", help="its address, or its name")
    _add_config(discover)

    replay = _command(commands, "replay", _replay, "try the dead letters again")
    replay.add_argument("--from", dest="origin", required=True, metavar="DEST")
    _add_config(replay)

    demo = _command(commands, "demo", _demo, "a made-up newsroom over loopback HTTP, and questions answered in SQL")
    demo.add_argument("--to", default="demo-out", metavar="DEST", help="a folder (default ./demo-out)")
    return parser


def _command(commands: Any, name: str, function: Any, summary: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    command.set_defaults(function=function)
    return command


def _add_config(command: argparse.ArgumentParser) -> None:
    command.add_argument("--config", metavar="C", help="a TOML file")
    command.add_argument(
        "--set", dest="assignments", action="append", default=[], metavar="a.b=v", help="one setting; may repeat"
    )


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


def _quiet() -> None:
    """Libraries keep to warnings that a user can act on."""
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s")
    logging.getLogger("apache_beam.runners.common").setLevel(logging.CRITICAL)  # tells what is raised anyway
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")


def _run(words: argparse.Namespace) -> int:
    if words.for_seconds and not words.every:
        raise UsageError("--for needs --every; --once ends by itself")
    _check_sources(words)
    from pipeline.archives import find_archives
    from pipeline.config import load_config
    from pipeline.destination import parse_destination
    from pipeline.subscriptions import read_subscriptions

    config = load_config(words.config, words.assignments)
    destination = parse_destination(words.to, config.bigquery)
    options = _beam_options(words.beam_options)
    subscriptions = read_subscriptions(words.feeds or [], config.http)
    if words.stream:
        from pipeline.streaming import Sources, start_stream

        print(start_stream(Sources(subscriptions, words.pubsub), config, destination, options))
        return 0
    archives = find_archives(words.warc or [])
    return _work(destination, subscriptions, config, options, words.every, words.for_seconds, archives=archives)


def _check_sources(words: argparse.Namespace) -> None:
    """UsageError unless the sources go together, and with the mode."""
    if not (words.feeds or words.warc or words.pubsub):
        raise UsageError("run: name a source: --feeds, --warc, or --pubsub with --stream")
    if words.warc and (words.feeds or words.pubsub or words.every or words.stream):
        raise UsageError("--warc stands alone and is read once: leave --feeds, --pubsub, --every and --stream away")
    if words.pubsub and not words.stream:
        raise UsageError("--pubsub never ends: it needs --stream")
    if words.pubsub and not _SUBSCRIPTION.fullmatch(words.pubsub):
        raise UsageError(f"--pubsub {words.pubsub}: expected projects/PROJECT/subscriptions/NAME")


def _work(destination, subscriptions, config, options, every, for_seconds, replay=False, archives=()) -> int:
    from pipeline.progress import progress, show
    from pipeline.runs import run_every, run_once

    with destination.writing() as destination, _stopping() as stop, progress(sys.stderr):

        def run():
            return run_once(destination, subscriptions, config, options, every or 0.0, replay, archives)

        if every is None:
            show(run(), destination, sys.stdout)
        else:
            run_every(run, every, for_seconds, stop, lambda report: show(report, destination, sys.stdout))
    return 0


@contextlib.contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C or SIGTERM sets; the second one stops at once."""
    stop = threading.Event()

    def ask(number: int, frame: Any) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        print("\nnewsbeam: finishing this run; once more to stop now", file=sys.stderr, flush=True)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _beam_options(words: list[str]) -> Any:
    from pipeline.options import parse_beam_options

    return parse_beam_options(words)


def _query(words: argparse.Namespace) -> int:
    from pipeline.answers import write_answer
    from pipeline.destination import Limits, parse_destination

    destination = parse_destination(words.origin)
    if words.dry_run:
        print(f"{destination.cost(words.sql):,} bytes would be read")
        return 0
    answer = destination.query(words.sql, Limits(words.seconds, words.max_bytes))
    write_answer(answer, words.format, sys.stdout)
    return 0


def _explain(words: argparse.Namespace) -> int:
    if len(words.urls) > 2:
        raise UsageError("explain: one address, or two")
    from pipeline.config import load_config
    from pipeline.destination import parse_destination
    from pipeline.explain import explain_articles

    config = load_config(words.config, words.assignments)
    destination = parse_destination(words.origin, config.bigquery)
    return explain_articles(destination, words.urls, config.stories.live_days, sys.stdout)


def _extract(words: argparse.Namespace) -> int:
    from pipeline.config import load_config
    from pipeline.texts import explain_lines, extract_lines

    write = explain_lines if words.explain else extract_lines
    return write(words.file, load_config(words.config, words.assignments), sys.stdout)


def _annotate(words: argparse.Namespace) -> int:
    from pipeline.config import load_config
    from pipeline.texts import annotate_lines

    return annotate_lines(words.file, load_config(words.config, words.assignments), sys.stdout)


def _check(words: argparse.Namespace) -> int:
    from pipeline.check import check_feeds
    from pipeline.config import load_config
    from pipeline.subscriptions import read_subscriptions

    config = load_config(words.config, words.assignments)
    return check_feeds(read_subscriptions([words.feeds], config.http), config.http, sys.stdout)


def _discover(words: argparse.Namespace) -> int:
    from pipeline.config import load_config
    from pipeline.discover import discover_feeds

    return discover_feeds(words.site, load_config(words.config, words.assignments).http, sys.stdout)


def _replay(words: argparse.Namespace) -> int:
    from pipeline.config import load_config
    from pipeline.destination import parse_destination, require

    config = load_config(words.config, words.assignments)
    destination = parse_destination(words.origin, config.bigquery)
    require(destination)
    return _work(destination, [], config, _beam_options(words.beam_options), None, None, replay=True)


def _demo(words: argparse.Namespace) -> int:
    from pipeline.demo import run_demo

    return run_demo(words.to, sys.stdout)
