"""Names of people in full: which of them an article has, and which a few words with capitals stand for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Optional

from transforms.events.sentences import Sentence, is_word, join_words
from transforms.events.wordlists import (
    ADVERBS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME,
    TITLES,
    word_set,
)

_OPENING, _CLOSING = frozenset(['"', "“", "‘", "``"]), frozenset(['"', "”", "’", "''"])
_SUFFIXES = word_set("jr jr. sr sr. ii iii iv")  # after a last name
NOT_NAMES = word_set(
    "the a an in on at of and or but for to by with from i he she it they we this that these those police"
)
_SERVICES = frozenset(["army", "navy", "marine"])  # before a rank
_BODY_WORDS = word_set("house senate congress court council committee party department")  # one stands for itself
_BODIES = frozenset(["ORG", "FAC"])  # kinds of names that are no person's; a people may be one: German Roe
_BEFORE_NAMES = (
    TITLES | NOT_NAMES | PREPOSITIONS | PRONOUNS | SUBORDINATORS | ADVERBS | {"concerning"}
)  # "If Mr. Roe agrees"


def full_names(sentences: Iterable[Sentence]) -> dict[str, str]:
    """A name of two to five words for each last name, and one for each given name of a person.

    By that name in lower case: {"smith": "John Smith", "john": "John Smith"}. Of several with one last name it is the
    one that the article has most often, in full: "Ted Cruz", and not his wife.
    """
    told: dict[str, Counter[str]] = {}
    given: dict[str, str] = {}
    lasts = set()  # "President Trump": then "the Trump Presidency" is not his name
    for sentence in sentences:
        for start, end in _capital_runs(sentence):
            is_titled = sentence.lows[start] in _BEFORE_NAMES
            while start < end and sentence.lows[start] in _BEFORE_NAMES:
                start += 1
            start = _skip_description(sentence, start, end)
            if is_titled and end - start == 1:
                lasts.add(sentence.lows[start])
            is_pair = end - start == 3 and sentence.texts[start + 1] == "-"  # "the Romney-Ryan plan"
            if 2 <= end - start <= 5 and not is_pair:
                name = join_words(sentence.texts[start:end])
                last = sentence.lows[end - 2 if sentence.lows[end - 1] in _SUFFIXES else end - 1]
                told.setdefault(last, Counter())[name] += 1
                if sentence.tree.kinds[start] == sentence.tree.kinds[end - 1] == "PERSON":
                    given.setdefault(sentence.lows[start], name)
    given = {first: name for first, name in given.items() if first not in lasts}
    return given | {last: _most_told(names) for last, names in told.items()}


def _most_told(names: Counter[str]) -> str:
    """The longest form of the name that is told most often, in any of its forms; of two, that which is told first."""
    words = {name: set(name.lower().split()) for name in names}
    times = {name: sum(n for other, n in names.items() if words[other] <= words[name]) for name in names}
    return max(names, key=times.__getitem__)


def _skip_description(sentence: Sentence, start: int, end: int) -> int:
    """Where the name of a person begins in words with capitals that tell an office first: "House Whip [Ann Lee]"."""
    tree = sentence.tree
    if tree.kinds[end - 1] != "PERSON" or tree.names[end - 1] <= start:
        return start
    before = range(start, tree.names[end - 1])
    is_told = any(sentence.lows[at] in _BEFORE_NAMES or tree.kinds[at] in _BODIES for at in before)
    return tree.names[end - 1] if is_told else start


def _capital_runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    at, count = 0, len(sentence.texts)
    while at < count:
        if not _is_name_word(sentence, at):
            at += 1
            continue
        end = at + 1
        while end < count and (
            _is_name_word(sentence, end)
            or (sentence.lows[end] in PARTICLES and end + 1 < count and _is_name_word(sentence, end + 1))
        ):
            end += 1
        yield at, end
        at = end


def _is_name_word(sentence: Sentence, at: int) -> bool:
    text = sentence.texts[at]
    is_time = text.lower() in TIME and sentence.tree.kinds[at] != "PERSON"  # "April Lee"
    return text[:1].isupper() and (len(text) == 1 or not text.isupper() or len(text) > 3) and not is_time


def name_at_end(sentence: Sentence, start: int, end: int) -> Optional[tuple[int, int]]:
    """The name at the end of the head: "commander [Droukdel]"; no noun that begins the sentence: "Parts of a car"."""
    is_noun = end == 1 and sentence.tree.tags[0] in ("NN", "NNS")
    if is_noun or not sentence.texts[end - 1][:1].isupper():
        return None
    first = end - 1
    while first > start and (sentence.texts[first - 1][:1].isupper() or sentence.lows[first - 1] in PARTICLES):
        first -= 1
    return first, end


def full_name(sentence: Sentence, first: int, end: int, names: Mapping[str, str]) -> str:
    """A name without titles; one word of it stands for the whole."""
    while first < end - 1 and (
        sentence.lows[first] in _BEFORE_NAMES
        or not is_word(sentence.texts[first])
        or (sentence.lows[first] in _SERVICES and sentence.lows[first + 1] in TITLES)
    ):
        if sentence.lows[first] in TITLES and sentence.tree.kinds[first] in _BODIES:
            break  # "the Justice Department"
        first += 1
    while end > first + 1 and sentence.lows[end - 1] in ("of", "the"):  # of which a parser cut the rest
        end -= 1
    first, end = _with_nickname(sentence, first, end)
    start, stop = sentence.span(first, end)
    name = " ".join(sentence.text[start:stop].split())
    full = names.get(sentence.lows[end - 1]) if sentence.lows[end - 1] not in _BODY_WORDS else None
    if full and sentence.tree.kinds[end - 1] == "GPE" and full.startswith(name):
        return name  # Israel, and not Israel Katz
    return full or with_shared_name(sentence, first) or name if first == end - 1 else name


def with_shared_name(sentence: Sentence, at: int) -> Optional[str]:
    """The full name of who is told with another of the family: "[Tom] and Ann Lee"."""
    tree, first = sentence.tree, at + 2
    if sentence.lows[at + 1 : first] != ["and"] or not tree.same_name(first, first + 1):
        return None
    last = tree.name_of(first)[1] - 1
    return f"{sentence.texts[at]} {sentence.texts[last]}" if tree.kinds[last] == "PERSON" else None


def _with_nickname(sentence: Sentence, first: int, end: int) -> tuple[int, int]:
    """Where a name begins and ends that goes on around a nickname in quotes: Max "Red" Poe."""
    texts, lows = sentence.texts, sentence.lows
    closing = next((at for at in range(end, min(end + 3, len(texts))) if lows[at] in _CLOSING), -1)
    if closing < 0:
        return first, end
    if first > 1 and lows[first - 1] in _OPENING and texts[first - 2][:1].isupper():
        first -= 2
    is_quoted = any(lows[at] in _OPENING for at in range(first + 1, closing))
    while is_quoted and closing + 1 < len(texts) and texts[closing + 1][:1].isupper():
        closing += 1
        end = closing + 1
    return first, end
