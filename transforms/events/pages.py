"""What the whole article says of its words: which page of a newspaper it is from, and what its title tells.

The pages on sport, shows, business and politics use the words of violence as figures of speech; an obituary tells of
somebody who died of illness or age, and then of a life. What that makes of a word, `figures` says.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Optional

from transforms.events.ontology import Ontology, Trigger
from transforms.events.roles import Found, triggers_by_order
from transforms.events.sentences import Sentence, plain_sentence
from transforms.events.wordlists import word_set

LEAD_SENTENCES = 5  # what is said, agreed or given is news at the top of an article, and background further down
_MUCH = 4  # words of violence
_TOP = 2  # sentences
_OF_COURTS = frozenset(["ACCUSE", "SANCTION", "COERCE"])  # types: "widow sues airline over heart attack" is no obituary
_SPORT = word_set(
    "goal goals striker midfielder defender goalkeeper coach season league playoffs playoff innings quarterback "
    "touchdown touchdowns halftime premiership tournament championship wicket batsman bowler semifinal quarterfinal "
    "whistle keeper midfield football rugby cricket basketball match fans derby supporters trophy cup standings scored "
    "scoring teammate teammates kickoff penalty offside dribble rebound rebounds fixture squad nfl nba mlb nhl baseman "
    "outfielder pitcher roster yards rushing receiver linebacker cornerback sox yankees saints inning homer homers "
    "golf champion tennis nascar athletes olympic olympics afc nfc preseason postseason playoff-bound tailback "
    "referee referees umpire umpires best-of-seven layup layups dunk dunks semifinals quarterfinals triple-double "
    "pointers bout bouts boxer boxers undercard featherweight lightweight welterweight middleweight light-heavyweight "
    "boxing trainer wrestling spectators "
    "equaliser equalizer hamstring substitute substitutes stadium scorer scoreline wickets stumps scrum flanker "
    "peloton sprinter playmaker dribbled relegation champions "
    "championships unbeaten grandmaster chess marathon runners medal medals "
    "halfback fullback cornerbacks lineman linemen linebackers lineup slugger batting shortstop knockout heavyweight"
)
_OF_SPORT = frozenset(
    [
        *("running back", "injured reserve", "regular season", "first baseman", "second baseman", "third baseman"),
        *(
            "free agent",
            "free agents",
            "draft pick",
            "draft picks",
            "home run",
            "home runs",
            "head coach",
            "win streak",
        ),
        *("wide receiver", "tight end", "spring training", "world series", "super bowl", "world cup", "grand slam"),
        *(
            "stoppage time",
            "injury time",
            "added time",
            "top spot",
            "half time",
            "clean sheet",
            "first leg",
            "second leg",
        ),
        *("third quarter", "fourth quarter", *(f"game {at}" for at in range(1, 8)), "penalty shootout"),
        *("losing streak", "winning streak", "first half", "second half", "free throws", "double play", "penalty kick"),
    ]
)
_SCORE = re.compile(r"(?<![\d-])\d ?[-–] ?\d(?![\d-])")  # "won 2-1"
_SHOW = word_set(
    "actress actor film films movie movies hollywood star stars starring album albums singer celebrity celebrities "
    "rehab sitcom paparazzi tabloid oscar oscars emmy grammy screenplay sequel premiere filmmaker biopic rapper "
    "director theatres theaters critics filming filmed remake trailer studio studios novel novels novelist fiction "
    "comedian comedians tickets poem poems poet author bestseller memoir literary publisher shortlist playwright "
    "band bands song songs music musician concert award awards prize"
)
_BUSINESS = word_set(
    "shares investors earnings revenue shareholders dividend analysts stocks nasdaq quarterly profit profits bullish "
    "market markets price prices sales investor analyst trader traders stock bonds competitors makers demand bearish "
    "takeover merger acquisition valuation startup ipo equities maker carmaker automaker chipmaker rivals brokerage"
)
_POLITICS = word_set(
    "senator senators sen. rep. republican republicans democrat democrats democratic gop congressman congresswoman "
    "lawmakers congressional caucus candidate candidates campaign nominee nomination ballot voters polls poll partisan "
    "bipartisan filibuster primary presidential election elections electoral conservatives conservative liberals "
    "legislation legislative bill veto"
)
_VIOLENCE = word_set(
    "killed killing wounded injured dead died bodies guerrilla guerrillas rebel rebels troops soldiers army bomb bombs "
    "explosion exploded terrorist terrorists gunmen gunman shot shooting murdered murder kidnapped police attack "
    "attacked attacks hostages hostage ambush clashes victims suspect arrested"
)
_DIED = re.compile(r"(?i)\b(?:died|dies|dead|passed away|passes away)\b")
_OF_ITSELF = re.compile(
    r"(?i)\b(?:cancer|leuka?emia|pneumonia|heart (?:attack|failure|disease)|a stroke|alzheimer's|parkinson's|dementia"
    r"|(?:kidney|liver|organ) failure|(?:long|short|brief|lengthy) (?:illness|battle)|natural causes|died peacefully"
    r"|in (?:his|her) sleep|old age|overdose|emphysema|brain tumou?r|no (?:signs?|evidence|suspicion) of foul play)\b"
)
_OF_WORK = re.compile(  # a strike of those who want it is no blow; "African Union" is no union
    r"\b(?:pay|wages?|salar(?:y|ies)|unpaid|arrears|allowances|bonus(?:es)?|overtime|unions?|walkout|stoppage|pickets?|employers"
    r"|down tools)\b"
)
_OLD = re.compile(r"(?i)\b(?:he|she) was (?:[6-9]\d|1\d\d)\b")
_BY_VIOLENCE = word_set(
    "shot shooting shootings stabbed stabbing murder murdered homicide killing killings bomb bombs bombing blast "
    "explosion exploded gunman gunmen gun guns gunfire gunshot crash crashed collision quake earthquake flood floods "
    "wounds wounded hostage hostages suspect suspects attackers killed slain fire rebels troops army"
)


class Page(NamedTuple):
    """What the whole article says of its words."""

    title: frozenset[str] = frozenset()  # the stems of its longer words
    headline: frozenset[str] = frozenset()  # the same, none where the title only repeats the beginning of the text
    topics: tuple[str, ...] = ()  # the types of event of which the title has a word, in its order
    sought: frozenset[str] = frozenset()  # those of the topics of which no mention tells enough
    lead: frozenset[str] = frozenset()  # the stems of the title and of the first sentences
    subject: Optional[str] = None  # sport, show, business or politics, where force is mostly a figure; obituary
    is_peaceful: bool = False  # few words of violence: what it tells of it is background
    is_stated: bool = False  # whether its headline says by a verb what the first of its topics did


def read_page(title: str, sentences: Sequence[Sentence], ontology: Ontology) -> Page:
    """What the title says, and which page of a newspaper the article is from."""
    words = {low for sentence in sentences for low in sentence.lows}
    words |= {" ".join(pair) for sentence in sentences for pair in pairwise(sentence.lows)} & _OF_SPORT
    if any(_SCORE.search(sentence.said()) for sentence in sentences):
        words.add("scored")
    violent = len(words & _VIOLENCE)
    subjects = (
        ("sport", _SPORT | _OF_SPORT, 4),
        ("show", _SHOW, 4),
        ("business", _BUSINESS, 5),
        ("politics", _POLITICS, max(4, violent + 1)),
    )
    seen = {name: len(words & signs) for name, signs, least in subjects if len(words & signs) >= least}
    subject = max(seen, key=seen.__getitem__) if seen else None
    lines = [title.partition(": ")[2], title]  # "Mayor's killing: police [arrest] two"
    told = next(filter(None, (_topics(line, ontology) for line in lines)), [])
    is_of_work = bool(_OF_WORK.search(" ".join([title.lower(), *(sentence.said() for sentence in sentences[:_TOP])])))
    topics = tuple("PROTEST" if is_of_work and _is_strike(each) else each.form.trigger.told_type for each in told)
    if not _OF_COURTS & set(topics) and _is_obituary(title, sentences):
        subject = "obituary"
    headline = frozenset() if _is_cut(title, sentences) else stems(title)
    top = " ".join([title, *(sentence.said() for sentence in sentences[:_TOP])])
    states = bool(headline) and bool(told) and told[0].is_verb
    is_peaceful = violent < _MUCH
    return Page(stems(title), headline, topics, frozenset(), stems(top), subject, is_peaceful, states)


def _is_strike(told: Found) -> bool:
    return told.form.trigger.lemma == "strike" and not told.is_verb


def _topics(title: str, ontology: Ontology) -> list[Found]:
    """The words of event that a headline has, in order; last a verb that begins it: "Kidnapped priest [freed]"."""
    found = [each for line in plain_sentence(title) for each in triggers_by_order(line, ontology)]
    told = sorted(found, key=lambda each: each.at == 0 and each.is_verb)
    return [each for each in told if _is_topic(each.form.trigger)]


def _is_obituary(title: str, sentences: Sequence[Sentence]) -> bool:
    """Whether the beginning says that somebody died, of illness or old, and has no word of violence."""
    top = sentences[:LEAD_SENTENCES]
    said = [title, *(sentence.said() for sentence in top)]
    if not _DIED.search(" ".join(said[: _TOP + 1])) or _BY_VIOLENCE & set(re.findall(r"[a-z]+", title.lower())):
        return False
    if _OF_ITSELF.search(" ".join(said)):
        return not any(map(_is_violent, top[:_TOP]))
    return bool(_OLD.search(" ".join(said))) and not any(map(_is_violent, top))


def _is_violent(sentence: Sentence) -> bool:
    """Whether a sentence has a word of violence that is no part of a name: "the film Fire over Berlin"."""
    return not _BY_VIOLENCE.isdisjoint([sentence.lows[0], *sentence.texts[1:]])


def _is_topic(trigger: Trigger) -> bool:
    """Whether a word in a title says what the article is about: not that it is looked into, or that somebody died."""
    is_death = trigger.outcome and trigger.subject == "recipient"
    return not (trigger.weak or is_death or trigger.mode == "investigate")


def _is_cut(title: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a title is cut from the first sentence, as is done with texts that have none."""
    first = " ".join(sentences[0].said().lower().split()) if sentences else ""
    said = " ".join(title.lower().split())
    return len(first) > len(said) and first.startswith(said)


def stems(text: str) -> frozenset[str]:
    """The first five letters of the longer words: enough to see "killing" in "Killed"."""
    return frozenset(word[:5] for word in re.findall(r"[a-z]{4,}", text.lower()))
