"""Learn the lemma table: `python lemmas.py CORPUS LEMMAS.json`.

For each tag a word's lemma is an edit of its end ("ing" -> "e"). The table holds, for each tag, the endings at which
the best edit changes from that of the next shorter ending, down to whole words: look up the longest ending that is
there. Learned from the trees' training parts and, for inflected words, from the NIH SPECIALIST lexicon as lemminflect
(MIT) ships it.
"""

import argparse
import collections
import csv
import gzip
import importlib.util
import json
from pathlib import Path

from gazetteer import demonyms

from transforms.language.lemmas import edit_between

LONGEST_ENDING = 6
FORMS = {"noun": [["NNS"]], "verb": [["VBD", "VBN"], ["VBN"], ["VBG"], ["VBZ"]], "adj": [["JJR"], ["JJS"]]}
FORMS["adv"] = [["RBR"], ["RBS"]]
CORPUS_WEIGHT = 50  # the trees' own way wins over the lexicon
SLIPS = {("fled", "flead")}  # of the corpora


def corpus_rows(folder):
    """Yield (word, tag, lemma) of the trees' training parts."""
    for name in ("ewt", "gum"):
        for line in (folder / f"{name}_train.jsonl").read_text("utf8").splitlines():
            sample = json.loads(line)
            yield from zip(sample["words"], sample["tags"], sample["lemmas"], strict=True)


def lexicon_pairs():
    """Yield (tag, form, lemma) of the lexicon's inflected words."""
    folder = Path(importlib.util.find_spec("lemminflect").origin).parent  # not imported: that takes seconds
    with gzip.open(folder / "resources" / "infl_lu.csv.gz", "rt", encoding="utf8") as rows:
        for lemma, pos, *cells in csv.reader(rows):
            if lemma[:1].islower() and " " not in lemma:
                for tags, cell in zip(FORMS.get(pos, []), cells, strict=False):
                    yield from ((tag, form, lemma) for form in cell.split("/") if form for tag in tags)


def learn(counts):
    """{tag: {ending: edit}} of {tag: {word: Counter of edits}}."""
    table = {}
    for tag, words in counts.items():
        tag_table = table[tag] = {}
        for size in range(LONGEST_ENDING + 1):
            votes = collections.defaultdict(collections.Counter)
            for word, edits in words.items():
                if size <= len(word):
                    votes[word[len(word) - size :]][edits.most_common(1)[0][0]] += 1
            for ending, edits in votes.items():
                edit, count = edits.most_common(1)[0]
                if (count >= 3 or not size) and edit != _inherited(tag_table, ending):
                    tag_table[ending] = edit
        whole = {}
        for word, edits in words.items():
            edit = edits.most_common(1)[0][0]
            if edit != _inherited(tag_table, "^" + word):
                whole["^" + word] = edit
        tag_table |= whole
    return table


def capitals(samples):
    """Words other than names that the trees' lemmas keep a capital for ("Iraqi"), in small letters."""
    counts = collections.Counter()
    for word, tag, lemma in samples:
        if word[:1].isupper() and tag not in ("NNP", "NNPS") and lemma != "_" and len(word) > 1:
            counts[word.lower()] += 1 if lemma[:1].isupper() else -1
    return {"^" + word: "" for word, count in counts.items() if count > 0}


def _inherited(tag_table, ending):
    """The edit of the longest shorter ending, None where there is none."""
    found = (tag_table.get(ending[i:]) for i in range(1, len(ending) + 1))
    return next((edit for edit in found if edit is not None), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("lemmas", type=Path)
    args = parser.parse_args()
    counts = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for word, tag, lemma in corpus_rows(args.corpus):
        if lemma != "_" and (word, lemma) not in SLIPS and tag not in ("NNP", "NNPS", "GW", "ADD", "FW", "NFP", "XX"):
            lemma = lemma if lemma == "I" else lemma.lower()
            counts[tag][word.lower()][edit_between(word.lower(), lemma)] += CORPUS_WEIGHT
    for tag, form, lemma in lexicon_pairs():
        counts[tag][form][edit_between(form, lemma)] += 1
    table = learn(counts) | {"capital": capitals(corpus_rows(args.corpus)) | {f"^{word}": "" for word in demonyms()}}
    args.lemmas.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf8")
    print(f"{args.lemmas}: {args.lemmas.stat().st_size // 1024} kB, {sum(map(len, table.values()))} endings")


if __name__ == "__main__":
    main()
