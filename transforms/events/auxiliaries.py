"""The auxiliaries of a verb and the doubts around it: "may attack", "feared an attack", "if they attack"."""

from transforms.events.nouns import SUBJECTS
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import ADVERBS, word_set

ALLEGED = word_set("alleged allegedly purported purportedly supposedly rumored rumoured unconfirmed")
_IMAGINING = word_set("threat fear risk plan plot possibility warning danger threaten foresee expect avert foil")


def find_auxiliaries(sentence: Sentence, tree: Tree, verb: int) -> frozenset[str]:
    """Its auxiliaries, negation and doubts, in lower case; those of the verb before where it shares them."""
    lows = sentence.lows
    words = {lows[at] for at in tree.children(verb, "aux", "aux:pass")}
    adverbs = [at for at in tree.children(verb, "advmod") if lows[at] in ADVERBS]
    words |= {lows[at] for at in adverbs if lows[at : at + 2] not in (["not", "only"], ["not", "just"])}
    words |= {"to"} & {lows[at] for at in tree.children(verb, "mark")}
    if (
        tree.relations[verb] == "conj"
        and not words - {"be"}  # "to resign or [be] arrested"
        and not tree.children(verb, *SUBJECTS)
        and tree.heads[verb] != verb
        and tree.tags[verb] != "VBZ"  # "will go and [calls] for talks"
    ):
        return find_auxiliaries(sentence, tree, tree.heads[verb])
    return frozenset(words | find_doubts(sentence, tree, verb))


def find_doubts(sentence: Sentence, tree: Tree, at: int) -> frozenset[str]:
    """ "possible" where what is told is only feared or planned, "if" where it stands under a condition."""
    lows = sentence.lows
    words: set[str] = set()
    if tree.tags[at].startswith("NN") and tree.lemmas[tree.heads[at]] in _IMAGINING:
        words.add("possible")
    for _ in range(2):
        words |= {"if", "unless", "whether"} & {lows[mark] for mark in tree.children(at, "mark")}
        at = tree.heads[at]
    return frozenset(words)


def is_called_alleged(sentence: Sentence, trigger: int) -> bool:
    """Whether a word right before says that it is alleged, and not of somebody: "her [alleged] lover was arrested"."""
    tree = sentence.tree
    found = [at for at in range(max(trigger - 3, 0), trigger) if sentence.lows[at] in ALLEGED]
    is_verb = tree.tags[trigger].startswith("VB")
    return any(not is_verb or tree.relations[at] != "amod" for at in found)
