"""BigQuery as a destination, on an emulator: what a folder does, a dataset does."""

import json
from typing import Any

import apache_beam as beam
import pytest
from conftest import NOW, Answer, Site, make_article, make_feed, make_letter, new_dataset

from pipeline import runs, tables
from pipeline.answers import json_value
from pipeline.bigquery.dataset import BigQuery
from pipeline.bigquery.lease import expire
from pipeline.bigquery.schema import COMMITS, LEASE, stored_schema
from pipeline.bigquery.streaming import WriteStreams
from pipeline.cli import main
from pipeline.config import BigQueryConfig, load_config
from pipeline.destination import Limits, parse_destination
from pipeline.folder import Folder
from pipeline.options import parse_beam_options
from pipeline.sample.newsroom import Newsroom
from pipeline.subscriptions import read_subscriptions
from pipeline.tables import TABLES
from pipeline.warehouse import VIEWS
from transforms.errors import DestinationError, UsageError
from transforms.records import Feed, Rejection

CONFIG = load_config(None, ["fetch.allow_private_addresses=true", "fetch.host_delay_seconds=0"])
DAY = NOW.to_utc_datetime().date()
PAGE = Answer(
    b"<html><head><title>Deaths in Gao</title></head><body><article><h1>Deaths in Gao</h1><p>GAO - Ten people were "
    b"killed on Sunday when gunmen attacked a bus near Gao in northern Mali, the governor said.</p><p>The gunmen fled "
    b"towards the border on motorcycles, and soldiers from the town were following them on Monday morning.</p><p>A "
    b"driver who had stopped to mend a wheel saw the smoke from a hill and walked for two hours to fetch help.</p>"
    b"<p>The hospital took in four of the wounded before noon; its only surgeon had worked since the night before.</p>"
    b"<p>Traders in the market closed their stalls for a day and collected money for the families of the dead.</p>"
    b"</article></body></html>"
)


def rows(address: str, sql: str) -> list[dict[str, Any]]:
    answer = parse_destination(address).query(sql, Limits(120.0, 0))
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def rejection(key: str) -> Rejection:
    return Rejection("fetch", "robots", key, NOW)


def everything(address: str, views: tuple[str, ...] = VIEWS) -> dict[str, list[str]]:
    """All rows of the views, as JSON lines in order."""
    return {
        view: sorted(json.dumps(json_value(row), sort_keys=True) for row in rows(address, f"SELECT * FROM {view}"))
        for view in views
    }


# The same rows


def test_every_view_shows_the_same_rows_in_bigquery_as_in_duckdb(emulator: None, tmp_path: Any) -> None:
    folder, address = Folder(str(tmp_path / "news")), new_dataset()
    with Newsroom() as newsroom, folder.writing():
        feeds = read_subscriptions([newsroom.opml_url], CONFIG.http)
        runs.run_once(folder, feeds, CONFIG, parse_beam_options([]))
    with parse_destination(address).writing() as destination:
        staged = []
        for table in TABLES:
            records = [row for path in folder.files(table) for row in folder.read(path, table)]
            staged.append(destination.stage("copied", table, DAY, "0", records))
        destination.commit("copied", staged)
    in_duckdb, in_bigquery = everything(folder.root), everything(address)
    assert len([view for view, found in in_duckdb.items() if found]) >= 8
    assert in_bigquery == in_duckdb


# Runs


def test_runs_write_remember_and_double_nothing(dataset: str, site: Site, capsys: pytest.CaptureFixture) -> None:
    def serve(*paths: str) -> None:
        items = "".join(
            f"<item><title>Ten killed in Gao</title><link>{site.url(path)}</link><guid>{path}</guid></item>"
            for path in paths
        )
        rss = f'<rss version="2.0"><channel><title>Outlet</title>{items}</channel></rss>'
        site.answers["/feed"] = Answer(rss.encode(), headers={"Content-Type": "application/rss+xml"})

    def run(**changes: Any) -> Any:
        with parse_destination(dataset).writing() as destination:
            feeds = [] if changes.get("replay") else [Feed(site.url("/feed"), "Outlet")]
            return runs.run_once(destination, feeds, CONFIG, parse_beam_options([]), **changes)

    teapot = Answer(b"no", status=418)
    site.answers |= {"/a": PAGE, "/b": PAGE, "/c": [teapot, PAGE]}
    serve("/a", "/c")
    run()
    world = ("articles", "stories", "events", "article_events")
    first = everything(dataset, world)
    assert len(first["articles"]) == 1 and len(first["events"]) == 1
    assert [row["reason"] for row in rows(dataset, "SELECT reason FROM dead_letters")] == ["http_418"]

    run()  # the feed is unchanged
    assert everything(dataset, world) == first

    serve("/a", "/b", "/c")
    run()  # the copy meets the remembered signature
    found = rows(dataset, "SELECT story_id, copy_of FROM articles")
    assert len(found) == 2 and len({row["story_id"] for row in found}) == 1
    assert sum(row["copy_of"] is not None for row in found) == 1

    assert run(replay=True).balance.total("dedupe", "out") == 1
    assert [row["n"] for row in rows(dataset, "SELECT COUNT(*) AS n FROM articles")] == [3]
    assert [row for row in rows(dataset, "SELECT * FROM dead_letters") if row["replayed_at"] is None] == []

    assert main(["explain", site.url("/a"), site.url("/b"), "--from", dataset]) == 0
    assert "text shared" in capsys.readouterr().out
    names = {table.table_id for table in parse_destination(dataset).client().list_tables(dataset.partition(":")[2])}
    assert names == {table.name for table in TABLES} | set(VIEWS) | {LEASE, COMMITS}  # nothing staged is left


def test_a_bundle_that_is_retried_and_a_commit_that_is_repeated_double_nothing(dataset: str) -> None:
    with parse_destination(dataset).writing() as destination:
        for _ in range(2):
            files = [destination.stage("run", tables.REJECTIONS, DAY, "0", [rejection("a"), rejection("b")])]
            destination.commit("run", files)
        destination.commit("run", [destination.stage("run", tables.REJECTIONS, DAY, "1", [rejection("late")])])
    assert [row["key"] for row in rows(dataset, "SELECT key FROM rejections_log ORDER BY key")] == ["a", "b"]


def test_what_was_staged_and_not_committed_is_not_there(dataset: str) -> None:
    with parse_destination(dataset).writing() as destination:
        destination.stage("dead", tables.REJECTIONS, DAY, "0", [rejection("a")])
    with parse_destination(dataset).writing() as destination:
        destination.append("next", tables.REJECTIONS, DAY, [rejection("b")])
    assert [row["key"] for row in rows(dataset, "SELECT key FROM rejections_log")] == ["b"]


# One writer


def test_a_second_writer_is_refused_until_the_first_is_done(dataset: str) -> None:
    with (
        parse_destination(dataset).writing(),
        pytest.raises(DestinationError, match="in use by process"),
        parse_destination(dataset).writing(),
    ):
        pass
    with parse_destination(dataset).writing():
        pass


def test_a_run_whose_lease_was_taken_over_cannot_commit(dataset: str) -> None:
    with parse_destination(dataset).writing() as first:
        late = first.stage("late", tables.REJECTIONS, DAY, "0", [rejection("late")])
        expire(first.client(), first.dataset, first.holder)  # as if it had slept for too long
        with parse_destination(dataset).writing() as second:
            with pytest.raises(DestinationError, match="another run has taken over"):
                first.commit("late", [late])
            second.append("next", tables.REJECTIONS, DAY, [rejection("next")])
    assert [row["key"] for row in rows(dataset, "SELECT key FROM rejections_log")] == ["next"]


# Tables


def test_tables_say_what_they_hold_and_are_laid_out_by_day_and_key(dataset: str) -> None:
    config = BigQueryConfig(location="EU", expire_days=400)
    destination = parse_destination(dataset, config).prepared()
    client, address = destination.client(), destination.dataset
    assert client.get_dataset(address).location == destination.location == "EU"
    for table in TABLES:
        made = client.get_table(f"{address}.{table.name}")
        assert made.description == table.description
        assert (made.time_partitioning.field, made.time_partitioning.type_) == ("day", "DAY")
        assert made.time_partitioning.expiration_ms == 400 * 86_400_000
        assert made.clustering_fields == list(table.key)
        assert [field.name for field in made.schema] == stored_schema(table).names
        assert all(field.description for field in made.schema), table.name
    actors = next(field for field in client.get_table(f"{address}.events_log").schema if field.name == "actors")
    assert (actors.field_type, actors.mode) == ("RECORD", "REPEATED")
    assert [field.name for field in actors.fields] == ["name", "text", "country", "sector"]
    parse_destination(dataset, BigQueryConfig()).prepared()
    assert client.get_table(f"{address}.feeds_log").time_partitioning.expiration_ms is None


def test_columns_that_are_new_are_added_at_any_depth(dataset: str) -> None:
    destination = parse_destination(dataset).prepared()
    client, address = destination.client(), destination.dataset
    events = client.get_table(f"{address}.events_log")
    actors = next(field for field in events.schema if field.name == "actors").to_api_repr()
    actors["fields"] = actors["fields"][:2]
    older = [type(field).from_api_repr(actors) if field.name == "actors" else field for field in events.schema]
    client.delete_table(events)
    events.schema = [field for field in older if field.name not in ("killed_low", "claims")]
    client.create_table(events)
    destination.prepared()
    now = client.get_table(f"{address}.events_log").schema
    assert {field.name for field in now} == set(stored_schema(tables.EVENTS).names)
    assert [f.name for f in next(f for f in now if f.name == "actors").fields] == ["name", "text", "country", "sector"]


# Streams


def test_a_stream_writes_every_table_and_twice_is_once_in_the_views(dataset: str) -> None:
    destination = parse_destination(dataset).prepared()
    for _ in range(2):
        with beam.Pipeline("FnApiRunner") as pipeline:
            given = {
                tables.ARTICLES: [make_article(article_id=name, published_at=NOW) for name in "abc"],
                tables.FEEDS: [make_feed(polled_at=NOW, entry_marks=["x", "y"])],
                tables.DEAD_LETTERS: [make_letter()],
            }
            collections = {
                table: pipeline | table.name >> beam.Create(records).with_output_types(table.record)
                for table, records in given.items()
            }
            collections | WriteStreams(destination)
    assert {row["feed_url"]: row["failures"] for row in rows(dataset, "SELECT * FROM feeds")} == {
        "https://outlet.example/feed": 0
    }
    assert len(rows(dataset, "SELECT * FROM dead_letters")) == 1
    articles = rows(dataset, "SELECT DISTINCT article_id, published_at FROM articles_log ORDER BY article_id")
    assert [row["article_id"] for row in articles] == ["a", "b", "c"]
    assert articles[0]["published_at"] == NOW.to_utc_datetime(has_tz=True)
    assert next(iter(destination.newest(tables.FEEDS).values())).entry_marks == ["x", "y"]


# Questions


def test_a_query_reads_and_says_what_it_costs(dataset: str, capsys: pytest.CaptureFixture) -> None:
    with parse_destination(dataset).writing() as destination:
        destination.append("run", tables.REJECTIONS, DAY, [rejection("a")])
    assert main(["query", "SELECT key FROM rejections", "--from", dataset, "--format", "jsonl"]) == 0
    assert capsys.readouterr().out == '{"key": "a"}\n'
    assert main(["query", "SELECT key FROM rejections", "--from", dataset, "--dry-run"]) == 0
    assert capsys.readouterr().out == "0 bytes would be read\n"  # an emulator bills for nothing
    for sql, complaint in (
        ("DELETE FROM rejections_log WHERE TRUE", "DELETE: a query only reads"),
        ("SELECT nope FROM rejections", "nope"),
        ("SELECT 1 FROM nowhere", "nowhere"),
    ):
        assert main(["query", sql, "--from", dataset]) in (1, 2)
        assert complaint in capsys.readouterr().err
    assert len(rows(dataset, "SELECT * FROM rejections_log")) == 1


def test_where_there_is_nothing_a_query_says_how_to_make_it(dataset: str, capsys: pytest.CaptureFixture) -> None:
    assert main(["query", "SELECT 1", "--from", dataset]) == 1
    assert f"{dataset}: no tables here; make them with `newsbeam run --to {dataset}`" in capsys.readouterr().err


# Names and settings


@pytest.mark.parametrize(
    "text", ["bigquery:", "bigquery:p", "bigquery:p.", "bigquery:P.d", "bigquery:p.d.t", "bigquery:p.d-e"]
)
def test_a_dataset_has_a_project_and_a_name(text: str) -> None:
    with pytest.raises(UsageError, match="expected bigquery:PROJECT.DATASET"):
        parse_destination(text)


def test_a_project_may_have_a_domain() -> None:
    found = parse_destination("bigquery:example.org:my-project.news")
    assert isinstance(found, BigQuery) and found.project == "example.org:my-project" and found.name == "news"


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        (BigQueryConfig(method="carrier_pigeon"), "expected streaming_inserts or storage_write_api"),
        (BigQueryConfig(expire_days=7), "expected 0 .never. or at least 36"),
    ],
)
def test_a_setting_that_cannot_be_right_is_named(settings: BigQueryConfig, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        parse_destination("bigquery:p.d", settings)
