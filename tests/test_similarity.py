import datetime
import math
import random

import numpy as np
import pytest

from transforms.stories.candidates import CandidateIndex
from transforms.stories.copies import containment, is_copy, is_furniture
from transforms.stories.evidence import FEATURES, Rarities, features
from transforms.stories.rarity import IMAGINED_ARTICLES, ONE_STORY, DayRarity, Rarity, background
from transforms.stories.similarity import SKETCH_SIZE, sign, site_of
from transforms.stories.words import days, name_phrases, normalise, numbers, stem, terms

MAY_11 = datetime.date(2031, 5, 11)  # a Sunday
NOON = datetime.datetime(2031, 5, 11, 12, tzinfo=datetime.UTC).timestamp()
DAY = 86_400.0
SENTENCES = [
    f"In the {ordinal} hour the {kind} crossed the {place} and nobody in the village of {name} saw it pass."
    for ordinal, kind, place, name in zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        "wagon ferry tractor train cyclist lorry donkey tram glider barge".split(),
        "bridge river field tunnel ridge square meadow ring valley lock".split(),
        "Orla Brill Dorsa Velt Arren Lisk Perro Kezan Tavan Sanru".split(),
        strict=True,
    )
]


def article(text, title="A title", **fields):
    given = {
        "article_id": "a",
        "version": 1,
        "url": "https://www.example.org/a",
        "outlet": "Example",
        "language": "en",
        "published_at": NOON,
        "fetched_at": NOON + 60,
    }
    return sign(title=title, text=text, **given | fields)


@pytest.mark.parametrize(
    ("raw", "typeset"),
    [
        ("`` We came , we saw . ''", '" We came, we saw. "'),
        ("a 37 - year - old man 's car", "a 37-year-old man's car"),
        ("“It\u2019s over,” she said", '"It\'s over," she said'),
        ("did n't", "didn't"),
    ],
)
def test_normalise(raw, typeset):
    assert normalise(raw) == typeset


@pytest.mark.parametrize(
    ("word", "root"),
    [("shootings", "shoot"), ("shooting", "shoot"), ("parties", "party"), ("mayor's", "mayor"), ("glass", "glass")],
)
def test_stem(word, root):
    assert stem(stem(word)) == root


def test_terms_leave_out_words_without_meaning():
    assert terms("He was the mayor of Easton") == ["mayor", "easton"]


def test_names_are_runs_of_capitals_but_not_sentence_starts_or_days():
    text = "Police met Anna Brandt in South Haven on Monday. The police left. Brandt's boat stayed."
    assert list(name_phrases(text)) == [["anna", "brandt"], ["south", "haven"], ["brandt"]]


def test_numbers_tell_ages_counts_and_times_apart():
    found = numbers("A 17-year-old and Ann, 24, were among three people hit at 2:15 in 1910 Wharf Street.")
    assert {"a17", "a24", "3 people", "2:15", "1910"} <= set(found)


def test_a_count_is_a_number_of_things_and_an_age_is_told_in_many_ways():
    found = numbers("He died at 95. Felt, aged 91 in 2005 when 3 aides spoke, knew 1,200 people and 2 of them at 7 pm.")
    assert {"a95", "a91", "3 aide", "1,200 people"} <= set(found)
    assert not {"95. felt", "2005 when", "2 of", "7 pm"} & set(found)


def test_the_words_of_a_date_line_are_no_names():
    text = "Posted Feb. 4, 2009 7:40 PM ET Updated 8:10 PM. A ship sank off Velm on 3 Jul, the mayor of Velm said."
    assert {word for run in name_phrases(text) for word in run} == {"velm"}


@pytest.mark.parametrize(
    ("text", "written_on", "named"),
    [
        ("on Friday", MAY_11, datetime.date(2031, 5, 9)),
        ("on Friday", None, None),
        ("since Dec. 30", datetime.date(2031, 1, 2), datetime.date(2030, 12, 30)),
        ("since Dec. 30", None, None),
        ("July 7 , 2012", None, datetime.date(2012, 7, 7)),
        ("18 September 2013", MAY_11, datetime.date(2013, 9, 18)),
        ("2 / 3 / 2009", None, datetime.date(2009, 2, 3)),
        ("2031-05-10T08:00", None, None),
        ("on 2031-05-10", None, datetime.date(2031, 5, 10)),
        ("February 30, 2031", None, None),
    ],
)
def test_days(text, written_on, named):
    assert days(normalise(text), written_on) == ([named.toordinal()] if named else [])


def test_an_undated_article_has_the_time_of_fetching_and_no_day():
    signed = article("It rained.", published_at=None)
    assert (signed.time, signed.dated, list(signed.days)) == (NOON + 60, False, [])


def test_a_date_in_the_future_is_clamped():
    assert article("It rained.", published_at=NOON + 9 * DAY).time == NOON + 60


def test_a_title_repeated_in_the_text_counts_once():
    body = "The river rose by two metres in the night."
    assert article(f"Flood in Velt\n{body}", "Flood in Velt").text_id == article(body, "Flood in Velt").text_id


def test_a_title_that_is_the_cut_beginning_of_the_text_stays_in_it():
    body = "A colleague of the doctor Mark Vinar has paid tribute to him after his fall from Mount Cook."
    signed = article(body, body[:40])
    assert signed.word_count == len(body.split())
    assert {"vinar", "cook"} <= set(signed.lead_names)


def test_names_of_a_title_count_unless_the_text_has_them_in_lower_case():
    signed = article("A senior rebel commander was killed by a drone.", "Rebel Commander Idris Kaplan Killed")
    assert set(signed.names) == {"idris", "kaplan"}


@pytest.mark.parametrize(
    ("tail", "outlet", "kept"),
    [
        (" - KPCT News 7, Weather & Sports", "www.kpct.com", False),
        (" | Port Courier", "Port Courier", False),
        (" - Port police seek driver", "Port Courier", True),
    ],
)
def test_an_outlet_at_the_end_of_its_titles_tells_nothing(tail, outlet, kept):
    signed = article("Two men were hurt.", f"Bear seen in orchard{tail}", outlet=outlet)
    assert (len(signed.title_terms) > 3) == kept
    assert signed.title.startswith("Bear seen in orchard-" if "-" in tail else "Bear seen in orchard |")


def test_deeds_are_the_words_of_the_first_sentences_that_are_no_names():
    signed = article("A gunman in Port City robbed a jeweller.", "Jeweller robbed in Port City")
    assert signed.deeds == ["jeweller", "robb", "gunman"]


def test_site_of():
    assert site_of("https://www.Example.org:8080/a?b#c") == "example.org"


@pytest.mark.parametrize("text", ["", "?!", "一" * 50, "x" * 100_000, "A." * 30_000])
def test_sign_takes_any_text(text):
    signed = article(text, title=None)
    assert len(signed.sketch) <= SKETCH_SIZE
    assert all(math.isfinite(value) for value in features(signed, signed, Rarities.empty()))


def test_a_signature_is_small():
    signed = article("\n".join(SENTENCES * 20))
    assert len(repr(tuple(signed))) < 2_500


TEXT = "\n".join(SENTENCES)


@pytest.mark.parametrize(
    ("other", "copied"),
    [
        (TEXT, True),
        ("\n".join(SENTENCES[:5]), True),  # cut
        ("\n".join(["Our own reporter went to see for herself what was going on there.", *SENTENCES[1:]]), True),
        ("\n".join([*SENTENCES[:6], "The town hall opened its gymnasium for guests.", *SENTENCES[6:]]), True),
        (
            "\n".join(SENTENCES[:2] + [s.replace(" the ", " that ").replace("hour", "age") for s in SENTENCES[2:]]),
            False,
        ),
        ("An entirely different text about the price of milk. " * 20, False),
    ],
)
def test_copies(other, copied):
    assert is_copy(article(TEXT, outlet="One"), article(other, outlet="Two")) is copied


def test_a_notice_under_different_titles_is_page_furniture():
    furniture = "You have used up your free articles for this month. Subscribe now to go on reading. " * 3
    one, two = article(furniture, "Old mill bridge to be rebuilt"), article(furniture, "Bear seen in orchard")
    assert containment(one, two) == 1.0
    assert not is_copy(one, two)
    assert is_furniture(one, two)
    assert not is_furniture(one, one)


BRIEF = (
    "A ferry with 212 people on board ran aground off Gull Point on Thursday morning in thick fog. Nobody was hurt. "
    "The Island Star was on its way from South Haven to Brill when it struck a sandbank at 7:20, the coast guard said. "
    "Lifeboats took the passengers off within two hours."
)
FORM = (
    "An earthquake of magnitude {size} shook the district of {place} at {clock} on Tuesday, the seismological service "
    "said. Its centre was {depth} kilometres below the ground. There were no reports of damage at first. The service "
    "counts several thousand quakes a year in the country, most of them too weak to be felt by anybody."
)
NOTICE = (
    "Get notifications by e-mail every day! Your notification has been saved. There was a problem saving your "
    "notification. Whenever there is something new you will get an e-mail in your inbox with a link to it."
)
TAVAN = FORM.format(size="4.1", place="Tavan", clock="3:52", depth=12)
SANRU = FORM.format(size="3.6", place="Sanru", clock="17:05", depth=31)


@pytest.mark.parametrize(
    ("one", "other", "copied"),
    [
        (("Ferry aground in fog", BRIEF), ("Island Star strikes sandbank off Gull Point", BRIEF), True),
        (("Ferry aground in fog", BRIEF), ("Island Star strikes sandbank", BRIEF[: len(BRIEF) * 2 // 3]), True),
        (("Ferry aground in fog", BRIEF), ("Passengers safe", "Our islands know that bank. " + BRIEF), True),
        (("Ferry aground in fog", BRIEF), ("Bear seen in orchard", BRIEF), False),
        (("Bear shot in orchard", NOTICE), ("Two shot in Port City", NOTICE), False),
        (("Quake in Tavan", TAVAN), ("Quake in Sanru", SANRU), False),
        (("Weak earthquake shakes Tavan", TAVAN), ("Sanru district felt the ground move", SANRU), False),
    ],
)
def test_a_brief_is_a_copy_where_its_titles_are_told_by_the_text(one, other, copied):
    a, b = (article(text, title, outlet=title) for title, text in (one, other))
    assert is_copy(a, b) is is_copy(b, a) is copied


def test_rare_words_tell_the_same_however_many_articles_are_held():
    rarity = Rarity()
    before = rarity("zanderup"), rarity("police")
    for _ in range(1_000):
        rarity.add(["police"])
    assert rarity("zanderup") == before[0] == background()["zanderup"] > max(background().values())
    assert rarity("police") < 0.5 < before[1]
    for _ in range(1_000):
        rarity.remove(["police"])
    assert rarity("police") == before[1]


def test_features_do_not_depend_on_which_article_comes_first():
    one = article("A 24-year-old man, Daniel Osei, was shot in Port City on Sunday at 2:15 a.m.")
    next_day = {"published_at": NOON + DAY, "fetched_at": NOON + DAY}
    two = article("Police in Port City seek two brothers over the death of Daniel Osei, 24.", **next_day)
    values = features(one, two, Rarities.empty())
    assert values == features(two, one, Rarities.empty())
    named = dict(zip(FEATURES, values, strict=True))
    assert named["shared_names"] > 2
    assert named["ages_differ"] == 0
    assert named["days_apart"] == pytest.approx(math.log(2) / math.log(31))


def test_a_day_that_two_articles_share_tells_little_where_all_are_of_it():
    one, two = (article(f"The {kind} crossed the {place}.") for kind, place in (("ferry", "river"), ("tram", "bridge")))
    shared = []
    for other_days in (range(1_000), [one.days[0]] * 1_000):
        rarities = Rarities.empty()
        for day in other_days:
            rarities.add(one._replace(days=[day]))
        shared.append(dict(zip(FEATURES, features(one, two, rarities), strict=True))["same_days"])
    assert shared[0] > 1.0
    assert shared[1] == 0.0


def test_days_that_went_are_as_rare_as_before():
    rarity = DayRarity()
    before = rarity(8)
    for _ in range(300):
        rarity.add([7, 8])
    assert rarity(8) < 0.6 < before == rarity(9)
    for _ in range(300):
        rarity.remove([7, 8])
    assert rarity(8) == before == DayRarity({7: 0}, 0)(9)


def test_candidates_share_enough_and_the_heaviest_come_first():
    index = CandidateIndex(lambda key: np.empty(0, dtype=np.int64))
    for slot, keys in enumerate([["a", "b"], ["a"], ["b", "c"], ["a", "b", "c"]]):
        index.add(slot, keys)
    weight = {"a": 3.0, "b": 2.0, "c": 1.0}.__getitem__
    assert index.nearest("abc", weight) == [3, 0, 1, 2]
    assert index.nearest("abc", weight, size=2) == [3, 0]
    assert index.nearest("abc", weight, least=5.0) == [3, 0]
    assert index.nearest("abc", weight, least=7.0) == []


def test_rarity_is_worked_out_from_all_articles_whatever_came_and_went():
    rng, rarity, held = random.Random(3), Rarity(), []
    for _ in range(900):
        if held and rng.random() < (0.3 if len(held) < 400 else 0.9):
            rarity.remove(held.pop(rng.randrange(len(held))))
        else:
            held.append(rng.sample(["police", "court", "zanderup", "quake", "vote", "bridge"], rng.randint(1, 4)))
            rarity.add(held[-1])
    for word in ("police", "court", "zanderup", "never"):
        share = sum(word in words for words in held) / (IMAGINED_ARTICLES + len(held)) - ONE_STORY
        wanted = background()[word] if share <= 0 else min(background()[word], -math.log(share))
        assert rarity(word) == pytest.approx(wanted)
    words = ["police", "zanderup", "never"]
    assert rarity.length(words) == pytest.approx(math.sqrt(sum(rarity(word) ** 2 for word in words)))
