"""What the headline of an article states, where the text below bears it out.

A headline says in one sentence who did what to whom, which the lead often says in hints and halves. Only what is done
by words and papers is read from it: of violence it has the number of the dead, and the text all the rest.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Optional

from spacy.tokens import Doc

from transforms.events.gathering import count_of
from transforms.events.identity import is_known, is_short_for
from transforms.events.lexicon import OF_WORDS
from transforms.events.mentions import NAMED, Mention, find_mentions
from transforms.events.ontology import Ontology
from transforms.events.placenames import named_places
from transforms.events.roles import HELD
from transforms.events.sentences import Sentence, split_sentences
from transforms.events.timing import Timing
from transforms.records import Actor

LEAD = 3  # sentences that bear a headline out
_ON = frozenset(["conj", "parataxis", "ccomp"])  # what goes on with what a headline states, or is said by it
_TYPES = OF_WORDS | {"CONSULT", "COERCE"}
_DEEDS = frozenset(["ASSAULT", "COERCE", "PROTEST"])  # types
_WORD = re.compile(r"[A-Za-z]+")
_ANY_WORD = re.compile(r"\w+")
_INSIDE = re.compile(r"(?<=[a-z,] )([A-Za-z]+)")
_SPEAKER = re.compile(r"((?:[A-Z][\w.'’-]*\s?){1,3}): (.+)", re.S)


def plain_case(title: str, text: str) -> str:
    """A headline with the capitals that its words have in the text below: "Senator Slams Bill on Turkey" has two.

    What the text never writes with a capital is no name that it tells of. Without a text there is nothing to read. Whom
    the text names says what follows a colon: "Holt: Bill Unfair" is read as "Holt says bill unfair".
    """
    if not text:
        return ""
    words = Counter(_WORD.findall(text))
    inside = Counter(match[1] for match in _INSIDE.finditer(text))  # where no sentence begins

    def in_text(match: re.Match[str]) -> str:
        word, low = match[0], match[0].lower()
        if match.start() == 0 or len(word) == 1 or not word.istitle() or inside[word] > inside[low]:
            return word
        return word if not inside[low] and words[word] else low

    plain = _WORD.sub(in_text, title)
    speaker = _SPEAKER.match(plain)
    is_told = speaker is not None and all(words[word] for word in _WORD.findall(speaker[1]))
    return f"{speaker[1]} says {speaker[2][:1].lower()}{speaker[2][1:]}" if is_told else plain


def end_of_title(title: str, text: str) -> int:
    """Where the headline ends that a text has as its first line, from a page that has it inside its article; else 0.

    A title may go on with the outlet's name. Read as a sentence of the text, a headline makes names of its capitals
    ("Obama Taunts G.O.P. Over Bill"), and would count as the lead.
    """
    line, _, below = text.partition("\n")
    words = _ANY_WORD.findall(line.casefold())
    is_title = bool(words) and words == _ANY_WORD.findall(title.casefold())[: len(words)]
    return len(line) + 1 if is_title and below.strip() else 0


def read_headline(
    headline: Doc,
    sentences: Sequence[Sentence],
    read: Sequence[Mention],
    ontology: Ontology,
    names: Mapping[str, str],
) -> list[Mention]:
    """The mentions of a headline, as of the sentence at the top of the text that names somebody in them.

    Those who are named in none of them are not what the text is about: then there is no mention. Where the text begins
    with people hurt, that is the news, and nothing is read.

    Args:
        headline: The title, read with `plain_case`.
        sentences: Those of the text.
        read: The mentions of the text.
        names: The full names of the text, by last name.
    """
    lines = split_sentences(headline)
    if not lines or any(any(m.toll) and m.realis == "actual" and m.sentence_number < LEAD for m in read):
        return []
    found = [m for m in find_mentions(lines[0], 0, ontology, names, None) if m.is_verb and _is_stated(lines[0], m)]
    verbs = [_as_told_below(m, read) for m in found]
    return [at for m in verbs if _tells(m) and (at := _borne_out(m, sentences, ontology))]


def with_doers_of_headline(
    happening: Sequence[Mention], headline: Doc, ontology: Ontology, names: Mapping[str, str]
) -> Sequence[Mention]:
    """The mentions of what an article is about; where none says who did it, with those whom the headline tells."""
    if any(m.actors or (m.tellers and m.reading != NAMED) for m in happening):
        return happening
    lines, first = split_sentences(headline), happening[0]
    found = [m for line in lines[:1] for m in find_mentions(line, 0, ontology, names, None)]
    told = [m for m in found if m.realis == "actual" and not m.void and _is_of_kind(m, happening)]
    doers = next((m.actors for m in told if any(map(is_known, m.actors))), ())
    return [first._replace(tellers=(*first.tellers, *doers)), *happening[1:]]


def _is_of_kind(mention: Mention, happening: Sequence[Mention]) -> bool:
    """Whether a mention of a headline can be of a happening: a deed of its type that is done to somebody."""
    counted = (count_of(Actor(None, out.text, None, None)) for out in mention.left_out if out.role == "recipient")
    is_to_some = bool(mention.recipients) or any(counted)  # "ten killed by rebels"
    is_deed = mention.trigger.event_type in _DEEDS and (is_to_some or mention.trigger.event_type == "PROTEST")
    return is_deed and any(m.trigger.told_type == mention.trigger.told_type for m in happening)


def _as_told_below(mention: Mention, told: Sequence[Mention]) -> Mention:
    """The mention, as the promise that it is by the text: "Norway Gives Aid", and below: "Norway will give aid"."""
    lead = (m for m in told if m.sentence_number < LEAD and m.trigger.event_type == "AGREE")
    promise = next((m.trigger for m in lead if m.trigger.lemma == mention.trigger.lemma), None)
    return mention._replace(trigger=promise, mode=promise.mode) if promise else mention


def _is_stated(line: Sentence, mention: Mention) -> bool:
    """Whether a headline states something itself, or that it was said: not what was asked for, or done with it."""
    tree, at = line.tree, line.starts.index(mention.char_start)
    at = tree.heads[at] if mention.reading == HELD else at
    subjects = tree.children(at, "nsubj")
    if line.lows[at] == tree.lemmas[at] and any(tree.tags[who] in ("NN", "NNP") for who in subjects[:1]):
        return bool(subjects[1:])  # not "Minister Visit Unwelcome"
    if tree.relations[at] in _ON:
        at = tree.heads[at]
    return tree.heads[at] == at


def _tells(mention: Mention) -> bool:
    is_news = mention.realis == "actual" and not mention.void
    people = (*mention.actors, *mention.recipients)
    return is_news and mention.trigger.event_type in _TYPES and any(map(is_known, people))


def _borne_out(mention: Mention, sentences: Sequence[Sentence], ontology: Ontology) -> Optional[Mention]:
    """The mention, with a place in the text: where it first names one of those who take part."""
    people = (*mention.actors, *mention.recipients)
    heads = {_head(actor) for actor in people}
    states = {actor.country for actor in people} - {None}
    shorts = {actor.name for actor in people if actor.name and actor.name.isupper()}
    for number, sentence in enumerate(sentences[:LEAD]):
        at = next((at for at, low in enumerate(sentence.lows) if low in heads), None)
        if at is None:  # "Norway Bans Herring", and below: "the Norwegian minister"; "EU", "the European Union"
            lands = [each for each in named_places(sentence, ontology) if each[1].kind in ("country", "people")]
            told = [at for at, place in lands if place.country in states]
            told += [at for at in range(len(sentence.lows)) if _is_spelt_out(sentence, at, shorts)]
            at = told[0] if told else None
        if at is not None:
            start, end = sentence.span(at, at + 1)
            told = " ".join(sentence.said().split())
            return mention._replace(
                sentence=told,
                sentence_number=number,
                char_start=start,
                char_end=end,
                left_out=(),
                of_title=True,
                time=Timing(),
            )
    return None


def _is_spelt_out(sentence: Sentence, at: int, shorts: Collection[str]) -> bool:
    """Whether the capitals of the words from `at` on are one of `shorts`: "European Union" for "EU"."""
    return any(is_short_for(short, " ".join(sentence.texts[at : at + len(short.replace(".", ""))])) for short in shorts)


def _head(actor: Actor) -> str:
    return (actor.name or actor.text).lower().split()[-1]
