"""The triggers of a sentence: words of the lexicon, verbs and nouns told apart by their tags where it has a tree."""

from collections.abc import Sequence
from typing import Optional

from transforms.events.complements import Complements
from transforms.events.nouns import SUBJECTS
from transforms.events.objects import calls_so, finds_fault, has_doer, has_object, quotes_on_another
from transforms.events.ontology import REMARK, SOMEBODY, Form, Ontology, Trigger, is_curb
from transforms.events.phrasebook import PhraseTable
from transforms.events.realis import is_decided
from transforms.events.repelling import repels_one
from transforms.events.roles import MAX_TRIGGERS, Found, triggers_by_order
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import PRONOUNS, word_set

_SAYING = word_set("say announce state declare insist conclude tell stress maintain argue warn add emphasize reiterate")
_MUST = word_set("must should ought")
_PAYING = word_set("pay face suffer meet bear")
_COMING = word_set("will 'll wo would shall")
_PRICES = word_set("price consequence retaliation reprisal punishment response force wrath retribution")
_GROUNDS = word_set(
    "order orders grounds recommendation advice suspicion instructions behalf condition charge charges "
    "twitter facebook instagram television tv radio air"
)
_HOSTILE = word_set("ASSAULT COERCE MOBILIZE ACCUSE REJECT THREATEN")
_AGREEING = frozenset(["agree", "agree to", "agree upon", "accept", "consent"])
_MEANING = frozenset(["intend", "plan", "decide", "prepared", "poised", "eager", "resolve"])
_PROMISED = word_set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST")  # what one means to do for others
_ENDING = word_set("end fight stop crush punish resist defeat destroy eradicate avenge retaliate hunt")
_AFTER_DEED = word_set("victim victims suspect suspects scene spree incident")  # "found [shooting] victim Ann Lee"
_DEEDS = frozenset(["ASSAULT", "DISASTER", "CRIME"])
_UNDOING = frozenset(["REJECT", "CONCEDE", "SANCTION"])  # types of verbs by which there is less of something
_ORDERING = frozenset(["call", "order"])  # "ordered a crackdown"
_HURT_ONES = frozenset(["wounded", "injured", "dead"])
_OF_NOUNS = frozenset(["nmod", "obl", "obj", "nsubj", "nsubj:pass"])
_GIVING = frozenset(["AID", "REQUEST", "AGREE"])
_BLAME = Form(Trigger("say", "ACCUSE", mode="disapprove", figure=True), "ed")
_REMARK = Form(Trigger(REMARK, "ACCUSE", mode="disapprove", figure=True), "ed")
_THREAT = Form(Trigger("say", "THREATEN", figure=True), "ed")
_DEMAND = Form(Trigger("must", "REQUEST", figure=True), "ed")


def find_triggers(sentence: Sentence, ontology: Ontology) -> list[Found]:
    """The triggers of a sentence, in order."""
    if sentence.tree is None:
        return triggers_by_order(sentence, ontology)
    found: list[Found] = []
    at = 0
    while at < len(sentence.lows):
        match = _match(sentence, sentence.tree, ontology, at)
        if match is None or sentence.tree.lemmas[at] == "warn":
            match = _statement(sentence, ontology, at) or match
        if match:
            found.append(Found(at, at + match[0], match[1]))
        at += match[0] if match else 1
    kept = [each for each in found[:MAX_TRIGGERS] if not _is_light(sentence.tree, each, found)]
    kept = [each for each in kept if not _is_carried_out(sentence, each, kept)]
    kept = [
        each for each in kept if not (each.is_verb and repels_one(sentence, sentence.tree, each.at, ontology.nouns))
    ]
    kept = [each for each in kept if not _is_of_verb(sentence, each, kept)]
    kept = [each for each in kept if not _is_only_meant(sentence, ontology, each, kept)]
    return [_intended(sentence.tree, each, kept) for each in kept]


def _intended(tree: Tree, verb: Found, found: Sequence[Found]) -> Found:
    """Who is ready "to attack" promises nothing, but threatens; who agrees to cease fire ceases."""
    if verb.form.trigger.event_type not in ("AGREE", "THREATEN") or not verb.is_verb:
        return verb
    ends = tree.children(verb.at, "xcomp")
    ends += [end for first in ends for end in tree.children(first, "xcomp")]  # "vowed to keep attacking"
    told = [other.form.trigger for other in found if other.at in ends]
    if verb.form.trigger.lemma in _AGREEING and any(trigger.mode == "ceasefire" for trigger in told):
        truce = verb.form.trigger._replace(event_type="RETREAT", own_type=None, mode="ceasefire", subject="both")
        return verb._replace(form=verb.form._replace(trigger=truce))  # "agreed to halt hostilities"
    hostile = any(trigger.event_type in _HOSTILE and not trigger.weak for trigger in told)
    hostile = hostile or (verb.form.trigger.lemma == "vow" and any(tree.lemmas[end] in _ENDING for end in ends))
    threat = verb.form.trigger._replace(event_type="THREATEN", own_type=None, mode=None, figure=False)
    return verb._replace(form=verb.form._replace(trigger=threat)) if hostile else verb


def _is_only_meant(sentence: Sentence, ontology: Ontology, verb: Found, found: Sequence[Found]) -> bool:
    """Whether somebody only means to do what is no promise to anybody: "plan to file charges", "decided to build"."""
    if verb.form.trigger.lemma not in _MEANING or not verb.is_verb:
        return False
    ends = sentence.tree.children(verb.at, "xcomp", "advcl")
    told = [other.form.trigger for other in found if other.at in ends]
    if told:
        return not any(other.event_type in _PROMISED or _is_force(other) for other in told)
    return not Complements(sentence, sentence.tree, verb, ontology).addressees(verb.at)  # "decided to pay [Chad]"


def _is_force(trigger: Trigger) -> bool:
    return trigger.event_type in _HOSTILE and trigger.event_type != "ACCUSE" and not trigger.weak


def _is_light(tree: Tree, verb: Found, found: Sequence[Found]) -> bool:
    """Whether what a verb does is told by its object: "gave an ultimatum" is no gift."""
    if verb.is_verb and verb.form.trigger.event_type == "SUPPORT":  # "approved sanctions on Syria" supports nobody
        nouns = [noun for noun in found if not noun.is_verb and is_curb(noun.form.trigger)]
        return any(tree.relations[noun.end - 1] == "obj" and tree.heads[noun.end - 1] == verb.at for noun in nouns)
    if not (verb.is_verb and verb.form.trigger.figure and verb.form.trigger.event_type in _GIVING):
        return False
    if verb.form.trigger.event_type == "REQUEST" and verb.form.trigger.lemma not in _ORDERING:
        return False  # "sought the release of the hostages" is no release
    objects = tree.children(verb.at, "obj")
    return any(not noun.is_verb and noun.end - 1 in objects for noun in found)


def _is_carried_out(sentence: Sentence, verb: Found, found: Sequence[Found]) -> bool:
    """Whether what somebody decided is told as done: "decided to allow"."""
    if verb.form.trigger.lemma not in ("decide", "agree"):
        return False
    return any(other.is_verb and is_decided(sentence, other.at) for other in found)


def _is_of_verb(sentence: Sentence, noun: Found, found: Sequence[Found]) -> bool:
    """Whether what a noun tells is what a verb ends, refuses or signs: "lifted the ban", "dismissed a protest"."""
    at, tree = noun.end - 1, sentence.tree
    if noun.is_verb or tree.relations[at] not in ("obj", "nsubj:pass"):
        return False
    verb = next((other.form.trigger for other in found if other.is_verb and other.at == tree.heads[at]), None)
    if verb is None or noun.form.trigger.event_type in _DEEDS:
        return False
    is_other = (verb.event_type in _UNDOING or verb.mode == "ban") and noun.form.trigger.event_type != verb.event_type
    return is_other or sentence.lows[at] in verb.objects


def _match(sentence: Sentence, tree: Tree, ontology: Ontology, at: int) -> Optional[tuple[int, Form]]:
    tag = tree.tags[at]
    if tree.kinds[at] in ("DATE", "TIME") or (at and sentence.texts[at] == "March"):
        return None
    verb, noun = (_first_sense(sentence, ontology, at, table) for table in (ontology.verbs, ontology.nouns))
    if noun and noun[0] > (verb[0] if verb else 0) and noun[0] > 1:
        return noun
    if noun and tag == "VBG" and at + 1 < len(sentence.lows) and sentence.lows[at + 1] in _AFTER_DEED:
        return noun
    if verb and tag == "VBG" and tree.relations[at] == "amod":
        return None  # "carried her out of a burning town"
    if verb and sentence.lows[at] in _HURT_ONES and tree.children(at, "det") and tree.relations[at] in _OF_NOUNS:
        return None  # "two of the wounded"
    if verb and (tag.startswith("VB") or (verb[0] > 1 and not tag.startswith("NN"))):
        return verb if verb[1].trigger.event_type == "ASSAULT" or _is_predicate(tree, at) else None
    if noun and tag.startswith(("NN", "VBG", "JJ")):
        return noun
    if verb and tag == "JJ" and verb[1].tense != "ing" and _is_predicate(tree, at):
        return verb
    return None


def _first_sense(
    sentence: Sentence, ontology: Ontology, at: int, table: PhraseTable[Form]
) -> Optional[tuple[int, Form]]:
    """The first of the senses of a word that what stands around it allows."""
    if sentence.lows[at] not in table:
        return None
    senses = table.matches(sentence.lows, at)
    return next((sense for sense in senses if _fits(sentence, ontology, at, sense)), None)


def _fits(sentence: Sentence, ontology: Ontology, at: int, sense: tuple[int, Form]) -> bool:
    tree = sentence.tree
    return (
        _has_needed(sentence, tree, at, sense)
        and _may_be(sentence, tree, at, sense)
        and not _is_of_another_kind(sentence, ontology, at + sense[0] - 1, sense[1])
        and has_object(sentence, ontology, at, at + sense[0], sense[1].trigger)
        and has_doer(sentence, ontology, at, sense[1].trigger)
        and calls_so(sentence, ontology, at, sense[1].trigger)
    )


def _has_needed(sentence: Sentence, tree: Tree, at: int, match: tuple[int, Form]) -> bool:
    """Whether what a trigger needs is tied to it: "called [on] Syria", "is willing [to do] so", "told [him that]"."""
    needs = match[1].trigger.needs
    if not needs or any(low in needs for low in sentence.lows[at + 1 : at + match[0]]):
        return True
    if match[1].tense == "noun" and match[1].trigger.subject == "recipient" and tree.relations[at] == "nsubj":
        return False  # "the legislative bodies found"
    if match[1].tense == "noun":  # "the fire [destroyed] a mill"
        return bool({tree.lemmas[verb] for verb in _verbs_of(tree, at)} & set(needs))
    if "to do" in needs and _has_infinitive(sentence, tree, at):
        return True
    kids = [kid for kid in tree.children(at, "obl", "nmod") if tree.kinds[kid] not in ("DATE", "TIME")]  # "on Friday"
    kids = [kid for kid in kids if sentence.lows[kid] not in _GROUNDS]  # "on the orders of"
    tied = [case for kid in kids for case in tree.children(kid, "case")]
    return any(sentence.lows[case] in needs for case in tied)


def _has_infinitive(sentence: Sentence, tree: Tree, at: int) -> bool:
    clauses = tree.children(at, "xcomp", "ccomp", "advcl")
    return any(sentence.lows[mark] == "to" for kid in clauses for mark in tree.children(kid, "mark"))


def _verbs_of(tree: Tree, noun: int) -> list[int]:
    """The verbs of which a noun is the subject or the object, those of its own clauses among them."""
    above = [tree.heads[noun]] if tree.relations[noun] in (*SUBJECTS, "obj", "obl", "obl:agent") else []
    beside = [verb for head in above for verb in tree.children(head, "conj", "xcomp")]
    return [*above, *beside, *tree.children(noun, "acl", "acl:relcl")]


def _may_be(sentence: Sentence, tree: Tree, at: int, match: tuple[int, Form]) -> bool:
    """Whether no clause gives a trigger another meaning: "sought [to explain]", "this demonstrates [that]"."""
    but_not = match[1].trigger.but_not
    if tree.relations[at] == "amod" and sentence.lows[tree.heads[at]] in but_not:  # "the executed plan"
        return False
    if any(tree.lemmas[kid] in but_not for kid in tree.children(at, "xcomp", "advcl")):  # "declined [to comment]"
        return False
    if "to do" in but_not and not tree.children(at, "obj") and _has_infinitive(sentence, tree, at):
        return False
    marks = [sentence.lows[mark] for kid in tree.children(at, "ccomp") for mark in tree.children(kid, "mark")]
    return not ("that" in but_not and "that" in marks)


def _is_of_another_kind(sentence: Sentence, ontology: Ontology, noun: int, form: Form) -> bool:
    """Whether what describes a noun gives it another meaning: "Israeli fire", "mortar fire"."""
    tree, but_not = sentence.tree, form.trigger.but_not
    if form.tense != "noun" or not but_not:
        return False
    words = tree.children(noun, "amod", "compound", "nmod:poss")
    if any(sentence.lows[at] in but_not for at in words):
        return True
    return SOMEBODY in but_not and any(
        tree.kinds[at] in ("NORP", "GPE") or ontology.sectors.match(sentence.lows, at) for at in words
    )


def _statement(sentence: Sentence, ontology: Ontology, at: int) -> Optional[tuple[int, Form]]:
    """What is done by saying something: a demand, or finding fault."""
    if _is_demand(sentence, sentence.tree, at):
        return 1, _DEMAND
    if _is_threat(sentence, sentence.tree, at):
        return 1, _THREAT
    if finds_fault(sentence, ontology, at):
        return 1, _BLAME
    return (1, _REMARK) if quotes_on_another(sentence, ontology, at) else None


def _is_demand(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether a verb of saying tells what another has to do: "Russia said that Sudan must return the helicopter"."""
    if tree.lemmas[at] not in _SAYING or not tree.children(at, *SUBJECTS):
        return False
    clauses = [
        clause for clause in tree.children(at, "ccomp") if clause > at and not _is_speaker(sentence, tree, clause)
    ]
    return any(_is_wanted(sentence, tree, at, clause) for clause in clauses)


def _is_wanted(sentence: Sentence, tree: Tree, at: int, clause: int) -> bool:
    """Whether a clause tells what has to be: "must leave"; where one insists, "that they leave"."""
    auxiliaries = tree.children(clause, "aux")
    is_bare = tree.tags[clause] == "VB" and tree.lemmas[at] == "insist" and not auxiliaries
    return is_bare or any(sentence.lows[aux] in _MUST for aux in auxiliaries)


def _is_threat(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether a verb of saying tells what another will suffer: "Chad said that Sudan would pay a high price"."""
    if tree.lemmas[at] not in _SAYING or not tree.children(at, *SUBJECTS):
        return False
    return any(
        tree.lemmas[clause] in _PAYING
        and _COMING & {sentence.lows[aux] for aux in tree.children(clause, "aux")}
        and any(tree.lemmas[what] in _PRICES for what in tree.children(clause, "obj", "obl"))
        and not _is_speaker(sentence, tree, clause)
        for clause in tree.children(at, "ccomp")
        if clause > at
    )


def _is_speaker(sentence: Sentence, tree: Tree, clause: int) -> bool:
    """Whether a clause tells what the speaker himself, or nobody, has to do."""
    subjects = tree.children(clause, *SUBJECTS)
    return not subjects or any(sentence.lows[at] in PRONOUNS and sentence.texts[at] != "US" for at in subjects)


def _is_predicate(tree: Tree, at: int) -> bool:
    """Whether a participle tells something: "the occupied West Bank" does not."""
    return tree.relations[at] not in ("amod", "compound", "nmod:desc") and not tree.children(at, "det")
