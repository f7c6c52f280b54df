"""What no emulator imitates: a BigQuery that is busy, refuses rows, runs a job of one id once, or says no."""

import http.server
import io
import json
import threading
from collections.abc import Iterator
from typing import Any, NamedTuple

import apache_beam as beam
import pyarrow.parquet as pq
import pytest
from conftest import NOW, make_article
from google.api_core import exceptions

from pipeline import tables
from pipeline.bigquery import client, loading, streaming
from pipeline.bigquery.client import JOB_TRIES, plain_errors, run_job
from pipeline.bigquery.dataset import BigQuery
from pipeline.bigquery.schema import _ensure_view, schema_fields
from pipeline.bigquery.streaming import WriteStream, WriteStreams
from pipeline.config import BigQueryConfig
from pipeline.destination import Limits, parse_destination
from pipeline.words import make_parser
from transforms.errors import DestinationError, NewsbeamError
from transforms.records import Article

DAY = NOW.to_utc_datetime().date()
BAD = "a row that BigQuery refuses"


class Asked(NamedTuple):
    """A request as the stub got it."""

    method: str
    path: str
    body: Any


class Stub:
    """As much of BigQuery's REST interface as the tests need. Rows whose title is BAD are refused.

    Args:
        busy: how many insertAll requests to answer with 503 first.
        columns: what queries say that their rows have; they have no rows.
        failing: what each of the next jobs fails with, (reason, message).
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.jobs: dict[str, dict] = {}
        self.loaded: dict[str, list[dict]] = {}
        self.inserted: dict[str, dict[str, dict]] = {}
        self.columns: list[dict] = []
        self.busy = 0
        self.failing: list[tuple[str, str]] = []
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, body: Any) -> tuple[int, dict]:
        self.asked.append(Asked(method, path, body))
        if path.endswith("/insertAll"):
            return self._insert(path, body)
        if "/queries/" in path:
            return 200, {"jobComplete": True, "totalRows": "0", "schema": {"fields": self.columns}}
        if "/jobs/" in path:
            return 200, self.jobs[path.rpartition("/")[2]]
        if path.endswith("/jobs"):
            return self._start(body["jobReference"]["jobId"], body["configuration"], None)
        table = {"projectId": "p", "datasetId": "d", "tableId": path.rpartition("/")[2]}
        return 200, (body or {}) | {"tableReference": table}

    def _insert(self, path: str, body: dict) -> tuple[int, dict]:
        if self.busy:
            self.busy -= 1
            return 503, {"error": {"message": "try later", "errors": [{"reason": "backendError"}]}}
        there = self.inserted.setdefault(path.split("/")[-2], {})
        errors = []
        for index, row in enumerate(body["rows"]):
            if row["json"].get("title") == BAD:
                said = {"reason": "invalid", "location": "title", "message": "no such title"}
                errors.append({"index": index, "errors": [said]})
            else:
                there.setdefault(row["insertId"], row["json"])
        return 200, {"insertErrors": errors}

    def load(self, job: dict, parquet: bytes) -> tuple[int, dict]:
        return self._start(job["jobReference"]["jobId"], job["configuration"], parquet)

    def _start(self, job_id: str, configuration: dict, parquet: bytes | None) -> tuple[int, dict]:
        if job_id in self.jobs:
            return 409, {"error": {"message": f"Already Exists: Job {job_id}", "errors": [{"reason": "duplicate"}]}}
        status: dict[str, Any] = {"state": "DONE"}
        reason, said = self.failing.pop(0) if self.failing else (None, "")
        rows = pq.read_table(io.BytesIO(parquet)).to_pylist() if parquet else []
        if any(row["title"] == BAD for row in rows):
            reason, said = "invalid", "Error while reading data"
        if reason:
            status["errorResult"] = {"reason": reason, "message": said}
            status["errors"] = [status["errorResult"]]
        elif parquet:
            self.loaded[configuration["load"]["destinationTable"]["tableId"]] = rows
        reference = {"projectId": "p", "jobId": job_id, "location": "US"}
        self.jobs[job_id] = {"jobReference": reference, "configuration": configuration, "status": status}
        return 200, self.jobs[job_id]


def _handler(stub: Stub) -> type:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        uploads: dict = {}  # noqa: RUF012  by number: the job that a file belongs to

        def _body(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def _say(self, status: int, body: dict, **headers: str) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(data)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def _answer(self) -> None:
            path = self.path.partition("?")[0]
            body = self._body()
            if path.startswith("/upload/") or path.startswith("/resumable/"):
                number = str(len(self.uploads))
                self.uploads[number] = json.loads(body)
                self._say(200, {}, Location=f"{stub.address}/put/{number}")
                return
            self._say(*stub.answer(self.command, path, json.loads(body) if body else None))

        do_GET = do_POST = do_PATCH = do_DELETE = _answer

        def do_PUT(self) -> None:
            self._say(*stub.load(self.uploads[self.path.rpartition("/")[2]], self._body()))

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    stub = Stub()
    monkeypatch.setenv("BIGQUERY_EMULATOR_HOST", stub.address)
    yield stub
    stub.close()


@pytest.fixture
def destination() -> BigQuery:
    return BigQuery("p", "d", BigQueryConfig(), "me", "US")


def articles(*titles: str) -> list[Article]:
    return [make_article(article_id=f"a{n}", title=title, published_at=NOW) for n, title in enumerate(titles)]


KEPT: list[Any] = []  # the runner is in this process, but copies what a graph holds


def stream(destination: BigQuery, records: list[Article]) -> list[Any]:
    """Streams articles; returns the dead letters."""
    KEPT.clear()
    with beam.Pipeline("FnApiRunner") as pipeline:
        rows = pipeline | beam.Create(records).with_output_types(Article)
        rows | WriteStream(destination, tables.ARTICLES) | beam.Map(_keep)
    return list(KEPT)


def _keep(letter: Any) -> None:
    KEPT.append(letter)


# Streams


def test_a_row_that_is_refused_stops_no_other(stub: Stub, destination: BigQuery) -> None:
    [letter] = stream(destination, articles("one", BAD, "three"))
    assert {row["title"] for row in stub.inserted["articles_log"].values()} == {"one", "three"}
    assert (letter.stage, letter.reason, letter.key) == ("write", "invalid", "articles_log")
    assert letter.message == "title: no such title" and letter.retry_at is None
    assert json.loads(letter.payload)["article_id"] == "a1"


def test_a_busy_service_is_asked_again_with_the_same_insert_ids(stub: Stub, destination: BigQuery) -> None:
    stub.busy = 1
    assert stream(destination, articles("one", "two")) == []
    first, second = (asked.body["rows"] for asked in stub.asked if asked.path.endswith("insertAll"))
    assert {row["insertId"] for row in first} == {row["insertId"] for row in second}
    stream(destination, articles("one", "two"))  # a bundle that is sent again
    assert len(stub.inserted["articles_log"]) == 2


def test_a_row_too_large_for_any_request_is_a_dead_letter(
    stub: Stub, destination: BigQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "MAX_ROW_BYTES", 2_000)
    [letter] = stream(destination, [*articles("one"), make_article(article_id="b", title="x" * 3_000)])
    assert letter.reason == "too_large"
    assert [row["title"] for row in stub.inserted["articles_log"].values()] == ["one"]


def test_requests_keep_below_the_limit(stub: Stub, destination: BigQuery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "MAX_REQUEST_BYTES", 2_000)
    stream(destination, articles(*(str(n) for n in range(20))))
    assert len(stub.inserted["articles_log"]) == 20
    requests = [asked.body["rows"] for asked in stub.asked if asked.path.endswith("insertAll")]
    assert len(requests) > 3


def test_refused_rows_of_a_stream_are_written_as_dead_letters(stub: Stub, destination: BigQuery) -> None:
    with beam.Pipeline("FnApiRunner") as pipeline:
        letters = pipeline | "No letters" >> beam.Create([]).with_output_types(tables.DEAD_LETTERS.record)
        rows = pipeline | beam.Create(articles("one", BAD)).with_output_types(Article)
        {tables.ARTICLES: rows, tables.DEAD_LETTERS: letters} | WriteStreams(destination)
    [letter] = stub.inserted["dead_letters_log"].values()
    assert letter["stage"] == "write" and json.loads(letter["payload"])["title"] == BAD


def test_the_method_that_needs_java_says_so(destination: BigQuery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming.shutil, "which", lambda name: None)
    chosen = parse_destination("bigquery:p.d", BigQueryConfig(method="storage_write_api"))
    with pytest.raises(NewsbeamError, match="needs Java"):
        stream(chosen, articles("one"))


# Loads


def test_refused_rows_of_a_run_are_dead_letters_of_its_commit(stub: Stub, destination: BigQuery) -> None:
    titles = [BAD if n in (7, 30) else str(n) for n in range(40)]
    staged = destination.stage("run", tables.ARTICLES, DAY, "0", articles(*titles))
    assert staged.rows == 38 and len(staged.refused) == 2
    assert [row["title"] for row in stub.loaded[staged.staged]] == [title for title in titles if title != BAD]
    assert [json.loads(refusal.row)["article_id"] for refusal in staged.refused] == ["a7", "a30"]
    assert {refusal.message for refusal in staged.refused} == {"Error while reading data"}


def test_rows_that_are_all_refused_are_no_matter_of_rows(
    stub: Stub, destination: BigQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "MAX_REFUSED", 3)
    with pytest.raises(DestinationError, match="refuses more than 3 rows: Error while reading data"):
        destination.stage("run", tables.ARTICLES, DAY, "0", articles(*[BAD] * 40))


def test_a_bundle_that_is_retried_loads_nothing_again(stub: Stub, destination: BigQuery) -> None:
    first = destination.stage("run", tables.ARTICLES, DAY, "0", articles("one", BAD))
    jobs = dict(stub.jobs)
    assert destination.stage("run", tables.ARTICLES, DAY, "0", articles("one", BAD)) == first
    assert stub.jobs == jobs


def test_what_was_staged_goes_after_a_day(stub: Stub, destination: BigQuery) -> None:
    destination.stage("run", tables.ARTICLES, DAY, "0", articles("one"))
    [made] = [asked.body for asked in stub.asked if asked.path.endswith("/tables")]
    assert made["tableReference"]["tableId"] == "staging_run_articles_log_0" and int(made["expirationTime"]) > 0


@pytest.mark.parametrize(
    ("failures", "passes"),
    [
        ([], True),
        ([("backendError", "busy")], True),
        ([("invalidQuery", "aborted due to concurrent update")] * 2, True),
        ([("backendError", "busy")] * JOB_TRIES, False),
        ([("accessDenied", "no")], False),
    ],
)
def test_a_job_that_failed_for_a_reason_that_passes_is_tried_again(
    stub: Stub, destination: BigQuery, failures: list, passes: bool
) -> None:
    stub.failing = list(failures)
    service = destination.client()

    def start(job_id: str) -> Any:
        return service.query("SELECT 1", job_id=job_id, job_retry=None)

    if passes:
        assert run_job(service, "job", start).job_id == f"job-{len(failures)}"
        assert run_job(service, "job", start).job_id == f"job-{len(failures)}"  # found, not run
        assert len(stub.jobs) == len(failures) + 1
    else:
        with pytest.raises(exceptions.GoogleAPICallError):
            run_job(service, "job", start)
        assert not stub.failing


# Bytes


def test_no_query_is_billed_for_more_than_it_may(stub: Stub, destination: BigQuery) -> None:
    destination.query("SELECT 1", Limits(10.0, 500))
    stub.columns = [field.to_api_repr() for field in schema_fields(tables.FEEDS.schema)]
    assert destination.newest(tables.FEEDS, DAY) == {}
    priced, asked, remembered = (a.body["configuration"] for a in stub.asked if a.path.endswith("/jobs"))
    assert priced["dryRun"] is True
    assert asked["query"]["maximumBytesBilled"] == "500"
    assert remembered["query"]["maximumBytesBilled"] == str(destination.settings.max_bytes)
    assert "WHERE day >= @first_day" in remembered["query"]["query"]


@pytest.mark.parametrize(
    ("text", "size"), [("1000", 1_000), ("500M", 500 * 2**20), ("10g", 10 * 2**30), ("2 TB", 2**41)]
)
def test_a_size_in_bytes(text: str, size: int) -> None:
    assert make_parser().parse_args(["query", "SELECT 1", "--from", "x", "--max-bytes", text]).max_bytes == size


@pytest.mark.parametrize("text", ["0", "much", "-1", "1.5G"])
def test_what_is_no_size(text: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(["query", "SELECT 1", "--from", "x", f"--max-bytes={text}"])
    assert "is no size; write for example 500M or 10G" in capsys.readouterr().err


# What goes wrong, in plain words


def problem(kind: type, reason: str, message: str) -> Exception:
    return kind(f"GET https://x/y?prettyPrint=false: {message}\nmore", errors=[{"reason": reason}])


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (problem(exceptions.Forbidden, "accessDenied", "Access Denied"), "no permission .Access Denied.*roles"),
        (problem(exceptions.Forbidden, "quotaExceeded", "Too many"), "a quota of the project is used up: Too many"),
        (problem(exceptions.NotFound, "notFound", "Dataset p:d"), "not found: Dataset p:d$"),
        (problem(exceptions.BadRequest, "bytesBilledLimitExceeded", "Over 10 bytes"), "Over 10 bytes; ask for less"),
        (problem(exceptions.ServiceUnavailable, "backendError", "down"), "did not answer as it should: down"),
    ],
)
def test_errors_say_what_to_do(raised: Exception, said: str) -> None:
    with pytest.raises(NewsbeamError, match=f"^bigquery:p.d: .*{said}"), plain_errors("bigquery:p.d"):
        raise raised


def test_where_nobody_answers_it_says_so_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIGQUERY_EMULATOR_HOST", "http://127.0.0.1:9")
    monkeypatch.setattr(client, "FIRST_SECONDS", 0.1)
    with pytest.raises(DestinationError, match=r"^bigquery:p.d: BigQuery did not answer"):
        BigQuery("p", "d", BigQueryConfig()).exists()


def test_without_credentials_it_says_how_to_get_some(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for name in ("BIGQUERY_EMULATOR_HOST", "GOOGLE_APPLICATION_CREDENTIALS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    with pytest.raises(DestinationError, match="no Google Cloud credentials; sign in with `gcloud auth"):
        BigQuery("p", "d", BigQueryConfig()).exists()


def test_without_the_client_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "google.cloud.bigquery", None)
    monkeypatch.delattr("google.cloud.bigquery", raising=False)
    with pytest.raises(DestinationError, match=r"pip install 'newsbeam\[gcp\]'"):
        BigQuery("p", "d", BigQueryConfig()).exists()


def test_a_view_that_changed_is_brought_up_to_date(stub: Stub, destination: BigQuery) -> None:
    _ensure_view(destination.client(), "p.d", "feeds", True)
    [changed] = [asked for asked in stub.asked if asked.method == "PATCH"]
    assert "FROM `p.d`.feeds_log" in changed.body["view"]["query"]
