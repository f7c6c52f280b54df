"""Many addresses at once, one at a time for each host, each element exactly once."""

import dataclasses
import gzip
import itertools
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Answer, Site, names_of

from transforms.errors import Failure
from transforms.fates import Rejected
from transforms.web.crawl import ANSWERS_AHEAD, Request, crawl
from transforms.web.hosts import MAX_PAUSES, Pauses
from transforms.web.http import HttpSettings
from transforms.web.robots import FRESH_SECONDS, Robots, RobotsMemory

PAGE = Answer(b"<html>a page</html>")
ROBOTS = "/robots.txt"


def request(url: str, element: Any = None, heed_robots: bool = False) -> Request:
    return Request(url if element is None else element, url, 10_000, {}, heed_robots)


def outcomes(requests: list[Request], settings: HttpSettings, **changes: Any) -> dict[Any, Any]:
    """Element -> its outcome; each element must come exactly once."""
    answers = list(crawl(requests, dataclasses.replace(settings, **changes)))
    assert sorted(str(element) for element, _ in answers) == sorted(str(each.element) for each in requests)
    return dict(answers)


def fate(outcome: Any) -> Any:
    """An outcome in one word: a status, a reason of rejection, a failure's reason."""
    if isinstance(outcome, Failure | Rejected):
        return outcome.reason
    return outcome if isinstance(outcome, Exception) else outcome.status


def seconds_between(site: Site) -> list[float]:
    return [later.at - earlier.at for earlier, later in itertools.pairwise(site.seen)]


def crawl_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "crawl"]


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    yield
    assert crawl_threads() == []


def test_nothing_asked_nothing_answered(http_settings: HttpSettings) -> None:
    assert outcomes([], http_settings) == {}


def test_every_element_comes_once_whatever_becomes_of_it(
    site: Site, other_site: Site, http_settings: HttpSettings
) -> None:
    fates = {
        "/a": (PAGE, 200),
        "/same": (Answer(status=304), 304),
        "/gone": (Answer(status=410), "http_410"),
        "/busy": (Answer(status=503), "http_503"),
        "/loop": (Answer(status=302, headers={"Location": "/loop"}), "too_many_redirects"),
        "/out": (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "bad_redirect"),
        "/large": (Answer(b"x" * 10_001), "too_large"),
        "/short": (Answer(gzip.compress(b"x" * 100)[:-1], headers={"Content-Encoding": "gzip"}), "truncated"),
    }
    for each in (site, other_site):
        each.answers = {path: answer for path, (answer, _) in fates.items()}
    requests = [request(each.url(path)) for path in fates for each in (site, other_site)]
    found = outcomes(requests, http_settings)
    for each in (site, other_site):
        assert {path: fate(found[each.url(path)]) for path in fates} == {
            path: word for path, (_, word) in fates.items()
        }


def test_an_address_that_is_asked_for_twice_answers_both(site: Site, http_settings: HttpSettings) -> None:
    site.answers["/a"] = PAGE
    found = outcomes([request(site.url("/a"), "one"), request(site.url("/a"), "two")], http_settings)
    assert {name: fate(outcome) for name, outcome in found.items()} == {"one": 200, "two": 200}


def test_a_limit_and_headers_belong_to_one_request(site: Site, http_settings: HttpSettings) -> None:
    site.answers |= {"/a": Answer(b"x" * 100), "/b": Answer(b"x" * 100)}
    found = outcomes(
        [
            Request("small", site.url("/a"), 99, {"If-None-Match": '"1"'}, False),
            Request("large", site.url("/b"), 100, {}, False),
        ],
        http_settings,
    )
    assert {name: fate(outcome) for name, outcome in found.items()} == {"small": "too_large", "large": 200}
    assert [seen.headers.get("If-None-Match") for seen in site.seen] == ['"1"', None]


# Politeness


def test_a_host_is_asked_in_order_and_with_its_delay(site: Site, http_settings: HttpSettings) -> None:
    paths = [f"/{n}" for n in range(4)]
    site.answers = dict.fromkeys(paths, PAGE)
    outcomes([request(site.url(path)) for path in paths], http_settings, host_delay_seconds=0.1)
    assert site.paths() == paths
    assert min(seconds_between(site)) > 0.09


def test_hosts_do_not_wait_for_each_other(site: Site, other_site: Site, http_settings: HttpSettings) -> None:
    site.answers["/a"] = Answer(b"", stall=True)
    other_site.answers["/b"] = PAGE
    requests = [request(site.url("/a"), "stuck"), request(other_site.url("/b"), "quick")]
    order = [name for name, _ in crawl(requests, dataclasses.replace(http_settings, total_seconds=0.5))]
    assert order == ["quick", "stuck"]


def test_no_more_hosts_at_once_than_allowed(site: Site, other_site: Site, http_settings: HttpSettings) -> None:
    for each in (site, other_site):
        each.answers["/a"] = Answer(b"", stall=True)
    requests = [request(each.url("/a")) for each in (site, other_site)]
    started = time.monotonic()
    found = outcomes(requests, http_settings, hosts_at_once=1, total_seconds=0.4)
    assert {fate(outcome) for outcome in found.values()} == {"timeout"}
    assert time.monotonic() - started > 0.79


def test_a_host_that_rests_is_in_nobody_s_way(site: Site, other_site: Site, http_settings: HttpSettings) -> None:
    site.answers = {"/a": PAGE, "/b": PAGE}
    other_site.answers["/c"] = PAGE
    requests = [request(site.url("/a")), request(site.url("/b")), request(other_site.url("/c"))]
    outcomes(requests, http_settings, hosts_at_once=1, host_delay_seconds=1.5)
    assert other_site.seen[0].at < site.seen[1].at


def test_robots_are_asked_once_a_host_and_heeded(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {ROBOTS: Answer(b"User-agent: newsbeam\nDisallow: /private"), "/a": PAGE, "/b": PAGE}
    requests = [request(site.url(path), path, heed_robots=True) for path in ("/a", "/private/x", "/b")]
    found = outcomes(requests, http_settings)
    assert {path: fate(outcome) for path, outcome in found.items()} == {"/a": 200, "/private/x": "robots", "/b": 200}
    assert site.paths() == [ROBOTS, "/a", "/b"]


def test_feeds_are_asked_for_without_robots(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {ROBOTS: Answer(b"User-agent: *\nDisallow: /"), "/feed": PAGE}
    assert fate(outcomes([request(site.url("/feed"))], http_settings)[site.url("/feed")]) == 200
    assert site.paths() == ["/feed"]


def test_a_host_whose_robots_cannot_be_read_is_left_alone(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {ROBOTS: Answer(status=500), "/a": PAGE, "/b": PAGE}
    requests = [request(site.url(path), path, heed_robots=True) for path in ("/a", "/b")]
    found = outcomes(requests, http_settings, tries=3)
    assert {fate(outcome) for outcome in found.values()} == {"robots_unreachable"}
    assert site.paths() == [ROBOTS]


def test_a_crawl_delay_beyond_patience_is_rejected(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {ROBOTS: Answer(b"User-agent: *\nCrawl-delay: 121"), "/a": PAGE}
    found = outcomes([request(site.url("/a"), "a", heed_robots=True)], http_settings)
    assert fate(found["a"]) == "crawl_delay" and site.paths() == [ROBOTS]


def test_a_crawl_delay_is_kept(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {ROBOTS: Answer(b"User-agent: *\nCrawl-delay: 0.2"), "/a": PAGE, "/b": PAGE}
    outcomes([request(site.url(path), path, heed_robots=True) for path in ("/a", "/b")], http_settings)
    assert site.paths() == [ROBOTS, "/a", "/b"]
    assert seconds_between(site)[1] > 0.19


# Redirects to another host


def moved(to: str) -> Answer:
    return Answer(status=301, headers={"Location": to})


def test_the_pause_of_a_host_holds_for_those_who_are_redirected_to_it(
    site: Site, other_site: Site, http_settings: HttpSettings
) -> None:
    paths = [f"/{n}" for n in range(3)]
    site.answers = {path: moved(other_site.url(path)) for path in paths}
    other_site.answers = dict.fromkeys([*paths, "/own"], PAGE)
    requests = [request(site.url(path)) for path in paths] + [request(other_site.url("/own"))]
    found = outcomes(requests, http_settings, host_delay_seconds=0.15)
    assert {fate(outcome) for outcome in found.values()} == {200}
    assert len(other_site.seen) == 4 and min(seconds_between(other_site)) > 0.14


def test_a_pause_outlives_its_crawl(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {"/feed": PAGE, "/a": PAGE}
    for path in site.answers:
        outcomes([request(site.url(path))], http_settings, host_delay_seconds=0.3)
    assert seconds_between(site)[0] > 0.29


def test_of_very_many_pauses_those_that_are_over_are_forgotten() -> None:
    pauses = Pauses()
    pauses.begin("long", 60.0)
    for number in range(MAX_PAUSES):
        pauses.begin(str(number), 0.0)
    assert pauses.left("long") > 50 and pauses.left("1") == 0.0
    assert len(pauses._until) < MAX_PAUSES


def test_a_redirect_within_a_host_waits_as_well(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {"/a": moved("/b"), "/b": PAGE}
    outcomes([request(site.url("/a"))], http_settings, host_delay_seconds=0.15)
    assert seconds_between(site)[0] > 0.14


def test_waiting_for_another_host_is_not_part_of_the_deadline(
    site: Site, other_site: Site, http_settings: HttpSettings
) -> None:
    site.answers["/a"] = moved(other_site.url("/b"))
    other_site.answers = {"/own": PAGE, "/b": PAGE}
    requests = [request(other_site.url("/own"), "own"), request(site.url("/a"), "a")]
    found = outcomes(requests, http_settings, host_delay_seconds=1.0, total_seconds=0.7)
    assert {fate(outcome) for outcome in found.values()} == {200}


def test_robots_of_the_host_where_a_redirect_leads_are_heeded(
    site: Site, other_site: Site, http_settings: HttpSettings
) -> None:
    site.answers = {"/a": moved(other_site.url("/open")), "/b": moved(other_site.url("/private"))}
    other_site.answers = {ROBOTS: Answer(b"User-agent: *\nDisallow: /private"), "/open": PAGE, "/private": PAGE}
    requests = [request(site.url(path), path, heed_robots=True) for path in ("/a", "/b")]
    found = outcomes(requests, http_settings)
    assert {path: fate(outcome) for path, outcome in found.items()} == {"/a": 200, "/b": "robots"}
    assert other_site.paths() == [ROBOTS, "/open"]


def test_two_hosts_that_redirect_to_each_other_do_not_lock(
    site: Site, other_site: Site, http_settings: HttpSettings
) -> None:
    site.answers = {ROBOTS: moved(other_site.url(ROBOTS)), "/a": moved(other_site.url("/b"))}
    other_site.answers = {ROBOTS: moved(site.url(ROBOTS)), "/b": moved(site.url("/a"))}
    requests = [request(site.url("/a"), "a", True), request(other_site.url("/b"), "b", True)]
    found = outcomes(requests, http_settings)
    assert {fate(outcome) for outcome in found.values()} == {"robots_unreachable"}


# What a host says of itself


def test_a_host_that_is_asked_too_often_is_asked_six_times_as_rarely(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {"/a": PAGE, "/b": Answer(status=429), "/c": PAGE, "/d": PAGE}
    requests = [request(site.url(path), path) for path in site.answers]
    outcomes(requests, http_settings, host_delay_seconds=0.1)
    first, *later = seconds_between(site)
    assert 0.09 < first < 0.5 and min(later) > 0.59


def test_rules_that_are_known_are_not_asked_for_again(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {ROBOTS: Answer(b"User-agent: *\nDisallow: /b"), "/a": PAGE}
    memory = RobotsMemory()
    for _ in range(2):
        answers = dict(crawl([request(site.url(path), path, True) for path in ("/a", "/b")], http_settings, memory))
        assert {path: fate(outcome) for path, outcome in answers.items()} == {"/a": 200, "/b": "robots"}
    assert site.paths() == [ROBOTS, "/a", "/a"]


def test_while_a_host_is_in_trouble_its_last_rules_hold(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {ROBOTS: Answer(status=503), "/a": PAGE}
    memory = RobotsMemory()
    memory.keep(site.url(ROBOTS), Robots(None, "newsbeam"), time.time() - 2 * FRESH_SECONDS)
    ((_, outcome),) = crawl([request(site.url("/a"), "a", True)], http_settings, memory)
    assert fate(outcome) == 200 and site.paths() == [ROBOTS, "/a"]


def test_rules_that_stand_elsewhere_are_asked_for_once(
    site: Site, other_site: Site, http_settings: HttpSettings
) -> None:
    """As of http://outlet and https://outlet."""
    site.answers = {ROBOTS: moved(other_site.url(ROBOTS)), "/a": moved(other_site.url("/a"))}
    other_site.answers = {ROBOTS: Answer(b""), "/a": PAGE}
    assert fate(outcomes([request(site.url("/a"), "a", True)], http_settings)["a"]) == 200
    assert other_site.paths() == [ROBOTS, "/a"]


# Trying again


def test_what_may_pass_is_tried_again_after_the_others(site: Site, http_settings: HttpSettings) -> None:
    site.answers = {"/a": [Answer(status=503, headers={"Retry-After": "1"}), PAGE], "/b": PAGE}
    found = outcomes([request(site.url(path), path) for path in ("/a", "/b")], http_settings, tries=2)
    assert {path: fate(outcome) for path, outcome in found.items()} == {"/a": 200, "/b": 200}
    assert site.paths() == ["/a", "/b", "/a"]
    assert seconds_between(site)[0] > 0.9  # the host is left alone meanwhile


@pytest.mark.parametrize(
    "answer",
    [Answer(status=404), Answer(status=403), Answer(b"x" * 10_001), Answer(status=503, headers={"Retry-After": "60"})],
    ids=["404", "403", "too large", "in a minute"],
)
def test_what_will_not_pass_now_is_tried_once(site: Site, http_settings: HttpSettings, answer: Answer) -> None:
    site.answers["/a"] = answer
    outcomes([request(site.url("/a"))], http_settings, tries=5)
    assert len(site.seen) == 1


def test_tries_are_counted(site: Site, http_settings: HttpSettings) -> None:
    site.answers["/a"] = Answer(raw=b"")
    found = outcomes([request(site.url("/a"), "a")], http_settings, tries=2)
    assert fate(found["a"]) == "connect" and len(site.seen) == 2


# Consumers, fast and slow


def test_a_consumer_may_leave_early(site: Site, http_settings: HttpSettings) -> None:
    paths = [f"/{n}" for n in range(3 * ANSWERS_AHEAD)]
    site.answers = dict.fromkeys(paths, PAGE)
    answers = crawl([request(site.url(path)) for path in paths], http_settings)
    next(answers)
    answers.close()
    assert crawl_threads() == []
    assert len(site.seen) < len(paths)


def test_leaving_early_does_not_wait_for_slow_hosts(site: Site, other_site: Site, http_settings: HttpSettings) -> None:
    site.answers["/a"] = PAGE
    other_site.answers |= {"/b": Answer(b"", stall=True)}
    delayed = [request(site.url("/a"), n) for n in range(3)]
    settings = dataclasses.replace(http_settings, host_delay_seconds=20.0, total_seconds=20.0)
    answers = crawl([*delayed, request(other_site.url("/b"), "stuck")], settings)
    next(answers)
    started = time.monotonic()
    answers.close()
    assert time.monotonic() - started < 5
    assert crawl_threads() == []


def test_a_crawl_that_nobody_reads_runs_ahead_by_a_few_answers_only(site: Site, http_settings: HttpSettings) -> None:
    paths = [f"/{n}" for n in range(3 * ANSWERS_AHEAD)]
    site.answers = dict.fromkeys(paths, PAGE)
    answers = crawl([request(site.url(path)) for path in paths], http_settings)
    next(answers)
    deadline = time.monotonic() + 5
    while len(site.seen) < ANSWERS_AHEAD + 2 and time.monotonic() < deadline:
        site.closing.wait(0.02)
    assert len(site.seen) <= ANSWERS_AHEAD + 3
    answers.close()


def test_a_slow_consumer_costs_no_answer(http_settings: HttpSettings) -> None:
    """More answers wait than there are threads to hand them over: names must still be looked up meanwhile."""
    sites = [Site(**{"/a": PAGE}) for _ in range(ANSWERS_AHEAD + 30)]
    late = Site(**{"/late": PAGE})
    try:
        requests = [request(each.url("/a")) for each in sites]
        requests.append(request(late.url("/late", host="localhost"), "late"))
        settings = dataclasses.replace(http_settings, hosts_at_once=len(sites) - 5, total_seconds=1.0)
        answers = crawl(requests, settings)
        found = [next(answers)]
        late.closing.wait(2.0)  # a consumer that is busy for longer than the deadline of one request
        found += answers
    finally:
        for each in [*sites, late]:
            each.close()
    assert len(found) == len(requests)
    assert {fate(outcome) for _, outcome in found} == {200}


@pytest.mark.parametrize("case", [("http://[/", ValueError), ("nonsense", ValueError)], ids=names_of)
def test_an_address_that_is_none_is_a_bug_that_shows(http_settings: HttpSettings, case: tuple) -> None:
    with pytest.raises(case[1]):
        list(crawl([request(case[0])], http_settings))
