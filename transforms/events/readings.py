"""What all mentions of one sentence share: its times, places, tolls and means, those of each deed that it tells."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.events.apart import below, is_apart, words_of_another
from transforms.events.dates import resolve_days
from transforms.events.lexicon import OF_WORDS, VIOLENT
from transforms.events.ontology import Ontology, Place, Trigger
from transforms.events.parties import Naming
from transforms.events.placenames import named_places
from transforms.events.roles import Found
from transforms.events.sentences import Sentence
from transforms.events.timing import Dates
from transforms.events.tolls import Toll, count_casualties
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import word_set

_OF_SHIPS = word_set(
    "flagged registered owned operated built made managed crewed based led backed brokered funded linked mediated"
)

_DEEDS = VIOLENT | {"COERCE", "SANCTION"}  # types of which one may speak elsewhere

_ABOUT = word_set(
    "for over about after against of on as while since because"
)  # "blamed Chad for a raid"; not in which town

_OFFENCES = word_set("for over of")

_OF_OTHERS = frozenset(
    ["ACCUSE", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN"]
)  # what is done to others afar
_ABOUT_DEEDS = OF_WORDS | {"CONSULT", "SANCTION"}


class Reading(NamedTuple):
    """What all mentions of one sentence share."""

    sentence: Sentence
    number: int  # of the sentence in its article
    ontology: Ontology
    names: Mapping[str, str]
    published_day: Optional[datetime.date]
    text: str
    tolls: tuple[Toll, Toll]  # of its own happening, of that before it
    modes: tuple[Optional[str], Optional[str]]  # of the means that it names: of its own happening, of that before it
    dates: Dates
    named: Sequence[tuple[int, Place]]
    triggers: frozenset[int]
    is_apart: bool  # whether it says that it tells of another happening than the sentences before
    another: frozenset[int]  # words that tell of another happening than the sentence's own
    deeds: Sequence[Found]  # nouns that tell of what somebody did to others

    def others(self, at: int, trigger: Trigger) -> frozenset[int]:
        """The words that tell of another happening than the violence at word `at`."""
        if not self.another or trigger.event_type not in VIOLENT:
            return frozenset()
        return frozenset(i for i in range(len(self.sentence.texts)) if (i in self.another) != (at in self.another))

    def of_deeds(self, at: int, trigger: Trigger) -> frozenset[int]:
        """The words behind nouns for deeds, where word `at` tells what is said of them: "condemned a raid [in Gao]";
        behind whatever it is said of: "will not recognize the government [in Kabul]"."""
        if trigger.event_type not in _ABOUT_DEEDS or trigger.mode == "convict":
            return frozenset()
        tree = self.sentence.tree
        told = [found.end - 1 for found in self.deeds if found.at != at]
        if trigger.event_type in _OF_OTHERS:
            verbs = (at, *tree.children(at, "conj"))
            told += [
                matter
                for verb in verbs
                for of in (verb, *tree.children(verb, "obj"))
                for matter in self._matters(tree, of)
            ]
        behind = [kid for noun in told for kid in tree.kids[noun] if kid > noun]
        words = frozenset(below(tree, behind))
        return frozenset() if at in words else words

    def of_offences(self, at: int, trigger: Trigger) -> frozenset[int]:
        """The words behind what those are wanted for whom word `at` arrests or sentences: "arrested a man accused of
        [bombing a bus in Gao]"."""
        if trigger.mode not in ("arrest", "convict"):
            return frozenset()
        tree = self.sentence.tree
        deeds = [i for i in self.triggers if i != at and tree.tags[i][:2] in ("VB", "NN") and self._is_offence(i, at)]
        return frozenset(below(tree, [kid for deed in deeds for kid in tree.kids[deed] if kid > deed]))

    def _is_offence(self, deed: int, at: int) -> bool:
        """Whether a deed is told of those who are arrested, or is what for."""
        tree, is_told = self.sentence.tree, False
        for _ in range(MAX_STEPS):
            if deed == at or tree.heads[deed] == deed:
                break
            is_told |= tree.relations[deed].startswith("acl") or not _OFFENCES.isdisjoint(self._marks(tree, deed))
            deed = tree.heads[deed]
        return is_told and deed == at

    def _matters(self, tree: Tree, at: int) -> list[int]:
        """What a verb says something of: "blamed [Chad] for [a raid]", "accused Chad of [breaking a deal]"."""
        beside = [of for of in tree.children(at, "obl", "nmod") if _ABOUT & self._marks(tree, of)]
        deeds = [of for of in tree.children(at, "advcl") if _ABOUT & self._marks(tree, of)]
        return [*tree.children(at, "obj", "nsubj:pass"), *beside, *deeds]

    def _marks(self, tree: Tree, of: int) -> set[str]:
        return {self.sentence.lows[mark] for mark in tree.children(of, "case", "mark")}

    @property
    def naming(self) -> Naming:
        """What its noun phrases are read by."""
        return Naming(self.sentence, self.ontology, self.names)


def read_sentence(
    sentence: Sentence,
    number: int,
    ontology: Ontology,
    names: Mapping[str, str],
    published_day: Optional[datetime.date],
    triggers: Sequence[Found],
) -> Reading:
    """The sentence, the `number`-th of its article, with what its words say around its `triggers`."""
    first, last = sentence.span(0, len(sentence.texts))
    text = sentence.text[first:last]
    dates = resolve_days(text, published_day)
    named = [each for each in named_places(sentence, ontology) if not _is_of_ship(sentence, each[0])]
    verbs = frozenset(found.at for found in triggers)
    deeds = [
        found.at for found in triggers if found.form.trigger.event_type == "ASSAULT" and not found.form.trigger.weak
    ]
    another = words_of_another(sentence, deeds)
    tolls, modes = (count_casualties(text), Toll()), (_mode_of_means(sentence, ontology, another), None)
    if another:
        own = frozenset(range(len(sentence.texts))) - another
        tolls = count_casualties(_said_without(sentence, another)), count_casualties(_said_without(sentence, own))
        modes = modes[0], _mode_of_means(sentence, ontology, own)
    nouns = [found for found in triggers if not found.is_verb and found.form.trigger.event_type in _DEEDS]
    about = (sentence, number, ontology, names, published_day, text)
    return Reading(*about, tolls, modes, dates, named, verbs, is_apart(text), another, nouns)


def _is_of_ship(sentence: Sentence, at: int) -> bool:
    """Whether a land only tells whose a ship or a firm is: "a [Malta]-flagged tanker"."""
    return sentence.lows[at + 1 : at + 2] == ["-"] and not _OF_SHIPS.isdisjoint(sentence.lows[at + 2 : at + 3])


def _said_without(sentence: Sentence, others: Collection[int]) -> str:
    """The sentence with commas in the place of the words `others`."""
    said, first = sentence.said(), sentence.starts[0]
    for at in others:
        start, end = (place - first for place in sentence.span(at, at + 1))
        said = said[:start] + ",".ljust(end - start) + said[end:]
    return said


def _mode_of_means(sentence: Sentence, ontology: Ontology, others: Collection[int]) -> Optional[str]:
    for at, low in enumerate(sentence.lows):
        if at not in others and low in ontology.means and (match := ontology.means.match(sentence.lows, at)):
            return match[1]
    return None
