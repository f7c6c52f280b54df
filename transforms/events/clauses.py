"""Who did what to whom, from the dependency tree of a sentence."""

from collections.abc import Iterable

from transforms.events.auxiliaries import find_doubts
from transforms.events.holding import Holding
from transforms.events.lexicon import OF_LAW
from transforms.events.lists import listed_phrases
from transforms.events.nouns import is_included
from transforms.events.ontology import Ontology
from transforms.events.papers import author
from transforms.events.phrases import Phrase
from transforms.events.roles import ACTIVE, HELD, NOUN, PASSIVE, SUFFERED, TOGETHER, Found, Roles
from transforms.events.sentences import Sentence

_VIOLENT = frozenset(["ASSAULT", "DISASTER", "CRIME", "PROTEST", "CONSULT"])  # nobody is meant but who stands beside
_SUFFERED = frozenset(["ASSAULT", "DISASTER", "CRIME"])
_OF_THINGS = frozenset(["ASSAULT", "DISASTER", "CRIME", "COERCE"])  # what somebody owns suffers these
_MOVED = frozenset(["AID", "COOPERATE", "AGREE", "CONCEDE"])  # types in which things, or people, go to somebody
_SELF = frozenset(["himself", "herself", "themselves", "itself", "self"])
_BURSTING = frozenset(["explode", "go off"])  # what does so does nothing: "a boat with ten aboard exploded"
_EMERGENCIES = frozenset(["curfew", "martial-law"])  # modes of what holds for a place and is meant for nobody
_COMPANY = ("along", "together", "alongside")  # "died along with a guard"
_WANTING = frozenset(["ask for", "call for", "demand", "request", "seek"])  # verbs whose object is what one wants
_PARTNERS = ("with", "between", "against")

_Sides = tuple[list[int], list[int]]  # the heads of who acts, and of who suffers it


def find_roles(sentence: Sentence, found: Found, ontology: Ontology) -> Roles:
    """Who did what a trigger tells, and to whom."""
    clause = Holding(sentence, sentence.tree, found, ontology)
    return _of_verb(clause) if found.is_verb else _of_noun(clause)


def _of_verb(clause: Holding) -> Roles:
    at, trigger, tree = clause.found.at, clause.trigger, clause.tree
    if tree.relations[at] == "amod" and tree.tags[at] == "VBN":  # "two [wounded] men asked for help"
        return Roles((), _phrases(clause, [tree.heads[at]]), clause.auxiliaries(at), reading=PASSIVE)
    subjects, passive = clause.subject(at)
    objects, auxiliaries = clause.objects(at), clause.auxiliaries(at)
    is_on_self = trigger.event_type in _SUFFERED and any(clause.sentence.lows[who] in _SELF for who in objects)
    if trigger.subject == "self" or (trigger.subject == "actor" and is_on_self):  # "shot himself"
        return Roles((), _phrases(clause, subjects), auxiliaries, reading=ACTIVE, is_self=True)
    if trigger.subject == "recipient":
        # "[Chad] drew criticism from [bishops]"
        reading, sides = SUFFERED, (clause.agents(at) or clause.sources(at), subjects)
        if trigger.objects and not sides[0]:  # "the bill passed [the house]"
            sides = objects, subjects
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


def _of_both(clause: Holding, subjects: list[int], objects: list[int], passive: bool) -> _Sides:
    """Those of a verb that its subject does with others: "[Norway] exchanged prisoners with [Chile]"."""
    at = clause.found.at
    partners = [who for head in (at, *objects) for who in clause.oblique(head, _PARTNERS)]
    if passive:  # "ties were restored between [Chile and Peru]"
        between = [who for head in subjects for who in clause.oblique(head, _PARTNERS)]
        return clause.agents(at) or between or partners, []
    return subjects, partners or [who for who in objects if not clause.is_matter(who)]


def _of_passive(clause: Holding, subjects: list[int], objects: list[int]) -> _Sides:
    """Those of a verb in the passive: "[the mayor] was shot by [rebels]"."""
    at, trigger, agents = clause.found.at, clause.trigger, clause.agents(clause.found.at)
    if trigger.event_type == "MOBILIZE":  # nobody suffers it: "[troops] were sent to the border"
        return agents or subjects, []
    people = [who for who in subjects if not clause.is_thrown(who)]
    if trigger.event_type in _MOVED and not any(map(clause.is_somebodys, people)):
        people = clause.addressees(at) or people  # "food was sent to [Chad]"
    return agents or clause.circumstances(at), people or objects


def _of_active(clause: Holding, subjects: list[int], objects: list[int]) -> _Sides:
    """Those of a verb in the active: "[rebels] shot [the mayor]"."""
    recipients = _done_to(clause, clause.found.at, objects)
    if clause.trigger.lemma in _BURSTING:
        return _planters(clause, subjects), recipients
    return [who for subject in subjects for who in clause.doers_of(subject)], recipients


def _beside(clause: Holding, verb: int) -> list[int]:
    """Who is told beside those a verb is done to: "killed ten, including [a boy]", "died along with [a guard]"."""
    tree, trigger = clause.tree, clause.trigger
    found = [who for who in tree.children(verb, "obl") if is_included(clause.sentence, tree, who)]
    if trigger.toll or trigger.event_type in OF_LAW:  # "charged along with [her]"
        found += [who for head in (verb, *tree.children(verb, "obl")) for who in clause.oblique(head, _COMPANY)]
    return found


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
        objects = [who for who in objects if not clause.is_bare(who)]
    if trigger.lemma.startswith("deny ...") or (trigger.lemma == "deny" and trigger.figure):
        return clause.claimants(objects)
    named = any(clause.is_somebodys(who) for who in objects)
    if trigger.mode == "resign":
        return []
    if trigger.mode in _EMERGENCIES:  # "declared a state of emergency in Ardon"
        held = (at, *clause.tree.children(at, "obj"))
        meant = [*objects, *(who for head in held for who in clause.oblique(head, ("on",)))]
        return [who for who in meant if clause.are_people(who)]
    are_talks = trigger.mode == "third-party" or any(clause.is_matter(who) for who in objects)  # "hosted talks between"
    if are_talks and (parties := [who for head in (at, *objects) for who in clause.oblique(head, _PARTNERS)]):
        return parties
    if trigger.mode == "coup" and not named:
        return clause.addressees(at)  # "seized power in Gabon"
    if trigger.event_type == "MOBILIZE":  # what is moved is the doer's own
        return clause.addressees(at, apart=clause.tree.children(at, "obj"))
    if trigger.event_type == "RETREAT" and trigger.mode == "withdraw":  # "withdrew its troops [from Syria]"
        return [who for head in (at, *objects) for who in clause.oblique(head, ("from", "of"))]
    if trigger.event_type in ("AID", "COOPERATE") and trigger.objects:  # "sent doctors [to Malawi]"
        return clause.addressees(at, apart=objects) or objects
    if trigger.mode == "crowd-control":
        return objects
    if trigger.mode == "seize" and not any(map(clause.are_people, objects)):  # "seized [a tanker] off Oman"
        return clause.losers(at, objects) or objects
    if trigger.event_type not in _VIOLENT and not named:
        others = [who for who in objects if not clause.is_own(who)]
        people = [who for who in others if clause.are_people(who)] or clause.addressees(at)
        return people or (objects if trigger.mode == "expel" else others)  # "dismissed its founder"
    if trigger.event_type == "PROTEST" and not named:
        purposes = [what for what in clause.tree.children(at, "advcl") if not clause.is_of_time(what)]
        return [who for purpose in purposes for who in clause.addressees(purpose)]
    return objects


def _of_noun(clause: Holding) -> Roles:
    noun = clause.head_of_noun()
    held = clause.held(noun) if clause.trigger.event_type not in _SUFFERED else None
    if held is not None:
        verb = clause.holder(held)
        sides = clause.around_held(held)
        if clause.is_begun(noun):  # "talks between Norway and Finland began"
            sides = clause.around_noun(noun, clause.trigger.of == "recipient")
        actors, recipients = ([clause.owner(at) for at in side] for side in sides)
        roles = Roles(_phrases(clause, actors), _phrases(clause, recipients), clause.auxiliaries(verb))
        tellers = _phrases(clause, () if actors else clause.tellers(verb))
        return roles._replace(held_by=verb, reading=HELD, tellers=tellers)
    actors, recipients = clause.around_noun(noun, clause.trigger.of == "recipient")
    recipients = clause.with_carried(recipients) if clause.trigger.event_type in _SUFFERED else recipients
    doubts = find_doubts(clause.sentence, clause.tree, noun)
    return Roles(_phrases(clause, actors), _phrases(clause, recipients), doubts, reading=NOUN)


def _phrases(clause: Holding, heads: Iterable[int]) -> tuple[Phrase, ...]:
    return listed_phrases(clause.sentence, clause.tree, heads)
