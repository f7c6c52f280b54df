"""The data that ontologies are made of: the tables of this package, and files of the user's laid over them.

A file is TOML with any of the sections that ours have. What it says of a word counts instead of what we say; lists
grow, and `word = false` takes a word out. What cannot be right is an error that names file, key and what would be.
"""

import importlib.resources
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple, Optional

from transforms.errors import UsageError, nearest
from transforms.events.wordlists import word_set

EVENT_TYPES = word_set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT DISASTER CRIME"
)
PERSON_TYPES = frozenset(["ASSAULT", "DISASTER", "COERCE", "CRIME"])  # of deeds that befall somebody
OF_LAW = frozenset(["COERCE", "ACCUSE", "SANCTION"])  # whom persons suffer from bodies
OF_WORDS = word_set(  # types of what is done by saying it
    "AGREE SUPPORT CONCEDE COOPERATE AID REQUEST ACCUSE REJECT THREATEN SANCTION RETREAT"
)
VIOLENT = frozenset(["ASSAULT", "DISASTER", "PROTEST", "CRIME"])  # types whose toll counts
SECTORS = word_set(
    "AGR BUS COP CRM CVL EDU ELI ENV GOV HLH IGO JUD LAB LEG MED MIL MNC NGO OPP PRM PTY REB REF REL SPY UAF"
)
SECTIONS = (
    "types",
    "things",
    "verbs",
    "nouns",
    "means",
    "opinions",
    "countries",
    "states",
    "spellings",
    "words",
    "groups",
)
_OURS = ("triggers", "politics", "relations", "countries", "sectors")
_CODE = re.compile("[A-Z]{3}")
_TYPE_NAME = re.compile("[A-Z][A-Z_]*")  # of a list of things too
OPINIONS = ("bad", "good", "faults", "office")
_FLAGS = word_set("figure weak outcome")
_CHOICES = {
    "toll": ("killed", "injured"),
    "subject": ("actor", "recipient", "both", "self"),
    "of": ("actor", "recipient"),
    "calls": ("bad", "good", "office"),
}
_LISTS = {"but_not": None, "needs": None, "objects": None, "doers": None, "forms": 2}  # how many at most
_TRIGGER_KEYS = ("type", "mode", *sorted(_FLAGS), *_CHOICES, *_LISTS)
_COUNTRY_KEYS = ("names", "people", "cities", "domains")
_PHRASES = ("verbs", "nouns", "means", "groups")  # found in any letter case


class LexiconFile(NamedTuple):
    """A file of the user's: how it is called in errors, and its text."""

    name: str
    text: str


def read_tables(files: Iterable[LexiconFile] = ()) -> dict[str, dict[str, Any]]:
    """All lines by section and key: ours, with those of `files` over them, the last one winning.

    UsageError if one is not TOML, or a line cannot be right.
    """
    merged: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for file in (*(_packaged(name) for name in _OURS), *files):
        table = _parse(file)
        _Check(file.name, table, merged).run()
        _make_room(merged["words"], table.get("words", {}))
        for section, lines in table.items():
            for key, line in lines.items():
                _lay_over(merged[section], key, line)
    return merged


def _packaged(name: str) -> LexiconFile:
    path = importlib.resources.files(__package__).joinpath("data", f"{name}.toml")
    return LexiconFile(f"{name}.toml", path.read_text("utf-8"))


def _parse(file: LexiconFile) -> dict[str, Any]:
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file.name}: not valid TOML: {error}") from error


def _make_room(held: dict[str, Any], words: Mapping[str, Any]) -> None:
    """Takes words that get another sector out of the one that they had."""
    moved = {word for listed in words.values() if listed for word in listed}
    for sector, listed in held.items():
        held[sector] = [word for word in listed if word not in moved]


def _lay_over(lines: dict[str, Any], key: str, line: Any) -> None:
    held = lines.get(key)
    if line is False:
        lines.pop(key, None)
    elif isinstance(line, list) and all(isinstance(value, str) for value in line):
        lines[key] = [*(held or ()), *line]
    elif isinstance(line, dict) and held and all(isinstance(value, list) for value in line.values()):
        lines[key] = held | {name: [*held.get(name, ()), *values] for name, values in line.items()}
    else:
        lines[key] = line


class _Check:
    """Holds one file against what there may be in it."""

    def __init__(self, where: str, table: Mapping[str, Any], merged: Mapping[str, Mapping[str, Any]]):
        self.where, self.table, self.at = where, table, ""
        self.types = EVENT_TYPES | merged["types"].keys() | _keys(table, "types")
        self.things = merged["things"].keys() | _keys(table, "things")
        self.countries = merged["countries"].keys() | _keys(table, "countries")

    def run(self) -> None:
        checks: dict[str, Callable[[str, Any], None]] = {
            "types": self._type,
            "things": self._things,
            "verbs": self._senses,
            "nouns": self._senses,
            "means": self._means,
            "opinions": self._opinions,
            "countries": self._country,
            "states": self._states,
            "spellings": self._spelling,
            "words": self._words,
            "groups": self._group,
        }
        for section, lines in self.table.items():
            if section not in checks:
                raise UsageError(f"{self.where}: unknown section [{section}]{nearest(section, SECTIONS)}")
            if not isinstance(lines, dict):
                raise UsageError(f"{self.where}: [{section}] is a section, with a line for each word")
            for key, line in lines.items():
                self.at = f"{self.where}: [{section}] {key!r}"
                self._expect(section not in _PHRASES or key == key.lower().strip() != "", "write it in lower case")
                if line is not False:
                    checks[section](key, line)

    def _senses(self, key: str, line: Any) -> None:
        for sense in line if isinstance(line, list) and line else [line]:
            self._trigger(key, sense)

    def _trigger(self, _: str, line: Any) -> None:
        self._expect(isinstance(line, dict) and "type" in line, 'expected {type = "..."}, and more keys if needed')
        for key, value in line.items():
            self._known("key", key, _TRIGGER_KEYS)
            if key in _FLAGS:
                self._expect(isinstance(value, bool), f"{key} is true or false, not {value!r}")
            elif key in _CHOICES:
                self._expect(value in _CHOICES[key], f"{key} is {' or '.join(_CHOICES[key])}, not {value!r}")
            elif key in _LISTS:
                self._expect(_is_words(value, _LISTS[key]), f"{key} is a list of words, not {value!r}")
                for name in filter(_TYPE_NAME.fullmatch, value):
                    self._known("list of things", name, self.things)
            elif key == "mode":
                self._expect(_is_words([value]), f"mode is a word in quotes, not {value!r}")
        self._known("type", line["type"], self.types)

    def _type(self, key: str, line: Any) -> None:
        self._expect(bool(_TYPE_NAME.fullmatch(key)), "the name of a type is in capitals")
        self._expect(isinstance(line, dict) and set(line) == {"like"}, 'expected {like = "..."}: what it is read as')
        self._known("type", line["like"], EVENT_TYPES)

    def _things(self, key: str, line: Any) -> None:
        self._expect(bool(_TYPE_NAME.fullmatch(key)), "the name of a list of things is in capitals")
        self._expect(_is_words(line), f"expected a list of words, not {line!r}")

    def _means(self, _: str, line: Any) -> None:
        self._expect(_is_words([line]), f'expected the mode that it tells, such as "explosives", not {line!r}')

    def _opinions(self, key: str, line: Any) -> None:
        self._known("opinion", key, OPINIONS)
        self._expect(_is_words(line), f"expected a list of words, not {line!r}")

    def _country(self, key: str, line: Any) -> None:
        self._expect(bool(_CODE.fullmatch(key)), "a country goes by its ISO 3166-1 alpha-3 code, such as MLI")
        self._expect(
            isinstance(line, dict), "expected {names = [...], people = [...], cities = [...], domains = [...]}"
        )
        for name, value in line.items():
            self._known("key", name, _COUNTRY_KEYS)
            self._expect(_is_words(value), f"{name} is a list of names, not {value!r}")

    def _states(self, key: str, line: Any) -> None:
        self._known("country", key, self.countries)
        listed = isinstance(line, dict) and all(_is_words(forms) for forms in line.values())
        self._expect(listed, 'expected lines such as "Kidal Region" = ["Kidal Region", "Kidal"]')

    def _spelling(self, _: str, line: Any) -> None:
        self._expect(_is_words([line]), f'expected the town\'s name in GeoNames, such as "Al Hudaydah", not {line!r}')

    def _words(self, key: str, line: Any) -> None:
        self._known("sector", key, SECTORS)
        self._expect(_is_words(line), f"expected a list of words, not {line!r}")

    def _group(self, _: str, line: Any) -> None:
        parts = line.split() if isinstance(line, str) else []
        self._expect(len(parts) in (1, 2), f'expected "SECTOR" or "SECTOR COUNTRY", such as "REB MLI", not {line!r}')
        self._known("sector", parts[0], SECTORS)
        if len(parts) == 2:
            self._known("country", parts[1], self.countries)

    def _known(self, what: str, value: Any, known: Collection[str]) -> None:
        self._expect(isinstance(value, str) and value in known, f"unknown {what} {value!r}{nearest(str(value), known)}")

    def _expect(self, right: bool, message: str) -> None:
        if not right:
            raise UsageError(f"{self.at}: {message}")


def listed_words(words: Iterable[str], things: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The words of a line, with those of a list of [things] in the place of its name."""
    return tuple(each for word in words for each in things.get(word, (word,)))


def _keys(table: Mapping[str, Any], section: str) -> set[str]:
    lines = table.get(section)
    return set(lines) if isinstance(lines, dict) else set()


def _is_words(value: Any, most: Optional[int] = None) -> bool:
    listed = isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)
    return listed and (most is None or 1 <= len(value) <= most)
