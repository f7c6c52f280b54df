"""The language pipeline, guarded against texts that would hold it for minutes."""

import re
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

MAX_CHARS = 1_000_000  # spaCy refuses longer texts (E088)
MAX_WORD = 500  # the longest word of 1,038 real articles had 480 characters
_LONG_WORD = re.compile(rf"\S{{{MAX_WORD},}}")
_REPEATED = re.compile(r"([^\w\s])\1{15,}")


def load_pipeline(name: str = "") -> Language:
    """The spaCy pipeline `name`; "" and "blank" mean words and sentences only, which needs no download.

    Raises:
        ValueError: There is no such pipeline here; the message says what to install.
    """
    if name in ("", "blank"):
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        return pipeline
    try:
        return spacy.load(name)
    except OSError as error:
        raise ValueError(
            f"no language model {name!r} here: install the package of that name into this environment, "
            'give the folder of a saved model, or use "blank"'
        ) from error


def tame(text: str) -> str:
    """`text` in a form that spaCy reads in linear time, with every character that stays at its offset.

    spaCy's tokenizer takes time quadratic in the length of a word (20,000 brackets: 34 s), so overlong words and runs
    of one sign are cut to pieces: letters make way for spaces, one for one. What is over a million characters is cut.
    """
    text = _REPEATED.sub(lambda run: run[0][0] + " " * (len(run[0]) - 1), text[:MAX_CHARS])
    return _LONG_WORD.sub(lambda word: word[0][: MAX_WORD // 10].ljust(len(word[0])), text)


def read_texts(nlp: Language, texts: Iterable[str], batch_size: int = 64) -> Iterator[Doc]:
    """The Doc of each of `texts`, in order; offsets hold in the text as given.

    Take plain rows from a Doc before asking for the next batch: with a `memory_zone` around, it is gone after it.
    """
    yield from nlp.pipe((tame(text) for text in texts), batch_size=batch_size)
