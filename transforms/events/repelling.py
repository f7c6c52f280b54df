"""Attacks that were beaten off: told of those who held out, and done by the others."""

from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set

_REPELLING = word_set("repel repulse")
_OFF = {
    "off": word_set("fight fend ward beat hold drive"),
    "back": word_set("beat push drive throw fight"),
}  # verbs by their particle


def is_repelled(sentence: Sentence, tree: Tree, noun: int) -> bool:
    """Whether the attack that a noun tells was beaten off: "repelled", "fought off"."""
    verb = tree.heads[noun]
    if tree.relations[noun] not in ("obj", "nsubj:pass"):
        return False
    particles = tree.children(verb, "compound:prt", "advmod")
    is_off = any(tree.lemmas[verb] in _OFF.get(sentence.lows[at], ()) for at in particles if at == verb + 1)
    return is_off or tree.lemmas[verb] in _REPELLING
