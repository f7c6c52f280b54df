"""What a trigger comes to in its sentence: a threat where it is announced, an abduction by gunmen, or nothing."""

import re
from collections.abc import Collection, Sequence
from typing import Optional

from transforms.events.forewarning import is_no_threat
from transforms.events.governors import is_failed
from transforms.events.ontology import Trigger
from transforms.events.phrases import Phrase
from transforms.events.realis import is_announced, is_own_announcement
from transforms.events.roles import PASSIVE, Roles
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import ADVENTURERS, HURTING, PREMISES, word_set
from transforms.records import Actor

# "Future cooperation is an agreement": the PLOVER manual codes what will be done together as AGREE, now.
_COOPERATIVE = frozenset(["CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"])
_THREATENED = frozenset(["ASSAULT", "PROTEST", "SANCTION", "COERCE"])  # to say that one will do it is a threat
_SAID = frozenset(["REJECT", "REQUEST"])  # to say that one will do it is to do it
_VOTED = frozenset(["AGREE", "SUPPORT"])
_WILL = frozenset(["will", "wo", "would", "'ll"])
ONLY_FOUND = "bodies were found, and nothing tells how they died"
_REMAINS = frozenset(["body", "corpse"])
_OF_A_DEED = re.compile(
    r"(?i)\b(?:(?:mass|shallow) graves?|ditch|bound|tied|decapitat\w+|behead\w+|headless|hang\w+|hack\w+|riddled"
    r"|mutilat\w+|dismember\w+|dump\w+|gunshot|bullets?|tortur\w+|stab\w*|throats?|burn\w+|charred|execut\w+|murder\w*|kill\w*|massacre\w*|kidnap\w*|abduct\w*|shot|wreck\w*"
    r"|crash\w*|collaps\w+|sank|sunk|capsiz\w+|flood\w*|quake|earthquake|fire|rubble|avalanche|landslide)\b"
)
_DRILLS = frozenset(["drill", "exercise", "maneuver", "conduct exercises"])
_ABOUT = frozenset(["on", "about", "regarding"])
_WORKS = word_set(
    "resolution bill law legislation motion film movie documentary book novel play song debate drama museum"
)
_SEARCHING = word_set("prosecutors police policemen officers agents detectives investigators inspectors authorities")
_TROOPS = word_set("army forces soldiers troops military commandos")
_SITES = word_set("centre center camp facility cell site ward hall room")
_FORCES = frozenset(["COP", "MIL", "SPY"])  # sectors
_OF_WORDS = word_set("attack hit clash torch hammer pummel")  # what politicians do to each other with words
_OF_DEBATES = frozenset(["GOV", "JUD", "LEG", "OPP", "PTY"])  # sectors
_PROVISIONS = word_set(
    "order policy threat request treaty hearing proceeding notice bid law bill decree case ruling rule measure act "
    "amendment ordinance constitution clause"
)
_BILLS = word_set("bill legislation measure amendment motion proposal law act")
_REFUSING = {"boycott": "strike", "blockade": "obstruct", "occupy": "obstruct"}  # to the mode of what a crowd does so
_OF_CROWDS = frozenset(["AGR", "CVL", "EDU", "HLH", "JUD", "LAB", "MED"])  # sectors
_VOTING = frozenset(["LEG", "PTY"])  # sectors of those who oust their leader by a vote
_JAILING = frozenset(["jail", "imprison"])
_JUDGING = frozenset(["as", "for", "over"])
_OUTLAWS = frozenset(["CRM", "REB", "UAF"])  # sectors
_LEADING_AWAY = word_set("bundle drag herd whisk")
_FIRING, _UNDER = _OUTLAWS | {"MIL"}, frozenset(["MIL", "REB"])
_UNDER_FIRE = frozenset(["come under ... fire", "come under ... attack", "be under fire"])
_NOT_DOING = {**dict.fromkeys(("allow", "permit", "let"), "REJECT"), "charge": "CONCEDE", "prosecute": "CONCEDE"}
_RESCUING = word_set("rescue rescuers medical medics doctors nurses firefighters")
_GATHERING = word_set("gather assemble converge mass")


def as_told(
    sentence: Sentence, at: int, trigger: Trigger, realis: str, auxiliaries: Collection[str]
) -> tuple[Trigger, str]:
    """The trigger and the realis of what is done now by saying that it will be, or will not be, done."""
    if trigger.mode == "heavy-weapons" and sentence.lows[max(at - 2, 0) : at] == ["test", "-"]:
        return trigger._replace(event_type="MOBILIZE", own_type=None, mode="weapons"), realis  # "test-fired a missile"
    is_stated = sentence.tree.heads[at] == at or is_announced(sentence, at)
    if realis == "future" and trigger.mode == "resign" and is_stated:
        return trigger, "actual"
    if realis == "future" and trigger.event_type in _THREATENED and is_own_announcement(sentence, at):
        return trigger._replace(event_type="THREATEN", own_type=None, mode=None), "actual"  # "said it would bomb"
    if realis == "future" and trigger.event_type in _SAID and is_own_announcement(sentence, at):
        return trigger, "actual"  # "said he would veto it", "said it would ask Norway for boats"
    if realis == "hypothetical" and trigger.event_type in _VOTED and is_failed(sentence.tree, at):
        return trigger._replace(event_type="REJECT", own_type=None, mode=None), "actual"
    is_foretold = trigger.event_type == "SUPPORT" and sentence.tree.children(at, "aux:pass")
    if realis == "future" and trigger.event_type in _COOPERATIVE and not is_foretold:  # not "it will be welcomed"
        return trigger._replace(event_type="AGREE", own_type=None, mode=None), "actual"
    if realis == "negated" and trigger.event_type in _COOPERATIVE | {"AGREE"} and _WILL & set(auxiliaries):
        return trigger._replace(event_type="REJECT", mode=None), "actual"  # "will not withdraw"
    if realis == "negated" and is_stated and (kind := _NOT_DOING.get(trigger.lemma)):
        return trigger._replace(event_type=kind, own_type=None, mode=None), "actual"  # "did not allow inspections"
    return trigger, realis


def as_raid(sentence: Sentence, at: int, trigger: Trigger, roles: Roles) -> Trigger:
    """A raid by prosecutors or the police is no assault, nor one by troops on an office or a home."""
    doers = {sentence.lows[phrase.head_end - 1] for phrase in roles.actors}
    hit = {sentence.tree.lemmas[what] for what in sentence.tree.children(at, "obj")}
    on_premises = bool(hit) and hit <= PREMISES and HURTING.isdisjoint(sentence.lows)
    searching = _SEARCHING | _TROOPS if on_premises else _SEARCHING
    is_search = trigger.lemma == "raid" and bool(doers) and doers <= searching
    return trigger._replace(event_type="COERCE", own_type=None, mode="seize") if is_search else trigger


def as_done_by(
    sentence: Sentence,
    at: int,
    trigger: Trigger,
    roles: Roles,
    actors: Sequence[Actor],
    people: Sequence[Actor],
    is_armed: bool,
) -> Trigger:
    """What the trigger comes to for those who do it, to `people`: gunmen who seize somebody abduct, soldiers arrest, a
    state that protests accuses, and whose army has drills with nobody shows its force. Politicians attack each other
    with words, unless the sentence tells of weapons or of people hurt (`is_armed`)."""
    if trigger.event_type == "PROTEST" and _are_states(sentence, roles.actors):
        return trigger._replace(event_type="ACCUSE", own_type=None, mode="disapprove")
    if trigger.lemma in _DRILLS and len(actors) == 1 and not _is_with_others(sentence, roles):
        return trigger._replace(event_type="MOBILIZE", own_type=None, mode="troops")
    if trigger.lemma in _UNDER_FIRE and _are_armed(actors, people):
        return trigger._replace(event_type="ASSAULT", own_type=None, mode=None)
    is_debate = _is_debate(actors, people) or (_are_of_debates(actors) and _is_judged(sentence, at))
    if trigger.lemma in _OF_WORDS and not is_armed and is_debate:
        return trigger._replace(event_type="ACCUSE", own_type=None, mode="disapprove")
    if trigger.mode == "visit" and actors and all(actor.sector == "MIL" and not actor.name for actor in actors):
        return trigger._replace(event_type="MOBILIZE", own_type=None, mode="troops")  # "500 peacekeepers arrived in"
    if trigger.mode == "visit" and actors and all(_RESCUING & set(actor.text.lower().split()) for actor in actors):
        return trigger._replace(event_type="AID", own_type=None, mode="humanitarian")  # "doctors from Cuba arrived in"
    are_crowd = bool(actors) and all(actor.sector in _OF_CROWDS for actor in actors)
    if trigger.event_type == "REQUEST" and are_crowd and _is_gathered(sentence, at):
        return trigger._replace(event_type="PROTEST", own_type=None, mode="demo")  # "gathered in Ardon, demanding"
    if trigger.lemma in _REFUSING and actors and all(actor.sector in _OF_CROWDS for actor in actors):
        return trigger._replace(event_type="PROTEST", own_type=None, mode=_REFUSING[trigger.lemma])
    by_vote = all(actor.sector in _VOTING for actor in actors) if actors else "vote" in sentence.lows
    if trigger.mode == "coup" and by_vote:
        return trigger._replace(event_type="SANCTION", own_type=None, mode="expel")
    if trigger.lemma in _JAILING and actors and all(actor.sector == "JUD" for actor in actors):
        return trigger._replace(event_type="SANCTION", own_type=None, mode="convict")
    return _as_taken(trigger, actors, people)


def _is_gathered(sentence: Sentence, at: int) -> bool:
    """Whether it is what people gathered for."""
    tree = sentence.tree
    return tree.relations[at] == "advcl" and tree.lemmas[tree.heads[at]] in _GATHERING


def _is_with_others(sentence: Sentence, roles: Roles) -> bool:
    return any(sentence.lows[phrase.start - 1 : phrase.start] == ["with"] for phrase in roles.recipients)


def _are_armed(actors: Sequence[Actor], people: Sequence[Actor]) -> bool:
    """Whether it is fire of arms, and not of words: soldiers are under it, or it is that of gunmen."""
    return any(actor.sector in _FIRING for actor in actors) or any(actor.sector in _UNDER for actor in people)


def _are_states(sentence: Sentence, doers: Sequence[Phrase]) -> bool:
    """Whether they are countries, and not their people."""
    kinds = [sentence.tree.kinds[phrase.head_end - 1] for phrase in doers]
    return bool(kinds) and all(kind == "GPE" for kind in kinds)


def _is_debate(actors: Sequence[Actor], others: Sequence[Actor]) -> bool:
    """Whether officials and politicians do something to others of their kind."""
    return _are_of_debates(actors) and _are_of_debates(others)


def _are_of_debates(people: Sequence[Actor]) -> bool:
    return bool(people) and all(actor.sector in _OF_DEBATES for actor in people)


def _is_judged(sentence: Sentence, at: int) -> bool:
    """Whether it is told for what, or as what, something is attacked: "attacked the tower [as an eyesore]"."""
    tree = sentence.tree
    beside = tree.children(at, "obl", "advcl", "xcomp")
    return any(sentence.lows[mark] in _JUDGING for kid in beside for mark in tree.children(kid, "case", "mark"))


def _as_taken(trigger: Trigger, actors: Sequence[Actor], people: Sequence[Actor]) -> Trigger:
    """What to seize, to capture or to take away is where people are seized."""
    are_forces = bool(actors) and all(actor.sector in _FORCES for actor in actors)
    if are_forces and (trigger.lemma == "take away" or trigger.lemma.split()[0] in _LEADING_AWAY):
        return trigger._replace(event_type="COERCE", own_type=None, mode="arrest")
    is_taking = trigger.event_type == "COERCE" and (trigger.mode == "seize" or trigger.lemma == "round up")
    if not (is_taking and people and actors):
        return trigger
    if all(actor.sector in _OUTLAWS for actor in actors):
        return trigger._replace(event_type="ASSAULT", own_type=None, mode="abduct")
    is_arrest = trigger.lemma == "capture" and are_forces and any(a.name or a.sector for a in people)
    return trigger._replace(mode="arrest") if is_arrest else trigger


def other_meaning(sentence: Sentence, at: int, trigger: Trigger, roles: Roles) -> Optional[str]:
    """What makes a trigger something else, if anything does: "released the names" (of whom, is no recipient)."""
    if trigger.lemma in _REMAINS and not _OF_A_DEED.search(sentence.said()) and ADVENTURERS.isdisjoint(sentence.lows):
        return ONLY_FOUND
    if is_no_threat(sentence, at, trigger.lemma):
        return "a warning of what others, nature or markets may do"
    if sentence.lows[at] == "replacing" and trigger.mode == "expel":
        return "whom somebody follows in his office"  # "named Roe minister, replacing Fox"
    if trigger.mode == "resign" and _is_said_of_somebody(sentence.tree, at):
        return "who will go, and not that he goes"  # "the retiring senator"
    if _names_site(sentence.tree, at):
        return "what a place is for"
    if _is_named_in_paper(sentence.tree, at, trigger):
        return "what an order, a plan or a treaty is for"
    if _is_said_by_paper(sentence, at):
        return "what a law says, and not what is done"
    if _is_topic(sentence, at, trigger):
        return "what a law, a film or a talk is about"
    sides = (*roles.recipients, *(roles.actors if roles.reading == PASSIVE else ()))  # "hit by [a fine]"
    objects = [sentence.lows[phrase.head_end - 1] for phrase in sides]
    objects += [sentence.lows[noun] for noun in _objects_in_tree(sentence, at)]
    return next((f"with {low!r} it means something else" for low in objects if low in trigger.but_not), None)


def _is_said_of_somebody(tree: Tree, at: int) -> bool:
    """Whether a participle only describes somebody, whatever a parser makes of it: "[retiring] Ann Roe"."""
    is_before_name = tree.tags[at] == "VBG" and tree.tags[at + 1 : at + 2] in (["NNP"], ["NN"])
    return tree.relations[at] == "amod" or is_before_name


def _names_site(tree: Tree, at: int) -> bool:
    """Whether a noun only says what a place is for: "a [detention] centre", "a protest camp"."""
    return tree.relations[at] == "compound" and tree.lemmas[tree.heads[at]] in _SITES


def _is_named_in_paper(tree: Tree, at: int, trigger: Trigger) -> bool:
    """Whether a noun only says what is ordered, asked or planned: "a stay of the [deportation] order"."""
    is_deed = trigger.event_type in ("ASSAULT", "DISASTER", "CRIME")
    return not is_deed and tree.relations[at] == "compound" and tree.lemmas[tree.heads[at]] in _PROVISIONS


def _is_said_by_paper(sentence: Sentence, at: int) -> bool:
    """Whether a verb tells what a paper has in it: "a ruling that [bans] exports"."""
    tree = sentence.tree
    paper = tree.lemmas[tree.heads[at]]
    if tree.relations[at] == "acl" and tree.tags[at] == "VBG":  # an order that bans is the ban
        return paper in _BILLS
    return tree.relations[at] == "acl:relcl" and tree.tags[at] in ("VBZ", "VBP") and paper in _PROVISIONS


def _is_topic(sentence: Sentence, at: int, trigger: Trigger) -> bool:
    """Whether a noun only says what some words are about: "a resolution on the [killings] of Armenians"."""
    tree = sentence.tree
    about = any(sentence.lows[mark] in _ABOUT for mark in tree.children(at, "case"))
    is_deed = trigger.event_type in ("ASSAULT", "DISASTER", "CRIME", "PROTEST")
    return is_deed and about and tree.relations[at] == "nmod" and tree.lemmas[tree.heads[at]] in _WORKS


def _objects_in_tree(sentence: Sentence, at: int) -> list[int]:
    """The heads of the objects of a verb, and of what it goes to: "shot to fame"."""
    tree = sentence.tree
    goals = [
        noun for noun in tree.children(at, "obl") if "to" in [sentence.lows[w] for w in tree.children(noun, "case")]
    ]
    direct = tree.children(at, "obj")
    return [*direct, *(noun for head in direct for noun in tree.children(head, "nmod")), *goals]  # "a set of emails"
