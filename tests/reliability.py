"""The table of `make reliability`: what is done to newsbeam, what should come of it, and what did.

    python tests/reliability.py [PYTEST ARGUMENTS]

H cases are hostile inputs, F cases faults of the machine. Exit status 1 if a case does not come out as expected.
"""

import pathlib
import re
import sys
from typing import Any

import pytest

FOLDER = pathlib.Path(__file__).parent
FILES = ("test_hostile_network.py", "test_hostile_content.py", "test_faults.py", "test_twice.py", "test_kills.py")
FULL = ("--kills", "100", "--kills-each", "25", "--parse-seconds", "10")
_NUMBER = re.compile(r"_([hf]\d+)_|\b([HF]\d+)\b")


class Table:
    """A pytest plugin that prints a row for each case as it ends."""

    def __init__(self) -> None:
        self.passed = self.failed = 0

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when != "call" and report.outcome != "failed":
            return
        self.passed += report.outcome == "passed"
        self.failed += report.outcome == "failed"
        case, expected, got, note = dict(report.user_properties).get("case") or (*_named(report), "")
        verdict = {"passed": "pass", "failed": "FAIL", "skipped": "skip"}[report.outcome]
        print(f"{verdict}  {case}: expected {expected}; got {got}{f' ({note})' if note else ''}", flush=True)


def _named(report: Any) -> tuple[str, str, str]:
    """A case that notes nothing: its test's name says what is expected."""
    name = report.nodeid.rpartition("::")[2]
    found = _NUMBER.search(name)
    words = name.removeprefix("test_").replace("_", " ")
    return (found[1] or found[2]).upper() if found else "-", words, "that" if report.passed else "something else"


def main(arguments: list[str]) -> int:
    """Runs the cases; returns the exit status."""
    table = Table()
    files = [str(FOLDER / name) for name in FILES if (FOLDER / name).exists()]
    # Without pytest's own report the flags that are about it are unknown.
    quiet = ["-p", "no:terminal", "--override-ini=addopts=--strict-markers"] if not arguments else []
    status = pytest.main([*quiet, *(arguments or [*FULL, *files])], plugins=[table])
    print(f"{table.passed} cases as expected, {table.failed} not")
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
