"""Messages that name an address: what they may say, and what is a dead letter."""

import json

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.utils.timestamp import Timestamp

from transforms.errors import Failure
from transforms.fates import Fates
from transforms.receive import ReceiveEntries, message_of, read_message
from transforms.records import Message

URL = "https://outlet.example/a"


@pytest.mark.parametrize("text", [URL, f" {URL}\n", json.dumps({"url": URL}), json.dumps({"url": URL, "title": None})])
def test_a_message_is_an_address(text):
    entry = read_message(Message(text))
    assert (entry.url, entry.link, entry.feed_url, entry.outlet, entry.title) == (URL, URL, None, "", None)


def test_a_message_may_say_what_a_feed_would():
    fields = {"url": URL + "?utm_source=x", "outlet": " The\nOutlet", "title": "A title"}
    entry = read_message(Message(json.dumps(fields | {"published_at": "2026-03-01T08:00:00+01:00"})))
    assert (entry.url, entry.outlet, entry.title) == (URL, "The Outlet", "A title")
    assert entry.published_at == Timestamp.from_rfc3339("2026-03-01T07:00:00Z")
    assert read_message(Message(json.dumps({"url": URL, "published_at": "2999-01-01T00:00:00Z"}))).published_at <= (
        Timestamp.now()
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no http"),
        ("ftp://x", "no http"),
        ("file:///etc/passwd", "no http"),
        ("{", "neither an address nor JSON"),
        ("{" + '"a":{' * 50_000, "neither an address nor JSON"),
        ("{}", "no http"),
        (json.dumps({"url": 7}), "url: expected a text"),
        (json.dumps({"url": URL, "titel": "x"}), "unknown key 'titel'"),
        (json.dumps({"url": URL, "published_at": "soon"}), "expected a time such as"),
        (message_of(b"\xff\xfe" * 40_000).text, "no http"),
    ],
)
def test_a_bad_message_says_what_is_wrong(text, complaint):
    with pytest.raises(Failure, match=complaint) as failure:
        read_message(Message(text))
    assert failure.value.reason == "message" and not failure.value.transient


def test_a_bad_message_is_a_dead_letter_and_the_others_go_on():
    fates = Fates()
    with TestPipeline("FnApiRunner") as pipeline:
        messages = pipeline | beam.Create([Message("nonsense"), Message(URL)]).with_output_types(Message)
        assert_that(messages | ReceiveEntries(fates) | beam.Map(_url), equal_to([URL]), label="entries")
        letters = fates.letters | beam.Flatten() | beam.Map(_cause)
        assert_that(letters, equal_to([("receive", "message", "nonsense")]), label="letters")


def _url(entry):
    return entry.url


def _cause(letter):
    return letter.stage, letter.reason, letter.key
