"""How an article's events came about, for people: each trigger, what filled or failed its roles, the source of values.

It adds nothing to what the reading decided: an `Account` has all steps, and here they are put into words.
"""

from collections.abc import Iterator, Sequence

from transforms.events.accounts import MAX_EVENTS, Account
from transforms.events.marked import ROLES
from transforms.events.mentions import Mention
from transforms.events.tolls import Toll
from transforms.records import Actor, ArticleEvent


def explain_account(account: Account) -> Iterator[str]:
    """The lines to print for one article."""
    if account.silence:
        yield f"not read: {account.silence}"
        return
    fates = _fates(account)
    told = (mention for happening in account.happenings for mention in happening)  # with the people who "he" is
    untold = (mention for mention, _ in account.untold)
    mentions = {_place(m): m for m in (*account.mentions, *untold, *told)}
    if not mentions:
        yield "no trigger found"
    number = None
    for mention in sorted(mentions.values(), key=lambda m: (m.sentence_number, m.char_start)):
        if mention.sentence_number != number:
            number = mention.sentence_number
            yield f"sentence {number + 1}: {mention.sentence}"
        yield from _explain_mention(mention, fates.get(_place(mention), "nothing came of it"))
    for event, happening in zip(account.events, account.happenings, strict=False):
        yield from _explain_event(event, happening, account)


def _place(mention: Mention) -> tuple[int, int, str, str]:
    """What tells a mention from others, however much more was found out of it since."""
    return mention.char_start, mention.char_end, mention.reading, mention.trigger.lemma if mention.of_title else ""


def _fates(account: Account) -> dict[tuple[int, int, str, str], str]:
    """What became of each mention, by its place."""
    fates = {_place(mention): f"dropped: {reason}" for mention, reason in account.untold}
    for rank, happening in enumerate(account.happenings, 1):
        for mention in happening:
            alone = fates.get(_place(mention), "").removeprefix("dropped: ")
            fate = f"part of event {rank}" if rank <= len(account.events) else f"dropped: {MAX_EVENTS} others say more"
            fates[_place(mention)] = f"{fate} (no event by itself: {alone})" if alone else fate
    return fates


def _explain_mention(mention: Mention, fate: str) -> Iterator[str]:
    trigger = mention.trigger
    mode = f" {mention.mode}" if mention.mode else ""
    reading = mention.reading + (" of the title" if mention.of_title else "")
    yield f"  {trigger.lemma!r}: {trigger.told_type}{mode}, read as {reading}, {mention.realis} -> {fate}"
    for role, actors in (("who", mention.actors), ("whom", mention.recipients)):
        if actors:
            yield f"    {role:6}{_people(actors)}"
    for left in mention.left_out:
        yield f"    {'who' if left.role == 'actor' else 'whom':6}not {left.text!r}: {left.reason}"
    if mention.time.text:
        days = mention.time.days
        said = f"{days.first} ({days.precision})" if days else "no day that can be worked out"
        tied = "tied to it" if mention.time.is_sure else "beside it in the sentence"
        if mention.time.sentence_number is not None:
            tied = f"in sentence {mention.time.sentence_number + 1}"
        yield f"    when  {mention.time.text!r}, {tied}: {said}"
    if places := [each for each in (*mention.where.names, mention.where.admin1, mention.where.country) if each]:
        yield f"    where {', '.join(places)}"
    if toll := _toll(mention.toll):
        yield f"    toll  {toll}"


def _explain_event(event: ArticleEvent, happening: Sequence[Mention], account: Account) -> Iterator[str]:
    mode = f" {event.event_mode}" if event.event_mode else ""
    yield f"event {event.rank}: {event.event_type}{mode}, {event.realis}, confidence {event.confidence}"
    if event.rank == 1 and "rank" in account.by_marks:
        yield f"  the news by the marks, {account.by_marks['rank']:.2f} likely; the rules have another event first"
    if happening:
        told = len({mention.sentence_number for mention in happening})
        yield f"  told in {told} sentence{'s'[: told != 1]}, first in sentence {happening[0].sentence_number + 1}"
    else:
        chance = account.by_marks["added"]
        yield f"  added, {chance:.2f} likely by the marks; told in {event.sentence!r}; what is not marked is of event 2"
    for role, people in zip(ROLES, (event.actors, event.recipients), strict=True):
        yield f"  {role:5} {_people(people) or 'not told'}"
        if event.rank == 1 and account.news:
            yield from _explain_marks(role, people, account)
    yield f"  when  {_when(event, happening, account)}"
    yield f"  where {_where(event, happening, account)}"
    for kind, value in (("killed", event.killed_best), ("injured", event.injured_best)):
        if value is not None:
            yield f"  {kind} {value}: {_counted(kind, value, event, happening, account.title_toll)}"


def _explain_marks(role: str, people: Sequence[Actor], account: Account) -> Iterator[str]:
    """Whom the marks of the network took out of the first event or brought into it, and how likely he had the part."""
    told = account.by_rules
    for candidate, chance in account.news.rate(account.events[0].event_type, (told.actors, told.recipients), role):
        if candidate.is_told and candidate.actor not in people:
            yield f"    not {candidate.actor.text!r}, whom the rules tell: {chance:.2f} likely by the marks"
        elif not candidate.is_told and candidate.actor in people:
            yield f"    {candidate.actor.text!r} is no rule's: {chance:.2f} likely by the marks"


def _when(event: ArticleEvent, happening: Sequence[Mention], account: Account) -> str:
    if event.rank == 1 and "day" in account.by_marks:
        told = account.by_rules.happened_on or "not told"
        day = f"{event.happened_on} ({event.date_precision}), {event.date_text!r}"
        return f"{day}: {account.by_marks['day']:.2f} likely by the marks; by the rules {told}"
    if event.happened_on is None:
        return f"{event.date_text!r}, no day that can be worked out" if event.date_text else "not told"
    if not happening:
        return f"{event.happened_on} ({event.date_precision}), {event.date_text!r}"
    source = next((m for m in happening if m.time.days and m.time.text == event.date_text), happening[0])
    number = source.sentence_number if source.time.sentence_number is None else source.time.sentence_number
    return f"{event.happened_on} ({event.date_precision}), {event.date_text!r} in sentence {number + 1}"


def _where(event: ArticleEvent, happening: Sequence[Mention], account: Account) -> str:
    place, setting = ", ".join(filter(None, (event.place_name, event.admin1, event.country))), account.setting
    if event.rank == 1 and "place" in account.by_marks:
        told = account.by_rules.place_name or account.by_rules.country or "not told"
        return (
            f"{place} ({event.geo_precision}): {account.by_marks['place']:.2f} likely by the marks; by the rules {told}"
        )
    if not place:
        return "not told"
    named = next((m for m in happening if event.place_name and event.place_name in m.where.names), None)
    country = next((m for m in happening if event.country and m.where.country == event.country), None)
    if named:
        number = named.sentence_number if named.where.sentence_number is None else named.where.sentence_number
        source = f"named in sentence {number + 1}"
    elif event.place_name and setting.dateline and setting.dateline.place == event.place_name:
        source = "the dateline"
    elif event.place_name and setting.town == event.place_name:
        source = "the town that the article is about"
    elif country:
        source = f"its country is named in sentence {country.sentence_number + 1}"
    else:
        source = "the only one that the article names"
    return f"{place} ({event.geo_precision}): {source}"


def _counted(kind: str, value: int, event: ArticleEvent, happening: Sequence[Mention], title: Toll) -> str:
    kinds = (kind, "in_care") if kind == "injured" else (kind,)
    said = next((m for each in kinds for m in happening if getattr(m.toll, each) == value), None)
    if said:
        return f"said in sentence {said.sentence_number + 1}"
    if getattr(title, kind) == value:
        return "said in the title"
    if kind == "killed":
        return "people named as killed, counted"
    return "those hit, without the killed"


def _people(actors: Sequence[Actor]) -> str:
    return "; ".join(_person(actor) for actor in actors)


def _person(actor: Actor) -> str:
    known = " ".join(filter(None, (actor.sector, actor.country)))
    name = actor.name if actor.name and actor.name != actor.text else ""
    return actor.text + (f" = {name}" if name else "") + (f" ({known})" if known else "")


def _toll(toll: Toll) -> str:
    return ", ".join(f"{kind} {value}" for kind, value in toll._asdict().items() if value is not None)
