"""robots.txt by RFC 9309: what a host lets us read, and what its silence means."""

import pytest

from transforms.errors import Failure
from transforms.web.http import Response
from transforms.web.robots import FRESH_SECONDS, GOOD_SECONDS, MAX_HOSTS, Robots, RobotsMemory, read_robots, unreachable

AGENT = "newsbeam/0.1 (+https://contact.example/bot)"
SITE = "https://outlet.example"


def robots(text: str | bytes, status: int = 200) -> Robots:
    body = text.encode() if isinstance(text, str) else text
    return read_robots(Response(f"{SITE}/robots.txt", status, {}, body, 0.0), AGENT)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /private", "/private/a", False),
        ("User-agent: *\nDisallow: /private", "/public", True),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x=1", True),
        ("User-agent: newsbeam\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", False),
        ("User-agent: NewsBeam\nDisallow: /", "/a", False),
        ("User-agent: newsbeam\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: otherbot\nDisallow: /", "/a", True),
        ("User-agent: contact\nDisallow: /", "/a", True),  # a word in our contact is not our name
        ("User-agent: bot\nDisallow: /", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\r\nDisallow: /\r\n", "/a", False),
        ("<html>no rules at all</html>", "/a", True),
        (b"\xff\xfe\x00User-agent: *\x00", "/a", True),
    ],
)
def test_rules_are_followed(text: str | bytes, path: str, allowed: bool) -> None:
    assert robots(text).allows(SITE + path) is allowed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_rules_allow_everything(status: int) -> None:
    rules = robots("User-agent: *\nDisallow: /", status)
    assert rules.allows(f"{SITE}/a") and rules.delay_seconds == 0.0


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
def test_a_host_in_trouble_forbids_everything_for_now(status: int) -> None:
    with pytest.raises(Failure, match=str(status)) as failed:
        robots("", status)
    assert (failed.value.reason, failed.value.transient) == ("robots_unreachable", True)


@pytest.mark.parametrize("reason", ["timeout", "connect", "dns", "truncated", "too_many_redirects"])
def test_an_unreachable_host_forbids_everything_for_now(reason: str) -> None:
    with pytest.raises(Failure, match="gone quiet") as failed:
        raise unreachable(Failure(reason, "gone quiet"))
    assert (failed.value.reason, failed.value.transient) == ("robots_unreachable", True)


@pytest.mark.parametrize("reason", ["private_address", "port"])
def test_a_host_that_we_must_not_reach_keeps_its_reason(reason: str) -> None:
    with pytest.raises(Failure) as failed:
        raise unreachable(Failure(reason, "no"))
    assert (failed.value.reason, failed.value.transient) == (reason, False)


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("0", 0.0), ("600", 600.0), ("soon", 0.0), ("-3", 0.0), ("nan", 0.0)],
)
def test_the_delay_that_a_host_asks_for(delay: str, seconds: float) -> None:
    assert robots(f"User-agent: *\nCrawl-delay: {delay}").delay_seconds == seconds


def test_the_delay_is_that_of_our_own_group() -> None:
    text = "User-agent: *\nCrawl-delay: 9\n\nUser-agent: newsbeam\nCrawl-delay: 3"
    assert robots(text).delay_seconds == 3.0


def test_rules_are_fresh_for_a_day_and_good_for_a_month() -> None:
    memory, rules = RobotsMemory(), robots("User-agent: *\nDisallow: /")
    memory.keep("r", rules, 1_000.0)
    assert memory.fresh("r", 999.0 + FRESH_SECONDS) is rules and memory.fresh("r", 1_000.0 + FRESH_SECONDS) is None
    assert (
        memory.last_good("r", 999.0 + GOOD_SECONDS) is rules and memory.last_good("r", 1_000.0 + GOOD_SECONDS) is None
    )
    assert memory.fresh("other", 1_000.0) is None


def test_of_very_many_hosts_the_longest_known_are_forgotten() -> None:
    memory, rules = RobotsMemory(), robots("")
    for number in range(MAX_HOSTS + 1):
        memory.keep(str(number), rules, 1_000.0)
    assert memory.fresh("0", 1_000.0) is None and memory.fresh("1", 1_000.0) is rules
