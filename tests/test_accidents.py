"""What nobody does on purpose is a disaster; what somebody means to do is none. On Tuesday 20 May 2025."""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def first_event(text):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a", published_day=datetime.date(2025, 5, 20))[0]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("A freight train slammed into a van near Kecskemet on Tuesday, killing two people.", ["two people"]),
        ("Three people were killed when a truck ploughed into a bus stop in Nairobi on Monday.", ["Three people"]),
        ("A motorcyclist was struck and killed by a lorry in Pune on Sunday.", ["motorcyclist"]),
        ("A woman in her fifties was killed when a tree fell on her car in Dublin.", ["woman in her fifties"]),
        ("A crane toppled onto a row of houses in Taipei on Tuesday, killing two workers.", ["two workers"]),
        ("Lightning killed three farmers in the Indian state of Bihar on Monday.", ["three farmers"]),
        ("A lift plunged down a shaft in South Africa on Monday, killing 11 miners.", ["11 miners"]),
        ("A light aircraft went down in Ontario on Friday, killing two passengers.", ["two passengers"]),
        ("A bridge gave way in Gujarat on Sunday, killing 20 people.", ["20 people"]),
        ("A boiler burst at a factory in Dhaka on Monday, killing nine workers.", ["nine workers"]),
        ("A crush at a stadium in Malang killed 12 students on Saturday.", ["12 students"]),
        ("Swarms of bees attacked villagers in Malawi on Monday, killing two.", ["villagers"]),
        ("A worker fell from scaffolding in Doha on Monday and died.", ["worker"]),
        ("Fourteen miners were trapped on Monday after a coal mine collapsed in Shanxi.", ["Fourteen miners"]),
        ("A boat sank off Libya on Monday, drowning 30 people.", ["30 people"]),
        ("Some 60 pupils were taken to hospital on Monday after a gas leak at a school in Qom.", ["60 pupils"]),
        ("Two trains collided near Brno. Eleven passengers were taken to a nearby hospital.", ["Eleven passengers"]),
        ("Two people were killed in a pile-up near Brno on Friday.", ["Two people"]),
        ("A woman is recovering after a crash near Hull on Monday.", ["woman"]),
        ("A 7-year-old boy remains in the hospital after an accidental shooting on Sunday.", ["7-year-old boy"]),
        ("A bus ran off a mountain road in Bolivia on Sunday, killing 21 people.", ["21 people"]),
        ("A lorry left the road near Graz on Monday and hit a house, killing two nuns.", ["two nuns"]),
        ("Five workers died after inhaling toxic gas in a sewer in Surat on Monday.", ["Five workers"]),
        ("A wildfire fanned by strong winds burned homes near Athens on Sunday.", []),
    ],
)
def test_what_has_no_will_makes_a_disaster(text, whom):
    event = first_event(text)
    assert (event.event_type, [who.text for who in event.recipients]) == ("DISASTER", whom)


@pytest.mark.parametrize(
    "text",
    [
        "A car ploughed into a crowd in Munich on Friday, killing five people. Police called it a deliberate attack.",
        "A truck packed with explosives slammed into a convoy near Quetta on Monday, killing 12 soldiers.",
        "A van drove by and a man began to shoot in Lyon on Monday, striking six people.",
        "A man threw acid at two women in Dhaka on Monday.",
        "A rocket hit a bus in Donetsk on Monday, killing four people.",
        "A bus was hit by gunfire near Donetsk on Monday, killing four people.",
        "A truck hit by a shell near Aleppo on Monday burned out, killing two drivers.",
        "A mother drowned her two sons in Houston on Monday.",
        "A building collapsed in Kharkiv after a missile strike on Monday, killing 30 people.",
    ],
)
def test_what_is_meant_stays_an_attack(text):
    assert first_event(text).event_type == "ASSAULT"


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A Kenyan lawmaker, Peter Roe, and four others were killed when a bus crashed near Nandi.", 5, None),
        ("Kenyan lawmaker Peter Roe and four others were killed when a bus crashed near Nandi.", 5, None),
        ("Six workers died in a fire in Izmir on Monday. Nine others were taken to hospital with burns.", 6, 9),
        ("Four men were rushed to a hospital after a shooting in Lima on Monday. One of them died.", 1, 3),
    ],
)
def test_who_is_taken_to_a_hospital_is_counted(text, killed, injured):
    event = first_event(text)
    assert (event.killed_best, event.injured_best) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("A man is in hospital after a stabbing in Hull on Monday.", ["man"]),
        ("A teenager is fighting for his life after an attack outside a club in Leeds on Monday.", ["teenager"]),
        ("Police are searching for a gunman after a shooting in Leeds on Monday.", []),
    ],
)
def test_who_is_in_hospital_after_it_suffered_it(text, whom):
    assert [who.text for who in first_event(text).recipients] == whom


def test_who_takes_the_hurt_to_a_hospital_does_nothing_to_them():
    event = first_event("Two women were shot in Lima on Monday. They were taken to a hospital by a friend.")
    assert not event.actors


@pytest.mark.parametrize(
    "text",
    [
        "A cholera outbreak has killed 14 people in Nampula, officials said on Monday.",
        "Former president Luis Roe died in Lima on Monday aged 83.",
        "President Luis Roe was taken to hospital in Lima on Monday with chest pains.",
    ],
)
def test_illness_and_age_are_no_event(text):
    (doc,) = read_texts(NLP, [text])
    assert not find_events(doc, ONTOLOGY, article_id="a")


def test_where_the_hospital_is_is_not_where_it_happened():
    text = (
        "Two climbers were killed by an avalanche on Saturday. Another was flown to a hospital in Geneva, Switzerland."
    )
    assert first_event(text).country is None


def test_a_verdict_is_at_the_town_of_the_deed_where_no_other_is_named():
    text = "A man was jailed for life on Friday. Dan Pike, 37, killed a widow at her home in Leeds last October."
    event = first_event(text)
    assert (event.event_type, event.place_name, event.country) == ("SANCTION", "Leeds", "GBR")
