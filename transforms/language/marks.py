"""What the news of an article is, as a network marks it: the words for who did what to whom, and its kind."""

import json
from pathlib import Path
from typing import NamedTuple, Optional

import numpy as np
from spacy.tokens import Doc
from tokenizers import Tokenizer

from transforms.language.features import TOLD, WordPieces, Words, by_piece
from transforms.language.network import open_session

BUNDLED = Path(__file__).parent / "data" / "marks.onnx"
READ = 288  # word pieces, 210 words or so; the 400 that it learned from cost half as much again and tell no more
SHORTEST = 40  # tokens of a text: of shorter ones the network has learned next to nothing


class Marks(NamedTuple):
    """Probabilities, float32: of each mark by the tokens of the two documents, and of each kind of news.

    `headline` (tokens,) and `text` (tokens,) by the name of the mark; 0 where the network did not read.
    """

    headline: dict[str, np.ndarray]
    text: dict[str, np.ndarray]
    kinds: dict[str, float]


class Told(NamedTuple):
    """What rules tell of an article and of the tokens of its two documents, 1 where they do: float32."""

    article: np.ndarray  # (TOLD,): the type of its first event
    headline: np.ndarray  # (tokens, TOLD)
    text: np.ndarray  # (tokens, TOLD)

    @classmethod
    def nothing(cls, headline: Doc, text: Doc) -> "Told":
        """Of two documents of which nothing is known yet."""
        return cls(*(np.zeros((*size, len(TOLD)), np.float32) for size in ((), (len(headline),), (len(text),))))


class Marker:
    """A model file ready to run: MiniLM that reads the first 200 words of an article at once, headline and text."""

    def __init__(self, model: Path = BUNDLED):
        self._session = open_session(model.read_bytes())
        facts = self._session.get_modelmeta().custom_metadata_map
        self.marks: list[str] = json.loads(facts["marks"])
        self.kinds: list[str] = json.loads(facts["kinds"])
        self.pieces = WordPieces(Tokenizer.from_str(facts["tokenizer"]))

    def read(self, headline: Doc, text: Doc, told: Told) -> Optional[Marks]:
        """The marks of an article, None if its text is too short for them.

        The headline may be empty, and both may be of any spaCy pipeline. `told` is what the rules tell of the two.
        """
        if len(text) < SHORTEST:
            return None
        docs = (headline, text)
        tokens = [[t.i for t in doc[:READ] if not t.is_space] for doc in docs]
        ids, cases, first = self.pieces.opening(*map(_words, docs, tokens), most=READ)
        beside = np.concatenate([told.article[None], told.headline[tokens[0]], told.text[tokens[1]]])
        numbers = {"ids": ids, "cases": cases, "first": first, "told": by_piece(beside, first, len(ids))}
        scores, [kinds] = self._session.run(("marks", "kinds"), numbers)
        chances, cut = 1 / (1 + np.exp(-scores)), len(tokens[0])
        parts = (chances[:cut], chances[cut:])
        by_token = [self._by_token(*each) for each in zip(docs, tokens, parts, strict=True)]
        of_kinds = np.exp(kinds - kinds.max())
        return Marks(*by_token, dict(zip(self.kinds, (of_kinds / of_kinds.sum()).tolist(), strict=True)))

    def _by_token(self, doc: Doc, tokens: list[int], chances: np.ndarray) -> dict[str, np.ndarray]:
        out = np.zeros((len(self.marks), len(doc)), np.float32)
        out[:, tokens[: len(chances)]] = chances.T
        return dict(zip(self.marks, out, strict=True))


def _words(doc: Doc, tokens: list[int]) -> Words:
    spaces = [bool(doc[i].whitespace_) or doc[i + 1 : i + 2].text.isspace() for i in tokens]
    return [doc[i].text for i in tokens], spaces
