"""Who was described, and goes by his name in one of the next sentences.

"Police captured a fourth suspect. The man, Tom Ray, drove the car." "The attacker was shot. He was named as Tom Ray."
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Optional

from transforms.events.mentions import Mention
from transforms.events.nouns import SUBJECTS, noun_phrases
from transforms.events.persons import nouns_of_one
from transforms.events.sentences import Sentence, join_words
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set
from transforms.records import Actor

_REACH = 2  # sentences
_ANY = word_set("man woman person boy girl teenager")
_DOERS = word_set("suspect attacker gunman shooter assailant bomber accused knifeman perpetrator killer")
_VICTIMS = word_set("victim deceased")
_NAMING = word_set("name identify")
_POINTING = word_set("the that this")
_OF_LAW = frozenset(["COERCE", "SANCTION", "ACCUSE"])  # types that suspects suffer


class _Introduction(NamedTuple):
    noun: str
    name: str


def introduce(happening: Sequence[Mention], sentences: Sequence[Sentence]) -> Sequence[Mention]:
    """The mentions of a happening; the only person whom one describes, with the name that a next sentence gives him."""
    return [_introduced(mention, sentences) for mention in happening]


def _introduced(mention: Mention, sentences: Sequence[Sentence]) -> Mention:
    described = [a for a in (*mention.actors, *mention.recipients) if _is_one(a)]
    if not described or mention.of_title:
        return mention
    first = mention.sentence_number
    for number in range(first + 1, min(first + 1 + _REACH, len(sentences))):
        found = _read(sentences[number], sentences[number - 1])
        meant = [a for a in described if found and _is_meant(a, found.noun, mention)]
        if found and len(meant) == 1:
            actors, recipients = (
                tuple(a._replace(name=found.name) if a is meant[0] else a for a in side)
                for side in (mention.actors, mention.recipients)
            )
            return mention._replace(actors=actors, recipients=recipients)
    return mention


def _is_one(actor: Actor) -> bool:
    """Whether it is one person without a name."""
    head = actor.text.lower().split()[-1]
    return not actor.name and (head in nouns_of_one() or head in _DOERS)


def _is_meant(actor: Actor, noun: str, mention: Mention) -> bool:
    """Whether "the man" or "the suspect" below is who is described so."""
    if actor.text.lower().split()[-1] == noun:
        return True
    suffers, of_law = actor in mention.recipients, mention.trigger.event_type in _OF_LAW
    if noun in _DOERS:
        return suffers == of_law
    if noun in _VICTIMS:
        return suffers and not of_law
    return noun in _ANY


def _read(sentence: Sentence, before: Sentence) -> Optional[_Introduction]:
    """The name that a sentence gives to "the man" or to "him" as its subject, if it does."""
    tree = sentence.tree
    if tree is None:
        return None
    subject = next(_subjects(tree), None)
    if subject is None:
        return None
    low = sentence.lows[subject]
    if any(sentence.lows[det] in _POINTING for det in tree.children(subject, "det")):
        name = _named_as(sentence, tree, subject) or _beside(sentence, tree, subject)
        return _Introduction(low, name) if name else None
    if low in ("he", "she") and before.tree and (name := _named_as(sentence, tree, subject)):
        noun = next(_subjects(before.tree), None)
        return _Introduction(before.lows[noun], name) if noun is not None else None
    return None


def _subjects(tree: Tree) -> Iterator[int]:
    """The subject of what a sentence states."""
    root = next((at for at in range(len(tree.heads)) if tree.heads[at] == at), None)
    yield from tree.children(root, *SUBJECTS) if root is not None else ()


def _named_as(sentence: Sentence, tree: Tree, subject: int) -> Optional[str]:
    """As whom somebody "was named"."""
    verb = tree.heads[subject]
    if tree.lemmas[verb] not in _NAMING or tree.relations[subject] != "nsubj:pass":
        return None
    return next((_name(sentence, tree, at) for at in tree.children(verb, "obl") if tree.kinds[at] == "PERSON"), None)


def _beside(sentence: Sentence, tree: Tree, subject: int) -> Optional[str]:
    """The name that stands in commas behind a noun: "the man, Tom Ray,"."""
    name = noun_phrases(sentence, tree, subject)[-1].name
    is_behind = name is not None and name[0] > subject
    return join_words(sentence.texts[name[0] : name[1]]) if is_behind else None


def _name(sentence: Sentence, tree: Tree, at: int) -> str:
    first = end = tree.names[at]
    while tree.same_name(first, end):
        end += 1
    return join_words(sentence.texts[first:end])
