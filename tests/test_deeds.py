"""Which deeds a text tells: a reason is another one than the news, and each of the dead is counted once.

On Wednesday 25 November 2026.
"""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def events_of(text):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a", published_day=datetime.date(2026, 11, 25))


def parties(event):
    return [[actor.name or actor.text for actor in side] for side in (event.actors, event.recipients)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "The Israeli army shelled Gaza on Tuesday in retaliation for the killing of two soldiers.",
            [["Israeli army"], ["Gaza"]],
            [[], ["two soldiers"]],
        ),
        (
            "A day after rebels killed 10 soldiers in Gao, the army bombed a market in Kidal on Tuesday.",
            [["army"], ["market"]],
            [["rebels"], ["10 soldiers"]],
        ),
        (
            "Police shot dead a man suspected of killing a lawmaker in Mogadishu on Tuesday.",
            [["Police"], ["man"]],
            [[], ["lawmaker"]],
        ),
        (
            "The attack in Kunduz, which followed the kidnapping of two Germans, killed three policemen on Tuesday.",
            [[], ["three policemen"]],
            [[], ["two Germans"]],
        ),
        (
            "A gunman shot dead two Israelis in Huwara on Tuesday, and hours later settlers torched dozens of houses.",
            [["gunman"], ["two Israelis"]],
            [["settlers"], ["dozens of houses"]],
        ),
        (
            "The army bombed a market on Tuesday after rebels killed ten soldiers in Gao.",
            [["army"], ["market"]],
            [["rebels"], ["ten soldiers"]],
        ),
        (
            "A bomb killed four people in Herat on Tuesday, while gunmen shot dead two policemen in Kandahar.",
            [[], ["four people"]],
            [["gunmen"], ["two policemen"]],
        ),
        (
            "A rocket struck a house in Haifa on Tuesday, wounding seven people, and Israel responded with air "
            "strikes on Hamas positions.",
            [[], ["seven people"]],
            [["Israel"], ["Hamas positions"]],
        ),
    ],
)
def test_the_reason_is_a_happening_of_its_own(text, first, second):
    events = events_of(text)
    assert [parties(event) for event in events] == [first, second]
    assert events[0].happened_on == datetime.date(2026, 11, 24)
    assert events[1].happened_on is None


@pytest.mark.parametrize(
    "text",
    [
        "Five people were killed in Jos on Tuesday after gunmen opened fire on a market.",
        "A man died on Tuesday after being shot in Jos.",
        "The militants killed six people in Jos on Tuesday after they stormed a hotel.",
    ],
)
def test_what_a_deed_led_to_is_the_deed(text):
    assert len(events_of(text)) == 1


def test_places_and_tolls_go_with_their_own_happening():
    told = "A day after rebels killed 10 soldiers in Gao, the army bombed a market in Kidal on Tuesday."
    raid, before = events_of(told)
    assert (raid.place_name, raid.killed_best) == ("Kidal", None)
    assert (before.place_name, before.killed_best) == ("Gao", 10)


@pytest.mark.parametrize(
    "text",
    [
        "Riots over fuel prices in Lagos killed ten people on Tuesday.",
        "Ten people died during violent protests in Lagos on Tuesday.",
        "Anti-government protests in Lagos left ten people dead on Tuesday.",
    ],
)
def test_what_a_protest_killed_is_the_protest(text):
    (event,) = events_of(text)
    assert (event.event_type, event.killed_best, event.recipients) == ("PROTEST", 10, ())


@pytest.mark.parametrize(
    "text",
    [
        "Thousands marched in Lagos on Tuesday, two days after soldiers killed ten people in a market.",
        "Ten people were killed on Tuesday in clashes with police during a demonstration in Lagos.",
        "Robbers killed ten guards and stole three cars in Lagos on Tuesday.",
    ],
)
def test_the_dead_are_counted_once(text):
    assert sorted((event.event_type, event.killed_best) for event in events_of(text) if event.killed_best) == [
        ("ASSAULT", 10)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A strong quake razed several villages in northern Iran on Monday, killing 14 people.",
        "A powerful Iranian earthquake hit Dubai on Monday.",
    ],
)
def test_what_a_quake_does_nobody_does(text):
    (event,) = events_of(text)
    assert (event.event_type, event.actors) == ("DISASTER", ())


def test_who_dies_of_wounds_elsewhere_later_died_of_the_attack():
    (event,) = events_of(
        "A bomb exploded at a market in Cali on Friday, killing three people and wounding 14. Two of the wounded died "
        "on Monday in a hospital in Bogota, doctors said."
    )
    assert (event.place_name, event.killed_best, event.happened_on) == ("Cali", 3, datetime.date(2026, 11, 20))


def test_who_is_told_to_be_killed_is_counted():
    (event,) = events_of("A policeman who was wounded in Peshawar last week died on Monday.")
    assert event.killed_best == 1


def test_nobody_is_killed_twice():
    text = (
        "James Ade was shot dead in Lagos on November 12. His party met on Sunday. The police said on Monday that the "
        "murder of James Ade on November 2 had been planned."
    )
    assert [event.killed_best for event in events_of(text) if event.event_type == "ASSAULT"] == [1]


def test_other_counts_are_other_dead():
    text = (
        "A man was taken from a house in Jos on Monday, exactly one week after the explosion that killed 14 people. A "
        "bomber had killed six people at a checkpoint last Thursday."
    )
    assert sorted(event.killed_best for event in events_of(text) if event.killed_best) == [6, 14]


def test_what_a_place_is_for_does_not_happen():
    text = "Coalition warplanes bombed a detention centre in Saada on Friday, killing 70 people."
    assert [event.event_type for event in events_of(text)] == ["ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Police are investigating the death of a boy in Lagos.",
        "Police are investigating multiple shootings in Lagos.",
    ],
)
def test_to_look_into_a_death_accuses_nobody(text):
    assert [event for event in events_of(text) if event.event_type == "ACCUSE"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Fifteen years after the attacks that killed 300 people in Lagos, families met on Tuesday.",
        "Falling trees killed 12 people in Ohio parks between 2010 and 2020.",
        "James Ade, who has been arrested before by the police, left Lagos on Tuesday.",
    ],
)
def test_what_was_years_before_is_history(text):
    assert {event.realis for event in events_of(text)} == {"historical"}


def test_a_series_is_not_its_latest():
    text = (
        "Jihadists killed 11 soldiers in northern Burkina Faso on Saturday, the latest in a string of attacks that "
        "have claimed more than 10,000 lives since 2015."
    )
    event = events_of(text)[0]
    assert (event.realis, event.killed_best) == ("actual", 11)


def test_a_day_earlier_counts_from_the_day_beside():
    text = "Turkish police detained 46 people on Monday over a bombing that killed six people in Izmir a day earlier."
    arrest, bombing = events_of(text)
    assert (arrest.happened_on.day, bombing.happened_on.day) == (23, 22)


@pytest.mark.parametrize(
    ("text", "news", "before"),
    [
        (
            "Kidnappers freed 38 schoolgirls seized in Kaduna in March, the governor said on Tuesday.",
            "RETREAT 2026-11-24",
            "COERCE 2026-03-01",
        ),
        (
            "Police on Tuesday charged a man over the stabbing of a boy in Leeds on Sunday.",
            "ACCUSE 2026-11-24",
            "ASSAULT 2026-11-22",
        ),
        (
            "Drivers walked out on Monday to protest an attack on a guard who was beaten by six men on Saturday.",
            "PROTEST 2026-11-23",
            "ASSAULT 2026-11-21",
        ),
        (
            "Tom Reed pleaded guilty on Monday to the murder of Max Poe. He will be sentenced on 28 December.",
            "SANCTION 2026-11-23",
            "ASSAULT None",
        ),
        (
            "Tom Reed was charged with a murder in Leeds and is due to appear in court on Friday.",
            "ACCUSE None",
            "ASSAULT None",
        ),
        (
            "A court jailed three men on Monday for a bombing in Leeds in 2019 that killed nine people.",
            "SANCTION 2026-11-23",
            "ASSAULT 2019-01-01",
        ),
    ],
)
def test_a_time_right_behind_an_older_deed_dates_that(text, news, before):
    told = [f"{event.event_type} {event.happened_on}" for event in events_of(text)]
    assert told == [news, before]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Russia launched 45 drones at Ukraine, of which 38 were shot down.",
            ("ASSAULT", [["Russia"], ["Ukraine"]], None),
        ),
        ("A man ploughed a truck into a crowd in Lyon, killing 12 people.", ("ASSAULT", [["man"], ["12 people"]], 12)),
        ("A truck rammed into a bus in Lyon, killing 12 people.", ("DISASTER", [[], ["12 people"]], 12)),
        (
            "A bomb killed a general in Lyon. The SBU was behind the attack.",
            ("ASSAULT", [["SBU"], ["general"]], 1),
        ),
        (
            "Villagers marched on a station in Lyon and pelted officers with stones, leaving six guards injured.",
            ("ASSAULT", [["Villagers"], ["six guards"]], None),
        ),
        ("Norway's bombing of Oslo killed five men.", ("ASSAULT", [["Norway"], ["five men"]], 5)),
        (
            "Two soldiers were killed when a mine laid by PKK militants exploded.",
            ("ASSAULT", [["PKK"], ["Two soldiers"]], 2),
        ),
        (
            "Supporters of President Reed stormed the congress of Norway.",
            ("PROTEST", [["Supporters of President Reed"], ["congress of Norway"]], None),
        ),
        ("Max Poe was found guilty in the slaying of Ann Lee.", ("SANCTION", [[], ["Max Poe"]], None)),
        (
            "The Taliban were behind the bombing of a bank that killed four people.",
            ("ASSAULT", [["Taliban"], ["four people"]], 4),
        ),
    ],
)
def test_who_did_it_and_how_many_it_hit(text, expected):
    event = events_of(text)[0]
    assert (event.event_type, parties(event), event.killed_best) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Police found the bodies of nine people in a mass grave near Jos on Tuesday.", [("ASSAULT", 9)]),
        ("Rescuers recovered the bodies of 14 miners on Tuesday after a mine collapsed in Jos.", [("DISASTER", 14)]),
        ("The bodies of 11 migrants were found in a truck in Jos on Tuesday.", []),
        ("The bodies of two nuns were found in Jos on Tuesday. Both had stab wounds, police said.", [("ASSAULT", 2)]),
        ("The bodies of two nuns were found in Jos on Tuesday. There were no stab wounds, police said.", []),
    ],
)
def test_bodies_tell_of_a_deed_where_a_sign_of_it_is_told(text, told):
    assert [(event.event_type, event.killed_best) for event in events_of(text)] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The army repelled an attack by rebels on a base in Jos on Tuesday, killing 30 militants.",
            [[["army"], ["30 militants"]], [["rebels"], ["army", "base"]]],
        ),
        ("Troops repulsed a rebel assault on Jos on Tuesday.", [[["rebel"], ["Troops"]]]),
        ("Guards beat back an attack by gunmen in Jos on Tuesday.", [[["gunmen"], ["Guards"]]]),
    ],
)
def test_who_beats_off_an_attack_suffers_it(text, told):
    assert [parties(event) for event in events_of(text)] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Turkish warplanes bombed camps in Iraq on Tuesday, killing 15 militants. It came a day after a bomb in "
            "Istanbul killed six people. Ankara blamed the PKK for the bombing.",
            [[["Turkish warplanes"], ["15 militants"]], [["PKK"], ["six people"]]],
        ),
        (
            "Police opened fire on protesters in Conakry on Tuesday, killing four people. A policeman was killed by "
            "demonstrators.",
            [[["Police"], ["protesters", "four people"]], [["demonstrators"], ["policeman"]]],
        ),
        (
            "1. Troops killed eight rebels in Jos on Tuesday. 2. Rebels murdered a farmer, Tom Reed, in Gao.",
            [[["Troops"], ["eight rebels"]], [["Rebels"], ["Tom Reed"]]],
        ),
        (
            "Gunmen killed 11 people and abducted a priest in a raid in Nigeria on Tuesday. The attackers opened fire "
            "on residents of Jos.",
            [[["Gunmen"], ["priest", "11 people"]]],
        ),
    ],
)
def test_each_side_has_its_own_deed(text, told):
    assert [parties(event) for event in events_of(text) if event.event_type == "ASSAULT"] == told


def test_those_hurt_by_tear_gas_are_hurt_by_what_drove_them_apart():
    told = "Police fired tear gas and rubber bullets at thousands of students in Lagos on Tuesday, injuring 20."
    assert [(e.event_type, e.event_mode, e.injured_best) for e in events_of(told)] == [("COERCE", "crowd-control", 20)]


def test_whom_somebody_is_kept_from_killing():
    (event,) = events_of("Police stopped two men from killing a judge in Lima on Monday.")
    assert (event.realis, parties(event)) == ("negated", [["two men"], ["judge"]])


def test_an_arrest_after_an_attack_is_not_of_its_day():
    told = events_of(
        "Police arrested 20 men in Lima following an attack on 3 June in which seven soldiers were killed."
    )
    assert [str(event.happened_on) for event in told] == ["None", "2026-06-03"]


def test_who_orders_something_for_him_is_another():
    assert [parties(e) for e in events_of("The judge ordered on Monday that he be released.")] == [[["judge"], []]]


def test_how_a_group_lives_is_no_claim_of_the_deed():
    text = (
        "Gunmen abducted four men in Diffa on Monday, officials said. The region has a million people. The Northern "
        "Front and a rival faction raise money by kidnapping."
    )
    assert [parties(event) for event in events_of(text)] == [[["Gunmen"], ["four men"]]]
