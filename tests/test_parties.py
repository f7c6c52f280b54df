"""Whom the noun phrases beside a trigger stand for, and which of them stand for nobody."""

import datetime

import pytest

from training.people import read_common, read_people
from transforms.events.happenings import find_events
from transforms.events.nlp import read_texts
from transforms.events.ontology import load_ontology
from transforms.events.persons import load_people
from transforms.language import load_language
from transforms.language.parser import BUNDLED

ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def events():
    if not BUNDLED.exists():
        pytest.skip("the language model is not in this checkout")
    language = load_language()

    def find(text, title=None):
        (doc,) = read_texts(language, [text])
        return find_events(doc, ONTOLOGY, article_id="a", title=title, published_day=datetime.date(2024, 3, 20))

    return find


@pytest.mark.parametrize(
    "noun",
    "toddlers men nephew worshippers patrol police gunmen housewives thieves ladies family crowd persons".split(),
)
def test_people(noun):
    assert ONTOLOGY.is_people(noun)


@pytest.mark.parametrize("noun", "radiator pain church ministry finger minivan school bullets walls party".split())
def test_no_people(noun):
    assert not ONTOLOGY.is_people(noun)


def test_the_list_is_made_of_what_mostly_means_people():
    nouns = [
        "00000001 18 n 01 baker 0 000 | one who bakes",
        "00000002 18 n 02 Baker 0 head 1 000 | x",
        "00000003 06 n 01 oven 0 000 |",
    ]
    senses = ["baker%1:18:00:: 1 1 0", "head%1:08:00:: 3 1 9", "head%1:18:00:: 2 2 4", "oven%1:06:00:: 4 1 3"]
    assert read_common(nouns) == {"baker", "head"}
    assert read_people(senses, read_common(nouns)) == ["baker"]


def test_the_list_has_no_names():
    assert not load_people() & {"abraham", "aristotle", "lincoln"}


@pytest.mark.parametrize(
    "text, recipients",
    [
        ("A gunman shot a waiter in Ardon. The bullets struck the radiator of a car.", ["waiter"]),
        ("An earthquake killed nine villagers near Ardon and razed the houses of the village.", ["nine villagers"]),
        ("A bomb exploded at the office of a bank in Ardon.", ["office of a bank"]),
        ("Four people were shot in Ardon. A man opened fire at the Red Lion Bar and Grill.", ["Four people"]),
    ],
)
def test_things_beside_people(events, text, recipients):
    assert [actor.name or actor.text for actor in events(text)[0].recipients] == recipients


def who_and_whom(event):
    return [[actor.name or actor.text for actor in side] for side in (event.actors, event.recipients)]


@pytest.mark.parametrize(
    "text, actors, recipients",
    [
        ("A four-year-old boy shot himself in the hand in Ardon.", ["four-year-old boy"], ["four-year-old boy"]),
        ("Police charged Jim Fox with shooting two men in Ardon.", ["Jim Fox"], ["two men"]),
        ("Two men were shot dead in Ardon on Monday. Police said he then shot a waiter.", [], ["Two men"]),
        ("A woman was shot dead in Ardon. Police said one bullet struck a child.", [], ["woman"]),
        (
            "A waiter was shot dead in Ardon. Deputies arrested a man in connection with the shooting.",
            ["man"],
            ["waiter"],
        ),
        ("A waiter was shot dead in Ardon. Two men were charged with the killing.", ["Two men"], ["waiter"]),
        ("Two smugglers were killed in a shootout with soldiers near Ardon.", ["soldiers"], ["Two smugglers"]),
        ("Luis Moy was killed on Monday during a confrontation with police in Ardon.", ["police"], ["Luis Moy"]),
        ("Two smugglers were arrested on Monday in a sweep by Italian police.", ["Italian police"], ["Two smugglers"]),
        ("Officers responded on Monday to a shot fired in Ardon, striking a child in the hand.", [], ["child"]),
        ("April Moreau was shot on Monday in Ardon. Moreau died in hospital.", [], ["April Moreau"]),
        ("Deputies found shooting victim Tom Ray, 20, of Ardon. He later died.", [], ["Tom Ray"]),
        ("Suspended Worker Kills Two Women in Ardon Bakery", ["Suspended Worker"], ["Two Women"]),
    ],
)
def test_who_did_it_to_whom(events, text, actors, recipients):
    assert who_and_whom(events(text)[0]) == [actors, recipients]


def test_a_headline_gives_nobody_a_name(events):
    (worker,) = events("Suspended Worker Kills Two Women in Ardon Bakery")[0].actors
    assert worker.name is None
