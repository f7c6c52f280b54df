"""Addresses from Pub/Sub and feeds together, on Beam's local streaming runner and over loopback."""

import concurrent.futures
import json
import time

import apache_beam as beam
import grpc
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.utils.timestamp import Timestamp
from conftest import Answer
from google.protobuf import empty_pb2
from test_streaming import CONFIG, Collect, Nothing, publish

from pipeline import streaming
from transforms.records import Feed

pubsub_v1 = pytest.importorskip("google.cloud.pubsub_v1", reason="newsbeam[gcp] is not installed")


class _PubSub:
    """Pub/Sub on loopback: the messages of each subscription once, until they are acknowledged."""

    def __init__(self):
        self.waiting, self.acknowledged = {}, []
        self.server = grpc.server(concurrent.futures.ThreadPoolExecutor(2))
        types, empty = pubsub_v1.types, empty_pb2.Empty.SerializeToString
        handlers = {
            "Pull": grpc.unary_unary_rpc_method_handler(
                self.pull, types.PullRequest.deserialize, types.PullResponse.serialize
            ),
            "Acknowledge": grpc.unary_unary_rpc_method_handler(
                self.acknowledge, types.AcknowledgeRequest.deserialize, empty
            ),
        }
        service = grpc.method_handlers_generic_handler("google.pubsub.v1.Subscriber", handlers)
        self.server.add_generic_rpc_handlers((service,))
        self.port = self.server.add_insecure_port("127.0.0.1:0")
        self.server.start()

    def publish(self, subscription, messages):
        for number, data in enumerate(messages):
            self.waiting[f"{subscription}#{number}"] = data

    def pull(self, request, context):
        found = [(key, data) for key, data in self.waiting.items() if key.partition("#")[0] == request.subscription]
        now = Timestamp.now().to_proto()
        given = [
            {"ack_id": key, "message": {"data": data, "message_id": key, "publish_time": now}}
            for key, data in found[:1]
        ]
        return pubsub_v1.types.PullResponse(received_messages=given)

    def acknowledge(self, request, context):
        self.acknowledged += [self.waiting.pop(ack_id) for ack_id in request.ack_ids if ack_id in self.waiting]
        return empty_pb2.Empty()


@pytest.fixture
def pubsub(monkeypatch):
    pubsub = _PubSub()
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", f"127.0.0.1:{pubsub.port}")
    yield pubsub
    pubsub.server.stop(None)


ADDRESSES, TICKS = (f"projects/our-project/subscriptions/{name}" for name in ("addresses", "ticks"))


def test_feeds_and_messages_flow_through_the_local_streaming_runner(site, pubsub):
    """The runner knows no source that paces itself: the ticks come from Pub/Sub too."""
    publish(site)
    item = f"<item><title>Ten killed in Gao</title><link>{site.url('/two')}</link><guid>2</guid></item>"
    rss = f'<rss version="2.0"><channel><title>Two</title>{item}</channel></rss>'.encode()
    site.answers["/feed"] = Answer(rss, headers={"Content-Type": "application/rss+xml"})
    messages = [b"nonsense", site.url("/one").encode(), json.dumps({"url": site.url("/gone")}).encode()]
    pubsub.publish(ADDRESSES, messages)
    pubsub.publish(TICKS, [b"tick"])
    Collect.ROWS.clear()
    pipeline = beam.Pipeline("BundleBasedDirectRunner", options=PipelineOptions(["--streaming"]))
    sources = streaming.Sources([Feed(site.url("/feed"), "")], ADDRESSES, streaming.ReadMessages(TICKS))
    streaming.build_stream(pipeline, sources, CONFIG, Nothing(), Collect())
    job = pipeline.run()
    try:
        rows = _wait_for({"articles_log": 2, "dead_letters_log": 1, "rejections_log": 1, "events_log": 2})
    finally:
        job.cancel()
    assert {article.url for article in rows["articles_log"]} == {site.url("/one"), site.url("/two")}
    assert [letter.reason for letter in rows["dead_letters_log"]] == ["message"]
    assert [poll.outcome for poll in rows["polls_log"]][:1] == ["ok"]
    assert max(event.article_count for event in rows["events_log"]) == 2
    assert sorted(pubsub.acknowledged) == sorted([*messages, b"tick"])


def _wait_for(counts, seconds=90.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if all(len(Collect.ROWS.get(name, ())) >= count for name, count in counts.items()):
            return Collect.ROWS
        time.sleep(0.1)
    raise AssertionError({name: len(rows) for name, rows in Collect.ROWS.items()})
