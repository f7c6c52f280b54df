"""Serves the sample newsroom until Ctrl-C, or prints its labels: `python -m pipeline.sample [--port N | --labels]`."""

import argparse
import contextlib
import json
import threading

from pipeline.sample.labels import load_labels
from pipeline.sample.newsroom import Newsroom


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.sample", description="The sample newsroom.")
    parser.add_argument("--port", type=int, default=0, help="port on loopback (default: any free one)")
    parser.add_argument("--labels", action="store_true", help="print the labels as JSON instead of serving")
    args = parser.parse_args()
    if args.labels:
        print(json.dumps(load_labels().to_json(), default=str, ensure_ascii=False, indent=1))
        return
    with Newsroom(args.port) as newsroom, contextlib.suppress(KeyboardInterrupt):
        print(newsroom.opml_url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
