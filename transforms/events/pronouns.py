"""For whom "he" or "she" stands as the one who suffered it, when that is said in a sentence before.

Only where one person fits: the subject of the nearest sentence that speaks of any. Where two compete it stays open, for
nobody is better than a guess. Inside a sentence `antecedents` goes first. Doers and "they" are left alone: read this
way, a third of the doers were wrong, and half of the groups.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.events.actors import make_actor
from transforms.events.antecedents import INSIDE
from transforms.events.dependents import REPORTERS
from transforms.events.identity import add_actors, same_actor
from transforms.events.mentions import Mention
from transforms.events.nouns import SUBJECTS, noun_phrases
from transforms.events.ontology import Ontology
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import TELLING, word_set
from transforms.records import Actor

MAX_BACK = 5  # sentences before the one of the pronoun
_PRONOUNS = {"he": "he", "him": "he", "she": "she", "her": "she"}
_MALE = word_set(
    "man boy male father son brother husband boyfriend uncle nephew grandfather grandson gunman priest mr mr."
)
_FEMALE = word_set(
    "woman girl female mother daughter sister wife girlfriend aunt niece grandmother granddaughter nun mrs mrs. ms ms."
)
_SOMEBODY = word_set("another other one someone somebody")  # whom "he" can mean as well, and who has no name
_OPENING, _CLOSING = frozenset(["“", "``"]), frozenset(["”", "''"])


class _Story(NamedTuple):
    sentences: Sequence[Sentence]
    ontology: Ontology
    names: Mapping[str, str]


def resolve_pronouns(
    happening: Sequence[Mention], sentences: Sequence[Sentence], ontology: Ontology, names: Mapping[str, str]
) -> list[Mention]:
    """The mentions of one happening; where only "he" or "she" suffers in one, with the person meant.

    Whoever does it in another mention is not taken to suffer it. `sentences` are those of the article, `names` its full
    names by last name.
    """
    story = _Story(sentences, ontology, names)
    doers = [actor for mention in happening for actor in mention.actors]
    return [_resolve(story, mention, doers) for mention in happening]


def _resolve(story: _Story, mention: Mention, doers: Sequence[Actor]) -> Mention:
    sentence, number = story.sentences[mention.sentence_number], mention.sentence_number
    places = [out.at for out in mention.left_out if out.role == "recipient" and sentence.lows[out.at] in _PRONOUNS]
    if mention.recipients or len(places) != 1:
        return mention
    person = _find_person(story, number, places[0], mention.actors)
    if person is None or any(same_actor(person, doer) for doer in doers):
        return mention
    left_out = tuple(out for out in mention.left_out if out.at != places[0])
    return mention._replace(recipients=(person,), left_out=left_out)


def _find_person(story: _Story, number: int, at: int, others: Sequence[Actor]) -> Optional[Actor]:
    """The person for whom the pronoun at the word `at` of a sentence stands; none of the `others`, who do it."""
    sentence = story.sentences[number]
    pronoun = _PRONOUNS[sentence.lows[at]]
    if _is_quoted(sentence, at) or _tells_itself(sentence, pronoun, at):
        return None
    for back in range(min(MAX_BACK, number) + 1):
        sentence = story.sentences[number - back]
        found = _persons(story, sentence, at if back == 0 else len(sentence.lows), pronoun, others)
        if found is not None:
            return found[0] if len(found) == 1 else None
    return None


def _is_quoted(sentence: Sentence, at: int) -> bool:
    """Whether a word stands in somebody's own words, for whom others are he and she."""
    is_inside = False
    for low in sentence.lows[:at]:
        if low == '"':
            is_inside = not is_inside
        elif low in _OPENING | _CLOSING:
            is_inside = low in _OPENING
    return is_inside


def _tells_itself(sentence: Sentence, pronoun: str, end: int) -> bool:
    """Whether a pronoun tells of another before the word `end`: "he said he"."""
    tree = sentence.tree
    return any(
        _PRONOUNS.get(sentence.lows[at]) == pronoun and sentence.lows[tree.heads[at]] in TELLING
        for at in range(end)
        if tree.relations[at] in SUBJECTS
    )


def _persons(
    story: _Story, sentence: Sentence, end: int, pronoun: str, others: Sequence[Actor]
) -> Optional[tuple[Actor, ...]]:
    """The subjects before the word `end` whom a pronoun can mean, each once, or the only one whom its own sentence
    names; None if the words speak of nobody."""
    tree, leading, named, is_empty = sentence.tree, [], [], True
    for at in range(end):
        is_subject = _is_subject(tree, at)
        if is_subject and sentence.lows[at] in _SOMEBODY:
            return ()
        actor = _read_person(story, sentence, at, pronoun)
        if actor and not any(same_actor(actor, other) for other in others):
            is_empty = False
            leading += [actor] if is_subject else []
            named += [actor] if actor.name and end < len(sentence.lows) else []
    return None if is_empty else add_actors((), leading or named)


def _is_subject(tree: Tree, at: int) -> bool:
    """Whether a noun is a subject, or listed with one."""
    return tree.relations[tree.heads[at] if tree.relations[at] == "conj" else at] in SUBJECTS


def _read_person(story: _Story, sentence: Sentence, at: int, pronoun: str) -> Optional[Actor]:
    """The person that a noun stands for, if a pronoun can mean them."""
    if not _is_person(sentence, sentence.tree, at, story.ontology) or _is_teller(sentence, sentence.tree, at):
        return None
    phrase = noun_phrases(sentence, sentence.tree, at)[-1]
    words = {*(sentence.lows[kid] for kid in sentence.tree.kids[at]), *sentence.lows[phrase.start : phrase.head_end]}
    gender = "he" if words & _MALE else "she" if words & _FEMALE else None
    return make_actor(sentence, phrase, story.ontology, story.names) if gender in (pronoun, None) else None


def _is_person(sentence: Sentence, tree: Tree, at: int, ontology: Ontology) -> bool:
    if tree.tags[at] not in ("NN", "NNP") or tree.relations[at] in INSIDE:
        return False
    kind = tree.kinds[at]  # "taken to Gao General Hospital, where he died": not the hospital
    return kind == "PERSON" or (not kind and sentence.lows[at] in ontology.people)


def _is_teller(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether somebody only tells of others: "the sheriff", "[her mother] said"; but not "[Lee] said he fell"."""
    if any(sentence.lows[i] in REPORTERS for i in (at, *tree.children(at, *INSIDE))):
        return True
    verb = tree.heads[at]
    said = [who for clause in tree.children(verb, "ccomp") for who in tree.children(clause, *SUBJECTS)]
    is_of_self = any(sentence.lows[who] in ("he", "she") for who in said)
    return tree.relations[at] in SUBJECTS and sentence.lows[verb] in TELLING and not is_of_self
