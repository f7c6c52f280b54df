"""What is done by words, votes and papers: which sense a word has, and whether it is news."""

import datetime

import pytest

from transforms.events.datelines import part_dateline
from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()
WEDNESDAY = datetime.date(2024, 3, 20)


def events(text, title=""):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a", title=title, published_day=WEDNESDAY)


def main(text, title=""):
    told = events(text, title)
    return told[0].event_type if told and told[0].realis == "actual" else None


@pytest.mark.parametrize(
    "text, event_type",
    [
        ("The senate passed the sweeping bill on clean rivers on Monday.", "SUPPORT"),
        ("The senate passed the town hall on Monday.", None),
        ("The bill passed the senate on Monday.", "SUPPORT"),
        ("The bus passed the senate on Monday.", None),
        ("The senate approved the budget on Monday.", "SUPPORT"),
        ("The senate blocked the nomination on Monday.", "REJECT"),
        ("The supreme court struck down the law on Monday.", "REJECT"),
        ("The governor vetoed the bill on Monday.", "REJECT"),
        ("Senator Ana Holt called the plan unfair on Monday.", "ACCUSE"),
        ("Senator Ana Holt called the plan a terrible mistake on Monday.", "ACCUSE"),
        ("Senator Ana Holt called the plan destructive on Monday.", "ACCUSE"),
        ("Senator Ana Holt called the plan Rivers First on Monday.", None),
        ("Senator Ana Holt did not call the plan unfair on Monday.", None),
        ("Senator Ana Holt called for a vote on Monday.", "REQUEST"),
        ("Senator Ana Holt apologized for her words on Monday.", "SUPPORT"),
        ("Director Jim Fox has been fired for breaking the rules, his lawyer said on Monday.", "SANCTION"),
        ("The president fired the director on Monday.", "SANCTION"),
        ("Director Jim Fox was fired late on Monday on the orders of the minister.", "SANCTION"),
        ("The president dismissed the idea on Monday.", "REJECT"),
        ("The gunman fired at the director in Lima on Monday.", "ASSAULT"),
        ("Governor Ana Holt announced her decision to veto the bill on Monday.", "REJECT"),
        ("Governor Ana Holt is weighing a decision to veto the bill.", None),
        ("The senate voted to reject the plan on Monday.", "REJECT"),
        ("The senate voted on Monday to override the veto of a bill to let families sue Norway.", "REJECT"),
        ("The king of Norway received the ministers on Monday.", "CONSULT"),
        ("The government of Norway received the plan with joy on Monday.", None),
        ("The government of Norway offered its prayers on Monday.", None),
        ("The ministers of Norway returned with joy on Monday.", None),
        ("The army returned the bodies of three rebels on Monday.", "RETREAT"),
        ("The court decided to allow two parties to take part on Monday.", "CONCEDE"),
        ("The mayor vowed to end the strike in Norway on Monday.", "THREATEN"),
        ("Norway warned Chad on Monday that an attack would be met with force.", "THREATEN"),
        ("Norway warned Chad on Monday that it would not tolerate the law.", "THREATEN"),
        ("Norway warned on Monday that Chad would face sanctions.", "THREATEN"),
        ("Norway warned on Monday that Chad would pay dearly.", "THREATEN"),
        ("Norway warned Chad on Monday against any attack on the port.", "THREATEN"),
        ("The army warned Chad of consequences on Monday.", "THREATEN"),
        ("Norway warned on Monday that its navy would open fire on boats.", "THREATEN"),
        ("Norway warned Chad on Monday that it would bring “everything” to a halt.", "THREATEN"),
        ("Norway warned Chad on Monday that the dam could collapse.", None),
        ("The central bank of Norway warned on Monday that its reserves would dwindle by June.", None),
        ("Norway warned on Monday that it would be a mistake.", None),
        ("The minister of Norway warned on Monday that it will cost taxpayers billions.", None),
        ("The minister of Norway warned on Monday of a deep recession.", None),
        ("Norway warned Chad of heavy rains on Monday.", None),
        ("Norway issued a warning to Chad on Monday as floods rose.", None),
        ("The king said he would withdraw his troops from Norway.", "AGREE"),
        ("The senate voted 52 to 47 on Monday to confirm Jim Fox as judge.", "SUPPORT"),
        ("Governor Ana Holt attacked Judge Jim Fox on Monday over the ruling.", "ACCUSE"),
        ("Governor Ana Holt attacked Judge Jim Fox with a knife on Monday.", "ASSAULT"),
        ("Mayor Ana Holt attacked the museum on Monday as a waste.", "ACCUSE"),
        ("The ruling party ousted President Max Poe on Monday.", "SANCTION"),
        ("Soldiers ousted President Max Poe on Monday.", "COERCE"),
        ("A court in Lima jailed President Max Poe on Monday.", "SANCTION"),
        ("The miners of Norway returned to work on Monday.", None),
        ("The king of Norway returned to Peru on Monday.", "CONSULT"),
        ("About 500 peacekeepers of Norway arrived in Lima on Monday.", "MOBILIZE"),
        ("Lawyers in Norway boycotted the courts on Monday.", "PROTEST"),
        ("Norway boycotted the games on Monday.", "SANCTION"),
        ("Senator Ana Holt joined 150 protesters in a march on Monday.", "PROTEST"),
        ("The World Bank canceled $500 million of the debt of Norway on Monday.", "AID"),
        ("Norway stripped Jim Fox of his citizenship on Monday.", "COERCE"),
        ("Doctors Without Borders criticized Norway on Monday.", "ACCUSE"),
        ("Prosecutors plan to file charges against Governor Ana Holt.", None),
        ("The government of Norway decided on Monday to build a road.", None),
        ("The government of Norway decided on Monday to receive the king.", "AGREE"),
        ("The union called off a strike on Monday.", "CONCEDE"),
        ("The union called the strike off on Monday.", "CONCEDE"),
        ("The king of Norway called off a visit to Peru on Monday.", "SANCTION"),
        ("Reporters from Norway attended a news conference on Monday.", None),
        ("Judge Ana Holt extended a stay of the deportation order on Monday.", None),
        ("The army of Norway captured Jim Fox on Monday.", "COERCE"),
        ("“This bill is an insult to teachers,” said Senator Ana Holt.", "ACCUSE"),
        ("“This bill is a help to teachers,” said Senator Ana Holt.", None),
        ("Senator Ana Holt spoke on Monday of a law that bans fishing.", None),
    ],
)
def test_what_is_done_by_words(text, event_type):
    assert main(text) == event_type


@pytest.mark.parametrize(
    "text, event_type",
    [
        ("The boss hanged himself in a cell in Palermo on Monday.", "ASSAULT"),
        ("Jim Fox committed suicide in a cell in Palermo on Monday.", "ASSAULT"),
        ("Officials hung a flag in Palermo on Monday.", None),
        ("Rebels downed a plane near Gao on Monday.", "ASSAULT"),
        ("Robbers cleaned out a shop in Paris on Monday.", "CRIME"),
        ("Robbers snatched a purse in Paris on Monday.", "CRIME"),
        ("Robbers snatched victory in Paris on Monday.", None),
        ("A bus overturned near Gao on Monday, killing six people.", "DISASTER"),
        ("Police raided an office in Lima on Monday.", "COERCE"),
        ("Rebels raided an office in Lima on Monday.", "ASSAULT"),
        ("A band of thieves with guns have struck in the heart of Paris, stealing rings from a shop.", "CRIME"),
        ("A group of rebels conducted an attack on Monday.", "ASSAULT"),
    ],
)
def test_what_is_done_by_force(text, event_type):
    assert main(text) == event_type


def test_who_takes_his_own_life_did_it_and_suffers_it():
    (event,) = events("Jim Fox took his own life in Palermo on Monday.")
    assert [[a.name for a in people] for people in (event.actors, event.recipients)] == [["Jim Fox"], ["Jim Fox"]]


@pytest.mark.parametrize(
    "text",
    [
        "Prisoners will be executed in Norway soon. Death to the crown, the poster says.",
        "Party chief Jim Fox is expected to say that he will not seek a second term. Party News On Call reports it.",
    ],
)
def test_a_bare_noun_does_not_make_it_happen(text):
    assert not [event for event in events(text) if event.realis == "actual"]


def test_what_is_done_now_is_not_to_come_because_a_verb_before_it_is():
    text = "The junta will soon present a plan and therefore calls on the army to leave Norway."
    assert "REQUEST" in {event.event_type for event in events(text) if event.realis == "actual"}


@pytest.mark.parametrize(
    "text, parted",
    [
        ("Gao, 25 Aug 89 (XYZ) - The rebels fled.", "Gao, 25 Aug 89 (XYZ) -\nThe rebels fled."),
        ("ROME — The king left.", "ROME —\nThe king left."),
        ("May 20 - The king left.", "May 20 -\nThe king left."),
        ("(WXYZ) - The king left.", "(WXYZ) -\nThe king left."),
        ("The king (a Dane) - left.", "The king (a Dane) - left."),
        ("Home - The king left.", "Home - The king left."),
        ("UPDATE - The king left.", "UPDATE - The king left."),
        ("The king - a Dane - left.", "The king - a Dane - left."),
    ],
)
def test_a_dateline_is_no_part_of_the_first_sentence(text, parted):
    assert part_dateline(text) == parted


def test_who_acts_stands_after_a_dateline():
    (event,) = events("Gao, 25 Aug 89 (XYZ) - The Red Lantern Brigade today threatened to kill ten judges.")[:1]
    assert (event.event_type, [a.text for a in event.actors]) == ("THREATEN", ["Red Lantern Brigade"])


@pytest.mark.parametrize(
    "text, event_type",
    [
        ("Senator Ana Holt said on Monday that the governor lied about the bill.", "ACCUSE"),
        ("Senator Ana Holt said on Monday that the governor's words would undermine the bill.", "ACCUSE"),
        ("The bill is a mistake, Senator Ana Holt said on Monday of the plan.", "ACCUSE"),
        ("The senate vote is a mistake, President Tom Reed said on Monday.", "ACCUSE"),
        ("Senator Ana Holt said on Monday that the governor is not a liar.", None),
        ("Senator Ana Holt said on Monday that she failed.", None),
        ("Senator Ana Holt criticized her sister's opposition to the bill on Monday.", "ACCUSE"),
        ("Asked on Monday whether it was fair, Senator Ana Holt smiled.", None),
        ("Defense minister Ana Holt will be leaving the government in May, the president said on Monday.", "RETREAT"),
        ("Friends believe that minister Ana Holt will leave the government.", None),
        ("The president of Norway promised to carry out an inquiry and to punish the killers.", "AGREE"),
        ("The actress shot to fame in Norway on Monday.", None),
        ("The chiefs of 21 countries have expressed support for President Tom Reed.", "SUPPORT"),
        ("Officials expressed concern on Monday that most of the missing are dead.", "ACCUSE"),
        ("The resignation of three judges was announced on Monday.", "RETREAT"),
        ("Minister Ana Holt will retire in May, the king tweeted on Monday.", "RETREAT"),
        ("The White House released a set of emails on Monday.", None),
        ("The report on schools recommends loosening the rules of Norway.", None),
        ("Police released the name of a man from Lima on Monday.", None),
        ("The firm released a software kit at an event in Lima on Monday.", None),
        ("Rebels released 15 of the 40 students on Monday.", "RETREAT"),
        ("The department released thousands of pages of notes on Monday.", None),
        ("Soldiers liberated the town of Konna from rebels on Monday.", "COERCE"),
        ("American forces are advising and assisting Malian troops in Gao.", "AID"),
        ("The dealer made a fortune with looted statues from Mali.", None),
        ("Engineers demonstrated their applications in Lima on Monday.", None),
    ],
)
def test_what_is_done_by_saying(text, event_type):
    assert main(text) == event_type


@pytest.mark.parametrize(
    "text, event_type",
    [
        ("A cargo train was derailed by a charge of dynamite near Lima on Monday, killing a guard.", "ASSAULT"),
        ("A cargo train was derailed by a cow near Lima on Monday, killing a guard.", "DISASTER"),
    ],
)
def test_what_a_bomb_does_is_no_accident(text, event_type):
    assert main(text) == event_type


@pytest.mark.parametrize(
    "text",
    [
        "Sheriff Ana Holt announced on Tuesday that she will endorse Governor Lee Marsh for the senate.",
        "Sheriff Ana Holt will endorse Governor Lee Marsh for the senate, her office said in Lima on Tuesday.",
    ],
)
def test_the_day_of_a_promise_is_when_it_was_made(text):
    (event,) = events(text)
    assert (event.event_type, event.happened_on) == ("AGREE", datetime.date(2024, 3, 19))


def test_nobody_does_an_earthquake():
    (event,) = events("A Persian earthquake killed ten people near Lima on Monday.")
    assert (event.event_type, event.actors, event.killed_best) == ("DISASTER", (), 10)


def test_two_words_may_tell_of_sport():
    text = (
        "The Otters placed running back Jim Fox on injured reserve on Monday, and he will miss the season. Fox injured "
        "his left knee in the second half and is a free agent in May."
    )
    assert events(text) == []


def test_what_is_said_of_another_is_another_act():
    text = (
        "Senator Ana Holt criticized Governor Lee Marsh over the bill on Monday. The bill failed in May. Jim Fox was "
        "accused of fraud."
    )
    first = events(text)[0]
    assert (first.event_type, [a.name for a in first.recipients]) == ("ACCUSE", ["Lee Marsh"])


def test_who_resigns_withdraws_no_troops():
    text = "Minister Ana Holt resigned on Monday. The army of Norway has withdrawn from Gao."
    told = {event.event_mode: [a.text for a in event.actors] for event in events(text)}
    assert told == {"resign": ["Minister Ana Holt"], "withdraw": ["army of Norway"]}


def people(told):
    return [[actor.name or actor.text for actor in side] for side in (told.actors, told.recipients)]


@pytest.mark.parametrize(
    "text, event_type, who, whom",
    [
        ("Governor Max Poe drew criticism from Senator Ana Holt.", "ACCUSE", ["Ana Holt"], ["Max Poe"]),
        ("Governor Max Poe won the endorsement of Senator Ana Holt.", "SUPPORT", ["Ana Holt"], ["Max Poe"]),
        ("Senator Ana Holt showed her support for Max Poe.", "SUPPORT", ["Ana Holt"], ["Max Poe"]),
        ("Senator Ana Holt rejected the Ohio bill.", "REJECT", ["Ana Holt"], []),
        ("President Max Poe declared a national emergency.", "COERCE", ["Max Poe"], []),
        ("The senate voted to override the governor's veto.", "REJECT", ["senate"], ["governor"]),
        (
            "Senator Ana Holt praised the mayor, but argued that Max Poe was a liar.",
            "ACCUSE",
            ["Ana Holt"],
            ["Max Poe"],
        ),
        ("Director Max Poe was fired on the orders of Minister Ana Holt.", "SANCTION", ["Ana Holt"], ["Max Poe"]),
        ("Senator Ana Holt, who had mocked Jim Fox, mocked Max Poe's plan.", "ACCUSE", ["Ana Holt"], ["Max Poe"]),
        (
            "President Ana Holt stopped over in Lima, where she met Governor Max Poe.",
            "CONSULT",
            ["Ana Holt"],
            ["Max Poe"],
        ),
        ("Senator Ana Holt is upset, claiming that Max Poe is a liar.", "ACCUSE", ["Ana Holt"], ["Max Poe"]),
        ("Governor Ana Holt criticized the law signed by Mayor Max Poe.", "ACCUSE", ["Ana Holt"], ["Max Poe"]),
        ("Governor Ana Holt criticized the law backed by Mayor Max Poe.", "ACCUSE", ["Ana Holt"], []),
        ("Governor Ana Holt said that the tariff imposed by Chad is a disgrace.", "ACCUSE", ["Ana Holt"], ["Chad"]),
        ("The opposition rejected the budget presented by Minister Max Poe.", "REJECT", ["opposition"], ["Max Poe"]),
        ("Senator Ana Holt warned that Max Poe's speech would be a disaster.", "ACCUSE", ["Ana Holt"], ["Max Poe"]),
        ("Governor Ana Holt declared a brief state of emergency in Ohio.", "COERCE", ["Ana Holt"], []),
        ("Governor Ana Holt denounced the Ivory Coast.", "ACCUSE", ["Ana Holt"], ["Ivory Coast"]),
        ("Governor Ana Holt and Max Poe discussed the war in Chad.", "CONSULT", ["Ana Holt", "Max Poe"], []),
        ("Minister Ana Holt resigned over words on Norway.", "RETREAT", ["Ana Holt"], []),
        ("Senator Ana Holt conceded the Ohio governor's race to Max Poe.", "CONCEDE", ["Ana Holt"], ["Max Poe"]),
        ("The Justice Department sued Ohio.", "ACCUSE", ["Justice Department"], ["Ohio"]),
        (
            "President Ana Holt mediated talks between Chad and Mali.",
            "CONSULT",
            ["Ana Holt"],
            ["Chad", "Mali"],
        ),
        ("Chad gave the Malian ambassador 72 hours to leave.", "SANCTION", ["Chad"], ["Malian ambassador"]),
        ("Chad agreed to open ties with Mali under a deal brokered by Togo.", "AGREE", ["Chad"], ["Mali"]),
        (
            "Chad's congress voted to remove President Max Poe from office.",
            "SANCTION",
            ["Chad's congress"],
            ["Max Poe"],
        ),
        ("The supreme court upheld a ruling on rivers.", "SUPPORT", ["supreme court"], []),
        ("The White House barred a reporter from an event.", "COERCE", ["White House"], ["reporter"]),
        ("Chad revoked its agreements with Mali.", "SANCTION", ["Chad"], ["Mali"]),
        (
            "About 20 nationalists rallied in Lima, outnumbered by thousands of farmers.",
            "PROTEST",
            ["About 20 nationalists"],
            [],
        ),
        ("Rebels handed over two captured soldiers to Chad.", "RETREAT", ["Rebels"], ["two captured soldiers"]),
        ("Police in Lima banned a rally by the party of Max Poe.", "COERCE", ["Police in Lima"], ["party of Max Poe"]),
        (
            "The king of Chad held talks with his Malian counterpart.",
            "CONSULT",
            ["king of Chad"],
            ["Malian counterpart"],
        ),
        ("Chad vowed to keep attacking Mali.", "THREATEN", ["Chad"], ["Mali"]),
        ("President Ana Holt signed an executive order on rivers.", "SUPPORT", ["Ana Holt"], []),
        ("Chad's parliament voted to delay the election.", "SANCTION", ["Chad's parliament"], []),
        ("The rebels demanded the release of 20 prisoners.", "REQUEST", ["rebels"], []),
        ("The rebels called for a broad front to fight the government.", "REQUEST", ["rebels"], []),
        ("The union repeated its demand that Chad ease rules on Malian workers.", "REQUEST", ["union"], ["Chad"]),
        ("Minister Ana Holt insisted that Max Poe's plan is a blunder.", "ACCUSE", ["Ana Holt"], ["Max Poe"]),
        ("Envoys from Chad, Mali and Togo met.", "CONSULT", ["Envoys from Chad", "Mali", "Togo"], []),
        ("Chad declared a diplomat persona non grata.", "SANCTION", ["Chad"], ["diplomat"]),
        ("A court in Lima issued arrest warrants for 30 officers.", "ACCUSE", ["court in Lima"], ["30 officers"]),
        ("An arrest warrant was issued against Minister Ana Holt in Lima.", "ACCUSE", [], ["Ana Holt"]),
        ("Max Poe went on trial in Lima on Monday, accused of the murder of a clerk.", "ACCUSE", [], ["Max Poe"]),
        ("Kenya sent 200 police officers to Haiti on Tuesday.", "MOBILIZE", ["Kenya"], ["Haiti"]),
        ("President Ana Holt dismissed all the heads of army offices.", "SANCTION", ["Ana Holt"], []),
        ("A spy turned himself over to the army in Gao.", "RETREAT", ["spy"], ["army"]),
        ("Police raided the home of Minister Ana Holt in Gao.", "COERCE", ["Police"], ["Ana Holt"]),
        ("Soldiers raided the offices of Chirp TV in Gao.", "COERCE", ["Soldiers"], ["Chirp TV"]),
        ("Special troops have been sent to Gao, the mayor said.", "MOBILIZE", ["Special troops"], []),
        ("The deployment was ordered by the army in Gao.", "MOBILIZE", ["army"], []),
        ("Students threw rocks at police in Lima.", "PROTEST", ["Students"], ["police"]),
        (
            "Ohio's attorney general opened an investigation into the network Chirp.",
            "ACCUSE",
            ["Ohio's attorney general"],
            ["Chirp"],
        ),
        ("Senator Ana Holt's remarks sparked an outcry from farmers.", "ACCUSE", ["farmers"], ["Ana Holt"]),
        ("Norway should free Max Poe at once, Senator Ana Holt said.", "REQUEST", ["Ana Holt"], ["Norway"]),
        ("Norway condemned its ally Chad on Monday.", "ACCUSE", ["Norway"], ["Chad"]),
        ("Norway dismissed as absurd a claim by Chad that it armed rebels.", "REJECT", ["Norway"], ["Chad"]),
        ("Senator Ana Holt launched a scathing attack on the mayor.", "ACCUSE", ["Ana Holt"], ["mayor"]),
        ("Norway threatened to leave the pact unless Chad pays.", "THREATEN", ["Norway"], ["Chad"]),
        ("Norway accused Moscow and Russia of lying.", "ACCUSE", ["Norway"], ["Moscow"]),
        ('The mayor called Senator Ana Holt "a tourist in her own town".', "ACCUSE", ["mayor"], ["Ana Holt"]),
        ("Senator Ana Holt tore into veteran minister Max Poe.", "ACCUSE", ["Ana Holt"], ["Max Poe"]),
        (
            "President Max Poe said he would not seek a third term, rejecting a push by senators.",
            "REJECT",
            ["Max Poe"],
            ["senators"],
        ),
    ],
)
def test_who_says_it_of_whom(text, event_type, who, whom):
    found = [people(each) for each in events(text) if (each.event_type, each.realis) == (event_type, "actual")]
    assert found == [[who, whom]]


POLITICS = " Republicans and Democrats in the legislative caucus wait for the ballot."


@pytest.mark.parametrize(
    "text, event_type",
    [
        (
            "Senator Ana Holt said on Monday that Max Poe's plan “would end rivers as we know them.”" + POLITICS,
            "ACCUSE",
        ),
        ("Senator Ana Holt said on Monday that Max Poe's plan would end on Friday." + POLITICS, None),
        ("Senator Ana Holt said on Monday that Max Poe “has been a great friend.”" + POLITICS, None),
        ("Senator Ana Holt said on Monday that the rain “would end soon.”" + POLITICS, None),
        ("Senator Ana Holt said on Monday that Max Poe's plan “would end rivers as we know them.”", None),
    ],
)
def test_words_in_quotes_on_a_rival_are_news_where_nothing_else_is(text, event_type):
    told = [event.event_type for event in events(text) if event.realis == "actual"]
    assert told == ([event_type] if event_type else [])


STORM = "Senator Ana Holt and Governor Marsh are at odds, and the ballot is near." + POLITICS
IDLE = " The rain fell on the roofs for hours, and the trains were late in the valley." * 6


@pytest.mark.parametrize(
    "text, event_type",
    [
        (STORM + IDLE + " Holt mocked Marsh.", "ACCUSE"),
        (STORM + IDLE + " Holt mocked Stone.", None),  # of whom the lead says nothing
        (STORM + IDLE + " Holt may mock Marsh.", None),
        (STORM + IDLE * 3 + " Holt mocked Marsh.", None),
        (IDLE + " Senator Ana Holt and Governor Marsh are at odds." + POLITICS + " Holt mocked Marsh.", None),
    ],
)
def test_where_the_top_tells_nothing_the_first_full_statement_on_its_people_is_news(text, event_type):
    told = [event.event_type for event in events(text) if event.realis == "actual"]
    assert told == ([event_type] if event_type else [])


def test_where_the_top_tells_something_a_statement_comes_after_it():
    told = events(STORM + " Holt resigned." + IDLE + " Holt mocked Marsh.")
    assert [event.event_type for event in told] == ["RETREAT", "ACCUSE"]


def test_what_is_said_is_not_said_where_its_article_only_goes_far_below():
    text = (
        "Minister Ana Holt criticized Mayor Max Poe on Monday. He had sold a ferry. The ferry is old. It was built at "
        "a wharf. Peru wants it. Ferries are dear in Peru and Norway. Ana Holt also criticized Max Poe in Chad."
    )
    assert [event.country for event in events(text)] == [None]


def test_two_parties_of_one_word_are_two():
    (told,) = events("The oldest party of Chad and a new party of farmers signed a pact on Monday.")
    assert len(told.actors) == 2


def test_what_describes_others_makes_it_no_history():
    told = events("The army of Mali, which has ruled since 2021, arrested a senator on Monday.")
    assert [(each.event_type, each.realis) for each in told] == [("COERCE", "actual")]


@pytest.mark.parametrize(
    "text, country",
    [
        ("OSLO - Norway will not recognize the government in Kabul, the premier said on Monday.", "NOR"),
        ("OSLO - Norway blamed Chad on Monday for the collapse of talks in Istanbul.", "NOR"),
        ("OSLO - Norway blamed Chad on Monday at talks in Istanbul.", "TUR"),
    ],
)
def test_it_is_not_said_at_the_place_of_what_it_is_said_of(text, country):
    assert events(text)[0].country == country


def test_what_is_asked_of_others_far_down_is_no_part_of_the_first_appeal():
    text = (
        "Governor Ana Holt called on Monday for tougher rules on guns."
        + IDLE
        + " Holt directed state agencies to share files."
    )
    assert [people(event) for event in events(text)] == [[["Ana Holt"], []], [["Ana Holt"], ["state agencies"]]]


@pytest.mark.parametrize(
    "text, told",
    [
        ("Talks between Norway and Poland ended in Geneva on Friday.", [("CONSULT", [["Norway", "Poland"], []])]),
        (
            "Norway accused Poland's coast guard of firing water cannon at its boats on Saturday.",
            [("ACCUSE", [["Norway"], ["coast guard"]]), ("COERCE", [["coast guard"], ["boats"]])],
        ),
    ],
)
def test_who_talked_and_who_is_accused_of_what(text, told):
    assert [(event.event_type, people(event)) for event in events(text)] == told


def test_a_ban_is_no_arrest():
    text = "Norway banned the party of Ana Holt on Monday. Police in Norway arrested Tom Ray on Monday."
    assert [(e.event_mode, people(e)[1]) for e in events(text)] == [
        ("ban", ["party of Ana Holt"]),
        ("arrest", ["Tom Ray"]),
    ]
