"""A stand-in for what a job is submitted to: Dataflow's endpoint, and the bucket that it is staged in. Nothing runs."""

import contextlib
import http.server
import json
import os
import socket
import threading
from collections.abc import Iterator
from unittest import mock

from apache_beam.portability.api import beam_runner_api_pb2
from gcp_storage_emulator.server import create_server
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage

BUCKET = "our-bucket"
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


@contextlib.contextmanager
def running() -> Iterator[Service]:
    """The service, and a bucket in memory where Google's libraries look for theirs."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    bucket = create_server("localhost", port, in_memory=True, default_bucket=BUCKET)
    with mock.patch.dict(os.environ, {"STORAGE_EMULATOR_HOST": f"http://localhost:{port}"}):
        bucket.start()
        service = Service()
        try:
            yield service
        finally:
            service.server.shutdown()
            bucket.stop()


def options(service: Service) -> list[str]:
    """Beam's options of a job that is submitted here."""
    return [
        "--runner=DataflowRunner",
        f"--dataflow_endpoint=http://localhost:{service.server.server_port}",
        "--no_auth",
        "--project=our-project",
        "--region=europe-west1",
        "--job_name=newsbeam",
        f"--temp_location=gs://{BUCKET}/tmp",
        f"--staging_location=gs://{BUCKET}/staging",
        f"--sdk_container_image={IMAGE}",
    ]


def staged() -> beam_runner_api_pb2.Pipeline:
    """The graph that was staged for the job."""
    client = storage.Client("our-project", credentials=AnonymousCredentials())
    [blob] = [blob for blob in client.list_blobs(BUCKET) if blob.name.endswith("/pipeline.pb")]
    return beam_runner_api_pb2.Pipeline.FromString(blob.download_as_bytes())
