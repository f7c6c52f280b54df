"""The events that one article reports: its mentions, brought together to one row for each happening.

`find_events` reads the sentences of a spaCy Doc (words and sentences suffice), merges what speaks of the same
happening, and ranks: 1 is what the article is about.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, Optional

from spacy.tokens import Doc

from transforms.events.accounts import Account, with_acts, with_rows
from transforms.events.acts import find_acts
from transforms.events.background import set_back, set_happening_back
from transforms.events.boasts import without_boasts
from transforms.events.datelines import day_of_writing, read_dateline, read_stamp
from transforms.events.figures import read_figures
from transforms.events.grouping import group_mentions
from transforms.events.headlines import read_headline, with_doers_of_headline
from transforms.events.holders import Holder, name_holders, read_holders
from transforms.events.introductions import introduce
from transforms.events.later_deaths import undate_deaths
from transforms.events.marked import News
from transforms.events.mentions import Mention, find_mentions
from transforms.events.mishaps import tell_mishap
from transforms.events.named import mention_culprits, mention_hurt, mention_people
from transforms.events.names import full_names
from transforms.events.nearby import Article, date_beside
from transforms.events.offices import give_office, give_offices_of_words, read_offices
from transforms.events.ontology import Ontology
from transforms.events.outcomes import find_causes
from transforms.events.outlets import UNKNOWN, Home
from transforms.events.pages import read_page
from transforms.events.podiums import name_podium
from transforms.events.pronouns import resolve_pronouns
from transforms.events.ranking import rank_happenings
from transforms.events.realis import UNDONE
from transforms.events.rebels import name_rebels, only_group
from transforms.events.remains import tell_killed
from transforms.events.same_place import point_back
from transforms.events.sentences import Sentence, plain_sentence, skip_labels, split_sentences
from transforms.events.setting import read_setting
from transforms.events.told import read_told
from transforms.events.tolls import Toll, count_casualties
from transforms.events.towns import name_town
from transforms.events.weighing import weigh
from transforms.language.marks import Marker
from transforms.records import ArticleEvent

_PAST = datetime.timedelta(days=7)
MAX_MENTIONS = 400  # grouping compares them with each other
_DATELINE_WORDS = 300  # a dateline stands in the first lines
_OPINION = re.compile(
    r"(?i)^\s*(opinion|editorial|op-ed|commentary|column|letters?|review|analysis|obituary|explainer|factbox|timeline|profile"
    r"|q ?& ?a|diary|quiz|podcast)\b\s*[:|-]"
)


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
    outlet: Home = UNKNOWN,
    headline: Optional[Doc] = None,
    marker: Optional[Marker] = None,
) -> Account:
    """The events that an article reports, the most important first (rank 1, 2, ...), and how they came about.

    Args:
        doc: The article's text with sentence boundaries; offsets of the rows point into `doc.text`.
        ontology: The tables, from `load_ontology`.
        article_id, article_version, url: Passed on to the rows.
        title: Helps to rank, to fill a toll that the text leaves out, and to know an opinion piece.
        published_day: What "Sunday" is counted from. Without it, the day of the dateline or that of a line that
            tells when the page was published; without those, only full dates resolve.
        outlet: Where its outlet is at home.
        headline: The title read by the language pipeline, in `plain_case`; without it the title tells no event itself.
        marker: Says what is the news of `headline` and `doc`; without it, rules alone tell which event that is, its
            people, place and day.

    Returns:
        Rows without `event_id`. An opinion piece gives none, nor does a text that no parser has read.
    """
    if silence := _why_unread(doc, title):
        return Account(silence=silence)
    opening = doc[:_DATELINE_WORDS].text
    dateline = read_dateline(opening, ontology)
    sentences = skip_labels(split_sentences(doc, range(dateline.start, dateline.end) if dateline else range(0)))
    reference = day_of_writing(dateline, published_day) or read_stamp(opening)
    found = tell_killed(_read_mentions(sentences, ontology, reference)[:MAX_MENTIONS], sentences)
    page = read_page(title or "", sentences, ontology)
    names = full_names(sentences)
    holders = read_holders(sentences, names)
    void = [mention for mention in found if mention.void]
    told = point_back(set_back([mention for mention in found if not mention.void]))
    if headline and page.headline:
        titled = read_headline(headline, sentences, told, ontology, names)
        told = [*(name_holders(mention, holders) for mention in titled), *told]
    offices = read_offices(sentences, ontology, names)
    told = give_offices_of_words(told, offices)
    mentions = find_causes(read_figures(told, page), doc.text)
    groups, untold = group_mentions(mentions, page)
    untold += [(mention, mention.void) for mention in void]
    groups = [set_happening_back(group, page, reference) for group in groups]
    ranked = [resolve_pronouns(each, sentences, ontology, names) for each in rank_happenings(groups, page)]
    if headline and ranked and page.headline:
        ranked[0] = with_doers_of_headline(ranked[0], headline, ontology, names)
    ranked = [[give_office(mention, offices) for mention in happening] for happening in ranked]
    kept = [mention for happening in ranked for mention in happening]
    ranked = _fill_from_article(ranked, Article(sentences, kept, reference), title or "", ontology, holders)
    account = Account(happenings=ranked, mentions=mentions, untold=untold)
    if not groups:
        return account
    opened = plain_sentence(title)
    beside = {number + len(opened) for number in _long_past(told, reference)}
    setting = read_setting([*opened, *sentences], dateline, ontology, outlet, beside)
    account = account._replace(setting=setting, title_toll=count_casualties(title) if title else Toll())
    article = article_id, article_version, url
    account = with_rows(account, ontology, article)
    headline = headline or Doc(doc.vocab)
    marks = marker and marker.read(headline, doc, read_told(account.events, ranked, headline, doc))
    if marks:
        account = weigh(account, News(marks, headline, doc, sentences, ontology), reference, ontology)
    acts = [
        [name_holders(give_office(m, offices), holders) for m in resolve_pronouns(act, sentences, ontology, names)]
        for act in find_acts(untold, groups, page)
    ]
    return with_acts(account, acts, ontology, article)


def _why_unread(doc: Doc, title: Optional[str]) -> Optional[str]:
    if title and _OPINION.match(title):
        return "an opinion piece, by its title"
    return None if doc.has_annotation("DEP") else "no parser has read it"


def _fill_from_article(
    ranked: Sequence[list[Mention]],
    article: Article,
    title: str,
    ontology: Ontology,
    holders: Mapping[str, Sequence[Holder]],
) -> list[list[Mention]]:
    """The happenings with what other sentences of the article tell of them; the title is of the first."""
    group = only_group([*plain_sentence(title), *article.sentences], ontology)
    filled = []
    for rank, happening in enumerate(ranked, 1):
        happening = [name_holders(mention, holders) for mention in happening]
        happening = introduce(without_boasts(happening, article.sentences), article.sentences)
        happening = date_beside(undate_deaths(name_rebels(happening, group)), article)
        happening = name_town(happening, article.sentences, article.mentions, ontology)
        happening = name_podium(happening, article.sentences, ontology)
        filled.append(tell_mishap(happening, article.sentences, title if rank == 1 else ""))
    return filled


def _long_past(mentions: Sequence[Mention], day: Optional[datetime.date]) -> set[int]:
    """The sentences that tell of what happened long before the `day` of the article, and name the towns of that."""
    sure = ((mention.sentence_number, mention.time.days) for mention in mentions if mention.time.is_sure)
    return {number for number, days in sure if day and days and days.last < day - _PAST}


def _with_named(
    told: Sequence[Mention], named: Sequence[Mention], culprits: Sequence[Mention], in_care: Sequence[Mention]
) -> list[Mention]:
    """The mentions of a sentence; who is named in a deed that is only thought of takes part in nothing."""
    nouns = [mention for mention in told if not (mention.is_verb or mention.void)]
    told_of = {a.name for mention in nouns for a in mention.recipients}  # "the murder of Roe"
    named = [
        mention for mention in named if mention.actors or not told_of.issuperset(a.name for a in mention.recipients)
    ]
    deeds = [mention.realis for mention in told if mention.trigger.event_type == "ASSAULT" and not mention.void]
    hurt = {a for m in told if m.is_verb and m.trigger.event_type == "ASSAULT" for a in m.recipients}
    culprits = [m._replace(actors=tuple(a for a in m.actors if a not in hurt)) for m in culprits]  # whom police shot
    undone = deeds[0] if deeds and UNDONE.issuperset(deeds) else None
    named = [mention._replace(realis=undone) for mention in named] if undone else named
    are_counted = any(any(mention.toll) for mention in told)
    return [*told, *named, *culprits, *(() if are_counted else in_care)]


def _read_mentions(
    sentences: Sequence[Sentence], ontology: Ontology, reference: Optional[datetime.date]
) -> list[Mention]:
    names = full_names(sentences)
    return [
        mention
        for number, sentence in enumerate(sentences)
        for mention in _with_named(
            find_mentions(sentence, number, ontology, names, reference),
            mention_people(sentence, number, names),
            mention_culprits(sentence, number, ontology, names),
            mention_hurt(sentence, number),
        )
    ]
