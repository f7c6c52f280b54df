"""Who took part in a happening: everyone once, and nobody twice under another word."""

import pytest

from transforms.events.casts import read_cast
from transforms.events.gathering import is_anybody
from transforms.events.mentions import Mention
from transforms.events.ontology import Trigger
from transforms.events.places import Where
from transforms.events.timing import Timing
from transforms.events.tolls import Toll
from transforms.records import Actor

KILL = Trigger("kill", "ASSAULT", toll="killed")


def person(name):
    return Actor(name, name, None, None)


def words(text, sector="CVL", country=None):
    return Actor(None, text, country, sector)


def mention(actors=(), recipients=(), realis="actual"):
    return Mention(KILL, True, None, realis, tuple(actors), tuple(recipients), Timing(), Where(), Toll(), "", 0, 0, 1)


def cast(*mentions):
    return [[actor.name or actor.text for actor in side] for side in read_cast(mentions, mentions[0])]


@pytest.mark.parametrize(
    "mentions, recipients",
    [
        ([[words("two men")], [person("Ann Lee"), person("Tom Ray")]], ["Ann Lee", "Tom Ray"]),
        ([[words("victim")], [words("a 23-year-old woman")]], ["victim"]),
        ([[words("man"), words("woman")]], ["man", "woman"]),
        ([[words("crowd of spectators")], [words("33-year-old man")]], ["33-year-old man"]),
        ([[words("two soldiers", "MIL")], [words("man")]], ["two soldiers", "man"]),
        ([[words("soldiers", "MIL")], [person("Ann Lee")]], ["soldiers", "Ann Lee"]),
    ],
)
def test_who_is_somebody_known_is_not_told_again(mentions, recipients):
    assert cast(*(mention(recipients=each) for each in mentions))[1] == recipients


def test_nobody_is_both():
    assert cast(mention([person("Jim Fox")], [person("Jim Fox"), person("Ann Lee")])) == [["Jim Fox"], ["Ann Lee"]]


@pytest.mark.parametrize(
    "hit, told",
    [
        (["two windows", "three soldiers"], ["three soldiers"]),
        (["two windows", "the bus"], ["the bus"]),
        (["office furniture", "headquarters of a party"], ["headquarters of a party"]),
        (["two windows"], ["two windows"]),
    ],
)
def test_windows_suffer_only_where_nothing_else_does(hit, told):
    actors = [words(text, "MIL" if "soldiers" in text else None) for text in hit]
    blast = mention(recipients=actors)._replace(things=tuple(a for a in actors if a.sector is None), mode="explosives")
    assert cast(blast)[1] == told


def test_of_a_list_of_cases_the_first_is_told():
    cases = [mention([person(f"Tom A{letter}")], [words("man")]) for letter in "bcdefghijklmnopqrstuvw"]
    assert cast(*cases) == [["Tom Ab"], ["man"]]


@pytest.mark.parametrize(
    "mentions, parts",
    [
        ([([person("Jim Fox")], []), ([], [person("Jim Fox")])], [["Jim Fox"], []]),
        (
            [([person("Jim Fox")], []), ([], [person("Jim Fox")]), ([], [person("Jim Fox")])],
            [[], ["Jim Fox"]],
        ),
    ],
)
def test_a_person_plays_the_part_that_is_told_more(mentions, parts):
    first = mention([words("rebels", "REB")], [words("five guards", "MIL")])
    acting, hurt = cast(first, *(mention(*each) for each in mentions))
    assert [acting, hurt] == [["rebels", *parts[0]], ["five guards", *parts[1]]]


def test_a_description_is_whoever_is_named_elsewhere():
    told = [mention(recipients=[words("Virginia man", country="USA")]), mention(recipients=[person("Tom Ray")])]
    assert cast(*told)[1] == ["Tom Ray"]
    told = mention(recipients=[words("Virginia man", country="USA"), person("Tom Ray")])
    assert cast(told)[1] == ["Tom Ray", "Virginia man"]
    deacons = [mention(recipients=[words(text, "REL")]) for text in ("church deacon", "77-year-old deacon")]
    assert cast(*deacons)[1] == ["church deacon"]


@pytest.mark.parametrize(
    "mentions, told",
    [
        ([[words("sheriff's deputy", "COP")], [person("Ann Lee")]], ["Ann Lee"]),
        ([[words("suspected Mafia leader", "CRM")], [words("banker", "BUS")], [person("Ann Lee")]], ["Ann Lee"]),
        ([[words("deputy", "COP"), person("Ann Lee")]], ["deputy", "Ann Lee"]),  # of one mention: two
        ([[words("deputy", "COP")], [person("Ann Lee")], [person("Tom Ray")]], ["deputy", "Ann Lee", "Tom Ray"]),
        ([[words("army", "MIL")], [person("Ann Lee")]], ["army", "Ann Lee"]),
    ],
)
def test_a_description_of_one_person_is_the_only_one_named(mentions, told):
    assert cast(*(mention(recipients=each) for each in mentions))[1] == told
    assert cast(*(mention(actors=each) for each in mentions))[0] == told


def test_who_is_named_has_the_office_that_is_told_of_him():
    _, [lee] = read_cast(
        [mention(recipients=[words("deputy", "COP")]), mention(recipients=[person("Ann Lee")])], mention()
    )
    assert (lee.name, lee.sector) == ("Ann Lee", "COP")


def test_where_two_died_one_is_named_and_one_described():
    first = mention(recipients=[words("deputy", "COP")])._replace(toll=Toll(killed=2))
    assert cast(first, mention(recipients=[person("Ann Lee")]))[1] == ["deputy", "Ann Lee"]


@pytest.mark.parametrize(
    "doers, told",
    [
        ([[words("armed robbers", "CRM")], [words("four men")]], ["armed robbers"]),
        ([[words("two men"), words("a woman")]], ["two men", "a woman"]),
        ([[words("thieves", "CRM")], [person("Jim Fox")]], ["thieves", "Jim Fox"]),
    ],
)
def test_those_who_rob_are_one_gang(doers, told):
    theft = Trigger("steal", "CRIME", mode="robbery")
    assert cast(*(mention(actors=each)._replace(trigger=theft) for each in doers))[0] == told


@pytest.mark.parametrize(
    "doers, told",
    [
        ([[words("paid assassins", "UAF")], [words("unidentified men", "UAF")]], ["paid assassins"]),
        ([[words("gunman", "UAF"), words("driver")], [words("hitmen", "UAF")]], ["hitmen", "gunman", "driver"]),
        ([[words("drug mafias", "CRM")], [words("gunmen", "UAF")]], ["drug mafias", "gunmen"]),  # who sent them
    ],
)
def test_those_who_shoot_are_told_once(doers, told):
    assert cast(*(mention(actors=each) for each in doers))[0] == told


def test_a_damaged_office_is_the_office():
    assert cast(*(mention(recipients=[words(t, "MED")]) for t in ("the office of a paper", "damaged offices")))[1] == [
        "the office of a paper"
    ]


def test_what_did_not_happen_adds_nobody():
    told = mention([words("rebels", "REB")], [words("five guards", "MIL")])
    assert cast(told, mention(recipients=[words("a judge", "JUD")], realis="negated"))[1] == ["five guards"]


@pytest.mark.parametrize(
    "actor, known",
    [
        (words("five people"), True),
        (words("23-year-old man"), True),
        (words("group of people"), True),
        (words("five Iraqi men", country="IRQ"), False),
        (words("five guards", "MIL"), False),
        (person("Ann Lee"), False),
    ],
)
def test_is_anybody(actor, known):
    assert is_anybody(actor) is known
