"""What can go wrong, as exceptions.

NewsbeamError
├── UsageError          the words or the configuration are wrong (exit status 2)
├── DestinationError    the destination cannot be used: locked, not writable, damaged (exit status 1)
└── Failure             one element failed: a dead letter with this reason; nothing else is lost
"""

import difflib
from collections.abc import Iterable
from typing import Optional


class NewsbeamError(Exception):
    """Base of all errors that say what to do; any other exception is a bug."""


class UsageError(NewsbeamError):
    """A flag, a key or a value that cannot be right. The message names it and what would be."""


class DestinationError(NewsbeamError):
    """The destination refuses: another run holds it, it cannot be written, or it is not one of ours."""


class Failure(NewsbeamError):
    """One element failed for a reason that is not our bug.

    Args:
        reason: a short name that can be counted, such as `timeout` or `http_503`.
        message: one line for people.
        transient: whether trying again later may help.
        retry_after: seconds that the server asked us to wait, if it did.
        status: the HTTP status, if there was one.
    """

    def __init__(
        self,
        reason: str,
        message: str = "",
        *,
        transient: bool = False,
        retry_after: Optional[float] = None,
        status: Optional[int] = None,
    ):
        super().__init__(message or reason)
        self.reason = reason
        self.transient = transient
        self.retry_after = retry_after
        self.status = status

    def __reduce__(self):
        state = {"transient": self.transient, "retry_after": self.retry_after, "status": self.status}
        return _rebuild, (self.reason, str(self), state)


def _rebuild(reason: str, message: str, state: dict) -> Failure:
    return Failure(reason, message, **state)


def nearest(name: str, known: Iterable[str]) -> str:
    """How an error goes on after an unknown name: the known one that is most like it, or all of them."""
    close = difflib.get_close_matches(name, known := sorted(known), 1)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(known)}"
