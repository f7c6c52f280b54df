"""Which WARC files a run is to read: files, folders and patterns, here or in a bucket."""

import os
from collections.abc import Iterable

from apache_beam.io.filesystems import FileSystems

from transforms.errors import UsageError

ENDINGS = (".warc", ".warc.gz")


def find_archives(names: Iterable[str]) -> list[str]:
    """Patterns for Beam's filesystems of all WARC files that `names` mean. UsageError if one means none.

    A name is a file, a pattern (`*` within a folder, `**` in all below), or a folder: all WARC files in it and below.
    """
    found = []
    for name in names:
        patterns = [pattern for pattern in _patterns(name) if _matches(pattern, name)]
        if not patterns:
            raise UsageError(
                f"--warc {name}: no WARC file there; name files, a folder, or a pattern like 'in/*.warc.gz'"
            )
        found += patterns
    return found


def _patterns(name: str) -> list[str]:
    remote = "://" in name
    if os.path.isdir(name) or (remote and not name.endswith(ENDINGS) and not set(name) & set("*?[")):
        return [f"{name.rstrip('/')}/**{ending}" for ending in ENDINGS]
    return [name]


def _matches(pattern: str, name: str) -> bool:
    if os.path.isfile(pattern):
        return True
    try:
        return bool(FileSystems.match([pattern], limits=[1])[0].metadata_list)
    except (OSError, ValueError) as error:  # no such bucket, or no library for it
        raise UsageError(f"--warc {name}: {error}") from error
