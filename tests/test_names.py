"""Names of people in full."""

import pytest

from transforms.events.names import full_names
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.sentences import split_sentences

NLP = load_pipeline()


@pytest.mark.parametrize(
    "text, name",
    [
        ("Ohio Republican Gov. Ann Lee left. Lee waved.", "Ann Lee"),
        ("House Whip Ann Lee left. Lee waved.", "Ann Lee"),
        ("Max Poe and Ann Lee left. The Poe-Lee plan and the Poe-Lee law failed.", "Ann Lee"),
        ("Then Lee left. German Lee Reed waved.", "German Lee Reed"),
    ],
)
def test_a_full_name_has_no_title(text, name):
    (doc,) = read_texts(NLP, [text])
    names = full_names(split_sentences(doc))
    assert names[name.split()[-1].lower()] == name


def test_who_is_told_by_a_title_is_not_named_after_what_bears_his_name():
    (doc,) = read_texts(NLP, ["The Trump Presidency ended on Monday. President Trump left for Ohio."])
    assert "trump" not in full_names(split_sentences(doc))
