"""Who the attackers are of whom a sentence speaks: "the gunmen were identified as rebels", "the assailants fled"."""

from collections.abc import Iterator

from transforms.events.agency import Agency
from transforms.events.lists import listed_phrases
from transforms.events.ontology import Form, Ontology, Trigger
from transforms.events.phrases import Phrase
from transforms.events.roles import Found
from transforms.events.sentences import Sentence
from transforms.events.wordlists import COLLECTIVES, word_set

_ATTACKERS = word_set(
    "attacker assailant gunman raider bomber shooter kidnapper abductor captor killer attackers assailants gunmen "
    "raiders bombers shooters kidnappers abductors captors killers"
)
_NAMING = word_set("identify name recognize recognise")
_HOLDING = word_set("suspect believe think presume identify say allege know")
_MAYBE = frozenset(["may", "might", "could"])
_BELONGING = word_set("belong")
_MEMBERS = word_set("members member elements fighters part operatives men")
_MEN = frozenset(["men"])
_INTRUDING = word_set("arrive come enter storm raid ride burst encircle surround invade descend emerge overrun break")
_LAUNCHING = word_set("launch fire release drop")
_OUTLAWS = frozenset(["UAF", "REB", "CRM"])  # sectors
_FROM_AFAR = frozenset(["drone", "explosives", "heavy-weapons"])  # modes of means
_DEED = Form(Trigger("attack", "ASSAULT", weak=True), "noun")


def identities(sentence: Sentence, ontology: Ontology) -> list[int]:
    """The heads of those whom a sentence tells to be the attackers."""
    told = [(clause, who) for clause, at in _nouns(sentence, ontology) for who in _identities(clause, at)]
    found = [(clause, each) for clause, who in told for each in _group(clause, who)]
    return [who for clause, who in found if clause.is_somebody(who) or clause.are_people(who)]


def unknown_attackers(sentence: Sentence, ontology: Ontology) -> tuple[Phrase, ...]:
    """Those of whom a sentence tells what attackers do: "the gunmen fled", "30 men came", "Norway fired missiles"."""
    found = [at for clause, at in _nouns(sentence, ontology) if _acts(clause, at)]
    found += [who for clause, verb in _launches(sentence, ontology) for who in clause.subject(verb)[0]]
    return listed_phrases(sentence, sentence.tree, found)


def _nouns(sentence: Sentence, ontology: Ontology) -> Iterator[tuple[Agency, int]]:
    for at, tag in enumerate(sentence.tree.tags):
        if tag in ("NN", "NNS"):
            yield Agency(sentence, sentence.tree, Found(at, at + 1, _DEED), ontology), at


def _launches(sentence: Sentence, ontology: Ontology) -> Iterator[tuple[Agency, int]]:
    """The verbs by which somebody fires a weapon that hits from afar."""
    tree = sentence.tree
    for verb, lemma in enumerate(tree.lemmas):
        if lemma in _LAUNCHING and tree.tags[verb] in ("VBD", "VBN"):
            clause = Agency(sentence, tree, Found(verb, verb + 1, _DEED), ontology)
            is_done = not clause.is_passive(verb) and clause.auxiliaries(verb) <= {"had", "has", "have"}
            arms = [ontology.means.match(sentence.lows, at) for at in tree.children(verb, "obj")]
            if is_done and any(match and match[1] in _FROM_AFAR for match in arms):
                yield clause, verb


def _group(clause: Agency, at: int) -> list[int]:
    """The group of which somebody is told to be a member, or he himself."""
    return (clause.sentence.lows[at] in _MEMBERS and clause.oblique(at, ("of", "from"))) or [at]


def _identities(clause: Agency, at: int) -> Iterator[int]:
    """Who "the attackers" are: "identified as [rebels]", "suspected to be [rebels]", "belong to [the Front]"."""
    tree, verb = clause.tree, clause.tree.heads[at]
    is_men = clause.sentence.lows[at] in _MEN and tree.relations[at] == "obl:agent"
    if not is_men and clause.sentence.lows[at] not in _ATTACKERS:
        return
    for told in tree.children(at, "acl"):
        if tree.lemmas[told] in _HOLDING | _BELONGING:
            yield from (who for under in tree.children(told, "xcomp") for who in _belonging(clause, under) or [under])
            yield from (*_belonging(clause, told), *clause.oblique(told, ("as",)))
    if is_men or clause.is_denied(verb) or clause.auxiliaries(verb) & _MAYBE:
        return
    yield from (who for who in tree.children(at, "appos") if tree.kinds[who] != "PERSON")
    if tree.relations[at] == "nsubj":
        groups = _group(clause, verb) if tree.children(verb, "cop") else []
        is_told = any(tree.tags[who] == "NNS" or clause.sector_of(who) not in (None, "CVL") for who in groups)
        yield from groups if is_told else _belonging(clause, verb)
    if tree.relations[at] in ("obj", "nsubj:pass") and tree.lemmas[verb] in _NAMING:
        yield from clause.oblique(verb, ("as",))


def _belonging(clause: Agency, verb: int) -> list[int]:
    """To whom those belong, who are told to "belong to [the Front]"."""
    return clause.oblique(verb, ("to",)) if clause.tree.lemmas[verb] in _BELONGING else []


def _acts(clause: Agency, at: int) -> bool:
    """Whether attackers do something, or men come as attackers do; not those who are hurt or hunted."""
    tree, lows = clause.tree, clause.sentence.lows
    is_counted = tree.relations[at] == "nmod" and lows[tree.heads[at]] in COLLECTIVES
    subject = tree.heads[at] if is_counted else at
    verb = tree.heads[subject]
    if tree.relations[subject] != "nsubj" or not tree.tags[verb].startswith("VB") or clause.is_denied(verb):
        return False
    if lows[at] in _ATTACKERS and any(lows[det] == "the" for det in tree.children(at, "det")):
        return True
    are_armed = lows[at] in _MEN or clause.sector_of(at) in _OUTLAWS
    return tree.lemmas[verb] in _INTRUDING and are_armed and not clause.is_own(at)  # "after its fighters overran Goma"
