"""Reports of war as agencies write them: the news apart from its background, claims and other fronts."""

import datetime

import pytest

from transforms.events.datelines import part_dateline, read_dateline
from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()
DAY = datetime.date(2025, 5, 12)


def events(text):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a", published_day=DAY)


def names(actors):
    return [actor.name or actor.text for actor in actors]


@pytest.mark.parametrize(
    "text, who, whom, killed",
    [
        (  # a claim of the doers, where others have counted
            "A bomb killed 11 clerks in Gao on Sunday. The Boko Haram claimed the attack, saying it had killed 30 men.",
            ["Boko Haram"],
            ["11 clerks"],
            11,
        ),
        (  # but nobody else has
            "Boko Haram said on Sunday it had killed 30 soldiers in a raid on a base in Gao.",
            ["Boko Haram"],
            ["30 soldiers"],
            30,
        ),
        (  # on whom it is blamed
            "Ten clerks were killed in Gao on Sunday. The army blamed the attack on the Drina Front.",
            ["Drina Front"],
            ["Ten clerks"],
            10,
        ),
        (  # a deed on somebody is
            "Ten clerks were killed in Gao on Sunday. The army condemned the attack on the clerks.",
            [],
            ["Ten clerks"],
            10,
        ),
        (  # or may have been
            "Gunmen killed ten clerks in Gao on Sunday. The attackers may have been members of Boko Haram.",
            ["Gunmen"],
            ["ten clerks"],
            10,
        ),
        (  # not beside those of whom more is told
            "Soldiers shot dead ten clerks in Gao on Sunday. The gunmen fled on motorcycles.",
            ["Soldiers"],
            ["ten clerks"],
            10,
        ),
        (  # nor those who carry the wounded, for they carry nothing out
            "A bomb killed ten clerks in Gao on Sunday. Pictures showed men carrying the injured on handcarts.",
            [],
            ["ten clerks"],
            10,
        ),
        (  # the assailants are the rebels of before
            "Rebels killed nine soldiers in Gao on Sunday. The assailants burned a mill in Wend before dawn.",
            ["Rebels"],
            ["nine soldiers"],
            9,
        ),
        (  # a clash hurts both sides
            "Two rebels were killed and a soldier was injured in a gunfight with troops in Gao on Sunday.",
            ["troops"],
            ["Two rebels"],
            2,
        ),
        (  # in a raid of its own
            "Two nurses were killed in Gao on Sunday and a miller was injured in a raid by rebels.",
            ["rebels"],
            ["Two nurses", "miller"],
            2,
        ),
        (  # a bomb of another day and town
            "The army killed 50 rebels near Gao, it said on Sunday. On Friday, four guards were killed in Wend.",
            ["army"],
            ["50 rebels"],
            50,
        ),
        (  # statistics
            "The army killed 50 rebels near Gao on Sunday. In 2024, attacks in Mali claimed 1,600 lives.",
            ["army"],
            ["50 rebels"],
            50,
        ),
        (  # those told before by what befell them
            "The army killed 50 rebels near Gao on Sunday. The bodies of the slain men were shown.",
            ["army"],
            ["50 rebels"],
            50,
        ),
        (  # a name with its short form in brackets, and one told by his office
            "Two guards and four men of the New Front (NF) were killed in Gao on Sunday.",
            [],
            ["Two guards", "four men of the New Front"],
            6,
        ),
        (
            "A candidate for mayor in the state of Oyo and three of her guards were killed in a raid on a march.",
            [],
            ["candidate for mayor", "three of her guards"],
            4,
        ),
        (  # a campaign of which a deed is part does nothing
            "U.S. airstrikes killed 38 clerks in Gao on Sunday in the deadliest attack of the American campaign.",
            ["U.S."],
            ["38 clerks"],
            38,
        ),
        (  # whose drones they are
            "Ukraine said its drones killed nine sailors in Ryazan on Sunday.",
            ["Ukraine"],
            ["nine sailors"],
            9,
        ),
        (
            "The Sudanese army said its forces had killed 20 rebels in Gao on Sunday.",
            ["Sudanese army"],
            ["20 rebels"],
            20,
        ),
        (  # machines that somebody sent
            "A glider sent by the Malian army dropped bombs on a crowd in Gao on Sunday, killing 24 clerks.",
            ["Malian army"],
            ["24 clerks"],
            24,
        ),
        (  # who resorted to it
            "Nine nurses were killed as the Malian army resorted to shelling of villages near Gao on Sunday.",
            ["Malian army"],
            ["Nine nurses"],
            9,
        ),
        (  # all of those whom forces killed
            "Rebels killed nine nurses in Gao on Sunday. All of the six attackers were shot dead by troops.",
            ["Rebels"],
            ["nine nurses"],
            9,
        ),
        (  # the strikes of another state
            "Shelling by the Pakistan army killed nine nurses in Poonch on Sunday. The Indian strikes hit a mill.",
            ["Pakistan army"],
            ["nine nurses"],
            9,
        ),
        (  # other news, far down
            "Boko Haram killed nine nurses in Gao, it said on Saturday. They had no guards. Nobody knew them. It was "
            "calm. On Friday, Boko Haram shot three millers.",
            ["Boko Haram"],
            ["nine nurses"],
            9,
        ),
        (  # the attackers of a group that is named
            "Al Shabaab militants killed nine nurses near Garissa on Sunday. The attackers fired at a bus.",
            ["Al Shabaab"],
            ["nine nurses"],
            9,
        ),
        (  # a group that is only tied to another
            "Militants killed nine nurses in Gao on Sunday. A group affiliated with the Pakistani Taliban mourned.",
            ["Militants"],
            ["nine nurses"],
            9,
        ),
        (  # where they were who were hit
            "Two Malian soldiers were killed in Gao on Sunday when rebels attacked their convoy.",
            ["rebels"],
            ["Two Malian soldiers"],
            2,
        ),
        (  # where nobody else is told to be hurt
            "Rebels said that the army attacked their positions in Gao on Sunday.",
            ["army"],
            ["positions"],
            None,
        ),
        (  # what those who are saved had suffered
            "Troops killed 19 bandits and rescued 26 kidnapped nurses near Kaduna on Sunday.",
            ["Troops"],
            ["19 bandits"],
            19,
        ),
        (  # those of whom no more is told than whose they are
            "More than 460 nurses and their children were killed by rebels in Gao on Sunday.",
            ["rebels"],
            ["More than 460 nurses", "children"],
            460,
        ),
        (  # to what a toll rose
            "The death toll from bombs that ripped through a rally held by party leaders in the eastern Congo city of "
            "Bukavu rose to 13 on Sunday. Three weeks after its fighters overran Goma, the M23 held a feast.",
            [],
            [],
            13,
        ),
        (  # whom others accuse
            "A bomb killed nine nurses in Gao on Sunday. Officials accused Boko Haram of carrying out the attack.",
            ["Boko Haram"],
            ["nine nurses"],
            9,
        ),
        (  # letters with points
            "Two U.S. soldiers and one American nurse were killed in Syria on Saturday by rebels.",
            ["rebels"],
            ["Two U.S. soldiers", "one American nurse"],
            3,
        ),
        (  # whom a wave of other deeds is laid to
            "A drone struck a mill in Gao on Sunday, killing two nurses. Officials have blamed Boko Haram for a wave of"
            " attacks.",
            [],
            ["two nurses"],
            2,
        ),
        (  # a region is not elsewhere
            "Rebels in the North-West region ambushed a patrol of troops on Sunday, killing three of them. The patrol "
            "was hit by a bomb near Wend.",
            ["Rebels in the North-West region"],
            ["patrol of troops"],
            3,
        ),
        (  # a sum far above the news
            "Troops shot dead a boy in Gao on Sunday. It was calm. Nobody knew him. It rained. He was small. Troops "
            "have killed at least 900 men there.",
            ["Troops"],
            ["boy"],
            1,
        ),
        (  # a number that may be higher
            "No fewer than 12 soldiers were killed by rebels in Gao on Sunday.",
            ["rebels"],
            ["12 soldiers"],
            12,
        ),
        (  # thousands of somebody
            "Rebels killed thousands of nurses in Gao on Sunday.",
            ["Rebels"],
            ["thousands of nurses"],
            None,
        ),
        (  # the dead and those who were taken
            "Bandits killed 12 people and abducted about 30 residents in Gao on Sunday.",
            ["Bandits"],
            ["12 people", "about 30 residents"],
            12,
        ),
        (  # but not those who were there
            "Gunmen fired at a crowd of 100 people in Gao on Sunday, killing two men.",
            ["Gunmen"],
            ["two men"],
            2,
        ),
        (  # names on a list with where they are from
            "Two rebels were killed by troops in Gao on Sunday. The slain rebels were identified as Adil Mir, a "
            "resident of Ardon, and Zubair Lone, a resident of Wend.",
            ["troops"],
            ["Adil Mir", "Zubair Lone"],
            2,
        ),
        (  # since a day of the week is no long time
            "At least 56 people have been killed in Sudan since fighting erupted on Saturday, doctors said.",
            [],
            ["56 people"],
            56,
        ),
        (  # whatever must come of it, it was done
            "The killing of at least 43 millers in Ardon on Saturday must be investigated, Ann Lee said.",
            [],
            ["43 millers"],
            43,
        ),
        (
            "Gunmen shot a judge in Lima on Sunday. His cousin, who sat beside him, succumbed to his wounds.",
            ["Gunmen"],
            ["judge", "cousin"],
            1,
        ),
        ("A bomb under his car took the life of a police chief in Aden on Sunday.", [], ["police chief"], 1),
        (  # who is dragged from her home by unknown men
            "Fears grew on Sunday for Ann Lee, a dentist, after men in two trucks dragged her from her clinic in Wend.",
            ["men in two trucks"],
            ["Ann Lee"],
            None,
        ),
        (  # a book is no victim
            "A man was beaten to death by a mob in Pabna on Sunday after a rumour that he had desecrated a Bible.",
            ["mob"],
            ["man"],
            1,
        ),
        (  # who is in care is counted, and told where one is missing
            "Gunmen killed a mayor in Gao on Sunday. Two bystanders are being treated for wounds in a hospital.",
            ["Gunmen"],
            ["mayor", "Two bystanders"],
            1,
        ),
    ],
)
def test_who_whom_and_how_many(text, who, whom, killed):
    event = events(text)[0]
    assert event.event_type == "ASSAULT"
    assert (names(event.actors), names(event.recipients), event.killed_best) == (who, whom, killed)


@pytest.mark.parametrize(
    "text, killed",
    [
        (  # what a dated raid did is of its day
            "An Israeli raid killed nine clerks in Gaza on Sunday. Israel launched its offensive after the raid of "
            "October 7, 2023, in which 1,200 people were killed.",
            1200,
        ),
        (
            "Police arrested a miller in Kirkuk on Sunday. He took part in the 2014 massacre of cadets, in which 700 "
            "people were killed.",
            700,
        ),
        (
            "A raid killed nine clerks in Gao on Sunday. More than 4,000 people were killed during the 2024 war.",
            4000,
        ),
        (
            "A raid killed nine clerks in Gao on Sunday. The rebels have attacked 100 ships since May 2023, sinking two"
            " and killing four sailors.",
            4,
        ),
        (
            "Gunmen killed a mayor in Gao on Sunday. At least 28 traders have been killed since the campaign got under"
            " way in March.",
            28,
        ),
        ("Gunmen killed a mayor in Gao on Sunday. Bombs have caused the death of 14 clerks since January 2022.", 14),
        (  # and what is counted next to it
            "Gunmen killed a mayor in Gao on Sunday. At least 25 nurses have been abducted since the protests began. "
            "More than 300 marchers were shot dead.",
            300,
        ),
    ],
)
def test_an_older_deed_is_history(text, killed):
    found = events(text)
    assert found[0].killed_best != killed
    assert {event.realis for event in found if event.killed_best == killed} <= {"historical"}


def test_whose_army_it_is_is_not_where_it_bombs():
    text = "Israel's military killed a clerk in an airstrike on the southern suburbs of Beirut on Sunday."
    assert events(text)[0].country == "LBN"


def test_an_army_at_home_tells_the_land():
    assert events("Nigeria's army killed nine rebels on Sunday.")[0].country == "NGA"


@pytest.mark.parametrize(
    "text, day",
    [
        (  # said on another day than done
            "A bomb killed nine nurses in Gao, a doctor said Saturday. The crowd had gathered on Friday.",
            datetime.date(2025, 5, 9),
        ),
        (
            "A bomb killed nine nurses in Gao, a doctor said Saturday. The crowd had gathered there.",
            DAY.replace(day=10),
        ),
        (  # what police do later
            "A bomb killed nine nurses in Gao, a doctor said Saturday. Police arrested a man on Sunday.",
            datetime.date(2025, 5, 10),
        ),
    ],
)
def test_a_day_of_telling_is_the_last_guess(text, day):
    assert events(text)[0].happened_on == day


def test_who_is_accused_of_ordering_a_murder_may_not_have():
    found = events("Police arrested a miller in Gao on Sunday. He is accused of ordering the murders of two mayors.")
    assert all(event.realis != "actual" for event in found if event.event_type == "ASSAULT")


@pytest.mark.parametrize(
    "doers, event_type", [("Boko Haram rebels", "ASSAULT"), ("Police", "COERCE"), ("Soldiers", "COERCE")]
)
def test_whom_rebels_round_up_they_abduct(doers, event_type):
    assert events(f"{doers} rounded up nine nurses near Gao on Sunday.")[0].event_type == event_type


@pytest.mark.parametrize(
    "text, is_told",
    [
        ("The army has used jets to bomb Gao and Wend.", True),
        ("The army repeatedly bombed Gao on Saturday.", True),
    ],
)
def test_what_is_done_often_is_no_news(text, is_told):
    found = events("Ann Lee, a minister, met the king of Norway in Oslo on Sunday. " + text)
    assert any(event.event_type == "ASSAULT" for event in found) == is_told


def test_a_deed_after_a_recent_one_is_news():
    text = "The army launched an offensive in Gao after the raid of May 4, in which six guards were killed."
    assert events(text)[0].realis == "actual"


def test_drones_shot_down_are_another_deed():
    text = (
        "Russian missiles killed nine people in Dnipro on Sunday. Ukraine's air force said it had shot down 87 drones. "
        "In the Belgorod region, a woman was killed when a Ukrainian drone struck her car."
    )
    assert not any("air force" in names(event.actors) and "woman" in names(event.recipients) for event in events(text))


def test_who_only_tells_it_is_no_name():
    text = (
        "Rebels on Thursday freed five police officers they had held for two weeks in Colombia, the Red Cross and the "
        "ombudsman's office said."
    )
    assert names(events("Bogota (Agency) – " + text)[0].recipients) == ["five police officers"]


def test_a_flag_is_not_where_a_ship_is():
    text = "Pirates boarded a Malta-flagged tanker off the coast of Somalia on Sunday, an officer said."
    assert events(text)[0].country == "SOM"


def test_what_came_before_tells_where():
    text = "KAMPALA (Agency) - The army killed 242 rebels on Sunday after coming under attack at a base in Congo."
    assert events(text)[0].country == "COD"


def test_nobody_is_killed_where_no_one_is():
    assert {e.realis for e in events("No soldiers were killed by rebels in Gao on Sunday.")} <= {"negated"}


def test_an_area_of_a_state_is_in_it():
    text = "Bandits killed ten nurses in Tsafe Local Government Area of Zamfara State on Sunday."
    assert events(text)[0].country == "NGA"


def test_on_a_day_is_no_remark():
    assert not any(e.event_type == "ACCUSE" for e in events("Two clerks were seized on Sunday by rebels in Gao."))


@pytest.mark.parametrize(
    "text, place, end",
    [
        ("Port Sudan (Sudan) (AFP) – Shells killed ten clerks.", "Port Sudan", 27),
        ("Abuja, Nigeria – Gunmen killed ten clerks.", "Abuja", 17),
    ],
)
def test_a_town_with_its_land_opens_a_wire(text, place, end):
    dateline = read_dateline(text, ONTOLOGY)
    assert (dateline.place, dateline.end, part_dateline(text)[end - 1]) == (place, end, "\n")


@pytest.mark.parametrize("text", ["Ann Lee, Leeds - a nurse - said so.", "Tom Ray (Labour) (left) - a critic - left."])
def test_a_person_opens_no_wire(text):
    assert part_dateline(text) == text


def test_a_day_that_a_chronology_begins_with_is_no_town():
    text = "Jan. 20: The mayor takes office in a quiet town, and promises to mend its roads.\nFeb. 3: He resigns."
    dateline = read_dateline(text, ONTOLOGY)
    assert dateline is None or dateline.place is None
    assert part_dateline(text).split() == text.split()


def test_a_town_in_capitals_opens_a_report():
    assert read_dateline("PESHAWAR: Troops killed ten rebels.", ONTOLOGY).place == "Peshawar"
    assert read_dateline("UPDATE: Troops killed ten rebels.", ONTOLOGY) is None


@pytest.mark.parametrize(
    "text, realis",
    [
        ("The army denied that there had been a coup attempt in Benin on Sunday.", {"negated"}),
        ("Loyal forces foiled a coup in Benin on Sunday.", {"hypothetical", "negated"}),
        ("The government feared a coup attempt in Benin on Sunday.", {"hypothetical"}),
    ],
)
def test_a_coup_that_was_tried_is_news(text, realis):
    assert {event.realis for event in events(text) if event.event_mode == "coup"} <= realis


@pytest.mark.parametrize(
    "text, who, whom",
    [
        ("Troops rescued 14 hostages in Gao on Sunday.", ["Troops"], ["14 hostages"]),  # not Gao
        ("Kidnappers freed ten clerks abducted last month in Gao.", ["Kidnappers"], ["ten clerks"]),  # they were not
    ],
)
def test_who_gets_free(text, who, whom):
    event = events(text)[0]
    assert (names(event.actors), names(event.recipients)) == (who, whom)
