"""The town of a happening from the sentences after one that tells only coarsely where; written in Niamey."""

import pytest

from transforms.events.explaining import explain_account
from transforms.events.happenings import find_events, read_article
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()
COARSE = "NIAMEY, May 10 (Agency) - Militants killed two drivers in southeastern Niger on Friday."


def main_event(text):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a")[0]


@pytest.mark.parametrize(
    "text, place",
    [
        (f"{COARSE} They were on the road near the town of Diffa.", "Diffa"),
        (f"{COARSE} They were father and son. Both lived in Diffa.", "Diffa"),
        (f"{COARSE} They were on the road near the town of Nosuchville.", "Nosuchville"),
        (COARSE.replace("southeastern Niger", "the Diffa region") + " They were on the road near Bosso.", "Bosso"),
    ],
)
def test_a_town_that_is_told_afterwards_is_where_it_happened(text, place):
    event = main_event(text)
    assert (event.place_name, event.country, event.geo_precision) == (place, "NER", "place")


@pytest.mark.parametrize(
    "text",
    [
        COARSE,
        f"{COARSE} The army arrested ten men in Zinder.",  # of another event
        f"{COARSE} The wells were dug in Diffa in 2015.",  # of another year
        f"{COARSE} The companies have offices in Paris.",  # of another country
        f"{COARSE} They were father and son. Both were young. Both were at work. They lived in Diffa.",  # too far
    ],
)
def test_a_town_of_something_else_is_not(text):
    event = main_event(text)
    assert (event.place_name, event.latitude, event.country) == (None, None, "NER")


def test_what_a_town_has_a_part_for_is_in_it():
    event = main_event("Six people died in a fire in Lima's Barranco neighborhood on Friday.")
    assert (event.place_name, event.country) == ("Lima", "PER")


def test_the_village_that_is_hit_is_nearer_than_its_region():
    event = main_event("Rebels attacked the town of Nosuchville in the Amhara region of Ethiopia on Friday.")
    assert (event.place_name, event.country) == ("Nosuchville", "ETH")


def test_an_island_that_no_map_has_is_a_place():
    event = main_event("DAR ES SALAAM - Ten people drowned on Friday off the Tanzanian island of Nosuchland.")
    assert (event.place_name, event.country) == ("Nosuchland", "TZA")


def test_a_road_leads_to_a_town_and_is_not_in_it():
    event = main_event("A bomb killed two people in a market in Niger on Friday. A man had left on the Zinder road.")
    assert (event.place_name, event.country) == (None, "NER")


def test_a_town_that_is_told_at_once_needs_no_other():
    event = main_event(f"{COARSE.replace('southeastern Niger', 'Zinder in southern Niger')} One lived in Diffa.")
    assert event.place_name == "Zinder"


@pytest.mark.parametrize(
    "text, place",
    [
        ("NIAMEY, May 10 (Agency) - Two men were killed in air strikes on Diffa on Friday.", "Diffa"),
        ("NIAMEY, May 10 (Agency) - Gunmen on motorcycles attacked Diffa on Friday.", "Diffa"),
        ("NIAMEY, May 10 (Agency) - Gunmen on motorcycles captured the town of Nosuchville on Friday.", "Nosuchville"),
        ("NIAMEY, May 10 (Agency) - The driver from Diffa was killed by gunmen in Zinder.", "Zinder"),
        ("Gunmen killed two men in Zinder on Friday. Doctors in Diffa said that five were wounded.", "Zinder"),
        ("Doctors in Diffa said that gunmen wounded five men. Two more were killed in Zinder on Friday.", "Zinder"),
        ("Doctors in Diffa said that gunmen wounded five men.", "Diffa"),  # where nothing else is told
    ],
)
def test_a_deed_is_where_it_is_done_and_not_where_it_is_told(text, place):
    assert main_event(text).place_name == place


def test_it_is_told_where_the_town_stands():
    (doc,) = read_texts(NLP, [f"{COARSE} They were on the road near the town of Diffa."])
    lines = list(explain_account(read_article(doc, ONTOLOGY, article_id="a")))
    assert "  where Diffa, Diffa, NER (place): named in sentence 2" in lines


@pytest.mark.parametrize(
    "text, place, country",
    [
        ("Gunmen killed two men in the Malian capital on Friday.", "Bamako", "MLI"),
        ("Gunmen killed two men outside a hotel in Ecuador's capital on Friday.", "Quito", "ECU"),
        ("Gunmen killed two men in the capital of Ecuador on Friday.", "Quito", "ECU"),
        ("Gunmen killed two men in Gao, far from the Malian capital, on Friday.", "Gao", "MLI"),
        ("BAMAKO, May 10 (Agency) - Gunmen killed the former ambassador to Spain on Friday.", "Bamako", "MLI"),
        ("BAMAKO, May 10 (Agency) - Gunmen killed a driver of the U.S. embassy on Friday.", "Bamako", "MLI"),
        ("BAMAKO, May 10 (Agency) - Gunmen killed two men on a road that borders Niger on Friday.", "Bamako", "MLI"),
        ("BAMAKO, May 10 (Agency) - Gunmen fired at Amadou Keita on Friday and killed him.", "Bamako", "MLI"),
        (
            "BAMAKO, May 10 (Agency) - Gunmen killed Ali Keita on Friday. He had brought in Keita Diallo.",
            "Bamako",
            "MLI",
        ),
        ("Years after talks began in Gao, gunmen in Niger killed two men on Friday.", None, "NER"),
        (
            "LIMA, May 10 (Agency) - Three men shot a councilman in the Villa Honduras district on Friday.",
            "Lima",
            "PER",
        ),
        (
            "QUITO, May 10 (Agency) - The crash killed two people who were flying to Ibadan in Nigeria.",
            "Quito",
            "ECU",
        ),
        (
            "No city (El Salvador), May 10 (Agency) - Rebels attacked an army post in Berlin, Usulutan Department.",
            "Berlin",
            "SLV",
        ),
        ("Clandestine, May 10 (Radio) - The FMLN killed two soldiers in Santa Ana on Friday.", "Santa Ana", "SLV"),
        ("M-19 guerrillas kidnapped an engineer on a farm on Friday.", None, "COL"),
        (
            "LIMA, May 10 (Agency) - Peru condemned the killing of a mayor. He led a movement in Ecuador, it said.",
            "Lima",
            "PER",
        ),
        (
            "TOKYO, May 10 (Agency) - Colombian President Tom Fox said here on Friday his government will not bow to "
            "threats shown by a bomb explosion in Bogota. The bomb in Bogota killed two. Bogota mourned.",
            "Tokyo",
            "JPN",
        ),
        ("Gunmen killed two men in Lagos's poor suburb of Ajegunle on Friday.", "Ajegunle", "NGA"),
        ("LIMA, May 10 (Agency) - Gunmen killed two in the Uru area of Kalu district on Friday.", "Kalu", "PER"),
        ("LA PAZ, May 10 (Agency) - A bomb exploded near the U.S. Embassy in this capital.", "La Paz", "BOL"),
        ("LIMA / GENEVA (4 May 2024) - Gunmen killed two men in a village on Friday.", "Lima", "PER"),
        ("KAMPALA. Gunmen killed two men on Friday. They had come from Kenya.", "Kampala", "UGA"),
        ("QUITO.- Gunmen killed two men on Friday.", "Quito", "ECU"),
        ("MUZAFFARGARH: Gunmen killed two men on a road on Friday.", "Muzaffargarh", "PAK"),
        ("POLICE: Gunmen killed two men on a road on Friday.", None, None),
        ("Gunmen seized two nurses in Garissa County on Friday. The county sent guards.", None, "KEN"),
        ("Gunmen killed two men in Orange County on Friday, the county sheriff said.", "Orange County", "USA"),
        ("Rebels seized the town of Falam in Chin State on Friday. China was silent.", "Falam", "MMR"),
        (
            "NAIROBI, May 10 (Agency) - Police arrested a man wanted for an attack on a church in Mombasa. He "
            "worked in Nairobi.",
            "Nairobi",
            "KEN",
        ),
        ("NAIROBI, May 10 (Agency) - Police arrested a man in Mombasa over an attack on a church.", "Mombasa", "KEN"),
        (
            "KADUNA, Nigeria - Gunmen shot a man in a village on Friday. He died at a hospital in Abuja.",
            "Kaduna",
            "NGA",
        ),
        (
            "Gunmen killed a man in Nosuchville on Friday. His cousin, a baker from Gao, fled. Mali mourned.",
            "Nosuchville",
            "MLI",
        ),
        ("Rebels seized the town of Ansongo in Gao on Friday. Mali sent troops.", "Ansongo", "MLI"),
        (
            "The Union Party rejected the result of the vote in Kitwe on Friday. Its leader told reporters in Lusaka "
            "that it would go to court.",
            "Lusaka",
            "ZMB",
        ),
        (
            "LONDON (Agency) - Britain accused Iran of an attack. Iranians told reporters in Tehran it was a lie.",
            "London",
            "GBR",
        ),
        ("The Security Council demanded on Friday that rebels release nurses held in Yemen.", "New York", "USA"),
        ("The ruling council demanded on Friday that rebels release nurses held in Yemen.", None, "YEM"),
        (
            "OTTAWA, Canada - The foreign ministry summoned the Chinese ambassador and lodged a protest over the "
            "arrest of two men near Shenzhen.",
            "Ottawa",
            "CAN",
        ),
        ("Britain imposed sanctions on Friday on two generals in Myanmar.", None, "GBR"),
        ("An attack like that happened in Niger. Gunmen killed two men in Mali on Friday.", None, "MLI"),
        ("A bomb at the market killed two men on Friday. Four of the hurt will be flown to Gao.", None, "MLI"),
        (
            "LIMA, May 10, 2024 (Agency) - A bomb killed two men in the east of the country on Friday. The car was "
            "stolen in Cusco in February.",
            None,
            "PER",
        ),
    ],
)
def test_the_country_of_others_is_not_the_place(text, place, country):
    event = main_event(text)
    assert (event.place_name, event.country) == (place, country)


def test_a_people_told_further_down_does_not_give_the_country():
    text = "Four thousand people followed the coffins. They carried them to the governor. They shouted for an hour. "
    text += "It rained. Kurdish and Turkmen families stood side by side. A bomb had killed 14 people on Monday."
    assert main_event(text).country is None


def test_an_unknown_town_is_the_place_before_the_one_where_it_was_written():
    event = main_event("PESHAWAR, Pakistan (Agency) - A soldier was killed by gunmen in Bajgarh on Monday.")
    assert (event.place_name, event.country, event.latitude) == ("Bajgarh", "PAK", None)


@pytest.mark.parametrize(
    "text, place, country",
    [
        ("A man was jailed for life at Leeds Crown Court on Monday.", "Leeds", "GBR"),
        ("A garda said that a man was shot dead in Limerick.", "Limerick", "IRL"),
        ("Eleven people died when a bus crashed near Luna village in Bihar.", "Luna", "IND"),  # and in no other land
    ],
)
def test_courts_and_villages_lie_where_the_text_says(text, place, country):
    event = main_event(text)
    assert (event.place_name, event.country) == (place, country)
