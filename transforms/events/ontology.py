"""What the words of news mean: triggers of events, countries, sectors and armed groups, read from `data/*.toml`.

The types, modes and sectors are PLOVER's (https://github.com/openeventdata/PLOVER); countries are ISO 3166-1 alpha-3.
All knowledge is in the tables, so that a user adds a trigger or a group with one line and no code.
"""

import dataclasses
import importlib.resources
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, Optional, TypeVar

import spacy

from transforms.events.gazetteer import Gazetteer, load_gazetteer
from transforms.events.wordlists import word_set

EVENT_TYPES = word_set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT DISASTER CRIME"
)
TABLES = ("triggers", "countries", "sectors")
Value = TypeVar("Value")


class Trigger(NamedTuple):
    """A word that tells of an event, and who stands where beside it."""

    lemma: str
    event_type: str
    mode: Optional[str] = None
    toll: Optional[str] = None  # killed, injured: what its recipients suffer
    subject: str = "actor"  # actor, recipient ("died"), both ("met")
    of: str = "actor"  # who is named after "of": actor, recipient ("the killing of")
    figure: bool = False  # often a figure of speech: asks for more evidence
    weak: bool = False  # joins what other words tell, makes no event of its own
    outcome: bool = False  # tells what came of it, not what it was: an earthquake kills too
    but_not: tuple[str, ...] = ()  # objects with which it means something else: "released the names"
    forms: tuple[str, ...] = ()  # past and participle of an irregular verb


_KEYS = {"type", *Trigger._fields} - {"lemma", "event_type"}  # of a line of the table of triggers


class Form(NamedTuple):
    """One form of a trigger: the tense of a verb (base, s, past, participle, ed, ing; "ed" is both), or noun."""

    trigger: Trigger
    tense: str


class Place(NamedTuple):
    """What the tables know of a name: its country, and whether it is the country, its people, a state or a city."""

    name: str
    country: str
    kind: str  # country, people, state, city
    admin1: Optional[str] = None  # of a state: its name in full


class Affiliation(NamedTuple):
    """The PLOVER sector and the country that a word or the name of a group gives an actor."""

    sector: str
    country: Optional[str] = None


class PhraseTable(Generic[Value]):
    """Finds the longest phrase that starts at a word, in any letter case."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], Value]]):
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for words, value in phrases:
            self._by_first.setdefault(words[0], []).append((tuple(words), value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[str], at: int) -> Optional[tuple[int, Value]]:
        """The length in words and the value of the longest phrase at `at` of `words` (in lower case), or None."""
        for phrase, value in self._by_first.get(words[at], ()):
            if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase), value
        return None

    def __contains__(self, word: str) -> bool:
        return word in self._by_first


@dataclasses.dataclass(frozen=True)
class Ontology:
    """The tables, ready to be asked word by word."""

    verbs: PhraseTable[Form]
    nouns: PhraseTable[Form]
    means: PhraseTable[str]
    places: PhraseTable[Place]
    sectors: PhraseTable[Affiliation]
    gazetteer: Gazetteer

    def place_at(self, texts: Sequence[str], lows: Sequence[str], at: int) -> Optional[tuple[int, Place]]:
        """The length in words and the place named at `at`; "turkey" and "us" name none, "Turkey" and "US" do."""
        if not texts[at][:1].isupper():
            return None
        found = self.places.match(lows, at)
        if found and found[1].name.isupper() and texts[at] != found[1].name.split()[0]:
            return None
        return found


def load_ontology(extra: Iterable[Path] = ()) -> Ontology:
    """The tables of this package, with those of the TOML files `extra` laid over them.

    Raises:
        ValueError: A table holds an unknown section, key or event type; the message names the file and the line's key.
    """
    data = {name: _read_package_table(name) for name in TABLES}
    merged: dict[str, Any] = {}
    for where, table in [*data.items(), *((str(path), tomllib.loads(path.read_text("utf-8"))) for path in extra)]:
        _lay_over(merged, table, where)
    split = spacy.blank("en").tokenizer  # phrases are cut into words exactly as texts are
    return Ontology(
        verbs=PhraseTable(_verb_forms(merged["verbs"])),
        nouns=PhraseTable(_noun_forms(merged["nouns"])),
        means=PhraseTable(_means(merged["means"])),
        places=PhraseTable((_words(split, place.name), place) for place in _places(merged)),
        sectors=PhraseTable((_words(split, name), value) for name, value in _affiliations(merged)),
        gazetteer=load_gazetteer(),
    )


def inflect(verb: str) -> dict[str, list[str]]:
    """The regular forms of an English verb: {tense: forms}; a doubled consonant is listed beside the single one."""
    if verb.endswith("e"):
        ed, ing = [verb + "d"], [verb[:-1] + "ing"]
    elif verb.endswith("y") and verb[-2:-1] not in "aeou":
        ed, ing = [verb[:-1] + "ied"], [verb + "ing"]
    else:
        ed, ing = [verb + "ed"], [verb + "ing"]
        if verb[-1] in "bdglmnprt" and verb[-2:-1] in "aeiou" and verb[-3:-2] not in "aeiou":
            ed, ing = [*ed, verb + verb[-1] + "ed"], [*ing, verb + verb[-1] + "ing"]
    return {"base": [verb], "s": [pluralize(verb)], "ed": ed, "ing": ing}


def pluralize(noun: str) -> str:
    """The regular plural of a noun, which is also the third person of a verb."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return noun[:-1] + "ies"
    return noun + "s"


def _read_package_table(name: str) -> dict[str, Any]:
    text = importlib.resources.files(__package__).joinpath("data", name + ".toml").read_text("utf-8")
    return tomllib.loads(text)


def _lay_over(merged: dict[str, Any], table: Mapping[str, Any], where: str) -> None:
    known = {"verbs", "nouns", "means", "countries", "states", "words", "groups"}
    if wrong := set(table) - known:
        raise ValueError(f"{where}: unknown section [{min(wrong)}]; known are {', '.join(sorted(known))}")
    for section in ("verbs", "nouns"):
        for lemma, line in table.get(section, {}).items():
            _check_trigger(lemma, line, where)
    for section, lines in table.items():
        merged.setdefault(section, {}).update(lines)


def _check_trigger(lemma: str, line: Mapping[str, Any], where: str) -> None:
    if wrong := set(line) - _KEYS:
        raise ValueError(f"{where}: {lemma!r} has the unknown key {min(wrong)!r}")
    if line.get("type") not in EVENT_TYPES:
        known = ", ".join(sorted(EVENT_TYPES))
        raise ValueError(f"{where}: {lemma!r} has the type {line.get('type')!r}; known are {known}")


def _trigger(lemma: str, line: Mapping[str, Any]) -> Trigger:
    rest = {key: tuple(value) if isinstance(value, list) else value for key, value in line.items() if key != "type"}
    return Trigger(lemma, line["type"], **rest)


def _verb_forms(lines: Mapping[str, Mapping[str, Any]]) -> Iterable[tuple[Sequence[str], Form]]:
    for lemma, line in lines.items():
        trigger = _trigger(lemma, line)
        head, *rest = lemma.split()
        tenses = inflect(head)
        if len(trigger.forms) == 1:
            tenses["ed"] = list(trigger.forms)
        elif trigger.forms:
            tenses |= {"ed": [], "past": [trigger.forms[0]], "participle": [trigger.forms[1]]}
        tenses["base"] = tenses.pop("base")  # "beat", "hurt" are more often the past
        for tense, forms in tenses.items():
            for form in forms:
                yield (form, *rest), Form(trigger, tense)


def _noun_forms(lines: Mapping[str, Mapping[str, Any]]) -> Iterable[tuple[Sequence[str], Form]]:
    for lemma, line in lines.items():
        form = Form(_trigger(lemma, line), "noun")
        *first, head = lemma.split()
        for noun in {head, pluralize(head)}:
            yield (*first, noun), form


def _means(lines: Mapping[str, str]) -> Iterable[tuple[Sequence[str], str]]:
    for lemma, mode in lines.items():
        *first, head = lemma.split()
        for noun in {head, pluralize(head)}:
            yield (*first, noun), mode


def _places(merged: Mapping[str, Any]) -> Iterable[Place]:
    for code, line in merged["countries"].items():
        yield from (Place(name, code, "country") for name in line.get("names", ()))
        yield from (Place(name, code, "people") for name in line.get("people", ()))
        yield from (Place(name, code, "city") for name in line.get("cities", ()))
    for code, states in merged["states"].items():
        yield from (Place(form, code, "state", name) for name, forms in states.items() for form in forms)


def _affiliations(merged: Mapping[str, Any]) -> Iterable[tuple[str, Affiliation]]:
    for sector, words in merged["words"].items():
        yield from ((word, Affiliation(sector)) for word in words)
    for name, value in merged["groups"].items():
        yield name, Affiliation(*value.split())


def _words(split: Any, phrase: str) -> list[str]:
    return [token.lower_ for token in split(phrase)]
