"""One story for one event, across outlets: a pure function over what dedupe remembers.

Three duplicates, three answers. The same URL is one article: its canonical URL is its id. The same text elsewhere is a
copy (`copies`): it points to the earliest article that carries the text, and belongs to that article's story. The same
event in other words is one story (`evidence`): who, where, when and the numbers decide, not only the vocabulary.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import product
from typing import NamedTuple, Optional

from transforms.candidates import CandidateIndex
from transforms.copies import containment, is_copy
from transforms.evidence import FEATURES, Evidence, Rarities, Weights, features, packaged_weights, score
from transforms.similarity import Signature

DAY_SECONDS = 86_400.0
LIVE_DAYS = 90.0
COMPARED_MEMBERS = 12  # of a story, with each new article


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


def story_id_of(article_id: str) -> str:
    """The id of the story whose first article this is."""
    return hashlib.sha256(f"story\x1f{article_id}".encode()).hexdigest()[:20]


class StoryState:
    """The live articles, with what it takes to find those near a new one."""

    def __init__(self):
        self.articles: dict[str, Signature] = {}
        self.members: dict[str, set[str]] = defaultdict(set)  # story_id: article_ids
        self.rarities = Rarities.empty()
        self._slots: dict[str, int] = {}
        self._ids: list[str] = []
        self._words = CandidateIndex()
        self._sketches = CandidateIndex()

    @classmethod
    def from_signatures(cls, signatures: Iterable[Signature]) -> "StoryState":
        """The state that held these articles; of several rows of one, the newest."""
        newest: dict[str, Signature] = {}
        for signature in signatures:
            if signature.article_id not in newest or newest[signature.article_id].revision < signature.revision:
                newest[signature.article_id] = signature
        state = cls()
        for signature in sorted(newest.values(), key=_age):
            state.hold(signature)
        return state

    def __len__(self) -> int:
        return len(self.articles)

    def signatures(self) -> list[Signature]:
        """All live signatures, from which the state can be made again."""
        return [self.articles[i] for i in sorted(self.articles)]

    def hold(self, article: Signature) -> None:
        """Remember an article, in place of an earlier version of it."""
        if article.article_id in self.articles:
            self.drop(article.article_id)
        slot = len(self._ids)
        self._ids.append(article.article_id)
        self._slots[article.article_id] = slot
        self.articles[article.article_id] = article
        self.rarities.add(article)
        self._words.add(slot, _keys(article))
        self._sketches.add(slot, article.sketch)
        if article.story_id:
            self.members[article.story_id].add(article.article_id)

    def drop(self, article_id: str) -> None:
        """Forget an article."""
        article = self.articles.pop(article_id)
        slot = self._slots.pop(article_id)
        self.rarities.remove(article)
        self._words.remove(slot)
        self._sketches.remove(slot)
        if article.story_id:
            self.members[article.story_id].discard(article_id)

    def place(self, article_id: str, story_id: str, copy_of: Optional[str]) -> None:
        """Note what was decided of an article that is held."""
        article = self.articles[article_id]
        if article.story_id:
            self.members[article.story_id].discard(article_id)
        self.articles[article_id] = article._replace(story_id=story_id, copy_of=copy_of, revision=article.revision + 1)
        self.members[story_id].add(article_id)

    def near(self, article: Signature) -> Iterator[Signature]:
        """Held articles that may report the same event."""
        weight = lambda key: self._rarity(key) ** 2  # noqa: E731
        for slot in self._words.nearest(_keys(article), weight):
            if self._ids[slot] != article.article_id:
                yield self.articles[self._ids[slot]]

    def near_copies(self, article: Signature) -> Iterator[Signature]:
        """Held articles that may carry the same text."""
        for slot, _ in self._sketches.holders(article.sketch).most_common(20):
            if self._ids[slot] != article.article_id:
                yield self.articles[self._ids[slot]]

    def _rarity(self, key: str) -> float:
        kind = {"t": self.rarities.terms, "n": self.rarities.names, "#": self.rarities.numbers}[key[0]]
        return max(0.0, kind(key[1:]) - 1.0)


def merge(
    state: StoryState, new: Iterable[Signature], weights: Optional[Weights] = None, live_days: float = LIVE_DAYS
) -> tuple[StoryState, Outputs]:
    """Place new articles among those held.

    No clock and no I/O; the same state and articles, in any order, give the same outputs. The state given is used up:
    go on with the one returned.
    """
    weights = weights or packaged_weights()
    new_ids = []
    for article in _newest_versions(new):
        held = state.articles.get(article.article_id)
        if held and held.version >= article.version:
            continue
        if held:
            article = article._replace(story_id=held.story_id, copy_of=held.copy_of, revision=held.revision + 1)
        state.hold(article)
        new_ids.append(article.article_id)
    changed = set(new_ids)
    decided = _Clustering(state, weights).run(new_ids)
    merges = []
    for cluster, story_id, merged in decided:
        merges += [StoryMerge(old, story_id) for old in merged]
        for article_id in cluster:
            article = state.articles[article_id]
            if article.story_id != story_id:
                changed.add(article_id)
                state.place(article_id, story_id, article.copy_of)
    for article_id in list(new_ids):
        changed |= _settle_copies(state, article_id)
    rows = [state.articles[i] for i in sorted(changed)]
    outputs = Outputs([Placement(a.article_id, a.version, a.story_id, a.copy_of) for a in rows], sorted(merges), rows)
    _expire(state, live_days)
    return state, outputs


def explain(
    a: Signature, b: Signature, state: Optional[StoryState] = None, weights: Optional[Weights] = None
) -> Evidence:
    """Why two articles are, or are not, one story: judged by the articles held, else by general English."""
    weights = weights or packaged_weights()
    values = features(a, b, state.rarities if state else Rarities.empty())
    total = score(values, weights)
    shared, same_text = containment(a, b), is_copy(a, b)
    return Evidence(
        dict(zip(FEATURES, values, strict=True)),
        weights.features,
        weights.bias,
        total,
        weights.threshold,
        total >= weights.threshold or same_text,
        shared,
        same_text,
    )


def live(signatures: Iterable[Signature], times: Iterable[float], live_days: float = LIVE_DAYS) -> list[Signature]:
    """Of the signatures ever written, those that matter to articles of these times."""
    times = list(times)
    if not times:
        return []
    reach = live_days * DAY_SECONDS
    return [s for s in signatures if min(times) - reach <= s.time <= max(times) + reach]


def _newest_versions(new: Iterable[Signature]) -> list[Signature]:
    newest = {}
    for article in sorted(new, key=lambda s: (s.version, s.time)):
        newest[article.article_id] = article
    return sorted(newest.values(), key=_age)


def _age(article: Signature) -> tuple[float, str]:
    return (article.time, article.article_id)


def _keys(article: Signature) -> list[str]:
    return [
        *("t" + term for term in article.terms[:40]),
        *("n" + name for name in article.names),
        *("#" + number for number in article.numbers),
    ]


def _expire(state: StoryState, live_days: float) -> None:
    oldest = max((a.time for a in state.articles.values()), default=0.0) - live_days * DAY_SECONDS
    for article_id in [i for i, a in state.articles.items() if a.time < oldest]:
        state.drop(article_id)


def _settle_copies(state: StoryState, article_id: str) -> set[str]:
    """Point an article, and those that carry its text, to the earliest of them. Returns the articles changed."""
    article = state.articles[article_id]
    carriers = {other.article_id: other for other in state.near_copies(article) if is_copy(article, other)}
    if not carriers:
        return set()
    originals = [state.articles[c.copy_of] for c in carriers.values() if c.copy_of in state.articles]
    group = sorted({c.article_id: c for c in (article, *carriers.values(), *originals)}.values(), key=_age)
    changed = set()
    for carrier in group:
        copy_of = group[0].article_id if carrier is not group[0] else None
        if carrier.copy_of != copy_of:
            state.place(carrier.article_id, carrier.story_id, copy_of)
            changed.add(carrier.article_id)
    return changed


class _Clustering:
    """Average linkage, best pair first, among the new articles and the stories near them."""

    def __init__(self, state: StoryState, weights: Weights):
        self.state, self.weights = state, weights
        self.scores: dict[tuple[str, str], float] = {}
        self.groups: dict[str, list[str]] = {}  # name of a group: its articles
        self.stories: dict[str, list[str]] = {}  # name of a group: the ids of the stories in it
        self.group_of: dict[str, str] = {}

    def run(self, new_ids: Sequence[str]) -> list[tuple[list[str], str, list[str]]]:
        """Groups with new articles or merged stories: (article_ids, story_id, story_ids merged into it)."""
        edges = defaultdict(set)
        for article_id in new_ids:
            article = self.state.articles[article_id]
            mine = self._group(article_id)
            for other in (*self.state.near(article), *self.state.near_copies(article)):
                if self.pair(article_id, other.article_id) >= self.weights.threshold:
                    theirs = self._group(other.article_id)
                    if theirs != mine:
                        edges[mine].add(theirs)
                        edges[theirs].add(mine)
        self._link(edges)
        return [self._outcome(name) for name in sorted(self.groups)]

    def pair(self, a: str, b: str) -> float:
        key = (a, b) if a < b else (b, a)
        if key not in self.scores:
            first, second = self.state.articles[key[0]], self.state.articles[key[1]]
            value = score(features(first, second, self.state.rarities), self.weights)
            self.scores[key] = 20.0 if is_copy(first, second) else max(-20.0, min(20.0, value))
        return self.scores[key]

    def _group(self, article_id: str) -> str:
        if article_id not in self.group_of:
            story = self.state.articles[article_id].story_id
            members = sorted(self.state.members[story]) if story else [article_id]
            name = min(members)
            self.groups[name] = members
            self.stories[name] = [story] if story else []
            self.group_of.update(dict.fromkeys(members, name))
        return self.group_of[article_id]

    def _linkage(self, a: str, b: str) -> float:
        pairs = list(product(self._shown(a), self._shown(b)))
        return sum(self.pair(x, y) for x, y in pairs) / len(pairs)

    def _shown(self, name: str) -> list[str]:
        members = sorted((self.state.articles[i] for i in self.groups[name]), key=_age)
        if len(members) > COMPARED_MEMBERS:
            members = members[: COMPARED_MEMBERS // 2] + members[-COMPARED_MEMBERS // 2 :]
        return [m.article_id for m in members]

    def _link(self, edges: dict[str, set[str]]) -> None:
        heap = [(-self._linkage(a, b), a, b) for a in edges for b in edges[a] if a < b]
        heapify(heap)
        current = {(a, b): value for value, a, b in heap}
        while heap:
            value, a, b = heappop(heap)
            if current.get((a, b)) != value:
                continue
            if -value < self.weights.threshold:
                break
            self._join(a, b, edges)
            for other in edges[a]:
                pair = (a, other) if a < other else (other, a)
                current[pair] = -self._linkage(*pair)
                heappush(heap, (current[pair], *pair))
            for other in list(current):
                if b in other:
                    del current[other]

    def _join(self, a: str, b: str, edges: dict[str, set[str]]) -> None:
        self.groups[a] = self.groups[a] + self.groups.pop(b)
        self.stories[a] = self.stories[a] + self.stories.pop(b)
        edges[a] = (edges[a] | edges.pop(b)) - {a, b}
        for other in edges[a]:
            edges[other].discard(b)
            edges[other].add(a)

    def _outcome(self, name: str) -> tuple[list[str], str, list[str]]:
        members = sorted((self.state.articles[i] for i in self.groups[name]), key=_age)
        ids = [m.article_id for m in members]
        stories = list(dict.fromkeys(m.story_id for m in members if m.story_id))
        return (ids, stories[0], stories[1:]) if stories else (ids, story_id_of(ids[0]), [])
