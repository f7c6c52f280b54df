"""Words a second of the language model on one core, against the parts it is made of.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.language [FILE]

FILE: JSON lines with "text" (such as `pipeline annotate` reads); without it the tests' own sentences, joined to
articles. Every line is processor time, at 1x and at 10x the amount: `tokenizer` (spaCy's blank English), `network` (the
bare ONNX session on the same windows), `annotate` (the whole of it, to plain rows) and `marks` (the network that marks
the news, over the first 200 words of each text; words a second are of the whole texts).
"""

import json
import resource
import sys
import time
from pathlib import Path

import spacy

from transforms.language import annotate, load_language
from transforms.language.marks import Marker, Told

SENTENCES = Path(__file__).parent.parent / "tests/data/news_sentences.jsonl"
SENTENCES_PER_ARTICLE = 20
ARTICLES = 40


def articles(path: Path | None) -> list[str]:
    """The texts of FILE, or articles made of the tests' sentences in turning order."""
    lines = (path or SENTENCES).read_text("utf8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    if path:
        return texts
    turned = (texts[i % len(texts) :] + texts[: i % len(texts)] for i in range(ARTICLES))
    return [" ".join(one[:SENTENCES_PER_ARTICLE]) for one in turned]


def bare_network(nlp, texts):
    """Run the network on windows of the same size, and nothing else."""
    network = nlp.get_pipe("newsbeam_parser").network
    for text in texts:
        words = [t.text for t in nlp.make_doc(text) if not t.is_space]
        for at in range(0, len(words), 110):
            window = words[at : at + 110]
            network.run(window, [True] * len(window))


def mark(marker, blank, texts):
    headline = blank("")
    for doc in blank.pipe(texts):
        marker.read(headline, doc, Told.nothing(headline, doc))


def measure(name, work, texts, words):
    begin = time.process_time()
    work(texts)
    seconds = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:10} {len(texts):6} texts {words:8} words {words / seconds:9.0f} words/s  peak {memory:.0f} MB")


def main(path: str | None = None) -> None:
    begin = time.process_time()
    nlp, blank, marker = load_language(), spacy.blank("en"), Marker()
    print(f"load {time.process_time() - begin:.2f} s")
    once = articles(Path(path) if path else None)
    count = sum(len(nlp.make_doc(text)) for text in once)
    list(annotate(nlp, once[:2]))
    for times in (1, 10):
        texts = once * times
        measure("tokenizer", lambda t: sum(1 for _ in blank.pipe(t)), texts, count * times)
        measure("network", lambda t: bare_network(nlp, t), texts, count * times)
        measure("annotate", lambda t: sum(1 for _ in annotate(nlp, t)), texts, count * times)
        measure("marks", lambda t: mark(marker, blank, t), texts, count * times)


if __name__ == "__main__":
    main(*sys.argv[1:])
