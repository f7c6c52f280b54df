"""The README tells the truth: its commands run, what it shows is printed, its tables are complete."""

import dataclasses
import json
import pathlib
import re
import shlex
import subprocess
import sys

import pytest

from pipeline import warehouse
from pipeline.cli import COMMANDS as DONE_BY
from pipeline.cli import main
from pipeline.config import Config
from pipeline.options import parse_beam_options
from pipeline.words import make_parser, split_words

ROOT = pathlib.Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
SHELL = "\n".join(text.replace("\\\n", " ") for kind, text in BLOCKS if kind == "sh")
COMMANDS = [line for line in SHELL.splitlines() if "newsbeam " in line]
SECONDS = re.compile(r"\d+\.\d s\b")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """What the demo prints, and where it wrote."""
    folder = tmp_path_factory.mktemp("demo")
    words = [sys.executable, "-m", "pipeline", "demo"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=240, check=True)
    return done.stdout, folder / "demo-out"


def test_the_first_screen_has_the_two_commands():
    first_screen = "\n".join(README.splitlines()[:12])
    assert "make demo" in first_screen and "make test" in first_screen
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^demo:", makefile, re.MULTILINE) and re.search(r"^test:", makefile, re.MULTILINE)


def test_what_the_readme_shows_is_what_the_demo_prints(demo):
    shown = [line for kind, text in BLOCKS if not kind for line in text.splitlines() if line.strip()]
    printed = {SECONDS.sub("? s", line).rstrip() for line in demo[0].splitlines()}
    missing = [line for line in shown if SECONDS.sub("? s", line).rstrip() not in printed]
    assert len(shown) > 15
    assert not missing, "\n".join(missing)


def test_the_demo_ends_with_the_line_to_type(demo):
    command = demo[0].strip().splitlines()[-1].strip()
    words = shlex.split(command)
    folder = demo[1].parent
    done = subprocess.run([sys.executable, "-m", "pipeline", *words[words.index("query") :]], cwd=folder, check=True)
    assert done.returncode == 0


@pytest.mark.parametrize("line", COMMANDS, ids=[line[:60] for line in COMMANDS])
def test_commands_are_ones_that_we_have(line):
    command = line.split("|")[-1].split("  #")[0].strip()
    words, beam_options = split_words(shlex.split(command)[1:])
    assert make_parser().parse_args(words).command in DONE_BY
    assert parse_beam_options(beam_options)


def test_the_query_of_the_readme_answers(demo, capsys):
    [query] = [line for line in COMMANDS if line.startswith("newsbeam query --from ./news")]
    sql = shlex.split(query)[shlex.split(query).index("./news") + 1]
    assert main(["query", sql, "--from", str(demo[1])]) == 0
    assert "(10 rows)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("told", "facts"),
    [
        ("Gunmen", {"event_type": "ASSAULT", "killed_best": 7}),
        ("cholera", {"event_type": "EPIDEMIC", "killed_best": 40}),
    ],
)
def test_the_texts_of_the_readme_give_events(told, facts, tmp_path):
    [lexicon] = [text for kind, text in BLOCKS if kind == "toml" and "[types]" in text]
    (tmp_path / "mine.toml").write_text(lexicon, "utf-8")
    [line] = [line for line in COMMANDS if line.startswith("echo") and told in line]
    text, command = shlex.split(line)[1], shlex.split(line.split("|")[-1])[1:]
    words = [sys.executable, "-m", "pipeline", *command]
    done = subprocess.run(words, input=text, capture_output=True, text=True, timeout=120, check=True, cwd=tmp_path)
    [event] = json.loads(done.stdout)["events"]
    assert {key: event[key] for key in facts} == facts


def test_every_command_setting_and_view_is_in_its_table():
    commands = make_parser()._subparsers._group_actions[0].choices
    for name in commands:
        assert re.search(rf"^\| `{name}\b", README, re.MULTILINE), name
    for view in warehouse.VIEWS:
        assert f"`{view}`" in README, view
    for section in dataclasses.fields(Config):
        for field in dataclasses.fields(section.type):
            assert f"`{section.name}.{field.name}`" in README, f"{section.name}.{field.name}"


def test_defaults_are_as_the_readme_says():
    rows = re.findall(r"^\| (`[a-z_.`, ]+) \| ([^|]*)\|", README, re.MULTILINE)
    said = {}
    for names, values in rows:
        found = re.findall(r"`([a-z_.]+)`", names)
        said |= dict(zip(found, [value.strip() for value in values.split(",")], strict=False))
    for section in dataclasses.fields(Config):
        for name, value in dataclasses.asdict(section.default).items():
            default = (
                str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else value
            )
            assert said[f"{section.name}.{name}"] == str(default), f"{section.name}.{name}"
