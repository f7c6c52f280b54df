"""Questions in SQL: all tables of the contract are there, and a query reaches nothing else."""

import collections
import itertools
import resource
import tempfile
import threading
import time
from pathlib import Path

import duckdb
import pytest
from conftest import NOW

from pipeline import warehouse
from pipeline.folder import Folder
from pipeline.tables import REJECTIONS, TABLES
from pipeline.warehouse import VIEWS, ask, open_warehouse, query, view_sql
from transforms.errors import DestinationError, NewsbeamError, UsageError
from transforms.records import Rejection

DAY = NOW.to_utc_datetime().date()

# What users script against: columns may be added, none may go.
CONTRACT = {
    "articles": """article_id url page_url feed_url outlet title text authors language published_at published_at_source
        fetched_at word_count story_id copy_of""",
    "stories": """story_id headline first_published_at last_published_at article_count outlet_count independent_count
        lead_article_id""",
    "events": """event_id revision story_id event_type event_mode realis actors recipients happened_on happened_until
        date_precision date_text place_name admin1 country latitude longitude geo_precision killed_low killed_best
        killed_high injured_low injured_best injured_high headline sentence article_count outlet_count
        independent_count first_reported_at last_reported_at confidence""",
    "article_events": """article_id url rank event_id event_type event_mode realis actors recipients happened_on
        date_precision date_text place_name admin1 country latitude longitude geo_precision killed_best injured_best
        confidence sentence char_start char_end""",
    "polls": """feed_url outlet polled_at outcome http_status entry_count new_count byte_count duration_ms
        next_poll_at""",
    "dead_letters": "dead_letter_id stage reason message key payload failed_at attempts replayed_at",
}
TYPES = {
    "articles": {"authors": "VARCHAR[]", "published_at": "TIMESTAMP", "word_count": "BIGINT"},
    "events": {
        "actors": 'STRUCT("name" VARCHAR, "text" VARCHAR, country VARCHAR, sector VARCHAR)[]',
        "happened_on": "DATE",
        "killed_best": "BIGINT",
        "latitude": "DOUBLE",
        "first_reported_at": "TIMESTAMP",
    },
    "polls": {"polled_at": "TIMESTAMP"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty destination."""
    folder = Folder(str(tmp_path / "news"))
    with folder.writing():
        pass
    return folder


def rows(folder: Folder, sql: str) -> list[tuple]:
    return list(query(folder, sql, 30.0).rows)


# Views


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_one_select_with_a_question_and_its_grain(view: str) -> None:
    sql = view_sql(view, "")
    assert len(duckdb.extract_statements(sql)) == 1
    assert duckdb.extract_statements(sql)[0].type == duckdb.StatementType.SELECT
    assert sql.startswith("-- ") and "? One row per " in sql.replace("\n-- ", " ")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_reads_its_dataset_only(view: str) -> None:
    text = view_sql(view, "{dataset}.")
    named = view_sql(view, "zz9.")
    assert "{" not in named and named.count("zz9.") == text.count("{dataset}.") > 0
    assert "read_" not in text and "'" not in text.replace("''", "")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_recurs_as_bigquery_does(view: str) -> None:
    sql = view_sql(view, "")
    assert "RECURSIVE" not in sql or ("UNION ALL" in sql and "UNION DISTINCT" not in sql)


def test_every_file_is_a_view_and_every_view_has_a_file() -> None:
    files = Path(view_sql.__globals__["__file__"]).parent / "sql"
    assert {path.stem for path in files.glob("*.sql")} == set(VIEWS)


@pytest.mark.parametrize("table", CONTRACT)
def test_an_empty_destination_has_every_table_with_its_columns(folder: Folder, table: str) -> None:
    with open_warehouse(folder) as connection:
        answer = ask(connection, f"SELECT * FROM {table}", 30.0)
        types = dict(row[:2] for row in ask(connection, f"DESCRIBE {table}", 30.0).rows)
    assert list(answer.rows) == []
    assert set(CONTRACT[table].split()) <= set(answer.columns)
    assert {name: types[name] for name in TYPES.get(table, {})} == TYPES.get(table, {})


def test_every_view_and_every_log_can_be_read(folder: Folder) -> None:
    for name in (*VIEWS, *(table.name for table in TABLES)):
        assert rows(folder, f"SELECT * FROM {name}") == []


def test_times_are_utc_and_compare_with_plain_ones(folder: Folder) -> None:
    with folder.writing():
        folder.append("r", REJECTIONS, DAY, [Rejection("fetch", "robots", "k", NOW)])
    assert rows(folder, "SELECT CAST(rejected_at AS VARCHAR) FROM rejections") == [("2026-03-10 12:00:00",)]
    assert rows(folder, "SELECT key FROM rejections WHERE rejected_at > TIMESTAMP '2026-03-10 11:59:59'") == [("k",)]


def test_files_that_are_not_committed_are_not_seen(folder: Folder) -> None:
    with folder.writing():
        folder.stage("r", REJECTIONS, DAY, "0", [Rejection("fetch", "robots", "k", NOW)])
        assert rows(folder, "SELECT * FROM rejections") == []


def test_a_folder_without_tables_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(DestinationError, match=r"no tables here; make them with `newsbeam run --to"):
        query(Folder(str(tmp_path)), "SELECT 1", 1.0)


# What a query may not do


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_blob('{folder}/*')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_parquet('{folder}/news/*/*/*.parquet')",
        "SELECT * FROM read_csv('https://a.example/x.csv')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "COPY rejections TO '{folder}/out.parquet'",
        "EXPORT DATABASE '{folder}/out'",
        "IMPORT DATABASE '{folder}'",
        "ATTACH '{folder}/other.db'",
        "ATTACH ':memory:' AS other; COPY FROM DATABASE memory TO other; EXPORT DATABASE '{folder}/out'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '{file}'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET enable_external_access",
        "SET temp_directory = '{folder}'",
        "SET memory_limit = '1TB'",
        "PRAGMA enable_profiling",
        "PRAGMA database_size; SELECT * FROM read_text('{file}')",
        "SELECT * FROM file",  # a Python variable is no table
        "CREATE SECRET s (TYPE s3)",
    ],
)
def test_a_query_reaches_no_file_no_network_and_no_setting(folder: Folder, tmp_path: Path, sql: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    before = sorted(path for path in tmp_path.rglob("*"))
    with pytest.raises(UsageError):
        rows(folder, sql.format(file=file, folder=tmp_path))
    assert sorted(path for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "sql", ["DELETE FROM rejections_log", "INSERT INTO rejections SELECT 1", "DROP TABLE rejections"]
)
def test_a_query_changes_no_table(folder: Folder, sql: str) -> None:
    with folder.writing():
        folder.append("r", REJECTIONS, DAY, [Rejection("fetch", "robots", "k", NOW)])
    with pytest.raises(UsageError):
        rows(folder, sql)
    assert len(rows(folder, "SELECT * FROM rejections")) == 1


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT * FROM artcles", "SELECT nothing FROM articles", "SELECT 1 FROM"])
def test_wrong_sql_is_an_error_that_says_where(folder: Folder, sql: str) -> None:
    with pytest.raises(UsageError, match=r"(Parser|Catalog|Binder) Error"):
        rows(folder, sql)


@pytest.mark.parametrize("sql", ["", "  ", "-- nothing", ";"])
def test_no_sql_is_an_error_that_shows_some(folder: Folder, sql: str) -> None:
    with pytest.raises(UsageError, match="there is no query; write for example SELECT"):
        rows(folder, sql)


def test_a_query_ends_at_its_limit(folder: Folder) -> None:
    started = time.monotonic()
    with pytest.raises(NewsbeamError, match=r"longer than 0\.3 seconds; ask for less, or raise --seconds"):
        query(folder, "SELECT COUNT(*) FROM range(1000000000) AS a, range(1000) AS b", 0.3)
    assert time.monotonic() - started < 10


def test_a_limit_that_was_not_reached_leaves_no_thread(folder: Folder) -> None:
    before = threading.active_count()
    assert rows(folder, "SELECT 1") == [(1,)]
    assert threading.active_count() <= before


# What a query may take


MANY = "SELECT a.range, 'row ' || b.range FROM range(100000) AS a, range(100000) AS b"


def test_rows_come_as_they_are_read(folder: Folder) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = query(folder, MANY, 60.0)
    assert len(list(itertools.islice(answer.rows, 100_000))) == 100_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB; all rows would be 500 GB


def test_the_limit_counts_for_rows_that_come_later_too(folder: Folder) -> None:
    with pytest.raises(NewsbeamError, match=r"longer than 0\.5 seconds"):
        collections.deque(query(folder, MANY, 0.5).rows, maxlen=0)


def test_a_reader_who_takes_his_time_is_no_slow_query(folder: Folder) -> None:
    rows = query(folder, "SELECT * FROM range(50000)", 5.0).rows
    assert next(rows) == (0,)
    time.sleep(0.2)
    assert sum(1 for _ in rows) == 49_999


def test_memory_and_temporary_files_are_bounded(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse, "MEMORY", "100MB")
    monkeypatch.setattr(warehouse, "SPILL", "50MB")
    for sql in ("SELECT list(range) FROM range(100000000)", "SELECT * FROM range(30000000) ORDER BY hash(range)"):
        with pytest.raises(NewsbeamError, match="more than 100MB of memory and 50MB of disk; ask for less"):
            rows(folder, sql)


def test_temporary_files_are_nobody_s_and_go(folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(warehouse, "MEMORY", "100MB")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    found = query(folder, "SELECT * FROM range(10000000) ORDER BY hash(range)", 600.0).rows
    next(found)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("newsbeam-")]
    collections.deque(found, maxlen=0)
    assert [path.name for path in tmp_path.iterdir()] == ["news"]
