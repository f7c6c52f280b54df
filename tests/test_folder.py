"""A folder as destination: commits happen whole or not at all, whenever the machine stops."""

import datetime
import itertools
import json
import multiprocessing
import os
import shutil
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from apache_beam.utils.timestamp import Timestamp
from conftest import NOW, make_feed, make_letter

from pipeline.destination import StagedFile, new_run_id, parse_destination
from pipeline.folder import DAYS_TO_COMPACT, MAX_FILES_OF_TODAY, Folder, day_of
from pipeline.tables import DEAD_LETTERS, FEEDS, REJECTIONS, STORY_MERGES, TABLES, Table
from pipeline.warehouse import VIEWS, FilesChanged, ask, open_warehouse, query
from transforms.errors import DestinationError, UsageError
from transforms.records import Rejection, StoryMerge

TODAY = datetime.datetime.now(datetime.UTC).date()
FORK = multiprocessing.get_context("fork")


def rejection(key: str) -> Rejection:
    return Rejection("fetch", "robots", key, NOW)


def merge(key: str) -> StoryMerge:
    return StoryMerge(key, f"into {key}", NOW)


def stage(folder: Folder, run_id: str, day: datetime.date = TODAY) -> list[StagedFile]:
    """A run's files: one row in each of two tables, named after the run."""
    return [
        folder.stage(run_id, REJECTIONS, day, "0", [rejection(run_id)]),
        folder.stage(run_id, STORY_MERGES, day, "0", [merge(run_id)]),
    ]


def keys(folder: Folder) -> tuple[list[str], list[str]]:
    """What is committed of both tables: each run's name as often as there are rows of it."""
    rejections = [row.key for path in folder.files(REJECTIONS) for row in folder.read(path, REJECTIONS)]
    merges = [row.story_id for path in folder.files(STORY_MERGES) for row in folder.read(path, STORY_MERGES)]
    return sorted(rejections), sorted(merges)


def leftovers(folder: Folder) -> list[str]:
    """Files that should not outlast a commit."""
    root = Path(folder.root)
    found = [path for path in root.rglob("*") if path.is_file() and path.suffix != ".parquet"]
    staged = (root / "_staging").rglob("*.parquet")
    return sorted(
        str(path.relative_to(root)) for path in [*found, *staged] if path.name not in ("newsbeam.json", "_lock")
    )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A destination with one committed run, "old"."""
    folder = Folder(str(tmp_path / "news"))
    with folder.writing():
        folder.commit("old", stage(folder, "old"))
    return folder


# Names


@pytest.mark.parametrize(
    ("text", "root"),
    [("./news", "./news"), ("news/", "news"), ("/", "/"), ("/var/news//", "/var/news"), ("gs://b/f/", "gs://b/f")],
)
def test_a_destination_is_a_folder_here_or_in_a_bucket(text: str, root: str) -> None:
    assert parse_destination(text).root == root
    assert parse_destination(text).local is not text.startswith("gs:")


@pytest.mark.parametrize("text", ["", "  ", "s3://bucket", "http://a.example/", "./news*", "new?", "n[e]ws"])
def test_another_kind_of_destination_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"folder|may not have"):
        parse_destination(text)


def test_names_of_runs_sort_by_time_and_differ() -> None:
    ids = [new_run_id() for _ in range(50)]
    assert ids == sorted(ids, key=lambda run_id: run_id[:21]) and len(set(ids)) == 50


def test_nobody_bills_for_a_folder(folder: Folder) -> None:
    with pytest.raises(UsageError, match="a folder costs nothing to ask; --dry-run is for BigQuery"):
        folder.cost("SELECT 1")


# Commits


def test_a_commit_is_seen_whole(folder: Folder) -> None:
    with folder.writing():
        files = stage(folder, "new")
        assert keys(folder) == (["old"], ["old"])  # staged is not yet there
        folder.commit("new", files)
        assert keys(folder) == (["new", "old"], ["new", "old"])
    assert leftovers(folder) == []


def test_committing_twice_is_committing_once(folder: Folder) -> None:
    with folder.writing():
        files = stage(folder, "new")
        folder.commit("new", files)
        folder.commit("new", files)
        folder.commit("new", stage(folder, "new"))  # a bundle that was retried: the same files again
    assert keys(folder) == (["new", "old"], ["new", "old"])


def test_a_commit_of_nothing_leaves_nothing(folder: Folder) -> None:
    with folder.writing():
        folder.commit("empty", [])
    assert keys(folder) == (["old"], ["old"]) and leftovers(folder) == []


def test_files_are_found_by_the_day_they_were_written(folder: Folder) -> None:
    days = [TODAY - datetime.timedelta(days=n) for n in (400, 40, 1)]
    with folder.writing():
        for day in days:
            folder.commit(str(day), stage(folder, str(day), day))
    for first, expected in ((None, 4), (days[0], 4), (days[1], 3), (days[2], 2), (TODAY, 1)):
        assert len(folder.files(REJECTIONS, first)) == expected
    assert folder.files(REJECTIONS, TODAY + datetime.timedelta(days=5)) == []
    assert [day_of(path) for path in folder.files(REJECTIONS)] == [*days, TODAY]


def test_the_newest_row_of_a_key_is_remembered(folder: Folder) -> None:
    first, second = make_feed(polled_at=NOW, failures=1), make_feed(polled_at=NOW + 60, failures=2)
    letter = make_letter(failed_at=NOW)
    with folder.writing():
        folder.append("2", FEEDS, TODAY, [second])
        folder.append("1", FEEDS, TODAY - datetime.timedelta(days=1), [first])
        folder.append("3", DEAD_LETTERS, TODAY, [letter])
        folder.append("4", DEAD_LETTERS, TODAY, [letter._replace(replayed_at=NOW + 60)])
    assert folder.newest(FEEDS)[(first.feed_url,)].failures == 2
    assert folder.newest(DEAD_LETTERS)[("d1",)].replayed_at == NOW + 60
    assert folder.newest(FEEDS, TODAY + datetime.timedelta(days=9)) == {}


# Interrupted: the folder as it stands after each step, built by hand


def half_done(folder: Folder, step: str) -> None:
    """Leaves a run "new" in the middle of its commit, in which "old" is replaced by "new"."""
    root = Path(folder.root)
    files = stage(folder, "new")
    old = [path.removeprefix(folder.root).lstrip("/") for t in (REJECTIONS, STORY_MERGES) for path in folder.files(t)]
    if step == "staged":
        (root / "_staging" / "new" / "half.parquet").write_bytes(b"PAR1 half a file")
        return
    journal = root / "_journal" / "new.json"
    journal.parent.mkdir(exist_ok=True)
    content = json.dumps({"moves": [[file.staged, file.final] for file in files], "replaced": old})
    if step == "journal begun":
        journal.with_name("new.json.new").write_text(content[:20])
        return
    journal.write_text(content)
    for file in files[: {"journal": 0, "one moved": 1}.get(step, 2)]:
        (root / file.final).parent.mkdir(parents=True, exist_ok=True)
        os.rename(root / file.staged, root / file.final)
    for path in old[: {"one deleted": 1, "all deleted": 2, "staging deleted": 2}.get(step, 0)]:
        os.remove(root / path)
    if step == "staging deleted":
        shutil.rmtree(root / "_staging" / "new")


@pytest.mark.parametrize(
    ("step", "counts"),
    [
        ("staged", "old"),
        ("journal begun", "old"),
        ("journal", "new"),
        ("one moved", "new"),
        ("all moved", "new"),
        ("one deleted", "new"),
        ("all deleted", "new"),
        ("staging deleted", "new"),
    ],
)
def test_an_interrupted_commit_counts_whole_or_not_at_all(folder: Folder, step: str, counts: str) -> None:
    with folder.writing():
        half_done(folder, step)
    for _ in range(2):  # recovering twice changes nothing more
        with folder.writing():
            assert keys(folder) == ([counts], [counts])
        assert leftovers(folder) == []


def test_an_interrupted_first_run_does_not_lock_its_folder_out(tmp_path: Path) -> None:
    (tmp_path / "newsbeam.json.new").write_text('{"form')
    (tmp_path / "_lock").write_text("process 1")
    with Folder(str(tmp_path)).writing():
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["_lock", "newsbeam.json"]


# Interrupted: a process that is killed before each of the calls by which it changes the disk

_CALLS = ("fsync", "replace", "rename", "remove", "unlink", "makedirs", "rmdir")


def in_a_child(work: Any, *arguments: Any) -> int:
    """Runs `work` in a process of its own; its exit code."""
    child = FORK.Process(target=work, args=arguments)
    child.start()
    child.join(30)
    return child.exitcode


def die_at(call: int) -> None:
    """Makes this process kill itself before its disk call number `call`."""
    counter = itertools.count(1)

    def dying(original: Any) -> Any:
        def run(*given: Any, **named: Any) -> Any:
            if next(counter) == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*given, **named)

        return run

    for name in _CALLS:
        setattr(os, name, dying(getattr(os, name)))


def commit_and_die(root: str, call: int) -> None:
    folder = Folder(root)
    with folder.writing():
        die_at(call)
        folder.commit("new", stage(folder, "new"))


def compact_and_die(root: str, call: int) -> None:
    folder = Folder(root)
    with folder.writing():
        die_at(call)
        folder.compact(TODAY + datetime.timedelta(days=1))


def test_a_commit_killed_anywhere_counts_whole_or_not_at_all(folder: Folder, tmp_path: Path) -> None:
    seen = set()
    for call in range(1, 60):
        copy = Folder(str(tmp_path / f"copy {call}"))
        shutil.copytree(folder.root, copy.root)
        ended = in_a_child(commit_and_die, copy.root, call)
        with copy.writing():
            found = keys(copy)
        assert found in ((["old"], ["old"]), (["new", "old"], ["new", "old"]))
        assert leftovers(copy) == []
        seen.add(len(found[0]))
        if ended == 0:
            break
    assert ended == 0 and call > 8 and seen == {1, 2}


def test_a_compaction_killed_anywhere_keeps_every_row_once(folder: Folder, tmp_path: Path) -> None:
    with folder.writing():
        folder.commit("more", stage(folder, "more"))
    for call in range(1, 80):
        copy = Folder(str(tmp_path / f"copy {call}"))
        shutil.copytree(folder.root, copy.root)
        ended = in_a_child(compact_and_die, copy.root, call)
        with copy.writing():
            assert keys(copy) == (["more", "old"], ["more", "old"])
        assert leftovers(copy) == []
        if ended == 0:
            break
    assert ended == 0 and call > 8
    assert len(copy.files(REJECTIONS)) == 1


def commit_for_ever(root: str, told: Any) -> None:
    folder = Folder(root)
    with folder.writing():
        for number in itertools.count():
            run_id = f"{os.getpid()}-{number:06d}"
            folder.commit(run_id, stage(folder, run_id))
            told.send(run_id)
            if number % 5 == 4:
                folder.compact(TODAY + datetime.timedelta(days=1))


def test_a_process_killed_at_any_moment_loses_nothing_that_it_committed(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "news"))
    told = []
    for commits in (1, 3, 6, 11, 12):
        mine, theirs = FORK.Pipe(duplex=False)
        child = FORK.Process(target=commit_for_ever, args=(folder.root, theirs))
        child.start()
        told += [mine.recv() for _ in range(commits)]
        child.kill()
        child.join(30)
        theirs.close()
        while mine.poll():
            try:
                told.append(mine.recv())
            except EOFError:
                break
    with folder.writing():
        rejections, merges = keys(folder)
    assert rejections == merges and set(Counter(rejections).values()) == {1}
    assert set(told) <= set(rejections) and len(rejections) <= len(told) + 5


# Who may write


def test_a_second_run_is_refused_and_told_who_is_there(folder: Folder) -> None:
    with folder.writing(), pytest.raises(DestinationError) as refused, folder.writing():
        pass
    assert f"in use by process {os.getpid()} since 20" in str(refused.value)
    assert "wait for it, or name another folder" in str(refused.value)
    with folder.writing():
        pass  # free again


def hold(root: str, told: Any) -> None:
    with Folder(root).writing():
        told.send("held")
        signal.pause()


def test_another_process_is_refused_while_one_holds_the_folder_and_not_after_its_death(folder: Folder) -> None:
    mine, theirs = FORK.Pipe(duplex=False)
    child = FORK.Process(target=hold, args=(folder.root, theirs))
    child.start()
    assert mine.recv() == "held"
    with pytest.raises(DestinationError, match=f"in use by process {child.pid} "), folder.writing():
        pass
    child.kill()
    child.join(30)
    with folder.writing():
        pass


def test_readers_need_no_lock(folder: Folder) -> None:
    with folder.writing(), open_warehouse(folder) as connection:
        assert list(ask(connection, "SELECT key FROM rejections", 10).rows) == [("old",)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("holiday.jpg", "", "holds something else; name a new or an empty folder"),
        ("newsbeam.json", '{"format": 99}', "has format 99, this version writes 1"),
        ("newsbeam.json", "{", "newsbeam.json is none of ours"),
        ("newsbeam.json", "[]", "newsbeam.json is none of ours"),
        ("newsbeam.json", '{"name": "a package"}', "newsbeam.json is none of ours"),
    ],
)
def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(DestinationError) as refused, Folder(str(tmp_path)).writing():
        pass
    assert said in str(refused.value) and str(tmp_path) in str(refused.value)
    assert [path.name for path in tmp_path.iterdir() if path.name != "_lock"] == [name]
    assert (tmp_path / name).read_text() == content


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "news").write_text("a file")
    with pytest.raises(DestinationError, match="cannot be written"), Folder(str(tmp_path / "news")).writing():
        pass


def test_what_the_disk_refuses_says_so(folder: Folder) -> None:
    with pytest.raises(DestinationError, match="No space left on device"), folder.writing():
        raise OSError(28, "No space left on device")


def test_a_reader_of_our_output_that_leaves_is_no_fault_of_the_folder(folder: Folder) -> None:
    with pytest.raises(BrokenPipeError), folder.writing():
        raise BrokenPipeError(32, "Broken pipe")


@pytest.mark.parametrize("name", ["with space", "(brackets)", "ünï", "day=2020-01-01", "a.json", "#%+"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = Folder(str(tmp_path / name))
    with folder.writing():
        half_done(folder, "journal")
    with folder.writing():
        folder.commit("more", stage(folder, "more"))
        folder.compact(TODAY + datetime.timedelta(days=1))
    assert keys(folder) == (["more", "new"], ["more", "new"])
    with open_warehouse(folder) as connection:
        assert len(list(ask(connection, "SELECT key FROM rejections", 10).rows)) == 2


def test_a_relative_folder_is_as_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number, root in enumerate(("news", "./news", f"../{tmp_path.name}/news", f"..//{tmp_path.name}/news")):
        folder = Folder(root)
        with folder.writing():
            folder.commit(f"run {number}", stage(folder, f"run {number}"))
            folder.compact(TODAY + datetime.timedelta(days=1))
    assert len(keys(Folder("news"))[0]) == 4 and len(Folder("news").files(REJECTIONS)) == 1


def test_the_folder_we_are_in_is_a_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Folder(".")
    with folder.writing():
        for run_id in ("one", "two"):
            folder.commit(run_id, stage(folder, run_id))
        folder.compact(TODAY + datetime.timedelta(days=1))
    assert keys(folder) == (["one", "two"], ["one", "two"]) and leftovers(folder) == []


# Compaction


def test_closed_days_are_merged_and_today_only_when_it_is_much(folder: Folder) -> None:
    days = [TODAY - datetime.timedelta(days=n) for n in (DAYS_TO_COMPACT + 1, 2, 1)]
    with folder.writing():
        for day in days:
            for n in range(3):
                folder.commit(f"{day}-{n}", stage(folder, f"{day}-{n}", day))
        before = keys(folder)
        folder.compact(TODAY)
    assert Counter(map(day_of, folder.files(REJECTIONS))) == {days[0]: 3, days[1]: 1, days[2]: 1, TODAY: 1}
    assert keys(folder) == before and leftovers(folder) == []


def test_many_small_runs_do_not_make_many_files(folder: Folder) -> None:
    with folder.writing():
        for n in range(2 * MAX_FILES_OF_TODAY):
            folder.commit(f"run-{n:03}", stage(folder, f"run-{n:03}"))
            folder.compact(TODAY)
            assert len(folder.files(REJECTIONS)) <= MAX_FILES_OF_TODAY
    assert keys(folder) == keys(folder) and len(keys(folder)[0]) == 2 * MAX_FILES_OF_TODAY + 1


def test_of_states_only_the_newest_is_kept_and_of_logs_all(folder: Folder) -> None:
    yesterday = TODAY - datetime.timedelta(days=1)
    with folder.writing():
        for n in range(4):
            folder.append(f"f{n}", FEEDS, yesterday, [make_feed(polled_at=NOW + n, failures=n)])
            folder.append(f"d{n}", DEAD_LETTERS, yesterday, [make_letter(failed_at=NOW + n, attempts=n)])
        folder.compact(TODAY)
    assert [row.failures for path in folder.files(FEEDS) for row in folder.read(path, FEEDS)] == [3]
    assert len([row for path in folder.files(DEAD_LETTERS) for row in folder.read(path, DEAD_LETTERS)]) == 4


def test_files_of_an_older_version_are_merged_with_newer_ones(folder: Folder) -> None:
    (path,) = folder.files(REJECTIONS)
    pq.write_table(pq.read_table(path).drop_columns(["reason"]), path)
    with folder.writing():
        folder.commit("new", stage(folder, "new"))
        folder.compact(TODAY + datetime.timedelta(days=1))
    assert len(folder.files(REJECTIONS)) == 1
    assert {row.key: row.reason for row in folder.newest(REJECTIONS).values()} == {"old": None, "new": "robots"}


def shown(folder: Folder) -> dict[str, list[tuple]]:
    """All rows of all views."""
    with open_warehouse(folder) as connection:
        return {view: sorted(ask(connection, f"SELECT * FROM {view}", 30).rows, key=repr) for view in VIEWS}


def test_a_reader_sees_the_same_rows_before_during_and_after_compaction(folder: Folder) -> None:
    yesterday = TODAY - datetime.timedelta(days=1)
    with folder.writing():
        for n in range(3):
            folder.commit(f"run {n}", stage(folder, f"run {n}", yesterday))
            folder.append(f"f{n}", FEEDS, yesterday, [make_feed(polled_at=NOW + n, failures=n)])
        before = shown(folder)
        replaced = {path: Path(path).read_bytes() for table in TABLES for path in folder.files(table)}
        folder.compact(TODAY)
        after = shown(folder)
        for path, content in replaced.items():  # merged files are there, replaced ones not yet gone
            Path(path).write_bytes(content)
        during = shown(folder)
    assert before == during == after and len(before["rejections"]) == 4


def test_a_reader_whose_files_were_merged_is_told_to_ask_again(folder: Folder) -> None:
    with folder.writing(), open_warehouse(folder) as connection:
        folder.commit("more", stage(folder, "more"))
        folder.compact(TODAY + datetime.timedelta(days=1))
        with pytest.raises(FilesChanged, match="ask again"):
            ask(connection, "SELECT key FROM rejections", 10)
    assert sorted(query(folder, "SELECT key FROM rejections", 10).rows) == [("more",), ("old",)]


def test_queries_succeed_and_only_ever_see_more_while_a_run_commits_and_merges(folder: Folder) -> None:
    mine, theirs = FORK.Pipe(duplex=False)
    child = FORK.Process(target=commit_for_ever, args=(folder.root, theirs))
    child.start()
    counts = []
    try:
        for _ in range(12):
            mine.recv()
            (row,) = query(folder, "SELECT COUNT(*), COUNT(DISTINCT key) FROM rejections", 10).rows
            assert row[0] == row[1]
            counts.append(row[0])
    finally:
        child.kill()
        child.join(30)
    assert counts == sorted(counts) and counts[0] < counts[-1]


def table_named(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


def test_a_row_s_time_survives_the_folder(folder: Folder) -> None:
    odd = Timestamp(micros=1_773_144_000_123_457)
    with folder.writing():
        folder.append("t", table_named("story_merges_log"), TODAY, [StoryMerge("odd", "x", odd)])
    assert folder.newest(STORY_MERGES)[("odd",)].merged_at == odd
