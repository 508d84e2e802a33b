"""Vietnamese as people type it: one form of each letter, with marks or without."""

from __future__ import annotations

import re
import unicodedata

_COMBINING = dict.fromkeys(range(0x300, 0x370))
_UNMARKED = {**_COMBINING, ord("đ"): "d", ord("ð"): "d", ord("ı"): "i"}
_WORD = re.compile(r"[a-z0-9]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BARE_Y_LENGTH = 2


def tidy(text: str) -> str:
    """Return `text` in NFC on one line, without invisible characters or doubled spaces."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # as nearly every cell of a catalogue: no need to take it apart
    visible = _UNPRINTABLE.sub(" ", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def fold(text: str) -> str:
    """Return `text` in lower case without Vietnamese marks: `Sổ đỏ` becomes `so do`."""
    return unicodedata.normalize("NFKD", text.casefold()).translate(_UNMARKED)


def words(text: str) -> list[str]:
    """Return the folded words of `text`; `ly` and `li` are one word, as they sound."""
    return [_sounded(word) for word in _WORD.findall(fold(text))]


def phrase(text: str) -> str:
    """Return the folded words of `text` joined by single spaces, to compare headings and names."""
    return " ".join(words(text))


def _sounded(word: str) -> str:
    ends_in_bare_y = len(word) == _BARE_Y_LENGTH and word[1] == "y"
    return word[0] + "i" if ends_in_bare_y else word
