"""Let the teacher label texts without trees: `python label.py CORPUS OUT/network.pt NAME ...`.

CORPUS/NAME_train.jsonl gets `tags`, `pos`, `deps`, `heads` and, where it has none, `starts`; and `doubts`: {task:
[[word, label or head, probability], ...]} where the teacher is not sure, the best answer with them. A small network
learns more from what a large one is unsure about than from its answers alone (Hinton, Vinyals and Dean, 2015).
"""

import argparse
import json
import random
import re
from pathlib import Path

import torch
import torch.nn.functional as F
import windows
from teacher import Teacher

SURE = 0.95  # from this probability on the answer stands alone
LEAST = 0.03  # an answer less likely is left out
WINDOW, LONGEST = 110, 150  # words, as the small network reads them; of a sentence that is longer
AT_ONCE = 12  # windows


def pieces_of(words, starts):
    """Yield (begin, end) of windows: whole sentences where `starts` are known, else cut after a mark that ends one."""
    ends = [*starts[1:], len(words)] if starts else []
    ends = ends or [i + 1 for i, word in enumerate(words) if re.fullmatch(r"[.?!]+", word)] + [len(words)]
    begin, last = 0, 0
    for end in ends:
        if end - begin > WINDOW and last > begin:
            yield begin, last
            begin = last
        while end - begin > LONGEST:
            yield begin, begin + LONGEST
            begin += LONGEST
        last = end
    if begin < len(words):
        yield begin, len(words)


def answers(logits, count):
    """(best, [[row, answer, probability], ...] of the doubtful rows) of `logits` (words, answers)."""
    chances = logits[:count].float().softmax(-1)
    sure, best = chances.max(-1)
    doubts = []
    for row in (sure < SURE).nonzero().flatten().tolist():
        likely = (chances[row] >= LEAST).nonzero().flatten().tolist()
        whole = sum(chances[row, k].item() for k in likely)
        if len(likely) > 1:
            doubts += [[row, k, round(chances[row, k].item() / whole, 3)] for k in likely]
    return best.tolist(), doubts


@torch.no_grad()
def read_windows(network, batch, sizes):
    """For each window of a batch {task: (best, doubts)}; heads are 0 for the root, else 1 + the word's place."""
    with torch.autocast("cpu", torch.bfloat16):
        words = network(batch["ids"], batch["cases"], batch["first"], batch["mask"])
        out = {task: network.tasks[task](words) for task in ("tags", "pos", "starts")}
        known = batch["starts"]
        found = out["starts"].float().argmax(-1)
        starts = torch.where(known >= 0, known, found)
        starts[:, 0] = 1
        real, sentence = batch["real"], starts.cumsum(1)
        together = (sentence[:, :, None] == sentence[:, None, :]) & real[:, None, :]
        arcs = network.arcs(words).float().masked_fill(~F.pad(together, (1, 0), value=True), -1e4)
        own = torch.eye(arcs.size(1), dtype=torch.bool)[None]
        arcs = arcs.masked_fill(F.pad(own, (1, 0)), -1e4)
        out["heads"] = arcs
        out["deps"] = network.relations(words, arcs.argmax(-1))
    rows = []
    for r, size in enumerate(sizes):
        row = {task: answers(out[task][r], size) for task in ("tags", "pos", "heads", "deps")}
        rows.append(row | {"starts": [i for i in range(size) if starts[r, i]]})
    return rows


def label(samples, network, encoder, labels):
    """The samples with trees; windows of like length are read together."""
    cut = []
    for number, sample in enumerate(samples):
        encoded = encoder.encode(sample)
        for begin, end in pieces_of(sample["words"], sample.get("starts")):
            cut.append((number, begin, windows.cut(encoded, begin, end)))
    cut.sort(key=lambda item: len(item[2]["pieces"]))
    found, rng = [[] for _ in samples], random.Random(0)
    for at in range(0, len(cut), AT_ONCE):
        chunk = [window for _, _, window in cut[at : at + AT_ONCE]]
        batch = windows.collate(chunk, labels, encoder.pieces, rng, disturbed=False)
        rows = read_windows(network, batch, [len(window["pieces"]) for window in chunk])
        for (number, begin, _), row in zip(cut[at : at + AT_ONCE], rows, strict=True):
            found[number].append((begin, row))
        if at % (100 * AT_ONCE) == 0:
            print(f"{at} of {len(cut)} windows", flush=True)
    columns = (trees(sorted(rows, key=lambda row: row[0]), labels) for rows in found)
    return [s | made | {"starts": s.get("starts") or made["starts"]} for s, made in zip(samples, columns, strict=True)]


def trees(rows, labels):
    """The columns of a sample from its windows: [(first word, {task: (best, doubts)}), ...] in their order."""
    out = {"starts": [begin + i for begin, row in rows for i in row["starts"]], "doubts": {}}
    for task in ("tags", "pos", "deps"):
        names = labels[task]
        out[task] = [names[k] for _, row in rows for k in row[task][0]]
        out["doubts"][task] = [[begin + i, names[k], p] for begin, row in rows for i, k, p in row[task][1]]
    heads = [(begin, row["heads"]) for begin, row in rows]
    out["heads"] = [begin + (h - 1 if h else i) for begin, (best, _) in heads for i, h in enumerate(best)]
    out["doubts"]["heads"] = [[begin + i, begin + (h - 1 if h else i), p] for begin, (_, d) in heads for i, h, p in d]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("names", nargs="+")
    args = parser.parse_args()
    labels = json.loads(args.teacher.with_name("labels.json").read_text())
    network, encoder = Teacher(labels), windows.Encoder(labels)
    network.load_state_dict(torch.load(args.teacher))
    network.eval()
    for name in args.names:
        path = args.corpus / f"{name}_train.jsonl"
        samples = [json.loads(line) for line in path.read_text("utf8").splitlines()]
        labelled = label(samples, network, encoder, labels)
        path.write_text("".join(json.dumps(s, ensure_ascii=False) + "\n" for s in labelled), "utf8")


if __name__ == "__main__":
    main()
