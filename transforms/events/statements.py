"""What a verb of saying tells besides: that it finds fault, or demands."""

from typing import Optional

from transforms.events.nouns import SUBJECTS
from transforms.events.objects import finds_fault, quotes_on_another
from transforms.events.ontology import REMARK, Form, Ontology, Trigger
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import PRONOUNS, word_set

_SAYING = word_set("say announce state declare insist conclude tell stress maintain argue warn add emphasize reiterate")
_MUST = word_set("must should ought")
_BLAME = Form(Trigger("say", "ACCUSE", mode="disapprove", figure=True), "ed")
_REMARK = Form(Trigger(REMARK, "ACCUSE", mode="disapprove", figure=True), "ed")
_DEMAND = Form(Trigger("must", "REQUEST", figure=True), "ed")


def statement(sentence: Sentence, ontology: Ontology, at: int) -> Optional[tuple[int, Form]]:
    """What is done by saying something: a demand, or finding fault."""
    if _is_demand(sentence, sentence.tree, at):
        return 1, _DEMAND
    if finds_fault(sentence, ontology, at):
        return 1, _BLAME
    return (1, _REMARK) if quotes_on_another(sentence, ontology, at) else None


def _is_demand(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether a verb of saying tells what another has to do: "Russia said that Sudan must return the helicopter"."""
    if tree.lemmas[at] not in _SAYING or not tree.children(at, *SUBJECTS):
        return False
    clauses = [clause for clause in tree.children(at, "ccomp") if not _is_speaker(sentence, tree, clause)]
    # "a raid must not be considered, the minister said" asks nobody to do something
    clauses = [clause for clause in clauses if clause > at or "not" not in sentence.lows[:clause]]
    return any(sentence.lows[aux] in _MUST for clause in clauses for aux in tree.children(clause, "aux"))


def _is_speaker(sentence: Sentence, tree: Tree, clause: int) -> bool:
    """Whether a clause tells what the speaker himself, or nobody, has to do."""
    subjects = tree.children(clause, *SUBJECTS)
    return not subjects or any(sentence.lows[at] in PRONOUNS and sentence.texts[at] != "US" for at in subjects)
