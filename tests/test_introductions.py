"""Who was described, and goes by a name in one of the next sentences."""

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def whom(text):
    (doc,) = read_texts(NLP, [text])
    return [actor.name or actor.text for actor in find_events(doc, ONTOLOGY, article_id="a")[0].recipients]


@pytest.mark.parametrize(
    "text, names",
    [
        (
            "A man who beat a widow to death was jailed for life on Friday. Dan Pike, 37, killed Ann Lee in October.",
            ["Dan Pike"],
        ),
        (
            "Police in Rivers on Thursday freed a Lebanese engineer. Sami Roe, 53, was found in a hut in the forest.",
            ["Sami Roe"],
        ),
        (
            "Two brothers were shot dead in Karachi on Sunday. Ahmed Roe and Hassan Roe were on their way home.",
            ["Ahmed Roe", "Hassan Roe"],
        ),
        (
            "A bus driver was charged on Tuesday with causing the death of a nun. Pat Flynn, 45, was released on bail.",
            ["Pat Flynn"],
        ),
        (
            "A woman in her fifties was killed on Monday when a tree fell on her car. Police named her as Nora Casey.",
            ["Nora Casey"],
        ),
        ("A driver killed a cyclist in Bogota on Monday. The cyclist was Cam Ray, 23, a student.", ["Cam Ray"]),
        (
            "A keeper at the zoo of Poznan was killed on Monday by a tiger. Mark Novak, 47, had worked there long.",
            ["Mark Novak"],
        ),
        (
            "China on Friday executed Liu Roe, a coal tycoon convicted of ordering the murder of a rival.",
            ["Liu Roe"],
        ),
        (
            "A man was arrested in Ohio on Monday. Tom Ray walked into a police station. He faces a count of murder.",
            ["Tom Ray"],
        ),
        (
            "Police in Lagos arrested three suspects on Monday. He gave their names as Tom Ray, 28, a driver; Max Poe, "
            "32, a guard; and Ann Lee, 25, a cook.",
            ["Tom Ray", "Max Poe", "Ann Lee"],
        ),
        (
            "Two men were arrested in Lima on Monday. They were identified as Tom Ray, 51, and Max Poe, 34.",
            ["Tom Ray", "Max Poe"],
        ),
        (
            "A teacher went on trial in Bonn on Monday. Prosecutors say that Max Poe, 43, strangled a girl.",
            ["Max Poe"],
        ),
        (
            "A court in Lyon jailed a drug trafficker for ten years on Monday. The main defendant, Max Poe, 49, "
            "laundered millions, the judges found.",
            ["Max Poe"],
        ),
        (
            "A Greek teacher was stabbed in Leeds on Monday. Ann Lee, 41, died in hospital, police said.",
            ["Ann Lee"],
        ),
    ],
)
def test_a_name_at_the_start_of_a_next_sentence_is_his(text, names):
    assert whom(text) == names


@pytest.mark.parametrize(
    "text, description",
    [
        ("A man was shot dead in Leeds on Monday. Ann Lee, 34, who lives nearby, heard three shots.", "man"),
        ("A man was shot dead in Leeds on Monday. Ann Lee, 34, was walking her dog.", "man"),
        ("A 25-year-old man was shot dead in Leeds on Monday. Tom Ray, 41, was walking home.", "25-year-old man"),
        ("A teacher was arrested in Perth on Monday. Detective Tom Ray, 50, led the search.", "teacher"),
        ("Two men were shot in Lima on Monday. They were found by Tom Ray, 51, and Max Poe, 34.", "Two men"),
        ("A man was shot dead in Leeds on Monday. Tom Ray, 29, was arrested.", "man"),
        ("Three men were shot dead in Leeds on Monday. Tom Ray and Jim Fox were at a bar.", "Three men"),
        ("A man was arrested in Ohio on Monday. The witnesses, Ann Lee, 27, and Max Poe, 31, saw him flee.", "man"),
        ("Two men were jailed in Leeds on Monday. The victims, Ann Lee, 27, and May Poe, 31, had moved.", "Two men"),
        ("A man was arrested in Ohio on Monday. Tom Ray walked his dog nearby. He heard shots.", "man"),
    ],
)
def test_who_is_another_keeps_his_name(text, description):
    assert whom(text) == [description]


@pytest.mark.parametrize(
    "text",
    [
        "The Irish health minister resigned on Monday. Tom Ray, a nurse, said he was tired.",
        "The Irish health minister resigned on Monday. Union leader Tom Ray said he was tired.",
        "The Irish government resigned on Monday. Tom Ray said he was tired.",
    ],
)
def test_who_is_named_in_another_sentence_does_not_hold_the_office_of_the_lead(text):
    (doc,) = read_texts(NLP, [text])
    assert [actor.name for actor in find_events(doc, ONTOLOGY, article_id="a")[0].actors] == [None]


def test_who_is_named_in_another_sentence_is_not_whom_a_judge_jails():
    (doc,) = read_texts(NLP, ["A judge jailed a former mayor for murder on Friday. Stefan Roe died in 2020."])
    assert [actor.name for actor in find_events(doc, ONTOLOGY, article_id="a")[0].recipients] == [None]


def test_who_is_arrested_and_charged_suffers_both():
    text = "A nurse has been arrested and charged with murder in Leeds. Ann Lee, 48, is accused of killing her husband."
    (doc,) = read_texts(NLP, [text])
    for event in find_events(doc, ONTOLOGY, article_id="a"):
        if event.event_type in ("ACCUSE", "COERCE"):
            assert not event.actors
            assert [actor.name for actor in event.recipients] == ["Ann Lee"]


def test_the_death_for_which_charges_are_only_possible_is_none_that_may_come():
    text = (
        "A man accidentally shot a friend in Leeds on Sunday. The county reviews possible charges in the death of Tom "
        "Ray."
    )
    assert whom(text) == ["Tom Ray"]


def test_a_description_is_not_told_beside_who_has_its_name():
    text = (
        "A Leeds church deacon was shot dead on Sunday. Tom Ray, 77, was asleep. The 77-year-old church deacon and his "
        "wife were hit in the head."
    )
    assert whom(text)[0] == "Tom Ray"
    assert not any("deacon" in name for name in whom(text))


@pytest.mark.parametrize(
    "text, names",
    [
        (
            "Police on Sunday arrested a man suspected of killing two guards at a mine in Ardon. The mine was closed. "
            "It opened in 1990. Tom Poe fired at the guards after a quarrel, officers said.",
            ["Tom Poe"],
        ),
        (
            "Police arrested two people on Sunday over a shooting in Ardon. The street was closed. Shops did not open. "
            "Tom Poe and Dan Reed fired into a crowd, officers said.",
            ["Tom Poe", "Dan Reed"],
        ),
        (  # of whom one may be another
            "Police arrested two people on Sunday over a shooting in Ardon. Tom Poe fired into a crowd, officers said.",
            ["two people"],
        ),
        (
            "Two arrests were made on Sunday in the killing of a student in Leeds. Pat Roe was charged with murder.",
            ["Pat Roe"],
        ),
        ("Two arrests were made on Sunday in the killing of a student in Leeds.", []),
        (  # of two deeds
            "Police arrested a man on Sunday over the killing of a clerk in Ardon. Shops were closed. "
            "Schools were shut. It rained. Streets were empty. Tom Poe shot the clerk on Friday. Dan Ray had robbed a "
            "bank on 3 May.",
            ["man"],
        ),
        (
            "Police arrested the suspect in the killing of Ann Lee. Tom Poe, 30, was taken to the county jail.",
            ["Tom Poe"],
        ),
    ],
)
def test_whom_the_law_acts_against_goes_by_the_name_of_the_doer(text, names):
    assert whom(text) == names


def test_who_condemns_a_killing_charges_nobody_and_no_arrest_has_nobody():
    text = "The mayor of Leeds condemned the killing of a student on Sunday. Pat Roe stabbed her and was charged."
    assert whom(text) == []
    text = "Police have made no arrests in the killing of a student in Leeds. Pat Roe stabbed her and was charged."
    (doc,) = read_texts(NLP, [text])
    rows = find_events(doc, ONTOLOGY, article_id="a")
    assert [row.recipients for row in rows if row.realis == "negated"] == [()]
