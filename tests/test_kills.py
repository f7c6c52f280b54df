"""Runs that are killed, again and again, on one destination: what the newsroom served is there, once.

A warm parent forks a child for each run, so that a kill costs a second and not five. The short form runs with the other
tests; `make reliability` kills 100 times at random moments and 25 times at each step of a commit.
"""

import collections
import json
import multiprocessing
import os
import random
import resource
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from apache_beam.io.filesystems import FileSystems
from conftest import Answer, Site

import transforms.web.extraction
from pipeline import folder as folder_module
from pipeline import runs
from pipeline.config import load_config
from pipeline.folder import Folder
from pipeline.options import parse_beam_options
from pipeline.tables import ARTICLE_EVENTS, ARTICLES, SIGNATURES, TABLES
from transforms.errors import DestinationError
from transforms.records import Feed
from transforms.web.feeds import parse_feed
from transforms.web.sandbox import PARSERS

FORK = multiprocessing.get_context("fork")
CONFIG = load_config(None, ["fetch.allow_private_addresses=true", "fetch.host_delay_seconds=0", "nlp.pipeline=blank"])
FEEDS = 4
REFUSED = 7  # the exit status of a run that says that its destination cannot be written
WORDS = """harbour council quay boats dispute repairs sea wall months port income skippers coast herring season nets
    auction weather tide lighthouse ferry crew captain cargo engine rope anchor dock bridge river mayor""".split()


class Newsroom:
    """Serves feeds that grow, and keeps the ledger of what it served: title by address."""

    def __init__(self, site: Site):
        self.site, self.ledger, self.random = site, {}, random.Random(7)
        self.items: list[list[dict]] = [[] for _ in range(FEEDS)]
        self.subscriptions = [Feed(site.url(f"/feed/{n}"), f"Outlet {n}") for n in range(FEEDS)]

    def publish(self, count: int) -> None:
        for _ in range(count):
            path, title = f"/{len(self.ledger)}", f"News number {len(self.ledger)}"
            text = " ".join(self.random.choices(WORDS, k=40))
            page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}.</p></article>"
            self.site.answers[path] = Answer(page.encode())
            self.ledger[self.site.url(path)] = title
            self.random.choice(self.items).insert(0, {"id": path, "url": self.site.url(path), "title": title})
        for n, items in enumerate(self.items):
            body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items}).encode()
            self.site.answers[f"/feed/{n}"] = Answer(body, headers={"Content-Type": "application/feed+json"})


class Step(NamedTuple):
    """A step of a commit: the `spread`-th call, at most, of a function with an argument that has `word` in it."""

    owner: Any
    name: str
    word: str
    spread: int = 1
    after: bool = False


STEPS = {
    "while files are staged": Step(folder_module.disk, "create", "_staging", 6),
    "when a file is staged": Step(Folder, "_stage_arrow", "-run-", 6, after=True),
    "before the journal": Step(Folder, "_write_small", "-run-"),
    "behind the journal": Step(Folder, "_write_small", "-run-", after=True),
    "between two moves": Step(FileSystems, "rename", "-run-", 6),
    "before the staging goes": Step(Folder, "_delete_tree", "_staging/"),
    "before the journal goes": Step(FileSystems, "delete", "_journal"),
    "when the balance is staged": Step(Folder, "_write_small", "-balance"),
    "in the balance's commit": Step(Folder, "_write_small", "-balance", after=True),
    "before files are merged": Step(Folder, "_write_small", "-merge-"),
    "while files are merged": Step(Folder, "_write_small", "-merge-", after=True),
    "while merged files go": Step(FileSystems, "delete", "_log", 3),
}


def run(root: str, subscriptions: list[Feed], step: Step | None = None, call: int = 1) -> None:
    """One run; parsers work in this process, since starting theirs would take most of the time."""
    PARSERS.call = _here
    if step:
        folder_module.MAX_FILES_OF_TODAY = 2  # so that each run merges
        _kill_at(step, call)
    with Folder(root).writing() as destination:
        runs.run_once(destination, subscriptions, CONFIG, parse_beam_options([]))


def run_on_a_full_disk(root: str, subscriptions: list[Feed], size: int) -> None:
    """One run that cannot write more than `size` bytes into a file; REFUSED if it ends as it should."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        run(root, subscriptions)
    except DestinationError:
        os._exit(REFUSED)


def _here(function: str, *arguments: Any) -> Any:
    parse = {"parse_feed": parse_feed, "parse_page": transforms.web.extraction.parse_page}[function.split(":")[1]]
    return json.loads(json.dumps(parse(*arguments)))


def _kill_at(step: Step, call: int) -> None:
    function, calls = getattr(step.owner, step.name), 0

    def killing(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += step.word in str(arguments)
        now = calls == call and step.word in str(arguments)
        if now and not step.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **named)
        if now:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(step.owner, step.name, killing)


class Harness:
    """Forks runs on one destination and kills them; counts how far they had come."""

    def __init__(self, site: Site, root: Path):
        self.newsroom, self.root = Newsroom(site), str(root / "news")
        self.random = random.Random(11)
        self.killed: collections.Counter[str] = collections.Counter()
        self.newsroom.publish(4)
        run(str(root / "warm"), self.newsroom.subscriptions)  # here: children inherit what it loads
        vars(PARSERS).pop("call")
        started = time.monotonic()
        self.finish()
        self.seconds = time.monotonic() - started

    def start(self, *arguments: Any, function: Callable[..., None] = run) -> Any:
        child = FORK.Process(target=function, args=(self.root, self.newsroom.subscriptions, *arguments))
        child.start()
        return child

    def kill_at_random(self) -> bool:
        self.newsroom.publish(3)
        child = self.start()
        child.join(self.random.uniform(0.0, self.seconds))
        child.kill()
        died = self._died(child, None)
        self.seconds *= 1.04 if died else 0.85  # so that about one run in six ends first: any moment has its turn
        return died

    def kill_at(self, name: str) -> bool:
        self.newsroom.publish(3)
        child = self.start(STEPS[name], self.random.randint(1, STEPS[name].spread))
        return self._died(child, name)

    def fill_the_disk(self) -> bool:
        self.newsroom.publish(3)
        child = self.start(self.random.choice([0, 100, 2_000, 5_000, 10_000, 20_000]), function=run_on_a_full_disk)
        child.join(120)
        assert child.exitcode in (0, REFUSED), f"a run ended with {child.exitcode}"
        return child.exitcode == REFUSED

    def _died(self, child: Any, name: str | None) -> bool:
        child.join(120)
        assert child.exitcode in (0, -signal.SIGKILL), f"a run ended with {child.exitcode}"
        if child.exitcode:
            self.killed[name or self.moment()] += 1
        return child.exitcode != 0

    def moment(self) -> str:
        root = Path(self.root)
        if any((root / "_journal").glob("*.json")):
            return "in a commit"
        return "with staged files" if any((root / "_staging").glob("*")) else "before it wrote"

    def finish(self) -> None:
        child = self.start()
        child.join(120)
        assert child.exitcode == 0

    def check(self) -> dict[str, int]:
        """A full outer join of the ledger with what is stored; doubled rows; files that cannot be read."""
        folder = Folder(self.root)
        stored = collections.Counter(
            (row.url, row.title, row.version) for path in folder.files(ARTICLES) for row in folder.read(path, ARTICLES)
        )
        served = {(url, title, 1) for url, title in self.newsroom.ledger.items()}
        files = [path for table in TABLES for path in folder.files(table)]
        return {
            "lost": len(served - stored.keys()),
            "invented": len(stored.keys() - served),
            "doubled": sum(_doubled(folder, table) for table in (ARTICLES, SIGNATURES, ARTICLE_EVENTS)),
            "unreadable": sum(not folder.is_whole(path) for path in files),
            "left over": sum(1 for name in ("_staging", "_journal") for _ in (Path(self.root) / name).rglob("*.*")),
        }


def _doubled(folder: Folder, table: Any) -> int:
    rows = [row for path in folder.files(table) for row in folder.read(path, table)]
    keys = {tuple(getattr(row, name) for name in (*table.key, table.newest)) for row in rows}
    return len(rows) - len(keys)


NOTHING = {"lost": 0, "invented": 0, "doubled": 0, "unreadable": 0, "left over": 0}


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    site = Site()
    yield Harness(site, tmp_path_factory.mktemp("kills"))
    site.close()


def until(count: int, kill: Callable[[], bool]) -> int:
    """Kills `count` runs; returns how many it took. A run may end before it is killed, but not always."""
    killed = tried = 0
    while killed < count:
        killed += kill()
        tried += 1
        assert tried < 3 * count + 20, f"of {tried} runs only {killed} were killed"
    return tried


def test_f1_a_run_killed_at_random_moments(harness: Harness, kills: int, told: Callable[..., None]) -> None:
    until(kills, harness.kill_at_random)
    harness.finish()
    found = harness.check()
    moments = ", ".join(f"{n} {moment}" for moment, n in harness.killed.items())
    told(f"F1 kill -9 {kills} times at random", NOTHING, found, f"{len(harness.newsroom.ledger)} articles; {moments}")
    assert found == NOTHING


@pytest.mark.parametrize("name", STEPS)
def test_f4_a_run_killed_at_a_step(harness: Harness, name: str, kills_each: int, told: Callable[..., None]) -> None:
    until(kills_each, lambda: harness.kill_at(name))
    harness.finish()
    found = harness.check()
    told(f"F4 kill -9 {kills_each} times {name}", NOTHING, found, f"{len(harness.newsroom.ledger)} articles")
    assert found == NOTHING


def test_f6_a_run_on_a_full_disk(harness: Harness, kills_each: int, told: Callable[..., None]) -> None:
    until(kills_each, harness.fill_the_disk)
    harness.finish()
    found = harness.check()
    told(f"F6 the disk is full in {kills_each} runs", NOTHING, found, f"{len(harness.newsroom.ledger)} articles")
    assert found == NOTHING
