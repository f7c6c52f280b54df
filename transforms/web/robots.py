"""What a host lets robots read: robots.txt by RFC 9309."""

import dataclasses
import threading
from typing import Optional

from protego import Protego

from transforms.errors import Failure
from transforms.web.http import Response

MAX_CRAWL_DELAY_SECONDS = 120.0
FRESH_SECONDS = 86_400.0
GOOD_SECONDS = 30 * 86_400.0  # so long the last good copy counts while a host cannot be asked (RFC 9309, 2.3.1.4)
MAX_HOSTS = 20_000


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


def read_robots(answer: Response, user_agent: str) -> Robots:
    """The rules in a host's answer for /robots.txt. 4xx: there are none, all is allowed.

    Failure `robots_unreachable` for 429 and 5xx: all is forbidden for now (RFC 9309, 2.3.1.4).
    """
    if answer.status == 429 or answer.status >= 500:
        raise unreachable(f"answered {answer.status}")
    name = user_agent.partition("/")[0]  # not the contact behind it, in which the parser would find other names
    if not 200 <= answer.status < 300:
        return Robots(None, name)
    return Robots(Protego.parse(answer.body.decode("utf-8-sig", "replace")), name)


def unreachable(why: object) -> Failure:
    """Why nothing of a host may be fetched for now; what we must not reach at all keeps its reason."""
    if isinstance(why, Failure) and why.reason in ("private_address", "port", "robots_unreachable"):
        return why
    return Failure("robots_unreachable", f"robots.txt: {why}", transient=True)


class RobotsMemory:
    """The rules of the hosts that were asked, for as long as the process lives; of very many the longest known go.

    Times are seconds since 1970. Threads may share it.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Robots, float]] = {}
        self._guard = threading.Lock()

    def fresh(self, address: str, now: float) -> Optional[Robots]:
        """The rules at the address of a robots.txt, if they are less than a day old."""
        return self._younger(address, now - FRESH_SECONDS)

    def last_good(self, address: str, now: float) -> Optional[Robots]:
        """The rules to go by while the address cannot be asked."""
        return self._younger(address, now - GOOD_SECONDS)

    def keep(self, address: str, rules: Robots, now: float) -> Robots:
        """Remembers `rules` and returns them."""
        with self._guard:
            self._kept.pop(address, None)
            self._kept[address] = (rules, now)
            if len(self._kept) > MAX_HOSTS:
                del self._kept[next(iter(self._kept))]
        return rules

    def forget(self) -> None:
        """Begins anew."""
        self._kept.clear()

    def _younger(self, address: str, than: float) -> Optional[Robots]:
        rules, read_at = self._kept.get(address, (None, 0.0))
        return rules if read_at > than else None


ROBOTS = RobotsMemory()  # of this process: with --every a host is asked for its rules once a day, not once a run
