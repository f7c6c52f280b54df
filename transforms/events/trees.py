"""The dependency tree of one sentence as plain lists, by the positions of its words."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, LEMMA, TAG
from spacy.tokens import Doc

from transforms.events.contact_clauses import mend_contact_clauses, mend_reduced_relatives

MAX_STEPS = 6  # relations over which a subject is handed on; more are a broken tree
_CLAUSES = frozenset(["advcl", "ccomp", "xcomp", "acl", "acl:relcl", "parataxis"])
_BEGINS = 3  # spaCy's ENT_IOB of the first word of a name


class Tree(NamedTuple):
    """What a parser says of each word: all lists are by its position in the sentence."""

    heads: Sequence[int]  # a root's is itself
    relations: Sequence[str]  # of Universal Dependencies
    tags: Sequence[str]  # of the Penn Treebank
    lemmas: Sequence[str]
    kids: Sequence[Sequence[int]]
    kinds: Sequence[str]  # of the name that the word is part of: PERSON, ORG, GPE, DATE ...; "" outside of names
    names: Sequence[int]  # the first word of that name in the sentence; -1 outside

    def children(self, at: int, *relations: str) -> list[int]:
        """The words that depend on the word `at` by one of `relations`, in order."""
        return [kid for kid in self.kids[at] if self.relations[kid] in relations]

    def clause_of(self, at: int) -> int:
        """The word that heads the clause of the word `at`: its verb mostly."""
        for _ in range(len(self.heads)):
            if self.relations[at] in _CLAUSES or self.heads[at] == at:
                break
            at = self.heads[at]
        return at

    def is_above(self, at: int, other: int) -> bool:
        """Whether the word `at` is the word `other` or governs it."""
        for _ in range(len(self.heads)):
            if at == other or self.heads[other] == other:
                break
            other = self.heads[other]
        return at == other

    def same_name(self, at: int, other: int) -> bool:
        """Whether two words are of one name."""
        return other < len(self.names) and self.names[at] >= 0 and self.names[at] == self.names[other]

    def name_of(self, at: int) -> tuple[int, int]:
        """The first word of the name that the word `at` is part of, and the word behind its last."""
        first = end = self.names[at]
        while self.same_name(first, end):
            end += 1
        return first, end


class Parse:
    """The parse of a whole Doc, to cut the trees of its sentences from; None of it is kept by a tree."""

    def __init__(self, doc: Doc):
        strings = doc.vocab.strings
        columns = doc.to_array([DEP, TAG, LEMMA, ENT_TYPE])  # tokens as objects take ten times as long
        self.relations, self.tags, self.lemmas, self.kinds = ([strings[n] for n in column] for column in columns.T)
        self.heads = [token.head.i for token in doc]
        mend_contact_clauses(self.heads, self.relations, self.lemmas)
        mend_reduced_relatives(self.heads, self.relations, self.tags, self.lemmas)
        begins = doc.to_array([ENT_IOB]).ravel() == _BEGINS
        named = np.array([bool(kind) for kind in self.kinds], bool)
        firsts = np.maximum.accumulate(np.where(begins, np.arange(len(doc)), 0)) if len(doc) else np.zeros(0, int)
        self.names = np.where(named, firsts, -1).tolist()

    def tree(self, words: Sequence[int]) -> Tree:
        """The tree of the sentence made of `words`, positions in the Doc; a head outside of it makes a root."""
        place = {word: at for at, word in enumerate(words)}
        heads = [place.get(self.heads[word], at) for at, word in enumerate(words)]
        kids: list[list[int]] = [[] for _ in words]
        for at, head in enumerate(heads):
            if head != at:
                kids[head].append(at)
        firsts: dict[int, int] = {}  # a name may begin in the sentence before, whose end was found in it
        for at, word in enumerate(words):
            firsts.setdefault(self.names[word], at if self.names[word] >= 0 else -1)
        return Tree(
            heads,
            [self.relations[word] for word in words],
            [self.tags[word] for word in words],
            [self.lemmas[word] for word in words],
            kids,
            [self.kinds[word] for word in words],
            [firsts[self.names[word]] for word in words],
        )


def flat_tree(words: int) -> Tree:
    """The tree of `words` that nobody has parsed: each by itself, of no kind."""
    nothing = [""] * words
    return Tree(range(words), nothing, nothing, nothing, [()] * words, nothing, [-1] * words)
