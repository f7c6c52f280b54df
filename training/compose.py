"""Make names where the corpora have none: sentences from templates, and other names in the slots of real sentences.

Every sentence draws its names from one region of the world (names.toml), so that people, towns and parties fit.
"""

import functools
import random
import re
from pathlib import Path

import spacy
from gazetteer import cities_by_country, lists

from transforms.language.tokenizer import word_tokenizer

NOT_PEOPLES = 23  # the last demonyms of the list are of parties and bygone states
REGIONS = tuple(lists()["given"])
SLOT = re.compile(r"\{(\w+)\}")
LABELS = {
    "PERSON": "PERSON", "LAST": "PERSON", "GIVEN": "PERSON", "TOWN": "GPE", "CITYCAPS": "GPE", "STATE": "GPE",
    "COUNTRY": "GPE", "PROVINCE": "GPE", "NORP": "NORP", "LOC": "LOC", "FAC": "FAC", "EVENT": "EVENT",
    "WEAPON": "WEAPON",
}  # fmt: skip


class Region:
    """Names of one region of the world, drawn with `rng`.

    `draw` expands a kind by the grammar of names.toml (alternatives between bars, slots in braces); the kinds that
    depend on the region are in REGIONAL.
    """

    def __init__(self, rng):
        self.rng, self.key = rng, rng.choice(REGIONS)

    def draw(self, kind):
        """A name of a slot's kind, or a plain word for the kinds in small letters."""
        kind = kind.lower()
        if kind in REGIONAL:
            return REGIONAL[kind](self)
        chosen = self.rng.choice(_alternatives(kind))
        return SLOT.sub(lambda slot: self.draw(slot[1]), chosen)

    def _pick(self, table):
        return self.rng.choice(lists()[table][self.key].split()).replace("_", " ")

    def _number(self):
        return str(self.rng.choice([self.rng.randint(2, 40), self.rng.randint(2, 900), "two", "three", "a dozen"]))

    def _initial(self):
        return self.rng.choice("ABCDEFGHJKLMNPRSTW")

    def _town(self):
        if self.rng.random() < 0.35:
            return self.draw("towns")
        codes = [c for c in lists()["codes"][self.key].split() if c in cities_by_country()]
        return self.rng.choice(cities_by_country()[self.rng.choice(codes)])

    def _people(self):
        return self.rng.choice(lists()["demonyms"].split()[:-NOT_PEOPLES])

    def _letters(self):
        return "".join(self.rng.choices("ABCDEFGHIJKLMNOPRSTU", k=self.rng.choice([3, 3, 3, 4, 4])))


REGIONAL = {
    "given": lambda region: region._pick("given"),
    "last": lambda region: region._pick("family"),
    "country": lambda region: region._pick("countries"),
    "citycaps": lambda region: region._town().upper(),
    "town": Region._town,
    "n": Region._number,
    "initial": Region._initial,
    "norp": Region._people,
    "abbr": Region._letters,
}


@functools.cache
def _alternatives(kind):
    """The alternatives of a kind in the grammar; "3*x" stands for x three times."""
    out = []
    for one in lists()["grammar"][kind].split("|"):
        times, _, text = one.rpartition("*")
        out += [text] * int(times or 1)
    return out


@functools.cache
def _tokenizer():
    nlp = spacy.blank("en")
    return word_tokenizer(nlp.vocab, nlp.Defaults)


def _tokens(text):
    doc = _tokenizer()(text)
    return [t.text for t in doc], [bool(t.whitespace_) for t in doc]


def from_template(template, rng):
    """Fill one template: a sample with names only."""
    region, words, spaces, names = Region(rng), [], [], []
    for i, part in enumerate(SLOT.split(template)):
        text = region.draw(part) if i % 2 else part
        if not text.strip():
            if text and spaces:
                spaces[-1] = True
            continue
        if text[0] == " " and spaces:
            spaces[-1] = True
        more, gaps = _tokens(text.strip())
        gaps[-1] = text[-1] == " "
        if i % 2 and part.isupper():
            names.append([len(words), len(words) + len(more), LABELS.get(part, "ORG")])
        words, spaces = words + more, spaces + gaps
    return {"words": words, "spaces": spaces, "starts": [0], "names": names, "unknown": [], "silent": []}


def template_samples(count, seed=0):
    """Yield `count` samples from the templates."""
    rng = random.Random(seed)
    lines = (Path(__file__).parent / "templates.txt").read_text("utf8").splitlines()
    templates = [line for line in lines if line and line[0] != "#"]
    for _ in range(count):
        yield from_template(rng.choice(templates), rng)


def _other_name(label, size, region):
    """A name of the label, as long as the old one in kind; None for labels of which we have none."""
    if label == "PERSON":
        return region.draw("person" if size > 1 else "last")
    if label == "ORG":
        return region.draw("org" if size > 1 else "shortorg")
    if "GPE" in label:
        return region.draw("gpe")
    return region.draw(label) if label in ("LOC", "FAC", "NORP") else None


def swap_names(sample, rng):
    """The same sentence with other names in its slots (no trees: the name's inner structure changes)."""
    region, out = (
        Region(rng),
        {"words": [], "spaces": [], "starts": [0], "names": [], "unknown": [], "silent": sample["silent"]},
    )
    unknown, names = set(sample["unknown"]), {start: (end, label) for start, end, label in sample["names"]}
    i = 0
    while i < len(sample["words"]):
        end, label = names.get(i, (i + 1, None))
        words, spaces = sample["words"][i:end], sample["spaces"][i:end]
        other = label and rng.random() < 0.8 and _other_name(label, end - i, region)
        if other:
            words, gaps = _tokens(other)
            spaces = [*gaps[:-1], spaces[-1]]
            label = "GPE" if "GPE" in label else label
        base = len(out["words"])
        if label:
            out["names"].append([base, base + len(words), label])
        elif i in unknown:
            out["unknown"].append(base)
        out["words"] += words
        out["spaces"] += spaces
        i = end
    return out


def rename(sample, rng):
    """The same document with other single words in its names, everywhere the same: the trees stay true."""
    region, known, words = Region(rng), {}, list(sample["words"])
    for start, end, label in sample["names"]:
        for i in range(start, end):
            kind = _word_kind(label, i + 1 == end, end - start, words[i])
            if kind and words[i] not in known:
                new = region.draw(kind) if rng.random() < 0.8 else words[i]
                known[words[i]] = new if new.isalpha() else words[i]
    for start, end, _ in sample["names"]:
        for i in range(start, end):
            words[i] = known.get(words[i], words[i])
    return sample | {"words": words}


def _word_kind(label, last, size, word):
    """The kind of which another word may stand for this one, None where none may."""
    if not word.isalpha() or not word[0].isupper():
        return None
    if label == "PERSON":
        return "last" if last else "given"
    if size > 1:
        return None
    return {"GPE": "gpe", "GPE|LOC|FAC": "town", "ORG": "shortorg", "NORP": "norp"}.get(label)
