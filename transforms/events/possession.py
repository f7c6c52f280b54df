"""Who did and who suffered what a noun tells, by the words that hang on it: "the [rebels]' attack on [Oslo]"."""

from transforms.events.antecedents import find_owner
from transforms.events.complements import Complements
from transforms.events.dependents import ON

_FROM_WHOM = frozenset(["ACCUSE", "AGREE", "AID", "REQUEST", "SUPPORT", "THREATEN"])  # types: "a threat from Roe"
_SHOTS = frozenset(["fire", "gunfire", "shots"])
_FOR_WHOM = frozenset(["AID", "SUPPORT"])  # types: "praise for Roe", "aid to Chad"
_TOWARDS = frozenset(["AGREE", "REQUEST", "THREATEN"])  # types of what one has for another: "an offer to Roe"


class Possession(Complements):
    """A trigger in its tree, asked whose it is, and of or on whom."""

    def own_parts(self, noun: int, of_recipient: bool) -> tuple[list[int], list[int]]:
        """Who did and who suffered it by the words that hang on a noun: "the [rebels]' attack on [Oslo]"."""
        tree = self.tree
        actors, recipients = self.oblique(noun, ("by",)), self.oblique(noun, ON)
        if not actors:  # "the arrest of monks by [police]": a parser may tie those to the monks
            actors = [who for at in (*self.oblique(noun, ("of",)), *recipients) for who in self.oblique(at, ("by",))]
        if not actors and self.trigger.event_type in _FROM_WHOM:
            actors = [who for who in self.oblique(noun, ("from",)) if self.is_somebody(who)]
        if lives := [at for at in recipients if self.sentence.lows[at] == "life"]:  # "an attempt on the life of [Roe]"
            recipients = [who for at in lives for who in self.oblique(at, ("of",))]
        if self.trigger.event_type in _TOWARDS and not recipients:
            recipients = [at for at in self.oblique(noun, ("to",)) if tree.kinds[at] in ("PERSON", "NORP")]
        if self.trigger.event_type in _FOR_WHOM and not recipients:
            recipients = self.oblique(noun, ("for", "to", "with"))
        if self.trigger.event_type == "REQUEST" and not recipients:  # "there were calls for [the mayor] to go"
            recipients = [who for at in tree.children(noun, "acl") for who in tree.children(at, "nsubj")]
        named = [at for at in self.oblique(noun, ("of",)) if self.sentence.lows[at] not in _SHOTS]
        owning = self._owning(noun, of_recipient)
        owners = owning + named
        is_owners = any(self.is_somebody(who) for who in owning) if named else self._is_said_of()
        if of_recipient and is_owners:  # "[Norway]'s bombing of Oslo", "[Chile]'s criticism"
            actors, recipients = actors or owning, recipients + named
        elif of_recipient:  # not "[France]'s biggest theft"
            recipients += [at for at in owners if tree.kinds[at] != "GPE" or tree.relations[at] != "nmod:poss"]
        else:
            actors = actors or owners
        is_behind = "behind" in [self.sentence.lows[at] for at in tree.children(noun, "case")]
        if not actors and is_behind and tree.lemmas[tree.heads[noun]] != "deny":  # "[rebels] were behind the attack"
            actors = tree.children(noun, "nsubj")
        return actors, recipients

    def _owning(self, noun: int, of_recipient: bool) -> list[int]:
        """Whose a noun is: "[Norway]'s raid", "[Norway] said its drones hit a port"."""
        owner = None if of_recipient else find_owner(self.sentence, self.tree, noun)
        return self.tree.children(noun, "nmod:poss") if owner is None else [owner]

    def _is_said_of(self) -> bool:
        """Whether a noun that is "of" somebody is of words: whose it is says them."""
        return self.trigger.event_type == "SUPPORT" or self.trigger.mode == "disapprove"
