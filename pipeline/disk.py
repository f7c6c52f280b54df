"""A local disk that holds what it was told to, also when the power fails; and errors of it that say what to do."""

import contextlib
import errno
import os
from collections.abc import Iterator
from typing import BinaryIO

from transforms.errors import DestinationError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextlib.contextmanager
def create(path: str) -> Iterator[BinaryIO]:
    """A new file, on the disk when the context ends. Its folder has to be synced before it counts."""
    with open(path, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def make_folder(folder: str) -> None:
    """Makes a folder and those above it; each is on the disk before something is put into it."""
    if folder and not os.path.isdir(folder):
        above = os.path.dirname(folder)
        make_folder(above)
        os.makedirs(folder, exist_ok=True)
        sync_folder(above or ".")


def sync_folder(folder: str) -> None:
    """The names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def said_so(root: str) -> Iterator[None]:
    """Errors of the system as DestinationError, with what to do about them."""
    try:
        yield
    except BrokenPipeError:  # of our own output
        raise
    except OSError as error:
        raise DestinationError(f"{root}: cannot be written: {error.strerror or error}{_cure(error)}") from error


def _cure(error: OSError) -> str:
    if error.errno in _FULL:
        return "; make room and run again: what was committed is whole, the rest comes again"
    if error.errno in _FORBIDDEN:
        return "; name a folder in which you may write"
    return ""
