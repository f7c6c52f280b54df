"""The pipeline reads any text in linear time, with offsets that hold in the text as given."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.errors import UsageError
from transforms.events.nlp import MAX_CHARS, load_pipeline, mend, read_texts, tame

NLP = load_pipeline("blank")


def test_blank_knows_words_and_sentences():
    (doc,) = read_texts(NLP, ["Rebels attacked. Two died."])
    assert [sent.text for sent in doc.sents] == ["Rebels attacked.", "Two died."]


def test_an_unknown_pipeline_says_what_to_install():
    with pytest.raises(UsageError, match=r"en_none.*install"):
        load_pipeline("en_none")


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    NLP.to_disk(tmp_path)
    with pytest.raises(UsageError, match=r"no parser.*use one that has"):
        load_pipeline(str(tmp_path))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000,
        ":)" * 20_000,
        "http://a." * 20_000,
        "a" * 300_000,
        ("b:)" * 160 + " ") * 500,
        "\n" * 50_000,
        ("http://a." * 50 + " ") * 500,
        "word " * 300_000,
    ],
)
def test_hostile_texts_are_read_in_time(text):
    start = time.process_time()
    (doc,) = read_texts(NLP, [text])
    assert len(doc.text) == min(len(text), MAX_CHARS)
    assert time.process_time() - start < 5


def test_letters_that_a_program_gave_another_case_are_mended():
    text = "Two U.s. Nuns said the Front [NF] Has left. [Applause] In Gao it Was so."
    assert mend(text) == "Two U.S. Nuns said the Front [NF] has left. [Applause] In Gao it Was so."


def test_printed_apostrophes_are_read_as_typed_ones():
    assert (
        mend("O’Neill’s aide said the rebels’ men didn’t ‘attack’.")
        == "O'Neill's aide said the rebels’ men didn't ‘attack’."
    )
    [doc] = read_texts(NLP, ["Officials haven’t made any arrests."])
    assert "n't" in [token.text for token in doc]


def test_real_words_stay_as_they_are():
    text = "See https://news.test/" + "a" * 300 + " -- it's (really) there... \n\n* * *"
    assert tame(text) == text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_offsets_hold(text):
    (doc,) = read_texts(NLP, [text])
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
