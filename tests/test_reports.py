"""Main events of short reports of conflict: what kind, who, and whom."""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.headlines import plain_case
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()
DAY = datetime.date(2025, 5, 12)


FAR = (  # six sentences of no event
    "He was driving home. His car was found near a mill. The governor visited the town. He spoke to reporters there. "
    "A prosecutor has opened a case. Schools were closed. "
)


def main_event(text, title=None):
    (doc,) = read_texts(NLP, [text])
    headline = next(read_texts(NLP, [plain_case(title, text)])) if title else None
    return find_events(doc, ONTOLOGY, article_id="a", title=title, published_day=DAY, headline=headline)[0]


def names(actors):
    return [actor.name or actor.text for actor in actors]


@pytest.mark.parametrize(
    "text, who, whom",
    [
        (  # an older deed in the lead
            "Army jets killed nine rebels in Ardon on Sunday, three days after bandits shot four millers near Wend.",
            ["Army jets"],
            ["nine rebels"],
        ),
        (  # far below it, others without a name
            f"Gunmen killed a mayor in Ardon on Sunday. {FAR}In the same area, millers were attacked by bandits.",
            ["Gunmen"],
            ["mayor"],
        ),
        (  # or doers of whom one sentence tells
            f"Gunmen killed Ann Lee in Ardon on Sunday. {FAR}In the same area, Roe shot and killed a nurse.",
            ["Gunmen"],
            ["Ann Lee"],
        ),
        (  # but a name that is given to them there
            f"Gunmen killed a mayor in Ardon on Sunday. {FAR}The victim was identified as Ann Lee, 41.",
            ["Gunmen"],
            ["Ann Lee"],
        ),
        (  # who hit back
            "Gunmen killed a mayor in Ardon on Sunday. One of the attackers was shot dead by bodyguards.",
            ["Gunmen"],
            ["mayor"],
        ),
        (  # a claim of the deed itself, by a branch of a group
            "A bomb killed two judges in Ardon on Sunday. A branch of the Islamic State claimed the bombing.",
            ["Islamic State"],
            ["two judges"],
        ),
        (  # whose name stands behind the last word of an exchange of fire
            "Two rebels were killed in an exchange of fire with soldiers in Ardon on Sunday.",
            ["soldiers"],
            ["Two rebels"],
        ),
        (  # a group that is named of other deeds
            "Militants killed a judge in Ardon on Sunday. No group has claimed it. In March, Boko Haram burned a mill.",
            ["Militants"],
            ["judge"],
        ),
        (  # who shot the attacker did not do it
            "Three clerks were stabbed at a court in Ardon on Sunday. The attacker was shot dead by officers.",
            ["attacker"],
            ["Three clerks"],
        ),
        (  # "they" are those by whom it was done
            "Two trains were bombed by rebels near Ardon on Sunday after they shot nine guards.",
            ["rebels"],
            ["nine guards"],
        ),
        (  # a state by its name and by its adjective
            "An Israeli raid killed six Yemeni sailors on Sunday. Israel bombed a port.",
            ["Israel"],
            ["six Yemeni sailors"],
        ),
        (  # a boat that explodes does nothing, nor do those aboard
            "The army killed nine smugglers off Ardon. A video showed a boat, with ten men aboard, exploding.",
            ["army"],
            ["nine smugglers"],
        ),
        (  # companions
            "Ann Lee died along with two guards when rebels attacked a court in Ardon on Sunday.",
            ["rebels"],
            ["Ann Lee", "two guards"],
        ),
        (  # each state's own raid
            "Iran fired rockets at Haifa on Sunday, killing six sailors. Israel bombed a port, killing nine soldiers.",
            ["Iran"],
            ["six sailors"],
        ),
        (  # a state, and not its minister of that name
            "Israel killed six sailors on Sunday. Israel Roe, a minister, praised it.",
            ["Israel"],
            ["six sailors"],
        ),
        (  # far more people than are named
            "Rebels killed more than 100 people in Ardon on Sunday. The victims included Ann Lee, 26, a nurse.",
            ["Rebels"],
            ["more than 100 people", "Ann Lee"],
        ),
        (  # another day
            "Rebels killed a judge in Ardon on Sunday. Hours earlier, gunmen had shot a farmer in Wend.",
            ["Rebels"],
            ["judge"],
        ),
        (  # what a blast leaves
            "A car bomb went off in Ardon on Sunday, leaving five soldiers dead.",
            [],
            ["five soldiers"],
        ),
        (  # a deed beside the stated one, of others
            "Israel bombed a ministry in Ardon on Sunday, vowing to halt Syrian troops attacking Druze farmers.",
            ["Israel"],
            ["ministry"],
        ),
        (  # what is blamed on a group at first only
            "A drone killed ten officers in Ardon on Sunday. Ann Lee, a minister, at first blamed Boko Haram.",
            [],
            ["ten officers"],
        ),
        (  # those who lost their lives
            "Six millers lost their lives in Ardon on Sunday when soldiers opened fire.",
            ["soldiers"],
            ["Six millers"],
        ),
        (  # who came when it was done
            "Two clerks were killed near Ardon on Sunday when hooded men stopped their car.",
            ["hooded men"],
            ["Two clerks"],
        ),
        (  # who only tells it
            "Rebels burned three mills in Ardon on Sunday, the ministry said. A guard was martyred.",
            ["Rebels"],
            ["guard"],
        ),
        (  # whose shelling it was
            "Shelling by government troops killed nine millers in Ardon on Sunday.",
            ["government troops"],
            ["nine millers"],
        ),
        (  # two states, each in the country of the other
            "Ukrainian drones struck a mill in Russia. Russia fired drones at Ukraine, killing two in Kherson.",
            ["Ukrainian"],
            ["mill"],
        ),
        (  # "by" behind those who were killed
            "The killing of two nuns by rebels shocked Ardon on Sunday.",
            ["rebels"],
            ["two nuns"],
        ),
        (  # whom a pronoun stands for, and those beside it
            "Rebels stopped Mayor Tom Ray near Ardon on Sunday and shot him and two clerks.",
            ["Rebels"],
            ["Tom Ray", "two clerks"],
        ),
        (  # what others had done before
            "Eight millers were hurt by a bomb in Ardon on Sunday. It is not known whether rebels, who have killed "
            "several tourists in previous attacks, planted it.",
            [],
            ["Eight millers"],
        ),
        (  # those told by whose they are
            "A policeman and his small son were killed in Ardon on Sunday. Tom Ray, 26, was attacked near a church.",
            [],
            ["policeman", "Tom Ray", "small son"],
        ),
        (  # a house beside somebody who is hurt
            "A bomb exploded at an office in Ardon on Sunday. The building was destroyed. A miller was badly injured.",
            [],
            ["miller"],
        ),
        (  # an operation that is launched
            "The army launched a military operation in Ardon on Sunday against rebels.",
            ["army"],
            ["rebels"],
        ),
        (  # a clash, in which both lose some
            "Clashes between the army and rebels killed five soldiers and ten rebels near Ardon on Sunday.",
            ["army", "rebels"],
            ["five soldiers", "ten rebels"],
        ),
        (  # shots between two
            "Two nuns were killed in an exchange of fire between the army and rebels near Ardon on Sunday.",
            ["army", "rebels"],
            ["Two nuns"],
        ),
        (  # those who are only named later, of the deed that was told before
            "Gunmen abducted two nurses near Ardon on Sunday. Thieves burned a car on Monday. The mayor named the "
            "missing as Ann Lee, a mother of two, and Eve Lind, a widow.",
            ["Gunmen"],
            ["Ann Lee", "Eve Lind"],
        ),
        (  # a fight of which is told how long it was
            "Nine rebels were killed in three days of fighting with government troops near Ardon, officials said.",
            ["government troops"],
            ["Nine rebels"],
        ),
        (  # whom the other side blames for what forces did
            "Police shot four pupils in Ardon on Sunday, monitors said. The government blamed gangs for the violence.",
            ["Police"],
            ["four pupils"],
        ),
        (  # an answer to it is another deed
            "Rebels shelled Ardon on Sunday, killing two nuns. The army responded to the fire and destroyed two guns.",
            ["Rebels"],
            ["two nuns"],
        ),
        (  # whom the police suspected of another deed
            "Police shot dead two men suspected of killing a nurse near Ardon on Sunday.",
            ["Police"],
            ["two men"],
        ),
        (  # kin, who is named in the next sentence
            "Bandits killed the widow's husband near Ardon on Sunday. She and her husband, Tom Ray, were on a bus.",
            ["Bandits"],
            ["Tom Ray"],
        ),
        (  # what took a month
            "Two policemen were hurt in attacks in Ardon on Sunday. In less than a month, nine clerks were kidnapped.",
            [],
            ["Two policemen"],
        ),
    ],
)
def test_who_and_whom(text, who, whom):
    event = main_event(text)
    assert event.event_type == "ASSAULT"
    assert names(event.actors) == who
    assert names(event.recipients) == whom


def test_what_stands_behind_a_colon_is_the_news():
    text = "Police have arrested two men suspected of helping the gunman who shot the mayor, Ann Lee, on Sunday."
    event = main_event(text, "Ardon mayor's killing: police arrest two")
    assert (event.event_type, event.event_mode) == ("COERCE", "arrest")


def test_strikes_beside_bombs_are_no_stop_of_work():
    text = "Army jets bombed a camp near Ardon on Sunday. The strikes killed nine rebels, officials said."
    assert {event.event_type for event in [main_event(text)]} == {"ASSAULT"}
    (doc,) = read_texts(NLP, [text])
    assert not any(event.event_type == "PROTEST" for event in find_events(doc, ONTOLOGY, article_id="a"))


@pytest.mark.parametrize(
    "text, event_type, whom",
    [
        (
            "Police captured a fourth suspect in Ardon on Sunday. The man, Tom Ray, drove the car of the killers.",
            "COERCE",
            ["Tom Ray"],
        ),
        (
            "Gunmen shot a farmer near Ardon on Sunday. The victim was identified as Tom Ray.",
            "ASSAULT",
            ["Tom Ray"],
        ),
        (
            "Marines captured Ann Lee, a leader of the gang, in Ardon on Sunday. It is the hardest blow to it since the"
            " arrest of Tom Ray.",
            "COERCE",
            ["Ann Lee"],
        ),
    ],
)
def test_who_is_introduced_by_name(text, event_type, whom):
    event = main_event(text)
    assert event.event_type == event_type
    assert names(event.recipients) == whom


def test_the_worst_since_is_news():
    text = "Ten millers were killed by rebels in Ardon, in the worst raid since the rebels took the city of Wend."
    assert main_event(text).realis == "actual"


def test_an_accusation_of_last_year_is_of_an_older_deed():
    text = "Troops killed nine millers near Ardon in March. Last year, a council accused the army of killing 200 men."
    assert names(main_event(text).recipients) == ["nine millers"]


def test_a_town_abroad_is_not_the_place():
    text = "Rebels killed nine millers in Kirkuk in Iraq on Sunday. Others had met in Doha a week before the massacre."
    assert (main_event(text).place_name, main_event(text).country) == ("Kirkuk", "IRQ")


def test_who_calls_an_arrest_something_does_not_arrest():
    text = "Lebanese police arrested three smugglers in Sidon on Sunday. Ann Lee, an envoy, called the arrests a step."
    assert names(main_event(text).actors) == ["Lebanese police"]


def test_what_stands_under_a_verb_of_months_ago_is_as_old():
    text = (
        "Rebels killed six millers in Ardon on Sunday. The town was seized by the army in March after the death of a"
        " general, Tom Ray."
    )
    assert names(main_event(text).recipients) == ["six millers"]


def test_what_a_mob_burns_is_a_riot():
    text = "Police shot three men in Ardon on Sunday. The crowd had set a bank on fire, killing nobody."
    assert names(main_event(text).actors) == ["Police"]


@pytest.mark.parametrize(
    "text, event_type",
    [
        ("Army and police forces raided an office in Ardon on Sunday and seized computers.", "COERCE"),
        ("Soldiers raided the home of a miller in Ardon on Sunday, killing two guards.", "ASSAULT"),
        ("Soldiers raided a village near Ardon on Sunday.", "ASSAULT"),
    ],
)
def test_troops_that_raid_an_office_search_it(text, event_type):
    assert main_event(text).event_type == event_type


def test_an_older_deed_is_not_what_a_report_is_about():
    text = (
        "Police arrested nine clerks in Ardon on Sunday. The arrests came a day after rebels acknowledged that a strike"
        " had killed their leader, Tom Ray, and ten guards."
    )
    assert main_event(text).event_type == "COERCE"


@pytest.mark.parametrize(
    "text, event_type",
    [
        (
            "The judge in charge of investigating the murder of Ana Lee issued an arrest warrant for Max Poe. "
            "Lee was shot dead in Ardon in May.",
            "ACCUSE",
        ),
        ("The president of Chad on Monday condemned the killing of ten millers in a raid on a camp.", "ACCUSE"),
        (
            "Extra troops were deployed in Gao on Monday after the killing of a mayor. The mayor was shot dead.",
            "MOBILIZE",
        ),
    ],
)
def test_a_deed_that_the_lead_only_names_is_not_the_news(text, event_type):
    assert main_event(text).event_type == event_type


def test_what_must_not_be_is_no_deed():
    (doc,) = read_texts(
        NLP, ["The shooting down of a plane must not be considered, the minister said on Monday in Gao."]
    )
    assert all(e.realis != "actual" for e in find_events(doc, ONTOLOGY, article_id="a", published_day=DAY))


def test_what_is_said_of_people_at_large_is_no_deed():
    (doc,) = read_texts(NLP, ["Good evening. Chad needs trade. This looks like candy, but it is killing our children."])
    assert find_events(doc, ONTOLOGY, article_id="a", published_day=DAY) == []


def test_the_news_is_what_the_headline_says_of_the_kidnapped():
    text = (
        "A priest who was kidnapped by gunmen in Benue state last week has been released, his diocese said on Sunday."
    )
    event = main_event("ABUJA (Agency) - " + text, "Kidnapped priest freed in Nigeria")
    assert (event.event_type, event.event_mode, names(event.recipients)) == ("RETREAT", "release", ["priest"])


def test_rockets_fired_back_are_another_deed():
    text = (
        "RAFAH, Gaza Strip (Agency) - An Israeli airstrike on a house in Rafah killed nine members of one family on "
        "Sunday, hospital officials said. Later Sunday, Hamas militants fired rockets at Israel, wounding three people."
    )
    event = main_event(text, "Israeli strike kills family in Rafah")
    assert (names(event.actors), event.killed_best, event.injured_best) == (["Israeli"], 9, None)
    assert "nine members of one family" in names(event.recipients)


def test_names_in_capitals_are_written_as_elsewhere():
    assert main_event("DAR ES SALAAM (Agency) - Gunmen shot a guard on Sunday.").place_name == "Dar es Salaam"
