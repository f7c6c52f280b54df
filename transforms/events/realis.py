"""Whether an event did happen, by the words around its trigger.

The values are the contract's: actual, negated, future, hypothetical, alleged, historical. Simple cues; without one an
event counts as actual.
"""

import datetime
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Optional

from transforms.events.apart import words_describing, words_of_another
from transforms.events.auxiliaries import ALLEGED, is_called_alleged
from transforms.events.governors import (
    ONLY_POSSIBLE,
    follows,
    has_denial,
    is_in_denial,
    is_of_the_killed,
    is_of_the_rescued,
    is_only_possible,
    judge_governors,
)
from transforms.events.old_deeds import follows_old, is_of_old_year, is_years_before
from transforms.events.predicates import is_first_to
from transforms.events.sentences import Sentence
from transforms.events.spans import tells_of_span
from transforms.events.timing import Timing
from transforms.events.trees import Tree
from transforms.events.wordlists import JUDGING, word_set

_NEGATED = word_set("not n't never no without nobody none neither nor")
_TRIED = frozenset(["attempt", "attempted", "bid"])  # "foiled a coup attempt"
_FUTURE = frozenset(["will", "shall", "'ll", "wo"])
_POSSIBLE = word_set("would could may might should can must ca")
_ATTEMPTED = word_set("attempted attempting attempt attempts tried managed began begun started continued helped used")
_SCHEDULED = word_set("due scheduled slated bailed remanded")
_STARTED = word_set("resume launch carry stage mount commit conduct prevent avoid stop end halt plan continue start")
_CONDITIONS = word_set("if unless whether")
_ACCUSED = word_set("accused accuses accuse accusing blamed blames blaming")
_PAST_CUES = word_set("anniversary decades ago veteran commemorate commemorated commemorating memorial")
_RECENT = word_set("second seconds moment moments minute minutes hour hours day days")
_REMEMBERING = word_set("remember commemorate anniversary remembrance")
_YOUNG = word_set("baby boy child girl teenager")
_BEFORE = word_set("before previously formerly")  # "has been arrested before"
_FORMER = word_set("previous earlier past prior")  # "have killed tourists in previous attacks"
_DEEDS = word_set("attack raid assault bombing clash incident offensive operation ambush strike protest riot shooting")
_WARS = word_set("war conflict insurgency unrest")
_BELIEVING = word_set("believe think expect hope predict speculate fear suspect doubt guess")
_SAYING = word_set("say announce declare state confirm tell promise tweet write reveal disclose")
_OURSELVES = word_set("it they he she we i")
_DECIDING = word_set("decide decision vote choose opt elect move")
_DECIDED = word_set(
    "veto reject block approve pass adopt endorse confirm back support oppose repeal overturn override fire dismiss "
    "sack suspend expel censure impeach reverse rescind cancel scrap drop abandon resign lift allow ban pardon halt "
    "rebuke condemn denounce delay postpone put hold remove oust strip acquit extend ratify renew recognize"
)
_IMPOSED = word_set("impose sanction levy slap reimpose tighten")  # which a body that agrees to it does as well
_MET = word_set("break quell protest denounce condemn mark demand blast criticize slam mock disperse")
_KNOWN = word_set("known confirmed found shown proved proven")  # "are known to have died"
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
    if is_years_before(sentence, sentence.tree, trigger):
        return "historical"
    if "n't" in auxiliaries or "not" in auxiliaries or "never" in auxiliaries or _is_negated(sentence, trigger):
        return "negated"
    if sentence.lows[max(trigger - 5, 0) : trigger][:2] in (["not", "a"], ["not", "one"]):
        return "negated"
    is_own_verb = sentence.tree.relations[trigger] == "conj"
    denied = has_denial(sentence, trigger) and not follows(sentence, trigger)
    is_tried = sentence.lows[trigger] == "coup" and _TRIED & set(sentence.lows[max(trigger - 1, 0) : trigger + 2])
    if (
        denied and not is_tried and not (is_own_verb and sentence.tree.tags[trigger] in ("VBD", "VBN"))
    ):  # "foiled a plot and arrested"
        return "negated"
    if is_in_denial(sentence, sentence.tree, trigger):
        return "negated"
    if _FUTURE & set(auxiliaries):
        return "hypothetical" if _governing(sentence, trigger) in _BELIEVING else "future"
    if "would" in auxiliaries and is_announced(sentence, trigger):
        return "future"
    if _POSSIBLE & set(auxiliaries) and not {"have", "been"} <= set(auxiliaries):
        return "hypothetical"
    told = _told_as_done(before)
    if told & _THOUGHT:
        return "alleged"
    if "to" in auxiliaries and not (told & _KNOWN or _is_met(sentence, trigger)):
        return "future" if _SCHEDULED & set(before) else "hypothetical"
    if any(a == "to" and b in _STARTED for a, b in pairwise(sentence.lows[max(trigger - 6, 0) : trigger])):
        return "hypothetical"  # "threatened to resume attacks"
    if ONLY_POSSIBLE & set(auxiliaries) or is_only_possible(sentence, trigger):
        return "hypothetical"
    if _CONDITIONS & {*before, *auxiliaries} or (sentence.lows[0] == "if" and trigger < 12):
        return "hypothetical"
    if sentence.lows[trigger].endswith("ing") and _ACCUSED & set(sentence.lows[max(trigger - 8, 0) : trigger]):
        return "alleged"
    if ALLEGED & set(auxiliaries) or is_called_alleged(sentence, trigger):
        return "alleged"
    if "had" in auxiliaries and _is_relative(sentence, trigger) and not (time and time.days):
        return "historical"  # "the town that it had attacked"
    governed = judge_governors(sentence, sentence.tree, trigger)
    if governed and not is_decided(sentence, trigger):
        return governed
    return "historical" if _is_old(sentence, trigger, time, published_day) else "actual"


def _is_negated(sentence: Sentence, trigger: int) -> bool:
    """Whether a word right before denies it, and is not in a name: "Doctors [Without] Borders left"."""
    before, tree = range(max(trigger - 2, 0), trigger), sentence.tree
    return any(sentence.lows[at] in _NEGATED and tree.names[at] < 0 for at in before)


def _is_of_long_ago(tree: Tree, trigger: int) -> bool:
    """Whether it is what somebody killed now had done, or all the dead of a war: "a war that has killed thousands"."""
    subjects = tree.children(trigger, "nsubj")
    if tree.relations[trigger] == "acl:relcl":
        subjects = [*subjects, tree.heads[trigger]]
    is_of_war = any(tree.lemmas[at] in _WARS for at in subjects)
    perfect = any(tree.lemmas[at] == "have" for at in tree.children(trigger, "aux"))
    before = any(tree.lemmas[at] in _BEFORE for at in tree.children(trigger, "advmod"))
    deeds = (at for at in (trigger, *tree.children(trigger, "obl")) if tree.lemmas[at] in _DEEDS)
    before |= any(tree.lemmas[of] in _FORMER for at in deeds for of in tree.children(at, "amod"))
    before |= any(lemma in _REMEMBERING and tree.is_above(at, trigger) for at, lemma in enumerate(tree.lemmas))
    young = [at for at in tree.children(trigger, "obl") if tree.lemmas[at] in _YOUNG]
    before |= any(tree.lemmas[mark] == "as" for at in young for mark in tree.children(at, "case"))  # "hurt as a child"
    return before or (is_of_war and perfect) or is_of_the_killed(tree, trigger) or is_of_the_rescued(tree, trigger)


def _is_met(sentence: Sentence, trigger: int) -> bool:
    """Whether what is told by "to" is done: "tried to kill", "blocked a road to protest", "voted to reject"."""
    before = {word for at in (trigger, _first_of(sentence, trigger)) for word in sentence.lows[max(at - 4, 0) : at]}
    if is_first_to(sentence, sentence.tree, trigger):
        return True
    return bool(_ATTEMPTED & before) or _is_purpose_met(sentence, trigger) or is_decided(sentence, trigger)


def _first_of(sentence: Sentence, trigger: int) -> int:
    """The verb with which one shares its "to": "managed to [enter] the town and kill the mayor"."""
    tree = sentence.tree
    while tree.relations[trigger] == "conj" and tree.tags[trigger] == "VB" and tree.heads[trigger] < trigger:
        if tree.children(trigger, "mark", "aux", "nsubj"):
            break
        trigger = tree.heads[trigger]
    return trigger


def _is_relative(sentence: Sentence, trigger: int) -> bool:
    return sentence.tree.relations[trigger] == "acl:relcl"


def _told_as_done(before: Sequence[str]) -> frozenset[str]:
    """The word on which "to have", right before what was done, depends; nothing where there is none."""
    return frozenset(before[at - 1] for at in range(1, len(before) - 1) if before[at : at + 2] == ["to", "have"])


def _governing(sentence: Sentence, trigger: int) -> Optional[str]:
    """The verb of which a clause tells the content: "[believe] that he will leave"."""
    tree = sentence.tree
    return tree.lemmas[tree.heads[trigger]] if tree.relations[trigger] == "ccomp" else None


def is_announced(sentence: Sentence, trigger: int) -> bool:
    """Whether somebody says of what is to come that it will: "said it would withdraw"."""
    return _governing(sentence, trigger) in _SAYING


def is_own_announcement(sentence: Sentence, trigger: int) -> bool:
    """Whether somebody says what he will do himself: "the rebels said [they] would attack"."""
    tree = sentence.tree
    if not is_announced(sentence, trigger):
        return False
    return any(sentence.lows[who] in _OURSELVES for who in tree.children(trigger, "nsubj"))


def _is_purpose_met(sentence: Sentence, trigger: int) -> bool:
    """Who "blocked a road to protest" did protest."""
    tree = sentence.tree
    return tree.lemmas[trigger] in _MET and tree.relations[trigger] == "advcl"


def is_decided(sentence: Sentence, trigger: int) -> bool:
    """Whether to decide it is to do it: "voted to reject the plan", "her decision to veto the bill"."""
    tree = sentence.tree
    head = tree.heads[trigger]
    is_agreed = tree.lemmas[trigger] in _IMPOSED and tree.lemmas[head] in ("agree", *_DECIDING)
    if tree.lemmas[trigger] not in _DECIDED and not is_agreed:
        return False
    links = ("xcomp", "acl", "advcl") if tree.lemmas[head] in ("vote", "decide", "agree") else ("xcomp", "acl")
    if tree.relations[trigger] not in links:
        return False
    undone = _POSSIBLE | _FUTURE | _NEGATED | {"to", "whether", "if", "a", "any"}
    around = {sentence.lows[at] for at in tree.children(head, "aux", "advmod", "mark", "det")}
    return (is_agreed or tree.lemmas[head] in _DECIDING) and not undone & around


def _is_old(sentence: Sentence, trigger: int, time: Optional[Timing], published_day: Optional[datetime.date]) -> bool:
    """Background: told of another year, more than half a year before, or in a sentence on a commemoration."""
    days = time.days if time and time.is_sure else None
    if time and published_day and follows_old(sentence, trigger, time, published_day):
        return True
    if days and published_day and (published_day - days.last).days > 180:
        return True
    if days and published_day and days.precision == "year" and days.last.year < published_day.year:
        return True
    # "jailed for raids since 2010"
    is_of_court = sentence.tree.lemmas[trigger] in JUDGING
    if tells_of_span(sentence.lows) and not is_of_court:
        another = words_of_another(sentence) | words_describing(sentence, trigger)
        own = [low for at, low in enumerate(sentence.lows) if (at in another) == (trigger in another)]
        if not another or tells_of_span(own):
            return True
    cues = [at for at, low in enumerate(sentence.lows) if low in _PAST_CUES and not _is_just_now(sentence, at)]
    cues = [at for at in cues if sentence.lows[at + 1 : at + 3] != ["-", "old"]]  # "a decades-old ban"
    cues = [at for at in cues if sentence.tree.relations[at] != "amod"]  # "a veteran senator"
    is_past = any(_is_said_of(sentence.tree, at, trigger) for at in cues)
    return is_past and not (days and days.precision == "day")


def _is_just_now(sentence: Sentence, at: int) -> bool:
    """Whether "ago" counts what is news: "twenty minutes ago"."""
    return sentence.lows[at] == "ago" and bool(_RECENT & set(sentence.lows[max(0, at - 2) : at]))


def _is_said_of(tree: Tree, cue: int, trigger: int) -> bool:
    """Whether a word on the past is of the trigger: in "the nurse [kidnapped years ago] was freed" it is not."""
    return tree.is_above(tree.clause_of(cue), trigger)
