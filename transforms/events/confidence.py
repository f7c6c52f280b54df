"""How likely it is that an event is right: its type, its country and its day.

A logistic model over a few plain observations. The weights are in `data/confidence.toml`, written by
`training/fit_confidence.py`, which also says how well the probabilities hold on articles that it never saw.
"""

import functools
import importlib.resources
import math
import tomllib
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.events.lexicon import OF_WORDS
from transforms.events.locating import Site
from transforms.events.mentions import Mention
from transforms.events.roles import ACTIVE, NOUN, PASSIVE, SUFFERED
from transforms.events.timing import Timing
from transforms.records import Actor


class Evidence(NamedTuple):
    """What can be seen of an event that tells how far to trust it; each from 0 to 1, or a small count."""

    is_main: float  # rank 1
    stands_early: float  # 1 in the first sentence, 1/2 in the second ...
    mentions: float  # how often it is told: its binary logarithm
    by_verb: float
    active: float  # how the roles of the sentence that stands for it were read
    passive: float
    suffered: float
    noun: float
    actor: float  # somebody is told to have done it
    actor_named: float
    recipient: float
    recipient_named: float
    day_tied: float  # a day, and its sentence ties it to the event
    day_near: float  # a day that stands near
    place_told: float  # a place named where the event is told
    place_set: float  # a place that the article is about
    country_told: float
    country_unknown: float
    toll: float
    doubted: float  # the share of mentions that do not tell it as actual
    figurative: float  # all words for it are often figures of speech
    of_words: float  # it is done by words or papers
    of_kind: float = 0.0  # how likely its type is the kind of the article's news by the network, if that has read it
    of_other_kind: float = 0.0  # how likely it is not


class Weights(NamedTuple):
    """The model: of each observation, of each doubling of the independent texts, and of nothing."""

    evidence: Mapping[str, float]
    texts: float
    bias: float


def observe(
    happening: Sequence[Mention],
    lead: Mention,
    rank: int,
    cast: tuple[Sequence[Actor], Sequence[Actor]],
    time: Timing,
    site: Site,
) -> Evidence:
    """What can be seen of the event that `happening` tells; `lead` is the mention that stands for it."""
    is_day = bool(time.days and time.days.precision == "day")
    named = {name for mention in happening for name in mention.where.names}
    return Evidence(
        is_main=float(rank == 1),
        stands_early=1 / (1 + happening[0].sentence_number),
        mentions=min(math.log2(len(happening)), 4.0),
        by_verb=float(any(m.is_verb for m in happening)),
        active=float(lead.reading == ACTIVE),
        passive=float(lead.reading == PASSIVE),
        suffered=float(lead.reading == SUFFERED),
        noun=float(lead.reading == NOUN),
        **_of_cast(*cast),
        day_tied=float(is_day and time.is_sure),
        day_near=float(is_day and not time.is_sure),
        place_told=float(site.name is not None and site.name in named),
        place_set=float(site.name is not None and site.name not in named),
        country_told=float(any(m.where.country == site.country for m in happening) and site.country is not None),
        country_unknown=float(site.country is None),
        toll=float(any(m.toll.killed is not None or m.toll.injured is not None for m in happening)),
        doubted=sum(m.realis != "actual" for m in happening) / len(happening),
        figurative=float(all(m.trigger.figure for m in happening)),
        of_words=float(lead.trigger.event_type in OF_WORDS),
    )


def evidence_of_cast(evidence: Evidence, actors: Sequence[Actor], recipients: Sequence[Actor]) -> Evidence:
    """The same evidence with other people."""
    return evidence._replace(**_of_cast(actors, recipients))


def evidence_of_site(evidence: Evidence, site: Site) -> Evidence:
    """The same evidence with another place, which the sentences of the event do not name."""
    return evidence._replace(
        place_told=0.0,
        place_set=float(site.name is not None),
        country_told=evidence.country_told and float(site.country is not None),
        country_unknown=float(site.country is None),
    )


def _of_cast(actors: Sequence[Actor], recipients: Sequence[Actor]) -> dict[str, float]:
    return {
        "actor": float(bool(actors)),
        "actor_named": float(any(actor.name for actor in actors)),
        "recipient": float(bool(recipients)),
        "recipient_named": float(any(actor.name for actor in recipients)),
    }


def observations(evidence: Evidence) -> dict[str, float]:
    """What the model weighs; a day counts for more of the main event, for others are often told without one."""
    return evidence._asdict() | {"day_of_main": evidence.is_main * max(evidence.day_tied, evidence.day_near)}


def confidence(evidence: Evidence, weights: Optional[Weights] = None) -> float:
    """The probability that an article has type, country and day of an event right."""
    weights = weights or packaged_weights()
    terms = (weights.evidence.get(name, 0.0) * value for name, value in observations(evidence).items())
    return round(_probability(weights.bias + sum(terms)), 2)


def joint_confidence(best: Optional[float], independent: int, weights: Optional[Weights] = None) -> Optional[float]:
    """The same for what several independent texts tell, of which the best is right with the probability `best`."""
    if best is None:
        return None
    log_odds = math.log(max(best, 0.01) / max(1 - best, 0.01))
    return round(_probability(log_odds + (weights or packaged_weights()).texts * math.log2(max(independent, 1))), 2)


@functools.cache
def packaged_weights() -> Weights:
    """The weights of this package."""
    path = importlib.resources.files(__package__).joinpath("data", "confidence.toml")
    return Weights(**tomllib.loads(path.read_text("utf-8")))


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
