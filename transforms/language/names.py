"""Scores to names: well-formed spans in a window, one kind for a name in a document."""

import collections
import dataclasses
import re
from pathlib import Path

import numpy as np

KNOWN = Path(__file__).parent / "data" / "known_names.tsv"
LONGEST_SPREAD = 6  # words of a name whose other mentions are looked for
ARTICLES = {"the", "a", "an"}
BEARING = re.compile(r"-|(north|south|east|west|mid)[a-z]*|central")  # lower-case: "northern Mali" names Mali
NEVER = np.float32(-1e9)


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """A name of words `start` to `end`; `evidence` float (kinds,): how likely each kind is for it, sum 1."""

    start: int
    end: int
    label: str
    evidence: np.ndarray


def fold(name: str) -> str:
    """A name without case, signs and blanks: "al-Qaeda" and "Al Qaeda" are one."""
    return "".join(c for c in name.casefold() if c.isalnum())


def _without_bearing(name: Name, words: list[str]) -> Name:
    start = name.start
    while start < name.end - 1 and BEARING.fullmatch(words[start]):
        start += 1
    return dataclasses.replace(name, start=start)


class NameDecoder:
    """Reads names from BIO scores.

    Args:
        labels: "O", then "B-" and "I-" of each kind.
    """

    def __init__(self, labels: list[str]):
        self.labels = labels
        self.kinds = [label[2:] for label in labels if label[0] == "B"]
        self._begin = np.array([labels.index(f"B-{kind}") for kind in self.kinds])
        self._inside = np.array([labels.index(f"I-{kind}") for kind in self.kinds])
        inner = np.array([label[0] == "I" for label in labels])
        kind = np.array([label[2:] for label in labels])
        self._follows = ~inner[None, :] | (kind[:, None] == kind[None, :])
        lines = KNOWN.read_text("utf8").splitlines()
        rows = (line.split("\t") for line in lines if line[0] != "#")
        self._known = {fold(name): kind for kind, name in rows}

    def decode(self, scores: np.ndarray) -> list[Name]:
        """The best well-formed reading of scores float (n, labels).

        Mostly each word's best label already fits with its neighbours'; else Viterbi over what may follow what.
        """
        best = scores.argmax(1)
        before = np.concatenate([[0], best[:-1]])  # a window begins as after O
        if not self._follows[before, best].all():
            best = self._viterbi(scores)
        out, start = [], None
        for i, tag in enumerate([*(self.labels[b] for b in best), "O"]):
            if start is not None and tag[0] != "I":
                out.append(self._name(scores, start, i, self.labels[best[start]][2:]))
                start = None
            if tag[0] == "B":
                start = i
        return out

    def _name(self, scores, start, end, label) -> Name:
        chances = scores[start:end] - np.logaddexp.reduce(scores[start:end], 1, keepdims=True)
        total = (chances[0, self._begin] + chances[1:, self._inside].sum(0)) / (end - start)
        likely = np.exp(total - total.max())
        return Name(start, end, label, likely / likely.sum())

    def _viterbi(self, scores: np.ndarray) -> np.ndarray:
        penalty = np.where(self._follows, 0, NEVER)
        total = scores[0] + penalty[0]
        back = np.zeros(scores.shape, int)
        for i in range(1, len(scores)):
            steps = total[:, None] + penalty
            back[i] = steps.argmax(0)
            total = steps.max(0) + scores[i]
        path = [int(total.argmax())]
        for i in range(len(scores) - 1, 0, -1):
            path.append(int(back[i, path[-1]]))
        return np.array(path[::-1])

    def settle(self, names: list[Name], words: list[str], proper: list[bool]) -> list[Name]:
        """Make a document's names agree: one kind for a name, and no mention missed of a name found twice.

        One sense per discourse (Gale, Church and Yarowsky, 1992). A person's last name counts with the full name. The
        countries, armed groups, international bodies and media that we know by name are that wherever they stand, and
        a rank alone is no name.

        Args:
            names: of one document.
            words: the document's words, which the names' bounds count.
            proper: for each word, whether it is tagged as a proper noun.
        """
        names = [n for n in names if n.end - n.start > 1 or words[n.start].casefold() not in ARTICLES]
        names = [_without_bearing(name, words) for name in names]
        names = names + self._missed(names, words, proper)
        pool: dict[str, np.ndarray] = collections.defaultdict(lambda: np.zeros(len(self.kinds)))
        texts = [" ".join(words[n.start : n.end]) for n in names]
        for name, text in zip(names, texts, strict=True):
            pool[text] += name.evidence
        for name in names:
            last = words[name.end - 1]
            if name.label == "PERSON" and name.end - name.start > 1 and last in pool:
                pool[last] += name.evidence
        kinds = (self._kind(text, pool[text]) for text in texts)
        return [
            dataclasses.replace(name, label=kind) for name, kind in zip(names, kinds, strict=True) if kind != "NONE"
        ]

    def _missed(self, names: list[Name], words: list[str], proper: list[bool]) -> list[Name]:
        """Further mentions, without evidence, of names found at least twice, where the tagger sees a proper noun."""
        counts = collections.Counter(tuple(words[n.start : n.end]) for n in names)
        known = {name for name, count in counts.items() if count > 1 and len(name) <= LONGEST_SPREAD}
        firsts = {name[0] for name in known}
        taken = {i for n in names for i in range(n.start, n.end)}
        out = []
        for i, word in enumerate(words):
            if word not in firsts or not word[0].isupper():
                continue
            for size in range(min(LONGEST_SPREAD, len(words) - i), 0, -1):
                inside = range(i, i + size)
                if tuple(words[i : i + size]) in known and proper[i + size - 1] and taken.isdisjoint(inside):
                    out.append(Name(i, i + size, "", np.zeros(len(self.kinds))))
                    taken.update(inside)
        return out

    def _kind(self, text: str, evidence: np.ndarray) -> str:
        return self._known.get(fold(text)) or self.kinds[int(evidence.argmax())]
