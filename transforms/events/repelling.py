"""Attacks that were beaten off: told of those who held out, and done by the others."""

from collections.abc import Container

from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set

_REPELLING = word_set("repel repulse")
_OFF = {
    "off": word_set("fight fend ward beat hold drive"),
    "back": word_set("beat push drive throw fight"),
}  # verbs by their particle


def is_repelling(sentence: Sentence, tree: Tree, verb: int) -> bool:
    """Whether a verb tells that an attack was beaten off: "repelled", "fought off"."""
    if tree.lemmas[verb] in _REPELLING:
        return True
    particles = tree.children(verb, "compound:prt", "advmod")
    return any(tree.lemmas[verb] in _OFF.get(sentence.lows[at], ()) for at in particles if at == verb + 1)


def is_repelled(sentence: Sentence, tree: Tree, noun: int) -> bool:
    """Whether the attack that a noun tells was beaten off."""
    is_told = tree.relations[noun] in ("obj", "nsubj:pass")
    return is_told and is_repelling(sentence, tree, tree.heads[noun])


def repels_one(sentence: Sentence, tree: Tree, verb: int, nouns: Container[str]) -> bool:
    """Whether a verb beats off one of the deeds that `nouns` tell, and says nothing else."""
    told = tree.children(verb, "obj", "nsubj:pass")
    return is_repelling(sentence, tree, verb) and any(sentence.lows[at] in nouns for at in told)
