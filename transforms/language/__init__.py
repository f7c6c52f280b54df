"""The language model: a spaCy pipeline that reads English news, and the plain form of what it sees.

Importing this package registers the components `newsbeam_parser`, `newsbeam_lemmatizer` and `newsbeam_quantities` and
the tokenizer `newsbeam.WordTokenizer.v1` with spaCy. It imports no Beam.
"""

import contextlib
import itertools
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from transforms.language import lemmas, parser, quantities, tokenizer  # noqa: F401  registers the components

NAME = "newsbeam"
LONGEST_TEXT = 100_000_000  # characters: our components take any length, spaCy's own limit is for parsers that do not
ZONE_TEXTS = 64  # texts after which spaCy forgets the strings it has seen


class ModelNotFound(ValueError):
    """The pipeline that was asked for is not installed."""


def load_language(name: str = NAME) -> Language:
    """Load a spaCy pipeline.

    Args:
        name: "newsbeam" or empty for the model in this package; else what `spacy.load` takes: the name of an
            installed pipeline package or a folder.

    Raises:
        ModelNotFound: there is no such pipeline here; the message says how to get it.
    """
    if name in ("", NAME):
        return _own_language()
    try:
        return spacy.load(name)
    except OSError as error:
        raise ModelNotFound(_advice(name)) from error


def _own_language() -> Language:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "newsbeam.WordTokenizer.v1"}}})
    for component in ("newsbeam_parser", "newsbeam_lemmatizer", "newsbeam_quantities"):
        nlp.add_pipe(component)
    nlp.max_length = LONGEST_TEXT
    nlp.meta["name"], nlp.meta["version"] = NAME, nlp.get_pipe("newsbeam_parser").network.version
    return nlp


def _advice(name: str) -> str:
    if "/" in name or name.startswith("."):
        return f"no spaCy pipeline in the folder {name!r}; give a folder that `nlp.to_disk` wrote, or {NAME!r}"
    package = name.replace("_", "-")
    return (
        f"the spaCy pipeline {name!r} is not installed: `pip install {package}` if your package index has it, else "
        f"`python -m spacy download {name}`; or use {NAME!r}, which is always here"
    )


def annotate(nlp: Language, texts: Iterable[str]) -> Iterator[dict]:
    """What a pipeline sees in each text, in plain types.

    Args:
        nlp: any spaCy pipeline; what it does not set is an empty string or list, or for `sents` and heads nothing.
        texts: in any number; memory does not grow with it.

    Yields:
        dict: `sents` [[start, end]], `tokens` [{start, end, pos, tag, lemma, head, dep}], `ents` [{start, end, label}].
        Offsets are in characters of the text; `head` is the index of a token in the list, a root's its own. White
        space is in no token and ends no sentence.
    """
    for batch in _batches(texts, ZONE_TEXTS):
        with _zone(nlp):
            rows = [_plain(doc) for doc in nlp.pipe(batch)]
        yield from rows


def _batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    texts = iter(texts)
    yield from iter(lambda: list(itertools.islice(texts, size)), [])


def _zone(nlp: Language) -> contextlib.AbstractContextManager:
    """A memory zone, or nothing where one is open already: they do not nest."""
    inside = nlp.vocab.in_memory_zone
    return contextlib.nullcontext() if inside else nlp.memory_zone()


def _plain(doc: Doc) -> dict:
    solid = [t for t in doc if not t.is_space]
    place = {t.i: k for k, t in enumerate(solid)}
    trees = doc.has_annotation("DEP")
    sents = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]] if len(doc) else []
    return {
        "sents": [span for span in map(_solid_span, sents) if span],
        "tokens": [
            {
                "start": t.idx, "end": t.idx + len(t), "pos": t.pos_, "tag": t.tag_, "lemma": t.lemma_,
                "head": place[t.head.i] if trees and t.head.i in place else k, "dep": t.dep_,
            }
            for k, t in enumerate(solid)
        ],
        "ents": [{"start": e.start_char, "end": e.end_char, "label": e.label_} for e in doc.ents],
    }  # fmt: skip


def _solid_span(sent) -> list[int] | None:
    """[start, end] of a sentence without the white space around it, None if there is nothing else."""
    solid = [t for t in sent if not t.is_space]
    return [solid[0].idx, solid[-1].idx + len(solid[-1])] if solid else None
