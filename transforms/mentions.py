"""What one sentence says of events: each trigger with who stands beside it, when, where, how many, and how surely.

This is the reading by surface patterns, for pipelines without a parser; all of it that depends on word order is in
`find_roles`, so that a reading of dependency trees can take its place.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.actors import attributed_actor, is_known, make_actor
from transforms.dates import Days, Span, find_dates, resolve_day
from transforms.ontology import Form, Ontology, Trigger
from transforms.people import name_people
from transforms.phrases import (
    Phrase,
    Sentence,
    is_word,
    phrases_after,
    phrases_after_word,
    phrases_before,
    starts_phrase,
    subject_of,
)
from transforms.places import Where, find_place, named_places
from transforms.realis import judge_realis
from transforms.records import Actor
from transforms.tolls import Toll, count_casualties
from transforms.words import AUXILIARIES, BE, DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES, word_set

VIOLENT = frozenset(["ASSAULT", "DISASTER", "PROTEST", "CRIME"])  # types whose toll counts
_DOING = word_set(
    "carry carried carrying launch launched launching launches stage staged staging commit committed perpetrate "
    "perpetrated conduct conducted mount mounted claim claimed claims claiming made"
)
_BLAMED = word_set(
    "charged accused suspected arrested convicted wanted sentenced indicted jailed detained guilty responsible suspect "
    "suspects blamed"
)


# "Future cooperation is an agreement": the PLOVER manual codes what will be done together as AGREE, now.
_COOPERATIVE = frozenset(["CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"])
_NOT_PLURAL = word_set("'s its his this was is us has as thus previous series")
_BEFORE_BASE = (AUXILIARIES - BE - {"'s"}) | {"to", "and", "n't", "not", "who", "that", "they", "we", "you", "i",
                                             "people", "police", "men", "women", "also", "often"}
_OF_PEOPLE = frozenset(["abduct", "firearms", "arrest", "torture", "sexual"])  # modes that only people suffer
_OF_THINGS = frozenset(["ASSAULT", "COERCE", "DISASTER", "CRIME"])  # types that buildings and goods suffer too
_SUFFERED = frozenset(["ASSAULT", "COERCE", "SANCTION", "CRIME"])  # types whose bare participles are passive
_FAR = {"day": 0, "week": 20, "month": 40, "year": 60, None: 60}  # characters by which a vaguer date is farther
MAX_TRIGGERS = 12  # in one sentence: more is a list of words
_NAMED = Trigger("named", "ASSAULT", weak=True)


class Found(NamedTuple):
    """A trigger in a sentence: its form and the words from `at` up to `end`."""

    at: int
    end: int
    form: Form


class Roles(NamedTuple):
    """Who did it, to whom, and the auxiliaries of the verb."""

    actors: tuple[Phrase, ...] = ()
    recipients: tuple[Phrase, ...] = ()
    auxiliaries: frozenset[str] = frozenset()
    shared: bool = False  # the subject is that of the verb before
    passive: bool = False


class Mention(NamedTuple):
    """One trigger in one sentence and all that the sentence says of its event."""

    trigger: Trigger
    is_verb: bool
    mode: Optional[str]
    realis: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    days: Optional[Days]
    date_text: Optional[str]
    where: Where
    toll: Toll
    sentence: str
    sentence_number: int
    char_start: int
    char_end: int


def find_mentions(
    sentence: Sentence,
    number: int,
    ontology: Ontology,
    names: Mapping[str, str],
    published_day: Optional[datetime.date],
) -> list[Mention]:
    """The mentions of events in `sentence`, the `number`-th of its article, in order."""
    triggers = find_triggers(sentence, ontology)
    if not triggers:
        return []
    first, last = sentence.span(0, len(sentence.texts))
    text = sentence.text[first:last]
    stops = frozenset(found.at for found in triggers if found.form.tense != "noun")
    toll = count_casualties(text)
    mode = _mode_of_means(sentence, ontology)
    dates = [(span, resolve_day(span.text, published_day)) for span in find_dates(text)]
    named = named_places(sentence, ontology)
    mentions: list[Mention] = []
    before: Optional[tuple[Roles, Mention]] = None
    for found in triggers:
        trigger = found.form.trigger
        roles = find_roles(sentence, found, stops)
        if roles.shared and before and found.form.tense != "noun":
            roles = _inherit(roles, before[0])
        actors = _actors(sentence, roles.actors, ontology, names)
        if roles.shared and before and not roles.passive and not actors and trigger.subject == "actor":
            actors = before[1].actors
        if not actors and found.form.tense == "noun" and trigger.of == "actor":
            attributed = attributed_actor(sentence, found.at, ontology)
            actors = (attributed,) if attributed else ()
        actors = tuple(actor for actor in actors if is_known(actor))
        recipients = _actors(sentence, roles.recipients, ontology, names)
        if trigger.but_not and _names_any(sentence, roles.recipients, trigger.but_not):
            continue
        if trigger.toll or trigger.mode in _OF_PEOPLE or trigger.event_type not in _OF_THINGS:
            recipients = tuple(actor for actor in recipients if is_known(actor))
        char_start, char_end = sentence.span(found.at, found.end)
        span, days = _choose_date(dates, char_start - first)
        if span and "will" in roles.auxiliaries:
            days = resolve_day(span.text, published_day, future=True)
        realis = judge_realis(sentence, found.at, roles.auxiliaries, days, published_day)
        if realis == "future" and trigger.event_type in _COOPERATIVE:
            trigger, realis = trigger._replace(event_type="AGREE", mode=None), "actual"
        if trigger.weak:
            actors = recipients = ()
        mention = Mention(
            trigger, found.form.tense != "noun", trigger.mode or (mode if trigger.event_type == "ASSAULT" else None),
            realis, tuple(a for a in actors if a not in recipients), recipients, days, span.text if span else None,
            find_place(sentence, found.at, named), toll if trigger.event_type in VIOLENT else Toll(),
            " ".join(text.split()), number, char_start, char_end,
        )
        mentions.append(mention)
        if found.form.tense != "noun":
            before = roles, mention
    return mentions


def _choose_date(
    dates: Sequence[tuple[Span, Optional[Days]]], at: int
) -> tuple[Optional[Span], Optional[Days]]:
    """The date that goes with the trigger at character `at`: the nearest, where a day is nearer than a year."""
    distances = [abs(span.start - at) + _FAR[days.precision if days else None] for span, days in dates]
    return dates[distances.index(min(distances))] if dates else (None, None)


def mention_people(sentence: Sentence, number: int) -> list[Mention]:
    """The people named as hurt or suspected, as a mention that adds them to the assault that the article tells of."""
    first, last = sentence.span(0, len(sentence.texts))
    text = sentence.text[first:last]
    people = name_people(text)
    if not people:
        return []
    actors = tuple(Actor(p.name, p.name, None, None) for p in people if p.role == "actor")
    recipients = tuple(Actor(p.name, p.name, None, None) for p in people if p.role == "recipient")
    text = " ".join(text.split())
    nothing = (None, None, Where(), Toll())
    return [Mention(_NAMED, False, None, "actual", actors, recipients, *nothing, text, number, first, last)]


def find_triggers(sentence: Sentence, ontology: Ontology) -> list[Found]:
    """The triggers of a sentence, verbs and nouns told apart by the words around them."""
    found: list[Found] = []
    at = 0
    while at < len(sentence.lows):
        low = sentence.lows[at]
        verb = ontology.verbs.match(sentence.lows, at) if low in ontology.verbs else None
        noun = ontology.nouns.match(sentence.lows, at) if low in ontology.nouns else None
        if noun and (verb is None or noun[0] > verb[0] or not _is_verb(sentence, at, verb[1].tense)):
            match = noun
        elif verb and (noun or _may_be_verb(sentence, at, verb[1].tense)):
            match = verb
        else:
            at += 1
            continue
        found.append(Found(at, at + match[0], match[1]))
        at += match[0]
    return found[:MAX_TRIGGERS]


def find_roles(sentence: Sentence, found: Found, stops: frozenset[int]) -> Roles:
    """Who stands beside a trigger, by the order of words."""
    if found.form.tense == "noun":
        return _roles_of_noun(sentence, found, stops)
    return _roles_of_verb(sentence, found, stops - {found.at})


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


def _roles_of_verb(sentence: Sentence, found: Found, stops: frozenset[int]) -> Roles:
    trigger = found.form.trigger
    subject = subject_of(sentence, found.at)
    after = found.end < len(sentence.lows) and sentence.lows[found.end] not in (",", ".")
    start = found.end
    if trigger.event_type == "REQUEST" and sentence.lows[start : start + 1] == ["that"]:
        start += 1  # "demanded that the army withdraw" is asked of the army
    objects = phrases_after(sentence, start, stops) if after else ()
    if start > found.end:
        objects = tuple(_without_verb(sentence, phrase) for phrase in objects[:1])
    if trigger.subject == "recipient":
        return Roles((), subject.phrases, subject.auxiliaries, subject.shared)
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


def _roles_of_noun(sentence: Sentence, found: Found, stops: frozenset[int]) -> Roles:
    trigger, at, end = found.form.trigger, found.at, found.end
    actors = phrases_after_word(sentence, end, ("by",), stops, 9)
    recipients = phrases_after_word(sentence, end, ("on", "against", "targeting", "upon"), stops, 3)
    if end < len(sentence.lows) and sentence.lows[end] == "of":
        named = phrases_after(sentence, end + 1, stops)
        recipients, actors = (named, actors) if trigger.of == "recipient" else (recipients, actors or named)
    if at and sentence.lows[at - 1] in ("'s", "'", "’s", "’"):
        owner = phrases_before(sentence, at - 1)
        recipients, actors = (owner, actors) if trigger.of == "recipient" else (recipients, actors or owner)
    return Roles(_doers(sentence, at, stops) or actors, recipients)


def _doers(sentence: Sentence, noun: int, stops: frozenset[int]) -> tuple[Phrase, ...]:
    """Who "carried out the attack", who is "charged with the murder"."""
    for at in range(noun - 1, max(noun - 7, -1), -1):
        low = sentence.lows[at]
        if low in (",", ";", ".") or (at in stops and low not in _BLAMED and low not in _DOING):
            break
        if low in _DOING:
            return subject_of(sentence, at).phrases
        if low in _BLAMED:
            return subject_of(sentence, at).phrases
    return ()


def _inherit(roles: Roles, before: Roles) -> Roles:
    """A verb without a subject of its own takes that of the verb before: "were shot and killed"."""
    auxiliaries = roles.auxiliaries or before.auxiliaries
    if roles.recipients or (roles.passive is False and before.passive is False):
        return roles._replace(auxiliaries=auxiliaries)
    return roles._replace(recipients=before.recipients, auxiliaries=auxiliaries, passive=True)


def _names_any(sentence: Sentence, phrases: Sequence[Phrase], words: Sequence[str]) -> bool:
    return any(sentence.lows[phrase.head_end - 1] in words for phrase in phrases)


def _actors(
    sentence: Sentence, phrases: Sequence[Phrase], ontology: Ontology, names: Mapping[str, str]
) -> tuple[Actor, ...]:
    made = (make_actor(sentence, phrase, ontology, names) for phrase in phrases)
    return tuple(actor for actor in made if actor)


def _mode_of_means(sentence: Sentence, ontology: Ontology) -> Optional[str]:
    for at, low in enumerate(sentence.lows):
        if low in ontology.means and (match := ontology.means.match(sentence.lows, at)):
            return match[1]
    return None
