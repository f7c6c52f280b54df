"""One configuration: defaults that are right, and errors that say what would be."""

import dataclasses
from pathlib import Path

import pytest

from pipeline.config import Config, load_config, read_toml, user_agent
from transforms.errors import UsageError


def load(tmp_path: Path, text: str, *assignments: str) -> Config:
    path = tmp_path / "newsbeam.toml"
    path.write_text(text, "utf-8")
    return load_config(str(path), assignments)


def test_nothing_given_are_the_defaults() -> None:
    assert load_config(None) == Config()


def test_a_file_and_assignments_over_it(tmp_path: Path) -> None:
    config = load(tmp_path, "[fetch]\ntries = 5\nhost_delay_seconds = 1\n[clean]\nmin_words = 9", "fetch.tries=7")
    assert (config.fetch.tries, config.fetch.host_delay_seconds, config.clean.min_words) == (7, 1.0, 9)
    assert config.poll == Config().poll


@pytest.mark.parametrize(
    ("assignment", "section", "key", "value"),
    [
        ("fetch.host_delay_seconds=0", "fetch", "host_delay_seconds", 0.0),
        ("fetch.host_delay_seconds=0.25", "fetch", "host_delay_seconds", 0.25),
        ("fetch.allow_private_addresses=true", "fetch", "allow_private_addresses", True),
        ("fetch.allow_private_addresses=FALSE", "fetch", "allow_private_addresses", False),
        ("fetch.contact=mailto:a=b@c.example", "fetch", "contact", "mailto:a=b@c.example"),
        ("fetch.contact=", "fetch", "contact", ""),
        (" poll.max_bytes = 1000 ", "poll", "max_bytes", 1000),
        ("write.shards=4", "write", "shards", 4),
    ],
)
def test_a_value_from_the_command_line_has_its_type(assignment: str, section: str, key: str, value: object) -> None:
    found = getattr(getattr(load_config(None, [assignment]), section), key)
    assert found == value and type(found) is type(value)


def test_the_last_assignment_counts() -> None:
    assert load_config(None, ["fetch.tries=3", "fetch.tries=4"]).fetch.tries == 4


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("fetch", "expected section.key=value"),
        ("fetch.tries", "expected section.key=value"),
        ("tries=3", "expected section.key=value"),
        ("=3", "expected section.key=value"),
        (".tries=3", "expected section.key=value"),
        ("fetch.=3", "expected section.key=value"),
        ("fetsch.tries=3", "unknown section 'fetsch'; did you mean 'fetch'?"),
        ("zzz.tries=3", "unknown section 'zzz'; known are bigquery, clean, fetch,"),
        ("fetch.trys=3", "unknown key fetch.trys; did you mean 'tries'?"),
        ("fetch.host_delay=3", "unknown key fetch.host_delay; did you mean 'host_delay_seconds'?"),
        ("fetch.zzz=3", "unknown key fetch.zzz; known are allow_private_addresses,"),
        ("fetch.tries=three", "fetch.tries: expected a whole number"),
        ("fetch.tries=2.5", "fetch.tries: expected a whole number"),
        ("fetch.tries=-1", "fetch.tries: expected a whole number"),
        ("fetch.tries=", "fetch.tries: expected a whole number"),
        ("fetch.tries=true", "fetch.tries: expected a whole number"),
        ("fetch.host_delay_seconds=fast", "fetch.host_delay_seconds: expected a number"),
        ("fetch.host_delay_seconds=-0.1", "fetch.host_delay_seconds: expected a number"),
        ("fetch.host_delay_seconds=nan", "fetch.host_delay_seconds: expected a number"),
        ("fetch.host_delay_seconds=inf", "fetch.host_delay_seconds: expected a number"),
        ("fetch.allow_private_addresses=1", "expected true or false, got '1'"),
        ("fetch.allow_private_addresses=yes", "expected true or false, got 'yes'"),
        ("fetch.hosts_at_once=0", "fetch.hosts_at_once: expected a whole number, more than 0"),
        ("fetch.total_seconds=0", "fetch.total_seconds: expected a number, more than 0"),
        ("fetch.max_bytes=0", "fetch.max_bytes: expected a whole number, more than 0"),
        ("nlp.batch_articles=0", "nlp.batch_articles: expected a whole number, more than 0"),
        ("write.shards=0", "write.shards: expected a whole number, more than 0"),
    ],
)
def test_a_wrong_assignment_is_named_and_what_would_be_right(assignment: str, said: str) -> None:
    with pytest.raises(UsageError) as wrong:
        load_config(None, [assignment])
    assert said in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fetsch]\ntries = 3", "unknown section 'fetsch'"),
        ("[fetch]\ntrys = 3", "unknown key fetch.trys"),
        ("fetch = 3", "'fetch' is a section, with keys of its own"),
        ("[[fetch]]\ntries = 3", "'fetch' is a section, with keys of its own"),
        ("[fetch]\ntries = true", "expected a whole number"),
        ("[fetch]\ntries = 2.5", "expected a whole number"),
        ("[fetch]\ntries = []", "expected a whole number"),
        ("[fetch]\ncontact = 3", "expected one line of text in quotes, got 3"),
        ("[fetch]\nallow_private_addresses = 1", "expected true or false, got 1"),
        ("[fetch]\nhost_delay_seconds = nan", "expected a number"),
        ("[fetch]\nhost_delay_seconds = 2026-03-10", "expected a number"),
        (f"[fetch]\nhost_delay_seconds = 1{'0' * 400}", "expected a number"),
        (f"[fetch]\ntries = 1{'0' * 400}", "expected a whole number"),
        ("[fetch\n", "not valid TOML"),
        ("[fetch]\ntries = 3\ntries = 4", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_named_and_what_would_be_right(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as wrong:
        load(tmp_path, text)
    assert said in str(wrong.value) and "newsbeam.toml" in str(wrong.value)


def test_a_whole_number_may_be_written_as_another(tmp_path: Path) -> None:
    assert load(tmp_path, "[fetch]\ntries = 3.0\nhost_delay_seconds = 2").fetch == dataclasses.replace(
        Config().fetch, tries=3, host_delay_seconds=2.0
    )


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"[fetch]\ncontact = '\xe9'")
    for path, said in (("none.toml", "No such file"), ("latin.toml", "not valid TOML"), (".", "Is a directory")):
        with pytest.raises(UsageError, match=said):
            read_toml(str(tmp_path / path))


def test_a_configuration_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Config().fetch.tries = 3


@pytest.mark.parametrize("contact", ["", "https://contact.example/bot"])
def test_we_introduce_ourselves(contact: str) -> None:
    agent = user_agent(contact)
    assert agent.startswith("newsbeam/") and agent.endswith(f" (+{contact})" if contact else "")
    assert load_config(None, [f"fetch.contact={contact}"]).http.user_agent == agent


@pytest.mark.parametrize("contact", ["two\nlines", "nul\0", "tab\t"])
def test_a_contact_that_would_break_a_header_is_refused(contact: str) -> None:
    with pytest.raises(UsageError, match=r"fetch.contact: expected one line of text"):
        load_config(None, [f"fetch.contact={contact}x"])


def test_every_setting_reaches_those_who_need_it() -> None:
    config = load_config(
        None,
        [
            "fetch.host_delay_seconds=1",
            "fetch.hosts_at_once=2",
            "fetch.connect_seconds=3",
            "fetch.total_seconds=4",
            "fetch.tries=5",
            "fetch.max_bytes=6",
            "poll.max_bytes=7",
            "fetch.allow_private_addresses=true",
            "clean.min_words=8",
            "nlp.batch_articles=9",
        ],
    )
    http = config.http
    assert (http.host_delay_seconds, http.hosts_at_once, http.connect_seconds, http.total_seconds) == (1, 2, 3, 4)
    assert (http.tries, http.page_bytes, http.feed_bytes, http.allow_private_addresses) == (5, 6, 7, True)
    assert (config.cleaning.min_words, config.reading.batch_articles) == (8, 9)


def test_a_lexicon_is_read_and_checked_before_anything_runs(tmp_path: Path) -> None:
    mine, wrong = tmp_path / "mine.toml", tmp_path / "wrong.toml"
    mine.write_text('[groups]\n"red hand" = "REB IRL"', "utf-8")
    wrong.write_text("[groups]\nhand = 3", "utf-8")
    [file] = load_config(None, [f"nlp.lexicon= {mine},"]).reading.lexicon
    assert (file.name, file.text) == (str(mine), mine.read_text("utf-8"))
    with pytest.raises(UsageError, match=r"wrong\.toml: \[groups\] 'hand': expected"):
        load_config(None, [f"nlp.lexicon={mine}, {wrong}"])
    with pytest.raises(UsageError, match=r"none\.toml: No such file"):
        load_config(None, [f"nlp.lexicon={tmp_path}/none.toml"])
