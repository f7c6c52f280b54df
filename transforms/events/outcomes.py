"""What the dead of a sentence died of: killed "in the fire" was done by the fire, "in a riot" by the riot."""

import re
from collections.abc import Sequence
from typing import Optional

from transforms.events.accidents import ACCIDENT, is_accident, is_car, is_meant, is_of_hospital
from transforms.events.gathering import is_anybody
from transforms.events.mentions import Mention
from transforms.events.ontology import Trigger
from transforms.events.places import Where
from transforms.events.timing import Timing
from transforms.events.tolls import Toll

_EXPLOSIVES = re.compile(
    r"(?i)\b(?:bombs?|dynamite|grenades?|landmines?|missiles?|rockets?|explosive (?:device|charge)s?"
    r"|(?:packed|laden|loaded|filled) with explosives|explosives?-(?:laden|packed|filled))\b"
)
_OF_WOUNDED = re.compile(r"(?i)\bof (?:the|those|his|their) (?:\w+ ){0,2}(?:wounded|injured|victims?|survivors)\b")
_CHARGES = frozenset(["murder", "homicide", "manslaughter"])  # a driver may be charged with them
_TOP = 2  # sentences
_APART = re.compile(r"[,;:]|\b(?:after|since|before|that|who|which|when|as)\b")  # ends a clause
_DOING = re.compile(  # between a subject and its verb
    r"\s*(?:(?:,\s*)?(?:fanned|fuell?ed|driven|whipped up|fed|triggered|caused|sparked) by [^,;.]{1,40}?(?:,\s*)?)?"
    r"(?:(?:that|which|has|have|had|also|later)\s+)*"
)
_STORM = re.compile(r"(?i)(?:super |tropical )?(?:hurricane|typhoon|cyclone|storm) [A-Z]")
_ASIDE = re.compile(r", (?:which|who|now) [^,;.]*,")
_WITHIN = re.compile(r"\b(?:in|during|amid|at)\b(?!.*\b(?:over|against|for|of|on|to)\b)")


def find_causes(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions, with what only says that people died or were hurt as part of the disaster or protest that did it.

    Then each of the dead is counted once. `text` is that of the article.
    """
    disasters = [m for m in mentions if m.trigger.event_type == "DISASTER"]
    mentions = [_blame_nature(mention, disasters, text) for mention in mentions]
    mentions = _blame_crowd_control(_join_later_deaths(mentions))
    return _count_once(_blame_protests(_blame_disasters(mentions, text), text))


def _blame_crowd_control(mentions: Sequence[Mention]) -> list[Mention]:
    """What hurt a crowd that was driven apart did that: "police fired tear gas at students, injuring 20"."""
    driven = {m.sentence_number: m for m in reversed(mentions) if m.mode == "crowd-control"}
    return [
        _as_part_of(m, driven[m.sentence_number].trigger)
        if m.sentence_number in driven and _only_hurts(m, driven[m.sentence_number])
        else m
        for m in mentions
    ]


def _only_hurts(mention: Mention, driving: Mention) -> bool:
    """Whether it tells that some were hurt, none was killed, and nobody else did it."""
    is_hurt = mention.trigger.event_type == "ASSAULT" and mention.trigger.toll == "injured"
    return is_hurt and not mention.toll.killed and set(mention.actors) <= set(driving.actors)


def _join_later_deaths(mentions: Sequence[Mention]) -> list[Mention]:
    """With those who died of their wounds as more of what the article tells of, and neither there nor then."""
    deaths = [m for m in mentions if _is_later_death(m)]
    attacks = [m for m in mentions if m.trigger.event_type == "ASSAULT" and not (m.trigger.weak or m in deaths)]
    if not attacks:
        return list(mentions)
    return [
        m._replace(trigger=m.trigger._replace(weak=True), recipients=(), where=Where(), time=Timing())
        if m in deaths
        else m
        for m in mentions
    ]


def _is_later_death(mention: Mention) -> bool:
    """Whether it tells that some of the wounded died: "two of the wounded died in hospital"."""
    dies = mention.trigger.outcome and mention.trigger.subject == "recipient" and not mention.trigger.weak
    suffering = [*(a.text for a in mention.recipients), *(out.text for out in mention.left_out)]
    return dies and any(map(_OF_WOUNDED.search, suffering))


def _blame_protests(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """What a riot or protest killed is the protest: "riots left ten dead", "ten died in protests"."""
    protests = [m for m in mentions if m.trigger.event_type == "PROTEST" and not m.is_verb]
    deadly = {m: _protest_of(m, protests, text) for m in mentions if _is_outcome(m) and m.is_verb and not m.actors}
    blamed = []
    for mention in mentions:
        if protest := deadly.get(mention):
            mention = _as_part_of(mention, protest.trigger)._replace(recipients=())
        elif mention in deadly.values() or (mention in protests and any(mention.toll)):
            against = tuple(a for a in mention.recipients if not is_anybody(a))  # not the dead
            mention = mention._replace(recipients=against)
        blamed.append(mention)
    return blamed


def _protest_of(mention: Mention, protests: Sequence[Mention], text: str) -> Optional[Mention]:
    """The protest that did what a verb of the same clause tells, or in which it happened."""
    for protest in protests:
        if protest.sentence_number != mention.sentence_number:
            continue
        is_subject = protest.char_end <= mention.char_start
        first, second = (protest, mention) if is_subject else (mention, protest)
        between = _ASIDE.sub("", text[first.char_end : second.char_start])
        if not _APART.search(between) and (is_subject or _WITHIN.search(between)):
            return protest
    return None


def _count_once(mentions: Sequence[Mention]) -> list[Mention]:
    """Without the toll of a protest or a theft in a sentence that tells of the force or disaster that took it."""
    forces = [m for m in mentions if m.trigger.event_type in ("ASSAULT", "DISASTER") or m.mode == "crowd-control"]
    deadly = {m.sentence_number for m in forces if any(m.toll)}
    beside = [m.trigger.event_type in ("PROTEST", "CRIME") and m.sentence_number in deadly for m in mentions]
    return [m._replace(toll=Toll()) if apart else m for m, apart in zip(mentions, beside, strict=True)]


def _blame_disasters(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """What killed beside a disaster was the disaster: in its sentence, or in an article that tells of no violence.

    So it was where a car did it, or who drove one. What is broken in a robbery that hurts nobody is the robbery.
    """
    mentions = [_as_ramming(_as_attack(_as_accident(mention, text)), text) for mention in mentions]
    disasters = [m for m in mentions if m.trigger.event_type == "DISASTER"]
    attacks = [m for m in mentions if m.trigger.event_type == "ASSAULT" and not _is_outcome(m)]
    violent = bool(attacks)
    # "shot two and set the house on fire", "died of gunshot wounds before the fire"
    done = {m.sentence_number for m in attacks if m.actors and (m.is_verb or m.is_asserted)}
    done |= {m.sentence_number for m in mentions if m.trigger.mode == "firearms"}
    blamed = {m.sentence_number: m.trigger for m in reversed(disasters) if m.sentence_number not in done}
    main = None if violent or not disasters else disasters[0].trigger
    mentions = [_blame(mention, blamed.get(mention.sentence_number, main)) for mention in mentions]
    return _blame_robbery([_without_patients(mention) for mention in mentions])


def _without_patients(mention: Mention) -> Mention:
    """Who is taken to a hospital after an attack may have done it; who takes him has not, nor was it there."""
    if not is_of_hospital(mention.trigger):
        return mention
    hurt = () if mention.trigger.event_type == "ASSAULT" else mention.recipients
    return mention._replace(actors=(), recipients=hurt, where=Where())


def _blame_robbery(mentions: Sequence[Mention]) -> list[Mention]:
    at_the_top = [m for m in mentions if m.trigger.event_type == "CRIME" and m.sentence_number <= _TOP]
    force = [m for m in mentions if m.trigger.event_type == "ASSAULT"]
    if not at_the_top or any(any(m.toll) or m.trigger.mode == "firearms" for m in force):
        return list(mentions)
    return [_as_part_of(m, at_the_top[0].trigger) if m in force else m for m in mentions]


def _blame_nature(mention: Mention, disasters: Sequence[Mention], text: str) -> Mention:
    """What a quake or storm is the subject of, it did: "a quake razed villages", "the Iranian quake hit Dubai"."""
    if not mention.is_verb or mention.of_title or mention.trigger.event_type not in ("ASSAULT", "COERCE"):
        return mention
    for disaster in disasters:
        is_beside = disaster.sentence_number == mention.sentence_number and not disaster.is_verb
        is_before = is_beside and disaster.char_end < mention.char_start
        is_its = any(_STORM.match(actor.text) for actor in mention.actors)  # "Hurricane Ann crossed Cuba, killing two"
        if (is_its and is_beside) or (is_before and _DOING.fullmatch(text[disaster.char_end : mention.char_start])):
            hurt = mention.recipients if mention.trigger.event_type == "ASSAULT" else ()
            return _as_part_of(mention._replace(actors=(), recipients=hurt), disaster.trigger)
    return mention


def _blame(mention: Mention, cause: Optional[Trigger]) -> Mention:
    by_nobody = not mention.actors or (cause and cause.mode == "accident")
    return _as_part_of(mention, cause) if cause and by_nobody and _is_outcome(mention) else mention


def _as_part_of(mention: Mention, cause: Trigger) -> Mention:
    told = mention.trigger._replace(event_type=cause.event_type, own_type=cause.own_type, mode=cause.mode)
    people = tuple(each for each in mention.recipients if each not in mention.things)
    suffer = people if cause.event_type == "CRIME" else mention.recipients
    return mention._replace(trigger=told, mode=cause.mode, recipients=suffer)


def _as_accident(mention: Mention, text: str) -> Mention:
    """What is done by accident is one, where it hurts somebody; those who drive have done it, their cars have not."""
    if not is_accident(mention, text):
        return mention
    drivers = tuple(actor for actor in mention.actors if not is_car(actor.text))
    return _as_part_of(mention, ACCIDENT)._replace(actors=drivers)


def _as_attack(mention: Mention) -> Mention:
    """What a bomb did is no accident: "the train was derailed by a charge of dynamite"."""
    if not (mention.trigger.event_type == "DISASTER" and mention.is_verb and _EXPLOSIVES.search(mention.sentence)):
        return mention
    trigger = mention.trigger._replace(event_type="ASSAULT", own_type=None, mode="explosives", outcome=True)
    return mention._replace(trigger=trigger, mode="explosives")


def _as_ramming(mention: Mention, text: str) -> Mention:
    """What somebody who drives does on purpose is no accident."""
    is_wreck = mention.trigger.event_type == "DISASTER" and mention.trigger.mode == "accident" and mention.is_verb
    if not is_wreck or not is_meant(text):
        return mention
    return mention._replace(trigger=mention.trigger._replace(event_type="ASSAULT", own_type=None, mode=None), mode=None)


def _is_outcome(mention: Mention) -> bool:
    """Whether a mention may be of what came of a disaster: somebody died, something exploded, a court calls it so."""
    trigger = mention.trigger
    burst = trigger.mode == "explosives" and trigger.figure and not mention.actors
    is_charge = trigger.lemma in _CHARGES and not mention.is_verb
    return trigger.event_type == "ASSAULT" and (trigger.outcome or trigger.weak or burst or is_charge)
