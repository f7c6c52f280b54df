"""Names told behind those whom they name: "two officers[, Ali Reza, 30, and Omid Sadr,] were killed" are two."""

from collections.abc import Sequence

from transforms.events.headcounts import STOPS
from transforms.events.numerals import parse_number
from transforms.events.wordlists import word_set

_FAR = 5  # words of a noun phrase behind its number
_OPENING = frozenset([",", ":", "-", "–", "—"])
_NAMING = word_set("identified named namely as")
_PARTICLES = word_set("de la del van von al el bin ibn ben abu da dos di")
_LONGEST = 5  # words of a name


def without_names(texts: Sequence[str]) -> list[str]:
    """The words of a sentence without such names, where as many are named as are counted before."""
    kept, at = list(texts), 0
    while at < len(kept):
        number, length = parse_number([text.lower() for text in kept[at : at + 4]], 0)
        if number is not None and number > 1 and (opening := _opening(kept, at + length)):
            end = _end_of_names(kept, opening, number)
            if end:
                del kept[opening:end]
        at += 1
    return kept


def _opening(texts: Sequence[str], at: int) -> int:
    """The comma or colon behind the noun phrase that begins at word `at`; 0 where none is near."""
    for i in range(at, min(at + _FAR, len(texts))):
        if texts[i] in _OPENING:
            return i if i > at else 0
        if not texts[i][0].isalpha() or texts[i].lower() in STOPS | {"and"}:
            return 0
    return 0


def _end_of_names(texts: Sequence[str], opening: int, number: int) -> int:
    """Where a list of that many names ends, with the comma that closes it; 0 where there is none."""
    at, names = opening + 1, 0
    while at < len(texts) and texts[at].lower() in _NAMING:
        at += 1
    while (end := _end_of_name(texts, at)) > at:
        names += 1
        end = _behind_age(texts, end)
        at = end
        if texts[at : at + 1] == [","]:
            at += 1
        if names == number:
            return at if texts[at - 1] == "," else end
        if texts[at : at + 1] == ["and"]:
            at += 1
        elif at == end:
            return 0
    return 0


def _end_of_name(texts: Sequence[str], at: int) -> int:
    """Where the name at word `at` ends: the same word, where none begins."""
    end = at
    while end < len(texts) and end - at < _LONGEST and texts[end][0].isalpha():
        if not texts[end][0].isupper() and (end == at or texts[end].lower() not in _PARTICLES):
            break
        end += 1
    return end


def _behind_age(texts: Sequence[str], end: int) -> int:
    """The word behind the age that follows a name: ", 30" or "(30)"."""
    if texts[end : end + 1] == [","] and texts[end + 1 : end + 2] and texts[end + 1].isdigit():
        return end + 2
    is_in_brackets = texts[end : end + 1] == ["("] and texts[end + 2 : end + 3] == [")"]
    return end + 3 if is_in_brackets else end
