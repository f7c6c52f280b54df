"""What the network is told of an article by the rules: their people and words, and of what type the words are."""

import numpy as np
import pytest

from transforms.events.happenings import read_article
from transforms.events.lexicon import EVENT_TYPES
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology
from transforms.events.told import read_told, words_for
from transforms.language.features import TOLD
from transforms.records import Actor

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def told_of(title, text):
    doc, headline = read_texts(NLP, [text, title])
    account = read_article(doc, ONTOLOGY, article_id="a", title=title, headline=headline)
    return doc, headline, read_told(account.events, account.happenings, headline, doc)


def flagged(doc, flags, name):
    return [token.text for token, on in zip(doc, flags[:, TOLD.index(name)], strict=True) if on]


def test_all_types_of_the_rules_can_be_told():
    assert set(TOLD) > EVENT_TYPES
    assert list(TOLD[7:]) == sorted(EVENT_TYPES)


def test_people_and_words_of_the_news_and_of_other_events_are_told_apart():
    doc, headline, told = told_of(
        "Gunmen kill nine farmers in Mali",
        "Gunmen killed nine farmers near Gao on Monday. The farmers were buried on Tuesday. "
        "In Bamako, police arrested a journalist on Sunday.",
    )
    assert flagged(doc, told.text, "who") == ["Gunmen"]
    assert flagged(doc, told.text, "whom") == ["farmers", "farmers"]
    assert flagged(doc, told.text, "word") == flagged(doc, told.text, "lead") == ["killed"]
    assert flagged(doc, told.text, "other who") == ["police"]
    assert flagged(doc, told.text, "other whom") == ["journalist"]
    assert "arrested" in flagged(doc, told.text, "other word")
    assert flagged(doc, told.text, "COERCE") == ["arrested"]
    assert flagged(headline, told.headline, "whom") == ["farmers"]
    assert [TOLD[n] for n in told.article.nonzero()[0]] == ["ASSAULT"]


def test_nothing_is_told_where_the_rules_find_nothing():
    *_, told = told_of("A quiet day", "The sun rose over the hills. Nobody was there.")
    assert not any(np.any(part) for part in told)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("al-Shabaab", "the al-Shabaab fighters", ["shabaab", "fighters"]),
        (None, "the army's", ["army"]),
        ("Ann Lee", "Lee", ["lee", "lee"]),
    ],
)
def test_somebody_is_known_by_the_last_words_of_his_names(name, text, words):
    assert list(words_for(Actor(name, text, None, None))) == words
