"""How many were killed and injured, as one sentence says it.

The sentence is read as plain words: a word such as "killed" or "dead" takes the numbers of the noun phrases after it
("killing at least seven") or before it ("five soldiers and two civilians were killed"), as `headcounts` counts them.
Unsaid is None, "no one" is 0.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple, Optional

from transforms.events.headcounts import BEFORE_NUMBER, STOPS, count_phrase
from transforms.events.numerals import parse_number
from transforms.events.wordlists import DETERMINERS, TELLING, word_set

_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*|[^\w\s]")
_KILLED = word_set(
    "killed kill kills killing dead died dies murdered slain massacred executed beheaded perished assassinated lynched "
    "drowned electrocuted suffocated "
    "slaughtered martyred martyrdom fatalities deaths"
)
_INJURED = word_set(
    "injured injures injuring injure wounded wounds wounding wound hurt hospitalized hospitalised injuries maimed "
    "stabbed"
)
_HIT = frozenset(["shot", "gunned"])
_TO_DEATH = word_set(  # kill with "to death", and tell nothing of it without
    "hacked hacking beat beaten beating burned burnt burning bludgeoned bludgeoning trampled trampling crushed "
    "crushing stoned stoning clubbed tortured torturing kicked choked frozen froze strangled slashed mauled battered "
    "knifed bled put stabbed stabbing shot shooting"
)
_KILLINGS = frozenset(["murder", "assassination", "slaying", "beheading", "lynching"])  # "of two men": counts them
_BODIES = frozenset(["bodies", "corpses"])
_WORDS = {
    **dict.fromkeys(_KILLINGS, "killed"),
    **dict.fromkeys((*_KILLED, *_BODIES), "killed"),
    **dict.fromkeys(_INJURED, "injured"),
    **dict.fromkeys(_HIT, "hit"),
}
_SKIPPED = word_set(
    "was were is are been being be had has have also reportedly allegedly later then fatally critically seriously "
    "badly severely slightly embraced attained sustained "
    "both all confirmed left lay who that found pronounced declared "
    "accidentally mortally"
)
_HELD = word_set(
    "known confirmed reported believed thought feared presumed understood said"
)  # "are known to have died"
_DOING = frozenset(["killed", "kills", "wounded", "injured", "murdered"])
_ARTICLES = frozenset(["a", "an", "its"])
_INNER = frozenset(["in", "of", "from", "at", "with"])
_BE = frozenset(["was", "were", "are", "had", "have", "has"])
_ATTACKERS = frozenset(["attackers", "assailants", "bombers", "gunmen", "hijackers"])
_AFTER_THEM = _BODIES | word_set("dead died dies fatalities deaths injuries slain gunned")  # count those before
_FINDING = word_set("found discovered recovered dumped unearthed exhumed retrieved finding recovering find")
_NOUNS = frozenset(["dead", "wounded", "injured", "killed"])
_SUFFERING = word_set("inflict inflicts inflicted inflicting suffer suffered suffering had and")
_COMPANY = frozenset(["along", "together"])
_DEAD = frozenset(["killed", "dead", "deaths", "fatalities"])
_FAR = 14  # words from "toll" to its number
_HURT_ONES = frozenset(["wounded", "injured"])
_PERSONS = frozenset(["they", "he", "she", "it"])
_MULTIPLES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
_MULTIPLIED = dict.fromkeys(("murder", "homicide", "killing", "slaying", "murders"), "killed") | {"shooting": "hit"}
_SUICIDE = re.compile(
    r"(?i)\b(?:killing|killed) (?:himself|herself|themselves)\b|\b(?:took|taking) (?:his|her) own life\b"
    r"|\bturn(?:ed|ing) the (?:\w+ )?(?:gun|weapon|rifle|pistol) on (?:himself|herself)\b"
)
_SPACED_AGE = re.compile(
    r"(?<=\d) - (?=(?:year|month|week|day)s? - old)|(?<=year|onth|week) - (?=old)"
)  # "63 - year - old"
_TRIED = re.compile(r"(?i)\b(?:attempt\w*|tr(?:ied|ying)|wanted|threaten\w*|failed|surviv\w+|critical)\b")


class Toll(NamedTuple):
    """People killed and injured; `hit` are those shot or stabbed of whom is not said how they fared."""

    killed: Optional[int] = None
    injured: Optional[int] = None
    hit: Optional[int] = None


def count_casualties(sentence: str) -> Toll:
    """How many `sentence` says were killed, injured, hit; the highest number when it says several of one kind."""
    texts = _WORD.findall(_SPACED_AGE.sub("-", sentence))
    words = [text.lower() for text in texts]
    found: dict[str, int] = {}
    attackers: dict[str, int] = {}
    for at, word in enumerate(words):
        kind = _WORDS.get(word)
        if kind and (kind := _kind(words, at, kind)):
            count = _count_at(words, texts, at)
            if count is not None and _is_of_attackers(words, at):
                attackers[kind] = count
                continue
        elif word == "death" and words[at - 1] == "to":
            kind, count = "killed", _count_to_death(words, texts, at)
        elif word in ("toll", "lives") or (word == "number" and _DEAD & {*words[at + 1 : at + 5]}):
            kind, count = "killed", _count_toll(words, at)
        elif word in _MULTIPLES and words[at + 1 : at + 2] and words[at + 1] in _MULTIPLIED:
            kind, count = _MULTIPLIED[words[at + 1]], _MULTIPLES[word]
        else:
            continue
        if count is not None:
            found[kind] = max(count, found.get(kind, 0))
    if _SUICIDE.search(sentence) and not _TRIED.search(sentence):
        found["killed"] = found.get("killed", 0) + 1
    return Toll(**(attackers | found))


def _count_at(words: Sequence[str], texts: Sequence[str], at: int) -> Optional[int]:
    """The number of those of whom the word `at` tells: "killed five", "was killed along with five others"."""
    count = _count_after(words, texts, at)
    if count is None and not _is_done(words, at):
        count = _count_before(words, texts, at)
    with_others = _with_others(words, at)
    others = _count_after(words, texts, with_others) if with_others else None
    return (count or 1) + others if others else count


def _with_others(words: Sequence[str], at: int) -> Optional[int]:
    """The "with" behind which stands who died as well: "was killed in Gao along [with] two guards"."""
    for i in range(at + 1, min(at + _FAR, len(words) - 1)):
        if words[i] in _COMPANY and words[i + 1] == "with":
            return i + 1
        if not words[i][0].isalnum() or words[i] in _WORDS or words[i] in TELLING:
            return None
    return None


def _count_to_death(words: Sequence[str], texts: Sequence[str], at: int) -> Optional[int]:
    """The number of those of whom it is told before, between or after: "hacked [two] to death"."""
    verb = next((i for i in range(at - 2, max(at - 12, -1), -1) if words[i] in _TO_DEATH), None)
    if verb is None or STOPS & {*words[verb + 1 : at - 1]}:
        return None
    between = _count_after(words, texts, verb) if verb < at - 2 else None
    return between or _count_after(words, texts, at) or _count_before(words, texts, verb)


def _is_of_attackers(words: Sequence[str], at: int) -> bool:
    """Whether those who attacked are counted, apart from their victims: "three of the attackers were [killed]"."""
    before = words[max(at - 6, 0) : at]
    following = words[at + 1 : at + 7]
    following = following[: next((i for i, word in enumerate(following) if not word[0].isalnum()), len(following))]
    if "of" in following and _ATTACKERS & set(following[following.index("of") :]):
        return True  # "killed 17 of the assailants"
    if not _ATTACKERS & set(before) or "," in before:
        return False
    return "and" not in before or ["of", "the"] in [before[i : i + 2] for i in range(len(before))]


def _kind(words: Sequence[str], at: int, kind: str) -> Optional[str]:
    """What a word means here: "shot dead" and "fatally shot" kill, "shot" as a noun and "wounds" count nobody."""
    following, before = words[at + 1 : at + 3], words[at - 1] if at else ""
    if kind == "hit":
        deadly = following[:1] == ["dead"] or following in (["and", "killed"], ["to", "death"])
        if deadly or before == "fatally" or words[at] == "gunned":
            return "killed"
        return None if before in ("a", "the", "gun") or following[:1] == ["down"] else "hit"
    if kind == "injured" and before in ("fatally", "mortally"):
        return "killed"
    if _are_people(words, at) or (words[at] in _BODIES and _FINDING.isdisjoint(words)):
        return None
    if words[at] == "stabbed" and "death" in words[at : at + 9]:
        return None  # counted by that word
    if words[at] in _KILLINGS:
        return kind if following[:1] == ["of"] else None
    of_wounds = before in ("the", "gunshot", "of", "a", "'s", "stab")
    if of_wounds and following[:1] != ["of"] and words[at] in ("killing", "wound", "wounds", "injuries"):
        return None
    return kind


def _are_people(words: Sequence[str], at: int) -> bool:
    """Whether a word is a noun for those who were hurt: "two of the [wounded]"."""
    return words[at] in _HURT_ONES and "of" in words[max(at - 4, 0) : at] and words[at - 1] not in _BE


def _count_toll(words: Sequence[str], at: int) -> Optional[int]:
    if words[at] == "lives" and words[at - 2 : at - 1] == ["lost"]:  # "20 people lost their lives"
        return _count_before(words, words, at - 2)
    if words[at] == "lives":
        near = [*range(max(at - 3, 0), at), *range(at + 2, min(at + 4, len(words)))]  # "20 lives", "the lives of 20"
        return next((n for i in near if (n := parse_number(words, i)[0]) is not None), None)
    for i in range(at + 1, min(at + _FAR, len(words))):
        if words[i] in ("to", "at", "of", "reached", "was", "is", "exceeded", "passed", "reaches"):
            at = _skip(words, i + 1, BEFORE_NUMBER)
            if at < len(words) and (number := parse_number(words, at))[1]:
                return number[0]
    return None


def _is_done(words: Sequence[str], at: int) -> bool:
    """Whether those before a word did it, to what follows: "five men [killed] a dog"."""
    is_active = words[at] in _DOING and not {"and", *_BE} & {*words[max(at - 2, 0) : at]}
    return is_active and bool(_ARTICLES & {*words[at + 1 : at + 2]})


def _skip(words: Sequence[str], at: int, skipped: frozenset[str]) -> int:
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


def _count_after(words: Sequence[str], texts: Sequence[str], at: int) -> Optional[int]:
    """The number of the noun phrases that follow: "killed two soldiers and a guard"."""
    of_them = words[at] in ("deaths", *_BODIES) and words[at + 1 : at + 2] == ["of"]
    if not of_them and words[at] in (
        *_BODIES,
        "dead",
        "died",
        "dies",
        "fatalities",
        "deaths",
        "injuries",
        "slain",
        "gunned",
    ):
        return None
    if words[at + 1 : at + 3] == ["and", "killed"]:
        at += 2
    if words[at + 1 : at + 2] in (["dead"], ["of"]):
        at += 1
    total, at = None, at + 1
    while True:
        end = at
        while end < len(words) and words[end] not in STOPS | {"and", ","} and words[end] not in _WORDS:
            if not words[end][0].isalnum():
                break
            end += 1
        if end < len(words) and words[end] in ("at", "to", "as") and end == at:  # "at least", "up to"
            end = at = _skip(words, at, BEFORE_NUMBER)
            while end < len(words) and words[end][0].isalnum() and words[end] not in STOPS | {"and"}:
                end += 1
        is_clause = words[end - 1] in _PERSONS  # "beheaded two of the sailors [they had] held"
        if end < len(words) and (
            (words[end] in _BE and not (is_clause or of_them)) or (total is not None and words[end] in _WORDS)
        ):
            return total  # "killed two and three were wounded": another count
        count = 0 if total and _says_who(words, texts, at) else count_phrase(words, texts, at, end)
        if count is None:
            return total
        total = (total or 0) + count
        if end + 1 >= len(words) or words[end] not in ("and", ",") or words[end + 1] in _WORDS:
            return total
        if words[end + 1].endswith("ed") and words[end + 2 : end + 3] and words[end + 2] in DETERMINERS:
            return total  # "killed five gunmen and arrested the leader"
        if words[end] == "," and ("and" not in words[end : end + 8] or _is_teller(words, end + 1)):
            return total
        at = end + 1
        if words[at] == "and":
            at += 1


def _is_teller(words: Sequence[str], at: int) -> bool:
    """Whether those after a comma only tell it: "killing ten, a doctor and an officer said"."""
    clause = words[at : at + 10]
    end = next((i for i, word in enumerate(clause) if word in (",", ".", ";")), len(clause))
    return any(word in TELLING for word in clause[:end])


def _says_who(words: Sequence[str], texts: Sequence[str], at: int) -> bool:
    """Whether the phrase at word `at` says who is named before it: "killed Ann Lee, [a nurse]"."""
    is_one = words[at : at + 1] in (["a"], ["an"]) and at > 1 and words[at - 1] == ","
    return is_one and texts[at - 2][:1].isupper() and texts[at - 2][1:].islower()


def _before_insertion(words: Sequence[str], at: int) -> int:
    """The word before what is told in commas of some of them: "43 people, | nine of them children, were killed"."""
    if not at or words[at - 1] != ",":
        return at
    opening = next((i for i in range(at - 2, max(at - 14, 0), -1) if words[i] == ","), 0)
    inside = words[opening + 1 : at - 1]
    return opening if opening and {"them", "including", "mostly"} & set(inside[:4]) else at


def _count_before(words: Sequence[str], texts: Sequence[str], at: int) -> Optional[int]:
    """The number of the noun phrases that precede: "five soldiers and two civilians were killed"."""
    if words[at] in _NOUNS and words[at - 2 : at - 1] and words[at - 2] in _SUFFERING:
        return parse_number(words, at - 1)[0]  # "inflicted eight dead and five wounded"
    end, total = _before_insertion(words, _skip_back(words, at)), None
    while end:
        start = end
        while (
            start
            and words[start - 1][0].isalnum()
            and words[start - 1] not in STOPS | {"and"}
            and (words[start - 1] not in _WORDS or _are_people(words, start - 1))
        ):
            start -= 1
        if start and words[start - 1] in ("at", "to", "as") and words[start : start + 1] in (["least"], ["many"]):
            start -= 1
        count = count_phrase(words, texts, start, end)
        if count is None and "of" in words[start:end]:  # "the names of the four people"
            count = count_phrase(words, texts, end - words[start:end][::-1].index("of"), end)
        if count is None and total is None and start and words[start - 1] in _INNER and end - start < 6:
            end = start - 1  # "a baby in Leeds", "one of the men"
            continue
        if count is None:
            return total
        total = (total or 0) + count
        if not start or words[start - 1] not in ("and", ","):
            return total
        if words[start - 1] == "," and "and" not in words[start:at]:
            return total
        end = start - 1
        if end and words[end - 1] == ",":
            end -= 1
    return total
