"""Which sense of a word what stands around it allows: its objects, its doers, what is tied to it."""

from typing import Optional

from transforms.events.nouns import SUBJECTS
from transforms.events.objects import calls_so, has_doer, has_object
from transforms.events.ontology import SOMEBODY, Form, Ontology
from transforms.events.phrasebook import PhraseTable
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set

_GROUNDS = word_set(
    "order orders grounds recommendation advice suspicion instructions behalf condition charge charges "
    "twitter facebook instagram television tv radio air time times"
)


def first_sense(
    sentence: Sentence, ontology: Ontology, at: int, table: PhraseTable[Form]
) -> Optional[tuple[int, Form]]:
    """The first of the senses of a word that what stands around it allows."""
    if sentence.lows[at] not in table:
        return None
    senses = table.matches(sentence.lows, at)
    return next((sense for sense in senses if _fits(sentence, ontology, at, sense)), None)


def _fits(sentence: Sentence, ontology: Ontology, at: int, sense: tuple[int, Form]) -> bool:
    tree = sentence.tree
    return (
        not _ends_in_time(tree, at, at + sense[0] - 1)
        and _has_needed(sentence, tree, at, sense)
        and _may_be(sentence, ontology, tree, at, sense)
        and not _is_of_another_kind(sentence, ontology, at + sense[0] - 1, sense[1])
        and has_object(sentence, ontology, at, at + sense[0], sense[1].trigger)
        and has_doer(sentence, ontology, at, sense[1].trigger)
        and calls_so(sentence, ontology, at, sense[1].trigger)
    )


def _ends_in_time(tree: Tree, at: int, last: int) -> bool:
    """Whether the last word of a trigger belongs to a time: "were seized [on] Monday" is no "seized on a remark"."""
    return last > at and tree.relations[last] == "case" and tree.kinds[tree.heads[last]] in ("DATE", "TIME")


def _has_needed(sentence: Sentence, tree: Tree, at: int, match: tuple[int, Form]) -> bool:
    """Whether what a trigger needs is tied to it: "called [on] Syria", "is willing [to do] so", "told [him that]"."""
    needs = match[1].trigger.needs
    if not needs:
        return True
    if match[1].tense == "noun":  # "the fire [destroyed] a mill"
        return bool({tree.lemmas[verb] for verb in _verbs_of(tree, at + match[0] - 1)} & set(needs))
    if "to do" in needs and _has_infinitive(sentence, tree, at):
        return True
    if "that" in needs and tree.children(at, "ccomp"):
        return True
    if at > 1 and sentence.lows[at - 1] == "-" and sentence.lows[at - 2] in needs:  # "[test]-fired a missile"
        return True
    kids = [kid for kid in tree.children(at, "obl", "nmod") if tree.kinds[kid] not in ("DATE", "TIME")]  # "on Friday"
    kids = [kid for kid in kids if sentence.lows[kid] not in _GROUNDS]  # "on the orders of"
    tied = [case for kid in kids for case in tree.children(kid, "case")]
    clauses = [kid for kid in tree.children(at, "advcl", "ccomp", "xcomp") if tree.tags[kid] == "VBG"]
    tied += [mark for kid in clauses for mark in tree.children(kid, "mark")]  # "barred him [from] leaving"
    return any(sentence.lows[at] in needs for at in (*tied, *kids))  # "forced him into [a car]"


def _has_infinitive(sentence: Sentence, tree: Tree, at: int) -> bool:
    clauses = tree.children(at, "xcomp", "ccomp", "advcl")
    return any(sentence.lows[mark] == "to" for kid in clauses for mark in tree.children(kid, "mark"))


def _verbs_of(tree: Tree, noun: int) -> list[int]:
    """The verbs of which a noun is the subject or the object, those of its own clauses among them."""
    above = [tree.heads[noun]] if tree.relations[noun] in (*SUBJECTS, "obj", "obl", "obl:agent") else []
    beside = [verb for head in above for verb in tree.children(head, "conj", "xcomp")]
    return [*above, *beside, *tree.children(noun, "acl", "acl:relcl")]


def _may_be(sentence: Sentence, ontology: Ontology, tree: Tree, at: int, match: tuple[int, Form]) -> bool:
    """Whether no clause gives a trigger another meaning: "sought [to explain]", "this demonstrates [that]"."""
    but_not = match[1].trigger.but_not
    is_describing = tree.relations[at] == "amod" and tree.tags[at] == "VBN"
    if is_describing and not _is_of_people(tree, ontology, sentence, at):  # "looted art"
        return False
    if any(tree.lemmas[kid] in but_not for kid in tree.children(at, "xcomp", "advcl")):  # "declined [to comment]"
        return False
    if "to do" in but_not and not tree.children(at, "obj") and _has_infinitive(sentence, tree, at):
        return False
    marks = [sentence.lows[mark] for kid in tree.children(at, "ccomp") for mark in tree.children(kid, "mark")]
    return not ("that" in but_not and "that" in marks)


def _is_of_people(tree: Tree, ontology: Ontology, sentence: Sentence, at: int) -> bool:
    head = tree.heads[at]
    return ontology.is_people(sentence.lows[head]) or tree.kinds[head] != ""


def _is_of_another_kind(sentence: Sentence, ontology: Ontology, noun: int, form: Form) -> bool:
    """Whether what describes a noun gives it another meaning: "Israeli fire", "mortar fire"."""
    tree, but_not = sentence.tree, form.trigger.but_not
    if form.tense != "noun" or not but_not:
        return False
    words = tree.children(noun, "amod", "compound", "nmod:poss", "obj")  # "fighting [a fire]"
    others = tree.children(noun, "nmod")  # "an explosion of [interest]", "fire [from] a hill"
    ties = [mark for at in others for mark in tree.children(at, "case")]
    if any(sentence.lows[at] in but_not for at in (*words, *others, *ties)):
        return True
    return SOMEBODY in but_not and any(
        tree.kinds[at] in ("NORP", "GPE") or ontology.sectors.match(sentence.lows, at) for at in words
    )
