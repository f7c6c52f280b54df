"""The place of an event, as its sentence says it: of the places named there the one where it happened.

The places are those of `placenames` and those that stand after a word such as "in" (`locatives`). Where somebody
travels, or tells of it, is not the place. Which place of that name it is, `locating` finds out.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple, Optional

from transforms.events.american import is_seat
from transforms.events.locatives import end_of_name, find_spans
from transforms.events.ontology import Place
from transforms.events.placenames import FACILITIES, OWN_PLACES, is_own_place, is_settled, is_unit, name_between
from transforms.events.sentences import Sentence
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import TELLING, word_set

_BEST_BEFORE_PLACE = frozenset(["in", "near", "outside"])
_OF_WAYS = frozenset(["to", "from", "toward", "towards", "for"])
_TRAVELLING = word_set("travel fly go head return sail journey depart leave flee bind flight trip way route visit")
_IN_A_PHRASE = word_set("nmod nmod:poss flat compound appos conj amod")
_SIDE = r"(?:(?:north|south)(?: ?- ?)?)?(?:north|south|east|west|central)(?:ern)?"
# A country is "@" there.
_PART = re.compile(
    r"\b(?:in|across|throughout|of) (?:"
    rf"(?:the )?(?:far )?{_SIDE}(?: (?:part|region|area|half)s?)?(?: of)?(?: the)? (?:@|country\b)"
    rf"|(?:the country|@) ['’]s (?:far )?{_SIDE}\b)"
)
_ATTRIBUTIVE = frozenset(["USA", "GBR"])  # countries whose names mostly stand for an adjective: "U.S. troops"
# Before the name of a country: its people are there, or what happens is done to it.
_BEFORE_OTHERS = word_set("from to with by for borders bordering")
_FORCES = word_set("army military navy forces force troops soldiers jets warplanes drones")
_MISSIONS = word_set("embassy consulate mission legation")  # of a country, in another


class Where(NamedTuple):
    """The place of an event as a sentence says it: what it names, the likeliest first, the state, the country."""

    names: tuple[str, ...] = ()
    admin1: Optional[str] = None
    country: Optional[str] = None
    is_inside: bool = False  # whether a word such as "in" stands before a place, which is not just named
    towns: tuple[str, ...] = ()  # of the names, those said to be of a town or a region: "the town of Konna"
    settled: tuple[str, ...] = ()  # of the names, those that the parser holds for places of people
    units: tuple[str, ...] = ()  # of the names, those said to be of a region: "the province of Homs"
    is_part: bool = False  # whether it says in which part of a country: "in southeastern Niger"
    told_at: tuple[str, ...] = ()  # names of where somebody told it: "hospital staff in Gao said"
    is_here: bool = False  # whether it is said to be where the report was written: "said here"
    sentence_number: Optional[int] = None  # where the names stand in another sentence than the mention

    @property
    def is_coarse(self) -> bool:
        """Whether it says in which part of a country, and no town there."""
        return (self.is_part or bool(self.units)) and set(self.names) <= set(self.units)

    @property
    def name(self) -> Optional[str]:
        """The likeliest name."""
        return self.names[0] if self.names else None


def find_place(
    sentence: Sentence,
    trigger: int,
    named: list[tuple[int, Place]],
    is_deed: bool = False,
    others: Collection[int] = (),
) -> Where:
    """Where the event of the trigger at word `trigger` happened, as its sentence, with its `named_places`, says.

    A deed is not done where somebody tells it. The words `others` tell of another happening.
    """
    spans = [span for span in find_spans(sentence, named) if span[0] not in others]
    told_at = [span for span in spans if is_deed and _is_of_telling(sentence, span[0])]
    spans = [span for span in spans if not _is_on_a_way(sentence, span[0], span[2])]
    # after the trigger before in front of it, "in" before "at", then the nearer one
    candidates = sorted(
        (span for span in spans if span not in told_at),
        key=lambda c: (
            sentence.lows[c[1] - 1] in FACILITIES,
            sentence.lows[c[2]] not in _BEST_BEFORE_PLACE,
            c[0] < trigger,
            abs(c[0] - trigger),
        ),
    )
    tree = sentence.tree
    own = [span for span in candidates if tree.clause_of(span[0]) == tree.clause_of(trigger)]
    names, country = _read_names(sentence, own or candidates, named)
    if not names and (owner := _owner_of_capital(sentence, named, country)):
        names, country = [owner.capital], owner.country
    return Where(
        names=tuple(dict.fromkeys(names)),
        admin1=next((p.admin1 for at, p in named if p.kind == "state" and not is_seat(sentence, at)), None),
        country=country or _nearest_country(sentence, named, trigger),
        is_inside=bool(names or country),
        towns=tuple(name_between(sentence, *span[:2]) for span in candidates if is_own_place(sentence, *span[:2])),
        settled=tuple(name_between(sentence, *span[:2]) for span in candidates if is_settled(sentence, *span[:2])),
        units=tuple(name_between(sentence, *span[:2]) for span in candidates if is_unit(sentence, *span[:2])),
        is_part=_tells_part(sentence, named),
        is_here=_is_said_here(sentence, trigger),
        told_at=tuple(name_between(sentence, *span[:2]) for span in told_at if span[0] not in dict(named)),
    )


def _read_names(
    sentence: Sentence, candidates: Sequence[tuple[int, int, int]], named: Sequence[tuple[int, Place]]
) -> tuple[list[str], Optional[str]]:
    """The names of no country among the candidates, and the first country that they name."""
    names: list[str] = []
    country = None
    for start, end, _ in candidates:
        known = [place for at, place in named if start <= at < end]
        if known and known[0].kind == "country" and sentence.lows[end - 1] in _MISSIONS:
            continue
        if known and known[0].kind in ("country", "state"):
            country = country or known[0].country
        elif not (known and known[0].kind == "people") and not _in_capitals(sentence, start):
            names.append(name_between(sentence, start, end))
            country = country or (known[0].country if known else None)
    return names, country


def _owner_of_capital(
    sentence: Sentence, named: Sequence[tuple[int, Place]], country: Optional[str]
) -> Optional[Place]:
    """Whose capital a sentence names by that word alone: "in the Malian capital", "in Mali's capital"."""
    owners = (place for at, place in named if place.capital and _has_capital(sentence, at, place))
    return next((place for place in owners if country in (None, place.country)), None)


def _has_capital(sentence: Sentence, at: int, owner: Place) -> bool:
    lows, end = sentence.lows, at + len(owner.name.split())
    end += lows[end : end + 1] in (["'s"], ["’s"])
    is_told_before = lows[max(0, at - 2) : at] == ["capital", "of"]
    return is_told_before or (lows[end : end + 1] == ["capital"] and lows[end + 1 : end + 2] != ["punishment"])


def find_attacked(sentence: Sentence, verb: int, named: Sequence[tuple[int, Place]]) -> Optional[Where]:
    """The town that the verb at word `verb` has for its object, which is where it happened: "attacked Gao"."""
    tree = sentence.tree
    if not tree.tags[verb].startswith("VB"):
        return None
    known = {at for at, place in named if place.kind != "city"}
    objects = tree.children(verb, "obj", "nsubj:pass")
    towns = [
        child for at in objects if sentence.lows[at] in OWN_PLACES for child in tree.children(at, "nmod", "compound")
    ]
    for at in (*objects, *towns):
        if tree.kinds[at] == "GPE" and tree.names[at] not in known:
            start, end = tree.names[at], end_of_name(sentence, tree.names[at])
            name = (name_between(sentence, start, end),)
            return Where(name, is_inside=True, towns=name if at in towns else (), settled=name)
    return None


def _tells_part(sentence: Sentence, named: list[tuple[int, Place]]) -> bool:
    """Whether a sentence tells of a part of a country: "in southeastern Niger", "in the east of the country"."""
    countries = {at for at, place in named if place.kind == "country"}
    return bool(_PART.search(" ".join("@" if at in countries else low for at, low in enumerate(sentence.lows))))


def _is_of_telling(sentence: Sentence, at: int) -> bool:
    """Whether a name says where somebody tells it: "hospital staff in Gao said", "the army said in Gao"."""
    tree = sentence.tree
    for _ in range(MAX_STEPS):
        relation, head = tree.relations[at], tree.heads[at]
        if relation in ("nsubj", "obl"):
            return sentence.lows[head] in TELLING and bool(tree.children(head, "nsubj"))
        if relation not in _IN_A_PHRASE:
            break
        at = head
    return False


def _is_said_here(sentence: Sentence, trigger: int) -> bool:
    """Whether what a trigger tells, or who says it, is said to be "here"."""
    tree = sentence.tree
    verbs = {trigger, tree.heads[trigger]}
    return any(sentence.lows[at] == "here" for verb in verbs for at in tree.children(verb, "advmod"))


def _is_on_a_way(sentence: Sentence, at: int, before: int) -> bool:
    """Whether a name lies in that of where somebody travels: "who were flying to Lagos in [Nigeria]".

    The word at `before` is the one that stands before it by itself: "in".
    """
    tree = sentence.tree
    for _ in range(MAX_STEPS):
        cases = [sentence.lows[case] for case in tree.children(at, "case") if case != before]
        if _OF_WAYS & set(cases):
            return tree.lemmas[tree.heads[at]] in _TRAVELLING
        if tree.relations[at] not in _IN_A_PHRASE:
            return tree.relations[at] == "obl" and _goes_somewhere(sentence, tree, tree.heads[at])
        at = tree.heads[at]
    return False


def _goes_somewhere(sentence: Sentence, tree: Tree, verb: int) -> bool:
    """Whether a verb tells of travelling to another place than it names by "in"."""
    goals = tree.children(verb, "obl") if tree.lemmas[verb] in _TRAVELLING else []
    return any(_OF_WAYS & {sentence.lows[case] for case in tree.children(at, "case")} for at in goals)


def _in_capitals(sentence: Sentence, start: int) -> bool:
    """Whether a name stands in a headline Where Every Word Has a Capital, so that nothing tells it from others."""
    return start > 1 and sentence.texts[start - 1][:1].isupper()


def _nearest_country(sentence: Sentence, named: list[tuple[int, Place]], trigger: int) -> Optional[str]:
    """The country of the nearest name of a place, one that is not `is_elsewhere`."""
    there = [
        (_is_of_doer(sentence, at), abs(at - trigger), at, place)
        for at, place in named
        if not (is_elsewhere(sentence, at, place) or _is_on_a_way(sentence, at, -1))
    ]
    return min(there)[3].country if there else None


def _is_of_doer(sentence: Sentence, at: int) -> bool:
    """Whether a name says whose an army is that does something, maybe abroad: "[Israel]'s army bombed a suburb"."""
    tree = sentence.tree
    owned = tree.heads[at] if tree.relations[at] == "nmod:poss" else None
    return owned is not None and tree.relations[owned] in ("nsubj", "obl:agent") and sentence.lows[owned] in _FORCES


def is_elsewhere(sentence: Sentence, at: int, place: Place) -> bool:
    """Whether who or what is named may be anywhere: a people ("French troops"), who is from there, an ambassador to it.

    Also what has no adjective ("U.S. embassy"), and "US" for a reader, where letter case was lost.
    """
    tree, before = sentence.tree, sentence.lows[max(0, at - 1)]
    relation = tree.relations[at] if place.country in _ATTRIBUTIVE else None
    is_adjective = relation in ("compound", "amod")
    is_pronoun = relation in ("obj", "iobj", "obl") and sentence.texts[at] == "US" and before not in ("the", "in")
    return place.kind == "people" or before in _BEFORE_OTHERS or is_adjective or is_pronoun
