"""Whether what a mention tells is enough for a happening, or only a word that news uses in other senses as well."""

import re
from collections.abc import Sequence
from typing import Optional

from transforms.events.accidents import is_of_hospital
from transforms.events.figures import why_figure
from transforms.events.identity import is_known
from transforms.events.lexicon import PERSON_TYPES
from transforms.events.mentions import Mention
from transforms.events.ontology import REMARK
from transforms.events.pages import LEAD_SENTENCES, Page, stems
from transforms.events.parties import NO_PEOPLE
from transforms.events.roles import ACTIVE, HELD, PASSIVE, SUFFERED
from transforms.events.wordlists import word_set
from transforms.records import Actor

_CHARGING = frozenset(  # what the law does needs no doer: "was charged with murder"
    [
        "acquit",
        "arraign",
        "charge",
        "clear ... of",
        "extradite",
        "find ... not guilty",
        "grant ... bail",
        "indict",
        "go on trial",
        "stand trial",
        "arrest warrant",
    ]
)
_AT_SOMEBODY = frozenset(["ACCUSE", "REQUEST"])  # who is criticized or called upon is news, whoever does it
_STANCES = frozenset(["oppose", "plan", "ready", "stand behind", "support"])  # what somebody is for
_SPOKEN = frozenset(["ACCUSE", "REJECT", "REQUEST", "THREATEN"])
_ON_SOMEBODY = _AT_SOMEBODY | {"SUPPORT", "REJECT", "THREATEN"}
_OF_OFFICES = word_set("appoint appointment elect survive confidence")  # who is elected, or survives a vote, is news
_UNARMED = frozenset("CVL REF OPP MED EDU LAB BUS REL HLH NGO AGR".split())  # "refugees crossed into Chad"
_GUNMEN = frozenset(["UAF", "CRM"])  # sectors
_DYING = frozenset(["die", "death", "kill"])
_EPIDEMICS = (
    "cholera|ebola|malaria|measles|covid-19|coronavirus|meningitis|dengue|typhoid|influenza|flu|outbreak|epidemic"
    "|pandemic|disease|famine|malnutrition|starvation"
)
_OF_ILLNESS = re.compile(
    r"(?i)\b(?:died?|dies|dying|deaths?|dead|killed)\b[^.;]{0,25}\b(?:of|from|after|by|with)\b[^.;]{0,25}"
    r"\b(?:cancer|leuka?emia|pneumonia|heart (?:attack|failure|disease)|(?:a|massive) stroke|alzheimer's|parkinson's"
    r"|dementia|illness|natural causes|(?:kidney|liver|organ) failure|old age|emphysema|brain tumou?r|overdose|aneurysm"
    r"|cardiac arrest|side effects)\b"
    r"|\bdied\b[^.;]{0,60}\b(?:aged|at the age of) (?:[6-9]\d|1\d\d)\b"
    rf"|\b(?:{_EPIDEMICS}|virus)\b[^.;]{{0,40}}\b(?:killed|kills|killing|claimed)\b"
    rf"|\b(?:died?|killed|deaths?|dead|dying)\b[^.;]{{0,40}}\b(?:of|from|by|with|in|due to)\b[^.;]{{0,25}}"
    rf"\b(?:{_EPIDEMICS}|hunger)\b"
)
_TOP = 2  # sentences
BACKGROUND = "so far down, what is said, agreed or given is background"  # and no part of what the top tells
_OFTEN = 3  # sentences
_LEAD_OF_POLITICS = 3  # sentences: there everybody says something of everybody
_PAIRED = frozenset(["CONSULT", "ACCUSE", "SUPPORT", "AID", "COOPERATE"])  # nothing without a recipient


def why_untold(mention: Mention, page: Page) -> Optional[str]:
    """Why a mention tells too little to be a happening, if it does."""
    trigger = mention.trigger
    if trigger.weak or is_of_hospital(trigger):
        return "it only adds to what other words tell"
    is_none = mention.realis == "negated" or 0 in mention.toll
    if trigger.outcome and is_none and not mention.recipients:
        return "that nobody was hurt"
    if _is_done_to_things(mention):
        return "done to things, and only people suffer this"
    if trigger.lemma in _DYING and not any(a.sector for a in mention.actors) and _OF_ILLNESS.search(mention.sentence):
        return "of illness or age"
    if reason := why_figure(mention, page):
        return reason
    if trigger.event_type in PERSON_TYPES:
        needed, evidence = 2.0 if trigger.figure else 1.0, _evidence(mention)
        needed -= trigger.told_type in page.sought
        return f"too little is told of it: {evidence:g} of {needed:g}" if evidence < needed else None
    if trigger.event_type == "PROTEST":
        if any(a.sector in _GUNMEN for a in mention.actors):
            return "gunmen and robbers hold no demonstration"
        return None if mention.actors or mention.where.name else "neither who protests nor where"
    return _why_no_act(mention, page)


def _is_done_to_things(mention: Mention) -> bool:
    """Whether something is told that only people suffer, and they are none: "killed the ball", "beat the dogs off".

    What has a name may be people after all.
    """
    suffering = [out for out in mention.left_out if out.role == "recipient"]
    is_verb = mention.is_verb and mention.trigger.toll is not None and mention.reading == ACTIVE
    are_things = all(out.reason == NO_PEOPLE and not out.text[:1].isupper() for out in suffering)
    return is_verb and not mention.recipients and bool(suffering) and are_things


def seek_topics(mentions: Sequence[Mention], page: Page) -> Page:
    """The page with what its headline tells of, or its sentences again and again, and no mention by itself: of that,
    less is enough."""
    told = {mention.trigger.told_type for mention in mentions if why_untold(mention, page) is None}
    disasters = {m.sentence_number for m in mentions if m.trigger.event_type == "DISASTER" and not m.trigger.weak}
    often = {"DISASTER"} if len(disasters) >= _OFTEN else set()
    return page._replace(sought=frozenset((*(page.topics if page.headline else ()), *often)) - told)


def _evidence(mention: Mention) -> float:
    known = [a for a in (*mention.actors, *mention.recipients) if is_known(a)]
    evidence = (
        1.0 * len(known)
        + 2.0 * any(n is not None for n in mention.toll)
        + 1.0 * bool(mention.mode)
        + 0.5 * (mention.is_verb or (mention.is_asserted and bool(mention.actors)))  # "rebels conducted an attack"
    )
    return evidence + 0.5 * bool(mention.time.days) + 0.5 * bool(mention.where.name or mention.recipients)


def _why_no_act(mention: Mention, page: Page) -> Optional[str]:
    """Why what is done by words and papers was not done by anybody who counts, if so."""
    trigger = mention.trigger
    is_topic = trigger.told_type in page.topics or bool(stems(trigger.lemma) & page.title)
    if mention.sentence_number >= (LEAD_SENTENCES if is_topic or page.subject != "politics" else _LEAD_OF_POLITICS):
        return BACKGROUND
    return _why_no_deed(mention, page)


def is_act(mention: Mention, page: Page) -> bool:
    """Whether what is background is an act of its own all the same: a verb states it, of a state, a group or an office,
    or of somebody with a name who denies, demands, accuses or threatens. What is welcomed may be no people."""
    trigger = mention.trigger
    if not (mention.is_verb and mention.is_asserted and mention.realis == "actual") or trigger.lemma in _STANCES:
        return False
    is_named = trigger.event_type in _SPOKEN and trigger.lemma != REMARK and any(a.name for a in mention.actors)
    is_welcomed = trigger.event_type == "SUPPORT" and any(map(_is_public, mention.actors))
    return is_named or is_welcomed or _why_no_deed(mention, page) is None


def _why_no_deed(mention: Mention, page: Page) -> Optional[str]:
    """Why what is done by words and papers is no deed of anybody who counts, wherever it stands, if so."""
    trigger = mention.trigger
    if trigger.lemma == REMARK and not _is_of_rivals(mention, page):
        return "words in quotes on another, which are news only between politicians at the top"
    if not mention.is_verb:
        return "a noun, which says that somebody speaks of it and not that it is done"
    if mention.is_aside and trigger.told_type not in page.topics:
        return "said by the way, of somebody"
    is_near = mention.sentence_number < _TOP or trigger.told_type in page.topics[:1]
    is_first = mention.sentence_number < _TOP and mention.is_asserted
    is_news = page.subject == "politics" and mention.is_asserted and is_near
    is_news = is_news or (is_first and not trigger.figure)
    doers = _doers(mention, page, is_news)
    is_charged = trigger.lemma in _CHARGING or (trigger.lemma == "accuse" and is_first)
    is_charge = is_charged and mention.reading in (PASSIVE, SUFFERED, HELD) and bool(mention.recipients)
    is_charge = is_charge or _is_penalty(mention)
    is_blame = is_news and trigger.event_type in _AT_SOMEBODY and any(a.name for a in mention.recipients)
    is_saved = trigger.mode == "release" or (trigger.event_type == "AID" and not trigger.figure)
    is_freed = is_saved and is_first and bool(mention.recipients)
    if trigger.event_type == "MOBILIZE" and all(actor.sector in _UNARMED for actor in doers):
        return "done by nobody who has an army"
    is_truce = trigger.mode == "ceasefire" and is_first and bool(mention.actors)  # of clans too
    is_judged = not mention.sentence_number and bool(_OF_OFFICES & set(trigger.lemma.split()))
    if not doers and not is_charge and not is_blame and not is_freed and not is_truce and not is_judged:
        return "done by no state, group or office"
    if trigger.mode == "release" and not mention.recipients:
        return "papers or pictures: nobody is set free"
    if trigger.mode == "return" and not mention.recipients:
        return "somebody only comes back"
    by_state = trigger.event_type == "AGREE" and any(actor.country for actor in doers)
    paired = bool(mention.recipients) or trigger.event_type not in _PAIRED | {"AGREE"} or not trigger.figure or by_state
    paired = paired or trigger.told_type in page.topics or (is_first and mention.reading == HELD)
    paired = paired or (is_first and trigger.lemma == "say")  # "Senator Holt said that the bill is an insult"
    is_public = is_first and not mention.sentence_number and any(map(_is_public, doers))
    paired = paired or (is_public and trigger.mode == "disapprove")  # "Senator Holt criticized the plan"
    paired = paired or trigger.subject == "both" or len(doers) > 1  # "the ministers met", "A and B held exercises"
    return None if paired else "there is nobody to or with whom it is done"


def _is_of_rivals(mention: Mention, page: Page) -> bool:
    is_first = mention.sentence_number < _TOP and page.subject == "politics"
    return is_first and all(any(a.name or _is_public(a) for a in side) for side in (mention.actors, mention.recipients))


def _doers(mention: Mention, page: Page, is_news: bool) -> list[Actor]:
    """Those of the actors who count: states, groups, offices and whom the headline names; else those with a
    name whose act is news, or who meet a state, or who criticizes an office."""
    doers = [a for a in mention.actors if _is_public(a) or _is_titled(a, page)]
    if is_news or any(a.country for a in mention.recipients):  # "Putin met the king of Jordan"
        doers = doers or [a for a in mention.actors if a.name]
    is_first = mention.sentence_number < _TOP and mention.is_asserted
    at_office = is_first and mention.trigger.event_type in _ON_SOMEBODY and any(map(_is_public, mention.recipients))
    return doers or (list(mention.actors) if at_office else [])  # "nurses criticized the governor"


def _is_penalty(mention: Mention) -> bool:
    """Whether somebody known lost his office, or was sentenced: what offices and courts do needs no doer either."""
    trigger, is_done = mention.trigger, mention.reading in (PASSIVE, SUFFERED)
    does = trigger.event_type == "SANCTION" and not trigger.figure and is_done and mention.is_asserted
    is_sure = trigger.mode == "convict"  # "a man was sentenced"
    return does and any(is_sure or a.name or _is_public(a) for a in mention.recipients)


def _is_public(actor: Actor) -> bool:
    """Whether what somebody says is a public act: of a state, a group or an office."""
    return bool(actor.sector or actor.country) and actor.sector != "CVL"


def _is_titled(actor: Actor, page: Page) -> bool:
    """Whether the headline names somebody."""
    return bool(actor.name) and bool(stems(actor.name.split()[-1]) & page.headline)
