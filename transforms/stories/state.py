"""The live articles, with what it takes to find those near a new one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from transforms.stories.candidates import CandidateIndex
from transforms.stories.evidence import Rarities
from transforms.stories.similarity import Signature

DAY_SECONDS = 86_400.0
LOOKED_UP_TERMS = 40
LOOKED_UP_COPIES = 20


def age(article: Signature) -> tuple[float, str]:
    """What articles are ordered by: the oldest first, ties by id."""
    return (article.time, article.article_id)


class StoryState:
    """The live articles and their stories.

    It is made from signatures alone, so that it can be thrown away after every run; memory is about 4 kB an article.
    """

    def __init__(self):
        self.articles: dict[str, Signature] = {}
        self.members: dict[str, set[str]] = defaultdict(set)  # story_id: article_ids
        self.kin: dict[str, set[str]] = defaultdict(set)  # article_id: article_ids, both ways
        self.rarities = Rarities.empty()
        self._by_time: list[tuple[float, str]] = []  # heap; may name articles that are gone
        self._newest = 0.0
        self._ids: list[str] = []  # by slot
        self._slots: dict[str, int] = {}
        self._words = CandidateIndex()
        self._sketches = CandidateIndex()

    @classmethod
    def from_signatures(cls, signatures: Iterable[Signature]) -> "StoryState":
        """The state that held these articles; of several rows of one, the newest."""
        newest: dict[str, Signature] = {}
        for article in signatures:
            if article.article_id not in newest or newest[article.article_id].revision < article.revision:
                newest[article.article_id] = article
        state = cls()
        for article in sorted(newest.values(), key=age):
            state.hold(article)
        return state

    def __len__(self) -> int:
        return len(self.articles)

    def signatures(self) -> list[Signature]:
        """All live signatures, the oldest first: the state can be made again from them."""
        return sorted(self.articles.values(), key=age)

    def hold(self, article: Signature) -> None:
        """Remember an article, in place of an earlier version of it."""
        if article.article_id in self.articles:
            self.drop(article.article_id)
        slot = self._slots[article.article_id] = len(self._ids)
        self._ids.append(article.article_id)
        self.articles[article.article_id] = article
        heappush(self._by_time, age(article))
        self._newest = max(self._newest, article.time)
        self.rarities.add(article)
        self._words.add(slot, _keys(article))
        self._sketches.add(slot, article.sketch)
        if article.story_id:
            self.members[article.story_id].add(article.article_id)
        self.relate(article.article_id, article.kin)

    def drop(self, article_id: str) -> None:
        """Forget an article."""
        article, slot = self.articles.pop(article_id), self._slots.pop(article_id)
        self.rarities.remove(article)
        self._words.remove(slot)
        self._sketches.remove(slot)
        self._leave_story(article)
        for other in self.kin.pop(article_id, ()):
            self.kin[other].discard(article_id)

    def relate(self, article_id: str, kin: Iterable[str]) -> None:
        """Note which articles may report the same event; those not held (any more) do no harm."""
        for other in kin:
            self.kin[article_id].add(other)
            self.kin[other].add(article_id)

    def change(self, article_id: str, **fields) -> None:
        """Change fields of a held article that it is not looked up by: its kin, its story, what it copies."""
        old = self.articles[article_id]
        new = self.articles[article_id] = old._replace(**fields)
        if new.story_id != old.story_id:
            self._leave_story(old)
            self.members[new.story_id].add(article_id)
        self.relate(article_id, new.kin)

    def original(self, article_id: str) -> str:
        """The held article whose text this one carries: mostly itself."""
        copy_of = self.articles[article_id].copy_of
        return copy_of if copy_of in self.articles else article_id

    def expire(self, live_days: float) -> None:
        """Forget the articles that are older than the newest one by more than so many days."""
        oldest = self._newest - live_days * DAY_SECONDS
        while self._by_time and self._by_time[0][0] < oldest:
            time, article_id = heappop(self._by_time)
            if article_id in self.articles and self.articles[article_id].time == time:
                self.drop(article_id)

    def near(self, article: Signature) -> Iterator[Signature]:
        """Held articles that may report the same event, the nearest first."""
        return self._found(self._words.nearest(_keys(article), self._weight), article)

    def near_copies(self, article: Signature) -> Iterator[Signature]:
        """Held articles that may carry the same text, the nearest first."""
        return self._found(self._sketches.most_shared(article.sketch, LOOKED_UP_COPIES), article)

    def _found(self, slots: Iterable[int], article: Signature) -> Iterator[Signature]:
        ids = (self._ids[slot] for slot in slots)
        return (self.articles[i] for i in ids if i != article.article_id)

    def _leave_story(self, article: Signature) -> None:
        if article.story_id:
            self.members[article.story_id].discard(article.article_id)
            if not self.members[article.story_id]:
                del self.members[article.story_id]

    def _weight(self, key: str) -> float:
        kinds = {"t": self.rarities.terms, "n": self.rarities.names, "#": self.rarities.numbers}
        return max(0.0, kinds[key[0]](key[1:]) - 1.0) ** 2


def _keys(article: Signature) -> list[str]:
    """What an article is looked up by."""
    return [
        *("t" + term for term in article.terms[:LOOKED_UP_TERMS]),
        *("n" + name for name in article.names),
        *("#" + number for number in article.numbers),
    ]
