"""The live articles, with what it takes to find those near a new one."""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from heapq import heappop, heappush
from typing import Optional

import pyarrow as pa

from transforms.stories.archive import SCHEMA, Archive
from transforms.stories.candidates import CandidateIndex
from transforms.stories.evidence import Rarities
from transforms.stories.similarity import Signature

DAY_SECONDS = 86_400.0
LOOKED_UP_TERMS = 40
LOOKED_UP_COPIES = 20
LEAST_SHARED = 50.0  # the squared rarity of what two articles share: one pair in two hundred that may be kin has less
WASTE, LEAST_WASTE = 2, 1_000  # articles come across, to those held
MOST_HELD = 400_000  # articles of a language: memory is bounded whatever comes


def age(article: Signature) -> tuple[float, str]:
    """What articles are ordered by: the oldest first, ties by id."""
    return (article.time, article.article_id)


class StoryState:
    """The live articles and their stories: an archive, and in memory what was asked for or changed since.

    It is made from signatures alone, so that it can be thrown away after every run.
    """

    def __init__(self, archive: Optional[Archive] = None):
        self._archive = archive or Archive.of([])
        self.articles = _Articles(self._archive)
        self.rarities = Rarities.of(self._archive)
        self._members: dict[str, set[str]] = {}  # story_id: article_ids, of the stories asked for
        self._kin: dict[str, set[str]] = {}  # article_id: article_ids, both ways, of the articles asked for
        self._by_time = list(zip(self._archive.times, self._archive.ids, strict=True))  # heap; may name what is gone
        self._newest = max(self._archive.times, default=0.0)
        self._ids = list(self._archive.ids)  # by slot
        self._slots = {article_id: slot for slot, article_id in enumerate(self._ids)}
        self._words = CandidateIndex(self._archive.rows_with)
        self._sketches = CandidateIndex(self._archive.sketches.__getitem__)

    @classmethod
    def from_signatures(cls, signatures: Iterable[Signature]) -> "StoryState":
        """The state that held these articles; of several rows of one, the newest."""
        return cls(Archive.of(signatures))

    @classmethod
    def from_tables(cls, tables: Iterable[pa.Table]) -> "StoryState":
        """The same from rows in columns."""
        return cls(Archive(pa.concat_tables([SCHEMA.empty_table(), *tables])))

    def __len__(self) -> int:
        return len(self.articles)

    def tidied(self) -> "StoryState":
        """Itself, or the same made anew when most of what it has come across is forgotten."""
        return self if len(self._ids) < WASTE * len(self) + LEAST_WASTE else self.from_signatures(self.signatures())

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
        self._words.add(slot, _keys(article, article.terms))
        self._sketches.add(slot, article.sketch)
        if article.story_id:
            self.members(article.story_id).add(article.article_id)
        self.relate(article.article_id, article.kin)

    def drop(self, article_id: str) -> None:
        """Forget an article."""
        article, slot = self.articles.pop(article_id), self._slots.pop(article_id)
        self.rarities.remove(article)
        self._words.remove(slot)
        self._sketches.remove(slot)
        if article.story_id:
            self.members(article.story_id).discard(article_id)
        for other in self.kin(article_id):
            self.kin(other).discard(article_id)
        self.kin(article_id).clear()

    def members(self, story_id: str) -> set[str]:
        """The held articles of a story."""
        if story_id not in self._members:
            self._members[story_id] = self._archive.members(story_id)
        return self._members[story_id]

    def kin(self, article_id: str) -> set[str]:
        """The articles that may report the same event; some may not be held (any more)."""
        if article_id not in self._kin:
            self._kin[article_id] = self._archive.kin(article_id)
        return self._kin[article_id]

    def relate(self, article_id: str, kin: Iterable[str]) -> None:
        """Note which articles may report the same event."""
        for other in kin:
            self.kin(article_id).add(other)
            self.kin(other).add(article_id)

    def change(self, article_id: str, **fields) -> None:
        """Change fields of a held article that it is not looked up by: its kin, its story, what it copies."""
        old = self.articles[article_id]
        new = self.articles[article_id] = old._replace(**fields)
        if new.story_id != old.story_id:
            if old.story_id:
                self.members(old.story_id).discard(article_id)
            self.members(new.story_id).add(article_id)
        self.relate(article_id, new.kin)

    def original(self, article_id: str) -> str:
        """The held article whose text this one carries: mostly itself."""
        copy_of = self.articles[article_id].copy_of
        return copy_of if copy_of in self.articles else article_id

    def expire(self, live_days: float, most: int = MOST_HELD) -> None:
        """Forget the articles that are older than the newest one by more than so many days, and the oldest of many."""
        oldest = self._newest - live_days * DAY_SECONDS
        while self._by_time and (self._by_time[0][0] < oldest or len(self) > most):
            time, article_id = heappop(self._by_time)
            if article_id in self.articles and self.articles[article_id].time == time:
                self.drop(article_id)

    def near(self, article: Signature) -> Iterator[Signature]:
        """Held articles that may report the same event, the nearest first."""
        keys = _keys(article, article.terms[:LOOKED_UP_TERMS])
        return self._found(self._words.nearest(keys, self._weight, least=LEAST_SHARED), article)

    def near_copies(self, article: Signature) -> Iterator[Signature]:
        """Held articles that may carry the same text, the nearest first."""
        return self._found(self._sketches.most_shared(article.sketch, LOOKED_UP_COPIES), article)

    def _found(self, slots: Iterable[int], article: Signature) -> Iterator[Signature]:
        ids = [self._ids[slot] for slot in slots]
        self.articles.fetch(ids)
        return (self.articles[i] for i in ids if i != article.article_id)

    def _weight(self, key: str) -> float:
        kinds = {"t": self.rarities.terms, "n": self.rarities.names, "#": self.rarities.numbers}
        return max(0.0, kinds[key[0]](key[1:]) - 1.0) ** 2


class _Articles(MutableMapping[str, Signature]):
    """Signatures by article_id: those of an archive, until they are changed or taken out."""

    def __init__(self, archive: Archive):
        self._archive, self._left = archive, set(archive)
        self._made: dict[str, Signature] = {}

    def fetch(self, article_ids: Iterable[str]) -> None:
        """Make the objects of these articles together."""
        missing = [article_id for article_id in article_ids if article_id in self._left]
        if not missing:
            return
        for article_id, article in zip(missing, self._archive.fetch(missing), strict=True):
            self[article_id] = article

    def __len__(self) -> int:
        return len(self._left) + len(self._made)

    def __iter__(self) -> Iterator[str]:
        return iter([*self._left, *self._made])  # what is asked for on the way changes both

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._made or article_id in self._left

    def __getitem__(self, article_id: str) -> Signature:
        if article_id in self._left:
            self.fetch([article_id])
        return self._made[article_id]

    def __setitem__(self, article_id: str, article: Signature) -> None:
        self._left.discard(article_id)
        self._made[article_id] = article

    def __delitem__(self, article_id: str) -> None:
        self._left.discard(article_id)
        self._made.pop(article_id, None)


def _keys(article: Signature, terms: Sequence[str]) -> list[str]:
    """What an article is found by: as in an archive, all its words; it looks for others by its most telling ones."""
    return [
        *("t" + term for term in terms),
        *("n" + name for name in article.names),
        *("#" + number for number in article.numbers),
    ]
