"""How many were killed, injured and hit, as one sentence says it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.events.tolls import count_casualties


@pytest.mark.parametrize(
    "sentence, killed, injured",
    [
        ("Five soldiers and two civilians were killed in the ambush.", 7, None),
        ("The toll rose to 12 on Monday.", 12, None),
        ("Police clashed with miners in La Paz, and nine people were killed.", 9, None),
        ("Ann Lee, Tom Ray, and nine others were killed.", 11, None),
        ("A bomb tore through the market, killing at least seven and wounding a dozen.", 7, 12),
        ("The blast left three people dead and 14 injured.", 3, 14),
        ("Gunmen attacked a mosque, killing 27 people, a doctor and an officer said.", 27, None),
        ("Four of our men embraced martyrdom.", 4, None),
        ("Gunmen killed two officers, Ali Reza, 30, and Omid Sadr, and wounded six.", 2, 6),
        ("Three people, identified as Ann Lee, Tom Ray and Bo Fox, were killed.", 3, None),
        ("The blast killed two soldiers, Ann Lee and three children.", 6, None),
        ("Two men, Ali Reza (30) and Omid bin Sadr (41), were killed.", 2, None),
        ("A man who was badly wounded in a shooting on Friday has died.", None, None),
        ("He faces ten counts, one for each person wounded.", None, None),
        ("More than 60 civilians were killed and injured in the blasts.", None, None),
        ("Three were killed and wounded six others.", 3, 6),
        ("At least seven persons lost their lives and 17 others sustained injuries.", 7, 17),
        ("At least 43 people, nine of them children, were killed in the raid.", 43, None),
        ("A Tanzanian peacekeeper was killed and 12 others were injured.", 1, 12),
        ("Gunmen killed two policemen and wounded three others.", 2, 3),
        ("Since May, a politician, a banker, and at least five students have been murdered.", 7, None),
        ("A lawmaker, Ann Lee, and four others were killed.", 5, None),
        ("Two killed, 3 hurt in highway crash", 2, 3),
        ("A commander, Ali Omar, was killed along with 29 others in a strike.", 30, None),
        ("A guard was killed when gunmen ambushed a patrol, and three of the attackers were shot dead.", 1, None),
        ("Three of the attackers were killed.", 3, None),
        ("The killing of two men angered the town.", 2, None),
        ("Twenty-one miners died underground.", 21, None),
        ("More than 1,200 people have been killed since.", 1200, None),
        ("Two dozen were wounded.", None, 24),
        ("No one was injured.", None, 0),
        ("A farmer was shot dead at his gate.", 1, None),
        ("The commander was fatally wounded.", 1, None),
        ("The attack claimed the lives of 20 villagers.", 20, None),
        ("A bus blew up at noon and took 12 lives.", 12, None),
        ("The killing of six priests had hurt ties with Spain.", None, None),
        ("Ann Lee, 47, lives beside the park where the shooting was.", None, None),
        ("Ann Lee, mother of three who lives near the shooting, ran.", None, None),
        ("One of the guards died in hospital.", 1, None),
        ("She was pronounced dead at the scene.", 1, None),
        ("The raid killed Amadou Traore.", 1, None),
        ("Gunmen killed Amadou Traore, a priest, on Sunday.", 1, None),
        ("Gunmen killed Amadou Traore, a priest, and a guard.", 2, None),
        ("Dozens of soldiers were killed.", None, None),
        ("The army killed insurgents near the border.", None, None),
        ("The battery is dead and the car was sold two days ago.", None, None),
        ("Talks were held on Friday.", None, None),
        ("Police released the names of the four people who were killed.", 4, None),
        ("A 25-year old woman was killed.", 1, None),
        ("A triple homicide shook the town.", 3, None),
        ("He killed three soldiers before taking his own life.", 4, None),
        ("He killed three soldiers before an attempt at taking his own life.", 3, None),
        ("Ann Lee, 24, was killed.", None, None),
        ("Nine people are known to have died and 64 were injured.", 9, 64),
        ("The man was killed at 2806 Long Lane in Ardon.", 1, None),
        ("A woman and her three young children died early on Monday.", 4, None),
        ("Tom Reed killed a long ball.", None, None),
        ("Two start-ups died of it.", None, None),
        ("Rebels hacked to death 22 villagers and abducted 40 children.", 22, None),
        ("He stabbed two worshippers to death.", 2, None),
        ("A gang burned a bus, burning 14 passengers to death.", 14, None),
        ("Four members of the league were hacked to death.", 4, None),
        ("A man who shot two was sentenced to death.", None, None),
        ("A 22-year-old woman was raped and murdered.", 1, None),
        ("At least 17 migrants drowned when their boat capsized.", 17, None),
        ("Rebels shot down a helicopter, killing all nine people on board.", 9, None),
        ("Police killed a man armed with a knife.", 1, None),
        ("Rebels beheaded two of the five sailors they had held since July.", 2, None),
        ("Marines killed five gunmen and arrested the leader of the gang.", 5, None),
        ("Ten soldiers were killed; the army said it killed 17 of the assailants.", 10, None),
        ("The bodies of nine people were found in a mass grave.", 9, None),
        ("The two legislative bodies met.", None, None),
        ("Minister Tom Reed was killed in a blast in Gao on Friday along with his driver and four guards.", 6, None),
        ("Our troops inflicted eight dead and five wounded on the rebels.", 8, 5),
        ("Our forces suffered two wounded.", None, 2),
        ("A man injured himself with a knife.", None, 1),
        ("A man killed himself.", 1, None),
        ("The bomber killed herself and five others.", 6, None),
        ("Gunmen killed 63-year-old Ann Lee and two others.", 3, None),
        ("The slaying of 63 - year - old Ann Lee shook Ardon.", 1, None),
        ("The army said on Tuesday 12 rebels and two soldiers were killed.", 14, None),
        ("Six people including the governor of Ardon and his nephew were killed.", 6, None),
        ("The bomb killed the police chief, Tom Reed, and his son.", 2, None),
        ("Two of the wounded died in hospital.", 2, None),
        ("Two of the gravely wounded died, raising the number of those killed by a bomb on Monday to 14.", 14, None),
        ("Tom Reed, a leader of the Union of Millers (UM), and two of his sons were killed.", 3, None),
        ("Minister Tom Reed, his deputy Ann Lee and six others were killed.", 8, None),
        ("Seven guards, a station chief among them, embraced martyrdom and 16 others were hurt.", 7, 16),
        ("At least 50 people had been killed, according to a tally.", 50, None),
        ("By evening two people had died of bullet wounds, while 11 others were treated in Ardon.", 2, 11),
        ("Gunmen murdered a trader and former council chairman, Ali Reza.", 1, None),
        (
            "The number of millers killed in Sunday's raid on a camp in the Wend valley by rebels went up to 12.",
            12,
            None,
        ),
        ("The number of people known to have died when a bomb hit a market in Ardon rose to 14 on Sunday.", 14, None),
        ("He said that herders had lost lives and over 200 cows to raids.", None, None),
        ("The blast took the life of a judge.", 1, None),
        ("A guard was shot beside his wife, who sustained a wound to the leg.", None, 1),
    ],
)
def test_counts(sentence, killed, injured):
    toll = count_casualties(sentence)
    assert (toll.killed, toll.injured) == (killed, injured)


def test_who_was_shot_may_have_lived_or_died():
    assert count_casualties("Four people were shot at a party.").hit == 4


@pytest.mark.parametrize(
    "sentence, in_care",
    [
        ("Twenty-seven patients were still being treated in Ardon, seven of them in critical condition.", 27),
        ("No fewer than 22 persons who sustained various degrees of injury are at the clinic.", 22),
        ("Two of their mates are fighting for their lives, while three others escaped with minor injuries.", 5),
        ("Three other guards were in hospital in Wend.", 3),
        ("The doctors treated 31 people for burns.", 31),
        ("Dr Lee said that 17 of the 53 injured were still under treatment.", 53),
        ("It said 11 others were hit by live rounds.", 11),
        ("He suffered burns and injuries to both legs.", 1),
        ("He died after he suffered gunshot wounds to the chest.", None),
        ("The firm was treated as an enemy and its trade suffered serious injuries.", None),
    ],
)
def test_who_is_in_care(sentence, in_care):
    assert count_casualties(sentence).in_care == in_care


PIECES = [
    "killed",
    "injured",
    "dead",
    "two dozen",
    "and",
    ",",
    "a",
    "were",
    "shot",
    "12",
    "no one",
    "toll to",
    "treated",
]


@example("KILLED TWO AND AND")
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_never_raises_and_never_counts_below_zero(text):
    assert all(count is None or count >= 0 for count in count_casualties(text))
