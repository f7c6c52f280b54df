"""Who let the kidnapped go, where nothing else is told: those who had taken them."""

from collections.abc import Sequence

from transforms.events.identity import overlap
from transforms.events.mentions import Mention

_ARMED = frozenset(["CRM", "REB", "UAF"])  # sectors


def name_captors(happening: list[Mention], others: Sequence[Sequence[Mention]]) -> list[Mention]:
    """The mentions of a release, with those who had abducted the same people as who did it, by name if they have one.

    Who is freed by others is not let go. `others` are all the happenings of the article.
    """
    released = [m for m in happening if m.mode == "release"]
    doers = [a for m in happening for a in m.actors]
    if not released or any(a.name or a.sector not in _ARMED for a in doers):
        return happening
    freed = [a for m in released for a in m.recipients]
    taken = [m for told in others for m in told if m.mode == "abduct" and overlap(m.recipients, freed)]
    captors = tuple(a for m in taken for a in m.actors if a.name or not doers)
    first = released[0]
    return [m._replace(actors=captors if m is first else ()) for m in happening] if captors else happening
