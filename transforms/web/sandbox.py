"""A process apart for the parsers of what strangers wrote: one document cannot take the run along.

feedparser, libxml2 and trafilatura have inputs of a few hundred kilobytes that hold them for minutes, take gigabytes or
crash. So they run in a child with a bounded address space, and before each document the child sets the kernel's own
timers on itself: nothing that happens in it, and nothing that happens to its parent, keeps it alive beyond them. The
child is started with the first document, serves one after the other, and is replaced when it has died.

It is a fresh interpreter (`exec`, not a fork of a process with threads) with an empty environment. It is asked by
pickles, since we trust ourselves, and answers in JSON, since we do not trust it.
"""

import atexit
import contextlib
import importlib
import json
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
from typing import Any, BinaryIO, Optional

from transforms.errors import Failure

CPU_SECONDS = 10.0  # of one document: five times the slowest of 1,038 real pages, on a busy machine too
WALL_SECONDS = 60.0  # of one document that waits instead of working
MEMORY_BYTES = 2**30  # of address space, 0.2 GB of which the libraries take
MAX_DOCUMENTS = 2_000  # then a fresh child: libraries keep caches
_LENGTH_BYTES = 8
_TIMED_OUT = {signal.SIGPROF, signal.SIGALRM}
_KEPT_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # without which some Pythons do not start
_BOOT = "import sys; sys.path[:] = sys.argv[3:]; from transforms.web import sandbox; sandbox.serve(*sys.argv[1:3])"


class Sandbox:
    """Calls functions in a child process, which is started when it is needed. Threads take turns.

    Args:
        cpu_seconds: processor time allowed for one call.
        memory_bytes: address space of the child.
    """

    def __init__(self, cpu_seconds: float = CPU_SECONDS, memory_bytes: int = MEMORY_BYTES):
        self.cpu_seconds, self.memory_bytes = cpu_seconds, memory_bytes
        self._turn = threading.Lock()
        self._child: Optional[subprocess.Popen] = None
        self._served = 0

    def call(self, function: str, *arguments: Any) -> Any:
        """What a function returns, as JSON has it: named tuples are lists, keys are strings.

        Args:
            function: "module:name"; a name, so that this process need not load what only the child uses.

        Raises:
            Failure: as raised by `function`; or `parse_timeout`, `parse_memory`, `parse_crash`, where it ended the
                child; or `parse_error`, where it raised something else.
            RuntimeError: there is no such function, or its libraries cannot be loaded. That is no document's fault.
        """
        request = pickle.dumps((*function.split(":"), arguments))
        with self._turn:
            child = self._running()
            try:
                answer = self._ask(child, request)
            except BaseException:  # interrupted half-way: the next document must not get this one's answer
                self.close()
                raise
            if answer is None:
                raise self._obituary(child)
            if answer.get("reason") == "parse_memory" or self._served >= MAX_DOCUMENTS:
                self.close()
        if "bug" in answer:
            raise RuntimeError(answer["bug"])
        if "reason" in answer:
            raise Failure(answer["reason"], answer["message"])
        return answer["value"]

    def close(self) -> None:
        """Ends the child; the next call starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            _let_go(child)

    def _running(self) -> subprocess.Popen:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child, self._served = _start(self.cpu_seconds, self.memory_bytes), 0
        return self._child

    def _ask(self, child: subprocess.Popen, request: bytes) -> Optional[dict]:
        """The child's answer; None: it died over it."""
        self._served += 1
        with contextlib.suppress(BrokenPipeError, EOFError):
            _send(child.stdin, request)
            return json.loads(_receive(child.stdout))
        return None

    def _obituary(self, child: subprocess.Popen) -> Failure:
        _let_go(child)
        self._child = None
        code = -child.returncode
        if code in _TIMED_OUT:
            return Failure("parse_timeout", f"not parsed within {self.cpu_seconds:g} seconds")
        if code == signal.SIGKILL:  # the kernel's, when memory ran out
            return Failure("parse_memory", "the parser was killed, most likely for its memory")
        with contextlib.suppress(ValueError):
            return Failure("parse_crash", f"the parser died of {signal.Signals(code).name}")
        return Failure("parse_crash", f"the parser ended with status {child.returncode}")


def _start(cpu_seconds: float, memory_bytes: int) -> subprocess.Popen:
    """A child that is ready. RuntimeError if it cannot be: what it said stands on standard error."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _BOOT, str(cpu_seconds), str(memory_bytes), *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ} | {"OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,  # Ctrl-C is for us to handle
    )
    try:
        _receive(child.stdout)
    except EOFError:
        _let_go(child)
        raise RuntimeError(f"the process for parsers does not start (status {child.returncode})") from None
    return child


def _let_go(child: subprocess.Popen) -> None:
    for pipe in (child.stdin, child.stdout):
        with contextlib.suppress(OSError):  # what was not sent yet has no receiver
            pipe.close()
    child.wait()


def _send(pipe: BinaryIO, message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH_BYTES, "big"))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: BinaryIO) -> bytes:
    """The next message. EOFError: there is none, or not all of it."""
    size = int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "big")
    return _exactly(pipe, size)


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


# In the child


def serve(cpu_seconds: str, memory_bytes: str) -> None:
    """Answers requests on standard input until there are no more."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes), int(memory_bytes)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _send(answers, b"ready")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # what libraries print is neither an answer nor for the user's eyes
        os.dup2(nowhere, stream)
    with contextlib.suppress(EOFError, BrokenPipeError):  # the parent is gone
        while True:
            _send(answers, _attempt(_receive(requests), float(cpu_seconds)))


def _attempt(request: bytes, cpu_seconds: float) -> bytes:
    module, name, arguments = pickle.loads(request)
    try:
        function = getattr(importlib.import_module(module), name)
    except Exception as error:
        return json.dumps({"bug": f"{module}:{name} cannot be loaded: {type(error).__name__}: {error}"}).encode()
    try:
        _set_timers(cpu_seconds, WALL_SECONDS)  # only now: loading libraries is not the document's time
        return json.dumps({"value": function(*arguments)}).encode()
    except Failure as failure:
        return _failed(failure.reason, str(failure))
    except MemoryError:
        return _failed("parse_memory", "the parser ran out of memory")
    except Exception as error:  # parsers raise a dozen kinds on hostile input
        return _failed("parse_error", f"{type(error).__name__}: {error}")
    finally:
        _set_timers(0, 0)


def _failed(reason: str, message: str) -> bytes:
    return json.dumps({"reason": reason, "message": message[:1_000]}).encode()


def _set_timers(cpu_seconds: float, wall_seconds: float) -> None:
    """Signals that nobody handles end the process; 0 sets none."""
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    signal.setitimer(signal.ITIMER_REAL, wall_seconds)


PARSERS = Sandbox()  # the one of this process
os.register_at_fork(after_in_child=PARSERS.__init__)  # a child of ours is not its parent
atexit.register(PARSERS.close)
