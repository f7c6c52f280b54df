"""Where something was said whose own sentences do not tell it: where the press was told in the sentences after.

"The party rejected the result. Its leader told reporters in Lusaka that it would go to court."
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Optional

from transforms.events.lexicon import OF_WORDS
from transforms.events.locatives import find_spans
from transforms.events.mentions import Mention
from transforms.events.ontology import Ontology
from transforms.events.placenames import name_between, named_places
from transforms.events.places import Where
from transforms.events.sentences import Sentence
from transforms.events.wordlists import word_set

_PRESS = word_set("reporters journalists newsmen press media conference briefing")
_REACH = 5  # sentences after the one that tells of it


def name_podium(happening: Sequence[Mention], sentences: Sequence[Sentence], ontology: Ontology) -> list[Mention]:
    """The mentions of a happening; where none of what is said names a place, the first with that of the press."""
    told = [m for m in happening if m.realis == "actual" and m.is_verb]
    if not told or told[0].trigger.event_type not in OF_WORDS or any(m.where.names for m in told):
        return list(happening)
    first, others = told[0], {actor.country for m in told for actor in m.recipients} - {None}
    where = next(_podiums(first.sentence_number, others, sentences, ontology), first.where)
    return [m._replace(where=where) if m is first else m for m in happening]


def _podiums(
    number: int, others: Collection[Optional[str]], sentences: Sequence[Sentence], ontology: Ontology
) -> Iterator[Where]:
    """Where the press was told, from sentence `number` on, by whom nothing says to be of the countries `others`."""
    for at, sentence in enumerate(sentences[number : number + 1 + _REACH], number):
        named = named_places(sentence, ontology)
        if any(place.country in others for _, place in named):
            continue
        lands = {word for word, place in named if place.kind != "city"}
        for start, end, before in find_spans(sentence, named):
            if sentence.lows[before - 1] in _PRESS and start not in lands:
                yield Where((name_between(sentence, start, end),), is_inside=True, sentence_number=at)
