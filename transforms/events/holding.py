"""What a verb that says little holds, for its noun to tell: who held talks, signed an accord or issued a threat."""

from typing import Optional

from transforms.events.agency import DOING, Agency
from transforms.events.wordlists import word_set

_HOLDING = DOING | word_set(
    "hold have make give issue lodge express sign reach strike conclude offer pay begin open resume impose declare "
    "announce voice extend grant provide send deliver place take start call clinch seal ink initial finalize renew "
    "tender submit file lodge raise level put find show repeat reiterate restate maintain keep introduce levy slap "
    "tighten reimpose exert register join attend convene bring forge agree broker hand unveil step suffer complete "
    "finish use exercise cast broadcast publish set"
)  # what is held, signed or issued is told by its noun
_ENTERING = word_set("enter come engage get go embark participate take")  # with "into talks", "to an agreement"
_BEGINNING = word_set(
    "begin open start resume end conclude continue come follow anger draw spark prompt trigger provoke"
)
_TELLING = word_set("announce express reiterate repeat restate unveil voice")  # "announced [Chile]'s withdrawal"
_FORCE = frozenset(["effect", "force", "hold", "way", "underway"])
_COMING = word_set("come enter get go take")
_INTO = word_set("in into to on")
_ENTERED = frozenset(["CONSULT", "AGREE", "SUPPORT", "PROTEST"])  # types of what one can be in, or come to
_TO_WHOM = ("with", "to", "into", "for", "against", "on", "upon", "between", "from", "toward", "towards", "over")


class Holding(Agency):
    """A trigger in its tree, asked for a verb that holds its noun, and for those beside that verb."""

    def held(self, noun: int) -> Optional[int]:
        """The noun that a verb holds which says little itself: "held [talks]", "launched a mediation [effort]".

        "Entered into [talks]" and "are in [talks]" hold them too. None where a noun is not told so.
        """
        tree = self.tree
        if self._is_entered(noun) or self.is_begun(noun):
            return noun
        for _ in range(3):
            if tree.relations[noun] in ("obj", "nsubj:pass") and tree.lemmas[tree.heads[noun]] in _HOLDING:
                return noun
            of = [self.sentence.lows[at] for at in tree.children(noun, "case")] == ["of"]
            if tree.relations[noun] not in ("compound", "conj") and not (tree.relations[noun] == "nmod" and of):
                return None
            noun = tree.heads[noun]
        return None

    def is_begun(self, noun: int) -> bool:
        """Whether what a noun tells begins, or is, by itself: "talks opened in Ardon", "there were calls for it"."""
        tree, verb = self.tree, self.tree.heads[noun]
        into = {self.sentence.lows[at] for at in tree.children(verb, "obj", "obl", "advmod", "xcomp")}
        is_in_force = bool(_FORCE & into) and tree.lemmas[verb] in _COMING  # "a truce went into force"
        is_none = any(self.sentence.lows[at] == "no" for at in tree.children(noun, "det"))
        is_there = bool(tree.children(verb, "expl")) and not is_none
        return tree.relations[noun] == "nsubj" and (tree.lemmas[verb] in _BEGINNING or is_in_force or is_there)

    def _is_entered(self, noun: int) -> bool:
        """Whether somebody is in what a noun tells, or comes to it: "are in talks", "came to an agreement"."""
        tree = self.tree
        tied = {self.sentence.lows[at] for at in tree.children(noun, "case")}
        if self.trigger.event_type not in _ENTERED or not _INTO & tied:
            return False
        return bool(tree.children(noun, "cop")) or tree.lemmas[tree.heads[noun]] in _ENTERING

    def holder(self, noun: int) -> int:
        """The verb that holds a noun; the noun itself in "they are in talks"."""
        return noun if self.tree.children(noun, "cop") else self.tree.heads[noun]

    def around_held(self, noun: int) -> tuple[list[int], list[int]]:
        """The heads of who held talks, signed an accord or issued a threat, and of with, to or against whom."""
        tree, verb = self.tree, self.holder(noun)
        active = tree.relations[noun] == "obj" or self._is_entered(noun)
        owners = []
        if not active or tree.lemmas[verb] in _TELLING:
            told = [at for at in tree.children(noun, "nmod:poss") if self.is_somebody(at)]
            owners = self.oblique(noun, ("by",)) or told
        actors = owners or (self.subject_or_agents(verb) if active else self.agents(verb))
        actors = actors or self.oblique(noun, ("between",))  # "talks between [Chile and Peru] were held"
        if not actors and tree.relations[noun] == "nsubj:pass" and self.trigger.of == "actor":
            actors = tree.children(noun, "nmod:poss") + self.oblique(
                noun, ("of",)
            )  # "[Roe]'s resignation was announced"
        if self.trigger.event_type == "PROTEST":  # "called a rally over the killing of a boy" is not against him
            recipients = self.oblique(noun, ("against",)) + self.oblique(verb, ("against",))
        else:
            recipients = self._to_whom(noun, verb, actors)
        return [self.antecedent(at, noun) for at in actors], [self.antecedent(at, noun) for at in recipients]

    def _to_whom(self, noun: int, verb: int, actors: list[int]) -> list[int]:
        """With, to or against whom it is: "held talks with [Chile]", "issued a threat to [Peru]"."""
        found = self.tree.children(verb, "iobj") + self.oblique(noun, _TO_WHOM) + self.oblique(verb, _TO_WHOM)
        found += self.oblique(noun, ("of",)) if self.trigger.of == "recipient" else []
        found = [at for at in found if self.is_somebodys(at) and at not in actors]
        if self.trigger.mode == "arrest":  # not "made two arrests over the murder of a priest"
            return found
        return found or self.addressees(verb)
