"""Sentences that tell of another happening than the one beside it."""

import pytest

from transforms.events.apart import is_apart, words_of_another
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.sentences import split_sentences

NLP = load_pipeline()
DEEDS = frozenset(["raided", "killed", "shot", "burned", "killing", "fired"])


@pytest.mark.parametrize(
    "text, apart",
    [
        ("In a separate raid, rebels burned a mill.", True),
        ("Another bomb went off near the port.", True),
        ("Later on Sunday rebels fired rockets.", True),
        ("Late on Sunday eight people were killed in Ardon shootings throughout the day.", True),  # a sum
        ("Two people were killed in shootings in Ardon.", False),
        ("Last week, a market was also attacked by rebels.", True),
        ("Rebels burned a mill.", False),
    ],
)
def test_a_sentence_says_that_it_is_another(text, apart):
    assert is_apart(text) is apart


@pytest.mark.parametrize(
    "text, word, other",
    [
        ("Troops raided a camp in Ardon, two days after rebels killed a mayor.", "killed", True),
        ("Troops raided a camp in Ardon, two days after rebels killed a mayor.", "raided", False),
        ("A nurse was shot earlier this year in Ardon.", "shot", True),
        ("A nurse was shot this year in Ardon.", "shot", False),
        ("Two days after the vote, rebels killed a mayor.", "killed", False),
        ("A guard died two days after rebels shot him.", "shot", False),
        ("Herders burned a farm in retaliation for the killing of a boy.", "killing", True),
        ("Herders burned a farm to avenge the killing of a boy.", "killing", True),
        ("Troops fired after rebels killed a mayor.", "killed", False),
    ],
)
def test_days_lie_between_or_it_is_avenged(text, word, other):
    (doc,) = read_texts(NLP, [text])
    (sentence,) = split_sentences(doc)
    deeds = [at for at, low in enumerate(sentence.lows) if low in DEEDS]
    assert (sentence.lows.index(word) in words_of_another(sentence, deeds)) is other
