"""Clauses on somebody without a "who": "the man [police say shot four people] was arrested".

A parser takes "man police" for one noun, and both verbs for what the police say. The man did what they say, and the
sentence is of him. (Grammar calls these contact clauses, after Jespersen.) It also takes the participle in "kidnappers
freed students [abducted last month]" for what the kidnappers were when they freed them.
"""

from transforms.events.wordlists import word_set

_SOMEBODY = word_set("man woman teen teenager boy girl suspect driver gunman couple person officer soldier student")
_SAYERS = word_set(
    "police prosecutor investigator detective authority official deputy officer agent witness lawyer attorney doctor"
)
_SAYING = word_set("say believe allege suspect think claim")
_COMPLETED = word_set(  # verbs whose object may be said to be, or come to be, done to: "had [him] arrested"
    "have get see want need keep find leave hear make order declare consider feel watch report like prefer hold "
    "pronounce believe fear think name call deem render set put presume"
)


def mend_reduced_relatives(heads: list[int], relations: list[str], tags: list[str], lemmas: list[str]) -> None:
    """Ties a participle behind an object to it, in place; the lists are by the position of a word in the text."""
    for done, before in ((at, at - 1) for at, relation in enumerate(relations) if relation in ("xcomp", "ccomp")):
        verb = heads[done]
        is_object = verb < before and (heads[before], relations[before]) == (verb, "obj")
        if is_object and tags[done] == "VBN" and lemmas[verb] not in _COMPLETED:
            heads[done], relations[done] = before, "acl"


def mend_contact_clauses(heads: list[int], relations: list[str], lemmas: list[str]) -> None:
    """Ties each to what he did, in place; the lists are by the position of a word in the text."""
    for man in range(len(heads) - 3):
        say = man + 2
        is_said = lemmas[man] in _SOMEBODY and lemmas[man + 1] in _SAYERS and lemmas[say] in _SAYING
        if is_said and (relations[man], heads[man], heads[man + 1]) == ("compound", man + 1, say):
            _mend(man, heads, relations)


def _mend(man: int, heads: list[int], relations: list[str]) -> None:
    police, say = man + 1, man + 2
    said = [at for at in range(say + 1, min(say + 40, len(heads))) if heads[at] == say and relations[at] == "ccomp"]
    if len(said) < 2:
        return
    deed, verb = said[:2]
    heads[verb], relations[verb] = (verb if heads[say] == say else heads[say]), relations[say]
    for at in range(max(man - 3, 0), man):
        heads[at] = man if heads[at] == police else heads[at]
    is_passive = any(heads[at] == verb and relations[at] == "aux:pass" for at in range(deed, verb))
    heads[man], relations[man] = verb, "nsubj:pass" if is_passive else "nsubj"
    heads[deed], relations[deed] = man, "acl:relcl"
    heads[say], relations[say] = deed, "parataxis"
