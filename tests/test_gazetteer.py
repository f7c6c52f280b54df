"""Places by name, and which of several is meant."""

import time

import pytest

from transforms.events.gazetteer import Context, fold, load_gazetteer
from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

GAZETTEER, NLP, ONTOLOGY = load_gazetteer(), load_pipeline("blank"), load_ontology()


def main_event(text, title=None):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a", title=title)[0]


@pytest.mark.parametrize(
    "name, folded",
    [("São Paulo", "sao paulo"), ("N'Djamena", "ndjamena"), ("Ørsta", "orsta"), ("Port-au-Prince", "port au prince")],
)
def test_names_are_folded(name, folded):
    assert fold(name) == folded


@pytest.mark.parametrize(
    "name, context, country, admin1",
    [
        ("Toledo", Context(), "USA", "Ohio"),
        ("Toledo", Context(admin1="Iowa"), "USA", "Iowa"),
        ("Toledo", Context(country="ESP"), "ESP", "Castille-La Mancha"),
        ("San José", Context(weights={"CRI": 1.0}), "CRI", "San José"),
        ("Tripoli", Context(weights={"LBN": 0.8, "USA": 0.2}), "LBN", "Liban-Nord"),
        ("Gao", Context(), "MLI", "Gao"),
    ],
)
def test_the_context_tells_places_of_one_name_apart(name, context, country, admin1):
    spot = GAZETTEER.locate(name, context)
    assert (spot.country, spot.admin1) == (country, admin1)


def test_near_places_are_told_from_far_ones():
    dallas = GAZETTEER.locate("Dallas", Context(admin1="Texas"))
    assert GAZETTEER.locate("Arlington", Context(near=[dallas])).admin1 == "Texas"


@pytest.mark.parametrize("name", ["Nosuchville", "", "\n", "x" * 10_000, "Lima\nPeru"])
def test_what_is_unknown_is_not_guessed(name):
    assert GAZETTEER.locate(name) is None


@pytest.mark.parametrize(
    "name, country, admin1",
    [("Sonora", None, "Sonora"), ("Usulutan Department", "SLV", "Usulután"), ("Nowhere", None, None)],
)
def test_first_level_units(name, country, admin1):
    unit = GAZETTEER.find_unit(name, country)
    assert (unit.admin1 if unit else None) == admin1


def test_ten_thousand_names_a_second():
    start = time.process_time()
    for _ in range(2000):
        GAZETTEER.locate("San Salvador")
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "text, place, admin1, country, precision",
    [
        ("Rebels attacked an army convoy near Gao.", "Gao", "Gao", "MLI", "place"),
        ("Two men were shot at a home in Rocky Mount, N.C.", "Rocky Mount", "North Carolina", "USA", "place"),
        ("Two men were shot at a bar in Springfield, Ohio.", "Springfield", "Ohio", "USA", "place"),
        ("Rebels attacked an army convoy in Mali.", None, None, "MLI", "country"),
        ("Rebels killed two soldiers in Antioquia.", None, "Antioquia", "COL", "admin1"),
        ("Kassel police said two men were shot in a bar.", "Kassel", "Hesse", "DEU", "place"),
    ],
)
def test_where(text, place, admin1, country, precision):
    event = main_event(text)
    assert (event.place_name, event.admin1, event.country, event.geo_precision) == (place, admin1, country, precision)
    assert (event.latitude is None) == (precision == "country")


def test_a_part_of_a_town_is_no_town():
    event = main_event("Two men were shot in the Englewood neighborhood on Monday, Chicago police said.")
    assert (event.place_name, event.admin1) == ("Chicago", "Illinois")


def test_coordinates_are_those_of_the_place():
    event = main_event("KABUL, 19 May 2014 (Agency) - Militants killed two policemen.")
    assert (round(event.latitude), round(event.longitude)) == (35, 69)


def test_a_headline_of_nothing_names_no_place():
    event = main_event("Rebels killed two soldiers in Gao.", title="In . At ' - Near \u00a0")
    assert event.place_name == "Gao"
