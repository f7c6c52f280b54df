"""spaCy's English tokenizer with the word limits of Universal Dependencies, in linear time on any text.

spaCy peels signs off a run without white space one by one and looks at the whole rest each time, which is quadratic:
20,000 opening brackets take half a minute. Runs that are long and mostly signs are therefore cut before it sees them.
"""

import re

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

LONGEST_RUN = 500  # characters without white space; the longest in 1,038 real articles had 480
SUSPICIOUS_RUN = 12  # from here on the signs in a run are counted
MOST_SIGNS = 24  # more than an address, formula or chain of words has; nor may two thirds be signs
PIECE = 100  # a run that is none of these becomes tokens of so many characters
RUN = re.compile(rf"\S{{{SUSPICIOUS_RUN},}}")
SIGN = re.compile(r"[!?]+|([=*_#$<>~+.])\1*|[^\w\s]")  # a row of one sign, which is one word, counts once
SAME_SIGNS = [rf"{sign}{{2,}}" for sign in ("[!?]", "=", r"\*", "_", "#", r"\$", "<", ">", "~", r"\+")]
SAME_SIGNS.append(r"\.[!?]+")
PREFIXES = ("anti", "co", "counter", "cross", "e", "ex", "mid", "mini", "multi", "neo", "non", "over", "post")
PREFIXES += ("pre", "pro", "re", "semi", "socio", "sub")
LETTER_SHAPES = r"(?<=[A-Z])-(?=[0-9])"  # F-16 is three words
GLUED_SIGNS = [r"(?<=[A-Za-z0-9])\)(?=[(.])", r"\((?=[A-Z])", r"(?<=[a-z])[?!]+(?=[A-Za-z])"]  # "a.pdf)(See", "so?they"
GLUED_SIGNS.append(r"(?<=[a-z]),(?=\d)")  # "Ann Lee,17"
GLUED_SIGNS += [r"(?<=[A-Za-z])\"(?=<)", r"(?<=\")<"]
CLOCK = r"(?<=\d:\d\d)[aApP][mM]"  # 7:30pm is two words, as 7pm is
THOUSANDS = r"(?<=\d)[kK]"  # so is 65k
MARKS = r"(?<=[A-F])\++"  # and the mark A+
HYPHEN = r"-(?=\w)"  # typed for a dash, as are the two below
DASHES = r"(?:--+|(?<=[A-Za-z]{2})-)"
WHOLE = re.compile(
    r"^(?:(?:\d-)?(?:\d{3}-)?\d{3}-\d{4}|\d-\d{4}|\d{1,2}-\d{1,2}-\d{2,4}"  # telephones and dates, unlike 1969-1970
    r"|\d+0'?s|[bcwl]/[co]|[\w#.-]+\.(?:doc|xls|pdf|ppt))$",  # 1980's, b/c, names of files
    re.I,
)
GLUED_NAME = r"(?![^<]*\"<)"  # no part of an address: "Reynolds"<r@example.org
SHORT = "Lt Capt Col Sgt Maj Brig Cmdr Cpl Pvt Insp Supt Det Msgr Mme Sens Reps Gens Govs Dept Univ Assn Atty Amb Sr"
SHORT += " Ave No Ft al Mon Tue Tues Wed Thu Thur Thurs Fri Drs Sts Attn Conf Vol Que Ca Ph ext approx LTD PVT GEN"
SPOKEN = {"wanna": ("wan", "na"), "outta": ("out", "ta"), "dunno": ("du", "n", "no"), "alot": ("a", "lot")}


def _ud_rules(defaults):
    """(prefix, suffix, infix) patterns: runs of one sign stay whole, so do "non-profit" and "re-elected"."""
    joined = "".join(rf"(?<!\b{p})(?<!\b{p.title()})" for p in PREFIXES)
    infixes = [f"{joined}{rule}" if "(?:-|" in rule else rule for rule in defaults.infixes]
    prefixes = [*SAME_SIGNS, HYPHEN, *defaults.prefixes]
    suffixes = [*SAME_SIGNS, CLOCK, THOUSANDS, MARKS, DASHES, *defaults.suffixes]
    return prefixes, suffixes, [*infixes, LETTER_SHAPES, *GLUED_SIGNS]


def _exceptions(defaults):
    """spaCy's words with a form of their own, those in n't in capitals too ("DON'T"), and titles with a full stop."""
    known = {k: v for k, v in defaults.tokenizer_exceptions.items() if k not in ("and/or", "And/Or", "):")}
    loud = {k.upper(): [{ORTH: p[ORTH].upper()} for p in v] for k, v in known.items() if k.lower().endswith("n't")}
    spoken = {k: [{ORTH: part} for part in parts] for k, parts in SPOKEN.items()}
    return loud | known | spoken | {f"{word}.": [{ORTH: f"{word}."}] for word in SHORT.split()}


class WordTokenizer(Tokenizer):
    """A spaCy tokenizer whose cost is linear in the text's length; offsets stay those of the text as given."""

    def __call__(self, text: str) -> Doc:
        """The words of `text`; runs without white space that are no words are cut into pieces."""
        bounds, at = [], 0
        for run in RUN.finditer(text):
            if not self._is_safe(run.group()):
                bounds += [(at, run.start(), False), (run.start(), run.end(), True)]
                at = run.end()
        if not bounds:
            return super().__call__(text)
        words, spaces = [], []
        for start, end, hostile in [*bounds, (at, len(text), False)]:
            if hostile:
                words += [text[i : min(i + PIECE, end)] for i in range(start, end, PIECE)]
                spaces += [False] * (len(words) - len(spaces))
                continue
            for token in super().__call__(text[start:end]):
                if token.is_space and token.text == " " and words and not spaces[-1]:
                    spaces[-1] = True  # the one blank after a cut run
                    continue
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.vocab, words=words, spaces=spaces)

    @staticmethod
    def _is_safe(run: str) -> bool:
        return len(run) <= LONGEST_RUN and sum(1 for _ in SIGN.finditer(run)) <= min(MOST_SIGNS, 2 * len(run) // 3)


@spacy.registry.tokenizers("newsbeam.WordTokenizer.v1")
def make_tokenizer():
    """The tokenizer as spaCy's configuration names it: `nlp.tokenizer.@tokenizers`."""

    def create(nlp: Language) -> WordTokenizer:
        return word_tokenizer(nlp.vocab, nlp.Defaults)

    return create


def word_tokenizer(vocab: Vocab, defaults) -> WordTokenizer:
    """The tokenizer over a vocabulary, with a language's defaults."""
    prefixes, suffixes, infixes = _ud_rules(defaults)
    return WordTokenizer(
        vocab,
        rules=_exceptions(defaults),
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=WHOLE.match,
        url_match=re.compile(GLUED_NAME + defaults.url_match.__self__.pattern.removeprefix("(?u)")).match,
    )
