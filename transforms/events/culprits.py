"""Who is held to have done what the article tells, in sentences that do not tell it: claims, arrests and charges.

And what was hit, where a sentence tells only where the bomb was put.
"""

from typing import Optional

from transforms.events.agency import Agency
from transforms.events.attackers import identities
from transforms.events.blame import is_circumstance
from transforms.events.claims import claiming, claiming_deed, is_deed
from transforms.events.habits import is_charge_at_large, is_habit
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
_COMMITTING = word_set("commit perpetrate carry stage mount conduct")
_POINTING = {  # nouns of phrases that put a deed on somebody: their verbs, and what ties him to either
    "door": (word_set("lay"), ("of",)),
    "finger": (word_set("point"), ("at",)),
    "suspicion": (word_set("fall"), ("on",)),
    "hallmark": (word_set("bear carry have"), ("of",)),
}
_HELD = frozenset(["responsibility", "credit", "responsible"])
_SEEKING = word_set("hunt seek")
_HUNTING = _SEEKING | word_set("search look")
_AT_FIRST = frozenset(["first", "initially", "originally"])
_SUSPECTING = word_set("blame suspect")
_OUTLAWS = frozenset(["UAF", "REB", "CRM"])  # sectors
_OF_BODIES = RELATIVES | {"it"}  # pronouns
_CULPRITS = word_set("gunman shooter attacker assailant killer knifeman stabber bomber robber arsonist")
_TELLING_WHO = (
    frozenset(["claim", "behind", *_POINTING]) | _HUNTING | _HELD | _CHARGING | _ATTRIBUTING | _PLACING | _COMMITTING
)
_ACTS = word_set("act acts action actions bomb bombs violence operation what it this")
_SERIES = frozenset(["wave", "string", "series", "spate"])
_TIED = frozenset(["obl", "nmod", "advcl", "obj", "conj", "compound", "xcomp", "acl"])


def find_culprits(sentence: Sentence, ontology: Ontology) -> tuple[Phrase, ...]:
    """Who claims it, is held responsible for it, or is arrested or charged because of it."""
    tree = sentence.tree
    for at, lemma in enumerate(tree.lemmas):
        if lemma in _TELLING_WHO:
            clause = Agency(sentence, tree, Found(at, at + 1, _CLAIM), ontology)
            is_verb = tree.tags[at].startswith("VB")
            heads = _by_verb(clause, at) if is_verb else _by_noun(clause, at)
            if heads is not None:
                return listed_phrases(sentence, tree, heads)
    return listed_phrases(sentence, tree, identities(sentence, ontology))


def _by_verb(clause: Agency, verb: int) -> Optional[list[int]]:
    """Who did it by a verb that tells so; None where it is of something else."""
    sentence, tree, lemma = clause.sentence, clause.tree, clause.tree.lemmas[verb]
    if lemma == "claim":
        return claiming_deed(clause, verb)
    if lemma in _CHARGING and _tells_deed(sentence, tree, verb, clause.ontology):
        subjects, passive = clause.subject(verb)
        return [_named(tree, who) for who in (subjects if passive else clause.objects(verb))]
    if lemma in _ATTRIBUTING and (deeds := _deeds(clause, verb)):
        blamed = clause.oblique(verb, ("to", "on")) or [who for at in deeds for who in clause.oblique(at, ("to", "on"))]
        return blamed[-1:]  # a parser may tie them to the deed: "attributed the attack on the bus to [rebels]"
    if lemma in _SUSPECTING:
        return _suspected(clause, verb)
    if lemma in _HUNTING:
        return _hunted(clause, verb)
    if lemma in _PLACING:
        return _placing(clause, verb)
    return _committing(clause, verb) if lemma in _COMMITTING else None


def _by_noun(clause: Agency, at: int) -> Optional[list[int]]:
    """Who did it by a word that is no verb: "claimed [responsibility]", "was [behind] it", "laid at the [door] of"."""
    tree, lemma = clause.tree, clause.tree.lemmas[at]
    verb = tree.heads[at]
    if lemma in _HELD:
        return claiming(clause, at)
    if lemma == "behind":
        is_told = tree.relations[at] == "case" and bool(tree.children(verb, "cop"))
        return clause.subject(verb)[0] if is_told and _is_deed(clause, verb) and not clause.is_denied(verb) else None
    verbs, words = _POINTING.get(lemma, ((), ()))
    if tree.lemmas[verb] not in verbs or clause.is_denied(verb):
        return None
    return [who for head in (at, verb) for who in clause.oblique(head, words) if who != at and _is_armed(clause, who)]


def _suspected(clause: Agency, verb: int) -> Optional[list[int]]:
    """Which armed group somebody suspects, where it is not said of what: "police blamed [the Front]"."""
    is_of_now = _AT_FIRST.isdisjoint(clause.sentence.lows) and not clause.oblique(verb, ("for", "of"))
    suspects = clause.objects(verb) if is_of_now else []
    return [who for who in suspects if _is_armed(clause, who)] or None


def _is_armed(clause: Agency, at: int) -> bool:
    """Whether somebody is of those who attack: an armed group, a body that no table knows, elements of one."""
    groups = [at, *clause.oblique(at, ("of",))]
    return any(clause.sector_of(who) in _OUTLAWS or clause.tree.kinds[who] == "ORG" for who in groups)


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
    if clause.tree.lemmas[verb] == "carry" and not clause.tree.children(verb, "compound:prt"):  # "carrying the injured"
        return None
    subjects, is_passive = clause.subject(verb)
    deeds = subjects if is_passive else clause.objects(verb)
    if not any(_is_deed(clause, at) and not is_habit(clause.sentence, clause.tree, at) for at in deeds):
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
    if clause.is_denied(verb) or any(lows[at] in PRONOUNS - _OF_BODIES for at in tree.children(verb, "nsubj")):
        return None
    if any(_is_bomb(clause, at) for at in tree.children(verb, "obj")):
        return clause.subject(verb)[0]
    suffering, is_passive = clause.subject(verb)
    return clause.agents(verb) if is_passive and any(_is_bomb(clause, at) for at in suffering) else None


def _is_bomb(clause: Agency, at: int) -> bool:
    match = clause.ontology.means.match(clause.sentence.lows, at)
    return bool(match) and match[1] == "explosives"


def _deeds(clause: Agency, verb: int) -> list[int]:
    """The violence that a verb attributes to somebody: "an [attack] attributed to", "blamed the [bomb] on"."""
    tree = clause.tree
    nouns = tree.children(verb, "obj", *SUBJECTS)
    nouns += [tree.heads[verb]] if tree.relations[verb] in ("acl", "acl:relcl") else []
    return [at for at in nouns if _is_deed(clause, at)]


def _is_deed(clause: Agency, at: int) -> bool:
    return is_deed(clause.sentence, at, clause.ontology) or clause.sentence.lows[at] in _ACTS


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
