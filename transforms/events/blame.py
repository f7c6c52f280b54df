"""Who is told to be guilty of a deed, and who was its victim: "charged with murder", "the mastermind of the attack"."""

from transforms.events.complements import Complements
from transforms.events.control import BLAMED, Control
from transforms.events.nouns import SUBJECTS
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set

_AUTHORS = word_set("mastermind author perpetrator brain planner")
_BLAMING = word_set("guilty responsible suspect suspected")
_VICTIMS = word_set("victim victims target targets")
_DISOWNING = word_set("deny reject disclaim refute")
_NOT = word_set("not n't never")


def is_circumstance(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is where somebody was arrested, and not what for: "in [a shootout]", "during a raid"."""
    cases = {sentence.lows[case] for case in tree.children(at, "case")}
    is_any = any(sentence.lows[det] in ("a", "an") for det in tree.children(at, "det"))
    return "during" in cases or ("in" in cases and is_any)


class Blame(Control, Complements):
    """A trigger in its tree, asked who is said to stand behind the deed that a noun tells."""

    def blamed(self, head: int, deed: int) -> list[int]:
        """Who "claimed responsibility for the attack", who is "charged with the murder"."""
        tree = self.tree
        if tree.lemmas[head] == "responsibility" and tree.relations[head] == "obj":
            is_none = any(self.sentence.lows[det] == "no" for det in tree.children(head, "det"))
            is_none = is_none or tree.lemmas[tree.heads[head]] in _DISOWNING
            return [] if is_none or self.is_denied(tree.heads[head]) else self.subject(tree.heads[head])[0]
        if tree.lemmas[head] in BLAMED and not is_circumstance(self.sentence, tree, deed):
            subjects, passive = self.subject(head)
            return subjects if passive else tree.children(head, "obj")
        if tree.lemmas[head] in _BLAMING:
            return tree.children(head, "nsubj")
        if tree.lemmas[head] in _AUTHORS and tree.children(head, "cop") and not self.is_denied(head):
            above = tree.heads[head] if tree.relations[head] == "xcomp" else head
            return self.subject(above)[0]  # "is said to be the mastermind of the murder"
        return []

    def victims(self, noun: int) -> list[int]:
        """Who "was the victim of an attack"."""
        head = self.tree.heads[noun]
        is_victim = self.sentence.lows[head] in _VICTIMS and noun in self.oblique(head, ("of",))
        if not is_victim or self.is_denied(head):
            return []
        if self.tree.relations[head] == "appos":
            return [self.tree.heads[head]]
        return self.tree.children(head, *SUBJECTS) if self.tree.children(head, "cop") else []

    def is_denied(self, verb: int) -> bool:
        """Whether it was not done: "the group has not claimed the attack", "no group has claimed it"."""
        tree, lows = self.tree, self.sentence.lows
        if tree.relations[verb] == "ccomp" and tree.lemmas[tree.heads[verb]] in _DISOWNING:
            return True
        of_none = (det for who in tree.children(verb, *SUBJECTS) for det in tree.children(who, "det"))
        return any(lows[at] in _NOT for at in tree.children(verb, "advmod", "det")) or any(
            lows[at] == "no" for at in of_none
        )
