"""The news of an article as rules and network tell it together: which event it is, its type, who, whom, where, when.

All other events stay as the rules have them.
"""

import datetime
from typing import Optional

from transforms.events.accounts import Account, with_first_twice, with_rows
from transforms.events.amending import as_other, site_of, with_cast, with_day, with_kind, with_site
from transforms.events.kinds import chance_of_kind, find_news, kind_of_news, type_of
from transforms.events.marked import News
from transforms.events.ontology import Ontology
from transforms.events.redating import redate
from transforms.events.whereabouts import relocate

OF_KIND = 0.05  # from this chance on the first event may be of the kind of the news


def weigh(
    account: Account,
    news: News,
    reference: Optional[datetime.date],
    ontology: Ontology,
    article: tuple[str, int, str],
) -> Account:
    """The account with the news as rules and network tell it together.

    Args:
        account: By the rules, with at least one event.
        news: What the network marks.
        reference: The day on which the article was written.
        article: Its id, version and address, for the rows.
    """
    kind, chance = kind_of_news(account.events[0], news) or (None, 0.0)
    at = find_news(account.events, kind) if kind else None
    word = news.telling() if kind and not at else None
    happenings = list(account.happenings)
    if at:
        account = with_rows(account._replace(happenings=[happenings.pop(at), *happenings]), ontology, article)
    elif word:
        account = with_first_twice(account)
    by_rules = account.events[0]
    row, chances = (by_rules, account.evidence[0]), {"rank": chance} if at else {}
    if word:
        row, chances = as_other(row, type_of(kind, news), *word), {"type": chance}
    event_type, of_kind = row[0].event_type, chance_of_kind(row[0].event_type, news)
    row = with_kind(row, of_kind)
    row = with_cast(row, *news.recast(event_type, (by_rules.actors, by_rules.recipients)))
    if of_kind >= OF_KIND:  # else what is marked is of another event
        place, day = relocate(site_of(by_rules), news, account.setting, ontology), redate(by_rules, news, reference)
        row = with_site(row, place[0]) if place else row
        row = with_day(row, day[0]) if day else row
        chances |= {name: found[1] for name, found in (("place", place), ("day", day)) if found}
    return account._replace(
        events=[row[0], *account.events[1:]],
        evidence=[row[1], *account.evidence[1:]],
        news=news,
        by_rules=by_rules,
        by_marks=chances,
    )
