"""The names in a sentence that stand where places do: after "in", "near" and such, a capital letter first."""

from collections.abc import Collection, Sequence
from typing import Optional

from transforms.events.ontology import Place
from transforms.events.sentences import Sentence, is_word
from transforms.events.wordlists import TIME, TITLES, word_set

_BEFORE_PLACE = frozenset(["in", "near", "at", "outside", "around", "inside", "across", "through", "throughout", "off"])
_BEFORE_PEOPLE = frozenset(["at", "on", "around"])  # "shot at Lee"
_PLACE_NOUNS = word_set(
    "town city village district province state region area capital department municipality neighborhood suburb county "
    "border port camp township commune hamlet settlement hills mountains valley island islands peninsula "
    "outskirts suburbs hinterland hinterlands jungle jungles forest forests airport heart center centre "
    "streets vicinity slum slums resort"
)
_PLACE_MODIFIERS = word_set(
    "the downtown central northern southern eastern western northeastern northwestern southeastern southwestern north "
    "south east west northeast northwest southeast southwest upper lower nearby neighboring neighbouring mainly "
    "predominantly occupied suburban rural coastal remote restive this war-torn"
)
IN_A_PLACE = _PLACE_MODIFIERS | {"in"}  # between a town and its country: ", in southern"
_HELD = word_set("held controlled run ruled occupied administered annexed dominated besieged")  # "rebel-held Donetsk"
_ON_TOWNS = word_set("attack raid strike assault bombing shelling bombardment offensive")
_PLACE_PARTS = word_set("de del la las los el al ad an ar as at az er es ez of the - da do dos")
STREETS = word_set(
    "street st. avenue ave. ave road rd. drive dr. lane boulevard blvd. way court circle place highway parkway "
    "interstate route terrace trail block blocks"
)
_NOT_AFTER_TOWNS = word_set(
    "'s ' ’s ’ neighborhood neighbourhood section subdivision apartments estate avenue street road hospital school "
    "church ports towns cities villages provinces states"
)
_COURTS = word_set(
    "court crown high magistrates magistrate federal supreme district superior sessions sheriff circuit criminal civil"
)
_WARDS = word_set("trauma medical burn burns")  # before a center or a clinic
_OF_PATIENTS = word_set("died dead treated treatment succumbed breathed admitted recovering")
_SEAS = word_set("pacific atlantic mediterranean caribbean baltic adriatic aegean")  # "the Pacific resort of Cabo"
_NOT_PLACES = word_set(
    "january february march april may june july august september october november december god congress parliament "
    "islam christianity english spanish i republic metro head "
    "christmas easter thanksgiving halloween ramadan"
)
_PARTS_OF_TOWNS = word_set("neighborhood neighbourhood quarter suburb area ward section barrio slum")
_CORNERS = word_set("streets avenues roads drives lanes boulevards")
SIDES = word_set("north south east west")


def find_spans(sentence: Sentence, named: Sequence[tuple[int, Place]]) -> list[tuple[int, int, int]]:
    """Every capitalised name after a word such as "in": its first word, the word after it, the position of "in"."""
    spans = []
    countries = {at for at, place in named if place.kind == "country"}
    for at, low in enumerate(sentence.lows):
        if (low not in _BEFORE_PLACE and low != "on") or _is_particle(sentence, at) or is_of_patients(sentence, at):
            continue
        start, end = _inmost_name(sentence, at + 1, countries)
        end = _end_before_court(sentence, start, end)
        if low == "on" and not _is_on_town(sentence, start, end, named):
            continue
        if end == start + 1 and sentence.lows[start] in _SEAS:
            continue
        if end > start and sentence.lows[start] not in TIME | TITLES | _NOT_PLACES and _may_be_place(sentence, end):
            if low not in _BEFORE_PEOPLE or not _is_person(sentence, start):
                spans.append((start, end, at))
            if sentence.texts[end : end + 1] == [","] and _may_follow(sentence, end + 1):
                spans.append((end + 1, end_of_name(sentence, end + 1), at))
    return spans


def _is_particle(sentence: Sentence, at: int) -> bool:
    """Whether "in" belongs to its verb: "brought in Lee"."""
    return sentence.tree.relations[at] == "compound:prt"


def is_of_patients(sentence: Sentence, at: int) -> bool:
    """Whether it says where the hospital is in which somebody is treated or dies: "flown to a hospital [in] Geneva"."""
    is_ward = sentence.lows[at - 1 : at] == ["hospital"] or not _WARDS.isdisjoint(
        sentence.lows[max(at - 2, 0) : at - 1]
    )
    is_taken = "to" in sentence.lows[max(at - 5, 0) : at]
    return is_ward and (is_taken or not _OF_PATIENTS.isdisjoint(sentence.lows[max(at - 9, 0) : at - 1]))


def _may_follow(sentence: Sentence, at: int) -> bool:
    """Whether what comes after a name and a comma may say what it lies in."""
    return at < len(sentence.texts) and sentence.texts[at][:1].isupper() and not _is_person(sentence, at)


def _is_person(sentence: Sentence, at: int) -> bool:
    return sentence.tree.kinds[at] == "PERSON"


def _is_on_town(sentence: Sentence, start: int, end: int, named: Sequence[tuple[int, Place]]) -> bool:
    """Whether what follows "on" is a town: "on the outskirts of Gao", "air strikes on Hodeidah"."""
    if start >= end or any(start <= at < end and place.kind != "city" for at, place in named):
        return False
    if sentence.lows[start - 2 : start] in (["outskirts", "of"], ["street", "of"], ["streets", "of"]):
        return True
    tree = sentence.tree
    head = tree.heads[start]
    is_camp = sentence.lows[head] == "camp" and head >= end  # "a raid on the Jenin refugee camp"
    if is_camp and tree.lemmas[tree.heads[head]] in _ON_TOWNS:
        return True
    return sentence.lows[start - 1] == "on" and tree.lemmas[head] in _ON_TOWNS


def _inmost_name(sentence: Sentence, at: int, countries: Collection[int]) -> tuple[int, int]:
    """The first word of the name that follows, and that after its last.

    Of "Syria's eastern province of Homs" and "the Red Sea port of Hodeidah" that is the last one.
    """
    start = _skip_to_name(sentence, at)
    end = end_of_name(sentence, start)
    after = end
    while after < len(sentence.lows) and sentence.lows[after] in _PLACE_NOUNS:
        after += 1
    after = _end_of_part(sentence, end) or after
    is_parted = after > end and sentence.lows[after : after + 1] == ["of"]
    is_owner = start in countries and sentence.lows[end : end + 1] in (["'s"], ["’s"])
    if is_parted or is_owner:
        first = _skip_to_name(sentence, (after if is_parted else end) + 1)
        last = end_of_name(sentence, first)
        if last > first and first not in countries:
            return first, last
    return start, end


def _end_of_part(sentence: Sentence, end: int) -> Optional[int]:
    """The word behind that for a part of the town that ends at `end`: "in Lagos's poor [suburb] of Ojo"."""
    if sentence.lows[end : end + 1] not in (["'s"], ["’s"]):
        return None
    words = sentence.lows[end + 1 : end + 4]
    return next((end + 2 + at for at, low in enumerate(words) if low in _PARTS_OF_TOWNS | _PLACE_NOUNS), None)


def _may_be_place(sentence: Sentence, end: int) -> bool:
    """No street, no part of a town, and nobody's: "at Moore's home"."""
    following = sentence.lows[end] if end < len(sentence.lows) else ""
    last = end - 2 if sentence.lows[end - 1] in SIDES else end - 1  # "First Avenue South"
    if following == "and":  # "near Thompson and Colorado avenues"
        corner = end_of_name(sentence, end + 1)
        following = sentence.lows[corner] if end + 1 < corner < len(sentence.lows) else following
    is_town = sentence.tree.kinds[last] == "GPE"
    if _has_part(sentence, end) or (is_town and _end_of_part(sentence, end)):
        return True
    return sentence.lows[last] not in STREETS and following not in _NOT_AFTER_TOWNS | _CORNERS


def _has_part(sentence: Sentence, end: int) -> bool:
    """Whether a name is of a town that has a part: "in Lima's Barranco neighborhood"."""
    last = end_of_name(sentence, end + 1)
    return (
        end + 1 < last < len(sentence.lows)
        and sentence.lows[end] in ("'s", "’s", "'", "’")
        and sentence.lows[last] in _PARTS_OF_TOWNS
    )


def _end_before_court(sentence: Sentence, start: int, end: int) -> int:
    """Where the name of a town ends within that of its court: "Leeds [Crown Court]", "Hull [Magistrates'] Court"."""
    last = end
    while last > start and sentence.lows[last - 1] in _COURTS:
        last -= 1
    return last if "court" in sentence.lows[last : end + 2] else end


def _skip_to_name(sentence: Sentence, at: int) -> int:
    """Past "the town of", "downtown", "the besieged Malian city of" to the name; the sentence's end if none follows."""
    sure, count = True, len(sentence.lows)
    at = _skip_holder(sentence, at)
    for i in range(at, min(at + 7, count)):
        low = sentence.lows[i]
        of = i + 2 < count and sentence.lows[i + 1] in _PLACE_NOUNS and sentence.lows[i + 2] == "of"
        if sentence.texts[i][:1].isupper() and not of:
            return i if sure else count
        if low in _PLACE_NOUNS:
            sure = True
        elif low not in _PLACE_MODIFIERS and low not in ("of", "'s", "-") and not sentence.texts[i][:1].isupper():
            sure = False
        if not is_word(sentence.texts[i]) and low != "-":
            break
    return count


def _skip_holder(sentence: Sentence, at: int) -> int:
    """Past who has a place: "in [the] Russian-held Donetsk"."""
    for i in range(at, min(at + 3, len(sentence.lows) - 2)):
        if sentence.lows[i + 1] == "-" and sentence.lows[i + 2] in _HELD:
            return i + 3
        if sentence.lows[i] not in _PLACE_MODIFIERS:
            break
    return at


def end_of_name(sentence: Sentence, start: int) -> int:
    end = start
    while end < len(sentence.texts):
        text, low = sentence.texts[end], sentence.lows[end]
        following = "".join(sentence.texts[end + 1 : end + 3]).removeprefix("-")[:1]
        goes_on = low == "city" or (low in _PLACE_PARTS and following.isupper() and low != "the")
        if (text[:1].isupper() and low not in TIME and low not in _NOT_PLACES) or (end > start and goes_on):
            end += 1
        else:
            break
    return end
