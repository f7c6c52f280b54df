"""The streaming graph: from entries to events under TestStream, and the labels that updates of a job match."""

import typing

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.pipeline import PipelineVisitor
from apache_beam.runners.common import DoFnSignature
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.test_stream import TestStream
from apache_beam.testing.util import assert_that
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Duration
from conftest import NOW, Answer, make_entry

from pipeline import streaming, tables
from pipeline.config import load_config
from pipeline.folder import Folder
from pipeline.graph import Work, build
from pipeline.options import parse_beam_options
from transforms.errors import UsageError
from transforms.fates import Fates
from transforms.letters import LettersToTry
from transforms.records import Entry, Feed

CONFIG = load_config(None, ["fetch.allow_private_addresses=true", "fetch.host_delay_seconds=0", "fetch.tries=1"])
PAGE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>GAO - {toll} people were killed on "
    "Sunday when gunmen attacked a bus near Gao in northern Mali, the governor of the region said.</p><p>{rest}</p>"
    "</article></body></html>"
)
FIRST = "The gunmen fled towards the border on motorcycles, and soldiers from the town were following them on Monday."
SECOND = "Survivors of the attack on the bus told reporters in Gao that the gunmen had waited for it behind a dune."


def page(title, toll, rest):
    return Answer(PAGE.format(title=title, toll=toll, rest=rest).encode())


class Nothing:
    """A destination to which nobody has written."""

    def newest(self, table, first_day=None):
        return {}


class Holding(Nothing):
    """A destination that holds these records."""

    def __init__(self, held):
        self.held = held

    def newest(self, table, first_day=None):
        return {(number,): record for number, record in enumerate(self.held.get(table.name, ()))}


class _Keep:
    """A matcher that only keeps what it is given: the runner is in this process."""

    SEEN: typing.ClassVar[dict] = {}

    def __init__(self, name):
        self.name = name

    def __call__(self, found):
        _Keep.SEEN[self.name] = list(found)


def carried(batches, destination=None):
    """The rows of each table after batches of entries, a minute of watermark apart."""
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    stream = TestStream()
    for number, batch in enumerate(batches):
        at = NOW + Duration.of(60 * number)
        stream = stream.advance_watermark_to(at).add_elements([TimestampedValue(entry, at) for entry in batch])
    with TestPipeline("BundleBasedDirectRunner", options=options) as pipeline:
        entries = pipeline | stream.advance_watermark_to_infinity() | beam.Map(_same).with_output_types(Entry)
        rows = streaming.carry(entries, CONFIG, destination or Nothing(), Fates())
        for table, found in rows.items():
            assert_that(found, _Keep(table.name), label=table.name)
    return {table: _Keep.SEEN.pop(table.name) for table in rows}


def _same(element):
    return element


def newest(rows, table):
    """As the views show them: the newest row of each key."""
    found = {}
    for row in sorted(rows[table], key=lambda row: getattr(row, table.newest)):
        found[tuple(getattr(row, name) for name in table.key)] = row
    return list(found.values())


def entry(site, name, hours=0):
    url, at = site.url(f"/{name}"), NOW + Duration.of(3_600 * hours)
    return make_entry(url=url, link=url, entry_id=name, outlet=name, published_at=at, title=None)


def publish(site):
    """Two outlets that report an attack, one of which corrects itself, and a page that is not there."""
    site.answers |= {
        "/one": [page("Ten killed in Gao", "Ten", FIRST), page("Nine killed in Gao", "Nine", FIRST)],
        "/two": page("Gunmen kill ten on a bus in Gao", "Ten", SECOND),
    }
    return [[entry(site, "one")], [entry(site, "two", 1), entry(site, "gone")], [entry(site, "one", 2)]]


@pytest.fixture
def news(site):
    return publish(site)


def test_from_entries_to_one_event_of_two_articles(news):
    rows = carried(news)
    articles = newest(rows, tables.ARTICLES)
    assert {(a.outlet, a.version) for a in articles} == {("one", 2), ("two", 1)}
    assert len({row.story_id for row in newest(rows, tables.SIGNATURES)}) == 1
    [event] = [event for event in newest(rows, tables.EVENTS) if event.article_count == 2]
    assert (event.event_type, event.country, event.killed_low, event.killed_high) == ("ASSAULT", "MLI", 9, 10)
    told = [row for row in newest(rows, tables.ARTICLE_EVENTS) if row.rank == 1]
    assert {row.event_id for row in told} == {event.event_id}
    assert [rejected.reason for rejected in rows[tables.REJECTIONS]] == ["http_404"]
    assert rows[tables.DEAD_LETTERS] == []


def test_a_job_that_starts_anew_goes_on_with_what_the_last_one_wrote(news):
    before = carried(news[:1])
    held = {table.name: newest(before, table) for table in (tables.SIGNATURES, tables.EVENTS)}
    rows = carried(news[1:], Holding(held))
    assert {(a.outlet, a.version) for a in rows[tables.ARTICLES]} == {("one", 2), ("two", 1)}
    both = {table: before[table] + rows[table] for table in rows}
    events = [event for event in newest(both, tables.EVENTS) if event.article_count]
    assert [(event.article_count, event.killed_low, event.killed_high) for event in events] == [(2, 9, 10)]
    assert events[0].event_id == held[tables.EVENTS.name][0].event_id


class Collect(beam.PTransform):
    """A sink into this process's memory, by table."""

    ROWS: typing.ClassVar[dict] = {}

    def expand(self, rows):
        return [found | f"Keep {table.name}" >> beam.Map(_collect, table.name) for table, found in rows.items()]


def _collect(row, name):
    Collect.ROWS.setdefault(name, []).append(row)


class _Labels(PipelineVisitor):
    """The labels of a graph that matter to an update: its parts, and the steps that hold state."""

    def __init__(self):
        self.parts, self.stateful = [], []

    def enter_composite_transform(self, node):
        if node.full_label and "/" not in node.full_label:
            self.parts.append(node.full_label)

    def visit_transform(self, node):
        if isinstance(node.transform, beam.ParDo) and DoFnSignature(node.transform.fn).is_stateful_dofn():
            self.stateful.append(node.full_label)


def labels_of(pipeline):
    found = _Labels()
    pipeline.visit(found)
    return found


RENAMED = "an update of a running job finds its state by these labels: a new name loses what is held under the old one"


def test_the_labels_of_the_stream_stay():
    pipeline = beam.Pipeline("FnApiRunner")
    sources = streaming.Sources(
        [Feed("https://outlet.example/feed", "")], "projects/our-project/subscriptions/addresses"
    )
    streaming.build_stream(pipeline, sources, CONFIG, Nothing(), Collect())
    found = labels_of(pipeline)
    parts = (
        "Tick KnownFeeds Poll Messages Receive Fetch Clean KnownArticles Dedupe Extract KnownEvents MergeEvents Write"
    )
    assert found.parts == parts.split(), RENAMED
    assert found.stateful == [
        "Poll/Ask/ParDo(_WatchFn)",
        "Poll/FirstFeed/ParDo(_FirstFeedFn)",
        "Fetch/Ask/ParDo(_FetchOneFn)",
        "Dedupe/Merge/ParDo(_StreamFn)",
        "MergeEvents/Merge/ParDo(_FollowFn)",
    ], RENAMED


def test_the_labels_of_a_run_stay_and_it_holds_no_state(tmp_path):
    pipeline = beam.Pipeline("FnApiRunner")
    work = Work(
        "r", NOW.to_utc_datetime().date(), 0.0, [Feed("https://outlet.example/feed", "")], LettersToTry(), ["x"]
    )
    build(pipeline, work, CONFIG, Folder(str(tmp_path)))
    found = labels_of(pipeline)
    parts = "Due Poll Fetch Archives Cut Unpack Clean Dedupe Extract MergeEvents Letters Write"
    assert found.parts == parts.split()
    assert found.stateful == []


@pytest.mark.parametrize("runner", ["FnApiRunner", "DirectRunner", "BundleBasedDirectRunner", "PrismRunner"])
def test_a_runner_on_this_machine_refuses_to_stream_and_says_what_to_use(runner, tmp_path):
    options = parse_beam_options([f"--runner={runner}"])
    with pytest.raises(UsageError, match=r"--every 10m here.*--runner=DataflowRunner"):
        streaming.start_stream(streaming.Sources([]), CONFIG, Folder(str(tmp_path)), options)


def test_a_folder_refuses_a_stream(tmp_path):
    options = parse_beam_options(["--runner=PortableRunner"])
    with pytest.raises(UsageError, match="bigquery:PROJECT.DATASET, or --every"):
        streaming.start_stream(streaming.Sources([]), CONFIG, Folder(str(tmp_path)), options)
