"""Confidence: a probability that rests on what can be seen of an event, and its fit."""

import json

import pytest

from benchmarks.main_events import WORLD_NEWS, read_gold
from training.fit_confidence import Observed, Reading, brier, fit, main, read_world_news, report, to_toml
from transforms.events.confidence import Evidence, Weights, confidence, joint_confidence, observations, packaged_weights

NOTHING = Evidence(*[0.0] * len(Evidence._fields))
PLAIN = Weights({"toll": 2.0}, 0.5, -1.0)


@pytest.mark.parametrize(
    ("evidence", "expected"), [(NOTHING, 0.27), (NOTHING._replace(toll=1.0), 0.73), (NOTHING._replace(noun=1.0), 0.27)]
)
def test_evidence_makes_a_probability(evidence, expected):
    assert confidence(evidence, PLAIN) == expected


def test_more_texts_add_to_the_best_of_them():
    said = [joint_confidence(0.5, texts, PLAIN) for texts in (1, 2, 4)]
    assert said == [0.5, 0.62, 0.73]
    assert joint_confidence(None, 3, PLAIN) is None and joint_confidence(1.0, 1, PLAIN) == 0.99


def test_the_weights_of_this_package_name_all_that_is_observed():
    weights = packaged_weights()
    assert set(weights.evidence) == set(observations(NOTHING)) and weights.texts >= 0
    plain = NOTHING._replace(is_main=1.0, stands_early=1.0, day_tied=1.0)
    assert confidence(plain._replace(country_unknown=1.0)) < confidence(plain)
    assert confidence(plain._replace(day_near=1.0, day_tied=0.0)) < confidence(plain)


def test_the_fit_finds_how_often_events_with_an_observation_are_right():
    seen = [Observed(NOTHING._replace(toll=float(n % 2)), None, n % 2 == 1 and n % 20 > 2, {}) for n in range(400)]
    weights = fit(seen)
    assert confidence(NOTHING._replace(toll=1.0), weights) == pytest.approx(0.9, abs=0.06)
    assert confidence(NOTHING, weights) < 0.1


def test_what_is_reported_adds_up():
    pairs = [(0.9, True)] * 9 + [(0.9, False)] + [(0.1, False)] * 10
    assert brier(pairs) == pytest.approx(0.05)
    first, *_, last = report("x", pairs)
    assert first == "x: 20 events, 0.450 right"
    assert last == "  said 0.8 to 1.0:   10 events, 0.90 on average, 0.90 right"


GOLD = {"type": "ASSAULT", "from": "2025-05-11", "to": "2025-05-11", "country": "Mali", "lat": 16.3, "lon": 0.0}
RAID = {"killed": 7, "injured": None}
TEXT = "Gunmen killed seven soldiers near Gao in northern Mali on Sunday."


@pytest.fixture(scope="module")
def reading():
    return Reading()


@pytest.mark.parametrize(
    ("gold", "right"),
    [
        ({}, True),
        ({"country": "NER"}, False),
        ({"from": "2025-05-01", "to": "2025-05-02"}, False),
    ],
)
def test_an_event_is_right_in_all_that_the_gold_has(gold, right, reading):
    row = {"id": "a", "title": None, "text": TEXT, "date": "2025-05-12", "events": [{**GOLD, **RAID, **gold}]}
    [observed] = reading.observe([row])
    assert observed.is_right is right


def test_it_writes_weights_that_the_package_can_read(tmp_path, capsys):
    texts = [TEXT, "A bomb killed two people in Kabul on Sunday.", "The attack killed nine people in Gao in Mali."]
    with open(tmp_path / "events.jsonl", "w") as file:
        for number in range(12):
            row = {"id": number, "title": None, "text": texts[number % 3], "date": "2025-05-12", "outlet": "o"}
            file.write(json.dumps({**row, "events": [{**GOLD, **RAID}]}) + "\n")
    main([str(tmp_path / "events.jsonl"), "--write", str(tmp_path / "weights.toml")])
    assert "of several texts" in capsys.readouterr().out
    assert (tmp_path / "weights.toml").read_text().startswith("# Written by")
    assert "[evidence]\ntoll = 2.0" in to_toml(PLAIN)


def test_of_the_world_news_all_events_are_known(reading):
    learned, kept = read_world_news()
    golds = {row["id"]: row["half"] for row in read_gold() if row["set"] == WORLD_NEWS.stem}
    assert {row["id"] for row in kept} == {name for name, half in golds.items() if half == "held"}
    assert {row["id"] for row in learned} == {name for name, half in golds.items() if half == "steered"}


def test_of_articles_that_are_known_whole_every_rank_counts(reading):
    text = f"{TEXT} Police arrested two men in Gao on Monday. The African Union condemned the attack."
    raid, arrest = ("killed seven soldiers", "ASSAULT", "2025-05-11"), ("arrested two men", "COERCE", "2025-05-01")
    events = [
        dict(need="must", types=[name], who=[], whom=[], country="ML", on=day, killed=None, words=[words])
        for words, name, day in (raid, arrest)
    ]
    row = {"id": "a", "title": None, "text": text, "date": "2025-05-12", "is_whole": True, "events": events}
    told = {each.event.event_type: each.is_right for each in reading.observe([row])}
    assert told == {"ASSAULT": True, "COERCE": False, "ACCUSE": False}
