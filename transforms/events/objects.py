"""Whether a verb has an object that gives it its meaning: "passed the bill", "called it unfair"."""

from collections.abc import Iterator

from transforms.events.nouns import SUBJECTS
from transforms.events.ontology import ARMED, OFFICE, SOMEBODY, SOMEWHERE, Ontology, Trigger
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import PRONOUNS, word_set

_PERSONS = word_set("him her them me us himself herself themselves who whom he she they someone somebody")
_SAYING = word_set(
    "say tell argue insist declare claim add maintain complain write tweet charge suggest contend assert warn allege "
    "find conclude"
)
_NOT_SO = word_set("not n't never no if whether could may might")
_ARMS = frozenset(["MIL", "REB", "UAF"])  # sectors
_MANY = word_set("all dozens half hundreds many most some thousands")
_SUFFERING = ("nsubj:pass", "csubj:pass")
_COMPLEMENTS = ("xcomp", "obj", "iobj", "obl", "ccomp", "advcl")
_OF_PRESS = frozenset(["news", "press"])
_OPENING = frozenset(["“", "``", '"', "‘"])
_BRANDING = word_set("call brand label")
_STEPS = 2  # from what something is called to the words that say so: "a [terrible] mistake"


def has_object(sentence: Sentence, ontology: Ontology, verb: int, end: int, trigger: Trigger) -> bool:
    """Whether a verb has one of the objects that its sense asks for, if it does: "[withdrew from] the treaty" too."""
    if not trigger.objects:
        return True
    found = [*_objects(sentence, verb), *_objects_after(sentence, verb, end)]
    if trigger.subject == "recipient":
        found = [*found, *sentence.tree.children(verb, "nsubj")]  # "the bus overturned", "the bill passed the house"
    found += [title for at in found for title in sentence.tree.children(at, "nmod:desc")]  # "[Minister] Ann Roe"
    return any(_is_one_of(sentence, ontology, at, trigger.objects) for at in found)


def has_doer(sentence: Sentence, ontology: Ontology, verb: int, trigger: Trigger) -> bool:
    """Whether a verb has one of the subjects that its sense asks for, if it does: "[protesters] gathered"."""
    if not trigger.doers:
        return True
    tree, at = sentence.tree, verb
    while tree.relations[at] in ("conj", "xcomp", "advcl") and not tree.children(at, *SUBJECTS):
        at = tree.heads[at]
    if trigger.event_type == "DISASTER" and (tree.tags[at] == "VBN" or tree.children(at, "aux:pass")):
        return bool(tree.children(at, "aux")) and not tree.children(at, "aux:pass")  # "a bus was hit by gunfire"
    described = [tree.heads[at]] if tree.relations[at] in ("acl", "acl:relcl") else []
    doers = [*tree.children(at, *SUBJECTS, "obl:agent"), *described]
    doers += [title for who in doers for title in tree.children(who, "nmod:desc")]  # "[King] Faisal"
    return any(_is_one_of(sentence, ontology, who, trigger.doers) for who in doers)


def calls_so(sentence: Sentence, ontology: Ontology, verb: int, trigger: Trigger) -> bool:
    """Whether a verb calls somebody or something by a word that finds fault, or praises, as its sense asks."""
    if trigger.calls is None:
        return True
    words, tree = ontology.opinions[trigger.calls], sentence.tree
    if any(sentence.lows[at] in ("not", "n't", "never") for at in tree.children(verb, "advmod")):
        return False
    named = [at for at in tree.children(verb, *_COMPLEMENTS) if at > verb]
    if (
        trigger.calls == OFFICE
    ):  # "named Roe [minister]", "named a new [minister]"; not "named [the minister] as a suspect"
        return any(
            sentence.lows[at] in words and (tree.relations[at] != "obj" or _is_new(sentence, at)) for at in named
        )
    if any(sentence.lows[at] in words for head in named for at in _within(sentence, head, _STEPS)):
        return True
    return trigger.calls == "bad" and tree.lemmas[verb] in _BRANDING and _is_epithet(sentence, ontology, verb)


def _is_epithet(sentence: Sentence, ontology: Ontology, verb: int) -> bool:
    """Whether somebody is called what stands in quotes, with no word of praise: "called the minister "a tourist"."""
    objects = [at for at in sentence.tree.children(verb, "obj") if at > verb]
    if not objects or not _is_one_of(sentence, ontology, objects[0], (SOMEBODY,)):
        return False
    behind = sentence.lows[max([objects[0], *sentence.tree.children(objects[0], "flat")]) + 1 :]
    is_quoted = bool(_OPENING & set(behind[:1])) and behind[1:2] in (["a"], ["an"])
    return is_quoted and not set(behind) & ontology.opinions["good"]


def _is_new(sentence: Sentence, at: int) -> bool:
    return any(sentence.lows[kid] in ("a", "an", "new") for kid in sentence.tree.children(at, "det", "amod"))


def finds_fault(sentence: Sentence, ontology: Ontology, verb: int) -> bool:
    """Whether a verb of saying tells what is bad in another, or what he does wrong: "said that the mayor lied"."""
    tree = sentence.tree
    if tree.lemmas[verb] not in _SAYING or not _has_subject(tree, verb):
        return False
    named = bool(told_of(sentence, tree, verb))
    return any(_is_fault(sentence, ontology, clause, named) for clause in tree.children(verb, "ccomp"))


def told_of(sentence: Sentence, tree: Tree, verb: int) -> list[int]:
    """The heads of those of whom somebody says what he thinks of them: "'He is unfit', she said of [Roe]"."""
    return [
        at for at in tree.children(verb, "obl") if any(sentence.lows[of] == "of" for of in tree.children(at, "case"))
    ]


def quotes_on_another(sentence: Sentence, ontology: Ontology, verb: int) -> bool:
    """Whether a verb of saying puts words in quotes to what another does: "said Roe's plan “would end” the fund"."""
    tree = sentence.tree
    if tree.lemmas[verb] not in _SAYING or not _has_subject(tree, verb):
        return False
    for clause in tree.children(verb, "ccomp"):
        subjects = tree.children(clause, *SUBJECTS)
        said = range(verb) if clause < verb else range(verb, len(sentence.lows))
        quoted = subjects and any(sentence.lows[at] in _OPENING for at in said if at > subjects[0])
        praises = {sentence.lows[at] for at in said} & ontology.opinions["good"]
        if quoted and not praises and sentence.lows[subjects[0]] not in PRONOUNS:
            return True
    return False


def _has_subject(tree: Tree, verb: int) -> bool:
    """Whether it is told who says it, beside the verb or the one before: "criticized Roe and said", "..., claiming"."""
    shares = tree.relations[verb] == "conj" or (tree.relations[verb] == "advcl" and tree.tags[verb] == "VBG")
    return bool(tree.children(verb, *SUBJECTS)) or (shares and bool(tree.children(tree.heads[verb], *SUBJECTS)))


def _is_fault(sentence: Sentence, ontology: Ontology, clause: int, named: bool) -> bool:
    """Whether a clause finds fault with its subject; a pronoun is nobody unless the sentence `named` whom it means."""
    tree = sentence.tree
    subjects = tree.children(clause, *SUBJECTS)
    if not subjects or (not named and any(sentence.lows[at] in PRONOUNS for at in subjects)):
        return False
    around = {sentence.lows[at] for at in tree.children(clause, "advmod", "aux", "mark", "det")}
    if around & _NOT_SO:
        return False
    if tree.children(clause, "cop"):
        return any(sentence.lows[at] in ontology.opinions["bad"] for at in _within(sentence, clause, _STEPS))
    return tree.lemmas[clause] in ontology.opinions["faults"]


def _objects(sentence: Sentence, verb: int) -> list[int]:
    """The heads of the objects of a verb; of its subjects where it is passive, or describes them."""
    tree = sentence.tree
    found = tree.children(verb, "obj", *_SUFFERING)
    if tree.tags[verb] == "VBN" and tree.relations[verb] in ("acl", "acl:relcl", "amod"):  # "the bill passed in May"
        found.append(tree.heads[verb])
    if not found and tree.relations[verb] == "ccomp" and tree.children(verb, "aux:pass"):
        # "the director was fired, [his lawyer said]": a parser may take the director for who said it
        found = [at for at in tree.children(tree.heads[verb], "nsubj") if at < verb]
    if not found and tree.relations[verb] == "conj":  # "was suspended and fired", "debated and passed the bill"
        found = [at for at in tree.children(tree.heads[verb], *_SUFFERING)]
    if not found:
        found = [at for other in tree.children(verb, "conj") for at in tree.children(other, "obj")]
    return [*found, *(other for at in found for other in tree.children(at, "conj"))]


def _objects_after(sentence: Sentence, verb: int, end: int) -> list[int]:
    """The nouns tied by a preposition among the words of a trigger, which end before `end`."""
    tree, inside = sentence.tree, range(verb + 1, end)
    tied = (at for head in (verb, *inside) for at in tree.children(head, "obl", "nmod", "obj"))
    return [at for at in tied if at >= end and any(case in inside for case in tree.children(at, "case"))]


def _is_one_of(sentence: Sentence, ontology: Ontology, at: int, objects: tuple[str, ...]) -> bool:
    low = sentence.lows[at]
    counted = [of for of in sentence.tree.children(at, "nmod") if sentence.lows[of] in objects and _is_of(sentence, of)]
    if sentence.lows[max(at - 1, 0)] in _OF_PRESS and at:  # "attended a news conference"
        return False
    if low in objects or counted:  # "tons of food"
        return True
    if (ARMED in objects and _is_armed(sentence, ontology, at)) or (
        SOMEWHERE in objects and _is_town(sentence, ontology, at)
    ):
        return True
    if SOMEBODY not in objects:
        return False
    if sentence.tree.tags[at] == "CD" or low in _MANY:  # "15 [of the students]", "freed hundreds"
        counted = [of for of in sentence.tree.children(at, "nmod") if _is_of(sentence, of)]
        return not counted or any(ontology.is_people(sentence.lows[of]) for of in counted)
    is_of_people = sentence.tree.kinds[at] == "NORP" and sentence.tree.tags[at].endswith(
        "S"
    )  # "turned back [Haitians]"
    return low in _PERSONS or sentence.tree.kinds[at] == "PERSON" or is_of_people or ontology.is_people(low)


def _is_armed(sentence: Sentence, ontology: Ontology, at: int) -> bool:
    """Whether a noun, or the name that it ends, is of armed people: "rebels", "the [Front]", "men of the army"."""
    starts = {at, max(at - 1, 0), max(sentence.tree.names[at], 0)}
    found = [ontology.sectors.match(sentence.lows, start) for start in starts]
    return any(match and match[1].sector in _ARMS for match in found)


def _is_town(sentence: Sentence, ontology: Ontology, at: int) -> bool:
    """Whether a name is of a town or an area, and of no country."""
    if sentence.tree.kinds[at] not in ("GPE", "LOC"):
        return False
    place = ontology.place_at(sentence.texts, sentence.lows, at)
    return place is None or place[1].kind not in ("country", "people")


def _is_of(sentence: Sentence, at: int) -> bool:
    return any(sentence.lows[case] == "of" for case in sentence.tree.children(at, "case"))


def _within(sentence: Sentence, head: int, steps: int) -> Iterator[int]:
    yield head
    if steps:
        for at in sentence.tree.children(head, "amod", "conj", "compound", "advmod", "nmod", "appos"):
            yield from _within(sentence, at, steps - 1)
