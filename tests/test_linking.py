"""One happening told in two stories is one event: what a follow-up tells by the way points to the news of it."""

import pytest
from test_events import DIARRA, KEITA, SOLDIERS, article, told

from transforms.events.linking import link_events, spot_of
from transforms.events.memory import EventMemory
from transforms.events.merging import merge_events
from transforms.records import Told

GAO = dict(latitude=16.27, longitude=-0.04, event_mode="explosives")


def event(name, story, hour=0, **changes):
    """The event of a story that one article tells."""
    of = article(name, hour)
    _, [found] = merge_events(story, [], [(of, [told(of, **GAO | changes)])])
    return found


NEWS = event("a", "s1", killed_best=12)


def links(*events, new=()):
    return {each.event_id: each.merged_into for each in link_events(events, new)}


@pytest.mark.parametrize(
    "changes",
    [
        dict(killed_best=12),
        dict(killed_best=14),  # a toll that grew
        dict(killed_best=12, event_mode=None),
    ],
)
def test_what_a_follow_up_tells_by_the_way_is_the_event_of_the_news(changes):
    follow_up = event("b", "s2", 48, rank=2, **changes)
    assert links(NEWS, follow_up) == {follow_up.event_id: NEWS.event_id}


@pytest.mark.parametrize(
    "changes",
    [
        dict(rank=1, killed_best=14),  # the news of its own story
        dict(rank=2, killed_best=30),
        dict(rank=2, killed_best=12, event_mode="firearms"),
        dict(rank=2, killed_best=12, event_type="PROTEST"),
        dict(rank=2, killed_best=12, realis="historical"),
        dict(rank=2),  # nothing but the day and the town
    ],
)
def test_what_may_be_another_happening_stays_by_itself(changes):
    assert links(NEWS, event("b", "s2", 48, **changes)) == {}


@pytest.mark.parametrize("changes", [dict(killed_best=12), dict(recipients=(DIARRA,))])
def test_the_news_of_two_stories_needs_the_same_toll_or_names(changes):
    news, round_up = event("a", "s1", **changes), event("b", "s2", 5, **changes)
    assert links(news, round_up) == {round_up.event_id: news.event_id}


def test_two_people_killed_in_one_town_on_one_day_are_two_events():
    one = event("a", "s1", recipients=(DIARRA,))
    other = event("b", "s2", 1, rank=2, recipients=(KEITA,))
    same = event("c", "s3", 1, rank=2, recipients=(DIARRA,))
    assert links(one, other, same) == {same.event_id: one.event_id}


def test_without_the_news_the_first_report_stands():
    late, early = (event(name, name, hour, rank=2, killed_best=9) for name, hour in (("a", 9), ("b", 1)))
    assert links(late, early) == {late.event_id: early.event_id}


def test_a_link_is_a_revision_and_holds_until_its_event_is_seen_to_be_gone():
    follow_up = event("b", "s2", 48, rank=2, killed_best=12)
    [linked] = link_events([NEWS, follow_up])
    assert (linked.revision, linked.changes, linked.claims) == (2, ("merged_into",), follow_up.claims)
    assert links(linked) == {}  # a run does not read all there is
    gone = NEWS._replace(claims=())
    assert links(gone, linked) == {linked.event_id: None}
    [fresh] = link_events([NEWS, follow_up], [follow_up.event_id])
    assert (fresh.revision, fresh.changes) == (1, ())


def test_only_events_of_a_known_day_and_point_are_compared():
    assert spot_of(NEWS) == spot_of(event("b", "s2")) is not None
    assert spot_of(event("b", "s2", date_precision="week")) is None
    assert spot_of(event("b", "s2", geo_precision="admin1")) is None
    assert spot_of(event("b", "s2", latitude=None)) is None


def test_a_linked_event_goes_on_in_its_story():
    memory = EventMemory()

    def tell(name, story, hour, **changes):
        of = article(name, hour)._replace(story_id=story)
        return memory.tell(Told(of, [told(of, **GAO | dict(recipients=(SOLDIERS,), killed_best=12) | changes)]))

    [row], [follow_up] = tell("b", "s2", 48, rank=2)
    assert follow_up.merged_into is None
    _, revisions = tell("a", "s1", 0)
    [news] = [each for each in revisions if each.story_id == "s1"]
    [linked] = [each for each in revisions if each.story_id == "s2"]
    assert (linked.event_id, linked.merged_into, linked.revision) == (row.event_id, news.event_id, 2)
    _, [again] = tell("c", "s2", 50, rank=2)
    assert (again.event_id, again.merged_into, again.revision) == (row.event_id, news.event_id, 3)
    assert [claim.article_id for claim in again.claims] == ["b", "c"]
