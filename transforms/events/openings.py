"""The people with whom a sentence opens: "[Ann Lee], 48, was ...", "They were named as [Ann Lee and Tom Ray]"."""

import re
from collections.abc import Sequence
from typing import NamedTuple, Optional

from transforms.events.nouns import SUBJECTS
from transforms.events.people import AGED, Name, listed_names, role_of
from transforms.events.persons import nouns_of_one
from transforms.events.sentences import Sentence
from transforms.events.wordlists import word_set

_HONORIFICS = word_set(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir sister father brother rev. rev bishop pastor imam alhaji malam"
)
_WHO = re.compile(r"\s?, who (?:was|were|is|are|has|have|had)\b")
_BODIES = r"(?:police|prosecutors|officers|investigators|detectives|authorities|officials)"
_GROUP = r"(?:they|the (?:suspects|men|women|accused|defendants|detainees|arrested|two|three|four))"
_RANK = r"(?: (?:captain|officer|sergeant|lieutenant|corporal|private|constable|inspector|sgt|lt|dr|mrs?|ms)\.?)"
_NAMING = re.compile(
    rf"(?:(?:\w+ )?(?:gave|listed|released) their names as|{_GROUP} (?:are|were|have been)(?: \w+ as)?"
    rf"|{_BODIES} (?:have )?(?:named|identified|listed) (?:them|{_GROUP}) as){_RANK}? "
)
_SEVERAL = re.compile(r"(?:the|both) (?:\w+ )?(\w+), (?:\w+\.? )?")
_SAID = re.compile(r"\b(?:said|says)(?: that)?(?: [A-Z][a-z]+\.?)? $")  # "said Captain"
_WITNESS = re.compile(
    r"[,\s\d]*(?:who )?(?:said|told|saw|heard|called|found|lives|lived|witnessed|had (?:seen|heard|told))\b"
)
_TELLING_OF = re.compile(rf"{_BODIES} (?:say|said|allege|alleged|believe) (?:that )?")
_HAPPENING = re.compile(  # "the incident happened at a farm when [Ann Lee] was ..."
    r"(?:it|(?:the|this) (?:accident|attack|incident|mishap|tragedy)) (?:happened|occurred|took place)\b[^.;]{0,80}?"
    r" when (?:the (?:deceased|victim),? (?:identified as )?)?"
)
_WITNESSING = word_set("say tell add recall describe see hear live witness watch note explain")
_IN_COURT = re.compile(
    r",?[^,]{0,20},? ?(?:will appear|appeared|appears) (?:\w+ ){0,3}(?:in|at|before) (?:[\w'’]+ ){0,5}"
    r"(?:court|judge|magistrates?)\b"
)


class Opening(NamedTuple):
    """Those with whom a sentence opens: names, ages where told, whether it says who they are, and their role."""

    names: tuple[str, ...]
    ages: tuple[int, ...]
    is_told: bool  # an age, or "who has been ..."
    role: Optional[str]
    noun: Optional[str] = None  # by which several are told together: "the brothers, [...]"
    is_reported: bool = False  # what others tell of them


def people_at_start(sentence: Sentence) -> Optional[Opening]:
    """The people named in full whom a sentence is about from its first word on: "[Ann Lee], 48, was ...". So where
    others name them, or tell of them, or of several: "He gave their names as [Ann Lee, 48, and Tom Ray, 50]", "The
    brothers, [...]"."""
    text, groups = listed_names(sentence, {})
    reported = next((group for group in groups if _is_reported(text, group)), None)
    happening = (group for group in groups if _HAPPENING.fullmatch(text[: group[0].start].lower()))
    group = reported or next(happening, next(iter(groups), []))
    lead = text[: group[0].start].lower() if group else ""
    is_naming = bool(_NAMING.fullmatch(lead) or _HAPPENING.fullmatch(lead))
    several = _SEVERAL.fullmatch(lead) if len(group) > 1 else None
    opens = is_naming or several or _TELLING_OF.fullmatch(lead) or _HONORIFICS.issuperset(lead.split())
    opens = opens or reported or (lead.startswith("the ") and lead[4:].rstrip() in nouns_of_one())  # "the reporter"
    if not any(name.is_sure for name in group) or not opens or text.startswith("'s", group[-1].end):
        return None
    ages = [AGED.match(text[name.end :]) for name in group]
    told = tuple(int(re.sub(r"\D", "", age[0])) for age in ages if age)
    is_told = is_naming or bool(told) or bool(several) or bool(_WHO.match(text, group[-1].end))
    role = None if is_naming else role_of(text, group) or _role_in_court(text[group[-1].end :])
    return Opening(
        tuple(name.text for name in group), told, is_told, role, several[1] if several else None, bool(reported)
    )


def _role_in_court(after: str) -> Optional[str]:
    """Who appears in court, where a sentence before tells of somebody accused, is he."""
    return "actor" if _IN_COURT.match(after.lower()) else None


def _is_reported(text: str, group: Sequence[Name]) -> bool:
    """Whether others tell what people did, who tell nothing themselves: "police said [Ann Lee], 32, fled"."""
    return bool(_SAID.search(text[: group[0].start])) and not _WITNESS.match(text, group[-1].end)


def only_tells(sentence: Sentence) -> bool:
    """Whether who opens a sentence saw or tells it: "Ann Lee, 34, who lives nearby, heard shots"."""
    tree = sentence.tree
    subjects = {at for at in range(len(tree.heads)) if tree.relations[at] in SUBJECTS}
    first = min((at for at in subjects if tree.kinds[at] == "PERSON"), default=min(subjects, default=None))
    verbs = [tree.heads[first], *tree.children(first, "acl:relcl")] if first is not None else []
    if verbs and tree.relations[first] == "nsubj:pass":  # "was last seen on Monday"
        return False
    return not verbs or any(tree.lemmas[verb] in _WITNESSING for verb in verbs)
