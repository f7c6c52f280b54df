"""Who is held to have done what the article tells, in sentences that do not tell it: claims, arrests and charges.

And what was hit, where a sentence tells only where the bomb was put.
"""

from typing import Optional

from transforms.events.agency import Agency
from transforms.events.blame import is_circumstance
from transforms.events.claims import claiming, claiming_deed, is_deed
from transforms.events.habits import is_charge_at_large
from transforms.events.lists import listed_phrases
from transforms.events.nouns import SUBJECTS
from transforms.events.ontology import Form, Ontology, Trigger
from transforms.events.phrases import Phrase
from transforms.events.roles import Found
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import PRONOUNS, RELATIVES, word_set

_UNSURE = word_set("if unless whether possible could may might would will not n't to")
_CLAIM = Form(Trigger("claim", "ASSAULT", weak=True), "noun")
_CHARGING = word_set(
    "arrest detain hold charge accuse suspect convict indict book jail want seek sentence blame apprehend"
)
_ATTRIBUTING = word_set("attribute blame pin")
_PLACING = word_set("place plant leave put throw hurl toss lob")
_COMMITTING = word_set("commit perpetrate")
_HELD = frozenset(["responsibility", "credit", "responsible"])
_SEEKING = word_set("hunt seek")
_HUNTING = _SEEKING | word_set("search look")
_CULPRITS = word_set("gunman shooter attacker assailant killer knifeman stabber bomber robber arsonist")
_TELLING_WHO = frozenset(["claim"]) | _HUNTING | _HELD | _CHARGING | _ATTRIBUTING | _PLACING | _COMMITTING
_ACTS = word_set("act acts action actions bomb bombs violence")
_SERIES = frozenset(["wave", "string", "series", "spate"])
_TIED = frozenset(["obl", "nmod", "advcl", "obj", "conj", "compound", "xcomp", "acl"])


def find_culprits(sentence: Sentence, ontology: Ontology) -> tuple[Phrase, ...]:
    """Who claims it, is held responsible for it, or is arrested or charged because of it."""
    tree = sentence.tree
    for at, lemma in enumerate(tree.lemmas):
        if lemma not in _TELLING_WHO:
            continue
        clause = Agency(sentence, tree, Found(at, at + 1, _CLAIM), ontology)
        heads = None
        if lemma in _HELD:
            heads = claiming(clause, at)
        elif lemma == "claim" and tree.tags[at].startswith("VB"):
            heads = claiming_deed(clause, at)
        elif lemma in _CHARGING and _tells_deed(sentence, tree, at, ontology):
            subjects, passive = clause.subject(at)
            heads = [_named(tree, who) for who in (subjects if passive else clause.objects(at))]
        elif lemma in _ATTRIBUTING:
            heads = clause.oblique(at, ("to", "on")) if _is_of_deed(sentence, tree, at, ontology) else None
        elif lemma in _HUNTING and tree.tags[at].startswith("VB"):
            heads = _hunted(clause, at)
        elif lemma in _PLACING and tree.tags[at].startswith("VB"):
            heads = _placing(clause, at)
        elif lemma in _COMMITTING:
            heads = _committing(clause, at)
        if heads is not None:
            return listed_phrases(sentence, tree, heads)
    return ()


def _named(tree: Tree, at: int) -> int:
    """The name of somebody, where a word only says who he is: "[Tom Ray], a tycoon convicted of murder"."""
    head = tree.heads[at]
    return head if tree.relations[at] == "appos" and tree.kinds[head] == "PERSON" else at


def _hunted(clause: Agency, verb: int) -> Optional[list[int]]:
    """For whom the police are looking: "are searching for [two gunmen]"."""
    objects = clause.tree.children(verb, "obj") if clause.tree.lemmas[verb] in _SEEKING else []
    found = [at for at in (*objects, *clause.oblique(verb, ("for",))) if clause.tree.lemmas[at] in _CULPRITS]
    return found or None


def _committing(clause: Agency, verb: int) -> Optional[list[int]]:
    """Who committed the crime that is told; None where it is not said to have been done."""
    if clause.is_denied(verb) or clause.auxiliaries(verb) & _UNSURE:
        return None
    subjects, is_passive = clause.subject(verb)
    deeds = subjects if is_passive else clause.objects(verb)
    if not any(is_deed(clause.sentence, at, clause.ontology) or clause.sentence.lows[at] in _ACTS for at in deeds):
        return None
    return clause.agents(verb) if is_passive else subjects


def find_targets(sentence: Sentence, ontology: Ontology) -> tuple[Phrase, ...]:
    """What a bomb was placed or thrown at."""
    tree, heads = sentence.tree, []
    for at, lemma in enumerate(tree.lemmas):
        if lemma in _PLACING and tree.tags[at].startswith("VB"):
            clause = Agency(sentence, tree, Found(at, at + 1, _CLAIM), ontology)
            is_sure = not clause.auxiliaries(at) & _UNSURE and _is_of_bomb(clause, at)
            heads += clause.beside(at) if is_sure else []
    return listed_phrases(sentence, tree, heads) if heads else ()


def _is_of_bomb(clause: Agency, verb: int) -> bool:
    subjects, is_passive = clause.subject(verb)
    return any(_is_bomb(clause, at) for at in (subjects if is_passive else clause.tree.children(verb, "obj")))


def _placing(clause: Agency, verb: int) -> Optional[list[int]]:
    """Who placed or threw a bomb, by name or description; None where the verb is of something else."""
    tree, lows = clause.tree, clause.sentence.lows
    if clause.is_denied(verb) or any(lows[at] in PRONOUNS - RELATIVES for at in tree.children(verb, "nsubj")):
        return None
    if any(_is_bomb(clause, at) for at in tree.children(verb, "obj")):
        return clause.subject(verb)[0]
    suffering, is_passive = clause.subject(verb)
    return clause.agents(verb) if is_passive and any(_is_bomb(clause, at) for at in suffering) else None


def _is_bomb(clause: Agency, at: int) -> bool:
    match = clause.ontology.means.match(clause.sentence.lows, at)
    return bool(match) and match[1] == "explosives"


def _is_of_deed(sentence: Sentence, tree: Tree, verb: int, ontology: Ontology) -> bool:
    """Whether it is violence that a verb attributes to somebody: "an attack attributed to", "blamed the bomb on"."""
    nouns = tree.children(verb, "obj", *SUBJECTS)
    nouns += [tree.heads[verb]] if tree.relations[verb] in ("acl", "acl:relcl") else []
    return any(is_deed(sentence, at, ontology) or sentence.lows[at] in _ACTS for at in nouns)


def _tells_deed(sentence: Sentence, tree: Tree, verb: int, ontology: Ontology) -> bool:
    """Whether the words below a verb say that it is for violence: "arrested in connection with the shooting"."""
    todo = [
        kid for kid in tree.kids[verb] if kid > verb and tree.relations[kid] in _TIED and tree.relations[kid] != "conj"
    ]
    todo = [kid for kid in todo if not is_circumstance(sentence, tree, kid)]
    while todo:
        at = todo.pop()
        if tree.lemmas[at] in _SERIES:  # "blamed rebels for a wave of attacks"
            return False
        if (tree.relations[at] != "obj" or tree.heads[at] != verb) and is_deed(sentence, at, ontology):
            return not is_charge_at_large(sentence, tree, at)
        todo += [kid for kid in tree.kids[at] if tree.relations[kid] in _TIED]
    return False
