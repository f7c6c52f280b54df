"""The events that one article reports: its mentions, brought together to one row for each happening.

`find_events` reads the sentences of a spaCy Doc (words and sentences suffice), merges what speaks of the same
happening, and ranks: 1 is what the article is about.
"""

import datetime
import re
from collections.abc import Sequence
from typing import Any, NamedTuple, Optional

from spacy.tokens import Doc

from transforms.events.actors import add_actors, full_names, is_known
from transforms.events.confidence import Evidence
from transforms.events.locating import Setting, read_setting
from transforms.events.mentions import Mention, find_mentions, mention_culprits, mention_people
from transforms.events.ontology import Ontology
from transforms.events.places import read_dateline
from transforms.events.sentences import Sentence, plain_sentence, split_sentences
from transforms.events.summary import realis_of, summarize
from transforms.events.timing import Timing
from transforms.events.tolls import Toll, count_casualties
from transforms.events.wordlists import word_set
from transforms.records import Actor, ArticleEvent

MAX_MENTIONS = 400  # grouping compares them with each other
SLACK_DAYS = 3  # by which times that stand near, and are no more than a guess, may differ
LEAD_SENTENCES = 5  # what is said, agreed or given is news at the top of an article, and background further down
MAX_EVENTS = 8  # an article that tells of more is a list of other articles
WEIGHTS = {"ASSAULT": 3.0, "DISASTER": 2.5, "COERCE": 2.0, "PROTEST": 2.0, "CRIME": 1.5, "SANCTION": 1.5}
_DATELINE_WORDS = 300  # a dateline stands in the first lines
_OPINION = re.compile(
    r"(?i)^\s*(opinion|editorial|op-ed|commentary|column|letters?|review|analysis|obituary)\b\s*[:|-]"
)
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
_PERSON_TYPES = frozenset(["ASSAULT", "DISASTER", "COERCE", "CRIME"])


class Account(NamedTuple):
    """What was made of one article, step by step."""

    events: Sequence[ArticleEvent] = ()
    happenings: Sequence[Sequence[Mention]] = ()  # by importance; the first MAX_EVENTS are the events
    mentions: Sequence[Mention] = ()  # in the order of the text; the void ones are among the untold only
    untold: Sequence[tuple[Mention, str]] = ()  # those that make no happening of their own, and why
    setting: Optional[Setting] = None
    title_toll: Toll = Toll()
    evidence: Sequence[Evidence] = ()  # what the confidence of each event rests on
    silence: Optional[str] = None  # why the article was not read


def find_events(doc: Doc, ontology: Ontology, **article: Any) -> list[ArticleEvent]:
    """The events that an article reports, the most important first; arguments as of `read_article`."""
    return list(read_article(doc, ontology, **article).events)


def read_article(
    doc: Doc,
    ontology: Ontology,
    *,
    article_id: str,
    article_version: int = 1,
    url: str = "",
    title: Optional[str] = None,
    published_day: Optional[datetime.date] = None,
) -> Account:
    """The events that an article reports, the most important first (rank 1, 2, ...), and how they came about.

    Args:
        doc: The article's text with sentence boundaries; offsets of the rows point into `doc.text`.
        ontology: The tables, from `load_ontology`.
        article_id, article_version, url: Passed on to the rows.
        title: Helps to rank, to fill a toll that the text leaves out, and to know an opinion piece.
        published_day: What "Sunday" is counted from. Without it, the day of the dateline; without that, only full
            dates resolve.

    Returns:
        Rows without `event_id`. An opinion piece gives none.
    """
    if title and _OPINION.match(title):
        return Account(silence="an opinion piece, by its title")
    dateline = read_dateline(doc[:_DATELINE_WORDS].text, ontology)
    sentences = split_sentences(doc, dateline.end if dateline else 0)
    reference = published_day or (dateline.day if dateline else None)
    found = _read_mentions(sentences, ontology, reference)[:MAX_MENTIONS]
    mentions = _blame_disasters([mention for mention in found if not mention.void])
    groups, untold = group_mentions(mentions, _is_figurative(sentences))
    untold += [(mention, mention.void) for mention in found if mention.void]
    if not groups:
        return Account(mentions=mentions, untold=untold)
    title_words = _stems(title or "")
    happenings = sorted(groups, key=lambda h: (-_importance(h, title_words), h[0].char_start))
    setting = read_setting([*plain_sentence(title), *sentences], dateline, ontology)
    title_toll = count_casualties(title) if title else Toll()
    rows = [
        summarize(
            happening,
            rank,
            setting,
            ontology.gazetteer,
            title_toll if rank == 1 else Toll(),
            (article_id, article_version, url),
        )
        for rank, happening in enumerate(happenings[:MAX_EVENTS], 1)
    ]
    events, evidence = [event for event, _ in rows], [evidence for _, evidence in rows]
    return Account(events, happenings, mentions, untold, setting, title_toll, evidence)


def _read_mentions(
    sentences: Sequence[Sentence], ontology: Ontology, reference: Optional[datetime.date]
) -> list[Mention]:
    names = full_names(sentences)
    return [
        mention
        for number, sentence in enumerate(sentences)
        for mention in (
            *find_mentions(sentence, number, ontology, names, reference),
            *mention_people(sentence, number, names),
            *mention_culprits(sentence, number, ontology, names),
        )
    ]


def group_mentions(
    mentions: Sequence[Mention], figurative: bool = False
) -> tuple[list[list[Mention]], list[tuple[Mention, str]]]:
    """Mentions of the same happening together, each group and all groups in the order of the text; and the others.

    What tells too little of itself ("the shooting happened on Sunday") joins a happening but makes none: such are
    given with the reason as well. Where words are likely figures of speech (`figurative`: sport, business), more is
    asked for.
    """
    groups: list[list[Mention]] = []
    untold = []
    for mention in mentions:
        if reason := why_untold(mention, figurative):
            untold.append((mention, reason))
            continue
        fitting = [group for group in groups if all(_same_happening(mention, other) for other in group)]
        if fitting:
            max(fitting, key=lambda group: group[-1].char_start).append(mention)
        else:
            groups.append([mention])
    for mention, _ in untold:
        fitting = [group for group in groups if all(_same_happening(mention, other) for other in group)]
        if fitting:
            min(fitting, key=lambda group: abs(group[0].char_start - mention.char_start)).append(mention)
    whole = []
    for group in groups:
        if reason := _why_no_happening(group):
            untold += [(mention, reason) for mention in group]
        else:
            whole.append(sorted(group, key=lambda mention: mention.char_start))
    return whole, untold


def _why_no_happening(group: Sequence[Mention]) -> Optional[str]:
    """Why mentions of an assault are none, if so: an obituary says that somebody died, and nothing that killed him."""
    first = group[0]
    if first.trigger.event_type != "ASSAULT":
        return None
    dying = [m for m in group if m.trigger.outcome and m.trigger.subject == "recipient"]
    told = [m for m in group if not m.trigger.weak]
    if len(dying) == len(told) and not any(m.mode or m.actors for m in group):
        few = all((m.toll.killed or 0) < 2 for m in group)
        return "somebody died, and nothing tells of violence" if few else None
    if first.sentence_number >= 2 and not any(m.actors or m.recipients or any(m.toll) for m in group):
        return "neither who did it nor who suffered it is told"
    return None


def _blame_disasters(mentions: Sequence[Mention]) -> list[Mention]:
    """What killed beside a disaster was the disaster: in its sentence, or in an article that tells of no violence."""
    disasters = [m for m in mentions if m.trigger.event_type == "DISASTER" and not m.trigger.weak]
    if not disasters:
        return list(mentions)
    violent = any(m.trigger.event_type == "ASSAULT" and not m.trigger.outcome and not m.trigger.weak for m in mentions)
    blamed = {m.sentence_number: m.trigger for m in reversed(disasters)}
    main = None if violent else disasters[0].trigger
    out = []
    for m in mentions:
        cause = blamed.get(m.sentence_number, main)
        if cause and m.trigger.event_type == "ASSAULT" and (m.trigger.outcome or m.trigger.weak) and not m.actors:
            trigger = m.trigger._replace(event_type="DISASTER", own_type=cause.own_type, mode=cause.mode)
            m = m._replace(trigger=trigger, mode=cause.mode)
        out.append(m)
    return out


def compatible_times(a: Timing, b: Timing) -> bool:
    """Whether two times can be the same one: unknown, not sure, or overlapping."""
    if not (a.days and b.days):
        return True
    slack = datetime.timedelta(days=0 if a.is_sure and b.is_sure else SLACK_DAYS)
    return a.days.first <= b.days.last + slack and b.days.first <= a.days.last + slack


def _same_happening(a: Mention, b: Mention) -> bool:
    if a.trigger.told_type != b.trigger.told_type or (a.realis == "historical") != (b.realis == "historical"):
        return False
    if a.sentence_number == b.sentence_number and a.trigger.event_type == "ASSAULT":
        return True
    if max(a, b, key=lambda mention: mention.sentence_number).is_apart and a.sentence_number != b.sentence_number:
        return False
    if a.mode and b.mode and a.mode != b.mode and "abduct" in (a.mode, b.mode):
        return False
    if not compatible_times(a.time, b.time):
        return False
    if a.trigger.event_type in _PERSON_TYPES:
        return not (a.where.name and b.where.name and a.where.name != b.where.name and a.mode != b.mode)
    return not a.actors or not b.actors or bool(_overlap(a.actors, b.actors))


def _overlap(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    return len(add_actors(a, b)) < len(a) + len(b)


def why_untold(mention: Mention, figurative: bool) -> Optional[str]:
    """Why a mention tells too little to be a happening, if it does: the sport and business pages use the same words."""
    trigger = mention.trigger
    if trigger.weak:
        return "it only adds to what other words tell"
    if figurative and (trigger.figure or not any(mention.toll)):
        return "a figure of speech, in a text on sport or business"
    if trigger.event_type in _PERSON_TYPES:
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


def _is_figurative(sentences: Sequence[Sentence]) -> bool:
    words = {low for sentence in sentences for low in sentence.lows}
    return len(words & _SPORT) >= 4 or len(words & _BUSINESS) >= 5


def _importance(happening: Sequence[Mention], title_words: set[str]) -> float:
    """What the article is about: told early, told often, in the title, grave, actual."""
    first = happening[0]
    told = {word for m in happening for word in _stems(m.trigger.lemma)}
    people = {w for m in happening for a in (*m.actors, *m.recipients) for w in _stems(a.name or a.text)}
    value = WEIGHTS.get(first.trigger.event_type, 1.0) + 3.0 / (1 + first.sentence_number)
    value += 0.4 * min(len(happening), 5)
    value += 1.5 * bool(told & title_words) + 1.5 * bool(people & title_words)
    value += 1.5 * any(m.is_verb for m in happening)
    value += 1.5 * any(m.toll.killed for m in happening)
    return value - 3.0 * (realis_of(happening) != "actual")


def _stems(text: str) -> set[str]:
    """The first five letters of the longer words: enough to see "killing" in "Killed"."""
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())}
