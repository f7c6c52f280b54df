"""Who speaks through letters and lawsuits, what laws do to whom, who is named to an office, and who gathers."""

import datetime

import pytest

from transforms.events.happenings import find_events
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def told(text):
    (doc,) = read_texts(NLP, [text])
    found = find_events(doc, ONTOLOGY, article_id="a", published_day=datetime.date(2026, 11, 25))
    sides = [[[a.name or a.text for a in side] for side in (e.actors, e.recipients)] for e in found[:1]]
    return (f"{found[0].event_type} {found[0].realis}", *sides[0]) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A letter from 40 senators urged Governor Poe to resign.", ("REQUEST", ["40 senators"], ["Poe"])),
        ("Senator Reed published a memo on Monday that accuses Norway of fraud.", ("ACCUSE", ["Reed"], ["Norway"])),
        ("A lawsuit filed on Monday accuses Norway of fraud.", ("ACCUSE", [], ["Norway"])),
        ("A lawsuit filed by three nurses accuses Norway of fraud.", ("ACCUSE", ["three nurses"], ["Norway"])),
        ("A UN report found that Norway had violated the treaty.", ("ACCUSE", ["UN"], ["Norway"])),
        ("President Reed named Max Poe to lead the bank on Monday.", ("SUPPORT", ["Reed"], ["Max Poe"])),
        ("President Reed picked Max Poe as prime minister on Monday.", ("SUPPORT", ["Reed"], ["Max Poe"])),
        ("Governor Poe said he would ban trade with Norway.", ("THREATEN", ["Poe"], ["Norway"])),
        ("Governor Poe said he would veto the bill.", ("REJECT", ["Poe"], [])),
        ("The senate passed a bill on Monday to bar Norwegians from owning land.", ("SUPPORT", ["senate"], [])),
        ("The European Union agreed to lift sanctions on Norway.", ("AGREE", ["European Union"], ["Norway"])),
        ("The senate voted to hold Governor Poe in contempt.", ("ACCUSE", ["senate"], ["Poe"])),
        ("Senator Reed is facing calls from Governor Poe to resign.", ("REQUEST", ["Poe"], ["Reed"])),
        ("A Muslim group demanded an apology from Senator Reed.", ("REQUEST", ["Muslim group"], ["Reed"])),
        (
            "Hundreds of nurses signed an open letter criticizing the president.",
            ("ACCUSE", ["Hundreds of nurses"], ["president"]),
        ),
        ("The governor came under fire from nurses.", ("ACCUSE", ["nurses"], ["governor"])),
        ("The senate voted 90 to 1 on Monday to rebuke Governor Max Poe.", ("ACCUSE", ["senate"], ["Max Poe"])),
        ("Ann Reed told senators on Monday that President Max Poe had lied.", ("ACCUSE", ["Ann Reed"], ["Max Poe"])),
        ("A judge ordered the White House on Monday to restore a pass.", ("REQUEST", ["judge"], ["White House"])),
        ("The Nurses Association endorsed Governor Poe on Monday.", ("SUPPORT", ["Nurses Association"], ["Poe"])),
        ("Mr. Reed called the mayor's friends by name on Twitter.", None),
        ("Hundreds of protesters gathered in Oslo on Monday.", ("PROTEST", ["Hundreds of protesters"], [])),
        ("Activists occupied the town hall in Oslo on Monday.", ("PROTEST", ["Activists"], [])),
        ("Supporters gathered in Oslo on Monday to celebrate.", None),
        ("Guests gathered in Oslo on Monday.", None),
    ],
)
def test_who_speaks_and_who_decides(text, expected):
    assert told(text) == (expected and (f"{expected[0]} actual", *expected[1:]))
