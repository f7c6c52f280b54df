"""What is submitted to Dataflow: the job as it would be started there, to a stand-in for its service."""

import dataflow
import pytest
from apache_beam.portability.api import beam_runner_api_pb2
from dataflow import IMAGE, SUBSCRIPTION

from pipeline import streaming
from pipeline.bigquery.dataset import BigQuery
from pipeline.config import Config
from pipeline.options import parse_beam_options
from transforms.records import Feed


class Prepared(BigQuery):
    """A dataset whose tables are there."""

    def prepared(self):
        return self


@pytest.fixture(scope="module")
def submitted():
    """The job as Dataflow gets it, and the graph that was staged for it."""
    with dataflow.running() as service:
        started = streaming.start_stream(
            streaming.Sources([Feed("https://outlet.example/feed", "")], SUBSCRIPTION),
            Config(),
            Prepared("our-project", "news", Config().bigquery),
            parse_beam_options(dataflow.options(service)),
        )
        staged = dataflow.staged()
    [(path, job)] = service.jobs
    return started, path, job, staged


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
