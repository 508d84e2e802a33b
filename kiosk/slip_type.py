"""Setting words on paper: the fonts, what they can draw, and where lines break."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont

_PITCH = 1.34
"""Distance of two baselines in heights of the letters: stacked marks need the room."""
_UNKNOWN_SIGN = "?"
_NO_BREAK = "\u00a0"
_BREAKS_AFTER = "/?&=-._"
"""Where an address that is wider than the paper breaks best."""
_TOGETHER = (
    "chứng thực",
    "điện thoại",
    "đăng ký",
    "giấy tờ",
    "hành chính công",
    "hồ sơ",
    "kết hợp",
    "kết quả",
    "khai sinh",
    "làm việc",
    "ông/bà",
    "phục vụ",
    "số thứ tự",
    "thành phố",
    "thủ tục",
    "tiếp nhận",
    "trung tâm",
    "trực tuyến",
    "ủy quyền",
)
"""Words written as several syllables that read badly when a line ends inside them."""


class SlipFonts:
    """The two weights in which slips are set."""

    def __init__(self, folder: Path) -> None:
        """Read from `folder`, which holds `roboto-regular.ttf` and `roboto-bold.ttf`."""
        self._folder = folder
        self._loaded: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
        self._drawable: dict[str, bool] = {}

    def get(self, weight: str, size: int) -> ImageFont.FreeTypeFont:
        """Return the font in one weight and letter height in dots."""
        from PIL import ImageFont

        key = (weight, size)
        if key not in self._loaded:
            file = self._folder / f"roboto-{weight}.ttf"
            self._loaded[key] = ImageFont.truetype(str(file), size)
        return self._loaded[key]

    def clean(self, text: str) -> str:
        """Return `text` on one line, letters composed.

        A sign the font lacks is written plainly (`²` as `2`), or as `?` where that cannot be.
        """
        composed = unicodedata.normalize("NFC", text)
        return " ".join("".join(map(self._plain, composed)).split())

    def _plain(self, sign: str) -> str:
        if self._has(sign):
            return sign
        plain = unicodedata.normalize("NFKC", sign)
        return plain if all(map(self._has, plain)) else _UNKNOWN_SIGN

    def _has(self, sign: str) -> bool:
        if sign.isspace():
            return True
        if sign not in self._drawable:
            font = self.get("regular", 32)
            box = bytes(font.getmask("\uffff"))
            self._drawable[sign] = sign.isprintable() and bytes(font.getmask(sign)) != box
        return self._drawable[sign]


def pitch(font: ImageFont.FreeTypeFont) -> int:
    """Return the height of a line in dots: its marks never meet the line above."""
    ascent, descent = font.getmetrics()
    return max(round(font.size * _PITCH), ascent + descent)


def wrapped(words: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return the lines of at most `width` dots that `words` need; nothing is left out.

    Lines break at spaces, but not inside the compounds of `_TOGETHER`; a single word wider than
    the line breaks inside.
    """
    return _flow(_pieces(words, font, width), font.getlength(" "), width)


def balanced(words: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return as many lines as `wrapped` needs, none much longer than another."""
    pieces, space = _pieces(words, font, width), font.getlength(" ")
    count = len(_flow(pieces, space, width))
    narrow, wide = 0, width
    while count > 1 and narrow < wide:
        middle = (narrow + wide) // 2
        if len(_flow(pieces, space, middle)) <= count:
            wide = middle
        else:
            narrow = middle + 1
    return _flow(pieces, space, wide)


def _pieces(words: str, font: ImageFont.FreeTypeFont, width: int) -> list[tuple[str, float]]:
    """Return what a line may hold whole, with its length in dots."""
    return [
        (piece, font.getlength(piece))
        for word in _kept_together(words).split(" ")
        for piece in _broken(word, font, width)
        if piece
    ]


def _flow(pieces: list[tuple[str, float]], space: float, width: float) -> list[str]:
    lines: list[list[str]] = []
    used = width
    for piece, length in pieces:
        if lines and used + space + length <= width:
            lines[-1].append(piece)
            used += space + length
        else:
            lines.append([piece])
            used = length
    return [" ".join(line).replace(_NO_BREAK, " ") for line in lines]


def _kept_together(words: str) -> str:
    lower = words.lower()
    for compound in _TOGETHER:
        start = lower.find(compound)
        while start >= 0:
            end = start + len(compound)
            words = words[:start] + words[start:end].replace(" ", _NO_BREAK) + words[end:]
            start = lower.find(compound, end)
    return words


def _broken(word: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return a word in pieces that fit, broken after a sign of an address where one is near."""
    pieces: list[str] = []
    while font.getlength(word) > width:
        fits = 1
        while font.getlength(word[: fits + 1]) <= width:
            fits += 1
        signs = [i + 1 for i, sign in enumerate(word[:fits]) if sign in _BREAKS_AFTER]
        cut = signs[-1] if signs and signs[-1] > fits // 2 else fits
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]
