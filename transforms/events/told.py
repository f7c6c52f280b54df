"""What the rules told of an article, word by word, as the network that marks its news reads it beside the words.

The network sees whom the rules hold for who and whom of the first event and of the others, which words tell these, and
of what type they are. So it learns from its reports when the rules are right.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from transforms.events.gathering import HEAD
from transforms.events.mentions import Mention
from transforms.language.features import OTHERS, TOLD
from transforms.language.marks import Told
from transforms.records import Actor, ArticleEvent

_JOINTS = re.compile(r"\s+|[-/]|['’]s?\b")


def read_told(
    events: Sequence[ArticleEvent], happenings: Sequence[Sequence[Mention]], headline: Doc, text: Doc
) -> Told:
    """What the rules tell of the tokens of an article.

    Args:
        events: What they make of it, by rank.
        happenings: The mentions of each; there may be more of them.
    """
    told = Told.nothing(headline, text)
    at, lead = {token.idx: token.i for token in text}, TOLD.index("lead")
    for event, mentions in zip(events, happenings):  # noqa: B905  those that are too many make no event
        below = 0 if event.rank == 1 else OTHERS
        for part, people in enumerate((event.actors, event.recipients)):
            words = {word for person in people for word in words_for(person)}
            for doc, flags in ((headline, told.headline), (text, told.text)):
                flags[[token.i for token in doc if token.lower_ in words], part + below] = 1
        for mention in mentions:
            kind = TOLD.index(mention.trigger.event_type)
            is_lead = event.rank == 1 and mention.char_start == event.char_start
            if is_lead:
                told.article[kind] = 1
            token = None if mention.of_title else at.get(mention.char_start)
            if token is not None:
                told.text[token, [2 + below, kind]] = 1
                told.text[token, lead] = max(told.text[token, lead], is_lead)
    return told


def words_for(person: Actor) -> Iterator[str]:
    """The last words of his name and of the noun for him, as the tokenizer cuts them: "shabaab" of "al-Shabaab"."""
    for name in (person.name, HEAD.sub("", person.text)):
        parts = _JOINTS.split((name or "").lower())
        yield from [part for part in reversed(parts) if part][:1]
