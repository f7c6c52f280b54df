"""The objects of a verb in the dependency tree, and to whom what is given goes."""

from collections.abc import Sequence

from transforms.events.addressees import Addressees
from transforms.events.dependents import ON
from transforms.events.objects import told_of
from transforms.events.ontology import REMARK
from transforms.events.phrasebook import GAP

_IF = frozenset(["if", "unless", "until"])
_AT_WHOM = (*ON, "into", "toward", "towards")


class Complements(Addressees):
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
        if self.trigger.lemma in ("say", REMARK, "chant"):  # "told [senators] that the mayor lied" is of the mayor
            found = []
        if self.trigger.event_type == "ACCUSE" and not found:
            found = told_of(self.sentence, tree, verb) if self.trigger.lemma in ("say", REMARK) else []
            found = found or [who for at in self._clause_subjects(verb) for who in (self._makers(at) or [at])]
        inside = range(verb + 1, end)
        if not found and inside:  # "call on", "fire at", and objects of what the trigger holds: "hold talks with"
            for head in (verb, *inside):
                clauses = [at for at in tree.children(head, "xcomp") if tree.children(at, "nsubj")]
                for at in (*tree.children(head, "obl", "nmod", "advcl", "obj"), *clauses):
                    if at >= end and any(case in inside for case in (*self._cases(at), *tree.children(at, "mark"))):
                        found += tree.children(at, "nsubj") or [at]  # "called for [the mayor] to resign"
            found = found or [at for head in inside for at in self.oblique(head, (*ON, "with", "to", "for"))]
        is_told = self.trigger.lemma in ("say", REMARK, "chant")  # "wrote on Telegram that the mayor lied"
        if not found and verb == self.found.at and not is_told:
            found = self._shared_objects(verb) or self.oblique(verb, self._object_words())
        if not found and self.trigger.mode == "explosives":  # "a bomb exploded at the bank"
            found = self.beside(verb)
        if not found and (self.trigger.event_type == "REQUEST" or self.trigger.lemma in ("say", REMARK)):
            subjects = self._clause_subjects(verb)
            if self.trigger.event_type == "REQUEST":
                found = [who for who in subjects if who > verb or self.trigger.lemma == "must"]
            else:  # "said [the mayor] lied", "said the words of [the mayor] were wrong"
                found = [at for who in subjects for at in (self.oblique(who, ("of", "by")) or [who])]
        return [who for at in found for who in self._meant(at, verb)]

    def warned(self, verb: int) -> list[int]:
        """Of whom it depends whether a threat comes true: "threatened to strike unless [Chad] pays"."""
        if self.trigger.event_type != "THREATEN":
            return []
        tree, told = self.tree, [verb, *self.tree.children(verb, "xcomp", "ccomp")]
        clauses = [kid for at in told for kid in tree.children(at, "advcl")]
        tied = [kid for kid in clauses if any(self.sentence.lows[mark] in _IF for mark in tree.children(kid, "mark"))]
        subjects = [who for kid in tied for who in tree.children(kid, "nsubj") if not tree.tags[who].startswith("PRP")]
        return [who for who in subjects if self.is_somebodys(who)]

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

    def _is_got(self, at: int) -> bool:
        """Whether a noun is what the trigger gets somebody: "faced [criticism] from bishops"."""
        return self.sentence.lows[at] in self.trigger.objects or self._ends_trigger(at)

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
