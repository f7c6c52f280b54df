"""Warnings: those that say what the speaker will do, and those of what nature, markets or others may."""

import re

from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import PRONOUNS, word_set

_WARNING = frozenset(["warn", "warn of", "warning"])  # triggers
_OF = frozenset(["of", "about"])
_OF_NATURE = re.compile(
    r"(?i)\b(?:weather|rains?|rainfall|floods?|flooding|storms?|thunderstorms?|snow|snowfall|blizzards?|heat ?waves?"
    r"|cyclones?|hurricanes?|typhoons?|tornado(?:es)?|tsunamis?|wildfires?|avalanches?|landslides?|eruptions?|drought)\b"
)
_OWN_DEEDS = word_set(
    "consequence repercussion retaliation reprisal revenge response reaction action step measure sanction punishment "
    "penalty price war force crackdown arrest prosecution dismissal boycott strike ban walkout"
)
_ANSWERING = word_set(
    "respond retaliate avenge act react meet answer tolerate accept consider regard treat see "
    "cut suspend withdraw dismiss sack expel punish penalize fine arrest detain prosecute charge jail target attack "
    "strike hit bomb shoot kill destroy crush deport evict boycott veto sue close shut cancel revoke impose use resist "
    "fire open bring march walk block resume launch invade intervene finance withhold raid burn storm blockade"
)
_SUFFERING = word_set("face pay suffer regret bear")
_SPEAKING = PRONOUNS - {"there"}
_ITS_OWN = frozenset(["its", "their", "our", "my", "his", "her"])
_FORCES = word_set("army navy force troop soldier fighter man woman guard member driver worker union missile rocket")


def is_no_threat(sentence: Sentence, at: int, lemma: str) -> bool:
    """Whether the word at `at` warns of what the speaker does not do himself: "warned of famine", "warned that the dam
    could collapse".

    A warning "against" or "to do" something is a threat to who does it, and so is one of which no more is told.
    """
    tree = sentence.tree
    if lemma not in _WARNING:
        return False
    if _OF_NATURE.search(sentence.said()):
        return True
    things = [
        noun
        for noun in tree.children(at, "obl", "nmod")
        if _OF & {sentence.lows[mark] for mark in tree.children(noun, "case")}
    ]
    clauses = tree.children(at, "ccomp", "acl")
    is_own = any(tree.lemmas[noun] in _OWN_DEEDS for noun in things)
    return bool(things or clauses) and not is_own and not any(_is_of_speaker(sentence, tree, c) for c in clauses)


def _is_of_speaker(sentence: Sentence, tree: Tree, clause: int) -> bool:
    """Whether a clause says what the speaker will do, or what will be done to others: "would be met with force"."""
    answered = tree.children(clause, "obj", "obl")
    if tree.lemmas[clause] in _SUFFERING or any(tree.lemmas[noun] in _OWN_DEEDS for noun in answered):
        return True
    doers = tree.children(clause, "nsubj")
    return tree.lemmas[clause] in _ANSWERING and all(_is_own(sentence, tree, at) for at in doers)


def _is_own(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether a pronoun can be the speaker, or those who act are his: "its navy would open fire"."""
    is_his = any(sentence.lows[of] in _ITS_OWN for of in tree.children(at, "nmod:poss"))
    return sentence.lows[at] in _SPEAKING or (is_his and tree.lemmas[at] in _FORCES)


def is_threat(sentence: Sentence, at: int) -> bool:
    """Whether the verb at `at` warns of what the speaker himself will do."""
    return any(_is_of_speaker(sentence, sentence.tree, clause) for clause in sentence.tree.children(at, "ccomp"))
