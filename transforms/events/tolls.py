"""How many were killed and injured, as one sentence says it.

The sentence is read as plain words: a word such as "killed" or "dead" takes the numbers of the noun phrases after it
("killing at least seven") or before it ("five soldiers and two civilians were killed"), as `headcounts` counts them.
Unsaid is None, "no one" is 0.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple, Optional

from transforms.events.care import count_in_care
from transforms.events.counting import (
    BODIES,
    KILLINGS,
    WORDS,
    are_people,
    count_after,
    count_before,
    is_done,
    skip,
)
from transforms.events.headcounts import BEFORE_NUMBER, STOPS
from transforms.events.named_lists import without_names
from transforms.events.numerals import parse_number
from transforms.events.wordlists import TELLING, word_set

_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*|[^\w\s]")
_TO_DEATH = word_set(  # kill with "to death", and tell nothing of it without
    "hacked hacking beat beaten beating burned burnt burning bludgeoned bludgeoning trampled trampling crushed "
    "crushing stoned stoning clubbed tortured torturing kicked choked frozen froze strangled slashed mauled battered "
    "knifed bled put stabbed stabbing shot shooting"
)
_ATTACKERS = frozenset(["attackers", "assailants", "bombers", "gunmen", "hijackers"])
_FINDING = word_set("counted found discovered recovered dumped unearthed exhumed retrieved finding recovering find")
_COMPANY = frozenset(["along", "together"])
_DEAD = word_set("killed dead deaths fatalities died perished martyred")
_FAR_DEAD = 9  # words from "number" to "dead"
_COST = word_set("took takes taken taking claimed claims claiming cost costing")
_HOSPITALS = frozenset(["hospital", "hospitals"])
_TAKEN = word_set("took taken rushed flown airlifted transported brought")
_OTHERS = frozenset(["other", "others"])
_DYING = word_set("killed dead died dies death pronounced body bodies")
_HAVE_DIED = frozenset(["died", "dies", "succumbed"])
_LIVING = frozenset([",", "who", "and", "now", "still", "he", "she"])
_FAR_TOLL = 28  # of words from "toll" to what it rose to
_RISING = word_set("rose risen rises climbed climbs jumped stood stands increased soared grew mounted")
_FAR = 14  # words from "toll" to its number
_MULTIPLES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
_MULTIPLIED = dict.fromkeys(("murder", "homicide", "killing", "slaying", "murders"), "killed") | {"shooting": "hit"}
_SELVES = frozenset(["himself", "herself", "themselves"])
_SUICIDE = re.compile(
    r"(?i)\b(?:killing|killed) (?:himself|herself|themselves)\b|\b(?:took|taking) (?:his|her) own life\b"
    r"|\bturn(?:ed|ing) the (?:\w+ )?(?:gun|weapon|rifle|pistol) on (?:himself|herself)\b"
)
_SPACED_AGE = re.compile(
    r"(?<=\d) - (?=(?:year|month|week|day)s? - old)|(?<=year|onth|week) - (?=old)"
)  # "63 - year - old"
_NO_FEWER = re.compile(r"(?i)\bno[t]? (?:fewer|less) than\b")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
_TRIED = re.compile(r"(?i)\b(?:attempt\w*|tr(?:ied|ying)|wanted|threaten\w*|failed|surviv\w+|critical)\b")


class Toll(NamedTuple):
    """People killed and injured; `hit` are those shot or stabbed of whom is not said how they fared, `in_care` those
    with wounds or in care, who may be among those counted elsewhere."""

    killed: Optional[int] = None
    injured: Optional[int] = None
    hit: Optional[int] = None
    in_care: Optional[int] = None


def count_casualties(sentence: str) -> Toll:
    """How many `sentence` says were killed, injured, hit; the highest number when it says several of one kind."""
    sentence = _NO_FEWER.sub("at least", sentence)
    sentence = _INITIALS.sub(lambda m: m[0].replace(".", ""), sentence)  # "two U.S. soldiers"
    texts = without_names(_WORD.findall(_SPACED_AGE.sub("-", sentence)))
    words = [text.lower() for text in texts]
    found: dict[str, int] = {}
    attackers: dict[str, int] = {}
    for at, word in enumerate(words):
        kind = WORDS.get(word)
        if kind and (kind := _kind(words, texts, at, kind)):
            count = _count_at(words, texts, at)
            if count and kind == "killed" and _SELVES & set(words[at + 1 : at + 2]):
                count = count - 1 or None  # who kills himself is added below
            if count is not None and _is_of_attackers(words, at):
                attackers[kind] = count
                continue
        elif word == "death" and words[at - 1] == "to":
            kind, count = "killed", _count_to_death(words, texts, at)
        elif word in ("toll", "lives") or (word == "number" and _DEAD & {*words[at + 1 : at + _FAR_DEAD]}):
            kind, count = "killed", _count_toll(words, at)
        elif word == "life" and words[at - 1] == "the" and _COST & {*words[max(at - 2, 0) : at - 1]}:
            kind, count = "killed", count_after(words, texts, at)
        elif word in _HOSPITALS and (verb := _taken_at(words, at)):
            kind, count = _count_taken(words, texts, verb)
        elif word in _MULTIPLES and words[at + 1 : at + 2] and words[at + 1] in _MULTIPLIED:
            kind, count = _MULTIPLIED[words[at + 1]], _MULTIPLES[word]
        else:
            continue
        if count is not None:
            found[kind] = max(count, found.get(kind, 0))
    in_care, others = count_in_care(words, texts)
    for kind, count in (("in_care", in_care), ("injured", others)):
        if count:
            found[kind] = max(count, found.get(kind, 0))
    if _SUICIDE.search(sentence) and not _TRIED.search(sentence):
        found["killed"] = found.get("killed", 0) + 1
    return Toll(**(attackers | found))


def _count_at(words: Sequence[str], texts: Sequence[str], at: int) -> Optional[int]:
    """The number of those of whom the word `at` tells: "killed five", "was killed along with five others"."""
    count = count_after(words, texts, at)
    if count is None and not is_done(words, at):
        count = count_before(words, texts, at)
    with_others = _with_others(words, at)
    others = count_after(words, texts, with_others) if with_others else None
    return (count or 1) + others if others else count


def _with_others(words: Sequence[str], at: int) -> Optional[int]:
    """The "with" behind which stands who died as well: "was killed in Gao along [with] two guards"."""
    for i in range(at + 1, min(at + _FAR, len(words) - 1)):
        if words[i] in _COMPANY and words[i + 1] == "with":
            return i + 1
        if not words[i][0].isalnum() or words[i] in WORDS or words[i] in TELLING:
            return None
    return None


def _taken_at(words: Sequence[str], at: int) -> Optional[int]:
    """The verb of those who were "[taken] to a nearby hospital"."""
    to = next((i for i in range(at - 1, max(at - 5, 0), -1) if words[i] == "to"), 0)
    return next((i for i in range(to - 1, max(to - 6, -1), -1) if words[i] in _TAKEN), None)


def _count_taken(words: Sequence[str], texts: Sequence[str], verb: int) -> tuple[str, Optional[int]]:
    """Those who were taken to a hospital are hurt where others are dead; else some of them may be."""
    count = count_before(words, texts, verb)
    if words[verb + 1] != "to":  # "took three people to hospital"
        count = count_after(words, texts, verb)
    if _OTHERS & set(words[max(verb - 4, 0) : verb + 4]):
        return "injured", count
    return "hit", None if _DYING & set(words) else count


def _count_to_death(words: Sequence[str], texts: Sequence[str], at: int) -> Optional[int]:
    """The number of those of whom it is told before, between or after: "hacked [two] to death"."""
    verb = next((i for i in range(at - 2, max(at - 12, -1), -1) if words[i] in _TO_DEATH), None)
    if verb is None or STOPS & {*words[verb + 1 : at - 1]}:
        return None
    between = count_after(words, texts, verb) if verb < at - 2 else None
    return between or count_after(words, texts, at) or count_before(words, texts, verb)


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


def _kind(words: Sequence[str], texts: Sequence[str], at: int, kind: str) -> Optional[str]:
    """What a word means here: "shot dead" and "fatally shot" kill, "shot" as a noun and "wounds" count nobody."""
    following, before = words[at + 1 : at + 3], words[at - 1] if at else ""
    if kind == "hit":
        deadly = following[:1] == ["dead"] or following in (["and", "killed"], ["to", "death"])
        if deadly or before == "fatally" or words[at] == "gunned":
            return "killed"
        return None if before in ("a", "the", "gun") or following[:1] == ["down"] else "hit"
    if _counts_both(words, texts, at):
        return None
    if kind == "injured" and "who" in words[max(at - 4, 0) : at] and _HAVE_DIED & set(words[at:]):
        return None  # "a man who was wounded on Friday has died"
    if words[at] == "hurt" and before in ("had", "has", "have"):  # "the killing of six had hurt ties"
        return None
    if kind == "injured" and before in ("fatally", "mortally"):
        return "killed"
    if are_people(words, at) or (words[at] in BODIES and _FINDING.isdisjoint(words)):
        return None
    if words[at] == "stabbed" and "death" in words[at : at + 9]:
        return None  # counted by that word
    if words[at] in KILLINGS:
        return kind if following[:1] == ["of"] else None
    of_wounds = before in ("the", "gunshot", "of", "a", "'s", "stab")
    if of_wounds and following[:1] != ["of"] and words[at] in ("killing", "wound", "wounds", "injuries"):
        return None
    return kind


def _counts_both(words: Sequence[str], texts: Sequence[str], at: int) -> bool:
    """Whether one number is of the dead and the injured together: "sixty were killed and wounded"."""
    for first in (at, at - 2):
        kinds = {WORDS.get(word) for word in (*words[max(first, 0) : first + 1], *words[first + 2 : first + 3])}
        if words[first + 1 : first + 2] in (["and"], ["or"]) and kinds == {"killed", "injured"}:
            return not (count_before(words, texts, first) and count_after(words, texts, first + 2))
    return False


def _count_toll(words: Sequence[str], at: int) -> Optional[int]:
    if words[at] == "lives" and words[at - 2 : at - 1] == ["lost"]:  # "20 people lost their lives"
        return count_before(words, words, at - 2)
    if words[at] == "lives":
        before = (i for i in range(max(at - 3, 0), at) if not _LIVING & set(words[i:at]))  # "a man, 20, lives there"
        behind = range(at + 2, min(at + 4, len(words))) if words[at + 1 : at + 2] == ["of"] else ()
        near = [*before, *behind]  # "20 lives", "the lives of 20"
        return next((n for i in near if (n := parse_number(words, i)[0]) is not None), None)
    for i in range(at + 1, min(at + _FAR_TOLL, len(words))):
        rises = words[i - 1] in _RISING or words[i - 2 : i] in (["went", "up"], ["gone", "up"])
        if i >= at + _FAR and not rises:
            continue
        if words[i] in ("to", "at", "of", "reached", "was", "is", "exceeded", "passed", "reaches"):
            at = skip(words, i + 1, BEFORE_NUMBER)
            if at < len(words) and (number := parse_number(words, at))[1]:
                return number[0]
    return None
