"""Numbers, dates, times and sums of money by rule: the entities that need no learning."""

import re

from spacy.language import Language
from spacy.tokens import Doc, Span

MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
MONTH += r"|nov(?:ember)?|dec(?:ember)?)\.?"
DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|fri|sat|sun)\."
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
ONES = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
ONES += r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
SCALE = r"(?:hundreds?|thousands?|millions?|billions?|trillions?|dozens?|mn|bn)"
WORD = rf"(?:(?:{ONES})(?:[ -](?:{ONES})){{0,3}})"
AMOUNT = rf"(?:{NUMBER}|{WORD}|a (?={SCALE}\b))(?:[ -]?{SCALE}){{0,2}}"
YEAR = r"(?:1[5-9]|20)\d\d"
MDAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
PERIOD = r"(?:day|night|week|weekend|fortnight|month|quarter|year|decade|century|centurie)s?"
PART = r"(?:morning|afternoon|evening|night)"
EARLY = r"(?:(?:early|late|mid)[ -])?"
COUNTED = rf"(?:{AMOUNT}|several|a few|a couple of|many|some|an?)"
CURRENCY = r"(?:US|U\.S\.|A|C|HK|NZ|S|R)?[$€£¥₦₹]|(?:USD|EUR|GBP|Rs\.?|KSh|Sh|Tk) ?"
UNIT = r"(?:(?:us|u\.s\.|australian|canadian|hong kong) )?(?:dollars?|euros?|pounds?|rupees?|yen|yuan|shillings?|naira"
UNIT += (
    r"|rand|pesos?|riyals?|rials?|dinars?|dirhams?|roubles?|rubles?|lira|reais|rupiah|ringgit|baht|won|francs?|kwacha"
)
UNIT += r"|cedis?|cents?)"
AGES = r"(?:days?|weeks?|months?|years?|decades?|centuries)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
RELATIVE = r"(?:the )?(?:(?:last|next|past|previous|following|coming|same|early|late|mid)[ -]){1,2}"
LATER = r"(?:ago|earlier|later|before)"
DATES = (
    rf"(?:(?:{DAY}),? )?{EARLY}{MDAY}(?:[ -](?:of )?){MONTH}(?:,? (?:{YEAR}|'?\d\d))?(?!\w)",
    rf"(?:(?:{DAY}),? )?{EARLY}{MONTH} {MDAY}(?:(?: ?[-\u2013] ?| and | to ){MDAY})?(?:,? {YEAR})?(?!\w)",
    rf"{EARLY}{MONTH},?(?: of)? {YEAR}",
    rf"{YEAR}-\d\d-\d\d|\d?\d/\d?\d/\d\d(?:\d\d)?",
    rf"(?:(?:last|next|this|on|late|early) )?(?:{DAY})(?: (?:{PART}))?",
    rf"{RELATIVE}(?:{AMOUNT} |few )?(?:{PERIOD}|{MONTH}|{SEASON})(?!\w)",
    rf"this (?:{PERIOD}|{SEASON})(?!\w)",
    rf"{COUNTED}[ -](?:{AGES}|nights?|fortnights?) {LATER}",
    rf"(?:{AMOUNT}|several|a few|a couple of)[ -]{AGES}(?: old|-old)?(?!\w)",
    r"(?:yesterday|today|tomorrow)(?: (?:morning|afternoon|evening))?",
    r"the day (?:before|after)(?: (?:yesterday|tomorrow))?",
    rf"{EARLY}(?:{YEAR}s?|'\d0s|the \d\d(?:th|st) century)(?:[-\u2013](?:{YEAR}|\d\d))?(?!\w)",
    r"(?:january|february|april|june|july|august|september|october|november|december)(?!\w)",
)
TIMES = (
    r"\d?\d(?:[:.]\d\d)? ?(?:a\.m\.|p\.m\.|am|pm)(?!\w)(?: (?:gmt|utc|est|local time))?",
    r"\d?\d:\d\d(?: (?:gmt|utc|est|local time))?|\d{4} (?:gmt|utc|hours|hrs)",
    rf"(?:{AMOUNT}|several|a few|an?) (?:hours?|minutes?|seconds?)(?: (?:ago|earlier|later))?(?!\w)",
    r"(?:midnight|noon|midday|dawn|dusk|tonight|last night|this (?:morning|afternoon|evening))(?!\w)",
)
MONEY = (
    rf"(?:{CURRENCY}){NUMBER}(?:[ -]?(?:{SCALE}|[mbk])(?!\w))?(?: ?{UNIT})?",
    rf"{AMOUNT} {UNIT}(?!\w)",
)
CARDINALS = (
    r"(?:(?:tens|hundreds) of thousands|dozens|hundreds|thousands|millions)(?!\w)",
    rf"{AMOUNT}(?![\w%/]|[-\u2013]\d)",
)
KINDS = {"MONEY": MONEY, "TIME": TIMES, "DATE": DATES, "CARDINAL": CARDINALS}
FREE = r"(?<![\w.,$€£/\u2013-])"  # nothing begins inside a word, a number or a chain of them
PATTERN = re.compile("|".join(rf"(?P<{label}>{FREE}(?:{'|'.join(rules)}))" for label, rules in KINDS.items()), re.I)
AMBIGUOUS = {"may", "march", "second", "fall", "mar", "sat", "sun"}
ON = re.compile(r"^on ", re.I)


def find_quantities(text: str) -> list[tuple[int, int, str]]:
    """[(start, end, label)] in characters, in order and apart from each other; label DATE, TIME, MONEY or CARDINAL."""
    out = []
    for match in PATTERN.finditer(text):
        start, end, label = match.start(), match.end(), match.lastgroup
        cut = ON.match(match.group())
        start += cut.end() if cut else 0
        out.append((start, end, label))
    return out


class Quantities:
    """Adds DATE, TIME, MONEY and CARDINAL to `ents` where no name stands; stands after the parser."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document in place; a span that cuts a word, or what the tagger calls no number, is left out."""
        taken = {i for ent in doc.ents for i in range(ent.start, ent.end)}
        spans: list[Span] = list(doc.ents)
        for start, end, label in find_quantities(doc.text):
            span = doc.char_span(start, end, label=label)
            if span is None or taken & set(range(span.start, span.end)) or not self._counts(span):
                continue
            spans.append(span)
        doc.set_ents(spans)
        return doc

    @staticmethod
    def _counts(span: Span) -> bool:
        if span.label_ == "CARDINAL":  # "one of them" counts, "no one" and "the one who" do not
            return any(t.tag_ == "CD" or t.tag_ == "NNS" for t in span)
        return len(span) > 1 or span.text.lower() not in AMBIGUOUS


@Language.factory("newsbeam_quantities", assigns=["doc.ents"], requires=["token.tag"])
def make_quantities(nlp: Language, name: str) -> Quantities:
    return Quantities()
