"""Write what the rules tell of the reports in `reports`, which the marker learns to read beside them.

    python -m training.telling TOLD.jsonl

A line a report: its title, its text, and of both the words of which something is told: [word in lower case, how often
it stood before in this part, the numbers of what is told (`features.TOLD`)]. The word null is the article as a whole.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc

from training.reports import KEPT_OUT, REPORTS, Report, read_reports
from transforms.events.happenings import read_article
from transforms.events.headlines import plain_case
from transforms.events.nlp import load_pipeline, read_texts
from transforms.events.ontology import load_ontology
from transforms.events.told import read_told

Line = tuple[str, str, list[list[tuple]]]


def tell(reports: Sequence[Report]) -> Iterator[Line]:
    """The lines of some reports."""
    nlp, ontology = load_pipeline(), load_ontology()
    docs = read_texts(nlp, [report.text for report in reports])
    headlines = read_texts(nlp, [plain_case(report.title, report.text) for report in reports])
    for report, doc, headline in zip(reports, docs, headlines, strict=True):
        account = read_article(doc, ontology, article_id="", title=report.title, headline=headline)
        told = read_told(account.events, account.happenings, headline, doc)
        whole = [(None, 0, told.article.nonzero()[0].tolist())]
        yield report.title, report.text, [[*whole, *_words(headline, told.headline)], [*whole, *_words(doc, told.text)]]


def _words(doc: Doc, told: Sequence) -> Iterator[tuple[str, int, list[int]]]:
    seen: Counter[str] = Counter()
    for token, row in zip(doc, told, strict=True):
        if row.any():
            yield token.lower_, seen[token.lower_], row.nonzero()[0].tolist()
        seen[token.lower_] += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("told", type=Path, metavar="TOLD.jsonl")
    args = parser.parse_args()
    with args.told.open("w", encoding="utf-8") as file:
        for folder in (REPORTS, KEPT_OUT):
            for line in tell(read_reports(folder)):
                print(json.dumps(line, ensure_ascii=False), file=file)


if __name__ == "__main__":
    main()
