"""The records that flow through the graph, one for each arrow end: feed, entry, page, article, event.

Every record is a `NamedTuple` with a Beam row coder. Times are Beam's `Timestamp` (UTC), days are `datetime.date`,
ids are hexadecimal hashes of what a thing *is* (never of when or where it was processed), so that a retry, a second
run and another machine write the same rows. `None` means not known.

Beam reads these annotations when a graph is built: `Optional[X]`, not `X | None`, and no postponed annotations.
"""

import datetime
import hashlib
from collections.abc import Sequence
from typing import NamedTuple, Optional

from apache_beam.utils.timestamp import Timestamp

from transforms.coders import register


def hash_id(kind: str, *parts: str) -> str:
    """The id (20 hexadecimal digits, 80 bits) of the thing of this `kind` that `parts` name."""
    return hashlib.sha256("\x1f".join((kind, *parts)).encode("utf-8", "replace")).hexdigest()[:20]


class Feed(NamedTuple):
    """A feed as it stands between two polls: what to ask for, and what was known after the last one.

    One row of the table `feeds`. A feed that was never polled has only its address and its outlet.
    """

    feed_url: str
    outlet: str
    polled_at: Optional[Timestamp] = None
    hold_until: Optional[Timestamp] = None  # its server's Retry-After, or our back-off after failures
    etag: Optional[str] = None
    last_modified: Optional[str] = None
    body_hash: Optional[str] = None  # some ETags lie, the body does not
    unconditional_at: Optional[Timestamp] = None  # the last poll without validators
    failures: int = 0  # in a row
    entry_marks: Sequence[str] = ()  # of the entries it listed: id and fingerprint, newest first
    changed_at: Optional[Timestamp] = None  # the last poll that brought something new
    haste: Optional[int] = None  # halvings of its interval in force, because too few entries were known
    wish_seconds: Optional[float] = None  # between two polls, by its ttl, sy:, Cache-Control or Expires
    skip_hours: Sequence[int] = ()  # of the day (GMT) in which it does not want to be asked
    skip_days: Sequence[int] = ()  # of the week; Monday is 0
    validators_lied_at: Optional[Timestamp] = None  # they stayed, or said 304, although the feed had changed
    gone_since: Optional[Timestamp] = None  # the first 410 since it last answered
    moved_to: Optional[str] = None  # where permanent redirects have led since `moved_since`, each time
    moved_since: Optional[Timestamp] = None
    adopted_url: Optional[str] = None  # where it is asked, after a move that lasted; its identity stays feed_url


class Entry(NamedTuple):
    """What a feed says of one article."""

    entry_id: str
    feed_url: Optional[str]  # null: no feed lists it
    outlet: str
    url: str  # canonical: its identity
    link: str  # as listed, absolute: what is fetched
    title: Optional[str]
    published_at: Optional[Timestamp]
    authors: Sequence[str]
    listed_at: Timestamp  # the poll that brought it


class Message(NamedTuple):
    """A message that names an article's address."""

    text: str


class WarcSpan(NamedTuple):
    """A part of a WARC file: the records that begin from byte `start` to before `end`; without `end`, to its end."""

    path: str
    start: int
    end: Optional[int]


class Page(NamedTuple):
    """An entry's page as the server sent it, decompressed."""

    entry: Entry
    page_url: str  # where the redirects ended
    fetched_at: Timestamp
    content_type: str
    body: bytes


class Article(NamedTuple):
    """A cleaned article: one row of the table `articles`. `story_id` and `copy_of` are filled by dedupe."""

    article_id: str
    version: int  # 1, 2, ...: its outlet may correct it
    url: str
    page_url: str
    feed_url: Optional[str]
    outlet: str
    title: Optional[str]
    text: str
    authors: Sequence[str]
    language: Optional[str]  # ISO 639-1
    published_at: Optional[Timestamp]
    published_at_source: Optional[str]  # feed, page
    fetched_at: Timestamp
    word_count: int
    story_id: Optional[str] = None
    copy_of: Optional[str] = None  # article_id of the text that it copies


class StoryMerge(NamedTuple):
    """Two stories turned out to be one; the older id stands. One row of the table `story_merges`."""

    story_id: str
    merged_into: str
    merged_at: Timestamp


class Actor(NamedTuple):
    """Who did it, or to whom it was done."""

    name: Optional[str]  # in full, as known in the article
    text: str  # as written
    country: Optional[str]  # ISO 3166-1 alpha-3
    sector: Optional[str]  # PLOVER: GOV, MIL, REB, COP, CVL, ...


class ArticleEvent(NamedTuple):
    """What one article says of one event: one row of the table `article_events`."""

    article_id: str
    article_version: int
    url: str
    rank: int  # 1: what the article is about
    event_id: Optional[str]  # filled when the events of its story are merged
    event_type: str  # PLOVER
    event_mode: Optional[str]  # PLOVER
    cameo_root: Optional[str]  # 01 to 20
    acled_event_type: Optional[str]
    acled_sub_event_type: Optional[str]
    realis: str  # actual, negated, future, hypothetical, alleged, historical
    actors: Sequence[Actor]
    recipients: Sequence[Actor]
    happened_on: Optional[datetime.date]
    date_precision: Optional[str]  # day, week, month, year
    date_text: Optional[str]
    place_name: Optional[str]
    admin1: Optional[str]
    country: Optional[str]  # ISO 3166-1 alpha-3
    latitude: Optional[float]
    longitude: Optional[float]
    geo_precision: Optional[str]  # place, admin1, country
    killed_best: Optional[int]
    injured_best: Optional[int]
    confidence: Optional[float]  # probability that type, country and day are right
    sentence: str
    char_start: int  # of the trigger, in the article's text
    char_end: int


class Told(NamedTuple):
    """An article, and the events that it reports: perhaps none."""

    article: Article
    events: Sequence[ArticleEvent]


class Claim(NamedTuple):
    """What one article adds to an event: enough to merge the event anew without reading the article again."""

    article_id: str
    article_version: int
    outlet: str
    copy_of: Optional[str]
    reported_at: Timestamp
    title: Optional[str]
    rank: int
    event_type: str
    event_mode: Optional[str]
    realis: str
    actors: Sequence[Actor]
    recipients: Sequence[Actor]
    happened_on: Optional[datetime.date]
    date_precision: Optional[str]
    date_text: Optional[str]
    place_name: Optional[str]
    admin1: Optional[str]
    country: Optional[str]
    latitude: Optional[float]
    longitude: Optional[float]
    geo_precision: Optional[str]
    killed: Optional[int]
    injured: Optional[int]
    confidence: Optional[float]
    sentence: str


class Event(NamedTuple):
    """An event as all articles of its story tell it: one row, and one revision, of the table `events`."""

    event_id: str
    revision: int  # 1, 2, ...
    story_id: str
    event_type: str
    event_mode: Optional[str]
    cameo_root: Optional[str]
    acled_event_type: Optional[str]
    acled_sub_event_type: Optional[str]
    realis: str
    actors: Sequence[Actor]
    recipients: Sequence[Actor]
    happened_on: Optional[datetime.date]
    happened_until: Optional[datetime.date]
    date_precision: Optional[str]
    date_text: Optional[str]
    place_name: Optional[str]
    admin1: Optional[str]
    country: Optional[str]
    latitude: Optional[float]
    longitude: Optional[float]
    geo_precision: Optional[str]
    killed_low: Optional[int]
    killed_best: Optional[int]
    killed_high: Optional[int]
    injured_low: Optional[int]
    injured_best: Optional[int]
    injured_high: Optional[int]
    headline: Optional[str]
    sentence: str
    article_count: int
    outlet_count: int
    independent_count: int  # copies of one text count once
    first_reported_at: Timestamp
    last_reported_at: Timestamp
    confidence: Optional[float]
    claims: Sequence[Claim]  # one for each article
    changes: Sequence[str] = ()  # the columns in which it differs from the revision before
    merged_into: Optional[str] = None  # the event that it turned out to be: stories became one, or tell one happening


class Poll(NamedTuple):
    """One poll of a feed: one row of the table `polls`."""

    feed_url: str
    outlet: str
    polled_at: Timestamp
    outcome: str  # ok, not_modified, gap_suspected (all entries were unknown), or why it failed
    http_status: Optional[int]
    entry_count: Optional[int]
    new_count: Optional[int]
    byte_count: Optional[int]
    duration_ms: int
    next_poll_at: Timestamp  # by the schedule of --every; --once asks whatever nothing holds back
    answer_url: Optional[str] = None  # where redirects ended, if not at feed_url
    truncated: Optional[bool] = None  # it lists more entries than are read of one feed: the newest were


class Rejection(NamedTuple):
    """An element that was rightly left out: one row of the table `rejections`."""

    step: str
    reason: str
    key: str  # its address
    rejected_at: Timestamp


class DeadLetter(NamedTuple):
    """An element that failed: one row of the table `dead_letters`. The payload is the element, to try it again."""

    dead_letter_id: str
    stage: str
    reason: str
    message: str
    key: str  # its address
    payload: str  # JSON
    failed_at: Timestamp
    attempts: int
    retry_at: Optional[Timestamp]  # when a run tries again by itself; null: only `replay` does
    replayed_at: Optional[Timestamp]  # when it came through after all


class Run(NamedTuple):
    """How many elements of a step had one fate in one run: one row of the table `runs`."""

    run_id: str
    started_at: Timestamp
    finished_at: Timestamp
    step: str
    fate: str  # in, out, rejected, dead
    reason: str
    count: int


for _record in (
    Feed,
    Entry,
    Message,
    WarcSpan,
    Page,
    Article,
    StoryMerge,
    Actor,
    ArticleEvent,
    Told,
    Claim,
    Event,
    Poll,
    Rejection,
    DeadLetter,
    Run,
):
    register(_record)
