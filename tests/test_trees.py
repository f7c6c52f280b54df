"""Any tree is read, whatever a parser makes of a text."""

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from transforms.events.happenings import find_events
from transforms.events.ontology import load_ontology
from transforms.events.trees import Parse, flat_tree

ONTOLOGY, VOCAB = load_ontology(), spacy.blank("en").vocab
WORDS = (
    "attack killed by rebels in the raid soldiers carry charge bomb claim responsibility who it , and Gao said".split()
)
RELATIONS = (
    "nsubj nsubj:pass obj obl obl:agent nmod nmod:poss acl acl:relcl advcl xcomp ccomp conj case cc appos".split()
)
WORD = st.tuples(
    st.sampled_from(WORDS),
    st.sampled_from(RELATIONS),
    st.sampled_from(["NN", "NNS", "NNP", "VBD", "VBN", "VBG", "IN"]),
    st.floats(0, 1),
    st.sampled_from(["", "", "PERSON", "ORG", "GPE"]),
)


def make_doc(drawn):
    """A Doc whose words hang on any earlier or later word, without a circle: an order of attachment is drawn too."""
    order = sorted(range(len(drawn)), key=lambda at: (drawn[at][3], at))
    heads = list(range(len(drawn)))
    for place, at in enumerate(order[1:], 1):
        heads[at] = order[int(drawn[at][3] * (place - 1))]
    words, relations, tags, _, kinds = zip(*drawn, strict=True)
    names = [  # one name goes on as long as its kind, across sentences too
        kind and f"{'I' if at and kinds[at - 1] == kind else 'B'}-{kind}" for at, kind in enumerate(kinds)
    ]
    relations = ["ROOT" if heads[at] == at else relation for at, relation in enumerate(relations)]
    return Doc(VOCAB, words=list(words), heads=heads, deps=relations, tags=list(tags), lemmas=list(words), ents=names)


@settings(max_examples=400, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=30))
def test_never_raises(drawn):
    doc = make_doc(drawn)
    for event in find_events(doc, ONTOLOGY, article_id="a"):
        assert 0 <= event.char_start < event.char_end <= len(doc.text)


def test_a_trigger_that_hangs_on_another_is_asked_once_who_did_it():
    heads, relations = [0, 0, 3, 1], ["ROOT", "acl", "case", "obl"]
    words, lemmas = ["rebels", "charged", "by", "shooting"], ["rebel", "charge", "by", "shooting"]
    doc = Doc(VOCAB, words=words, heads=heads, deps=relations, tags=["NNS", "VBN", "IN", "NN"], lemmas=lemmas)
    assert find_events(doc, ONTOLOGY, article_id="a")


def test_the_tree_of_a_part_of_a_text_is_its_own():
    doc = Doc(
        VOCAB,
        words=["Rebels", "fled", ".", "Two", "died"],
        heads=[1, 1, 1, 4, 4],
        deps="nsubj ROOT punct nsubj ROOT".split(),
    )
    tree = Parse(doc).tree([3, 4])
    assert (tree.heads, tree.relations, tree.children(1, "nsubj")) == ([1, 1], ["nsubj", "ROOT"], [0])


def test_without_a_parser_each_word_stands_by_itself():
    assert Parse(Doc(VOCAB, words=["Rebels", "fled"])).tree([0, 1]).heads == list(flat_tree(2).heads) == [0, 1]


def test_a_name_found_across_two_sentences_begins_in_each():
    doc = Doc(
        VOCAB,
        words=["rebels", "met", "Ann", ".", "Lee", "left"],
        heads=[1, 1, 1, 1, 5, 5],
        deps=["nsubj", "ROOT", "obj", "punct", "nsubj", "ROOT"],
        ents=["", "", "B-PERSON", "I-PERSON", "I-PERSON", ""],
    )
    tree = Parse(doc).tree([4, 5])
    assert (tree.kinds, tree.names) == (["PERSON", ""], [0, -1])
