"""Who a noun phrase stands for: the name in full as the article knows it, the country, the PLOVER sector."""

from collections.abc import Mapping
from typing import Optional

from transforms.events.antecedents import find_owner
from transforms.events.attribution import attributed_actor, group_in_brackets
from transforms.events.names import full_name, name_at_end
from transforms.events.nouns import noun_phrases
from transforms.events.ontology import Affiliation, Ontology
from transforms.events.phrases import Phrase
from transforms.events.placenames import named_places
from transforms.events.sentences import Sentence, is_number, is_word
from transforms.events.wordlists import (
    ADVERBS,
    DETERMINERS,
    NUMERALS,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    QUOTES,
    TIME,
    word_set,
)
from transforms.records import Actor

MAX_WORDS = 14  # a longer noun phrase is a mistake of ours
_NOBODY = word_set(
    "none nobody morning afternoon evening night noon midnight dawn dusk half past others other one ones least them it "
    "people's something anything nothing everything which dead life lives fire responsibility number way place part "
    "time what depth magnitude distance height speed altitude scale anniversary basis occasion hour hours minute "
    "minutes moment moments million millions billion billions dollars euros pounds pesos percent worth gmt "
    "someone somebody anyone behalf weekend weekends perpetrator perpetrators culprit culprits"
)
_NOBODIES = _NOBODY | TIME | PRONOUNS | {"p.m.", "a.m.", "st.", "ave.", "blvd.", "no.", "spc"}
_DROPPED = DETERMINERS | QUOTES | ADVERBS | word_set("and or but whose of between into on at with against")
_LOOSE_ENDS = TIME | PREPOSITIONS | DETERMINERS
_BOUNDS = (["fewer", "than"], ["less", "than"])
_REACH = 6  # words before the last ones of a country's name
_ARMED = frozenset(["MIL", "REB", "COP"])  # sectors
_SENT = word_set("envoy envoys mediator official officials spokesman spokeswoman spokesperson")  # by a body: "UN envoy"
_MEN = word_set("men women members unit units cell cells squad squads")  # of a body that sends them out
FLYING = frozenset(["aerial", "drone"])  # modes of means


def make_actor(sentence: Sentence, phrase: Phrase, ontology: Ontology, names: Mapping[str, str]) -> Optional[Actor]:
    """The actor that a noun phrase stands for, or None when it stands for nobody: "others", "Sunday", "a bomb"."""
    start, head_end = _trim(sentence, phrase.start, phrase.head_end)
    if _is_none(sentence, phrase):
        return None
    end = max(phrase.end, head_end)
    while end > head_end and (sentence.lows[end - 1] in _LOOSE_ENDS or not is_word(sentence.texts[end - 1])):
        end -= 1
    end = head_end if end - start > MAX_WORDS else end
    if start >= head_end or end - start > MAX_WORDS:
        return None
    head = sentence.lows[head_end - 1]
    is_nobody = head in _NOBODIES and not _is_us_or_others(sentence, head_end - 1)
    is_count = head != "others" and _is_count(sentence, start, head_end)
    if is_nobody or is_count or sentence.tree.kinds[head_end - 1] == "MONEY":
        return None
    is_event = bool(ontology.nouns.match(sentence.lows[:head_end], head_end - 1))
    is_means = head in ontology.means and not _is_hit(sentence, head_end - 1, ontology)
    if head not in ontology.sectors and (is_means or is_event):
        return attributed_actor(sentence, head_end - 1, ontology)
    if land := _in_full(sentence, start, head_end, ontology):
        start = land
    affiliation = group_in_brackets(sentence, end, ontology) or _affiliation(sentence, start, head_end, ontology)
    places = named_places(sentence, ontology, start, head_end) or named_places(sentence, ontology, start, end)
    country = places[0][1].country if places else affiliation.country if affiliation else None
    country = None if affiliation and affiliation.sector == "IGO" else country  # "the UN envoy for Chad"
    first, last = sentence.span(start, end)
    text = " ".join(sentence.text[first:last].split())
    named = (land, head_end) if land else phrase.name or name_at_end(sentence, start, head_end)
    if named and sentence.lows[named[0]] in TIME:  # "shot by her sister Sunday"
        named = None
    is_people = named and sentence.tree.kinds[head_end - 1] == "NORP"
    if is_people and (is_number(sentence.lows[start]) or (country and named[1] - named[0] == 1)):
        named = None  # "14 Shi'ite Muslims", "Thai and Cambodian troops"
    name = full_name(sentence, *named, names) if named and not _is_common(sentence, *named, ontology) else None
    sector = affiliation.sector if affiliation else None
    may_be_owned = sector in _ARMED or head in _MEN
    if may_be_owned and not country and not name and (owner := _owner(sentence, head_end - 1, ontology)):
        if owner.sector in _ARMED:
            return owner  # "the army said its forces"
        country = owner.country
    return Actor(name, text, country, sector)


def _owner(sentence: Sentence, head: int, ontology: Ontology) -> Optional[Actor]:
    """The state or body whose somebody is, as the sentence says: "Norway said [its] forces"."""
    owner = find_owner(sentence, sentence.tree, head)
    if owner is None:
        return None
    return make_actor(sentence, noun_phrases(sentence, sentence.tree, owner)[-1], ontology, {})


def _in_full(sentence: Sentence, start: int, end: int, ontology: Ontology) -> Optional[int]:
    """Where the name of a country of several words begins that the words from `start` to `end` end."""
    for at in range(max(0, start - _REACH), start + 1):
        place = ontology.place_at(sentence.texts, sentence.lows, at)
        if place and place[0] > 1 and place[1].kind == "country" and at + place[0] == end:
            return at
    return None


def _is_hit(sentence: Sentence, at: int, ontology: Ontology) -> bool:
    """Whether an aircraft is what was shot at: "rebels shot down [a helicopter]"."""
    match = ontology.means.match(sentence.lows, at)
    is_object = sentence.tree.relations[at] in ("obj", "nsubj:pass")
    return is_object and bool(match) and match[1] in FLYING


def _is_none(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether it is said that it was nobody: "no person or [organization]"."""
    if sentence.lows[phrase.start] == "no":
        return sentence.lows[phrase.start + 1 : phrase.start + 3] not in _BOUNDS  # "no fewer than ten"
    tree, at = sentence.tree, phrase.head_end - 1
    while tree.relations[at] == "conj" and tree.heads[at] < at:
        at = tree.heads[at]
    return any(sentence.lows[det] == "no" for det in tree.children(at, "det"))


def _is_us_or_others(sentence: Sentence, at: int) -> bool:
    """Whether a word looks like a pronoun and is none: "US", "two [others]" beside somebody."""
    tree = sentence.tree
    is_listed = tree.relations[at] == "conj" and tree.tags[tree.heads[at]].startswith("NN")
    return sentence.texts[at] == "US" or (is_listed and sentence.lows[at] == "others")


def _trim(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    while start < end and (
        (sentence.lows[start] in _DROPPED and not _is_of_number(sentence, start))
        or not is_word(sentence.texts[start])
        or sentence.lows[start] == "'s"
    ):
        start += 1
    is_bound = sentence.lows[start : start + 2] in _BOUNDS and sentence.lows[start - 1] in ("no", "not")
    if is_bound or _is_header(sentence, start, end):
        return _trim(sentence, start + 2, end)
    while end > start and (
        not is_word(sentence.texts[end - 1]) or sentence.lows[end - 1] in ("'s", "’s") or sentence.lows[end - 1] in TIME
    ):
        end -= 1
    return start, end


def _is_of_number(sentence: Sentence, at: int) -> bool:
    """Whether a word is part of a number: "[several] hundred people"."""
    return sentence.lows[at] in ("several", "a", "some") and sentence.lows[at + 1 : at + 2] in (
        ["hundred"],
        ["thousand"],
    )


def _is_header(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words begin with what stands over a paragraph: "IRAQ - A suicide bomber"."""
    first, *rest = sentence.texts[start : min(end, start + 3)] or [""]
    return len(rest) == 2 and first.isupper() and rest[0] in ("-", "–", "—") and rest[1].lower() in DETERMINERS


def _is_count(sentence: Sentence, start: int, end: int) -> bool:
    return all(
        low[:1].isdigit() or low in NUMERALS | QUANTIFIERS | DETERMINERS | QUOTES | _NOBODY
        for low in sentence.lows[start:end]
    )


def _affiliation(sentence: Sentence, start: int, end: int, ontology: Ontology) -> Optional[Affiliation]:
    """Of the last word or group known: the head of an English noun phrase stands last. A group by name goes first."""
    found = None
    at = start
    while at < end:
        match = ontology.sectors.match(sentence.lows, at)
        place = ontology.place_at(sentence.texts, sentence.lows, at)
        if place and place[0] > 1:  # no party is in a democratic republic
            at += place[0]
            continue
        if match and at + match[0] <= end:
            is_of_body = found is not None and found.sector == "IGO" and sentence.lows[at] in _SENT
            if found is None or (found.country is None and not is_of_body):
                found = match[1]
            at += match[0]
        else:
            at += 1
    return found


def _is_common(sentence: Sentence, start: int, end: int, ontology: Ontology) -> bool:
    """Whether a "name" is words with capitals, as headlines have them: "Four People", "Police"."""
    is_person = sentence.tree.kinds[end - 1] in ("PERSON", "ORG", "NORP")
    if sentence.lows[end - 1] in ontology.people and not is_person:  # "Suspended Worker"
        return True
    known = (ontology.sectors.match(sentence.lows, at) for at in range(start, end))
    return all(match and match[0] == 1 and not match[1].is_name for match in known)
