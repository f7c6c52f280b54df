"""The spaCy component that reads a document window by window: sentences, tags, trees and names in one pass."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from spacy.attrs import DEP, HEAD, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from transforms.language.names import Name, NameDecoder
from transforms.language.network import Network, Scores
from transforms.language.trees import decode_trees

BUNDLED = Path(__file__).parent / "data" / "model.onnx"
MOST_WORDS = 110  # words of a window: as in training, and many enough to keep the matrices busy
MOST_PIECES = 420  # word pieces of a window; the network has 512 places
FINAL = {".", "?", "!"}


class Parser:
    """Sets `tag_`, `pos_`, `dep_`, `head`, `sents` and `ents`.

    A document goes through the network in windows that end at the end of a paragraph or sentence. A window that ends
    nowhere in particular gives its last, cut sentence to the next one. Every window runs alone, so the analysis of a
    document does not depend on what else is in the batch, and memory not on the document's length.

    Args:
        vocab: of the pipeline.
        model: path of a model file; empty for the one in the package.
        threads: cores that one window may use.
    """

    def __init__(self, vocab: Vocab, model: str = "", threads: int = 1):
        self.vocab, self.threads = vocab, threads
        self._load(Path(model) if model else BUNDLED)

    def _load(self, path: Path) -> None:
        try:
            self._model = path.read_bytes()
        except FileNotFoundError:
            raise FileNotFoundError(f"no language model at {path}; reinstall newsbeam or name a model file") from None
        self._start()

    def _start(self) -> None:
        self.network = Network(self._model, self.threads)
        labels, strings = self.network.labels, self.vocab.strings
        self._tags, self._pos, self._deps = (
            np.array([strings.add(label) for label in labels[task]], np.uint64) for task in ("tags", "pos", "deps")
        )
        self._root = labels["deps"].index("ROOT")
        self._proper = np.array([strings.add(tag) for tag in ("NNP", "NNPS")], np.uint64)
        self._blank = tuple(strings.add(label) for label in ("_SP", "SPACE", "dep"))
        self._names = NameDecoder(labels["names"])

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document in place."""
        words = [t.text for t in doc]
        solid = np.array([i for i, t in enumerate(doc) if not t.is_space], int)
        heads, columns = np.arange(len(doc)), np.empty((len(doc), 3), np.uint64)
        columns[:] = self._blank
        names = []
        if len(solid):
            spaces = [bool(t.whitespace_) or "".join(words[i + 1 : i + 2]).isspace() for i, t in enumerate(doc)]
            breaks = _paragraph_starts(words, solid)
            at = 0
            while at < len(solid):
                at = self._window(at, words, spaces, solid, breaks, heads, columns, names)
            _attach_blanks(heads, solid)
        elif len(doc):
            heads[:] = 0
        offsets = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        tags, pos, deps = columns.T
        doc.from_array([HEAD, DEP, TAG, POS], np.stack([offsets, deps, tags, pos], 1))
        names = self._names.settle(names, words, np.isin(tags, self._proper).tolist())
        doc.set_ents([Span(doc, n.start, n.end, label=n.label) for n in names])
        return doc

    def _window(self, at, words, spaces, solid, breaks, heads, columns, names) -> int:
        """Analyse the window that begins at solid word `at`; return where the next one begins."""
        end, whole = self._window_end(at, words, solid, breaks)
        inside = solid[at:end]
        scores = self.network.run([words[i] for i in inside], [spaces[i] for i in inside])
        starts = scores.starts[:, 1] > scores.starts[:, 0]
        starts |= breaks[at:end] == 1
        starts &= breaks[at:end] != -1
        starts[0] = True
        if not whole and starts[1:].any():
            end = at + int(np.flatnonzero(starts)[-1])
        kept = end - at
        tree, found = self._tree(scores, starts)
        own = inside[:kept]
        heads[own] = np.where(tree[:kept] == 0, own, inside[tree[:kept] - 1])
        columns[own] = found[:kept]
        for name in self._names.decode(scores.names[:kept]):
            start, stop = int(inside[name.start]), int(inside[name.end - 1]) + 1
            names.append(Name(start, stop, name.label, name.evidence))
        return end

    def _tree(self, scores: Scores, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(heads in the window, columns tag, pos, dep as hashes) of a window."""
        tree = decode_trees(scores.arcs, starts)
        relations = scores.relations(tree)
        relations[:, self._root] = np.where(tree == 0, np.inf, -np.inf)
        tags, pos = self._tags[scores.tags.argmax(1)], self._pos[scores.pos.argmax(1)]
        return tree, np.stack([tags, pos, self._deps[relations.argmax(1)]], 1)

    def _window_end(self, at, words, solid, breaks) -> tuple[int, bool]:
        """(end, whether a sentence ends there) of the window that begins at solid word `at`."""
        end, pieces = at, 0
        while end < len(solid) and end - at < MOST_WORDS:
            pieces += len(self.network.pieces.word(words[solid[end]])[0])
            if pieces > MOST_PIECES:
                break
            end += 1
        if end == len(solid):
            return end, True
        half = (at + end) // 2
        marks = np.flatnonzero(breaks[half + 1 : end + 1] == 1)
        if len(marks):
            return half + 1 + int(marks[-1]), True
        for cut in range(end, half, -1):
            if words[solid[cut - 1]] in FINAL and words[solid[cut]][:1].isupper():
                return cut, True
        return end, False

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Annotate a stream; a document's analysis is the same in any batch."""
        for doc in stream:
            yield self(doc)

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the model file into the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / "model.onnx").write_bytes(self._model)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> "Parser":
        """Read the model file that `to_disk` wrote."""
        self._load(Path(path) / "model.onnx")
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        return self._model

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Parser":
        self._model = data
        self._start()
        return self

    def __getstate__(self) -> dict:
        return {"vocab": self.vocab, "threads": self.threads, "_model": self._model}

    def __setstate__(self, state: dict) -> None:
        self.__dict__ |= state
        self._start()


def _paragraph_starts(words: list[str], solid: np.ndarray) -> np.ndarray:
    """int (solid words,): 1 a sentence must start here, -1 it must not, 0 the network decides.

    A blank line ends a paragraph. So does a single line break, unless the next line goes on in small letters after a
    line that did not end a sentence: text that was wrapped.
    """
    out = np.zeros(len(solid), int)
    out[0] = 1
    for k in np.flatnonzero(np.diff(solid) > 1) + 1:
        gap = "".join(words[solid[k - 1] + 1 : solid[k]])
        if gap.count("\n") > 1:
            out[k] = 1
        elif "\n" in gap:
            wrapped = words[solid[k]][:1].islower() and words[solid[k - 1]] not in FINAL
            out[k] = -1 if wrapped else 1
    return out


def _attach_blanks(heads: np.ndarray, solid: np.ndarray) -> None:
    """Make each white-space token depend on the word before it, or on the first word."""
    blank = np.ones(len(heads), bool)
    blank[solid] = False
    gaps = np.flatnonzero(blank)
    heads[gaps] = solid[np.maximum(np.searchsorted(solid, gaps) - 1, 0)]


@Language.factory(
    "newsbeam_parser",
    assigns=["token.tag", "token.pos", "token.dep", "token.head", "doc.sents", "doc.ents"],
    default_config={"model": "", "threads": 1},
    default_score_weights={"dep_las": 0.5, "ents_f": 0.5},
)
def make_parser(nlp: Language, name: str, model: str, threads: int) -> Parser:
    return Parser(nlp.vocab, model, threads)
