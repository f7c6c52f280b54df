"""Train the network: `python train.py CORPUS OUT --minutes 50` writes OUT/network.pt and OUT/labels.json as it goes."""

import argparse
import collections
import copy
import json
import random
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from model import Network
from restore import read_model
from teacher import Teacher
from windows import IGNORE, SHARES, TEACHER_SHARES, Encoder, batches, collate, epoch_windows, make_labels

WEIGHTS = {"names": 1.0, "tags": 0.5, "pos": 0.3, "starts": 0.5, "arcs": 1.5, "relations": 1.25}
SAVE_SECONDS = 240


class Plan(NamedTuple):
    """How a network is trained.

    Args:
        shares: how often each corpus is read in an epoch.
        pieces: of a batch, at most.
        averaged: how much of the running mean of the weights is kept at each step: 0.998 reaches back over 500 or so.
        on_top: how many times faster than the encoder the layers on top of it learn.
        warm: steps in which the rate rises.
        rounded_from: the share of the time from which on the layers' inputs are rounded as int8 will do it.
    """

    shares: Mapping[str, float]
    pieces: int
    averaged: float
    on_top: float
    warm: int
    rounded_from: float


SMALL = Plan(SHARES, pieces=2560, averaged=0.998, on_top=6, warm=200, rounded_from=0.3)
LARGE = Plan(TEACHER_SHARES, pieces=1280, averaged=0.995, on_top=10, warm=80, rounded_from=1.0)


def read(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def losses(network, b):
    """{task: loss} of a batch; a word whose name label is only partly known counts the sum over what it may be."""
    words, out = network(b["ids"], b["cases"], b["first"], b["mask"]), {}
    known = b["names"].any(-1)
    logits = network.tasks["names"](words).float()
    allowed = logits.masked_fill(~b["names"], -1e4)
    out["names"] = ((logits.logsumexp(-1) - allowed.logsumexp(-1)) * known).sum() / known.sum().clamp(min=1)
    for task in ("starts", "tags", "pos") if b["trees"] else ("starts",):
        out[task] = mean_loss(network.tasks[task](words), b[task], b["doubts"].get(task))
    if b["trees"]:
        sentence = b["starts"].clamp(min=0).cumsum(1)
        together = (sentence[:, :, None] == sentence[:, None, :]) & b["real"][:, None, :]
        arcs = network.arcs(words).float().masked_fill(~F.pad(together, (1, 0), value=True), -1e4)
        out["arcs"] = mean_loss(arcs, b["heads"], b["doubts"].get("heads"))
        deps = b["deps"].masked_fill(b["heads"] < 0, IGNORE)
        out["relations"] = mean_loss(network.relations(words, b["heads"].clamp(min=0)), deps, b["doubts"].get("deps"))
    return out


def mean_loss(logits, gold, doubts=None):
    """Mean cross entropy over the words that have a label; 0 where none has.

    `doubts`: (rows, words, answers, probabilities): what stands in place of a single label where the teacher is unsure.
    """
    logits, total, count = logits.float(), 0.0, 0.0
    if doubts:
        rows, words, answers, chances = doubts
        gold = gold.clone()
        gold[rows, words] = IGNORE
        total = -(logits[rows, words].log_softmax(-1).gather(1, answers[:, None])[:, 0] * chances).sum()
        count = chances.sum()
    total = total + F.cross_entropy(logits.flatten(0, 1), gold.flatten(), ignore_index=IGNORE, reduction="sum")
    return total / (count + (gold != IGNORE).sum()).clamp(min=1)


def make_optimizer(network, rate, plan):
    network.freeze()
    groups = [{"params": [], "lr": rate}, {"params": [], "lr": plan.on_top * rate}]
    for name, weights in network.named_parameters():
        if weights.requires_grad:
            groups[not name.startswith(network.ENCODER)]["params"].append(weights)
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


class Average:
    """The running mean of a network's weights (Polyak and Juditsky, 1992): usable at any time of the training."""

    def __init__(self, network, kept):
        self.network = copy.deepcopy(network).requires_grad_(False)
        self.steps, self.kept = 0, kept

    @torch.no_grad()
    def update(self, network):
        self.steps += 1
        kept = min(self.kept, self.steps / (self.steps + 10))
        pairs = zip(self.network.parameters(), network.parameters(), strict=True)
        means, weights = zip(*((mean, new) for mean, new in pairs if new.requires_grad), strict=True)
        torch._foreach_lerp_(means, weights, 1 - kept)

    def save(self, path):
        """Write the file whole or not at all."""
        torch.save(self.network.state_dict(), path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)


def rate_now(step, spent, decay, warm):
    """The share of the top rate: up in `warm` steps, flat, and over the last `decay` of the time down to nothing."""
    falling = (1 - spent) / decay if decay else 1.0
    return max(min(1, (step + 1) / warm, falling), 1e-3)


def train(network, encoded, encoder, labels, plan, args):
    """Train for `args.minutes` of wall time; args.out holds the mean of the weights, anew every few minutes."""
    rng, optimizer = random.Random(args.seed), make_optimizer(network, args.rate, plan)
    average = Average(network, plan.averaged)
    top = [group["lr"] for group in optimizer.param_groups]
    begin, step, seen, saved, log = time.time(), 0, 0, 0, Log()
    while True:
        for batch in batches(epoch_windows(encoded, plan.shares, rng), rng, plan.pieces):
            spent = (time.time() - begin) / 60 / args.minutes
            if spent >= 1:
                average.save(args.out / "network.pt")
                return
            for layer in network.layers:
                layer.rounds = spent >= plan.rounded_from
            for group, rate in zip(optimizer.param_groups, top, strict=True):
                group["lr"] = rate * rate_now(step, spent, args.decay, plan.warm)
            found = take_step(network, optimizer, collate(batch, labels, encoder.pieces, rng))
            average.update(network)
            step, seen = step + 1, seen + sum(len(w["pieces"]) for w in batch)
            log.add(found)
            if step % 50 == 0:
                print(f"{step} {spent:.3f} {log.flush()} words/s {seen / (time.time() - begin):.0f}", flush=True)
            if time.time() - begin > (saved + 1) * SAVE_SECONDS:
                saved += 1
                average.save(args.out / "network.pt")


def take_step(network, optimizer, batch):
    """One step down; the losses by task."""
    with torch.autocast("cpu", torch.bfloat16):
        found = losses(network, batch)
        loss = sum(WEIGHTS[task] * value for task, value in found.items())
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return {task: value.item() for task, value in found.items()}


class Log:
    """Mean losses since the last look."""

    def __init__(self):
        self.sums, self.counts = collections.Counter(), collections.Counter()

    def add(self, found):
        self.sums.update(found)
        self.counts.update(found.keys())

    def flush(self):
        line = " ".join(f"{task} {self.sums[task] / max(1, self.counts[task]):.3f}" for task in WEIGHTS)
        self.sums.clear()
        self.counts.clear()
        return line


def start_network(args, corpora):
    """(network, labels): the one to train, with its start weights."""
    labels, start = make_labels(corpora), Path(args.start) if args.start else None
    weights = None
    if start and start.suffix == ".onnx":
        weights, labels = read_model(start)
    elif start:
        weights, labels = torch.load(start), json.loads(start.with_name("labels.json").read_text())
    network = Teacher(labels) if args.teacher else Network(labels)
    if weights:
        network.load_state_dict(weights)
    elif args.teacher:
        network.load_mpnet(args.teacher)
    else:
        network.load_minilm()
    return network, labels


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--decay", type=float, default=1.0, help="share of the time in which the rate falls")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", help="to go on from: a released model.onnx, or a network.pt; nothing: from MiniLM")
    parser.add_argument("--teacher", type=Path, help="train the teacher: all-mpnet-base-v2's model.safetensors")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    plan = LARGE if args.teacher else SMALL
    corpora = {name: read(args.corpus / f"{name}_train.jsonl") for name in plan.shares}
    network, labels = start_network(args, corpora)
    (args.out / "labels.json").write_text(json.dumps(labels))
    encoder = Encoder(labels)
    encoded = {name: [encoder.encode(s) for s in samples] for name, samples in corpora.items()}
    print({name: sum(len(s["pieces"]) for s in samples) for name, samples in encoded.items()}, flush=True)
    train(network.train(), encoded, encoder, labels, plan, args)


if __name__ == "__main__":
    main()
