"""The triggers of a sentence: words of the lexicon, verbs and nouns told apart by their tags where it has a tree."""

from typing import Optional

from transforms.events.ontology import Form, Ontology
from transforms.events.roles import MAX_TRIGGERS, Found, triggers_by_order
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree


def find_triggers(sentence: Sentence, ontology: Ontology) -> list[Found]:
    """The triggers of a sentence, in order."""
    if sentence.tree is None:
        return triggers_by_order(sentence, ontology)
    found: list[Found] = []
    at = 0
    while at < len(sentence.lows):
        match = _match(sentence, sentence.tree, ontology, at)
        if match:
            found.append(Found(at, at + match[0], match[1]))
        at += match[0] if match else 1
    return found[:MAX_TRIGGERS]


def _match(sentence: Sentence, tree: Tree, ontology: Ontology, at: int) -> Optional[tuple[int, Form]]:
    low, tag = sentence.lows[at], tree.tags[at]
    verb = ontology.verbs.match(sentence.lows, at) if low in ontology.verbs else None
    noun = ontology.nouns.match(sentence.lows, at) if low in ontology.nouns else None
    if noun and noun[0] > (verb[0] if verb else 0) and noun[0] > 1:
        return noun
    if verb and (tag.startswith("VB") or (verb[0] > 1 and not tag.startswith("NN"))):
        return verb
    if noun and tag.startswith(("NN", "VBG", "JJ")):
        return noun
    if verb and tag == "JJ" and verb[1].tense in ("ed", "participle") and _is_predicate(tree, at):
        return verb
    return None


def _is_predicate(tree: Tree, at: int) -> bool:
    return tree.relations[at] not in ("amod", "compound", "nmod:desc") and not tree.children(at, "det")
