"""Numbers, as figures or as words."""

import pytest

from transforms.events.numerals import parse_number


@pytest.mark.parametrize(
    "words, number",
    [
        ("twelve", (12, 1)),
        ("a dozen", (12, 2)),
        ("two dozen", (24, 2)),
        ("one hundred and twenty", (120, 4)),
        ("1,200", (1200, 1)),
        ("2016", (None, 0)),
        ("dozens", (None, 0)),
        ("soldiers", (None, 0)),
    ],
)
def test_reads_numbers(words, number):
    assert parse_number(words.split(), 0) == number
