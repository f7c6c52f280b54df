"""`newsbeam explain` over tables as runs wrote them."""

import datetime
import io

import pytest

from pipeline.explain import explain_articles
from pipeline.folder import Folder
from pipeline.tables import SIGNATURES
from transforms.errors import UsageError
from transforms.stories.similarity import sign

DAY = datetime.date(2025, 5, 12)
QUAKE = "Eleven people died when a quake shook Zanderup on the island of Velm, and the harbour of Zanderup is closed."


def signed(name, day, text=QUAKE, **fields):
    at = datetime.datetime.combine(day, datetime.time(12), datetime.UTC).timestamp()
    url = f"https://{name}.example/quake"
    signature = sign(name, 1, url, name, f"Quake on Velm, says {name}", text, "en", at, at)
    return signature._replace(**{"story_id": f"story of {name}"} | fields)


@pytest.fixture
def folder(tmp_path):
    """Articles of three days, each written when it came; one of them moved to another story since."""
    folder = Folder(str(tmp_path / "news"))
    month_before, year_before = DAY - datetime.timedelta(days=20), DAY - datetime.timedelta(days=365)
    with folder.writing():
        folder.append("1", SIGNATURES, year_before, [signed("long-ago", year_before)])
        folder.append("2", SIGNATURES, month_before, [signed("before", month_before)])
        folder.append("3", SIGNATURES, DAY, [signed("morning", DAY), signed("evening", DAY)])
        folder.append("4", SIGNATURES, DAY, [signed("evening", DAY, story_id="story of morning", revision=1)])
    return folder


def explained(folder, *names, live_days=30):
    stream = io.StringIO()
    explain_articles(folder, [f"https://{name}.example/quake" for name in names], live_days, stream)
    return stream.getvalue()


def test_the_newest_row_of_an_article_counts(folder):
    assert explained(folder, "morning", "evening").startswith("one story\nboth: ")
    assert explained(folder, "morning", "before").startswith("two stories\n")


@pytest.mark.parametrize(("live_days", "others"), [(30, 2), (10, 1), (1_000, 3)])
def test_an_article_is_compared_with_those_that_a_run_would_remember(folder, live_days, others):
    shown = explained(folder, "morning", live_days=live_days)
    found = [name for name in ("evening", "before", "long-ago") if f"<https://{name}.example/quake>" in shown]
    assert found == ["evening", "before", "long-ago"][:others]


def test_only_what_may_be_compared_is_held(folder, monkeypatch):
    read = []
    monkeypatch.setattr(
        Folder, "read_columns", lambda *given, own=Folder.read_columns: read.append(own(*given)) or read[-1]
    )
    explained(folder, "morning", "evening")
    assert sum(rows.num_rows for rows in read) == 1 + 2 + 4  # each one by its address, then those of the last 30 days


def test_names_of_their_own_keep_two_stories_apart(folder):
    with folder.writing():
        for name, who in (("round", "Tamsin Feldman"), ("final", "Ada Okoro")):
            trained = f" {who} had trained for a year." * 25  # briefs would prove nothing
            texts = [f"{who} beat Ines Brandt in Zanderup, report {n}.{trained}" for n in range(4)]
            rows = [signed(f"{name}-{n}", DAY, text, story_id=name) for n, text in enumerate(texts)]
            folder.append(name, SIGNATURES, DAY, rows)
    last = explained(folder, "round-1", "final-1").splitlines()[-1]
    assert last.startswith(("the one story names tamsin, the other okoro", "the one story names feldman, the other "))
    assert "the one story" not in explained(folder, "round-1", "round-2")


def test_an_address_that_no_article_has(folder):
    with pytest.raises(UsageError, match="no article has the address https://nobody.example/quake"):
        explained(folder, "nobody")
