"""Events that follow their stories in a stream: as a bounded run merges them, and again from what state holds."""

import pytest
from test_events import article, told

from transforms.events.memory import EventMemory
from transforms.events.merging import merge_events
from transforms.follow import News, take_in
from transforms.records import Event, Told

ONE, TWO, THREE = (article(name, hour)._replace(story_id="s1") for hour, name in enumerate("abc"))


def tells(of, story_id="s1", **changes):
    placed = of._replace(story_id=story_id)
    return Told(placed, [told(placed, **changes)])


def live(memory):
    """Event, story and articles of the events that somebody tells."""
    return sorted(
        (event.event_id, event.story_id, sorted(claim.article_id for claim in event.claims))
        for event in memory.events.values()
        if event.claims
    )


def test_one_by_one_gives_what_all_at_once_gives():
    memory = EventMemory()
    for each in (ONE, TWO, THREE):
        memory.tell(tells(each))
    _, at_once = merge_events("s1", [], [(each, tells(each).events) for each in (ONE, TWO, THREE)])
    assert [event._replace(revision=1, changes=()) for event in memory.events.values()] == at_once


def test_an_event_goes_where_most_of_its_articles_are():
    memory = EventMemory()
    for each in (ONE, TWO, THREE):
        memory.tell(tells(each))
    [(event_id, _, _)] = live(memory)
    assert memory.move("a", "s2") == []
    [moved] = memory.move("b", "s2")
    assert (moved.event_id, moved.story_id) == (event_id, "s2")
    assert live(memory) == [(event_id, "s2", ["a", "b", "c"])]
    memory.tell(tells(article("d", 4), "s2"))
    assert live(memory) == [(event_id, "s2", ["a", "b", "c", "d"])]


def test_what_nobody_told_moves_without_harm():
    assert EventMemory().move("x", "s2") == []


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_memory_made_anew_goes_on_as_the_old_one(forgotten):
    old, seen = EventMemory(), []
    for each in (ONE, TWO, THREE):
        seen += old.tell(tells(each))[1]
    old.move("a", "s2")
    if forgotten:  # as state is tidied up: the newest revisions only
        old.expire(30)
        seen = list(old.events.values())
    new = EventMemory(reversed(seen), old.places.items())
    assert live(new) == live(old)
    assert new.move("b", "s2") == old.move("b", "s2")
    assert live(new) == live(old)


def test_events_that_were_last_told_long_ago_are_forgotten():
    memory = EventMemory()
    memory.tell(tells(ONE))
    memory.move("a", "s3")
    memory.tell(tells(article("z", 24 * 40), "s9", place_name="Kidal"))
    memory.expire(30)
    assert [stories for _, stories, _ in live(memory)] == ["s9"]
    assert memory.places == {}


def test_an_article_that_takes_back_what_it_said_leaves_no_live_event():
    memory = EventMemory()
    memory.tell(tells(ONE))
    corrected = ONE._replace(version=2)
    [gone] = memory.tell(Told(corrected, []))[1]
    assert (gone.article_count, live(memory)) == (0, [])


def test_news_of_each_kind_is_taken_in():
    memory = EventMemory()
    outputs = list(take_in(memory, News(told=tells(ONE))))
    [event] = [output for output in outputs if isinstance(output, Event)]
    [row] = [output.value for output in outputs if not isinstance(output, Event)]
    assert row.event_id == event.event_id
    assert [moved.story_id for moved in take_in(memory, News(article_id="a", story_id="s2"))] == ["s2"]
    fresh = EventMemory()
    assert list(take_in(fresh, News(event=event))) == []
    assert live(fresh) == [(event.event_id, "s1", ["a"])]
