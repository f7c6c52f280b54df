"""People whom a sentence names, and whether it speaks of them as hurt or as suspected.

Reports name the victims and the suspects of an assault long after they told of it: "the victims were Ann Lee, 23, and
Tom Ray of Ardon". Names that are listed share one role; the words around the list say which.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.events.names import with_shared_name
from transforms.events.persons import nouns_of_one
from transforms.events.rolecues import role_by_words
from transforms.events.sentences import Sentence, is_word
from transforms.events.wordlists import KIN, PARTICLES, TIME, TITLES, word_set

_OTHERS = word_set(  # capitalised, and in nobody's name
    "the a an in on at of and or but for to by with from i he she it they we this that these those after when while "
    "police officer officers detective deputy deputies trooper investigators authorities victim victims suspect "
    "suspects shooting man woman boy girl teen teenager child father mother killed shot street avenue road drive "
    "school county department hospital church center court office news channel city highway house apartments club bar "
    "two three four five six seven eight nine ten another other one university medical photo image update posted "
    "anyone someone everyone witnesses neighbors"
)
_RANKS = word_set("first second chief senior deputy assistant")
MAX_NAME_WORDS = 6
_SMALL = 4  # words, the capital among them
_OPEN, _CLOSE = frozenset(['"', "“", "‘", "'", "("]), frozenset(['"', "”", "’", "'", ")"])
_AGE = r"(?:\(?(?:age[d]? )?\d{1,3}(?: years? old)?\)?|in (?:his|her|their) (?:early |mid-?|late )?\d0s)"
_WHOSE = (
    r"(?:,? (?:an? |the |his |her |their |[A-Z]\w+'s )?[a-z][\w-]+(?: [a-z][\w-]+){0,3}"
    r"(?: (?:of|from|in) [A-Z]\w+(?:[ -][A-Z]\w+)*)?(?=[,;]))?"  # ", Lee's mother,"
)
_HOME = r",? (?:both |all )?(?:of|from) (?:the )?[A-Z][\w.]+(?:[ -][A-Z]\w+)*(?:, [A-Z][\w.]+)?"
_ANOTHER = r"(?:,? and (?:an?|the) (?:[a-z]+ ){1,3}?[a-z]+(?=,| were))?"
_SPACED = re.compile(r" ([,.;:)])")  # signs apart from words, as in texts that were cut into words before
_TAIL = re.compile(rf"^(?:,?\s?{_AGE}(?!-)\b\)?)?(?:{_HOME})?{_ANOTHER}(?:, all of [A-Z]\w+)?\s?[,;–—-]{{0,2}}\s?")
_KIN = r"(?:(?:his|her|their) (?:[a-z-]+ ){0,3}[a-z]+,? )?"  # "Ann Lee, 29, and [her two children,] Joy, 7, and Tom, 5"
_ALIAS = r"(?:,? (?:alias|aka|a\.k\.a\.?|also known as) [\"“'‘]?[A-Z][\w -]{0,20}[\"”'’]?)?"
_LINK = re.compile(
    rf"^{_ALIAS}(?:,?\s?{_AGE})?(?:{_HOME})?{_WHOSE}"
    rf"\s?[,;]?\s?(?:and|&|,|;)\s{_KIN}(?:(?:an? )?\d{{1,3}}[- ]year[- ]olds? )?$"
)
_REST_OF_LINE = re.compile(r"(?:\w+'s |(?:his|her|their) )?(?:[a-z]{3,20})?[ .,;]*(?:and)?")
_LEAD = re.compile(
    r"(?:\b(?:an? |the )?\d{1,3}[- ]year[- ]olds?(?: (?:[\w-]+ ){0,4}(?:man|woman|resident|student))?"
    r"|\b(?:mr|mrs|ms|dr)\.?)$"
)
_RANKED = "|".join(sorted({title.rstrip(".").capitalize() for title in TITLES}))
_TITLE = re.compile(rf"(?<= )(?!and |or )(?:[a-z][a-z-]+ |(?:First )?(?:{_RANKED})\.? ){{1,3}}$")
_NOT_TITLES = word_set("suspect suspects gunman gunmen shooter attacker attackers and or by of said told with who")

_TELLS = re.compile(r",? (?:said|says|told|added|confirmed|reported|who)\b")
AGED = re.compile(r"^(?:\s?,\s|\s?\(|\s(?=age))\(?(?:age[d]? )?\d{1,3}\)?(?=[,.;)\s]|$)")


class Person(NamedTuple):
    """A name, in full where the article has it so, and its role: actor (suspected), recipient (hurt), self (both)."""

    name: str
    role: str


class Name(NamedTuple):
    start: int  # characters of the sentence
    end: int
    text: str
    is_aged: bool
    is_sure: bool  # a person's for certain


def name_people(sentence: Sentence, names: Mapping[str, str]) -> list[Person]:
    """The people whom a sentence names and speaks of as hurt or suspected.

    `names` are the full names of the article by their last words, for those that stand here in short.
    """
    text, groups = listed_names(sentence, names)
    found = []
    for group in groups:
        role = role_of(text, group)
        if role and any(name.is_sure for name in group):
            found += [Person(name.text, role) for name in group]
    return found


def listed_names(sentence: Sentence, names: Mapping[str, str]) -> tuple[str, list[list[Name]]]:
    """The text of a sentence, and the names in it, those of a list together; `names` as of `name_people`."""
    first, last = sentence.span(0, len(sentence.texts))
    text = sentence.text[first:last].replace("\n", " ").replace("’", "'")
    return text, _listed(text, list(_names(sentence, text, first, names)))


def _names(sentence: Sentence, text: str, offset: int, known: Mapping[str, str]) -> Iterator[Name]:
    """The names in a sentence that are, or may be, those of people: the parser says so, an age stands beside them."""
    tree, lows = sentence.tree, sentence.lows
    for first, end in _capital_runs(sentence):
        while first < end and _is_before_name(sentence, first):
            first += 1
        words = range(first, end)
        if not words or any(lows[at] in _OTHERS | TIME and sentence.texts[at] != "A" for at in words):
            continue
        start, stop = (at - offset for at in sentence.span(first, end))
        aged = bool(AGED.match(text[stop:]) or _LEAD.search(text[:start].rstrip().lower()))
        kinds = {tree.kinds[at] for at in words}
        if end - first == 1:
            full = known.get(lows[first]) or with_shared_name(sentence, first)
            if full and "PERSON" in kinds and not aged:
                yield Name(start, stop, full, False, True)
            elif "PERSON" in kinds and (aged or _is_kin(sentence, first)):  # "and her son Tom, 5"
                yield Name(start, stop, full or sentence.text[offset + start : offset + stop], aged, False)
        elif end - first <= MAX_NAME_WORDS and (aged or kinds <= {"PERSON", ""}):
            yield Name(start, stop, sentence.text[offset + start : offset + stop], aged, aged or "PERSON" in kinds)


def _is_kin(sentence: Sentence, at: int) -> bool:
    """Whether a name alone says which of somebody's kin it was: "his children [Ann] and [Tom]"."""
    tree = sentence.tree
    at = tree.heads[at] if tree.relations[at] == "conj" else at
    noun = tree.heads[at]
    return tree.relations[at] == "appos" and sentence.lows[noun] in KIN


def _is_before_name(sentence: Sentence, at: int) -> bool:
    """Whether a word with a capital stands before a name: a title, or how a sentence begins, as "Following" does."""
    begins = at == 0 or not is_word(sentence.texts[at - 1])
    is_verb = begins and sentence.tree.tags[at] in ("VBG", "VBN", "IN")

    if sentence.lows[at] in _RANKS and at + 1 < len(sentence.lows):  # "[First] Officer"
        at += 1
    return is_verb or sentence.lows[at] in TITLES or sentence.lows[at] in _OTHERS


def _capital_runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words, with initials, particles, nicknames in quotes and hyphens inside."""
    texts, lows, at = sentence.texts, sentence.lows, 0
    while at < len(texts):
        if not texts[at][:1].isupper():
            at += 1
            continue
        end = at + 1
        while end < len(texts):
            closes = lows[end] in _CLOSE and end - 2 > at and lows[end - 2] in _OPEN
            if not (texts[end][:1].isupper() or closes or _goes_on(sentence, end)):
                break
            end += 1
        yield at, end
        at = end


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Whether small words lead on to a name's next capital: "Rafid [al -] Jumaili", "Jean [de la] Croix"."""
    for end in range(at, min(at + _SMALL, len(sentence.texts))):
        if sentence.texts[end][:1].isupper():
            return end > at
        opens = end == at and sentence.lows[end] in _OPEN
        if not (opens or sentence.lows[end] in PARTICLES):
            return False
    return False


def _listed(text: str, names: Sequence[Name]) -> list[list[Name]]:
    """Names with nothing between them but ages, homes, commas and "and", together."""
    groups: list[list[Name]] = []
    for name in names:
        is_owner = text.startswith("'s ", name.end)  # "Ann Lee, 59, [Poe's mother]"
        if groups and not is_owner and _are_linked(text, groups[-1][-1], name):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _are_linked(text: str, name: Name, other: Name) -> bool:
    """Whether two names stand in one list: "[Ann Lee], 23, and constable [Tom Ray]", who does not tell it."""
    between = _SPACED.sub(r"\1", text[name.end : other.start])
    if _LINK.match(between):
        return True
    titled = _TITLE.search(between)
    words = titled[0].split() if titled else []
    is_title = bool(words) and (words[-1].removesuffix("s") in nouns_of_one() | TITLES or words[-1][:1].isupper())
    if not is_title or _NOT_TITLES & set(words) or _TELLS.match(text, other.end):
        return False
    return bool(_LINK.match(between[: titled.start()]))


def role_of(text: str, group: Sequence[Name]) -> Optional[str]:
    """The role of people who are listed, as the words around them tell."""
    before = _LEAD.sub("", _SPACED.sub(r"\1", text[: group[0].start]).rstrip().lower()).rstrip()
    after = _SPACED.sub(r"\1", text[group[-1].end :])
    is_owner = after.startswith("'s ")
    if not is_owner:
        after = _TAIL.sub("", after, count=1)
    is_aged = any(name.is_aged for name in group)
    if is_aged and not before and _REST_OF_LINE.fullmatch(after):
        return "recipient"  # a line of a list of the dead
    role = role_by_words(before, after.lower(), is_aged)
    return None if is_owner and role == "actor" else role  # "accused [Roe]'s government"
