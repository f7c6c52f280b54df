"""Dedupe in the graph: the same merge in bounded runs and in a stream."""

import itertools
import typing

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.test_stream import TestStream
from apache_beam.testing.util import assert_that
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Duration
from conftest import NOW, make_article

from transforms.dedupe import DedupeArticles, DedupeStream, choose_versions, sign_article
from transforms.fates import Fates, Rejected
from transforms.records import Article
from transforms.stories.archive import pack, to_table
from transforms.stories.similarity import Signature

RAID = (
    "French troops killed a commander of al-Qaeda in the Islamic Maghreb, {who}, in a raid near {town} in northern "
    "Mali on {day}, the armed forces ministry in Paris said. Four of his fighters died with him, and {n} vehicles were "
    "destroyed. He had led the group's brigade in the region since {year} and was wanted for the kidnapping of a "
    "mining engineer. {rest} The operation began before dawn, when helicopters landed paratroopers north "
    "of the town, and ended at noon. Residents said by telephone that they had heard explosions for an hour and that "
    "the market stayed closed. Officers on the ground praised what they called the courage of their men."
)
FIRST = RAID.format(
    who="Abou Mansour al-Tilemsi",
    town="Menaka",
    day="Sunday",
    n="three",
    year="2019",
    rest="No French soldier was hurt.",
)
OTHER_WORDS = (
    "PARIS - The death of the jihadist chief Abou Mansour al-Tilemsi in a French raid at Menaka on Sunday deprives "
    "al-Qaeda in the Islamic Maghreb of its brigade's head in northern Mali. Three vehicles burned and four fighters "
    "fell beside him, according to the armed forces ministry, which spoke of a heavy blow to those who kidnapped a "
    "mining engineer."
)
ELSEWHERE = (
    "Thousands of teachers marched through La Paz for a third day to demand higher pay. The police kept the square in "
    "front of the parliament closed, and the education minister offered to talk on Friday if the strike ended."
)


def article(name, text, hours=0, **changes):
    url = f"https://{name}.example/a"
    when = NOW + Duration.of(3_600 * hours)
    facts = {"article_id": name, "url": url, "page_url": url, "outlet": name, "text": text, "language": "en"}
    facts |= {"published_at": when, "fetched_at": when, "title": text.split(".")[0][:80], "word_count": 70}
    return make_article(**(facts | changes))


NEWS = [
    article("wire", FIRST),
    article("daily", "MENAKA. " + FIRST, 1),
    article("paris", OTHER_WORDS, 2),
    article("andes", ELSEWHERE, 3),
]


@pytest.mark.parametrize(
    ("known", "new", "versions", "reasons"),
    [
        ([], [("a", FIRST, 0)], [("a", 1)], []),
        ([("a", FIRST, 0)], [("a", FIRST, 5)], [], ["unchanged"]),
        ([("a", FIRST, 0)], [("a", OTHER_WORDS, 5)], [("a", 2)], []),
        ([], [("a", FIRST, 0), ("a", OTHER_WORDS, 1)], [("a", 1)], ["same_url"]),
        ([("a", FIRST, 0)], [("a", FIRST, 1), ("a", FIRST, 2)], [], ["same_url", "unchanged"]),
        ([("b", FIRST, 0)], [("a", FIRST, 5)], [("a", 1)], []),
    ],
)
def test_one_address_is_one_article_in_versions(known, new, versions, reasons):
    held = {name: sign_article(article(name, text, hours)).signature for name, text, hours in known}
    chosen, rejected = choose_versions(held, [sign_article(article(*each)) for each in new])
    assert [(signed.article.article_id, signed.article.version) for signed in chosen] == versions
    assert all(signed.signature.version == signed.article.version for signed in chosen)
    assert [reason for _, reason in rejected] == [Rejected(reason) for reason in reasons]


class _Remembered(beam.PTransform):
    """Signatures that earlier runs left."""

    def __init__(self, signatures):
        super().__init__()
        self.signatures = signatures

    def expand(self, times):
        blocks = [pack(to_table(self.signatures))]
        return times.pipeline | beam.Create(blocks, reshuffle=False).with_output_types(bytes)


def _bounded(new, remembered=()):
    """What one bounded run puts out, by name."""
    fates = Fates()
    with TestPipeline("FnApiRunner") as pipeline:
        articles = pipeline | beam.Create(new).with_output_types(Article)
        outputs = articles | DedupeArticles(_Remembered(list(remembered)), fates)
        assert_that(outputs["articles"] | "A" >> beam.Map(_row), _Check("articles"), label="articles")
        assert_that(outputs["signatures"], _Check("signatures"), label="signatures")
        assert_that(fates.rejections | beam.Flatten(), _Check("rejections"), label="rejections")
    rows, signatures, rejected = (_Check.SEEN.pop(name) for name in ("articles", "signatures", "rejections"))
    return sorted(rows), signatures, rejected


def _row(article):
    return article.article_id, article.version, article.story_id, article.copy_of


class _Check:
    """A matcher that only keeps what it is given: the runner is in this process."""

    SEEN: typing.ClassVar[dict] = {}

    def __init__(self, name):
        self.name = name

    def __call__(self, found):
        _Check.SEEN[self.name] = list(found)


def test_a_bounded_run_finds_the_copy_and_the_story():
    rows, signatures, rejected = _bounded(NEWS)
    story = {name: story_id for name, _, story_id, _ in rows}
    assert story["wire"] == story["daily"] == story["paris"] != story["andes"]
    assert {name: copy for name, _, _, copy in rows if copy} == {"daily": "wire"}
    assert {signature.article_id for signature in signatures} == set(story)
    assert rejected == []


def test_two_runs_place_articles_as_one_does():
    at_once, _, _ = _bounded(NEWS)
    first, remembered, _ = _bounded(NEWS[:2])
    second, _, _ = _bounded(NEWS[2:], remembered)
    assert sorted(first + second) == at_once


def test_what_is_remembered_is_not_written_again():
    _, remembered, _ = _bounded(NEWS)
    rows, signatures, rejected = _bounded(NEWS, remembered)
    assert rows == signatures == []
    assert {rejection.reason for rejection in rejected} == {"unchanged"}


def _streamed(batches, remembered=()):
    """What a stream puts out when articles come in these batches, an hour of watermark between two."""
    stream = TestStream().advance_watermark_to(NOW)
    for number, batch in enumerate(batches):
        stream = stream.add_elements([TimestampedValue(each, NOW + Duration.of(3_600 * number)) for each in batch])
        stream = stream.advance_watermark_to(NOW + Duration.of(3_600 * number + 1))
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    fates = Fates()
    with TestPipeline("BundleBasedDirectRunner", options=options) as pipeline:
        articles = pipeline | stream.advance_watermark_to_infinity() | beam.Map(_same).with_output_types(Article)
        nothing = pipeline | beam.Create(list(remembered)).with_output_types(Signature)
        outputs = {"articles": articles, "remembered": nothing} | DedupeStream(90.0, fates)
        assert_that(outputs["articles"] | "A" >> beam.Map(_row), _Check("articles"), label="articles")
        assert_that(fates.rejections | beam.Flatten(), _Check("rejections"), label="rejections")
    return sorted(_Check.SEEN.pop("articles")), _Check.SEEN.pop("rejections")


def _same(element):
    return element


def test_a_stream_places_articles_as_a_bounded_run_does():
    at_once, _, _ = _bounded(NEWS)
    rows, rejected = _streamed([[each] for each in NEWS])
    assert rows == at_once
    assert rejected == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[1:])
def test_a_stream_out_of_order_gives_the_same_stories(order):
    rows, _ = _streamed([[NEWS[n] for n in order], [NEWS[3]]])
    story = {name: story_id for name, _, story_id, _ in rows}
    assert len(rows) == 4
    assert story["wire"] == story["daily"] == story["paris"] != story["andes"]


def test_a_stream_takes_a_duplicate_for_what_it_is_hours_later():
    later = NEWS[0]._replace(fetched_at=NOW + Duration.of(9_000))
    rows, rejected = _streamed([NEWS[:2], [], [], [later]])
    assert len(rows) == 2
    assert [rejection.reason for rejection in rejected] == ["unchanged"]


def test_a_stream_forgets_by_the_articles_own_time():
    old = article("old", FIRST, hours=-100 * 24)
    rows, rejected = _streamed([[old], [old], [NEWS[3]], [], [old]])
    assert [name for name, *_ in rows] == ["andes", "old", "old"]
    assert [rejection.reason for rejection in rejected] == ["unchanged"]
