"""What the words above a trigger make of it: denied, wanted, feared, judged."""

from typing import Optional

from transforms.events.nouns import SUBJECTS
from transforms.events.sentences import Sentence
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import word_set

_DENYING = word_set("deny prevent avert foil thwart avoid refute disprove stop")
_DENIED = word_set("denied deny denies denying prevented prevent averted foiled thwarted avoid avoided refuted")
_WANTING = word_set(
    "insist threaten plan plot fear warn urge call demand ask order hope want intend seek vow promise refuse decline "
    "consider propose prepare expect predict advise beg encourage pledge agree offer oppose need require discuss "
    "authorize request recommend suggest advocate weigh mull contemplate"
)
_CHARGED = word_set("accuse blame charge convict suspect want")
_KILLING = word_set("assassinate execute hit kill shoot slay target wound")
_SAVING = word_set("rescue free release save find recover return")
_BLAMING = word_set("accuse blame suspect")
_SAID_BESIDE = _BLAMING | word_set(
    "condemn denounce criticize reject dismiss deny praise thank slam call brand defy urge"
)
_HAVING = frozenset(["have", "get"])  # "have them arrested"
_COMING = word_set("will 'll wo shall")
_PUNISHING = word_set("convict sentence acquit imprison trial retrial conviction verdict")  # of a deed that is done
_ANY = word_set("whoever anyone anybody whichever whatever whomever")
_NOUN_LINKS = frozenset(["obj", "obl", "nmod", "nsubj", "nsubj:pass", "conj", "compound"])
_PURSUED = frozenset(["advcl", "xcomp", "ccomp", "obl", "acl"])  # "convicted of killing"
_BARE = frozenset(["VB", "VBG"])
_LETTING = word_set("help make have see watch")  # with an infinitive without "to"
_MODAL = word_set("could would may might should must can")


def judge_governors(sentence: Sentence, tree: Tree, trigger: int) -> Optional[str]:
    """negated, future, hypothetical, alleged or historical, where the words above the trigger say so; else None."""
    if sentence.lows[-1] == "?" or _is_anybody(sentence, tree, trigger):
        return "hypothetical"
    if _is_nobody(sentence, tree, trigger):
        return "negated"
    if tree.tags[trigger].startswith("NN"):
        return _of_noun(sentence, tree, trigger)
    at = trigger
    bare = tree.tags[at] in _BARE and not tree.children(at, "aux")
    for _ in range(MAX_STEPS):
        head = tree.heads[at]
        if head == at or tree.relations[at] in ("acl:relcl", "parataxis"):
            return None
        lemma = tree.lemmas[head]
        around = {sentence.lows[word] for word in tree.children(head, "aux", "mark")}
        is_let = lemma == "let" or (lemma in _LETTING and around & {"to", *_MODAL})
        if at == trigger and tree.tags[at] == "VB" and is_let:
            return "hypothetical"  # "a law that lets victims sue", "to help rebels flee"
        if lemma in _DENYING and tree.relations[at] != "conj":
            return None if _follows(tree, at) else "negated"
        if lemma in _PUNISHING and tree.relations[at] in _PURSUED:
            return "historical"
        if at == trigger and tree.lemmas[at] in _SAID_BESIDE and _follows(tree, at):
            return None  # "ordered him to leave, [accusing] him of theft"
        if bare and lemma in _BLAMING:
            return "alleged"
        if bare and around & _COMING:
            return "future"  # "will end the strike by attacking the camp"
        if bare and around & _MODAL and "have" not in around and tree.relations[at] in ("advcl", "xcomp"):
            return "hypothetical"  # "could end the strike by closing the border"
        if bare and lemma in _WANTING and tree.relations[at] in _PURSUED:
            return "hypothetical"
        if tree.relations[at] != "conj" and not tree.tags[head].startswith(("VBG", "NN")) and lemma not in _HAVING:
            bare = False
        at = head
    return None


def _follows(tree: Tree, at: int) -> bool:
    """Whether the verb `at` tells what came of the one above it: "foiled an attack, [killing] nine"."""
    return tree.relations[at] == "advcl" and not tree.children(at, "mark", "aux")


def has_denial(sentence: Sentence, trigger: int) -> bool:
    """Whether a word before says that it is denied, or prevented: not "a man who [denied] it was jailed"."""
    tree = sentence.tree
    told = [at for at in range(max(trigger - 7, 0), trigger) if sentence.lows[at] in _DENIED]
    return any(tree.is_above(at, trigger) or tree.heads[at] == trigger for at in told)


def is_of_the_killed(tree: Tree, deed: int) -> bool:
    """Whether it is what somebody who is killed had done: "killed a commander wanted for [kidnappings]"."""
    blamed = tree.heads[deed]
    person = tree.heads[blamed]
    if tree.lemmas[blamed] not in _CHARGED or tree.tags[blamed] not in ("VBN", "VBD"):
        return False
    is_killed = tree.relations[person] in ("obj", "nsubj:pass") and tree.lemmas[tree.heads[person]] in _KILLING
    return is_killed and tree.relations[blamed] in ("acl", "acl:relcl")


def is_of_the_rescued(tree: Tree, deed: int) -> bool:
    """Whether it is what those had suffered who are now saved: "rescued 26 [kidnapped] clerks"."""
    person = tree.heads[deed]
    if tree.relations[deed] != "amod" or tree.tags[deed] != "VBN":
        return False
    return tree.relations[person] in ("obj", "nsubj:pass") and tree.lemmas[tree.heads[person]] in _SAVING


def _is_anybody(sentence: Sentence, tree: Tree, trigger: int) -> bool:
    """Whether it is told of whoever does it: "those who kill", "anyone who attacks", "whichever party decides"."""
    people = [trigger, *tree.children(trigger, *SUBJECTS, "obj")]
    if any(sentence.lows[det] in _ANY for at in people for det in (at, *tree.children(at, "det"))):
        return True
    head = tree.heads[trigger]
    perfect_or_now = tree.tags[trigger] in ("VBP", "VBZ") or {"are", "is", "have", "has"} & {
        sentence.lows[aux] for aux in tree.children(trigger, "aux", "aux:pass")
    }
    return tree.relations[trigger] == "acl:relcl" and bool(perfect_or_now) and sentence.lows[head] in _ANY | {"those"}


def _is_nobody(sentence: Sentence, tree: Tree, trigger: int) -> bool:
    """Whether nobody does or suffers it: "there are no foreigners being held", "killed no soldiers"."""
    people = tree.children(trigger, *SUBJECTS, "obj")
    if tree.relations[trigger] in ("acl", "acl:relcl"):
        people.append(tree.heads[trigger])
    people = [at for at in people if sentence.lows[at] != "confidence"]  # who votes no confidence votes
    return any(sentence.lows[det] in ("no", "neither") for at in people for det in tree.children(at, "det"))


def _of_noun(sentence: Sentence, tree: Tree, noun: int) -> Optional[str]:
    """By the verb under which a noun stands: "fear attacks", "will carry out attacks", "prevented an attack"."""
    around = {sentence.lows[at] for at in tree.children(noun, "det", "amod")}
    if around & {"no", "any", "possible", "potential"}:
        return "negated" if "no" in around else "hypothetical"
    at = noun
    for _ in range(3):
        if tree.relations[at] not in _NOUN_LINKS:
            return None
        at = tree.heads[at]
        if tree.lemmas[at] in _PUNISHING:
            return "historical"
        if tree.tags[at].startswith("VB"):
            break
    lemma, words = tree.lemmas[at], {sentence.lows[aux] for aux in tree.children(at, "aux", "advmod")}
    if tree.heads[noun] != at:
        return None
    if lemma in _DENYING:
        return "negated"
    if lemma in _WANTING - {"order"}:
        return "hypothetical"
    if "not" in words and not words & _MODAL:
        return None
    if "will" in words:
        return "future"
    if words & _MODAL and "have" not in words:
        return "hypothetical"
    to = any(sentence.lows[mark] == "to" for mark in tree.children(at, "mark"))
    return "hypothetical" if to and tree.relations[at] in ("xcomp", "acl", "advcl") else None
