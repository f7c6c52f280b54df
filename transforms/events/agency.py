"""Who stands behind what a noun tells: whose attack it was, who launched it, on whom it was."""

from collections.abc import Iterable

from transforms.events.blame import Blame
from transforms.events.dependents import ON
from transforms.events.nouns import SUBJECTS
from transforms.events.possession import Possession
from transforms.events.repelling import is_repelled
from transforms.events.wordlists import TELLING, word_set

DOING = word_set(
    "carry launch stage commit perpetrate conduct mount execute make plan organize lead direct order claim pull"
)
_OUTLAWS = frozenset(["UAF", "REB", "CRM"])  # sectors
_OF_STATE = frozenset(["COP", "MIL"])
_HURTING = word_set("kill wound injure hurt")
_PEACEFUL = frozenset(["BUS", "EDU", "HLH", "MED", "REL"])  # sectors
_CARRYING = word_set("carry transport ferry take bring")
_ATTRIBUTING = word_set("attribute blame link pin ascribe")
_ANSWERING = word_set("respond retaliate answer reply")
_HARMING = word_set("kill wound injure target hit destroy damage leave claim strike")
_SURVIVING = word_set("escape endure suffer survive withstand")
_HAPPENING = word_set("erupt break occur take happen start begin flare continue")
_BETWEEN = ("between", "involving")
_MUTUAL = word_set(
    "clash confrontation shootout gunfight gunbattle firefight battle fighting combat skirmish standoff encounter "
    "exchange"
)
_SENDING = word_set("send fire fly launch operate dispatch")
_LATER = frozenset(["after", "following"])
_WARDS = word_set("hospital condition care coma life lives")
_STAYING = word_set("remain stay fight battle be lie")
_HEALING = word_set("recover hospitalize treat")
_DURING = ("in", "during", "by", "after", "amid", "following", "from", "with")


class Agency(Blame, Possession):
    """A trigger in its tree, asked for those who acted through a noun: "in a raid by French troops"."""

    def __init__(self, *args):
        super().__init__(*args)
        self._asked: set[int] = set()  # nouns already asked who did it, for the way leads up and down

    def around_noun(self, noun: int, of_recipient: bool) -> tuple[list[int], list[int]]:
        """The heads of who did, and of who suffered, what a noun tells."""
        if noun in self._asked:
            return [], []
        self._asked.add(noun)
        tree = self.tree
        actors, recipients = self.own_parts(noun, of_recipient)
        counted = self._counted(noun)
        head, relation = tree.heads[counted], tree.relations[counted]
        if not actors:
            at = head if relation == "nsubj" and tree.lemmas[head] in _HAPPENING else noun
            told = (noun, at, *self.oblique(noun, ("of",)))  # "an exchange of fire between [police and a gang]"
            actors = [who for each in told for who in self.oblique(each, _BETWEEN)]
        for participle in tree.children(noun, "acl"):
            if self.sentence.lows[participle] not in TELLING:  # "a raid described by the press"
                actors = actors or self.agents(participle)
            if tree.lemmas[participle] in DOING:
                recipients = recipients or self._hit_by(participle)
        doing, hit = self._parts_by_verb(noun, head, relation)
        held_out = is_repelled(self.sentence, tree, noun)
        actors, recipients = doing or actors, [*hit, *recipients] if held_out else recipients or hit
        if not recipients and self.trigger.mode == "explosives":
            is_told = relation == "nsubj" and (tree.lemmas[head] in _HAPPENING or tree.children(head, "expl"))
            recipients = self.beside(head) if is_told else self.beside(noun)
        return [self.antecedent(at, noun) for at in actors], [self.antecedent(at, noun) for at in recipients]

    def _parts_by_verb(self, noun: int, head: int, relation: str) -> tuple[list[int], list[int]]:
        """Who did and who suffered it by the verb, or noun, above a noun: "[rebels] launched an attack"."""
        tree = self.tree
        is_of_other = tree.lemmas[head] == "claim" and self.is_one_of_two(noun)
        if relation == "obj" and tree.lemmas[head] in DOING and not self.is_denied(head) and not is_of_other:
            return self.subject_or_agents(head), self.oblique(head, ON)
        if is_repelled(self.sentence, tree, noun):  # "[troops] repelled an attack on their base"
            return [], self.subject_or_agents(head) if relation == "obj" else self.agents(head)
        if relation == "nsubj:pass" and tree.lemmas[head] in DOING:
            return self.agents(head), self._hit_by(head)
        if relation == "nsubj:pass" and tree.lemmas[head] in _ATTRIBUTING:
            return self.oblique(head, ("to", "on")), []
        if relation == "obj" and tree.lemmas[head] in _SURVIVING:  # "[the mayor] survived an attack"
            return [], self.subject(head)[0]
        if relation == "nsubj" and tree.lemmas[head] in _HARMING:
            return [], [at for at in tree.children(head, "obj") if self.sentence.lows[at] not in ("life", "lives")]
        if relation in ("nmod", "obl"):
            hurt = self.victims(noun) or self._patients(head, noun)
            return self.blamed(head, noun) or self._answering(head, noun), hurt
        return [], []

    def _hit_by(self, verb: int) -> list[int]:
        """On whom an attack is that is "committed by rebels against [a mayor]"; a parser may tie it to the rebels."""
        return self.oblique(verb, ON) or [at for who in self.by_phrases(verb) for at in self.oblique(who, ON)]

    def with_carried(self, hit: Iterable[int]) -> list[int]:
        """Those who were hit, and those who were in it: "a bus carrying [pilgrims]"."""
        found: list[int] = []
        for at in hit:
            carrying = [verb for verb in self.tree.children(at, "acl") if self.tree.lemmas[verb] in _CARRYING]
            found += [at, *(who for verb in carrying for who in self.tree.children(verb, "obj"))]
        return found

    def _counted(self, noun: int) -> int:
        """The number that stands for a noun: "[one] of the deadliest attacks"."""
        tree = self.tree
        head = tree.heads[noun]
        is_counted = tree.relations[noun] == "nmod" and tree.tags[head] == "CD" and noun in self.oblique(head, ("of",))
        return head if is_counted else noun

    def agents(self, verb: int) -> list[int]:
        """Who did it, by a "by": the doers of a raid where it was done by a raid; nobody who only may have."""
        if self.is_guessed(verb):
            return []
        agents = self.by_phrases(verb)
        if self.trigger.subject == "recipient":  # "is under investigation by [prosecutors]"
            agents = agents or [at for part in range(verb + 1, self.found.end) for at in self.by_phrases(part)]
        if not agents and self.is_passive(verb):  # "were ordered to leave by [Canada]"
            agents = [at for clause in self.tree.children(verb, "xcomp") for at in self.by_phrases(clause)]
        agents = agents or self._leavers(verb) or self._sharers(verb)
        return [who for at in agents for who in self.doers_of(at)] or self._orderers(verb)

    def _leavers(self, verb: int) -> list[int]:
        """Who left others hurt: "[villagers] threw stones, leaving two policemen injured"."""
        head = self.tree.heads[verb]
        is_left = self.tree.relations[verb] == "xcomp" and self.tree.lemmas[head] == "leave"
        if not is_left or self.trigger.event_type not in ("ASSAULT", "DISASTER"):
            return []
        return [who for who in self.subject(head)[0] if self.are_people(who) or self.tree.kinds[who] == "PERSON"]

    def _sharers(self, verb: int) -> list[int]:
        """Who did it with what goes on from it: "was beaten and his body burned by [a mob]"."""
        tree = self.tree
        joined = [at for at in tree.children(verb, "conj") if tree.children(at, "obl:agent")]
        owned = [at for at in joined for who in tree.children(at, "nsubj:pass") if self.is_own(who)]
        return [who for at in owned[:1] for who in self.by_phrases(at)] if self.is_passive(verb) else []

    def tellers(self, verb: int) -> list[int]:
        """Who tells what was done without saying by whom: "[police] said that five men were arrested"."""
        tree = self.tree
        while tree.relations[verb] == "conj" and not tree.children(verb, "obl:agent"):
            verb = tree.heads[verb]
        head = tree.heads[verb]
        is_told = tree.relations[verb] == "ccomp" and self.sentence.lows[head] in TELLING
        return tree.children(head, "nsubj") if is_told else []

    def _orderers(self, verb: int) -> list[int]:
        """On whose orders it was done: "was fired on the orders [of the director]"."""
        if self.trigger.event_type != "SANCTION":
            return []
        orders = [at for at in self.oblique(verb, ("on", "at")) if self.tree.lemmas[at] in ("order", "behest")]
        return [who for at in orders for who in self.oblique(at, ("of",))]

    def sources(self, verb: int) -> list[int]:
        """From whom somebody gets praise or blame: "drew criticism [from bishops]", "won the endorsement [of Fox]"."""
        nouns = [at for at in self.tree.children(verb, "obj", "obl") if self._is_got(at)]
        found = [who for at in (*nouns, verb) for who in self.oblique(at, ("from", "of", "by"))]
        return [who for who in found if self.is_somebody(who) or self.ontology.is_people(self.sentence.lows[who])]

    def circumstances(self, verb: int) -> list[int]:
        """Who did the attack in which somebody was killed: "two rebels were killed and a soldier was hurt in a clash
        with the army", which did not hurt its own."""
        found = self._attackers(verb) or self._intruders(verb)
        hurt_beside = [at for at in self.tree.children(verb, "conj") if at > verb and self._is_hurting(at)]
        if not found and hurt_beside and not self.tree.children(verb, "obl"):
            found = self._attackers(hurt_beside[0])
        is_beside = self.tree.relations[verb] == "conj" and self._is_hurting(self.tree.heads[verb])
        hurt = {self.sector_of(who) for who in self.subject(verb)[0]} if is_beside else set()
        return [who for who in found if not (hurt & _OF_STATE and self.sector_of(who) in _OF_STATE)]

    def _is_hurting(self, verb: int) -> bool:
        return self.tree.lemmas[verb] in _HURTING and bool(self.tree.children(verb, "nsubj:pass"))

    def _attackers(self, verb: int) -> list[int]:
        found: list[int] = []
        for at in (*self.oblique(verb, _DURING), *self.lasting(verb)):
            if self._is_talk(at):  # "crossings shut [after talks] mediated by Norway"
                continue
            if self._is_event(at) or self.tree.lemmas[at] in _MUTUAL:
                found += self._opponents(verb, at) or self._doers_through(at)
            else:  # "in a sweep by police", "in an operation carried out by police"
                done = [verb for verb in self.tree.children(at, "acl") if self.tree.lemmas[verb] in DOING]
                told = [who for verb in done for who in self.by_phrases(verb)]
                found += [who for who in (*self.oblique(at, ("by",)), *told) if self.is_somebody(who)]
        return found

    def _intruders(self, verb: int) -> list[int]:
        """The gunmen who came when somebody was killed: "were shot when [hooded men] stopped their car"."""
        clauses = (at for at in self.tree.children(verb, "advcl") if "when" in self.sentence.lows[verb:at])
        return [at for each in clauses for at in self.tree.children(each, "nsubj") if self.sector_of(at) in _OUTLAWS]

    def _opponents(self, verb: int, noun: int) -> list[int]:
        """Whom somebody fought when he was killed: "died in a shootout with soldiers"."""
        if self.tree.lemmas[noun] not in _MUTUAL:
            return []
        return [at for head in (noun, verb) for at in self.oblique(head, ("with",)) if at > noun]

    def doers_of(self, at: int) -> list[int]:
        """Whoever did the attack, or threw the bomb, that is said to have killed; else the noun itself."""
        if sent := [who for verb in self.tree.children(at, "acl") for who in self._sending(verb)]:
            return sent
        above = self.tree.heads[at]
        if self.tree.relations[at] == "nmod" and self._is_event(above) and not self._may_do(at):
            at = above  # "the [bombing] of a bank that killed four"
        is_event = self._is_event(at) and self.sector_of(at) is None  # "the opposition" is somebody
        if is_event or self.tree.lemmas[at] in _MUTUAL or self.sentence.lows[at] in self.ontology.means:
            return self._doers_through(at) or [at]
        return [at]

    def _sending(self, verb: int) -> list[int]:
        """Who sent what did it: "a paraglider sent by [the army] dropped a bomb"."""
        is_sent = self.tree.lemmas[verb] in _SENDING and not self.are_people(self.tree.heads[verb])
        return self.by_phrases(verb) if is_sent else []

    def _doers_through(self, noun: int) -> list[int]:
        """Who did what another noun than the trigger tells: nobody of "the slaying of [Ann Lee]"."""
        match = self.ontology.nouns.match(self.sentence.lows, noun)
        return self.around_noun(noun, bool(match) and match[1].trigger.of == "recipient")[0]

    def _may_do(self, at: int) -> bool:
        """Whether a noun may be who kills: a bank, a church or a school is hit, though people speak for it."""
        is_body = self.sector_of(at) in _PEACEFUL
        return (self.ontology.is_people(self.sentence.lows[at]) and not is_body) or self.tree.kinds[at] == "PERSON"

    def subject_or_agents(self, verb: int) -> list[int]:
        """Who did what a verb tells, in the active or the passive."""
        subjects, passive = self.subject(verb)
        return self.agents(verb) if passive else subjects

    def _answering(self, head: int, noun: int) -> list[int]:
        """Who "responded with air strikes", "resorted to shelling"."""
        lemma = self.tree.lemmas[head]
        is_answer = lemma in _ANSWERING and noun in self.oblique(head, ("with",))
        is_answer |= lemma == "resort" and noun in self.oblique(head, ("to",))
        return self.subject_or_agents(head) if is_answer else []

    def _patients(self, head: int, noun: int) -> list[int]:
        """Who "is in hospital after a stabbing", "is recovering after a crash", "is fighting for his life after" it."""
        tree, lows = self.tree, self.sentence.lows
        if not _LATER & {lows[case] for case in tree.children(noun, "case")}:
            return []
        if lows[head] in _WARDS and tree.children(head, "cop"):
            return tree.children(head, *SUBJECTS)
        verb = tree.heads[head] if lows[head] in _WARDS else head
        wards = _WARDS & {lows[at] for at in tree.children(verb, "obl", "obj")}
        is_hurt = tree.lemmas[verb] in _HEALING or (tree.lemmas[verb] in _STAYING and bool(wards))
        return self.subject(verb)[0] if is_hurt else []

    def _is_event(self, at: int) -> bool:
        return self.tree.tags[at].startswith("NN") and self.ontology.nouns.match(self.sentence.lows, at) is not None
