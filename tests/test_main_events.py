"""How main events are scored: what counts as the same people, and what makes an answer right."""

import json

import pytest

from benchmarks.main_events import GOLD, WORLD_NEWS, are_told, is_form, judge, main, misses, read_gold, score, table

RAID = {
    "types": ["ASSAULT"],
    "who": [["Adama Traore", "gunman"], ["?accomplices"]],
    "whom": [["three herders", "herders"]],
    "country": "ML",
    "on": "2025-05-17",
    "killed": 3,
}
GOLD_ROW = {"set": "own", "id": "1", "half": "steered", "events": [RAID]}
EVENT = {
    "event_type": "ASSAULT",
    "realis": "actual",
    "actors": [{"name": None, "text": "the gunman"}],
    "recipients": [{"name": None, "text": "herders from Gao"}],
    "country": "MLI",
    "happened_on": "2025-05-17",
    "killed_best": 3,
    "sentence": "The gunman killed herders from Gao.",
}


@pytest.mark.parametrize(
    ("told", "form", "is_one"),
    [
        ("Adama Traoré", "Traore", True),
        ("Adama Traore Jr.", "Traore", True),
        ("Police Lt. Ann Wells", "police", True),
        ("two herders from Gao", "the herders", True),
        ("co - workers", "three co-workers", True),
        ("the mayor's guards", "mayor", True),
        ("guards", "mayor", False),
        ("the mayor of Gao", "the governor of Gao", True),  # the price of comparing last words
        ("herdsman", "man", False),
        ("'", "man", False),
    ],
)
def test_phrases_that_can_mean_the_same_people(told, form, is_one):
    assert is_form(told, form) is is_one


def _people(*names):
    return [{"name": name, "text": name} for name in names]


def test_half_of_those_who_must_be_told_and_nobody_else():
    gold = [["Ali"], ["Baba"], ["Cisse"], ["?guards"]]
    assert are_told(gold, _people("Ali", "Baba"))
    assert are_told(gold, _people("Ali", "Baba", "guards"))
    assert not are_told(gold, _people("Ali"))
    assert not are_told(gold, _people("Ali", "Baba", "Dicko"))


def test_nobody_is_right_where_nobody_must_be_told():
    assert are_told([], [])
    assert are_told([["?guards"]], [])
    assert not are_told([], _people("guards"))
    assert not are_told([["guards"]], [])


def test_an_event_is_right_in_every_field():
    assert score(GOLD_ROW, [EVENT]).whole
    assert all(score(GOLD_ROW, [EVENT]).right.values())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"event_type": "COERCE"}, "type"),
        ({"actors": []}, "who"),
        ({"recipients": _people("three soldiers")}, "whom"),
        ({"country": None}, "country"),
    ],
)
def test_one_wrong_field_makes_an_event_wrong(changed, field):
    found = score(GOLD_ROW, [EVENT | changed])
    assert not found.whole
    assert [name for name, right in found.right.items() if not right] == [field]


@pytest.mark.parametrize(("told", "country"), [("XKX", "XK"), ("COD", "CD"), ("RUS", "RU")])
def test_countries_are_the_same_in_two_letters_and_in_three(told, country):
    assert judge(RAID | {"country": country}, EVENT | {"country": told})["country"]


def test_any_of_the_golds_events_will_do():
    arrest = RAID | {"types": ["COERCE"], "who": [["?police"]], "whom": [["Adama Traore"]], "country": None}
    gold = GOLD_ROW | {"events": [RAID, arrest]}
    told = EVENT | {"event_type": "COERCE", "actors": [], "recipients": _people("Traore"), "killed_best": None}
    assert score(gold, [told]).whole


def test_silence_is_right_where_nothing_happened_and_only_there():
    review = GOLD_ROW | {"events": []}
    assert score(review, []).whole
    assert not score(review, [EVENT]).whole
    assert not score(GOLD_ROW, []).whole
    assert score(review, [EVENT | {"realis": "historical"}, EVENT]).whole  # only the first event counts


@pytest.mark.parametrize(
    ("gold", "told", "right"),
    [
        ({}, {}, {}),
        ({"place": ["Gao", "Gao Region"]}, {"place_name": "Gao"}, {"place": True}),
        ({"place": ["Gao"]}, {"admin1": "Mopti"}, {"place": False}),
        ({"place": []}, {"place_name": "Gao"}, {}),
        ({"injured": 4}, {"injured_best": 4}, {"injured": True}),
        ({"injured": None}, {"injured_best": 1}, {"injured": False}),
    ],
)
def test_places_and_the_injured_are_judged_where_they_are_known(gold, told, right):
    event = EVENT | {"place_name": None, "admin1": None, "injured_best": None} | told
    judged = judge(RAID | gold, event)
    assert {field: judged[field] for field in ("place", "injured") if field in judged} == right


def test_the_table_and_the_misses_tell_what_is_wrong():
    scores = [score(GOLD_ROW, [EVENT | {"actors": []}]), score(GOLD_ROW | {"half": "held"}, [])]
    lines = list(table(scores))
    assert [line.split()[:4] for line in lines[1:]] == [
        ["own,", "steered", "1", "0"],
        ["all,", "steered", "1", "0"],
        ["own,", "held", "1", "0"],
        ["all,", "held", "1", "0"],
    ]
    assert list(misses(scores)) == ["own 1: who [], not ['Adama Traore', '?accomplices']"]


def test_what_is_right_is_written_whole_and_in_order():
    rows = read_gold()
    assert [(row["set"], row["id"]) for row in rows] == sorted((row["set"], row["id"]) for row in rows)
    assert {row["half"] for row in rows} <= {"steered", "held"}
    events = [event for row in rows for event in row["events"]]
    assert all(set(event) - {"place", "injured"} == set(RAID) and event["types"] for event in events)
    assert all(isinstance(forms, list) and forms for event in events for forms in (*event["who"], *event["whom"]))
    assert all(json.loads(line) for line in GOLD.read_text("utf-8").splitlines())


def test_the_world_news_comes_with_what_is_right():
    texts = {row["id"]: row for row in map(json.loads, WORLD_NEWS.read_text("utf-8").splitlines())}
    golds = [row for row in read_gold() if row["set"] == WORLD_NEWS.stem]
    assert sorted(texts) == [row["id"] for row in golds]
    for row in golds:
        text = texts[row["id"]]["title"] + " " + texts[row["id"]]["text"]
        people = [forms for event in row["events"] for forms in (*event["who"], *event["whom"])]
        missing = [forms for forms in people if not any(form.removeprefix("?") in text for form in forms)]
        assert not missing, row["id"]


def test_without_a_folder_the_world_news_is_read(tmp_path, capsys):
    rows = [row for row in read_gold("steered") if row["set"] == WORLD_NEWS.stem]
    said = tmp_path / "said.jsonl"
    said.write_text("".join(json.dumps({"id": row["id"], "events": []}) + "\n" for row in rows), "utf-8")
    main(["--half", "steered", "--output", str(said)])
    table = capsys.readouterr().out.splitlines()
    assert table[1].split()[:3] == ["world_news,", "steered", str(len(rows))]
    assert table[1].split()[3] == str(sum(not row["events"] for row in rows))
