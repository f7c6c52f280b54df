"""The noun phrases that stand for all on a list: "the mayor, his wife and two guards"."""

from collections.abc import Iterable

from transforms.events.nouns import after_semicolon, is_included, named_members, noun_phrases
from transforms.events.phrases import Phrase
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree

_OWNERS = frozenset(["his", "her", "their"])


def listed_phrases(sentence: Sentence, tree: Tree, heads: Iterable[int]) -> tuple[Phrase, ...]:
    """The noun phrases of the nouns `heads` and of all that is coordinated with them, each once."""
    found: list[Phrase] = []
    for head in dict.fromkeys(at for first in heads for at in _listed(sentence, tree, first)):
        if not any(phrase.start <= head < phrase.end for phrase in found):
            found += noun_phrases(sentence, tree, head)
    return tuple(found)


def _listed(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """A noun and those coordinated with it."""
    named = [at for first in named_members(tree, head) for at in _listed(sentence, tree, first)]
    found = named if len(named) > 1 else [head, *named]
    beside = [*after_semicolon(sentence, tree, head), *_of_other_number(tree, head)]
    beside += [*_listed_as_apposition(sentence, tree, head), *_behind_owner(sentence, tree, head)]
    found += [at for first in beside for at in _listed(sentence, tree, first)]
    for other in tree.children(head, "nmod"):
        found += _listed(sentence, tree, other) if is_included(sentence, tree, other) else []
    # "President Salva Kiir and leader Riek Machar": a parser may join him to the title
    beside = [at for title in tree.children(head, "nmod:desc") for at in tree.children(title, "conj")]
    beside = [at for at in beside if tree.kinds[at] == "PERSON"]
    described = _descriptions(sentence, tree, head)
    for other in (*tree.children(head, "conj"), *beside):
        if other not in described and tree.tags[other].startswith(("NN", "CD", "JJ", "PRP", "DT", "FW")):
            found += _listed(sentence, tree, other)
    return found


def _of_other_number(tree: Tree, head: int) -> list[int]:
    """Who goes on a list, and is no name of those before: "killed three soldiers, [a woman] and a child"."""
    if tree.tags[head] != "NNS":
        return []
    return [at for at in tree.children(head, "appos") if tree.tags[at] == "NN" and tree.children(at, "conj")]


def _listed_as_apposition(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """Who goes on a list, where a parser takes him for a description: "the mayor, [his wife] and two guards"."""
    if tree.tags[head] not in ("NN", "NNP"):
        return []
    found = [at for at in tree.children(head, "appos") if _has_owner(sentence, tree, at)]
    return [at for at in found if "and" in sentence.lows[_last_word(tree, at) + 1 :][:1]]


def _behind_owner(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """Who goes on a list, where a parser ties him to an "of": "the wife of a judge and [her son]"."""
    cases = {of: {sentence.lows[case] for case in tree.children(of, "case")} for of in tree.children(head, "nmod")}
    joined = [at for of, words in cases.items() if words & {"of", "from"} for at in tree.children(of, "conj")]
    return [at for at in joined if _has_owner(sentence, tree, at)]


def _has_owner(sentence: Sentence, tree: Tree, at: int) -> bool:
    return any(sentence.lows[who] in _OWNERS for who in tree.children(at, "nmod:poss"))


def _last_word(tree: Tree, head: int) -> int:
    """The last word of a noun and what hangs on it, without what is coordinated."""
    last, todo = head, [head]
    while todo:
        at = todo.pop()
        last = max(last, at)
        todo += [kid for kid in tree.kids[at] if tree.relations[kid] not in ("conj", "cc", "punct")]
    return last


def _descriptions(sentence: Sentence, tree: Tree, head: int) -> list[int]:
    """What a parser takes for others and says who a person is: "Ann Lee, a [nurse], [teacher] and [singer]"."""
    joined = tree.children(head, "conj")
    found = [at for at in joined if _describes_person(sentence, tree, head, at)]
    first = [*found, *(at for at in tree.children(head, "appos") if _describes_person(sentence, tree, head, at))]
    listed = [*joined, *(at for each in first for at in tree.children(each, "conj"))] if first else []
    bare = [at for at in listed if not tree.children(at, "det", "nummod")]
    return joined if bare and all(tree.tags[at] == "NN" for at in joined) else found


def _describes_person(sentence: Sentence, tree: Tree, head: int, other: int) -> bool:
    """Whether what a parser takes for another says who a person is: "Ann Lee, a nurse"."""
    is_one = any(sentence.lows[det] in ("a", "an") for det in tree.children(other, "det"))
    return is_one and tree.kinds[head] == "PERSON" and not tree.children(other, "cc")
