"""Polling for ever: what is known of a feed lasts between ticks, and an address belongs to one feed."""

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.test_stream import TestStream
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Duration, Timestamp
from conftest import NOW, Answer

from transforms.fates import Fates
from transforms.records import Feed
from transforms.watch import WatchFeeds

ITEM = "<item><title>{0}</title><link>https://outlet.example/{0}</link><guid>{0}</guid></item>"


def rss(*names):
    items = "".join(ITEM.format(name) for name in names)
    body = f'<rss version="2.0"><channel><title>Outlet</title>{items}</channel></rss>'
    return Answer(body.encode(), headers={"Content-Type": "application/rss+xml"})


def watched(batches, settings, expected, every_seconds=0.0):
    """Feeds come in batches, a minute of watermark apart; `expected` by name of what comes out."""
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    stream = TestStream()
    for number, batch in enumerate(batches):
        at = NOW + Duration.of(60 * number)
        stream = stream.advance_watermark_to(at).add_elements([TimestampedValue(feed, at) for feed in batch])
    fates = Fates()
    with TestPipeline("BundleBasedDirectRunner", options=options) as pipeline:
        feeds = pipeline | stream.advance_watermark_to_infinity() | beam.Map(_same).with_output_types(Feed)
        found = feeds | WatchFeeds(settings, every_seconds, fates)
        found["rejections"] = fates.rejections | "Rejections" >> beam.Flatten()
        for name, wanted in expected.items():
            assert_that(found[name] | f"Words {name}" >> beam.Map(_words), equal_to(wanted), label=name)


def _same(element):
    return element


def _words(row):
    return getattr(row, "title", None) or getattr(row, "outcome", None) or getattr(row, "reason", None) or row.outlet


def test_every_tick_polls_what_is_due_and_brings_what_is_new(site, http_settings):
    site.answers["/feed"] = [rss("a", "b"), rss("b", "c"), rss("b", "c")]
    feed = Feed(site.url("/feed"), "Outlet")
    watched(
        [[feed], [feed], [feed]],
        http_settings,
        {"entries": ["a", "b", "c"], "polls": ["ok", "ok", "not_modified"]},
    )
    assert site.paths() == ["/feed"] * 3


def test_a_feed_that_is_not_due_is_left_alone(site, http_settings):
    site.answers["/feed"] = rss("a")
    feed = Feed(site.url("/feed"), "Outlet")
    watched([[feed], [feed], [feed]], http_settings, {"entries": ["a"], "polls": ["ok"]}, every_seconds=600.0)
    assert site.paths() == ["/feed"]


def test_what_an_earlier_job_knew_of_a_feed_counts(site, http_settings):
    site.answers["/feed"] = rss("a")
    feed = Feed(site.url("/feed"), "Outlet")
    known = feed._replace(polled_at=Timestamp.now(), skip_hours=[], skip_days=[], entry_marks=[])
    watched([[known], [feed]], http_settings, {"entries": [], "polls": []}, every_seconds=600.0)
    assert site.paths() == []
    older = known._replace(polled_at=NOW)
    watched(
        [[older, older._replace(polled_at=NOW - 1)], [feed]], http_settings, {"entries": ["a"]}, every_seconds=600.0
    )


def test_an_address_belongs_to_the_feed_that_listed_it_first(site, http_settings):
    site.answers |= {"/one": rss("a"), "/two": rss("a", "b")}
    one, two = Feed(site.url("/one"), "One"), Feed(site.url("/two"), "Two")
    watched([[one], [two]], http_settings, {"entries": ["a", "b"], "rejections": ["same_url"]})


@pytest.mark.parametrize("answer", [Answer(status=503), Answer(b"no feed")])
def test_a_feed_that_fails_keeps_its_state_and_harms_no_other(answer, site, http_settings):
    site.answers |= {"/bad": [rss("a"), answer, rss("a", "c")], "/good": rss("b")}
    bad, good = Feed(site.url("/bad"), "Bad"), Feed(site.url("/good"), "Good")
    watched([[bad, good], [bad], [bad]], http_settings, {"entries": ["a", "b", "c"]})
