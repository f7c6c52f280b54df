"""Train the marker: `python marking.py OUT --minutes 25` writes OUT/marker.pt from the reports in `reports`.

It is the encoder of the released language model, trained on to read the first 300 words of an article at once, beside
each word what the rules told of it (`telling.py` writes that), with two small layers on top: one says of each word
which marks it has, one which kind of news the article is.
Those in `reports/kept_out` are measured on, and teach how far to trust it.
"""

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import onnx
import spacy
import torch
import torch.nn.functional as F
from model import Network
from reports import KEPT_OUT, KINDS, MARKS, REPORTS, read_reports
from restore import read_model
from tokenizers import Tokenizer
from torch import nn

from transforms.language import tokenizer  # noqa: F401  registers it with spaCy
from transforms.language.features import OTHERS, TOLD, WordPieces, by_piece

RELEASED = Path(__file__).parent.parent / "transforms/language/data/model.onnx"
BATCH = 8  # reports
HIDDEN = 0.08  # of the words are not shown
UNTOLD = 0.15  # of the reports come without what the rules told
FOLLOWED = 0.25  # of the reports have another behind them
NO_TITLE, UPPER, TITLED = 0.12, 0.1, 0.35  # of the reports have no headline; of the others one in capitals ...
ON_TOP, WARM = 6, 60  # times the rate of the encoder; steps
OF_KIND = 0.3  # what the kind counts beside the marks
AVERAGED = 0.99
NO_FLAGS = [0.0] * len(TOLD)
ROUNDED_FROM = 0.5  # of the time: see model.rounded


class Marker(nn.Module):
    """The encoder of the language model with the layers that mark words and tell the kind of news."""

    def __init__(self, weights, labels):
        super().__init__()
        self.encoder = Network(labels)
        self.encoder.load_state_dict(weights)
        cases = self.encoder.cases.weight.data
        self.encoder.cases = nn.Embedding.from_pretrained(torch.cat([cases, cases]), freeze=False)  # headline, text
        for part in ("tasks", "arc_dep", "arc_head", "rel_dep", "rel_head", "arc_weight", "rel_weight", "root"):
            delattr(self.encoder, part)
        self.encoder.freeze()
        self.encoder.positions.requires_grad_(False)  # both tables are those of the model file
        width = self.encoder.width
        self.told = nn.Linear(len(TOLD), width, bias=False)
        nn.init.zeros_(self.told.weight)
        self.marks, self.look, self.kinds = (
            nn.Linear(width, len(MARKS)),
            nn.Linear(width, 1),
            nn.Linear(width, len(KINDS)),
        )

    def forward(self, ids, cases, first, told, mask, real):
        """Scores of the marks (batch, words, MARKS) and of the kinds (batch, KINDS); `real`: where there is a word."""
        words = self.encoder(ids, cases, first, mask, self.told(told))
        weights = self.look(words).masked_fill(~real[..., None], -1e4).softmax(1)
        return self.marks(words), self.kinds((weights * words).sum(1))


class Encoder:
    """Reports to numbers; `told`: what the rules tell of each, by title and text."""

    def __init__(self, told):
        self.told = told
        facts = {entry.key: entry.value for entry in onnx.load(RELEASED).metadata_props}
        self.pieces = WordPieces(Tokenizer.from_str(facts["tokenizer"]))
        config = {"nlp": {"tokenizer": {"@tokenizers": "newsbeam.WordTokenizer.v1"}}}
        self.cut = spacy.blank("en", config=config).tokenizer

    def words(self, text, spans, told):
        """(words, spaces, marks, flags): one row of marks and one of flags a word."""
        doc = self.cut(text)
        solid = [token for token in doc if not token.is_space]
        spaces = [bool(t.whitespace_) or doc[t.i + 1 : t.i + 2].text.isspace() for t in solid]
        ends = [(t.idx, t.idx + len(t)) for t in solid]
        marks = [[any(a < end and b > start for a, b in spans[m]) for m in MARKS.values()] for start, end in ends]
        flags, seen = [], Counter()
        for token in solid:
            flags.append(told.get((token.lower_, seen[token.lower_]), NO_FLAGS))
            seen[token.lower_] += 1
        return [t.text for t in solid], spaces, marks, flags

    def encode(self, report):
        """(words of the title, of the text, kinds, flags of the whole)."""
        of_title, of_text = self.told[report.title, report.text]
        title = self.words(report.title, report.title_spans, of_title)
        return title, self.words(report.text, report.text_spans, of_text), report.kinds, of_text[None, 0]

    def numbers(self, encoded, rng=None, other=None):
        """(ids, cases, first, told, marks, kinds) of an encoded report; with `rng`, as it is altered for training.

        Behind some reports stands the end of an `other` one: pages are full of what is not their news.
        """
        (title, spaces, marks, flags), (words, gaps, below, told), kinds, whole = encoded
        if rng:
            if rng.random() < NO_TITLE:
                title, spaces, marks, flags = [], [], [], []
            title = recase(title, rng)
            if other and other is not encoded and rng.random() < FOLLOWED:
                cut = -rng.randrange(30, 120)
                more, wide, _, others = (part[cut:] for part in other[1])
                words, gaps, below = words + more, gaps + wide, below + [[False] * len(MARKS)] * len(more)
                told = told + [demoted(row) for row in others]
        ids, cases, first = (torch.tensor(x) for x in self.pieces.opening((title, spaces), (words, gaps)))
        of_word = torch.bucketize(torch.arange(len(ids)), first, right=True)  # from 1; 0: no word's
        rows = torch.tensor([whole, *flags, *told][: len(first) + 1], dtype=torch.float)
        beside = torch.from_numpy(by_piece(rows.numpy(), first.numpy(), len(ids)))
        if rng:
            hidden = torch.tensor([False, *(rng.random() < HIDDEN for _ in first)])
            ids = torch.where(hidden[of_word], self.pieces.mask, ids)
            ids[-1] = self.pieces.end
            beside *= rng.random() >= UNTOLD
        share = torch.tensor([(kind in kinds) / len(kinds) for kind in KINDS])
        return ids, cases, first, beside, torch.tensor([*marks, *below][: len(first)], dtype=torch.float), share


def read_told(path):
    """{(title, text): (flags of the title, of the text)}, the flags by (word, how often it stood before)."""
    told = {}
    for title, text, parts in map(json.loads, path.read_text("utf-8").splitlines()):
        told[title, text] = tuple(
            {(word, before): [float(n in on) for n in range(len(TOLD))] for word, before, on in part} for part in parts
        )
    return told


def demoted(row):
    """The flags of a word in an article whose news is another."""
    below = [max(pair) for pair in zip(row[:OTHERS], row[OTHERS : 2 * OTHERS], strict=True)]
    return [0.0] * OTHERS + below + [0.0] + row[2 * OTHERS + 1 :]


def recase(words, rng):
    """A headline as other papers write it."""
    chance = rng.random()
    if chance < UPPER:
        return [word.upper() for word in words]
    return [word[:1].upper() + word[1:] for word in words] if chance < TITLED else words


def collate(samples):
    """One batch, padded: ids, cases (reports, pieces) and first (reports, words) int64, told (reports, pieces, TOLD)
    float, mask and real bool of the shapes of ids and first, marks (reports, words, MARKS) and kinds (reports, KINDS)
    float."""
    ids, cases, first, told, marks, kinds = zip(*samples, strict=True)
    pad = nn.utils.rnn.pad_sequence
    mask, real = (pad([torch.ones(len(x), dtype=torch.bool) for x in xs], True) for xs in (ids, first))
    told = pad(told, True)
    return pad(ids, True), pad(cases, True), pad(first, True), told, mask, real, pad(marks, True), torch.stack(kinds)


def batches(encoded, rng):
    """The reports in random order, those of a batch of like length."""
    order = rng.sample(range(len(encoded)), len(encoded))
    chunks = [
        sorted(order[i : i + 12 * BATCH], key=lambda k: len(encoded[k][1][0])) for i in range(0, len(order), 12 * BATCH)
    ]
    found = [chunk[i : i + BATCH] for chunk in chunks for i in range(0, len(chunk), BATCH)]
    return rng.sample(found, len(found))


def loss_of(marker, batch):
    *numbers, marks, kinds = batch
    real = numbers[-1]
    with torch.autocast("cpu", torch.bfloat16):
        said, kind = marker(*numbers)
    each = F.binary_cross_entropy_with_logits(said.float(), marks, reduction="none")
    return (each * real[..., None]).sum() / real.sum() - OF_KIND * (kinds * kind.float().log_softmax(-1)).sum(-1).mean()


@torch.no_grad()
def measure(marker, encoder, encoded):
    """{mark: F1 over words} and the share of reports whose kind is right."""
    hits, right = torch.zeros(3, len(MARKS)), 0
    marker.eval()
    for each in encoded:
        *numbers, marks, _ = collate([encoder.numbers(each)])
        said, kind = marker(*numbers)
        found = said[0] > 0
        hits += torch.stack([(found & (marks[0] > 0)).sum(0), found.sum(0), (marks[0] > 0).sum(0)])
        right += KINDS[int(kind.argmax())] in each[2]
    marker.train()
    f1 = 2 * hits[0] / (hits[1] + hits[2]).clamp(min=1)
    return dict(zip(MARKS.values(), f1.tolist(), strict=True)) | {"kind": right / len(encoded)}


def train(marker, encoder, encoded, kept_out, args):
    """Train for `args.minutes`; OUT/marker.pt holds the running mean of the weights after each round."""
    rng = random.Random(args.seed)
    groups = [{"params": [], "lr": args.rate}, {"params": [], "lr": ON_TOP * args.rate}]
    for name, weights in marker.named_parameters():
        if weights.requires_grad:
            groups[not name.startswith("encoder")]["params"].append(weights)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    top = [group["lr"] for group in groups]
    mean = {name: value.detach().clone() for name, value in marker.state_dict().items()}
    begin, step, spent = time.time(), 0, 0.0
    while spent < 1:
        for numbers in batches(encoded, rng):
            spent = (time.time() - begin) / 60 / args.minutes
            for layer in marker.encoder.layers:
                layer.rounds = spent >= ROUNDED_FROM
            for group, rate in zip(optimizer.param_groups, top, strict=True):
                group["lr"] = rate * max(0.0, min((step + 1) / WARM, 1 - spent))
            loss = loss_of(marker, collate([encoder.numbers(encoded[n], rng, rng.choice(encoded)) for n in numbers]))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(marker.parameters(), 1.0)
            optimizer.step()
            step += 1
            kept = min(AVERAGED, step / (step + 10))
            for name, value in marker.state_dict().items():
                mean[name].lerp_(value, 1 - kept)
            if spent >= 1:
                break
        trained = {name: value.clone() for name, value in marker.state_dict().items()}
        marker.load_state_dict(mean)
        torch.save(mean, args.out / "marker.pt")
        figures = " ".join(f"{name} {value:.3f}" for name, value in measure(marker, encoder, kept_out).items())
        print(f"{spent:.2f} of the time, {step} steps, loss {loss.item():.3f}: {figures}", flush=True)
        marker.load_state_dict(trained)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("told", type=Path, help="what the rules tell of the reports, by telling.py")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--start", type=Path, help="a marker.pt to go on from; else from the language model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    encoder = Encoder(read_told(args.told))
    learned, kept_out = ([encoder.encode(each) for each in read_reports(folder)] for folder in (REPORTS, KEPT_OUT))
    print(f"{len(learned)} reports, {len(kept_out)} kept out", flush=True)
    marker = Marker(*read_model(RELEASED))
    if args.start:
        missing, unknown = marker.load_state_dict(torch.load(args.start), strict=False)
        assert not unknown and set(missing) <= {"told.weight"}, "not a marker, nor one that knows nothing of the rules"
    train(marker.train(), encoder, learned, kept_out, args)


if __name__ == "__main__":
    main()
