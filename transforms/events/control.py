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
_SENSING = word_set("hear see watch witness notice")


class Control(Dependents):
    """A trigger in its tree, asked whose a verb is, and whether he suffers it."""

    def subject(self, verb: int, steps: int = MAX_STEPS) -> tuple[list[int], bool]:
        """The heads of the subject of a verb, and whether it suffers what the verb tells."""
        tree = self.tree
        passive = self.is_passive(verb)
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
            return tree.children(head, "obj"), passive
        if relation == "conj":
            return self._subject_of_joined(verb, passive, steps)
        if relation in ("acl", "acl:relcl"):
            return self._described(verb, passive, steps)
        if relation == "ccomp" and tree.lemmas[head] in TELLING and self._is_told_after(head, verb):
            # "clashes have killed ten, [the ministry said]": not the ministry. A parser may cut in two what is said:
            before = [at for at in tree.children(head, "ccomp") if at < verb]  # "[a man] let go opened fire"
            return [who for at in before[-1:] for who in tree.children(at, *SUBJECTS)], passive
        if relation in ("xcomp", "ccomp") and tree.tags[verb] in ("VB", "VBG", "VBN"):
            controllers = tree.children(head, "obj", "iobj") if tree.lemmas[head] in _CONTROLLED | BLAMED else []
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
        if found or (tree.relations[verb] == "ccomp" and head < verb):  # "[Greece demanded that] Turkey withdraw"
            return found
        if tree.relations[verb] == "ccomp":  # "rebels tortured villagers, [the group said]"
            return [at for at in tree.children(head, *SUBJECTS) if at < verb]
        clauses = tree.children(verb, "ccomp", "parataxis")
        found = [at for clause in clauses for at in tree.children(clause, *SUBJECTS) if at < verb < clause]
        if found or self.sentence.lows[verb - 1] == ",":
            return found
        # a parser may set a long subject apart
        return [at for at in tree.children(verb, "parataxis") if at < verb and tree.tags[at].startswith("NN")]

    def _subject_of_joined(self, verb: int, passive: bool, steps: int) -> tuple[list[int], bool]:
        """Of a verb that goes on from another: "were ambushed and ... [fled]"."""
        subjects, suffers = self.subject(self.tree.heads[verb], steps - 1)
        if self.tree.tags[verb] == "VBN" and not self.tree.children(verb, "aux", "aux:pass"):
            # a tagger takes one of two past forms for a participle; "was arrested and [charged] with murder"
            is_charged = self.trigger.lemma in _CHARGING
            passive = suffers and not (self.tree.children(verb, "obj") if is_charged else self.objects(verb))
        return subjects, passive

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
        if tree.tags[verb] == "VBG" and tree.relations[head] == "obj" and not self.is_somebody(head):
            return self.subject(tree.heads[head], steps - 1)[0], passive  # "issued a statement demanding"
        return [bearer(self.sentence, tree, head)], passive or tree.tags[verb] == "VBN"

    def _subject_beside(self, verb: int, passive: bool, steps: int) -> tuple[list[int], bool]:
        """Of a verb in a clause beside another: "were ambushed by rebels, [killing] six"."""
        tree, head = self.tree, self.tree.heads[verb]
        if tree.lemmas[head] in _RESPONDING and self.trigger.event_type == "ASSAULT":
            return [], passive  # "officers responded to a report of a shot, striking a child": not they struck it
        if tree.tags[verb] not in ("VBG", "VB", "VBN"):
            return [], passive
        is_asked = tree.tags[verb] == "VB" and tree.lemmas[head] in _APPEALING  # "called on [the rebels] to withdraw"
        if is_asked and (asked := self.oblique(head, ("on", "upon", "to", "with"))):
            return asked, passive
        subjects, suffers = self.subject(head, steps - 1)
        is_judged = tree.lemmas[head] in BLAMED or self._is_marked(verb, "for", _JUDGED)
        is_judged = is_judged or self._is_marked(verb, "from", _HINDERED)
        if not suffers and is_judged and tree.children(verb, "mark"):
            return tree.children(head, "obj", "iobj") or subjects, passive  # "charged [him] with killing two"
        if suffers and not passive and tree.tags[verb] == "VBG" and not is_judged:
            return self.by_phrases(head), passive
        return subjects, passive

    def _is_marked(self, verb: int, mark: str, above: Container[str]) -> bool:
        """Whether somebody is praised "for", or kept "from", what a verb tells, by one of the verbs `above`."""
        marks = [self.sentence.lows[at] for at in self.tree.children(verb, "mark")]
        return marks == [mark] and self.tree.lemmas[self.tree.heads[verb]] in above

    def is_passive(self, verb: int) -> bool:
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
            or self.found.end - self.found.at > 2
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
