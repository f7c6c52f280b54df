"""The town of a happening that its own sentences place only in a part of a country, from those that follow.

"Militants abducted a crew in southeastern Niger. They were working near the town of Diffa." A sentence that tells of
something else, or of an older year, names the town of that.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Optional

from transforms.events.mentions import Mention
from transforms.events.ontology import Ontology
from transforms.events.placenames import is_facility, named_places
from transforms.events.places import Where, find_place
from transforms.events.sentences import Sentence

_REACH = 2  # sentences after the one that tells of it
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def name_town(
    happening: Sequence[Mention], sentences: Sequence[Sentence], mentions: Sequence[Mention], ontology: Ontology
) -> list[Mention]:
    """The mentions of a happening; where none names a town, the first that tells coarsely where with the town after it.

    `mentions` are all those of the article.
    """
    coarse = [m for m in happening if m.where.is_coarse and m.realis == "actual"]
    if not coarse or any(set(m.where.names) - set(m.where.units) for m in happening):
        return list(happening)
    first = coarse[0]
    where = next(_towns_after(first, happening, sentences, mentions, ontology), first.where)
    return [m._replace(where=where) if m is first else m for m in happening]


def _towns_after(
    mention: Mention,
    happening: Sequence[Mention],
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    ontology: Ontology,
) -> Iterator[Where]:
    """What the sentences after that of `mention` name besides what it says itself, the nearest first."""
    country = mention.where.country or _country_of(mention.where.units, ontology)
    others = {m.sentence_number for m in mentions if not m.trigger.weak}
    others -= {m.sentence_number for m in happening}
    for number in range(mention.sentence_number + 1, min(mention.sentence_number + 1 + _REACH, len(sentences))):
        sentence = sentences[number]
        if number in others or _YEAR.search(sentence.said()):
            continue
        found = find_place(sentence, 0, named_places(sentence, ontology))
        names = tuple(name for name in found.names if _is_town_in(country, name, found, ontology))
        units = (name for name in found.units if ontology.gazetteer.find_unit(name, country))
        names = names or tuple(units if country and not mention.where.units else ())
        if names:
            names = (*names, *mention.where.names)
            yield mention.where._replace(names=names, towns=found.towns, sentence_number=number)


def _country_of(units: Sequence[str], ontology: Ontology) -> Optional[str]:
    return next((unit.country for name in units if (unit := ontology.gazetteer.find_unit(name))), None)


def _is_town_in(country: Optional[str], name: str, found: Where, ontology: Ontology) -> bool:
    """Whether a name is said to be that of a town, or is one of the country's in the gazetteer."""
    if is_facility(name) or name in found.units:
        return False
    spots = ontology.gazetteer.find(name)
    return any(spot.country == country for spot in spots) or (not spots and name in found.towns)
