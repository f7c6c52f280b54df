"""The triggers of a sentence: words of the lexicon, verbs and nouns told apart by their tags where it has a tree."""

from collections.abc import Sequence
from typing import Optional

from transforms.events.nouns import SUBJECTS
from transforms.events.ontology import Form, Ontology, Trigger
from transforms.events.roles import MAX_TRIGGERS, Found, triggers_by_order
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import PRONOUNS, word_set

_SAYING = word_set("say announce state declare insist conclude tell stress maintain argue warn add emphasize reiterate")
_MUST = word_set("must should ought")
_GIVING = frozenset(["AID", "REQUEST", "AGREE", "ACCUSE"])
_DEMAND = Form(Trigger("must", "REQUEST", figure=True), "ed")


def find_triggers(sentence: Sentence, ontology: Ontology) -> list[Found]:
    """The triggers of a sentence, in order."""
    if sentence.tree is None:
        return triggers_by_order(sentence, ontology)
    found: list[Found] = []
    at = 0
    while at < len(sentence.lows):
        match = _match(sentence, sentence.tree, ontology, at)
        if match and not _has_needed(sentence, sentence.tree, at, match):
            match = None
        if match is None and _is_demand(sentence, sentence.tree, at):
            match = 1, _DEMAND
        if match:
            found.append(Found(at, at + match[0], match[1]))
        at += match[0] if match else 1
    return [each for each in found[:MAX_TRIGGERS] if not _is_light(sentence.tree, each, found)]


def _is_light(tree: Tree, verb: Found, found: Sequence[Found]) -> bool:
    """Whether what a verb does is told by its object: "gave an ultimatum" is no gift."""
    if not (verb.is_verb and verb.form.trigger.figure and verb.form.trigger.event_type in _GIVING):
        return False
    objects = tree.children(verb.at, "obj")
    return any(not noun.is_verb and noun.end - 1 in objects for noun in found)


def _match(sentence: Sentence, tree: Tree, ontology: Ontology, at: int) -> Optional[tuple[int, Form]]:
    low, tag = sentence.lows[at], tree.tags[at]
    if tree.kinds[at] in ("DATE", "TIME"):  # "March"
        return None
    verb = ontology.verbs.match(sentence.lows, at) if low in ontology.verbs else None
    noun = ontology.nouns.match(sentence.lows, at) if low in ontology.nouns else None
    if noun and noun[0] > (verb[0] if verb else 0) and noun[0] > 1:
        return noun
    if verb and (tag.startswith("VB") or (verb[0] > 1 and not tag.startswith("NN"))):
        return verb if verb[1].trigger.event_type == "ASSAULT" or _is_predicate(tree, at) else None
    if noun and tag.startswith(("NN", "VBG", "JJ")):
        return noun
    if verb and tag == "JJ" and verb[1].tense != "ing" and _is_predicate(tree, at):
        return verb
    return None


def _has_needed(sentence: Sentence, tree: Tree, at: int, match: tuple[int, Form]) -> bool:
    """Whether what a trigger needs is tied to it: "called [on] Syria", "is willing [to do] so"."""
    needs = match[1].trigger.needs
    if not needs or any(low in needs for low in sentence.lows[at + 1 : at + match[0]]):
        return True
    if "to do" in needs and any(tree.children(kid, "mark") for kid in tree.children(at, "xcomp", "ccomp", "advcl")):
        return True
    kids = [kid for kid in tree.children(at, "obl", "nmod") if tree.kinds[kid] not in ("DATE", "TIME")]  # "on Friday"
    tied = [case for kid in kids for case in tree.children(kid, "case")]
    return any(sentence.lows[case] in needs for case in tied)


def _is_demand(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether a verb of saying tells what another has to do: "Russia said that Sudan must return the helicopter"."""
    if tree.lemmas[at] not in _SAYING or not tree.children(at, *SUBJECTS):
        return False
    clauses = [clause for clause in tree.children(at, "ccomp") if clause > at]
    return any(
        sentence.lows[aux] in _MUST and not _is_speaker(sentence, tree, clause)
        for clause in clauses
        for aux in tree.children(clause, "aux")
    )


def _is_speaker(sentence: Sentence, tree: Tree, clause: int) -> bool:
    """Whether a clause tells what the speaker himself, or nobody, has to do."""
    subjects = tree.children(clause, *SUBJECTS)
    return not subjects or any(sentence.lows[at] in PRONOUNS and sentence.texts[at] != "US" for at in subjects)


def _is_predicate(tree: Tree, at: int) -> bool:
    """Whether a participle tells something: "the occupied West Bank" does not."""
    return tree.relations[at] not in ("amod", "compound", "nmod:desc") and not tree.children(at, "det")
