"""Whether a sentence states an event itself, or only tells it beside what it states.

"Protesters burned the court that convicted him" states the burning and not the conviction.
"""

from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import word_set

_ON = frozenset(["conj", "parataxis", "xcomp", "ccomp"])  # what goes on with, or completes, what a sentence states
_OTHER = frozenset(["for", "after", "before", "since", "despite", "without"])  # another deed: "praised him for helping"
_HELD = frozenset(["nsubj", "nsubj:pass", "obj"])  # a noun beside its verb: "an attack killed five"
_JUDGING = word_set(  # of a deed that is done: "condemned the killing"
    "condemn denounce deplore decry criticize lament regret mourn avenge investigate probe commemorate recall remember "
    "discuss address welcome hail praise deny"
)


def is_asserted(tree: Tree, at: int) -> bool:
    """Whether the word `at` is what its sentence states, completes it, or stands right beside it as a noun."""
    if tree.tags[at].startswith("NN") and tree.relations[at] in _HELD:
        is_judged = tree.relations[at] != "nsubj" and tree.lemmas[tree.heads[at]] in _JUDGING
        if is_judged:
            return False
        at = tree.heads[at]
    for _ in range(MAX_STEPS):
        if tree.heads[at] == at:
            return True
        marks = {tree.lemmas[mark] for mark in tree.children(at, "mark")}
        is_aside = tree.relations[at] == "advcl" and tree.tags[at] == "VBG"
        elaborates = is_aside and not marks & _OTHER  # "hit back, accusing the minister"
        if tree.relations[at] not in _ON and not elaborates:
            return False
        at = tree.heads[at]
    return False
