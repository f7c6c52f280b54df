"""Who speaks through a paper: the senators of whom a letter is that urges, those who filed the suit that accuses."""

from typing import Optional

from transforms.events.nouns import SUBJECTS
from transforms.events.sentences import Sentence
from transforms.events.trees import Tree
from transforms.events.wordlists import word_set

PAPERS = word_set(
    "letter letters memo memorandum statement statements communique lawsuit lawsuits suit suits complaint complaints "
    "petition petitions motion brief report reports indictment resolution editorial op-ed ad ads advertisement message "
    "email e-mail emails e-mails tweet tweets filing affidavit dossier leaflet leaflets pamphlet"
)
_WRITING = word_set(
    "send write issue release publish post file sign deliver hand submit circulate read draft pen mail bring lodge "
    "address adopt pass run air distribute make"
)


def author(sentence: Sentence, tree: Tree, paper: int) -> Optional[int]:
    """The head of who speaks through a paper, as far as the sentence tells; None too where the noun is no paper."""
    if sentence.lows[paper] not in PAPERS:
        return None
    above = tree.heads[paper]
    found = [
        *tree.children(paper, "nmod:poss"),
        *(at for at in tree.children(paper, "compound") if tree.kinds[at] == "ORG"),  # "a [UN] report"
        *_tied(sentence, tree, paper, ("by", "from")),
        *(who for verb in tree.children(paper, "acl", "acl:relcl") for who in _tied(sentence, tree, verb, ("by",))),
        *(tree.children(above, *SUBJECTS) if tree.lemmas[above] in _WRITING else ()),
    ]
    return next((who for who in found if sentence.lows[who] not in PAPERS), None)


def _tied(sentence: Sentence, tree: Tree, head: int, words: tuple[str, ...]) -> list[int]:
    found = tree.children(head, "nmod", "obl", "obl:agent", "nmod:agent")
    return [at for at in found if any(sentence.lows[case] in words for case in tree.children(at, "case"))]
