"""The triggers of a sentence: words of the lexicon, verbs and nouns told apart by their tags."""

from collections.abc import Sequence
from typing import Optional

from transforms.events.complements import Complements
from transforms.events.fits import first_sense
from transforms.events.forewarning import is_threat
from transforms.events.ontology import Form, Ontology, Trigger, is_curb
from transforms.events.realis import is_decided
from transforms.events.roles import MAX_TRIGGERS, Found
from transforms.events.sentences import Sentence
from transforms.events.statements import statement
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set

_HOSTILE = word_set("ASSAULT COERCE MOBILIZE ACCUSE REJECT THREATEN")
_AGREEING = frozenset(["agree", "agree to", "agree upon", "accept", "consent"])
_MEANING = frozenset(["intend", "plan", "decide", "prepared", "poised", "eager", "resolve"])
_PROMISED = word_set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST")  # what one means to do for others
_ENDING = word_set("end fight stop crush punish resist defeat destroy eradicate avenge retaliate hunt")
_AFTER_DEED = word_set("victim victims suspect suspects scene spree incident")  # "found [shooting] victim Ann Lee"
_DEEDS = frozenset(["ASSAULT", "DISASTER", "CRIME"])
_UNDOING = frozenset(["REJECT", "CONCEDE", "SANCTION"])  # types of verbs by which there is less of something
_ORDERING = frozenset(["call", "order"])  # "ordered a crackdown"
_GIVING = frozenset(["AID", "REQUEST", "AGREE"])


def find_triggers(sentence: Sentence, ontology: Ontology) -> list[Found]:
    """The triggers of a sentence, in order."""
    found: list[Found] = []
    at = 0
    while at < len(sentence.lows):
        match = _match(sentence, sentence.tree, ontology, at)
        if match is None or (sentence.tree.lemmas[at] == "warn" and not is_threat(sentence, at)):
            match = statement(sentence, ontology, at) or match
        if match:
            found.append(Found(at, at + match[0], match[1]))
        at += match[0] if match else 1
    kept = [each for each in found[:MAX_TRIGGERS] if not _is_light(sentence.tree, each, found)]
    kept = [each for each in kept if not _is_carried_out(sentence, each, kept)]
    kept = [each for each in kept if not _is_of_verb(sentence, each, kept)]
    kept = [each for each in kept if not _is_only_meant(sentence, ontology, each, kept)]
    return [_intended(sentence.tree, each, kept) for each in kept]


def _intended(tree: Tree, verb: Found, found: Sequence[Found]) -> Found:
    """Who is ready "to attack" promises nothing, but threatens."""
    if verb.form.trigger.event_type not in ("AGREE", "THREATEN") or not verb.is_verb:
        return verb
    ends = tree.children(verb.at, "xcomp")
    ends += [end for first in ends for end in tree.children(first, "xcomp")]  # "vowed to keep attacking"
    told = [other.form.trigger for other in found if other.at in ends or _is_held(tree, other, ends)]
    kinds = _DEEDS if verb.form.trigger.lemma in _AGREEING else _HOSTILE  # "agreed to deploy a battery" in its land
    hostile = any(trigger.event_type in kinds and not trigger.weak for trigger in told)
    hostile = hostile or (verb.form.trigger.lemma == "vow" and any(tree.lemmas[end] in _ENDING for end in ends))
    threat = verb.form.trigger._replace(event_type="THREATEN", own_type=None, mode=None, figure=False)
    return verb._replace(form=verb.form._replace(trigger=threat)) if hostile else verb


def _is_held(tree: Tree, noun: Found, verbs: Sequence[int]) -> bool:
    """Whether a noun of a deed is the object of one of the verbs: "vowed to carry out [attacks]"."""
    is_deed = not noun.is_verb and noun.form.trigger.event_type in _DEEDS
    return is_deed and tree.relations[noun.end - 1] == "obj" and tree.heads[noun.end - 1] in verbs


def _is_only_meant(sentence: Sentence, ontology: Ontology, verb: Found, found: Sequence[Found]) -> bool:
    """Whether somebody only means to do what is no promise to anybody: "plan to file charges", "decided to build"."""
    if verb.form.trigger.lemma not in _MEANING:
        return False
    ends = sentence.tree.children(verb.at, "xcomp", "advcl")
    told = [other.form.trigger for other in found if other.at in ends]
    if told:
        return not any(other.event_type in _PROMISED or _is_force(other) for other in told)
    return not Complements(sentence, sentence.tree, verb, ontology).addressees(verb.at)  # "decided to pay [Chad]"


def _is_force(trigger: Trigger) -> bool:
    return trigger.event_type in _HOSTILE and trigger.event_type != "ACCUSE" and not trigger.weak


def _is_light(tree: Tree, verb: Found, found: Sequence[Found]) -> bool:
    """Whether what a verb does is told by its object: "gave an ultimatum" is no gift."""
    if verb.is_verb and verb.form.trigger.event_type == "SUPPORT":  # "approved sanctions on Syria" supports nobody
        nouns = [noun for noun in found if not noun.is_verb and is_curb(noun.form.trigger)]
        return any(tree.heads[noun.end - 1] == verb.at for noun in nouns)
    if not (verb.is_verb and verb.form.trigger.figure and verb.form.trigger.event_type in _GIVING):
        return False
    if verb.form.trigger.event_type == "REQUEST" and verb.form.trigger.lemma not in _ORDERING:
        return False  # "sought the release of the hostages" is no release
    objects = tree.children(verb.at, "obj")
    return any(not noun.is_verb and noun.end - 1 in objects for noun in found)


def _is_carried_out(sentence: Sentence, verb: Found, found: Sequence[Found]) -> bool:
    """Whether what somebody decided is told as done: "decided to allow"."""
    if verb.form.trigger.lemma not in ("decide", "agree", "vote"):
        return False
    return any(is_decided(sentence, other.at) for other in found)


def _is_of_verb(sentence: Sentence, noun: Found, found: Sequence[Found]) -> bool:
    """Whether what a noun tells is what a verb ends, refuses or signs: "lifted the ban", "dismissed a protest"."""
    at, tree = noun.end - 1, sentence.tree
    if noun.is_verb or tree.relations[at] not in ("obj", "nsubj:pass"):
        return False
    verb = next((other.form.trigger for other in found if other.is_verb and other.at == tree.heads[at]), None)
    if verb is None or noun.form.trigger.event_type in _DEEDS:
        return False
    return verb.event_type in _UNDOING or sentence.lows[at] in verb.objects


def _match(sentence: Sentence, tree: Tree, ontology: Ontology, at: int) -> Optional[tuple[int, Form]]:
    tag = tree.tags[at]
    if tree.kinds[at] in ("DATE", "TIME") or (at and sentence.texts[at] == "March"):
        return None
    verb, noun = (first_sense(sentence, ontology, at, table) for table in (ontology.verbs, ontology.nouns))
    if noun and noun[0] > (verb[0] if verb else 0) and noun[0] > 1:
        return noun
    if noun and tag == "VBG" and at + 1 < len(sentence.lows) and sentence.lows[at + 1] in _AFTER_DEED:
        return noun
    if noun and tag == "VBG" and sentence.lows[at + 1 : at + 2] in (["by"], ["of"]):
        return noun  # "shelling by rebels killed ten"
    if tree.lemmas[at] == "fight" and tag == "VBG" and tree.relations[at] == "acl":
        return None  # "a militia [fighting] the army": so it is described
    if verb and tag == "VBG" and tree.relations[at] == "amod":
        return None  # "carried her out of a burning town"
    if verb and tag.startswith("VB"):
        return verb if verb[1].trigger.event_type == "ASSAULT" or _is_predicate(tree, at) else None
    if noun and tag.startswith(("NN", "VBG", "JJ")):
        return noun
    if verb and tag == "JJ" and verb[1].tense != "ing" and _is_predicate(tree, at):
        return verb
    return None


def _is_predicate(tree: Tree, at: int) -> bool:
    """Whether a participle tells something: "the occupied West Bank" does not."""
    return tree.relations[at] not in ("amod", "compound", "nmod:desc") and not tree.children(at, "det")
