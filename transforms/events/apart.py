"""What a sentence tells of another happening than its own, or than the sentences before it.

"In a separate raid" speaks of the whole sentence. "Two days after rebels killed ten soldiers", "in revenge for the
killing of a herder" are of other people, with another toll, at another place and time than what the sentence states.
"""

import re
from collections.abc import Collection, Iterable

from transforms.events.repelling import is_repelled
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set

_APART = re.compile(
    r"(?i)\b(?:separate(?:ly)?|unrelated|elsewhere)\b|\b(?:another|a (?:second|third|similar|different))(?: [\w-]+)? "
    r"(?:attack|raid|ambush|bombing|bomb|blast|explosion|shooting|incident|assault|killing|murder|strike|clash|kidnapping|action"
    r"|robbery|heist|theft|burglary|fire|blaze|crash|collision|accident|earthquake|quake)\b"
    r"|^\W*(?:just |only )?(?:\w+ )?(?:hours?|days?|weeks?|months?) (?:earlier|later|before|after)\b"
    r"(?!.*\b(?:died|succumbed)\b)"
    r"|^\W*(?:earlier (?:on|this|in|that)|last (?:week|month|year))\b"
    r"|^(?:(?:hours )?later|earlier),? (?:on )?(?:that|the same|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|\b(?:army|military|troops|forces|soldiers|jets|warplanes|artillery)\b[^,.;]{0,20}? "
    r"(?:responded (?:to|with|by)|retaliated)\b"
    r"|^\W*\d{1,2}[.)]\s"  # a point of a communique
    r"|^\W*in (?:the )?neighbou?ring\b"
    r"|\bat the (?:start|beginning) of (?:this|the|last) (?:month|year)\b"
    r"|^\W*on the (?:night|day|evening) before\b"
    r"|\bin (?:[\w-]+ ){0,3}(?:shootings|stabbings|attacks|killings) (?:across|throughout|around|over the)\b"  # a sum
)
_GROUNDS = word_set(
    "retaliation revenge reprisal response answer reply vengeance retribution anger outrage fury anniversary "
    "connection justice condemnation angry furious outraged enraged incensed angered infuriated"
)
_OF_GROUNDS = word_set("for to over of against about with at")
_OVER = frozenset(["over", "against"])
_PROTESTS = word_set("protest march demonstration rally")
_AVENGING = word_set("avenge retaliate follow protest condemn mourn")
_BLAMING = word_set("blame blamed suspect suspected accuse accused want wanted convict convicted sentence jail arrest")
_OF_BLAME = word_set("for of over in")
_AFTER = word_set("after since before following")
_UNITS = word_set("hours day days week weeks fortnight month months year years decade decades")
_DYING = word_set("die succumb identify arrest release")  # what comes of a deed, days after it
_ONE_OF = word_set("latest late one part")
_SERIES = word_set("string series wave spate succession")
_ANSWERING = word_set("respond retaliate answer reply")
_MEANWHILE = frozenset(["while", "as"])
_PLACING = word_set("in near at outside of")
_SIGNS = (
    _AFTER | _SERIES | _GROUNDS | _PROTESTS | _AVENGING | _BLAMING | {"later", "earlier"}
)  # a sentence without has one deed
_THEMSELVES = frozenset(["it", "they"])
_MANY = word_set("police policemen officers soldiers troops guards")


def is_apart(text: str) -> bool:
    """Whether a sentence says that it tells of another happening than those before it."""
    return bool(_APART.search(text))


def words_of_another(sentence: Sentence, deeds: Collection[int] = ()) -> frozenset[int]:
    """The words that tell of another happening than the one that a sentence states, as its reason or as before it.

    Without days between them, that takes two of the `deeds`, the words for such in the sentence: who is only arrested
    over a killing is so for the one that the article tells of.
    """
    tree = sentence.tree
    has_sign = not (_SIGNS.isdisjoint(sentence.lows) and _SIGNS.isdisjoint(tree.lemmas))
    if not has_sign and len(deeds) < 2:
        return frozenset()
    heads = range(len(tree.heads))
    told_before = (_is_days_before, _is_series, _is_long_before)
    before = below(tree, (at for at in heads if any(is_told(sentence, tree, at) for is_told in told_before)))
    apart = (_is_reason, _is_later, _is_elsewhere, _is_answer)
    reasons = below(tree, (at for at in heads if any(is_other(sentence, tree, at) for is_other in apart)))
    reasons |= {at for at in heads if _is_beaten_off(sentence, tree, at)}  # its place is that of the news
    inside = sum(at in before or at in reasons for at in deeds)
    return frozenset(before | reasons if 0 < inside < len(deeds) else before)


def words_describing(sentence: Sentence, trigger: int) -> frozenset[int]:
    """The words that only describe those beside a trigger: "the army, [which has ruled since 2021], arrested ten"."""
    tree = sentence.tree
    heads = [at for at in range(len(tree.heads)) if tree.relations[at] == "acl:relcl"]
    return frozenset(below(tree, (at for at in heads if not tree.is_above(at, trigger))))


def below(tree: Tree, heads: Iterable[int]) -> set[int]:
    """The words of the subtrees of `heads`."""
    found: set[int] = set()
    rest = list(heads)
    while rest:
        at = rest.pop()
        if at not in found:
            found.add(at)
            rest += tree.kids[at]
    return found


def _marks(tree: Tree, at: int) -> list[int]:
    return [mark for mark in tree.children(at, "case", "mark") if mark < at]


def _is_days_before(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it says how long before: "two days after [the raid]"; what comes of a deed later is of the deed."""
    marks = [mark for mark in _marks(tree, at) if sentence.lows[mark] in _AFTER and mark]
    if tree.relations[at] not in ("obl", "nmod", "acl", "advcl") or tree.lemmas[tree.heads[at]] in _DYING:
        return False
    return any(sentence.lows[mark - 1] in _UNITS and not _DYING & set(tree.lemmas[: mark - 1]) for mark in marks)


def _is_long_before(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is what was done "earlier this year", of which news of a day speaks by the way."""
    times = (kid for kid in tree.children(at, "obl", "obl:unmarked") if sentence.lows[kid] in ("year", "month"))
    return any(sentence.lows[max(kid - 2, 0) : kid] == ["earlier", "this"] for kid in times)


def _is_series(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it tells of the series to which the news belongs: "[the latest] in a string of attacks"."""
    told = [kid for kid in tree.children(at, "nmod", "obl") if tree.lemmas[kid] in _SERIES]
    return tree.lemmas[at] in _ONE_OF and bool(told) and tree.heads[at] != at


def _is_later(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is what others did then: "shot two men, and hours later settlers [torched] houses"."""
    later = [kid for kid in tree.children(at, "advmod") if sentence.lows[kid] == "later" and kid < at]
    is_after_time = any(sentence.lows[kid - 1] in _UNITS for kid in later if kid)
    return tree.relations[at] in ("conj", "parataxis") and is_after_time and bool(tree.children(at, "nsubj"))


def _is_elsewhere(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is what others did, or suffered, at another place: "a bomb killed four in Herat, while gunmen [shot]
    two in Kandahar"."""
    relation, head = tree.relations[at], tree.heads[at]
    subjects = [who for who in tree.children(at, "nsubj", "nsubj:pass") if not tree.tags[who].startswith("PRP")]
    if relation not in ("advcl", "conj", "parataxis") or head >= at or not tree.tags[at].startswith("VB"):
        return False
    if not subjects or (relation == "advcl" and not _MEANWHILE & {sentence.lows[mark] for mark in _marks(tree, at)}):
        return False
    there = below(tree, [at])
    here, there = (_towns(sentence, tree, words) for words in (below(tree, [head]) - there, there))
    return bool(here and there) and here.isdisjoint(there)


def _is_beaten_off(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is the attack of those whom others beat off and killed: "repelled [an attack], killing ten"."""
    if not is_repelled(sentence, tree, at):
        return False
    return any(tree.tags[kid] in ("VBG", "VBD") for kid in tree.children(tree.heads[at], "advcl", "conj") if kid > at)


def _is_answer(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is what another did in answer to it: "rockets hit a house, and Israel [responded] with strikes"."""
    is_joined = tree.relations[at] in ("conj", "parataxis") and tree.heads[at] < at
    return is_joined and tree.lemmas[at] in _ANSWERING and bool(tree.children(at, "nsubj"))


def _towns(sentence: Sentence, tree: Tree, words: Iterable[int]) -> set[str]:
    """The towns and countries in which something is told to be."""
    told = (at for at in words if tree.kinds[at] == "GPE" and tree.relations[at] in ("obl", "nmod"))
    return {sentence.lows[at] for at in told if _PLACING & {sentence.lows[case] for case in tree.children(at, "case")}}


def _is_reason(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether it is told as the reason of what its head tells, or as what others did before that."""
    head, relation = tree.heads[at], tree.relations[at]
    if head >= at:  # its own head, or told before it
        return relation == "advcl" and _is_of_others(sentence, tree, at, head)
    said, lemma = {sentence.lows[mark] for mark in _marks(tree, at)}, tree.lemmas[head]
    if relation in ("obj", "obl", "ccomp") and lemma in _AVENGING:
        return True
    if relation not in ("nmod", "obl", "acl", "advcl", "ccomp"):
        return False
    if (lemma in _GROUNDS and said & _OF_GROUNDS) or (lemma in _PROTESTS and said & _OVER):
        return True
    is_act = tree.tags[at].startswith(("VBG", "NN"))  # "suspected of killing", "wanted for the murder"
    return (lemma in _BLAMING and is_act and bool(said & _OF_BLAME)) or _is_of_others(sentence, tree, at, head)


def _is_of_others(sentence: Sentence, tree: Tree, at: int, head: int) -> bool:
    """Whether it is what others did first: "the army bombed Kidal after rebels killed ten"; "died after being shot" and
    "killed after gunmen opened fire" tell of one deed."""
    if tree.relations[at] != "advcl" or not any(sentence.lows[mark] in _AFTER for mark in _marks(tree, at)):
        return False
    doers, before = tree.children(head, "nsubj"), tree.children(at, "nsubj")
    if not doers or not before or not tree.children(head, "obj"):
        return False
    if tree.tags[before[0]] == "PRP":
        return sentence.lows[before[0]] not in _THEMSELVES and sentence.lows[doers[0]] in _MANY
    return True
