"""The objects of a verb in the dependency tree, and to whom or where it is done."""

from collections.abc import Sequence

from transforms.events.dependents import ON
from transforms.events.lexicon import VIOLENT
from transforms.events.objects import told_of
from transforms.events.ontology import REMARK
from transforms.events.phrasebook import GAP
from transforms.events.weapons import Weapons
from transforms.events.wordlists import word_set

_AT_WHOM = (*ON, "into", "toward", "towards")
_LAWS = word_set(
    "bill bills law laws legislation measure measures act order decree amendment resolution package budget"
)
_PLANS = word_set("plan plans proposal proposals idea move offer")
_COURTS = frozenset(["court", "courtroom", "tribunal"])  # where somebody is judged
_ASIDE = word_set("despite amid after before during since")  # "began drills despite protests by [Norway]"
_NOT_TO = {  # "called off a strike by [miners]", "demanded justice for [Ann Lee]"
    "CONCEDE": frozenset(["by"]),
    "REQUEST": frozenset(["for"]),
}
_JUDGING = frozenset(["ACCUSE", "REJECT", "SUPPORT"])  # "denounced the plan [as] a gift to unions"
_MAKING = word_set("announce draft impose introduce issue make order pass present propose release sign unveil write")
_AGAINST = frozenset(["ACCUSE", "REJECT"])
_DEEDS = frozenset(["ASSAULT", "COERCE", "CRIME", "SANCTION"])
_CAUSES = word_set("aftermath connection reaction response result wake")  # "sent troops in response to [a blast]"
_FROM_OTHERS = frozenset(["AGREE", "CONSULT", "COOPERATE", "PROTEST"])
_FORCES = word_set("troops forces peacekeepers warships")
_DOWN = frozenset(["obj", "obl", "nmod", "xcomp", "acl", "iobj", "obl:agent"])


class Complements(Weapons):
    """A trigger in its tree, asked on whom a verb goes."""

    def objects(self, verb: int) -> list[int]:
        """The heads of its objects, those after a preposition that belongs to the trigger among them."""
        tree, end = self.tree, self.found.end
        found = [at for at in tree.children(verb, "obj", "iobj") if not verb < at < end and not self._is_of_trigger(at)]
        if not found:  # "declared a [diplomat] persona non grata", which a parser takes for one noun
            of_trigger = [at for at in tree.children(verb, "obj") if self._is_of_trigger(at)]
            found = [who for at in of_trigger for who in tree.children(at, "compound") if self.are_people(who)]
        if self.trigger.event_type == "ASSAULT":  # "hurled grenades at the house"
            thrown = [at for at in found if self.is_weapon_of(verb, at)]
            found = [at for at in found if at not in thrown] or [at for each in thrown for at in self.oblique(each, ON)]
            found = found or (self.oblique(verb, _AT_WHOM) if thrown else [])
        if self.trigger.lemma.startswith("inflict"):  # "inflicted ten casualties on [the army]"
            found = [at for head in (verb, *found) for at in self.oblique(head, ON)]
        if self.trigger.lemma in ("say", REMARK):  # "told [senators] that the mayor lied" is of the mayor
            found = []
        if self.trigger.event_type == "ACCUSE" and not found:
            found = [who for at in self._clause_subjects(verb) for who in (self._makers(at) or [at])]
        inside = range(verb + 1, end)
        if not found and inside:  # "call on", "fire at", and objects of what the trigger holds: "hold talks with"
            for head in (verb, *inside):
                clauses = [at for at in tree.children(head, "xcomp") if tree.children(at, "nsubj")]
                for at in (*tree.children(head, "obl", "nmod", "advcl", "obj"), *clauses):
                    if at >= end and any(case in inside for case in tree.children(at, "case", "mark")):
                        found += tree.children(at, "nsubj") or [at]  # "called for [the mayor] to resign"
            found = found or [at for head in inside for at in self.oblique(head, (*ON, "with", "to", "for"))]
        if not found and verb == self.found.at:
            found = self._shared_objects(verb) or self.oblique(verb, self._object_words())
        if not found and self.trigger.mode == "explosives":  # "a bomb exploded at the bank"
            found = self.beside(verb)
        if not found and (self.trigger.event_type == "REQUEST" or self.trigger.lemma in ("say", REMARK)):
            subjects = self._clause_subjects(verb)
            if self.trigger.event_type == "REQUEST":
                found = [who for who in subjects if who > verb]
            else:  # "said [the mayor] lied", "said the words of [the mayor] were wrong", "said of [the mayor]"
                subjects = told_of(self.sentence, self.tree, verb) or subjects
                found = [
                    at for who in subjects for at in (self.oblique(who, ("of", "by")) or self._makers(who) or [who])
                ]
        return [who for at in found for who in self._meant(at, verb)]

    def _meant(self, at: int, verb: int) -> list[int]:
        """Whom a pronoun stands for, and those beside it: "killed him and [two guards]"; else the word itself."""
        meant = self.antecedent(at, verb)
        return [meant] if meant == at else [meant, *self.tree.children(at, "conj")]

    def _is_of_trigger(self, at: int) -> bool:
        """Whether a word stands behind the gap of a trigger, and is nobody's: "declared a national [emergency]"."""
        return self._ends_trigger(at) and not self.tree.children(at, "nmod:poss")

    def _ends_trigger(self, at: int) -> bool:
        words = {self.sentence.lows[part] for part in (at, *self.oblique(at, ("of",)))}  # "a state of [emergency]"
        return bool(words & set(self.trigger.lemma.partition(GAP)[2].split()))

    def is_matter(self, at: int) -> bool:
        """Whether an object is what two share, and nobody: "shared [intelligence]", "discussed [the war]"."""
        if self.trigger.event_type in ("COOPERATE", "SUPPORT"):
            return self.sentence.lows[at] in self.trigger.objects
        return self.trigger.lemma == "discuss" or (self.trigger.event_type == "CONSULT" and self._is_event(at))

    def _clause_subjects(self, verb: int) -> list[int]:
        """Of whom a verb says something: "charged that [the mayor] lied"."""
        clauses = self.tree.children(verb, "ccomp")
        return [who for clause in clauses for who in self.tree.children(clause, "nsubj", "nsubj:pass")]

    def _shared_objects(self, verb: int) -> list[int]:
        """The objects of a verb beside it: "arrested and tortured [three men]"."""
        tree = self.tree
        if self._is_passive_form(verb):
            return []
        following = [at for at in tree.children(verb, "conj") if tree.tags[at].startswith("VB")]
        if tree.relations[verb] == "conj" and tree.tags[tree.heads[verb]].startswith("VB"):
            following.append(tree.heads[verb])
        # only what follows both verbs is the object of both
        shared = [at for other in following for at in tree.children(other, "obj") if at > max(verb, other)]
        near = max(verb, *following) - min(verb, *following) <= 3 if following else False
        return shared if near else []

    def _is_passive_form(self, verb: int) -> bool:
        return bool(self.tree.children(verb, "aux:pass", "nsubj:pass"))

    def _object_words(self) -> Sequence[str]:
        if self.trigger.event_type == "ASSAULT":
            return ON
        if self.trigger.event_type == "PROTEST":
            return ("against", "at") if self.trigger.mode == "riot" else ("against",)  # "threw stones at the police"
        if self.trigger.event_type == "COERCE":
            return ("on", "against", "at") if self.trigger.mode == "crowd-control" else ()
        return ("to", "with", "on", "against", "for", "between")

    def goals(self, verb: int, given: Sequence[int]) -> list[int]:
        """To whom goes what is `given`: "sent a team of doctors [to Malawi]"."""
        heads = [*given, *(of for at in given for of in self.tree.children(at, "nmod"))]
        return self.addressees(verb, apart=given) or [at for head in heads for at in self.oblique(head, ("to", "for"))]

    def losers(self, verb: int, taken: Sequence[int]) -> list[int]:
        """From whom something is taken, or whose it is: "seized cars [from the gang]", "the passport [of a judge]"."""
        found = [who for at in (verb, *taken) for who in self.oblique(at, ("from", "of"))]
        told = [clause for at in taken for clause in self.tree.children(at, "acl")]  # "land belonging to farmers"
        found += [who for at in told for who in (*self.oblique(at, ("to", "by")), *self.tree.children(at, "obj"))]
        homes = [at for at in self.oblique(verb, ("at", "in")) if self.tree.kinds[at] not in ("GPE", "LOC")]
        found += [who for at in homes for who in self.oblique(at, ("of",))]
        found = [at for at in found if self.is_somebody(at) and self.tree.kinds[at] not in ("GPE", "LOC")]
        return found or [at for at in map(self.owner, taken) if at not in taken]

    def addressees(self, verb: int, apart: Sequence[int] = ()) -> list[int]:
        """To whom, with whom or where something is done that is itself nobody: "lifted the curfew in Aleppo",
        "promised to release the hostages"; nobody who stands within the phrases of `apart`."""
        tree = self.tree
        verb = tree.heads[verb] if tree.relations[verb] == "cop" else verb  # "is [open] to talks with Norway"
        todo, of_plan = [verb], set()
        aside = _ASIDE | _NOT_TO.get(self.trigger.event_type, frozenset())
        aside |= {"as"} if self.trigger.event_type in _JUDGING else frozenset()
        while todo:
            at = todo.pop(0)
            if wanted := self._wanted(at):
                return wanted
            if at != verb and self.trigger.mode == "disapprove" and self._is_deed(at):
                return self._doers_through(at)  # "condemned the arrest of [a poet]" blames who arrested him
            tied = tree.children(at, "case") or (tree.relations[at] in ("obj", "iobj") and tree.heads[at] != verb)
            if self.trigger.event_type == "AGREE" and self.sentence.lows[at] in _FORCES:
                tied = False  # "agreed to withdraw [troops]"
            is_met = self.is_somebody(at) if at in of_plan else self.is_somebodys(at)
            if at != verb and tied and is_met and not self._is_venue(at):
                return [at]
            kids = [kid for kid in tree.kids[at] if kid > verb and kid not in apart and tree.relations[kid] in _DOWN]
            if self.trigger.event_type in _FROM_OTHERS:  # "agreed to it under a deal brokered by [Norway]"
                kids = [kid for kid in kids if tree.relations[kid] != "obl:agent"]
            if at == verb:  # "an emergency was declared by [Chad]"
                kids = [kid for kid in kids if tree.relations[kid] != "obl:agent"]
            if self.trigger.event_type == "REQUEST":
                kids = [kid for kid in kids if not self._is_of_wish(kid, at)]
            if self.trigger.event_type == "PROTEST":
                kids = [kid for kid in kids if not self._is_deed(kid)]
            is_plan = self.trigger.event_type == "REJECT" and self.sentence.lows[at] in _PLANS
            if is_plan or self.sentence.lows[at] in _LAWS:  # "passed a bill to bar refugees" is done to nobody
                if self.trigger.event_type in _AGAINST and (makers := self._makers(at)):
                    return makers
                kids = [kid for kid in kids if tree.relations[kid] != "acl"]
            own = range(*self.found[:2])
            cases = {kid: [case for case in tree.children(kid, "case") if case not in own] for kid in kids}
            kids = [kid for kid in kids if not aside & {self.sentence.lows[case] for case in cases[kid]}]
            kids = [kid for kid in kids if self.sentence.lows[kid] not in _CAUSES]
            if self.trigger.mode == "disapprove":  # "criticized the plan at a meeting of [the board]"
                kids = [kid for kid in kids if not (self._is_talk(kid) and self.is_at(kid))]
            if at in of_plan or (self.trigger.event_type == "AGREE" and self.sentence.lows[at] in _PLANS):
                of_plan.update(kids)  # "unveiled a plan to mend Ohio's roads" promises Ohio nothing
            todo += sorted(kids, key=lambda kid: (not self._is_receiving(kid), kid))
        return []

    def _makers(self, thing: int) -> list[int]:
        """Who did what somebody finds fault with: "the law signed by [Governor Poe]"."""
        made = [clause for clause in self.tree.children(thing, "acl") if self.tree.lemmas[clause] in _MAKING]
        return [who for clause in made for who in self.by_phrases(clause)]

    def _is_deed(self, at: int) -> bool:
        """Whether a noun tells what somebody did to others: "the killing of a mayor"."""
        match = self.ontology.nouns.match(self.sentence.lows, at)
        return match is not None and match[1].trigger.event_type in _DEEDS and self.sector_of(at) is None

    def left_places(self, verb: int, moved: Sequence[int]) -> list[int]:
        """Whom those who withdraw leave alone: "withdrew its troops [from Syria]"; else what the verb goes to."""
        left = [at for head in (verb, *moved) for at in self.oblique(head, ("from", "of"))]
        return [at for at in left if self.is_somebodys(at)] or self.addressees(verb, apart=moved)

    def claimants(self, claims: Sequence[int]) -> list[int]:
        """Whose claims somebody denies, not of whom they are: "denied reports by [Chad] that it shelled Mali"."""
        owners = [who for at in claims for who in self.tree.children(at, "nmod:poss", "compound", "amod")]
        found = [*owners, *(who for at in claims for who in self.oblique(at, ("by", "of", "from")))]
        return [who for who in found if self.is_somebody(who)]

    def hosts(self, verb: int) -> list[int]:
        """With whom somebody talks where he comes for talks: "arrived in Lima for talks with [the mayor]"."""
        if self.tree.relations[verb] == "cop":  # "was in Lima for talks"
            verb = self.tree.heads[verb]
        purposes = self.oblique(verb, ("for",))
        return [who for at in purposes if self._is_talk(at) for who in self.oblique(at, ("with",))]

    def is_at(self, noun: int) -> bool:
        """Whether something happens at what a noun tells."""
        return any(self.sentence.lows[case] == "at" for case in self.tree.children(noun, "case"))

    def _is_talk(self, at: int) -> bool:
        match = self.ontology.nouns.match(self.sentence.lows, at)
        return match is not None and match[1].trigger.event_type == "CONSULT"

    def _wanted(self, at: int) -> list[int]:
        """Who has to do what a clause tells that is asked for: "its demand that [Turkey] withdraw"."""
        is_asked = self.trigger.event_type == "REQUEST" and self.tree.relations[at] == "acl"
        return [who for who in self.tree.children(at, "nsubj") if is_asked and self.is_somebodys(who)]

    def _is_of_wish(self, at: int, noun: int) -> bool:
        """Whether somebody is only whom the deed that is asked for is done to, or what a body that is asked for would
        do: "demanded the release of [the hostages]", "called for a front to fight [the junta]"."""
        if self.tree.relations[at] == "acl" and self.tree.tags[at] == "VB" and noun not in range(*self.found[:2]):
            return True
        match = self.ontology.nouns.match(self.sentence.lows, noun)
        is_suffered = match is not None and match[1].trigger.of == "recipient"
        return is_suffered and any(self.sentence.lows[case] == "of" for case in self.tree.children(at, "case"))

    def _is_deed(self, at: int) -> bool:
        """Whether a noun tells what was done to others, who are not those to whom it is said: "protested an attack"."""
        match = self.ontology.nouns.match(self.sentence.lows, at)
        return match is not None and match[1].trigger.event_type in VIOLENT

    def _is_receiving(self, at: int) -> bool:
        """Whether a place or a body is whom something is done to: "hand over the suspects [to Libya]"."""
        to = any(self.sentence.lows[case] in ("to", "with", "against") for case in self.tree.children(at, "case"))
        return to and self.tree.kinds[at] in ("GPE", "ORG", "NORP")

    def _is_venue(self, at: int) -> bool:
        """Whether it is where people meet, and not with whom: "a dialogue in Ardon"; or where somebody says it."""
        cases = {self.sentence.lows[case] for case in self.tree.children(at, "case")}
        is_of_talks = self.trigger.event_type in ("CONSULT", "AGREE", "MOBILIZE") or self.trigger.mode in (
            "ceasefire",
            "disarm",
        )
        is_told_there = self.trigger.mode == "disapprove" and "at" not in self.trigger.lemma.split()
        is_of_event = self.sentence.lows[self.tree.heads[at]] in self.ontology.nouns  # "a blast in [Gao]"
        is_court = self.sentence.lows[at] in _COURTS and bool(cases & {"in", "at", "before"})
        return bool(
            is_court
            or cases & {"through", "via", "near", "off"}
            or ((is_of_talks or is_of_event) and cases & {"in", "at"})
            or (is_told_there and "at" in cases)
        )
