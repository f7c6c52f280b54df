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

from pipeline.words import make_parser, split_words
from transforms.errors import NewsbeamError, UsageError

_SUBSCRIPTION = re.compile(r"projects/[a-z][-a-z0-9:.]{4,61}[a-z0-9]/subscriptions/[A-Za-z][-\w.~+%]{2,254}")


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs one command; returns its exit status."""
    _quiet()
    words, beam_options = split_words(list(sys.argv[1:] if arguments is None else arguments))
    try:
        parsed = make_parser().parse_args(words)
        if beam_options and parsed.command not in ("run", "replay"):
            raise UsageError(f"{parsed.command}: takes no Beam options after --")
        parsed.beam_options = beam_options
        status = COMMANDS[parsed.command](parsed)
        sys.stdout.flush()  # here, not at the exit, where a reader that left would count as a failure
        return status
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


COMMANDS = {
    "run": _run,
    "query": _query,
    "explain": _explain,
    "extract": _extract,
    "annotate": _annotate,
    "check": _check,
    "discover": _discover,
    "replay": _replay,
    "demo": _demo,
}
