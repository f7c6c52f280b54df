"""How often a publisher wants to be asked, in all the places where that can be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.web.wishes import MAX_WISH_SECONDS, Wishes, read_wishes

NOON = 1_773_144_000.0  # 2026-03-10 12:00:00 UTC
HOUR = 3_600.0


def rss(head: str) -> bytes:
    item = "<item><title>A</title></item>"
    return f'<rss version="2.0"><channel><title>T</title>{head}{item}</channel></rss>'.encode()


def wishes(head: str = "", **headers: str) -> Wishes:
    return read_wishes(rss(head), {name.replace("_", "-"): value for name, value in headers.items()}, NOON)


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", None),
        ("<ttl>60</ttl>", HOUR),
        ("<ttl> 5 </ttl>", 300.0),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-60</ttl>", None),
        ("<ttl>999999999</ttl>", MAX_WISH_SECONDS),
        ("<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency>\n\t2\t</sy:updateFrequency>", HOUR / 2),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 6 * HOUR),
        ("<updatePeriod>hourly</updatePeriod>", HOUR),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", MAX_WISH_SECONDS),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", HOUR),
        ("<sy:updatePeriod>always</sy:updatePeriod>", None),
        ("<ttl>10</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", HOUR),
    ],
)
def test_a_feed_says_how_often_it_changes(head: str, seconds: float | None) -> None:
    assert wishes(head).seconds == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache_control": "max-age=900"}, 900.0),
        ({"cache_control": "public, Max-Age=900, must-revalidate"}, 900.0),
        ({"cache_control": 'max-age="900"'}, 900.0),
        ({"cache_control": "max-age=900", "age": "300"}, 600.0),
        ({"cache_control": "max-age=900", "age": "1000"}, None),
        ({"cache_control": "max-age=900", "age": "old"}, 900.0),
        ({"cache_control": "s-maxage=900"}, None),
        ({"cache_control": "no-cache, max-age=900"}, None),
        ({"cache_control": "no-store"}, None),
        ({"cache_control": "max-age=0", "expires": "Tue, 10 Mar 2026 13:00:00 GMT"}, None),
        ({"cache_control": "max-age=31536000"}, MAX_WISH_SECONDS),
        ({"expires": "Tue, 10 Mar 2026 13:00:00 GMT"}, HOUR),
        ({"expires": "Tue, 10 Mar 2026 11:00:00 GMT"}, None),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
        ({"cache_control": "private", "expires": "Tue, 10 Mar 2026 13:00:00 GMT"}, HOUR),
    ],
)
def test_an_answer_says_how_long_it_stays_fresh(headers: dict, seconds: float | None) -> None:
    assert wishes(**headers).seconds == seconds


def test_of_several_wishes_the_longest_counts() -> None:
    assert wishes("<ttl>30</ttl>", cache_control="max-age=60").seconds == 1_800.0
    assert wishes("<ttl>1</ttl>", cache_control="max-age=900").seconds == 900.0


@pytest.mark.parametrize(
    ("head", "hours", "days"),
    [
        ("<skipHours><hour>1</hour><hour>0</hour>\n<hour> 23 </hour></skipHours>", (0, 1, 23), ()),
        ("<skipHours><hour>24</hour></skipHours>", (0,), ()),
        ("<skipHours><hour>25</hour><hour>x</hour></skipHours>", (), ()),
        ("<skipDays><day>Sunday</day><day>Monday</day></skipDays>", (), (0, 6)),
        ("<skipDays><day>saturday</day><day>Someday</day></skipDays>", (), (5,)),
        ("<skipHours><hour>1</hour>", (), ()),
        ("<hour>1</hour><day>Sunday</day>", (), ()),
    ],
)
def test_a_feed_says_when_it_rests(head: str, hours: tuple, days: tuple) -> None:
    found = wishes(head)
    assert (found.skip_hours, found.skip_days) == (hours, days)


def test_what_an_entry_says_is_no_wish_of_its_feed() -> None:
    body = rss("").replace(b"<title>A</title>", b"<ttl>60</ttl>")
    assert read_wishes(body, {}, NOON) == Wishes()


@pytest.mark.parametrize("body", [b"", b'{"items": []}', "<ttl>60</ttl>".encode("utf-16"), b"<skipHours>" * 100_000])
def test_what_has_no_wishes(body: bytes) -> None:
    assert read_wishes(body, {}, NOON) == Wishes()


@given(st.binary(max_size=300), st.text(max_size=60), st.text(max_size=40), st.text(max_size=20))
def test_reading_wishes_never_fails(body: bytes, control: str, expires: str, age: str) -> None:
    headers = {"cache-control": control, "expires": expires, "age": age}
    found = read_wishes(rss(body.decode("latin-1")), headers, NOON)
    assert found.seconds is None or 0 < found.seconds <= MAX_WISH_SECONDS
