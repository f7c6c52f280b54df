"""Faults of the machine, by their numbers: nothing is lost or doubled, and people are told what to do."""

import contextlib
import datetime
import logging
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from conftest import NOW, make_feed

from pipeline.folder import Folder
from pipeline.tables import FEEDS, REJECTIONS
from pipeline.warehouse import query
from transforms.errors import DestinationError
from transforms.records import Rejection

TODAY = datetime.datetime.now(datetime.UTC).date()


def rejections(*keys: str) -> list[Rejection]:
    return [Rejection("fetch", "robots", key, NOW) for key in keys]


def committed(folder: Folder) -> list[str]:
    return sorted(row.key for path in folder.files(REJECTIONS) for row in folder.read(path, REJECTIONS))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A destination with three committed files."""
    folder = Folder(str(tmp_path / "news"))
    with folder.writing():
        for name in "abc":
            folder.append(name, REJECTIONS, TODAY, rejections(name))
    return folder


@contextlib.contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """As a disk that is full: writing beyond `size` bytes of a file fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# F6: the disk is full


@pytest.mark.parametrize("size", [0, 10, 300, 1_000])
def test_f6_a_full_disk_fails_loudly_and_loses_nothing(folder: Folder, size: int) -> None:
    rows = rejections(*(f"{os.urandom(40).hex()}" for _ in range(200)))
    with pytest.raises(DestinationError, match="File too large; make room and run again"), files_of_at_most(size):  # noqa: SIM117
        with folder.writing():
            folder.append("full", REJECTIONS, TODAY, rows)
    assert committed(folder) == ["a", "b", "c"]
    with folder.writing():
        folder.append("again", REJECTIONS, TODAY, rows)
    assert len(committed(folder)) == 203


# F7: the destination cannot be written


def test_f7_a_destination_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for root in (tmp_path / "file" / "news", Path("/proc/news")):
        with pytest.raises(DestinationError, match=r"cannot be written: \w+"), Folder(str(root)).writing():
            pass


def test_f7_a_run_on_it_ends_with_1_and_one_line(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text("[[feeds]]\nurl = 'http://127.0.0.1:9/feed'\n")
    command = [sys.executable, "-m", "pipeline", "run", "--feeds", str(tmp_path / "feeds.toml"), "--to", "/proc/news"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("newsbeam: /proc/news: cannot be written") and done.stderr.count("\n") == 1


# F9: files are damaged


def damage(path: str, how: str) -> None:
    content = Path(path).read_bytes()
    column = pq.read_metadata(path).row_group(0).column(0)
    at = column.data_page_offset + column.total_compressed_size - 1  # in a value of the last row
    damaged = {
        "empty": b"",
        "cut short": content[: len(content) // 2],
        "overwritten": os.urandom(len(content)),
        "one bit": content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :],
    }
    Path(path).write_bytes(damaged[how])


DAMAGES = ("empty", "cut short", "overwritten", "one bit")


def write_plainly(path: str) -> None:
    """The same rows in a file whose values can be found by their bytes."""
    table = pq.read_table(path)
    pq.write_table(table, path, compression="none", use_dictionary=False, write_page_checksum=True)


@pytest.mark.parametrize("how", DAMAGES)
def test_f9_a_damaged_file_costs_its_own_rows_and_is_set_aside(
    folder: Folder, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    victim = folder.files(REJECTIONS)[1]
    write_plainly(victim)
    damage(victim, how)
    with folder.writing():
        assert committed(folder) == ["a", "c"]
    [record] = [record for record in caplog.records if record.name == "newsbeam"]
    assert record.levelno == logging.ERROR and "damaged" in record.getMessage() and "\n" not in record.getMessage()
    [aside] = (Path(folder.root) / "_damaged").iterdir()
    assert str(aside) in record.getMessage() and not os.path.exists(victim)
    assert committed(folder) == ["a", "c"]


@pytest.mark.parametrize("how", DAMAGES)
def test_f9_a_query_leaves_a_damaged_file_out_and_says_so(
    folder: Folder, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    victim = folder.files(REJECTIONS)[1]
    write_plainly(victim)
    damage(victim, how)
    assert sorted(query(folder, "SELECT key FROM rejections", 60.0).rows) == [("a",), ("c",)]
    assert "left out" in caplog.text and victim in caplog.text
    assert os.path.exists(victim)  # a query changes nothing


@pytest.mark.parametrize("how", DAMAGES)
def test_f9_a_damaged_file_is_not_merged_into_good_ones(folder: Folder, how: str) -> None:
    write_plainly(victim := folder.files(REJECTIONS)[1])
    damage(victim, how)
    with folder.writing():
        folder.compact(TODAY + datetime.timedelta(days=1))
    assert committed(folder) == ["a", "c"] and len(folder.files(REJECTIONS)) == 1


def test_f9_a_damaged_journal_commits_nothing_and_stops_nobody(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    with folder.writing():
        folder.stage("d", REJECTIONS, TODAY, "0", rejections("d"))
        (Path(folder.root) / "_journal" / "d.json").write_text('{"moves": [')
    with folder.writing():
        assert committed(folder) == ["a", "b", "c"]
    assert "d.json: damaged" in caplog.text


def test_f9_a_committed_file_that_the_disk_has_lost_is_reported(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    (Path(folder.root) / "_journal" / "d.json").write_text(
        '{"moves": [["_staging/d/x", "t/day=2026-01-01/x"]], "replaced": []}'
    )
    with folder.writing():
        pass
    assert "was committed and is missing" in caplog.text


# F10: the clock jumps


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_f10_rows_written_by_a_wrong_clock_are_there(folder: Folder, days: int) -> None:
    with folder.writing():
        folder.append("jump", REJECTIONS, TODAY + datetime.timedelta(days=days), rejections("d"))
        folder.compact(TODAY)
    assert committed(folder) == ["a", "b", "c", "d"]
    assert len(list(query(folder, "SELECT key FROM rejections", 60.0).rows)) == 4


def test_f10_a_feed_s_state_of_a_day_ahead_is_remembered(folder: Folder) -> None:
    with folder.writing():
        folder.append("jump", FEEDS, TODAY + datetime.timedelta(days=1), [make_feed(etag="x", polled_at=NOW)])
    assert folder.newest(FEEDS, TODAY)[(make_feed().feed_url,)].etag == "x"
