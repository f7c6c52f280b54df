"""The network at run time: one ONNX file, one pass a window. No spaCy, no torch."""

import dataclasses
import json

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from transforms.language.features import WordPieces

OUTPUTS = ("names", "tags", "pos", "starts", "arcs", "rel_words", "rel_heads")


@dataclasses.dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of a window of n words, float32.

    `names`, `tags`, `pos` (n, labels); `starts` (n, 2): not a sentence start, a start; `arcs` (n, 1 + n): each word's
    heads, column 0 the root; `rel_words` (n, relations, size + 1) and `rel_heads` (1 + n, size): see `relations`.
    """

    names: np.ndarray
    tags: np.ndarray
    pos: np.ndarray
    starts: np.ndarray
    arcs: np.ndarray
    rel_words: np.ndarray
    rel_heads: np.ndarray

    def relations(self, heads: np.ndarray) -> np.ndarray:
        """Scores (n, relations) of each word's relation to its head; `heads` int (n,), 0 the root, i + 1 word i."""
        chosen = self.rel_heads[heads]
        return np.einsum("nrb,nb->nr", self.rel_words[:, :, :-1], chosen) + self.rel_words[:, :, -1]


class Network:
    """A model file ready to run.

    One window a call, never a batch: with int8 the scale of a layer's input is that of all that runs together, so only
    this way does a text get the same analysis whatever stands beside it.

    Args:
        model: the bytes of the ONNX file.
        threads: cores that one window may use.
    """

    def __init__(self, model: bytes, threads: int = 1):
        self._session = open_session(model, threads)
        facts = self._session.get_modelmeta().custom_metadata_map
        self.version: str = facts["version"]
        self.labels: dict[str, list[str]] = json.loads(facts["labels"])
        self.pieces = WordPieces(Tokenizer.from_str(facts["tokenizer"]))

    def run(self, words: list[str], spaces: list[bool]) -> Scores:
        """Scores of one window; `spaces`: white space after each word."""
        ids, cases, first = self.pieces.window(words, spaces)
        return Scores(*self._session.run(OUTPUTS, {"ids": ids, "cases": cases, "first": first}))


def open_session(model: bytes, threads: int = 1) -> onnxruntime.InferenceSession:
    """The bytes of an ONNX file ready to run; `threads`: cores that one window may use."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # a plan for every length of window would pile up
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
