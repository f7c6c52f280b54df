"""Who a noun phrase stands for: the name in full as the article knows it, the country, the PLOVER sector."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Optional

from transforms.events.ontology import Affiliation, Ontology
from transforms.events.phrases import Phrase
from transforms.events.places import named_places
from transforms.events.sentences import Sentence, is_word
from transforms.events.wordlists import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    NUMERALS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    QUOTES,
    SUBORDINATORS,
    TIME,
    TITLES,
    word_set,
)
from transforms.records import Actor

MAX_WORDS = 14  # a longer noun phrase is a mistake of ours
_NOBODY = word_set(
    "none nobody morning afternoon evening night noon midnight dawn dusk half past others other one ones least them it "
    "people's something anything nothing everything which dead life lives fire responsibility number way place part "
    "time what depth magnitude distance height speed altitude scale anniversary basis occasion hour hours minute "
    "minutes moment moments million millions billion billions dollars euros pounds pesos percent worth gmt "
    "someone somebody anyone behalf"
)
_NOBODIES = _NOBODY | TIME | PRONOUNS | {"p.m.", "a.m."}
_OPENING, _CLOSING = frozenset(['"', "“", "‘", "``"]), frozenset(['"', "”", "’", "''"])
_HARMED = word_set(
    "slain murdered wounded injured dead killed kidnapped abducted arrested captured alleged assassinated massacred "
    "damaged destroyed burned burnt attacked bombed dynamited"
)
_BESIDE = DETERMINERS | NUMERALS | _HARMED
_LOOSE_ENDS = TIME | PREPOSITIONS | DETERMINERS
_TARGETS = frozenset(["CVL", "BUS", "EDU", "REL", "MED"])  # sectors that an attack is on rather than by
_SUFFIXES = word_set("jr jr. sr sr. ii iii iv")  # after a last name
_LIMITS = PREPOSITIONS | DETERMINERS | AUXILIARIES | PRONOUNS | {"and", "or"}
_NOT_NAMES = word_set(
    "the a an in on at of and or but for to by with from i he she it they we this that these those police"
)
_BODY_WORDS = word_set("house senate congress court council committee party department")  # one stands for itself
_BODIES = frozenset(["ORG", "FAC"])  # kinds of names that are no person's; a people may be one: German Roe
_BEFORE_NAMES = (
    TITLES | _NOT_NAMES | PREPOSITIONS | PRONOUNS | SUBORDINATORS | ADVERBS | {"concerning"}
)  # "If Mr. Roe agrees"


def full_names(sentences: Iterable[Sentence]) -> dict[str, str]:
    """A name of two to five words for each last name, and one for each given name of a person.

    By that name in lower case: {"smith": "John Smith", "john": "John Smith"}. Of several with one last name it is the
    one that the article has most often, in full: "Ted Cruz", and not his wife.
    """
    told: dict[str, Counter[str]] = {}
    given: dict[str, str] = {}
    for sentence in sentences:
        for start, end in _capital_runs(sentence):
            while start < end and _is_before_name(sentence.lows[start]):
                start += 1
            start = _skip_description(sentence, start, end)
            if 2 <= end - start <= 5:
                name = join_words(sentence.texts[start:end])
                last = sentence.lows[end - 2 if sentence.lows[end - 1] in _SUFFIXES else end - 1]
                told.setdefault(last, Counter())[name] += 1
                if sentence.tree and sentence.tree.kinds[start] == sentence.tree.kinds[end - 1] == "PERSON":
                    given.setdefault(sentence.lows[start], name)
    return given | {last: _most_told(names) for last, names in told.items()}


def _most_told(names: Counter[str]) -> str:
    """The longest form of the name that is told most often, in any of its forms."""
    words = {name: set(name.lower().split()) for name in names}
    times = {name: sum(n for other, n in names.items() if words[other] <= words[name]) for name in names}
    return max(names, key=lambda name: (times[name], len(name)))


def _skip_description(sentence: Sentence, start: int, end: int) -> int:
    """Where the name of a person begins in words with capitals that tell an office first: "House Whip [Ann Lee]"."""
    tree = sentence.tree
    if tree is None or tree.kinds[end - 1] != "PERSON" or tree.names[end - 1] <= start:
        return start
    before = range(start, tree.names[end - 1])
    is_told = any(_is_before_name(sentence.lows[at]) or tree.kinds[at] in _BODIES for at in before)
    return tree.names[end - 1] if is_told else start


def _is_before_name(low: str) -> bool:
    return low in _BEFORE_NAMES


def make_actor(sentence: Sentence, phrase: Phrase, ontology: Ontology, names: Mapping[str, str]) -> Optional[Actor]:
    """The actor that a noun phrase stands for, or None when it stands for nobody: "others", "Sunday", "a bomb"."""
    start, head_end = _trim(sentence, phrase.start, phrase.head_end)
    if _is_none(sentence, phrase):
        return None
    end = max(phrase.end, head_end)
    while end > head_end and (sentence.lows[end - 1] in _LOOSE_ENDS or not is_word(sentence.texts[end - 1])):
        end -= 1
    if start >= head_end or end - start > MAX_WORDS:
        return None
    head = sentence.lows[head_end - 1]
    if (head in _NOBODIES and sentence.texts[head_end - 1] != "US") or _is_count(sentence, start, head_end):
        return None
    is_event = bool(ontology.nouns.match(sentence.lows[:head_end], head_end - 1))
    if head not in ontology.sectors and (head in ontology.means or is_event):
        return attributed_actor(sentence, head_end - 1, ontology)
    affiliation = _affiliation(sentence, start, head_end, ontology)
    places = named_places(sentence, ontology, start, head_end) or named_places(sentence, ontology, start, end)
    country = places[0][1].country if places else affiliation.country if affiliation else None
    first, last = sentence.span(start, end)
    text = " ".join(sentence.text[first:last].split())
    named = phrase.name or _name(sentence, start, head_end)
    name = _full(sentence, *named, names) if named and not _is_common(sentence, *named, ontology) else None
    return Actor(name, text, country, affiliation.sector if affiliation else None)


def _is_none(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether it is said that it was nobody: "no person or [organization]"."""
    if sentence.lows[phrase.start] == "no":
        return True
    tree, at = sentence.tree, phrase.head_end - 1
    while tree and tree.relations[at] == "conj" and tree.heads[at] < at:
        at = tree.heads[at]
    return tree is not None and any(sentence.lows[det] == "no" for det in tree.children(at, "det"))


def attributed_actor(sentence: Sentence, noun: int, ontology: Ontology) -> Optional[Actor]:
    """Whose attack or bomb the word `noun` is: "a Taliban attack" is the Taliban's, "a bomb" nobody's that we know."""
    start = noun
    while start and noun - start < 5 and _may_own(sentence, start - 1):
        start -= 1
    for at in range(start, noun):
        group = ontology.sectors.match(sentence.lows, at)
        place = ontology.place_at(sentence.texts, sentence.lows, at)
        if group and group[1].sector not in _TARGETS and sentence.lows[at] != "terrorist":
            name = join_words(sentence.texts[at : at + group[0]])
            return Actor(name if name[:1].isupper() else None, name, group[1].country, group[1].sector)
        if place and place[1].kind in ("people", "country"):
            return Actor(None, join_words(sentence.texts[at : at + place[0]]), place[1].country, None)
    return None


def _may_own(sentence: Sentence, at: int) -> bool:
    """Whether a word can be of the noun phrase that goes on after it."""
    is_verb = sentence.tree is not None and sentence.tree.tags[at] in ("VBD", "VBZ", "VBP")
    is_limit = sentence.lows[at] in _LIMITS and sentence.texts[at] != "US"
    return is_word(sentence.texts[at]) and not is_limit and not is_verb


def is_known(actor: Actor) -> bool:
    """Whether we know more of an actor than a word that may be anything."""
    return bool(actor.name or actor.sector or actor.country)


def same_actor(a: Actor, b: Actor) -> bool:
    """Whether two actors of one story are likely the same: one name holds the other, or the same words."""
    if a.name and b.name:
        left, right = set(a.name.lower().split()), set(b.name.lower().split())
        return left <= right or right <= left or _is_short_for(a.name, b.name) or _is_short_for(b.name, a.name)
    if a.name or b.name:
        return False
    left, right = _content(a.text), _content(b.text)
    return bool(left and right) and (left <= right or right <= left)


def _is_short_for(short: str, name: str) -> bool:
    """Whether a name is the capitals of another: "RSF" of the Rapid Support Forces."""
    words = [word for word in name.split() if word[:1].isupper()]
    return len(short) > 2 and short.isupper() and short == "".join(word[0] for word in words)


def add_actors(actors: Sequence[Actor], more: Iterable[Actor]) -> tuple[Actor, ...]:
    """`actors` with those of `more` that are not among them yet; a named one takes the place of the same unnamed."""
    out = list(actors)
    for actor in more:
        at = next((i for i, known in enumerate(out) if known == actor or same_actor(known, actor)), None)
        if at is None:
            out.append(actor)
        else:
            out[at] = _fuller(out[at], actor)
    return tuple(out)


def join_words(words: Sequence[str]) -> str:
    """Words as a reader writes them: no spaces around hyphens nor before a possessive."""
    return " ".join(words).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")


def _fuller(a: Actor, b: Actor) -> Actor:
    best = a if len(a.name or "") >= len(b.name or "") else b
    return best._replace(country=a.country or b.country, sector=a.sector or b.sector)


def _content(text: str) -> set[str]:
    words = text.lower().replace("'s", " ").replace("’s", " ").replace("-", " ").split()
    return {w.removesuffix("s") for w in words if w not in _BESIDE and not w.isdigit()}


def _trim(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    dropped = DETERMINERS | QUOTES | ADVERBS | {"and", "or", "but", "whose", "of"}
    while start < end and (
        sentence.lows[start] in dropped or not is_word(sentence.texts[start]) or sentence.lows[start] == "'s"
    ):
        start += 1
    if _is_header(sentence, start, end):
        return _trim(sentence, start + 2, end)
    while end > start and (
        not is_word(sentence.texts[end - 1]) or sentence.lows[end - 1] in ("'s", "’s") or sentence.lows[end - 1] in TIME
    ):
        end -= 1
    return start, end


def _is_header(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words begin with what stands over a paragraph: "IRAQ - A suicide bomber"."""
    first, *rest = sentence.texts[start : min(end, start + 3)] or [""]
    return len(rest) == 2 and first.isupper() and rest[0] in ("-", "–", "—") and rest[1].lower() in DETERMINERS


def _is_count(sentence: Sentence, start: int, end: int) -> bool:
    if sentence.lows[end - 1] in ("may", "march") and sentence.lows[end - 2].isdigit():
        return True  # "6 May"
    return all(
        low[:1].isdigit() or low in NUMERALS | QUANTIFIERS | DETERMINERS | QUOTES | _NOBODY
        for low in sentence.lows[start:end]
    )


def _affiliation(sentence: Sentence, start: int, end: int, ontology: Ontology) -> Optional[Affiliation]:
    """Of the last word or group known: the head of an English noun phrase stands last. A group by name goes first."""
    found = None
    at = start
    while at < end:
        match = ontology.sectors.match(sentence.lows, at)
        if match and at + match[0] <= end and not _is_other_word(sentence, at, match[1]):
            if found is None or match[1].country or found.country is None:
                found = match[1]
            at += match[0]
        else:
            at += 1
    return found


def _is_common(sentence: Sentence, start: int, end: int, ontology: Ontology) -> bool:
    """Whether a "name" is words with capitals, as headlines have them: "Four People", "Police"."""
    known = [ontology.sectors.match(sentence.lows, at) for at in range(start, end)]
    is_person = sentence.tree is not None and sentence.tree.kinds[end - 1] in ("PERSON", "ORG", "NORP")
    if sentence.lows[end - 1] in ontology.people and not is_person:  # "Suspended Worker"
        return True
    return all(
        (match and match[0] == 1 and not match[1].is_name) or low in NUMERALS or low in _NOT_NAMES
        for match, low in zip(known, sentence.lows[start:end], strict=True)
    )


def _is_other_word(sentence: Sentence, at: int, value: Affiliation) -> bool:
    """Whether a short word in small letters is no group's name: "un", "eta"."""
    return value.is_name and len(sentence.lows[at]) < 4 and sentence.texts[at].islower()


def _name(sentence: Sentence, start: int, end: int) -> Optional[tuple[int, int]]:
    """The name at the end of the head: "commander [Droukdel]"."""
    if not sentence.texts[end - 1][:1].isupper():
        return None
    first = end - 1
    while first > start and (sentence.texts[first - 1][:1].isupper() or sentence.lows[first - 1] in PARTICLES):
        first -= 1
    return first, end


def _full(sentence: Sentence, first: int, end: int, names: Mapping[str, str]) -> str:
    """A name without titles; one word of it stands for the whole."""
    while first < end - 1 and (_is_before_name(sentence.lows[first]) or not is_word(sentence.texts[first])):
        first += 1
    first, end = _with_nickname(sentence, first, end)
    start, stop = sentence.span(first, end)
    name = " ".join(sentence.text[start:stop].split())
    full = names.get(sentence.lows[end - 1]) if sentence.lows[end - 1] not in _BODY_WORDS else None
    return full if full and first == end - 1 else name


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
    is_person = sentence.tree is not None and sentence.tree.kinds[at] == "PERSON"  # "April Lee"
    is_time = text.lower() in TIME and not is_person
    return text[:1].isupper() and (len(text) == 1 or not text.isupper() or len(text) > 3) and not is_time
