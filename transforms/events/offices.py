"""Who of an article's people holds an office, or belongs to a force or party, as it tells anywhere.

"Mr. Roe" acts for nobody that we know, until another sentence says "Senator Ann Roe" or "Ann Roe, the minister of
justice".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Optional

from transforms.events.lexicon import PERSON_TYPES
from transforms.events.mentions import Mention
from transforms.events.ontology import Affiliation, Ontology
from transforms.events.sentences import Sentence, join_words
from transforms.records import Actor

_PUBLIC = frozenset(["GOV", "LEG", "PTY", "OPP", "JUD", "MIL", "COP", "SPY", "IGO", "REB"])
_ENDS = frozenset([",", ";", ":", "(", ")", '"', "“", "”", "and", "or"])
_BODIES = frozenset(["police", "army", "military", "government", "navy", "court", "congress", "parliament"])
_MAX_TITLE = 8  # words before a name


def read_offices(sentences: Iterable[Sentence], ontology: Ontology, names: Mapping[str, str]) -> dict[str, Affiliation]:
    """The sector of each person for whom a sentence tells one, by name in full and in lower case; the first one told.

    `names` are the full names of the article, by last name.
    """
    found: dict[str, Affiliation] = {}
    for sentence in sentences:
        for first, last in _persons(sentence):
            office = _title(sentence, first, ontology) or _description(sentence, first, last, ontology)
            if office and office.sector in _PUBLIC:
                name = join_words(sentence.texts[first : last + 1])
                found.setdefault((names.get(name.lower()) or name).lower(), office)
    return found


def _persons(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The first and the last word of each name of a person."""
    tree = sentence.tree
    for at, first in enumerate(tree.names):
        if tree.kinds[at] == "PERSON" and not tree.same_name(at, at + 1):
            yield first, at


def _title(sentence: Sentence, name: int, ontology: Ontology) -> Optional[Affiliation]:
    """By the words right before a name: "House Speaker", "Sen."; whose adviser he is, is another's office."""
    for at in range(name - 1, max(name - _MAX_TITLE, 0) - 1, -1):
        match = ontology.sectors.match(sentence.lows, at)
        if match and at + match[0] == name:
            return match[1] if _is_of(sentence, name - 1, name) else None
        if sentence.lows[at] in _ENDS:
            break
    return None


def _is_of(sentence: Sentence, word: int, name: int) -> bool:
    """Whether a title and a name are of one person: not "told the [police Roe] fled"."""
    heads = sentence.tree.heads
    if sentence.lows[word] in _BODIES or sentence.tree.tags[word] == "NNS":
        return False
    return sentence.texts[word][:1].isupper() or heads[word] == heads[name] or name in (heads[word], heads[heads[word]])


def _description(sentence: Sentence, first: int, last: int, ontology: Ontology) -> Optional[Affiliation]:
    """By what stands behind a name: "the minister of justice"."""
    for at in (kid for word in range(first, last + 1) for kid in sentence.tree.children(word, "appos")):
        for start in range(at, max(at - 3, last), -1):
            match = ontology.sectors.match(sentence.lows, start)
            if match and start + match[0] == at + 1:
                return match[1]
    return None


def give_offices_of_words(mentions: Iterable[Mention], offices: Mapping[str, Affiliation]) -> list[Mention]:
    """The mentions, those of what is said and decided with the sectors of the people in them.

    What is done to people is not grouped by what they are.
    """
    return [m if m.trigger.event_type in PERSON_TYPES else give_office(m, offices) for m in mentions]


def give_office(mention: Mention, offices: Mapping[str, Affiliation]) -> Mention:
    """The mention with the sectors of the people in it."""
    actors, recipients = (_give(people, offices) for people in (mention.actors, mention.recipients))
    return mention._replace(actors=actors, recipients=recipients)


def _give(people: Sequence[Actor], offices: Mapping[str, Affiliation]) -> tuple[Actor, ...]:
    return tuple(_in_office(actor, offices) for actor in people)


def _in_office(actor: Actor, offices: Mapping[str, Affiliation]) -> Actor:
    office = offices.get(actor.name.lower()) if actor.name and not actor.sector else None
    return actor._replace(sector=office.sector) if office else actor
