"""The wheel alone, as a remote runner's worker has it: a job service here, and a worker that cannot see this tree."""

import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import time

import pytest

from pipeline.sample.newsroom import Newsroom

ROOT = pathlib.Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """An environment with our wheel and our dependencies, and an empty folder to work in."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    source = folder / "source"  # a build leaves files behind
    subprocess.run(["git", "clone", "--quiet", "--depth=1", ROOT.as_uri(), str(source)], check=True)
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)], check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True)
    [packages] = (folder / "env" / "lib").glob("python*/site-packages")
    # The folders alone: what is linked from them into a source tree is not followed.
    (packages / "dependencies.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    [wheel] = folder.glob("*.whl")
    python = str(folder / "env" / "bin" / "python")
    subprocess.run(
        [*pip, "--python", python, "install", "--no-deps", "--no-index", "--force-reinstall", str(wheel)], check=True
    )
    (folder / "empty").mkdir()
    return folder / "env" / "bin", folder / "empty"


@contextlib.contextmanager
def serving(words, cwd, port):
    """A server of its own process, until the context ends; it is there when its port answers."""
    path = f"{pathlib.Path(words[0]).parent}:{os.environ['PATH']}"  # the pool starts a worker by the name `python`
    environment = _environment() | {"PATH": path}
    process = subprocess.Popen(words, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("localhost", port), 1):
                break
            assert process.poll() is None, words
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _environment():
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def _free_port():
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return free.getsockname()[1]


def test_the_sample_newsroom_runs_on_a_worker_that_has_only_the_wheel(installed):
    binaries, empty = installed
    python, service, pool = str(binaries / "python"), _free_port(), _free_port()
    where = subprocess.run(
        [python, "-c", "import pipeline, transforms; print(pipeline.__file__, transforms.__file__)"],
        cwd=empty, capture_output=True, text=True, check=True, env=_environment(),
    )  # fmt: skip
    assert all(path.startswith(str(binaries.parent)) for path in where.stdout.split())
    jobs = [python, "-m", "apache_beam.runners.portability.local_job_service_main", f"--port={service}"]
    workers = [python, "-m", "apache_beam.runners.worker.worker_pool_main", f"--service_port={pool}"]
    local = ["--set", "fetch.allow_private_addresses=true", "--set", "fetch.host_delay_seconds=0"]
    with Newsroom() as newsroom, serving(jobs, empty, service), serving(workers, empty, pool):
        words = [str(binaries / "newsbeam"), "run", "--feeds", newsroom.opml_url, "--to", str(empty / "out"), *local]
        remote = ["--", "--runner=PortableRunner", f"--job_endpoint=localhost:{service}"]
        remote += ["--environment_type=EXTERNAL", f"--environment_config=localhost:{pool}"]
        done = subprocess.run(
            [*words, *remote], cwd=empty, capture_output=True, text=True, timeout=500, env=_environment()
        )
        written = sum(article.fate == "article" for article in newsroom.labels.articles.values())
    assert done.returncode == 0, done.stderr[-3_000:]
    assert f"{written} articles written" in done.stdout
    assert "every step balances" in done.stdout
