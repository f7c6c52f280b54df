"""Who did what to whom, from the dependency tree."""

import datetime
import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.events.happenings import find_events
from transforms.events.nlp import read_texts
from transforms.events.ontology import load_ontology
from transforms.language import load_language
from transforms.language.parser import BUNDLED

pytestmark = pytest.mark.skipif(not BUNDLED.exists(), reason="the language model is not in this checkout")
ONTOLOGY = load_ontology()


@functools.cache
def _language():
    return load_language()


@pytest.fixture(scope="module")
def events():
    def find(text, title=None):
        (doc,) = read_texts(_language(), [text])
        return find_events(doc, ONTOLOGY, article_id="a", title=title, published_day=datetime.date(2024, 3, 20))

    return find


PIECES = "killed|attack|by|two soldiers|,|.|and|in|Gao|on Sunday|\n|who|the|to|shot|'s|(|12|not|of|Ann Lee, 23,|was|-"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=30).map(" ".join))
def test_never_raises(text):
    (doc,) = read_texts(_language(), [text])
    for event in find_events(doc, ONTOLOGY, article_id="a"):
        assert 0 <= event.char_start < event.char_end <= len(text)


def names(actors):
    return [actor.name or actor.text for actor in actors]


@pytest.mark.parametrize(
    "text, actors, recipients",
    [
        ("Five soldiers were killed by militants in Mali.", ["militants"], ["Five soldiers"]),
        ("Troops were ambushed by rebels in Gao, killing six officers.", ["rebels"], ["Troops", "six officers"]),
        ("Five guards killed in the blast were buried on Monday.", [], ["Five guards"]),
        ("The soldiers who attacked the rebels fled.", ["soldiers"], ["rebels"]),
        ("Two rebels suspected of killing a judge were freed.", ["Two rebels"], ["judge"]),
        ("Rebels ambushed the convoy and killed a driver.", ["Rebels"], ["convoy", "driver"]),
        ("A car bomb attack by rebels killed a senator and two guards.", ["rebels"], ["senator", "two guards"]),
        ("Rebels on Monday claimed responsibility for the attack on a church.", ["Rebels"], ["church"]),
        ("Soldiers and police clashed with gunmen.", ["Soldiers", "police"], ["gunmen"]),
        (
            "The leader of the rebels, Amadou Sissoko, was killed by French troops.",
            ["French troops"],
            ["Amadou Sissoko"],
        ),
        ("Police arrested the opposition leader Awa Keita.", ["Police"], ["Awa Keita"]),
        ("Greek and Turkish officials met on Monday.", ["Greek", "Turkish officials"], []),
        ("Rebels tried to kill the minister.", ["Rebels"], ["minister"]),
        ("Rebels have attacked the villagers, the United Nations said.", ["Rebels"], ["villagers"]),
        ("Greece demanded that Turkey withdraw its ships.", ["Greece"], ["Turkey"]),
        ("Syria lifted the curfew in the city of Aleppo.", ["Syria"], ["Aleppo"]),
        ("A bomb hurled by rebels wounded two guards.", ["rebels"], ["two guards"]),
        ("Four men were shot outside a Brooklyn bar on Sunday, police said.", [], ["Four men"]),
        ("A gunman shot and killed a man, according to police.", ["gunman"], ["man"]),
        ("A French soldier was killed in a raid by Islamist militants.", ["Islamist militants"], ["French soldier"]),
        ("Police charged Pedro Ross with shooting his daughter.", ["Pedro Ross"], ["daughter"]),
        ("A 28-year-old girl was wounded by a stray bullet.", [], ["28-year-old girl"]),
        ("Attackers hurled grenades at the offices of a newspaper.", ["Attackers"], ["offices of a newspaper"]),
        ("Soldiers arrested and tortured three union leaders.", ["Soldiers"], ["three union leaders"]),
        ("A bomb exploded outside the residence of the ambassador.", [], ["residence of the ambassador"]),
        ("Two priests and their cook were killed by soldiers.", ["soldiers"], ["Two priests", "cook"]),
        ("Authorities blamed the Taliban for the attack on the embassy.", ["Taliban"], ["embassy"]),
        ("The two nurses, Ann Lee and Tom Ray, were shot in Ardon.", [], ["Ann Lee", "Tom Ray"]),
        ("Gunmen killed five judges, including Ann Lee, in Ardon.", ["Gunmen"], ["five judges", "Ann Lee"]),
        ("Gunmen killed three judges, among them Ann Lee.", ["Gunmen"], ["three judges", "Ann Lee"]),
        ("A foreigner named Ann Lee was killed in the raid.", [], ["Ann Lee"]),
        ("Ann Lee was the victim of an attack by rebels.", ["rebels"], ["Ann Lee"]),
        ("A truck exploded in front of the headquarters of the party.", [], ["headquarters of the party"]),
        ("A bomb exploded opposite a telephone exchange.", [], ["telephone exchange"]),
        ("An explosion occurred at one of the company's offices.", [], ["one of the company's offices"]),
        ("Ray's son, Tom; Ann Lee; and a guard were killed.", [], ["Tom", "Ann Lee", "guard"]),
        ("The bodies of Ann Lee and Tom Ray were found after they were kidnapped.", [], ["Ann Lee", "Tom Ray"]),
        ("A bomb exploded at the embassy warehouse in Ardon.", [], ["embassy warehouse"]),
        ("Soldiers stopped two students and beat them.", ["Soldiers"], ["two students"]),
        ("Rebels stopped the judge and shot him.", ["Rebels"], ["judge"]),
        ("Rebels intercepted two trucks and set them on fire.", ["Rebels"], ["two trucks"]),
        ("An attack was carried out against two judges by rebels.", ["rebels"], ["two judges"]),
        ("A bomb destroyed most of the office.", [], ["office"]),
        ("The arrest of ten monks by soldiers led to riots.", ["soldiers"], ["ten monks"]),
        ("The use of poison gas by Chad against the rebels was seen.", ["Chad"], ["rebels"]),
        ("There was an attempt on the life of Ann Lee, a judge.", [], ["Ann Lee"]),
        ("A driver was taken captive by bandits near Ardon.", ["bandits"], ["driver"]),
        ("Battles between the army and rebels left 40 people dead in Gao.", ["army", "rebels"], ["40 people"]),
        ("The army carried out strikes against rebels in Gao, killing ten.", ["army"], ["rebels"]),
        ("A bomber drove a car into a queue of recruits in Gao.", ["bomber"], ["queue of recruits"]),
        ("Soldiers came under shelling from rebels in Gao.", ["rebels"], ["Soldiers"]),
        ("The mayor survived an attack by gunmen on Monday.", ["gunmen"], ["mayor"]),
        ("The court imposed fines on soldiers for beating a monk.", ["soldiers"], ["monk"]),
    ],
)
def test_who_did_what_to_whom(events, text, actors, recipients):
    found = [(names(event.actors), names(event.recipients)) for event in events(text)]
    assert (actors, recipients) in found


@pytest.mark.parametrize(
    "text, event_type, actors, recipients",
    [
        ("The European Union imposed new sanctions on Belarus.", "SANCTION", ["European Union"], ["Belarus"]),
        ("The United States severed diplomatic relations with Iran.", "SANCTION", ["United States"], ["Iran"]),
        ("Chad is prepared to let Niger use its railway.", "AGREE", ["Chad"], ["Niger"]),
        ("Chad's promise of loans to Niger was made public by its premier.", "AGREE", ["Chad"], ["Niger"]),
        ("Peru and Chile sat down together on Monday to discuss the border.", "CONSULT", ["Peru", "Chile"], []),
        ("Oman hosted talks between Chad and Niger.", "CONSULT", ["Oman"], ["Chad", "Niger"]),
        ("Talks between Chad and Niger were hosted by Oman.", "CONSULT", ["Oman"], ["Chad", "Niger"]),
        ("Chad stood by Niger in its dispute with Mali.", "SUPPORT", ["Chad"], ["Niger"]),
        ("Relations were restored on Friday between Chad and Niger.", "SUPPORT", ["Chad", "Niger"], []),
        ("Chad and Niger signed the Ardon River Protocol.", "SUPPORT", ["Chad", "Niger"], []),
        ("Chad became the first country to recognize Palestine.", "SUPPORT", ["Chad"], ["Palestine"]),
        ("Norway was among those who voiced support for Niger.", "SUPPORT", ["Norway"], ["Niger"]),
        ("Chad's recognition of Palestine angered Israel.", "SUPPORT", ["Chad"], ["Palestine"]),
        ("The navies of Peru and Chile held joint exercises.", "COOPERATE", ["navies of Peru", "Chile"], []),
        ("Chad shared intelligence about the cell with Niger.", "COOPERATE", ["Chad"], ["Niger"]),
        ("Tents were sent by Japan to Nepal.", "AID", ["Japan"], ["Nepal"]),
        ("Syria has received weapons from Russia.", "AID", ["Russia"], ["Syria"]),
        ("The rebels handed in their weapons at a camp in Gao.", "RETREAT", ["rebels"], []),
        ("The withdrawal of Chad's troops from Niger was completed.", "RETREAT", ["Chad's troops"], ["Niger"]),
        ("A truce between Chad and Niger went into force.", "RETREAT", ["Chad", "Niger"], []),
        ("There were calls from bishops for the president to resign.", "REQUEST", ["bishops"], ["president"]),
        ("Chad's demand that Niger hand over the rebels was repeated.", "REQUEST", ["Chad"], ["Niger"]),
        ("A minister is under investigation by prosecutors.", "ACCUSE", ["prosecutors"], ["minister"]),
        ("Chad's condemnation of Niger came hours later.", "ACCUSE", ["Chad"], ["Niger"]),
        ("Iran did not allow the inspectors to see the site.", "REJECT", ["Iran"], ["inspectors"]),
        ("Iran turned a deaf ear to Chad's appeal.", "REJECT", ["Iran"], ["Chad"]),
        ("Three diplomats were ordered to leave by Chad.", "SANCTION", ["Chad"], ["Three diplomats"]),
        ("The expulsion of an envoy by Chad was announced.", "SANCTION", ["Chad"], ["envoy"]),
        ("A missile was test-fired by North Korea on Monday.", "MOBILIZE", ["North Korea"], []),
        ("Soldiers were sent to the border by Peru.", "MOBILIZE", ["Peru"], []),
        ("The capture of Gao by the rebels was announced.", "COERCE", ["rebels"], ["Gao"]),
        ("The minister announced Chile's withdrawal from the pact.", "RETREAT", ["Chile"], []),
        ("A threat by the junta to the monks was broadcast on Friday.", "THREATEN", ["junta"], ["monks"]),
        ("Negotiations between Chad and the guerrillas got under way.", "CONSULT", ["Chad", "guerrillas"], []),
        ("The envoy was in Ardon on Tuesday for talks with the junta.", "CONSULT", ["envoy"], ["junta"]),
        ("African ministers gathered in Ardon to talk about oil.", "CONSULT", ["African ministers"], []),
        ("Chad is seeking the extradition of two men from Niger.", "REQUEST", ["Chad"], ["Niger"]),
        ("Nurses demanded justice for Ann Lee.", "REQUEST", ["Nurses"], []),
        ("Talks between Chad and Niger were held in Ardon.", "CONSULT", ["Chad", "Niger"], []),
        ("Norway took part in talks with Chad.", "CONSULT", ["Norway"], ["Chad"]),
        ("An agreement between Peru and Chile was reached on Monday.", "AGREE", ["Peru", "Chile"], []),
        ("Charges were filed against two officers.", "ACCUSE", [], ["two officers"]),
        ("Norway announced the suspension of aid to Chad.", "SANCTION", ["Norway"], ["Chad"]),
        ("The coast guard turned back 120 Haitians at sea.", "COERCE", ["coast guard"], ["120 Haitians"]),
        ("The union called for the minister to act.", "REQUEST", ["union"], ["minister"]),
        ("Criticism of the plan came from bishops on Monday.", "ACCUSE", ["bishops"], []),
        ("Migrants were driven back over the border by Chad.", "COERCE", ["Chad"], ["Migrants"]),
        ("Chad and Niger exchanged ambassadors.", "SUPPORT", ["Chad", "Niger"], []),
        ("Chad enjoys the full support of Niger.", "SUPPORT", ["Niger"], ["Chad"]),
        ("Peru bought 40 tonnes of copper from Chile.", "COOPERATE", ["Peru"], ["Chile"]),
        ("Rescue teams from Peru arrived in Chile on Monday.", "AID", ["Rescue teams from Peru"], ["Chile"]),
        ("Chad refused a plan to send police to the border.", "REJECT", ["Chad"], []),
        ("Iran barred inspectors from entering the plant.", "COERCE", ["Iran"], ["inspectors"]),
        ("A crowd gathered outside the court, demanding that the mayor go.", "PROTEST", ["crowd"], ["mayor"]),
        ("Hundreds gathered in Ardon to demand jobs.", "PROTEST", ["Hundreds"], []),
        ("France suspended military aid to Rwanda.", "SANCTION", ["France"], ["Rwanda"]),
        ("Ukraine and Russia signed a treaty on the Black Sea.", "SUPPORT", ["Ukraine", "Russia"], []),
        ("The rebels gave the government an ultimatum.", "THREATEN", ["rebels"], ["government"]),
        ("Turkey has threatened Syria with war.", "THREATEN", ["Turkey"], ["Syria"]),
        ("Turkey has threatened its neighbor Syria with war.", "THREATEN", ["Turkey"], ["Syria"]),
        ("Russia has decided to join the World Bank.", "AGREE", ["Russia"], ["World Bank"]),
        ("Nigeria and Cameroon held joint naval exercises.", "COOPERATE", ["Nigeria", "Cameroon"], []),
        ("Norway gave Mozambique a loan of ten million dollars.", "AID", ["Norway"], ["Mozambique"]),
        ("Russia said on Tuesday that Sudan must return a helicopter.", "REQUEST", ["Russia"], ["Sudan"]),
        ("Syria says it is willing to withdraw from Lebanon.", "AGREE", ["Syria"], ["Lebanon"]),
        ("Vietnam withdrew its last troops from Cambodia.", "RETREAT", ["Vietnam"], ["Cambodia"]),
        ("Pakistan put its troops on high alert.", "MOBILIZE", ["Pakistan"], []),
        ("India deployed thousands of troops along its border with Pakistan.", "MOBILIZE", ["India"], ["Pakistan"]),
        ("Israel has ruled out talks with Hamas.", "REJECT", ["Israel"], ["Hamas"]),
        ("Britain will not negotiate with Argentina.", "REJECT", ["Britain"], ["Argentina"]),
        ("Serbia lodged an official protest with Albania.", "ACCUSE", ["Serbia"], ["Albania"]),
        ("Demonstrators marched in Nairobi against the government.", "PROTEST", ["Demonstrators"], ["government"]),
        (
            "The Dutch government granted asylum to five Iranian officers.",
            "AID",
            ["Dutch government"],
            ["five Iranian officers"],
        ),
        (
            "South Africa lifted a ban on the African National Congress.",
            "CONCEDE",
            ["South Africa"],
            ["African National Congress"],
        ),
    ],
)
def test_what_is_not_violent(events, text, event_type, actors, recipients):
    event = events(text)[0]
    assert (event.event_type, names(event.actors), names(event.recipients)) == (event_type, actors, recipients)


def test_who_is_to_be_arrested_is_not(events):
    threat, arrest = events("Governor Tom Ray threatened on Monday to have the mayors of Gao arrested.")
    assert (threat.event_type, arrest.realis, names(arrest.recipients)) == (
        "THREATEN",
        "hypothetical",
        ["mayors of Gao"],
    )


@pytest.mark.parametrize(
    "text", ["Chad asked the rebels to arrest Jim Fox.", "Chad called on the rebels to free Jim Fox."]
)
def test_who_is_asked_would_do_it(events, text):
    asked, done = events(text)
    assert (names(asked.recipients), names(done.actors), done.realis) == (["rebels"], ["rebels"], "hypothetical")


@pytest.mark.parametrize(
    "text",
    [
        "The coach was fired on Friday.",
        "His trial begins in March of 2015.",
        "In the occupied West Bank the shops were closed.",
        "Officials spoke of raids, bombings and ambushes.",
    ],
)
def test_what_only_looks_like_it(events, text):
    assert events("The mayor opened a fair. It rained. " + text) == []


def test_who_claims_it_is_who_did_it(events):
    event = events("A bomb killed three soldiers in Gao on Sunday. The rebels have claimed responsibility.")[0]
    assert names(event.actors) == ["rebels"]


@pytest.mark.parametrize(
    "text, realis",
    [
        ("Rebels attacked the town.", "actual"),
        ("If rebels attacked the town, the army would respond.", "hypothetical"),
        ("The army could end the war by attacking the town.", "hypothetical"),
        ("Police asked whether the gunmen had killed the mayor.", "hypothetical"),
        ("The fear of a bombing by rebels grows in Kabul.", "hypothetical"),
        ("The envoy was told to leave or be killed by rebels.", "hypothetical"),
        ("Norway was the first state to attack the town.", "actual"),
        ("Rebels did not attack the town.", "negated"),
        ("Marines foiled a plot in Aden on Friday killing ten rebels.", "actual"),
        ("The army denied reports that rebels had attacked the town.", "negated"),
        ("Soldiers prevented a bombing by rebels on Sunday.", "negated"),
        ("The rebels will carry out an attack on the police in Gao.", "future"),
        ("Does a rebel attack on the town kill civilians?", "hypothetical"),
        ("The rebels were accused of attacking the town.", "alleged"),
        ("Rebels have killed 30,000 people in the past ten years.", "historical"),
        ("In 2016 rebels bombed a hotel in Bamako, killing 20 people.", "historical"),
    ],
)
def test_realis(events, text, realis):
    found = events(text)
    deed = next((event for event in found if event.event_type == "ASSAULT"), found[0])
    assert deed.realis == realis


@pytest.mark.parametrize(
    "text, day",
    [
        ("Police said on Monday that rebels killed a guard on Saturday.", "2024-03-16"),
        ("The general, who was in Paris in 1986, was killed on Monday.", "2024-03-18"),
        ("A man who fled last year was killed by police on Sunday.", "2024-03-17"),
    ],
)
def test_the_time_is_that_of_the_trigger(events, text, day):
    found = events(text)[0].happened_on
    assert (found and found.isoformat()) == day


def test_times_near_each_other_that_are_a_guess_do_not_part_a_happening(events):
    text = (
        "Two men were killed at a bar in Ardon on Saturday. The victims were Sam Poe, 22, and Joe Fry, 24. "
        "They died of gunshot wounds, according to autopsies completed on Monday."
    )
    (event,) = (event for event in events(text) if event.event_type == "ASSAULT")
    assert (names(event.recipients), event.happened_on.isoformat()) == (["Sam Poe", "Joe Fry"], "2024-03-16")


def test_what_states_do_far_down_comes_after_the_news(events):
    filler = "The road to the coast is long. " * 6
    text = "Rebels killed a guard near Gao. " + filler + "Norway gave Mali a loan. A man gave her a hand."
    assert [event.event_type for event in events(text)] == ["ASSAULT", "AID"]


def test_wrapped_lines_are_one_sentence(events):
    event = events("Five soldiers were killed by\nmilitants near Gao on Monday.")[0]
    assert (names(event.actors), names(event.recipients)) == (["militants"], ["Five soldiers"])


@pytest.mark.parametrize(
    "text",
    [
        "The driver accused by the attack of police fled.",
        "Suspects charged by the shooting charged by the killing of guards denied it.",
        "He blamed by the bombing, accused by the raid, arrested by the ambush.",
    ],
)
def test_a_tangle_of_blame_comes_to_an_end(events, text):
    assert all(event.sentence == text for event in events(text))


def test_who_is_quoted_does_not_call_herself_she(events):
    (event,) = events("“The guard ran away,” says Ann Fairman, “and then she shot Joan Brown.”")
    assert "Ann Fairman" not in names(event.actors)
    (event,) = events("Ann Fairman said she shot Joan Brown.")
    assert names(event.actors) == ["Ann Fairman"]


def test_the_wounded_are_those_called_so_and_whose_they_are_did_nothing(events):
    (event,) = events("The families of the two wounded men asked the hospital for silence.")
    assert (names(event.actors), names(event.recipients)) == ([], ["two wounded men"])


def test_charged_with_what_happened_in_an_old_year(events):
    first, second = events("A former colleague was charged in the 1967 slayings of two women at a shop in Staunton.")
    assert (first.event_type, first.realis, names(first.recipients)) == ("ACCUSE", "actual", ["former colleague"])
    assert (second.event_type, second.realis, names(second.recipients)) == ("ASSAULT", "historical", ["two women"])


@pytest.mark.parametrize(
    "text, realis",
    [
        ("The army will end the siege by attacking the camp of the rebels in Gao.", "future"),
        ("There are rumors that gunmen attacked a night club in Cali.", "alleged"),
        ("The army ended the siege by attacking the camp of the rebels in Gao.", "actual"),
        ("A man who denied owning a gun was shot dead by rebels in Gao.", "actual"),
        ("The averted attack on Gao had been planned by rebels.", "negated"),
        ("Nurses marched against a general convicted of ordering the killing of a clerk.", "historical"),
    ],
)
def test_what_the_words_above_make_of_it(events, text, realis):
    assert next(event for event in events(text) if event.event_type == "ASSAULT").realis == realis


def test_an_age_without_a_space_is_no_part_of_a_name(events):
    (event,) = events("Elgardo Garcia,18, shot Ann Lee,17, in the face.")
    assert (names(event.actors), names(event.recipients)) == (["Elgardo Garcia"], ["Ann Lee"])


def test_who_does_so_at_other_times_has_not_done_this(events):
    (event,) = events(
        "A car bomb killed nine people in the market at dawn. No group claimed it. "
        "Islamic State militants still live in the hills and have carried out similar attacks."
    )
    assert (names(event.actors), names(event.recipients)) == ([], ["nine people"])


def test_a_time_of_day_suffers_nothing(events):
    (event,) = events("A bomb went off in Kirkuk on Monday at half past eight in the morning and killed a guard.")
    assert names(event.recipients) == ["guard"]
