"""Whether a sentence tells of no one time: "rebels kill civilians", "raids, ambushes", "the murder of peasants".

Only forms that news does not use of what has just happened; a headline, or a first sentence, may use any.
"""

from collections.abc import Sequence

from transforms.events.nouns import SUBJECTS
from transforms.events.numerals import parse_number
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set

_NOW = frozenset(["is", "are", "'s", "'re"])
_MANY = word_set("many several most countless innocent numerous some such other")
_SERIES = 10  # "152 robberies" are statistics
_WHAT = word_set("this that it which what")


def is_habit(sentence: Sentence, tree: Tree, trigger: int) -> bool:
    """Whether the trigger, a verb or a noun, tells of no one time."""
    tag = tree.tags[trigger]
    if tag.startswith("VB"):
        return _is_done_often(sentence, tree, trigger)
    if tag == "NNS":
        counts = [sentence.lows[at] for at in tree.children(trigger, "nummod")]
        is_series = any((parse_number([count], 0)[0] or 0) >= _SERIES for count in counts)
        return is_series or not tree.children(trigger, "det", "nummod", "nmod:poss")
    if tag.startswith("NN"):
        of = [
            at for at in tree.children(trigger, "nmod") if "of" in [sentence.lows[c] for c in tree.children(at, "case")]
        ]
        return bool(of) and all(_is_bare(sentence, tree, at) for at in of)
    return False


def _is_done_often(sentence: Sentence, tree: Tree, verb: int) -> bool:
    auxiliaries = {sentence.lows[at] for at in tree.children(verb, "aux", "aux:pass")}
    if not auxiliaries and tree.relations[verb] == "conj" and tree.tags[tree.heads[verb]] == tree.tags[verb]:
        return _is_done_often(sentence, tree, tree.heads[verb])  # "are arrested and beaten"
    above = tree.heads[verb]
    if tree.tags[verb] == "VBG" and tree.children(verb, "mark") and tree.tags[above] in ("VBP", "VBZ"):
        return _is_done_often(sentence, tree, above)  # "rebels raise money by kidnapping"
    if tree.tags[verb] in ("VBP", "VBZ"):
        return not auxiliaries
    if tree.tags[verb] == "VBN" and len(auxiliaries) == 1 and auxiliaries <= _NOW:  # "suspects are arrested"
        return True
    if tree.tags[verb] == "VBG" and auxiliaries & _NOW:  # "this is killing our children"
        return any(sentence.lows[at] in _WHAT for at in tree.children(verb, "nsubj"))
    if auxiliaries & {"have", "has"}:  # "they have killed judges"
        passive = bool(tree.children(verb, "aux:pass"))
        return _are_any(sentence, tree, tree.children(verb, *SUBJECTS) if passive else tree.children(verb, "obj"))
    return False


def is_charge_at_large(sentence: Sentence, tree: Tree, deed: int) -> bool:
    """Whether a deed is of many, over time, of which others accuse somebody: "has accused him of [killing] nuns"."""
    while tree.relations[deed] == "conj":
        deed = tree.heads[deed]
    above = tree.heads[deed]
    while tree.relations[deed] == "acl" and tree.relations[above] in ("conj", "obj"):
        above = tree.heads[above]
    has = {sentence.lows[at] for at in tree.children(above, "aux")} & {"have", "has"}
    is_charge = tree.lemmas[above] == "accuse" and tree.tags[deed] == "VBG"
    return is_charge and bool(has) and _are_any(sentence, tree, tree.children(deed, "obj"))


def _are_any(sentence: Sentence, tree: Tree, people: Sequence[int]) -> bool:
    return bool(people) and all(_is_bare(sentence, tree, at) for at in people)


def _is_bare(sentence: Sentence, tree: Tree, noun: int) -> bool:
    """Whether a noun is of many whom nothing tells apart: "peasants", "many soldiers"."""
    if tree.tags[noun] != "NNS" or tree.children(noun, "det", "nummod", "nmod:poss", "compound", "acl", "acl:relcl"):
        return False
    return all(sentence.lows[at] in _MANY for at in tree.children(noun, "amod"))
