"""The forms and the spellings of English words."""

import re

_IZE = re.compile(r"(?<=[a-z]{3})iz(e|es|ed|ing)\b")  # not "seize", "prize"
_BRITISH = {"defense": "defence", "favor": "favour", "honor": "honour", "maneuver": "manoeuvre"}


def inflect(verb: str) -> dict[str, list[str]]:
    """The regular forms of an English verb, and those of "be": {tense: forms}.

    A doubled consonant is listed beside the single one.
    """
    if verb == "be":
        return {"base": ["be"], "s": ["is", "are"], "ed": ["was", "were", "been"], "ing": ["being"]}
    if verb.endswith("e"):
        ed, ing = [verb + "d"], [verb[:-1] + "ing"]
    elif verb.endswith("y") and verb[-2:-1] not in "aeou":
        ed, ing = [verb[:-1] + "ied"], [verb + "ing"]
    else:
        ed, ing = [verb + "ed"], [verb + "ing"]
        end = verb.replace("qu", "q")  # "acquitted", "equipped"
        if verb[-1] in "bdglmnprst" and end[-2:-1] in "aeiou" and end[-3:-2] not in "aeiou":
            ed, ing = [*ed, verb + verb[-1] + "ed"], [*ing, verb + verb[-1] + "ing"]
    return {"base": [verb], "s": [pluralize(verb)], "ed": ed, "ing": ing}


def pluralize(noun: str) -> str:
    """The regular plural of a noun, which is also the third person of a verb."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return noun[:-1] + "ies"
    return noun + "s"


def numbers(lemma: str) -> set[str]:
    """The singular and the plural."""
    *first, head = lemma.split()
    return {" ".join([*first, noun]) for noun in (head, pluralize(head))}


def spellings(phrase: str) -> set[str]:
    """A phrase as Americans and as the British spell it: "criticized" and "criticised", "defense" and "defence"; a
    "cease-fire" is a ceasefire."""
    british = _IZE.sub(r"is\1", phrase)
    for american, other in _BRITISH.items():
        british = re.sub(rf"\b{american}", other, british)
    return {phrase, british, phrase.replace("ceasefire", "cease-fire")}
