"""The events of a story, merged over all its articles.

The same happening told by several articles is one Event; two raids in one story stay two. An Event is described anew
from its claims each time, one claim for each article, so that a corrected article takes back what it said. When two
stories become one, the events that both told become one as well: the older id stands, the other points to it. Prefer
a missed match to a false one.
"""

import collections
import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Optional

from transforms.events.describing import describe_event, full_names_of
from transforms.events.likeness import likeness
from transforms.records import Actor, Article, ArticleEvent, Claim, Event, hash_id

MATCH = 1.0  # the least score at which an article's event joins one of the story's
SAME_ARTICLE = 1.5  # a new version of an article most likely speaks of what the old one did
_FACTS = (
    "event_type",
    "event_mode",
    "realis",
    "actors",
    "recipients",
    "happened_on",
    "date_precision",
    "date_text",
    "place_name",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "geo_precision",
    "confidence",
    "sentence",
)
_UNTOLD = {"article_count": 0, "outlet_count": 0, "independent_count": 0, "claims": ()}
_NO_CHANGES = frozenset(["revision", "changes"])


@dataclasses.dataclass
class _Happening:
    """An event while a story is merged: its last known description and the claims that hold now."""

    event_id: str
    view: Optional[Event]  # None until its first claim is in, and once it is merged into another
    prior: Optional[Event]
    claims: dict[str, Claim]  # by article
    left: frozenset[str] = frozenset()  # articles whose claims are being replaced
    merged_into: Optional[str] = None  # the event that it turned out to be: it is told in this story no more
    link: Optional[str] = None  # the event of another story that it is


def merge_events(
    story_id: str, prior: Sequence[Event], told: Sequence[tuple[Article, Sequence[ArticleEvent]]]
) -> tuple[list[ArticleEvent], list[Event]]:
    """Merge what new articles, or new versions of articles, tell into the events of their story.

    Args:
        story_id: The story of all that is given.
        prior: The newest revision of each event of the story, also of those without claims, and of those that come
            from another story: it became this one, or most of their articles moved here. One that points to an event
            of another story and has claims (`linking.py`) goes on in this one.
        told: Each new article with all the events that it reports, which may be none: what an earlier version of it
            claimed is then taken back. Of several versions of one article the newest counts, and none that is older
            than the one that `prior` knows.

    Returns:
        The article events with their `event_id`, by article and rank, and a new revision of each event that changed.
        Neither depends on the order of `prior` or `told`. Telling the same once more changes nothing.
    """
    happenings = {event.event_id: _recall(event) for event in prior if event.claims or not event.merged_into}
    _join(story_id, happenings)
    rows: list[ArticleEvent] = []
    for article, reported in _newest(happenings.values(), told):
        claims = [make_claim(article, event) for event in reported]
        event_ids = _kept(happenings, article.article_id, claims)
        if event_ids is None:
            _withdraw(happenings, article.article_id)
            event_ids = _assign(story_id, happenings, claims)
        rows += [event._replace(event_id=event_id) for event, event_id in zip(reported, event_ids, strict=True)]
    names = full_names_of(claim for happening in happenings.values() for claim in happening.claims.values())
    revisions = [event for key in sorted(happenings) if (event := _revise(story_id, happenings[key], names))]
    return rows, revisions


def make_claim(article: Article, event: ArticleEvent) -> Claim:
    """What `article` adds to an event by reporting `event`."""
    facts: dict[str, Any] = {name: getattr(event, name) for name in _FACTS}
    facts |= {"actors": tuple(event.actors), "recipients": tuple(event.recipients)}
    return Claim(
        article_id=article.article_id,
        article_version=article.version,
        outlet=article.outlet,
        copy_of=article.copy_of,
        reported_at=article.published_at or article.fetched_at,
        title=article.title,
        rank=event.rank,
        killed=event.killed_best,
        injured=event.injured_best,
        **facts,
    )


def _recall(event: Event) -> _Happening:
    """An event of an earlier run; lists that a coder made of tuples are tuples again, so that equal means equal."""
    claims = tuple(
        claim._replace(actors=_actors(claim.actors), recipients=_actors(claim.recipients))
        for claim in (Claim(*claim) for claim in event.claims)
    )
    event = event._replace(actors=_actors(event.actors), recipients=_actors(event.recipients), claims=claims)
    event = event._replace(changes=tuple(event.changes))
    link = event.merged_into
    return _Happening(event.event_id, event, event, {claim.article_id: claim for claim in claims}, link=link)


def _actors(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple(Actor(*actor) for actor in actors)


def _join(story_id: str, happenings: Mapping[str, _Happening]) -> None:
    """Make one of each two events that were told by two stories until now, the most alike first.

    Two that one article tells apart, or that were told apart within a story, stay two.
    """
    pairs = []
    by_age = sorted((h for h in happenings.values() if h.claims), key=lambda h: (h.view.first_reported_at, h.event_id))
    for older, younger in itertools.combinations(by_age, 2):
        if older.prior.story_id != younger.prior.story_id and (score := _joint_likeness(older, younger)):
            pairs.append((-score, older.event_id, younger.event_id))
    for _, older_id, younger_id in sorted(pairs):
        older, younger = happenings[older_id], happenings[younger_id]
        if older.claims and younger.claims and _joint_likeness(older, younger):
            older.claims |= younger.claims
            younger.claims, younger.view, younger.merged_into = {}, None, older_id
            older.view = describe_event(older_id, 0, story_id, older.claims.values())
            older.link = None if older.link == younger_id else older.link


def _joint_likeness(older: _Happening, younger: _Happening) -> Optional[float]:
    """How alike the claims of one event are to the other, on average; None where they do not speak of the same."""
    if older.claims.keys() & younger.claims.keys():
        return None
    scores = [likeness(claim, older.view) for claim in younger.claims.values()]
    if None in scores or sum(scores) < MATCH * len(scores):
        return None
    return sum(scores) / len(scores)


def _newest(
    happenings: Iterable[_Happening], told: Sequence[tuple[Article, Sequence[ArticleEvent]]]
) -> list[tuple[Article, list[ArticleEvent]]]:
    """The newest version of each article told, in order of time, with its events in order of rank."""
    known: dict[str, int] = collections.defaultdict(int)
    for happening in happenings:
        for claim in happening.claims.values():
            known[claim.article_id] = max(known[claim.article_id], claim.article_version)
    newest: dict[str, tuple[Article, Sequence[ArticleEvent]]] = {}
    for article, events in sorted(told, key=lambda pair: (pair[0].version, repr(pair))):  # in whatever order they came
        if article.version >= known[article.article_id]:
            known[article.article_id] = article.version
            newest[article.article_id] = (article, events)
    return [
        (article, sorted(events, key=lambda event: event.rank))
        for article, events in sorted(
            newest.values(), key=lambda pair: (pair[0].published_at or pair[0].fetched_at, pair[0].article_id)
        )
    ]


def _kept(happenings: Mapping[str, _Happening], article_id: str, claims: Sequence[Claim]) -> Optional[list[str]]:
    """The events of an article's claims when they are the ones it made before; None when anything differs."""
    held = {h.claims[article_id].rank: h for h in happenings.values() if article_id in h.claims}
    if sorted(held) != sorted(claim.rank for claim in claims):
        return None
    if any(held[claim.rank].claims[article_id] != claim for claim in claims):
        return None
    return [held[claim.rank].event_id for claim in claims]


def _withdraw(happenings: Mapping[str, _Happening], article_id: str) -> None:
    for happening in happenings.values():
        if happening.claims.pop(article_id, None):
            happening.left |= {article_id}


def _assign(story_id: str, happenings: dict[str, _Happening], claims: Sequence[Claim]) -> list[str]:
    """Give each claim of one article its event, the most alike pairs first, and no event two of them."""
    pairs = []
    for n, claim in enumerate(claims):
        for event_id, happening in happenings.items():
            score = likeness(claim, happening.view) if happening.view else None
            if score is not None:
                score += SAME_ARTICLE * (claim.article_id in happening.left)
                if score >= MATCH:
                    pairs.append((-score, n, event_id))
    chosen: dict[int, str] = {}
    for _, n, event_id in sorted(pairs):
        if n not in chosen and event_id not in chosen.values():
            chosen[n] = event_id
    for n, claim in enumerate(claims):
        event_id = chosen.get(n) or _new_id(story_id, claim, happenings, chosen.values())
        chosen[n] = event_id
        happening = happenings.setdefault(event_id, _Happening(event_id, None, None, {}))
        happening.claims[claim.article_id] = claim
        happening.view = describe_event(event_id, 0, story_id, happening.claims.values())
    return [chosen[n] for n in range(len(claims))]


def _new_id(story_id: str, claim: Claim, happenings: Mapping[str, _Happening], taken: Iterable[str]) -> str:
    """The id of the event that `claim` is the first to report. A version reports each rank once, so ids are unique;
    only an article that goes back to what a withdrawn claim said finds its old event again."""
    parts = [story_id, claim.article_id, str(claim.article_version), str(claim.rank)]
    event_id = hash_id("event", *parts)
    while event_id in set(taken) or (event_id in happenings and happenings[event_id].claims):
        parts.append("again")
        event_id = hash_id("event", *parts)
    return event_id


def _revise(story_id: str, happening: _Happening, names: Mapping[str, str]) -> Optional[Event]:
    """The next revision of an event, with the columns that changed, or None when nothing about it did."""
    prior = happening.prior
    if happening.claims:
        event = describe_event(happening.event_id, 1, story_id, happening.claims.values(), names)
        event = event._replace(merged_into=happening.link)
    elif prior and prior.claims:
        event = prior._replace(story_id=story_id, merged_into=happening.merged_into, **_UNTOLD)
    else:
        return None
    if prior is None:
        return event
    columns = (name for name in Event._fields if name not in _NO_CHANGES)
    changes = tuple(name for name in columns if getattr(event, name) != getattr(prior, name))
    return event._replace(revision=prior.revision + 1, changes=changes) if changes else None
