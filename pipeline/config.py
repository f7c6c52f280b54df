"""One frozen configuration, from one TOML file and `--set a.b=value`; every key has a default that is right."""

import contextlib
import dataclasses
import functools
import tomllib
import typing
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any, Optional

from pipeline import vault
from transforms.clean import CleanSettings
from transforms.errors import UsageError, nearest
from transforms.events.lexicon import LexiconFile, read_tables
from transforms.extract import NlpSettings
from transforms.web.http import HttpSettings

# With 0 of these nothing would ever come through, or a run would hang.
NEVER_ZERO = frozenset("hosts_at_once connect_seconds total_seconds tries max_bytes batch_articles shards".split())


@dataclasses.dataclass(frozen=True)
class PollConfig:
    """How often feeds are asked."""

    minutes: float = 10.0  # between two polls of a feed with --every; a shorter --every wins
    max_bytes: int = 10 * 2**20


@dataclasses.dataclass(frozen=True)
class FetchConfig:
    """How pages are asked for. The defaults are polite; sizes count after decompression."""

    contact: str = ""  # an address or a page that tells a host who reads it: part of the user agent
    host_delay_seconds: float = 5.0
    hosts_at_once: int = 64
    connect_seconds: float = 5.0
    total_seconds: float = 30.0
    tries: int = 2
    max_bytes: int = 5 * 2**20
    allow_private_addresses: bool = False


@dataclasses.dataclass(frozen=True)
class CleanConfig:
    """What counts as an article."""

    min_words: int = 20


@dataclasses.dataclass(frozen=True)
class StoriesConfig:
    """How long a story may grow."""

    live_days: int = 30  # an article joins stories whose articles are at most this far from it


@dataclasses.dataclass(frozen=True)
class NlpConfig:
    """Which spaCy pipeline reads the articles."""

    pipeline: str = "newsbeam"  # the model in this package; or blank: no events; or the name of an installed one
    batch_articles: int = 64
    lexicon: str = ""  # files with words, groups and types of your own, with commas between them


@dataclasses.dataclass(frozen=True)
class WriteConfig:
    """How tables are written."""

    shards: int = 1  # files a table and run


@dataclasses.dataclass(frozen=True)
class BigQueryConfig:
    """How a dataset of BigQuery is made, written and read."""

    location: str = "US"  # of a dataset that a run makes; one that is there stays where it is
    expire_days: int = 0  # rows go this long after they were written; 0: never
    method: str = "streaming_inserts"  # of writing a stream; or storage_write_api, which needs Java. A run loads files
    max_bytes: int = 100 * 2**30  # that a run may be billed for in one query, when it reads what it remembers


@dataclasses.dataclass(frozen=True)
class Config:
    """All settings of a run."""

    poll: PollConfig = PollConfig()
    fetch: FetchConfig = FetchConfig()
    clean: CleanConfig = CleanConfig()
    stories: StoriesConfig = StoriesConfig()
    nlp: NlpConfig = NlpConfig()
    write: WriteConfig = WriteConfig()
    bigquery: BigQueryConfig = BigQueryConfig()

    @property
    def http(self) -> HttpSettings:
        """How we speak HTTP."""
        return HttpSettings(
            user_agent=user_agent(self.fetch.contact),
            connect_seconds=self.fetch.connect_seconds,
            total_seconds=self.fetch.total_seconds,
            allow_private_addresses=self.fetch.allow_private_addresses,
            host_delay_seconds=self.fetch.host_delay_seconds,
            hosts_at_once=self.fetch.hosts_at_once,
            tries=self.fetch.tries,
            feed_bytes=self.poll.max_bytes,
            page_bytes=self.fetch.max_bytes,
        )

    @property
    def cleaning(self) -> CleanSettings:
        """What cleaning needs to know."""
        return CleanSettings(min_words=self.clean.min_words)

    @functools.cached_property
    def reading(self) -> NlpSettings:
        """What extraction needs to know. UsageError if a file of `nlp.lexicon` cannot be read."""
        names = [name.strip() for name in self.nlp.lexicon.split(",") if name.strip()]
        return NlpSettings(self.nlp.pipeline, self.nlp.batch_articles, tuple(map(_read_lexicon, names)))


def user_agent(contact: str) -> str:
    """How we introduce ourselves: name, version and, if set, a contact."""
    version = metadata.version("newsbeam")
    return f"newsbeam/{version} (+{contact})" if contact else f"newsbeam/{version}"


def load_config(path: Optional[str], assignments: Iterable[str] = ()) -> Config:
    """The configuration of a TOML file (None: the defaults) with `section.key=value` assignments over it.

    UsageError names an unknown section or key, or a value of the wrong type, and what would be right.
    """
    given: dict[str, Any] = read_toml(path) if path else {}
    for assignment in assignments:
        section, key, value = _split_assignment(assignment)
        given.setdefault(section, {})
        if isinstance(given[section], dict):
            given[section][key] = value
    config = _build(given, path or "--set")
    if config.nlp.lexicon:
        read_tables(config.reading.lexicon)  # what is wrong is told before anything runs
    return config


def read_toml(path: str) -> dict[str, Any]:
    """The contents of a TOML file. UsageError if it cannot be read or parsed."""
    return parse_toml_text(_read_file(path), path)


def _read_lexicon(name: str) -> LexiconFile:
    try:
        return LexiconFile(name, (vault.read(name) if vault.is_remote(name) else _read_file(name)).decode())
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: not valid TOML: {error}") from error


def _read_file(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def parse_toml_text(text: bytes, name: str) -> dict[str, Any]:
    """The contents of a TOML document. UsageError, with its name, if it is none."""
    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{name}: not valid TOML: {error}") from error


def _split_assignment(text: str) -> tuple[str, str, str]:
    name, equals, value = text.partition("=")
    section, dot, key = name.strip().partition(".")
    if not (equals and dot and section and key):
        raise UsageError(f"--set {text}: expected section.key=value, for example --set fetch.host_delay_seconds=2")
    return section, key, value.strip()


def _build(given: Mapping[str, Any], where: str) -> Config:
    sections = {field.name: field.type for field in dataclasses.fields(Config)}
    built = {}
    for name, values in given.items():
        if name not in sections:
            raise UsageError(f"{where}: unknown section {name!r}{nearest(name, sections)}")
        if not isinstance(values, dict):
            raise UsageError(f"{where}: {name!r} is a section, with keys of its own")
        built[name] = _section(sections[name], name, values, where)
    return Config(**built)


def _section(kind: type, section: str, values: Mapping[str, Any], where: str) -> Any:
    types = typing.get_type_hints(kind)
    for key in values:
        if key not in types:
            raise UsageError(f"{where}: unknown key {section}.{key}{nearest(key, types)}")
    return kind(**{key: _value(types[key], value, f"{where}: {section}.{key}") for key, value in values.items()})


def _value(kind: type, value: Any, where: str) -> Any:
    """`value`, from TOML or from the command line, as a `kind`; numbers are never negative, texts one line."""
    if kind is bool:
        return _bool(value, where)
    if kind is str and isinstance(value, str) and value.isprintable():
        return value
    least = "more than 0" if where.rpartition(".")[2] in NEVER_ZERO else "0 or more"
    if kind in (int, float) and not isinstance(value, bool):
        with contextlib.suppress(TypeError, ValueError, OverflowError):
            number = kind(value)
            whole = kind is float or number == float(value)
            if whole and 0 <= number < float("inf") and (number or least == "0 or more"):
                return number
    expected = {int: f"a whole number, {least}", float: f"a number, {least}", str: "one line of text in quotes"}[kind]
    raise UsageError(f"{where}: expected {expected}, got {value!r}")


def _bool(value: Any, where: str) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in ("true", "false"):
        return str(value).lower() == "true"
    raise UsageError(f"{where}: expected true or false, got {value!r}")
