"""One story for one event, across outlets: a pure function over what dedupe remembers.

Three duplicates, three answers.

- The same URL is one article: its canonical URL is its id. A correction is a new version of it and stays in its story.
- The same text elsewhere is a copy (`copies`), also when it was cut, re-headlined or given another lead: it points to
  the earliest article that carries the text, and belongs to that article's story. An earlier original that comes late
  takes the copies over.
- The same event in other words is one story. Two articles are judged by `evidence`: how telling the words, names and
  numbers are that both use, the days they name, and the days between them. Groups are joined by average linkage, so
  that no single pair decides (`linkage`).

What counts as one event:

- Who, where, when and the numbers decide, not only the vocabulary: two commanders killed in one country, two shootings
  in one city, the same clash in two towns, this year's and last year's festival are different stories.
- A follow-up (an arrest, a funeral, a trial, a new toll) belongs to its event's story as long as it is about it. Time
  weighs, it does not cut: the further apart two articles are, the more they have to share.
- What a happening leads to is an event of its own if it has actors, a place and a day of its own: the budget is one
  story, the vote of no confidence over it another.
- A round-up of several events belongs to none of their stories.
- In doubt, two stories: a missed merge does less harm than a false one.

How stories grow: every merge looks again at the stories that the new articles touch, and at those near them. So an
article may move to another story, two stories may become one (the older id stands), and one may be split (the id stays
with its first article). What is far from all new articles is left alone. Time is that of the articles, not the clock's.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, Optional

from transforms.stories.contrast import contrast
from transforms.stories.copies import containment, is_copy, is_furniture
from transforms.stories.evidence import (
    FEATURES,
    Comparison,
    Evidence,
    Rarities,
    Weights,
    features,
    most_telling,
    packaged_weights,
    score,
)
from transforms.stories.linkage import average_linkage
from transforms.stories.similarity import Signature
from transforms.stories.state import StoryState, age

KIN_MARGIN = 3.0  # below the threshold: as more articles are held, a pair may still rise above it
KIN_COUNT = 16
OPEN_ARTICLES = 120  # reconsidered at a time
FEW_ARTICLES = 5_000  # while no more are held, rarity still moves: all are reconsidered
GROWTH = 1.2  # each time that their number has grown so much
OPEN_STORY = 30  # articles; a larger story is not taken apart any more
SHOWN_MEMBERS = 12  # of such a story, compared with an article
SCORE_LIMIT = 8.0  # no single pair decides about a group


class Placement(NamedTuple):
    """Where an article belongs. Given for every new article, and for a held one whose placement changed."""

    article_id: str
    version: int
    story_id: str
    copy_of: Optional[str]


class StoryMerge(NamedTuple):
    """Two stories turned out to be one: the older id stands."""

    story_id: str
    merged_into: str


class Outputs(NamedTuple):
    """What a merge decided. `signatures` are the rows to write: the new ones, and the held ones that changed."""

    placements: Sequence[Placement]
    merges: Sequence[StoryMerge]
    signatures: Sequence[Signature]


def merge(
    state: StoryState,
    new: Iterable[Signature],
    weights: Optional[Weights] = None,
    live_days: Optional[float] = None,
) -> tuple[StoryState, Outputs]:
    """Place new articles among those held.

    No clock and no I/O; the same state and articles, in any order, give the same outputs. The state given is used up:
    go on with the one returned, which has forgotten what is older than `live_days`, if they are given.
    """
    work = _Merge(state, weights or packaged_weights())
    work.take_in(new)
    work.settle_copies()
    work.settle_stories()
    outputs = work.outputs()
    if live_days is not None:
        state.expire(live_days)
    return state, outputs


def explain(
    a: Signature, b: Signature, state: Optional[StoryState] = None, weights: Optional[Weights] = None
) -> Evidence:
    """Why two articles are, or are not, one story: judged by the articles held, else by general English."""
    weights, rarities = weights or packaged_weights(), state.rarities if state else Rarities.empty()
    values = features(a, b, rarities)
    total, same_text, bar = score(values, weights), is_copy(a, b), _bar(a, b)
    return Evidence(
        features=dict(zip(FEATURES, values, strict=True)),
        weights=weights.features,
        bias=weights.bias,
        score=total,
        threshold=weights.threshold,
        same_story=same_text or (total >= weights.threshold and not bar),
        containment=containment(a, b),
        same_text=same_text,
        shared=most_telling(a, b, rarities),
        bar=None if same_text else bar,
    )


def _bar(a: Signature, b: Signature) -> Optional[str]:
    """What keeps two articles apart whatever else they share."""
    if a.roundup or b.roundup:
        return "a round-up belongs to no story"
    return "a notice or a form is all they share" if is_furniture(a, b) else None


def story_id_of(article_id: str, left: Optional[str] = None, revision: int = 0) -> str:
    """The id of the story whose first article this is.

    An article that leaves a story begins another, with an id that never was: `left` is the story that it leaves and
    `revision` that of its row, since it may have left the same story before.
    """
    parts = ["story", article_id, *([left, str(revision)] if left else [])]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


class _Merge:
    """One merge: what is new, what was before, and the scores worked out so far."""

    def __init__(self, state: StoryState, weights: Weights):
        self.state, self.weights = state, weights
        self.fresh: list[str] = []
        self.before: dict[str, Signature] = {}  # held articles that changed
        self.scores: dict[tuple[str, str], float] = {}
        self.comparison: Optional[Comparison] = None  # the last one: articles are compared with many in a row
        self.size_before = len(state)

    def take_in(self, new: Iterable[Signature]) -> None:
        """Hold what is new. A new version of a held article stays in its story; an old one is left out."""
        newest = {article.article_id: article for article in sorted(new, key=lambda s: s.version)}
        for article in sorted(newest.values(), key=age):
            held = self.state.articles.get(article.article_id)
            if held is None or held.version < article.version:
                self.state.hold(article._replace(kin=()) if held is None else _succeed(held, article))
                self.fresh.append(article.article_id)
        for article_id in self.fresh:
            self.state.change(article_id, kin=self._find_kin(self.state.articles[article_id]))

    def settle_copies(self) -> None:
        """Point the new articles, and those that carry their text, to the earliest that does."""
        for article_id in self.fresh:
            first, *copies = self._carriers(self.state.articles[article_id])
            story_id = first.story_id or next((copy.story_id for copy in copies if copy.story_id), None)
            self._change(first.article_id, copy_of=None, story_id=story_id)
            for copy in copies:
                self._change(copy.article_id, copy_of=first.article_id)

    def settle_stories(self) -> None:
        """Work out anew the stories that the new articles touch."""
        units = self._touched_units()
        atoms = dict(atom for unit in units for atom in self._atoms(unit))
        atom_of = {article_id: atom for atom, articles in atoms.items() for article_id in articles}
        pairs = [(atom_of[a], atom_of[b]) for a in atom_of for b in self._close_kin(a) if b in atom_of]
        pairs += [pair for unit in units for pair in combinations(unit, 2) if pair[1] in atoms and self._close(*pair)]
        edges = {(a, b) for a, b in pairs if a != b}
        shown = {atom: _shown(articles) for atom, articles in atoms.items()}
        groups = average_linkage(shown, edges, self.score, self.weights.threshold, self._penalty)
        self._name_stories([[i for atom in group for i in atoms[atom]] for group in groups])
        for article_id in [*self.fresh, *self.before]:
            original = self.state.original(article_id)
            self._change(article_id, story_id=self.state.articles[original].story_id)

    def outputs(self) -> Outputs:
        """What is to be written: new articles, and held ones whose placement changed."""
        fresh = set(self.fresh)
        moved = {i for i, old in self.before.items() if _placement(self.state.articles[i]) != _placement(old)}
        for article_id in moved - fresh:
            self.state.change(article_id, revision=self.state.articles[article_id].revision + 1)
        rows = [self.state.articles[i] for i in sorted(fresh | moved)]
        were = {old.story_id for old in self.before.values() if old.story_id}
        left = (story_id for story_id in were if not self.state.members(story_id))
        merges = sorted(StoryMerge(story_id, self._successor(story_id)) for story_id in left)
        return Outputs([_placement(row) for row in rows], merges, rows)

    def score(self, a: str, b: str) -> float:
        """The score of two held articles, within limits."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self.scores:
            first, second = (self.state.articles[i] for i in pair)
            value = -SCORE_LIMIT
            if not _bar(first, second):
                value = score(self._compared(self.state.articles[a]).features(self.state.articles[b]), self.weights)
            self.scores[pair] = max(-SCORE_LIMIT, min(SCORE_LIMIT, value))
        return self.scores[pair]

    def _penalty(self, a: Sequence[str], b: Sequence[str]) -> float:
        return contrast(*([self.state.articles[i] for i in group] for group in (a, b))).penalty

    def _compared(self, article: Signature) -> Comparison:
        if self.comparison is None or self.comparison.article is not article:
            self.comparison = Comparison(article, self.state.rarities)
        return self.comparison

    def _change(self, article_id: str, **fields) -> None:
        self.before.setdefault(article_id, self.state.articles[article_id])
        self.state.change(article_id, **fields)

    def _find_kin(self, article: Signature) -> list[str]:
        """The articles that may report the same event, the likeliest first."""
        near = [other.article_id for other in self.state.near(article)]
        scores = {other: self.score(article.article_id, other) for other in near}
        likely = [i for i, value in scores.items() if value >= self.weights.threshold - KIN_MARGIN]
        return sorted(likely, key=lambda i: (-scores[i], i))[:KIN_COUNT]

    def _carriers(self, article: Signature) -> list[Signature]:
        """The articles that carry one text with this one, itself among them, the oldest first."""
        same = [other.article_id for other in self.state.near_copies(article) if is_copy(article, other)]
        ids = {article.article_id, *same, *(self.state.original(i) for i in same)}
        return sorted((self.state.articles[i] for i in ids), key=age)

    def _close_kin(self, article_id: str) -> list[str]:
        """The originals of the articles that are near enough to be joined with this one."""
        held = sorted(i for i in self.state.kin(article_id) if i in self.state.articles)
        self.state.articles.fetch(held)
        return [self.state.original(i) for i in held if self._close(article_id, i)]

    def _close(self, a: str, b: str) -> bool:
        return self.score(a, b) >= self.weights.threshold

    def _unit(self, article_id: str) -> tuple[str, ...]:
        """The original articles of its story, the oldest first; itself, if it has none yet."""
        story_id = self.state.articles[article_id].story_id
        members = self.state.members(story_id) if story_id else {article_id}
        originals = (self.state.articles[i] for i in members if self.state.original(i) == i)
        return tuple(article.article_id for article in sorted(originals, key=age))

    def _touched_units(self) -> list[tuple[str, ...]]:
        """The units of the new articles, and from there along close kin, as far as may be reconsidered at a time."""
        touched = sorted(self.state.articles) if self._has_outgrown() else self.fresh
        queue = [self.state.original(article_id) for article_id in touched]
        limit = len(queue) + OPEN_ARTICLES
        units, seen, taken = [], set(), 0
        for article_id in queue:  # grows
            if article_id in seen:
                continue
            unit = self._unit(article_id)
            seen.update(unit)
            units.append(unit)
            taken += len(unit)
            if taken <= limit and len(unit) <= OPEN_STORY:
                queue += [other for member in unit for other in self._close_kin(member)]
        return units

    def _has_outgrown(self) -> bool:
        """Whether so many more articles are held that what was decided among fewer deserves another look."""
        sizes = (self.size_before, len(self.state))
        before, after = (int(math.log(max(size, 1), GROWTH)) for size in sizes)
        return before < after and len(self.state) <= FEW_ARTICLES

    def _atoms(self, unit: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """The articles of a unit one by one, or a large story as a whole."""
        return [(unit[0], unit)] if len(unit) > OPEN_STORY else [(i, (i,)) for i in unit]

    def _name_stories(self, groups: list[list[str]]) -> None:
        """Give each group the oldest of the stories that it continues, or a new one."""
        for group, story_id in zip(groups, self._story_ids(groups), strict=True):
            for article_id in group:
                self._change(article_id, story_id=story_id)

    def _story_ids(self, groups: list[list[str]]) -> list[str]:
        claims = self._claims(groups)
        return [claims.get(number) or self._new_story_id(group) for number, group in enumerate(groups)]

    def _claims(self, groups: list[list[str]]) -> dict[int, str]:
        """Which group continues which story: the one with its first (live) article; of several stories, the oldest."""
        articles = [(self.state.articles[i], number) for number, group in enumerate(groups) for i in group]
        placed = sorted((p for p in articles if p[0].story_id), key=lambda p: age(p[0]))
        firsts = {}
        for article, number in sorted(placed, key=lambda p: story_id_of(p[0].article_id) != p[0].story_id):
            firsts.setdefault(article.story_id, (age(article), number))
        claims = {}
        for story_id, (_, number) in sorted(firsts.items(), key=lambda item: (item[1][0], item[0])):
            claims.setdefault(number, story_id)
        return claims

    def _new_story_id(self, group: list[str]) -> str:
        first = min((self.state.articles[i] for i in group), key=age)
        story_id = story_id_of(first.article_id, first.story_id, first.revision)
        if self.state.members(story_id):  # its own of long ago, when it was forgotten and the story went on
            return story_id_of(first.article_id, story_id, first.revision)
        return story_id

    def _successor(self, story_id: str) -> str:
        """The story that now holds the first article of one that is no more."""
        members = [i for i, old in self.before.items() if old.story_id == story_id]
        first = min(members, key=lambda i: (story_id_of(i) != story_id, age(self.before[i])))
        return self.state.articles[first].story_id


def _shown(articles: Sequence[str]) -> Sequence[str]:
    """The articles that stand for a large story: its first and its latest."""
    half = SHOWN_MEMBERS // 2
    return articles if len(articles) <= SHOWN_MEMBERS else (*articles[:half], *articles[-half:])


def _succeed(held: Signature, article: Signature) -> Signature:
    """The new version of a held article: it stays where its predecessor was."""
    return article._replace(story_id=held.story_id, copy_of=held.copy_of, revision=held.revision + 1, kin=())


def _placement(article: Signature) -> Placement:
    return Placement(article.article_id, article.version, article.story_id, article.copy_of)
