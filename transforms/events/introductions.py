"""Who was described, and goes by his name in one of the next sentences.

"Police captured a fourth suspect. The man, Tom Ray, drove the car." "The attacker was shot. He was named as Tom Ray."
"A man was jailed for life. Tom Ray, 37, killed a neighbor." "Two brothers drowned. Tom and Jim Ray were on their way."
"""

import re
from collections.abc import Sequence
from typing import NamedTuple, Optional

from transforms.events.gathering import noun_of
from transforms.events.headcounts import count_people
from transforms.events.lexicon import OF_LAW
from transforms.events.mentions import Mention
from transforms.events.nouns import SUBJECTS, noun_phrases
from transforms.events.openings import Opening, only_tells, people_at_start
from transforms.events.persons import OF_SEX, nouns_of_one
from transforms.events.rolecues import is_caught
from transforms.events.sentences import Sentence, join_words
from transforms.events.trees import Tree
from transforms.events.wordlists import KIN, word_set
from transforms.records import Actor

_REACH = 2  # sentences
_FAR = 4  # sentences in which who is said to be hurt, or held for it, is still he
_SMALL = 3  # letters: "bin", "Lee"
_ANY = word_set("man woman person boy girl teenager old")  # "the 41-year-old"
_DOERS = word_set("suspect attacker gunman shooter assailant bomber accused defendant knifeman perpetrator killer")
_VICTIMS = word_set("victim deceased")
_NAMING = word_set("name identify")
_AGE = re.compile(r"\b(\d{1,3})-year-old")
_SEXES = {"male": word_set("he his him"), "female": word_set("she her hers")}


class _Introduction(NamedTuple):
    noun: str
    name: str


def introduce(happening: Sequence[Mention], sentences: Sequence[Sentence]) -> Sequence[Mention]:
    """The mentions of a happening; the only person whom one describes, with the name that a next sentence gives him."""
    return [_introduced(mention, sentences) for mention in happening]


def _introduced(mention: Mention, sentences: Sequence[Sentence]) -> Mention:
    described = [a for a in (*mention.actors, *mention.recipients) if not a.name]
    if not described or mention.of_title:
        return mention
    first = mention.sentence_number
    for number in range(first + 1, min(first + 1 + _FAR, len(sentences))):
        is_near = number <= first + _REACH
        found = _read(sentences[number], sentences[number - 1]) if is_near else None
        meant = [a for a in described if found and is_one(a) and _is_meant(a, found.noun, mention)]
        if found and len(meant) == 1:
            return _with_names(mention, meant[0], [found.name])
        names = _opening_names(described, mention, number, sentences)
        if names:
            return _with_names(mention, *names)
        kin = [(a, name) for a in described if (name := _name_of_kin(a, sentences[number]))]
        if is_near and len(kin) == 1:
            return _with_names(mention, kin[0][0], [kin[0][1]])
    return mention


def _name_of_kin(actor: Actor, sentence: Sentence) -> Optional[str]:
    """The name that a sentence gives to who was told by whose kin he is: "her husband, [Tom Ray],"."""
    tree, noun = sentence.tree, noun_of(actor)
    if noun not in KIN:
        return None
    at = next((at for at, low in enumerate(sentence.lows) if low == noun and tree.children(at, "nmod:poss")), None)
    return _beside(sentence, tree, at) if at is not None else None


def _with_names(mention: Mention, described: Actor, names: Sequence[str]) -> Mention:
    """The mention with those who were `described` under their `names`."""
    one = len(names) == 1
    named = [described._replace(name=name, text=described.text if one else name) for name in names]
    actors, recipients = (
        tuple(each for a in side for each in (named if a is described else [a]))
        for side in (mention.actors, mention.recipients)
    )
    return mention._replace(actors=actors, recipients=recipients)


def _opening_names(
    described: Sequence[Actor], mention: Mention, number: int, sentences: Sequence[Sentence]
) -> Optional[tuple[Actor, Sequence[str]]]:
    """Who was described, and the names that open a sentence and mean him."""
    opened = people_at_start(sentences[number])
    if opened is None:
        return None
    told = {low for sentence in sentences[:number] for low in sentence.lows}
    if any(word.lower() in told for name in opened.names for word in name.split() if len(word) > _SMALL):
        return None
    if opened.role is None and number + 1 < len(sentences) and is_caught(sentences[number + 1].said()):
        opened = opened._replace(role="actor")
    if opened.role is None and number > mention.sentence_number + _REACH:
        return None
    meant = [a for a in described if _is_named_by(a, opened, mention, sentences[number])]
    if len(meant) > 1:  # a gunman is named where he is caught
        meant = [a for a in meant if a in mention.recipients]
    return (meant[0], opened.names) if len(meant) == 1 else None


def _is_named_by(actor: Actor, opened: Opening, mention: Mention, sentence: Sentence) -> bool:
    """Whether names can be those of who was described: as many, of no other part, age and sex, and no witnesses."""
    many = 1 if is_one(actor) else count_people(actor.text)
    if many != len(opened.names):
        return False
    age = _AGE.search(actor.text)
    if age and opened.ages and int(age[1]) != opened.ages[0]:
        return False
    sexes = {sex for sex, of in _SEXES.items() if of & set(sentence.lows)}
    if len(sexes) == 1 and any(noun_of(actor) in OF_SEX[sex] for sex in _SEXES if sex not in sexes):
        return False
    suffers, of_law = actor in mention.recipients, mention.trigger.event_type in OF_LAW
    if opened.role == "recipient":
        return suffers and not of_law
    if opened.role == "actor":
        return suffers == of_law
    return (opened.is_told or many > 1) and (opened.is_reported or not only_tells(sentence))


def is_one(actor: Actor) -> bool:
    """Whether it is one person."""
    return noun_of(actor) in nouns_of_one()


def _is_meant(actor: Actor, noun: str, mention: Mention) -> bool:
    """Whether "the man" or "the suspect" below is who is described so."""
    if noun_of(actor) == noun:
        return True
    suffers, of_law = actor in mention.recipients, mention.trigger.event_type in OF_LAW
    if noun in _DOERS:
        return suffers == of_law
    if noun in _VICTIMS:
        return suffers and not of_law
    return noun in _ANY


def _read(sentence: Sentence, before: Sentence) -> Optional[_Introduction]:
    """The name that a sentence gives to "the man" or to "him": "he was named as Ann Lee", "police named her as ..."."""
    tree = sentence.tree
    whom = _subject(tree)
    if whom is None:
        return None
    verb = tree.heads[whom]
    if tree.kinds[verb] == "PERSON" and sentence.lows[whom] in nouns_of_one():  # "the cyclist was Tom Ray"
        return _Introduction(sentence.lows[whom], join_words(sentence.texts[slice(*tree.name_of(verb))]))
    is_pointed_at = any(sentence.lows[det] == "the" for det in tree.children(whom, "det"))
    if is_pointed_at and (name := _beside(sentence, tree, whom)):
        return _Introduction(sentence.lows[whom], name)
    if tree.lemmas[verb] not in _NAMING:
        return None
    if tree.relations[whom] == "nsubj":
        whom = next(iter(tree.children(verb, "obj")), None)
    named = [at for at in tree.children(verb, "obl") if tree.kinds[at] == "PERSON"]
    if not named or whom is None:
        return None
    name = join_words(sentence.texts[slice(*tree.name_of(named[0]))])
    if sentence.lows[whom] in ("he", "him", "she", "her"):
        noun = _subject(before.tree)
        return _Introduction(before.lows[noun], name) if noun is not None else None
    return _Introduction(sentence.lows[whom], name)


def _subject(tree: Tree) -> Optional[int]:
    """The subject of what a sentence states."""
    root = next((at for at in range(len(tree.heads)) if tree.heads[at] == at), None)
    if root is None:
        return None
    told = [at for at in tree.children(root, "ccomp") if at < root]  # "the man fled, the police said"
    return next(iter(tree.children(told[0] if told else root, *SUBJECTS)), None)


def _beside(sentence: Sentence, tree: Tree, subject: int) -> Optional[str]:
    """The name that stands in commas behind a noun: "the man, Tom Ray,"."""
    name = noun_phrases(sentence, tree, subject)[-1].name
    return join_words(sentence.texts[slice(*name)]) if name and name[0] > subject else None
