"""What the words above a trigger make of it: denied, wanted, feared, judged."""

from typing import Optional

from transforms.events.nouns import SUBJECTS
from transforms.events.sentences import Sentence
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import word_set

ONLY_POSSIBLE = word_set("possible potential would-be imminent hypothetical")
_REFUTING = frozenset(["deny", "refute"])
_INDEFINITE = frozenset(["a", "an", "any"])
_DENYING = word_set("deny prevent avert foil thwart avoid refute disprove stop")
_DENIED = word_set("denied deny denies denying prevented prevent averted foiled thwarted avoid avoided refuted")
_WANTING = word_set(
    "insist threaten plan plot fear warn urge call demand ask order hope want intend seek vow promise refuse decline "
    "consider propose prepare expect predict advise beg encourage pledge agree offer oppose need require discuss "
    "authorize condemn denounce criticize request recommend suggest advocate weigh mull contemplate"
)
_JUDGING = word_set("condemn denounce criticize")  # of a deed that may be any
_CHARGED = word_set("accuse blame charge convict suspect want")
_KILLING = word_set("assassinate execute hit kill shoot slay target wound")
_SAVING = word_set("rescue free release save find recover return")
_BLAMING = word_set("accuse blame suspect")
_SAID_BESIDE = _JUDGING | _BLAMING | word_set("reject dismiss deny praise thank slam describe call brand defy urge")
_RUMOURED = word_set("rumor rumour")
_SCHEDULING = word_set("schedule plan slate propose expect")  # "an offensive scheduled for May"
_HAVING = frozenset(["have", "get"])  # "have them arrested"
_COMING = word_set("will 'll wo shall")
_PUNISHING = word_set("convict sentence acquit imprison trial retrial conviction verdict")  # of a deed that is done
_LOOKING_INTO = word_set("investigate probe examine clarify punish condemn prosecute avenge")  # what is done
_ASKING = word_set("do does did would will can could is are was were has have should")
_ANY = word_set("whoever anyone anybody whichever whatever whomever")
_NOUN_LINKS = frozenset(["obj", "obl", "nmod", "nsubj", "nsubj:pass", "conj", "compound"])
_PURSUED = frozenset(["advcl", "xcomp", "ccomp", "obl", "acl"])  # "convicted of killing"
_BARE = frozenset(["VB", "VBG"])
_LETTING = word_set("let help make have see watch")  # with an infinitive without "to"
_ASKING_THAT = word_set("ask demand order propose recommend request urge")  # "demanded that rebels withdraw"
_MODAL = word_set("could would may might should must can")
_POSSIBLE = word_set("to would could may might should must can")


def is_only_possible(sentence: Sentence, trigger: int) -> bool:
    """Whether a word right before says that it may come, and not that of another: "[possible] charges in the death"."""
    told = [at for at in range(max(trigger - 4, 0), trigger) if sentence.lows[at] in ONLY_POSSIBLE]
    tree = sentence.tree
    return any(trigger in (tree.heads[at], tree.heads[tree.heads[at]]) for at in told)


def judge_governors(sentence: Sentence, tree: Tree, trigger: int) -> Optional[str]:
    """negated, future, hypothetical, alleged or historical, where the words above the trigger say so; else None."""
    if sentence.lows[-1] == "?" or _is_question(sentence, tree) or _is_anybody(sentence, tree, trigger):
        return "hypothetical"
    if _is_nobody(sentence, tree, trigger):
        return "negated"
    if tree.tags[trigger].startswith("NN"):
        return _of_noun(sentence, tree, trigger)
    at, bare = trigger, _is_bare(tree, trigger)
    for _ in range(MAX_STEPS):
        head = tree.heads[at]
        if head == at or tree.relations[at] in ("acl:relcl", "parataxis"):
            return None
        lemma = tree.lemmas[head]
        if at == trigger and lemma in _LETTING and _is_only_let(sentence, tree, trigger):
            return "hypothetical"
        if lemma in _DENYING and tree.relations[at] != "conj":
            return None if follows(sentence, at) else "negated"
        if lemma in _PUNISHING and tree.relations[at] in _PURSUED:
            return "historical"
        if at == trigger and tree.lemmas[at] in _SAID_BESIDE and follows(sentence, at):
            return None  # "ordered him to leave, [accusing] him of theft"
        if any(tree.lemmas[who] in _RUMOURED for who in (head, *tree.children(head, *SUBJECTS))):
            is_reason = lemma not in _RUMOURED or tree.relations[head] in ("obl", "nmod")  # of what was done for it
            return "hypothetical" if is_reason else "alleged"
        if bare and lemma in _BLAMING:
            return "alleged"
        around = {sentence.lows[aux] for aux in tree.children(head, "aux")}
        if bare and around & _COMING:
            return "future"  # "will end the strike by attacking the camp"
        if bare and around & _MODAL and "have" not in around and tree.relations[at] in ("advcl", "xcomp"):
            return "hypothetical"  # "could end the strike by closing the border"
        if bare and lemma in _WANTING - _JUDGING and tree.relations[at] in ("xcomp", "advcl", "ccomp", "obl", "acl"):
            return "hypothetical"
        if tree.relations[at] != "conj" and not tree.tags[head].startswith(("VBG", "NN")) and lemma not in _HAVING:
            bare = False
        at = head
    return None


def _is_bare(tree: Tree, verb: int) -> bool:
    """Whether a verb is told under another: "vowed to [attack]"; "threatened to have them [arrested]" too."""
    is_had = tree.relations[verb] in ("xcomp", "ccomp") and tree.lemmas[tree.heads[verb]] in _HAVING
    clause = tree.heads[verb] if tree.relations[verb] == "conj" else verb
    is_asked = tree.relations[clause] == "ccomp" and tree.lemmas[tree.heads[clause]] in _ASKING_THAT
    is_bare = (
        tree.tags[verb] in _BARE
        or (is_asked and tree.tags[verb] == "VBP")
        or (tree.tags[verb] in ("VBN", "VBD") and is_had)
    )
    return is_bare and not tree.children(verb, "aux")


def follows(sentence: Sentence, at: int) -> bool:
    """Whether the verb `at` tells what came of the one above it: "foiled an attack, [killing] nine"."""
    tree = sentence.tree
    if tree.relations[at] != "advcl" or tree.tags[at] != "VBG":
        return False
    return sentence.lows[at - 1 : at] == [","] or not tree.children(at, "mark", "aux")


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
    if tree.relations[blamed] == "advcl":  # which a parser may tie to the verb
        return tree.lemmas[person] in _KILLING and blamed - 1 in tree.children(person, "obj")
    is_killed = tree.relations[person] in ("obj", "nsubj:pass") and tree.lemmas[tree.heads[person]] in _KILLING
    return is_killed and tree.relations[blamed] in ("acl", "acl:relcl")


def is_of_the_rescued(tree: Tree, deed: int) -> bool:
    """Whether it is what those had suffered who are now saved: "rescued 26 [kidnapped] clerks"."""
    person = tree.heads[deed]
    if tree.relations[deed] != "amod" or tree.tags[deed] != "VBN":
        return False
    return tree.relations[person] in ("obj", "nsubj:pass") and tree.lemmas[tree.heads[person]] in _SAVING


def _is_only_let(sentence: Sentence, tree: Tree, trigger: int) -> bool:
    """Whether it is let happen, or could be made to: "a law that lets victims sue", "to help rebels flee"."""
    head = tree.heads[trigger]
    if tree.tags[trigger] != "VB" or tree.relations[trigger] not in ("ccomp", "xcomp"):
        return False
    if tree.children(trigger, "mark", "aux"):
        return False
    around = {sentence.lows[at] for at in tree.children(head, "aux", "mark")}
    return tree.lemmas[head] == "let" or bool(around & _POSSIBLE)


def _is_question(sentence: Sentence, tree: Tree) -> bool:
    """Whether a sentence begins as a question: "Did the raid kill anyone, he asked"."""
    return sentence.lows[0] in _ASKING and tree.relations[0] in ("aux", "cop", "aux:pass")


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
    if any(sentence.lows[at] in ("no", "any", "possible", "potential") for at in tree.children(noun, "det", "amod")):
        return "negated" if any(sentence.lows[at] == "no" for at in tree.children(noun, "det")) else "hypothetical"
    if any(tree.lemmas[at] in _SCHEDULING and tree.tags[at] == "VBN" for at in tree.children(noun, "acl", "amod")):
        return "future"
    at = noun
    for _ in range(3):
        if tree.relations[at] not in _NOUN_LINKS or tree.heads[at] == at:
            return None
        at = tree.heads[at]
        is_kind = tree.relations[noun] == "compound" and sentence.lows[noun] == "death"  # "a death sentence"
        if tree.lemmas[at] in _PUNISHING and not is_kind:
            return "historical"
        if tree.tags[at].startswith("VB"):
            break
    lemma, words = tree.lemmas[at], {sentence.lows[aux] for aux in tree.children(at, "aux", "advmod")}
    if tree.relations[at] in _PURSUED and tree.lemmas[tree.heads[at]] in _PUNISHING:
        return "historical"  # "convicted of ordering the killing"
    if tree.relations[at] in _PURSUED and tree.tags[at] == "VBG" and tree.lemmas[tree.heads[at]] in _BLAMING:
        return "alleged"  # "accused of ordering the killing"
    direct = tree.heads[noun] == at
    if direct and lemma in _DENYING:
        return "negated"
    if direct and lemma in _WANTING - _JUDGING - {"order"} and tree.relations[noun] in ("obj", "obl"):
        return "hypothetical"
    if direct and "not" in words | {"n't"} & words and not words & _MODAL:
        return None
    if "will" in words and direct:
        return "future"
    is_thought_of = words & {"would", "could", "may", "might", "should", "must", "can"} and "have" not in words
    if is_thought_of and direct and lemma not in _LOOKING_INTO:
        return "hypothetical"
    to = any(sentence.lows[mark] == "to" for mark in tree.children(at, "mark"))
    return "hypothetical" if direct and to and tree.relations[at] in ("xcomp", "acl", "advcl") else None


def is_failed(tree: Tree, at: int) -> bool:
    """Whether it is what somebody could not bring about: "parliament failed to [elect] a speaker"."""
    head = tree.heads[at]
    is_told = tree.tags[head] in ("VBD", "VBZ", "VBN") and not tree.relations[head].startswith("acl")
    return is_told and tree.lemmas[head] == "fail" and tree.relations[at] in ("xcomp", "advcl")


def is_in_denial(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is what somebody denies, however far behind: "denied that ten had died in [an ambush]".

    "The ambush" took place, whatever is denied of it.
    """
    dets = {sentence.lows[det] for det in tree.children(at, "det", "nmod:poss")}
    if tree.tags[at].startswith("NN") and dets.isdisjoint(_INDEFINITE):
        return False
    while tree.relations[at] in ("obl", "obj", "nmod", "conj", "xcomp"):
        at = tree.heads[at]
    return tree.relations[at] == "ccomp" and tree.lemmas[tree.heads[at]] in _REFUTING
