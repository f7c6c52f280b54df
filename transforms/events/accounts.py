"""What was made of one article, step by step, and the rows of its events."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.events.accused import name_accused, name_captors
from transforms.events.amending import Row, ranked
from transforms.events.confidence import Evidence
from transforms.events.marked import News
from transforms.events.mentions import Mention
from transforms.events.ontology import Ontology
from transforms.events.setting import Setting
from transforms.events.substance import BACKGROUND
from transforms.events.summary import summarize
from transforms.events.tolls import Toll
from transforms.records import ArticleEvent

MAX_EVENTS = 8  # an article that tells of more is a list of other articles


class Account(NamedTuple):
    """What was made of one article, step by step."""

    events: Sequence[ArticleEvent] = ()
    happenings: Sequence[
        Sequence[Mention]
    ] = ()  # in the order of the events, then those that are too many; () if added
    mentions: Sequence[Mention] = ()  # in the order of the text; the void ones are among the untold only
    untold: Sequence[tuple[Mention, str]] = ()  # those that make no happening of their own, and why
    setting: Optional[Setting] = None
    title_toll: Toll = Toll()
    evidence: Sequence[Evidence] = ()  # what the confidence of each event rests on
    news: Optional[News] = None  # what the network marks in it
    by_rules: Optional[ArticleEvent] = None  # the first event before the network had a say in its row
    by_marks: Mapping[str, float] = {}  # "rank", "added", "place", "day": what of it is the network's, and how likely
    silence: Optional[str] = None  # why the article was not read


def with_rows(account: Account, ontology: Ontology, article: tuple[str, int, str]) -> Account:
    """The account with the rows of its happenings; the title counts the victims of the first."""
    rows = [
        _row(account, happening, rank, account.title_toll if rank == 1 else Toll(), ontology, article)
        for rank, happening in enumerate(account.happenings[:MAX_EVENTS], 1)
    ]
    events = name_captors(name_accused([event for event, _ in rows]))
    return account._replace(events=events, evidence=[evidence for _, evidence in rows])


def with_acts(
    account: Account, acts: Sequence[Sequence[Mention]], ontology: Ontology, article: tuple[str, int, str]
) -> Account:
    """The account with acts far below after its events, up to MAX_EVENTS; without news they stay untold."""
    if not account.events or account.events[0].realis != "actual":
        return account
    number, known = len(account.events), {event.char_start for event in account.events}
    acts = [act for act in acts if not known & {mention.char_start for mention in act}]  # the network may have added it
    room = max(MAX_EVENTS - number, 0)
    rows = [_row(account, act, rank, Toll(), ontology, article) for rank, act in enumerate(acts[:room], number + 1)]
    told = {mention.char_start for act in acts for mention in act}
    return account._replace(
        events=[*account.events, *(event for event, _ in rows)],
        evidence=[*account.evidence, *(evidence for _, evidence in rows)],
        happenings=[*account.happenings[:number], *acts[:room], *account.happenings[number:], *acts[room:]],
        untold=[each for each in account.untold if each[1] != BACKGROUND or each[0].char_start not in told],
    )


def _row(
    account: Account,
    happening: Sequence[Mention],
    rank: int,
    title_toll: Toll,
    ontology: Ontology,
    article: tuple[str, int, str],
) -> Row:
    return summarize(happening, rank, account.setting, ontology.gazetteer, title_toll, article)


def with_first(account: Account, at: int) -> Account:
    """The account with the event at `at` before the others, whose rows stay as they are but for their ranks."""
    order = [at, *(n for n in range(len(account.events)) if n != at)]
    happenings = [account.happenings[n] for n in order]
    rows = [ranked((account.events[n], account.evidence[n]), rank) for rank, n in enumerate(order, 1)]
    events, evidence = zip(*rows, strict=True)
    rest = account.happenings[len(order) :]
    return account._replace(events=events, evidence=evidence, happenings=[*happenings, *rest])


def with_added(account: Account, row: Row) -> Account:
    """The account with an event before the others that no mention tells; there may then be one more than MAX_EVENTS."""
    rows = [row, *zip(account.events, account.evidence, strict=True)]
    events, evidence = zip(*(ranked(each, rank) for rank, each in enumerate(rows, 1)), strict=True)
    return account._replace(events=events, evidence=evidence, happenings=[(), *account.happenings])
