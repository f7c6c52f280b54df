"""Who did it and who suffered it, in whole texts: everyone once, by the right name, and nobody else."""

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def main_event(text):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a")[0]


def who(text):
    return [actor.name or actor.text for actor in main_event(text).actors]


def whom(text):
    return [actor.name or actor.text for actor in main_event(text).recipients]


@pytest.mark.parametrize(
    "text, person",
    [
        ("A 9-year-old boy shot himself in the foot on Sunday.", "9-year-old boy"),
        ("Tom Reed, 23, accidentally shot himself in Ardon on Sunday.", "Tom Reed"),
    ],
)
def test_who_shoots_himself_does_it_and_suffers_it(text, person):
    assert who(text) == whom(text) == [person]


def test_who_shoots_others_first_is_their_killer():
    text = "Tom Reed shot Ann Lee on Sunday. He killed two neighbors. Reed then shot himself."
    assert who(text) == ["Tom Reed"]
    assert "Ann Lee" in whom(text) and "Tom Reed" not in whom(text)


def test_who_is_named_as_dead_by_his_own_hand_is_the_killer():
    text = (
        "A man shot his partner and her child in Ardon on Sunday and set a house on fire. Tom Reed, 35, Ann Lee, 29, "
        "and Eve Lee, 4, died after the shooting and the fire. Tom Reed's wound was self-inflicted."
    )
    assert (who(text), whom(text)) == (["Tom Reed"], ["Ann Lee", "Eve Lee"])


@pytest.mark.parametrize(
    "text, arrested",
    [
        ("The man police say shot four people in Ardon was arrested on Monday, marshals said.", ["man"]),
        ("The woman prosecutors say poisoned her husband was arrested on Monday.", ["woman"]),
    ],
)
def test_the_man_police_say_did_it_is_no_police(text, arrested):
    assert (who(text), whom(text)) == ([], arrested)


def test_who_is_named_as_the_man_who_shot_did_it():
    text = "Police in Leeds named the man who shot two officers on Friday as Tom Reed, 31."
    assert (who(text), whom(text)) == (["Tom Reed"], ["two officers"])
    assert whom("Police named the teacher who was killed in Leeds on Friday as Ann Lee.") == ["Ann Lee"]


def test_a_day_is_nobody_s_name():
    assert who("Tom Reed, 13, was shot in the neck by his younger sister Sunday in Ardon.") == ["younger sister"]


def test_whose_gun_goes_off_did_it():
    text = "Dale Fox's shotgun struck Tom Reed in the leg on Sunday."
    assert (who(text), whom(text)) == (["Dale Fox"], ["Tom Reed"])


@pytest.mark.parametrize(
    "text, names",
    [
        (
            "Deputy Tom Reed, of the Home and Hearth [a movement of farmers founded by his late father] Party, was "
            "shot by two men on Sunday.",
            ["Tom Reed"],
        ),
        ("Police shot a Dale Fox supporter on Sunday.", ["Dale Fox supporter"]),  # not Dale Fox
        ("Police shot Tom Reed Jr. on Sunday. Reed was taken to hospital.", ["Tom Reed Jr."]),
        ("Police shot John “Red” Miller on Sunday.", ["John “Red” Miller"]),
        ("Police killed Ann Lee, a nurse, on Sunday.", ["Ann Lee"]),
        ("Rebels killed a judge on Sunday. Following Ann Lee's death, shops were closed.", ["Ann Lee"]),
        ("Police killed Ann Lee and a nurse on Sunday.", ["Ann Lee", "nurse"]),
        ("A couple was shot on Sunday. The victims were Tom and Ann Reed of Ardon.", ["Tom Reed", "Ann Reed"]),
    ],
)
def test_a_name_is_whole_and_nobody_elses(text, names):
    assert whom(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested a man on Sunday. Police said Tom Reed was arrested in Ardon.",
        "Police charged a suspect with fraud on Sunday. Tom Reed, 23, was charged with fraud.",
    ],
)
def test_who_is_arrested_or_charged_is_told_once(text):
    assert (who(text)[0], whom(text)) == ("Police", ["Tom Reed"])


def test_the_town_before_a_dash_does_nothing():
    assert who("WASHINGTON ― President Tom Reed on Monday condemned the attack on France.") == ["Tom Reed"]


@pytest.mark.parametrize(
    "text, doers",
    [
        ("Tom Anderson said when the uncle came home, he shot Max Poe on Sunday.", ["uncle"]),
        ("Tom Anderson said when police cornered Jim Fox, he shot an officer.", ["Jim Fox"]),
        ("Tom Anderson said he shot Max Poe on Sunday.", ["Tom Anderson"]),
        ("Seven people were shot on Elm Avenue on Sunday, according to the Ardon Police Department.", []),
        ("Thieves pulled off a heist in Ardon on Monday.", ["Thieves"]),
    ],
)
def test_who_only_tells_it_did_not_do_it(text, doers):
    assert who(text) == doers


@pytest.mark.parametrize(
    "text, sides",
    [
        ("Armed robbers stole watches and rings in Ardon on Monday.", ["Armed robbers"]),
        ("Four robbers made off with jewels on Monday.", ["Four robbers"]),
        ("The navy arrested 23 Somali and Yemeni pirates on Monday.", ["navy", "23 Somali and Yemeni pirates"]),
        ("The navy not only fired at a boat but nabbed 23 pirates on Monday.", ["navy", "23 pirates"]),
        ("The French government and the rebels opened a dialogue in Ardon.", ["French government", "rebels"]),
        ("Envoys of France and the rebels held talks in Ardon.", ["Envoys of France", "rebels"]),
    ],
)
def test_loot_and_venues_are_nobody(text, sides):
    assert [*who(text), *whom(text)] == sides


def test_who_is_convicted_killed_and_not_the_court():
    (doc,) = read_texts(NLP, ["A jury convicted Jim Fox of murdering Max Poe. Fox murdered Poe in Ardon in 2024."])
    doers = {a.name for e in find_events(doc, ONTOLOGY, article_id="a") if e.event_type == "ASSAULT" for a in e.actors}
    assert doers == {"Jim Fox"}


def test_what_is_seized_beside_people_is_no_party():
    text = "Police arrested three smugglers in Ardon on Sunday. Police seized a truck from the smugglers."
    assert whom(text) == ["three smugglers"]


@pytest.mark.parametrize(
    "text, people",
    [
        ("President Ann Lee rejected the senators' proposals on Monday.", ["senators"]),
        ("France condemned Iran's decision on Monday.", ["Iran"]),
        ("France condemned Iran's army on Monday.", ["Iran's army"]),
    ],
)
def test_what_somebody_owns_is_rejected_for_its_owner_sake(text, people):
    assert whom(text) == people


def test_what_is_said_has_the_parties_of_the_first_who_is_named():
    text = (
        "The government of Ardon threatened the rebels on Monday. "
        "The minister also threatened the teachers. He threatened the nurses, too."
    )
    assert whom(text) == ["rebels"]


@pytest.mark.parametrize(
    "text, people",
    [
        ("Gunmen killed ten people and two guards in Ardon on Sunday, officials said.", ["ten people", "two guards"]),
        ("Thieves stole two million euros from a bank in Ardon on Sunday.", []),
        ("Thieves stole jewels worth 2 million dollars in Ardon on Sunday.", []),
        ("Rebels attacked two towns and a police station on Sunday.", ["police station"]),
        ("Rebels killed six Jesuit priests on Sunday. The murdered priests were shot.", ["six Jesuit priests"]),
    ],
)
def test_places_money_and_those_who_tell_suffer_nothing(text, people):
    assert sorted(whom(text)) == sorted(people)


@pytest.mark.parametrize(
    "claim",
    [
        "No group has claimed responsibility for the attack.",
        "No rebel or guerrilla group has yet claimed responsibility for planting the bomb.",
        "The government turned responsibility for the hospital over to the church.",
    ],
)
def test_who_only_has_responsibility_did_not_do_it(claim):
    assert who("A bomb killed two people in Ardon on Sunday. " + claim) == []


def test_who_is_blamed_by_a_common_word_did_it():
    told = "In another action attributed to the mafias, a bomb wounded two judges in Ardon on Sunday."
    assert (who(told), whom(told)) == (["mafias"], ["two judges"])


def test_a_spanish_name_is_one():
    text = "Ardon Archbishop Pedro Roe y Diaz accused the army of murder on Monday."
    assert len(who(text)) == 1


@pytest.mark.parametrize(
    "told, people",
    [
        ("Police blamed the bomb on the Shining Path.", ["Shining Path"]),
        ("In an action attributed to the Shining Path, a bridge was damaged too.", ["Shining Path"]),
        ("The bomb was placed by unidentified men at a shop.", ["unidentified men"]),
        ("Two men threw an explosive device at the shop from a motorcycle.", ["Two men"]),
        ("A guard told the two men to put the gun down.", []),
        ("Critics blamed the mayor's speech on the church.", []),
        ("They placed a bomb there too.", []),
        ("This crime was committed by the Shining Path.", ["Shining Path"]),
        ("If this crime was committed by the Shining Path, it will say so.", []),
        ("The Shining Path said that the attack was the work of others.", []),
        ("Officials attributed the attack to the Shining Path.", ["Shining Path"]),
        ("The attack was laid at the door of the Shining Path.", ["Shining Path"]),
        ("The attack bears the hallmarks of the Shining Path.", ["Shining Path"]),
        ("Residents pointed the finger at the Shining Path.", ["Shining Path"]),
        ("Suspicion fell on the Shining Path.", ["Shining Path"]),
        ("The blast came days after the finger was pointed at the council.", []),
        ("Police suspect the Shining Path.", ["Shining Path"]),
        ("The mayor blamed the council for the delay.", []),
        ("The Shining Path said its men had carried out the attack.", ["Shining Path"]),
        ("The Shining Path, a group which says it fights for farmers, said one of its cells did the operation.", []),
        ("The Shining Path said that it was behind it.", ["Shining Path"]),
        ("The Shining Path denied that it was behind it.", []),
        ("The Shining Path said it had planted the device.", ["Shining Path"]),
    ],
)
def test_who_placed_a_bomb_or_is_blamed_for_an_attack_did_it(told, people):
    assert who("An explosion killed two people in Ardon on Sunday. " + told) == people


@pytest.mark.parametrize(
    "told, people",
    [
        ("Survivors identified the gunmen as members of the Shining Path.", ["Shining Path"]),
        ("The attackers belonged to the Shining Path, the mayor said.", ["Shining Path"]),
        ("The attackers, believed to be from the Shining Path, came by boat.", ["Shining Path"]),
        ("The attackers were soldiers, the mayor said.", ["soldiers"]),
        ("The army denied that the attackers were soldiers.", []),
        ("The attackers were Fulani herders, the mayor said.", ["Fulani herders"]),
        ("The attacker was a tall man, the mayor said.", []),
        ("The mayor said 40 fighters came. The Shining Path claimed the raid.", ["Shining Path"]),
        ("Hundreds of rebels overran the farm. The Shining Path claimed the raid.", ["Shining Path"]),
        ("The Shining Path's spokesman said the group had carried out the raid.", ["Shining Path"]),
        ("A group of farmers fled. The Shining Path made no comment.", []),
        ("The attackers came by boat, the mayor said.", ["attackers"]),
        ("Police said they killed two of the attackers.", ["two of the attackers"]),
        ("A large number of armed men had surrounded the village.", ["armed men"]),
        ("Men from the village came to bury them.", ["Men from the village"]),
        ("Soldiers arrived an hour later.", []),
        ("Norway launched 20 drones and missiles, the mayor said.", ["Norway"]),
        ("Norway will launch 20 drones, the mayor said.", []),
    ],
)
def test_who_the_attackers_are_and_what_they_did_else(told, people):
    assert who("Nine people were killed in a raid on a farm in Ardon on Sunday. " + told) == people


@pytest.mark.parametrize(
    "told, things",
    [
        ("The bomb was placed under a police bus.", ["police bus"]),
        ("Dynamite was thrown at the offices of a bank, too.", ["offices of a bank"]),
        ("Rebels hurled dynamite sticks at the bank.", ["bank"]),
        ("No damage to the bank was reported.", []),
        ("Police feared that a bomb could be placed at the school.", []),
        ("Stones were thrown at the school.", []),
    ],
)
def test_what_a_bomb_was_placed_at_or_damaged_is_hit(told, things):
    assert set(whom("Rebels set off a bomb in Ardon on Sunday. " + told)) == set(things)


def test_who_fires_at_a_car_is_not_fired_at():
    told = (
        "The attack took place at dawn when, according to witnesses, three gunmen fired from various angles at a car."
    )
    assert who("Ann Lee was shot and killed in Ardon on Sunday. " + told) == ["three gunmen"]


@pytest.mark.parametrize(
    "text, doers, sufferers",
    [
        ("A woman named Ann Lee shot and killed two clerks in Ardon on Sunday.", ["Ann Lee"], ["two clerks"]),
        ("The suspect , identified as Tom Reed , shot two clerks in Ardon on Sunday .", ["Tom Reed"], ["two clerks"]),
        ("Ann Lee, 30, was shot and killed in Ardon on Sunday.", [], ["Ann Lee"]),
        ("A fire in Ardon on Sunday hurt two villagers, the mayor, Ann Lee, said.", [], ["two villagers"]),
        ("A clerk opened fire at an office Christmas party killing one man in Ardon on Sunday.", None, ["one man"]),
    ],
)
def test_who_shot_and_who_only_tells_it(text, doers, sufferers):
    assert whom(text) == sufferers
    assert doers is None or who(text) == doers


def test_the_navy_seizes_what_pirates_had_seized():
    text = "The Indian navy captured 23 pirates on Sunday. The pirates had seized a ship."
    assert [each.lower() for each in who(text)] == ["indian navy"]


def test_who_describes_a_raid_did_not_make_it():
    text = "Robbers stole gems from a shop in Ardon on Friday in a raid described by French media as the largest."
    assert who(text) == ["Robbers"]


@pytest.mark.parametrize(
    "text, names",
    [
        ("The army said it had killed five rebels in Gao on Sunday.", ["army"]),
        ("The group claimed it killed five soldiers in Gao on Sunday.", ["group"]),
        ("A doctor said it killed five soldiers in Gao on Sunday.", []),
        ("The army foiled an attempt by the rebels to kidnap Ann Lee in Gao on Sunday.", ["rebels"]),
    ],
)
def test_whose_deed_is_told_by_it_or_as_an_attempt(text, names):
    assert who(text) == names


@pytest.mark.parametrize(
    "text, names",
    [
        (
            "Death squads have murdered Tom Fox, a priest, teacher, and a social fighter, along with two guards.",
            ["Tom Fox", "two guards"],
        ),
        ("Gunmen murdered Ann Lee, a priest, and a teacher on Sunday.", ["Ann Lee", "teacher"]),
        ("Ann Lee, along with two guards, was killed on Sunday.", ["Ann Lee", "two guards"]),
        ("The bomb killed three soldiers, a woman and a child.", ["three soldiers", "woman", "child"]),
        ("Rebels staged an armed attack in Gao against former defense minister General Tom Reed.", ["Tom Reed"]),
        ("He spoke of the murder committed by rebels in Gao against Ann Lee on Sunday.", ["Ann Lee"]),
        ("A bomb exploded in Gao. Parts of a car were hurled far away. Four people were injured.", ["Four people"]),
        ("Gunmen killed Ali Keita on Friday.", ["Ali Keita"]),
        ("Two blasts occurred in the center of Gao on Sunday.", []),
        ("Gunmen killed Tom Fox on Sunday. The killers are now planning General Tom Reed's murder.", ["Tom Fox"]),
        ("Four men murdered Tom Fox on Sunday. After a chase, police raided a house.", ["Tom Fox"]),
        ("A bomb killed Tom Fox on Sunday. Another exploded at a bank.", ["Tom Fox"]),
    ],
)
def test_whom_a_list_or_a_clause_tells(text, names):
    assert sorted(whom(text)) == sorted(names)


def test_who_attacks_as_an_adjective_tells_did_it():
    event = main_event("One of the attacking guerrillas shot a guard in Gao on Sunday.")
    assert "guerrillas" not in " ".join(actor.text for actor in event.recipients)


@pytest.mark.parametrize(
    "text, names",
    [
        ("Police said five men were arrested in Gao on Sunday.", ["Police"]),
        ("The army reported that 40 rebels were killed and 20 wounded in Gao.", ["army"]),
        ("The army reported that 40 soldiers were killed in Gao.", []),
        ("Police said five men were shot in Gao on Sunday.", []),
        ("The army's general staff reported that 40 rebels were killed in Gao.", ["army's general staff"]),
        ("Tom Fox was kidnapped in Gao by those people on Sunday.", []),
        ("Police said five men were arrested by soldiers in Gao on Sunday.", ["soldiers"]),
        ("Mayor Tom Fox announced that a curfew had been imposed in Gao on Sunday.", ["Tom Fox"]),
        ("Tom Fox was kidnapped in Gao on Sunday. The kidnapping could have been carried out by the rebels.", []),
        ("Tom Fox was kidnapped in Gao on Sunday. The kidnapping was carried out by the rebels.", ["rebels"]),
    ],
)
def test_who_tells_what_he_did_is_its_doer_and_who_only_may_have_is_not(text, names):
    assert who(text) == names


@pytest.mark.parametrize(
    "text, names",
    [
        ("Tom Fox was shot in Gao on Sunday. The murder of Ann Lee had led judges to protest.", ["Tom Fox"]),
        ("Tom Fox was shot in Gao on 4 May 2024. Dale Reed, a friend, was killed on 1 May 2024.", ["Tom Fox"]),
        ("Tom Fox was shot in Gao on Sunday. Dale Reed was wounded as well.", ["Tom Fox", "Dale Reed"]),
        ("President Tom Fox rejected an accord that followed a bomb explosion in Gao.", []),
    ],
)
def test_who_is_named_in_another_deed_suffers_none_of_this(text, names):
    assert sorted(whom(text)) == sorted(names)


@pytest.mark.parametrize(
    "text, hurt",
    [
        (
            "Rebels killed the mayor of Ardon, his wife and two guards on Sunday.",
            ["mayor of Ardon", "two guards", "wife"],
        ),
        ("The wife of a former judge and her daughter were shot on Sunday.", ["wife of a former judge", "daughter"]),
        ("Rebels killed the judge, his driver, on Sunday.", ["judge"]),
        (
            "Tom Reed was killed in a blast in Ardon along with his driver and two guards.",
            ["Tom Reed", "two guards", "driver"],
        ),
        ("Troops inflicted ten casualties on the rebels in Ardon.", ["rebels"]),
        ("Israeli troops shot dead three gunmen. Soldiers fired after being shot at.", ["three gunmen"]),
        ("Minister Tom Reed and six others were killed in a blast in Ardon.", ["Tom Reed", "six others"]),
        ("Tom Reed, his wife and three children were killed in a blast.", ["Tom Reed", "wife", "three children"]),
        ("Pirates seized a Greek-owned tanker off the coast of Oman.", ["Greek-owned tanker"]),
        ("Soldiers confiscated the passports of three nurses in Ardon.", ["three nurses"]),
        ("Rebels shot down a helicopter over Ardon on Sunday.", ["helicopter"]),
        ("Police arrested a man suspected of theft on Sunday.", ["man"]),
        ("A bus hit a landmine near Ardon on Sunday, killing two soldiers.", ["two soldiers"]),
    ],
)
def test_whom_a_lead_lists(text, hurt):
    assert whom(text) == hurt


def test_ranks_are_no_names():
    assert whom("Navy Senior Chief Petty Officer Scott Dale, 42, died of wounds from a blast in Gao.") == ["Scott Dale"]


@pytest.mark.parametrize(
    "text, hurt",
    [
        ("Tom Reed was shot dead in Ardon on Sunday. Three others were wounded.", ["Tom Reed", "Three others"]),
        ("A bomb killed Omar Sy in Gao. It left one dead and at least six others hurt.", ["Omar Sy", "six others"]),
        (  # of those who were stabbed one died
            "Two people were stabbed in Leeds on Friday. Ann Lee, 30, died. A 40-year-old man was injured.",
            ["Ann Lee", "40-year-old man"],
        ),
        (
            "A gunman shot at five people, killing two men and injuring three women. Amy Roe, 20, was wounded.",
            ["Amy Roe", "two men", "three women"],
        ),
        (
            "Gunmen killed Ali Reza and Omid Sadr on Tuesday. The two men were killed at home.",
            ["Ali Reza", "Omid Sadr"],
        ),
        ("Tom Reed was shot dead in Ardon on Sunday. Two other men saw it.", ["Tom Reed"]),
        (  # the same three
            "Tom Reed was killed in Ardon on Sunday and three others were wounded. Three other men were hit when the "
            "gunman fired.",
            ["Tom Reed", "three others"],
        ),
        (
            "Two people were killed and 15 were wounded in Ardon. Four other incidents left eight people wounded.",
            ["Two people"],
        ),
        (  # most of them have no name
            "Five people were shot in Ardon on Sunday. Tom Reed died. A woman was hit in the leg.",
            ["Five people", "Tom Reed"],
        ),
    ],
)
def test_as_many_suffer_as_are_counted(text, hurt):
    assert whom(text) == hurt


@pytest.mark.parametrize(
    "text, doers",
    [
        ("Three soldiers were hurt when their patrol came under fire from separatists near Ardon.", ["separatists"]),
        ("A Saudi-led coalition air strike killed ten people in Ardon on Sunday.", ["Saudi-led coalition"]),
        ("A militia leader was killed by a coalition air strike near Gao on Sunday.", ["coalition"]),
        ("Coalition aircraft bombed a camp near Gao on Sunday.", ["Coalition aircraft"]),
        ("Two fighters and a soldier were killed by Israeli strikes on Ardon on Sunday.", ["Israeli"]),
        ("Police shot five gunmen and arrested their leader in a shootout in Ardon on Sunday.", ["Police"]),
        ("A warship chased a boat hijacked by pirates, killing two pirates, on Sunday.", ["warship"]),
        ("Tom Reed is said to be the mastermind of the murder of a councilman in Ardon.", ["Tom Reed"]),
        ("Nine people were killed in Swedish shelling of Ardon on Sunday.", ["Swedish"]),
        ("Nine people were killed in the Ardon bombing on Sunday.", []),
        ("Three men were put to death in Ardon on Sunday, the interior ministry said.", ["interior ministry"]),
        ("Three men were killed in Ardon on Sunday, the interior ministry said.", []),
        ("Swedish jets had released two bombs over Ardon on Sunday, killing nine people.", ["Swedish jets"]),
        ("A nurse was killed and her house burned by rebels in Ardon on Sunday.", ["rebels"]),
        ("A baker was followed home and shot at close range in Ardon on Sunday.", []),
        ("A thief was followed home and shot two officers in Ardon on Sunday.", ["thief"]),
        ("A car bomb killed nine people in Ardon on Sunday. It went off when police opened fire on the car.", []),
        ("Police opened fire on a crowd in Ardon on Sunday, killing nine people.", ["Police"]),
        ("Nine people were killed in Ardon on Sunday, said a militia fighting the army.", []),
        ("A crowd killed a baker in Ardon on Sunday after a rumor that he had stabbed a boy.", ["crowd"]),
    ],
)
def test_who_did_it_by_a_lead(text, doers):
    assert who(text) == doers


@pytest.mark.parametrize(
    "text, doers",
    [
        ("The Ardon News said the convoy came from Lima when it was hit by rebels on Sunday.", ["rebels"]),
        ("The toll of a bombing in Ardon on Sunday rose to 22 people. One bomber blew herself up.", ["One bomber"]),
    ],
)
def test_who_did_it_and_who_only_tells_or_dies(text, doers):
    assert who(text) == doers


@pytest.mark.parametrize(
    "text, doers",
    [
        ("Two nuns were released in Ardon on Sunday. The kidnappers had asked for a ransom.", ["kidnappers"]),
        ("Two nuns were freed in Ardon on Sunday when soldiers raided the hideout of their kidnappers.", []),
        ("Two nuns are free, the bishop of Ardon said. The nuns were released on Sunday.", []),
    ],
)
def test_who_held_captives_lets_them_go_where_nobody_is_told_to_have(text, doers):
    assert (main_event(text).event_mode, who(text)) == ("release", doers)


@pytest.mark.parametrize(
    "text, sector, country",
    [
        ("The UN envoy for Chad, Tom Reed, met farmers in Lima on Sunday.", "IGO", None),
        ("The EU's special envoy Tom Reed met Norway's king in Lima on Sunday.", "IGO", None),
        ("US envoy Tom Reed met Norway's king in Lima on Sunday.", "GOV", "USA"),
    ],
)
def test_who_is_sent_by_a_body_is_of_it(text, sector, country):
    [envoy] = main_event(text).actors
    assert (envoy.name, envoy.sector, envoy.country) == ("Tom Reed", sector, country)


def test_whose_its_forces_are_the_sentence_says():
    [forces] = main_event("Ukraine said its forces had killed 120 rebels near Ardon on Sunday.").actors
    assert (forces.text, forces.country, forces.sector) == ("forces", "UKR", "MIL")


def test_a_fight_suffers_nothing():
    assert whom("Guards broke up a fight outside a bar in Leeds on Sunday.") == []
