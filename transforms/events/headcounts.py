"""How many people one noun phrase is: "at least seven soldiers", "Amadou Traore"; beasts, hours and cars are none."""

import re
from collections.abc import Sequence
from typing import Optional

from transforms.events.numerals import parse_number
from transforms.events.persons import nouns_of_one
from transforms.events.wordlists import word_set

BEASTS = word_set("whale whales dolphins elephants pigs goats chickens turtles seals deer horses cows sheep dogs cats")
_NOT_PEOPLE = word_set(
    "day days week weeks month months year years hour hours minute minutes mile miles kilometer kilometers kilometre "
    "kilometres km block blocks percent times time shots rounds p.m a.m pm am gunshot shot bombs vehicles cars houses "
    "homes street avenue o'clock dollars million billion others' attack attacks shooting shootings blast bomb raid car "
    "explosion bombing clash row hail statement hospital drive-by start-ups startups businesses animals dogs cats "
    "horses cattle sheep cows birds fish trees drones missiles rockets tanks aircraft jets helicopters ships boats "
    "buses trucks buildings shells tonnes tons barrels"
)
_PERSON = word_set(
    "man woman boy girl child teen teenager father mother son daughter brother sister husband wife baby infant toddler "
    "student teacher officer policeman soldier civilian driver victim person resident gunman suspect shooter attacker "
    "bomber leader commander priest judge mayor journalist guard bystander passenger peasant militant fighter rebel "
    "youth employee worker clerk owner neighbor neighbour friend girlfriend boyfriend grandmother grandfather uncle "
    "aunt nephew niece cousin president minister general colonel chief senator farmer businessman lawyer doctor him "
    "her he she himself herself nurse deputy trooper sheriff nun bishop cleric imam activist protester demonstrator "
    "male female adult"
)
BEFORE_NUMBER = word_set(
    "at least about around up to more than over nearly almost some only as many the other another of off her his "
    "their its all yesterday today tonight dawn noon afternoon evening nightfall night midnight morning "
    "monday tuesday wednesday thursday friday saturday sunday"
)
STOPS = word_set(
    "among in on at by for with from to against near after before when while who which that as but where if said says "
    "saying told including during since into because left leaving claimed claims reported and, was were is are had has "
    "have been lost lives"
)
_BEHIND = word_set("of with armed suspected accused wanted loyal")  # what follows a noun
_EACH = frozenset(["each", "every"])  # "for each person wounded" counts nobody
_NOBODY = frozenset(["no", "nobody", "none", "zero"])
_STREETS = word_set("street st avenue ave lane road rd drive dr boulevard blvd way court place highway block")


def count_phrase(words: Sequence[str], texts: Sequence[str], start: int, end: int) -> Optional[int]:
    """How many people one noun phrase is, or None when it does not say."""
    at = start
    while at < end and words[at] in BEFORE_NUMBER:
        at += 1
    if at >= end or words[at] in _EACH:
        return None
    if re.fullmatch(r"(?:\d+|[a-z]+)-(?:year|month|week|day)(?:-old)?", words[at]):  # "a 25-year old woman"
        return 1
    value, length = parse_number(words, at)
    if length and (_is_age(words, texts, start, at + length) or _is_address(words, texts, at + length)):
        return None
    if length:
        is_other = at + length < end and (words[at + length] in _NOT_PEOPLE or words[end - 1] in BEASTS)
        return None if is_other else value
    if words[at] in _NOBODY:
        return 0
    head = next((i for i in range(at, end) if words[i] in _BEHIND), end) - 1
    if head < at or words[head] in _NOT_PEOPLE:
        return None
    is_one = words[head] in _PERSON or words[head] in nouns_of_one()
    if is_one or words[head].endswith(("year-old", "month-old")):
        return 1
    start = at + (words[at].removesuffix("s") in nouns_of_one() and texts[at].islower())  # "deputy Amadou Traore"
    title = next((i for i in range(end - 1, at, -1) if texts[i].islower()), end)
    if end - title > 2 and words[title] in nouns_of_one():
        return 1  # "Kenyan lawmaker Amadou Traore"
    named = sum(text[:1].isupper() and text[1:].islower() for text in texts[start:end])
    return 1 if named >= 2 and named == end - start else None


def count_people(text: str) -> Optional[int]:
    """How many people a noun phrase by itself is."""
    texts = text.split()
    words = [each.lower() for each in texts]
    return count_phrase(words, texts, 0, end_of_phrase(words, 0))


def end_of_phrase(words: Sequence[str], at: int) -> int:
    """The first word from `at` on that no longer belongs to a noun phrase."""
    return next(
        (i for i in range(at, len(words)) if words[i] in STOPS | {"and"} or not words[i][0].isalnum()), len(words)
    )


def _is_address(words: Sequence[str], texts: Sequence[str], at: int) -> bool:
    return texts[at : at + 1] != [] and texts[at][:1].isupper() and bool(_STREETS & set(words[at : at + 3]))


def _is_age(words: Sequence[str], texts: Sequence[str], at: int, end: int) -> bool:
    """Whether a bare number after a name and a comma is an age: "Ann Lee, 24, was killed"."""
    after_name = at > 1 and words[at - 1] == "," and texts[at - 2][:1].isupper()
    return after_name and (end >= len(words) or not words[end][0].isalnum())
