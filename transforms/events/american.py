"""What shows that a text is of the United States, whose newsrooms rarely name the country, nor the state of a town."""

import re
from collections.abc import Collection, Sequence
from itertools import zip_longest

from transforms.events.ontology import Place
from transforms.events.sentences import Sentence

MOST = 5  # signs that are counted
SURE = 2  # signs that make a text one of the United States
_WORDS = frozenset("sheriff county 911 deputies troopers".split())
_PHRASES = re.compile(  # "the 3700 block of West 13th Street"
    r"\b(?:district attorney|highway patrol|grand jury|\d+00 block"
    r"|\d*(?:1st|2nd|3rd|\dth) (?:street|avenue|st\.|ave\.))"
)
_PARTY = re.compile(r"\b[DR] ?- ?(?!Day\b)[A-Z][a-z]+")  # and the state: "Roe, R-Ohio"
# Of these two make a text one on politics in the United States, which rarely says so either.
_POLITICS = frozenset(
    "republican republicans democrat democrats gop g.o.p. congressman congresswoman sen. rep. capitol pentagon fbi "
    "f.b.i. filibuster senate medicare medicaid obamacare d.c. rnc dnc".split()
)
# Of both houses, who act in the capital and not at home, as a governor does.
_MEMBERS = frozenset(
    "senator sen. sen senators congressman congresswoman representative rep. rep representatives lawmaker".split()
)


def count_signs(sentences: Sequence[Sentence], has_counties: bool = False) -> int:
    """How much a text speaks of what the United States have; counties are none where another land `has_counties`."""
    return min(sum(_count(sentence, _WORDS - {"county"} if has_counties else _WORDS) for sentence in sentences), MOST)


def _count(sentence: Sentence, signs: Collection[str]) -> int:
    """The signs in a sentence: "911", "the district attorney"; a party with its state is sure."""
    parties = len(_PARTY.findall(" ".join(sentence.texts)))
    phrases = len(_PHRASES.findall(" ".join(sentence.lows)))
    words = sum(low in signs for low, after in zip_longest(sentence.lows, sentence.lows[1:]) if after != "court")
    return words + phrases + SURE * parties


def is_on_politics(sentences: Sequence[Sentence]) -> bool:
    """Whether a text is on politics in the United States."""
    has_party = any(_PARTY.search(" ".join(sentence.texts)) for sentence in sentences)
    return len(_POLITICS & {low for sentence in sentences for low in sentence.lows}) + has_party > 1


def is_seat(sentence: Sentence, at: int) -> bool:
    """Whether a state only says for which a politician sits: "Roe (R-Ohio)", "Senator Roe of Ohio", "Ohio Rep. Roe"."""
    tree, lows = sentence.tree, sentence.lows
    if sentence.texts[max(at - 2, 0) : at] in (["R", "-"], ["D", "-"], ["I", "-"]):
        return True
    if lows[max(at - 1, 0)] == "of":
        is_of_person = tree.relations[at] == "nmod" and tree.kinds[tree.heads[at]] == "PERSON"
        return is_of_person or not _MEMBERS.isdisjoint(lows[max(at - 5, 0) : at - 1])
    return not _MEMBERS.isdisjoint(lows[at + 1 : at + 3])


def meant_here(place: Place) -> Place:
    """The place that an American text means by a name: the state of Georgia, and nobody's people there."""
    return Place(place.name, "USA", "state", "Georgia") if (place.kind, place.country) == ("country", "GEO") else place
