"""What kind of event the words of world news tell, and where they tell of none.

Told on Tuesday 20 May 2025.
"""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def news(text, title=None):
    """The first event, as (type, who, whom); None where nothing happened."""
    (doc,) = read_texts(NLP, [text])
    day = datetime.date(2025, 5, 20)
    told = find_events(doc, ONTOLOGY, article_id="a", title=title, published_day=day)
    if not told or told[0].realis != "actual":
        return None
    return (
        told[0].event_type,
        [a.name or a.text for a in told[0].actors],
        [a.name or a.text for a in told[0].recipients],
    )


@pytest.mark.parametrize(
    "text, first",
    [
        # towns
        ("Rebels entered the town of Ardon on Monday after soldiers fled.", ("COERCE", ["Rebels"], ["town of Ardon"])),
        ("Insurgents took the port of Ardon on Monday.", ("COERCE", ["Insurgents"], ["port of Ardon"])),
        ("Troops wrested the village of Tolo from rebels on Monday.", ("COERCE", ["Troops"], ["rebels"])),
        ("Soldiers marched into the capital on Monday.", ("COERCE", ["Soldiers"], ["capital"])),
        ("Norway's troops moved into Sweden on Monday.", ("MOBILIZE", ["Norway's troops"], ["Sweden"])),
        # words of two kinds of news
        ("A gold mine caved in near Gao on Monday.", ("DISASTER", [], [])),
        ("The cabinet of Chad caved in to the unions on Monday.", ("CONCEDE", ["cabinet of Chad"], ["unions"])),
        # work
        ("Nurses in Chad laid down their tools on Monday.", ("PROTEST", ["Nurses in Chad"], [])),
        ("Teachers in Chad stayed away from classes on Monday.", ("PROTEST", ["Teachers in Chad"], [])),
        ("Bus drivers in Chad refused to work on Monday.", ("PROTEST", ["Bus drivers in Chad"], [])),
        ("Dockers in Togo pressed on with a stoppage on Monday.", ("PROTEST", ["Dockers in Togo"], [])),
        ("Prisoners in Togo refused food on Monday in anger at their trial.", ("PROTEST", ["Prisoners in Togo"], [])),
        # courts
        ("A court in Chad handed long prison terms to five men.", ("SANCTION", ["court in Chad"], ["five men"])),
        ("A tribunal in Chad slammed jail terms on five men.", ("SANCTION", ["tribunal in Chad"], ["five men"])),
        ("A court here gave Ann Lee 12 years for theft.", ("SANCTION", ["court"], ["Ann Lee"])),
        ("The death sentences on four men were carried out on Monday.", ("ASSAULT", [], ["four men"])),
        # arrests and abductions
        ("Police picked up 40 smugglers in Lima on Monday.", ("COERCE", ["Police"], ["40 smugglers"])),
        ("Soldiers took away two editors on Monday.", ("COERCE", ["Soldiers"], ["two editors"])),
        ("Masked men took away two editors on Monday.", ("ASSAULT", ["Masked men"], ["two editors"])),
        ("A nurse was bundled into a car by gunmen in Gao.", ("ASSAULT", ["gunmen"], ["nurse"])),
        ("A nurse was seized at gunpoint in Gao on Monday.", ("ASSAULT", [], ["nurse"])),
        ("Gunmen let go 20 schoolgirls on Monday.", ("RETREAT", ["Gunmen"], ["20 schoolgirls"])),
        ("Two hostages walked free in Gao on Monday.", ("RETREAT", [], ["Two hostages"])),
        ("Two clans agreed on Monday to stop fighting.", ("RETREAT", ["Two clans"], [])),
        # what states answer
        ("China took countermeasures against Norway on Monday.", ("SANCTION", ["China"], ["Norway"])),
        ("Norway hit Chad with sanctions on Monday.", ("SANCTION", ["Norway"], ["Chad"])),
        ("The Freedom Party threw out the results on Monday.", ("REJECT", ["Freedom Party"], [])),
        # of the second hand
        ("Rebels vowed on Monday to carry out more attacks in Chad.", ("THREATEN", ["Rebels"], ["Chad"])),
        ("Four men in Gao forced a nurse into a car on Monday.", ("ASSAULT", ["Four men in Gao"], ["nurse"])),
        ("Norway demanded on Monday that the rebels withdraw.", ("REQUEST", ["Norway"], ["rebels"])),
        ("Farmers were lathi-charged in Delhi on Monday.", ("COERCE", [], ["Farmers"])),
        ("Three rebels were neutralised in Gao on Monday.", ("ASSAULT", [], ["Three rebels"])),
        ("Kuwait foiled a plot to blow up a bridge and arrested ten men.", ("COERCE", ["Kuwait"], ["ten men"])),
        ("Norway put its troops on high alert on Monday.", ("MOBILIZE", ["Norway"], [])),
        ("Truckers in Togo parked their lorries in protest.", ("PROTEST", ["Truckers in Togo"], [])),
        # deaths
        ("A bomb took the life of a colonel in Gao on Monday.", ("ASSAULT", [], ["colonel"])),
    ],
)
def test_what_happened(text, first):
    assert news(text) == first


@pytest.mark.parametrize(
    "text",
    [
        "Tourists stayed away from the beaches of Chad on Monday.",
        "A court gave Acme Ferries two years to pay its debts.",
        "Villagers gathered on Monday to remember the ten men killed in Tolo thirty years ago.",
        "Villagers read out names, ten years to the day after gunmen stormed their church in Tolo.",
        "The explosion of interest in old records surprised shops in Nairobi on Monday.",
        "The opposition shot itself in the foot on Monday.",
        "Two strikes in stoppage time sank Rovers as a substitute with a hamstring injury headed the equaliser.",
    ],
)
def test_what_is_no_news(text):
    assert news(text) is None


def test_a_strike_over_pay_is_the_news_of_its_headline():
    text = (
        "Schools stood empty in Maseru on Monday as teachers stayed away for a third day over pay. Pupils sang. "
        "Police watched, unlike on Thursday, when a driver was shot and wounded."
    )
    assert news(text, "Strike of teachers goes on")[0] == "PROTEST"


def test_whom_a_headline_names_is_no_topic_of_it():
    text = "Norway on Monday condemned the killing of five aid workers in Gao. They were shot dead by gunmen on Sunday."
    assert news(text, "Five aid workers killed in Gao")[0] == "ASSAULT"
