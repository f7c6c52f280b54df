"""Those whom the noun phrases beside a trigger stand for, and the phrases that stand for nobody, with the reason."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from transforms.events.actors import make_actor
from transforms.events.headcounts import BEASTS
from transforms.events.identity import is_known
from transforms.events.ontology import Ontology, Trigger
from transforms.events.phrases import Phrase
from transforms.events.placenames import is_facility
from transforms.events.sentences import Sentence
from transforms.events.wordlists import TELLING, word_set
from transforms.records import Actor

_OF_PEOPLE = frozenset(["abduct", "firearms", "arrest", "torture", "sexual"])  # modes that only people suffer
_OF_THINGS = frozenset(["ASSAULT", "COERCE", "DISASTER", "CRIME"])  # types that buildings and goods suffer too
_REGIONS = word_set(
    "city cities town towns village villages district districts province provinces department departments neighborhood "
    "neighborhoods area areas region regions highway highways street streets zone zones county suburb suburbs avenue "
    "part parts stretch avenues boulevard road roads calle carrera avenida intersection corner capital center centre "
    "downtown outskirts sector sectors"
)
_BUILT = word_set(
    "station stations warehouse warehouses building buildings house houses residence residences headquarters barracks "
    "post posts base bases camp camps car cars vehicle vehicles truck trucks bus buses jeep van plane helicopter train "
    "trains tram ferry boat minibus coach lorry"
)
_PAPERS = word_set(  # what is said and voted of, by itself nobody: "rejected the Arizona bill"
    "order orders decree decrees "
    "bill bills law laws legislation act measure measures resolution resolutions amendment amendments motion proposal "
    "proposals treaty race bid seat candidacy nomination primary election elections ballot speech lecture remarks poll"
)
_GROUNDS = word_set(
    "border borders frontier coast shore shipyard shipyards dock docks street streets road roads highway bridge "
    "airport airports airspace tower building buildings hotel hotels resort site sites park plaza square stadium beach "
    "factory plant plants mine mines base bases camp camps checkpoint checkpoints shrine monument cemetery territory"
)
_HOUSES = word_set(  # in names, beside the facilities: "Ashford Inn and Suites"
    "suites grill tavern pub saloon casino cinema theater theatre gym barbershop diner villas towers"
)
_FEASTS = word_set(
    "christmas holiday birthday house office dinner garden farewell wedding new pool block company staff"
)
_DECREED = frozenset(["ban", "censor", "curfew", "martial-law", "restrict"])  # modes
_STATE = frozenset(["COP", "GOV", "MIL"])  # sectors
_FORCES = word_set(
    "police army military navy troops forces soldiers marines officers deputies gendarmes guard guards command brigade "
    "battalion authorities department staff"
)
_CRAFT = word_set("boat boats ship ships vessel vessels plane planes helicopter helicopters tank tanks")  # which fire
_FORCES_OF_STATE = frozenset(["COP", "MIL"])  # sectors
_CROWDS = word_set("dozens scores hundreds thousands crowds")
_LAST_WORDS = 4  # "told the news agency", and a dot
_COURTS = frozenset(["jury", "jurors", "court", "tribunal", "prosecutors", "prosecution"])
NO_PEOPLE = "a place or a thing, and only people suffer this"
_PLACES = frozenset(["GPE", "LOC", "FAC"])  # kinds of names


class LeftOut(NamedTuple):
    """A noun phrase that stands where one of those involved would, and why it was not taken for one."""

    role: str  # actor, recipient
    text: str
    reason: str
    at: int = -1  # the last word of its head, in its sentence


class Parties(NamedTuple):
    """Who plays one role."""

    actors: tuple[Actor, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    things: tuple[Actor, ...] = ()  # those of `actors` that are no people: what else was hit
    venues: tuple[Actor, ...] = ()  # those of `things` that are towns or streets: where it happened


class Naming(NamedTuple):
    """What a noun phrase is read by."""

    sentence: Sentence
    ontology: Ontology
    names: Mapping[str, str]  # the full names of the article, by last name


def read_doers(naming: Naming, trigger: Trigger, phrases: Sequence[Phrase]) -> Parties:
    """Those who did it."""
    parties = _read(naming, "actor", phrases, False, False)
    if trigger.event_type == "PROTEST":
        parties = parties._replace(actors=tuple(a for a in parties.actors if a not in parties.things))
        return _with_crowds(naming, phrases, parties)
    if trigger.event_type not in _OF_THINGS:
        return parties
    courts = [a for a in parties.actors if trigger.event_type != "COERCE" and a.text.lower().split()[-1] in _COURTS]
    others = [LeftOut("actor", actor.text, "a place or a thing does nothing") for actor in parties.things]
    others += [LeftOut("actor", actor.text, "a court judges who did it") for actor in courts]
    feasts = [a for a in parties.actors if is_feast(a)]
    others += [LeftOut("actor", actor.text, "a feast does nothing") for actor in feasts]
    doers = tuple(actor for actor in parties.actors if actor not in (*parties.things, *courts, *feasts))
    return Parties(doers, (*parties.left_out, *others))


def is_feast(actor: Actor) -> bool:
    """Whether it is a party where people dance: "an office party"."""
    *_, before, last = ["", "", *actor.text.lower().split()]
    return last == "party" and before in _FEASTS


def tellers_of_their_own(
    naming: Naming, trigger: Trigger, phrases: Sequence[Phrase], sufferers: Sequence[Actor]
) -> tuple[Actor, ...]:
    """Those who tell what they did and not by whom it was done: "[police] said that five men were arrested"."""
    if trigger.event_type == "COERCE" and trigger.mode in _DECREED:  # "[the mayor] announced that a curfew was imposed"
        return tuple(actor for actor in read_doers(naming, trigger, phrases).actors if actor.sector in _STATE)
    forces = [each for each in phrases if naming.sentence.lows[each.head_end - 1] in _FORCES]
    of_rebels = trigger.event_type == "ASSAULT" and sufferers and all(actor.sector == "REB" for actor in sufferers)
    return read_doers(naming, trigger, forces).actors if trigger.event_type == "COERCE" or of_rebels else ()


def _with_crowds(naming: Naming, phrases: Sequence[Phrase], parties: Parties) -> Parties:
    """The parties, and the crowds that are told by their number alone: "thousands marched"."""
    sentence = naming.sentence
    crowds = [each for each in phrases if _CROWDS & set(sentence.lows[each.start : each.head_end])]
    at = {out.at for out in parties.left_out} & {each.head_end - 1 for each in crowds}
    spans = [sentence.span(each.start, each.end) for each in crowds if each.head_end - 1 in at]
    actors = [Actor(None, " ".join(sentence.text[first:last].split()), None, "CVL") for first, last in spans]
    left_out = tuple(out for out in parties.left_out if out.at not in at)
    return parties._replace(actors=(*parties.actors, *actors), left_out=left_out)


def read_sufferers(naming: Naming, trigger: Trigger, phrases: Sequence[Phrase]) -> Parties:
    """Those to whom it was done."""
    of_people = bool(trigger.toll or is_of_people(trigger.mode))
    if trigger.event_type not in _OF_THINGS:
        spoken_to = [each for each in phrases if not _is_paper(naming, each) and not _is_ground(naming, each)]
        spoken_to = [each for each in spoken_to if not _is_weapon(naming, each)]  # "sold jets to Norway"
        return _read(naming, "recipient", spoken_to, of_people, False)
    return _read(naming, "recipient", phrases, of_people, not of_people)


def is_of_people(mode: Optional[str]) -> bool:
    """Whether only people suffer what is done in this mode."""
    return mode in _OF_PEOPLE


def _read(naming: Naming, role: str, phrases: Sequence[Phrase], of_people: bool, may_be_things: bool) -> Parties:
    sentence, actors, left_out, things, venues = naming.sentence, [], [], [], []
    for phrase in phrases:
        actor = make_actor(sentence, phrase, naming.ontology, naming.names)
        is_nowhere = of_people and _is_name_of_nowhere(naming, phrase)
        is_thing = _is_thing(naming, phrase) and not is_nowhere
        may_be_unknown = may_be_things or _is_people(naming, phrase)
        reason = _why_nobody(actor, of_people and is_thing, may_be_unknown)
        if role == "actor" and _is_anybody(sentence, phrase):
            reason = "people of whom nothing is told"
        if role == "recipient" and _only_tells(sentence, phrase):
            reason = "who only tells it"
        if actor is None or reason:
            first, last = sentence.span(phrase.start, phrase.end)
            left_out.append(
                LeftOut(role, " ".join(sentence.text[first:last].split()), reason or "", phrase.head_end - 1)
            )
        else:
            actors.append(actor)
            is_region = sentence.lows[phrase.head_end - 1] in _REGIONS  # "the Greek capital's protests"
            is_armed = actor.sector in _FORCES_OF_STATE and sentence.lows[phrase.head_end - 1] in _CRAFT
            acts = (actor.sector and (is_armed or not _is_built(naming, phrase))) or (
                role == "actor" and not is_region and _is_state(naming, phrase)
            )
            things += [actor] if is_thing and not (role == "actor" and acts) else []
            venues += [actor] if _is_venue(naming, phrase) and not is_nowhere else []
    return Parties(tuple(actors), tuple(left_out), tuple(things), tuple(venues))


def _is_anybody(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether "those people" stands there alone."""
    return sentence.lows[phrase.start : phrase.end] in (["those", "people"], ["these", "people"], ["such", "people"])


def _is_people(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase is of people by its head; the head of a group is one of them."""
    lows, last = naming.sentence.lows, phrase.head_end - 1
    if lows[last] in BEASTS:
        return False
    return naming.ontology.is_people(lows[last]) or lows[last : last + 2] == ["head", "of"]


def _is_paper(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase is of what is voted or said, and names nobody: not "the nomination of Ann Lee", nor
    "a Security Council resolution"."""
    tree, words = naming.sentence.tree, range(phrase.start, phrase.end)
    names_one = tree is not None and any(
        tree.kinds[at] == "PERSON" or (tree.kinds[at] == "ORG" and tree.same_name(at, at + 1)) for at in words
    )
    names_one = names_one or phrase.name or _is_state(naming, phrase)
    return naming.sentence.lows[phrase.head_end - 1] in _PAPERS and not names_one


def _is_ground(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase is a place that nobody accuses or asks: "the Texas border", "Roe Tower"."""
    sentence, last = naming.sentence, phrase.head_end - 1
    if naming.ontology.sectors.match(sentence.lows, last) or phrase.name or _ends_in_country(naming, phrase):
        return False
    return sentence.lows[last] in _GROUNDS or (sentence.tree is not None and sentence.tree.kinds[last] == "FAC")


def _is_weapon(naming: Naming, phrase: Phrase) -> bool:
    low = naming.sentence.lows[phrase.head_end - 1]
    return low in naming.ontology.means and low not in naming.ontology.sectors


def _only_tells(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a noun phrase stands at the end as the source: "two homes were damaged, [officials] said"."""
    if not phrase.start or sentence.lows[phrase.start - 1] != ",":
        return False
    rest = sentence.lows[phrase.end :]
    if rest[:1] == [","] and "," in rest[1:]:  # "the governor, Ann Lee, said"
        rest = rest[rest.index(",", 1) + 1 :]
    return bool(rest) and rest[0] in TELLING and len(rest) <= _LAST_WORDS


def _is_venue(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase is a town, a province or a street, which are where something happens."""
    sentence, last = naming.sentence, phrase.head_end - 1
    is_place = sentence.tree is not None and sentence.tree.kinds[last] in ("GPE", "LOC")
    return sentence.lows[last] in _REGIONS or (is_place and not _is_state(naming, phrase))


def _why_nobody(actor: Optional[Actor], is_thing: bool, may_be_unknown: bool) -> Optional[str]:
    if is_thing:
        return NO_PEOPLE
    if actor is None:
        return "a time, a count, a pronoun or an event: nobody"
    return None if may_be_unknown or is_known(actor) else "nothing known of it: no name, country or sector"


def _is_state(naming: Naming, phrase: Phrase) -> bool:
    """Whether it is a country or its people: those act."""
    sentence = naming.sentence
    found = [naming.ontology.place_at(sentence.texts, sentence.lows, at) for at in range(phrase.start, phrase.head_end)]
    return any(match and match[1].kind in ("country", "people") for match in found)


def _ends_in_country(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase ends in the name of a country: "the Ivory Coast", but "the U.S. coast"."""
    sentence, span = naming.sentence, range(phrase.start, phrase.head_end)
    found = ((at, naming.ontology.place_at(sentence.texts, sentence.lows, at)) for at in span)
    return any(match and at + match[0] == phrase.head_end and match[1].kind == "country" for at, match in found)


def _is_built(naming: Naming, phrase: Phrase) -> bool:
    """Whether only what stands before a noun acts: the police, not a "police station"; the White House does."""
    sentence, last = naming.sentence, phrase.head_end - 1
    if sentence.lows[last] not in _BUILT | BEASTS:
        return False
    found = ((at, naming.ontology.sectors.match(sentence.lows, at)) for at in range(phrase.start, last + 1))
    return not any(match and at + match[0] == last + 1 for at, match in found)


def _is_name_of_nowhere(naming: Naming, phrase: Phrase) -> bool:
    """Whether a name that a parser takes for that of a place is none that a map has: "killed Ali Keita"."""
    sentence, last = naming.sentence, phrase.head_end - 1
    if sentence.tree is None or sentence.tree.kinds[last] not in ("GPE", "LOC"):
        return False
    first = sentence.tree.names[last]
    words = sentence.texts[first : last + 1]
    is_known = any(naming.ontology.place_at(sentence.texts, sentence.lows, at) for at in range(first, last + 1))
    return len(words) > 1 and not is_known and not naming.ontology.gazetteer.find(" ".join(words))


def _is_thing(naming: Naming, phrase: Phrase) -> bool:
    """Whether a noun phrase is not of people, but where they were or what they had: "Ashford Inn", "his Jeep"."""
    sentence, last = naming.sentence, phrase.head_end - 1
    low, tree = sentence.lows[last], sentence.tree
    if is_facility(low) or low in _HOUSES:
        return True
    if tree is None or phrase.name or _is_people(naming, phrase) or tree.kinds[last] in ("PERSON", "NORP"):
        return False
    return tree.kinds[last] in _PLACES or sentence.texts[last][:1].isupper() or tree.tags[last].startswith("NN")
