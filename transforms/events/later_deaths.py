"""Who dies of wounds, days after they were dealt: the day and the town of a hospital are not those of the deed."""

import re
from collections.abc import Sequence

from transforms.events.mentions import Mention
from transforms.events.timing import Timing

_DYING = frozenset(["die", "death"])
_HURT = re.compile(r"(?i)\b(?:wounded|injured|hurt|shot|stabbed|burned|burnt|victims?)\b")
_OF_WOUNDS = re.compile(
    r"(?i)\b(?:(?:of|from|to) (?:\w+ )?(?:wounds|injuries|burns)|in (?:an? |the )?(?:[\w’'-]+ ){0,3}?hospital)\b"
)


def undate_deaths(happening: Sequence[Mention]) -> list[Mention]:
    """The mentions of a happening; those of later deaths without their days, where others have one."""
    late = [mention for mention in happening if _is_late(mention)]
    days = [m.time for m in happening if m not in late and m.time.is_sure and m.time.days]
    return [m._replace(time=Timing()) if days and m in late else m for m in happening]


def _is_late(mention: Mention) -> bool:
    is_hurt = any(_HURT.search(actor.text) for actor in mention.recipients)
    return mention.trigger.lemma in _DYING and (is_hurt or bool(_OF_WOUNDS.search(mention.sentence)))
