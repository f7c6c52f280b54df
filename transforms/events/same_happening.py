"""Whether two mentions of an article tell of one happening: by type, time, place, and those involved."""

import datetime

from transforms.events.gathering import is_attacker
from transforms.events.headlines import LEAD
from transforms.events.identity import are_akin, overlap
from transforms.events.lexicon import PERSON_TYPES
from transforms.events.mentions import Mention
from transforms.events.realis import UNDONE
from transforms.events.reports_apart import is_interception, is_report_apart
from transforms.events.sides import are_outlaws
from transforms.events.timing import Timing
from transforms.events.wordlists import JUDGING
from transforms.records import Actor

_FORCES = {"COP": "state", "MIL": "state", "REB": "REB", "CVL": "some", "UAF": "some", "CRM": "some"}
_UNKNOWN = frozenset(["UAF", "CRM", None])  # sectors
_OF_LAW = frozenset(["COP", "MIL"])
_BY_MODE = frozenset(["RETREAT", "SANCTION"])  # types of which each mode is another deed: to resign, to withdraw troops
_COURTS = frozenset(["COP", "JUD"])  # sectors
_BY_POLICE = frozenset(["arrest", "seize", "crowd-control"])  # modes
_FORBIDDING = frozenset(["ban", "restrict", "censor"])  # modes: who bans a party dissolves it
_ARMED = frozenset(["REB", "MIL"])
_BENCH = frozenset(["court", "judge", "judges", "jurors", "jury", "panel", "tribunal"])
_SHORT = {"pm": "prime minister", "fm": "foreign minister", "govt": "government"}
_SMALL = 4  # letters: a longer word tells who is meant
_SLACK = 3  # by which times that stand near, and are no more than a guess, may differ


def same_happening(a: Mention, b: Mention) -> bool:
    """Whether two mentions can be of one happening."""
    if a.trigger.told_type != b.trigger.told_type or (a.realis == "historical") != (b.realis == "historical"):
        return False
    later = max(a, b, key=lambda mention: mention.sentence_number)
    if a.is_other != b.is_other and a.sentence_number == b.sentence_number:
        return False
    if a.sentence_number == b.sentence_number and a.trigger.event_type == "ASSAULT":
        return not _are_two_of_sentence(a, b)
    if a.is_other != b.is_other and (_are_others_hurt(a, b) or _is_whole_background(a, b)):
        return False
    if a.of_title != b.of_title and max(a.sentence_number, b.sentence_number) < LEAD and _have_one_verb(a, b):
        return True  # the lead says it in the headline's word, of "the senator"
    if later.is_apart and a.sentence_number != b.sentence_number:
        return False
    if a.mode and b.mode and a.mode != b.mode and ("abduct" in (a.mode, b.mode) or _are_other_orders(a, b)):
        return False
    if not _compatible_times(a.time, b.time) or _is_another_toll(a, b) or _is_of_another(a, b):
        return False
    if a.trigger.event_type == "ASSAULT" and later.actors and all(map(is_attacker, later.actors)):
        return True  # "the attackers fired at a car"
    if _are_other_doers(a, b) or _are_other_states(a, b):
        return False
    are_apart = is_report_apart(a, b) or _are_raids_apart(a, b) or _are_sides_turned(a, b)
    if are_apart or is_interception(a) != is_interception(b):
        return False
    if a.trigger.event_type in PERSON_TYPES:
        if _are_other_arrests(a, b):
            return False
        if are_outlaws(later.recipients) and all(actor.sector == "UAF" for actor in later.recipients):
            return True  # "the attacker was shot dead by officers"
        return not (_are_elsewhere(a, b) and a.where.name != b.where.name and a.mode != b.mode)
    return _is_same_act(a, b)


def _compatible_times(a: Timing, b: Timing) -> bool:
    """Whether two times can be the same one: unknown, not sure, or overlapping."""
    if not (a.days and b.days):
        return True
    slack = datetime.timedelta(days=0 if a.is_sure and b.is_sure else _SLACK)
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
    if a.trigger.weak or b.trigger.weak or not all(named) or overlap(*named) or UNDONE & {a.realis, b.realis}:
        return False
    is_noun = any(not m.is_verb and m.trigger.of == "recipient" for m in (a, b))
    days = [m.time.days for m in (a, b) if m.time.days and m.time.days.precision == "day"]
    return is_noun or (len(days) == 2 and days[0] != days[1])


def _are_other_orders(a: Mention, b: Mention) -> bool:
    """Whether one of two modes of coercion is no work of the police at the scene: a ban is no arrest."""
    modes = {a.mode, b.mode}
    return a.trigger.event_type == "COERCE" and not modes <= _BY_POLICE and not modes <= _FORBIDDING


def _are_others_hurt(a: Mention, b: Mention) -> bool:
    """Whether others suffer in them, or as many others: "a week after a blast killed 14", "killed six"."""
    are_counted = a.toll.killed is not None and b.toll.killed is not None
    if are_counted and a.toll.killed != b.toll.killed:
        return True
    if any(x.name for x in a.recipients) != any(x.name for x in b.recipients) and not are_counted:
        return False  # "a driver" may be he who is named below
    return bool(a.recipients and b.recipients) and not overlap(a.recipients, b.recipients)


def _is_whole_background(a: Mention, b: Mention) -> bool:
    """Whether one, below the top, is told as before another deed, with who did it to whom: "weeks after its fighters
    overran Goma"."""
    other = a if a.is_other else b
    is_whole = bool(other.actors and other.recipients) and other.is_verb
    return is_whole and other.sentence_number >= LEAD and not overlap(a.recipients, b.recipients)


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
    return not any(overlap(x, y) for x, y in met)


def _are_other_arrests(a: Mention, b: Mention) -> bool:
    """Whether a noun speaks of another arrest: "the hardest blow to the gang since the arrest of Tom Ray"."""
    names = [[actor for actor in m.recipients if actor.name] for m in (a, b)]
    are_nouns = a.trigger.event_type == "COERCE" and not (a.is_verb and b.is_verb)
    return are_nouns and all(names) and not overlap(*names)


def _have_one_verb(a: Mention, b: Mention) -> bool:
    return a.trigger.lemma.split()[0] == b.trigger.lemma.split()[0]  # "apologized to"


def _is_same_act(a: Mention, b: Mention) -> bool:
    """Whether two sentences tell of one act of words or papers: by the same, and to the same where both say to whom."""
    are_of_court = all(actor.text.lower().split()[-1] in _BENCH for actor in (*a.actors, *b.actors))
    if a.actors and b.actors and not (are_of_court or overlap(a.actors, b.actors) or _is_described_in_title(a, b)):
        return False
    of_courts = [all(actor.sector in _COURTS for actor in m.recipients) for m in (a, b) if m.recipients]
    if (
        a.trigger.event_type == "ACCUSE" and len(set(of_courts)) > 1
    ):  # who is charged, and the prosecutors whom his lawyer accuses
        return False
    if a.sentence_number == b.sentence_number:
        return True
    if a.mode != b.mode and len({m.trigger.lemma in JUDGING for m in (a, b)}) > 1:  # "charged", "said it was tragic"
        return False
    if a.mode and b.mode and a.mode != b.mode and a.trigger.event_type in _BY_MODE:
        return False
    named = [any(actor.name for actor in m.recipients) for m in (a, b)]
    return not all(named) or overlap(a.recipients, b.recipients)  # "his rival" may be anybody


def _are_told_in_full(title: Mention, text: Mention) -> bool:
    """Whether the text names to whom it is done whom the headline describes: "a rebel", "the rebel Tom Ray"; "the
    head of a bank", "the head of the lender"."""
    words = [set(actor.text.lower().split()) for actor in text.recipients if actor.name]
    described = [a.text.lower() for a in title.recipients if not a.name]
    if words and title.recipients and not any(a.name or a.country for a in title.recipients):
        return True  # "rejects talks with rival", whom the text names
    if any(set(told.split()) <= full for told in described for full in words):
        return True
    states = [{actor.country for actor in m.recipients} for m in (title, text)]
    if states[0] == states[1] and None not in states[0]:  # "Vietnamese", "Vietnam"
        return True
    others = {word for actor in text.recipients if not actor.name for word in actor.text.lower().split()}
    if any(len(word) > _SMALL for told in described for word in set(told.split()) & others):
        return True  # "opposition figures", "37 opposition politicians"
    heads = {told.partition(" of ")[0].split()[-1] for told in described if " of " in told}
    return any(a.text.lower().partition(" of ")[0].split()[-1] in heads for a in text.recipients if not a.name)


def _is_described_in_title(a: Mention, b: Mention) -> bool:
    """Whether the headline tells by his office who is named below: "Taiwan president", "Taiwan President Ann Lee"."""
    if a.of_title == b.of_title:
        return False
    title, text = (a, b) if a.of_title else (b, a)
    is_to_others = bool(a.recipients and b.recipients) and not overlap(a.recipients, b.recipients)
    is_to_others = is_to_others and not _are_told_in_full(title, text)
    if not is_to_others and a.mode == b.mode and any(are_akin(x, y) for x in title.actors for y in text.actors):
        return True
    words = [set(actor.text.lower().split()) for actor in text.actors if actor.name]
    return any(_office_of(actor) <= told for actor in title.actors for told in words)


def _office_of(actor: Actor) -> set[str]:
    """The words of an office as a text spells them: "UK deputy PM" is a "deputy prime minister"."""
    first, *rest = actor.text.lower().split()
    own = rest if rest and actor.country and actor.text.split()[0].isupper() else [first, *rest]
    return {word for short in own for word in _SHORT.get(short, short).split()}


def _are_other_doers(a: Mention, b: Mention) -> bool:
    """Whether other forces did it, to others: what the army and what guerrillas do are two deeds."""
    sides = [{_FORCES[actor.sector] for actor in m.actors if actor.sector in _FORCES} for m in (a, b)]
    is_of_rebels = "REB" in sides[0] | sides[1]  # a gunman and the police that shoots him belong to one
    if not is_of_rebels or not all(sides) or sides[0] & sides[1] or not (a.recipients and b.recipients):
        return False
    return not overlap(a.recipients, b.recipients)


def _are_other_states(a: Mention, b: Mention) -> bool:
    """Whether two states did it, each to others or each in another country: "Israel bombed a port", "Iran fired at a
    town". A clash is of both."""
    states = [{actor.country for actor in m.actors} for m in (a, b)]
    are_deeds = a.trigger.event_type == "ASSAULT" and "both" not in (a.trigger.subject, b.trigger.subject)
    if not are_deeds or not all(states) or None in states[0] | states[1] or states[0] & states[1]:
        return False
    if a.where.country and b.where.country and a.where.country != b.where.country:
        return True
    is_bare = any(not (m.is_verb or m.recipients) for m in (a, b))  # "the Indian strikes" are none of Pakistan
    return is_bare or (bool(a.recipients and b.recipients) and not overlap(a.recipients, b.recipients))


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


def _are_elsewhere(a: Mention, b: Mention) -> bool:
    """Whether both say where, and neither only in which region."""
    return bool(a.where.names and b.where.names) and not (a.where.is_coarse or b.where.is_coarse)


def _are_raids_apart(a: Mention, b: Mention) -> bool:
    """Whether forces raid others at another place."""
    are_forces = any(x.sector in _ARMED for m in (a, b) for x in (*m.actors, *m.recipients))
    is_elsewhere = bool(a.where.names and b.where.names) and not set(a.where.names) & set(b.where.names)
    return (
        are_forces and is_elsewhere and bool(a.recipients and b.recipients) and not overlap(a.recipients, b.recipients)
    )
