"""Who took part in the news of an article: those whom the rules read, weighed by what the network marks.

Rules follow the tree of a sentence, and miss what is told across sentences or in a build that they do not know; the
network reads headline and text at once, and is wrong in other places. A logistic model over a few plain observations
says how likely each has the part (`data/marked.toml`, written by `training/fit_marked.py` from reports that neither had
seen). Who hardly has it goes, where somebody else is left; where nobody is, those come in who very likely have it.
"""

import functools
import importlib.resources
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Optional

from spacy.tokens import Doc

from transforms.events.actors import make_actor
from transforms.events.gathering import count_of, is_anybody
from transforms.events.lexicon import OF_WORDS
from transforms.events.names import full_names
from transforms.events.nouns import noun_phrases
from transforms.events.ontology import Ontology
from transforms.events.sentences import Sentence
from transforms.events.told import words_for
from transforms.language.marks import Marks
from transforms.records import Actor

ROLES = ("who", "whom")
MARKS = (*ROLES, "word", "place", "day", "killed", "injured")  # that are asked about
OUT = 0.2  # below this, he whom the rules tell goes
IN = 0.85  # from this on, he whom only the network tells comes in
_BODIES = frozenset(["MIL", "REB", "COP", "GOV", "JUD", "UAF", "CRM"])  # sectors in which several words are for one
_SEVERAL = 2  # people
_TOLD = 0.5  # the chance of the mark from which on a word tells the news
_SEEN = 0.3  # the chance of a mark from which on a noun phrase is asked about
_LEAST = 0.005  # chances nearer to 0 or 1 say no more

Cast = tuple[tuple[Actor, ...], tuple[Actor, ...]]  # who and whom
Weights = Mapping[str, Mapping[str, float]]  # by role and observation


class Candidate(NamedTuple):
    """Somebody who may have a part in the news, and what speaks for it: nothing, where the network has not read him."""

    actor: Actor
    is_told: bool  # by the rules
    evidence: Mapping[str, float]

    def chance(self, weights: Mapping[str, float]) -> float:
        """How likely he has the part."""
        return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in self.evidence.items())))


class News:
    """The marks of one article, to be asked about people, words, places, days and the kind of the news.

    Args:
        marks: What the network says of `headline` and `text`.
        sentences: Those of the text, where the people are named.
    """

    def __init__(self, marks: Marks, headline: Doc, text: Doc, sentences: Sequence[Sentence], ontology: Ontology):
        if len(headline) != len(marks.headline[ROLES[0]]) or len(text) != len(marks.text[ROLES[0]]):
            raise ValueError("the marks are of other documents than these")
        self.sentences = sentences
        self.kinds = marks.kinds
        self._by_word = _by_word((headline, marks.headline), (text, marks.text))
        starts = [token.idx for token in text]
        self._by_place = {mark: dict(zip(starts, marks.text[mark].tolist(), strict=True)) for mark in MARKS}
        names = full_names(sentences)
        self._people = {role: list(dict.fromkeys(self._marked(role, sentences, ontology, names))) for role in ROLES}

    def chances(self, sentence: Sentence, mark: str) -> list[float]:
        """How likely each word of a sentence has a mark."""
        return [self._by_place[mark].get(start, 0.0) for start in sentence.starts]

    def most(self, mark: str) -> float:
        """How likely the likeliest word of the text with a mark is."""
        return max(self._by_place[mark].values(), default=0.0)

    def telling(self) -> Optional[tuple[int, int]]:
        """The likeliest word for the news: the number of its sentence and its place there; None if none is marked."""
        rated = [
            (chance, -number, -at)
            for number, each in enumerate(self.sentences)
            for at, chance in enumerate(self.chances(each, "word"))
        ]
        chance, number, at = max(rated, default=(0.0, 0, 0))
        return (-number, -at) if chance >= _TOLD else None

    def candidates(self, event_type: str, cast: Cast, role: str) -> list[Candidate]:
        """Those whom the rules tell in this part of an event of that type, and those whom the network marks in it."""
        told, others = cast if role == "who" else cast[::-1]
        known = {_key(actor) for actor in told}
        beside = {_key(actor): actor for actor in self._people[role]}
        marked = [actor for key, actor in beside.items() if key not in known]
        in_other = {_key(actor) for actor in others}
        return [
            Candidate(actor, is_told, self._evidence(actor, role, is_told, _key(actor) in in_other, event_type))
            for actors, is_told in ((told, True), (marked, False))
            for actor in actors
        ]

    def rate(
        self, event_type: str, cast: Cast, role: str, weights: Optional[Weights] = None
    ) -> list[tuple[Candidate, float]]:
        """The same with how likely each has the part."""
        of_role = (weights or packaged_weights())[role]
        return [(each, each.chance(of_role)) for each in self.candidates(event_type, cast, role)]

    def recast(self, event_type: str, cast: Cast, weights: Optional[Weights] = None) -> Cast:
        """The cast of the news as rules and network tell it together."""
        selves = {_key(a) for a in cast[0]} & {_key(a) for a in cast[1]}  # who killed himself
        who, whom = (_choose(self.rate(event_type, cast, role, weights), selves) for role in ROLES)
        who = _without_newcomers(who, cast[0], whom)
        return who, _without_newcomers(whom, cast[1], who)

    def _evidence(self, actor: Actor, role: str, is_told: bool, is_other: bool, event_type: str) -> Mapping[str, float]:
        chances = self._chances(actor)
        if chances is None:
            return {}
        chance, other = (chances[each] for each in (role, *({*ROLES} - {role})))
        kind = self.kinds.get(event_type, 0.0)  # how far the network takes the article for what the rules do
        return {
            "bias": 1.0,
            "told": float(is_told),
            "told_other": float(is_other),
            "chance": _log_odds(chance),
            "chance_other": _log_odds(other),
            "disaster": float(event_type == "DISASTER"),  # which nobody does
            "of_words": float(event_type in OF_WORDS),
            "kind": kind,
            "kind_chance": kind * _log_odds(chance),
            "kind_told": kind * is_told,
        }

    def _chances(self, actor: Actor) -> Optional[Mapping[str, float]]:
        """How likely somebody has each part, by the best place that has the last word of his name or the noun for him;
        None where the network has read none."""
        found = [self._by_word[word] for word in {*words_for(actor)} if word in self._by_word]
        return {role: max(each[role] for each in found) for role in ROLES} if found else None

    def _marked(
        self, role: str, sentences: Sequence[Sentence], ontology: Ontology, names: Mapping[str, str]
    ) -> Iterator[Actor]:
        """Those whom the network marks in a part, as the text names them."""
        for sentence in sentences:
            chances = self.chances(sentence, role)
            for at in range(len(chances)):
                if _is_head(sentence, at, chances):
                    actor = make_actor(sentence, noun_phrases(sentence, sentence.tree, at)[-1], ontology, names)
                    if actor:
                        yield actor


def _is_head(sentence: Sentence, at: int, chances: Sequence[float]) -> bool:
    """Whether a word is marked, and is the head of what is marked: no word of its phrase above it is marked as well."""
    tree, head = sentence.tree, sentence.tree.heads[at]
    if chances[at] < _SEEN or not tree.tags[at].startswith(("NN", "CD", "JJ")):
        return False
    is_inside = head != at and chances[head] >= _SEEN
    return not is_inside or tree.relations[at] in ("conj", "appos") or tree.tags[head].startswith("V")


def _by_word(*read: tuple[Doc, Mapping[str, Sequence[float]]]) -> dict[str, dict[str, float]]:
    """The highest chances of each word, in lower case, wherever the article has it."""
    found: dict[str, dict[str, float]] = {}
    for doc, marks in read:
        seen = sum(marks.values())
        for at, total in enumerate(seen):
            if total:
                known = found.setdefault(doc[at].lower_, dict.fromkeys(ROLES, 0.0))
                known.update({role: max(known[role], float(marks[role][at])) for role in ROLES})
    return found


def _choose(rated: Sequence[tuple[Candidate, float]], selves: set[str]) -> tuple[Actor, ...]:
    """Those whom the rules tell and who may have the part; else who very likely has it; else the rules stand."""
    told = [each.actor for each, _ in rated if each.is_told]
    kept = [each.actor for each, chance in rated if each.is_told and (chance >= OUT or _key(each.actor) in selves)]
    others = sorted((pair for pair in rated if not pair[0].is_told and pair[1] >= IN), key=lambda pair: -pair[1])
    return tuple(kept) or _without_repeated([each.actor for each, _ in others]) or tuple(told)


def _without_newcomers(
    people: tuple[Actor, ...], before: Sequence[Actor], others: Sequence[Actor]
) -> tuple[Actor, ...]:
    """Without who came in and has the other part: only rules know who did it to himself."""
    known, taken = {_key(a) for a in before}, {_key(a) for a in others}
    return tuple(a for a in people if _key(a) in known or _key(a) not in taken)


def _without_repeated(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Each once: nobody who may be another in other words, and not "men", who may be anybody."""
    kept: list[Actor] = []
    for actor in sorted(actors, key=lambda each: not each.name):
        is_bare = is_anybody(actor) and len(actor.text.split()) == 1 and actor.sector in (None, "CVL")
        if not is_bare and not any(_may_be_one(actor, each) for each in kept):
            kept.append(actor)
    return tuple(kept)


def _may_be_one(actor: Actor, known: Actor) -> bool:
    """Whether somebody may be one who is known: by words of his name, or as one of a kind who has none himself and is
    not counted."""
    words, others = set(_key(actor).split()), set(_key(known).split())
    is_open = not actor.name and count_of(actor) < _SEVERAL
    is_alike = is_open and (bool(known.name) or (actor.sector == known.sector and actor.sector in _BODIES))
    return words <= others or others <= words or is_alike


def _key(actor: Actor) -> str:
    return (actor.name or actor.text).lower()


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(chance / (1 - chance))


@functools.cache
def packaged_weights() -> Weights:
    """The weights of this package."""
    path = importlib.resources.files(__package__).joinpath("data", "marked.toml")
    return tomllib.loads(path.read_text("utf-8"))
