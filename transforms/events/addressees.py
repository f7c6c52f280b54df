"""To whom something is said or done whose object is nobody: "lifted the curfew in Aleppo"."""

from collections.abc import Sequence

from transforms.events.lexicon import VIOLENT
from transforms.events.ontology import REMARK
from transforms.events.weapons import Weapons
from transforms.events.wordlists import word_set

_LAWS = word_set(
    "bill bills law laws legislation measure measures act order decree amendment resolution package budget motion"
)
_PLANS = word_set("plan plans proposal proposals idea move offer attempt attempts bid effort efforts push scheme calls")
_CLAIMS = word_set(
    "accusation accusations allegation allegations claim claims comment comments race remark remarks report reports "
    "rumor rumors rumour rumours statement statements suggestion suggestions"
)  # and the race in Ohio, of which nobody is told
_DENYING = frozenset(["CONCEDE", "REJECT"])
_CLAIMING = frozenset(["by", "from", "of", "to"])
_COURTS = frozenset(["court", "courtroom", "tribunal"])  # where somebody is judged
_ASIDE = word_set("despite amid after before during since")  # "began drills despite protests by [Norway]"
_NOT_TO = {  # "called off a strike by [miners]", "demanded justice for [Ann Lee]"
    "CONCEDE": frozenset(["by"]),
    "REQUEST": frozenset(["for"]),
}
_JUDGING = frozenset(["ACCUSE", "REJECT", "SUPPORT"])  # "denounced the plan [as] a gift to unions"
_MAKING = word_set("announce draft impose introduce issue make order pass present propose release sign unveil write")
_AGAINST = frozenset(["ACCUSE", "REJECT"])
_DEEDS = VIOLENT | {"COERCE", "SANCTION"}
_CAUSES = word_set("aftermath connection reaction response result wake")  # "sent troops in response to [a blast]"
_FROM_OTHERS = frozenset(["AGREE", "CONSULT", "COOPERATE", "PROTEST"])
_FORCES = word_set("troops forces peacekeepers warships")
_DOWN = frozenset(["obj", "obl", "nmod", "xcomp", "acl", "iobj", "obl:agent"])


class Addressees(Weapons):
    """A trigger in its tree, asked to whom it goes."""

    def addressees(self, verb: int, apart: Sequence[int] = ()) -> list[int]:
        """To whom, with whom or where something is done that is itself nobody: "lifted the curfew in Aleppo",
        "promised to release the hostages"; nobody who stands within the phrases of `apart`."""
        tree = self.tree
        verb = tree.heads[verb] if tree.relations[verb] == "cop" else verb  # "is [open] to talks with Norway"
        todo, of_plan = [verb], set()
        aside = _ASIDE | _NOT_TO.get(self.trigger.event_type, frozenset())
        aside |= {"as"} if self.trigger.event_type in _JUDGING else frozenset()
        aside |= {"about"} if self.trigger.lemma in ("say", "must", REMARK) else frozenset()
        while todo:
            at = todo.pop(0)
            if wanted := self._wanted(at):
                return wanted
            if at != verb and self.trigger.mode == "disapprove" and self._is_deed(at):
                return self._doers_through(at)  # "condemned the arrest of [a poet]" blames who arrested him
            tied = tree.children(at, "case") or (tree.relations[at] in ("obj", "iobj") and tree.heads[at] != verb)
            if self.trigger.event_type == "AGREE" and self.sentence.lows[at] in _FORCES:
                tied = False  # "agreed to withdraw [troops]"
            is_met = self.is_somebody(at) if at in of_plan else self.is_somebodys(at)
            if at != verb and tied and is_met and not self._is_venue(at):
                return [at]
            kids = [kid for kid in tree.kids[at] if kid > verb and kid not in apart and tree.relations[kid] in _DOWN]
            if (
                self.sentence.lows[at] in _CLAIMS and self.trigger.event_type in _DENYING
            ):  # "dismissed a claim by Chad that [Mali] armed rebels"
                cases = {kid: {self.sentence.lows[case] for case in self._cases(kid)} for kid in kids}
                kids = [kid for kid in kids if _CLAIMING & cases[kid] or tree.tags[kid] == "VBN"]  # "made by Chad"
            if self.trigger.event_type in _FROM_OTHERS:  # "agreed to it under a deal brokered by [Norway]"
                kids = [kid for kid in kids if tree.relations[kid] != "obl:agent"]
            if at == verb and self.trigger.lemma in ("say", "must", REMARK):  # "said on Telegram that the mayor lied"
                kids = [kid for kid in kids if tree.relations[kid] != "obl"]
            if at == verb:  # "an emergency was declared by [Chad]"
                kids = [kid for kid in kids if tree.relations[kid] != "obl:agent"]
            if self.trigger.event_type == "REQUEST":
                kids = [kid for kid in kids if not self._is_of_wish(kid, at)]
            if self.trigger.event_type == "PROTEST":
                kids = [kid for kid in kids if not self._is_deed(kid)]
            is_plan = self.trigger.event_type == "REJECT" and self.sentence.lows[at] in _PLANS
            if is_plan or self.sentence.lows[at] in _LAWS:  # "passed a bill to bar refugees" is done to nobody
                if self.trigger.event_type in _AGAINST and (makers := self._makers(at)):
                    return makers
                kids = [kid for kid in kids if tree.relations[kid] != "acl"]
            own = range(*self.found[:2])
            cases = {kid: [case for case in tree.children(kid, "case") if case not in own] for kid in kids}
            kids = [kid for kid in kids if not aside & {self.sentence.lows[case] for case in cases[kid]}]
            kids = [kid for kid in kids if self.sentence.lows[kid] not in _CAUSES]
            if self.trigger.mode == "disapprove":  # "criticized the plan at a meeting of [the board]"
                kids = [kid for kid in kids if not (self._is_talk(kid) and self.is_at(kid))]
            if at in of_plan or (self.trigger.event_type == "AGREE" and self.sentence.lows[at] in _PLANS):
                of_plan.update(kids)  # "unveiled a plan to mend Ohio's roads" promises Ohio nothing
            todo += sorted(kids, key=lambda kid: (not self._is_receiving(kid), kid))
        return []

    def _makers(self, thing: int) -> list[int]:
        """Who did what somebody finds fault with: "the law signed by [Governor Poe]"."""
        made = [clause for clause in self.tree.children(thing, "acl") if self.tree.lemmas[clause] in _MAKING]
        return [who for clause in made for who in self.by_phrases(clause)]

    def _is_deed(self, at: int) -> bool:
        """Whether a noun tells what somebody did to others: "the killing of a mayor"."""
        match = self.ontology.nouns.match(self.sentence.lows, at)
        return match is not None and match[1].trigger.event_type in _DEEDS and self.sector_of(at) is None

    def is_at(self, noun: int) -> bool:
        """Whether something happens at what a noun tells."""
        return any(self.sentence.lows[case] == "at" for case in self.tree.children(noun, "case"))

    def _is_talk(self, at: int) -> bool:
        match = self.ontology.nouns.match(self.sentence.lows, at)
        return match is not None and match[1].trigger.event_type == "CONSULT"

    def _wanted(self, at: int) -> list[int]:
        """Who has to do what a clause tells that is asked for: "its demand that [Turkey] withdraw"."""
        is_asked = self.trigger.event_type == "REQUEST" and self.tree.relations[at] == "acl"
        return [who for who in self.tree.children(at, "nsubj") if is_asked and self.is_somebodys(who)]

    def _is_of_wish(self, at: int, noun: int) -> bool:
        """Whether somebody is only whom the deed that is asked for is done to, or what a body that is asked for would
        do: "demanded the release of [the hostages]", "called for a front to fight [the junta]"."""
        if self.tree.relations[at] == "acl" and self.tree.tags[at] == "VB" and noun not in range(*self.found[:2]):
            return True
        match = self.ontology.nouns.match(self.sentence.lows, noun)
        is_suffered = match is not None and match[1].trigger.of == "recipient"
        return is_suffered and any(self.sentence.lows[case] == "of" for case in self.tree.children(at, "case"))

    def _is_receiving(self, at: int) -> bool:
        """Whether a place or a body is whom something is done to: "hand over the suspects [to Libya]"."""
        to = any(self.sentence.lows[case] in ("to", "with", "against") for case in self.tree.children(at, "case"))
        return to and self.tree.kinds[at] in ("GPE", "ORG", "NORP")

    def _is_venue(self, at: int) -> bool:
        """Whether it is where people meet, and not with whom: "a dialogue in Ardon"; or where somebody says it."""
        cases = {self.sentence.lows[case] for case in self.tree.children(at, "case")}
        is_of_talks = self.trigger.event_type in ("CONSULT", "AGREE", "MOBILIZE") or self.trigger.mode in (
            "ceasefire",
            "disarm",
        )
        is_told_there = self.trigger.mode == "disapprove" and "at" not in self.trigger.lemma.split()
        is_of_event = self.sentence.lows[self.tree.heads[at]] in self.ontology.nouns  # "a blast in [Gao]"
        is_court = self.sentence.lows[at] in _COURTS and bool(cases & {"in", "at", "before"})
        return bool(
            is_court
            or cases & {"through", "via", "near", "off"}
            or ((is_of_talks or is_of_event) and cases & {"in", "at"})
            or (is_told_there and "at" in cases)
        )
