"""Mentions of the same happening, brought together: by type, time, place, and those involved."""

import datetime
from collections.abc import Sequence
from typing import Optional

from transforms.events.headlines import LEAD
from transforms.events.identity import add_actors
from transforms.events.joining import join_groups
from transforms.events.lexicon import PERSON_TYPES
from transforms.events.mentions import Mention
from transforms.events.pages import Page
from transforms.events.promoting import promote, without_remarks
from transforms.events.realis import UNDONE
from transforms.events.sides import are_outlaws
from transforms.events.substance import seek_topics, why_untold
from transforms.events.summary import realis_of
from transforms.events.timing import Timing
from transforms.records import Actor

_FORCES = {"COP": "state", "MIL": "state", "REB": "REB", "CVL": "some", "UAF": "some", "CRM": "some"}
_UNKNOWN = frozenset(["UAF", "CRM", None])  # sectors
_OF_LAW = frozenset(["COP", "MIL"])
_BY_MODE = frozenset(["RETREAT", "SANCTION"])  # types of which each mode is another deed: to resign, to withdraw troops
_ARMED = frozenset(["REB", "MIL"])
_TOP = 2  # sentences
_NO_PAGE = Page()
SLACK_DAYS = 3  # by which times that stand near, and are no more than a guess, may differ


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
    for mention, _ in untold:
        fitting = _unclaimed(mention, groups) or _fitting(mention, groups)
        fitting = [group for group in fitting if _is_sign(mention) or not _is_undone(group)]
        if mention.sentence_number >= LEAD:
            fitting = [group for group in fitting if not all(other.of_title for other in group)]
        if any(actor.sector == "REB" for actor in mention.actors):  # a claim is of what was told before
            fitting = [group for group in fitting if group[0].char_start < mention.char_start] or fitting
        if fitting:
            min(fitting, key=lambda group: abs(group[0].char_start - mention.char_start)).append(mention)
    whole = []
    for group in join_groups(groups):
        if reason := _why_no_happening(group):
            untold += [(mention, reason) for mention in group]
        else:
            whole.append(sorted(group, key=lambda mention: mention.char_start))
    return promote(*without_remarks(whole, untold), page)


def _fitting(mention: Mention, groups: Sequence[list[Mention]]) -> list[list[Mention]]:
    """The groups that a mention may belong to; those of older deeds only where it tells of one, or of no other."""
    fitting = [group for group in groups if all(_same_happening(mention, other) for other in _telling(group))]
    if mention.trigger.weak and mention.recipients:  # those who are named below are not the attacker whom police shot
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
    fitting = [group for group in groups if all(_same_happening(mention, other) for other in _telling(group))]
    return [group for group in fitting if not any(m.actors for m in group)]


def _telling(group: Sequence[Mention]) -> list[Mention]:
    """Those that say what kind of deed it is: who kills and abducts in one raid may be told to have done either."""
    deeds = {m.sentence_number for m in group if m.mode != "abduct"}
    return [m for m in group if m.mode != "abduct" or m.sentence_number not in deeds]


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
    if first.sentence_number >= 2 and not any(m.actors or m.recipients or any(m.toll) for m in group):
        return "neither who did it nor who suffered it is told"
    return None


def compatible_times(a: Timing, b: Timing) -> bool:
    """Whether two times can be the same one: unknown, not sure, or overlapping."""
    if not (a.days and b.days):
        return True
    slack = datetime.timedelta(days=0 if a.is_sure and b.is_sure else SLACK_DAYS)
    return a.days.first <= b.days.last + slack and b.days.first <= a.days.last + slack


def _is_another_toll(a: Mention, b: Mention) -> bool:
    """Whether two mentions count other dead by other means, one of them on a day that the other does not have."""
    is_one_dated = bool(a.time.days) != bool(b.time.days)
    are_many = min(a.toll.killed or 0, b.toll.killed or 0) > 1  # one may be one of them
    others = a.mode and b.mode and a.mode != b.mode and are_many
    return bool(is_one_dated and others and a.toll.killed != b.toll.killed)


def _is_of_another(a: Mention, b: Mention) -> bool:
    """Whether two killings have other victims, whom they name, and one is told by a noun or on another day.

    "The murder of Roe led the judges to protest" is none of today's, in which Fox was hurt.
    """
    named = [[actor for actor in m.recipients if actor.name and not actor.country] for m in (a, b)]
    if a.trigger.weak or b.trigger.weak or not all(named) or _overlap(*named) or UNDONE & {a.realis, b.realis}:
        return False
    is_noun = any(not m.is_verb and m.trigger.of == "recipient" for m in (a, b))
    days = [m.time.days for m in (a, b) if m.time.days and m.time.days.precision == "day"]
    return is_noun or (len(days) == 2 and days[0] != days[1])


def _same_happening(a: Mention, b: Mention) -> bool:
    if a.trigger.told_type != b.trigger.told_type or (a.realis == "historical") != (b.realis == "historical"):
        return False
    later = max(a, b, key=lambda mention: mention.sentence_number)
    if a.is_other != b.is_other and a.sentence_number == b.sentence_number:
        return False
    if a.sentence_number == b.sentence_number and a.trigger.event_type == "ASSAULT":
        return not _are_two_of_sentence(a, b)
    if a.is_other != b.is_other and _are_others_hurt(a, b):
        return False
    if a.of_title != b.of_title and max(a.sentence_number, b.sentence_number) < LEAD and _have_one_verb(a, b):
        return True  # the lead says it in the headline's word, of "the senator"
    if later.is_apart and a.sentence_number != b.sentence_number:
        return False
    if a.mode and b.mode and a.mode != b.mode and "abduct" in (a.mode, b.mode):
        return False
    if not compatible_times(a.time, b.time) or _is_another_toll(a, b) or _is_of_another(a, b):
        return False
    if _are_other_doers(a, b) or _are_other_states(a, b):
        return False
    if _are_raids_apart(a, b) or _are_sides_turned(a, b):
        return False
    if a.trigger.event_type in PERSON_TYPES:
        if _are_other_arrests(a, b):
            return False
        if are_outlaws(later.recipients) and all(actor.sector == "UAF" for actor in later.recipients):
            return True  # "the attacker was shot dead by officers"
        return not (a.where.name and b.where.name and a.where.name != b.where.name and a.mode != b.mode)
    return _is_same_act(a, b)


def _are_others_hurt(a: Mention, b: Mention) -> bool:
    """Whether others suffer in them, or as many others: "a week after a blast killed 14", "killed six"."""
    are_counted = a.toll.killed is not None and b.toll.killed is not None
    if are_counted and a.toll.killed != b.toll.killed:
        return True
    return bool(a.recipients and b.recipients) and not _overlap(a.recipients, b.recipients)


def _are_two_of_sentence(a: Mention, b: Mention) -> bool:
    """Whether a sentence states one deed and tells another by the way, of others on both sides: "Israel bombed a
    ministry, vowing to destroy forces attacking Druze"."""
    stated, aside = sorted((a, b), key=lambda m: not m.is_asserted)
    if aside.is_asserted or not stated.is_asserted or a.trigger.weak or b.trigger.weak:
        return False
    if not (stated.actors and aside.actors and aside.recipients):
        return False
    if are_outlaws(stated.actors) or are_outlaws(aside.actors):  # "rebels raided it", "the attackers shot two"
        return False
    met = [(x, y) for x in (stated.actors, stated.recipients) for y in (aside.actors, aside.recipients)]
    return not any(_overlap(x, y) for x, y in met)


def _are_other_arrests(a: Mention, b: Mention) -> bool:
    """Whether a noun speaks of another arrest: "the hardest blow to the gang since the arrest of Tom Ray"."""
    names = [[actor for actor in m.recipients if actor.name] for m in (a, b)]
    are_nouns = a.trigger.event_type == "COERCE" and not (a.is_verb and b.is_verb)
    return are_nouns and all(names) and not _overlap(*names)


def _have_one_verb(a: Mention, b: Mention) -> bool:
    return a.trigger.lemma.split()[0] == b.trigger.lemma.split()[0]  # "apologized to"


def _is_same_act(a: Mention, b: Mention) -> bool:
    """Whether two sentences tell of one act of words or papers: by the same, and to the same where both say to whom."""
    if a.actors and b.actors and not (_overlap(a.actors, b.actors) or _is_described_in_title(a, b)):
        return False
    if a.sentence_number == b.sentence_number:
        return True
    if a.mode and b.mode and a.mode != b.mode and a.trigger.event_type in _BY_MODE:
        return False
    named = [any(actor.name for actor in m.recipients) for m in (a, b)]
    return not all(named) or _overlap(a.recipients, b.recipients)  # "his rival" may be anybody


def _is_described_in_title(a: Mention, b: Mention) -> bool:
    """Whether the headline tells by his office who is named below: "Taiwan president", "Taiwan President Ann Lee"."""
    if a.of_title == b.of_title:
        return False
    title, text = (a, b) if a.of_title else (b, a)
    if a.recipients and _overlap(a.recipients, b.recipients) and not any(actor.name for actor in title.actors):
        return True  # "Chad's leader in Mali", "President Ann Lee arrived in Mali"
    words = [set(actor.text.lower().split()) for actor in text.actors if actor.name]
    return any(set(actor.text.lower().split()) <= told for actor in title.actors for told in words)


def _are_other_doers(a: Mention, b: Mention) -> bool:
    """Whether other forces did it, to others: what the army and what guerrillas do are two deeds."""
    sides = [{_FORCES[actor.sector] for actor in m.actors if actor.sector in _FORCES} for m in (a, b)]
    is_of_rebels = "REB" in sides[0] | sides[1]  # a gunman and the police that shoots him belong to one
    if not is_of_rebels or not all(sides) or sides[0] & sides[1] or not (a.recipients and b.recipients):
        return False
    return not _overlap(a.recipients, b.recipients)


def _are_other_states(a: Mention, b: Mention) -> bool:
    """Whether two states did it, each to others: "Israel bombed a port", "Iran fired at a town". A clash is of both."""
    states = [{actor.country for actor in m.actors} for m in (a, b)]
    are_deeds = a.trigger.event_type == "ASSAULT" and "both" not in (a.trigger.subject, b.trigger.subject)
    if not are_deeds or not all(states) or None in states[0] | states[1] or states[0] & states[1]:
        return False
    return bool(a.recipients and b.recipients) and not _overlap(a.recipients, b.recipients)


def _are_sides_turned(a: Mention, b: Mention) -> bool:
    """Whether those who did one suffered the other: "police shot four protesters", "protesters killed a policeman"."""
    if a.trigger.event_type != "ASSAULT" or "both" in (a.trigger.subject, b.trigger.subject):
        return False
    (doing, suffering), (doing_too, suffering_too) = (
        [{actor.sector for actor in side} for side in (m.actors, m.recipients)] for m in (a, b)
    )
    if not (doing and doing_too) or _UNKNOWN & (doing | doing_too):
        return False  # a gunman and the police that shoots him belong to one
    is_of_law = bool(_OF_LAW & doing) != bool(_OF_LAW & doing_too)
    return is_of_law and bool(doing & suffering_too) and bool(doing_too & suffering)


def _are_raids_apart(a: Mention, b: Mention) -> bool:
    """Whether forces raid others at another place."""
    are_forces = any(x.sector in _ARMED for m in (a, b) for x in (*m.actors, *m.recipients))
    is_elsewhere = bool(a.where.names and b.where.names) and not set(a.where.names) & set(b.where.names)
    return (
        are_forces and is_elsewhere and bool(a.recipients and b.recipients) and not _overlap(a.recipients, b.recipients)
    )


def _overlap(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    return len(add_actors(a, b)) < len(a) + len(b)
