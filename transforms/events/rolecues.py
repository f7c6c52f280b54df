"""What the words right before and right after a name, or a list of names, say of the people: hurt, or suspected of it.

The nearest words decide: "[Ann Lee], 23, was pronounced dead", "the victims were [...]", "police charged [Jim Fox]".
All patterns are of lower-case text.
"""

import re
from typing import Optional

from transforms.events.wordlists import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
    word_set,
)

_HARMED = "shot|killed|wounded|injured|struck|hit|stabbed|murdered|slain|grazed|gunned down|beaten|kidnapped|abducted"
_HARMING = "killing|shooting|wounding|injuring|striking|hitting|stabbing|murdering|kidnapping|abducting"
_SUSPECT = "suspects?|gunm[ae]n|shooters?|killers?|attackers?|assailants?|murderers?"
_PEOPLE = "men|women|people|victims|teens|boys|girls|teenagers|others|residents"
_JAIL = r" (?:\w+ ){0,3}(?:jail|prison|custody|cells?|detention)\b"
_BE = r"(?:(?:was|were|is|are|has been|have been|had been|who was|who were|remains?|being|both|all)\s)+"
_ADVERBS = (
    r"(?:(?:also|later|then|fatally|reportedly|critically|seriously|being|allegedly|himself|herself|both|all"
    r"|previously)\s)*"
)
_CIRCUMSTANCE = (  # what follows a participle, and not the verb of one who shot somebody
    "(?:to|in|at|on|by|near|outside|inside|during|after|while|when|and|or|dead|multiple|several|twice|once|from|with|as"
    "|over)"
)
_SHOT_AND_KILLED = rf"(?:{_HARMED}) and (?:{_HARMED})\s(?!{_CIRCUMSTANCE}\b)\w"  # "shot and killed two"


def _any(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


_HURT_AFTER = re.compile(
    _any(
        rf"{_BE}{_ADVERBS}(?:{_HARMED})\b(?!\s(?:a|an|his|her|the)\b)",
        rf"{_BE}{_ADVERBS}(?:pronounced|declared|rushed|airlifted|flown|transported|hospitalized|treated|buried)\b",
        rf"{_BE}{_ADVERBS}listed (?:in|as|at) (?:\w+ ){{0,2}}(?:condition|critical|serious|stable|dead|missing)\b",
        rf"{_BE}{_ADVERBS}(?:taken (?:to(?!{_JAIL})|by)|found (?:dead|shot|unresponsive|with|lying|suffering)|dead\b)",
        rf"{_BE}{_ADVERBS}in (?:critical|stable|serious|fair|good|guarded|grave)\b",
        rf"{_BE}{_ADVERBS}identified as (?:the|a|one of the) (?:\w+ )?victims?\b",
        rf"{_BE}{_ADVERBS}(?:the|a|an|one of the) (?:\w+ )?victims?\b",
        rf"{_BE}{_ADVERBS}(?:among|one of) (?:the|those|\w+) (?:\w+ ){{0,3}}(?:{_HARMED}|dead|victims)\b",
        rf"(?:one|two|three) of (?:the |those )?(?:\w+ ){{0,3}}(?:{_HARMED})\b(?! by)",
        rf"(?:who )?{_ADVERBS}(?:died|succumbed|suffered|sustained|received|perished|lost (?:his|her) life)\b",
        r"(?:shot|killed|wounded|injured|dead|slain)\b(?!\s\w)",
        rf"(?!{_SHOT_AND_KILLED})(?:{_HARMED})\s(?:to death|{_CIRCUMSTANCE})\b",
        r"(?:had|with) (?:\w+ ){0,3}(?:gunshot|bullet|stab) wounds?\b",
        r"(?:one of )?the (?:\w+ )?victims?\b",
        r"as (?:a|the|one of the) (?:\w+ )?victims?\b",
        r"'s (?:body|death|funeral|murder|killing)\b",
    )
)
_SELF_AFTER = re.compile(  # who did it to himself
    r"(?:'s (?:\w+ ){0,2}(?:wounds?|injury|injuries) (?:was|were|appeared to be)"
    r"|(?:(?:who|then|later|also|apparently|allegedly|reportedly|appeared to have)\s)*"
    r"(?:died|suffered|had|has|was found(?: dead)?|was suffering)(?: (?:of|from|with|by))?(?: an?)?"
    r"(?: (?:apparent|fatal|likely|single))?) self-inflicted\b"
    r"|(?:(?:who|then|later|also|apparently|allegedly|reportedly|fatally)\s)*"
    r"(?:(?:shot|killed|turned the (?:gun|weapon) on) (?:him|her)self|committed suicide|took (?:his|her) own life)\b"
)
_CAUGHT_AFTER = re.compile(
    _any(
        rf"{_BE}{_ADVERBS}(?:arrested|charged|booked|indicted|accused|accusing|jailed|detained|wanted)\b",
        rf"{_BE}{_ADVERBS}(?:arraigned|sentenced|convicted|suspected|apprehended|found guilty|named as)\b",
        rf"{_BE}{_ADVERBS}(?:taken into custody|in custody)",
        rf"{_BE}{_ADVERBS}(?:identified as )?(?:the|a) (?:\w+ )?(?:gunman|shooter|suspect|killer|person of interest)\b",
        rf"(?:who )?{_ADVERBS}(?:faces|faced|pleaded|pled|confessed|surrendered|opened fire|fired)\b",
        rf"(?:who )?(?:(?:had|has) )?(?:denied|denies) (?:{_HARMING}|guilt|manslaughter|murder|rape|the charges?)\b",
        r"must serve\b",
        rf"{_BE}{_ADVERBS}remanded\b",
        rf"{_ADVERBS}turned (?:him|her|them)sel(?:f|ves) in\b",
        rf"{_ADVERBS}(?:began|started|admitted|admitted to) (?:shooting|firing|killing)\b",
        rf"{_ADVERBS}(?:{_HARMED}|attacked)\s(?!{_CIRCUMSTANCE}\b)\w",
        rf"{_ADVERBS}{_SHOT_AND_KILLED}",
        r"(?:on|with|to) (?:\w+ ){0,4}(?:charges?|counts?|murder|manslaughter)\b",
        r"as (?:(?:a|the|their|one of the) )?(?:\w+ )?(?:suspects?|gunm[ae]n|shooters?|persons? of interest)\b",
    )
)
_HURT_BEFORE = re.compile(
    _any(
        r"\b(?:victims?|dead|deceased|slain|wounded|injured|killed|missing|abducted|kidnapped|hostages|captives|martyrs"
        r"|martyred)\b(?:\s[\w'-]+){0,6}?\s(?:were|was|are|is|as|include)",
        r"\b(?:victims?|survivors?|dead|deceased|slain),?",
        r"\b(?:victims?|survivors?) (?:at|in|of|from) [^,;]{1,40}(?:, [^,;]{1,40})?,(?: were (?:identified )?as)?",
        r"\b(?:deaths?|murders?|killings?|slayings?|bod(?:y|ies)|shootings?|stabbing|funeral|vigil|remains) of",
        rf"\b(?:{_PEOPLE})\s?[-–—:]+",
        rf"(?<!was )(?<!were )(?<!been )\b(?:{_HARMED}|{_HARMING})(?: and (?:{_HARMED}|{_HARMING}))?"
        r"(?: (?:his|her|their) [\w-]+(?: [\w-]+)?,?)?",
        rf"\b(?:{_HARMED}|dead) (?:\w+ ){{0,4}}(?:as|was|were)",
        r"\bwho (?:shot|killed|stabbed|murdered)",
        r"\bidentified (?:the )?(?:\w+ ){0,5}as(?: (?!an? |the )\w+){0,2}",
        r"\b(?:female|male|man|woman|boy|girl|child|teen|teenager|student|officer|person)s?,? identified (?:\w+ )*as",
        r"\bidentified",
    )
    + "$"
)
_CAUGHT_BEFORE = re.compile(
    _any(
        rf"\b(?:{_SUSPECT})\b(?:\s[\w'’-]+){{0,5}}?\s(?:as|was|were|is|are)",
        rf"\b(?:{_SUSPECT}),? (?:who (?:was|were|has been|is) )?identified (?:[\w ]+ )?as",
        rf"\b(?:{_SUSPECT})\s?[,:]?",
        r"\bthe (?:accused|arrested|arrestees?|culprits?|defendants?|detained|perpetrators?)\b(?:\s[\w'’-]+){0,6}?"
        r"\s(?:as|was|were|is|are)",
        r"\b(?:arrests?|arraignment|trial|conviction|indictment|custody|detention) of",
        r"\bcharges? (?:\w+ )?against",
        r"(?<!was )(?<!were )(?<!been )\b(?:arrested|arresting|charged|charging|indicted|accused|accuse|booked)",
        r"(?<!was )(?<!were )(?<!been )\b(?:convicted|sentenced|detained|apprehended|accusing)",
        r"\bcharged (?:\w+ ){0,3}(?:father|mother|man|woman|boyfriend|girlfriend|teen|husband|wife|neighbor),?",
        r"\bwarrants? (?:\w+ ){0,4}for",
        r"\b(?:searching|looking|hunt|search|manhunt) for",
        r"\b(?:shot|killed|stabbed|attacked|wounded) by",
        r"\b(?:named|identified) the (?:\w+ )?\w+ who (?:shot|killed|stabbed|attacked|murdered|fired|opened fire)\b"
        r"[^,;]{0,60} as",
    )
    + "$"
)
_CUE = re.compile(_any(_CAUGHT_BEFORE.pattern, _HURT_BEFORE.pattern))
_NO_TITLES = PREPOSITIONS | PRONOUNS | AUXILIARIES | ADVERBS | SAYING | DETERMINERS
_SPEAKERS = word_set("said says told according spokesman spokeswoman sheriff chief captain neighbor resident lives")
_SPOKEN = (" said", " says", " told", "according to", " by")
_SUSPECTED = word_set(
    "arrested charged charges suspect suspects accused custody arraigned jail jailed bail bond wanted booked facing "
    "faces pleaded convicted sentenced gunman shooter arrest murderer killer indicted confessed prosecutors detained"
)
_HURT = word_set(
    "victim victims survivor survivors killed died dead injured wounded hospital hospitalized shot identified "
    "pronounced slain death survived condition funeral fatally stabbed remembered mourned deceased injuries wound "
    "wounds remains body"
)
_WORD = re.compile(r"[a-z]+")
_OTHER_CLAUSE = re.compile(r"\b(?:that|which|when|after|while|because)\b")
_OTHER_CHARGE = re.compile(  # what is not the deed that hurt somebody
    r"\b(?:neglect|endanger\w*|endangerment|meth\w*|cocaine|heroin|marijuana|narcotics|drugs?|theft|burglary|loitering"
    r"|drunk\w*|trespassing|fraud|forgery|obstruct\w*|tampering|sedition|treason|corruption|graft|brib\w*|embezzl\w*"
    r"|steal\w*|smuggl\w*|shoplift\w*"
    r"|libel|defam\w*|blasphemy|espionage|spying|spreading)\b"
    r"|\bover (?:\w+ ){0,3}(?:posts?|remarks?|comments?|tweets?|articles?|videos?|songs?|speech)\b"
)
_DEEDLY = re.compile(r"\b(?:murder|homicide|manslaughter|assault|battery|shooting|killing|slaying|weapon|firearm)\b")
NEAR = 14  # words that still speak of a person whose age is told


def role_by_words(before: str, after: str, is_aged: bool) -> Optional[str]:
    """ "recipient" for hurt, "actor" for suspected, "self" for who hurt himself, None where the words say neither.

    Args:
        before: The text before the name, without what belongs to it ("a 23-year-old").
        after: The text after it, without an age or a home.
        is_aged: Whether the age is told: such people are parties to the case, so that farther words count too.
    """
    if set(_WORD.findall(after)[:1]) & _SPEAKERS:
        return None
    if _SELF_AFTER.match(after):
        return "self"
    before = _without_title(before)
    if _HURT_AFTER.match(after):
        return "recipient"
    if _CAUGHT_AFTER.match(after) or _CAUGHT_BEFORE.search(before):
        return None if _OTHER_CHARGE.search(after) and not _DEEDLY.search(after) else "actor"
    if before.endswith(_SPOKEN):
        return None
    if _HURT_BEFORE.search(before):
        return "recipient"
    return _nearest_role(before, after) if is_aged else None


def is_caught(following: str) -> bool:
    """Whether a sentence says of who was told before that he is held responsible: "He faces two counts of murder"."""
    goes_on = re.match(r"(?:he|she|they) ", following.lower())
    return bool(goes_on and _CAUGHT_AFTER.match(following.lower()[goes_on.end() :]))


def _without_title(before: str) -> str:
    """The text before a name without a noun that says who it is: "shot [officer]", "identified as [employee]"."""
    rest, _, word = before.rpartition(" ")
    is_title = len(word) > 3 and word.isalpha() and word not in _NO_TITLES | _SUSPECTED and not _CUE.search(before)
    return rest if rest and is_title else before


def _nearest_role(before: str, after: str) -> Optional[str]:
    """By the nearest words that tell: after the name first, as far as the sentence goes, then before it."""
    left, right = _WORD.findall(before), _WORD.findall(_OTHER_CLAUSE.split(after)[0])
    for word in [*right[:NEAR], *reversed(left[-NEAR:])]:
        if word in _SUSPECTED:
            return "actor"
        if word in _HURT:
            return "recipient"
    return None
