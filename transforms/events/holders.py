"""Who is meant by an office alone: "the governor" of an article that has one governor, "Gov. Ana Holt of Ohio"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from transforms.events.lexicon import VIOLENT
from transforms.events.mentions import Mention
from transforms.events.sentences import Sentence, join_words
from transforms.events.wordlists import word_set
from transforms.records import Actor

# Offices that one person of an article mostly holds, by the words for them.
_OFFICES = {
    "governor": word_set("governor gov gov."),
    "mayor": word_set("mayor"),
    "senator": word_set("senator sen sen."),
    "member": word_set("congressman congresswoman representative rep rep."),
    "sheriff": word_set("sheriff"),
    "chancellor": word_set("chancellor"),
    "president": word_set("president"),
    "premier": word_set("premier pm"),
    "king": word_set("king"),
    "speaker": word_set("speaker"),
    "minister": word_set("minister secretary"),
    "chair": word_set("chairman chairwoman chair"),
    "ambassador": word_set("ambassador envoy"),
    "leader": word_set("leader chief head"),
    "candidate": word_set("candidate nominee"),
    "spokesman": word_set("spokesman spokeswoman spokesperson"),
}
_BY_WORD = {word: office for office, words in _OFFICES.items() for word in words}
_OTHER = word_set("former ex late then vice deputy acting")  # "vice president"
_OF_MATTERS = frozenset(
    ["minister", "chair", "leader", "candidate", "spokesman"]
)  # offices of which there are many, told apart by what they are for
_LETTERS = 3  # of a place: "Wash." is Washington
_AROUND = 3  # words before an office that say of what


class Holder(NamedTuple):
    """A person by name, the words with capitals that say of what an office is ("Ohio"), and all words there."""

    name: str
    places: frozenset[str]
    matters: frozenset[str]


def read_holders(sentences: Iterable[Sentence], names: Mapping[str, str]) -> dict[str, list[Holder]]:
    """The holders of each office that the article names with it. `names` are its full names, by last name."""
    found: dict[str, list[Holder]] = {}
    for sentence in sentences:
        for office, at, name in _titled(sentence):
            before = slice(max(at - _AROUND, 0), at)
            if not _OTHER.isdisjoint(sentence.lows[before]):
                continue
            full = names.get(name.split()[-1].lower(), name)
            words = sentence.texts[before]
            title = takewhile(lambda word: word[:1].isupper() or word == "'s", reversed(words))
            found.setdefault(office, []).append(Holder(full, _places(title), _matters(words)))
    return found


def _titled(sentence: Sentence) -> Iterator[tuple[str, int, str]]:
    """Each office right before the name of a person: what it is, where it stands, and the name."""
    tree = sentence.tree
    for at in range(len(sentence.lows) - 1):
        office = _BY_WORD.get(sentence.lows[at])
        if office and tree.kinds[at + 1] == "PERSON":
            yield office, at, join_words(sentence.texts[at + 1 : tree.name_of(at + 1)[1]])


def name_holders(mention: Mention, holders: Mapping[str, Sequence[Holder]]) -> Mention:
    """The mention, with the names of those in it who are told by an office alone; not where people are hurt, of whom
    officials only tell."""
    if mention.trigger.event_type in VIOLENT:
        return mention
    actors, recipients = (
        tuple(_named(actor, holders) for actor in side) for side in (mention.actors, mention.recipients)
    )
    return mention._replace(actors=actors, recipients=recipients)


def _named(actor: Actor, holders: Mapping[str, Sequence[Holder]]) -> Actor:
    words, _, matter = (part.split() for part in actor.text.replace("ex-", "ex ").partition(" of "))
    office = _BY_WORD.get(words[-1].lower())
    if actor.name or office is None or _OTHER & {word.lower() for word in words}:
        return actor
    places, matters = _places([*words[:-1], *matter]), _matters([*words[:-1], *matter])
    known = {holder.name for holder in holders.get(office, ()) if _is_of(holder, office, places, matters)}
    return actor._replace(name=known.pop()) if len(known) == 1 else actor


def _places(words: Iterable[str]) -> frozenset[str]:
    """The first letters of words with capitals: "Wash." is Washington."""
    return frozenset(word[:_LETTERS].lower() for word in words if word[:1].isupper())


def _is_of(holder: Holder, office: str, places: frozenset[str], matters: frozenset[str]) -> bool:
    """Whether a holder has the office of these places and matters."""
    if office not in _OF_MATTERS:
        return _may_be_of(places, holder.places)
    common = matters & holder.matters
    of_matters = {matter[:_LETTERS] for matter in common}
    return bool(common) and _may_be_of(places - of_matters, holder.places - of_matters)


def _matters(words: Iterable[str]) -> frozenset[str]:
    """The first letters of the longer words: the defence minister is the minister of defense."""
    return frozenset(word[:4].lower() for word in words if len(word) > 3)


def _may_be_of(places: frozenset[str], others: frozenset[str]) -> bool:
    return not (places and others) or bool(places & others)
