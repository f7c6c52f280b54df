"""What makes two articles alike: the signature that dedupe remembers of an article instead of its text.

A signature is one row of the table `signatures`. It holds what decides whether two reports tell of one event (words,
names, numbers, days) and whether two texts are one (a sketch of word sequences), in a few hundred bytes.
"""

import datetime
import hashlib
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, Optional, Sequence  # noqa: UP035  Beam reads typing.Sequence in records

from transforms.stories.rarity import background
from transforms.stories.roundups import is_roundup
from transforms.stories.words import days, name_phrases, normalise, numbers, terms, tokens, years

TEXT_CHARACTERS = 60_000  # read at all: no report is longer, and a hostile page must not cost more
BODY_CHARACTERS = 6_000  # news tells what happened first; what follows is background, other stories, page furniture
TERM_COUNT = 56
TERM_WINDOW = 400
LEAD_CHARACTERS = 800
NAME_COUNT = 24
NUMBER_COUNT = 16
DEED_COUNT = 64
DAY_COUNT = 6
SHINGLE_WORDS = 5
SKETCH_SIZE = 48

_TAIL = re.compile(r"\s+(?:[-–—|»]+|::)\s+")
_GOES_ON = re.compile(r" ?[a-z0-9,;']")


class Signature(NamedTuple):
    """What dedupe remembers of an article: one row of the table `signatures`."""

    article_id: str
    version: int
    url: str
    outlet: str
    site: str  # host of the url, without www
    title: str
    language: Optional[str]
    time: float  # UTC epoch seconds: when it was published, else fetched
    dated: bool  # whether `time` is the article's own
    text_id: str  # hash of the words of the text
    word_count: int
    title_terms: Sequence[str]  # stems
    terms: Sequence[str]  # stems of title and text, the most telling first
    names: Sequence[str]  # words of names, the most telling first
    lead_names: Sequence[str]  # words of names in the first sentences
    numbers: Sequence[str]  # '1910', ages 'a17', counts '4 people', times '7:30'
    days: Sequence[int]  # ordinals of the days it names, and of the day it was published
    years: Sequence[int]
    sketch: Sequence[int]  # the smallest hashes of its word sequences, ascending
    kin: Sequence[str] = ()  # article_ids of the articles most like it among those held when it came
    story_id: Optional[str] = None
    copy_of: Optional[str] = None  # article_id of the earliest article with this text
    revision: int = 0  # grows with each row written of this article: a new version, or another placement
    roundup: bool = False  # whether it tells of several events: it belongs to the story of none
    deeds: Sequence[str] = ()  # stems of title and first sentences that are of no name: what happened


def sign(
    article_id: str,
    version: int,
    url: str,
    outlet: str,
    title: Optional[str],
    text: str,
    language: Optional[str],
    published_at: Optional[float],
    fetched_at: float,
) -> Signature:
    """The signature of an article. Times are UTC epoch seconds; costs one to two milliseconds.

    A publication time in the future is a mistake of the outlet's: the time of fetching stands in for it.
    """
    headed = (title or "")[:BODY_CHARACTERS]
    title, text = normalise(headed), normalise(text[:TEXT_CHARACTERS])
    text = _without_title(text, title)
    headline = normalise(_without_outlet(headed, outlet, site_of(url)))
    time = fetched_at if published_at is None else min(published_at, fetched_at)
    dated = published_at is not None
    written_on = datetime.datetime.fromtimestamp(time, datetime.UTC).date() if dated else None
    published = [written_on.toordinal()] if written_on else []
    body = text[:BODY_CHARACTERS]
    told = f"{headline}. {body}"
    words = tokens(text)
    names = Counter(word for run in name_phrases(body, headline) for word in run)
    lead = terms(f"{headline} {body[:LEAD_CHARACTERS]}")
    return Signature(
        article_id=article_id,
        version=version,
        url=url,
        outlet=outlet,
        site=site_of(url),
        title=title,
        language=language,
        time=time,
        dated=dated,
        text_id=hashlib.sha256(" ".join(words).encode()).hexdigest()[:20],
        word_count=len(words),
        title_terms=_once(terms(headline)),
        terms=_most_telling(Counter(terms(headline) * 2 + terms(body)[:TERM_WINDOW]), TERM_COUNT),
        names=_most_telling(names, NAME_COUNT),
        lead_names=_once(word for run in name_phrases(body[:LEAD_CHARACTERS], headline) for word in run)[:NAME_COUNT],
        numbers=numbers(told[: BODY_CHARACTERS // 2])[:NUMBER_COUNT],
        days=_once([*published, *days(told, written_on)[:DAY_COUNT]]),
        years=years(body)[:DAY_COUNT],
        sketch=sketch(words),
        roundup=is_roundup(title, text),
        deeds=_once(term for term in lead if term not in names)[:DEED_COUNT],
    )


def _without_title(text: str, title: str) -> str:
    """The text without its title at the top, unless the title is but the beginning of its first sentence."""
    rest = text.removeprefix(title)
    return text if _GOES_ON.match(rest) else rest.lstrip(" \n.-:")


def _without_outlet(title: str, outlet: str, site: str) -> str:
    """A title without the outlet's own name at its end: "Two shot in Port City - KPCT News 7, Weather & Sports"."""
    names = {_letters(re.sub(r"^www\.|\.\w{2,4}$", "", name)) for name in (outlet.lower(), site)}
    for tail in _TAIL.finditer(title):
        rest = _letters(title[tail.end() :].lower())
        if any(len(name) > 2 and rest.startswith(name) for name in names):
            return title[: tail.start()]
    return title


def _letters(name: str) -> str:
    return re.sub(r"\W", "", name)


def site_of(url: str) -> str:
    """The host of an address, without www: articles of one site share their page furniture."""
    return re.sub(r"^[a-z]+://(?:[^/@]*@)?(?:www\.)?|[/:?#].*", "", url.lower())


def sketch(words: Sequence[str]) -> list[int]:
    """The smallest hashes of all sequences of five words (bottom-k sampling: Broder, 1997), ascending.

    Two texts share a sequence's hash or not, whatever surrounds it: see `copies`.
    """
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    hashes = {zlib.crc32(" ".join(words[i : i + SHINGLE_WORDS]).encode()) for i in range(last)}
    return sorted(hashes)[:SKETCH_SIZE]


def _once(values: Iterable) -> list:
    return list(dict.fromkeys(values))


def _most_telling(counts: Counter[str], size: int) -> list[str]:
    """The words that tell most of a text, most first: frequent in it and rare in the language."""
    rarity = background()
    weight = {word: (1 + math.log(count)) * rarity[word] for word, count in counts.items()}
    return sorted(weight, key=lambda word: (-weight[word], word))[:size]
