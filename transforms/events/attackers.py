"""Who the attackers are of whom a sentence speaks: "the gunmen were identified as rebels", "the assailants fled"."""

from collections.abc import Iterator

from transforms.events.agency import Agency
from transforms.events.lists import listed_phrases
from transforms.events.ontology import Form, Ontology, Trigger
from transforms.events.phrases import Phrase
from transforms.events.roles import Found
from transforms.events.sentences import Sentence
from transforms.events.wordlists import word_set

_ATTACKERS = word_set(
    "attacker assailant gunman raider bomber shooter kidnapper abductor captor killer attackers assailants gunmen "
    "raiders bombers shooters kidnappers abductors captors killers"
)
_NAMING = word_set("identify name describe recognize recognise")
_HOLDING = word_set("suspect believe think presume identify say allege know")
_BELONGING = word_set("belong")
_MEMBERS = word_set("members member elements fighters part operatives men")
_DEED = Form(Trigger("attack", "ASSAULT", weak=True), "noun")


def identities(sentence: Sentence, ontology: Ontology) -> list[int]:
    """The heads of those whom a sentence tells to be the attackers."""
    told = [(clause, who) for clause, at in _attackers(sentence, ontology) for who in _identities(clause, at)]
    found = [each for clause, who in told for each in _group(clause, who)]
    return [who for who in found if ontology.is_people(sentence.lows[who]) or sentence.tree.kinds[who]]


def _group(clause: Agency, at: int) -> list[int]:
    """The group of which somebody is told to be a member, or he himself."""
    return (clause.sentence.lows[at] in _MEMBERS and clause.oblique(at, ("of", "from"))) or [at]


def unknown_attackers(sentence: Sentence, ontology: Ontology) -> tuple[Phrase, ...]:
    """Those who are only called attackers, and who do something in a sentence, whatever it is."""
    found = [at for clause, at in _attackers(sentence, ontology) if _acts(clause, at)]
    return listed_phrases(sentence, sentence.tree, found)


def _attackers(sentence: Sentence, ontology: Ontology) -> Iterator[tuple[Agency, int]]:
    for at, low in enumerate(sentence.lows):
        if low in _ATTACKERS:
            yield Agency(sentence, sentence.tree, Found(at, at + 1, _DEED), ontology), at


def _identities(clause: Agency, at: int) -> Iterator[int]:
    """Who "the attackers" are: "identified as [rebels]", "suspected to be [rebels]", "belong to [the Front]"."""
    tree, verb = clause.tree, clause.tree.heads[at]
    for told in tree.children(at, "acl"):
        if tree.lemmas[told] in _HOLDING | _BELONGING:
            yield from (who for under in tree.children(told, "xcomp") for who in _belonging(clause, under) or [under])
            yield from (*_belonging(clause, told), *clause.oblique(told, ("as",)))
    yield from (who for who in tree.children(at, "appos") if tree.kinds[who] != "PERSON")
    if clause.is_denied(verb):
        return
    if tree.relations[at] == "nsubj":
        yield from [verb] if tree.children(verb, "cop") else _belonging(clause, verb)
    if tree.relations[at] in ("obj", "nsubj:pass") and tree.lemmas[verb] in _NAMING:
        yield from clause.oblique(verb, ("as",))


def _belonging(clause: Agency, verb: int) -> list[int]:
    """To whom those belong, who are told to "belong to [the Front]"."""
    return clause.oblique(verb, ("to",)) if clause.tree.lemmas[verb] in _BELONGING else []


def _acts(clause: Agency, at: int) -> bool:
    """Whether attackers do something, and are not hurt or hunted."""
    tree = clause.tree
    is_meant = any(clause.sentence.lows[det] == "the" for det in tree.children(at, "det"))
    return is_meant and tree.relations[at] == "nsubj" and not clause.is_passive(tree.heads[at])
