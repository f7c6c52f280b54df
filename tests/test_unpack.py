"""WARC files through the pipeline: files in, articles out, and a fate for every record."""

import datetime
import gzip

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to
from conftest import NOW, make_record
from test_runs import CONFIG, everything, rows

from pipeline import runs
from pipeline.archives import find_archives
from pipeline.cli import main
from pipeline.folder import Folder
from pipeline.options import parse_beam_options
from transforms import unpack
from transforms.errors import UsageError
from transforms.fates import Fates
from transforms.records import WarcSpan
from transforms.unpack import FindSpans, UnpackPages, match_files, page_of
from transforms.web.warc import Capture

STORY = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{place} - {toll} people were killed "
    "on Sunday when gunmen attacked a bus near {place}, the governor of the region said.</p><p>The gunmen fled towards "
    "the border on motorcycles, and soldiers from the town were following them on Monday.</p></article></body></html>"
)
PLACES = ("Gao", "Menaka", "Djibo", "Kidal", "Mopti", "Tessalit")


def story(number):
    place = PLACES[number]
    page = STORY.format(title=f"Deaths in {place}", place=place, toll=number + 2)
    return make_record(f"https://outlet.example/{place}", page.encode())


def zipped(*records):
    return b"".join(gzip.compress(record) for record in records)


@pytest.fixture(scope="module", autouse=True)
def short_spans():
    """Files are read three records at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpack, "SPAN_RECORDS", 3)
        yield


def make_archive(folder):
    """A folder of WARC files, good and bad."""
    (folder / "below").mkdir(parents=True)
    gone = make_record("https://outlet.example/gone", status="410 Gone")
    request = make_record("https://outlet.example/Gao", WARC_Type="request")
    broken = zipped(story(1))
    (folder / "a.warc.gz").write_bytes(zipped(request, story(0)) + broken[:200] + broken[230:] + zipped(gone, story(2)))
    (folder / "below" / "b[1].warc").write_bytes(story(3) + story(0))
    (folder / "below" / "c.warc.gz").write_bytes(zipped(story(4), story(5))[:-60])
    (folder / "d.warc").write_bytes(b"<html>no archive</html>")
    (folder / "notes.txt").write_bytes(b"not asked for")
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("archive") / "in")


@pytest.fixture(scope="module")
def written(archive, tmp_path_factory):
    """A folder that one run over the archive has written, and the run's report."""
    out = tmp_path_factory.mktemp("written") / "out"
    return out, run(archive, out)


def run(archive, folder, **changes):
    destination = Folder(str(folder))
    archives = find_archives([str(archive)]) if archive else []
    with destination.writing():
        return runs.run_once(destination, [], CONFIG, parse_beam_options([]), archives=archives, **changes)


def addresses(folder):
    return {row["url"].rpartition("/")[2] for row in rows(folder, "SELECT url FROM articles")}


def test_good_records_become_articles_and_bad_ones_cost_themselves(written):
    out, report = written
    assert report.balance.faults() == []
    assert addresses(out) == {"Gao", "Djibo", "Kidal", "Mopti"}
    assert report.balance.reasons("cut", "dead") == {"not_warc": 1}
    assert sum(report.balance.reasons("unpack", "dead").values()) == 2
    assert report.balance.reasons("unpack", "rejected") == {"no_response": 1, "http_410": 1}
    [row] = rows(out, "SELECT reason, key FROM rejections WHERE step = 'unpack'")
    assert row == {"reason": "http_410", "key": "https://outlet.example/gone"}
    [article] = rows(out, "SELECT * FROM articles WHERE title = 'Deaths in Gao'")
    assert article["outlet"] == "outlet.example" and article["feed_url"] is None and article["published_at"] is None
    assert article["fetched_at"] == datetime.datetime(2026, 3, 1, 8)
    assert rows(out, "SELECT killed_best FROM article_events WHERE url LIKE '%/Gao' AND rank = 1") == [
        {"killed_best": 2}
    ]


def test_the_same_files_again_add_nothing(archive, written):
    out, _ = written
    before = {view: seen for view, seen in everything(out).items() if view not in ("rejections", "dead_letters")}
    report = run(archive, out)
    after = everything(out)
    assert {view: after[view] for view in before} == before
    assert report.balance.reasons("dedupe", "rejected") == {"unchanged": 4, "same_url": 1}
    assert len(rows(out, "SELECT * FROM dead_letters")) == 3


def test_what_was_damaged_is_read_again_when_it_is_mended(tmp_path):
    archive = make_archive(tmp_path / "in")
    run(archive, tmp_path / "out")
    (archive / "below" / "c.warc.gz").write_bytes(zipped(story(4), story(5)))
    (archive / "d.warc").write_bytes(zipped(story(1)))
    run(None, tmp_path / "out", replay=True)
    assert addresses(tmp_path / "out") == set(PLACES)
    left = rows(tmp_path / "out", "SELECT stage, key FROM dead_letters WHERE replayed_at IS NULL")
    assert [letter["stage"] for letter in left] == ["unpack"] and "a.warc.gz" in left[0]["key"]


def test_a_file_that_cannot_be_read_is_a_dead_letter_that_is_tried_again(tmp_path):
    fates = Fates()
    with TestPipeline("FnApiRunner") as pipeline:
        gone = WarcSpan(str(tmp_path / "gone.warc"), 0, None)
        folder = WarcSpan(str(tmp_path), 5, 9)
        spans = pipeline | beam.Create([gone]).with_output_types(WarcSpan) | FindSpans(fates)
        spans = (spans, pipeline | "B" >> beam.Create([folder]).with_output_types(WarcSpan)) | beam.Flatten()
        assert_that(spans | UnpackPages(1_000, fates), equal_to([]), label="pages")
        letters = fates.letters | "Letters" >> beam.Flatten() | beam.Map(_cause)
        assert_that(letters, equal_to([("cut", "not_found", False), ("unpack", "unreadable", True)]), label="letters")


def _cause(letter):
    return letter.stage, letter.reason, letter.retry_at is not None


def test_a_crawler_whose_clock_is_ahead_did_not_get_it_tomorrow():
    capture = Capture("https://m.outlet.example/a?utm_source=x", NOW.micros / 1e6 + 86_400, "text/html", b"<p>")
    page = page_of(capture, NOW)
    assert page.fetched_at == NOW
    assert page.entry.url == "https://outlet.example/a"


def test_files_folders_and_patterns_are_each_file_once(archive):
    names = [str(archive), str(archive / "*.warc"), str(archive / "below" / "b[1].warc")]
    found = [span.path.removeprefix(str(archive)) for span in match_files(find_archives(names))]
    assert found == ["/a.warc.gz", "/below/b[1].warc", "/below/c.warc.gz", "/d.warc"]


@pytest.mark.parametrize("name", ["nowhere", "nowhere/*.warc.gz", "nothing.warc"])
def test_a_name_without_files_is_an_error(name, tmp_path):
    with pytest.raises(UsageError, match="no WARC file there"):
        find_archives([str(tmp_path / name)])


def test_the_command_says_how_many_files_it_read(archive, tmp_path, capsys):
    words = [
        "run",
        "--warc",
        str(archive / "below" / "b[1].warc"),
        str(archive / "d.warc"),
        "--to",
        str(tmp_path / "out"),
    ]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert said.startswith("2 WARC files read, 2 articles written")
    assert "poll" not in said
