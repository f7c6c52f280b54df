"""Places by name, and which of several is meant."""

import time
import tomllib
from importlib.resources import files

import pytest

from transforms.events.gazetteer import Context, fold, load_gazetteer
from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology
from transforms.events.outlets import UNKNOWN, Home, home_of

GAZETTEER, NLP, ONTOLOGY = load_gazetteer(), load_pipeline(), load_ontology()


def main_event(text, title=None, outlet=UNKNOWN):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a", title=title, outlet=outlet)[0]


@pytest.mark.parametrize(
    "name, folded",
    [("São Paulo", "sao paulo"), ("N'Djamena", "ndjamena"), ("Ørsta", "orsta"), ("Port-au-Prince", "port au prince")],
)
def test_names_are_folded(name, folded):
    assert fold(name) == folded


@pytest.mark.parametrize(
    "name, context, country, admin1",
    [
        ("Toledo", Context(), "USA", "Ohio"),
        ("Toledo", Context(admin1="Iowa"), "USA", "Iowa"),
        ("Washington", Context(admin1="Iowa"), "USA", "Iowa"),
        ("Washington", Context(admin1="Iowa", is_national=True), "USA", "Washington, D.C."),
        ("Washington", Context(admin1="Iowa", is_national=True, in_states={"Washington"}), "USA", "Iowa"),
        ("Columbus", Context(admin1="Georgia", is_national=True), "USA", "Georgia"),  # large itself
        ("Toledo", Context(country="ESP"), "ESP", "Castille-La Mancha"),
        ("San José", Context(weights={"CRI": 1.0}), "CRI", "San José"),
        ("Tripoli", Context(weights={"LBN": 0.8, "USA": 0.2}), "LBN", "Liban-Nord"),
        ("Gao", Context(), "MLI", "Gao"),
    ],
)
def test_the_context_tells_places_of_one_name_apart(name, context, country, admin1):
    spot = GAZETTEER.locate(name, context)
    assert (spot.country, spot.admin1) == (country, admin1)


def test_spellings_of_newsrooms_mean_towns_that_we_have():
    spellings = tomllib.loads((files("transforms.events.data") / "countries.toml").read_text("utf-8"))["spellings"]
    assert all(ONTOLOGY.gazetteer.find(name) for name in spellings)
    assert not GAZETTEER.find("Hodeidah")
    event = main_event("A U.S. air strike killed six Houthi fighters near Hodeidah on Sunday.")
    assert (event.admin1, event.country) == ("Al Hudaydah", "YEM")


def test_near_places_are_told_from_far_ones():
    dallas = GAZETTEER.locate("Dallas", Context(admin1="Texas"))
    assert GAZETTEER.locate("Arlington", Context(near=[dallas])).admin1 == "Texas"


@pytest.mark.parametrize("name", ["Nosuchville", "", "\n", "x" * 10_000, "Lima\nPeru"])
def test_what_is_unknown_is_not_guessed(name):
    assert GAZETTEER.locate(name) is None


@pytest.mark.parametrize(
    "name, country, admin1",
    [("Sonora", None, "Sonora"), ("Usulutan Department", "SLV", "Usulután"), ("Nowhere", None, None)],
)
def test_first_level_units(name, country, admin1):
    unit = GAZETTEER.find_unit(name, country)
    assert (unit.admin1 if unit else None) == admin1


def test_ten_thousand_names_a_second():
    start = time.process_time()
    for _ in range(2000):
        GAZETTEER.locate("San Salvador")
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "text, place, admin1, country, precision",
    [
        ("Rebels attacked an army convoy near Gao.", "Gao", "Gao", "MLI", "place"),
        ("Two men were shot at a home in Rocky Mount, N.C.", "Rocky Mount", "North Carolina", "USA", "place"),
        ("Two men were shot at a bar in Springfield, Ohio.", "Springfield", "Ohio", "USA", "place"),
        ("Rebels attacked an army convoy in Mali.", None, None, "MLI", "country"),
        ("Rebels killed two soldiers in Antioquia.", None, "Antioquia", "COL", "admin1"),
        ("Kassel police said two men were shot in a bar.", "Kassel", "Hesse", "DEU", "place"),
        (
            "BOGOTA, Colombia (Agency) - Rebels attacked an army camp in the hills of Toribio.",
            "Toribio",
            "Cauca",
            "COL",
            "place",
        ),
    ],
)
def test_where(text, place, admin1, country, precision):
    event = main_event(text)
    assert (event.place_name, event.admin1, event.country, event.geo_precision) == (place, admin1, country, precision)
    assert (event.latitude is None) == (precision == "country")


FROM_BAMAKO = "BAMAKO, 19 May 2014 (Agency) - "


@pytest.mark.parametrize(
    "text, place, admin1, country, precision",
    [
        # towns that the gazetteer does not know
        ("Rebels attacked an army convoy near the central town of Nosuchville.", "Nosuchville", None, "MLI", "place"),
        ("Rebels attacked an army convoy in Nosuchville, a village of herders.", "Nosuchville", None, "MLI", "place"),
        ("Rebels attacked a convoy in Nosuchville, in the Gao region.", "Nosuchville", "Gao", "MLI", "place"),
        (
            "Rebels attacked a convoy in Nosuchville, in the north-central region of Mali.",
            *("Nosuchville", None, "MLI", "place"),
        ),
        # parts of a country, which are not the capital where the wire wrote
        ("Rebels attacked an army convoy in northern Mali.", None, None, "MLI", "country"),
        ("Rebels attacked an army convoy in Mali's far north-east.", None, None, "MLI", "country"),
        ("Rebels attacked an army convoy in the east of the country.", None, None, "MLI", "country"),
        ("Rebels attacked an army convoy in Mali.", "Bamako", "Bamako", "MLI", "place"),
        ("Rebels attacked an army convoy on the outskirts of Gao.", "Gao", "Gao", "MLI", "place"),
        # the innermost name
        ("Rebels attacked an army convoy in Mali's northern region of Gao.", None, "Gao", "MLI", "admin1"),
        ("Rebels attacked an army convoy in the Niger River port of Gao.", "Gao", "Gao", "MLI", "place"),
        ("Rebels attacked an army convoy in Syria's province of Deir ez-Zor.", None, "Deir ez-Zor", "SYR", "admin1"),
        ("Rebels attacked an army convoy in rebel-held Gao.", "Gao", "Gao", "MLI", "place"),
        ("Rebels attacked an army convoy at the airport of Gao.", "Gao", "Gao", "MLI", "place"),
        # what a town is said to lie in
        ("Rebels attacked a convoy in Wellington, in South Africa.", "Wellington", "Western Cape", "ZAF", "place"),
        ("Rebels attacked a convoy in Salem, Tamil Nadu.", "Salem", "Tamil Nadu", "IND", "place"),
        (
            "Rebels attacked a convoy in San Fernando, in the state of Tamaulipas in Mexico.",
            *("San Fernando", "Tamaulipas", "MEX", "place"),
        ),
    ],
)
def test_what_the_text_tells_goes_before_where_it_was_written(text, place, admin1, country, precision):
    event = main_event(FROM_BAMAKO + text)
    assert (event.place_name, event.admin1, event.country, event.geo_precision) == (place, admin1, country, precision)


@pytest.mark.parametrize(
    "text, admin1",
    [
        ("WASHINGTON — Senator Ann Roe of Ohio accused the Senate of lying on Monday.", "Washington, D.C."),
        ("WASHINGTON, Iowa — Gunmen killed two men on Monday.", "Iowa"),
        ("Gunmen killed two men in Washington, Pa., on Monday.", "Pennsylvania"),
        ("Senator Ann Roe of Ohio accused the Senate of lying on Monday.", None),  # a seat is no place
        ("Rep. Ann Roe (D-Ohio) accused the Senate of lying on Monday.", None),
        ("Ohio Rep. Ann Roe accused the Senate of lying on Monday.", None),
        ("Ohio Gov. Ann Roe accused the Senate of lying on Monday.", "Ohio"),
    ],
)
def test_the_state_for_which_a_politician_sits_is_not_where_it_was(text, admin1):
    assert main_event(text).admin1 == admin1


def test_the_town_that_an_article_is_about_is_more_than_its_region():
    event = main_event(
        FROM_BAMAKO + "Rebels attacked a convoy in the Sikasso region. Shops in Bougouni are shut on Mondays."
    )
    assert (event.place_name, event.admin1) == ("Bougouni", "Sikasso")


def test_a_part_of_a_town_is_no_town():
    event = main_event("Two men were shot in the Englewood neighborhood on Monday, Chicago police said.")
    assert (event.place_name, event.admin1) == ("Chicago", "Illinois")


def test_coordinates_are_those_of_the_place():
    event = main_event("KABUL, 19 May 2014 (Agency) - Militants killed two policemen.")
    assert (round(event.latitude), round(event.longitude)) == (35, 69)


def test_a_headline_of_nothing_names_no_place():
    event = main_event("Rebels killed two soldiers in Gao.", title="In . At ' - Near \u00a0")
    assert event.place_name == "Gao"


@pytest.mark.parametrize(
    "text, place, country",
    [
        ("Rome police said deputies found two men shot dead on Elm Street.", "Rome", "USA"),
        ("Rome police said two men were shot dead on Monday.", "Rome", "ITA"),
        ("Two Rome police officers were shot dead on Monday.", "Rome", "ITA"),
        ("A farmer was shot dead outside Worcester in the Western Cape on Monday.", "Worcester", "ZAF"),
        ("MANILA (Agency) - Rebels killed six soldiers in Samar province on Monday.", "Samar", "PHL"),
        ("Two men were shot dead in Winchester on Monday, deputies who answered a 911 call said.", "Winchester", "USA"),
        ("Two men were shot dead in Winchester on Monday, police said.", "Winchester", "GBR"),
        ("A man was shot dead in the 2200 block of Elm Street. Troopers said he was 30.", None, "USA"),
        ("Deputies found two men shot dead at a home, the Georgia Bureau of Investigation said.", None, "USA"),
        ("Two men were shot dead in Georgia on Monday, the Georgia Bureau of Investigation said.", None, "USA"),
        ("Two men were shot dead in Georgia on Monday, police in Tbilisi said.", "Tbilisi", "GEO"),
        ("Two men were shot dead near a school in Athens, Georgia, on Monday.", "Athens", "USA"),
        ("Two men were shot dead in Moscow, Idaho, on Monday.", "Moscow", "USA"),
        ("Two men were shot dead on Monday. The district attorney asked a grand jury to look into it.", None, "USA"),
        ("Rep. Ann Roe, D-Ohio, accused the president of lying on Monday.", None, "USA"),
    ],
)
def test_local_news_of_the_united_states_says_so_by_the_way(text, place, country):
    event = main_event(text)
    assert (event.place_name, event.country) == (place, country)


@pytest.mark.parametrize("outlet_country, country", [("GBR", "GBR"), ("USA", "USA"), (None, "GBR")])
def test_an_outlet_s_country_tells_places_of_one_name_apart(outlet_country, country):
    event = main_event("Two men were shot dead in Winchester on Monday, police said.", outlet=Home(outlet_country))
    assert (event.place_name, event.country) == ("Winchester", country)


def test_an_outlet_s_country_moves_no_city_of_the_world():
    event = main_event("Gunmen killed ten people in Paris on Friday, police said.", outlet=Home("USA"))
    assert event.country == "FRA"


def test_an_outlet_s_country_alone_is_no_place():
    event = main_event("Two men were shot dead on Monday, police said.", outlet=Home("KEN"))
    assert (event.country, event.geo_precision) == (None, None)


@pytest.mark.parametrize(
    "outlet, url, country",
    [
        ("daily.example.ng", "", "NGA"),
        ("The Example", "https://www.example.co.uk/a/1", "GBR"),
        ("wxyztv.com", "", "USA"),
        ("News 13", "https://www.kxyz13.com/story", "USA"),
        ("wxyz.de", "", "DEU"),
        ("example.tv", "", None),
        ("The Example", "https://news.example.com/a", None),
        ("The Example", "", None),
        ("", "http://127.0.0.1:8000/a", None),
        ("", "no address", None),
    ],
)
def test_an_outlet_s_country_is_read_from_its_host(outlet, url, country):
    assert home_of(outlet, url, ONTOLOGY.domains, GAZETTEER.cities).country == country


@pytest.mark.parametrize(
    "outlet, url, admin1",
    [
        ("The Detroit Example Herald", "", None),  # words that no outlet is known by may be of anything
        ("The Detroit Herald", "", "Michigan"),
        ("abc7chicago.com", "", "Illinois"),
        ("Example", "https://www.sanfranciscochronicle.example.com/a", "California"),
        ("jerusalem-post.example.com", "", "Jerusalem"),
        ("southsidemessenger.example.com", "", None),  # no paper of Essen
        ("a" * 500, "", None),
    ],
)
def test_an_outlet_s_city_is_read_from_its_name(outlet, url, admin1):
    city = home_of(outlet, url, ONTOLOGY.domains, GAZETTEER.cities).city
    assert (city and city.admin1) == admin1


@pytest.mark.parametrize(
    "text, outlet, admin1",
    [
        ("Deputies said a man was shot dead in Englewood on Monday.", "Chicago Herald", "Illinois"),
        ("Deputies said a man was shot dead in Englewood on Monday.", "Denver Herald", "Colorado"),
        ("Deputies said a man was shot dead in Englewood on Monday.", "Example", None),
        ("Deputies said a man was shot dead in Englewood, Colorado, on Monday.", "Example", "Colorado"),
    ],
)
def test_of_towns_of_one_name_and_size_none_is_guessed(text, outlet, admin1):
    event = main_event(text, outlet=home_of(outlet, "", ONTOLOGY.domains, GAZETTEER.cities))
    assert (event.place_name, event.admin1, event.country) == ("Englewood", admin1, "USA")
    assert (event.latitude is None) == (admin1 is None)


def test_an_outlet_s_country_drops_the_namesake_of_its_town_abroad():
    text = "A fire in a shop in Wellington killed two men on Monday."
    assert main_event(text, outlet=Home("GBR")).country == "GBR"
    assert main_event(text + " New Zealand mourned.", outlet=Home("GBR")).country == "NZL"


@pytest.mark.parametrize(
    "text, country",
    [
        ("TAIPEI, Taiwan (Agency) - The foreign minister rejected a demand by Guatemala.", "TWN"),
        ("TAIPEI, Taiwan (Agency) - The foreign minister met his counterpart in Guatemala City.", "GTM"),
        ("WASHINGTON (Agency) - The rebels and the army signed a truce in Sudan on Sunday.", "SDN"),
        ("BAMAKO, Mali (Agency) - Gunmen attacked French soldiers on Sunday.", "MLI"),
        ("Gunmen attacked French soldiers on Sunday. The convoy was on its way to a base in Mali.", "MLI"),
        ("Gunmen attacked Malian soldiers on Sunday.", "MLI"),
        ("Gunmen attacked French and Malian soldiers on Sunday.", None),
        ("Malian soldiers shot dead two men near the border with Niger on Sunday.", "MLI"),
    ],
)
def test_a_people_may_be_anywhere_and_a_word_is_said_where_the_dateline_is(text, country):
    assert main_event(text).country == country
