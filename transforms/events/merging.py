"""The events of a story, merged over all its articles.

The same happening told by several articles is one Event; two raids in one story stay two. An Event is described anew
from its claims each time, one claim for each article, so that a corrected article takes back what it said. Prefer a
missed match to a false one.
"""

import collections
import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Optional

from transforms.events.actors import add_actors
from transforms.events.codes import codes_of
from transforms.events.dates import last_day
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
_WHEN = ("happened_on", "date_precision", "date_text")
_WHERE = ("place_name", "admin1", "country", "latitude", "longitude", "geo_precision")


@dataclasses.dataclass
class _Happening:
    """An event while a story is merged: its last known description and the claims that hold now."""

    event_id: str
    view: Optional[Event]  # None until its first claim is in
    prior: Optional[Event]
    claims: dict[str, Claim]  # by article
    left: frozenset[str] = frozenset()  # articles whose claims are being replaced


def merge_events(
    story_id: str, prior: Sequence[Event], told: Sequence[tuple[Article, Sequence[ArticleEvent]]]
) -> tuple[list[ArticleEvent], list[Event]]:
    """Merge what new articles, or new versions of articles, tell into the events of their story.

    Args:
        story_id: The story of all that is given.
        prior: The newest revision of each event of the story, also of those without claims.
        told: Each new article with all the events that it reports, which may be none: what an earlier version of it
            claimed is then taken back. Of several versions of one article the newest counts, and none that is older
            than the one that `prior` knows.

    Returns:
        The article events with their `event_id`, by article and rank, and a new revision of each event that changed.
        Neither depends on the order of `prior` or `told`. Telling the same once more changes nothing.
    """
    happenings = {event.event_id: _recall(event) for event in prior}
    rows: list[ArticleEvent] = []
    for article, reported in _newest(happenings.values(), told):
        claims = [make_claim(article, event) for event in reported]
        event_ids = _kept(happenings, article.article_id, claims)
        if event_ids is None:
            _withdraw(happenings, article.article_id)
            event_ids = _assign(story_id, happenings, claims)
        rows += [event._replace(event_id=event_id) for event, event_id in zip(reported, event_ids, strict=True)]
    revisions = [event for key in sorted(happenings) if (event := _revise(story_id, happenings[key]))]
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


def describe_event(event_id: str, revision: int, story_id: str, claims: Iterable[Claim]) -> Event:
    """The event that `claims` (one for each article, at least one) tell together.

    The best claim (confidence, then rank, then time) gives type and sentence; day and place are what most independent
    texts say; the latest toll is the best one, all of them make low and high.
    """
    held = sorted(claims, key=lambda c: (c.reported_at, c.article_id))
    ranked = sorted(held, key=lambda c: (-(c.confidence or 0.0), c.rank, c.reported_at, c.article_id))
    best = ranked[0]
    when, where = _most_told(ranked, _WHEN), _most_told(ranked, _WHERE)
    killed = [c.killed for c in held if c.killed is not None]
    injured = [c.injured for c in held if c.injured is not None]
    independent = len({c.copy_of or c.article_id for c in held})
    mode = next((c.event_mode for c in ranked if c.event_mode and c.event_type == best.event_type), None)
    actors, recipients = _union(c.actors for c in ranked), _union(c.recipients for c in ranked)
    return Event(
        event_id=event_id,
        revision=revision,
        story_id=story_id,
        event_type=best.event_type,
        event_mode=mode,
        **codes_of(best.event_type, mode, actors, recipients)._asdict(),
        realis="actual" if any(c.realis == "actual" for c in held) else best.realis,
        actors=actors,
        recipients=recipients,
        **when,
        happened_until=last_day(when["happened_on"], when["date_precision"]),
        **where,
        killed_low=min(killed, default=None),
        killed_best=killed[-1] if killed else None,
        killed_high=max(killed, default=None),
        injured_low=min(injured, default=None),
        injured_best=injured[-1] if injured else None,
        injured_high=max(injured, default=None),
        headline=next((c.title for c in ranked if c.title), None),
        sentence=best.sentence,
        article_count=len(held),
        outlet_count=len({c.outlet for c in held}),
        independent_count=independent,
        first_reported_at=held[0].reported_at,
        last_reported_at=held[-1].reported_at,
        confidence=_joint_confidence(best.confidence, independent),
        claims=tuple(held),
    )


def _recall(event: Event) -> _Happening:
    """An event of an earlier run; lists that a coder made of tuples are tuples again, so that equal means equal."""
    claims = tuple(
        claim._replace(actors=_actors(claim.actors), recipients=_actors(claim.recipients))
        for claim in (Claim(*claim) for claim in event.claims)
    )
    event = event._replace(actors=_actors(event.actors), recipients=_actors(event.recipients), claims=claims)
    return _Happening(event.event_id, event, event, {claim.article_id: claim for claim in claims})


def _actors(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple(Actor(*actor) for actor in actors)


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


def _revise(story_id: str, happening: _Happening) -> Optional[Event]:
    """The next revision of an event, or None when nothing about it changed."""
    prior = happening.prior
    revision = prior.revision + 1 if prior else 1
    if happening.claims:
        event = describe_event(happening.event_id, revision, story_id, happening.claims.values())
    elif prior and prior.claims:
        event = prior._replace(revision=revision, article_count=0, outlet_count=0, independent_count=0, claims=())
    else:
        return None
    return None if prior and event._replace(revision=prior.revision) == prior else event


def _most_told(ranked: Sequence[Claim], names: Sequence[str]) -> dict[str, Any]:
    """The values of fields that belong together, as most independent texts tell them; the best claim breaks a tie.

    What says more wins over what says less: a claim without the first field counts only when all lack it.
    """
    votes: dict[Any, set[str]] = collections.defaultdict(set)
    for claim in ranked:
        votes[getattr(claim, names[0])].add(claim.copy_of or claim.article_id)
    told = [claim for claim in ranked if getattr(claim, names[0]) is not None]
    if told:
        chosen = max(told, key=lambda claim: len(votes[getattr(claim, names[0])]))  # the first of equals: the best
    else:
        chosen = max(ranked, key=lambda claim: sum(getattr(claim, name) is not None for name in names))
    return {name: getattr(chosen, name) for name in names}


def _union(lists: Iterable[Sequence[Actor]]) -> tuple[Actor, ...]:
    out: tuple[Actor, ...] = ()
    for actors in lists:
        out = add_actors(out, actors)
    return out


def _joint_confidence(best: Optional[float], independent: int) -> Optional[float]:
    """A little more for each further independent text; uncalibrated."""
    return None if best is None else round(min(max(best, 0.95), best + 0.05 * (independent - 1)), 2)
