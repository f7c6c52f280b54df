"""Who says that he did what the article tells, or is held to have done it: "the Front claimed the bombing"."""

from typing import Optional

from transforms.events.agency import Agency
from transforms.events.nouns import SUBJECTS
from transforms.events.ontology import Ontology
from transforms.events.sentences import Sentence
from transforms.events.wordlists import TELLING, word_set

_BORNE = frozenset(["responsibility", "credit"])
_BEARING = word_set("claim take assume accept bear admit acknowledge attribute share")
_ACTS = word_set("act action operation")
_DEED = word_set(
    "incident case crime crimes death deaths homicide homicides manslaughter slaying slayings murder murders"
)


def claiming(clause: Agency, at: int) -> Optional[list[int]]:
    """Who claimed responsibility, or is held responsible; None where the words say something else."""
    tree, head, relation = clause.tree, clause.tree.heads[at], clause.tree.relations[at]
    if tree.lemmas[at] == "responsible":
        if relation in ("ROOT", "ccomp", "conj", "acl:relcl"):
            return clause.subject(at)[0]
        if tree.children(tree.heads[head], "cop") and tree.relations[head] == "nsubj":
            return [tree.heads[head]]  # "those responsible are [drug traffickers]"
        return _held_responsible(clause, head) if tree.lemmas[head] == "hold" else None
    if tree.lemmas[at] in _BORNE and tree.lemmas[head] not in _BEARING:
        return None  # "turned responsibility for the hospital over to the army"
    if relation == "obj":
        is_none = any(clause.sentence.lows[det] == "no" for det in tree.children(at, "det"))
        return [] if is_none or clause.is_denied(head) else clause.subject(head)[0]
    return clause.agents(head) if relation == "nsubj:pass" else None


def _held_responsible(clause: Agency, verb: int) -> list[int]:
    """Who is held responsible: "was held responsible", "they hold [the rebels] responsible"."""
    subjects, is_passive = clause.subject(verb)
    return subjects if is_passive else clause.tree.children(verb, "obj") or subjects


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


def explaining(clause: Agency, at: int) -> Optional[list[int]]:
    """The armed group that tells what an attack was for, which is then its own: "[the Front] said that the bombing was
    aimed at soldiers", "was in revenge"."""
    tree, head = clause.tree, clause.tree.heads[at]
    is_told = tree.relations[at] == "ccomp" and clause.sentence.lows[head] in TELLING
    if not is_told or clause.is_denied(at) or clause.is_denied(head) or clause.agents(at):
        return None
    if not any(is_deed(clause.sentence, deed, clause.ontology) for deed in tree.children(at, *SUBJECTS)):
        return None
    return [who for who in clause.subject(head)[0] if clause.sector_of(who) == "REB"] or None


def is_deed(sentence: Sentence, at: int, ontology: Ontology) -> bool:
    if sentence.tree.lemmas[at] == "body":  # "accused them of hiding bodies"
        return False
    table = ontology.nouns if sentence.tree.tags[at].startswith("NN") else ontology.verbs
    match = table.match(sentence.lows, at) if sentence.lows[at] in table else None
    return sentence.lows[at] in _DEED or bool(match and match[1].trigger.event_type == "ASSAULT")
