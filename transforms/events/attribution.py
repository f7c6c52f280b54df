"""Whose an attack, a bomb or a fighter is, by the words beside the noun: "a [Front] attack", "men of the [Front]"."""

from typing import Optional

from transforms.events.ontology import Affiliation, Ontology
from transforms.events.sentences import Sentence, is_word, join_words
from transforms.events.wordlists import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS
from transforms.records import Actor

_TARGETS = frozenset(["CVL", "BUS", "EDU", "REL", "MED"])  # sectors that an attack is on rather than by
_ALLIES = "coalition"
_REACH = 6  # words before a noun that may tell whose it is
_LIMITS = PREPOSITIONS | DETERMINERS | AUXILIARIES | PRONOUNS | {"and", "or"}


def attributed_actor(sentence: Sentence, noun: int, ontology: Ontology) -> Optional[Actor]:
    """Whose attack or bomb the word `noun` is: "a Taliban attack" is the Taliban's, "a bomb" nobody's that we know."""
    start = noun
    while start and noun - start < _REACH and _may_own(sentence, start - 1):
        start -= 1
    if _ALLIES in sentence.lows[start:noun]:  # "a US-led coalition air strike"
        end = start + sentence.lows[start:noun].index(_ALLIES) + 1
        state = next(
            filter(None, (ontology.place_at(sentence.texts, sentence.lows, at) for at in range(start, end))), None
        )
        return Actor(None, join_words(sentence.texts[start:end]), state[1].country if state else None, "MIL")
    for at in range(start, noun):
        group = ontology.sectors.match(sentence.lows, at)
        place = ontology.place_at(sentence.texts, sentence.lows, at)
        if group and group[1].sector not in _TARGETS and sentence.lows[at] != "terrorist":
            name = join_words(sentence.texts[at : at + group[0]])
            return Actor(name if name[:1].isupper() else None, name, group[1].country, group[1].sector)
        if place and place[1].kind in ("people", "country"):
            return Actor(None, join_words(sentence.texts[at : at + place[0]]), place[1].country, None)
    return None


def _may_own(sentence: Sentence, at: int) -> bool:
    """Whether a word can be of the noun phrase that goes on after it."""
    is_verb = sentence.tree.tags[at] in ("VBD", "VBZ", "VBP")
    is_limit = sentence.lows[at] in _LIMITS and sentence.texts[at] != "US"
    is_led = sentence.lows[at : at + 2] == ["-", "led"]  # "a Saudi-led air strike"
    return (is_word(sentence.texts[at]) or is_led) and not is_limit and not is_verb


def group_in_brackets(sentence: Sentence, end: int, ontology: Ontology) -> Optional[Affiliation]:
    """The armed group that goes by a short name behind its own, which may be that of an army: "the Army [(PFA)]"."""
    if sentence.texts[end : end + 1] not in (["("], ["["]) or sentence.texts[end + 2 : end + 3] not in ([")"], ["]"]):
        return None
    match = ontology.sectors.match(sentence.lows, end + 1)
    is_group = match is not None and match[1].is_name and match[1].sector == "REB"
    return match[1] if is_group and sentence.texts[end + 1].isupper() else None
