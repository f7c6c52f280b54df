"""Mentions that only say who took part in the assault that the article tells of: victims, suspects, targets; or how
many are in care since."""

import re
from collections.abc import Mapping

from transforms.events.actors import make_actor
from transforms.events.apart import words_of_another
from transforms.events.attackers import unknown_attackers
from transforms.events.culprits import find_culprits, find_targets
from transforms.events.identity import is_known
from transforms.events.mentions import Mention
from transforms.events.ontology import Ontology, Trigger
from transforms.events.parties import Naming, is_feast, read_sufferers
from transforms.events.people import name_people
from transforms.events.places import Where
from transforms.events.sentences import Sentence
from transforms.events.spans import tells_of_span
from transforms.events.timing import Timing
from transforms.events.tolls import Toll, count_casualties
from transforms.records import Actor

_YEARS_AGO = re.compile(r"\byears? (?:ago|before|earlier)\b")
_NAMED = Trigger("named", "ASSAULT", weak=True)
_HURT = Trigger("hurt", "ASSAULT", weak=True, toll="injured")
_BOMBED = Trigger("bomb", "ASSAULT", mode="explosives")


def mention_people(sentence: Sentence, number: int, names: Mapping[str, str]) -> list[Mention]:
    """The people named as hurt or suspected, as a mention that adds them to the assault that the article tells of."""
    first, last = sentence.span(0, len(sentence.texts))
    text = sentence.text[first:last]
    people = name_people(sentence, names)
    if not people:
        return []
    named = {
        role: tuple(Actor(p.name, p.name, None, None) for p in people if p.role == role)
        for role in ("actor", "recipient", "self")
    }
    text = " ".join(text.split())
    nothing = (Timing(), Where(), Toll())
    told = [(named["actor"], named["recipient"], False), ((), named["self"], True)]
    another = words_of_another(sentence)
    is_other = any(sentence.texts[at] in person.name.split() for at in another for person in people)
    return [
        Mention(_NAMED, False, None, "actual", actors, hurt, *nothing, text, number, first, last)._replace(
            is_self=is_self, is_other=is_other
        )
        for actors, hurt, is_self in told
        if actors or hurt
    ]


def mention_culprits(sentence: Sentence, number: int, ontology: Ontology, names: Mapping[str, str]) -> list[Mention]:
    """Those who are held responsible for the assault that the article tells of, and what bombs were placed at, as a
    mention that adds them to it."""
    made = [make_actor(sentence, phrase, ontology, names) for phrase in find_culprits(sentence, ontology)]
    actors = tuple(a for a in made if a and not is_feast(a) and (is_known(a) or _is_people(a, ontology)))
    called = [make_actor(sentence, phrase, ontology, names) for phrase in unknown_attackers(sentence, ontology)]
    hit = read_sufferers(Naming(sentence, ontology, names), _BOMBED, find_targets(sentence, ontology))
    if not (actors or called or hit.actors):
        return []
    first, last = sentence.span(0, len(sentence.texts))
    text = " ".join(sentence.text[first:last].split())
    nothing = (Timing(), Where(), Toll())
    realis = "historical" if _YEARS_AGO.search(text) else "actual"
    mention = Mention(_NAMED, False, None, realis, actors, hit.actors, *nothing, text, number, first, last)
    return [mention._replace(things=hit.things, venues=hit.venues, tellers=tuple(filter(None, called)))]


def mention_hurt(sentence: Sentence, number: int) -> list[Mention]:
    """Those who are told to be in care, or to have wounds, as a mention that adds their number to what hurt them."""
    first, last = sentence.span(0, len(sentence.texts))
    text = " ".join(sentence.text[first:last].split())
    toll = count_casualties(text)
    if not (toll.injured or toll.in_care):
        return []
    realis = "historical" if _YEARS_AGO.search(text) or tells_of_span(sentence.lows) else "actual"
    return [Mention(_HURT, False, None, realis, (), (), Timing(), Where(), toll, text, number, first, last)]


def _is_people(actor: Actor, ontology: Ontology) -> bool:
    first, *_, head = actor.text.lower().split() * 2
    return ontology.is_people(head) and first != "that"
