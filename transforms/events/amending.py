"""The row of an event with other people, another place, day or type than the rules gave it."""

from transforms.events.codes import codes_of
from transforms.events.confidence import Evidence, confidence, evidence_of_cast, evidence_of_site
from transforms.events.lexicon import OF_WORDS
from transforms.events.locating import PLACE_COLUMNS, Site
from transforms.events.sentences import Sentence
from transforms.events.timing import Timing
from transforms.records import Actor, ArticleEvent

Row = tuple[ArticleEvent, Evidence]


def with_cast(row: Row, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> Row:
    """With other people, their codes and the confidence; day, place and tolls stay as they were told."""
    event, evidence = row
    evidence = evidence_of_cast(evidence, actors, recipients)
    codes = codes_of(event.event_type, event.event_mode, actors, recipients)._asdict()
    cast = {"actors": actors, "recipients": recipients, "confidence": confidence(evidence)}
    return event._replace(**cast, **codes), evidence


def with_site(row: Row, site: Site) -> Row:
    """With another place, which the sentences of the event do not name, and the confidence."""
    event, evidence = row
    evidence = evidence_of_site(evidence, site)
    return event._replace(**site.columns(), confidence=confidence(evidence)), evidence


def ranked(row: Row, rank: int) -> Row:
    """At another rank."""
    event, evidence = row
    if event.rank == rank:
        return row
    evidence = evidence._replace(is_main=float(rank == 1))
    return event._replace(rank=rank, confidence=confidence(evidence)), evidence


def with_kind(row: Row, chance: float) -> Row:
    """With how likely its type is the kind of the article's news, which counts for the confidence."""
    event, evidence = row
    evidence = evidence._replace(of_kind=chance, of_other_kind=1 - chance)
    return event._replace(confidence=confidence(evidence)), evidence


def as_other(row: Row, event_type: str, sentence: Sentence, number: int, word: int) -> Row:
    """As an event of another type, told by that word of the `number`-th sentence; the toll stays with what it was."""
    event, evidence = row
    codes = codes_of(event_type, None, event.actors, event.recipients)._asdict()
    start, end = sentence.span(word, word + 1)
    told = {"event_type": event_type, "event_mode": None, "sentence": sentence.said(), "realis": "actual"}
    event = event._replace(**told, **codes, char_start=start, char_end=end, killed_best=None, injured_best=None)
    of_mentions = ("mentions", "by_verb", "active", "passive", "suffered", "noun", "toll", "doubted", "figurative")
    evidence = evidence._replace(**dict.fromkeys(of_mentions, 0.0), stands_early=1 / (1 + number))
    return event, evidence._replace(of_words=float(event_type in OF_WORDS))


def with_day(row: Row, time: Timing) -> Row:
    """With the day of another sentence than those of the event, and the confidence."""
    event, evidence = row
    evidence = evidence._replace(day_tied=0.0, day_near=1.0)
    day = {"happened_on": time.days.first, "date_precision": time.days.precision, "date_text": time.text}
    return event._replace(**day, confidence=confidence(evidence)), evidence


def site_of(event: ArticleEvent) -> Site:
    """Where a row has its event."""
    return Site(*(getattr(event, name) for name in PLACE_COLUMNS))
