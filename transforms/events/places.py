"""Where, as words say it: the place in a sentence, the country of what is named.

Places are found by the words before them (`locatives`), countries by the tables of `ontology`. Which place of that name
it is, `locating` finds out.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple, Optional

from transforms.events.locatives import STREETS, end_of_name, find_spans
from transforms.events.ontology import Ontology, Place
from transforms.events.sentences import Sentence, is_word
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import TELLING, TIME, word_set

CITY = r"[A-Z][\w.'’-]*(?:\s(?:de|del|la|las|los|el|al|[a-z]?[A-Z][\w.'’-]*|[cC]ity)){0,3}"
_BEST_BEFORE_PLACE = frozenset(["in", "near", "outside"])
_OWN_PLACES = word_set(
    "town city village municipality township commune hamlet settlement port province region department county"
)
_OF_WAYS = frozenset(["to", "from", "toward", "towards", "for"])
_TRAVELLING = word_set("travel fly go head return sail journey depart leave flee bind flight trip way route visit")
_IN_A_PHRASE = word_set("nmod nmod:poss flat compound appos conj amod")
_UNITS = word_set("province region state department governorate prefecture")
_SIDE = r"(?:(?:north|south)(?: ?- ?)?)?(?:north|south|east|west|central)(?:ern)?"
# A country is "@" there.
_PART = re.compile(
    r"\b(?:in|across|throughout|of) (?:"
    rf"(?:the )?(?:far )?{_SIDE}(?: (?:part|region|area|half)s?)?(?: of)?(?: the)? (?:@|country\b)"
    rf"|(?:the country|@) ['’]s (?:far )?{_SIDE}\b)"
)
_APPOSED = 8  # words after a name that say what it is: ", in the north-central region"
_QUARTERS = word_set("district quarter neighborhood neighbourhood suburb ward barrio section area")
_ATTRIBUTIVE = frozenset(["USA", "GBR"])  # countries whose names mostly stand for an adjective: "U.S. troops"
# Before the name of a country: its people are there, or what happens is done to it.
_BEFORE_OTHERS = word_set("from to with by for borders bordering")
_FACILITIES = word_set(
    "hospital school church park center centre club bar inn hotel motel restaurant mall university college airport "
    "apartments apartment building headquarters station store market mosque temple prison jail courthouse stadium "
    "department office house home medical clinic council bank company memorial library plaza cafe nightclub lounge"
)
_MISSIONS = word_set("embassy consulate mission legation")  # of a country, in another
_NOT_TOWNS = word_set(
    "the state federal national local a county city metro military township our by transit as when after then "
    "investigators detectives officers and but if while according told chief campus university capitol park school "
    "anti riot civil security judicial treasury secret"
)
_POLICE = word_set("police sheriff coroner firefighters")


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


def find_region(name: str, ontology: Ontology) -> Optional[Place]:
    """What a short name such as "Kabul, Afghanistan" lies in: the last place that the tables know in it."""
    texts = re.findall(r"[\w'’]+(?:\.[\w.]*)?|[^\w\s]", name.title() if name.isupper() and len(name) > 4 else name)
    found = [place for _, place in named_places(Sentence(texts, [t.lower() for t in texts]), ontology)]
    return found[-1] if found else None


def named_places(
    sentence: Sentence, ontology: Ontology, start: int = 0, end: Optional[int] = None
) -> list[tuple[int, Place]]:
    """The places of the tables that the words from `start` up to `end` name, with their positions."""
    found, at = [], start
    end = len(sentence.texts) if end is None else end
    while at < end:
        if (match := ontology.place_at(sentence.texts, sentence.lows, at)) and at + match[0] <= end:
            if not _is_of_other(sentence, at, at + match[0], match[1]):
                found.append((at, match[1]))
            at += match[0]
        else:
            at += 1
    return found


def _is_of_other(sentence: Sentence, start: int, end: int, place: Place) -> bool:
    """Whether the name of a place is in that of somebody, a house or a town: "Michael Jordan", "Villa El Salvador"."""
    tree = sentence.tree
    if tree is not None and tree.kinds[start] == "PERSON":
        return True
    if place.kind != "country":
        return False
    follows = sentence.texts[end] if end < len(sentence.texts) else ""
    return _goes_on_name(sentence, start) or (follows[:1].isupper() and follows.lower() in _FACILITIES)


def _goes_on_name(sentence: Sentence, at: int) -> bool:
    """Whether a word is a later one of a name, and not apart in it: "Alexandria, Virginia"."""
    tree = sentence.tree
    if tree is None or not at or not tree.same_name(at - 1, at):
        return False
    return tree.relations[at] == "flat" and tree.heads[at] < at and is_word(sentence.texts[at - 1])


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
            sentence.lows[c[1] - 1] in _FACILITIES,
            sentence.lows[c[2]] not in _BEST_BEFORE_PLACE,
            c[0] < trigger,
            abs(c[0] - trigger),
        ),
    )
    tree = sentence.tree
    own = [span for span in candidates if tree and tree.clause_of(span[0]) == tree.clause_of(trigger)]
    names, country = _read_names(sentence, own or candidates, named)
    if not names and (owner := _owner_of_capital(sentence, named, country)):
        names, country = [owner.capital], owner.country
    return Where(
        names=tuple(dict.fromkeys(names)),
        admin1=next((place.admin1 for _, place in named if place.kind == "state"), None),
        country=country or _nearest_country(sentence, named, trigger),
        is_inside=bool(names or country),
        towns=tuple(_name(sentence, *span[:2]) for span in candidates if _is_own_place(sentence, *span[:2])),
        settled=tuple(_name(sentence, *span[:2]) for span in candidates if _is_settled(sentence, *span[:2])),
        units=tuple(_name(sentence, *span[:2]) for span in candidates if _is_unit(sentence, *span[:2])),
        is_part=_tells_part(sentence, named),
        is_here=_is_said_here(sentence, trigger),
        told_at=tuple(_name(sentence, *span[:2]) for span in told_at if span[0] not in dict(named)),
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
            names.append(_name(sentence, start, end))
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


def attacked_town(sentence: Sentence, verb: int, named: Sequence[tuple[int, Place]]) -> Optional[str]:
    """The town that the verb at word `verb` has for its object, which is where it happened: "attacked Gao"."""
    tree = sentence.tree
    if tree is None or not tree.tags[verb].startswith("VB"):
        return None
    known = {at for at, place in named if place.kind != "city"}
    objects = [tree.names[at] for at in tree.children(verb, "obj", "nsubj:pass") if tree.kinds[at] == "GPE"]
    return next((_name(sentence, at, end_of_name(sentence, at)) for at in objects if at not in known), None)


def _name(sentence: Sentence, start: int, end: int) -> str:
    return " ".join(sentence.texts[start:end]).replace(" - ", "-")


def _is_own_place(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words beside a name say that it is a place of its own, and no part of a town: "Turbo, a village"."""
    before, after = sentence.lows[max(0, start - 2) : start], sentence.lows[end : end + _APPOSED]
    of = len(before) == 2 and before[0] in _OWN_PLACES and before[1] == "of"
    apposed = after[:1] == [","] and after[1:2] in (["a"], ["in"]) and bool(_OWN_PLACES & set(after[2:]))
    return of or bool(_OWN_PLACES & set(after[:1])) or apposed


def _is_settled(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the parser holds a name for a place of people, and no word says that it is a part of a town."""
    is_place = sentence.tree is not None and sentence.tree.kinds[start] == "GPE"
    return is_place and not _QUARTERS & {*sentence.lows[max(0, start - 2) : start], *sentence.lows[end : end + 1]}


def _is_unit(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words beside a name, or its last one, say that it is a region: "Homs province"."""
    before, beside = sentence.lows[max(0, start - 2) : start], sentence.lows[end - 1 : end + 1]
    return bool(_UNITS & set(beside)) or (before[-1:] == ["of"] and before[0] in _UNITS)


def _tells_part(sentence: Sentence, named: list[tuple[int, Place]]) -> bool:
    """Whether a sentence tells of a part of a country: "in southeastern Niger", "in the east of the country"."""
    countries = {at for at, place in named if place.kind == "country"}
    return bool(_PART.search(" ".join("@" if at in countries else low for at, low in enumerate(sentence.lows))))


def _is_of_telling(sentence: Sentence, at: int) -> bool:
    """Whether a name says where somebody tells it: "hospital staff in Gao said", "the army said in Gao"."""
    tree = sentence.tree
    for _ in range(MAX_STEPS if tree else 0):
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
    verbs = {trigger, tree.heads[trigger]} if tree else set()
    return tree is not None and any(
        sentence.lows[at] == "here" for verb in verbs for at in tree.children(verb, "advmod")
    )


def _is_on_a_way(sentence: Sentence, at: int, before: int) -> bool:
    """Whether a name lies in that of where somebody travels: "who were flying to Lagos in [Nigeria]".

    The word at `before` is the one that stands before it by itself: "in".
    """
    tree = sentence.tree
    for _ in range(MAX_STEPS if tree else 0):
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
    """The country of the nearest name of a place, one that is not `_elsewhere`."""
    there = [
        (abs(at - trigger), at, place)
        for at, place in named
        if not (_elsewhere(sentence, at, place) or _is_on_a_way(sentence, at, -1))
    ]
    return min(there)[2].country if there else None


def _elsewhere(sentence: Sentence, at: int, place: Place) -> bool:
    """Whether who or what is named may be anywhere: a people ("French troops"), who is from there, an ambassador to it.

    Also what has no adjective ("U.S. embassy"), and "US" for a reader, where letter case was lost.
    """
    tree, before = sentence.tree, sentence.lows[max(0, at - 1)]
    relation = tree.relations[at] if tree and place.country in _ATTRIBUTIVE else None
    is_adjective = relation in ("compound", "amod")
    is_pronoun = relation in ("obj", "iobj", "obl") and sentence.texts[at] == "US" and before not in ("the", "in")
    return place.kind == "people" or before in _BEFORE_OTHERS or is_adjective or is_pronoun


def place_names(sentence: Sentence, ontology: Ontology) -> list[str]:
    """The names in a sentence that are those of towns by the words before them, or by the parser's word."""
    named = named_places(sentence, ontology)
    spans = {(start, end) for start, end, _ in find_spans(sentence, named)}
    spans |= {(start, end) for start, end in _named_towns(sentence)}
    known = {at for at, place in named if place.kind != "city"}
    spans = {(start, end) for start, end in spans if not known & set(range(start, end))}
    spans = {(start, end) for start, end in spans if not _is_unit(sentence, start, end)}
    return [_name(sentence, start, end) for start, end in sorted(spans)]


def _named_towns(sentence: Sentence) -> list[tuple[int, int]]:
    """The names that the parser holds for places of people (GPE)."""
    tree = sentence.tree
    if tree is None:
        return []
    firsts = [at for at, first in enumerate(tree.names) if at == first and tree.kinds[at] == "GPE"]
    return [
        (at, next((i for i in range(at, len(tree.names)) if tree.names[i] != at), len(tree.names))) for at in firsts
    ]


def is_facility(name: str) -> bool:
    """Whether the last word of a name is that of a building or a street."""
    last = set(name.lower().split()[-1:])
    return bool(last & (_FACILITIES | STREETS))


def policed_place(sentence: Sentence) -> Optional[str]:
    """The town whose police a sentence names: "Ashford police said"."""
    for at, low in enumerate(sentence.lows):
        if low not in _POLICE or not at or not sentence.texts[at - 1][:1].isupper():
            continue
        start = at - 1
        while start and sentence.texts[start - 1][:1].isupper() and sentence.texts[start - 1].lower() not in TIME:
            start -= 1
        if (start == 0 and at > 3) or sentence.lows[at - 1] in _NOT_TOWNS or sentence.lows[start] in _NOT_TOWNS:
            continue
        return _name(sentence, start, at)
    return None
