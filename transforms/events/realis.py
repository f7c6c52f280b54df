"""Whether an event did happen, by the words around its trigger.

The values are the contract's: actual, negated, future, hypothetical, alleged, historical. Simple cues; without one an
event counts as actual.
"""

import datetime
from collections.abc import Collection
from itertools import pairwise
from typing import Optional

from transforms.events.apart import words_describing, words_of_another
from transforms.events.auxiliaries import is_called_alleged
from transforms.events.governors import (
    has_denial,
    is_of_the_killed,
    is_of_the_rescued,
    judge_governors,
)
from transforms.events.old_deeds import is_of_old_year
from transforms.events.predicates import is_first_to
from transforms.events.sentences import Sentence
from transforms.events.spans import tells_of_span
from transforms.events.timing import Timing
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import JUDGING, word_set

_NEGATED = word_set("not n't never no without nobody none neither nor")
_FUTURE = frozenset(["will", "shall", "'ll", "wo"])
_POSSIBLE = word_set("would could may might should can must ca")
_ATTEMPTED = word_set("attempted attempting attempt attempts tried managed began begun started continued helped used")
_SCHEDULED = word_set("due scheduled slated bailed remanded")
_STARTED = word_set("resume launch carry stage mount commit conduct prevent avoid stop end halt plan continue start")
_CONDITIONS = word_set("if unless whether")
_ACCUSED = word_set("accused accuses accuse accusing blamed blames blaming")
_PAST_CUES = word_set("anniversary decades ago veteran commemorate commemorated commemorating memorial")
_RECENT = word_set("second seconds moment moments minute minutes hour hours day days")
_BEFORE = word_set("before previously formerly")  # "has been arrested before"
_FORMER = word_set("previous earlier past prior")  # "have killed tourists in previous attacks"
_DEEDS = word_set("attack raid assault bombing clash incident offensive operation ambush strike protest riot shooting")
_AGES = word_set("years decades months")
_WARS = word_set("war conflict insurgency unrest")
_SAYING = word_set("say announce declare state confirm tell promise tweet write reveal disclose")
_OURSELVES = word_set("it they he she we i")
_DECIDING = word_set("decide decision vote choose opt elect move")
_DECIDED = word_set(
    "veto reject block approve pass adopt endorse confirm back support oppose repeal overturn override fire dismiss "
    "sack suspend expel censure impeach reverse rescind cancel scrap drop abandon resign lift allow ban pardon halt "
    "rebuke condemn denounce delay postpone put hold remove oust strip acquit extend ratify renew recognize"
)
_MET = word_set("break quell protest denounce condemn mark demand blast criticize slam mock disperse")
_THOUGHT = word_set("believed thought presumed understood said reported claim claims claimed claiming")
REALIS = ("actual", "alleged", "historical", "hypothetical", "future", "negated")  # the stronger word first
UNDONE = frozenset(["negated", "hypothetical", "future"])  # what did not happen, or not yet


def judge_realis(
    sentence: Sentence,
    trigger: int,
    auxiliaries: Collection[str] = (),
    time: Optional[Timing] = None,
    published_day: Optional[datetime.date] = None,
) -> str:
    """One of `REALIS` for the trigger at word `trigger` whose verb group has the `auxiliaries`."""
    before = sentence.lows[max(trigger - 4, 0) : trigger]
    if is_of_old_year(sentence, trigger, published_day) or _is_of_long_ago(sentence.tree, trigger):
        return "historical"
    if _is_years_before(sentence, sentence.tree, trigger):
        return "historical"
    if "n't" in auxiliaries or "not" in auxiliaries or "never" in auxiliaries or _NEGATED & set(before[-2:]):
        return "negated"
    is_beside = sentence.tree.relations[trigger] == "conj" and sentence.tree.tags[trigger] in ("VBD", "VBN")
    if has_denial(sentence, trigger) and not is_beside:  # "foiled a plot and arrested"
        return "negated"
    if _FUTURE & set(auxiliaries):
        return "future"
    if "would" in auxiliaries and is_announced(sentence, trigger):
        return "future"
    if _POSSIBLE & set(auxiliaries) and not {"have", "been"} <= set(auxiliaries):
        return "hypothetical"
    if any(word in _THOUGHT and before[at + 1 : at + 3] == ["to", "have"] for at, word in enumerate(before)):
        return "alleged"
    if "to" in auxiliaries and not _is_met(sentence, trigger):
        return "future" if _SCHEDULED & set(before) else "hypothetical"
    if any(a == "to" and b in _STARTED for a, b in pairwise(sentence.lows[max(trigger - 6, 0) : trigger])):
        return "hypothetical"  # "threatened to resume attacks"
    if "possible" in auxiliaries or _CONDITIONS & {*before, *auxiliaries}:
        return "hypothetical"
    if sentence.lows[trigger].endswith("ing") and _ACCUSED & set(sentence.lows[max(trigger - 8, 0) : trigger]):
        return "alleged"
    if is_called_alleged(sentence, trigger):
        return "alleged"
    if "had" in auxiliaries and sentence.tree.relations[trigger] == "acl:relcl" and not (time and time.days):
        return "historical"  # "the town that it had attacked"
    if governed := judge_governors(sentence, sentence.tree, trigger):
        return governed
    return "historical" if _is_old(sentence, trigger, time, published_day) else "actual"


def _is_of_long_ago(tree: Tree, trigger: int) -> bool:
    """Whether it was done before, by somebody killed now, to somebody saved now, or in all of a war: "in [previous]
    attacks", "a war that has killed thousands"."""
    subjects = tree.children(trigger, "nsubj")
    if tree.relations[trigger] == "acl:relcl":
        subjects = [*subjects, tree.heads[trigger]]
    is_of_war = any(tree.lemmas[at] in _WARS for at in subjects)
    perfect = any(tree.lemmas[at] == "have" for at in tree.children(trigger, "aux"))
    before = any(tree.lemmas[at] in _BEFORE for at in tree.children(trigger, "advmod"))
    deeds = (at for at in (trigger, *tree.children(trigger, "obl")) if tree.lemmas[at] in _DEEDS)
    before |= any(tree.lemmas[of] in _FORMER for at in deeds for of in tree.children(at, "amod"))
    return before or (is_of_war and perfect) or is_of_the_killed(tree, trigger) or is_of_the_rescued(tree, trigger)


def _is_years_before(sentence: Sentence, tree: Tree, trigger: int) -> bool:
    """Whether what the sentence tells came years later: "15 years after the attack that killed ten, ..."."""
    at = trigger
    for _ in range(MAX_STEPS):
        marks = tree.children(at, "case", "mark")
        if any(sentence.lows[mark] == "after" and mark and sentence.lows[mark - 1] in _AGES for mark in marks):
            return True
        if tree.heads[at] == at or (tree.tags[at].startswith("VB") and tree.relations[at] not in ("acl:relcl", "acl")):
            return False
        at = tree.heads[at]
    return False


def _is_met(sentence: Sentence, trigger: int) -> bool:
    """Whether what is told by "to" is done: "tried to kill", "blocked a road to protest", "voted to reject"."""
    before = {word for at in (trigger, _first_of(sentence, trigger)) for word in sentence.lows[max(at - 4, 0) : at]}
    if is_first_to(sentence, sentence.tree, trigger):
        return True
    is_purpose = sentence.tree.lemmas[trigger] in _MET and sentence.tree.relations[trigger] == "advcl"
    return bool(_ATTEMPTED & before) or is_purpose or is_decided(sentence, trigger)


def _first_of(sentence: Sentence, trigger: int) -> int:
    """The verb with which one shares its "to": "managed to [enter] the town and kill the mayor"."""
    tree = sentence.tree
    while tree.relations[trigger] == "conj" and tree.tags[trigger] == "VB" and tree.heads[trigger] < trigger:
        trigger = tree.heads[trigger]
    return trigger


def is_announced(sentence: Sentence, trigger: int) -> bool:
    """Whether somebody says of what is to come that it will: "said it would withdraw"."""
    tree = sentence.tree
    return tree.relations[trigger] == "ccomp" and tree.lemmas[tree.heads[trigger]] in _SAYING


def is_own_announcement(sentence: Sentence, trigger: int) -> bool:
    """Whether somebody says what he will do himself: "the rebels said [they] would attack"."""
    selves = (sentence.lows[who] in _OURSELVES for who in sentence.tree.children(trigger, "nsubj"))
    return is_announced(sentence, trigger) and any(selves)


def is_decided(sentence: Sentence, trigger: int) -> bool:
    """Whether to decide it is to do it: "voted to reject the plan", "her decision to veto the bill"."""
    tree = sentence.tree
    head = tree.lemmas[tree.heads[trigger]]
    links = ("xcomp", "acl", "advcl") if head in ("vote", "decide") else ("xcomp", "acl")
    if tree.lemmas[trigger] not in _DECIDED or head not in _DECIDING or tree.relations[trigger] not in links:
        return False
    undone = _POSSIBLE | _FUTURE | _NEGATED | {"to", "whether", "if", "a", "any"}
    around = tree.children(tree.heads[trigger], "aux", "advmod", "mark", "det")
    return undone.isdisjoint(sentence.lows[at] for at in around)


def _is_old(sentence: Sentence, trigger: int, time: Optional[Timing], published_day: Optional[datetime.date]) -> bool:
    """Background: told of another year, more than half a year before, or in a sentence on a commemoration."""
    days = time.days if time and time.is_sure else None
    if days and published_day and (published_day - days.last).days > 180:
        return True
    if days and published_day and days.precision == "year" and days.last.year < published_day.year:
        return True
    if tells_of_span(sentence.lows) and sentence.tree.lemmas[trigger] not in JUDGING:  # "jailed for raids since 2010"
        another = words_of_another(sentence) | words_describing(sentence, trigger)
        own = [low for at, low in enumerate(sentence.lows) if (at in another) == (trigger in another)]
        if not another or tells_of_span(own):
            return True
    cues = [at for at, low in enumerate(sentence.lows) if low in _PAST_CUES and not _is_just_now(sentence, at)]
    cues = [at for at in cues if sentence.tree.relations[at] != "amod"]  # "a veteran senator"
    cues = [at for at in cues if sentence.lows[at + 1 : at + 3] != ["-", "old"]]  # "a decades-old ban"
    is_past = any(_is_said_of(sentence.tree, at, trigger) for at in cues)
    return is_past and not (days and days.precision == "day")


def _is_just_now(sentence: Sentence, at: int) -> bool:
    """Whether "ago" counts what is news: "twenty minutes ago"."""
    return sentence.lows[at] == "ago" and bool(_RECENT & set(sentence.lows[max(0, at - 2) : at]))


def _is_said_of(tree: Tree, cue: int, trigger: int) -> bool:
    """Whether a word on the past is of the trigger: in "the nurse [kidnapped years ago] was freed" it is not."""
    return tree.is_above(tree.clause_of(cue), trigger)
