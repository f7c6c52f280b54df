"""Whom a pronoun stands for, as far as its own sentence says."""

from transforms.events.nouns import SUBJECTS
from transforms.events.sentences import Sentence
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import word_set

_RELATIVE = frozenset(["who", "which", "that", "whom"])
_PERSONAL = word_set("he she they him her them it we")


def find_antecedent(sentence: Sentence, tree: Tree, at: int, trigger: int) -> int:
    """The noun for which word `at` stands beside the trigger; `at` itself where it is no pronoun or none is known."""
    low = sentence.lows[at]
    if low in _RELATIVE:
        clause = tree.heads[at]
        for _ in range(MAX_STEPS):
            if tree.relations[clause] in ("acl:relcl", "acl"):
                return tree.heads[clause]
            clause = tree.heads[clause]
    elif low in _PERSONAL:
        return _speaker(sentence, tree, at, trigger)
    return at


def _speaker(sentence: Sentence, tree: Tree, pronoun: int, trigger: int) -> int:
    """The subject of a verb above: "Norway said it will mediate"; the pronoun itself where it has none."""
    clause = trigger
    person = sentence.lows[pronoun] != "it"
    for _ in range(MAX_STEPS):
        if tree.heads[clause] == clause:
            break
        clause = tree.heads[clause]
        for subject in tree.children(clause, *SUBJECTS):
            fits = subject < pronoun and tree.tags[subject].startswith("NN")
            if fits and (tree.kinds[subject] in ("GPE", "ORG")) != person:
                return subject
    return pronoun
