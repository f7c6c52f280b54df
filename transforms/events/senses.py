"""What a trigger comes to in its sentence: a threat where it is announced, an abduction by gunmen, or nothing."""

import re
from collections.abc import Collection
from typing import Optional

from transforms.events.forewarning import is_no_threat
from transforms.events.ontology import Trigger
from transforms.events.realis import is_announced, is_own_announcement
from transforms.events.roles import PASSIVE, Roles
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set
from transforms.records import Actor

# "Future cooperation is an agreement": the PLOVER manual codes what will be done together as AGREE, now.
_COOPERATIVE = frozenset(["CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"])
_THREATENED = frozenset(["ASSAULT", "PROTEST", "SANCTION", "COERCE"])  # to say that one will do it is a threat
_SAID = frozenset(["REJECT", "REQUEST"])  # to say that one will do it is to do it
_WILL = frozenset(["will", "wo", "would", "'ll"])
ONLY_FOUND = "bodies were found, and nothing tells how they died"
_REMAINS = frozenset(["body", "corpse"])
_OF_A_DEED = re.compile(
    r"(?i)\b(?:(?:mass|shallow) graves?|ditch|bound|tied|decapitat\w+|behead\w+|headless|hang\w+|hack\w+|riddled"
    r"|mutilat\w+|dismember\w+|dump\w+|gunshot|bullets?|tortur\w+|stab\w*|throats?|burn\w+|charred|execut\w+|murder\w*|kill\w*|massacre\w*|kidnap\w*|abduct\w*|shot|wreck\w*"
    r"|crash\w*|collaps\w+|sank|sunk|capsiz\w+|flood\w*|quake|earthquake|fire|rubble|avalanche|landslide)\b"
)
_SITES = word_set("centre center camp facility cell site ward hall room")
_FORCES = frozenset(["COP", "MIL", "SPY"])  # sectors
_PROVISIONS = word_set(
    "order policy threat request treaty hearing proceeding notice bid law bill decree case ruling rule measure act "
    "amendment ordinance constitution clause"
)
_BILLS = word_set("bill legislation measure amendment motion proposal law act")
_REFUSING = {"boycott": "strike", "blockade": "obstruct"}  # to the mode of what a crowd does so
_OF_CROWDS = frozenset(["AGR", "CVL", "EDU", "HLH", "JUD", "LAB", "MED"])  # sectors
_JAILING = frozenset(["jail", "imprison"])
_OUTLAWS = frozenset(["CRM", "REB", "UAF"])  # sectors
_UNDER_FIRE = frozenset(["come under ... fire", "come under ... attack", "be under fire"])
_NOT_DOING = {**dict.fromkeys(("allow", "permit", "let"), "REJECT"), "charge": "CONCEDE", "prosecute": "CONCEDE"}


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
    if realis == "future" and trigger.event_type in _COOPERATIVE:
        return trigger._replace(event_type="AGREE", own_type=None, mode=None), "actual"
    if realis == "negated" and trigger.event_type in _COOPERATIVE | {"AGREE"} and _WILL & set(auxiliaries):
        return trigger._replace(event_type="REJECT", mode=None), "actual"  # "will not withdraw"
    if realis == "negated" and is_stated and (kind := _NOT_DOING.get(trigger.lemma)):
        return trigger._replace(event_type=kind, own_type=None, mode=None), "actual"  # "did not allow inspections"
    return trigger, realis


def as_done_by(
    sentence: Sentence, trigger: Trigger, roles: Roles, actors: Collection[Actor], people: Collection[Actor]
) -> Trigger:
    """What the trigger comes to for those who do it, to `people`: gunmen who seize somebody abduct, soldiers arrest,
    courts that jail him sentence him, who boycotts something protests, and a state that protests accuses."""
    sectors = {actor.sector for actor in actors}
    if trigger.event_type == "PROTEST" and {sentence.tree.kinds[who.head_end - 1] for who in roles.actors} == {"GPE"}:
        return trigger._replace(event_type="ACCUSE", own_type=None, mode="disapprove")  # "Egypt protested to Israel"
    if trigger.lemma in _UNDER_FIRE and sectors & {"MIL", *_OUTLAWS}:
        return trigger._replace(event_type="ASSAULT", own_type=None, mode=None)  # no fire of critics
    if trigger.mode == "visit" and sectors == {"MIL"} and not any(actor.name for actor in actors):
        return trigger._replace(event_type="MOBILIZE", own_type=None, mode="troops")  # "500 peacekeepers arrived in"
    if trigger.lemma in _REFUSING and sectors and sectors <= _OF_CROWDS:
        return trigger._replace(event_type="PROTEST", own_type=None, mode=_REFUSING[trigger.lemma])
    if trigger.lemma in _JAILING and sectors == {"JUD"}:
        return trigger._replace(event_type="SANCTION", own_type=None, mode="convict")
    is_taking = trigger.mode == "seize" or trigger.lemma == "round up"
    if trigger.event_type != "COERCE" or not is_taking or not people or not sectors:
        return trigger
    if sectors <= _OUTLAWS:
        return trigger._replace(event_type="ASSAULT", own_type=None, mode="abduct")
    return trigger._replace(mode="arrest") if trigger.lemma == "capture" and sectors <= _FORCES else trigger


def other_meaning(sentence: Sentence, at: int, trigger: Trigger, roles: Roles) -> Optional[str]:
    """What makes a trigger something else, if anything does: "released the names" (of whom, is no recipient)."""
    if trigger.lemma in _REMAINS and not _OF_A_DEED.search(sentence.said()):
        return ONLY_FOUND
    if is_no_threat(sentence, at, trigger.lemma):
        return "a warning of what others, nature or markets may do"
    if trigger.mode == "resign" and sentence.tree.tags[at : at + 2] in (["VBG", "NNP"], ["VBG", "NN"]):
        return "who will go, and not that he goes"  # "the retiring senator"
    if _names_site(sentence.tree, at):
        return "what a place is for"
    if _is_named_in_paper(sentence.tree, at, trigger):
        return "what an order, a plan or a treaty is for"
    if _is_said_by_paper(sentence, at):
        return "what a law says, and not what is done"
    sides = (*roles.recipients, *(roles.actors if roles.reading == PASSIVE else ()))  # "hit by [a fine]"
    objects = [sentence.lows[phrase.head_end - 1] for phrase in sides]
    objects += [sentence.lows[noun] for noun in _objects_in_tree(sentence, at)]
    return next((f"with {low!r} it means something else" for low in objects if low in trigger.but_not), None)


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


def _objects_in_tree(sentence: Sentence, at: int) -> list[int]:
    """The heads of the objects of a verb, and of what it goes to: "shot to fame"."""
    tree = sentence.tree
    goals = [
        noun for noun in tree.children(at, "obl") if "to" in [sentence.lows[w] for w in tree.children(noun, "case")]
    ]
    direct = tree.children(at, "obj")
    return [*direct, *(noun for head in direct for noun in tree.children(head, "nmod")), *goals]  # "a set of emails"
