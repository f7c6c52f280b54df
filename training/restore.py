"""The network's weights from a released model file: `export.py` backwards, so that a release can be trained further.

int8 costs each weight at most half a step of its scale, which the first minutes of training mend.
"""

import json
import math
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F
from model import LAYERS, TASKS
from onnx import numpy_helper

ROOT_STEPS = 400


def read_model(path: Path) -> tuple[dict[str, torch.Tensor], dict[str, list[str]]]:
    """(weights by the names of `model.Network`, {task: labels}) of an ONNX file that `export.py` wrote.

    Raises:
        KeyError: the file is not one of ours.
    """
    model = onnx.load(path)
    facts = {entry.key: entry.value for entry in model.metadata_props}
    constants = {c.name: torch.tensor(numpy_helper.to_array(c)) for c in model.graph.initializer}
    weights = _embeddings(constants) | _parser(constants)
    for task in TASKS:
        weights |= _linear(constants, task, f"tasks.{task}")
    for i in range(LAYERS):
        weights |= _layer(constants, f"encoder{i}", f"layers.{i}")
    return weights | {"root": _root(weights, constants)}, json.loads(facts["labels"])


def _matrix(constants, name):
    """A matrix (in, out) in float, whether or not it was quantised."""
    if name in constants:
        return constants[name]
    return constants[f"{name}_quantized"].float() * constants[f"{name}_scale"]


def _linear(constants, name, key):
    return {f"{key}.weight": _matrix(constants, f"{name}.weight").T.clone(), f"{key}.bias": constants[f"{name}.bias"]}


def _embeddings(constants):
    return {
        "words.weight": constants["words"].float() * constants["word_scales"],
        "positions.weight": constants["positions"],
        "cases.weight": constants["case_table"],
        "norm.weight": constants["embedded.weight"],
        "norm.bias": constants["embedded.bias"],
    }


def _layer(constants, name, key):
    out = {}
    for part in ("qkv", "mix", "inner", "outer"):
        out |= _linear(constants, f"{name}.{part}", f"{key}.{part}")
    for part in ("norm1", "norm2"):
        out |= {f"{key}.{part}.{kind}": constants[f"{name}.{part}.{kind}"] for kind in ("weight", "bias")}
    return out


def _parser(constants):
    out = {}
    for name, key in (("arc_dep.in", "arc_dep"), ("arc_head.in", "arc_head"), ("rel_dep.in", "rel_dep")):
        out |= _linear(constants, name, key)
    out |= _linear(constants, "rel_heads.in", "rel_head")
    dep, bias = constants["arc_dep_weighted.weight"], constants["arc_dep_weighted.bias"]
    out["arc_weight"] = torch.cat([dep, bias[None]]) * math.sqrt(8)
    flat = torch.cat([_matrix(constants, "rel_flat.weight"), constants["rel_flat.bias"][None]])
    _, relations, size = constants["rel_shape"].tolist()
    out["rel_weight"] = flat.reshape(-1, relations, size).transpose(0, 1).clone()
    return out


def _root(weights, constants):
    """The root's vector: the file keeps only what the two layers make of it, so it is fitted to that."""
    root = torch.zeros(weights["arc_head.weight"].shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([root], lr=0.5, max_iter=ROOT_STEPS, line_search_fn="strong_wolfe")
    parts = [("arc_head", constants["arc_head.root"][0]), ("rel_head", constants["rel_heads.root"][0])]

    def miss():
        optimizer.zero_grad()
        loss = sum(
            (F.gelu(F.linear(root, weights[f"{key}.weight"], weights[f"{key}.bias"])) - want).square().sum()
            for key, want in parts
        )
        loss.backward()
        return loss

    optimizer.step(miss)
    return root.detach()
