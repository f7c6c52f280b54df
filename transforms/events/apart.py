"""Whether a sentence says that what it tells is another happening than the one beside it.

"In a separate raid" speaks of the whole sentence; "three days after rebels burned a village", "in retaliation for the
killing of a herder" of what follows only.
"""

import re

from transforms.events.sentences import Sentence
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import word_set

_APART = re.compile(
    r"(?i)\b(?:separate(?:ly)?|unrelated|elsewhere)\b|\b(?:another|a (?:second|third|similar|different))(?: [\w-]+)? "
    r"(?:attack|raid|ambush|bombing|bomb|blast|explosion|shooting|incident|assault|killing|murder|strike|clash|kidnapping|action"
    r"|robbery|heist|theft|burglary|fire|blaze|crash|collision|accident|earthquake|quake)\b"
)
_UNITS = word_set("hours day days week weeks month months year years")
_SIDES = word_set("after before")
_REVENGE = word_set("retaliation revenge reprisal vengeance")
_AVENGING = word_set("avenge retaliate")
_DYING = word_set("die succumb identify arrest release")  # what comes of a deed, days after it
_SIGNS = frozenset([",", ";", "—", "–"])


def is_apart(text: str) -> bool:
    """Whether a sentence says that it tells of another happening than those before it."""
    return bool(_APART.search(text))


def is_other_deed(sentence: Sentence, at: int) -> bool:
    """Whether the word `at` tells of an older deed than the one that its sentence states."""
    return _is_days_after(sentence, at) or (sentence.tree is not None and _is_avenged(sentence.tree, at))


def _is_days_after(sentence: Sentence, at: int) -> bool:
    """Whether it is told to have happened days before: "raided a camp, two days after rebels [killed] a mayor"."""
    lows = sentence.lows
    for side in range(1, at):
        if lows[side] in _SIDES and lows[side - 1] in _UNITS and not _is_closed(sentence, side, at):
            return not (sentence.tree and _DYING & set(sentence.tree.lemmas[:side]))
    return False


def _is_closed(sentence: Sentence, side: int, at: int) -> bool:
    """Whether what begins with "days after" ends before a word: "Days after the vote, gunmen [killed] a mayor"."""
    is_fronted = not any(low in _SIGNS for low in sentence.lows[:side]) and side < 4
    signs = _SIGNS if is_fronted else frozenset([";"])
    return any(low in signs for low in sentence.lows[side:at])


def _is_avenged(tree: Tree, at: int) -> bool:
    """Whether it is what somebody avenges: "in retaliation for a [raid]", "to avenge the [killing] of a chief"."""
    for _ in range(MAX_STEPS):
        head = tree.heads[at]
        if head == at:
            return False
        if tree.relations[at] in ("nmod", "obl", "advcl", "acl") and tree.lemmas[head] in _REVENGE and head < at:
            return True
        if tree.lemmas[head] in _AVENGING and tree.relations[at] in ("obj", "obl") and head < at:
            return True
        at = head
    return False
