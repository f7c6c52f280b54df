"""Days as news tells them, on Wednesday 20 March 2024 where nothing else is said."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.events.dates import find_dates, resolve_days
from transforms.events.days import last_day, resolve_day

WEDNESDAY = datetime.date(2024, 3, 20)
DAY = datetime.date


@pytest.mark.parametrize(
    "text, first, precision",
    [
        ("on Sunday", DAY(2024, 3, 17), "day"),
        ("Sunday night", DAY(2024, 3, 17), "day"),
        ("Wednesday", DAY(2024, 3, 20), "day"),
        ("last Wednesday", DAY(2024, 3, 13), "day"),
        ("Monday last week", DAY(2024, 3, 11), "day"),
        ("next Friday", DAY(2024, 3, 22), "day"),
        ("today", DAY(2024, 3, 20), "day"),
        ("this morning", DAY(2024, 3, 20), "day"),
        ("yesterday", DAY(2024, 3, 19), "day"),
        ("overnight", DAY(2024, 3, 19), "day"),
        ("the day before yesterday", DAY(2024, 3, 18), "day"),
        ("two days ago", DAY(2024, 3, 18), "day"),
        ("a few minutes ago", DAY(2024, 3, 20), "day"),
        ("6 hours ago", DAY(2024, 3, 20), "day"),
        ("hours ago", DAY(2024, 3, 20), "day"),
        ("in the past few hours", DAY(2024, 3, 20), "day"),
        ("3 weeks ago", DAY(2024, 2, 28), "week"),
        ("a month ago", DAY(2024, 2, 1), "month"),
        ("last week", DAY(2024, 3, 11), "week"),
        ("last winter", DAY(2023, 1, 1), "year"),
        ("last autumn", DAY(2023, 1, 1), "year"),
        ("over the weekend", DAY(2024, 3, 16), "week"),
        ("last month", DAY(2024, 2, 1), "month"),
        ("last year", DAY(2023, 1, 1), "year"),
        ("March 17", DAY(2024, 3, 17), "day"),
        ("May 19", DAY(2023, 5, 19), "day"),
        ("March 25", DAY(2024, 3, 25), "day"),
        ("19 May 2014", DAY(2014, 5, 19), "day"),
        ("May 19, 2014", DAY(2014, 5, 19), "day"),
        ("Saturday, Feb. 9, 2013", DAY(2013, 2, 9), "day"),
        ("4 Feb 90", DAY(1990, 2, 4), "day"),
        ("2014-05-19", DAY(2014, 5, 19), "day"),
        ("December 29", DAY(2023, 12, 29), "day"),
        ("in November", DAY(2023, 11, 1), "month"),
        ("in May 2011", DAY(2011, 5, 1), "month"),
        ("in 2016", DAY(2016, 1, 1), "year"),
    ],
)
def test_resolves(text, first, precision):
    days = resolve_day(text, WEDNESDAY)
    assert (days.first, days.precision) == (first, precision)
    assert days.last == last_day(first, precision) or text == "over the weekend"


@pytest.mark.parametrize(
    "text, days",
    [
        ("They attacked the previous night, police said on Monday.", [DAY(2024, 3, 17), DAY(2024, 3, 18)]),
        ("On Tuesday he buried a man shot the day before.", [DAY(2024, 3, 19), DAY(2024, 3, 18)]),
        ("They shot him two days earlier, police said on Monday.", [DAY(2024, 3, 16), DAY(2024, 3, 18)]),
        ("They attacked the previous night.", [None]),
        ("They left the day before the vote on Monday.", [DAY(2024, 3, 18)]),
        ("Between late Saturday and early Monday they shot 33 men.", [DAY(2024, 3, 16)]),
        ("They came in the night of Saturday to Sunday.", [DAY(2024, 3, 16)]),
        ("They came overnight Saturday to Sunday.", [DAY(2024, 3, 16)]),
        ("They came on the night of 16 to 17 March.", [DAY(2024, 3, 16)]),
        ("They came at about 2 a.m. last night.", [WEDNESDAY]),
        ("They came at 9 p.m. last night.", [DAY(2024, 3, 19)]),
        ("They came two nights ago.", [DAY(2024, 3, 18)]),
        ("They left on Saturday and on Monday.", [DAY(2024, 3, 16), DAY(2024, 3, 18)]),
    ],
)
def test_days_are_counted_from_others_of_the_sentence(text, days):
    assert [days and days.first for _, days in resolve_days(text, WEDNESDAY)] == days


@pytest.mark.parametrize("text", ["", "soon", "February 30", "2019-99-99", "the village", "two soldiers"])
def test_says_nothing_of_what_is_no_day(text):
    assert resolve_day(text, WEDNESDAY) is None


def test_without_a_reference_only_full_dates_have_a_meaning():
    assert resolve_day("Sunday", None) is None
    assert resolve_day("19 May 2014", None).first == DAY(2014, 5, 19)


def test_a_day_to_come():
    assert resolve_day("Friday", WEDNESDAY, future=True).first == DAY(2024, 3, 22)
    assert resolve_day("June 3", WEDNESDAY, future=True).first == DAY(2024, 6, 3)


@pytest.mark.parametrize(
    "text, found",
    [
        ("Rebels attacked a convoy on Sunday, two days after talks.", ["Sunday"]),
        ("They may march in protest.", []),
        ("Frost covered the mill in the winter sun.", []),
        ("They meet every Sunday and met on Monday.", ["Monday"]),
        ("He was killed in May 2011 and buried last week.", ["in May 2011", "last week"]),
        ("Posted: Monday, March 2, 2015. Two men were shot Sunday night.", ["Sunday night"]),
    ],
)
def test_finds_dates(text, found):
    spans = find_dates(text)
    assert [span.text for span in spans] == found
    assert all(text[span.start : span.end] == span.text for span in spans)


@settings(max_examples=60)
@given(st.text(), st.dates())
def test_never_raises(text, reference):
    for span in find_dates(text):
        resolve_day(span.text, reference)
    resolve_day(text, reference)
