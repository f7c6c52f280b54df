"""What an article of politics tells where its top states nothing that happened: the weaker evidence, or silence.

Its news may be the first full statement further down about those of whom the headline and the lead speak: "Senator Holt
mocked Governor Poe". All else so far down is background.
"""

from collections.abc import Sequence

from transforms.events.lexicon import OF_WORDS
from transforms.events.mentions import Mention
from transforms.events.pages import Page, stems
from transforms.events.summary import realis_of
from transforms.records import Actor

_FAR = 15  # sentences: further down almost nothing was the news of 138 articles
_Groups = list[list[Mention]]
_Untold = list[tuple[Mention, str]]


def promote(groups: _Groups, untold: _Untold, page: Page) -> tuple[_Groups, _Untold]:
    """The happenings with the best of what was left out, where a text on politics has no news otherwise."""
    if page.subject != "politics" or _is_news(groups):
        return groups, untold
    best = next((m for m, _ in untold if _is_full(m) and _is_of_lead(m, page)), None)
    if best is None:
        return groups, untold
    return [*groups, [best]], [each for each in untold if each[0] is not best]


def _is_news(groups: _Groups) -> bool:
    return any(realis_of(group) == "actual" for group in groups)


def _is_full(mention: Mention) -> bool:
    """Whether a sentence states who did by words what to whom, and that it was done."""
    is_stated = mention.is_asserted and mention.realis == "actual" and mention.sentence_number < _FAR
    is_of_words = mention.trigger.event_type in OF_WORDS | {"CONSULT"}
    return is_stated and is_of_words and any(a.name for a in mention.actors)


def _is_of_lead(mention: Mention, page: Page) -> bool:
    """Whether the headline or the lead speaks of both sides."""
    return _is_named(mention.actors, page) and _is_named(mention.recipients, page)


def _is_named(people: Sequence[Actor], page: Page) -> bool:
    return any(stems((actor.name or actor.text).split()[-1]) & page.lead for actor in people)
