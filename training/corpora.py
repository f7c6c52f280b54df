"""Read the openly licensed corpora into one form.

A *sample* is a dict, one line of `corpus/*.jsonl`:

`words` list[str], `spaces` list[bool] (white space after the word), `starts` list[int] (first words of sentences),
`paragraphs` list[int] (first words of paragraphs); with trees also `tags`, `pos`, `lemmas`, `deps` list[str] and
`heads` list[int] (a root's head is itself); with names also `names` list[[start, end, labels]] (`labels`: one label,
or several joined by "|" where the corpus does not tell them apart), `silent` list[str] (labels that the corpus does
not annotate: absence says nothing) and `unknown` list[int] (words whose label is not known).
"""

import collections
import json
import re
from pathlib import Path

from gazetteer import is_demonym, is_named_event, place_labels, strip_title

NAME_LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WEAPON")
GLUE_LEFT = {*".,;:?!)]}%", "'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "'", "''"}
GLUE_LEFT |= {"\u201d", "\u2019", "\u2026", "\u2019s"}
GLUE_RIGHT = {*"([{$#£€", "\u201c", "\u2018", "``"}
SMALL_WORDS = {"of", "the", "and", "for", "in", "de", "del", "la", "al", "el", "bin", "ibn", "van", "von", "on", "to"}
SMALL_WORDS |= {"da", "do", "dos", "des", "du", "di", "e", "y", "ul", "as", "'s", "\u2019s", "-", "\u2013", "."}
SMALL_WORDS |= {"&", "'", "/"}
COLUMNS = ("words", "spaces", "starts", "paragraphs", "tags", "pos", "lemmas", "heads", "deps")
APART = {"appos", "acl:relcl", "acl", "list", "parataxis", "nmod:poss", "orphan"}  # not part of a name


def conllu(path):
    """Yield (document id, sentences); a sentence is a dict of its comments and rows (list of CoNLL-U columns)."""
    name, sentences, rows, comments = None, [], [], {}
    for line in [*Path(path).read_text("utf8").splitlines(), ""]:
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            if key.strip() == "newdoc id":
                if sentences:
                    yield name, sentences
                name, sentences = value.strip(), []
            comments[key.strip()] = value.strip()
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            sentences.append({"comments": comments, "rows": rows})
            rows, comments = [], {}
    if sentences:
        yield name, sentences


def _sentence_words(rows):
    """(syntactic word rows, white space after each) of one sentence, multi-word tokens taken apart."""
    words, spaces, inside = [], [], {}
    for row in rows:
        glued = "SpaceAfter=No" in row[9]
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            inside.update(dict.fromkeys(range(first, last), False))
            inside[last] = not glued
        elif "." not in row[0]:
            words.append(row)
            spaces.append(inside.get(int(row[0]), not glued))
    return words, spaces


def tree_sample(name, sentences):
    """One document with trees: a sample without names; `rows` and `ids` are for the readers of names below."""
    out = {"id": name, **{k: [] for k in COLUMNS}}
    out["rows"], out["ids"] = [], []
    for sentence in sentences:
        base = len(out["words"])
        rows, spaces = _sentence_words(sentence["rows"])
        out["starts"].append(base)
        out["ids"].append(sentence["comments"].get("sent_id"))
        if any(key.split()[0] == "newpar" for key in sentence["comments"]) or not base:
            out["paragraphs"].append(base)
        out["words"] += [r[1] for r in rows]
        out["spaces"] += spaces
        out["lemmas"] += [r[2] for r in rows]
        out["pos"] += [r[3] for r in rows]
        out["tags"] += [r[4] for r in rows]
        out["heads"] += [base + (int(r[6]) - 1 if r[6] != "0" else i) for i, r in enumerate(rows)]
        out["deps"] += [r[7] if r[6] != "0" else "ROOT" for r in rows]
        out["rows"] += rows
    return out


def bio_spans(tags):
    """Yield (start, end, type) of BIO tags; an I without a B before it opens a span."""
    start = None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and (tag[:2] != "I-" or tag[2:] != tags[start][2:]):
            yield start, i, tags[start][2:]
            start = None
        if start is None and tag[:2] in ("B-", "I-"):
            start = i


def _columns(path, word, tag):
    """Yield (words, tags) of a blank-line separated column file."""
    words, tags = [], []
    for line in [*Path(path).read_text("utf8").splitlines(), ""]:
        cells = line.split()
        if cells and not line.startswith("# ") and "DOCSTART" not in line:
            words.append(cells[word])
            tags.append("O" if cells[tag] == "B-O" else cells[tag])
        elif not cells and words:
            yield words, tags
            words, tags = [], []


def guess_spaces(words):
    """White space after each word of a text that was stored as words only."""
    spaces, quoted = [True] * len(words), False
    for i, word in enumerate(words):
        if i and word in GLUE_LEFT:
            spaces[i - 1] = False
        if word in GLUE_RIGHT:
            spaces[i] = False
        if word == '"':
            if quoted and i:
                spaces[i - 1] = False
            elif not quoted:
                spaces[i] = False
            quoted = not quoted
    return spaces


def named_spans(words, spans, mapping):
    """(names, unknown) of a corpus' spans: `mapping` gives our label, None where we cannot say which."""
    names, unknown = [], []
    for start, end, kind in spans:
        label = mapping[kind]
        text = " ".join(words[start:end])
        if end - start == 1 and label in ("PERSON", "ORG") and is_demonym(text):
            label = "NORP"
        elif label == "PERSON":
            start = strip_title(words, start, end)
        elif label == "LOC":
            label = place_labels(text)
        elif label is None and is_demonym(text):
            label = "NORP"
        elif label is None and is_named_event(text):
            label = "EVENT"
        if label is None:
            unknown += range(start, end)
        elif start < end:
            names.append([start, end, label])
    return names, unknown


def column_samples(path, word, tag, mapping, silent):
    """Samples of a column file with names and no trees, one sentence each."""
    for words, tags in _columns(path, word, tag):
        names, unknown = named_spans(words, bio_spans(tags), mapping)
        yield {
            "words": words, "spaces": guess_spaces(words), "starts": [0], "names": names, "unknown": unknown,
            "silent": silent,
        }  # fmt: skip


def uner_names(path):
    """{sentence id: (words, tags)} of a UNER file."""
    out, name, words, tags = {}, None, [], []
    for line in [*Path(path).read_text("utf8").splitlines(), ""]:
        if line.startswith("# sent_id"):
            name = line.split("=", 1)[1].strip()
        elif line and line[0] != "#":
            cells = line.split("\t")
            words.append(cells[1])
            tags.append("O" if cells[2] == "B-O" else cells[2])
        elif not line and words:
            out[name] = words, tags
            words, tags = [], []
    return out


def add_uner(sample, uner):
    """Put the names of UNER on an EWT document; a sentence that it lacks or splits otherwise stays unknown."""
    names, unknown = [], []
    for name, start, end in zip(
        sample["ids"], sample["starts"], [*sample["starts"][1:], len(sample["words"])], strict=True
    ):
        words, tags = uner.get(name, ([], []))
        if words != sample["words"][start:end]:
            unknown += range(start, end)
            continue
        mapping = {"PER": "PERSON", "LOC": "LOC", "ORG": "ORG", "OTH": None}
        found, missing = named_spans(words, bio_spans(tags), mapping)
        names += [[start + a, start + b, label] for a, b, label in found]
        unknown += [start + i for i in missing]
    return sample | {"names": names, "unknown": unknown, "silent": ["NORP", "EVENT", "WEAPON"]}


def gum_mentions(rows):
    """Yield (start, end, type) of GUM's nested mentions."""
    opened = collections.defaultdict(list)
    for i, row in enumerate(rows):
        found = re.search(r"(?:^|\|)Entity=([^|]+)", row[9])
        for part in re.findall(r"\([^()]*\)?|[^()]*\)", found[1]) if found else ():
            fields = part.strip("()").split("-")
            if part[0] == "(":
                if part[-1] == ")":
                    yield i, i + 1, fields[1]
                else:
                    opened[fields[0]].append((i, fields[1]))
            elif opened[fields[0]]:
                start, kind = opened[fields[0]].pop()
                yield start, i + 1, kind


def _name_core(sample, start, end, kind):
    """The proper name inside a mention: the words around its head that belong to the name; None if there is none."""
    heads, words, deps = sample["heads"], sample["words"], sample["deps"]
    inside = range(start, end)
    head = next((i for i in inside if heads[i] not in inside or heads[i] == i), start)
    if sample["pos"][head] != "PROPN":
        return None

    def apart(i):
        for _ in range(20):
            if i == head or i not in inside:
                return False
            if deps[i] in APART or (deps[i] in ("conj", "nmod") and kind != "organization" and i != head):
                return True
            i = heads[i]
        return True

    def part(i):
        word, pos = words[i], sample["pos"][i]
        return not apart(i) and (pos in ("PROPN", "NUM") or word[:1].isupper() or word.lower() in SMALL_WORDS)

    left, right = head, head + 1
    while left > start and part(left - 1):
        left -= 1
    while right < end and part(right):
        right += 1
    while (
        left < head and not words[left][:1].isupper() and words[left].lower() not in ("al", "bin", "de", "van", "von")
    ):
        left += 1
    while left < head and words[left].lower() in ("the", "a", "an", "this", "our", "my", "her", "his"):
        left += 1
    while right > head + 1 and not (words[right - 1][:1].isupper() or words[right - 1][:1].isdigit()):
        right -= 1
    return left, right


def add_gum_names(sample):
    """Turn GUM's mentions of named people, organisations, places and events into names; what is unsure is unknown."""
    kinds = {"person": "PERSON", "organization": "ORG", "place": "LOC", "event": "EVENT"}
    names, covered, unsure = [], set(), set()
    for start, end, kind in sorted(gum_mentions(sample["rows"]), key=lambda m: m[0] - m[1]):
        core = _name_core(sample, start, end, kind)
        if core is None or covered & set(range(*core)):
            continue
        if kind not in kinds:
            unsure |= set(range(*core))
            continue
        found, _ = named_spans(sample["words"][slice(*core)], [(0, core[1] - core[0], kind)], kinds)
        names += [[core[0] + a, core[0] + b, label] for a, b, label in found]
        covered |= set(range(*core))
    for i, (word, pos) in enumerate(zip(sample["words"], sample["pos"], strict=True)):
        if i in covered:
            continue
        if word[:1].isupper() and is_demonym(word):
            names.append([i, i + 1, "NORP"])
        elif pos == "PROPN" and strip_title([word, "X"], 0, 2) == 0:
            unsure.add(i)
    unknown = sorted(unsure - covered)
    return sample | {"names": sorted(names), "unknown": unknown, "silent": ["NORP", "WEAPON"]}


def json_lines(path):
    return [json.loads(line) for line in Path(path).read_text("utf-8-sig").splitlines() if line.strip()]
