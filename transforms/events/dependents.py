"""What hangs on a word in the dependency tree: its phrases by preposition, who it is done "by", whose it is.

The relations are those of Universal Dependencies (https://universaldependencies.org).
"""

from collections.abc import Iterable, Sequence
from typing import Optional

from transforms.events.antecedents import find_antecedent
from transforms.events.auxiliaries import find_auxiliaries, find_doubts
from transforms.events.nouns import is_included
from transforms.events.ontology import Ontology
from transforms.events.roles import Found
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import HURTING, PREMISES, word_set

ON = ("on", "against", "upon", "at", "targeting")
REPORTERS = word_set(
    "police officer officers deputy deputies sheriff detective detectives investigator investigators trooper troopers "
    "authorities official officials prosecutor prosecutors spokesman spokeswoman spokesperson chief coroner captain "
    "lieutenant sergeant witness witnesses neighbor neighbors doctor doctors attorney lawyer judge mayor governor "
    "minister army military government radio newspaper daily television channel broadcaster agency"
)
_JUDGING = frozenset(["SANCTION", "CONCEDE", "AID"])  # types of what is done to anybody: "acquitted [a coach]"
_SAYING = frozenset(
    ["ACCUSE", "CONSULT", "REQUEST", "SUPPORT", "THREATEN"]
)  # types of what one says to his own: "her colleagues"
_OWN = word_set("its their his her our my")
_MAYBE = frozenset(["may", "might", "could"])
_BODIES = word_set("body bodies corpse corpses remains name names identity identities")
_RACES = word_set("race election runoff primary contest seat nomination")
_WHO = word_set("people civilians refugees")
_ABOUT_LANDS = word_set("bill crisis deal debate law motion policy question resolution vote war")
_TIMES = word_set("after as before since until when while")
_WAYS = word_set(
    "telephone phone video radio letter mail e-mail email air sea land road rail percent hour hours "
    "vote votes margin majority"
)
_ONE_OF_TWO = frozenset(["first", "second", "third", "former", "latter", "other", "last"])


class Dependents:
    """A trigger in the tree of its sentence, to ask what hangs on it and on the words around it."""

    def __init__(self, sentence: Sentence, tree: Tree, found: Found, ontology: Ontology):
        self.sentence, self.tree, self.found, self.ontology = sentence, tree, found, ontology
        self.trigger = found.form.trigger

    def oblique(self, head: int, words: Iterable[str]) -> list[int]:
        """The phrases that one of `words` (such as "by") ties to a head."""
        tree, lows = self.tree, self.sentence.lows
        found = tree.children(head, "obl", "nmod", "obl:agent", "nmod:agent")
        tied = [at for at in found if any(lows[case] in words for case in self._cases(at)[:1])]
        counts = [at for at in tied if tree.kinds[at] == "CARDINAL" and not tree.children(at, "nmod")]
        return [at for at in tied if tree.kinds[at] not in ("DATE", "TIME", "MONEY") and at not in counts]

    def lasting(self, verb: int) -> list[int]:
        """What is told to have lasted when it was done: "killed in two days of [fighting]"."""
        spans = [at for at in self.tree.children(verb, "obl") if self.tree.kinds[at] in ("DATE", "TIME")]
        return [at for span in spans for at in (*self.oblique(span, ("of",)), *self.tree.children(span, "acl"))]

    def _cases(self, at: int) -> list[int]:
        """The prepositions of a noun; a parser may tie one to the title before a name: "on [Minister] Ann Lee"."""
        titles = self.tree.children(at, "nmod:desc", "flat")
        own = self.tree.children(at, "case")
        return own or [case for title in titles for case in self.tree.children(title, "case")]

    def by_phrases(self, verb: int) -> list[int]:
        """Who, or what, it is done by."""
        agents = self.tree.children(verb, "obl:agent")
        agents = [at for at in agents if not self._is_other(at)] or self.oblique(verb, ("by",))
        return [at for at in agents if not (self._is_way(at) or self._is_tied_by_trigger(at))]

    def _is_tied_by_trigger(self, at: int) -> bool:
        """Whether the "by" belongs to the trigger: "stood [by] its ally"."""
        return any(case in range(self.found.at + 1, self.found.end) for case in self._cases(at)[:1])

    def _is_way(self, at: int) -> bool:
        """Whether a "by" tells how, or how much: "spoke by [telephone]", "cut it by an [hour]"."""
        return self.sentence.lows[at] in _WAYS or self.tree.kinds[at] in ("TIME", "PERCENT", "QUANTITY", "MONEY")

    def _is_other(self, at: int) -> bool:
        """Whether somebody only tells it, or suffers it: "according to [the police]", "issued against [him]"."""
        return any(self.sentence.lows[case] in ("according", "against") for case in self._cases(at))

    def antecedent(self, at: int, trigger: int) -> int:
        """Whom a pronoun stands for beside `trigger`, as far as the sentence says; else the word itself."""
        reporters = REPORTERS if self.trigger.event_type in ("ASSAULT", "CRIME", "DISASTER") else frozenset()
        found = find_antecedent(self.sentence, self.tree, at, trigger, reporters)
        owners = self.oblique(found, ("of",)) if self.sentence.lows[found] in _BODIES else []
        return owners[0] if owners else found  # "the bodies of [Ann Lee and Tom Ray]"

    def head_of_noun(self) -> int:
        """The word of a noun trigger on which the others hang: "the [use] of gas", "an [attempt] on his life"."""
        words = range(self.found.at, self.found.end)
        heads = [at for at in words if self.tree.heads[at] not in words and self.tree.tags[at].startswith("NN")]
        return heads[0] if heads and heads[0] + 1 in words and self._is_tie(heads[0] + 1) else self.found.end - 1

    def _is_tie(self, at: int) -> bool:
        return self.sentence.lows[at] in ("of", "on")

    def auxiliaries(self, verb: int) -> frozenset[str]:
        """The auxiliaries of a verb, negation and doubts, in lower case."""
        return find_auxiliaries(self.sentence, self.tree, verb)

    def is_guessed(self, verb: int) -> bool:
        """Whether it is only said that somebody may have done it."""
        words = self.auxiliaries(verb)
        return "have" in words and bool(words & _MAYBE)

    def doubts(self, at: int) -> frozenset[str]:
        """Signs that what a word tells is only feared, planned or conditional."""
        return find_doubts(self.sentence, self.tree, at)

    def is_included(self, noun: int) -> bool:
        """Whether a noun is told as one of those before: "ten people were hurt, including [a child]"."""
        return is_included(self.sentence, self.tree, noun)

    def is_somebody(self, at: int) -> bool:
        """Whether a noun is a person, a body, a people or a country, or one that the tables know."""
        known = self.tree.kinds[at] in ("GPE", "ORG", "NORP", "PERSON") or self.sentence.lows[at] in _WHO
        known = known or self.sentence.lows[at : at + 2] == ["head", "of"]
        known = known or any(
            self.tree.kinds[other] in ("ORG", "PERSON") for other in self.tree.children(at, "appos", "flat")
        )
        if self.tree.kinds[at] == "LOC":  # the Gaza Strip, not the Black Sea
            known = self.ontology.place_at(self.sentence.texts, self.sentence.lows, self.tree.names[at]) is not None
        return known or self.sector_of(at) is not None

    def is_of_time(self, clause: int) -> bool:
        """Whether a clause says when, and not what for: "waved flags [before leaving] the hall"."""
        marks = self.tree.children(clause, "advmod", "mark", "case")
        return any(self.sentence.lows[at] in _TIMES for at in marks)

    def is_bare(self, at: int) -> bool:
        """Whether a noun stands there alone and is of no people: "demanded [justice]"."""
        is_alone = not self.tree.kinds[at] and not self.tree.children(at, "det", "nmod:poss", "amod", "compound")
        return is_alone and not self.are_people(at)

    def are_people(self, at: int) -> bool:
        """Whether a noun, or what a number counts, is of people: "300 of its [nationals]"."""
        counted = self.oblique(at, ("of",)) if self.tree.tags[at] == "CD" else []
        return any(self.ontology.is_people(self.sentence.lows[who]) for who in (at, *counted))

    def sector_of(self, at: int) -> Optional[str]:
        """The sector by which the tables know a noun, alone or with what stands before it: "warring parties"."""
        lows, sectors = self.sentence.lows, self.ontology.sectors
        before = [first for first in self.tree.children(at, "amod", "compound") if first < at]
        found = [(first, sectors.match(lows, first)) for first in (*before, at)]
        return next((match[1].sector for first, match in found if match and first + match[0] > at), None)

    def is_one_of_two(self, noun: int) -> bool:
        """Whether a deed is told from another one before: "the second [attack]". Which one, other sentences tell."""
        return any(self.sentence.lows[at] in _ONE_OF_TWO for at in self.tree.children(noun, "amod"))

    def is_own(self, at: int) -> bool:
        """Whether a noun is the doer's own: "withdrew its troops"."""
        return any(self.sentence.lows[owner] in _OWN for owner in self.tree.children(at, "nmod:poss"))

    def owner(self, at: int) -> int:
        """Whose a noun is that is nobody itself: "rejected [the senators]' proposals"; else the noun, or the state that
        it describes: "its neighbor [Chad]"."""
        states = [other for other in self.tree.children(at, "appos") if self.tree.kinds[other] == "GPE"]
        if states and states[0] > at and self.sentence.texts[at].islower():
            return states[0]
        owners = [who for who in self.tree.children(at, "nmod:poss") if self.is_somebody(who)]
        is_person = self.sentence.lows[at] in ("head", "heads") or self.ontology.is_people(self.sentence.lows[at])
        is_other = owners and not (self.is_somebody(at) or is_person)
        return owners[0] if is_other else at  # "Chad's army [chief]" is somebody

    def residents(self, raided: Sequence[int]) -> list[int]:
        """Whose home or office is raided, where nobody is hurt in it: "raided the home of [a senator]"."""
        homes = [at for at in raided if self.tree.lemmas[at] in PREMISES]
        if not homes or not HURTING.isdisjoint(self.sentence.lows):
            return []
        owners = [who for at in homes for who in (*self.tree.children(at, "nmod:poss"), *self.oblique(at, ("of",)))]
        return [who for who in owners if self.is_somebody(who)]

    def is_somebodys(self, at: int) -> bool:
        """Whether a noun is somebody, or somebody's ("Palestinian homes"), and no race: "the governor's race"."""
        if self.sentence.lows[at] in _RACES:
            return False
        owners = self.tree.children(at, "amod", "compound", "nmod:poss")
        if self.is_own(at):  # "its ally [Chad]", "his rival, [Ann Lee]"
            is_told = any(self.tree.kinds[name] in ("GPE", "PERSON") for name in self.tree.children(at, "appos"))
            return is_told or (self.trigger.event_type in _SAYING and self.ontology.is_people(self.sentence.lows[at]))
        is_judged = self.trigger.event_type in _JUDGING and self.ontology.is_people(self.sentence.lows[at])
        return (
            self.is_somebody(at)
            or is_judged
            or any(
                (self.tree.kinds[kid] in ("GPE", "NORP", "ORG") and not self.is_about_land(at))
                or (self.tree.relations[kid] == "nmod:poss" and self.is_somebody(kid))
                for kid in owners
            )
        )

    def is_about_land(self, at: int) -> bool:
        """Whether a land before a noun is what that is about, and not whose it is: "the [Iran] bill"."""
        lands = [kid for kid in self.tree.children(at, "compound") if self.tree.kinds[kid] == "GPE"]
        return bool(lands) and self.sentence.lows[at] in _ABOUT_LANDS
