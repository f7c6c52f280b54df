"""The sentences of a text as plain words, which all surface readings work on."""

import re
from collections.abc import Sequence
from typing import NamedTuple, Optional

from spacy.attrs import IDX, LOWER, ORTH, SENT_START, SPACY
from spacy.tokens import Doc

from transforms.events.trees import Parse, Tree, flat_tree
from transforms.events.wordlists import NUMERALS

_WORD = re.compile(r"['’]s\b|[^\W_](?:[\w'’.-]*\w)?(?:(?<=\b\w)\.)?|[^\w\s]")
MAX_LABELS = 4  # that a text begins with
LABEL_WORDS = 3
MAX_SENTENCE_WORDS = 400  # a longer "sentence" is a table or a menu


class Sentence(NamedTuple):
    """The words of one sentence, as written and in lower case, with the character offset of each in the text."""

    texts: Sequence[str]
    lows: Sequence[str]
    starts: Sequence[int]
    text: str  # the whole text, where the offsets point
    tree: Tree  # by the same positions

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Character offsets, in the text, of the words from `start` up to `end`."""
        return self.starts[start], self.starts[end - 1] + len(self.texts[end - 1])

    def said(self) -> str:
        """The sentence as the text has it."""
        first, last = self.span(0, len(self.texts))
        return self.text[first:last]


def split_sentences(doc: Doc, skip: range = range(0)) -> list[Sentence]:
    """The sentences of a Doc, as words, without the characters `skip`; overlong ones are cut.

    A parser reads over the line breaks of a text that was wrapped.
    """
    parse = Parse(doc)
    words = doc.to_array([ORTH, LOWER, IDX, SENT_START, SPACY])  # tokens as objects take ten times as long
    strings = doc.vocab.strings
    texts, lows = [strings[n] for n in words[:, 0]], [strings[n] for n in words[:, 1]]
    starts, begins, spaced = words[:, 2].tolist(), (words[:, 3] == 1).tolist(), words[:, 4].tolist()
    text = "".join([word + " " if space else word for word, space in zip(texts, spaced, strict=True)])
    sentences, first = [], 0
    for at in range(1, len(texts) + 1):
        if at == len(texts) or begins[at] or at - first >= MAX_SENTENCE_WORDS:
            kept = [i for i in range(first, at) if starts[i] not in skip and not texts[i].isspace()]
            if kept:
                words = [texts[i] for i in kept], [lows[i] for i in kept], [starts[i] for i in kept]
                sentences.append(Sentence(*words, text, parse.tree(kept)))
            first = at
    return sentences


def skip_labels(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences from the first that states something: "[excerpt]", "1." and "Good evening." are no news."""
    first = next((at for at, sentence in enumerate(sentences[:MAX_LABELS]) if not _is_label(sentence)), 0)
    return sentences[first:]


def _is_label(sentence: Sentence) -> bool:
    if any(tag.startswith(("VB", "MD")) for tag in sentence.tree.tags):
        return False
    is_inserted = sentence.texts[0] == "[" and sentence.texts[-1] == "]"
    return is_inserted or sum(map(is_word, sentence.texts)) <= LABEL_WORDS


def plain_sentence(text: Optional[str]) -> list[Sentence]:
    """A short text such as a title as one sentence, cut into words roughly, not parsed; none if it is empty."""
    found = list(_WORD.finditer(text or ""))
    return [unparsed([m[0] for m in found], [m.start() for m in found], text or "")] if found else []


def unparsed(texts: Sequence[str], starts: Sequence[int] = (), text: str = "") -> Sentence:
    """A sentence of these words that no parser has read."""
    return Sentence(texts, [each.lower() for each in texts], starts, text, flat_tree(len(texts)))


def is_word(text: str) -> bool:
    """Whether this is a word or a number, not a sign."""
    return text[:1].isalnum() or (text[:1] in "$'’" and len(text) > 1)


def is_number(low: str) -> bool:
    """Whether this word is a number, in digits or in letters."""
    return low[:1].isdigit() or low in NUMERALS


def join_words(words: Sequence[str]) -> str:
    """Words as a reader writes them: no spaces around hyphens nor before a possessive."""
    return " ".join(words).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")
