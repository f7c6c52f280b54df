"""What a host lets robots read: robots.txt by RFC 9309."""

import dataclasses
from typing import Optional

from protego import Protego

from transforms.errors import Failure
from transforms.web.http import Response

MAX_CRAWL_DELAY_SECONDS = 120.0


@dataclasses.dataclass(frozen=True)
class Robots:
    """The rules of one host for the robot of this name. `rules` is None where everything is allowed."""

    rules: Optional[Protego]
    name: str

    def allows(self, url: str) -> bool:
        """Whether we may fetch `url`."""
        return self.rules is None or self.rules.can_fetch(url, self.name)

    @property
    def delay_seconds(self) -> float:
        """The crawl delay that the host asks for; 0 where it asks for none."""
        delay = self.rules.crawl_delay(self.name) if self.rules else None
        return float(delay or 0.0)


def read_robots(answer: Response | Failure, user_agent: str) -> Robots:
    """The rules in a host's answer for /robots.txt.

    4xx: there are none, all is allowed. Unreachable or 5xx: all is forbidden for now (RFC 9309, 2.3.1.4), which is
    Failure `robots_unreachable`, tried again later.
    """
    if isinstance(answer, Failure):
        if answer.reason in ("private_address", "port"):
            raise answer
        raise Failure("robots_unreachable", f"robots.txt: {answer}", transient=True)
    if answer.status == 429 or answer.status >= 500:
        raise Failure("robots_unreachable", f"robots.txt answered {answer.status}", transient=True)
    name = user_agent.partition("/")[0]  # not the contact behind it, in which the parser would find other names
    if not 200 <= answer.status < 300:
        return Robots(None, name)
    return Robots(Protego.parse(answer.body.decode("utf-8-sig", "replace")), name)
