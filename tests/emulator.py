"""The BigQuery emulator, for tests: installed once into an environment of its own, since it needs another DuckDB.

Run as a program it only installs: `python tests/emulator.py`.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import pathlib
import queue
import subprocess
import sys
import threading
import venv
from collections.abc import Iterator
from typing import IO

ROOT = pathlib.Path(__file__).parent.parent
FOLDER = ROOT / ".venv-bqemulator"
PINS = ROOT / "tests" / "bqemulator.txt"
INSTALL_SECONDS, START_SECONDS = 600, 120
SPATIAL = "from duckdb_extensions import import_extension; import_extension('spatial')"


def installed() -> pathlib.Path:
    """The folder of the environment, made if it is not there or has other pins. One process at a time makes it."""
    FOLDER.mkdir(exist_ok=True)
    pins = hashlib.sha256(PINS.read_bytes()).hexdigest()
    mark = FOLDER / ".installed"
    with open(FOLDER / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists() or mark.read_text() != pins:
            venv.create(FOLDER, with_pip=True)
            _run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", str(PINS))
            _run("-c", SPATIAL)
            mark.write_text(pins)
    return FOLDER


def _run(*words: str) -> None:
    command = [str(FOLDER / "bin" / "python"), *words]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, timeout=INSTALL_SECONDS)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr[-2000:]}")


def _environment() -> dict[str, str]:
    return os.environ | {"HOME": str(FOLDER)}  # DuckDB keeps its extensions under the home folder


@contextlib.contextmanager
def running() -> Iterator[str]:
    """An emulator on a free port, with nothing in it. Its address, as BIGQUERY_EMULATOR_HOST takes it."""
    command = [str(installed() / "bin" / "bqemulator"), "start", "--rest-port", "0", "--grpc-port", "0", "--ephemeral"]
    process = subprocess.Popen(
        command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=FOLDER
    )
    ports: queue.Queue[int] = queue.Queue()
    threading.Thread(target=_follow, args=(process.stdout, ports), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{ports.get(timeout=START_SECONDS)}"
    finally:
        process.terminate()
        process.wait(30)


def _follow(lines: IO[str], ports: queue.Queue) -> None:
    """Reads what the emulator says to the end, so that it never waits for us; tells the port that it listens on."""
    for line in lines:
        if '"rest.listen"' in line:
            ports.put(json.loads(line)["port"])


if __name__ == "__main__":
    print(installed(), file=sys.stderr)
