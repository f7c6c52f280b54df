"""One row from all that an article says of one happening.

What its sentences leave out, the setting of the article fills: dateline, town, the only country named.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Optional

from transforms.events.casts import OF_PERSONS, read_cast
from transforms.events.codes import codes_of
from transforms.events.completing import with_counted
from transforms.events.confidence import Evidence, confidence, observe
from transforms.events.days import Days
from transforms.events.gathering import is_person
from transforms.events.gazetteer import Gazetteer
from transforms.events.headcounts import count_people
from transforms.events.identity import add_actors
from transforms.events.lexicon import OF_WORDS, VIOLENT
from transforms.events.locating import Site, locate, locate_words, seat_of
from transforms.events.mentions import NAMED, Mention
from transforms.events.realis import REALIS, UNDONE
from transforms.events.setting import Setting
from transforms.events.sides import are_outlaws, is_counterblow, without_own
from transforms.events.timing import Timing
from transforms.events.tolls import Toll
from transforms.records import Actor, ArticleEvent

_TOP = 2  # sentences
_NEAR = 4  # sentences
_OF_STATES = frozenset(["SANCTION", "COERCE", "ACCUSE", "CONCEDE", "REJECT", "RETREAT"])  # types done at home
_FROM_AFAR = frozenset(
    ["ACCUSE", "AGREE", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN"]
)  # what is done to a land, and not there
_HOSTING = frozenset(["receive", "host"])  # what is done at home
_STATE = frozenset(["COP", "GOV", "JUD", "LEG"])  # sectors
_ARMED = frozenset(["REB"])
_SEATS = frozenset(["Brussels", "Geneva", "New York", "The Hague", "Vienna", "Strasbourg"])  # where all states act
_HOUSES = frozenset(["COP", "JUD", "LEG"])  # sectors of those who act in their own land, wherever it is told


def summarize(
    happening: Sequence[Mention],
    rank: int,
    setting: Setting,
    gazetteer: Gazetteer,
    title_toll: Toll,
    article: tuple[str, int, str],
) -> tuple[ArticleEvent, Evidence]:
    """The row of a happening, and what its confidence rests on.

    `article` is the id, the version and the address of the article that tells it.
    """
    lead = _lead(happening)
    actors, recipients = read_cast(happening, lead)
    time = _time(happening, lead)
    if time.days is None and lead.trigger.event_type in OF_WORDS and lead.sentence_number < _TOP:
        time = _time_of_dateline(setting)
    site = _place(happening, lead, setting, gazetteer)
    is_of_nowhere = setting.dateline is None or setting.dateline.place is None
    if len(actors) == 1 and is_of_nowhere and lead.trigger.event_type in OF_WORDS - {"SANCTION"}:
        site = seat_of(actors[0].name or actors[0].text, gazetteer) or site
    if site == Site() and lead.trigger.event_type in _OF_STATES:
        site = _at_home(actors, _STATE)
    if site == Site():
        site = _at_home((*actors, *recipients), _ARMED)
    beside = {m.sentence_number for m in happening if is_counterblow(m, happening, lead)} - {lead.sentence_number}
    title_toll = title_toll if lead.trigger.event_type in VIOLENT else Toll()
    told = [m for m in happening if m.sentence_number not in beside]
    toll = _toll(told, title_toll)
    if lead.trigger.event_type in OF_PERSONS:
        recipients = with_counted(recipients, told, toll)
    if lead.trigger.event_type == "ASSAULT":  # nor is a soldier whom rebels hurt
        recipients = without_own(actors, recipients)
    mode = next((m.mode for m in (lead, *happening) if m.mode), None)
    evidence = observe(happening, lead, rank, (actors, recipients), time, site)
    event = ArticleEvent(
        *article,
        rank=rank,
        event_id=None,
        event_type=lead.trigger.told_type,
        event_mode=mode,
        **codes_of(lead.trigger.told_type, mode, actors, recipients)._asdict(),
        realis=realis_of(happening),
        actors=actors,
        recipients=recipients,
        happened_on=time.days.first if time.days else None,
        date_precision=time.days.precision if time.days else None,
        date_text=time.text,
        **site.columns(),
        killed_best=toll.killed,
        injured_best=toll.injured,
        confidence=confidence(evidence),
        sentence=lead.sentence,
        char_start=lead.char_start,
        char_end=lead.char_end,
    )
    return event, evidence


def _time(happening: Sequence[Mention], lead: Mention) -> Timing:
    """A day that a mention is tied to; else one that stands near; a vaguer time only from the lead, for it may be that
    of the background."""
    happening = [m for m in happening if m.realis != "future"] or happening  # not when somebody will be sentenced
    daily = [m.time for m in happening if m.time.days and m.time.days.precision == "day"]
    told = daily or [lead.time, *(m.time for m in happening if m.time.text and not m.time.days)]
    return next((time for time in told if time.is_sure), told[0])


def _time_of_dateline(setting: Setting) -> Timing:
    """What a wire leads with was said on the day that it was written, unless it says another."""
    dateline = setting.dateline
    if dateline is None or dateline.day is None:
        return Timing()
    return Timing(dateline.date, Days(dateline.day, dateline.day, "day"))


def _place(happening: Sequence[Mention], lead: Mention, setting: Setting, gazetteer: Gazetteer) -> Site:
    """Where it was, as the lead says before others: what only adds to it may tell of another, "such things happened in
    Iran"."""
    are_talks = lead.trigger.event_type == "CONSULT" and (lead.mode != "visit" or lead.trigger.lemma in _HOSTING)
    of_words = lead.trigger.event_type in OF_WORDS or are_talks
    region = setting.dateline.region if of_words and setting.dateline else None
    if region and region.country in {
        actor.country for actor in lead.actors
    }:  # who acts at home does it where it is told
        setting = setting._replace(town=setting.dateline.place)
    place = locate_words if of_words else locate
    told = [m for m in happening if not of_words or _is_near(m, lead, setting)]
    told = [m for m in told if m is lead or m.realis not in UNDONE]
    if of_words and setting.dateline:  # "Chile hits back at Peru" has no place
        told = [m for m in told if not m.of_title]
    telling = sorted(told, key=lambda m: (m is not lead, m.trigger.weak))
    site = place([m.where for m in telling], setting, gazetteer)
    is_guess = of_words and site.precision == "country" and not lead.where.is_inside
    if is_guess and setting.dateline is None and setting.home is None:
        states = {actor.country for actor in lead.actors} - {None}
        if len(states) == 1:
            return Site(country=states.pop(), precision="country")
        is_of_all = lead.trigger.event_type in _FROM_AFAR and {actor.sector for actor in lead.actors} == {"IGO"}
        return Site() if is_of_all else site  # the Security Council meets at no place that it speaks of
    if lead.where.names or lead.trigger.event_type in VIOLENT or any(m.where.is_here for m in happening):
        return site
    is_said = lead.trigger.event_type in OF_WORDS and setting.home is None  # who meets others does so where it is told
    return _of_doers(lead, site, is_said, setting.context.weights)


def _is_near(mention: Mention, lead: Mention, setting: Setting) -> bool:
    """Whether the country that a sentence names may be where words of the lead were said: far from it, only the one
    that the article names most."""
    weights = setting.context.weights
    is_main = mention.where.country == max(weights, key=weights.__getitem__, default=None)
    return is_main or abs(mention.sentence_number - lead.sentence_number) < _TOP


def _of_doers(lead: Mention, site: Site, of_words: bool, known: Collection[str]) -> Site:
    """The site, or the country of those whose courts and police act, whatever the dateline says; of states and bodies
    also where the dateline is of a third country: "Dubai - Iran said ...". No other country than the `known`: the
    police of Rome may be of another Rome."""
    home, states = _at_home(lead.actors, _HOUSES).country, {actor.country for actor in lead.actors}
    are_bodies = not any(actor.sector in _ARMED or is_person(actor) for actor in lead.actors)
    is_of_third = site.country not in {None, *states, *(actor.country for actor in lead.recipients)}
    is_of_third = is_of_third and site.name not in _SEATS
    if home is None and len(states) == 1 and of_words and are_bodies and is_of_third and not lead.where.is_inside:
        home = states.pop()
    return site if home == site.country or home not in known else Site(country=home, precision="country")


def _at_home(actors: Sequence[Actor], sectors: Collection[str]) -> Site:
    """The country of those of `sectors` that take part, where nothing else is told: "a Russian court jailed ..."."""
    countries = {actor.country for actor in actors if actor.sector in sectors} - {None}
    known = countries.pop() if len(countries) == 1 else None
    return Site(country=known, precision="country") if known else Site()


def realis_of(happening: Sequence[Mention]) -> str:
    """The surest of what the mentions say; words that make no event of their own are asked last."""
    told = [m for m in happening if not m.trigger.weak] or [m for m in happening if m.reading != NAMED] or happening
    return min((m.realis for m in told), key=REALIS.index)


def _lead(happening: Sequence[Mention]) -> Mention:
    """The mention that stands for the happening: an actual verb of the text with both sides, as early as possible."""
    is_of_outlaws = are_outlaws(next((m.recipients for m in happening if m.recipients), ()))
    return max(
        happening,
        key=lambda m: (
            m.realis == "actual",
            is_of_outlaws or not are_outlaws(m.recipients),  # who shot the attacker comes after
            not m.of_title,
            not (m.is_aside and m.trigger.event_type in OF_WORDS),  # "Roe, who had opposed Fox"
            2 * bool(m.recipients or _is_theft(m)) + bool(m.actors) + m.is_verb,
            -m.char_start,
        ),
    )


def _is_theft(mention: Mention) -> bool:
    """Whether something was taken, which is no party: "stole two million"."""
    return mention.trigger.event_type == "CRIME" and any(out.role == "recipient" for out in mention.left_out)


def _toll(happening: Sequence[Mention], title: Toll) -> Toll:
    """The highest numbers said, but of the dead that of headline and lead; else the people named as killed or injured
    are counted, one by one."""
    real = [m for m in happening if m.realis not in UNDONE]
    said: Mapping[str, list[int]] = {
        kind: [n for m in real if (n := getattr(m.toll, kind)) is not None] for kind in Toll._fields
    }
    injured = max(said["injured"], default=title.injured)
    named: tuple[Actor, ...] = ()
    for mention in real:
        if mention.trigger.toll == "killed":
            named = add_actors(named, (a for a in mention.recipients if a.name and not a.country))
    is_sure = said["killed"][:1] == [title.killed] and title.killed > 1  # the highest may be what others say
    killed = max((title.killed if is_sure else max(said["killed"], default=title.killed)) or 0, len(named))
    killed = killed if killed or said["killed"] or title.killed is not None else _count_described(real)
    first = min((m.sentence_number for m in real), default=0)
    near = [m.toll.hit for m in real if m.toll.hit and m.sentence_number < first + _NEAR]  # further down they add up
    hit = max(said["hit"] if injured is None else near, default=title.hit) or 0
    if hit > (killed or 0) + (injured or 0):
        injured = hit - (killed or 0)
    in_care = max(said["in_care"], default=0)
    if in_care > max(injured or 0, min(killed or 0, 1)):  # one who has wounds may be who died
        injured = in_care
    return Toll(killed, injured)


def _count_described(told: Sequence[Mention]) -> Optional[int]:
    """How many those are whom a word for killing has for its victims: "a policeman who was hurt last week died"."""
    suffering = [
        [count_people(a.text) for a in m.recipients]
        for m in told
        if m.trigger.toll == "killed" and m.is_verb and not m.things
    ]
    return max((sum(counts) for counts in suffering if counts and None not in counts), default=None)
