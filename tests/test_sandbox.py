"""The process for parsers: whatever a document does to it, the next one is read."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from transforms.errors import Failure
from transforms.web.sandbox import PARSERS, Sandbox

FOREVER = ("re:match", "(a+)+$", "a" * 60 + "b")
CRASH = ("ctypes:string_at", 0)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(cpu_seconds=0.3)
    yield sandbox
    sandbox.close()


def reason_of(call: Callable[..., Any], *arguments: Any) -> str:
    with pytest.raises(Failure) as failed:
        call(*arguments)
    return failed.value.reason


def test_a_call_returns_what_the_function_does(sandbox: Sandbox) -> None:
    assert sandbox.call("operator:add", "é\ud800", "\0") == "é\ud800\0"
    assert sandbox.call("operator:mul", [1.5, None], 2) == [1.5, None, 1.5, None]
    assert len(sandbox.call("operator:mul", "x", 5_000_000)) == 5_000_000


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (FOREVER, "parse_timeout"),
        (CRASH, "parse_crash"),
        (("os:_exit", 3), "parse_crash"),
        (("os:abort",), "parse_crash"),
        (("signal:raise_signal", signal.SIGKILL), "parse_memory"),
        (("builtins:bytearray", 2**31), "parse_memory"),
        (("operator:truediv", 1, 0), "parse_error"),
        (("builtins:object",), "parse_error"),  # not plain
        (("transforms.web.feeds:parse_feed", b"not a feed", "https://a.example/"), "not_a_feed"),
    ],
)
def test_a_document_that_fails_has_a_reason_and_costs_only_itself(
    sandbox: Sandbox, call: tuple[Any, ...], reason: str
) -> None:
    for _ in range(2):
        assert reason_of(sandbox.call, *call) == reason
        assert sandbox.call("operator:add", 1, 2) == 3


def test_a_child_that_waits_for_ever_is_ended_too(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    """The timers are the kernel's: the second one counts time that passes, not time that is worked."""
    boot = "import transforms.web.sandbox as s; s.WALL_SECONDS = 0.2; s.serve"
    monkeypatch.setattr(
        "transforms.web.sandbox._BOOT", f"import sys; sys.path[:] = sys.argv[3:]; {boot}(*sys.argv[1:3])"
    )
    assert reason_of(sandbox.call, "time:sleep", 60) == "parse_timeout"


def test_a_child_is_an_interpreter_of_its_own_without_our_environment(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    monkeypatch.setenv("NEWSBEAM_SECRET", "x")
    assert sandbox.call("os:getpid") != os.getpid()
    assert sandbox.call("os:getenv", "NEWSBEAM_SECRET") is None
    assert sandbox.call("os:getsid", 0) != os.getsid(0)  # Ctrl-C does not reach it


def test_one_child_serves_many_and_is_replaced_in_time(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setattr("transforms.web.sandbox.MAX_DOCUMENTS", 3)
    children = [sandbox.call("os:getpid") for _ in range(6)]
    assert len(set(children[:3])) == len(set(children[3:])) == 1 and children[0] != children[3]


def test_what_a_library_prints_is_no_answer(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    assert sandbox.call("builtins:print", "x" * 10_000) is None
    assert sandbox.call("os:write", 1, b"x") == sandbox.call("os:write", 2, b"x") == 1
    assert sandbox.call("operator:add", 1, 2) == 3
    assert capfd.readouterr() == ("", "")


def test_threads_take_turns(sandbox: Sandbox) -> None:
    answers: dict[int, Any] = {}

    def ask(n: int) -> None:
        answers[n] = [sandbox.call("operator:mul", str(n), 1_000) for _ in range(20)]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: [str(n) * 1_000] * 20 for n in range(8)}


def test_an_interrupted_call_leaves_no_answer_to_the_next(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    assert sandbox.call("operator:add", 1, 1) == 2
    with monkeypatch.context() as patched:
        patched.setattr("transforms.web.sandbox._receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            sandbox.call("operator:add", 10, 10)
    assert sandbox.call("operator:add", 1, 2) == 3


def test_a_child_that_died_idle_is_no_document_s_fault(sandbox: Sandbox) -> None:
    os.kill(sandbox.call("os:getpid"), signal.SIGKILL)
    time.sleep(0.1)
    assert sandbox.call("operator:add", 1, 2) == 3


def test_a_process_that_cannot_start_is_our_bug_not_a_document_s(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], sandbox: Sandbox
) -> None:
    monkeypatch.setattr("transforms.web.sandbox._BOOT", "import no_such_module")
    with pytest.raises(RuntimeError, match="does not start"):
        sandbox.call("operator:add", 1, 2)
    assert "no_such_module" in capfd.readouterr().err


@pytest.mark.parametrize("function", ["no_such_module:f", "operator:no_such_function"])
def test_a_function_that_cannot_be_loaded_is_our_bug_too(sandbox: Sandbox, function: str) -> None:
    with pytest.raises(RuntimeError, match="cannot be loaded"):
        sandbox.call(function)
    assert sandbox.call("operator:add", 1, 2) == 3


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"


def _gone_within(process: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while _is_there(process) and time.monotonic() < end:
        time.sleep(0.05)
    return not _is_there(process)


@pytest.mark.parametrize("end", ["pass", "import os; os._exit(0)", "import os; os.kill(os.getpid(), 9)"])
def test_a_child_does_not_outlive_its_parent(end: str) -> None:
    script = f"from transforms.web.sandbox import PARSERS; print(PARSERS.call('os:getpid'), flush=True); {end}"
    done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert _gone_within(int(done.stdout), 10)


def test_a_forked_process_has_a_child_of_its_own() -> None:
    ours = PARSERS.call("os:getpid")
    read, write = os.pipe()
    if (process := os.fork()) == 0:
        os.write(write, str(PARSERS.call("os:getpid")).encode())
        os._exit(0)
    theirs = int(os.read(read, 100))
    os.waitpid(process, 0)
    os.close(read)
    os.close(write)
    assert theirs != ours == PARSERS.call("os:getpid")
