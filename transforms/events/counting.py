"""How many people the noun phrases beside a word for death or injury are: "killed [five and a guard]"."""

from collections.abc import Sequence
from typing import Optional

from transforms.events.headcounts import BEFORE_NUMBER, STOPS, count_phrase
from transforms.events.numerals import parse_number
from transforms.events.persons import nouns_of_one
from transforms.events.wordlists import DETERMINERS, TELLING, word_set

KILLED = word_set(
    "killed kill kills killing dead died dies murdered slain massacred executed beheaded perished assassinated lynched "
    "drowned electrocuted suffocated "
    "slaughtered martyred martyrdom fatalities deaths"
)
INJURED = word_set(
    "injured injures injuring injure wounded wounds wounding wound hurt hospitalized hospitalised injuries maimed"
)
HIT = frozenset(["shot", "gunned", "stabbed"])
KILLINGS = frozenset(["murder", "assassination", "slaying", "beheading", "lynching"])  # "of two men": counts them
BODIES = frozenset(["bodies", "corpses"])
WORDS = {
    **dict.fromkeys(KILLINGS, "killed"),
    **dict.fromkeys((*KILLED, *BODIES), "killed"),
    **dict.fromkeys(INJURED, "injured"),
    **dict.fromkeys(HIT, "hit"),
}
_SKIPPED = word_set(
    "was were is are been being be had has have also reportedly allegedly later then fatally critically seriously "
    "badly severely slightly embraced attained sustained "
    "both all confirmed left lay who that found pronounced declared "
    "accidentally mortally still now remain remained remains"
)
_HELD = word_set(
    "known confirmed reported believed thought feared presumed understood said"
)  # "are known to have died"
_DOING = frozenset(["killed", "kills", "wounded", "injured", "murdered"])
_ARTICLES = frozenset(["a", "an", "its"])
_INNER = frozenset(["in", "of", "from", "at", "with", "near", "outside"])
_BE = frozenset(["was", "were", "are", "had", "have", "has"])
_NOUNS = frozenset(["dead", "wounded", "injured", "killed"])
_SUFFERING = word_set("inflict inflicts inflicted inflicting suffer suffered suffering had and")
_HURT_ONES = frozenset(["wounded", "injured"])
_OF_THEM = BODIES | {"deaths"}
_AFTER_THEM = _OF_THEM | word_set("dead died dies fatalities injuries slain gunned")  # count those before
_LIMITS = STOPS | WORDS.keys() | {"and"}
_LIMITS_OF_ONE = WORDS.keys() | word_set("who which that when while after before said with and by")
_FAR = 14  # words
_FAR_OPENING = 20  # words
_PERSONS = frozenset(["they", "he", "she", "it"])


def are_people(words: Sequence[str], at: int) -> bool:
    """Whether a word is a noun for those who were hurt: "two of the [wounded]"."""
    return words[at] in _HURT_ONES and "of" in words[max(at - 4, 0) : at] and words[at - 1] not in _BE


def is_done(words: Sequence[str], at: int) -> bool:
    """Whether those before a word did it, to what follows: "five men [killed] a dog"."""
    is_active = words[at] in _DOING and not {"and", *_BE} & {*words[max(at - 2, 0) : at]}
    return is_active and bool(_ARTICLES & {*words[at + 1 : at + 2]})


def skip(words: Sequence[str], at: int, skipped: frozenset[str]) -> int:
    """The first word from `at` on that is none of those `skipped`."""
    while at < len(words) and words[at] in skipped:
        at += 1
    return at


def _skip_back(words: Sequence[str], at: int) -> int:
    """Where the noun phrase before a word ends: "nine people | are known to have been killed"."""
    while at and (words[at - 1] in _SKIPPED or _goes_on(words, at)):
        at -= 1 if words[at - 1] in _SKIPPED else 2
    return at


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether two words lead on to a word for death: "known to" have died, "was raped and" killed."""
    first, second = words[at - 2 : at] or ("", "")
    is_passive = second == "and" and first.endswith("ed") and words[at - 3 : at - 2] in (["was"], ["were"], ["been"])
    return is_passive or (second == "to" and first in _HELD)


def count_after(words: Sequence[str], texts: Sequence[str], at: int) -> Optional[int]:
    """The number of the noun phrases that follow: "killed two soldiers and a guard"."""
    of_them = words[at] in _OF_THEM and words[at + 1 : at + 2] == ["of"]
    if not of_them and words[at] in _AFTER_THEM:
        return None
    if words[at + 1 : at + 3] == ["and", "killed"]:
        at += 2
    if words[at + 1 : at + 2] in (["dead"], ["of"]):
        at += 1
    total, at = None, at + 1
    while True:
        at, end = _phrase_after(words, at)
        if _begins_count(words, end, total, of_them):
            return total
        is_told = total and (_says_who(words, texts, at) or _is_other_office(words, texts, at, end))
        count = 0 if is_told else count_phrase(words, texts, at, end)
        if count is None:
            return total
        total = (total or 0) + count
        if _ends_list(words, end):
            return total
        at = end + 1 + (words[end + 1] == "and")


def _phrase_after(words: Sequence[str], at: int) -> tuple[int, int]:
    """Where the noun phrase at word `at` begins and ends, an "at least" or "up to" before it skipped."""
    end = at
    while end < len(words) and words[end][0].isalnum() and words[end] not in _LIMITS:
        end += 1
    if end == at and words[end : end + 1] in (["at"], ["to"], ["as"]):
        end = at = skip(words, at, BEFORE_NUMBER)
        while end < len(words) and words[end][0].isalnum() and words[end] not in STOPS | {"and"}:
            end += 1
    return at, end


def _begins_count(words: Sequence[str], end: int, total: Optional[int], of_them: bool) -> bool:
    """Whether a phrase that ends there is of another count: "killed two and three [were] wounded"."""
    if end >= len(words):
        return False
    is_clause = words[end - 1] in _PERSONS  # "beheaded two of the sailors [they had] held"
    return (words[end] in _BE and not (is_clause or of_them)) or (total is not None and words[end] in WORDS)


def _ends_list(words: Sequence[str], end: int) -> bool:
    """Whether nobody is counted on behind a phrase that ends there."""
    if end + 1 >= len(words) or words[end] not in ("and", ",") or words[end + 1] in WORDS:
        return True
    if words[end + 1].endswith("ed") and words[end + 2 : end + 3] and words[end + 2] in DETERMINERS:
        return True  # "killed five gunmen and arrested the leader"
    return words[end] == "," and ("and" not in words[end : end + 8] or _is_teller(words, end + 1))


def _is_teller(words: Sequence[str], at: int) -> bool:
    """Whether those after a comma only tell it: "killing ten, a doctor and an officer said"."""
    clause = words[at : at + 10]
    end = next((i for i, word in enumerate(clause) if word in (",", ".", ";")), len(clause))
    return any(word in TELLING for word in clause[:end])


def _says_who(words: Sequence[str], texts: Sequence[str], at: int) -> bool:
    """Whether the phrase at word `at` says who is named before it: "killed Ann Lee, [a nurse]"."""
    if at < 2 or at >= len(words) or words[at - 1] != ",":
        return False
    if texts[at - 2].islower():  # "killed the police chief, [Ann Lee], and a guard"
        return words[at - 2] in nouns_of_one() and texts[at][:1].isupper() and "," in words[at + 1 : at + 4]
    return words[at] in ("a", "an") and texts[at - 2][:1].isupper() and texts[at - 2][1:].islower()


def _is_other_office(words: Sequence[str], texts: Sequence[str], at: int, end: int) -> bool:
    """Whether a phrase behind "and" says what else somebody is: "killed a trader and [former mayor], Ann Lee"."""
    is_bare = words[at - 1] == "and" and "".join(texts[at : at + 1]).islower() and words[at] not in DETERMINERS
    names = texts[end + 1 : end + 3] if words[end : end + 1] == [","] else []
    is_named = len(names) == 2 and all(text[:1].isupper() for text in names)
    return is_bare and is_named and words[end - 1] in nouns_of_one() and "and" not in words[end + 1 : end + 6]


def _is_one_with_place(words: Sequence[str], end: int) -> bool:
    """Whether who stands before an "and" is one, told by office or place: "[a candidate for mayor in Leeds] and"."""
    first = next((i for i in range(end - 1, max(end - _FAR, -1), -1) if words[i] in ("a", "an")), None)
    if words[end] != "and" or first is None or not all(word[0].isalnum() for word in words[first:end]):
        return False
    return words[first + 1] in nouns_of_one() and _LIMITS_OF_ONE.isdisjoint(words[first:end])


def _before_insertion(words: Sequence[str], at: int) -> int:
    """The word before what is told in commas of some of them: "43 people, | nine of them children, were killed"."""
    at = _before_short(words, at)
    if not at or words[at - 1] != ",":
        return at
    opening = next((i for i in range(at - 2, max(at - _FAR_OPENING, 0), -1) if words[i] == ","), 0)
    inside = words[opening + 1 : at - 1]
    are_some = {"them", "including", "mostly"} & set(inside[:4]) or inside[-2:] == ["among", "them"]
    return opening if opening and are_some else at


def _before_short(words: Sequence[str], at: int) -> int:
    """The word before a short name in brackets: "four members of the New People's Army | (NPA) were killed"."""
    return at - 3 if at > 2 and words[at - 1] == ")" and words[at - 3] == "(" else at


def _is_of_name_before(words: Sequence[str], texts: Sequence[str], start: int) -> bool:
    """Whether the phrase at word `start` says who is named before it, and not where: "Ann Lee, [a nurse], and two"."""
    if start < 2 or words[start] not in ("a", "an", "the") or words[start - 1] != ",":
        return False
    first = start - 1
    while first and texts[first - 1][:1].isupper() and words[first - 1] not in STOPS:
        first -= 1
    return start - 1 - first > 1 and (not first or words[first - 1] in ("and", ","))


def count_before(words: Sequence[str], texts: Sequence[str], at: int) -> Optional[int]:
    """The number of the noun phrases that precede: "five soldiers and two civilians were killed"."""
    if words[at] in _NOUNS and words[at - 2 : at - 1] and words[at - 2] in _SUFFERING:
        number, length = parse_number(words, at - 1)  # "inflicted eight dead and five wounded"
        if length:
            return number
    end, total = _before_insertion(words, _skip_back(words, at)), None
    while end:
        start = end
        while (
            start
            and words[start - 1][0].isalnum()
            and words[start - 1] not in STOPS | {"and"}
            and (words[start - 1] not in WORDS or are_people(words, start - 1))
        ):
            start -= 1
        if start and words[start - 1] in ("at", "to", "as") and words[start : start + 1] in (["least"], ["many"]):
            start -= 1
        is_name = texts[start][:1].isupper() and _says_who(words, texts, start)  # "a lawmaker, Ann Lee, and a guard"
        is_name = is_name or _is_of_name_before(words, texts, start)
        count = 0 if is_name else count_phrase(words, texts, start, end)
        if count is None and "of" in words[start:end]:  # "the names of the four people"
            count = count_phrase(words, texts, end - words[start:end][::-1].index("of"), end)
        if count is None and total is None and start:
            is_inner = words[start - 1] in _INNER and end - start < 6  # "a baby in Leeds", "one of the men"
            if is_inner or words[start - 1 : start + 1] == ["and", "their"]:  # "40 patients and their companions"
                end = start - 1
                continue
        if count is None and total and _is_one_with_place(words, end):
            return total + 1
        if count is None or (total and words[end] == "," and words[start - 1] in _INNER):
            return total  # "police fired at crowds in El Alto, and nine were hurt"
        total = (total or 0) + count
        if start and words[start - 1] == "including":  # "six people including [the mayor and his wife]"
            return count_before(words, texts, start - 1) or total
        if not start or words[start - 1] not in ("and", ","):
            return total
        if words[start - 1] == "," and "and" not in words[start:at]:
            return total
        end = start - 1
        if end and words[end - 1] == ",":
            end -= 1
        end = _before_short(words, end)
    return total
