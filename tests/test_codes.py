"""CAMEO and ACLED codes from the table: each scheme's own counterpart, or none."""

import re

import pytest

from transforms.events.codes import Codes, codes_of, load_codes
from transforms.events.lexicon import EVENT_TYPES
from transforms.events.ontology import load_ontology
from transforms.records import Actor

NO_COUNTERPART = {"DISASTER", "CRIME"}


def somebody(sector):
    return [Actor(None, "they", None, sector)] if sector else []


@pytest.mark.parametrize(
    "event_type, mode, actor, recipient, expected",
    [
        ("ASSAULT", "drone", "MIL", "REB", ("19", "Explosions/Remote violence", "Air/drone strike")),
        ("ASSAULT", "suicide-attack", "REB", "CVL", ("18", "Explosions/Remote violence", "Suicide bomb")),
        ("ASSAULT", "firearms", "MIL", "REB", ("19", "Battles", "Armed clash")),
        ("ASSAULT", "firearms", "UAF", "CVL", ("18", "Violence against civilians", "Attack")),
        ("ASSAULT", None, "REB", "GOV", ("19", "Violence against civilians", "Attack")),
        ("ASSAULT", "firearms", "CVL", "CVL", ("18", None, None)),  # a quarrel is no political violence
        ("ASSAULT", None, None, None, ("18", None, None)),
        ("ASSAULT", "abduct", None, "MED", ("18", "Violence against civilians", "Abduction/forced disappearance")),
        ("ASSAULT", "destroy", None, None, ("17", "Strategic developments", "Looting/property destruction")),
        ("COERCE", "arrest", "COP", "CRM", ("17", "Strategic developments", "Arrests")),
        ("SANCTION", "convict", "JUD", "REB", ("17", None, None)),
        ("SANCTION", "discontinue", "GOV", "GOV", ("16", None, None)),
        ("PROTEST", "demo", "CVL", "GOV", ("14", "Protests", "Peaceful protest")),
        ("PROTEST", None, "CVL", None, ("14", "Protests", "Peaceful protest")),
        ("PROTEST", "riot", "CVL", None, ("14", "Riots", "Violent demonstration")),
        ("PROTEST", "strike", "LAB", "BUS", ("14", None, None)),
        ("RETREAT", "ceasefire", "MIL", "REB", ("08", "Strategic developments", "Agreement")),
        ("AGREE", None, "GOV", "REB", ("03", "Strategic developments", "Agreement")),
        ("AGREE", None, "GOV", "GOV", ("03", None, None)),
        ("AGREE", None, "REB", None, ("03", None, None)),  # a promise to nobody
        ("AGREE", None, "REB", "GOV", ("03", "Strategic developments", "Agreement")),
        ("SUPPORT", "sign", "GOV", "REB", ("05", "Strategic developments", "Agreement")),
        ("SUPPORT", "sign", "GOV", "GOV", ("05", None, None)),
        ("SUPPORT", None, "REB", "GOV", ("05", None, None)),
        ("DISASTER", "earthquake", None, "CVL", (None, None, None)),
        ("CRIME", "robbery", "CRM", "BUS", (None, None, None)),
    ],
)
def test_the_counterpart_of_an_event(event_type, mode, actor, recipient, expected):
    assert codes_of(event_type, mode, somebody(actor), somebody(recipient)) == Codes(*expected)


def test_one_armed_actor_of_several_is_enough():
    both = [*somebody("CVL"), *somebody("REB")]
    assert codes_of("ASSAULT", None, both, somebody("MIL")).acled_sub_event_type == "Armed clash"


def test_those_who_come_to_terms_may_do_so_together():
    both = [*somebody("GOV"), *somebody("REB")]
    assert codes_of("AGREE", None, both, []).acled_sub_event_type == "Agreement"


def test_the_table_speaks_of_types_and_modes_that_there_are():
    table, ontology = load_codes(), load_ontology()
    forms = [
        form.trigger for t in (ontology.verbs, ontology.nouns) for each in t._by_first.values() for _, form in each
    ]
    modes = {trigger.mode for trigger in forms} | {
        mode for each in ontology.means._by_first.values() for _, mode in each
    }
    for rule in (*table.cameo, *table.acled):
        assert rule.event_type in EVENT_TYPES
        assert (rule.modes or frozenset()) - {""} <= modes | {"assassinate"}
    assert {rule.event_type for rule in table.cameo if rule.modes is None} == EVENT_TYPES - NO_COUNTERPART
    assert all(re.fullmatch("0[1-9]|1[0-9]|20", rule.code) for rule in table.cameo)
    assert {rule.code for rule in table.acled} == set(table.acled_event_types)
