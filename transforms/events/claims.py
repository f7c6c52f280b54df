"""Who says that he did what the article tells, or is held to have done it: "the Front claimed the bombing"."""

from typing import Optional

from transforms.events.agency import Agency
from transforms.events.ontology import Ontology
from transforms.events.sentences import Sentence
from transforms.events.wordlists import word_set

_BEARING = word_set("claim take assume accept bear admit acknowledge attribute share")
_ACTS = word_set("act action operation")
_DEED = word_set(
    "incident case crime crimes death deaths homicide homicides manslaughter slaying slayings murder murders"
)


def claiming(clause: Agency, at: int) -> Optional[list[int]]:
    """Who claimed responsibility, or is held responsible; None where the words say something else."""
    tree, head, relation = clause.tree, clause.tree.heads[at], clause.tree.relations[at]
    if tree.lemmas[at] == "responsible":
        return clause.subject(at)[0] if relation in ("ROOT", "ccomp", "conj", "acl:relcl") else None
    if tree.lemmas[head] not in _BEARING:
        return None  # "turned responsibility for the hospital over to the army"
    if relation == "obj":
        return [] if clause.is_denied(head) else clause.subject(head)[0]
    return clause.agents(head) if relation == "nsubj:pass" else None


def claiming_deed(clause: Agency, verb: int) -> Optional[list[int]]:
    """Who claimed the deed itself: "[the group] claimed the bombing"."""
    deeds = clause.tree.children(verb, "obj")
    if any(map(clause.is_one_of_two, deeds)):
        return None
    are_acts = any(clause.sentence.lows[at] in _ACTS for at in deeds)
    are_acts |= any(is_deed(clause.sentence, at, clause.ontology) for at in deeds)
    if clause.is_denied(verb) or not are_acts:
        return None
    return clause.subject(verb)[0]


def is_deed(sentence: Sentence, at: int, ontology: Ontology) -> bool:
    if sentence.tree.lemmas[at] == "body":  # "accused them of hiding bodies"
        return False
    table = ontology.nouns if sentence.tree.tags[at].startswith("NN") else ontology.verbs
    match = table.match(sentence.lows, at) if sentence.lows[at] in table else None
    return sentence.lows[at] in _DEED or bool(match and match[1].trigger.event_type == "ASSAULT")
