"""The triggers of a headline, and who stands beside a verb whose tree has nobody, by the order of words."""

from collections.abc import Sequence
from typing import NamedTuple, Optional

from transforms.events.ontology import ARMED, SOMEBODY, Form, Ontology
from transforms.events.phrases import Phrase, ends_phrase, phrase_after, phrases_ending, starts_phrase
from transforms.events.sentences import Sentence
from transforms.events.wordlists import ADVERBS, AUXILIARIES, BE, DETERMINERS, PREPOSITIONS, word_set

_NEAR = 8  # words in which the object of a verb stands
MAX_TRIGGERS = 12  # in one sentence: more is a list of words
_BEFORE_BASE = (AUXILIARIES - BE - {"'s"}) | word_set(
    "to and n't not who that they we you i people police men women also often"
)


# How the roles of a trigger were read.
ACTIVE, PASSIVE, SUFFERED, TOGETHER = "active verb", "passive verb", "verb of suffering", "verb of both sides"
NOUN, HELD, ORDER = "noun", "noun held by a verb", "order of words"


class Found(NamedTuple):
    """A trigger in a sentence: its form and the words from `at` up to `end`."""

    at: int
    end: int
    form: Form

    @property
    def is_verb(self) -> bool:
        """Whether it is a form of a verb."""
        return self.form.tense != "noun"


class Roles(NamedTuple):
    """Who did it, to whom, and the auxiliaries of the verb."""

    actors: tuple[Phrase, ...] = ()
    recipients: tuple[Phrase, ...] = ()
    auxiliaries: frozenset[str] = frozenset()
    held_by: Optional[int] = None  # the verb that tells a noun and says little itself: "[held] talks"
    reading: str = ORDER
    is_self: bool = False  # who suffers it did it: "shot himself"
    tellers: tuple[Phrase, ...] = ()  # who tells it, where it is not said who did it


def triggers_by_order(sentence: Sentence, ontology: Ontology) -> list[Found]:
    """The triggers of a sentence, verbs and nouns told apart by the words around them."""
    found: list[Found] = []
    at = 0
    while at < len(sentence.lows):
        low = sentence.lows[at]
        if people := _people_at(sentence, at, ontology):
            at += people
            continue
        verb = _verb_sense(sentence, at, ontology) if low in ontology.verbs else None
        noun = ontology.nouns.match(sentence.lows, at) if low in ontology.nouns else None
        if noun and (verb is None or not _is_verb(sentence, at, verb[1].tense)):
            match = noun
        elif verb and (noun or " " in verb[1].trigger.lemma or _may_be_verb(sentence, at, verb[1].tense)):
            match = verb
        else:
            at += 1
            continue
        found.append(Found(at, at + match[0], match[1]))
        at += match[0]
    return found[:MAX_TRIGGERS]


def _people_at(sentence: Sentence, at: int, ontology: Ontology) -> int:
    """How many words from `at` on name people and tell nothing: "[aid workers] freed", "[opposition] rejects poll"."""
    match = ontology.sectors.match(sentence.lows, at)
    is_act = match is None or (match[0] == 1 and (match[1].sector != "OPP" or sentence.lows[at + 1 : at + 2] == ["to"]))
    return 0 if is_act else match[0]


def _verb_sense(sentence: Sentence, at: int, ontology: Ontology) -> Optional[tuple[int, Form]]:
    """The first sense of a verb for which the words around it speak."""
    senses = list(ontology.verbs.matches(sentence.lows, at))
    near = {*sentence.lows[max(at - _NEAR, 0) : at], *sentence.lows[at + 1 : at + 1 + _NEAR]}
    for length, form in senses:
        asked = {*form.trigger.objects, *ontology.opinions.get(form.trigger.calls, ())}
        if not asked and len(senses) > 1:
            asked = set(form.trigger.needs) - {"to do"}
        by = form.trigger.doers
        if (not asked or SOMEBODY in asked or asked & near) and (not by or ARMED in by or near & {*by}):
            return length, form
    return None


def without_verbs(sentence: Sentence, roles: Roles) -> Roles:
    """The roles without what a parser takes for a verb: "were [captured] and four rifles seized"."""
    tags = sentence.tree.tags
    actors, recipients = (
        tuple(each for each in side if tags[each.head_end - 1] not in ("VBD", "VBN", "VBZ", "VBP"))
        for side in (roles.actors, roles.recipients)
    )
    return roles._replace(actors=actors, recipients=recipients)


def _is_verb(sentence: Sentence, at: int, tense: str) -> bool:
    """Whether a word that can be both ("attack", "bombing") is a verb here."""
    follows = at + 1 < len(sentence.lows) and starts_phrase(sentence, at + 1)
    return follows and (tense == "ing" or (tense == "base" and sentence.lows[at - 1].endswith("s")))


def _may_be_verb(sentence: Sentence, at: int, tense: str) -> bool:
    """Whether a form of a verb is one here: "shot" after "a" is a noun, "wounded" after "the" the people."""
    before = sentence.lows[at - 1] if at else ""
    if tense == "base":
        return before in _BEFORE_BASE or before.endswith("s")
    return tense == "ing" or not (before in DETERMINERS or before in ("'s", "of"))


def roles_by_order(sentence: Sentence, found: Found, stops: frozenset[int]) -> Roles:
    """Who stands beside a verb, by the order of words; `stops` are the verbs that tell of events."""
    at = _before_auxiliaries(sentence, found.at)
    is_passive = _is_passive(sentence, found, sentence.lows[at + 1 : found.at])
    if at > 0 and sentence.lows[at] == "to":  # that of the verb before: "rebels used drones to bomb"
        above = next((i for i in range(at - 1, 0, -1) if ends_phrase(sentence, i)), 0)
        at = _before_auxiliaries(sentence, above)
    is_shared = at >= 0 and sentence.lows[at] in ("and", "or")  # with the verb before: "... and wounded two"
    subjects = () if is_shared else phrases_ending(sentence, at)
    role = found.form.trigger.subject
    if role in ("recipient", "self") or (role == "actor" and is_passive):
        return Roles((), subjects, is_self=role == "self")
    return Roles(subjects, phrase_after(sentence, found.end, stops - {found.at}))


def _before_auxiliaries(sentence: Sentence, verb: int) -> int:
    at = verb - 1
    while at >= 0 and (sentence.lows[at] in AUXILIARIES | ADVERBS or sentence.lows[at].endswith("ly")):
        at -= 1
    return at


def _is_passive(sentence: Sentence, found: Found, before: Sequence[str]) -> bool:
    if found.form.tense not in ("ed", "participle") or found.end - found.at > 1:
        return False  # "sought refuge in" has its object in itself
    following = sentence.lows[found.end] if found.end < len(sentence.lows) else "."
    return not BE.isdisjoint(before) or following in PREPOSITIONS or following in ("when", "and")
