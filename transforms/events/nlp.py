"""The language pipeline, guarded against texts that would hold it for minutes."""

import re
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from transforms.errors import UsageError
from transforms.events.datelines import part_dateline
from transforms.language import ModelNotFound, load_language

MAX_CHARS = 100_000  # of a text are read, more than any news story has; words made up take 0.7 ms each
MAX_WORD = 500  # the longest word of 1,038 real articles had 480 characters
_LONG_WORD = re.compile(rf"\S{{{MAX_WORD},}}")
_AFTER_INSERTION = re.compile(
    r"(\w\s?\[[^\]\n]{1,80}\]\s+)(And|As|Are|At|Before|Could|For|From|Had|Has|Have|In|Into|Is|Of|On|Or|That|To|Was|Were"
    r"|When|Which|Who|Whose|Will|With)\b"
)
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_REPEATED = re.compile(r"([^\w\s])\1{15,}")


def load_pipeline(name: str = "") -> Language:
    """The spaCy pipeline `name`: "newsbeam" or nothing is the model in this package, "blank" one that finds no events.

    Any other name is that of an installed pipeline or of a folder.

    Raises:
        UsageError: There is no such pipeline here, or it does not parse; the message says what to do.
    """
    if name == "blank":
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        return pipeline
    try:
        pipeline = load_language(name)
    except ModelNotFound as error:
        raise UsageError(f"nlp.pipeline: {error}") from error
    if not pipeline("Two men met.").has_annotation("DEP"):
        raise UsageError(f"nlp.pipeline: {name!r} has no parser, and events are read from trees; use one that has")
    return pipeline


def tame(text: str) -> str:
    """`text` in a form that spaCy reads in linear time, with every character that stays at its offset.

    spaCy's tokenizer takes time quadratic in the length of a word (20,000 brackets: 34 s), so overlong words and runs
    of one sign are cut to pieces: letters make way for spaces, one for one. What is over `MAX_CHARS` is cut.
    """
    text = _REPEATED.sub(lambda run: run[0][0] + " " * (len(run[0]) - 1), text[:MAX_CHARS])
    return _LONG_WORD.sub(lambda word: word[0][: MAX_WORD // 10].ljust(len(word[0])), text)


def mend(text: str) -> str:
    """`text` as others write it, character by character.

    Apostrophes are those of typewriters, so that "didn’t" denies as "didn't" does, and O’Neill of one outlet is the
    O'Neill of another. Letters that a program gave another case get theirs, as in telexes that were in capitals:
    "U.s." ends no sentence for who reads on, nor does an insertion: "the Front [NF] Has".
    """
    text = _APOSTROPHE.sub("'", text)
    return _AFTER_INSERTION.sub(lambda m: m[1] + m[2].lower(), text).replace("U.s.", "U.S.")


def read_texts(nlp: Language, texts: Iterable[str], batch_size: int = 64) -> Iterator[Doc]:
    """The Doc of each of `texts`, in order; offsets hold in the text as given. A dateline is a line of its own.

    Take plain rows from a Doc before asking for the next batch: with a `memory_zone` around, it is gone after it.
    """
    yield from nlp.pipe((part_dateline(mend(tame(text))) for text in texts), batch_size=batch_size)
