"""What the words of news mean: triggers of events, countries, sectors and armed groups, read from `data/*.toml`.

The types, modes and sectors are PLOVER's (https://github.com/openeventdata/PLOVER); countries are ISO 3166-1 alpha-3.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Optional

import spacy

from transforms.events.gazetteer import Gazetteer, load_gazetteer
from transforms.events.inflection import inflect, numbers, spellings
from transforms.events.lexicon import LexiconFile, listed_words, read_tables
from transforms.events.persons import load_people
from transforms.events.phrasebook import PhraseTable, Value, as_cut

SOMEBODY = "somebody"
SOMEWHERE = "somewhere"
ARMED = "armed"
OFFICE = "office"
REMARK = "remark"  # the lemma of what is said of another, where only the quotes tell that it judges him
_OF_PERSONS = frozenset(["COP", "CRM", "CVL", "MIL", "OPP", "REB", "REF", "SPY", "UAF"])  # sectors: never of buildings


class Trigger(NamedTuple):
    """A word that tells of an event, and who stands where beside it."""

    lemma: str
    event_type: str
    mode: Optional[str] = None
    toll: Optional[str] = None  # killed, injured: what its recipients suffer
    subject: str = "actor"  # actor, recipient ("died"), both ("met"), self ("committed suicide")
    of: str = "actor"  # who is named after "of": actor, recipient ("the killing of")
    figure: bool = False  # often a figure of speech: asks for more evidence
    weak: bool = False  # joins what other words tell, makes no event of its own
    outcome: bool = False  # tells what came of it, not what it was: an earthquake kills too
    but_not: tuple[str, ...] = ()  # objects with which it means something else: "released the names"
    needs: tuple[str, ...] = ()  # words that tie something to it, or it means something else: "call" with "on"
    objects: tuple[str, ...] = ()  # objects of which it must have one: "passed the bill"; SOMEBODY for any person
    doers: tuple[str, ...] = ()  # subjects of which it must have one: "[protesters] gathered"
    calls: Optional[str] = None  # bad, good, office: what its object must be called: "called it unfair"
    forms: tuple[str, ...] = ()  # past and participle of an irregular verb
    own_type: Optional[str] = None  # a type of the user's, which is read as `event_type`

    @property
    def told_type(self) -> str:
        """The type of the events that it tells of."""
        return self.own_type or self.event_type


def is_curb(trigger: Trigger) -> bool:
    """Whether a trigger tells of sanctions or of a ban, which are approved and so imposed."""
    return trigger.event_type == "SANCTION" or trigger.mode == "ban"


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
    capital: Optional[str] = None  # of a country or a people


class Affiliation(NamedTuple):
    """The PLOVER sector and the country that a word or the name of a group gives an actor."""

    sector: str
    country: Optional[str] = None
    is_name: bool = False  # of one group, rather than a word for many


@dataclasses.dataclass(frozen=True)
class Ontology:
    """The tables, ready to be asked word by word."""

    verbs: PhraseTable[Form]
    nouns: PhraseTable[Form]
    means: PhraseTable[str]
    places: PhraseTable[Place]
    sectors: PhraseTable[Affiliation]
    gazetteer: Gazetteer
    people: frozenset[str]
    opinions: Mapping[str, frozenset[str]]  # bad and good: what one may be called
    domains: Mapping[str, str]  # the last label of a host's name: the country

    def is_people(self, low: str) -> bool:
        """Whether a noun (in lower case) is of people, or of a body of armed people: "toddlers", "patrol"."""
        if low.removeprefix("ex-") in self.people:
            return True
        match = self.sectors.match([low], 0) if low in self.sectors else None
        return bool(match and match[1].sector in _OF_PERSONS)

    def place_at(self, texts: Sequence[str], lows: Sequence[str], at: int) -> Optional[tuple[int, Place]]:
        """The length in words and the place named at `at`; "turkey" and "us" name none, "Turkey" and "US" do."""
        if not texts[at][:1].isupper():
            return None
        found = self.places.match(lows, at)
        if found and found[1].name.isupper() and texts[at] != found[1].name.split()[0]:
            return None
        return found


def load_ontology(files: Iterable[LexiconFile] = ()) -> Ontology:
    """The tables of this package, with those of the user's files laid over them.

    UsageError names the file and the key of a line that cannot be right.
    """
    tables = read_tables(files)
    split = spacy.blank("en").tokenizer  # phrases are cut into words exactly as texts are

    def phrases(found: Iterable[tuple[str, Value]]) -> PhraseTable[Value]:
        cut = (([token.lower_ for token in split(phrase)], value) for phrase, value in found)
        return PhraseTable((words, value) for whole, value in cut for words in as_cut(whole))

    return Ontology(
        verbs=phrases(_verb_forms(tables)),
        nouns=phrases(_noun_forms(tables)),
        means=phrases(_means(tables["means"])),
        places=phrases((place.name, place) for place in _places(tables)),
        sectors=phrases(_affiliations(tables)),
        gazetteer=load_gazetteer(tables["spellings"]),
        people=load_people(),
        opinions={kind: frozenset(words) for kind, words in tables["opinions"].items()},
        domains=dict(_domains(tables["countries"])),
    )


def _trigger(lemma: str, line: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> Trigger:
    things = tables["things"]
    rest = {key: listed_words(value, things) if isinstance(value, list) else value for key, value in line.items()}
    del rest["type"]
    if own := tables["types"].get(line["type"]):
        return Trigger(lemma, own["like"], own_type=line["type"], **rest)
    return Trigger(lemma, line["type"], **rest)


def _verb_forms(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Form]]:
    for lemma, line in _senses(tables["verbs"]):
        trigger = _trigger(lemma, line, tables)
        head, *rest = lemma.split()
        tenses = inflect(head)
        if len(trigger.forms) == 1:
            tenses["ed"] = list(trigger.forms)
        elif trigger.forms:
            tenses |= {"ed": [], "past": [trigger.forms[0]], "participle": [trigger.forms[1]]}
        tenses["base"] = tenses.pop("base")  # "beat", "hurt" are more often the past
        for tense, forms in tenses.items():
            for form in forms:
                yield from ((spelt, Form(trigger, tense)) for spelt in spellings(" ".join([form, *rest])))


def _senses(lines: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each word with each of its senses, in order."""
    for lemma, line in lines.items():
        yield from ((lemma, sense) for sense in (line if isinstance(line, list) else [line]))


def _noun_forms(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Form]]:
    for lemma, line in _senses(tables["nouns"]):
        form = Form(_trigger(lemma, line, tables), "noun")
        yield from ((spelt, form) for noun in numbers(lemma) for spelt in spellings(noun))


def _means(lines: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for lemma, mode in lines.items():
        yield from ((noun, mode) for noun in numbers(lemma))


def _places(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Place]:
    for code, line in tables["countries"].items():
        capital = next(iter(line.get("cities", ())), None)
        yield from (Place(name, code, "country", capital=capital) for name in line.get("names", ()))
        yield from (Place(name, code, "people", capital=capital) for name in line.get("people", ()))
        yield from (Place(name, code, "city") for name in line.get("cities", ()))
    for code, states in tables["states"].items():
        yield from (Place(form, code, "state", name) for name, forms in states.items() for form in forms)


def _domains(countries: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for code, line in countries.items():
        yield from ((label, code) for label in line.get("domains", ()))


def _affiliations(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Affiliation]]:
    for sector, words in tables["words"].items():
        yield from ((form, Affiliation(sector)) for word in words for form in (word, f"ex-{word}"))
    for name, value in tables["groups"].items():
        sector, *country = value.split()
        yield name, Affiliation(sector, *(country or [None]), is_name=True)
