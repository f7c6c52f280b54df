"""The language model: figures on our own sentences, and what must hold on any text."""

import json
import pickle
import time
from pathlib import Path

import numpy as np
import pytest
import spacy

from training.evaluate import newswire
from transforms.language import ModelNotFound, annotate, load_language
from transforms.language.lemmas import edit_between
from transforms.language.names import NameDecoder
from transforms.language.quantities import find_quantities
from transforms.language.trees import decode_trees, edmonds

SENTENCES = [json.loads(line) for line in (Path(__file__).parent / "data/news_sentences.jsonl").open(encoding="utf8")]
ORDINARY = "The army said that two of its soldiers had been killed in the town near the border on Monday. "


@pytest.fixture(scope="module")
def nlp():
    return load_language()


@pytest.fixture(scope="module")
def docs(nlp):
    return [nlp(s["text"]) for s in SENTENCES]


def names_of(doc):
    return {(e.text, e.label_) for e in doc.ents if e.label_ in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")}


def gold_names(sentence):
    return {tuple(name.rsplit(" ", 1)) for name in sentence["names"]}


# Figures


def test_names_on_our_sentences(docs):
    gold = [gold_names(s) for s in SENTENCES]
    found = [names_of(d) for d in docs]
    hit = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    f1 = 2 * hit / (sum(map(len, gold)) + sum(map(len, found)))
    assert f1 >= 0.91


def test_organisations_on_our_sentences(docs):
    gold = [{n for n in gold_names(s) if n[1] == "ORG"} for s in SENTENCES]
    found = [{n for n in names_of(d) if n[1] == "ORG"} for d in docs]
    hit = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    assert 2 * hit / (sum(map(len, gold)) + sum(map(len, found))) >= 0.85


def test_relations_on_our_sentences(docs):
    wanted = hit = 0
    for sentence, doc in zip(SENTENCES, docs, strict=True):
        found = {f"{t.text} {t.dep_} {t.head.text}" for t in doc}
        wanted += len(sentence["relations"])
        hit += len(found & set(sentence["relations"]))
    assert hit / wanted >= 0.93


def test_names_of_newswire_in_every_region(nlp):
    found = newswire(nlp)
    assert found["all"]["all"][2] >= 0.92
    for region in ("Africa", "Asia", "Middle East", "Latin America"):
        assert found[region]["all"][2] >= 0.87, region


@pytest.mark.parametrize("name", ["al Qaeda", "Al Qaeda", "al-Qaeda", "al-Qaida"])
def test_al_qaeda_is_an_organisation_wherever_it_stands(nlp, name):
    for text in (f"{name} attacked the base.", f"Police arrested a member of {name} on Monday.", f"He left {name}."):
        assert (name, "ORG") in names_of(nlp(text)), text


def test_each_sentence_is_one_sentence(docs):
    assert sum(len(list(d.sents)) == 1 for d in docs) >= len(docs) - 1


def test_paragraphs_end_sentences_and_wrapped_lines_do_not(nlp):
    doc = nlp("Two killed in Kabul blast\nA bomb went off in a\nmarket on Monday.\n\nNobody claimed it.")
    assert [s.text.strip() for s in doc.sents] == [
        "Two killed in Kabul blast",
        "A bomb went off in a\nmarket on Monday.",
        "Nobody claimed it.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lt. Gen. Sani met the non-profit.", ["Lt.", "Gen.", "Sani", "met", "the", "non-profit", "."]),
        ("An F-16 hit al-Bab at 7:30pm!!", ["An", "F", "-", "16", "hit", "al", "-", "Bab", "at", "7:30", "pm", "!!"]),
        ("DON'T call 713-555-0199 and/or", ["DO", "N'T", "call", "713-555-0199", "and", "/", "or"]),
        ("In the 1980's - he sold 65k, b/c", ["In", "the", "1980's", "-", "he", "sold", "65", "k", ",", "b/c"]),
        ("-Page 3 (draft.doc)(See it?yes", ["-", "Page", "3", "(", "draft.doc", ")", "(", "See", "it", "?", "yes"]),
        ("Dancing" + 30 * "!" + " I wanna go", ["Dancing", 30 * "!", "I", "wan", "na", "go"]),
        ('"Ann"<ann@un.org> A+', ['"', "Ann", '"', "<", "ann@un.org", ">", "A", "+"]),
        ("In 1969-1970 (www.un.org/x?y=1),", ["In", "1969", "-", "1970", "(", "www.un.org/x?y=1", ")", ","]),
    ],
)
def test_words_are_those_of_universal_dependencies(nlp, text, words):
    assert [t.text for t in nlp.make_doc(text)] == words


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("kidnapped", "kidnap"), ("were", "be"), ("soldiers", "soldier"), ("fled", "flee"), ("seized", "seize")],
)
def test_lemmas(nlp, word, lemma):
    doc = nlp("The rebels kidnapped and seized them; they fled, and two soldiers were hurt.")
    assert {t.text: t.lemma_ for t in doc}[word] == lemma


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Sunday", "DATE"), ("May 19, 2013", "DATE"), ("18 Feb 90", "DATE"), ("two days ago", "DATE"),
        ("last week", "DATE"), ("2015-01-02", "DATE"), ("the 1990s", "DATE"), ("10:30 a.m.", "TIME"),
        ("1800 GMT", "TIME"), ("$3.5 million", "MONEY"), ("40,000 rupees", "MONEY"), ("1,200", "CARDINAL"),
        ("twenty-five", "CARDINAL"), ("dozens", "CARDINAL"), ("hundreds of thousands", "CARDINAL"),
    ],
)  # fmt: skip
def test_quantities(text, label):
    start, end, found = find_quantities(f"It was {text} then.")[0]
    assert found == label and f"It was {text} then."[start:end] == text.removeprefix("the ")


@pytest.mark.parametrize("text", ["M23 fighters", "an F-16 jet", "the AK-47", "3-1", "the G8"])
def test_what_is_no_quantity(text):
    assert find_quantities(text) == []


# Trees and names from scores


def random_arcs(rng, count):
    return rng.normal(size=(count, count + 1)).astype(np.float32)


def is_tree(heads):
    for i in range(len(heads)):
        at, steps = i + 1, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def test_every_sentence_gets_a_tree_with_one_root_inside_it():
    rng = np.random.default_rng(0)
    for count in range(1, 60):
        starts = rng.random(count) < 0.15
        heads = decode_trees(random_arcs(rng, count), starts)
        starts[0] = True
        sentence = np.cumsum(starts) - 1
        assert is_tree(heads)
        assert (np.bincount(sentence[heads == 0], minlength=sentence[-1] + 1) == 1).all()
        assert (sentence[heads[heads > 0] - 1] == sentence[heads > 0]).all()


def test_edmonds_finds_the_best_tree():
    rng = np.random.default_rng(1)
    for _ in range(60):
        arcs = random_arcs(rng, 4)
        arcs[np.arange(4), np.arange(1, 5)] = -1e9
        trees = (np.array(h) for h in np.ndindex(5, 5, 5, 5))
        best = max(arcs[np.arange(4), h].sum() for h in trees if is_tree(h))
        heads = edmonds(arcs)
        assert is_tree(heads)
        assert arcs[np.arange(4), heads].sum() == pytest.approx(best)


def test_names_are_well_formed_whatever_the_scores():
    decoder = NameDecoder(["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"])
    spans = [(n.start, n.end, n.label) for n in decoder.decode(np.eye(5)[[0, 1, 2, 0, 3, 3]])]
    assert spans == [(1, 3, "PERSON"), (4, 5, "ORG"), (5, 6, "ORG")]
    scores = np.eye(5)[[2, 1, 4]] + np.array([0, 0.5, 0, 0, 0])  # begins with I, goes on with another kind
    spans = [(n.start, n.end, n.label) for n in decoder.decode(scores)]
    assert spans == [(0, 1, "PERSON"), (1, 2, "PERSON"), (2, 3, "PERSON")]


def test_a_name_is_of_one_kind_in_a_document():
    decoder = NameDecoder(["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"])
    scores = 9 * np.eye(5)[[1, 2, 0, 0, 0]]
    scores[4] = 0, 1, 0, 2, 0  # "Sy" alone looks a little more like an organisation
    names = decoder.decode(scores)
    assert [n.label for n in names] == ["PERSON", "ORG"]
    words, proper = ["Omar", "Sy", "left", ".", "Sy"], [True, True, False, False, True]
    assert [n.label for n in decoder.settle(names, words, proper)] == ["PERSON", "PERSON"]


@pytest.mark.parametrize(
    ("words", "start"),
    [("northern Mali", 1), ("south - western Niger", 3), ("North Korea", 0), ("central", 0), ("eastern", 0)],
)
def test_a_bearing_is_no_part_of_a_name_unless_it_has_a_capital(words, start):
    words = words.split()
    decoder = NameDecoder(["O", "B-GPE", "I-GPE"])
    found = decoder.decode(9 * np.eye(3)[[1] + [2] * (len(words) - 1)])
    assert [(n.start, n.end) for n in decoder.settle(found, words, [True] * len(words))] == [(start, len(words))]


def test_a_name_found_twice_is_found_each_time():
    decoder = NameDecoder(["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"])
    names = decoder.decode(9 * np.eye(5)[[3, 0, 3, 0, 0, 0]])
    words, proper = ["Ansaru", "met", "Ansaru", "ansaru", ",", "Ansaru"], [True, False, True, True, False, True]
    found = decoder.settle(names, words, proper)
    assert [(n.start, n.end, n.label) for n in found] == [(0, 1, "ORG"), (2, 3, "ORG"), (5, 6, "ORG")]


def test_edits():
    assert (edit_between("killing", "kill"), edit_between("was", "be")) == ("3 ", "3 be")


# The pipeline as spaCy's


def as_rows(docs):
    return [[(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_) for t in d] for d in docs]


def test_saving_and_loading_changes_nothing(nlp, docs, tmp_path):
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert as_rows(again.pipe(s["text"] for s in SENTENCES)) == as_rows(docs)
    assert as_rows(load_language(str(tmp_path / "model")).pipe([SENTENCES[0]["text"]])) == as_rows(docs[:1])


def test_bytes_and_pickle(nlp, docs):
    config = nlp.config
    again = spacy.util.load_model_from_config(config).from_bytes(nlp.to_bytes())
    parser = pickle.loads(pickle.dumps(nlp.get_pipe("newsbeam_parser")))
    assert as_rows([again(SENTENCES[0]["text"])]) == as_rows(docs[:1])
    assert parser.network.version == nlp.get_pipe("newsbeam_parser").network.version


def test_same_output_whatever_the_batch(nlp, docs):
    texts = [s["text"] for s in SENTENCES]
    alone = as_rows(docs)
    assert as_rows(nlp.pipe(texts, batch_size=7)) == alone
    assert as_rows(nlp.pipe(texts[::-1], batch_size=50)) == alone[::-1]


def test_annotate_gives_characters_of_the_text(nlp):
    text = "  Gunmen killed Peter Brown\n\n in Mali\u2019s north.\tHe was 40."
    row = next(annotate(nlp, [text]))
    assert [text[t["start"] : t["end"]] for t in row["tokens"]][:4] == ["Gunmen", "killed", "Peter", "Brown"]
    start, end = row["sents"][0]
    assert text[start:end] == "Gunmen killed Peter Brown"
    assert {text[e["start"] : e["end"]]: e["label"] for e in row["ents"]}["Peter Brown"] == "PERSON"
    roots = [i for i, t in enumerate(row["tokens"]) if t["head"] == i]
    assert len(roots) == len(row["sents"]) and all(row["tokens"][i]["dep"] == "ROOT" for i in roots)
    assert set(row["tokens"][0]) == {"start", "end", "pos", "tag", "lemma", "head", "dep"}


def test_annotate_takes_any_pipeline(nlp):
    row = next(annotate(spacy.blank("en"), ["Two men."]))
    assert [t["head"] for t in row["tokens"]] == [0, 1, 2] and row["sents"] == [[0, 8]] and row["ents"] == []


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\t", "x", ".", "\u200b", "\x00"])
def test_next_to_nothing(nlp, text):
    row = next(annotate(nlp, [text]))
    assert all(text[t["start"] : t["end"]].strip() for t in row["tokens"])


def test_a_pipeline_that_is_not_there(tmp_path):
    with pytest.raises(ModelNotFound, match="pip install en-core-web-trf"):
        load_language("en_core_web_trf")
    with pytest.raises(ModelNotFound, match="no spaCy pipeline in the folder"):
        load_language(str(tmp_path / "nothing"))


def test_it_loads_in_a_second():
    begin = time.process_time()
    load_language("")
    assert time.process_time() - begin < 1


# Hostile text

HOSTILE = {
    "brackets": "(" * 20_000,
    "faces": ":)" * 20_000,
    "addresses": "http://a." * 20_000,
    "one word": "x" * 40_000,
    "control characters": "\x00\x01\x1b\x7f" * 10_000,
    "combining marks": "e\u0301\u0300" * 10_000,
    "blanks": " " * 40_000,
    "lines": "\n" * 40_000,
    "numbers": "9," * 20_000,
    "short brackets": ("(" * 39 + " ") * 500,
    "right to left": "\u202e\u05d0\u05d1 " * 5_000,
    "early": "early last mid-" * 2_000,
}


@pytest.fixture(scope="module")
def ordinary_cost(nlp):
    """Seconds of processor time that a character of ordinary text costs."""
    text = ORDINARY * 200
    return cost(nlp, text) / len(text)


def cost(nlp, text):
    begin = time.process_time()
    list(annotate(nlp, [text]))
    return time.process_time() - begin


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_costs_about_what_ordinary_text_does(nlp, ordinary_cost, kind):
    assert cost(nlp, HOSTILE[kind]) < 3 * ordinary_cost * len(HOSTILE[kind]) + 0.3  # 3: the machine may be busy


@pytest.mark.parametrize("kind", HOSTILE)
def test_offsets_are_true_on_hostile_text(nlp, kind):
    text = f"Before it. {HOSTILE[kind][:3000]} Police arrested John Smith."
    row = next(annotate(nlp, [text]))
    words = [text[t["start"] : t["end"]] for t in row["tokens"]]
    assert words[:2] == ["Before", "it"] and words[-3:] == ["John", "Smith", "."]
    assert all(0 <= t["head"] < len(words) for t in row["tokens"])


def test_a_very_long_text_is_read_to_its_end(nlp):
    text = "(" * 1_150_000 + "\n\n" + ORDINARY * 500 + "Police arrested John Smith."
    doc = nlp(text)
    assert doc.text == text and doc[-3:-1].text == "John Smith"


def test_memory_stays_flat(nlp):
    texts = (f"Man{i} met woman{i} in town{i} on Monday." for i in range(600))
    before = len(nlp.vocab.strings)
    assert sum(1 for _ in annotate(nlp, texts)) == 600
    assert len(nlp.vocab.strings) - before < 100
