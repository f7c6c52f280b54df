"""What stands around a verb in the dependency tree: its subject, its objects, who did it "by", its auxiliaries.

The relations are those of Universal Dependencies (https://universaldependencies.org). The reading stays in the clause
of the verb and leaves it only over a relation that hands a subject on: coordination, control, a participle, a relative
clause.
"""

from collections.abc import Iterable, Sequence

from transforms.events.antecedents import find_antecedent
from transforms.events.nouns import SUBJECTS, is_included
from transforms.events.ontology import GAP, REMARK, Ontology
from transforms.events.roles import Found
from transforms.events.sentences import Sentence
from transforms.events.trees import MAX_STEPS, Tree
from transforms.events.wordlists import ADVERBS, word_set

ON = ("on", "against", "upon", "at", "targeting")
_BESIDE = ("at", "outside", "inside", "under", "near", "against", "in", "beside", "opposite", "behind", "beneath")
_SIDES = word_set("front side back rear vicinity proximity entrance")
BLAMED = word_set("charge accuse suspect arrest convict want sentence indict jail detain blame hold")
_JUDGED = word_set(  # for what the object did: "praised the police for arresting a man"
    "praise thank criticize criticise condemn denounce commend hail applaud congratulate honor honour fault slam "
    "rebuke scold chide mock ridicule blast fire dismiss suspend expel discipline punish fine sue forgive pardon admire"
)
REPORTERS = word_set(
    "police officer officers deputy deputies sheriff detective detectives investigator investigators trooper troopers "
    "authorities official officials prosecutor prosecutors spokesman spokeswoman spokesperson chief coroner captain "
    "lieutenant sergeant witness witnesses neighbor neighbors doctor doctors attorney lawyer judge mayor governor "
    "minister army military government radio newspaper"
)
_RESPONDING = word_set("respond investigate dispatch call search summon")
_CONTROLLED = word_set(
    "urge order force ask tell call allow persuade enable push lead want demand request invite press watch see hear "
    "let make help catch"
)
_DOWN = frozenset(["obj", "obl", "nmod", "xcomp", "acl", "iobj", "obl:agent"])
_DECISIONS = word_set("decision plan intention move attempt effort vow pledge promise bid refusal threat")
_OWN = word_set("its their his her our my")
_BODIES = word_set("body bodies corpse corpses remains")
_HARMING = word_set("kill wound injure hurt maim")
_SENSING = word_set("hear see watch witness notice")
_WHO = word_set("people civilians refugees")
_WAYS = word_set("telephone phone video radio letter mail e-mail email air sea land road rail percent hour hours")
_IMAGINING = word_set("threat fear risk plan plot possibility warning danger threaten foresee expect avert foil")


class Clause:
    """A trigger in the tree of its sentence, to ask what stands around it and around the verbs above it."""

    def __init__(self, sentence: Sentence, tree: Tree, found: Found, ontology: Ontology):
        self.sentence, self.tree, self.found, self.ontology = sentence, tree, found, ontology
        self.trigger = found.form.trigger

    def subject(self, verb: int, steps: int = MAX_STEPS) -> tuple[list[int], bool]:
        """The heads of the subject of a verb, and whether it suffers what the verb tells."""
        tree = self.tree
        passive = self._is_passive(verb)
        own = self._own_subjects(verb, passive)
        if own:
            return [self.antecedent(who, verb) for who in own], passive
        relation, head = tree.relations[verb], tree.heads[verb]
        if not steps or head == verb:
            return [], passive
        if relation in ("cop", "aux"):  # "is on strike"
            return self.subject(head, steps - 1)
        if tree.lemmas[head] in _SENSING and tree.tags[verb] == "VBG":  # "he heard shooting": not his
            return (tree.children(head, "obj") if relation in ("xcomp", "ccomp") else []), passive
        if relation == "conj":
            return self._subject_of_joined(verb, passive, steps)
        if relation in ("acl", "acl:relcl") and tree.tags[head].startswith(("NN", "PRP", "CD", "DT", "WP")):
            return self._described(verb, passive, steps)
        if relation in ("xcomp", "ccomp") and tree.tags[verb] in ("VB", "VBG", "VBN"):
            controllers = tree.children(head, "obj") if tree.lemmas[head] in _CONTROLLED | BLAMED else []
            return controllers or self.subject(head, steps - 1)[0], passive
        if relation == "advcl":
            return self._subject_beside(verb, passive, steps)
        return [], passive

    def _subject_of_joined(self, verb: int, passive: bool, steps: int) -> tuple[list[int], bool]:
        """Of a verb that goes on from another: "were ambushed and ... [fled]"."""
        subjects, suffers = self.subject(self._joined_verb(verb), steps - 1)
        if self.tree.tags[verb] == "VBN" and not self.tree.children(verb, "aux", "aux:pass"):
            passive = suffers and not self.objects(verb)  # a tagger takes one of two past forms for a participle
        return subjects, passive

    def _described(self, verb: int, passive: bool, steps: int) -> tuple[list[int], bool]:
        """Of a verb that describes a noun."""
        tree, head = self.tree, self.tree.heads[verb]
        if tree.tags[verb] == "VB":  # "announced her decision to veto"
            is_own = tree.lemmas[head] in _DECISIONS and tree.relations[head] == "obj"
            return (self.subject(tree.heads[head], steps - 1)[0] if is_own else []), passive
        if tree.tags[verb] == "VBG" and tree.relations[head] == "obj" and not self._is_somebody(head):
            return self.subject(tree.heads[head], steps - 1)[0], passive  # "issued a statement demanding"
        return [head], passive or tree.tags[verb] == "VBN"

    def _subject_beside(self, verb: int, passive: bool, steps: int) -> tuple[list[int], bool]:
        """Of a verb in a clause beside another: "were ambushed by rebels, [killing] six"."""
        tree, head = self.tree, self.tree.heads[verb]
        if tree.lemmas[head] in _RESPONDING and self.trigger.event_type == "ASSAULT":
            return [], passive  # "officers responded to a report of a shot, striking a child": not they struck it
        if self._is_of_the_whole(verb):
            return self.subject(tree.heads[tree.heads[head]], steps - 1)[0], passive
        if tree.tags[verb] not in ("VBG", "VB", "VBN"):
            return [], passive
        subjects, suffers = self.subject(head, steps - 1)
        is_judged = tree.lemmas[head] in BLAMED or self._is_judged_for(verb)
        if not suffers and is_judged and tree.children(verb, "mark"):
            return tree.children(head, "obj") or subjects, passive  # "charged [him] with killing two"
        if suffers and not passive and tree.tags[verb] == "VBG" and not is_judged:
            return self.by_phrases(head), passive
        return subjects, passive

    def _is_of_the_whole(self, verb: int) -> bool:
        """Whether a verb says what came of all before: "fired on men who blocked a road, [killing] one"."""
        tree, head = self.tree, self.tree.heads[verb]
        is_relative = tree.relations[head] == "acl:relcl" and tree.tags[tree.heads[tree.heads[head]]].startswith("VB")
        is_apart = tree.tags[verb] == "VBG" and self.sentence.lows[verb - 1] == ","
        return is_relative and is_apart and tree.lemmas[verb] in _HARMING

    def _is_judged_for(self, verb: int) -> bool:
        """Whether somebody is praised, blamed or punished for what a verb tells."""
        marks = [self.sentence.lows[at] for at in self.tree.children(verb, "mark")]
        return marks == ["for"] and self.tree.lemmas[self.tree.heads[verb]] in _JUDGED

    def _joined_verb(self, verb: int) -> int:
        """The verb that one goes on from; a parser may join it to the object: "will present [a plan] and calls on"."""
        tree, head = self.tree, self.tree.heads[verb]
        for _ in range(2):
            if tree.tags[verb] in ("VBZ", "VBD", "VBP") and tree.relations[head] in ("obj", "obl", "nmod"):
                head = tree.heads[head]
        return head

    def _own_subjects(self, verb: int, passive: bool) -> list[int]:
        """The subjects of a verb, those aside that a parser mixed up with the subject of the clause around it."""
        tree, head = self.tree, self.tree.heads[verb]
        found = [at for at in tree.children(verb, *SUBJECTS) if at < verb or passive]
        found = found or [at for at in tree.children(verb, "expl") if self.sentence.lows[at] != "there"]
        if tree.relations[verb] == "ccomp" and head < verb:  # "[Greece demanded that] Turkey withdraw"
            return [at for at in found if at > head] or found
        if not found and tree.relations[verb] == "ccomp":  # "rebels tortured villagers, [the group said]"
            return [at for at in tree.children(head, *SUBJECTS) if at < verb]
        if not found:
            clauses = tree.children(verb, "ccomp")
            return [at for clause in clauses for at in tree.children(clause, *SUBJECTS) if at < verb < clause]
        return found

    def _is_done_with(self, verb: int) -> bool:
        """Whether the verb that goes on from it has an object: "two men [shot] and killed a mayor"."""
        tree = self.tree
        joined = [at for at in tree.children(verb, "conj") if tree.tags[at] in ("VBD", "VBN")]
        return any(tree.children(at, "obj") and not tree.children(at, *SUBJECTS, "aux:pass") for at in joined)

    def _is_passive(self, verb: int) -> bool:
        tree = self.tree
        if self.found.end - self.found.at > 2 and self.sentence.lows[self.found.end - 1] == "with":
            return False  # "made off with"
        is_told = bool(tree.children(verb, "aux:pass")) or tree.tags[verb] != "VBD" or self.trigger.toll is not None
        if not is_told and self.trigger.event_type == "ASSAULT" and self.oblique(verb, ("at", "on")):
            return False  # "three men fired at the car", whatever the tree makes of the men
        if not tree.children(verb, "aux:pass") and self._is_done_with(verb):
            return False
        if tree.children(verb, "aux:pass", "nsubj:pass", "csubj:pass"):
            return True
        if (
            tree.tags[verb] not in ("VBN", "VBD", "JJ")
            or tree.children(verb, "obj", "aux")
            or (self.found.end - self.found.at > 2 and not self.trigger.toll)
        ):
            return False
        by_whom = bool(self.by_phrases(verb))
        if tree.tags[verb] == "VBD" and not by_whom:  # "10 leaders killed in a blast"
            return self.trigger.toll is not None and not self.objects(verb)
        return by_whom or self.trigger.event_type in ("ASSAULT", "COERCE", "SANCTION", "CRIME")

    def objects(self, verb: int) -> list[int]:
        """The heads of its objects, those after a preposition that belongs to the trigger among them."""
        tree, end = self.tree, self.found.end
        found = [at for at in tree.children(verb, "obj", "iobj") if not verb < at < end and not self._is_of_trigger(at)]
        if self.trigger.event_type == "ASSAULT":  # "hurled grenades at the house"
            thrown = [at for at in found if self._is_means(at)]
            found = [at for at in found if at not in thrown] or [at for each in thrown for at in self.oblique(each, ON)]
        if self.trigger.event_type == "ACCUSE" and not found:
            found = self._clause_subjects(verb)
        inside = range(verb + 1, end)
        if not found and inside:  # "call on", "fire at", and objects of what the trigger holds: "hold talks with"
            for head in (verb, *inside):
                for at in tree.children(head, "obl", "nmod", "advcl", "obj"):
                    if at >= end and any(case in inside for case in tree.children(at, "case", "mark")):
                        found.append(at)
            found = found or [at for head in inside for at in self.oblique(head, (*ON, "with", "to", "for"))]
        if not found and verb == self.found.at:
            found = self._shared_objects(verb) or self.oblique(verb, self._object_words())
        if not found and self.trigger.mode == "explosives":  # "a bomb exploded at the bank"
            found = self.beside(verb)
        if not found and (self.trigger.event_type == "REQUEST" or self.trigger.lemma in ("say", REMARK)):
            subjects = self._clause_subjects(verb)
            if self.trigger.event_type == "REQUEST":
                found = [who for who in subjects if who > verb]
            else:  # "said [the mayor] lied", "said the words of [the mayor] were wrong"
                found = [at for who in subjects for at in (self.oblique(who, ("of", "by")) or [who])]
        return [self.antecedent(at, verb) for at in found]

    def _is_means(self, at: int) -> bool:
        """Whether a noun is a weapon: "grenades", "dynamite sticks"."""
        parts = (at, *self.tree.children(at, "compound"))
        return any(self.sentence.lows[part] in self.ontology.means for part in parts)

    def beside(self, head: int) -> list[int]:
        """What a bomb exploded at, or was placed at: "in front of [the bank]"."""
        found = [at for at in self.oblique(head, _BESIDE) if self.tree.kinds[at] not in ("GPE", "LOC")]
        return [
            thing
            for at in found
            for thing in (self.sentence.lows[at] in _SIDES and self.oblique(at, ("of", "to"))) or [at]
        ]

    def _is_of_trigger(self, at: int) -> bool:
        """Whether a word stands behind the gap of a trigger, and is nobody's: "declared a national [emergency]"."""
        return self._ends_trigger(at) and not self.tree.children(at, "nmod:poss")

    def _ends_trigger(self, at: int) -> bool:
        return self.sentence.lows[at] in self.trigger.lemma.partition(GAP)[2].split()

    def _clause_subjects(self, verb: int) -> list[int]:
        """Of whom a verb says something: "charged that [the mayor] lied"."""
        clauses = self.tree.children(verb, "ccomp")
        return [who for clause in clauses for who in self.tree.children(clause, "nsubj", "nsubj:pass")]

    def goals(self, verb: int, given: Sequence[int]) -> list[int]:
        """To whom goes what is `given`: "sent a team of doctors [to Malawi]"."""
        heads = [*given, *(of for at in given for of in self.tree.children(at, "nmod"))]
        return self.addressees(verb, apart=given) or [at for head in heads for at in self.oblique(head, ("to", "for"))]

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
            return ("against",)
        if self.trigger.event_type == "COERCE":
            return ("on", "against", "at") if self.trigger.mode == "crowd-control" else ()
        return ("to", "with", "on", "against", "for", "between")

    def by_phrases(self, verb: int) -> list[int]:
        """Who, or what, it is done by."""
        agents = self.tree.children(verb, "obl:agent")
        agents = [at for at in agents if not self._is_source(at)] or self.oblique(verb, ("by",))
        return [at for at in agents if not self._is_way(at)]

    def _is_way(self, at: int) -> bool:
        """Whether a "by" tells how, or how much: "spoke by [telephone]", "cut it by an [hour]"."""
        return self.sentence.lows[at] in _WAYS or self.tree.kinds[at] in ("TIME", "PERCENT", "QUANTITY", "MONEY")

    def _is_source(self, at: int) -> bool:
        """Whether somebody only tells it: "according to [the police]"."""
        return any(self.sentence.lows[case] == "according" for case in self.tree.children(at, "case"))

    def addressees(self, verb: int, apart: Sequence[int] = ()) -> list[int]:
        """To whom, with whom or where something is done that is itself nobody: "lifted the curfew in Aleppo",
        "promised to release the hostages"; nobody who stands within the phrases of `apart`."""
        tree, todo = self.tree, [verb]
        while todo:
            at = todo.pop(0)
            tied = tree.children(at, "case") or (tree.relations[at] in ("obj", "iobj") and tree.heads[at] != verb)
            if at != verb and tied and self.is_somebodys(at) and not self._is_venue(at):
                return [at]
            kids = [kid for kid in tree.kids[at] if kid > verb and kid not in apart and tree.relations[kid] in _DOWN]
            todo += sorted(kids, key=lambda kid: (not self._is_receiving(kid), kid))
        return []

    def _is_venue(self, at: int) -> bool:
        """Whether it is where people meet, and not with whom: "a dialogue in Ardon"; or where somebody says it."""
        cases = {self.sentence.lows[case] for case in self.tree.children(at, "case")}
        is_of_talks = self.trigger.event_type in ("CONSULT", "AGREE")
        is_told_there = self.trigger.mode == "disapprove" and "at" not in self.trigger.lemma.split()
        return bool(
            cases & {"through", "via"} or (is_of_talks and cases & {"in", "at"}) or (is_told_there and "at" in cases)
        )

    def _is_somebody(self, at: int) -> bool:
        known = self.tree.kinds[at] in ("GPE", "ORG", "NORP", "PERSON") or self.sentence.lows[at] in _WHO
        if self.tree.kinds[at] == "LOC":  # the Gaza Strip, not the Black Sea
            known = self.ontology.place_at(self.sentence.texts, self.sentence.lows, self.tree.names[at]) is not None
        return known or self._has_sector(at)

    def _has_sector(self, at: int) -> bool:
        """Whether the tables know a noun, alone or with what stands before it: "warring parties"."""
        lows, sectors = self.sentence.lows, self.ontology.sectors
        before = [first for first in self.tree.children(at, "amod", "compound") if first < at]
        found = [sectors.match(lows, first) for first in (at, *before)]
        return any(match and first + match[0] > at for first, match in zip((at, *before), found, strict=True))

    def is_own(self, at: int) -> bool:
        """Whether a noun is the doer's own: "withdrew its troops"."""
        return any(self.sentence.lows[owner] in _OWN for owner in self.tree.children(at, "nmod:poss"))

    def owner(self, at: int) -> int:
        """Whose a noun is that is nobody itself: "rejected [the senators]' proposals"; else the noun."""
        owners = [who for who in self.tree.children(at, "nmod:poss") if self._is_somebody(who)]
        return owners[0] if owners and not self._is_somebody(at) else at

    def _is_receiving(self, at: int) -> bool:
        """Whether a place or a body is whom something is done to: "hand over the suspects [to Libya]"."""
        to = any(self.sentence.lows[case] in ("to", "with", "against") for case in self.tree.children(at, "case"))
        return to and self.tree.kinds[at] in ("GPE", "ORG", "NORP")

    def is_somebodys(self, at: int) -> bool:
        """Whether a noun is somebody, or somebody's: "Palestinian homes"."""
        owners = self.tree.children(at, "amod", "compound", "nmod:poss")
        if self.is_own(at):
            return False
        return self._is_somebody(at) or any(
            self.tree.kinds[kid] in ("GPE", "NORP", "ORG")
            or (self.tree.relations[kid] == "nmod:poss" and self._is_somebody(kid))
            for kid in owners
        )

    def is_included(self, noun: int) -> bool:
        """Whether a noun is told as one of those before: "ten people were hurt, including [a child]"."""
        return is_included(self.sentence, self.tree, noun)

    def oblique(self, head: int, words: Iterable[str]) -> list[int]:
        """The phrases that one of `words` (such as "by") ties to a head."""
        tree, lows = self.tree, self.sentence.lows
        found = tree.children(head, "obl", "nmod", "obl:agent", "nmod:agent")
        tied = [at for at in found if any(lows[case] in words for case in tree.children(at, "case")[:1])]
        counts = [at for at in tied if tree.kinds[at] == "CARDINAL" and not tree.children(at, "nmod")]
        return [at for at in tied if tree.kinds[at] not in ("DATE", "TIME", "MONEY") and at not in counts]

    def auxiliaries(self, verb: int) -> frozenset[str]:
        """Its auxiliaries, negation and doubts, in lower case; those of the verb before where it shares them."""
        tree, lows = self.tree, self.sentence.lows
        words = {lows[at] for at in tree.children(verb, "aux", "aux:pass")}
        adverbs = [at for at in tree.children(verb, "advmod") if lows[at] in ADVERBS]
        words |= {lows[at] for at in adverbs if lows[at : at + 2] not in (["not", "only"], ["not", "just"])}
        words |= {"to"} & {lows[at] for at in tree.children(verb, "mark")}
        if (
            tree.relations[verb] == "conj"
            and not words
            and not tree.children(verb, *SUBJECTS)
            and tree.heads[verb] != verb
            and tree.tags[verb] != "VBZ"  # "will go and [calls] for talks"
        ):
            return self.auxiliaries(tree.heads[verb])
        return frozenset(words | self.doubts(verb))

    def doubts(self, at: int) -> frozenset[str]:
        """ "possible" where what is told is only feared or planned, "if" where it stands under a condition."""
        tree, lows = self.tree, self.sentence.lows
        words: set[str] = set()
        if tree.tags[at].startswith("NN") and tree.lemmas[tree.heads[at]] in _IMAGINING:
            words.add("possible")
        for _ in range(2):
            words |= {"if", "unless", "whether"} & {lows[mark] for mark in tree.children(at, "mark")}
            at = tree.heads[at]
        return frozenset(words)

    def antecedent(self, at: int, trigger: int) -> int:
        """Whom a pronoun stands for beside `trigger`, as far as the sentence says; else the word itself."""
        reporters = REPORTERS if self.trigger.event_type in ("ASSAULT", "CRIME", "DISASTER") else frozenset()
        found = find_antecedent(self.sentence, self.tree, at, trigger, reporters)
        owners = self.oblique(found, ("of",)) if self.sentence.lows[found] in _BODIES else []
        return owners[0] if owners else found  # "the bodies of [Ann Lee and Tom Ray]"
