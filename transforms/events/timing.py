"""Which of the times that a sentence names is that of an event it tells of.

A time belongs to the verb on which it hangs: "police said on Monday that a man was shot on Sunday". Where that is not
the trigger, nor the verb under which it stands, the time is no more than a guess, and says so.
"""

import bisect
from collections.abc import Collection, Sequence
from typing import NamedTuple, Optional

from transforms.events.dates import Span
from transforms.events.days import Days
from transforms.events.sentences import Sentence
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import ARRESTING, JUDGING, SAYING, SEARCHING, word_set

_FAR = {"day": 0, "week": 20, "month": 40, "year": 60, None: 60}  # characters by which a vaguer date is farther
_CLAUSES = frozenset(["acl", "acl:relcl", "advcl", "ccomp", "parataxis", "conj", "csubj"])
_JOINED = frozenset(["advcl", "conj", "xcomp"])
_EARLIER = frozenset(["after", "following", "since"])  # "arrested ten after the attack on 3 June"
_REACTING = word_set("protest condemn denounce deplore mourn commemorate lament") | SEARCHING
_GROWING = word_set("rise climb increase jump grow reach")
_COUNTS = word_set("toll number count tally")
_WITHIN = word_set("in during by at")  # "killed [in] Friday's raid"; what is said of it is said later
_OF_SOMEBODY = frozenset(["acl", "nmod"])  # relations of a deed told of somebody: "a man wanted for the killing"
_COMING = frozenset(["next", "coming"])
_ITS_OWN, _ABOVE, _OVER, _BESIDE, _ANOTHER = 0, 1, 2, 3, 4  # where a time stands to a trigger


class Timing(NamedTuple):
    """The time of a mention: as the text has it, in days, and whether the sentence ties it to the trigger."""

    text: Optional[str] = None
    days: Optional[Days] = None
    is_sure: bool = False
    sentence_number: Optional[int] = None  # where it stands in another sentence than the mention


Dates = Sequence[tuple[Span, Optional[Days]]]


def choose_time(sentence: Sentence, dates: Dates, trigger: int, triggers: frozenset[int]) -> Timing:
    """The time that goes with the trigger at word `trigger`; `dates` are those of the sentence, from its first word on.

    The nearest of those that the tree ties closest to it; a vaguer one of another clause is left to that clause.
    """
    if not dates:
        return Timing()
    start = sentence.starts[trigger] - sentence.starts[0]
    ranked = []
    for span, days in dates:
        place = _place(sentence, span, trigger, triggers)
        dated = _dated_below(sentence, span, dates, triggers)
        if dated is not None:
            place = _ITS_OWN if trigger == dated or _describes(sentence.tree, trigger, dated) else _ANOTHER
        if place != _ITS_OWN and _is_dated_nearer(sentence, span, dates, trigger):
            continue
        if place == _OVER and (days is None or days.precision == "day"):
            place = _BESIDE
        if place == _BESIDE and days and days.precision in ("month", "year") and _is_frame(sentence, span):
            place = _OVER
        if place == _ANOTHER or (place == _BESIDE and not (days and days.precision == "day")):
            continue
        ranked.append((place, abs(span.start - start) + _FAR[days.precision if days else None], span, days))
    if not ranked:
        return Timing()
    place, _, span, days = min(ranked, key=lambda each: each[:2])
    return Timing(span.text, days, place != _BESIDE)


def _is_frame(sentence: Sentence, span: Span) -> bool:
    """Whether a time opens its sentence and so is of all that it tells: "[In 2024], raids claimed 60 lives"."""
    first, end = words_of(sentence, span)
    return first <= 1 and sentence.lows[end : end + 1] == [","] and not _COMING & set(sentence.lows[:end])


def _is_dated_nearer(sentence: Sentence, span: Span, dates: Dates, trigger: int) -> bool:
    """Whether a verb between a deed and the verb of a time has a time, or one that tells what a deed did: "mourned on
    Monday those [killed] in an ambush last week", "denied on Monday a bombing that [killed] nine last week"."""
    tree = sentence.tree
    above, verb = _above(tree, trigger), _verb_over(tree, *words_of(sentence, span))
    others = (_verb_over(tree, *words_of(sentence, other)) for other, days in dates if other != span and days)
    return any((at in above and verb in _above(tree, at)) or _describes(tree, at, trigger) for at in others)


def _dated_below(sentence: Sentence, span: Span, dates: Dates, triggers: frozenset[int]) -> Optional[int]:
    """The deed that a time right behind it dates, and not the verb above it, to which a parser ties the time.

    So a month or a year: "freed girls [seized] in March". What somebody is arrested or tried for may be of the same
    month: there a year alone tells. So any time where the verb has another before: "charged a man on Monday over the
    [stabbing] of a boy on Sunday".
    """
    tree = sentence.tree
    first, verb = words_of(sentence, span)[0], _verb_over(tree, *words_of(sentence, span))
    below = [at for at in triggers if verb < at < first and verb in _above(tree, at)]
    nearest = max(below, default=None)
    if nearest is None or verb not in triggers or "," in sentence.lows[nearest:first]:
        return None
    others = [words_of(sentence, other) for other, _ in dates]
    is_second = any(end <= nearest and _verb_over(tree, start, end) == verb for start, end in others)
    precisions = ("year",) if tree.lemmas[verb] in ARRESTING | JUDGING else ("month", "year")
    is_vague = any(days and days.precision in precisions for other, days in dates if other == span)
    is_older = _is_tied_by(sentence, tree, nearest, _EARLIER) or (is_vague and _is_beside(tree, nearest, verb))
    return nearest if is_second or is_older else None


def _is_tied_by(sentence: Sentence, tree: Tree, at: int, words: frozenset[str]) -> bool:
    return any(sentence.lows[case] in words for case in tree.children(at, "case"))


def _verb_over(tree: Tree, first: int, last: int) -> int:
    at = _head(tree, first, last)
    while not tree.tags[at].startswith("VB") and tree.heads[at] != at:
        at = tree.heads[at]
    return at


def _describes(tree: Tree, trigger: int, deed: int) -> bool:
    """Whether a clause tells what a deed did: "a bombing in 2019 that [killed] nine"."""
    return tree.relations[trigger] == "acl:relcl" and tree.heads[trigger] == deed


def described_noun(tree: Tree, verb: int) -> Optional[int]:
    """The noun of which a clause tells: "the [riot] in which ten were killed and two blinded"."""
    for _ in range(MAX_STEPS):
        if tree.relations[verb] != "conj" or tree.heads[verb] > verb:
            break
        verb = tree.heads[verb]
    return tree.heads[verb] if tree.relations[verb] == "acl:relcl" else None


def _is_beside(tree: Tree, at: int, verb: int) -> bool:
    """Whether a word tells of somebody or something beside a verb, and not of the verb itself."""
    path = {tree.relations[step] for step in (at, *_above(tree, at)) if verb in _above(tree, step)}
    return bool(path & _OF_SOMEBODY)


def is_owned(sentence: Sentence, span: Span) -> bool:
    """Whether a time tells whose a noun is: "the result of [last Sunday]'s vote"."""
    return _is_owner(sentence.tree, *words_of(sentence, span))


def verb_of_time(sentence: Sentence, span: Span) -> str:
    """The verb, as the dictionary has it, on which a time of the sentence hangs."""
    tree, at = sentence.tree, _head(sentence.tree, *words_of(sentence, span))
    for _ in range(len(tree.heads)):
        if tree.tags[at].startswith(("VB", "MD")) or tree.heads[at] == at:
            break
        at = tree.heads[at]
    return tree.lemmas[at]


def words_of(sentence: Sentence, span: Span) -> tuple[int, int]:
    """The first word of a span, and that after its last."""
    offset = sentence.starts[0]
    first = bisect.bisect_right(sentence.starts, offset + span.start) - 1
    return first, bisect.bisect_left(sentence.starts, offset + span.end)


def _place(sentence: Sentence, span: Span, trigger: int, triggers: frozenset[int]) -> int:
    tree = sentence.tree
    above, told = _above(tree, trigger), described_noun(tree, trigger)  # "the raid [of 3 May] in which ten were killed"
    first, last = words_of(sentence, span)
    at = _head(tree, first, last)
    if _is_owner(tree, first, last):
        return _of_owned(sentence, at, trigger, above, told)
    for _ in range(len(tree.heads)):
        if at in (trigger, told):
            return _ITS_OWN
        if tree.tags[at].startswith(("VB", "MD")) or tree.heads[at] == at:
            break
        if tree.relations[at] in _CLAUSES and at not in above:
            return _BESIDE
        at = tree.heads[at]
    hangs_on = tree.heads[trigger] == at and tree.relations[trigger] in _JOINED  # "bombed a hotel in 2016, killing 20"
    of_arrest = tree.lemmas[at] in ARRESTING and tree.lemmas[trigger] not in ARRESTING and not hangs_on
    of_court = tree.lemmas[at] in JUDGING and tree.lemmas[trigger] not in JUDGING  # "tried and sentenced today"
    between = above - _above(tree, at) if at in above and not hangs_on else set()
    of_reaction = any(tree.lemmas[step] in _REACTING for step in between)  # "walked out on Monday to protest an attack"
    of_count = tree.lemmas[at] in _GROWING and any(tree.lemmas[i] in _COUNTS for i in tree.children(at, "nsubj"))
    if at in above and (of_court or of_arrest or of_reaction or of_count):  # "convicted on Monday of murder": older
        return _ANOTHER
    if at in above and at in triggers and not hangs_on and sentence.lows[at] not in SAYING and tree.tags[at] != "MD":
        is_below = tree.tags[trigger].startswith("NN") or tree.relations[trigger] == "acl:relcl"
        return _OVER if is_below else _BESIDE  # "the port was seized in March after the death of a general"
    of_law = any(tree.lemmas[step] in ARRESTING | JUDGING for step in (trigger, *above))
    if of_law and at not in above and _is_to_come(sentence, tree, at):
        return _ANOTHER
    told_of = any(
        tree.relations[step] == "acl:relcl" and tree.tags[step] in ("VBD", "VBN") for step in (trigger, *between)
    )
    is_done_before = told_of and tree.tags[at] in ("VBD", "VBN")  # "buried a man who was shot"
    if at not in above or sentence.lows[at] in SAYING or (at in triggers and not hangs_on) or is_done_before:
        return _BESIDE
    return _ABOVE


def _is_owner(tree: Tree, first: int, last: int) -> bool:
    """Whether a time owns a noun: "[Friday]'s raid"."""
    return any(tree.relations[at] == "nmod:poss" and not first <= tree.heads[at] < last for at in range(first, last))


def _of_owned(sentence: Sentence, owned: int, trigger: int, above: Collection[int], told: Optional[int]) -> int:
    """Where the time of the noun `owned` stands to a trigger: it is of what happened then, not of what is said of it:
    "rejected the result of [last Sunday's vote]"."""
    tree = sentence.tree
    if owned in (trigger, told):
        return _ITS_OWN
    is_doer = tree.relations[owned] == "nsubj"  # "Friday's blast killed nine"
    is_in = tree.relations[owned].startswith("obl") and _is_tied_by(sentence, tree, owned, _WITHIN)
    if tree.heads[owned] == trigger and (is_doer or is_in):
        return _ITS_OWN
    return _ABOVE if owned in above else _ANOTHER


def _is_to_come(sentence: Sentence, tree: Tree, verb: int) -> bool:
    """Whether a verb tells what is still to be done: "charged and bailed [to appear] in court on Friday"."""
    return tree.tags[verb] in ("VB", "VBN") and any(sentence.lows[mark] == "to" for mark in tree.children(verb, "mark"))


def _head(tree: Tree, first: int, last: int) -> int:
    """The word outside of the words from `first` up to `last` on which they hang; the root if they hold it."""
    at = first
    for _ in range(last - first + 1):
        if not first <= at < last or tree.heads[at] == at:
            break
        at = tree.heads[at]
    return at


def _above(tree: Tree, at: int) -> set[int]:
    above: set[int] = set()
    while tree.heads[at] != at and tree.heads[at] not in above:
        at = tree.heads[at]
        above.add(at)
    return above
