"""Beam's own options, checked: Beam only warns about a flag that it does not know."""

import argparse
import contextlib
import difflib
import io

from apache_beam.options.pipeline_options import PipelineOptions

from transforms.errors import UsageError

LOCAL_RUNNER = "FnApiRunner"  # in this process; Beam's DirectRunner first goes looking for another on the network


def parse_beam_options(words: list[str]) -> PipelineOptions:
    """The options that the words after `--` mean. UsageError names a flag that Beam does not have."""
    parser = _all_options()
    try:
        with contextlib.redirect_stderr(io.StringIO()) as complaint:
            known, unknown = parser.parse_known_args(words)
    except SystemExit as error:
        raise UsageError(f"Beam options: {complaint.getvalue().strip().splitlines()[-1]}") from error
    if unknown:
        raise UsageError(f"Beam has no option {unknown[0]!r}{_nearest(parser, unknown[0])}")
    if not any("save_main_session" in word for word in words):
        words = [*words, "--no_save_main_session"]  # what workers run comes with the installed package
    runner = getattr(known, "runner", None)
    if runner is None or runner.lower() == "directrunner":
        words = [*words, f"--runner={LOCAL_RUNNER}"]
    return PipelineOptions(words)


def _all_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, conflict_handler="resolve")
    for kind in _subclasses(PipelineOptions):
        if "_add_argparse_args" in kind.__dict__:
            kind._add_argparse_args(parser)
    return parser


def _subclasses(kind: type) -> list[type]:
    found = []
    for each in kind.__subclasses__():
        found += [each, *_subclasses(each)]
    return found


def _nearest(parser: argparse.ArgumentParser, word: str) -> str:
    flags = [flag for action in parser._actions for flag in action.option_strings]
    close = difflib.get_close_matches(word.partition("=")[0], flags, 1)
    return f"; did you mean {close[0]}?" if close else ""
