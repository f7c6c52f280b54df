"""People whom a sentence names as hurt or as suspected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.events.people import name_people
from transforms.events.rolecues import role_by_words
from transforms.events.sentences import plain_sentence


def people(text, names=None):
    (sentence,) = plain_sentence(text)
    return [(person.name, person.role[0]) for person in name_people(sentence, names or {})]


@pytest.mark.parametrize(
    "text, found",
    [
        ("Ann Lee, 23, was pronounced dead at the scene.", [("Ann Lee", "r")]),
        ("The victims were Ann Lee, 23, and Tom Ray, 40, of Ardon.", [("Ann Lee", "r"), ("Tom Ray", "r")]),
        ("He was identified as 40-year-old Tom Ray.", [("Tom Ray", "r")]),
        (
            "The coroner identified the two men killed as Sam Poe, 22, and Joe Fry, 24.",
            [("Sam Poe", "r"), ("Joe Fry", "r")],
        ),
        ("Gunfire struck two others: Sam Poe, 22; and Joe Fry, 24.", [("Sam Poe", "r"), ("Joe Fry", "r")]),
        ("The dead were Ann Lee, 20, and Jean de la Croix, 33.", [("Ann Lee", "r"), ("Jean de la Croix", "r")]),
        (
            "Those killed were identified as Ann Lee, 23, constable Tom Ray, 40, and driver Sam Poe, 22.",
            [("Ann Lee", "r"), ("Tom Ray", "r"), ("Sam Poe", "r")],
        ),
        ("They accused Jim Fox's cousin.", []),
        ("The suspect, identified as Jim Fox, 31, was seized.", [("Jim Fox", "a")]),
        ("Police charged Jim Fox, 31, with murder.", [("Jim Fox", "a")]),
        ("Jim Fox, 31, was arrested on Friday.", [("Jim Fox", "a")]),
        ("Jim Fox, 31, was charged with neglect of a child.", []),
        ("Jim Fox, 31, was charged with possession of cocaine.", []),
        ("Jim Fox, 31, was charged with murder and possession of cocaine.", [("Jim Fox", "a")]),
        ("The suspect, Jim Fox, 31, fled.", [("Jim Fox", "a")]),
        ("Warrants were obtained for Jim Fox, 31, and Al Day, 29.", [("Jim Fox", "a"), ("Al Day", "a")]),
        ("Jim Fox, 31, opened fire at the party.", [("Jim Fox", "a")]),
        ("Jim Fox, 31, shot Ann Lee, 23, in a car park.", [("Jim Fox", "a"), ("Ann Lee", "r")]),
        ("Luc Moy, 16, shot to death in his home.", [("Luc Moy", "r")]),
        ("It was the worst day of my life, said Ann Lee, 23, of Ardon.", []),
        ("Sheriff Don Hall said the men are wanted.", []),
        ("Ann Lee, 59", [("Ann Lee", "r")]),
        ("Ann Lee, 59, Poe's mother,", [("Ann Lee", "r")]),
        ("A fourth person, Sam Poe, 30, had gunshot wounds to the head.", [("Sam Poe", "r")]),
        (
            "The victims were identified as: Ann Lee, 39, Poe's mother, Tom Ray, 36, his stepfather, and Eve Dow, 57.",
            [("Ann Lee", "r"), ("Tom Ray", "r"), ("Eve Dow", "r")],
        ),
        (
            "Sam Poe, 22, Joe Fry, 24, and the juvenile female, all of Ardon, were taken to hospital for treatment.",
            [("Sam Poe", "r"), ("Joe Fry", "r")],
        ),
        ("The fair opened in March with 23 stands.", []),
    ],
)
def test_names_the_hurt_and_the_suspected(text, found):
    assert people(text) == found


@pytest.mark.parametrize(
    "before, after, is_aged, role",
    [
        ("police arrested", "on sunday", False, "actor"),
        ("police said", "was arrested", False, "actor"),
        ("police said", "and others", False, None),
        ("the victims were identified as employee", "of ardon", False, "recipient"),
        ("shot by officer", "on sunday", False, "actor"),
        ("two survivors from the shooting friday,", "were not named before", False, "recipient"),
        ("", "was one of the young men gunned down", False, "recipient"),
        ("she lived with", "one of the four people killed in the house", False, "recipient"),
        ("", "turned themselves in", False, "actor"),
        ("", "was arrested in may over posts on graft", False, None),
        ("", "'s wound was self-inflicted", False, "self"),
        ("", "died of an apparent self-inflicted gunshot wound", True, "self"),
        ("", "then shot himself", False, "self"),
        ("", "was shot by her husband, who killed himself", False, "recipient"),
        ("she was arrested", "on sunday", True, "actor"),
        ("police named", "as persons of interest in the case", False, "actor"),
        ("the death of", "in may", False, "recipient"),
        ("", "was struck by a bullet", False, "recipient"),
        ("", "lives nearby", True, None),
        ("", "plays the violin", False, None),
        ("", "plays the violin after the victim died", True, None),
    ],
)
def test_the_words_around_say_which(before, after, is_aged, role):
    assert role_by_words(before, after, is_aged) == role


@given(st.text(alphabet='AB ab.,;()"“”-23’s', max_size=60))
def test_never_raises(text):
    for sentence in plain_sentence(text):
        assert isinstance(name_people(sentence, {}), list)
