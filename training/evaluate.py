"""Measure a pipeline from raw text: `python evaluate.py CORPUS [--set name ...] [--pipeline NAME]` prints a table.

Trees: spaCy's Scorer on our own tokens and sentences (an error in either costs points), without punctuation. Names:
exact character spans of PERSON, ORG and LOC (GPE, LOC and FAC count as LOC); a span that touches a word which the
corpus leaves open is not counted. The raw text of a corpus is its words with the white space after them, paragraphs
a blank line apart.
"""

import argparse
import collections
import json
import re
import time
from pathlib import Path

import spacy
from spacy.scorer import PRFScore, Scorer
from spacy.tokens import Doc
from spacy.training import Example

from transforms.language import load_language

FOLD = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
RELATIONS = ("nsubj", "obj", "nsubj:pass", "obl:agent", "obl", "nmod")
SENTENCES = Path(__file__).parent.parent / "tests/data/news_sentences.jsonl"
NEWSWIRE = Path(__file__).parent.parent / "tests/data/newswire_names.txt"
MARKED = re.compile(r"\[([^|\]]+)\|(\w+)\]")
RUNNING_TEXT = ("news", "interview", "bio", "voyage", "speech")  # genres of GUM written as running text


def read(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def gold_doc(vocab, sample):
    """The sample as a spaCy document whose text is the raw text: paragraphs stand a blank line apart."""
    words, spaces, place = [], [], []
    paragraphs = set(sample.get("paragraphs", ())) - {0}
    for i, (word, space) in enumerate(zip(sample["words"], sample["spaces"], strict=True)):
        if i in paragraphs:
            spaces[-1] = False
            words.append("\n\n")
            spaces.append(False)
        place.append(len(words))
        words.append(word)
        spaces.append(space)
    doc = Doc(vocab, words=words, spaces=spaces)
    if "heads" in sample:
        _set_trees(doc, sample, place)
    return doc, place


def _set_trees(doc, sample, place):
    for i, at in enumerate(place):
        token = doc[at]
        token.tag_, token.pos_, token.lemma_ = (sample[key][i] for key in ("tags", "pos", "lemmas"))
    solid = {at: i for i, at in enumerate(place)}
    heads, deps, last = [], [], 0
    for at in range(len(doc)):
        i = solid.get(at)
        last = at if i is not None else last
        heads.append(place[sample["heads"][i]] if i is not None else last)
        deps.append(sample["deps"][i] if i is not None else "dep")
    full = Doc(
        doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc], heads=heads, deps=deps,
    )  # fmt: skip
    doc.from_array(["HEAD", "DEP"], full.to_array(["HEAD", "DEP"]))


def trees(nlp, samples):
    """{measure: value} on samples with trees."""
    gold = [gold_doc(nlp.vocab, s)[0] for s in samples]
    examples = [Example(p, g) for p, g in zip(nlp.pipe([g.text for g in gold]), gold, strict=True)]
    scores = Scorer.score_deps(examples, "dep", ignore_labels=("punct",), getter=_value)
    scores |= Scorer.score_token_attr(examples, "tag", getter=_value)
    scores |= Scorer.score_token_attr(examples, "pos", getter=_value)
    scores |= Scorer.score_token_attr(examples, "lemma", getter=_value)
    out = {name: scores[key] for name, key in (("uas", "dep_uas"), ("las", "dep_las"), ("tags", "tag_acc"))}
    out |= {"pos": scores["pos_acc"], "lemmas": scores["lemma_acc"], "sents": sentence_starts(examples)}
    per = scores["dep_las_per_type"]
    return out | {name: per.get(name, {"f": 0})["f"] for name in RELATIONS}


def _value(token, name):
    return token.dep_ if name == "dep" else getattr(token, f"{name}_" if name in ("tag", "pos", "lemma") else name)


def sentence_starts(examples):
    """F1 of the characters at which sentences start."""
    score = PRFScore()
    for example in examples:
        sets = []
        for doc in (example.predicted, example.reference):
            solid = ([t for t in sent if not t.is_space] for sent in doc.sents)
            sets.append({words[0].idx for words in solid if words})
        score.score_set(*sets)
    return score.fscore


def names(nlp, samples):
    """{label: (precision, recall, F1, gold spans)} for PERSON, ORG, LOC and all."""
    counts = collections.Counter()
    gold = [gold_doc(nlp.vocab, s) for s in samples]
    for sample, (doc, place), found in zip(samples, gold, nlp.pipe([g.text for g, _ in gold]), strict=True):
        want = {_span(doc, place, a, b, label) for a, b, label in sample["names"]}
        want = {span for span in want if span[2]}
        open_chars = {
            c for i in sample["unknown"] for c in range(doc[place[i]].idx, doc[place[i]].idx + len(doc[place[i]]))
        }
        got = {(e.start_char, e.end_char, FOLD[e.label_]) for e in found.ents if e.label_ in FOLD}
        got = {s for s in got if s in want or not open_chars & set(range(s[0], s[1]))}
        count_spans(counts, want, got)
    return figures(counts)


def count_spans(counts, want, got):
    """Add one text's spans to the counts, by label and all together."""
    for label in ("PERSON", "ORG", "LOC"):
        w, g = ({s for s in spans if s[2] == label} for spans in (want, got))
        for key in (label, "all"):
            counts[key, "hit"] += len(w & g)
            counts[key, "want"] += len(w)
            counts[key, "got"] += len(g)


def figures(counts):
    """{label: (precision, recall, F1, gold spans)}."""
    return {key: _prf(counts, key) for key in ("PERSON", "ORG", "LOC", "all")}


def _span(doc, place, start, end, label):
    first, last = doc[place[start]], doc[place[end - 1]]
    return first.idx, last.idx + len(last), FOLD.get(label.split("|")[0])


def _prf(counts, key):
    p, r = counts[key, "hit"] / max(1, counts[key, "got"]), counts[key, "hit"] / max(1, counts[key, "want"])
    return round(p, 3), round(r, 3), round(2 * p * r / max(p + r, 1e-9), 3), counts[key, "want"]


def regions(nlp, samples):
    """{region: "names F1, relations recall, sentences"} of the project's own sentences (tests/data)."""
    counts = collections.defaultdict(collections.Counter)
    for sample, doc in zip(samples, nlp.pipe([s["text"] for s in samples]), strict=True):
        want = {tuple(name.rsplit(" ", 1)) for name in sample["names"]}
        got = {(e.text, e.label_) for e in doc.ents if e.label_ in FOLD or e.label_ == "NORP"}
        found = {f"{t.text} {t.dep_} {t.head.text}" for t in doc}
        for key in (sample["region"], "all"):
            counts[key]["hit"] += len(want & got)
            counts[key]["names"] += len(want) + len(got)
            counts[key]["right"] += len(found & set(sample["relations"]))
            counts[key]["relations"] += len(sample["relations"])
            counts[key]["sentences"] += 1
    return {
        key: f"names {2 * c['hit'] / c['names']:.3f} relations {c['right'] / c['relations']:.3f} (n {c['sentences']})"
        for key, c in counts.items()
    }


def read_marked(path):
    """(region, text, {(start, end, label)}) of each sentence of a file with names in brackets: "[Gao|LOC]"."""
    region = ""
    for line in path.read_text("utf8").splitlines()[1:]:
        if line.startswith("# "):
            region = line[2:]
            continue
        text, spans, at = "", set(), 0
        for mark in MARKED.finditer(line):
            text += line[at : mark.start()] + mark[1]
            spans.add((len(text) - len(mark[1]), len(text), mark[2]))
            at = mark.end()
        yield region, text + line[at:], {span for span in spans if span[2] in FOLD}


def newswire(nlp, path=NEWSWIRE):
    """{region: {label: (precision, recall, F1, gold spans)}} on the project's own newswire sentences."""
    counts = collections.defaultdict(collections.Counter)
    rows = list(read_marked(path))
    for (region, _, want), doc in zip(rows, nlp.pipe([text for _, text, _ in rows]), strict=True):
        got = {(e.start_char, e.end_char, FOLD[e.label_]) for e in doc.ents if e.label_ in FOLD}
        for place in (region, "all"):
            count_spans(counts[place], want, got)
    return {place: figures(count) for place, count in counts.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--part", default="test", help="dev or test")
    parser.add_argument("--pipeline", default="newsbeam", help="any spaCy pipeline's name")
    parser.add_argument("--model", type=Path, help="a model file to measure in place of the packaged one")
    args = parser.parse_args()
    nlp = load_language(args.pipeline)
    if args.model:
        nlp.get_pipe("newsbeam_parser").from_bytes(args.model.read_bytes())
    for name in ("ewt", "gum"):
        samples = read(args.corpus / f"{name}_{args.part}.jsonl")
        report(f"{name} {args.part}", trees(nlp, samples))
        if name == "gum":
            running = [s for s in samples if s["id"].split("_")[1] in RUNNING_TEXT]
            news = [s for s in samples if s["id"].split("_")[1] == "news"]
            for kind, part in (("running text", running), ("news", news)):
                if part:
                    report(f"gum {args.part}, {kind}", trees(nlp, part))
    for name in ("ewt", "crossner", "wikigold", "gum", "re3d_bbc"):
        path = args.corpus / f"{name}_{args.part}.jsonl"
        if path.exists():
            report(f"names {name} {args.part}", names(nlp, read(path)))
    for region, values in regions(nlp, read(SENTENCES)).items():
        print(f"{'own sentences, ' + region:28} {values}")
    for region, values in newswire(nlp).items():
        report(f"newswire, {region}", values)
    speed(nlp, read(args.corpus / f"gum_{args.part}.jsonl"))


def report(title, values):
    parts = (f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v[2]:.3f} (n {v[3]})" for k, v in values.items())
    print(f"{title:28} {'  '.join(parts)}", flush=True)


def speed(nlp, samples):
    """Words a second of processor time, best of three."""
    texts = [gold_doc(spacy.blank("en").vocab, s)[0].text for s in samples]
    best = 0.0
    for _ in range(3):
        begin = time.process_time()
        count = sum(len(doc) for doc in nlp.pipe(texts))
        best = max(best, count / (time.process_time() - begin))
    print(f"{'speed':28} {best:.0f} words/s of processor time")


if __name__ == "__main__":
    main()
