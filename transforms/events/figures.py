"""What a word of force means in its article: a figure of speech, a riot, a search by the police, a bombardment.

By the page that the article is from (`pages`), by who did it and by what else is told.
"""

from collections.abc import Sequence
from typing import Optional

from transforms.events.lexicon import PERSON_TYPES
from transforms.events.mentions import Mention
from transforms.events.pages import LEAD_SENTENCES, Page
from transforms.events.realis import UNDONE
from transforms.events.wordlists import word_set
from transforms.records import Actor

_LAWFUL = frozenset(["ACCUSE", "SANCTION"])
_FORCE = PERSON_TYPES | {"PROTEST"}
_FROM_AFAR = frozenset(["aerial", "drone", "heavy-weapons", "explosives"])  # modes
_ATTACKING = word_set("attack assault hit blast strike hammer")
_ARMED = frozenset(["UAF", "REB", "CRM"])
_SEARCHING = word_set("raid storm")
_MOBS = word_set("crowd crowds mob mobs activists demonstrators opponents protesters protestors supporters rioters")
_RIOTING = word_set("storm hurl lob damage destroy")


def read_figures(mentions: Sequence[Mention], page: Page) -> list[Mention]:
    """The mentions, where who "attacks" a rival in politics finds fault with him, a raid by the police is force of the
    law, and what a crowd storms or burns is a riot."""
    if page.subject == "politics":
        mentions = [_as(m, "ACCUSE", "disapprove") if _is_attack(m) else m for m in mentions]
    if any(_is_bombardment(m) for m in mentions):
        mentions = [_as(m, "ASSAULT", outcome=True) if _is_strike(m) else m for m in mentions]
    mentions = [_as(m, "PROTEST", "riot") if _is_riot(m) else m for m in mentions]
    return [_as(m, "COERCE") if _is_search(m) else m for m in mentions]


def _as(mention: Mention, event_type: str, mode: Optional[str] = None, outcome: bool = False) -> Mention:
    trigger = mention.trigger._replace(event_type=event_type, own_type=None, mode=mode, outcome=outcome)
    return mention._replace(trigger=trigger, mode=mode)


def _is_bombardment(mention: Mention) -> bool:
    """Whether something is hit from afar: then a strike is no stop of work."""
    return mention.trigger.event_type == "ASSAULT" and mention.mode in _FROM_AFAR


def _is_strike(mention: Mention) -> bool:
    by_workers = any(actor.sector == "LAB" for actor in mention.actors)
    return mention.trigger.lemma == "strike" and mention.trigger.event_type == "PROTEST" and not by_workers


def _is_riot(mention: Mention) -> bool:
    """Whether protesters storm, burn or loot something: PLOVER has violent protest apart from assault."""
    trigger = mention.trigger
    is_crowd = bool(mention.actors) and all(a.sector == "OPP" or _is_mob(a) for a in mention.actors)
    by_crowds = trigger.event_type == "ASSAULT" and (trigger.mode == "destroy" or trigger.lemma in _RIOTING)
    return is_crowd and by_crowds


def _is_mob(actor: Actor) -> bool:
    words = actor.text.lower().partition(" of ")[0].split()  # "supporters of President Roe"
    return not actor.name and not _MOBS.isdisjoint(words[-1:])


def _is_search(mention: Mention) -> bool:
    by_police = bool(mention.actors) and all(actor.sector == "COP" for actor in mention.actors)
    return mention.trigger.lemma in _SEARCHING and by_police and not any(mention.toll)


def _is_attack(mention: Mention) -> bool:
    """Whether somebody without arms attacks: not "the gunman struck four people"."""
    is_armed = any(actor.sector in _ARMED for actor in mention.actors)
    return mention.trigger.lemma in _ATTACKING and mention.is_verb and bool(mention.actors) and not is_armed


def why_figure(mention: Mention, page: Page) -> Optional[str]:
    """Why a word of force tells of none, if so: the pages on sport, shows, business and politics use the same words."""
    trigger, counted = mention.trigger, any(mention.toll)
    if page.subject == "obituary":
        return "somebody died of illness or age, and the rest is of a life"
    if page.subject in ("sport", "business"):
        told = counted and (not trigger.figure or (mention.toll.killed or 0) > 1)  # "38 fans died in a crush"
    elif page.subject == "show":
        told = trigger.event_type in _FORCE and (
            counted
            or (not trigger.figure and (mention.is_asserted or trigger.told_type in page.topics))
            or (bool(mention.recipients) and mention.is_asserted)
        )
        told = told or (trigger.event_type in _LAWFUL and trigger.told_type in page.topics)
        told = told and mention.realis not in UNDONE
    elif page.subject == "politics" and trigger.event_type in _FORCE and not trigger.needs:
        meant = not trigger.figure or trigger.told_type in page.topics
        is_news = mention.sentence_number < LEAD_SENTENCES and (mention.is_asserted or not page.is_peaceful)
        told = (counted and not page.is_peaceful) or ((meant or counted) and (is_news or mention.time.is_sure))
        told = told and (not mention.is_aside or trigger.told_type in page.topics)  # not "a bill on attacks"
    else:
        told = True
    return None if told else f"a figure of speech, in a text on {page.subject}"
