"""Whether what a mention tells is enough for a happening, or only a word that news uses in other senses as well."""

from collections.abc import Sequence
from typing import Optional

from transforms.events.actors import is_known
from transforms.events.mentions import Mention
from transforms.events.sentences import Sentence
from transforms.events.wordlists import word_set

LEAD_SENTENCES = 5  # what is said, agreed or given is news at the top of an article, and background further down
_SPORT = word_set(
    "goal goals striker midfielder defender goalkeeper coach season league playoffs playoff innings quarterback "
    "touchdown touchdowns halftime premiership tournament championship wicket batsman bowler semifinal quarterfinal "
    "whistle keeper midfield football rugby cricket basketball match fans derby supporters trophy cup standings scored "
    "scoring teammate teammates kickoff penalty offside dribble rebound rebounds fixture squad"
)
_BUSINESS = word_set(
    "shares investors earnings revenue shareholders dividend analysts stocks nasdaq quarterly profit profits bullish "
    "market markets price prices sales investor analyst trader traders stock bonds competitors makers demand bearish "
    "takeover merger acquisition valuation startup ipo equities"
)
_PAIRED = frozenset(["CONSULT", "ACCUSE", "SUPPORT", "AID", "COOPERATE"])  # nothing without a recipient
PERSON_TYPES = frozenset(["ASSAULT", "DISASTER", "COERCE", "CRIME"])


def why_untold(mention: Mention, figurative: bool) -> Optional[str]:
    """Why a mention tells too little to be a happening, if it does: the sport and business pages use the same words."""
    trigger = mention.trigger
    if trigger.weak:
        return "it only adds to what other words tell"
    if figurative and (trigger.figure or not any(mention.toll)):
        return "a figure of speech, in a text on sport or business"
    if trigger.event_type in PERSON_TYPES:
        needed, evidence = 2.0 if trigger.figure else 1.0, _evidence(mention)
        return f"too little is told of it: {evidence:g} of {needed:g}" if evidence < needed else None
    if trigger.event_type == "PROTEST":
        return None if mention.actors or mention.where.name else "neither who protests nor where"
    return _why_no_act(mention)


def _evidence(mention: Mention) -> float:
    known = [a for a in (*mention.actors, *mention.recipients) if is_known(a)]
    evidence = (
        1.0 * len(known)
        + 2.0 * any(n is not None for n in mention.toll)
        + 1.0 * bool(mention.mode)
        + 0.5 * mention.is_verb
    )
    return evidence + 0.5 * bool(mention.time.days) + 0.5 * bool(mention.where.name or mention.recipients)


def _why_no_act(mention: Mention) -> Optional[str]:
    """Why what is done by words and papers was not done by anybody who counts, if so."""
    trigger = mention.trigger
    if mention.sentence_number >= LEAD_SENTENCES:
        return "so far down, what is said, agreed or given is background"
    if not mention.is_verb:
        return "a noun, which says that somebody speaks of it and not that it is done"
    doers = [a for a in mention.actors if (a.sector or a.country) and a.sector != "CVL"]
    if any(a.country for a in mention.recipients):  # "Putin met the king of Jordan"
        doers = doers or [a for a in mention.actors if a.name]
    if not doers:
        return "done by no state, group or office"
    paired = bool(mention.recipients) or trigger.event_type not in _PAIRED or not trigger.figure
    paired = paired or trigger.subject == "both" or len(doers) > 1  # "the ministers met", "A and B held exercises"
    return None if paired else "there is nobody to or with whom it is done"


def is_figurative(sentences: Sequence[Sentence]) -> bool:
    words = {low for sentence in sentences for low in sentence.lows}
    return len(words & _SPORT) >= 4 or len(words & _BUSINESS) >= 5
