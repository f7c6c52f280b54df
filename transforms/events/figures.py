"""What a word of force means in its article: a figure of speech, a riot, a search by the police, a bombardment.

By the page that the article is from (`pages`), by who did it and by what else is told.
"""

import re
from collections.abc import Sequence
from typing import Optional

from transforms.events.lexicon import PERSON_TYPES
from transforms.events.mentions import Mention
from transforms.events.pages import LEAD_SENTENCES, Page, stems
from transforms.events.realis import UNDONE
from transforms.events.wordlists import word_set
from transforms.records import Actor

_LAWFUL = frozenset(["ACCUSE", "SANCTION"])
_FORCE = PERSON_TYPES | {"PROTEST"}
_OF_WORK = re.compile(r"(?i)\b(?:armed|general|hunger|transport|labou?r|national|nationwide|indefinite)[- ]strikes?\b")
_FROM_AFAR = frozenset(["aerial", "drone", "heavy-weapons", "explosives"])  # modes
_FOR_WHAT = re.compile(r"(?i)\battack(?:s|ed|ing)\b[^.;]{3,60}\bfor (?:(?:not|having) )?\w+ing\b")
_IN_ELECTIONS = re.compile(
    r"(?i)\bbeat(?:s|ing|en)?\b[^;]{2,40}\b(?:by|in|for)\b[^.;]{0,40}"
    r"\b(?:votes|points|percent|caucus(?:es)?|primar(?:y|ies)|elections?|runoff|race|seat|nomination)\b"
)
_PLAYING = r"\b(?:star(?:s|red|ring)|(?:play|portray)(?:s|ed|ing))"
_ATTACKING = word_set("attack assault hit blast strike hammer")
_ARMED = frozenset(["UAF", "REB", "CRM"])
_SEARCHING = word_set("raid storm")
_FIRE_CREWS = re.compile(r"(?i)\b(?:fire(?:fighters?| crews?| department)|crews)$")
_MOBS = word_set("crowd crowds mob mobs activists demonstrators opponents protesters protestors supporters rioters")
_RIOTING = word_set("storm hurl lob damage destroy")


def read_figures(mentions: Sequence[Mention], page: Page) -> list[Mention]:
    """The mentions, where who "attacks" a rival in politics finds fault with him, a raid by the police is force of the
    law, and what a crowd storms or burns is a riot."""
    mentions = [_as_words(m) if _is_attack(m) and _is_of_words(m, page) else m for m in mentions]
    if any(_is_bombardment(m) for m in mentions):
        mentions = [_as_bombardment(m) if _is_strike(m) else m for m in mentions]
    mentions = [_as_riot(m) if _is_riot(m) else m for m in mentions]
    mentions = [_as_advance(m) if _is_advance(m) else m for m in mentions]
    arrests = [m for m in mentions if m.trigger.mode == "arrest"]
    return [_as_search(m) if _is_search(m) or _is_round_up(m, arrests) else m for m in mentions]


def _is_bombardment(mention: Mention) -> bool:
    """Whether something is hit from afar: then a strike is no stop of work."""
    return mention.trigger.event_type == "ASSAULT" and mention.mode in _FROM_AFAR and not mention.trigger.weak


def _is_strike(mention: Mention) -> bool:
    by_workers = any(actor.sector == "LAB" for actor in mention.actors) or _OF_WORK.search(mention.sentence)
    return mention.trigger.lemma == "strike" and mention.trigger.event_type == "PROTEST" and not by_workers


def _as_bombardment(mention: Mention) -> Mention:
    trigger = mention.trigger._replace(event_type="ASSAULT", own_type=None, mode=None, outcome=True)
    return mention._replace(trigger=trigger, mode=None)


def _is_riot(mention: Mention) -> bool:
    """Whether protesters storm, burn or loot something: PLOVER has violent protest apart from assault."""
    trigger = mention.trigger
    is_crowd = bool(mention.actors) and all(a.sector == "OPP" or _is_mob(a) for a in mention.actors)
    by_crowds = trigger.event_type == "ASSAULT" and (trigger.mode == "destroy" or trigger.lemma in _RIOTING)
    by_mob = set(mention.recipients) <= set(mention.things) and any(map(_is_mob, mention.actors))
    return is_crowd and by_crowds and not trigger.toll and (by_mob or not any(mention.toll))


def _is_advance(mention: Mention) -> bool:
    """Whether those who march have arms: "rebels marched into the city"."""
    are_armed = bool(mention.actors) and all(actor.sector in ("REB", "MIL") for actor in mention.actors)
    return are_armed and mention.trigger.event_type == "PROTEST" and mention.trigger.lemma.startswith("march")


def _as_advance(mention: Mention) -> Mention:
    trigger = mention.trigger._replace(event_type="MOBILIZE", own_type=None, mode="troops", outcome=False)
    return mention._replace(trigger=trigger, mode="troops")


def _is_mob(actor: Actor) -> bool:
    words = actor.text.lower().partition(" of ")[0].split()  # "supporters of President Roe"
    return not actor.name and bool(words) and words[-1] in _MOBS


def _as_riot(mention: Mention) -> Mention:
    trigger = mention.trigger._replace(event_type="PROTEST", own_type=None, mode="riot", outcome=False)
    return mention._replace(trigger=trigger, mode="riot")


def _is_search(mention: Mention) -> bool:
    by_police = bool(mention.actors) and all(actor.sector == "COP" for actor in mention.actors)
    return mention.trigger.lemma in _SEARCHING and by_police and not any(mention.toll)


def _is_round_up(mention: Mention, arrests: Sequence[Mention]) -> bool:
    """Whether those who storm a house arrest people in it, by the same sentence."""
    if mention.trigger.lemma not in _SEARCHING or any(mention.toll) or not mention.actors:
        return False
    return any(m.sentence_number == mention.sentence_number and m.actors == mention.actors for m in arrests)


def _as_search(mention: Mention) -> Mention:
    trigger = mention.trigger._replace(event_type="COERCE", own_type=None, mode=None, outcome=False)
    return mention._replace(trigger=trigger, mode=None)


def _is_attack(mention: Mention) -> bool:
    deed = mention.trigger.lemma in _ATTACKING and mention.is_verb and not mention.trigger.weak
    is_armed = any(actor.sector in _ARMED for actor in mention.actors)  # "the gunman struck four people"
    return deed and bool(mention.actors and mention.recipients) and not any(mention.toll) and not is_armed


def _is_of_words(mention: Mention, page: Page) -> bool:
    """Whether it is by words that somebody attacks: in politics, or where he says for what."""
    return page.subject == "politics" or bool(_FOR_WHAT.search(mention.sentence))


def _as_words(mention: Mention) -> Mention:
    trigger = mention.trigger._replace(event_type="ACCUSE", own_type=None, mode="disapprove", outcome=False)
    return mention._replace(trigger=trigger, mode="disapprove")


def _is_of_title(mention: Mention) -> bool:
    """Whether a noun is the name of a show: "the film Earthquake opened"."""
    name = mention.trigger.lemma.title()
    return not mention.is_verb and bool(re.search(rf"(?:[a-z] |[\"“'] ?(?:An? |The )?){name}\b", mention.sentence))


def _is_of_plot(mention: Mention) -> bool:
    """Whether a verb is told in the present, as plots are, or of a part: "the heroine kills two guards", "who plays a
    kidnapped guard"."""
    verb = re.escape(mention.trigger.lemma.split()[0])
    is_told_so = bool(re.search(rf"(?i)\b{verb}e?s\b|{_PLAYING}\b[^.;]*\b{verb}", mention.sentence))
    return mention.is_verb and not mention.of_title and is_told_so


def _is_of_works(mention: Mention) -> bool:
    """Whether titles in quotes are what somebody did it to: "the film beat 'The Heiress' to the prize"."""
    names = [re.escape(actor.name or actor.text) for actor in mention.recipients]
    return bool(names) and all(re.search(rf"[\"“'‘](?:An? |The )?{name}", mention.sentence) for name in names)


def why_figure(mention: Mention, page: Page) -> Optional[str]:
    """Why a word of force tells of none, if so: the pages on sport, shows, business and politics use the same words."""
    trigger, counted = mention.trigger, any(mention.toll)
    if page.subject == "obituary":
        return "somebody died of illness or age, and the rest is of a life"
    if trigger.event_type == "ASSAULT" and any(_FIRE_CREWS.search(actor.text) for actor in mention.actors):
        return "who fights a fire attacks nobody"
    if trigger.lemma == "beat" and not counted and _IN_ELECTIONS.search(mention.sentence):
        return "won in an election"
    if page.subject in ("sport", "business"):
        are_dead = (mention.toll.killed or 0) > 1 and trigger.event_type in _FORCE  # "38 fans died in a crush"
        told = counted and (are_dead or not trigger.figure) and mention.realis not in UNDONE
    elif page.subject == "show":
        told = trigger.event_type in _FORCE and (
            counted
            or (not trigger.figure and (mention.is_asserted or trigger.told_type in page.topics))
            or (bool(mention.recipients) and mention.is_asserted and bool(mention.is_verb or mention.mode))
        )
        told = told or (trigger.event_type in _LAWFUL and mention.is_asserted and trigger.told_type in page.topics)
        told = told and not (_is_of_title(mention) or _is_of_works(mention) or _is_of_plot(mention))
        told = told and mention.realis not in UNDONE
    elif page.subject == "politics" and trigger.event_type in _FORCE and not trigger.needs:
        meant = not trigger.figure or bool(stems(trigger.lemma) & page.title) or trigger.told_type in page.topics
        is_news = mention.sentence_number < LEAD_SENTENCES and (mention.is_asserted or not page.is_peaceful)
        told = (counted and not page.is_peaceful) or ((meant or counted) and (is_news or mention.time.is_sure))
        told = told and (
            not mention.is_aside or trigger.told_type in page.topics
        )  # "a bill on attacks that killed ten"
    else:
        told = True
    return None if told else f"a figure of speech, in a text on {page.subject}"
