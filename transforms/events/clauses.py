"""Who did what to whom, from the dependency tree of a sentence.

It gives the same `Roles` as the reading by the order of words, which serves where there is no parse.
"""

from collections.abc import Iterable
from typing import Optional

from transforms.events.holding import Holding
from transforms.events.lexicon import OF_LAW
from transforms.events.lists import listed_phrases
from transforms.events.ontology import SOMEBODY, Ontology
from transforms.events.papers import author
from transforms.events.phrasebook import GAP
from transforms.events.phrases import Phrase
from transforms.events.roles import ACTIVE, HELD, NOUN, PASSIVE, SUFFERED, TOGETHER, Found, Roles
from transforms.events.sentences import Sentence

_VIOLENT = frozenset(["ASSAULT", "DISASTER", "CRIME", "PROTEST", "CONSULT"])  # nobody is meant but who stands beside
_SUFFERED = frozenset(["ASSAULT", "DISASTER", "CRIME"])
_OF_THINGS = frozenset(["ASSAULT", "DISASTER", "CRIME", "COERCE"])  # what somebody owns suffers these
_OF_WORDS = frozenset(["ACCUSE", "SUPPORT", "REQUEST", "REJECT"])
_GIVEN = frozenset(["AID", "COOPERATE"])  # types in which things, or people, go to somebody
_MOVED = _GIVEN | {"AGREE", "CONCEDE"}  # and types in which they may be lifted or promised
_SELF = frozenset(["himself", "herself", "themselves", "itself", "self"])
_BURSTING = frozenset(["explode", "go off"])  # what does so does nothing: "a boat with ten aboard exploded"
_EMERGENCIES = frozenset(["curfew", "martial-law"])  # modes of what holds for a place and is meant for nobody
_JOINING = "join ..."
_EVACUATING = "evacuate"
_SUING = "sue"
_COMPANY = ("along", "together", "alongside")  # "died along with a guard"
_WANTING = frozenset(["ask for", "call for", "demand", "request", "seek"])  # verbs whose object is what one wants
_PARTNERS = ("with", "between", "against")

_Sides = tuple[list[int], list[int]]  # the heads of who acts, and of who suffers it


def find_roles(sentence: Sentence, found: Found, ontology: Ontology) -> Roles:
    """Who did what a trigger tells, and to whom."""
    clause = Holding(sentence, sentence.tree, found, ontology)
    return _of_verb(clause) if found.is_verb else _of_noun(clause)


def _of_verb(clause: Holding) -> Roles:
    at, trigger = clause.found.at, clause.trigger
    if described := _of_adjective(clause):
        return described
    subjects, passive = clause.subject(at)
    objects, auxiliaries = clause.objects(at), clause.auxiliaries(at)
    is_on_self = trigger.event_type in _SUFFERED and any(clause.sentence.lows[who] in _SELF for who in objects)
    if trigger.subject == "self" or (trigger.subject == "actor" and is_on_self and not passive):  # "shot himself"
        return Roles((), _phrases(clause, subjects), auxiliaries, reading=ACTIVE, is_self=True)
    if trigger.subject == "recipient":
        reading, sides = SUFFERED, _of_suffered(clause, subjects, objects)
    elif trigger.subject == "both":
        reading, sides = TOGETHER, _of_both(clause, subjects, objects, passive)
    elif passive:
        reading, sides = PASSIVE, _of_passive(clause, subjects, objects)
    else:
        reading, sides = ACTIVE, _of_active(clause, subjects, objects)
    actors, recipients = sides
    is_done_to_people = trigger.event_type in _OF_THINGS or (trigger.event_type in OF_LAW and reading == PASSIVE)
    if recipients and is_done_to_people:
        recipients = [*recipients, *_beside(clause, at)]
    if trigger.event_type not in _OF_THINGS:
        actors = [_speaker(clause, who) for who in actors]
        actors, recipients = ([clause.owner(at) for at in side] for side in (actors, recipients))
    recipients = clause.with_carried(recipients) if trigger.event_type in _SUFFERED else recipients
    tellers = clause.tellers(at) if reading in (PASSIVE, SUFFERED) and not actors else ()
    roles = Roles(_phrases(clause, actors), _phrases(clause, recipients), auxiliaries)
    return roles._replace(reading=reading, tellers=_phrases(clause, tellers))


def _of_adjective(clause: Holding) -> Optional[Roles]:
    """The roles of a verb that stands before a noun: "two [wounded] men asked for help", "[attacking] rebels"."""
    at, tree = clause.found.at, clause.tree
    if tree.relations[at] != "amod" or tree.tags[at] not in ("VBN", "VBG") or clause.trigger.subject != "actor":
        return None
    described, auxiliaries = _phrases(clause, [tree.heads[at]]), clause.auxiliaries(at)
    if tree.tags[at] == "VBN":
        return Roles((), described, auxiliaries, reading=PASSIVE)
    return Roles(described, (), auxiliaries, reading=ACTIVE)


def _of_suffered(clause: Holding, subjects: list[int], objects: list[int]) -> _Sides:
    """Those of a verb whose subject suffers it: "[Chad] received arms from [Sudan]"."""
    at, trigger, agents = clause.found.at, clause.trigger, clause.agents(clause.found.at)
    if trigger.event_type == "AID":
        agents = agents or [who for head in (at, *objects) for who in clause.oblique(head, ("from",))]
    else:
        agents = agents or (clause.sources(at) if trigger.event_type in _OF_WORDS or GAP in trigger.lemma else [])
        agents = agents or (objects if trigger.objects and not trigger.mode else [])  # "the bill passed [the house]"
    return agents or clause.circumstances(at), subjects


def _of_both(clause: Holding, subjects: list[int], objects: list[int], passive: bool) -> _Sides:
    """Those of a verb that its subject does with others: "[Norway] exchanged prisoners with [Chile]"."""
    at, trigger = clause.found.at, clause.trigger
    partners = [who for head in (at, *objects) for who in clause.oblique(head, _PARTNERS)]
    if passive and not any(map(clause.is_somebody, subjects)):  # "ties were restored between [Chile and Peru]"
        between = [who for head in subjects for who in clause.oblique(head, _PARTNERS)]
        return clause.agents(at) or between or partners, []
    shared = [who for who in objects if not clause.is_matter(who)]
    if trigger.event_type == "COOPERATE" and objects and not shared:  # "shared intelligence on it with [Chile]"
        partners = partners or clause.addressees(at)
    return subjects, partners or shared


def _of_passive(clause: Holding, subjects: list[int], objects: list[int]) -> _Sides:
    """Those of a verb in the passive: "[the mayor] was shot by [rebels]"."""
    at, trigger, agents = clause.found.at, clause.trigger, clause.agents(clause.found.at)
    if trigger.event_type == "MOBILIZE":  # nobody suffers it: "[troops] were sent to the border"
        return agents or subjects, []
    people = [who for who in subjects if not clause.is_thrown(who)]
    if trigger.event_type == "CONSULT" and people and all(map(clause.is_matter, people)):
        people = _talking(clause, people)
    if trigger.event_type in _MOVED and not any(map(clause.is_somebodys, people)):
        people = clause.addressees(at) or people  # "food was sent to [Chad]"
    return agents or clause.circumstances(at), people or objects


def _of_active(clause: Holding, subjects: list[int], objects: list[int]) -> _Sides:
    """Those of a verb in the active: "[rebels] shot [the mayor]"."""
    at, recipients = clause.found.at, _done_to(clause, clause.found.at, objects)
    if clause.is_set_off(at):  # "a bus hit a mine"
        return [], [who for who in subjects if not clause.is_own(who)]
    if clause.trigger.lemma in _BURSTING and not clause.tree.children(at, "obj"):
        return _planters(clause, subjects), recipients
    return [who for subject in subjects for who in clause.doers_of(subject)], recipients


def _beside(clause: Holding, verb: int) -> list[int]:
    """Who is told beside those a verb is done to: "killed ten, including [a boy]", "died along with [a guard]"."""
    tree, trigger = clause.tree, clause.trigger
    found = [who for who in tree.children(verb, "obl") if clause.is_included(who)]
    if trigger.toll or trigger.subject == "recipient" or trigger.event_type in OF_LAW:  # "charged along with [her]"
        found += [who for head in (verb, *tree.children(verb, "obl")) for who in clause.oblique(head, _COMPANY)]
    return found


def _talking(clause: Holding, talks: Iterable[int]) -> list[int]:
    """Those between whom there are talks that another holds: "hosted talks between [Chile and Peru]"."""
    return [who for at in talks for who in clause.oblique(at, (*_PARTNERS, "of"))]


def _planters(clause: Holding, bombs: Iterable[int]) -> list[int]:
    """Who laid what exploded: "a mine laid by [rebels] went off"."""
    laying = [verb for bomb in bombs for verb in clause.tree.children(bomb, "acl", "acl:relcl")]
    return [who for verb in laying for who in clause.by_phrases(verb)]


def _speaker(clause: Holding, at: int) -> int:
    """Who speaks where a letter or a lawsuit does; else the word itself."""
    found = author(clause.sentence, clause.tree, at)
    return at if found is None else clause.antecedent(found, clause.found.at)


def _done_to(clause: Holding, at: int, objects: list[int]) -> list[int]:
    """The heads of those to whom an active verb does something, by what its objects are."""
    trigger = clause.trigger
    if trigger.lemma in _WANTING:  # "demanded [justice]"
        if asked := _asked(clause, at, objects):
            return asked
        objects = [who for who in objects if not clause.is_bare(who)]
    if trigger.lemma.startswith("deny ...") or (trigger.lemma == "deny" and trigger.figure):
        return clause.claimants(objects)
    named = any(clause.is_somebodys(who) for who in objects)
    if trigger.lemma == "raid" and (owners := clause.residents(objects)):
        return owners
    if trigger.mode == "resign" or trigger.lemma.startswith(_JOINING):  # "joined 150 protesters in a sit-in"
        return []
    if trigger.lemma == _SUING:  # anybody, a publisher too
        return objects
    if trigger.mode in _EMERGENCIES:  # "declared a state of emergency in Ardon"
        held = (at, *clause.tree.children(at, "obj"))
        meant = [*objects, *(who for head in held for who in clause.oblique(head, ("on",)))]
        return [who for who in meant if clause.are_people(who)]
    are_talks = trigger.mode == "third-party" or any(clause.is_matter(who) for who in objects)  # "hosted talks between"
    if are_talks and (parties := [who for head in (at, *objects) for who in clause.oblique(head, _PARTNERS)]):
        return parties
    if trigger.mode == "coup" and not named:
        return clause.addressees(at)  # "seized power in Gabon"
    if trigger.mode == "visit" and (hosts := clause.hosts(at)):
        return hosts
    if trigger.event_type == "CONSULT" and objects and all(map(clause.is_matter, objects)):
        return _talking(clause, objects)
    if trigger.event_type == "MOBILIZE":  # what is moved is the doer's own
        return clause.addressees(at, apart=clause.tree.children(at, "obj"))
    if trigger.lemma == _EVACUATING and (saved := [who for who in objects if clause.are_people(who)]):
        return saved  # "evacuated 300 of its nationals from Lima": not Lima
    if trigger.event_type == "RETREAT" and trigger.mode == "withdraw":
        return clause.left_places(at, objects)
    if trigger.event_type in _GIVEN and trigger.objects and SOMEBODY not in trigger.objects:  # "sent [doctors] to Chad"
        return clause.goals(at, objects) or objects
    if trigger.mode == "crowd-control":  # "fired tear gas at a stadium in Ardon"
        broken = [what for what in objects if clause.sentence.lows[what] in clause.ontology.nouns]
        crowds = [who for what in broken for who in (*clause.around_noun(what, False)[0], *clause.oblique(at, ("by",)))]
        crowds = [who for who in crowds if clause.is_somebody(who)]  # "broke up a demonstration by [students]"
        return crowds or [who for who in objects if clause.tree.kinds[who] not in ("GPE", "LOC")]
    if trigger.mode == "seize" and GAP in trigger.lemma:  # "found two tons of cocaine in a truck"
        return clause.losers(at, clause.tree.children(at, "obj"))
    if trigger.mode == "seize" and objects and not any(map(clause.are_people, objects)):  # "seized [a tanker] off Oman"
        return clause.losers(at, objects) or [who for who in objects if not clause.is_own(who)]
    if trigger.event_type not in _VIOLENT and not named:
        is_free = trigger.mode == "expel"  # "dismissed its founder"
        people = [who for who in objects if clause.are_people(who) and not clause.is_own(who)]
        objects = [what for what in objects if not clause.is_about_land(what)]
        people = people or clause.addressees(at) or clause.warned(at)
        return people or [who for who in objects if is_free or not clause.is_own(who)]
    if trigger.event_type == "PROTEST" and not named:
        purposes = [what for what in clause.tree.children(at, "advcl") if not clause.is_of_time(what)]
        return [who for purpose in purposes for who in clause.addressees(purpose)]
    return objects


def _asked(clause: Holding, verb: int, wanted: list[int]) -> list[int]:
    """From whom somebody wants something: "sought the release of two men from [Chad]"."""
    heads = (verb, *wanted, *(of for at in wanted for of in clause.oblique(at, ("of",))))
    return [who for at in heads for who in clause.oblique(at, ("from",)) if clause.is_somebodys(who)]


def _of_noun(clause: Holding) -> Roles:
    noun = clause.head_of_noun()
    held = clause.held(noun) if clause.trigger.event_type not in _SUFFERED else None
    if held is not None:
        verb = clause.holder(held)
        sides = clause.around_held(held)
        if clause.is_begun(noun):  # "talks between Norway and Finland began"
            sides = clause.around_noun(noun, clause.trigger.of == "recipient")
        actors, recipients = ([clause.owner(at) for at in side] for side in sides)
        leaving = [_without(phrase, recipients) for phrase in _phrases(clause, actors)]
        roles = Roles(tuple(leaving), _phrases(clause, recipients), clause.auxiliaries(verb))
        tellers = _phrases(clause, () if actors else clause.tellers(verb))
        return roles._replace(held_by=verb, reading=HELD, tellers=tellers)
    actors, recipients = clause.around_noun(noun, clause.trigger.of == "recipient")
    recipients = clause.with_carried(recipients) if clause.trigger.event_type in _SUFFERED else recipients
    return Roles(_phrases(clause, actors), _phrases(clause, recipients), clause.doubts(noun), reading=NOUN)


def _without(phrase: Phrase, others: Iterable[int]) -> Phrase:
    """A phrase that stops before those to whom it is done: "[its troops] from Chad"."""
    is_within = any(phrase.head_end <= at < phrase.end for at in others)
    return phrase._replace(end=phrase.head_end) if is_within else phrase


def _phrases(clause: Holding, heads: Iterable[int]) -> tuple[Phrase, ...]:
    return listed_phrases(clause.sentence, clause.tree, heads)
