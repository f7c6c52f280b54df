"""The subject of a verb in the dependency tree, and its voice.

The reading stays in the clause of the verb and leaves it only over a relation that hands a subject on: coordination,
control, a participle, a relative clause.
"""

from collections.abc import Container

from transforms.events.dependents import Dependents
from transforms.events.nouns import SUBJECTS, ends_title
from transforms.events.predicates import bearer, is_first_to
from transforms.events.trees import MAX_STEPS
from transforms.events.wordlists import TELLING, word_set

BLAMED = word_set("charge accuse suspect arrest convict want sentence indict jail detain blame hold")
_JUDGED = word_set(  # for what the object did: "praised the police for arresting a man"
    "attack praise thank criticize criticise condemn denounce commend hail applaud congratulate honor honour fault "
    "slam rebuke scold chide mock ridicule blast fire dismiss suspend expel discipline punish fine sue forgive pardon "
    "admire"
)
_RESPONDING = word_set("respond investigate dispatch call search summon")
_CONTROLLED = word_set(
    "urge order force ask tell call allow persuade enable push lead want demand request invite press watch see hear "
    "let make help catch have get leave find"
)
_APPEALING = word_set("appeal call plead")
_HINDERED = word_set("prevent stop keep deter block bar prohibit discourage dissuade")  # "from" what they would do
_DECISIONS = word_set("decision plan intention move attempt effort vow pledge promise bid refusal threat")
_CHARGING = word_set("charge indict arraign")
_DONE_TO_SOMEBODY = frozenset(["convict", "arrest", "deport", "judicial"])  # modes of verbs that always have an object
_HARMING = word_set("kill wound injure hurt maim")
_WOUNDING = word_set("shoot stab hack behead beat")
_SUFFERING = word_set("suffer sustain lose die")
_SPANS = word_set("hour day week month year")
_SAYING = frozenset("ACCUSE AGREE REJECT REQUEST SUPPORT THREATEN".split())  # types
_SPEAKING = frozenset("BUS COP GOV IGO JUD LEG MED NGO OPP PTY REB REL".split())  # sectors
_SENSING = word_set("hear see watch witness notice")


class Control(Dependents):
    """A trigger in its tree, asked whose a verb is, and whether he suffers it."""

    def subject(self, verb: int, steps: int = MAX_STEPS) -> tuple[list[int], bool]:
        """The heads of the subject of a verb, and whether it suffers what the verb tells."""
        tree = self.tree
        passive = self.is_passive(verb)
        if tree.relations[verb] == "advcl" and tree.lemmas[tree.heads[verb]] == "appear" and tree.tags[verb] == "VBN":
            return self.subject(tree.heads[verb], steps - 1)[0], True  # "appeared before a judge [charged] with theft"
        own = self._own_subjects(verb, passive)
        if own:
            own = [who for who in own if not ends_title(self.sentence, who)]
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
        if relation == "ccomp" and tree.lemmas[head] in TELLING and self._is_told_after(head, verb):
            # "clashes have killed ten, [the ministry said]": not the ministry. A parser may cut in two what is said:
            before = [at for at in tree.children(head, "ccomp") if at < verb]  # "[a man] let go opened fire"
            return [who for at in before[-1:] for who in tree.children(at, *SUBJECTS)], passive
        if relation in ("xcomp", "ccomp") and tree.tags[verb] in ("VB", "VBG", "VBN"):
            controllers = tree.children(head, "obj", "iobj") if tree.lemmas[head] in _CONTROLLED | BLAMED else []
            controllers = controllers or self._called_upon(head)
            return controllers or self.subject(head, steps - 1)[0], passive
        if relation == "advcl":
            return self._subject_beside(verb, passive, steps)
        return [], passive

    def _is_told_after(self, head: int, verb: int) -> bool:
        """Whether who tells it stands behind what is told."""
        subjects = self.tree.children(head, *SUBJECTS)
        return bool(subjects) and min(subjects) > verb

    def _own_subjects(self, verb: int, passive: bool) -> list[int]:
        """The subjects of a verb, those aside that a parser mixed up with the subject of the clause around it."""
        tree, head = self.tree, self.tree.heads[verb]
        found = [at for at in tree.children(verb, *SUBJECTS) if at < verb or passive]
        if not found and self.sentence.lows[verb] in TELLING:  # "“...,” said [the mayor]"
            found = tree.children(verb, "nsubj")
        found = found or [at for at in tree.children(verb, "expl") if self.sentence.lows[at] != "there"]
        if tree.relations[verb] == "ccomp" and head < verb:  # "[Greece demanded that] Turkey withdraw"
            return [at for at in found if at > head] or found
        if not found and tree.relations[verb] == "ccomp":  # "rebels tortured villagers, [the group said]"
            return [at for at in tree.children(head, *SUBJECTS) if at < verb]
        if not found:
            clauses = tree.children(verb, "ccomp", "parataxis")
            found = [at for clause in clauses for at in tree.children(clause, *SUBJECTS) if at < verb < clause]
        if not found:  # a parser may set a long subject apart
            beside = [at for at in tree.children(verb, "parataxis") if at < verb and tree.tags[at].startswith("NN")]
            return beside if self.sentence.lows[verb - 1] != "," else []
        return found

    def _subject_of_joined(self, verb: int, passive: bool, steps: int) -> tuple[list[int], bool]:
        """Of a verb that goes on from another: "were ambushed and ... [fled]"."""
        joined = self._joined_verb(verb)
        subjects, suffers = self.subject(joined, steps - 1)
        if self._is_of_teller(verb, joined) and not any(map(self._may_speak, subjects)):
            return self.subject(self.tree.heads[joined], steps - 1)[0], passive
        if self.tree.tags[verb] in ("VBN", "VBD") and not self.tree.children(verb, "aux", "aux:pass"):
            # a tagger takes one of two past forms for the other; "was arrested and [charged] with murder"
            direct, is_charged = self.tree.children(verb, "obj"), self.trigger.lemma in _CHARGING
            hit = direct if is_charged or direct else self.objects(verb)
            is_wounded = self.trigger.lemma in _WOUNDING and not direct
            if is_wounded:  # "was followed home and [shot] at close range"
                hit = [at for at in hit if self.are_people(at) or self.is_somebody(at)]
            passive = (suffers and not hit) if is_wounded or self.tree.tags[verb] == "VBN" else passive
        return subjects, passive

    def _is_of_teller(self, verb: int, joined: int) -> bool:
        """Whether a verb goes on from the one that tells it, whatever a parser makes of it: "[said] that ten had died
        and urged calm"."""
        tree, head = self.tree, self.tree.heads[joined]
        had = any(self.sentence.lows[at] == "had" for at in tree.children(joined, "aux"))
        is_told = tree.relations[joined] == "ccomp" and tree.lemmas[head] in TELLING and head < joined
        is_plain = tree.tags[verb] == "VBD" and not tree.children(verb, "aux", "aux:pass")
        return had and is_told and is_plain and self.trigger.event_type in _SAYING

    def _may_speak(self, at: int) -> bool:
        """Whether a noun is of those whose words are news: a name, an office, a body."""
        return self.tree.kinds[at] in ("GPE", "ORG", "PERSON") or self.sector_of(at) in _SPEAKING

    def _joined_verb(self, verb: int) -> int:
        """The verb that one goes on from; a parser may join it to the object: "will present [a plan] and calls on"."""
        tree, head = self.tree, self.tree.heads[verb]
        for _ in range(2):
            if tree.tags[verb] in ("VBZ", "VBD", "VBP") and tree.relations[head] in ("obj", "obl", "nmod"):
                head = tree.heads[head]
        return head

    def _described(self, verb: int, passive: bool, steps: int) -> tuple[list[int], bool]:
        """Of a verb that describes a noun."""
        tree, head = self.tree, self.tree.heads[verb]
        if is_first_to(self.sentence, tree, verb):  # "Norway was the first to ratify it"
            return [bearer(self.sentence, tree, head)], passive
        if tree.tags[verb] == "VB":  # "announced her decision to veto"
            if tree.lemmas[head] not in _DECISIONS:
                return [], passive
            owners = self.by_phrases(head) or tree.children(head, "nmod:poss")  # "an attempt by rebels to take it"
            is_own = tree.relations[head] == "obj" and (not owners or self.is_own(head))
            return (self.subject(tree.heads[head], steps - 1)[0] if is_own else owners), passive
        if tree.tags[verb] == "VBG" and tree.lemmas[head] in _SPANS:  # "freed him a day after [abducting] him"
            while not tree.tags[head].startswith("VB") and tree.heads[head] != head:
                head = tree.heads[head]
            return self.subject(head, steps - 1)[0], passive
        if tree.tags[verb] == "VBG" and tree.relations[head] == "obj" and not self.is_somebody(head):
            return self.subject(tree.heads[head], steps - 1)[0], passive  # "issued a statement demanding"
        return [bearer(self.sentence, tree, head)], passive or tree.tags[verb] == "VBN"

    def _called_upon(self, head: int) -> list[int]:
        """Who is asked to do something: "called on [the rebels] to withdraw"."""
        return self.oblique(head, ("on", "upon", "to", "with")) if self.tree.lemmas[head] in _APPEALING else []

    def _subject_beside(self, verb: int, passive: bool, steps: int) -> tuple[list[int], bool]:
        """Of a verb in a clause beside another: "were ambushed by rebels, [killing] six"."""
        tree, head = self.tree, self.tree.heads[verb]
        if tree.lemmas[head] in _RESPONDING and self.trigger.event_type == "ASSAULT":
            return [], passive  # "officers responded to a report of a shot, striking a child": not they struck it
        if self._is_of_the_whole(verb):
            above = tree.heads[head]
            while not tree.tags[above].startswith("VB") and tree.heads[above] != above:
                above = tree.heads[above]
            return self.subject(above, steps - 1)[0], passive
        if tree.tags[verb] not in ("VBG", "VB", "VBN"):
            return [], passive
        if tree.tags[verb] == "VB" and (asked := self._called_upon(head)):
            return asked, passive
        subjects, suffers = self.subject(head, steps - 1)
        is_judged = tree.lemmas[head] in BLAMED or self._is_marked(verb, "for", _JUDGED)
        is_judged = is_judged or self._is_marked(verb, "from", _HINDERED)
        if not suffers and is_judged and tree.children(verb, "mark"):
            return tree.children(head, "obj", "iobj") or subjects, passive  # "charged [him] with killing two"
        if not suffers and [self.sentence.lows[at] for at in tree.children(verb, "mark")] == ["for"]:
            held = (head, *tree.children(head, "obj"))  # "put sanctions on [companies] for helping the junta"
            punished = [
                who for at in held for who in self.oblique(at, ("on", "against", "at")) if self.is_somebodys(who)
            ]
            return punished or subjects, passive
        if suffers and tree.lemmas[verb] in _SUFFERING:
            return subjects, passive  # "was attacked by pirates, suffering damage"
        if suffers and not passive and tree.tags[verb] == "VBG" and not is_judged:
            return self.by_phrases(head), passive
        return subjects, passive

    def _is_of_the_whole(self, verb: int) -> bool:
        """Whether a verb says what came of all before: "fired on men who blocked a road, [killing] one"."""
        tree, head = self.tree, self.tree.heads[verb]
        if tree.relations[head] == "xcomp" and tree.tags[head] == "VB" and self.trigger.event_type in _SAYING:
            return (
                tree.tags[verb] == "VBG" and self.sentence.lows[verb - 1] == ","
            )  # "told him to leave, [accusing] him"
        is_relative = tree.relations[head] == "acl:relcl" and tree.tags[tree.heads[tree.heads[head]]].startswith("VB")
        is_relative = is_relative or (
            tree.relations[head] == "acl" and tree.tags[head] == "VBN"
        )  # "a ship hijacked by"
        is_apart = tree.tags[verb] == "VBG" and self.sentence.lows[verb - 1] == ","
        return is_relative and is_apart and tree.lemmas[verb] in _HARMING

    def _is_marked(self, verb: int, mark: str, above: Container[str]) -> bool:
        """Whether somebody is praised "for", or kept "from", what a verb tells, by one of the verbs `above`."""
        marks = [self.sentence.lows[at] for at in self.tree.children(verb, "mark")]
        return marks == [mark] and self.tree.lemmas[self.tree.heads[verb]] in above

    def is_passive(self, verb: int) -> bool:
        tree = self.tree
        if self.found.end - self.found.at > 2 and self.sentence.lows[self.found.end - 1] == "with":
            return False  # "made off with"
        if self.trigger.lemma == self.sentence.lows[verb] != tree.lemmas[verb] and self.trigger.lemma.endswith("ed"):
            return False  # "is [prepared] to talk", a state of mind
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
            or (self.found.end - self.found.at > 2 and not self.trigger.toll and self.trigger.mode != "convict")
        ):
            return False
        by_whom = bool(self.by_phrases(verb))
        if tree.tags[verb] == "VBD" and not by_whom:  # "10 leaders killed in a blast"
            is_done = self.trigger.toll is not None or (
                verb == self.found.at and (self.trigger.mode in _DONE_TO_SOMEBODY or self.trigger.lemma in _CHARGING)
            )
            objects = tree.children(verb, "obj") if self.trigger.mode == "judicial" else self.objects(verb)
            return (is_done or self._is_with_passive(verb)) and not objects  # "leader extradited to Chile"
        is_accused = self.trigger.event_type == "ACCUSE" and tree.tags[verb] == "VBN"  # "went on trial, [accused] of"
        return by_whom or is_accused or self.trigger.event_type in ("ASSAULT", "COERCE", "SANCTION", "CRIME")

    def _is_with_passive(self, verb: int) -> bool:
        """Whether what goes on from the verb is suffered: "woman [struck], killed by truck"."""
        tree, lows = self.tree, self.sentence.lows
        joined = [at for at in tree.children(verb, "conj", "parataxis") if lows[at] in ("killed", "injured", "hurt")]
        return any(not tree.children(at, "obj", *SUBJECTS) for at in joined)

    def _is_done_with(self, verb: int) -> bool:
        """Whether the verb that goes on from it has an object: "two men [shot] and killed a mayor"."""
        tree = self.tree
        joined = [at for at in tree.children(verb, "conj") if tree.tags[at] in ("VBD", "VBN")]
        return any(tree.children(at, "obj") and not tree.children(at, *SUBJECTS, "aux:pass") for at in joined)
