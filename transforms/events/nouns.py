"""Noun phrases from the dependency tree: where they begin and end, and the name that they go by."""

from typing import Optional

from transforms.events.phrases import Phrase
from transforms.events.sentences import Sentence, is_number
from transforms.events.trees import Tree
from transforms.events.wordlists import COLLECTIVES, word_set

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass")
_BEFORE_HEAD = frozenset(
    ["det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "det:predet", "advmod", "fixed", "goeswith"]
)
_NAMING = {
    "name": ("xcomp", "obj", "obl"),
    "call": ("xcomp", "obj"),
    "identify": ("obl",),
    "know": ("obl",),
}  # "a man named Tom Ray"
_OF_STATES = word_set(
    "ministers presidents leaders governments heads chiefs officials representatives envoys delegations delegates "
    "armies troops forces negotiators diplomats premiers parliaments ambassadors kings navies ministries commanders "
    "generals lawmakers secretaries"
)
_GENERALS = word_set("attorney inspector secretary solicitor surgeon governor director consul prosecutor")
_OF_SOMETHING = frozenset(["accuse", "acquit", "clear", "convict", "suspect"])
_QUANTIFIERS = frozenset(["all", "most", "both", "each", "half"])
_DESCRIBING = frozenset(["of", "from", "for"])  # what ties a description to its noun


def named_members(tree: Tree, head: int) -> list[int]:
    """Who is named behind a group: "the two nurses, [Ann Lee] and Tom Ray"; one alone is one of them."""
    if tree.tags[head] not in ("NNS", "NNPS"):
        return []
    return [at for at in tree.children(head, "appos") if tree.kinds[at] == "PERSON"]


def after_semicolon(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """Who is another in a list, and no name of a noun: "the mayor's son, Tom; [Ann Lee]; and a guard"."""
    named = (at for at in tree.children(head, "appos") if tree.kinds[at] == "PERSON")
    return [at for at in named if sentence.lows[tree.names[at] - 1] == ";"]


def is_included(sentence: Sentence, tree: Tree, noun: int) -> bool:
    """Whether somebody is one of those told before: "ten, including [Ann Lee]", "Ann Lee along with [a guard]"."""
    tied = {sentence.lows[case] for case in tree.children(noun, "case")}
    if "with" in tied and tied & {"along", "together"}:
        return True
    return bool(tied & {"including", "among"}) and _name_of(sentence, tree, noun) is not None


def noun_phrases(sentence: Sentence, tree: Tree, head: int) -> list[Phrase]:
    """The noun phrase of a head, without relative clauses and what is coordinated with it.

    "Greek and Turkish officials" are two, and so are "the presidents of Greece and Turkey".
    """
    start, head_end = head, head + 1
    kept = _kept(sentence, tree, head)
    while start - 1 in kept or (start > 1 and sentence.lows[start - 1] == "-"):
        start -= 1 if start - 1 in kept else 2  # "a [9-year-]old girl"
    while head_end in kept or tree.same_name(head, head_end):
        head_end += 1
    name = _name_of(sentence, tree, head)
    if name and name[0] == head_end:  # "the newspaper La Prensa"
        head_end = name[1]
    end = head_end
    joined = min(tree.children(head, "conj"), default=len(tree.heads))
    for other in tree.children(head, "nmod"):  # "Tom and Ann Lee, both [in their fifties]" is of two
        if end <= other < joined and _describes(sentence, tree, head, other):
            phrase = noun_phrases(sentence, tree, other)[-1]
            end = phrase.end
            is_count = sentence.lows[head] in COLLECTIVES | _QUANTIFIERS or is_number(sentence.lows[head])
            ties = {sentence.lows[case] for case in tree.children(other, "case")}
            if is_count and ties & {"of", "from"}:  # "thousands of students", "a group from the union"
                head_end, name = phrase.head_end, phrase.name
            break
    owners = [at for at in tree.children(head, "nmod") if at >= head_end and _is_of_state(sentence, tree, at)]
    if sentence.lows[head] in _OF_STATES and owners:
        others = (noun_phrases(sentence, tree, at)[-1] for at in tree.children(owners[0], "conj"))
        return [Phrase(start, end, head_end, name), *others]
    peoples = [] if tree.children(head, "nummod") else tree.children(head, "amod", "compound")  # "20 ..." are one group
    for first in (at for at in peoples if tree.names[at] >= 0):
        for second in tree.children(first, "conj"):
            if tree.names[second] >= 0 and start <= first < second < head:
                joint = next((at for at in tree.children(second, "cc")), second)
                return [Phrase(start, joint, joint), Phrase(second, end, head_end, name)]
    return [Phrase(start, max(end, head_end), head_end, name)]


def _describes(sentence: Sentence, tree: Tree, head: int, other: int) -> bool:
    """Whether "of ..." after a noun says who it is; "in ..." after another noun than the subject says where."""
    words = {sentence.lows[at] for at in tree.children(other, "case")[:1]}
    if words == {"of"} and _is_blame(sentence, tree, head, other):
        return False
    return bool(words & _DESCRIBING) or (words == {"in"} and tree.relations[head] in SUBJECTS)


def _is_blame(sentence: Sentence, tree: Tree, head: int, other: int) -> bool:
    """Whether "of ..." says what somebody is accused of, or loses: "accused mediators of [bias]"."""
    verb = tree.heads[head]
    is_charged = tree.relations[head] in ("obj", "nsubj:pass") and tree.lemmas[verb] in _OF_SOMETHING
    if not is_charged:
        return False
    clauses = tree.children(verb, "advcl", "obl", "xcomp", "ccomp")
    return not any(sentence.lows[at] == "of" for clause in clauses for at in tree.children(clause, "mark", "case"))


def _is_of_state(sentence: Sentence, tree: Tree, at: int) -> bool:
    tied = [sentence.lows[case] for case in tree.children(at, "case")]
    return tree.kinds[at] in ("GPE", "ORG") and tied in (["of"], ["from"])


def _name_of(sentence: Sentence, tree: Tree, head: int) -> Optional[tuple[int, int]]:
    """The words of the name of a noun: its own, or that of its apposition or its title's bearer."""
    plurals = [at for at in tree.children(head, "nmod") if tree.tags[at].endswith("S") or tree.kinds[at]]
    beyond = [at for plural in plurals for at in tree.children(plural, "appos") if tree.kinds[at] == "PERSON"]
    # "the leader of the rebels, Amadou Sissoko": one person does not explain several, whatever the tree says
    relations = ["appos", "flat", "compound", "nmod:desc", "obj", "dep"]
    if sentence.texts[head].islower() and any(at < head for at in tree.children(head, "compound")):
        relations = ["appos", "flat", "nmod:desc"]  # "a Marshall Co. boy"
    members = [*named_members(tree, head), *after_semicolon(sentence, tree, head)]
    beside = [at for at in tree.children(head, *relations) if at not in members]
    for at in (head, *beside, *beyond):
        if tree.kinds[at] == "PERSON" or (tree.kinds[at] == "ORG" and at >= head):
            return tree.name_of(at)
    for told in tree.children(head, "acl"):
        for at in tree.children(told, *_NAMING.get(tree.lemmas[told], ())):
            if tree.kinds[at] == "PERSON":
                return tree.name_of(at)
    after = head + 1  # two objects in a row are a title and its bearer
    if after < len(tree.heads) and tree.kinds[after] == "PERSON":
        return tree.name_of(after)
    return None


def ends_title(sentence: Sentence, at: int) -> bool:
    """Whether a word goes on a title, of which a parser makes now this, now that: "the attorney [general]"."""
    return sentence.lows[at] == "general" and sentence.lows[at - 1] in _GENERALS


def _kept(sentence: Sentence, tree: Tree, head: int) -> set[int]:
    kept, todo = {head}, [head]
    if head + 1 < len(tree.heads) and ends_title(sentence, head + 1):
        kept.add(head + 1)
    while todo:
        at = todo.pop()
        for child in tree.kids[at]:
            relation = tree.relations[child]
            nested = at != head and relation in ("case", "punct", "advmod", "cc", "conj", "obl:unmarked")
            if at == head < child and relation == "amod" and any(kid > child for kid in tree.kids[child]):
                continue  # "soldiers [loyal to Roe]"
            if (
                at == head < child and sentence.lows[child] == "here" and tree.relations[at] in SUBJECTS
            ):  # "a court here sentenced"
                continue
            if relation in _BEFORE_HEAD or nested:
                kept.add(child)
                todo.append(child)
            elif relation == "punct" and sentence.lows[child] in ("-", "–", "'", '"', "."):
                kept.add(child)
    return kept
