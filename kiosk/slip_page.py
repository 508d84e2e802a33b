"""A page of thermal paper: lines, rules, frames and codes set from top to bottom, in pure black.

Measures are printer dots at 203 dpi: eight to the millimetre.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from time import sleep
from typing import TYPE_CHECKING, Final, Literal

from motcua.kiosk.slip_type import SlipFonts, balanced, pitch, wrapped

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

PAPER_DOTS: Final = {80: 576, 58: 384}
"""Printable width in dots of each paper width in millimetres."""

_MARGIN = 12
_RULE = 2
_RULE_AIR = 16
_FRAME = 3
_FRAME_AIR = 12
_HEADLINE_SHARE = 0.86
"""Width of the number in widths of the column: white around it makes it larger to the eye."""
_QUIET = 4
"""Light modules a QR code needs on every side."""
_MODULE_MIN, _MODULE_MAX = 4, 7
"""Dots to a QR module: smaller ones bleed together on worn heads, larger ones only cost paper."""

_LINK_BYTES_MAX = 600
"""A longer link makes a code that neither paper can hold at its smallest module."""

_REST_S = 0.002
"""A thread that draws holds up all others meanwhile: after each line it lets them go first."""

Align = Literal["left", "centre"]


class Style(Enum):
    """How a line is set: weight, then letter height in dots on 80 mm and on 58 mm paper."""

    CENTRE = ("bold", 30, 26)
    LABEL = ("regular", 28, 25)
    TITLE = ("bold", 38, 32)
    STRONG = ("bold", 32, 28)
    BODY = ("regular", 30, 27)
    SMALL = ("regular", 24, 22)


Words = tuple[tuple[str, Style], ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """Where lines go: left edge and width in dots."""

    left: int
    width: int


class Page:
    """Sets one slip. Everything is measured first and drawn when the length is known."""

    def __init__(self, paper_mm: int, fonts: SlipFonts) -> None:
        """Begin an empty page on paper of 80 or 58 mm.

        Raises:
            ValueError: `paper_mm` is no paper width we know.
        """
        if paper_mm not in PAPER_DOTS:
            message = f"paper_mm must be one of {sorted(PAPER_DOTS)}, not {paper_mm}"
            raise ValueError(message)
        self.width = PAPER_DOTS[paper_mm]
        self._wide = paper_mm == max(PAPER_DOTS)
        self._fonts = fonts
        self._column = _Column(_MARGIN, self.width - 2 * _MARGIN)
        self._y = _MARGIN
        self._marks: list[Callable[[ImageDraw.ImageDraw], None]] = []

    def gap(self, dots: int) -> None:
        """Leave white."""
        self._y += dots

    def rule(self) -> None:
        """Draw a thin line across the paper, with air above and below."""
        self.gap(_RULE_AIR)
        left, right = _MARGIN, self.width - _MARGIN - 1
        self._box(left, self._y, right, self._y + _RULE - 1)
        self.gap(_RULE + _RULE_AIR)

    @contextmanager
    def frame(self) -> Iterator[None]:
        """Draw a frame around what is set inside: it must be read before waiting."""
        self.gap(_RULE_AIR)
        top, inset = self._y, _FRAME + _FRAME_AIR
        whole = self._column
        self._column = _Column(whole.left + inset, whole.width - 2 * inset)
        self.gap(inset)
        yield
        self.gap(inset)
        self._column = whole
        box = (whole.left, top, whole.left + whole.width - 1, self._y - 1)
        self._marks.append(lambda draw: draw.rectangle(box, outline=0, width=_FRAME))

    def text(self, words: str, style: Style, align: Align = "centre") -> None:
        """Set words in as many lines as they need; centred lines are made alike in length."""
        font = self._font(style)
        setter = balanced if align == "centre" else wrapped
        for line in setter(self._fonts.clean(words), font, self._column.width):
            self._line(line, font, align)
        sleep(_REST_S)

    def item(self, words: str, style: Style) -> None:
        """Set words as one entry of a list, behind a bullet, further lines aligned."""
        font, whole = self._font(style), self._column
        indent = round(font.size * 0.8)
        ascent, _ = font.getmetrics()
        self._write("•", font, whole.left, self._y + ascent)
        self._column = _Column(whole.left + indent, whole.width - indent)
        self.text(words, style, "left")
        self._column = whole

    def headline(self, words: str) -> None:
        """Set words as large as the paper's width allows, in one line."""
        clean = self._fonts.clean(words)
        probe = self._fonts.get("bold", 100)
        widest = self._column.width * _HEADLINE_SHARE
        size = min(int(100 * widest / max(probe.getlength(clean), 1)), self.width * 2 // 5)
        font = self._fonts.get("bold", size)
        left, top, right, bottom = font.getbbox(clean, anchor="ls")
        x = (self.width - round(right - left)) // 2 - round(left)
        self._write(clean, font, x, self._y - round(top))
        self.gap(round(bottom - top))

    def code(self, url: str, words: Words) -> None:
        """Set a QR code between two rules, its words beside it or, on narrow paper, under it.

        A link too long for the paper is set in letters instead.
        """
        modules = _modules(url) if len(url.encode()) <= _LINK_BYTES_MAX else []
        count = len(modules) + 2 * _QUIET
        share = self.width * 9 // 20 if self._wide else self.width * 7 // 10
        dots = min(max(share // count, _MODULE_MIN), _MODULE_MAX)
        side = dots * count
        if not modules or side > self.width:
            self._words(words, "centre")
            self.text(url, Style.SMALL, "left")
        elif self._wide and side <= self.width * 3 // 5:
            self._code_left(modules, dots, words)
        else:
            self._squares(modules, dots, (self.width - side) // 2)
            self._words(words, "centre")

    def image(self) -> Image.Image:
        """Draw the page: 1 bit a pixel, as wide as the paper prints, as long as its content."""
        from PIL import Image, ImageDraw

        image = Image.new("1", (self.width, self._y + _MARGIN), 1)
        draw = ImageDraw.Draw(image)
        for mark in self._marks:
            mark(draw)
            sleep(_REST_S)
        return image

    def _font(self, style: Style) -> ImageFont.FreeTypeFont:
        weight, wide, narrow = style.value
        return self._fonts.get(weight, wide if self._wide else narrow)

    def _words(self, words: Words, align: Align) -> None:
        for text, style in words:
            self.text(text, style, align)

    def _code_left(self, modules: list[list[bool]], dots: int, words: Words) -> None:
        """Set the code on the column's left edge and the words right of it, at half its height."""
        whole, top, quiet = self._column, self._y, _QUIET * dots
        self._squares(modules, dots, whole.left - quiet)
        bottom = self._y - min(quiet, _RULE_AIR)
        left = whole.left + len(modules) * dots + quiet
        self._column = _Column(left, whole.left + whole.width - left)
        set_lines = [
            (line, font)
            for text, style in words
            for font in (self._font(style),)
            for line in balanced(self._fonts.clean(text), font, self._column.width)
        ]
        height = sum(pitch(font) for _, font in set_lines)
        self._y = max(top, (top + bottom - height) // 2)
        for line, font in set_lines:
            self._line(line, font, "left")
        self._column = whole
        self._y = max(bottom, self._y)

    def _squares(self, modules: list[list[bool]], dots: int, left: int) -> None:
        """Draw a code and its quiet zone; the air under the rule above counts towards the zone."""
        quiet = _QUIET * dots
        x0, y0 = left + quiet, self._y + max(quiet - _RULE_AIR, 0)
        code = _picture(modules, dots)
        self._marks.append(lambda draw: draw.bitmap((x0, y0), code, fill=0))
        self._y = y0 + code.height + quiet

    def _box(self, left: int, top: int, right: int, bottom: int) -> None:
        self._marks.append(lambda draw: draw.rectangle((left, top, right, bottom), fill=0))

    def _line(self, line: str, font: ImageFont.FreeTypeFont, align: Align) -> None:
        ascent, _ = font.getmetrics()
        x = self._column.left
        if align == "centre":
            x += (self._column.width - round(font.getlength(line))) // 2
        self._write(line, font, x, self._y + ascent)
        self.gap(pitch(font))

    def _write(self, line: str, font: ImageFont.FreeTypeFont, x: int, baseline: int) -> None:
        self._marks.append(
            lambda draw: draw.text((x, baseline), line, font=font, fill=0, anchor="ls")
        )


def _modules(url: str) -> list[list[bool]]:
    """Return a QR code's rows, dark is True; error correction M survives a fold and a thumb."""
    import segno

    code = segno.make_qr(url, error="m", boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix]


def _picture(modules: list[list[bool]], dots: int) -> Image.Image:
    """Return a QR code, its dark modules set, `dots` wide each."""
    from PIL import Image

    count = len(modules)
    small = Image.frombytes(
        "L", (count, count), bytes(255 * dark for row in modules for dark in row)
    )
    return small.resize((count * dots, count * dots), Image.Resampling.NEAREST).convert("1")
