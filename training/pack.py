"""Put a model file into the package: `python pack.py MODEL.onnx` checks it and copies it to the package data.

A file goes in only for a release: it stays in the repository's history for ever.
"""

import argparse
import hashlib
import shutil
from pathlib import Path

from transforms.language.network import Network
from transforms.language.parser import BUNDLED

LARGEST = 28_000_000  # bytes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    args = parser.parse_args()
    data = args.model.read_bytes()
    if len(data) > LARGEST:
        parser.error(f"{args.model} has {len(data)} bytes, more than {LARGEST}: was it quantised?")
    network = Network(data)
    missing = {"names", "tags", "pos", "deps"} - set(network.labels)
    if missing:
        parser.error(f"{args.model} has no labels for {', '.join(sorted(missing))}")
    shutil.copyfile(args.model, BUNDLED)
    print(f"model {network.version}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
