"""Who did and who suffered what a noun tells, by the words that hang on it: "the [rebels]' attack on [Oslo]"."""

from transforms.events.antecedents import find_owner
from transforms.events.complements import Complements
from transforms.events.dependents import ON

_FROM_WHOM = frozenset(["ACCUSE", "AGREE", "AID", "REQUEST", "SUPPORT", "THREATEN"])  # types: "a threat from Roe"
_SHOTS = frozenset(["fire", "gunfire", "shots"])
_WHOLES = frozenset(["campaign", "conflict", "insurgency", "offensive", "uprising", "war"])  # of which a deed is part
_PINNING = frozenset(["blame", "pin"])
_FOR_WHOM = frozenset(["AID", "SUPPORT"])  # types: "praise for Roe", "aid to Chad"
_TOWARDS = frozenset(["AGREE", "REQUEST", "THREATEN"])  # types of what one has for another: "an offer to Roe"


class Possession(Complements):
    """A trigger in its tree, asked whose it is, and of or on whom."""

    def own_parts(self, noun: int, of_recipient: bool) -> tuple[list[int], list[int]]:
        """Who did and who suffered it by the words that hang on a noun: "the [rebels]' attack on [Oslo]"."""
        tree = self.tree
        actors, recipients = self.oblique(noun, ("by",)), self.oblique(noun, ON)
        if actors == [] and recipients and self._is_pinned(noun):  # "blamed the attack on [rebels]"
            actors, recipients = recipients[-1:], recipients[:-1]
        if not actors:  # "the arrest of monks by [police]": a parser may tie those to the monks
            beside = [who for at in (*self.oblique(noun, ("of",)), *recipients) for who in self.oblique(at, ("by",))]
            actors = [who for who in beside if self.is_somebody(who) or self.are_people(who)]
        if not actors and self.trigger.event_type in _FROM_WHOM:
            coming = (
                [tree.heads[noun]] if tree.lemmas[tree.heads[noun]] == "come" else []
            )  # "criticism came from [Chad]"
            sources = [who for at in (noun, *coming) for who in self.oblique(at, ("from",))]
            actors = [who for who in sources if self.is_somebody(who)]
        lives = [at for at in recipients if self.sentence.lows[at] == "life"]
        if lives:  # "an attempt on the life of [Roe]"
            recipients = [who for at in lives for who in self.oblique(at, ("of",)) or [self.owner(at)]]
        if self.trigger.event_type in _TOWARDS and not recipients:
            recipients = [at for at in self.oblique(noun, ("to",)) if tree.kinds[at] in ("PERSON", "NORP")]
        if self.trigger.event_type in _FOR_WHOM and not recipients:
            recipients = [who for who in self.oblique(noun, ("for", "to", "with")) if self.is_somebody(who)]
        if self.trigger.event_type == "REQUEST" and not recipients:  # "there were calls for [the mayor] to go"
            recipients = self._called_for(noun)
        named, owning = self.oblique(noun, ("of",)), self._owning(noun, of_recipient)
        named = [at for at in named if tree.lemmas[at] not in _WHOLES and self.sentence.lows[at] not in _SHOTS]
        owners = owning + named
        is_owners = any(self.is_somebody(who) for who in owning) if named else self._is_said_of()
        if of_recipient and is_owners:  # "[Norway]'s bombing of Oslo", "[Chile]'s criticism"
            actors, recipients = actors or owning, recipients + named
        elif of_recipient:  # not "[France]'s biggest theft"
            recipients += [at for at in owners if tree.kinds[at] != "GPE" or tree.relations[at] != "nmod:poss"]
        else:
            actors = actors or owners
        cases = [self.sentence.lows[at] for at in tree.children(noun, "case")]
        is_denied = tree.lemmas[tree.heads[noun]] == "deny"
        if not actors and "behind" in cases and tree.children(noun, "cop") and not is_denied:
            actors = tree.children(noun, "nsubj")  # "[rebels] were behind the attack"
        return actors, recipients

    def _is_pinned(self, noun: int) -> bool:
        """Whether somebody blames the deed on those behind it, whom a parser ties to the deed."""
        tree, verb = self.tree, self.tree.heads[noun]
        is_told = tree.relations[noun] in ("obj", "nsubj:pass") and tree.lemmas[verb] in _PINNING
        return is_told and not self.oblique(verb, ("on", "for"))

    def _owning(self, noun: int, of_recipient: bool) -> list[int]:
        """Whose a noun is: "[Norway]'s raid", "[Norway] said its drones hit a port"."""
        owner = None if of_recipient else find_owner(self.sentence, self.tree, noun)
        return self.tree.children(noun, "nmod:poss") if owner is None else [owner]

    def _called_for(self, noun: int) -> list[int]:
        """Who is asked for to do something, by a clause behind a noun, which a parser may tie to the verb above."""
        tree, head = self.tree, self.tree.heads[noun]
        beside = tree.children(head, "advcl") if tree.lemmas[head] == "be" else []
        asked = [at for at in (*tree.children(noun, "acl"), *beside) if at > noun]
        return [who for at in asked for who in tree.children(at, "nsubj") if tree.tags[at] == "VB"]

    def _is_said_of(self) -> bool:
        """Whether a noun that is "of" somebody is of words: whose it is says them."""
        return self.trigger.event_type == "SUPPORT" or self.trigger.mode == "disapprove"
