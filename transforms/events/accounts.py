"""What was made of one article, step by step, and the rows of its events."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.events.accused import name_accused, name_captors
from transforms.events.confidence import Evidence, confidence
from transforms.events.marked import News
from transforms.events.mentions import Mention
from transforms.events.ontology import Ontology
from transforms.events.setting import Setting
from transforms.events.summary import summarize
from transforms.events.tolls import Toll
from transforms.records import ArticleEvent

MAX_EVENTS = 8  # an article that tells of more is a list of other articles


class Account(NamedTuple):
    """What was made of one article, step by step."""

    events: Sequence[ArticleEvent] = ()
    happenings: Sequence[Sequence[Mention]] = ()  # by importance; the first MAX_EVENTS are the events
    mentions: Sequence[Mention] = ()  # in the order of the text; the void ones are among the untold only
    untold: Sequence[tuple[Mention, str]] = ()  # those that make no happening of their own, and why
    setting: Optional[Setting] = None
    title_toll: Toll = Toll()
    evidence: Sequence[Evidence] = ()  # what the confidence of each event rests on
    news: Optional[News] = None  # what the network marks in it
    by_rules: Optional[ArticleEvent] = None  # the first event by the rules alone, if the network has read it too
    by_marks: Mapping[str, float] = {}  # "place", "day": what of it is the network's, and how likely
    silence: Optional[str] = None  # why the article was not read


def with_rows(account: Account, ontology: Ontology, article: tuple[str, int, str]) -> Account:
    """The account with the rows of its happenings; the title counts the victims of the first."""
    rows = [
        summarize(
            happening,
            rank,
            account.setting,
            ontology.gazetteer,
            account.title_toll if rank == 1 else Toll(),
            article,
        )
        for rank, happening in enumerate(account.happenings[:MAX_EVENTS], 1)
    ]
    events = name_captors(name_accused([event for event, _ in rows]))
    return account._replace(events=events, evidence=[evidence for _, evidence in rows])


def with_first_twice(account: Account) -> Account:
    """The account with the first event once more, as the second: what is made of the one leaves the other alone."""
    (first, *events), (evidence, *others) = account.events, account.evidence
    again = evidence._replace(is_main=0.0)
    moved = [event._replace(rank=event.rank + 1) for event in (first._replace(confidence=confidence(again)), *events)]
    return account._replace(
        events=[first, *moved][:MAX_EVENTS],
        evidence=[evidence, again, *others][:MAX_EVENTS],
        happenings=[account.happenings[0], *account.happenings],
    )
