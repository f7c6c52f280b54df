"""Count the words of openly licensed English texts, and write how common each stem is.

    python -m training.count_words FOLDER > transforms/stories/word_rarity.txt

FOLDER holds the corpora named in CORPORA. What is written: one line for each degree of rarity, "RARITY stem stem ...",
where rarity is minus the natural logarithm of the share of 300-word texts that hold the stem, in tenths.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from transforms.stories.words import terms

CORPORA = {  # pattern: column of the word, or key of the text
    "ud_ewt/*.conllu": 1,
    "ud_gum_permissive/*.conllu": 1,
    "wikigold/*.conll.txt": 0,
    "crossner_politics/*.txt": 0,
    "meantime/*.conll": 3,
    "geneva/data/*.json": "sentence",
    "re3d/[!B]*/documents.json": "text",  # BBC Online is not openly licensed
}
ARTICLE_WORDS = 300
LEAST_COUNT = 2


def corpus_terms(path: Path, where: int | str) -> Iterator[str]:
    """The stems of one file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if isinstance(where, str):
            yield from terms(json.loads(line)[where])
        elif len(fields := line.split("\t" if "\t" in line else None)) > where and not line.startswith("#"):
            yield from terms(fields[where])


def rarity(count: int, total: int) -> int:
    """Minus the logarithm of the share of articles that hold a word, in tenths."""
    return round(-10 * math.log(1 - math.exp(-ARTICLE_WORDS * count / total)))


def main(folder: str) -> None:
    counts = Counter()
    for pattern, where in CORPORA.items():
        for path in sorted(Path(folder).glob(pattern)):
            counts.update(corpus_terms(path, where))
    by_rarity = defaultdict(list)
    for word, count in counts.items():
        if count >= LEAST_COUNT:
            by_rarity[rarity(count, 2 * sum(counts.values()))].append(word)  # stop words are as many again
    for degree in sorted(by_rarity):
        print(degree, *sorted(by_rarity[degree]))


if __name__ == "__main__":
    main(sys.argv[1])
