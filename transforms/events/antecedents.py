"""Whom a pronoun stands for, as far as its own sentence says."""

from collections.abc import Container
from typing import Optional

from transforms.events.nouns import SUBJECTS
from transforms.events.predicates import bearer
from transforms.events.sentences import Sentence
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import TELLING, word_set

_RELATIVE = frozenset(["who", "which", "that", "whom"])
_PERSONAL = word_set("he she they him her them it we")
_OWNING = frozenset(["its", "their"])
_OWNERS_OF = {"he": {"his"}, "him": {"his"}, "she": {"her"}, "her": {"her"}}
_BODIES = word_set(  # which say "it" of themselves
    "army navy military government ministry police force group movement militia union company department agency office "
    "party court jury panel board regulator authority watchdog council coalition command presidency parliament bank "
    "newspaper mission association opposition assembly senate congress organization organisation administration "
    "cabinet regime junta guard federation front faction alliance cartel brigade battalion commission committee"
)
_MANY = word_set("department police force army navy office group team family union agency")  # which say "they" as well
_MEDIA = word_set("newspaper daily television radio channel broadcaster")  # which tell of others
_HANDED_ON = frozenset(["conj", "xcomp", "advcl"])  # relations of a verb that has its subject from the one above
INSIDE = frozenset(["compound", "flat", "appos", "nmod:desc", "vocative"])  # relations of words in another's phrase
_ORDERING = word_set("order demand request urge recommend rule direct command")
_QUOTES = frozenset(['"', "“", "”", "``", "''"])


def find_antecedent(
    sentence: Sentence, tree: Tree, at: int, trigger: int, reporters: Container[str] = frozenset()
) -> int:
    """The noun for which word `at` stands beside the trigger; `at` itself where it is no pronoun or none is known.

    `reporters` are those who tell of others: "police said he fired".
    """
    low = sentence.lows[at]
    if low in _RELATIVE:
        clause = tree.heads[at]
        for _ in range(MAX_STEPS):
            if tree.relations[clause] in ("acl:relcl", "acl"):
                return bearer(sentence, tree, tree.heads[clause])
            clause = tree.heads[clause]
    elif low in _PERSONAL:
        found = _speaker(sentence, tree, at, trigger)
        is_teller = sentence.lows[found] in reporters and tree.relations[found] != "obj"
        is_medium = sentence.lows[found] in _MEDIA or "news" in sentence.lows[found - 1 : found]
        return at if is_teller and (low != "it" or is_medium) else found
    return at


def find_owner(sentence: Sentence, tree: Tree, noun: int) -> Optional[int]:
    """Whose a noun is, as far as the verbs above it say: "[Norway] said its forces ..."; None where nobody fits."""
    owners = [at for at in tree.children(noun, "nmod:poss") if sentence.lows[at] in _OWNING]
    found = _speaker(sentence, tree, owners[0], noun) if owners else noun
    is_body = tree.kinds[found] in ("GPE", "ORG", "NORP") or sentence.lows[found] in _BODIES
    return found if owners and is_body else None


def _speaker(sentence: Sentence, tree: Tree, pronoun: int, trigger: int) -> int:
    """The subject or object of a verb above that a pronoun can stand for: "Norway said it will mediate".

    The pronoun itself where there is none: it stands for someone of another sentence then.
    """
    clause, doers = trigger, _doers(sentence, tree, pronoun)
    for _ in range(MAX_STEPS):
        if tree.heads[clause] == clause:
            break
        is_ordered = tree.relations[clause] == "ccomp" and tree.lemmas[tree.heads[clause]] in _ORDERING
        clause = tree.heads[clause]
        if is_ordered:  # "the judge ordered that he be freed": another
            doers = [*doers, *tree.children(_with_subject(tree, clause), "nsubj")]
        others = [at for at in tree.children(clause, *SUBJECTS, "obj") if at < pronoun and at not in doers]
        others = [bearer(sentence, tree, tree.heads[clause]) if sentence.lows[at] == "which" else at for at in others]
        if sentence.lows[pronoun] == "they":  # "was hijacked by [rebels] after they blew up the track"
            agents = tree.children(clause, "obl:agent")
            others = [*(at for at in agents if at < pronoun), *others]
        fitting = [at for at in others if _fits(sentence, tree, pronoun, at) and not _quotes(sentence, at, pronoun)]
        fitting = [at for at in fitting if not speaks_of_own(sentence, tree, at, sentence.lows[pronoun])]
        if fitting:
            found = next((at for at in fitting if tree.kinds[at] == "PERSON"), fitting[0])
            nearer = _nearer(sentence, tree, found, pronoun) if sentence.lows[clause] in TELLING else []
            return found if not nearer else nearer[0] if len(nearer) == 1 else pronoun
    return pronoun


def _doers(sentence: Sentence, tree: Tree, pronoun: int) -> list[int]:
    """Whom a pronoun cannot mean that suffers what they do: "[soldiers] arrested two men and beat them"."""
    if tree.relations[pronoun] not in ("obj", "iobj"):
        return []
    verb = _with_subject(tree, tree.heads[pronoun])
    own = tree.children(verb, "nsubj")
    return [*own, *(_speaker(sentence, tree, at, verb) for at in own if sentence.lows[at] in _PERSONAL)]


def _with_subject(tree: Tree, verb: int) -> int:
    """The verb itself, or the one above that hands its subject on to it."""
    while tree.relations[verb] in _HANDED_ON and not tree.children(verb, *SUBJECTS):
        verb = tree.heads[verb]
    return verb


def _nearer(sentence: Sentence, tree: Tree, speaker: int, pronoun: int) -> list[int]:
    """Those of whom somebody tells before the pronoun: "Reed said when [the uncle] came, he fired"."""
    between = range(max(speaker, tree.heads[speaker]) + 1, pronoun)
    people = [at for at in between if tree.relations[at] in SUBJECTS or tree.kinds[at] == "PERSON"]
    heads = [at for at in people if tree.relations[at] not in INSIDE and _fits(sentence, tree, pronoun, at)]
    return heads if sentence.lows[pronoun] in ("he", "she") else []


def _fits(sentence: Sentence, tree: Tree, pronoun: int, noun: int) -> bool:
    """By number, and by whether it is a person: "she" is not the paramedics, "it" is not a man."""
    low, tag = sentence.lows[pronoun], tree.tags[noun]
    if not tag.startswith("NN"):
        return False
    is_body = tree.kinds[noun] in ("GPE", "ORG")
    if low == "their" and is_body:
        return True
    if low in ("it", "its"):
        return is_body or sentence.lows[noun] in _BODIES
    if low in ("they", "them") and sentence.lows[noun] in _MANY:
        return True
    if low in ("he", "she", "him", "her"):
        return not is_body and sentence.lows[noun] not in _BODIES and tag in ("NN", "NNP")
    return not is_body


def speaks_of_own(sentence: Sentence, tree: Tree, at: int, pronoun: str) -> bool:
    """Whether a teller is told by whose he is, so that a pronoun means the other: "[his] father said [he] was hit"."""
    is_teller = tree.relations[at] in SUBJECTS and sentence.lows[tree.heads[at]] in TELLING
    owners = {sentence.lows[owner] for owner in tree.children(at, "nmod:poss")}
    return is_teller and bool(owners & _OWNERS_OF.get(pronoun, frozenset()))


def _quotes(sentence: Sentence, speaker: int, pronoun: int) -> bool:
    """Whether the pronoun stands in words that are quoted and `speaker` does not: who speaks of himself says "I"."""
    marks = sum(text in _QUOTES for text in sentence.texts[:pronoun])
    return marks % 2 == 1 and sum(text in _QUOTES for text in sentence.texts[:speaker]) % 2 == 0
