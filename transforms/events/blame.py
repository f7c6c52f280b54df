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
_NOT = word_set("not n't never")


def is_circumstance(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is where somebody was arrested, and not what for: "in [a shootout]"."""
    is_any = any(sentence.lows[det] in ("a", "an") for det in tree.children(at, "det"))
    return is_any and any(sentence.lows[case] == "in" for case in tree.children(at, "case"))


class Blame(Control, Complements):
    """A trigger in its tree, asked who is said to stand behind the deed that a noun tells."""

    def blamed(self, head: int, deed: int) -> list[int]:
        """Who is "charged with the murder", who is "the mastermind of the attack"."""
        tree = self.tree
        if tree.lemmas[head] in BLAMED and not is_circumstance(self.sentence, tree, deed):
            subjects, passive = self.subject(head)
            return subjects if passive else tree.children(head, "obj")
        if tree.lemmas[head] in _BLAMING:
            return tree.children(head, "nsubj")
        above = tree.heads[head] if tree.relations[head] == "xcomp" else head  # "is said to be the mastermind"
        return self.subject(above)[0] if tree.lemmas[head] in _AUTHORS else []

    def victims(self, noun: int) -> list[int]:
        """Who "was the victim of an attack"."""
        head = self.tree.heads[noun]
        is_victim = self.sentence.lows[head] in _VICTIMS and noun in self.oblique(head, ("of",))
        return self.tree.children(head, *SUBJECTS) if is_victim else []

    def is_denied(self, verb: int) -> bool:
        """Whether it was not done: "the group has not claimed the attack", "no group has claimed it"."""
        tree, lows = self.tree, self.sentence.lows
        of_none = (det for who in tree.children(verb, *SUBJECTS) for det in tree.children(who, "det"))
        return any(lows[at] in _NOT for at in tree.children(verb, "advmod", "det")) or any(
            lows[at] == "no" for at in of_none
        )
