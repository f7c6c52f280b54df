"""What states, bodies and crowds do to each other: many a verb says what only by the list of things it is done to."""

import datetime

import pytest

from transforms.errors import UsageError
from transforms.events.happenings import find_events
from transforms.events.lexicon import LexiconFile
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()
TUESDAY = datetime.date(2024, 5, 14)


def everything(text):
    """Type, who and whom of the events that happened."""
    (doc,) = read_texts(NLP, [text])
    told = find_events(doc, ONTOLOGY, article_id="a", title="", published_day=TUESDAY)
    sides = [[[actor.name or actor.text for actor in side] for side in (e.actors, e.recipients)] for e in told]
    return [(e.event_type, *names) for e, names in zip(told, sides, strict=True) if e.realis == "actual"]


def main(text):
    return next(iter(everything(text)), None)


@pytest.mark.parametrize(
    "text, event_type, actors, recipients",
    [
        ("Ghana closed its border with Togo on Monday.", "COERCE", ["Ghana"], ["Togo"]),
        ("Ghana closed its embassy in Togo on Monday.", "SANCTION", ["Ghana"], ["Togo"]),
        ("Ghana closed its eyes on Monday.", None, [], []),
        ("Norway sent tents and medicine to Malawi on Monday.", "AID", ["Norway"], ["Malawi"]),
        ("Norway sent warships to the Gulf on Monday.", "MOBILIZE", ["Norway"], []),
        ("Chile ended a ban on imports of beef from Peru.", "CONCEDE", ["Chile"], ["Peru"]),
        ("Chile ended its aid to Peru.", "SANCTION", ["Chile"], ["Peru"]),
        ("Troops of Kenya withdrew from Somalia on Monday.", "RETREAT", ["Troops of Kenya"], ["Somalia"]),
        ("Kenya withdrew from a treaty with Somalia on Monday.", "SANCTION", ["Kenya"], ["Somalia"]),
        ("Kenya withdrew its envoy from Somalia on Monday.", "SANCTION", ["Kenya"], ["Somalia"]),
        ("Peru and Chile restored diplomatic ties.", "SUPPORT", ["Peru", "Chile"], []),
        ("Peru exchanged prisoners with Chile.", "RETREAT", ["Peru"], ["Chile"]),
        ("Peru exchanged accusations with Chile.", "ACCUSE", ["Peru"], ["Chile"]),
        ("Angry farmers in Peru blocked a road on Monday.", "PROTEST", ["Angry farmers in Peru"], []),
        ("Peru blocked the websites of two newspapers on Monday.", "COERCE", ["Peru"], None),
        ("Peru blocked the appointment of a judge on Monday.", "REJECT", ["Peru"], None),
        ("Peru refused a visa to the envoy of Chile on Monday.", "REJECT", ["Peru"], None),
        ("Peru expelled two envoys of Chile.", "SANCTION", ["Peru"], None),
        ("Peru expelled hundreds of migrants.", "COERCE", ["Peru"], ["hundreds of migrants"]),
        ("Peru and Chile agreed on Sunday to a two-week cease-fire.", "RETREAT", ["Peru", "Chile"], []),
        ("Peru and Chile signed a truce.", "RETREAT", ["Peru", "Chile"], []),
        ("Peru and Chile shared intelligence.", "COOPERATE", ["Peru", "Chile"], []),
        ("Peru began withdrawing troops from northern Chile.", "RETREAT", ["Peru"], ["Chile"]),
        ("Peru shipped 500 tons of rice to displaced families in Chile.", "AID", ["Peru"], ["displaced families"]),
        ("Peru evacuated 300 of its nationals from Quito.", "RETREAT", ["Peru"], ["300 of its nationals"]),
        ("Peru began exercises with Chile despite protests from Ghana.", "COOPERATE", ["Peru"], ["Chile"]),
        ("The presidents of Peru and Chile met.", "CONSULT", ["presidents of Peru", "Chile"], []),
        ("The king of Ghana arrived in Lima for talks with Ana Holt.", "CONSULT", ["king of Ghana"], ["Ana Holt"]),
        ("The king of Ghana urged his ministers to resign.", "REQUEST", ["king of Ghana"], ["ministers"]),
        ("The prime minister of Peru survived a no-confidence vote.", "SUPPORT", [], ["prime minister of Peru"]),
        ("Max Ray lost a vote of confidence in parliament.", "REJECT", [], ["Max Ray"]),
        ("Lawmakers in Peru voted no confidence in Max Ray.", "REJECT", ["Lawmakers in Peru"], ["Max Ray"]),
        ("Max Ray was elected president of Chile on Sunday.", "SUPPORT", [], ["Max Ray"]),
        ("The king of Ghana dismissed the cabinet.", "SANCTION", ["king of Ghana"], ["cabinet"]),
        ("The government of Peru collapsed on Monday.", "RETREAT", ["government of Peru"], []),
        ("Talks between Peru and Chile collapsed on Monday.", None, [], []),
        ("Norway slashed aid to Malawi.", "SANCTION", ["Norway"], ["Malawi"]),
        ("Ghana lodged a formal protest with Togo over the ships.", "ACCUSE", ["Ghana"], ["Togo"]),
        ("Ghana accused mediators of bias on Monday.", "ACCUSE", ["Ghana"], ["mediators"]),
        ("Ghana's opposition called for a boycott on Monday.", "REQUEST", ["Ghana's opposition"], []),
        ("Peru's council declared a state of emergency in Chile.", "COERCE", ["Peru's council"], []),
        ("Miners in Peru went on strike to press the mayor to act.", "PROTEST", ["Miners in Peru"], ["mayor"]),
        ("Peru's army and three rebel groups signed a deal.", "SUPPORT", ["Peru's army", "three rebel groups"], []),
        ("Ghana agreed to deploy troops in Togo.", "AGREE", ["Ghana"], None),
        ("President Ann Roe replaced the interior minister.", "SANCTION", ["Ann Roe"], ["interior minister"]),
        (
            "Ghana's president named Ann Roe as oil minister, replacing Max Fox.",
            "SUPPORT",
            ["Ghana's president"],
            ["Ann Roe"],
        ),
        ("Tanks of Ghana rolled into Togo on Monday.", "MOBILIZE", ["Tanks of Ghana"], ["Togo"]),
        ("Ghana has barred two singers from entering the land.", "COERCE", ["Ghana"], ["two singers"]),
        ("Ghana applied to join the United Nations.", "REQUEST", ["Ghana"], ["United Nations"]),
        ("Ghana recalled its troops from Togo.", "RETREAT", ["Ghana"], ["Togo"]),
        ("Ghana's parliament voted to hold a referendum.", "AGREE", ["Ghana's parliament"], []),
        ("Ghana ordered the expulsion of the head of a bank.", "SANCTION", ["Ghana"], ["head of a bank"]),
        ("Ghana's court ordered the arrest of an ex-minister.", "COERCE", ["Ghana's court"], ["ex-minister"]),
        ("Police in Ghana searched the offices of activist Max Ray.", "COERCE", ["Police in Ghana"], ["Max Ray"]),
        ("Peru arrested two Mexicans on Monday.", "COERCE", ["Peru"], ["two Mexicans"]),
        ("Soldiers seized power in Gabon on Monday.", "COERCE", ["Soldiers"], ["Gabon"]),
        ("The king of Ghana froze parliament on Monday.", "COERCE", ["king of Ghana"], ["parliament"]),
        ("A court in Ghana found Max Ray not guilty.", "CONCEDE", ["court in Ghana"], ["Max Ray"]),
        ("Ghana's ruling party removed its leader, Ann Roe.", "SANCTION", ["Ghana's ruling party"], ["Ann Roe"]),
        ("Workers removed a statue of a leader in Ghana.", None, [], []),
        ("The king of Ghana gave Max Ray a mandate to rule.", "REQUEST", ["king of Ghana"], ["Max Ray"]),
        ("Ghana's government presented a bill to parliament.", "AGREE", ["Ghana's government"], ["parliament"]),
        ("Ghana's minister presented a prize to parliament.", None, [], []),
        ("Ghana said it would ask Togo for boats.", "REQUEST", ["Ghana"], ["Togo"]),
        ("The retiring senator Ann Roe of Ohio drove home.", None, [], []),
        ("Police fired teargas to break up a march by nurses.", "COERCE", ["Police"], ["nurses"]),
        ("Ghana froze payments to the Republic of the Congo.", "SANCTION", ["Ghana"], ["Republic of the Congo"]),
        ("Ghana's parliament voted to remove Prime Minister Max Ray.", "SANCTION", ["Ghana's parliament"], ["Max Ray"]),
        ("Ghana and Togo agreed to withdraw troops from a valley.", "AGREE", ["Ghana", "Togo"], []),
        ("Ghana's parliament passed a no-confidence vote.", "REJECT", ["Ghana's parliament"], []),
        ("Ghana denied accusations by Togo that it hid a ship.", "REJECT", ["Ghana"], ["Togo"]),
        ("The king of Ghana urged political parties to talk.", "REQUEST", ["king of Ghana"], ["political parties"]),
        ("Norway lifted a decades-old ban on trade with Peru, it said.", "CONCEDE", ["Norway"], ["Peru"]),
        ("Lawmakers in Peru turned on the prime minister.", "ACCUSE", ["Lawmakers in Peru"], ["prime minister"]),
        ("Ghana said that it was open to talks with Togo.", "AGREE", ["Ghana"], ["Togo"]),
        ("The palace of Ghana is open to the public.", None, [], []),
        ("Ghana presented a plan to mend Togo's roads.", "AGREE", ["Ghana"], []),
        ("Ghana presented a plan to send 200 doctors to Togo.", "AGREE", ["Ghana"], ["Togo"]),
        ("The king of Ghana denounced the plan as a gift to miners.", "ACCUSE", ["king of Ghana"], []),
        ("Ghana's army chief accused Togo of lying.", "ACCUSE", ["Ghana's army chief"], ["Togo"]),
        ("Ghana imposed a 20 percent duty on cars from Togo.", "SANCTION", ["Ghana"], ["Togo"]),
        ("Max Ray walked out of prison on Monday.", None, [], []),
        ("A prosecutor in Ghana said he would not charge Max Ray.", "CONCEDE", ["prosecutor in Ghana"], ["Max Ray"]),
        ("The king of Ghana tasked Max Ray with forming a cabinet.", "REQUEST", ["king of Ghana"], ["Max Ray"]),
        ("Lawmakers in Peru lacked the votes to override her.", None, [], []),
        ("Ghana's parliament rejected a Togo bill on Monday.", "REJECT", ["Ghana's parliament"], []),
        ("Ghana's parliament rejected Togo's bill on Monday.", "REJECT", ["Ghana's parliament"], ["Togo"]),
        ("Ghana's army imposed a curfew in the city of Kumasi on Monday.", "COERCE", ["Ghana's army"], []),
        ("Ghana's army imposed a curfew on residents.", "COERCE", ["Ghana's army"], ["residents"]),
        ("Senator Ann Roe said she would block the confirmation of two judges.", "REJECT", ["Ann Roe"], ["two judges"]),
        ("Police in Ghana arrested the brother of opposition leader Max Ray.", "COERCE", None, ["brother"]),
        ("Police in Ghana arrested the leader of the rebels, Max Ray.", "COERCE", None, ["Max Ray"]),
        ("Ghana's army denied opposition claims that its men fled.", "REJECT", ["Ghana's army"], ["opposition"]),
        ("Ghana's army denied on Monday that its men were fighting in Togo.", "REJECT", ["Ghana's army"], []),
        ("Ghana denied involvement in a raid on Togo.", "REJECT", ["Ghana"], []),
        ("Ghana denied visas to two nuns from Togo.", "REJECT", ["Ghana"], ["two nuns from Togo"]),
        ("The king of Ghana slammed a plan at a meeting of nurses.", "ACCUSE", ["king of Ghana"], []),
        ("The three leaders called for an immediate ceasefire.", "REQUEST", ["three leaders"], []),
        ("The rebels of Mali called a ceasefire.", "RETREAT", ["rebels of Mali"], []),
        ("A panel of three judges blocked Ghana from using a map.", "COERCE", ["panel of three judges"], ["Ghana"]),
        ("Protesters blocked a road from Lima.", "PROTEST", ["Protesters"], []),
        ("Lawmakers in Peru revolted against Max Ray.", "REJECT", ["Lawmakers in Peru"], ["Max Ray"]),
        ("The king of Ghana urged wealthy countries to help.", "REQUEST", ["king of Ghana"], ["wealthy countries"]),
        ("The king of Ghana praised firefighters in Togo.", "SUPPORT", ["king of Ghana"], ["firefighters"]),
        ("Greek farmers lifted a blockade on Monday.", None, [], []),  # which no headline tells
        ("Ghana announced 15 million euros in emergency aid to Togo.", "AID", ["Ghana"], ["Togo"]),
        ("Ghana announced $20 million in military support for Togo.", "SUPPORT", ["Ghana"], ["Togo"]),
        ("The startup announced $20 million in funding.", None, [], []),
        ("Ghana's parliament failed on Monday to elect a president.", "REJECT", ["Ghana's parliament"], ["president"]),
        ("The minister feared that Ghana's parliament could fail to pass a bill.", None, [], []),
        ("He wants puppets, Senator Ann Roe shot back.", "ACCUSE", ["Ann Roe"], []),
        ("The two blocs of Ghana have stolen their ideas.", None, [], []),
        ("Ghana condemned the killing of ten nurses by rebels.", "ACCUSE", ["Ghana"], ["rebels"]),
        ("Ghana condemned the killing of ten nurses in Togo.", "ACCUSE", ["Ghana"], []),
        ("Ghana condemned Togo's arrest of Max Ray.", "ACCUSE", ["Ghana"], ["Togo"]),
        ("Ghana condemned the treatment of refugees.", "ACCUSE", ["Ghana"], ["refugees"]),
        ("Ghana is deeply concerned about Togo's arrest of Max Ray.", "ACCUSE", ["Ghana"], ["Togo"]),
        ("The king of Ghana was concerned with art.", None, [], []),
        ("Senator Ann Roe criticized the plan on Monday.", "ACCUSE", ["Ann Roe"], []),
        ("China reacted angrily to Ghana's statement.", "ACCUSE", ["China"], ["Ghana"]),
        ("Governor Max Ray's bill drew opposition from bishops.", "ACCUSE", ["bishops"], ["Max Ray"]),
        ("Voters in Peru gave Max Ray 29 percent.", None, [], []),
        ("The king of Ghana announced the appointment of Ann Roe.", "SUPPORT", ["king of Ghana"], ["Ann Roe"]),
        ("The appointment of Ann Roe as premier was announced.", "SUPPORT", [], ["Ann Roe"]),
        ("Max Ray had an appointment with the dentist.", None, [], []),
        ("A border of Ghana has been shut, after talks mediated by Togo.", "COERCE", [], None),
    ],
)
def test_what_a_verb_does_is_told_by_its_object(text, event_type, actors, recipients):
    found = main(text)
    assert (found and found[0]) == event_type
    if found:
        assert actors is None or found[1] == actors
        assert recipients is None or found[2] == recipients


@pytest.mark.parametrize(
    "text, event_type, recipients",
    [
        ("Norway and Sweden are in talks with Finland about fish.", "CONSULT", ["Finland"]),
        ("Norway entered into negotiations with Finland.", "CONSULT", ["Finland"]),
        ("Norway came to an understanding with Finland about fish.", "AGREE", ["Finland"]),
        ("Norway put in a request to Finland for boats.", "REQUEST", ["Finland"]),
        ("Talks between Norway and Finland opened in Oslo on Monday.", "CONSULT", []),
        ("The king of Norway spoke by telephone with the king of Sweden.", "CONSULT", ["king of Sweden"]),
        ("Teachers in Norway are on strike.", "PROTEST", []),
    ],
)
def test_what_one_is_in_or_comes_to(text, event_type, recipients):
    found = main(text)
    assert (found and found[0], found and found[2]) == (event_type, recipients)


@pytest.mark.parametrize(
    "text, event_type",
    [
        ("The rebels said on Monday that they would bomb Kenya.", "THREATEN"),
        ("The rebels said on Monday that Kenya would bomb the camp.", None),
        ("Protesters stormed the ministry in Lima on Monday.", "PROTEST"),
        ("Soldiers stormed the ministry in Lima on Monday.", "ASSAULT"),
        ("The minister criticised Kenya for its silence.", "ACCUSE"),
        ("The bishops came to the defence of Kenya.", "SUPPORT"),
    ],
)
def test_what_is_said_of_what_will_be_and_who_does_it(text, event_type):
    found = main(text)
    assert (found and found[0]) == event_type


@pytest.mark.parametrize(
    "text, told",
    [
        ("Norway rejected a protest by Sweden on Monday.", [("REJECT", ["Norway"], ["Sweden"])]),
        ("Norway and Sweden signed an agreement on fish on Monday.", [("SUPPORT", ["Norway", "Sweden"], [])]),
        ("Norway sought the release of two sailors on Monday.", [("REQUEST", ["Norway"], [])]),
        ("Norway sent a team of doctors to Togo on Monday.", [("AID", ["Norway"], ["Togo"])]),
        ("Refugees crossed into Togo on Monday.", []),
        ("Troops of Ghana crossed into Togo on Monday.", [("MOBILIZE", ["Troops of Ghana"], ["Togo"])]),
        ("The ministry in Oslo declined to comment on Monday.", []),
        ("Norway charged on Monday that Togo hid the ship.", [("ACCUSE", ["Norway"], ["Togo"])]),
        ("Norway handed two fugitives over to Togo.", [("COOPERATE", ["Norway"], ["Togo"])]),
        ("Norway launched a missile on Monday.", [("MOBILIZE", ["Norway"], [])]),
        ("Norway fired a missile at Togo on Monday.", [("ASSAULT", ["Norway"], ["Togo"])]),
        ("Norway pledged to eliminate its missiles.", [("AGREE", ["Norway"], [])]),
        (
            "Norway ordered an envoy to leave on Monday, accusing Togo of lying.",
            [("SANCTION", ["Norway"], ["envoy"]), ("ACCUSE", ["Norway"], ["Togo"])],
        ),
        (
            "Norway's ministry said that the fish had died and urged nurses to help.",
            [("REQUEST", ["Norway's ministry"], ["nurses"])],
        ),
        (
            "Norway's ministry said that Ann Roe had come and urged nurses to help.",
            [("REQUEST", ["Ann Roe"], ["nurses"])],
        ),
        ("Rebels hurled dynamite at the embassy of Togo.", [("ASSAULT", ["Rebels"], ["embassy of Togo"])]),
        ("The army used chlorine gas against rebels in Togo.", [("ASSAULT", ["army"], ["rebels"])]),
    ],
)
def test_what_a_verb_does_is_told_once_and_to_whom(text, told):
    assert everything(text) == told


@pytest.mark.parametrize(
    "text, country",
    [
        ("DUBAI, May 13 (Wire) - Iran rejected a plan by Norway on Monday.", "IRN"),
        ("DUBAI, May 13 (Wire) - A court in Oman sentenced three men to death on Monday.", "OMN"),
        ("OSLO, May 13 (Wire) - Iran rejected a plan by Norway on Monday.", "NOR"),
        ("OSLO/CAIRO, May 13 (Wire) - Iran and Norway agreed on Monday to hold talks.", "NOR"),
        ("OSLO, May 13 (Wire) - Norway condemned a raid in Gao on Monday.", "NOR"),
        ("The Security Council extended an arms embargo on Norway on Monday.", None),
        ("NIAMEY, May 13 (Wire) - Ghana summoned Togo's envoy in Accra on Monday over a raid in Lome.", "GHA"),
        ("DOHA, May 13 (Wire) - The emir of Qatar received the king of Ghana. Accra is far. Accra is hot.", "QAT"),
        ("OSLO, May 13 (Wire) - Norway and Peru concluded talks on fish on Monday.", "NOR"),
        ("BRUSSELS, May 13 (Wire) - Norway rejected a plan by Iran on Monday.", "BEL"),
    ],
)
def test_who_acts_at_home_whatever_the_dateline_says(text, country):
    (doc,) = read_texts(NLP, [text])
    assert find_events(doc, ONTOLOGY, article_id="a", title="", published_day=TUESDAY)[0].country == country


def test_what_is_said_without_a_dateline_was_said_at_home():
    (doc,) = read_texts(NLP, ["The president of Ghana accused Togo of lying on Monday."])
    told = find_events(doc, ONTOLOGY, article_id="a", title="", published_day=TUESDAY)[0]
    assert told.country == "GHA"


def test_a_list_of_things_may_grow_and_must_be_known():
    grown = '[things]\nSHIPS = ["hovercraft"]\n[verbs]\nconvoy = {type = "COERCE", objects = ["SHIPS"]}'
    objects = load_ontology([LexiconFile("mine.toml", grown)]).verbs.match(["convoyed"], 0)[1].trigger.objects
    assert {"hovercraft", "tanker"} <= set(objects)
    with pytest.raises(UsageError, match="unknown list of things 'SHIP'; did you mean 'SHIPS'"):
        load_ontology([LexiconFile("mine.toml", '[verbs]\nconvoy = {type = "COERCE", objects = ["SHIP"]}')])
    with pytest.raises(UsageError, match="the name of a list of things is in capitals"):
        load_ontology([LexiconFile("mine.toml", '[things]\nships = ["hovercraft"]')])
