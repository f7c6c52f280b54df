"""Mentions of the same happening, brought together: by type, time, place, and those involved."""

import re
from collections.abc import Sequence
from typing import Optional

from transforms.events.gathering import count_of
from transforms.events.headlines import LEAD
from transforms.events.identity import overlap
from transforms.events.joining import is_part, join_groups
from transforms.events.lexicon import PERSON_TYPES
from transforms.events.mentions import NAMED, Mention
from transforms.events.pages import Page
from transforms.events.promoting import promote
from transforms.events.realis import UNDONE
from transforms.events.same_happening import same_happening
from transforms.events.sides import are_outlaws
from transforms.events.substance import BACKGROUND, seek_topics, why_untold
from transforms.events.summary import realis_of
from transforms.events.wordlists import word_set
from transforms.records import Actor

_OF_LAW = frozenset(["COP", "MIL"])
_OUTLAWS = frozenset(["CRM", "REB", "UAF"])
_TOP = 2  # sentences
_AT_LARGE = word_set(
    "people persons children youths men women civilians citizens families workers peasants victims population "
    "public society patients prisoners students others adults lives residents villagers farmers journalists"
)
_ONE = re.compile(r"^(?:a|an|one|another|\d.*|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|several)$")
_HISTORY = "of years past, in an article on something else"
_FAR_DOWN = "so far down, beside what the headline tells"
_OF_ATTACK = "part of the attack that is told"
_NO_PAGE = Page()


def group_mentions(
    mentions: Sequence[Mention], page: Page = _NO_PAGE
) -> tuple[list[list[Mention]], list[tuple[Mention, str]]]:
    """Mentions of the same happening together, each group and all groups in the order of the text; and the others.

    What tells too little of itself ("the shooting happened on Sunday") joins a happening but makes none: such are
    given with the reason as well. What it takes depends on the `page`.
    """
    page = seek_topics(mentions, page)
    groups: list[list[Mention]] = []
    untold = []
    for mention in mentions:
        if reason := why_untold(mention, page):
            untold.append((mention, reason))
            continue
        fitting = _unclaimed(mention, groups) or _fitting(mention, groups)
        if fitting:
            max(fitting, key=lambda group: group[-1].char_start).append(mention)
        else:
            groups.append([mention])
    untold += [(mention, _FAR_DOWN) for group in groups if _is_far_down(group, page) for mention in group]
    groups = [group for group in groups if not _is_far_down(group, page)]
    for mention, reason in untold:
        fitting = _unclaimed(mention, groups) or _fitting(mention, groups)
        if reason == BACKGROUND:
            fitting = [group for group in fitting if not _is_to_others(mention, group)]
        fitting = [group for group in fitting if _is_sign(mention) or not _is_undone(group)]
        if mention.sentence_number >= LEAD:
            fitting = [group for group in fitting if not all(other.of_title for other in group)]
        if any(
            actor.sector in _OUTLAWS for actor in (*mention.actors, *mention.tellers)
        ):  # a claim is of what was told before
            fitting = [group for group in fitting if group[0].char_start < mention.char_start] or fitting
        fitting = [group for group in fitting if _are_as_many(mention, group)] or fitting
        if fitting:
            min(fitting, key=lambda group: abs(group[0].char_start - mention.char_start)).append(mention)
    whole = []
    for group in join_groups(groups):
        is_topic = group[0].trigger.told_type in page.topics
        is_aside = not is_topic and any(is_part(group, attack) for attack in whole)
        if reason := _OF_ATTACK if is_aside else _why_no_happening(group):
            untold += [(mention, reason) for mention in group]
        else:
            whole.append(sorted(group, key=lambda mention: mention.char_start))
    if (
        page.is_peaceful
        and page.headline
        and not page.topics
        and all(realis_of(group) == "historical" for group in whole)
    ):
        untold += [(mention, _HISTORY) for group in whole for mention in group]
        whole = []
    return promote(whole, untold, page)


def _is_far_down(group: Sequence[Mention], page: Page) -> bool:
    """Whether words that are often figures tell of a deed by the way, in an article whose headline tells of none."""
    told = [m for m in group if not m.trigger.weak]
    are_figures = all(m.trigger.figure and not m.trigger.toll and m.sentence_number >= _TOP for m in told)
    is_counted = any(any(m.toll) or m.time.is_sure for m in group)
    return page.is_peaceful and bool(page.headline) and not page.topics and are_figures and not is_counted


def _fitting(mention: Mention, groups: Sequence[list[Mention]]) -> list[list[Mention]]:
    """The groups that a mention may belong to; those of older deeds only where it tells of one, or of no other."""
    fitting = [group for group in groups if all(same_happening(mention, other) for other in _telling(group))]
    is_claim = bool(mention.actors) and not (mention.is_verb or mention.recipients)
    if is_claim or (mention.trigger.weak and mention.recipients):  # not the attacker whom police shot
        fitting = [group for group in fitting if not _is_counterblow(group)] or fitting
    news = [group for group in fitting if not all(other.is_other for other in group)]
    return fitting if mention.is_other else news or fitting


def _unclaimed(mention: Mention, groups: Sequence[list[Mention]]) -> list[list[Mention]]:
    """The deeds whose doers are not told, where an armed group is blamed and the news is what forces of a state did."""
    is_claim = not mention.recipients and any(actor.sector == "REB" for actor in mention.actors)
    news = [group for group in _fitting(mention, groups) if is_claim]
    doers = [actor for group in news for m in group for actor in m.actors]
    if not doers or any(actor.sector not in _OF_LAW for actor in doers):
        return []
    fitting = [group for group in groups if all(same_happening(mention, other) for other in _telling(group))]
    return [group for group in fitting if not any(m.actors for m in group)]


def _telling(group: Sequence[Mention]) -> list[Mention]:
    """Those that say what kind of deed it is: who kills and abducts in one raid may be told to have done either."""
    deeds = {m.sentence_number for m in group if m.mode != "abduct"}
    return [m for m in group if m.mode != "abduct" or m.sentence_number not in deeds]


def _are_as_many(mention: Mention, group: Sequence[Mention]) -> bool:
    """Whether those who are only named are as many as a deed is told to have been done to: "two nurses"."""
    many = len(mention.recipients)
    before = (other for other in group if other.char_start < mention.char_start)
    described = [a for other in before for a in other.recipients if not a.name]
    return mention.reading == NAMED and many > 1 and any(count_of(a) == many for a in described)


def _is_to_others(mention: Mention, group: Sequence[Mention]) -> bool:
    """Whether an act of words far down is to somebody of whom those at the top say nothing."""
    named = [actor for other in group for actor in other.recipients]
    return bool(mention.recipients) and not overlap(mention.recipients, named)


def _is_counterblow(group: Sequence[Mention]) -> bool:
    suffering = [mention.recipients for mention in group if mention.recipients]
    return bool(suffering) and all(map(are_outlaws, suffering))


def _is_sign(mention: Mention) -> bool:
    """Whether a word says by itself that something happened: a shooting, and not a death, a call, a threat."""
    trigger = mention.trigger
    is_bare = trigger.outcome and not mention.is_verb and not mention.recipients
    return trigger.weak or (trigger.event_type in PERSON_TYPES and not is_bare)


def _is_undone(group: Sequence[Mention]) -> bool:
    """Whether what was told did not happen: then no bare noun says that it did."""
    return all(mention.realis in UNDONE for mention in group if not mention.trigger.weak)


def _why_no_happening(group: Sequence[Mention]) -> Optional[str]:
    """Why mentions make no happening, if so: an obituary says that somebody died, and nothing that killed him."""
    first = min(group, key=lambda mention: mention.char_start)
    if first.sentence_number >= _TOP and realis_of(group) == "hypothetical":
        return "so far down, what is only thought of is no news"
    if first.trigger.event_type != "ASSAULT":
        return None
    dying = [m for m in group if m.trigger.outcome and m.trigger.subject == "recipient"]
    told = [m for m in group if not m.trigger.weak and m.realis not in UNDONE]
    if len(dying) == len(told) and not any(m.mode or m.actors for m in group):
        few = all((m.toll.killed or 0) < 2 for m in group)
        return "somebody died, and nothing tells of violence" if few else None
    if first.sentence_number < _TOP:
        return None
    if not any(m.actors or m.recipients or any(m.toll) for m in group):
        return "neither who did it nor who suffered it is told"
    is_anyone = not any(m.actors for m in group) and all(map(_is_of_anyone, told))
    return "so far down, of people at large, of no time and at no place" if is_anyone else None


def _is_of_anyone(mention: Mention) -> bool:
    """Whether it is said of no one in particular: "is killing our children", "the people who died in the war"."""
    is_fixed = any(mention.toll) or mention.time.days or mention.where.names
    return not is_fixed and all(map(_is_anyone, mention.recipients))


def _is_anyone(actor: Actor) -> bool:
    words = actor.text.lower().split()
    return actor.name is None and actor.country is None and words[-1] in _AT_LARGE and not _ONE.search(words[0])
