"""What is submitted to Dataflow: the job as it would be started there, to a stub of its service. Nothing runs."""

import http.server
import json
import socket
import threading

import pytest
from apache_beam.portability.api import beam_runner_api_pb2

from pipeline import streaming
from pipeline.bigquery.dataset import BigQuery
from pipeline.config import Config
from pipeline.options import parse_beam_options
from transforms.records import Feed

pytest.importorskip("google.cloud.dataflow", reason="newsbeam[gcp] is not installed")
emulator = pytest.importorskip("gcp_storage_emulator.server")

IMAGE = "europe-docker.pkg.dev/our-project/news/newsbeam:1"
SUBSCRIPTION = "projects/our-project/subscriptions/addresses"


class Service:
    """Dataflow's endpoint: takes any job and remembers it."""

    def __init__(self):
        self.jobs = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def _handler(service):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                job = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.jobs.append((self.path.partition("?")[0], job))
                answer = json.dumps({"id": "job-1", "currentState": "JOB_STATE_PENDING"}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args):
                pass

        return Handler


class Prepared(BigQuery):
    """A dataset whose tables are there."""

    def prepared(self):
        return self


@pytest.fixture(scope="module")
def submitted():
    """The job as Dataflow gets it, and the graph that was staged for it."""
    with pytest.MonkeyPatch.context() as patch, socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
        free.close()
        patch.setenv("STORAGE_EMULATOR_HOST", f"http://localhost:{port}")
        storage = emulator.create_server("localhost", port, in_memory=True, default_bucket="our-bucket")
        storage.start()
        service = Service()
        try:
            started = streaming.start_stream(
                streaming.Sources([Feed("https://outlet.example/feed", "")], SUBSCRIPTION),
                Config(),
                Prepared("our-project", "news", Config().bigquery),
                parse_beam_options(_options(service.server.server_port)),
            )
            staged = _staged("our-bucket")
        finally:
            service.server.shutdown()
            storage.stop()
    [(path, job)] = service.jobs
    return started, path, job, staged


def _options(port):
    return [
        "--runner=DataflowRunner",
        f"--dataflow_endpoint=http://localhost:{port}",
        "--no_auth",
        "--project=our-project",
        "--region=europe-west1",
        "--job_name=newsbeam",
        "--temp_location=gs://our-bucket/tmp",
        "--staging_location=gs://our-bucket/staging",
        f"--sdk_container_image={IMAGE}",
    ]


def _staged(bucket):
    from google.auth.credentials import AnonymousCredentials
    from google.cloud import storage

    client = storage.Client("our-project", credentials=AnonymousCredentials())
    [blob] = [blob for blob in client.list_blobs(bucket) if blob.name.endswith("/pipeline.pb")]
    return beam_runner_api_pb2.Pipeline.FromString(blob.download_as_bytes())


def test_the_job_is_a_stream_in_our_image(submitted):
    started, path, job, _ = submitted
    assert started == "started: job-1"
    assert path == "/v1b3/projects/our-project/locations/europe-west1/jobs"
    assert (job["name"], job["type"]) == ("newsbeam", 2)  # JOB_TYPE_STREAMING
    [pool] = job["environment"]["workerPools"]
    assert [image["containerImage"] for image in pool["sdkHarnessContainerImages"]] == [IMAGE]
    packages = [package["name"] for package in pool["packages"]]
    assert not any("pickled_main_session" in name or name.endswith((".whl", ".tar.gz")) for name in packages)


def test_the_staged_graph_has_our_steps_and_their_state(submitted):
    transforms = submitted[3].components.transforms
    names = {transform.unique_name for transform in transforms.values()}
    parts = (
        "Tick KnownFeeds Poll Messages Receive Fetch Clean KnownArticles Dedupe Extract KnownEvents MergeEvents Write"
    )
    assert set(parts.split()) <= names
    states = {}
    for transform in transforms.values():
        if transform.spec.urn == "beam:transform:pardo:v1":
            payload = beam_runner_api_pb2.ParDoPayload.FromString(transform.spec.payload)
            if payload.state_specs:
                held = sorted([*payload.state_specs, *payload.timer_family_specs])
                states[transform.unique_name.partition("/ParDo")[0]] = held
    assert states == {
        "Poll/Ask": ["feed"],
        "Poll/FirstFeed": ["feed_url", "ts-forget"],
        "Fetch/Ask": ["next_at"],
        "Dedupe/Merge": ["remembered", "steps", "ts-tidy"],
        "MergeEvents/Merge": ["events", "places", "steps", "ts-tidy"],
    }


def test_every_environment_is_our_image(submitted):
    environments = submitted[3].components.environments.values()
    images = {
        beam_runner_api_pb2.DockerPayload.FromString(environment.payload).container_image
        for environment in environments
    }
    assert images == {IMAGE}


def test_pubsub_is_read_by_the_service_itself(submitted):
    transforms = submitted[3].components.transforms.values()
    [source] = [each for each in transforms if each.spec.urn == "beam:transform:pubsub_read:v1"]
    payload = beam_runner_api_pb2.PubSubReadPayload.FromString(source.spec.payload)
    assert payload.subscription == SUBSCRIPTION
