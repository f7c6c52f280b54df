"""What a deed is done with, and what a bomb goes off at: neither did it."""

from transforms.events.actors import FLYING
from transforms.events.dependents import Dependents
from transforms.events.wordlists import word_set

_BESIDE = ("at", "outside", "inside", "under", "near", "against", "in", "beside", "opposite", "behind", "beneath")
_THROWING = word_set("hurl throw lob toss drop fire launch")
_RAMMING = word_set("ram plow plough drive")
_MEETING = word_set("hit strike")
_MINES = word_set("mine mines landmine landmines bomb bombs ied ieds device explosives")
_SIDES = word_set("front side back rear vicinity proximity entrance")


class Weapons(Dependents):
    """A trigger in its tree, asked for its means."""

    def is_means(self, at: int) -> bool:
        """Whether a noun is a weapon: "grenades", "dynamite sticks", and no gunman."""
        parts = (at, *self.tree.children(at, "compound"))
        return not self.ontology.is_people(self.sentence.lows[at]) and any(
            self.sentence.lows[part] in self.ontology.means for part in parts
        )

    def is_weapon_of(self, verb: int, at: int) -> bool:
        """Whether an object of a verb is what it is done with: "hurled [grenades] at", "rammed [a car] into"."""
        lemma = self.tree.lemmas[verb]
        return lemma in _RAMMING or (self.is_means(at) and (lemma in _THROWING or not self._flies(at)))

    def _flies(self, at: int) -> bool:
        """Whether a weapon is what somebody shoots at as well: "shot down [a helicopter]"."""
        match = self.ontology.means.match(self.sentence.lows, at)
        return bool(match) and match[1] in FLYING

    def is_thrown(self, at: int) -> bool:
        """Whether a subject is what flew, and nobody hit by it: "[parts] of the car were hurled over the wall"."""
        is_throwing = self.trigger.lemma.split()[0] in _THROWING and not self.is_somebody(at)
        return is_throwing or self.is_means(at)

    def is_set_off(self, verb: int) -> bool:
        """Whether the object of a verb is a mine, which the subject drove or stepped on: "their car hit [a mine]"."""
        is_driven = self.tree.lemmas[verb] in _MEETING
        return is_driven and any(self.sentence.lows[at] in _MINES for at in self.tree.children(verb, "obj", "obl"))

    def beside(self, head: int) -> list[int]:
        """What a bomb exploded at, or was placed at: "in front of [the bank]"."""
        found = [at for at in self.oblique(head, _BESIDE) if self.tree.kinds[at] not in ("GPE", "LOC")]
        return [
            thing
            for at in found
            for thing in (self.sentence.lows[at] in _SIDES and self.oblique(at, ("of", "to"))) or [at]
        ]
