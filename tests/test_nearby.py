"""The day of a happening from the sentences beside those that tell of it, on Wednesday 20 March 2024."""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()
WEDNESDAY = datetime.date(2024, 3, 20)
SHOT = "Gunmen killed two policemen."


def first_event(text, published_day=WEDNESDAY):
    (doc,) = read_texts(NLP, [text])
    return find_events(doc, ONTOLOGY, article_id="a", published_day=published_day)[0]


@pytest.mark.parametrize(
    "text, day, date_text",
    [
        (f"{SHOT} Neighbors heard a loud noise on Sunday evening.", 17, "Sunday evening"),
        (f"The village fair opened on Sunday. {SHOT}", 17, "Sunday"),
        (f"{SHOT} Their car stood in the yard. Neighbors heard a loud noise on Sunday.", 17, "Sunday"),
        ("Gunmen killed two policemen over the weekend. Neighbors heard a loud noise on Sunday.", 17, "Sunday"),
        ("The minister criticized the army. He spoke in Gao on Monday.", 18, "Monday"),
        ("Two of the wounded died in hospital today, bringing those killed by Monday's bomb to 14.", 18, "Monday"),
        ("A bomb killed 12 men on Sunday. Two of the wounded died of their injuries on Tuesday.", 17, "Sunday"),
        (
            "Gunmen killed nine farmers, the army said on Tuesday. They left home on Sunday when gunmen shot at them.",
            17,
            "Sunday",
        ),
        ("Gunmen killed two policemen, the mayor confirmed yesterday. A bus had stopped on Sunday.", 17, "Sunday"),
        (
            "The toll of a car bomb in Gao rose to 14 dead on Tuesday. The blast tore through a market on Sunday.",
            17,
            "Sunday",
        ),
        (
            "Troops combed woods on Tuesday after the abduction of a priest by gunmen. He left home on Sunday.",
            17,
            "Sunday",
        ),
        (
            "The party has rejected the result of Saturday's vote. Its leader spoke to the press on Monday.",
            18,
            "Monday",
        ),
        (
            "Police captured two men. A colonel named them on Tuesday. They were seized on Sunday over a murder.",
            17,
            "Sunday",
        ),
        (
            "Nine villagers were killed at the weekend. Armed men had surrounded the village on Saturday.",
            16,
            "Saturday",
        ),
        (
            f"The village saw the rebels again on Sunday night. It rained. {SHOT} They were silent until Monday.",
            17,
            "Sunday night",
        ),
    ],
)
def test_a_day_that_stands_beside_is_that_of_the_event(text, day, date_text):
    event = first_event(text)
    assert (event.happened_on, event.date_text) == (datetime.date(2024, 3, day), date_text)


@pytest.mark.parametrize(
    "text",
    [
        f"{SHOT} Police arrested a man on Monday.",  # another event's
        f"{SHOT} He was sentenced on Monday.",
        f"{SHOT} Their names were told on Monday.",  # that of telling
        f"{SHOT} The new road opens on March 25.",  # to come
        f"{SHOT} The old road opened on January 3.",  # too old
        f"{SHOT} Neighbors go to the market every Sunday.",  # of no one day
        f"{SHOT} The road is wet. The hills are green. The sky is grey. Neighbors went home on Sunday.",  # too far
        "Nigeria condemned Sunday's attack on a mosque in Gao.",
        f"{SHOT} They had been silent until Monday.",
        "Gunmen killed two policemen last month. Neighbors went home on Sunday.",  # it tells another time
    ],
)
def test_a_day_of_something_else_is_not(text):
    event = first_event(text)
    assert event.date_precision != "day" and event.happened_on in (None, datetime.date(2024, 2, 1))


def test_the_day_as_written_is_told_where_nothing_says_from_when_to_count():
    event = first_event("Gunmen killed two policemen on Sunday.", published_day=None)
    assert (event.happened_on, event.date_precision, event.date_text) == (None, None, "Sunday")
