"""People that a report names with their age, and whether it speaks of them as hurt or as suspected.

"Ann Lee, 23, was pronounced dead", "identified as 40-year-old Tom Ray": reports name the victims and the suspects of
an assault long after they told of it. The words around a name decide; where they say neither, nothing is said.
"""

import re
from typing import NamedTuple, Optional

from transforms.events.wordlists import word_set

_NAME = r"(?P<{}>[A-Z][\w'’-]+(?:\s(?:[A-Z]\.|[A-Z][\w'’-]+|[“\"'‘][A-Z]\w+[”\"'’])){{1,3}}(?:,?\s[JS]r\.?)?)"
_AGED = re.compile(
    rf"{_NAME.format('first')},\s(?:age\s|aged\s)?\d{{1,3}}(?=[,.;)\s])"
    rf"|\b\d{{1,3}}[- ]year[- ]old\s{_NAME.format('last')}"
    rf"|\bidentified\s(?:\w+\s){{0,6}}?as\s{_NAME.format('named')}"
)
_SUSPECTED = word_set(
    "arrested charged charges suspect suspects accused custody arraigned jail jailed bail bond wanted booked facing "
    "faces pleaded convicted sentenced gunman shooter arrest murderer killer indicted confessed prosecutors detained"
)
_HURT = word_set(
    "victim victims killed died dead injured wounded hospital hospitalized shot identified pronounced slain death "
    "survived condition funeral fatally stabbed remembered mourned deceased injuries wound wounds remains body"
)
_DOING = word_set("shot killed stabbed murdered attacked wounded injured")
_SPEAKERS = word_set("said says told according spokesman spokeswoman sheriff chief captain neighbor resident lives")
_WORTH_READING = re.compile(r"\d|identified")
_WORD = re.compile(r"[a-z]+")


class Person(NamedTuple):
    """A name as the text has it and its role in what the text tells: actor (suspected of it) or recipient (hurt)."""

    name: str
    role: str


def name_people(text: str) -> list[Person]:
    """The people whom a sentence names with their age, or identifies, and speaks of as hurt or suspected."""
    if not _WORTH_READING.search(text):
        return []
    found = []
    for m in _AGED.finditer(text):
        name = m["first"] or m["last"] or m["named"]
        role = _role(text, m.start(), m.end())
        if role and not _WORD.match(name):
            found.append(Person(_plain(name), role))
    return found


def _role(text: str, start: int, end: int) -> Optional[str]:
    """By the nearest words: after the name first, as far as the sentence goes, then before it."""
    before, after = _WORD.findall(text[:start].lower()), _WORD.findall(text[end:].lower())
    if after[:1] and after[0] in _SPEAKERS:
        return None
    if before and before[-1] in _DOING and not set(before[-4:]) & {"was", "were", "been"}:
        return "recipient"  # "shot and killed Ann Lee, 23"
    for word in [*after[:14], *reversed(before[-14:])]:
        if word in _SUSPECTED:
            return "actor"
        if word in _HURT:
            passive = after[:1] and after[0] in _DOING and "himself" not in after[:4]
            return "actor" if passive else "recipient"
    return None


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name).removesuffix(",")
