"""What a sentence states itself."""

import functools

import pytest

from transforms.events.assertion import is_asserted
from transforms.events.nlp import read_texts
from transforms.events.sentences import split_sentences
from transforms.language import load_language
from transforms.language.parser import BUNDLED

pytestmark = pytest.mark.skipif(not BUNDLED.exists(), reason="the language model is not in this checkout")


@functools.cache
def _language():
    return load_language()


@pytest.mark.parametrize(
    ("text", "word", "stated"),
    [
        ("The minister criticized the mayor on Friday.", "criticized", True),
        ("The mayor said on Friday that rebels attacked the town.", "attacked", True),
        ("The minister left the room and criticized the mayor.", "criticized", True),
        ("An explosion killed five people in Leeds.", "explosion", True),
        ("The minister, who criticized the mayor, left the room.", "criticized", False),
        ("After rebels attacked the town, the minister left Gao.", "attacked", False),
        ("The minister condemned the explosion.", "explosion", False),
        ("The minister read a report on the explosion.", "explosion", False),
    ],
)
def test_what_a_sentence_states(text, word, stated):
    (doc,) = read_texts(_language(), [text])
    (sentence,) = split_sentences(doc)
    assert is_asserted(sentence.tree, sentence.texts.index(word)) is stated
