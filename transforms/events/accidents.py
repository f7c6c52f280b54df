"""What kills without a will: cars and who drives them, animals, trees and walls that fall, lightning and waves."""

import re

from transforms.events.mentions import Mention
from transforms.events.ontology import Trigger
from transforms.events.wordlists import ADVENTURERS, word_set

ACCIDENT = Trigger("accident", "DISASTER", mode="accident")
_CARS = word_set("car vehicle truck bus train suv van pickup tractor motorcycle minivan sedan")
_MAKES = word_set(
    "toyota honda nissan chevrolet chevy hyundai jeep mazda volkswagen bmw mercedes audi subaru kia dodge"
)
_DRIVERS = frozenset(["motorist", "driver"])
ANIMALS = word_set(
    "dog dogs bear bears shark sharks crocodile crocodiles alligator alligators tiger tigers lion lions elephant "
    "elephants bull bulls hippo hippos leopard leopards wolf wolves snake snakes bees hornets wasps buffalo cougar "
    "coyote swarm herd"
)
_THINGS = word_set(
    "lorry lorries minibus coach tram trailer ambulance taxi cab motorbike scooter moped bicycle bike forklift "
    "bulldozer crane cars trucks buses trains vans locomotive tree trees branch branches rock rocks boulder boulders "
    "wall walls roof ceiling balcony scaffold scaffolding bridge building beam pillar debris ice icicle lightning wave "
    "waves current surf heat cold heatwave monoxide fumes smoke rain rains snow wind winds gust water waters "
    "floodwater floodwaters mud lava ash elevator lift machine poisoning"
)
_MEANT = re.compile(
    r"(?i)\b(?:attack(?:s|ed|ers?)?|terror\w*|bomb\w*|grenades?|missiles?|rockets?|shell(?:s|ed|ing)|air ?strikes?"
    r"|drones?|ieds?|land ?mines?|explosives?|gun\w*|shots?|shooting|shoot|rebels?|militants?|arson\w*|murder\w*"
    r"|sabotage)\b"
)
_ON_PURPOSE = re.compile(
    r"(?i)(?<!not )(?<!whether it was )(?<!if it was )\b(?:deliberately|intentionally|on purpose"
    r"|deliberate (?:act|attack)|(?:ramming|vehicle|car) attack|(?:car|vehicle)[- ]ramming)\b"
)


def is_meant(text: str) -> bool:
    """Whether an article, of this `text`, tells that somebody drove into others on purpose."""
    return bool(_ON_PURPOSE.search(text))


def is_accident(mention: Mention, text: str) -> bool:
    """Whether what has no will did what an article, of this `text`, tells of."""
    trigger = mention.trigger
    if trigger.event_type != "ASSAULT":
        return False
    is_lost = trigger.lemma == "body" and not ADVENTURERS.isdisjoint(re.findall(r"[a-z]+", mention.sentence.lower()))
    if is_lost and not _MEANT.search(mention.sentence):
        return True
    doers = [_last_word(actor.text) for actor in mention.actors]
    others = [_last_word(out.text) for out in mention.left_out if out.role == "actor"]
    if any(word in ANIMALS for word in doers or others):
        return True
    if not trigger.outcome:
        return False
    if any(word in _DRIVERS for word in doers) or any(is_car(actor.text) for actor in mention.actors):
        return True
    return any(word in _THINGS | _CARS for word in others) and not _MEANT.search(text)


def is_of_hospital(trigger: Trigger) -> bool:
    """Whether a word only says that somebody is taken to a hospital, who may as well be ill."""
    return trigger.lemma.endswith(("hospital", "hospitals"))


def is_car(text: str) -> bool:
    """Whether a noun phrase is of a car."""
    return _last_word(text) in _CARS or bool(_MAKES & set(text.lower().split()))


def _last_word(text: str) -> str:
    return text.lower().split()[-1]
