"""What marks the news of an article: the reports that teach it, what the network reads, and what it says."""

import numpy as np
import pytest
import spacy

from training.reports import parse, read_reports
from transforms.language.features import CASES, by_piece
from transforms.language.marks import Marker, Told

REPORT = """TYPE: ASSAULT, CRIME
DATE: 2021-04-07
TITLE: <w>Gunmen</w> <t>kill</t> <m><k>nine</k> farmers</m>
<m><k>Nine</k> farmers</m> were <t>shot</t>.
They were from Gao."""


@pytest.fixture(scope="module")
def marker():
    return Marker()


def test_a_report_is_its_text_and_the_spans_of_its_marks():
    [report] = parse(REPORT)
    assert (report.title, report.kinds) == ("Gunmen kill nine farmers", ("ASSAULT", "CRIME"))
    assert report.text == "Nine farmers were shot.\nThey were from Gao."
    assert [report.title[a:b] for a, b in report.title_spans["whom"]] == ["nine farmers"]
    assert {mark: [report.text[a:b] for a, b in spans] for mark, spans in report.text_spans.items() if spans} == {
        "whom": ["Nine farmers"], "word": ["shot"], "killed": ["Nine"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (REPORT.replace("</k>", "", 1), "closes nothing"),
        (REPORT.replace("</w>", ""), "closes nothing|never closed"),
        (REPORT.replace("CRIME", "MURDER"), "no type"),
        (REPORT.replace("DATE: 2021-04-07\n", ""), "begins with the lines"),
    ],
)
def test_a_report_that_cannot_be_right_is_told_with_its_place(broken, complaint):
    with pytest.raises(ValueError, match=rf"mali.txt: report 1: .*({complaint})"):
        list(parse(broken, "mali.txt"))


def test_our_reports_can_be_read():
    reports = read_reports()
    assert len(reports) > 2000
    assert len({report.title for report in reports}) > 0.99 * len(reports)
    unmarked = [
        r.title for r in reports if "NONE" not in r.kinds and not (r.text_spans["word"] or r.title_spans["word"])
    ]
    assert unmarked == []


def test_what_the_network_reads_of_an_article_ends_where_there_is_no_more_room(marker):
    headline, text = (["Big", "Fire"], [True, False]), (["It", "burned"] * 50, [True] * 100)
    ids, cases, first = marker.pieces.opening(headline, text, most=20)
    assert len(ids) == len(cases) <= 20
    assert ids[-1] == marker.pieces.end
    assert [case >= CASES for case in cases] == [False, True, True, *[False] * (len(cases) - 3)]
    assert first.tolist() == list(range(1, len(ids) - 1))
    whole = marker.pieces.opening(headline, text)
    assert len(whole[2]) == 102


def test_what_is_told_of_a_word_is_told_of_each_of_its_pieces():
    told = np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]], np.float32)  # of the article and of two words
    assert by_piece(told, np.array([1, 3]), 5).tolist() == [
        told[0].tolist(),
        *[told[1].tolist()] * 2,
        told[2].tolist(),
        [0, 0, 0],
    ]


@pytest.mark.parametrize("headline", [[], ["Fire"] * 500, ["supercalifragilistic" * 3] * 500])
@pytest.mark.parametrize("text", [["It", "burned"] * 20, ["\n\n"] * 40, ["x" * 5000] * 400])
def test_whatever_headline_and_text_are_there_is_a_mark_for_each_of_their_words(marker, headline, text):
    vocab = spacy.blank("en").vocab
    docs = [spacy.tokens.Doc(vocab, words) for words in (headline, text)]
    marks = marker.read(*docs, Told.nothing(*docs))
    assert [len(each) for each in (marks.headline["who"], marks.text["who"])] == [len(headline), len(text)]
    assert sum(marks.kinds.values()) == pytest.approx(1, abs=1e-5)


def test_a_text_of_a_line_is_not_marked(marker):
    nlp = spacy.blank("en")
    docs = nlp("Gunmen kill nine farmers"), nlp("Gunmen killed nine farmers.")
    assert marker.read(*docs, Told.nothing(*docs)) is None


def test_who_whom_and_what_are_marked_and_who_tells_it_is_not(marker):
    nlp = spacy.blank("en")
    text = nlp(
        "Gunmen on motorcycles killed nine farmers near Gao on Monday, an army spokesman said.\n"
        "The attackers came at dawn and shot the farmers in their fields. A mission of the UN has counted the dead."
    )
    headline = nlp("Gunmen kill nine farmers in Mali")
    marks = marker.read(headline, text, Told.nothing(headline, text))
    assert max(marks.kinds, key=marks.kinds.get) == "ASSAULT"
    said = {mark: {text[int(i)].text for i in np.flatnonzero(chances > 0.5)} for mark, chances in marks.text.items()}
    assert {"Gunmen", "attackers"} <= said["who"]
    assert {"nine", "farmers"} <= said["whom"]
    assert "killed" in said["word"]
    assert "Gao" in said["place"]
    assert not {"army", "spokesman", "mission", "UN"} & (said["who"] | said["whom"])


def test_what_is_no_news_is_known(marker):
    nlp = spacy.blank("en")
    text = nlp(
        "The striker fired two shots past the goalkeeper as Leeds beat Hull 2-0 on Sunday to go top of the league.\n"
        "Hull never came into the match, and their coach said that the defence had been under siege from the start. "
        "It was the ninth win of the season for Leeds, who meet York next."
    )
    headline = nlp("Leeds fire two past Hull")
    marks = marker.read(headline, text, Told.nothing(headline, text))
    assert max(marks.kinds, key=marks.kinds.get) == "NONE"
