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
        "Gunmen killed two policemen last month. Neighbors went home on Sunday.",  # it tells another time
    ],
)
def test_a_day_of_something_else_is_not(text):
    event = first_event(text)
    assert event.date_precision != "day" and event.happened_on in (None, datetime.date(2024, 2, 1))


def test_the_day_as_written_is_told_where_nothing_says_from_when_to_count():
    event = first_event("Gunmen killed two policemen on Sunday.", published_day=None)
    assert (event.happened_on, event.date_precision, event.date_text) == (None, None, "Sunday")
