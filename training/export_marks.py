"""Write the trained marker as an ONNX file: `python export_marks.py OUT/marker.pt MARKS.onnx --version V`.

As `export.py` writes the language model: the encoder in int8, the layers on top in float. Inputs: `ids`, `cases` int64
(pieces,), `first` int64 (words,), `told` float (pieces, TOLD). Outputs, float: `marks` (words, marks) and `kinds`
(1, kinds), scores.
"""

import argparse
import json
from pathlib import Path

import torch
from export import build, quantized, save
from reports import KINDS, MARKS


def heads(g, x):
    """The layers on top of the encoder: see `marking.Marker`."""
    pieces = g.node("Squeeze", [x, "axis"], "pieces")
    words = g.node("Gather", [pieces, "first"], "word_states")
    g.layer(words, "marks", "marks")
    weights = g.node("Softmax", [g.layer(words, "look", "looks")], "look_weights", axis=0)
    across = g.node("Transpose", [weights], "look_weights_across", perm=[1, 0])
    g.layer(g.node("MatMul", [across, words], "seen"), "kinds", "kinds")
    return ["marks", "kinds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marker", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--version", default="0")
    args = parser.parse_args()
    weights = torch.load(args.marker, map_location="cpu")
    weights = {name.removeprefix("encoder."): value.float().numpy() for name, value in weights.items()}
    facts = {"version": args.version, "marks": json.dumps(list(MARKS.values())), "kinds": json.dumps(KINDS)}
    save(quantized(build(weights, heads), args.model), args.model, facts)


if __name__ == "__main__":
    main()
