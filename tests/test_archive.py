"""Signatures in columns."""

from transforms.stories.archive import Archive, pack, to_table, unpack
from transforms.stories.similarity import Signature, sign


def signed(name, text, when=0.0, **changes):
    url = f"https://{name}.example/a"
    found = sign(name, 1, url, name, f"on the {name}", text, "en", 1_000.0 + when, 1e9)
    return found._replace(**changes)


MILL = signed("mill", "The mill at Easton burned, and 14 people fled.", story_id="s", kin=["quay"])
QUAY = signed("quay", "A quay at Easton sank.", when=-5.0, story_id="s")
BEAR = signed("bear", "A bear was seen at Velt.", when=9.0)
SIGNED = [MILL, QUAY, BEAR]


def plain(signature):
    return Signature(*(list(value) if isinstance(value, tuple) else value for value in signature))


def test_an_archive_gives_back_what_was_put_in_the_oldest_first():
    archive = Archive.of(SIGNED)
    assert list(archive) == ["quay", "mill", "bear"]
    assert [archive[name] for name in ("mill", "quay", "bear")] == [plain(each) for each in SIGNED]
    assert "mill" in archive and "moor" not in archive


def test_the_newest_revision_of_an_article_counts():
    archive = Archive.of([MILL._replace(revision=2, story_id="new"), MILL, QUAY, MILL._replace(revision=1)])
    assert len(archive) == 2
    assert archive["mill"].story_id == "new"
    assert (archive.members("new"), archive.members("s")) == ({"mill"}, {"quay"})


def test_who_uses_a_word_and_how_many_do():
    archive = Archive.of(SIGNED)
    assert archive.rows_with("neaston").tolist() == [0, 1]
    assert archive.rows_with("tbear").tolist() == [2]
    assert archive.rows_with("#14 people").tolist() == [1]
    assert archive.rows_with("tunheard").tolist() == []
    assert archive.names.counts() == {"easton": 2, "velt": 1}
    assert archive.sketches[MILL.sketch[0]].tolist() == [1]
    assert archive.sketches[0].tolist() == []


def test_kin_is_known_both_ways():
    archive = Archive.of(SIGNED)
    assert (archive.kin("mill"), archive.kin("quay"), archive.kin("bear")) == ({"quay"}, {"mill"}, set())
    assert archive.kin("unheard") == set()


def test_an_empty_archive():
    archive = Archive.of([])
    assert (list(archive), archive.members("s"), archive.rows_with("tmill").tolist()) == ([], set(), [])


def test_a_column_that_an_older_version_did_not_write_is_empty():
    older = to_table([each._replace(kin=None) for each in SIGNED])
    assert Archive(older)["mill"].kin == []
    assert Archive(older).kin("quay") == set()


def test_blocks_are_sent_from_worker_to_worker():
    table = to_table(SIGNED)
    assert unpack(pack(table)).equals(table)
