"""What the network reads of a text: word pieces, the shape of each word, where words are glued. No spaCy, no torch."""

import numpy as np
from tokenizers import Tokenizer

LONGEST_WORD = 64  # characters of a word that are read
MOST_PIECES = 8  # word pieces of a word that are read
CACHED_WORDS = 50_000
CASES = 16  # 8 shapes, each free or glued to the word before
LONGEST_OPENING = 400  # word pieces of an article that are read for its news: 300 words or so
TOLD = (  # what rules may tell of a word of an article: its part in the first event or in others, the type of that
    "who", "whom", "word", "other who", "other whom", "other word", "lead",
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "CRIME", "DISASTER", "MOBILIZE",
    "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip
OTHERS = 3  # on, the same of the other events

Words = tuple[list[str], list[bool]]  # the words, and of each whether white space follows it


def shape(word: str) -> int:
    """How a word is written (the word pieces do not tell): 1 lower, 2 Title, 3 UPPER, 4 MiXed, 5 digit, 6 sign, 7 X."""
    if not word:
        return 0
    if word[0].isdigit():
        return 5
    if not any(c.isalnum() for c in word):
        return 6
    if word.islower():
        return 1
    if len(word) == 1:
        return 7
    if word.isupper():
        return 3
    return 2 if word[0].isupper() and word[1:].islower() else 4


class WordPieces:
    """Words to the network's numbers, with a bounded memory of words seen.

    Args:
        tokenizer: a `tokenizers` tokenizer with [CLS], [SEP] and [UNK].
    """

    def __init__(self, tokenizer: Tokenizer):
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.tokenizer = tokenizer
        self.start, self.end, self.unknown, self.mask = map(
            tokenizer.token_to_id, ("[CLS]", "[SEP]", "[UNK]", "[MASK]")
        )
        self._seen: dict[str, tuple[list[int], int]] = {}

    def word(self, word: str) -> tuple[list[int], int]:
        """(word piece ids, shape) of one word."""
        found = self._seen.get(word)
        if found is None:
            word = word[:LONGEST_WORD]
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:MOST_PIECES]
            found = ids or [self.unknown], shape(word)
            if len(self._seen) >= CACHED_WORDS:
                self._seen.clear()
            self._seen[word] = found
        return found

    def window(self, words: list[str], spaces: list[bool]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The network's input for one window: `ids` and `cases` int64 (pieces,), `first` int64 (words,)."""
        ids, cases, first, glued = [self.start], [0], [], 0
        for word, space in zip(words, spaces, strict=True):
            pieces, kind = self.word(word)
            first.append(len(ids))
            ids += pieces
            cases += [kind + glued] * len(pieces)
            glued = 0 if space else 8
        ids.append(self.end)
        cases.append(0)
        return np.array(ids), np.array(cases), np.array(first, int)

    def opening(
        self, headline: Words, text: Words, most: int = LONGEST_OPENING
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The same for the first `most` pieces of an article; the pieces of the headline have `CASES` on top.

        `first` has as many words as there was room for.
        """
        words, spaces = headline[0] + text[0], headline[1] + text[1]
        ids, cases, first = self.window(words[:most], spaces[:most])
        ends = np.append(first[1:], len(ids) - 1)[: len(first)]
        read = int(np.searchsorted(ends, most, side="left")) if len(ids) > most else len(first)
        end = int(ends[read - 1]) if read else 1
        ids, cases = np.append(ids[:end], self.end), np.append(cases[:end], 0)
        body = first[len(headline[0])] if len(headline[0]) < len(first) else end
        cases[1 : min(body, end)] += CASES
        return ids, cases, first[:read]


def by_piece(told: np.ndarray, first: np.ndarray, pieces: int) -> np.ndarray:
    """What is told of the words (1 + words, TOLD), the first row of the article as a whole, by pieces (pieces, TOLD):
    the start has the first row, each piece that of its word, the end none."""
    beside = told[np.searchsorted(first, np.arange(pieces), side="right")]
    beside[-1] = 0
    return beside
