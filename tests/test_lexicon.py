"""A user's line is all that a new word needs, and a line that cannot be right is named."""

import importlib.resources
import tomllib
from collections import Counter

import pytest

from transforms.errors import UsageError
from transforms.events.lexicon import LexiconFile, read_tables
from transforms.events.ontology import load_ontology

DATA = importlib.resources.files("transforms.events") / "data"
MINE = """
[types]
EPIDEMIC = {like = "DISASTER"}
[verbs]
teargas = {type = "COERCE", mode = "crowd-control", forms = ["teargassed"]}
infect = {type = "EPIDEMIC", toll = "injured"}
kill = {type = "CRIME", toll = "killed"}
die = false
[nouns]
"car-ramming" = {type = "ASSAULT"}
[means]
catapult = "primitive"
[groups]
"red hand" = "REB IRL"
[words]
MIL = ["farmers"]
[countries]
MLI = {cities = ["Kidal"]}
[states.MLI]
"Kidal Region" = ["Kidal Region"]
"""


@pytest.fixture(scope="module")
def ontology():
    return load_ontology([LexiconFile("mine.toml", MINE)])


def trigger(table, words):
    match = table.match(words.split(), 0)
    return match and match[1].trigger


def test_a_line_adds_a_word(ontology):
    assert trigger(ontology.verbs, "teargassed").mode == "crowd-control"
    assert trigger(ontology.nouns, "car - rammings").event_type == "ASSAULT"
    assert ontology.means.match(["catapults"], 0) == (1, "primitive")
    assert ontology.sectors.match(["red", "hand"], 0)[1] == ("REB", "IRL", True)
    assert ontology.place_at(["Kidal", "Region"], ["kidal", "region"], 0)[1].admin1 == "Kidal Region"


def test_what_was_there_stays(ontology):
    assert trigger(ontology.verbs, "murdered").event_type == "ASSAULT"
    assert ontology.place_at(["Bamako"], ["bamako"], 0)[1].country == "MLI"
    assert ontology.sectors.match(["soldiers"], 0)[1].sector == "MIL"


def test_a_line_takes_the_place_of_ours(ontology):
    assert trigger(ontology.verbs, "killed").event_type == "CRIME"
    assert trigger(ontology.verbs, "died") is None
    assert ontology.sectors.match(["farmers"], 0)[1].sector == "MIL"


def test_a_type_of_ones_own_is_read_as_the_one_that_it_is_like(ontology):
    own = trigger(ontology.verbs, "infected")
    assert (own.event_type, own.told_type) == ("DISASTER", "EPIDEMIC")


def test_no_word_is_told_twice_in_our_own_files():
    files = [
        tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")) for name in ("triggers", "politics", "relations")
    ]
    told = [(table, word) for file in files for table in ("verbs", "nouns", "things") for word in file.get(table, ())]
    assert not [each for each, times in Counter(told).items() if times > 1]  # the last would hide the others


def test_the_last_file_wins():
    first, last = ('[verbs]\npoke = {type = "COERCE"}', '[verbs]\npoke = {type = "REJECT"}')
    tables = read_tables([LexiconFile("first", first), LexiconFile("last", last)])
    assert tables["verbs"]["poke"] == {"type": "REJECT"}


@pytest.mark.parametrize(
    "line, said",
    [
        ("[verbs", "mine.toml: not valid TOML"),
        ("[verb]\n", "mine.toml: unknown section [verb]; did you mean 'verbs'?"),
        ("verbs = 3", "mine.toml: [verbs] is a section"),
        ('[verbs]\npoke = {type = "ASAULT"}', "[verbs] 'poke': unknown type 'ASAULT'; did you mean 'ASSAULT'?"),
        ('[verbs]\npoke = {type = "POKE"}', "known are ACCUSE, AGREE,"),
        ('[verbs]\npoke = {type = ["ASSAULT"]}', "unknown type ['ASSAULT']"),
        ('[verbs]\npoke = {type = "ASSAULT", tol = "killed"}', "unknown key 'tol'; did you mean 'toll'?"),
        ('[verbs]\npoke = {type = "ASSAULT", toll = "dead"}', "toll is killed or injured, not 'dead'"),
        ('[verbs]\npoke = {type = "ASSAULT", weak = "yes"}', "weak is true or false, not 'yes'"),
        ('[verbs]\npoke = {type = "ASSAULT", forms = ["a", "b", "c"]}', "forms is a list of words"),
        ('[verbs]\npoke = {type = "ASSAULT", but_not = "fun"}', "but_not is a list of words, not 'fun'"),
        ('[verbs]\npoke = {type = "ASSAULT", mode = 3}', "mode is a word in quotes, not 3"),
        ('[verbs]\npoke = "ASSAULT"', "[verbs] 'poke': expected {type ="),
        ('[nouns]\nPoke = {type = "ASSAULT"}', "[nouns] 'Poke': write it in lower case"),
        ('[nouns]\n"" = {type = "ASSAULT"}', "[nouns] ''"),
        ('[types]\nEPIDEMIC = {like = "PLAGUE"}', "[types] 'EPIDEMIC': unknown type 'PLAGUE'"),
        ('[types]\nEPIDEMIC = "DISASTER"', "expected {like ="),
        ('[types]\nplague = {like = "DISASTER"}', "the name of a type is in capitals"),
        ("[means]\npoker = 3", "[means] 'poker': expected the mode"),
        ('[words]\nKNG = ["king"]', "[words] 'KNG': unknown sector 'KNG'"),
        ('[words]\nGOV = "king"', "[words] 'GOV': expected a list of words"),
        ('[groups]\n"red hand" = "RED IRL"', "[groups] 'red hand': unknown sector 'RED'; did you mean '"),
        ('[groups]\n"red hand" = "REB Ireland"', "unknown country 'Ireland'"),
        ('[groups]\n"red hand" = ["REB"]', 'expected "SECTOR" or "SECTOR COUNTRY"'),
        ('[countries]\nMali = {names = ["Mali"]}', "[countries] 'Mali': a country goes by its ISO"),
        ('[countries]\nMLI = {towns = ["Gao"]}', "unknown key 'towns'; known are cities, domains, names, people"),
        ('[countries]\nMLI = {cities = "Gao"}', "cities is a list of names, not 'Gao'"),
        ('[states.XXX]\n"Gao" = ["Gao"]', "[states] 'XXX': unknown country 'XXX'"),
        ('[spellings]\n"Gaw" = ["Gao"]', "[spellings] 'Gaw': expected the town's name in GeoNames"),
        ('[states.MLI]\n"Gao" = "Gao"', "[states] 'MLI': expected lines such as"),
    ],
)
def test_a_line_that_cannot_be_right_is_named(line, said):
    with pytest.raises(UsageError) as error:
        read_tables([LexiconFile("mine.toml", line)])
    assert str(error.value).startswith("mine.toml: ") and said in str(error.value)


SENSES = """
[verbs]
zap = [{type = "REJECT", objects = ["bill"]}, {type = "ASSAULT"}]
knight = {type = "SUPPORT", calls = "good"}
[opinions]
good = ["stellar"]
"""


def test_a_word_may_have_several_senses():
    ontology = load_ontology([LexiconFile("mine.toml", SENSES)])
    assert [form.trigger.event_type for _, form in ontology.verbs.matches(["zapped"], 0)] == ["REJECT", "ASSAULT"]
    assert {"stellar", "brilliant"} <= ontology.opinions["good"]


@pytest.mark.parametrize(
    "line, word",
    [
        ('[verbs]\nzap = [{type = "REJECT"}, {mode = "arrest"}]', "zap"),
        ("[verbs]\nzap = []", "zap"),
        ('[verbs]\nzap = {type = "ACCUSE", calls = "awful"}', "calls"),
        ('[opinions]\nawful = ["dire"]', "awful"),
        ("[opinions]\nbad = 3", "bad"),
    ],
)
def test_a_sense_that_cannot_be_right_is_named(line, word):
    with pytest.raises(UsageError, match=rf"mine\.toml.*{word}"):
        load_ontology([LexiconFile("mine.toml", line)])
