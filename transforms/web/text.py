"""Text from strangers, cleaned of what has no place in a table, on a terminal or in a log."""

import re

_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def clean_line(text: str) -> str:
    """`text` on one line, without control characters, bidirectional overrides and lone surrogates."""
    text = text.encode("utf-8", "replace").decode()
    visible = (" " if char.isspace() else char for char in text if char.isprintable() or char.isspace())
    return " ".join("".join(visible).split())


def clean_text(text: str) -> str:
    """`text` without what has no place in a table: control characters, lone surrogates, bidirectional overrides."""
    text = text.encode("utf-8", "replace").decode().translate(_BIDI)
    return _CONTROL.sub("", text.replace("\r\n", "\n")).strip()


def count_words(text: str) -> int:
    """Words as spaces part them; in scripts that write without spaces, two characters count as one."""
    dense = len(_DENSE.findall(text))
    return len(re.findall(r"\w+", _DENSE.sub(" ", text))) + (dense + 1) // 2 if dense else len(text.split())
