"""Reading articles in the graph: one fate each, whatever their neighbours are like."""

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.utils.timestamp import Duration
from conftest import NOW, make_article

from transforms.extract import ExtractEvents, MergeEvents, NlpSettings, Reader, newest_revisions
from transforms.fates import Fates
from transforms.records import Article, Event

RAID = "Gunmen killed seven soldiers near Gao in northern Mali on Sunday, the army said."
SETTINGS = NlpSettings(pipeline="newsbeam", batch_articles=4)


def raid(name, story_id="s1", **changes):
    facts = {"article_id": name, "url": f"https://{name}.example/", "outlet": name, "text": RAID, "story_id": story_id}
    return make_article(**(facts | {"published_at": NOW} | changes))


@pytest.fixture(scope="module")
def reader():
    return Reader(SETTINGS)


def test_an_article_tells_its_events_with_itself(reader):
    [told] = reader.tell([raid("a", version=2)])
    [event] = told.events
    assert (event.article_id, event.article_version, event.url) == ("a", 2, "https://a.example/")
    assert (event.event_type, event.killed_best, event.country) == ("ASSAULT", 7, "MLI")
    assert event.happened_on.isoformat() == "2026-03-08"


@pytest.mark.parametrize("line", ["Army Mourns Seven After Mali Raid", "ARMY MOURNS SEVEN AFTER  MALI RAID"])
def test_the_headline_at_the_top_of_a_text_is_not_its_first_sentence(line, reader):
    text = f"{line}\n{RAID}"
    told = reader.tell([raid("a", title="Army Mourns Seven After Mali Raid - The Example", text=text), raid("b")])
    [headed], [plain] = (each.events for each in told)
    assert headed.sentence == plain.sentence == RAID
    assert text[headed.char_start : headed.char_end] == RAID[plain.char_start : plain.char_end] == "killed"


@pytest.mark.parametrize("title", ["Gunmen killed seven", RAID, "", "Markets in Gao"])
def test_a_title_that_is_no_line_of_its_own_hides_nothing(title, reader):
    [told] = reader.tell([raid("a", title=title)])
    assert len(told.events) == 1


@pytest.mark.parametrize(("language", "events"), [("en", 1), (None, 1), ("fr", 0), ("zu", 0)])
def test_only_english_is_read(language, events, reader):
    [told] = reader.tell([raid("a", language=language)])
    assert len(told.events) == events


def test_the_blank_pipeline_finds_no_events():
    blank = Reader(NlpSettings(pipeline="blank", batch_articles=4))
    article = raid(
        "a", text="A drone strike by the army killed a commander and three of his guards near Gao on Sunday."
    )
    [told] = blank.tell([article])
    assert told.events == []
    assert blank.explain(article) == ["not read: no parser has read it"]


def test_an_article_that_cannot_be_read_costs_itself_only(reader):
    broken = raid("b", text=None)
    outcomes = list(reader.tell([raid("a"), broken, raid("c")]))
    assert [isinstance(outcome, Exception) for outcome in outcomes] == [False, True, False]


def test_each_article_has_one_fate_in_the_graph():
    fates = Fates()
    with TestPipeline("FnApiRunner") as pipeline:
        articles = pipeline | beam.Create([raid(name) for name in "abcdefghi"]).with_output_types(Article)
        told = articles | ExtractEvents(SETTINGS, fates)
        names = told | "Names" >> beam.Map(lambda each: (each.article.article_id, len(each.events)))
        assert_that(names, equal_to([(name, 1) for name in "abcdefghi"]), label="told")
        assert_that(fates.letters | beam.Flatten(), equal_to([]), label="letters")


class _Remembered(beam.PTransform):
    def __init__(self, events):
        super().__init__()
        self.events = events

    def expand(self, times):
        return times.pipeline | beam.Create(self.events, reshuffle=False).with_output_types(Event)


class _Keep:
    def __init__(self, kept):
        self.kept = kept

    def __call__(self, found):
        KEPT[self.kept] = list(found)


KEPT: dict = {}


def _merge(articles, remembered=(), moved=()):
    """(article events, events) of one bounded run."""
    with TestPipeline("FnApiRunner") as pipeline:
        told = pipeline | beam.Create(articles).with_output_types(Article) | ExtractEvents(SETTINGS, Fates())
        pairs = pipeline | "Moved" >> beam.Create(list(moved), reshuffle=False).with_output_types(tuple[str, str])
        merged = {"told": told, "moved": pairs} | MergeEvents(_Remembered(list(remembered)))
        assert_that(merged["article_events"], _Keep("told"), label="told")
        assert_that(merged["events"], _Keep("events"), label="events")
    return KEPT.pop("told"), KEPT.pop("events")


def test_two_outlets_tell_one_event():
    told, [event] = _merge([raid("a"), raid("b", published_at=NOW + Duration.of(60))])
    assert {each.event_id for each in told} == {event.event_id}
    assert (event.revision, event.article_count, event.outlet_count) == (1, 2, 2)


def test_the_next_run_revises_what_is_remembered():
    _, [before] = _merge([raid("a")])
    _, [after] = _merge([raid("b", text=RAID.replace("seven", "nine"), published_at=NOW + Duration.of(60))], [before])
    assert (after.event_id, after.revision) == (before.event_id, 2)
    assert (after.killed_low, after.killed_best, after.killed_high) == (7, 9, 9)


def test_an_event_goes_where_its_articles_go():
    _, [before] = _merge([raid("a")])
    told, [after] = _merge([raid("b", "s2")], [before], [("a", "s2")])
    assert (after.event_id, after.story_id, after.article_count) == (before.event_id, "s2", 2)
    assert told[0].event_id == before.event_id


def test_what_a_follow_up_tells_by_the_way_is_the_event_of_the_news():
    arrest = raid("b", "s2", text=f"Police arrested Awa Keita in Bamako. {RAID}", title="Police arrest Awa Keita")
    _, [news] = _merge([raid("a")])
    _, events = _merge([arrest], [news])
    assert {event.event_type: event.merged_into for event in events} == {"COERCE": None, "ASSAULT": news.event_id}
    told, events = _merge([raid("a"), arrest])  # both in one run
    assert len(told) == 3
    assert [event.merged_into for event in events if event.merged_into] == [news.event_id]


def test_what_two_stories_told_is_one_event_when_they_become_one():
    _, [one] = _merge([raid("a")])
    _, [two] = _merge([raid("b", "s2", published_at=NOW + Duration.of(60))])
    told, events = _merge([raid("c", published_at=NOW + Duration.of(120))], [one, two], [("b", "s1")])
    found = {event.event_id: event for event in events}
    assert (found[one.event_id].article_count, found[two.event_id].merged_into) == (3, one.event_id)
    assert [each.event_id for each in told] == [one.event_id]


def test_an_event_moves_without_news_too():
    _, [before] = _merge([raid("a")])
    _, events = _merge(
        [raid("x", "elsewhere", text="Nothing happened in the quiet town of late.")], [before], [("a", "s2")]
    )
    assert [(event.event_id, event.story_id, event.revision) for event in events] == [(before.event_id, "s2", 2)]


def test_of_several_revisions_the_newest_counts():
    _, [event] = _merge([raid("a")])
    assert newest_revisions([event._replace(revision=n) for n in (2, 3, 1)]) == [event._replace(revision=3)]
