"""The news of an article as rules and network tell it together: which event it is, its type, who, whom, where, when.

All other events stay as the rules have them, tolls too.
"""

import datetime
from typing import Optional

from transforms.events.accounts import Account, with_added, with_first
from transforms.events.amending import as_other, site_of, with_cast, with_day, with_kind, with_site
from transforms.events.kinds import base_type, chance_of_kind, find_news, kind_of_news, type_of
from transforms.events.marked import News
from transforms.events.ontology import Ontology
from transforms.events.redating import redate
from transforms.events.whereabouts import relocate

OF_KIND = 0.05  # from this chance on the first event may be of the kind of the news


def weigh(account: Account, news: News, reference: Optional[datetime.date], ontology: Ontology) -> Account:
    """The account with the news as rules and network tell it together.

    Args:
        account: By the rules, with at least one event.
        news: What the network marks.
        reference: The day on which the article was written.
    """
    account, chances = _with_news_first(account, news)
    by_rules = account.events[0]
    of_kind = chance_of_kind(base_type(by_rules, account.happenings[0]), news)
    row = with_kind((by_rules, account.evidence[0]), of_kind)
    row = with_cast(row, *news.recast(by_rules.event_type, (by_rules.actors, by_rules.recipients)))
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


def _with_news_first(account: Account, news: News) -> tuple[Account, dict[str, float]]:
    """The account with the event first that is of the kind of the news, and how likely that kind is if it is another
    than that of the rules' first event."""
    kind, chance = kind_of_news(base_type(account.events[0], account.happenings[0]), news) or (None, 0.0)
    if kind is None:
        return account, {}
    at = find_news(account.events, account.happenings, kind)
    if at is not None:
        is_told = account.events[at].realis == "actual"  # else rules say that it has not happened
        return (with_first(account, at), {"rank": chance}) if is_told else (account, {})
    number, word = news.telling() or (0, None)
    if word is None:
        return account, {}
    sentence = news.sentences[number]
    if sentence.starts[word] in {m.char_start for happening in account.happenings for m in happening}:
        return account, {}  # it tells another event
    row = account.events[0], account.evidence[0]
    added = as_other(row, type_of(kind, news), sentence, number, word)
    return with_added(account, added), {"added": chance}
