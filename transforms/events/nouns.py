"""Noun phrases from the dependency tree: where they begin and end, and the name that they go by."""

from collections.abc import Iterable
from typing import Optional

from transforms.events.phrases import Phrase
from transforms.events.sentences import Sentence, is_number
from transforms.events.trees import Tree
from transforms.events.wordlists import COLLECTIVES, TELLING, word_set

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
_OWNERS = frozenset(["his", "her", "their"])
_AND = frozenset(["and", "or", "&", "nor"])
_OF_STATES = word_set(
    "ministers presidents leaders governments heads chiefs officials representatives envoys delegations delegates "
    "armies troops forces negotiators diplomats premiers parliaments ambassadors kings"
)
_GENERALS = word_set("attorney inspector secretary solicitor surgeon governor director consul prosecutor")
_DESCRIBING = frozenset(["of", "from", "for"])  # what ties a description to its noun


def listed_phrases(sentence: Sentence, tree: Tree, heads: Iterable[int]) -> tuple[Phrase, ...]:
    """The noun phrases of the nouns `heads` and of all that is coordinated with them, each once."""
    found: list[Phrase] = []
    for head in dict.fromkeys(at for first in heads for at in _listed(sentence, tree, first)):
        if not any(phrase.start <= head < phrase.end for phrase in found):
            found += noun_phrases(sentence, tree, head)
    return tuple(found)


def _listed(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """A noun and those coordinated with it."""
    joined = [at for at in tree.children(head, "cc") if sentence.lows[at] in _AND]  # not "Ortega y Gasset"
    found = [at for at in tree.children(head, "nmod") if tree.names[at] >= 0 and joined and at < joined[0] < head]
    found = [head] if not found or tree.children(found[0], "case") else [*found, head]
    named = [at for first in _named_members(tree, head) for at in _listed(sentence, tree, first)]
    found = named if len(named) > 1 else [*found, *named]
    beside = [*_after_semicolon(sentence, tree, head), *_of_other_number(sentence, tree, head)]
    beside += [*_listed_as_apposition(sentence, tree, head), *_behind_owner(sentence, tree, head)]
    found += [at for first in beside for at in _listed(sentence, tree, first)]
    for other in tree.children(head, "nmod"):
        found += _listed(sentence, tree, other) if is_included(sentence, tree, other) else []
    # "President Salva Kiir and leader Riek Machar": a parser may join him to the title
    joined = [at for title in tree.children(head, "nmod:desc") for at in tree.children(title, "conj")]
    beside = [at for at in joined if at > head and tree.kinds[at] == "PERSON"]
    described = _descriptions(sentence, tree, head)
    for other in (*tree.children(head, "conj"), *beside):
        if other in described or _tells(sentence, tree, other):
            continue
        if tree.tags[other].startswith(("NN", "CD", "JJ", "PRP", "DT", "FW")):
            found += _listed(sentence, tree, other)
    return found


def _named_members(tree: Tree, head: int) -> list[int]:
    """Who is named behind a group: "the two nurses, [Ann Lee] and Tom Ray"; one alone is one of them."""
    is_group = tree.tags[head] in ("NNS", "NNPS")
    return [at for at in tree.children(head, "appos") if is_group and at > head and tree.kinds[at] == "PERSON"]


def _after_semicolon(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """Who is another in a list, and no name of a noun: "the mayor's son, Tom; [Ann Lee]; and a guard"."""
    named = [at for at in tree.children(head, "appos") if at > head and tree.kinds[at] == "PERSON"]
    return [at for at in named if sentence.lows[tree.names[at] - 1] == ";"]


def _of_other_number(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """Who goes on a list, and is no name of those before: "killed three soldiers, [a woman] and a child"."""
    if tree.tags[head] != "NNS":
        return []
    one = [
        at for at in tree.children(head, "appos") if at > head and tree.tags[at] == "NN" and tree.children(at, "conj")
    ]
    return [at for at in one if any(sentence.lows[det] in ("a", "an") for det in tree.children(at, "det"))]


def _listed_as_apposition(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """Who goes on a list, where a parser takes him for a description: "the mayor, [his wife] and two guards"."""
    if tree.tags[head] not in ("NN", "NNP"):
        return []
    found = [at for at in tree.children(head, "appos") if at > head and _is_another(sentence, tree, at)]
    return [at for at in found if sentence.lows[_end_of_phrase(tree, at) : _end_of_phrase(tree, at) + 1] == ["and"]]


def _is_another(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether what a parser takes for a description is of another: "his wife", "two of his guards", "a judge named
    Ann Lee"."""
    told = [verb for verb in tree.children(at, "acl") if tree.lemmas[verb] in _NAMING]
    is_named = any(tree.kinds[who] == "PERSON" for verb in told for who in tree.kids[verb])
    return is_named or _has_owner(sentence, tree, at) or _is_part(sentence, tree, at)


def _behind_owner(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """Who goes on a list, where a parser ties him to an "of": "the wife of a judge and [her son]", "two of the guards
    and [a driver]"."""
    owned = [
        at
        for at in tree.children(head, "nmod")
        if at > head and "of" in (sentence.lows[c] for c in tree.children(at, "case"))
    ]
    joined = [at for who in owned for at in tree.children(who, "conj") if at > who]
    is_count = tree.tags[head] == "CD"
    return [at for at in joined if _has_owner(sentence, tree, at) or (is_count and tree.children(at, "det", "nummod"))]


def _has_owner(sentence: Sentence, tree: Tree, at: int) -> bool:
    return any(sentence.lows[who] in _OWNERS for who in tree.children(at, "nmod:poss"))


def _is_part(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is some of his: "two of [his] guards"."""
    return tree.tags[at] == "CD" and any(_has_owner(sentence, tree, of) for of in tree.children(at, "nmod"))


def _end_of_phrase(tree: Tree, head: int) -> int:
    """The word behind a noun and what hangs on it, without what is coordinated."""
    end, todo = head, [head]
    while todo:
        at = todo.pop()
        end = max(end, at)
        todo += [kid for kid in tree.kids[at] if kid > head and tree.relations[kid] not in ("conj", "cc", "punct")]
    return end + 1


def is_included(sentence: Sentence, tree: Tree, noun: int) -> bool:
    """Whether somebody is one of those told before: "ten, including [Ann Lee]", "Ann Lee along with [a guard]"."""
    tied = {sentence.lows[case] for case in tree.children(noun, "case")}
    if "with" in tied and tied & {"along", "together"}:
        return True
    if _name_of(sentence, tree, noun) is None:
        return False
    of_them = [at for at in tree.children(noun, "nmod", "obl") if sentence.lows[at] == "them"]
    among = [case for at in of_them for case in tree.children(at, "case")]
    return any(sentence.lows[at] in ("including", "among") for at in (*tree.children(noun, "case"), *among))


def _descriptions(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """What a parser takes for others and says who a person is: "Ann Lee, a [nurse], [teacher] and [singer]"."""
    joined = tree.children(head, "conj")
    found = [at for at in joined if _describes_person(sentence, tree, head, at)]
    first = [*found, *(at for at in tree.children(head, "appos") if _describes_person(sentence, tree, head, at))]
    listed = [*joined, *(at for each in first for at in tree.children(each, "conj"))] if first else []
    bare = [at for at in listed if tree.tags[at] == "NN" and not tree.children(at, "det", "nummod")]
    return joined if bare and all(tree.tags[at] == "NN" for at in joined) else found


def _describes_person(sentence: Sentence, tree: Tree, head: int, other: int) -> bool:
    """Whether what a parser takes for another says who a person is: "Ann Lee, a nurse"."""
    is_one = any(sentence.lows[det] in ("a", "an") for det in tree.children(other, "det"))
    return is_one and tree.kinds[head] == "PERSON" and tree.tags[other] == "NN" and not tree.children(other, "cc")


def _tells(sentence: Sentence, tree: Tree, other: int) -> bool:
    """Whether who stands after the last comma only tells it: "killing ten people and two dogs, [officials] said"."""
    phrase = noun_phrases(sentence, tree, other)[-1]
    is_apart = phrase.start > 0 and sentence.lows[phrase.start - 1] == "," and not tree.children(other, "cc")
    return is_apart and phrase.end < len(sentence.lows) and sentence.lows[phrase.end] in TELLING


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
    for other in tree.children(head, "nmod"):
        if other >= end and _describes(sentence, tree, head, other):
            phrase = noun_phrases(sentence, tree, other)[-1]
            end = phrase.end
            if sentence.lows[head] in COLLECTIVES or is_number(sentence.lows[head]):  # "thousands of students"
                head_end, name = phrase.head_end, phrase.name
            break
    owners = [at for at in tree.children(head, "nmod") if at >= head_end and _is_of_state(sentence, tree, at)]
    if sentence.lows[head] in _OF_STATES and owners:
        others = [at for at in tree.children(owners[0], "conj") if tree.kinds[at] in ("GPE", "ORG")]
        return [Phrase(start, end, head_end, name), *(noun_phrases(sentence, tree, at)[-1] for at in others)]
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
    is_time = tree.kinds[other] in ("TIME", "DATE") or sentence.lows[other] in ("hours", "morning", "night", "evening")
    return bool(words & _DESCRIBING) or (words == {"in"} and tree.relations[head] in SUBJECTS and not is_time)


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
    members = [*_named_members(tree, head), *_after_semicolon(sentence, tree, head)]
    for at in (head, *(at for at in tree.children(head, *relations) if at not in members), *beyond):
        if tree.kinds[at] == "PERSON" or (tree.kinds[at] == "ORG" and (at == head or at > head)):
            return tree.names[at], _end_of_name(tree, tree.names[at])
    for told in tree.children(head, "acl"):
        for at in tree.children(told, *_NAMING.get(tree.lemmas[told], ())):
            is_group = tree.lemmas[told] == "know" and tree.kinds[at] == "ORG"
            if (tree.kinds[at] == "PERSON" or is_group) and at > told:
                return tree.names[at], _end_of_name(tree, tree.names[at])
    after = head + 1  # two objects in a row are a title and its bearer
    if after < len(tree.heads) and tree.kinds[after] == "PERSON" and tree.kinds[head] != "PERSON":
        return after, _end_of_name(tree, after)
    return None


def _end_of_name(tree: Tree, first: int) -> int:
    end = first
    while tree.same_name(first, end):
        end += 1
    return end


def ends_title(sentence: Sentence, at: int) -> bool:
    """Whether a word goes on a title, of which a parser makes now this, now that: "the attorney [general]"."""
    return sentence.lows[at] == "general" and at > 0 and sentence.lows[at - 1] in _GENERALS


def _kept(sentence: Sentence, tree: Tree, head: int) -> set[int]:
    kept, todo = {head}, [head]
    if head + 1 < len(tree.heads) and ends_title(sentence, head + 1):
        kept.add(head + 1)
    while todo:
        at = todo.pop()
        for child in tree.kids[at]:
            relation = tree.relations[child]
            nested = at != head and relation in ("case", "punct", "advmod", "cc", "conj", "obl:unmarked")
            if at < head < child and tree.relations[at] == "nmod:desc":
                continue  # it belongs to another name
            if at == head < child and relation == "amod" and any(kid > child for kid in tree.kids[child]):
                continue  # "soldiers [loyal to Roe]"
            if relation in _BEFORE_HEAD or nested:
                kept.add(child)
                todo.append(child)
            elif relation == "punct" and sentence.lows[child] in ("-", "–", "'", '"', "."):
                kept.add(child)
    return kept
