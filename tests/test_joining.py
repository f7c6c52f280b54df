"""What one misread word cut in two is one happening again; what differs stays two."""

import datetime
import itertools

import pytest

from transforms.events.days import Days
from transforms.events.joining import is_part, join_groups
from transforms.events.mentions import Mention
from transforms.events.ontology import Trigger
from transforms.events.places import Where
from transforms.events.roles import ACTIVE, PASSIVE
from transforms.events.timing import Timing
from transforms.events.tolls import Toll
from transforms.records import Actor

DAY = datetime.date(2026, 3, 8)


def person(name):
    return Actor(name, name, None, None)


MEN, LEE, RAY = Actor(None, "three men", None, "CVL"), person("Ann Lee"), person("Tom Ray")
FOX, POE = person("Jim Fox"), person("Max Poe")


def mention(actors=(), recipients=(), day=0, place=None, mode="firearms", killed=None, **changes):
    when = DAY + datetime.timedelta(days=day)
    time = Timing("then", Days(when, when, "day"), True)
    where = Where((place,) if place else ())
    told = Mention(
        Trigger("shoot", "ASSAULT", mode=mode),
        True,
        mode,
        "actual",
        tuple(actors),
        tuple(recipients),
        time,
        where,
        Toll(killed),
        "",
        0,
        0,
        1,
    )
    return told._replace(**changes)


def parts(*mentions):
    return len(join_groups([[each] for each in mentions]))


@pytest.mark.parametrize(
    "first, second",
    [
        (mention([], [LEE]), mention([], [LEE, RAY], day=1)),
        (mention([], [MEN]), mention([], [LEE, RAY], day=1)),
        (mention([], [MEN]), mention([FOX], [], mode=None)),
        (mention([], [MEN], place="Ardon"), mention([], [LEE], place="Ardon")),
        (mention([FOX], [MEN], killed=2), mention([FOX], [LEE], killed=2)),
    ],
)
def test_who_is_counted_first_and_named_later_suffers_one_deed(first, second):
    assert parts(first, second) == 1


ARMY, LONG_AGO = Actor("Army", "the army", "MLI", "MIL"), DAY - datetime.timedelta(days=2000)


_NUMBERS = itertools.count()


def hit(killed, injured=None, place=None, names=(), actors=(), **changes):
    own = dict(toll=Toll(killed, injured), sentence_number=next(_NUMBERS))
    return mention(actors, names, place=place, **own | changes)


@pytest.mark.parametrize(
    "first, second, number",
    [
        (hit(4, 50), hit(4, realis="historical"), 1),
        (hit(2, place="Ardon", names=[LEE, RAY]), hit(2, place="Ardon"), 1),
        (hit(3, 16, place="Ardon"), hit(3, 16, place="Bexley"), 1),  # the town, and its district
        (hit(2, place="Ardon"), hit(2, place="Bexley"), 2),  # two raids of a night
        (hit(1), hit(1), 2),
        (hit(4, 50), hit(4, 3), 2),
        (hit(4), hit(4, day=2), 2),
        (hit(2, names=[LEE]), hit(2, names=[RAY]), 2),
        (hit(2), hit(2, mode="abduct"), 2),
        (hit(2, sentence_number=1), hit(2, sentence_number=1, realis="historical"), 2),  # of one sentence, one number
        (hit(20, mode="aerial"), hit(20, mode="explosives"), 2),
        (hit(2), hit(2, is_apart=True), 2),  # "in a separate attack"
        (hit(20, 30, where=Where(("Kabul",), country="AFG")), hit(20, 30, where=Where(("Quetta",), country="PAK")), 2),
        (hit(20, actors=[ARMY]), hit(20, actors=[ARMY._replace(country="NER")]), 2),
        (hit(20), hit(20, time=Timing("in 2021", Days(LONG_AGO, LONG_AGO, "month"), False)), 2),
        (hit(15_000), hit(15_000, realis="historical"), 2),  # a war is many deeds
    ],
)
def test_what_cost_as_many_is_one_deed_whatever_the_tense(first, second, number):
    assert parts(first, second) == number


@pytest.mark.parametrize(
    "first, second",
    [
        (mention([], [LEE]), mention([], [RAY])),
        (mention([], [MEN]), mention([], [MEN])),
        (mention([], [MEN]), mention([], [LEE], day=2)),
        (mention([], [MEN], place="Ardon"), mention([], [LEE], place="Bexley")),
        (mention([], [MEN]), mention([], [LEE], mode="explosives")),
        (mention([FOX], [MEN]), mention([POE], [LEE])),
        (mention([], [MEN], killed=1), mention([], [LEE], killed=3)),
        (mention([], [MEN]), mention([], [LEE], is_apart=True)),
        (mention([], [MEN]), mention([], [LEE], realis="historical")),
        (mention([], [LEE], mode="abduct"), mention([], [LEE], mode="abduct")),
    ],
)
def test_what_differs_stays_two(first, second):
    assert parts(first, second) == 2


def test_nobody_is_killed_twice():
    first, second = mention([], [LEE], killed=1), mention([], [LEE], day=9, killed=1)
    assert parts(first, second) == 1
    assert parts(first._replace(actors=(FOX,)), second._replace(actors=(POE,))) == 2
    assert parts(first._replace(toll=Toll()), second._replace(toll=Toll())) == 2  # shot at twice


def test_a_list_of_cases_stays_a_list():
    doers = [person(f"Tom A{'bcdefghijk'[n]}") for n in range(9)]
    assert parts(mention(doers[:5], [MEN]), mention(doers[5:], [LEE])) == 2


def test_a_third_part_goes_to_the_one_it_fits():
    groups = join_groups([[mention([], [RAY], day=-5)], [mention([], [MEN])], [mention([], [LEE], day=1)]])
    assert [len(group) for group in groups] == [1, 2]


def deed(event_type, mode, actors=(), at=9, **changes):
    return [mention(actors, **changes)._replace(trigger=Trigger("do", event_type, mode=mode), mode=mode, char_start=at)]


ATTACK = [mention([ARMY], place="Ardon")]


@pytest.mark.parametrize(
    "other, is_one",
    [
        (deed("MOBILIZE", "troops", [ARMY]), True),
        (deed("CRIME", "robbery", [MEN._replace(sector="UAF")]), True),
        (deed("CRIME", "robbery", reading=ACTIVE), True),
        (deed("CRIME", "smuggling"), False),
        (deed("CRIME", "robbery", is_verb=False, reading=ACTIVE), False),
        (deed("CRIME", "robbery", reading=PASSIVE), False),
        (deed("MOBILIZE", "troops", [FOX]), False),  # others come to help
        (deed("MOBILIZE", "troops", [ARMY], day=3), False),
        (deed("MOBILIZE", "troops", [ARMY], at=-1), False),
        (deed("MOBILIZE", "troops", [ARMY], place="Bexley"), False),
        (deed("CRIME", "robbery", place="Bexley", reading=ACTIVE), False),
        (deed("CRIME", "robbery", sentence_number=5, reading=ACTIVE), False),  # of nobody, far from it
        (
            deed("CRIME", "robbery", reading=ACTIVE, time=Timing("in May", Days(LONG_AGO, LONG_AGO, "month"), False)),
            False,
        ),
        (deed("MOBILIZE", "troops", [ARMY], realis="negated"), False),
        (deed("COERCE", "arrest", [ARMY]), False),
    ],
)
def test_attackers_move_in_and_take_what_they_find(other, is_one):
    assert is_part(other, ATTACK) == is_one
