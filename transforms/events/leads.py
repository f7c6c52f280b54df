"""Whom the lead tells by an office only, and the name that he has below.

"The Irish minister of justice resigned. Tom Ray said that he was tired."
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, Optional

from transforms.events.gathering import noun_of
from transforms.events.holders import BY_WORD
from transforms.events.introductions import is_one, name_of, stated
from transforms.events.lexicon import PERSON_TYPES
from transforms.events.mentions import Mention
from transforms.events.nouns import SUBJECTS
from transforms.events.persons import nouns_of_one
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import HURTING, word_set
from transforms.records import Actor

_REACH = 4  # sentences
_PUBLIC = frozenset(["COP", "GOV", "IGO", "JUD", "LEG", "MIL", "OPP", "PTY", "REL"])  # sectors of offices
_NEAR = 6  # words
_HONORIFICS = word_set(
    "mr mr. mrs mrs. ms ms. dr dr. sir dame lord the most rev rev. sheikh general gen. colonel col. captain capt. major"
)
_DONE_TO = frozenset(["COERCE", "CONCEDE", "SANCTION"])  # types of which more is told of who suffers it
_PERSONAL = frozenset(["CONCEDE", "RETREAT", "SANCTION"])  # types of what makes one person the news
_HURT = HURTING | word_set("death murder murdering murders rape raping stabbing")
_BESIDE = ("compound", "amod", "nmod", "nmod:desc", "nmod:poss", "appos", "conj", "acl", "acl:relcl", "det")


class _Person(NamedTuple):
    noun: str  # by which the lead tells him
    name: str
    is_titled: bool  # whether the headline names him


def name_lead(mentions: Sequence[Mention], sentences: Sequence[Sentence], title: str) -> list[Mention]:
    """The mentions, those of the headline and of the lead with the name of whom the lead is about."""
    kinds = {m.trigger.event_type for m in mentions if m.is_asserted and not m.sentence_number}
    person = _read_person(sentences, title, kinds)
    if person is None:
        return list(mentions)
    return [m if m.sentence_number and not m.of_title else _named(m, person) for m in mentions]


def _named(mention: Mention, person: _Person) -> Mention:
    if mention.trigger.event_type in PERSON_TYPES - {"COERCE"}:
        return mention
    actors, recipients = (
        tuple(a._replace(name=person.name) if _is_meant(a, person) else a for a in side)
        for side in (mention.actors, mention.recipients)
    )
    is_arrest = mention.trigger.event_type == "COERCE"  # whom it befell, `introductions` finds
    return mention._replace(actors=actors, recipients=mention.recipients if is_arrest else recipients)


def _is_meant(actor: Actor, person: _Person) -> bool:
    noun = noun_of(actor).removesuffix("-elect")
    is_office = noun in BY_WORD or (is_one(actor) and actor.sector in _PUBLIC)
    is_ally = person.is_titled and actor.sector is None  # "a key ally of the mayor", of whom the headline has the name
    same = noun == person.noun or BY_WORD.get(noun, "") == BY_WORD.get(person.noun)
    return not actor.name and same and (is_office or is_ally)


def _read_person(sentences: Sequence[Sentence], title: str, kinds: Collection[str]) -> Optional[_Person]:
    """Whom the lead is about, and the first name in full below that stands with no office of its own, or in the
    headline: whose name is new and bare was told of before."""
    lead = sentences[0].tree if sentences else None
    people = list(_unnamed(sentences[0], lead)) if lead else []
    if not people or not _HURT.isdisjoint(sentences[0].lows):  # of whom the name may be
        return None
    about = people[0] if _DONE_TO.isdisjoint(kinds) else people[-1]
    relatives = ("whose",) if _PERSONAL.isdisjoint(kinds) else ("whose", "who")
    told = set(sentences[0].lows)
    for sentence in sentences[1:_REACH]:
        names = _names(sentence, title, relatives)
        name = next((name for name in names if name.split()[-1].lower() not in told), None)
        if name:
            return _Person(sentences[0].lows[about], name, _is_titled(name, title))
        told |= set(sentence.lows)
    return None


def _unnamed(sentence: Sentence, lead: Tree) -> Iterator[int]:
    """Who does what the lead states, and to whom, if it is one without a name; nobody behind one who is named."""
    for subject in stated(lead):
        for at in (subject, *lead.children(lead.heads[subject], "obj")):
            is_person = sentence.lows[at] in nouns_of_one() | BY_WORD.keys() | {"ally"}
            if lead.kinds[at] == "PERSON" or (is_person and lead.children(at, "conj")):
                return
            if is_person:
                yield at


def _names(sentence: Sentence, title: str, relatives: Collection[str]) -> Iterator[str]:
    """The names in full of those who do something in a sentence, bare or of the headline."""
    tree = sentence.tree
    for at in range(len(sentence.lows)):
        if tree.relations[at] in (*SUBJECTS, "obj") and tree.kinds[at] == "PERSON":
            name = name_of(sentence, tree, at)
            if " " in name and (_is_titled(name, title) or _is_bare(sentence, tree, at, relatives)):
                yield name


def _is_titled(name: str, title: str) -> bool:
    return name.split()[-1].lower() in re.findall(r"\w+", title.lower())


def _is_bare(sentence: Sentence, tree: Tree, at: int, relatives: Collection[str]) -> bool:
    """Whether nothing stands with a name but its own words, and what he has or did: "Ann Lee, [whose] party"."""
    first = tree.names[at]
    while first and sentence.lows[first - 1] in _HONORIFICS:
        first -= 1
    if first and tree.tags[first - 1] in ("NN", "NNP", "NNS", "JJ"):  # "Analyst Ann Lee"
        return False
    kids = [kid for kid in tree.children(at, *_BESIDE) if not (tree.same_name(at, kid) or first <= kid < at)]
    kids = [kid for kid in kids if tree.relations[kid] != "conj" or tree.kinds[kid] == "PERSON"]  # "and his host"
    return not kids or not set(relatives).isdisjoint(sentence.lows[at : at + _NEAR])
