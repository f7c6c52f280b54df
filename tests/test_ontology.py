"""The tables are whole, and a user's line is all that a new word needs."""

import pytest

from transforms.events.inflection import inflect, pluralize
from transforms.events.lexicon import EVENT_TYPES
from transforms.events.ontology import load_ontology


@pytest.fixture(scope="module")
def ontology():
    return load_ontology()


def verb(ontology, words):
    match = ontology.verbs.match(words.split(), 0)
    return match and (match[0], match[1].trigger.lemma, match[1].tense)


@pytest.mark.parametrize(
    "words, found",
    [
        ("killed two", (1, "kill", "ed")),
        ("slain", (1, "slay", "participle")),
        ("gunned down", (2, "gun down", "ed")),
        ("bombing", (1, "bomb", "ing")),
        ("murmurs", None),
    ],
)
def test_finds_any_form_of_a_verb(ontology, words, found):
    assert verb(ontology, words) == found


@pytest.mark.parametrize(
    "lemma, ed, ing",
    [
        ("stab", "stabbed", "stabbing"),
        ("seize", "seized", "seizing"),
        ("deploy", "deployed", "deploying"),
        ("rally", "rallied", "rallying"),
        ("attack", "attacked", "attacking"),
    ],
)
def test_inflects(lemma, ed, ing):
    forms = inflect(lemma)
    assert ed in forms["ed"]
    assert ing in forms["ing"]


def test_pluralizes():
    nouns = ["bomb", "clash", "country", "day"]
    assert [pluralize(noun) for noun in nouns] == ["bombs", "clashes", "countries", "days"]


@pytest.mark.parametrize(
    "words, country",
    [
        (["Mali"], "MLI"),
        (["French"], "FRA"),
        (["Burkina", "Faso"], "BFA"),
        (["US"], "USA"),
        (["us"], None),
        (["turkey"], None),
        (["Turkey"], "TUR"),
        (["Kabul"], "AFG"),
        (["Texas"], "USA"),
        (["South", "Sudan"], "SSD"),
    ],
)
def test_knows_countries_by_name_people_and_city(ontology, words, country):
    match = ontology.place_at(words, [word.lower() for word in words], 0)
    assert (match and match[1].country) == country


@pytest.mark.parametrize(
    "words, sector, country",
    [
        ("soldiers", "MIL", None),
        ("villagers", "CVL", None),
        ("security forces", "COP", None),
        ("taliban", "REB", "AFG"),
        ("al - qaeda", "REB", None),
    ],
)
def test_knows_sectors_and_groups(ontology, words, sector, country):
    _, affiliation = ontology.sectors.match(words.split(), 0)
    assert affiliation[:2] == (sector, country)


def test_every_type_has_a_trigger(ontology):
    forms = [form for entries in ontology.verbs._by_first.values() for _, form in entries]
    assert {form.trigger.event_type for form in forms} == EVENT_TYPES


@pytest.mark.parametrize(
    "words, lemma",
    [
        ("put its troops on alert", "put ... alert"),
        ("put the troops , which were on alert", None),
        ("broke all its diplomatic relations", "break ... relations"),
        ("broke a b c d e f g relations", None),
    ],
)
def test_dots_stand_for_a_few_words(ontology, words, lemma):
    match = ontology.verbs.match(words.split(), 0)
    assert (match and match[1].trigger.lemma) == lemma


@pytest.mark.parametrize(
    "words, sector", [("gov. roe", "GOV"), ("gov .", "GOV"), ("sen. roe", "LEG"), ("u.n. envoys", "IGO")]
)
def test_finds_abbreviations_in_the_middle_of_a_sentence(ontology, words, sector):
    assert ontology.sectors.match(words.split(), 0)[1].sector == sector
