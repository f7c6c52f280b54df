"""The triggers of a headline, and who stands beside a verb whose tree has nobody, by the order of words."""

from typing import NamedTuple, Optional

from transforms.events.ontology import SOMEBODY, Form, Ontology
from transforms.events.phrases import Phrase, phrases_after, phrases_after_word, starts_phrase
from transforms.events.sentences import Sentence, is_word
from transforms.events.subjects import subject_of
from transforms.events.wordlists import AUXILIARIES, BE, DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES, word_set

_NEAR = 8  # words in which the object of a verb stands
MAX_TRIGGERS = 12  # in one sentence: more is a list of words
_NOT_PLURAL = word_set("'s its his this was is us has as thus previous series")
_BEFORE_BASE = (AUXILIARIES - BE - {"'s"}) | {
    "to",
    "and",
    "n't",
    "not",
    "who",
    "that",
    "they",
    "we",
    "you",
    "i",
    "people",
    "police",
    "men",
    "women",
    "also",
    "often",
}
_SUFFERED = frozenset(["ASSAULT", "COERCE", "SANCTION", "CRIME"])  # types whose bare participles are passive


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
    shared: bool = False  # the subject is that of the verb before
    passive: bool = False
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
        verb = _verb_sense(sentence, at, ontology) if low in ontology.verbs else None
        noun = ontology.nouns.match(sentence.lows, at) if low in ontology.nouns else None
        if noun and (verb is None or noun[0] > verb[0] or not _is_verb(sentence, at, verb[1].tense)):
            match = noun
        elif verb and (noun or " " in verb[1].trigger.lemma or _may_be_verb(sentence, at, verb[1].tense)):
            match = verb
        else:
            at += 1
            continue
        found.append(Found(at, at + match[0], match[1]))
        at += match[0]
    return found[:MAX_TRIGGERS]


def _verb_sense(sentence: Sentence, at: int, ontology: Ontology) -> Optional[tuple[int, Form]]:
    """The first sense of a verb for which the words around it speak."""
    senses = list(ontology.verbs.matches(sentence.lows, at))
    near = {*sentence.lows[max(at - _NEAR, 0) : at], *sentence.lows[at + 1 : at + 1 + _NEAR]}
    for length, form in senses:
        asked = {*form.trigger.objects, *ontology.opinions.get(form.trigger.calls, ())}
        if not asked and len(senses) > 1:
            asked = set(form.trigger.needs) - {"to do"}
        if not asked or SOMEBODY in asked or asked & near:
            return length, form
    return None


def without_verbs(sentence: Sentence, roles: Roles) -> Roles:
    """The roles without what a parser takes for a verb: "were [captured] and four rifles seized"."""
    tags = sentence.tree.tags
    actors, recipients = (
        tuple(each for each in side if not (tags and tags[each.head_end - 1] in ("VBD", "VBN", "VBZ", "VBP")))
        for side in (roles.actors, roles.recipients)
    )
    return roles._replace(actors=actors, recipients=recipients)


def _is_verb(sentence: Sentence, at: int, tense: str) -> bool:
    """Whether a word that can be both ("attack", "bombing") is a verb here."""
    before = sentence.lows[at - 1] if at else ""
    follows = at + 1 < len(sentence.lows) and starts_phrase(sentence, at + 1)
    if tense == "ing":
        return (follows and before not in DETERMINERS and sentence.lows[at + 1] != "in") or before in BE
    if before == "to" or before in AUXILIARIES - BE or before in PRONOUNS or before in ("n't", "not"):
        return before != "'s"
    return tense == "base" and before.endswith("s") and before not in _NOT_PLURAL and follows


def _may_be_verb(sentence: Sentence, at: int, tense: str) -> bool:
    """Whether a form of a verb is one here: "shot" after "a" is a noun, "wounded" after "the" the people."""
    before = sentence.lows[at - 1] if at else ""
    if tense == "base":
        return before in _BEFORE_BASE or (before.endswith("s") and before not in _NOT_PLURAL)
    return not (before in DETERMINERS or before in ("'s", "of") or sentence.texts[at].isupper()) or tense == "ing"


def roles_by_order(sentence: Sentence, found: Found, stops: frozenset[int]) -> Roles:
    """Who stands beside a verb, by the order of words; `stops` are the verbs that tell of events."""
    trigger, stops = found.form.trigger, stops - {found.at}
    subject = subject_of(sentence, found.at)
    after = found.end < len(sentence.lows) and sentence.lows[found.end] not in (",", ".")
    start = found.end
    if trigger.event_type == "REQUEST" and sentence.lows[start : start + 1] == ["that"]:
        start += 1  # "demanded that the army withdraw" is asked of the army
    objects = phrases_after(sentence, start, stops) if after else ()
    if start > found.end:
        objects = tuple(_without_verb(sentence, phrase) for phrase in objects[:1])
    if trigger.subject in ("recipient", "self"):
        is_self = trigger.subject == "self"
        return Roles((), subject.phrases, subject.auxiliaries, subject.shared, is_self=is_self)
    if trigger.subject == "both":
        with_ = phrases_after_word(sentence, found.end, ("with",), stops, 6) or objects
        return Roles(subject.phrases, with_, subject.auxiliaries, subject.shared)
    if _is_passive(sentence, found, subject.auxiliaries, bool(objects)):
        agents = phrases_after_word(sentence, found.end, ("by",), stops)
        return Roles(agents, subject.phrases, subject.auxiliaries, subject.shared, passive=True)
    return Roles(subject.phrases, objects, subject.auxiliaries, subject.shared)


def _without_verb(sentence: Sentence, phrase: Phrase) -> Phrase:
    """A subject before a bare verb that looks like a noun: "that [Turkey withdraw its ships]"."""
    end = phrase.start + 1
    while end < phrase.end and (sentence.lows[end - 1] in DETERMINERS or sentence.texts[end][:1].isupper()):
        end += 1
    return Phrase(phrase.start, end, end)


def _is_passive(sentence: Sentence, found: Found, auxiliaries: frozenset[str], has_object: bool) -> bool:
    if found.form.tense not in ("ed", "participle"):
        return False
    if auxiliaries & BE:
        return True
    if found.end - found.at > 1:
        return False  # "sought refuge in" has its object in itself
    if auxiliaries & {"has", "have", "had", "having", "'ve", "did"} or has_object:
        return False
    following = sentence.lows[found.end] if found.end < len(sentence.lows) else "."
    if found.form.trigger.event_type not in _SUFFERED:
        return following == "by"
    before = sentence.lows[found.at - 1] if found.at else ""
    # what is left are bare participles: "two killed in raid", "the men arrested by police"
    bare = following in PREPOSITIONS or not is_word(following) or following in ("when", "and")
    return bare and before not in RELATIVES


def inherit_roles(roles: Roles, before: Roles) -> Roles:
    """A verb without a subject of its own takes that of the verb before: "were shot and killed"."""
    auxiliaries = roles.auxiliaries or before.auxiliaries
    if roles.recipients or (roles.passive is False and before.passive is False):
        return roles._replace(auxiliaries=auxiliaries)
    return roles._replace(recipients=before.recipients, auxiliaries=auxiliaries, passive=True)
