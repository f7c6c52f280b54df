"""Lemmas from a table of word endings, by tag. No spaCy but for the component at the end."""

import json
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

BUNDLED = Path(__file__).parent / "data" / "lemmas.json"
LONGEST_WORD = 40  # characters; a longer one is its own lemma
CACHED_WORDS = 50_000
NAMES = ("NNP", "NNPS")


def edit_between(form: str, lemma: str) -> str:
    """The edit of a word's end that turns `form` into `lemma`: how many characters go, then what comes ("3e")."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return f"{len(form) - same} {lemma[same:]}"


class Lemmas:
    """Looks lemmas up.

    Args:
        table: {tag: {ending: edit}}; the longest ending of "^" + word counts. Under "capital" the words, so
            marked, whose lemma keeps the capital they are written with ("Iraqi").
    """

    def __init__(self, table: dict[str, dict[str, str]]):
        self.table = table
        self._seen: dict[tuple[str, str], str] = {}

    def lemma(self, word: str, tag: str) -> str:
        """The lemma of `word` with a Penn tag; names keep their case, other words lose it."""
        found = self._seen.get((word, tag))
        if found is None:
            if len(self._seen) >= CACHED_WORDS:
                self._seen.clear()
            found = self._seen[word, tag] = self._look_up(word, tag)
        return found

    def _look_up(self, word: str, tag: str) -> str:
        if tag in NAMES or len(word) > LONGEST_WORD:
            return word
        low = word.lower()
        endings, marked = self.table.get(tag, {}), "^" + low
        for start in range(len(marked) + 1):
            edit = endings.get(marked[start:])
            if edit is not None:
                cut, _, new = edit.partition(" ")
                kept = word if word[0].isupper() and marked in self.table["capital"] else low
                return kept[: len(low) - int(cut)] + new or low
        return low


class Lemmatizer:
    """Sets `lemma_` from the words and their tags; stands after the parser."""

    def __init__(self):
        self._load(BUNDLED.read_text("utf8"))

    def _load(self, text: str) -> None:
        self._text = text
        self.lemmas = Lemmas(json.loads(text))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document in place."""
        for token in doc:
            token.lemma_ = token.text if token.is_space else self.lemmas.lemma(token.text, token.tag_)
        return doc

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the table into the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / "lemmas.json").write_text(self._text, "utf8")

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> "Lemmatizer":
        """Read the table that `to_disk` wrote."""
        self._load((Path(path) / "lemmas.json").read_text("utf8"))
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        return self._text.encode("utf8")

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Lemmatizer":
        self._load(data.decode("utf8"))
        return self


@Language.factory("newsbeam_lemmatizer", assigns=["token.lemma"], requires=["token.tag"])
def make_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    return Lemmatizer()
