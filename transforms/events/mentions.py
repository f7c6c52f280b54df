"""What one sentence says of events: each trigger with who stands beside it, when, where, how many, and how surely."""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.events import clauses
from transforms.events.assertion import is_asserted
from transforms.events.attribution import attributed_actor
from transforms.events.days import resolve_day
from transforms.events.habits import is_habit
from transforms.events.lexicon import VIOLENT
from transforms.events.ontology import Ontology, Trigger
from transforms.events.papers import PAPERS
from transforms.events.parties import (
    LeftOut,
    Parties,
    is_of_people,
    read_doers,
    read_sufferers,
    tellers_of_their_own,
)
from transforms.events.places import Where, find_attacked, find_place
from transforms.events.predicates import bearer
from transforms.events.readings import Reading, read_sentence
from transforms.events.realis import judge_realis
from transforms.events.roles import HELD, Found, Roles, roles_by_order, without_verbs
from transforms.events.senses import as_done_by, as_raid, as_told, other_meaning
from transforms.events.sentences import Sentence
from transforms.events.timing import Timing, choose_time, verb_of_time, words_of
from transforms.events.tolls import Toll
from transforms.events.trees import Tree
from transforms.events.triggers import find_triggers
from transforms.records import Actor

_OF_NATURE = frozenset(["earthquake", "flood", "storm", "landslide"])  # modes: nobody does it
_FROM_AFAR = frozenset(["aerial", "drone", "explosives", "heavy-weapons"])  # modes
_AT_ONE_TIME = frozenset(["ASSAULT", "COERCE", "CRIME"])  # what is done often is not news
NAMED = "named"  # the reading of a mention that only says who took part


class Mention(NamedTuple):
    """One trigger in one sentence and all that the sentence says of its event."""

    trigger: Trigger
    is_verb: bool
    mode: Optional[str]
    realis: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    time: Timing
    where: Where
    toll: Toll
    sentence: str
    sentence_number: int
    char_start: int
    char_end: int
    reading: str = NAMED  # how its roles were read
    left_out: tuple[LeftOut, ...] = ()
    void: Optional[str] = None  # why it tells of no event at all
    things: tuple[Actor, ...] = ()  # those of the recipients that are no people
    venues: tuple[Actor, ...] = ()  # those of them that are towns or streets: where it happened
    is_aside: bool = False  # in a clause on somebody: "the minister, who met ..."
    is_self: bool = False  # those who suffer it did it
    tellers: tuple[Actor, ...] = ()  # those who likely did it, if nobody else is told to have
    is_apart: bool = False  # its sentence says that it is another happening than those before: "in a separate raid"
    is_other: bool = False  # its sentence tells it as the reason of another deed, or as days before it
    is_asserted: bool = False  # what its sentence states, not what it tells beside it
    of_title: bool = False  # the headline says it; the sentence is the one of the text that names who takes part


def find_mentions(
    sentence: Sentence,
    number: int,
    ontology: Ontology,
    names: Mapping[str, str],
    published_day: Optional[datetime.date],
) -> list[Mention]:
    """The mentions of events in `sentence`, the `number`-th of its article, in order; void ones among them."""
    triggers = find_triggers(sentence, ontology)
    if not triggers:
        return []
    reading = read_sentence(sentence, number, ontology, names, published_day, triggers)
    stops = frozenset(found.at for found in triggers if found.is_verb)
    mentions = [_mention(reading, found, _read_roles(sentence, found, ontology, stops)) for found in triggers]
    return _with_aims(sentence, mentions)


def _with_aims(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """With those whom what is agreed to is for, as whom it is agreed with: "agreed to lift sanctions on Syria"; and
    those of whom a strike wants something: "stopped work to press the government to raise wages"."""
    tree = sentence.tree
    places = {start: at for at, start in enumerate(sentence.starts)}
    aims: dict[int, Mention] = {}
    for mention in mentions:
        verb = places.get(mention.char_start)
        if verb is not None and tree.relations[verb] in ("xcomp", "advcl") and "to" in sentence.lows[verb - 1 : verb]:
            aims.setdefault(tree.heads[verb], mention)
    return [m if m.recipients else m._replace(recipients=_of_aim(m, aims, places, tree)) for m in mentions]


def _of_aim(
    mention: Mention, aims: Mapping[int, Mention], places: Mapping[int, int], tree: Optional[Tree]
) -> tuple[Actor, ...]:
    """Those for whom, or of whom, the aim of what is agreed to or of a strike is."""
    if not aims or mention.trigger.event_type not in ("AGREE", "PROTEST", "THREATEN"):
        return ()
    at = places.get(mention.char_start, -1)
    is_protest = mention.trigger.event_type == "PROTEST"
    aim = aims.get(tree.heads[at] if is_protest and mention.reading == HELD else at)
    if aim and is_protest and aim.trigger.event_type == "REQUEST":  # not "to demand a return to Norway"
        return tuple(actor for actor in aim.recipients if actor.sector or not actor.country)
    return aim.recipients if aim and not is_protest else ()


def _read_roles(sentence: Sentence, found: Found, ontology: Ontology, stops: frozenset[int]) -> Roles:
    """By the tree; by the order of words where it has nobody."""
    roles = clauses.find_roles(sentence, found, ontology)
    if roles.actors or roles.recipients or not found.is_verb:
        return roles
    by_order = without_verbs(sentence, roles_by_order(sentence, found, stops))
    return by_order._replace(auxiliaries=roles.auxiliaries)


def _mention(reading: Reading, found: Found, roles: Roles) -> Mention:
    sentence, trigger = reading.sentence, as_raid(reading.sentence, found.at, found.form.trigger, roles)
    doers, sufferers = _doers(reading, found, trigger, roles), _sufferers(reading, trigger, roles)
    actors, recipients = doers.actors, sufferers.actors
    (char_start, char_end), time = sentence.span(found.at, found.end), _when(reading, found, trigger, roles)
    told_at = found.at if roles.held_by is None else roles.held_by
    realis = judge_realis(sentence, told_at, roles.auxiliaries, time, reading.published_day)
    is_dated = time.days and time.is_sure and time.days.precision != "year"
    may_be_habit = trigger.event_type in _AT_ONE_TIME and reading.number and not is_dated
    means, toll = (of[found.at in reading.another] for of in (reading.modes, reading.tolls))
    if may_be_habit and is_habit(sentence, sentence.tree, found.end - 1):  # who does so at other times did not do this
        trigger, actors, recipients, toll = trigger._replace(weak=True), (), (), Toll()
    trigger, realis = as_told(sentence, told_at, trigger, realis, roles.auxiliaries)
    people = [actor for actor in recipients if actor not in sufferers.things]
    trigger = as_done_by(
        sentence, found.at, trigger, roles, actors, people, bool(means) or any(n is not None for n in toll)
    )
    return Mention(
        trigger=trigger,
        is_verb=found.is_verb or roles.held_by is not None,
        mode=_mode(trigger, means),
        realis=realis,
        actors=tuple(actor for actor in actors if actor not in recipients),
        recipients=recipients,
        time=time,
        where=_where(reading, found.at, trigger),
        toll=toll if trigger.event_type in VIOLENT else Toll(),
        sentence=" ".join(reading.text.split()),
        sentence_number=reading.number,
        char_start=char_start,
        char_end=char_end,
        reading=roles.reading,
        left_out=(*doers.left_out, *sufferers.left_out),
        void=other_meaning(sentence, found.at, trigger, roles),
        things=sufferers.things,
        venues=sufferers.venues,
        is_aside=_is_by_the_way(sentence, told_at),
        is_self=roles.is_self,
        tellers=tellers_of_their_own(reading.naming, trigger, roles.tellers, recipients),
        is_apart=reading.is_apart,
        is_other=found.at in reading.another,
        is_asserted=_is_stated(sentence, told_at),
    )


def _is_stated(sentence: Sentence, at: int) -> bool:
    """Whether a word is what its sentence states, or what a paper does that somebody signs or sends."""
    tree = sentence.tree
    if tree.relations[at].startswith("acl") and sentence.lows[tree.heads[at]] in PAPERS:
        at = tree.heads[at]
    return is_asserted(tree, at)


def _when(reading: Reading, found: Found, trigger: Trigger, roles: Roles) -> Timing:
    others = reading.others(found.at, trigger)
    dates = [each for each in reading.dates if words_of(reading.sentence, each[0])[0] not in others]
    time = choose_time(reading.sentence, dates, found.at, reading.triggers)
    if time.text and "will" in roles.auxiliaries and not _is_of_telling(reading, time, found.at):
        time = time._replace(days=resolve_day(time.text, reading.published_day, future=True))
    return time


def _is_by_the_way(sentence: Sentence, at: int) -> bool:
    """Whether a word stands in a clause on somebody: "a minister who met Roe", "sources consulted by a newspaper"."""
    tree = sentence.tree
    if tree.tags[at] != "VBN" and sentence.lows[tree.heads[at]] in PAPERS:
        return False  # "a letter that accuses"
    if bearer(sentence, tree, tree.heads[at]) != tree.heads[at]:
        return False  # "Norway was among those who objected"
    return tree.relations[at] == "acl:relcl" or (tree.relations[at] == "acl" and tree.tags[at] == "VBN")


def _where(reading: Reading, at: int, trigger: Trigger) -> Where:
    others = reading.others(at, trigger) | reading.of_deeds(at, trigger) | reading.of_offences(at, trigger)
    named, is_deed = [each for each in reading.named if each[0] not in others], trigger.event_type in VIOLENT
    where = find_place(reading.sentence, at, named, is_deed or trigger.mode == "release", others)
    if is_deed and others and where == Where():  # "killed ten rebels after coming under attack in Congo"
        beside = find_place(reading.sentence, at, reading.named, is_deed)
        where = where if beside.names else beside
    hits_towns = is_deed or trigger.mode == "seize"
    if not hits_towns or trigger.toll or is_of_people(trigger.mode):
        return where
    hit = find_attacked(reading.sentence, at, named)
    is_told = bool(set(where.names) - set(where.units)) and trigger.mode != "seize"
    if hit is None or (is_told and not hit.towns):
        return where
    names = tuple(dict.fromkeys((*hit.names, *where.names)))  # "seized the town of Ber in Timbuktu"
    return where._replace(names=names, is_inside=True, towns=hit.towns, settled=hit.settled)


def _is_of_telling(reading: Reading, time: Timing, at: int) -> bool:
    """Whether a time is that of saying what will be: "said [on Friday] that he will resign"."""
    sentence, tree = reading.sentence, reading.sentence.tree
    if tree.relations[at] != "ccomp":
        return False
    spans = (span for span, _ in reading.dates if span.text == time.text)
    return any(verb_of_time(sentence, span) == tree.lemmas[tree.heads[at]] for span in spans)


def _mode(trigger: Trigger, of_means: Optional[str]) -> Optional[str]:
    """By the trigger, else by the means that its sentence names; who blows himself up says more than "bombing"."""
    is_suicide = trigger.mode == "explosives" and of_means == "suicide-attack"
    return of_means if is_suicide or (trigger.event_type == "ASSAULT" and not trigger.mode) else trigger.mode


def _doers(reading: Reading, found: Found, trigger: Trigger, roles: Roles) -> Parties:
    if trigger.weak or trigger.mode in _OF_NATURE:
        return Parties()
    parties = read_doers(reading.naming, trigger, roles.actors)
    if not parties.actors and not found.is_verb and _tells_whose(reading.sentence, found, trigger):
        attributed = attributed_actor(reading.sentence, found.at, reading.ontology)
        return parties._replace(actors=(attributed,) if attributed else ())
    return parties


def _tells_whose(sentence: Sentence, found: Found, trigger: Trigger) -> bool:
    """Whether the words before a noun are those who did it: "a Front raid", "Swedish shelling", no "Oslo bombing"."""
    before = sentence.tree.children(found.end - 1, "amod")
    is_of_people = trigger.mode in _FROM_AFAR and any(sentence.tree.kinds[at] == "NORP" for at in before)
    return trigger.of == "actor" or is_of_people


def _sufferers(reading: Reading, trigger: Trigger, roles: Roles) -> Parties:
    return Parties() if trigger.weak else read_sufferers(reading.naming, trigger, roles.recipients)
