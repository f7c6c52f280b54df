"""The live events of a stream, and where their articles belong: the same merging as in a bounded run, step by step."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from transforms.events.linking import link_events, spot_of
from transforms.events.merging import merge_events
from transforms.records import ArticleEvent, Event, Told

DAY_MICROS = 86_400_000_000


class EventMemory:
    """Newest revisions of events, by story. Can be made again from what it holds."""

    def __init__(self, events: Iterable[Event] = (), places: Iterable[tuple[str, str]] = ()):
        self.events: dict[str, Event] = {}
        self.places: dict[str, str] = {}  # article_id: story_id of the articles that moved since they were told
        self._by_story: dict[str, set[str]] = defaultdict(set)
        self._by_article: dict[str, set[str]] = defaultdict(set)
        self._by_spot: dict[str, set[str]] = defaultdict(set)
        for event in events:
            self.hold(event)
        self.places.update(places)

    def hold(self, event: Event) -> None:
        """Remembers a revision, unless a newer one is held."""
        before = self.events.get(event.event_id)
        if before and before.revision > event.revision:
            return
        if before:
            self._drop(before)
        self.events[event.event_id] = event
        self._by_story[event.story_id].add(event.event_id)
        for claim in event.claims:
            self._by_article[claim.article_id].add(event.event_id)
        if spot := spot_of(event):
            self._by_spot[spot].add(event.event_id)

    def tell(self, told: Told) -> tuple[list[ArticleEvent], list[Event]]:
        """Merges what an article tells: its article events, and the revisions that follow from it."""
        story_id = told.article.story_id or ""
        if told.article.article_id in self.places:
            self.places[told.article.article_id] = story_id
        rows, revisions = merge_events(story_id, self._of(story_id), [(told.article, told.events)])
        return rows, self._held(revisions)

    def move(self, article_id: str, story_id: str) -> list[Event]:
        """Notes that an article belongs to another story now: an event goes where most of its articles are."""
        self.places[article_id] = story_id
        moved: dict[str, list[Event]] = defaultdict(list)
        for event_id in sorted(self._by_article.get(article_id, ())):
            event = self.events[event_id]
            if (story := self._story_of(event)) != event.story_id:
                moved[story].append(event)
        revisions: list[Event] = []
        for story, events in sorted(moved.items()):
            revisions += merge_events(story, [*self._of(story), *events], [])[1]
        return self._held(revisions)

    def expire(self, live_days: float) -> None:
        """Forgets events that were last reported so many days before the newest report."""
        newest = max((event.last_reported_at.micros for event in self.events.values()), default=0)
        for event in list(self.events.values()):
            if event.last_reported_at.micros < newest - live_days * DAY_MICROS:
                self._drop(event)
        self.places = {article: story for article, story in self.places.items() if self._by_article.get(article)}

    def _of(self, story_id: str) -> list[Event]:
        return [self.events[event_id] for event_id in sorted(self._by_story.get(story_id, ()))]

    def _story_of(self, event: Event) -> str:
        stories = Counter(self.places.get(claim.article_id, event.story_id) for claim in event.claims)
        return max(stories, key=lambda story_id: (stories[story_id], story_id))

    def _held(self, revisions: Sequence[Event]) -> list[Event]:
        """The revisions, held, and with the links that follow to and from events of other stories."""
        for event in revisions:
            self.hold(event)
        found = {event.event_id: event for event in revisions}
        for spot in sorted({spot for event in revisions if (spot := spot_of(event))}):
            at_spot = [self.events[event_id] for event_id in sorted(self._by_spot[spot])]
            for event in link_events(at_spot, [event.event_id for event in revisions]):
                self.hold(event)
                found[event.event_id] = event
        return list(found.values())

    def _drop(self, event: Event) -> None:
        del self.events[event.event_id]
        places = [(self._by_story, event.story_id), *((self._by_article, c.article_id) for c in event.claims)]
        if spot := spot_of(event):
            places.append((self._by_spot, spot))
        for index, key in places:
            index[key].discard(event.event_id)
            if not index[key]:
                del index[key]
