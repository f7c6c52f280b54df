"""What those who did it say of their success, where others have counted: "the group said it had killed thirty"."""

from collections.abc import Sequence

from transforms.events.mentions import Mention
from transforms.events.nouns import SUBJECTS
from transforms.events.sentences import Sentence
from transforms.events.tolls import Toll
from transforms.events.trees import MAX_STEPS

_SELVES = frozenset(["it", "they", "we", "its", "their", "our"])


def without_boasts(happening: Sequence[Mention], sentences: Sequence[Sentence]) -> list[Mention]:
    """The mentions of a happening, without whom and how many its doers say that they hurt, where a sentence before
    tells it."""
    boasting = {m.sentence_number for m in happening if _is_boast(sentences[m.sentence_number], m)}
    counted = [m.sentence_number for m in happening if any(m.toll)]
    boasting = {number for number in boasting if any(other < number for other in set(counted) - boasting)}
    nothing = {"recipients": (), "things": (), "venues": (), "toll": Toll()}
    return [m._replace(**nothing) if m.sentence_number in boasting else m for m in happening]


def _is_boast(sentence: Sentence, mention: Mention) -> bool:
    """Whether somebody says that he did it himself: "the rebels said [they] had killed ten"."""
    tree = sentence.tree
    if mention.of_title or not (mention.is_verb and mention.actors) or mention.char_start not in sentence.starts:
        return False
    at = sentence.starts.index(mention.char_start)
    for _ in range(MAX_STEPS):
        doers = tree.children(at, *SUBJECTS)
        if doers or tree.relations[at] not in ("conj", "xcomp", "advcl"):
            break
        at = tree.heads[at]
    owners = [at for who in doers for at in tree.children(who, "nmod:poss")]  # "its men had killed ten"
    if not any(sentence.lows[who] in _SELVES for who in (*doers, *owners)):
        return False
    while tree.relations[at] == "conj" and tree.heads[at] < at:
        at = tree.heads[at]
    return tree.relations[at] == "ccomp"
