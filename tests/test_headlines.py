"""What a headline tells of an event, and where the text must bear it out."""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.headlines import end_of_title, plain_case
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()
WEDNESDAY = datetime.date(2024, 3, 20)
VISIT = "The mill on the river stood empty on Monday. Senator Ana Holt of Ohio spoke there about Governor Max Poe."


def events(title, text):
    (doc,), (headline,) = read_texts(NLP, [text]), read_texts(NLP, [plain_case(title, text)])
    return find_events(doc, ONTOLOGY, article_id="a", title=title, published_day=WEDNESDAY, headline=headline)


def names(people):
    return [person.name or person.text for person in people]


@pytest.mark.parametrize(
    "title, plain",
    [
        ("Senator Slams Mill on River", "Senator slams mill on river"),
        ("Holt Slams Poe", "Holt slams Poe"),
        ("Ex-Senator Holt's Mill", "Ex-Senator Holt's mill"),
        ("Ana Holt: Mill Stood Empty", "Ana Holt says mill stood empty"),
        ("Update: Mill Stood Empty", "Update: mill stood empty"),
    ],
)
def test_capitals_are_those_of_the_text(title, plain):
    assert plain_case(title, VISIT) == plain


@pytest.mark.parametrize(
    "title, text, end",
    [
        ("Holt Slams Poe - The Example", "HOLT slams  Poe\nSenator Ana Holt spoke.", 16),
        ("Holt Slams Poe", "Holt Slams Poe", 0),  # there is nothing else
        ("Holt Slams", "Holt Slams Poe\nSenator Ana Holt spoke.", 0),
        ("", "Holt Slams Poe\nSenator Ana Holt spoke.", 0),
    ],
)
def test_the_headline_at_the_top_of_a_text_ends(title, text, end):
    assert end_of_title(title, text) == end


def test_what_the_text_says_will_be_done_is_a_promise_in_the_headline_too():
    (event,) = events(
        "Norway Gives Aid to Malawi", "Norway will give aid to Malawi, its foreign ministry said on Monday."
    )
    assert (event.event_type, event.realis, names(event.recipients)) == ("AGREE", "actual", ["Malawi"])


def test_without_a_text_no_title_is_read():
    assert plain_case("Le Sénat rejette le projet", "") == ""


@pytest.mark.parametrize(
    "title, event_type, who, whom",
    [
        ("Holt Slams Poe Over Empty Mill", "ACCUSE", ["Ana Holt"], ["Max Poe"]),
        ("Poe Slammed by Ohio Senator Over Mill", "ACCUSE", ["Ohio Senator"], ["Max Poe"]),
        ("Senator Holt Endorses Poe", "SUPPORT", ["Ana Holt"], ["Max Poe"]),
        ("Senator Holt Rejects Mill Bill", "REJECT", ["Ana Holt"], []),
        ("Will Holt Slam Poe?", None, [], []),
        ("Holt to Endorse Poe", None, [], []),
        ("Poe jailed for ten years", "SANCTION", [], ["Max Poe"]),
        ("Holt Refuses to Endorse Poe", "REJECT", ["Ana Holt"], ["Max Poe"]),
        ("Roe Slams Fox Over Dam", None, [], []),  # of whom the text says nothing
        ("Senator Visit Unwelcome", None, [], []),
    ],
)
def test_a_headline_tells_what_the_text_hints_at(title, event_type, who, whom):
    told = [event for event in events(title, VISIT) if event.realis == "actual"]
    assert [event.event_type for event in told] == ([event_type] if event_type else [])
    if told:
        assert (names(told[0].actors), names(told[0].recipients)) == (who, whom)
        assert VISIT[told[0].char_start : told[0].char_end] in told[0].sentence


@pytest.mark.parametrize(
    "title, text, who, whom",
    [
        ("Army Fires Colonel Roe", "Colonel Jim Roe has been fired on Monday.", ["Army"], ["Jim Roe"]),
        ("Holt Blames Poe", "Senator Ana Holt blamed the works of Max Poe.", ["Ana Holt"], ["Max Poe"]),
        (
            "Council Overrides Mayor",
            "In a blow to Mayor Max Poe, the Leeds Council voted on Monday to override his veto.",
            ["Leeds Council"],
            ["Max Poe"],
        ),
        ("Roe Blasted by Holt", "Senator Ana Holt blasted Max Poe, an aide to Ann Roe.", ["Ana Holt"], ["Max Poe"]),
    ],
)
def test_it_fills_in_whom_the_text_leaves_out(title, text, who, whom):
    event = events(title, text)[0]
    assert (names(event.actors), names(event.recipients)) == (who, whom)


def test_where_people_are_hurt_a_headline_tells_no_more():
    text = "Three men were shot dead in Lima on Monday. Mayor Ana Holt saw it. Governor Max Poe was there."
    assert [event.event_type for event in events("Holt Blames Poe", text)] == ["ASSAULT"]


@pytest.mark.parametrize(
    "title, text, who",
    [
        ("Rebels kill time", "Two men were killed in Ardon on Monday.", []),
        ("Gunmen kill two farmers", "Two men were hacked to death in Ardon on Monday.", ["Gunmen"]),
        ("Two killed by rebels in Ardon", "Two men were killed in Ardon on Monday.", ["rebels"]),
        ("Police arrest two farmers", "Two men were arrested in Ardon on Monday.", ["Police"]),
        ("Gunmen kill two farmers", "Two men were killed by soldiers in Ardon on Monday.", ["soldiers"]),
        ("Farmer shot in Ardon", "Two men were killed in Ardon on Monday.", []),
    ],
)
def test_who_did_it_by_the_headline_alone(title, text, who):
    assert names(events(title, text)[0].actors) == who


def test_what_means_no_event_in_the_text_means_none_in_its_headline():
    text = "Minister Ana Holt warned on Monday of a deep recession. The mill on the river stood empty."
    assert events("Minister Holt Warns of Recession", text) == []


def test_who_is_told_by_his_office_in_the_headline_is_whom_the_text_names():
    text = "Ghana President Abena Osei arrived in Togo on Monday for talks. The mill on the river stood empty."
    (event,) = events("Ghana president visits Togo", text)
    assert (event.event_type, names(event.actors), names(event.recipients)) == ("CONSULT", ["Abena Osei"], ["Togo"])


def test_whom_the_headline_describes_the_text_names():
    text = "A court in Ghana on Monday sentenced opposition leader Kofi Osei to seven years in prison."
    (event,) = events("Ghana court jails opposition leader for seven years", text)
    assert names(event.recipients) == ["Kofi Osei"]


def test_who_is_asked_in_a_headline_asks_nothing():
    text = "Norway's king on Monday tasked the baker Tom Ray with forming a cabinet."
    (event, *_) = events("Norwegian baker asked to form cabinet", text)
    assert (names(event.actors), names(event.recipients)) == (["Norway's king"], ["Tom Ray"])


def test_whom_a_headline_calls_by_one_of_the_text_s_words_the_text_tells():
    text = "Lawmakers in Ghana on Monday expelled two opposition politicians over a bribe."
    (event,) = events("Ghana expels opposition figures", text)
    assert names(event.recipients) == ["two opposition politicians"]


def test_offices_are_cut_short_in_headlines():
    text = "Deputy Prime Minister Ann Roe has resigned after an inquiry on Monday."
    assert [names(event.actors) for event in events("UK deputy PM quits after inquiry", text)] == [["Ann Roe"]]


def test_what_the_headline_s_army_imposes_is_the_news():
    text = (
        "Soldiers patrolled Gao after the army of Mali imposed a curfew on Monday, a day after crowds set fire to a "
        "court. The army said that it had arrested 27 people."
    )
    assert events("Mali army imposes curfew after crowds torch court", text)[0].event_mode == "curfew"


def test_whom_the_headline_tells_by_their_state_the_text_names():
    text = "The European Commission imposed duties of 27 percent on steel from Peru on Monday."
    (event,) = events("EU slaps tariffs on Peruvian steel", text)
    assert (names(event.actors), names(event.recipients)) == (["European Commission"], ["Peru"])


@pytest.mark.parametrize(
    "title, text",
    [
        ("Norway bans herring from Iceland", "The Norwegian minister said on Monday that enough was enough."),
        ("UN bans herring from Iceland", "The United Nations said on Monday that enough was enough."),
    ],
)
def test_the_text_may_tell_a_headline_s_state_in_other_words(title, text):
    assert [event.event_type for event in events(title, text)] == ["COERCE"]


@pytest.mark.parametrize(
    "title, text, who, whom",
    [
        (
            "Ghana president urges calm",
            "Ghanaian President Abena Osei said on Monday he urged calm.",
            ["Abena Osei"],
            [],
        ),
        (
            "Ghana premier rejects talks with rival",
            "Ghana's Prime Minister Kofi Osei ruled out negotiations with opposition leader Max Ray.",
            ["Kofi Osei"],
            ["Max Ray"],
        ),
        (
            "Company president blames Togo",
            "Ghana's President Kofi Osei was silent. Togo heard it.",
            ["Company president"],
            ["Togo"],
        ),
    ],
)
def test_who_holds_the_office_of_a_headline(title, text, who, whom):
    event = events(title, text)[0]
    assert (names(event.actors), names(event.recipients)) == (who, whom)
