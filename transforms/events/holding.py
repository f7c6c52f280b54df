"""What a verb that says little holds, for its noun to tell: who held talks, signed an accord or issued a threat."""

from typing import Optional

from transforms.events.agency import DOING, Agency
from transforms.events.ontology import is_curb
from transforms.events.wordlists import word_set

_HOLDING = DOING | word_set(
    "hold have make give issue lodge express sign reach strike conclude offer pay begin open resume impose declare "
    "announce voice extend grant provide send deliver place take start call clinch seal ink initial finalize renew "
    "tender submit file lodge raise level put find show repeat reiterate restate maintain keep introduce levy slap "
    "tighten reimpose exert register join attend convene bring forge agree broker hand unveil step suffer complete "
    "finish use exercise cast broadcast publish set"
)  # what is held, signed or issued is told by its noun
_PASSING = word_set("approve adopt back endorse pass authorize")  # which puts sanctions on somebody
_CALLED = frozenset(
    ["PROTEST", "CONSULT", "RETREAT"]
)  # types of what one calls; "called the arrests a step" is no arrest
_ENTERING = word_set("enter come engage get go embark participate take")  # with "into talks", "to an agreement"
_GOING_ON = word_set("continue go press proceed push")  # "pressed on with a strike"
_SHOWING = word_set(  # what crowds do "in protest"
    "park block shut close dump burn strip march gather stay pull honk light wear wave beat camp sit lie fast parade"
)
_BEGINNING = word_set(
    "begin open start resume end conclude continue come follow anger draw spark prompt trigger provoke"
)
_TELLING = word_set("announce express reiterate repeat restate unveil voice")  # "announced [Chile]'s withdrawal"
_UNDOING = word_set("absence cancellation collapse cut cutting end freeze halt lack lifting suspension termination")
_FORCE = frozenset(["effect", "force", "hold", "way", "underway"])
_COMING = word_set("come enter get go take")
_INTO = word_set("in into to on")
_GIVEN = frozenset(["AID", "SUPPORT"])  # types of what a sum of money is for
_ENTERED = frozenset(["CONSULT", "AGREE", "SUPPORT", "PROTEST"])  # types of what one can be in, or come to
_FILING = frozenset(["lodge", "file", "submit", "deliver"])  # what states do with a protest
_AGAINST_STATES = ("against", "with", "to")
_TO_WHOM = ("with", "to", "into", "for", "against", "on", "upon", "between", "from", "toward", "towards", "over")


class Holding(Agency):
    """A trigger in its tree, asked for a verb that holds its noun, and for those beside that verb."""

    def held(self, noun: int) -> Optional[int]:
        """The noun that a verb holds which says little itself: "held [talks]", "launched a mediation [effort]".

        "Entered into [talks]" and "are in [talks]" hold them too. None where a noun is not told so.
        """
        tree = self.tree
        if self._is_entered(noun) or self.is_begun(noun) or self._is_sum(noun):
            return noun
        for _ in range(3):
            verb = tree.lemmas[tree.heads[noun]]
            is_held = verb in _HOLDING and (verb != "call" or self.trigger.event_type in _CALLED)
            is_held = is_held or (verb in _PASSING and is_curb(self.trigger))
            if tree.relations[noun] in ("obj", "nsubj:pass") and is_held:
                return noun
            of = [self.sentence.lows[at] for at in tree.children(noun, "case")] == ["of"]
            if tree.relations[noun] not in ("compound", "conj") and not (tree.relations[noun] == "nmod" and of):
                return None
            noun = tree.heads[noun]
            if tree.lemmas[noun] in _UNDOING:  # "announced the suspension of aid"
                return None
        return None

    def is_begun(self, noun: int) -> bool:
        """Whether what a noun tells begins, or is, by itself: "talks opened in Ardon", "there were calls for it"."""
        tree, verb = self.tree, self.tree.heads[noun]
        into = {self.sentence.lows[at] for at in tree.children(verb, "obj", "obl", "advmod", "xcomp")}
        is_in_force = bool(_FORCE & into) and tree.lemmas[verb] in _COMING  # "a truce went into force"
        is_there = bool(tree.children(verb, "expl")) and tree.lemmas[verb] == "be" and not self._is_none(noun)
        return tree.relations[noun] == "nsubj" and (tree.lemmas[verb] in _BEGINNING or is_in_force or is_there)

    def _is_none(self, noun: int) -> bool:
        return any(self.sentence.lows[at] == "no" for at in self.tree.children(noun, "det"))

    def _is_entered(self, noun: int) -> bool:
        """Whether somebody is in what a noun tells, or comes to it: "are in talks", "came to an agreement"."""
        tree = self.tree
        tied = {self.sentence.lows[at] for at in tree.children(noun, "case")}
        if self.trigger.event_type not in _ENTERED or not (_INTO | {"with"}) & tied:
            return False
        verb = self.holder(noun)
        entering = _GOING_ON if tied == {"with"} else _ENTERING
        if self.trigger.lemma == "protest" and tied == {"in"}:
            entering = _SHOWING
        is_entered = tree.relations[noun] in ("obl", "nmod") and tree.lemmas[verb] in entering
        return bool(tree.children(noun, "cop")) or is_entered

    def _is_sum(self, noun: int) -> bool:
        """Whether it is what a sum of money is for that somebody tells of: "announced two million dollars in [aid]"."""
        tree, verb = self.tree, self.holder(noun)
        is_tied = tree.relations[noun] in ("obl", "nmod") and noun in self.oblique(tree.heads[noun], ("in",))
        money = [at for at in tree.children(verb, "obj") if tree.kinds[at] == "MONEY"]
        return is_tied and self.trigger.event_type in _GIVEN and tree.lemmas[verb] in _HOLDING and bool(money)

    def holder(self, noun: int) -> int:
        """The verb that holds a noun; the noun itself in "they are in talks"."""
        head = self.tree.heads[noun]
        if self.sentence.lows[head] == "part" and self.tree.relations[noun] == "nmod":  # "took part in talks"
            head = self.tree.heads[head]
        if self.tree.kinds[head] == "MONEY" and self.tree.relations[noun] == "nmod":
            head = self.tree.heads[head]
        return noun if self.tree.children(noun, "cop") else head

    def _owners(self, noun: int) -> list[int]:
        """Whose it is that others tell: "the expulsion of an envoy by [Chile] was announced"."""
        owners = [at for at in self.tree.children(noun, "nmod:poss") if self.is_somebody(at)]
        if self.trigger.of == "recipient" and not self.oblique(noun, ("of",)):
            owners = []  # "Roe's dismissal"
        return self.oblique(noun, ("by",)) or owners

    def around_held(self, noun: int) -> tuple[list[int], list[int]]:
        """The heads of who held talks, signed an accord or issued a threat, and of with, to or against whom."""
        tree, verb = self.tree, self.holder(noun)
        active = tree.relations[noun] == "obj" or self._is_entered(noun) or self._is_sum(noun)
        owners = [] if active and tree.lemmas[verb] not in _TELLING else self._owners(noun)
        actors = owners or (self.subject_or_agents(verb) if active else self.agents(verb))
        if not (actors or active):  # "talks between [Chile and Peru] were held"
            actors = self.oblique(noun, ("between",)) or self.oblique(verb, ("between",))
        if not actors and tree.relations[noun] == "nsubj:pass" and self.trigger.of == "actor":
            actors = tree.children(noun, "nmod:poss") + self.oblique(
                noun, ("of",)
            )  # "the resignation of X was announced"
        if self.trigger.event_type == "PROTEST":  # "called a rally over the killing of a boy" is not against him
            words = _AGAINST_STATES if tree.lemmas[verb] in _FILING else ("against",)
            recipients = self.oblique(noun, words) + self.oblique(verb, words)
        else:
            recipients = tree.children(verb, "iobj") + self.oblique(noun, _TO_WHOM) + self.oblique(verb, _TO_WHOM)
            if self.trigger.mode == "withdraw":  # "the withdrawal of its troops [from Chad]"
                recipients += [at for who in self.oblique(noun, ("of",)) for at in self.oblique(who, ("from",))]
            recipients += self.oblique(noun, ("of",)) if self.trigger.of == "recipient" else []
            recipients = [at for at in recipients if self.is_somebodys(at) and at not in actors]
            if self.trigger.mode != "arrest":  # not "made two arrests over the murder of a priest"
                if noun < verb and self.trigger.event_type != "RETREAT":  # "an offer of loans [to Chad] was made"
                    recipients = recipients or self.addressees(noun, apart=actors)
                recipients = [at for at in recipients or self.addressees(verb) if at not in actors]
        if self.trigger.mode == "curfew":  # which holds for a town and is meant for nobody
            recipients = [at for at in recipients if self.are_people(at)]
        return [self.antecedent(at, noun) for at in actors], [self.antecedent(at, noun) for at in recipients]
