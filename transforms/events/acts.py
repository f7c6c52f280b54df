"""What is said, agreed or given far below the news: events of their own, after all others.

So far down it adds nothing to what the top tells, but it is what analysts ask for: a ministry denied it, the opposition
condemned it, a neighbour sent troops. Each is one event with what says the same.
"""

from collections.abc import Iterator, Sequence

from transforms.events.mentions import Mention
from transforms.events.pages import Page
from transforms.events.same_happening import same_happening
from transforms.events.substance import BACKGROUND, is_act


def find_acts(
    untold: Sequence[tuple[Mention, str]], groups: Sequence[Sequence[Mention]], page: Page
) -> list[list[Mention]]:
    """The acts among those mentions that make no happening at the top and belong to none, in the order of the text."""
    acts: list[list[Mention]] = []
    for mention in _stated(untold, groups, page):
        same = next((act for act in acts if all(same_happening(mention, other) for other in act)), None)
        if same is None:
            acts.append([mention])
        else:
            same.append(mention)
    return acts


def _stated(
    untold: Sequence[tuple[Mention, str]], groups: Sequence[Sequence[Mention]], page: Page
) -> Iterator[Mention]:
    told = {mention.char_start for group in groups for mention in group}
    told |= {mention.char_start for mention, reason in untold if reason != BACKGROUND}  # it joined what was left out
    below = (mention for mention, reason in untold if reason == BACKGROUND)
    for mention in sorted(below, key=lambda mention: mention.char_start):
        if mention.char_start not in told and is_act(mention, page):
            yield mention
