"""Merging the events of a story: one happening is one event, in whatever order its articles come."""

import dataclasses
import datetime
import itertools

import pytest
from apache_beam.coders import registry
from apache_beam.utils.timestamp import Timestamp
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.merging import Told, measure, measure_people, read_told
from transforms.events.merging import merge_events
from transforms.records import Actor, Article, ArticleEvent, Event

SUNDAY = datetime.date(2024, 3, 17)
STORY = "story-1"
SOLDIERS = Actor(None, "five soldiers", "MLI", "MIL")
DIARRA = Actor("Moussa Diarra", "Colonel Diarra", "MLI", "MIL")
KEITA = Actor("Awa Keita", "Keita", "MLI", "CVL")


def article(name="a", hour=0, version=1, copy_of=None, outlet=None, title=None):
    return Article(
        article_id=name,
        version=version,
        url=f"https://{name}.test/",
        page_url=f"https://{name}.test/",
        feed_url="f",
        outlet=outlet or f"outlet {name}",
        title=title or f"title {name}",
        text="",
        authors=(),
        language="en",
        published_at=Timestamp(1710700000 + 3600 * hour),
        published_at_source="feed",
        fetched_at=Timestamp(1710800000),
        word_count=0,
        story_id=STORY,
        copy_of=copy_of,
    )


def told(of, rank=1, **changes):
    facts = dict(
        article_id=of.article_id,
        article_version=of.version,
        url=of.url,
        rank=rank,
        event_id=None,
        event_type="ASSAULT",
        event_mode=None,
        cameo_root="18",
        acled_event_type=None,
        acled_sub_event_type=None,
        realis="actual",
        actors=(),
        recipients=(SOLDIERS,),
        happened_on=SUNDAY,
        date_precision="day",
        date_text="Sunday",
        place_name="Gao",
        admin1=None,
        country="MLI",
        latitude=None,
        longitude=None,
        geo_precision="place",
        killed_best=None,
        injured_best=None,
        confidence=0.5,
        sentence=f"as {of.article_id} says",
        char_start=0,
        char_end=4,
    )
    return ArticleEvent(**{**facts, **changes})


def merge(prior, *pairs):
    return merge_events(STORY, prior, [(of, list(events)) for of, *events in pairs])


def newest(prior, revisions):
    return list(({e.event_id: e for e in prior} | {e.event_id: e for e in revisions}).values())


def test_ten_outlets_and_one_happening_are_one_event():
    of = [article(f"a{i}", hour=i) for i in range(10)]
    rows, events = merge([], *((a, told(a)) for a in of))
    (event,) = events
    assert {row.event_id for row in rows} == {event.event_id}
    assert (event.revision, event.article_count, event.outlet_count, event.independent_count) == (1, 10, 10, 10)
    assert (event.first_reported_at, event.last_reported_at) == (of[0].published_at, of[9].published_at)


@pytest.mark.parametrize("of_the_town", [dict(sentence="Gunmen shot at a bus near Gao."), dict(title="A raid in Gao")])
def test_a_place_in_the_words_of_a_text_goes_before_that_of_datelines(of_the_town):
    title = of_the_town.pop("title", None)
    town = article("c", 2)._replace(title=title)
    wires = [(article(name, hour), told(article(name, hour), place_name="Bamako")) for hour, name in enumerate("ab")]
    _, (event,) = merge([], *wires, (town, told(town, **of_the_town)))
    assert (event.place_name, event.article_count) == ("Gao", 3)


def test_of_places_told_as_often_the_one_on_the_map_is_taken():
    a, b = article("a"), article("b", 1)
    camp = told(a, place_name="Nosuchville", sentence="They died at Nosuchville.", confidence=0.9)
    town = told(b, sentence="They died in Gao.", confidence=0.1, latitude=16.27, longitude=-0.04)
    _, (event,) = merge([], (a, camp), (b, town))
    assert (event.place_name, event.latitude) == ("Gao", 16.27)


def test_what_one_outlet_calls_an_accident_and_another_an_attack_is_one_event():
    a, b = article("a"), article("b", 1)
    _, events = merge([], (a, told(a)), (b, told(b, event_type="DISASTER", event_mode="accident")))
    assert [event.article_count for event in events] == [2]


@pytest.mark.parametrize(
    "other",
    [
        dict(killed_best=1, happened_on=datetime.date(2024, 3, 30)),  # nobody is killed twice
        dict(place_name="Bourem", latitude=16.3, longitude=-0.1, recipients=(), actors=(), rank=2),  # a village outside
    ],
)
def test_the_same_dead_and_a_town_close_by_are_of_one_happening(other):
    a, b = article("a"), article("b", 1)
    dead = (Actor("Awa Keita", "Keita", None, None),)
    gao = told(a, recipients=dead, killed_best=1, latitude=16.27, longitude=-0.04)
    _, events = merge([], (a, gao), (b, told(b, **dict(recipients=dead) | other)))
    assert len(events) == 1


_WORDS = "Gunmen shot at a bus on Sunday."


@pytest.mark.parametrize(
    "one, other, number",
    [
        (dict(sentence=_WORDS), dict(sentence=_WORDS), 1),  # a copy, read on another day
        (dict(killed_best=2, injured_best=7), dict(killed_best=2, injured_best=7), 1),
        (dict(killed_best=2, injured_best=7), dict(killed_best=2, injured_best=6), 2),
        (dict(killed_best=2, injured_best=7), dict(killed_best=2, injured_best=7, place_name="Kidal"), 2),
        (dict(killed_best=1, injured_best=1), dict(killed_best=1, injured_best=1), 2),  # as many as in other raids
        (dict(killed_best=3, injured_best=0), dict(killed_best=3, injured_best=0), 2),
        (dict(killed_best=2, injured_best=7), dict(killed_best=2, injured_best=7, recipients=(KEITA,)), 1),
        (
            dict(killed_best=2, injured_best=7, recipients=(KEITA,)),
            dict(killed_best=2, injured_best=7, recipients=(KEITA._replace(name="Max Poe", text="Max Poe"),)),
            2,
        ),
        (dict(sentence=_WORDS, killed_best=5), dict(sentence=_WORDS, killed_best=10), 2),  # of two raids
    ],
)
def test_a_misread_day_does_not_part_what_is_otherwise_the_same(one, other, number):
    a, b = article("a"), article("b", 1)
    for days, expected in ((4, number), (60, 2)):
        later = dict(happened_on=SUNDAY + datetime.timedelta(days=days))
        _, events = merge([], (a, told(a, **one)), (b, told(b, **other | later)))
        assert len(events) == expected


@pytest.mark.parametrize(
    "other",
    [
        dict(happened_on=datetime.date(2024, 3, 11)),
        dict(event_type="PROTEST"),
        dict(event_type="DISASTER", event_mode="earthquake"),
        dict(country="NER"),
        dict(event_mode="abduct", place_name="Kidal"),
        dict(place_name="Kidal", recipients=(KEITA,), rank=2),
        dict(place_name="Kidal", happened_on=None, recipients=(KEITA,)),
    ],
)
def test_two_happenings_of_a_story_stay_two(other):
    a, b = article("a"), article("b", 1)
    _, events = merge([], (a, told(a, event_mode="explosives")), (b, told(b, **other)))
    assert len(events) == 2


def test_two_raids_in_one_article_stay_two():
    a, b = article("a"), article("b", 1)
    rows, events = merge([], (a, told(a), told(a, rank=2)), (b, told(b)))
    assert len(events) == 2
    assert rows[0].event_id == rows[2].event_id != rows[1].event_id


_FALLING = [("a", 0, 4), ("b", 1, 4), ("c", 2, 1), ("d", 3, 1)]  # days and tolls


def test_later_tolls_win_and_all_of_them_make_the_range():
    a, b, c = article("a", 0), article("b", 5), article("c", 2)
    _, (event,) = merge([], (a, told(a, killed_best=3)), (b, told(b, killed_best=7)), (c, told(c, killed_best=9)))
    assert (event.killed_low, event.killed_best, event.killed_high) == (3, 7, 9)
    assert event.injured_best is None


def test_a_toll_that_falls_needs_a_second_text_where_two_agree_on_more():
    told_of = [(article(name, day), told(article(name, day), killed_best=toll)) for name, day, toll in _FALLING]
    assert [merge([], *told_of[:n])[1][0].killed_best for n in (2, 3, 4)] == [4, 4, 1]


def test_a_market_suffers_nothing_where_another_outlet_names_people():
    market = Actor(None, "vegetable market", None, None)
    a, b = article("a"), article("b", 1)
    _, (event,) = merge([], (a, told(a, recipients=(market,), killed_best=5)), (b, told(b, killed_best=5)))
    assert event.recipients == (SOLDIERS,)
    _, (event,) = merge([], (a, told(a, recipients=(market,))))
    assert event.recipients == (market,)


def test_copies_of_one_text_count_once():
    a, b, c = article("a"), article("b", 1, copy_of="a"), article("c", 2)
    _, (event,) = merge([], *((x, told(x)) for x in (a, b, c)))
    assert (event.article_count, event.independent_count) == (3, 2)


def test_a_copy_that_tells_little_is_still_a_copy():
    a, b = article("a"), article("b", 1, copy_of="a")
    little = dict(rank=2, recipients=(), happened_on=None, place_name=None, country=None, sentence="None was held.")
    _, events = merge([], (a, told(a, **little)), (b, told(b, **little)))
    assert [event.article_count for event in events] == [2]


def test_headline_and_sentence_are_those_of_the_best_claim():
    a, b = article("a"), article("b", 1, title="Best told")
    _, (event,) = merge([], (a, told(a)), (b, told(b, confidence=0.9)))
    assert (event.headline, event.sentence) == ("Best told", "as b says")


def test_a_name_in_full_takes_the_place_of_the_short_one():
    a, b = article("a"), article("b", 1)
    short = Actor("Diarra", "Diarra", None, None)
    _, (event,) = merge([], (a, told(a, recipients=(short,))), (b, told(b, recipients=(DIARRA,))))
    assert event.recipients == (DIARRA,)


def test_a_revision_says_what_changed():
    a, b, c = article("a"), article("b", 1), article("c", 2)
    _, (first,) = merge([], (a, told(a, killed_best=4)))
    _, (second,) = merge([first], (b, told(b, killed_best=6)))
    assert (first.changes, second.revision) == ((), 2)
    assert {"killed_best", "killed_high", "article_count", "last_reported_at"} <= set(second.changes)
    assert not {"killed_low", "event_type", "happened_on"} & set(second.changes)
    _, (third,) = merge([second], (c, told(c, killed_best=6)))
    assert (third.revision, "killed_best" in third.changes, "article_count" in third.changes) == (3, False, True)


def test_a_late_copy_of_an_early_text_has_no_later_toll():
    a, b, c = article("a"), article("b", 1), article("c", 2, copy_of="a")
    _, (event,) = merge([], (a, told(a, killed_best=3)), (b, told(b, killed_best=7)), (c, told(c, killed_best=3)))
    assert (event.killed_low, event.killed_best, event.killed_high) == (3, 7, 7)


DROUKDEL = Actor("Droukdel", "commander Droukdel", None, "REB")
IN_FULL = Actor("Abdelmalek Droukdel", "Abdelmalek Droukdel", "DZA", "REB")


def test_a_name_is_known_in_full_from_another_event_of_the_story():
    a, b = article("a"), article("b", 1)
    _, first = merge([], (a, told(a, recipients=(DROUKDEL,))))
    other = told(b, event_type="THREATEN", actors=(IN_FULL,), recipients=(), happened_on=None)
    _, revisions = merge(first, (b, other))
    event = next(event for event in revisions if event.event_id == first[0].event_id)
    assert [(actor.name, actor.text) for actor in event.recipients] == [("Abdelmalek Droukdel", "commander Droukdel")]
    assert event.changes == ("recipients",)


@pytest.mark.parametrize(
    ("short", "known"),
    [
        (DROUKDEL, (IN_FULL, Actor("Nabil Droukdel", "his brother Nabil Droukdel", None, None))),  # which of them?
        (Actor("Taliban", "Taliban", "AFG", "REB"), (Actor("Pakistani Taliban", "Pakistani Taliban", "PAK", "REB"),)),
    ],
)
def test_a_last_name_that_may_be_anothers_stays_as_it_is(short, known):
    a, b = article("a"), article("b", 1)
    other = told(b, event_type="THREATEN", actors=known, recipients=(), happened_on=None)
    _, events = merge([], (a, told(a, recipients=(short,))), (b, other))
    assert [event.recipients for event in events if event.recipients] == [(short,)]


def one_story_of_two(*pairs):
    """The events of two stories, each told by some articles, when the second story becomes the first."""
    prior = []
    for number, articles in enumerate(pairs, 1):
        _, events = merge_events(f"story-{number}", [], articles)
        prior += events
    return prior, merge_events("story-1", prior, [])[1]


def test_when_two_stories_become_one_what_both_told_is_one_event():
    a, b = article("a"), article("b", 1)
    (older, younger), revisions = one_story_of_two([(a, [told(a, killed_best=3)])], [(b, [told(b, killed_best=5)])])
    stands, gone = sorted(revisions, key=lambda event: event.event_id != older.event_id)
    assert (stands.event_id, stands.revision, stands.article_count, stands.killed_best) == (older.event_id, 2, 2, 5)
    assert (gone.event_id, gone.merged_into, gone.article_count, gone.claims) == (
        younger.event_id,
        older.event_id,
        0,
        (),
    )
    assert {"merged_into", "story_id"} <= set(gone.changes)
    c = article("c", 2)
    rows, further = merge([stands, gone], (c, told(c)))
    assert [event.event_id for event in further] == [older.event_id] == [row.event_id for row in rows]


@pytest.mark.parametrize(
    "other", [dict(happened_on=datetime.date(2024, 3, 11)), dict(event_type="PROTEST"), dict(country="NER")]
)
def test_when_two_stories_become_one_what_differs_stays_two(other):
    a, b = article("a"), article("b", 1)
    prior, revisions = one_story_of_two([(a, [told(a)])], [(b, [told(b, **other)])])
    assert [(event.story_id, event.merged_into, event.article_count) for event in revisions] == [("story-1", None, 1)]
    assert revisions[0].event_id == prior[1].event_id


def test_events_that_one_article_or_one_story_told_apart_are_not_joined():
    a, b, c = article("a"), article("b", 1), article("c", 2)
    twins = [told(a), told(a, rank=2)]
    (*_, third), revisions = one_story_of_two([(a, twins)], [(b, [told(b)]), (c, [told(c)])])
    assert [event.event_id for event in revisions if event.merged_into] == [third.event_id]
    assert sum(event.article_count for event in revisions if not event.merged_into) == 3


def test_telling_the_same_again_changes_nothing():
    a, b = article("a"), article("b", 1)
    pairs = (a, told(a), told(a, rank=2, place_name="Kidal")), (b, told(b))
    rows, events = merge([], *pairs)
    assert merge(events, *pairs) == (rows, [])


def test_a_later_article_makes_a_revision_under_the_same_id():
    a, b = article("a"), article("b", 1)
    _, (first,) = merge([], (a, told(a)))
    _, (second,) = merge([first], (b, told(b, killed_best=4)))
    assert second.event_id == first.event_id
    assert (second.revision, second.article_count, second.killed_best) == (2, 2, 4)


def test_a_new_version_takes_back_what_the_old_one_said():
    old, new = article("a"), article("a", version=2)
    _, (first,) = merge([], (old, told(old, killed_best=12)))
    _, (second,) = merge([first], (new, told(new, killed_best=2)))
    assert second.event_id == first.event_id
    assert (second.killed_low, second.killed_high, second.article_count) == (2, 2, 1)


def test_an_event_without_claims_stays_with_no_articles():
    old, new = article("a"), article("a", version=2)
    _, (first,) = merge([], (old, told(old)))
    _, (second,) = merge([first], (new,))
    assert (second.revision, second.article_count, second.claims) == (2, 0, ())
    assert merge([second], (new,)) == ([], [])


def test_an_older_version_that_comes_late_is_ignored():
    old, new = article("a"), article("a", version=2)
    _, events = merge([], (new, told(new)))
    assert merge(events, (old, told(old, killed_best=5))) == ([], [])


def test_ids_are_not_used_again():
    a1, a2, b = article("a"), article("a", version=2), article("b", 1)
    _, first = merge([], (a1, told(a1)), (b, told(b)))
    _, second = merge(first, (a2, told(a2, event_type="PROTEST", recipients=())))
    assert len({e.event_id for e in newest(first, second)}) == 2


def test_events_come_through_their_coder_unchanged():
    a = article("a")
    _, (event,) = merge([], (a, told(a, actors=(DIARRA,))))
    coder = registry.get_coder(Event)
    back = coder.decode(coder.encode(event))
    assert merge([back], (a, told(a, actors=(DIARRA,))))[1] == []


@dataclasses.dataclass(frozen=True)
class Case:
    events: tuple


days = st.sampled_from([None, SUNDAY, SUNDAY + datetime.timedelta(1), SUNDAY - datetime.timedelta(30)])
changes = st.fixed_dictionaries(
    dict(
        happened_on=days,
        place_name=st.sampled_from([None, "Gao", "Kidal"]),
        country=st.sampled_from([None, "MLI", "NER"]),
        event_type=st.sampled_from(["ASSAULT", "COERCE"]),
        killed_best=st.sampled_from([None, 0, 3, 7]),
        recipients=st.sampled_from([(), (SOLDIERS,), (DIARRA,), (KEITA, DIARRA)]),
        confidence=st.sampled_from([None, 0.3, 0.6]),
        realis=st.sampled_from(["actual", "historical"]),
    )
)
stories = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 2), st.integers(0, 3), st.lists(changes, max_size=3)),
    max_size=6,
    unique_by=lambda told: told[:2],
)


def _pairs(story):
    for name, version, hour, events in story:
        of = article(name, hour, version)
        yield of, [told(of, rank, **facts) for rank, facts in enumerate(events, 1)]


@settings(max_examples=60, deadline=None)
@given(stories, st.randoms(use_true_random=False))
def test_the_order_in_which_articles_come_changes_nothing(story, random):
    pairs = list(_pairs(story))
    shuffled = random.sample(pairs, len(pairs))
    assert merge_events(STORY, [], pairs) == merge_events(STORY, [], shuffled)


@settings(max_examples=60, deadline=None)
@given(stories, stories)
def test_every_merge_keeps_the_rules(first, second):
    _, prior = merge_events(STORY, [], list(_pairs(first)))
    rows, revisions = merge_events(STORY, prior, list(_pairs(second)))
    assert merge_events(STORY, list(reversed(prior)), list(_pairs(second))) == (rows, revisions)
    numbers = {event.event_id: event.revision for event in prior}
    assert all(event.revision == numbers.get(event.event_id, 0) + 1 for event in revisions)
    current = newest(prior, revisions)
    assert all(row.event_id in {event.event_id for event in current} for row in rows)
    for event in current:
        assert event.article_count == len(event.claims) == len({claim.article_id for claim in event.claims})
    assert merge_events(STORY, current, list(_pairs(second)))[1] == []


def test_ids_differ_between_articles_and_ranks():
    of = [article(name) for name in "ab"]
    rows = list(itertools.chain(*(merge_events(STORY, [], [(a, [told(a), told(a, rank=2)])])[0] for a in of)))
    assert len({row.event_id for row in rows}) == 4


def test_reports_of_one_incident_are_counted_by_the_event_they_share():
    of = dict(title=None, text="", outlet="Example")
    row = dict(
        rank=1, realis="actual", event_type="ASSAULT", happened_on="2024-03-20", country="MLI", sentence="They died."
    )
    row |= dict(actors=[], recipients=[], confidence=0.5)
    lines = [dict(of, id=f"{at}", event=at // 2, date="2024-03-20") for at in range(4)]
    rows = {line["id"]: [row | dict(place_name=f"Town {line['event']}", sentence=line["id"])] for line in lines}
    rows["3"] = []
    figures = list(measure(read_told(lines, rows)).values())
    assert figures == [2, 1, 2, 0.5, 0.5, 1.0]


def test_who_and_whom_of_reports_on_one_incident_are_held_against_its_record():
    a, b = article("a"), article("b", 1)
    people = {a: ((DIARRA,), (KEITA,)), b: ((), (Actor("Ann Lee", "Ann Lee", None, "CVL"),))}
    reports = [Told("7", each, [told(each, actors=who, recipients=whom)]) for each, (who, whom) in people.items()]
    record = {"7": {"actors": [["Diarra"], ["Max Fox"]], "recipients": [["Keita", "a teacher"]]}, "8": {}}
    assert list(measure_people(reports, record).values()) == [1, 1.0, 0.5, 0.5, 1.0]
