"""Who did what to whom, from the dependency tree of a sentence.

The relations are those of Universal Dependencies (https://universaldependencies.org). The reading stays in the clause
of the trigger and leaves it only over a relation that hands a subject on: coordination, control, a participle, a
relative clause. It gives the same `Roles` as the reading by the order of words, which serves where there is no parse.
"""

from collections.abc import Iterable, Sequence
from typing import Optional

from transforms.events.nouns import SUBJECTS, noun_phrases
from transforms.events.ontology import Form, Ontology, Trigger
from transforms.events.phrases import Phrase
from transforms.events.roles import MAX_TRIGGERS, Found, Roles
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import ADVERBS, word_set

MAX_STEPS = 6  # relations over which a subject is handed on; more are a broken tree
_CONTROLLED = word_set(
    "urge order force ask tell call allow persuade enable push lead want demand request invite press"
)
_DOING = word_set(
    "carry launch stage commit perpetrate conduct mount execute make plan organize lead direct order claim"
)
_BLAMED = word_set("charge accuse suspect arrest convict want sentence indict jail detain blame hold")
_BLAMING = word_set("guilty responsible suspect suspected")
_HARMING = word_set("kill wound injure target hit destroy damage leave claim strike")
_ON = ("on", "against", "upon", "at", "targeting")
_DURING = ("in", "during", "by", "after", "amid", "following", "from", "with")
_VIOLENT = frozenset(["ASSAULT", "DISASTER", "CRIME", "PROTEST", "CONSULT"])  # nobody is meant but who stands beside
_DOWN = frozenset(["obj", "obl", "nmod", "xcomp", "acl", "iobj", "obl:agent"])
_WHO = word_set("people civilians refugees")
_IMAGINING = word_set("threat fear risk plan plot possibility warning danger threaten foresee expect avert foil")
_CLAIM = Form(Trigger("claim", "ASSAULT", weak=True), "noun")
_PERSONAL = word_set("he she they him her them it we")


def find_triggers(sentence: Sentence, ontology: Ontology) -> list[Found]:
    """The triggers of a sentence, verbs and nouns told apart by their tags."""
    found: list[Found] = []
    at = 0
    while at < len(sentence.lows):
        match = _match(sentence, sentence.tree, ontology, at)
        if match:
            found.append(Found(at, at + match[0], match[1]))
        at += match[0] if match else 1
    return found[:MAX_TRIGGERS]


def find_roles(sentence: Sentence, found: Found, ontology: Ontology) -> Roles:
    """Who did what a trigger tells, and to whom."""
    reading = _Clause(sentence, sentence.tree, found, ontology)
    return reading.of_verb() if found.is_verb else reading.of_noun()


def find_culprits(sentence: Sentence, ontology: Ontology) -> tuple[Phrase, ...]:
    """Who claims, or is held to be, responsible for what the article tells, in a sentence that does not tell it."""
    tree = sentence.tree
    for at, lemma in enumerate(tree.lemmas if tree else ()):
        reading = _Clause(sentence, tree, Found(at, at + 1, _CLAIM), ontology)
        if lemma in ("responsibility", "credit") and tree.relations[at] == "obj":
            return reading.phrases(reading.subject(tree.heads[at])[0])
        if lemma == "responsible" and tree.relations[at] in ("ROOT", "ccomp", "conj", "acl:relcl"):
            return reading.phrases(reading.subject(at)[0])
        if lemma == "responsible" and tree.lemmas[tree.heads[at]] == "hold":
            return reading.phrases(reading.subject(tree.heads[at])[0] or tree.children(tree.heads[at], "obj"))
    return ()


def _match(sentence: Sentence, tree: Tree, ontology: Ontology, at: int) -> Optional[tuple[int, Form]]:
    low, tag = sentence.lows[at], tree.tags[at]
    verb = ontology.verbs.match(sentence.lows, at) if low in ontology.verbs else None
    noun = ontology.nouns.match(sentence.lows, at) if low in ontology.nouns else None
    if noun and noun[0] > (verb[0] if verb else 0) and noun[0] > 1:
        return noun
    if verb and (tag.startswith("VB") or (verb[0] > 1 and not tag.startswith("NN"))):
        return verb
    if noun and tag.startswith(("NN", "VBG", "JJ")):
        return noun
    if verb and tag == "JJ" and verb[1].tense in ("ed", "participle") and _is_predicate(tree, at):
        return verb
    return None


def _is_predicate(tree: Tree, at: int) -> bool:
    return tree.relations[at] not in ("amod", "compound", "nmod:desc") and not tree.children(at, "det")


class _Clause:
    """A trigger in its tree."""

    def __init__(self, sentence: Sentence, tree: Tree, found: Found, ontology: Ontology):
        self.sentence, self.tree, self.found, self.ontology = sentence, tree, found, ontology
        self.trigger = found.form.trigger
        self._asked: set[int] = set()  # nouns already asked who did it, for the way leads up and down

    def of_verb(self) -> Roles:
        at, trigger = self.found.at, self.trigger
        subjects, passive = self.subject(at)
        objects = self._objects(at)
        agents = self._agents(at)
        auxiliaries = self._auxiliaries(at)
        if trigger.subject == "recipient":
            return Roles(self.phrases(agents or self._circumstances(at)), self.phrases(subjects), auxiliaries)
        if trigger.subject == "both":
            partners = self._oblique(at, ("with", "between", "against")) or objects
            return Roles(self.phrases(subjects), self.phrases(partners), auxiliaries)
        if passive:
            actors = agents or self._circumstances(at)
            return Roles(self.phrases(actors), self.phrases(subjects or objects), auxiliaries, passive=True)
        actors = [who for subject in subjects for who in self._doers_of(subject)]
        if trigger.event_type not in _VIOLENT and not any(self._is_somebodys(at) for at in objects):
            objects = self._addressees(at) or objects
        return Roles(self.phrases(actors), self.phrases(objects), auxiliaries)

    def of_noun(self) -> Roles:
        actors, recipients = self._around_noun(self.found.end - 1, self.trigger.of == "recipient")
        return Roles(self.phrases(actors), self.phrases(recipients), self._doubts(self.found.end - 1))

    # -- subjects

    def subject(self, verb: int, steps: int = MAX_STEPS) -> tuple[list[int], bool]:
        """The heads of the subject of a verb, and whether it suffers what the verb tells."""
        tree = self.tree
        passive = self._is_passive(verb)
        own = self._own_subjects(verb, passive)
        if own:
            return [self._antecedent(who, verb) for who in own], passive
        relation, head = tree.relations[verb], tree.heads[verb]
        if not steps or head == verb:
            return [], passive
        if relation == "conj":
            subjects, suffers = self.subject(head, steps - 1)
            if tree.tags[verb] == "VBN" and not tree.children(verb, "aux") and not self._objects(verb):
                passive = passive or suffers
            if suffers and not passive:  # "were ambushed and ... fled"
                return subjects, False
            return subjects, passive
        if relation in ("acl", "acl:relcl") and tree.tags[head].startswith(("NN", "PRP", "CD", "DT", "WP")):
            if tree.tags[verb] == "VB":
                return [], passive
            return [head], passive or tree.tags[verb] == "VBN"
        if relation in ("xcomp", "ccomp") and tree.tags[verb] in ("VB", "VBG", "VBN"):
            controllers = tree.children(head, "obj") if tree.lemmas[head] in _CONTROLLED else []
            subjects, suffers = self.subject(head, steps - 1)
            return controllers or subjects, passive
        if relation == "advcl" and tree.tags[verb] in ("VBG", "VB", "VBN"):
            subjects, suffers = self.subject(head, steps - 1)
            if suffers and not passive and tree.tags[verb] == "VBG" and tree.lemmas[head] not in _BLAMED:
                return self._agents(head), passive  # "were ambushed by rebels, killing six"
            return subjects, passive
        return [], passive

    def _own_subjects(self, verb: int, passive: bool) -> list[int]:
        """The subjects of a verb, those aside that a parser mixed up with the subject of the clause around it."""
        tree, head = self.tree, self.tree.heads[verb]
        found = [at for at in tree.children(verb, *SUBJECTS) if at < verb or passive]
        if tree.relations[verb] == "ccomp" and head < verb:  # "[Greece demanded that] Turkey withdraw"
            return [at for at in found if at > head] or found
        if not found and tree.relations[verb] == "ccomp":  # "rebels tortured villagers, [the group said]"
            return [at for at in tree.children(head, *SUBJECTS) if at < verb]
        if not found:
            clauses = tree.children(verb, "ccomp")
            return [at for clause in clauses for at in tree.children(clause, *SUBJECTS) if at < verb < clause]
        return found

    def _is_passive(self, verb: int) -> bool:
        tree = self.tree
        if tree.children(verb, "aux:pass", "nsubj:pass", "csubj:pass"):
            return True
        if (
            tree.tags[verb] not in ("VBN", "VBD", "JJ")
            or tree.children(verb, "obj", "aux")
            or self.found.end - self.found.at > 2
        ):
            return False
        by_whom = bool(self._by_phrases(verb))
        if tree.tags[verb] == "VBD" and not by_whom:  # "10 leaders killed in a blast"
            return self.trigger.toll is not None and not self._objects(verb)
        return by_whom or self.trigger.event_type in ("ASSAULT", "COERCE", "SANCTION", "CRIME")

    def _objects(self, verb: int) -> list[int]:
        tree, end = self.tree, self.found.end
        found = [at for at in tree.children(verb, "obj", "iobj") if not verb < at < end]
        inside = range(verb + 1, end)
        if not found and inside:  # "call on", "fire at", and objects of what the trigger holds: "hold talks with"
            for head in (verb, *inside):
                for at in tree.children(head, "obl", "nmod", "advcl", "obj"):
                    if at >= end and any(case in inside for case in tree.children(at, "case", "mark")):
                        found.append(at)
            found = found or [at for head in inside for at in self._oblique(head, (*_ON, "with", "to", "for"))]
        if not found and verb == self.found.at:
            found = self._oblique(verb, self._object_words())
        if not found and self.trigger.event_type == "REQUEST":
            clauses = tree.children(verb, "ccomp")
            found = [who for clause in clauses for who in tree.children(clause, "nsubj") if who > verb]
        return [self._antecedent(at, verb) for at in found]

    def _addressees(self, verb: int) -> list[int]:
        """To whom, with whom or where something is done that is itself nobody: "lifted the curfew in Aleppo"."""
        tree, todo = self.tree, [verb]
        while todo:
            at = todo.pop(0)
            if at != verb and self._is_somebody(at) and tree.children(at, "case"):
                return [at]
            todo += [kid for kid in tree.kids[at] if kid > verb and tree.relations[kid] in _DOWN]
        return []

    def _is_somebody(self, at: int) -> bool:
        known = self.tree.kinds[at] in ("GPE", "ORG", "NORP", "PERSON") or self.sentence.lows[at] in _WHO
        return known or self.sentence.lows[at] in self.ontology.sectors

    def _is_somebodys(self, at: int) -> bool:
        """Whether a noun is somebody, or somebody's: "Palestinian homes"."""
        return self._is_somebody(at) or any(self.tree.kinds[kid] in ("GPE", "NORP") for kid in self.tree.kids[at])

    def _object_words(self) -> Sequence[str]:
        if self.trigger.event_type == "ASSAULT":
            return _ON
        return ("to", "with", "on", "against", "for") if self.trigger.event_type not in ("COERCE", "PROTEST") else ()

    def _agents(self, verb: int) -> list[int]:
        return [who for at in self._by_phrases(verb) for who in self._doers_of(at)]

    def _by_phrases(self, verb: int) -> list[int]:
        return self.tree.children(verb, "obl:agent") or self._oblique(verb, ("by",))

    def _circumstances(self, verb: int) -> list[int]:
        """Who did the attack in which somebody was killed."""
        found: list[int] = []
        for at in self._oblique(verb, _DURING):
            if self._is_event(at):
                found += self._around_noun(at, False)[0]
        return found

    def _doers_of(self, at: int) -> list[int]:
        """Whoever did the attack, or threw the bomb, that is said to have killed; else the noun itself."""
        if self._is_event(at) or self.sentence.lows[at] in self.ontology.means:
            return self._around_noun(at, False)[0] or [at]
        return [at]

    def _is_event(self, at: int) -> bool:
        return self.tree.tags[at].startswith("NN") and self.sentence.lows[at] in self.ontology.nouns

    # -- nouns

    def _around_noun(self, noun: int, of_recipient: bool) -> tuple[list[int], list[int]]:
        """The heads of who did, and of who suffered, what a noun tells."""
        if noun in self._asked:
            return [], []
        self._asked.add(noun)
        tree = self.tree
        actors, recipients = self._oblique(noun, ("by",)), self._oblique(noun, _ON)
        owners = tree.children(noun, "nmod:poss") + self._oblique(noun, ("of",))
        if of_recipient:
            recipients = recipients + owners
        else:
            actors = actors or owners
        head, relation = tree.heads[noun], tree.relations[noun]
        for participle in tree.children(noun, "acl"):
            actors = actors or self._agents(participle)
        if relation == "obj" and tree.lemmas[head] in _DOING:
            actors = self._subject_or_agents(head) or actors
            recipients = recipients or self._oblique(head, _ON)
        elif relation == "nsubj:pass" and tree.lemmas[head] in _DOING:
            actors = self._agents(head) or actors
        elif relation == "nsubj" and tree.lemmas[head] in _HARMING and not recipients:
            recipients = [at for at in tree.children(head, "obj") if self.sentence.lows[at] not in ("life", "lives")]
        elif relation in ("nmod", "obl"):
            actors = self._blamed(head) or actors
        return [self._antecedent(at, noun) for at in actors], [self._antecedent(at, noun) for at in recipients]

    def _subject_or_agents(self, verb: int) -> list[int]:
        subjects, passive = self.subject(verb)
        return self._agents(verb) if passive else subjects

    def _blamed(self, head: int) -> list[int]:
        """Who "claimed responsibility for the attack", who is "charged with the murder"."""
        tree = self.tree
        if tree.lemmas[head] == "responsibility" and tree.relations[head] == "obj":
            return self.subject(tree.heads[head])[0]
        if tree.lemmas[head] in _BLAMED:
            subjects, passive = self.subject(head)
            return subjects if passive else tree.children(head, "obj")
        if tree.lemmas[head] in _BLAMING:
            return tree.children(head, "nsubj")
        return []

    # -- words

    def _oblique(self, head: int, words: Iterable[str]) -> list[int]:
        """The phrases that one of `words` (such as "by") ties to a head."""
        tree, lows = self.tree, self.sentence.lows
        found = tree.children(head, "obl", "nmod", "obl:agent", "nmod:agent")
        tied = [at for at in found if any(lows[case] in words for case in tree.children(at, "case")[:1])]
        return [at for at in tied if tree.kinds[at] not in ("DATE", "TIME", "CARDINAL", "MONEY")]

    def _auxiliaries(self, verb: int) -> frozenset[str]:
        tree, lows = self.tree, self.sentence.lows
        words = {lows[at] for at in tree.children(verb, "aux", "aux:pass")}
        words |= {lows[at] for at in tree.children(verb, "advmod") if lows[at] in ADVERBS}
        words |= {"to"} & {lows[at] for at in tree.children(verb, "mark")}
        if (
            tree.relations[verb] == "conj"
            and not words
            and not tree.children(verb, *SUBJECTS)
            and tree.heads[verb] != verb
        ):
            return self._auxiliaries(tree.heads[verb])
        return frozenset(words | self._doubts(verb))

    def _doubts(self, at: int) -> frozenset[str]:
        """ "possible" where what is told is only feared or planned, "if" where it stands under a condition."""
        tree, lows = self.tree, self.sentence.lows
        words: set[str] = set()
        if tree.tags[at].startswith("NN") and tree.lemmas[tree.heads[at]] in _IMAGINING:
            words.add("possible")
        for _ in range(2):
            words |= {"if", "unless", "whether"} & {lows[mark] for mark in tree.children(at, "mark")}
            at = tree.heads[at]
        return frozenset(words)

    def _antecedent(self, at: int, trigger: int) -> int:
        """Whom a relative or personal pronoun stands for, as far as the sentence says; else the pronoun itself."""
        tree, low = self.tree, self.sentence.lows[at]
        if low in ("who", "which", "that", "whom"):
            clause = tree.heads[at]
            for _ in range(MAX_STEPS):
                if tree.relations[clause] in ("acl:relcl", "acl"):
                    return tree.heads[clause]
                clause = tree.heads[clause]
        elif low in _PERSONAL:
            return self._speaker(at, trigger)
        return at

    def _speaker(self, pronoun: int, trigger: int) -> int:
        """The subject of a verb above: "Norway said it will mediate"; the pronoun itself where it has none."""
        tree, clause = self.tree, trigger
        person = self.sentence.lows[pronoun] != "it"
        for _ in range(MAX_STEPS):
            if tree.heads[clause] == clause:
                break
            clause = tree.heads[clause]
            for subject in tree.children(clause, *SUBJECTS):
                fits = subject < pronoun and tree.tags[subject].startswith("NN")
                if fits and (tree.kinds[subject] in ("GPE", "ORG")) != person:
                    return subject
        return pronoun

    def phrases(self, heads: Iterable[int]) -> tuple[Phrase, ...]:
        found: list[Phrase] = []
        for head in dict.fromkeys(at for first in heads for at in self._listed(first)):
            if not any(phrase.start <= head < phrase.end for phrase in found):
                found += noun_phrases(self.sentence, self.tree, head)
        return tuple(found)

    def _listed(self, head: int) -> list[int]:
        """A noun and those coordinated with it."""
        tree = self.tree
        joined = tree.children(head, "cc")
        found = [at for at in tree.children(head, "nmod") if tree.names[at] >= 0 and joined and at < joined[0] < head]
        found = [head] if not found or tree.children(found[0], "case") else [*found, head]
        for other in tree.children(head, "conj"):
            if tree.tags[other].startswith(("NN", "CD", "JJ", "PRP", "DT", "FW")):
                found += self._listed(other)
        return found
