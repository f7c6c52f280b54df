"""Receive: from messages that name an article's address to entries, as if a feed had listed them."""

import dataclasses
import json
from typing import Any, Optional

import apache_beam as beam
from apache_beam.utils.timestamp import Timestamp

from transforms.errors import Failure
from transforms.fates import Attempt, Fates
from transforms.records import Entry, Message
from transforms.unpack import entry_of
from transforms.web.feeds import clean_line
from transforms.web.urls import absolute_url

KEYS = frozenset({"url", "outlet", "title", "published_at"})
MAX_CHARACTERS = 20_000


@dataclasses.dataclass
class ReceiveEntries(beam.PTransform):
    """In: Message. Out: Entry. A dead letter for a message that names no address (`message`). Stateless."""

    fates: Fates

    def expand(self, messages: beam.PCollection) -> beam.PCollection:
        return messages | Attempt("receive", read_message, Entry, self.fates)


def message_of(data: bytes) -> Message:
    """A message as it came: text, bounded."""
    return Message(data.decode("utf-8", "replace")[:MAX_CHARACTERS])


def read_message(message: Message) -> Entry:
    """The entry that a message names: an address, or a JSON object with `url`, and `outlet`, `title`, `published_at`.

    Failure `message` says what is wrong with it.
    """
    text, now = message.text.strip(), Timestamp.now()
    fields = _parse(text) if text.startswith("{") else {"url": text}
    url = absolute_url(_text(fields, "url"), "")
    if url is None:
        raise Failure("message", f"no http(s) address in {text[:200]!r}")
    published = _time(_text(fields, "published_at"))
    return entry_of(url, now)._replace(
        outlet=clean_line(_text(fields, "outlet") or ""),
        title=clean_line(_text(fields, "title") or "") or None,
        published_at=published and min(published, now),
    )


def _parse(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Failure("message", f"neither an address nor JSON: {text[:200]!r}") from error
    unknown = sorted(set(fields) - KEYS)
    if unknown:
        raise Failure("message", f"unknown key {unknown[0][:80]!r}; known are {', '.join(sorted(KEYS))}")
    return fields


def _text(fields: dict[str, Any], key: str) -> Optional[str]:
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value
    raise Failure("message", f"{key}: expected a text, got {str(value)[:80]!r}")


def _time(text: Optional[str]) -> Optional[Timestamp]:
    if text is None:
        return None
    try:
        return Timestamp.from_rfc3339(text)
    except ValueError as error:
        raise Failure(
            "message", f"published_at: expected a time such as 2026-03-01T08:00:00Z, got {text[:80]!r}"
        ) from error
