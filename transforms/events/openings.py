"""The people with whom a sentence opens: "[Ann Lee], 48, was ...", "They were named as [Ann Lee and Tom Ray]"."""

import re
from typing import NamedTuple, Optional

from transforms.events.nouns import SUBJECTS
from transforms.events.people import AGED, listed_names, role_of
from transforms.events.sentences import Sentence
from transforms.events.wordlists import word_set

_HONORIFICS = word_set(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir sister father brother rev. rev bishop pastor imam alhaji malam"
)
_WHO = re.compile(r"\s?, who (?:was|were|is|are|has|have|had)\b")
_BODIES = r"(?:police|prosecutors|officers|investigators|detectives|authorities|officials)"
_GROUP = r"(?:they|the (?:suspects|men|women|accused|defendants|detainees|arrested|two|three|four))"
_NAMING = re.compile(
    rf"(?:(?:\w+ )?(?:gave|listed|released) their names as|{_GROUP} (?:are|were|have been)(?: \w+ as)?"
    rf"|{_BODIES} (?:have )?(?:named|identified|listed) (?:them|{_GROUP}) as) "
)
_SAID = re.compile(r"\b(?:said|says)(?: that)?(?: [A-Z][a-z]+\.?)? $")  # "said Captain"
_TELLING_OF = re.compile(rf"{_BODIES} (?:say|said|allege|alleged|believe) (?:that )?")
_WITNESSING = word_set("say tell add recall describe see hear live witness watch note explain")


class Opening(NamedTuple):
    """Those with whom a sentence opens: names, ages where told, whether it says who they are, and their role."""

    names: tuple[str, ...]
    ages: tuple[int, ...]
    is_told: bool  # an age, or "who has been ..."
    role: Optional[str]
    is_reported: bool = False  # what others tell of them


def people_at_start(sentence: Sentence) -> Optional[Opening]:
    """The people named in full whom a sentence is about from its first word on: "[Ann Lee], 48, was ...". So where
    others name them, or tell of them: "He gave their names as [Ann Lee, 48, and Tom Ray, 50]"."""
    text, groups = listed_names(sentence, {})
    reported = next((group for group in groups if _SAID.search(text[: group[0].start])), None)
    group = reported or next(iter(groups), [])
    lead = text[: group[0].start].lower() if group else ""
    opens = _NAMING.fullmatch(lead) or _TELLING_OF.fullmatch(lead) or _HONORIFICS.issuperset(lead.split())
    if not any(name.is_sure for name in group) or not (reported or opens):
        return None
    ages = [AGED.match(text[name.end :]) for name in group]
    told = tuple(int(re.sub(r"\D", "", age[0])) for age in ages if age)
    is_told = bool(told or _WHO.match(text, group[-1].end))
    role = None if _NAMING.fullmatch(lead) else role_of(text, group)  # "were identified as" tells no victims
    return Opening(tuple(name.text for name in group), told, is_told, role, bool(reported))


def only_tells(sentence: Sentence) -> bool:
    """Whether who opens a sentence saw or tells it: "Ann Lee, 34, who lives nearby, heard shots"."""
    tree = sentence.tree
    first = next((at for at in range(len(tree.heads)) if tree.relations[at] in SUBJECTS), None)
    if first is None:
        return True
    return any(tree.lemmas[verb] in _WITNESSING for verb in (tree.heads[first], *tree.children(first, "acl:relcl")))
