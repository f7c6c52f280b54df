"""Who is called something by which a deed is told: "Norway is the first to do it", "Roe was among those who did"."""

from typing import Optional

from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set

_RANKS = word_set("first second third fourth fifth last latest only next")
_BECOMING = word_set("become remain")
_NAMED = frozenset(["PERSON", "GPE", "ORG", "NORP"])  # kinds of names


def is_first_to(sentence: Sentence, tree: Tree, verb: int) -> bool:
    """Whether a "to" tells what somebody did before or after others: "the [first] state to ratify it"."""
    head = tree.heads[verb]
    ranks = [at for at in (head, *tree.children(head, "amod")) if sentence.lows[at] in _RANKS]
    is_ranked = any(tree.tags[at] in ("JJ", "JJS") for at in ranks)
    return tree.relations[verb] in ("acl", "xcomp") and is_ranked and _caller(tree, head) is not None


def _caller(tree: Tree, head: int) -> Optional[int]:
    """The word whose subject is called by a noun: the noun itself in "is the first", the verb in "became the first"."""
    if tree.children(head, "cop"):
        return head
    above = tree.heads[head]
    return above if tree.relations[head] in ("obj", "xcomp") and tree.lemmas[above] in _BECOMING else None


def bearer(sentence: Sentence, tree: Tree, head: int) -> int:
    """Who is called by a noun, where he has a name: "[Norway] became the first state"; else the noun itself."""
    if tree.kinds[head] in _NAMED:
        return head
    above = _caller(tree, head)
    subjects = [] if above is None else tree.children(above, "nsubj")
    return next((who for who in subjects if tree.kinds[who] in _NAMED), head)
