"""Build step: put htmx and the fonts into `static/vendor/`, out of registry packages.

Nothing third-party is copied into the repository and nothing is fetched at run time. The step runs
for the wheel and for an editable install alike, and writes the same bytes every time.
"""

from __future__ import annotations

import importlib.util
import io
import itertools
import math
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_VENDOR = Path("static", "vendor")
_WEIGHTS = ("Regular", "Bold")

# What Unicode composes from these bases and marks is what Vietnamese and Western names need.
_BASES = string.ascii_letters + "đĐ"
_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0308\u0309\u031b\u0323\u0327"
_SPACES = " \u00a0\u2009\u202f"
_PUNCTUATION = "«»‐\u2011–—‘’“”•…‹›"
_SIGNS = "©§°±·×÷₫№™−≈≤≥"

_NOTICE = """\
The files in this folder are built from these packages; none is part of Motcua's own source.

htmx.min.js, sse.min.js
    htmx and its SSE extension (Zero-Clause BSD), unchanged, as carried by django-htmx (MIT, below).

roboto-*.ttf, roboto-*.woff2
    Roboto (Apache License 2.0, below), as carried by font-roboto. CHANGED: reduced to the letters
    the screens and slips use; arrows and a check mark added; the line height of the `hhea` table
    raised to the font's own highest and lowest points, so that stacked Vietnamese marks fit.
"""


class VendorBuildHook(BuildHookInterface[Any]):
    """Writes `static/vendor/` before hatchling collects the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build every asset; a file is only touched when its bytes change."""
        folder = Path(self.root) / _VENDOR
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in _assets():
            file = folder / name
            if not file.is_file() or file.read_bytes() != content:
                file.write_bytes(content)


def _assets() -> Iterator[tuple[str, bytes]]:
    """Yield file name and content of each asset."""
    htmx = _package("django_htmx")
    scripts = htmx / "static" / "django_htmx"
    yield "htmx.min.js", (scripts / "htmx-2.min.js").read_bytes()
    yield "sse.min.js", (scripts / "ext" / "hx-sse-2.min.js").read_bytes()
    fonts = _package("font_roboto") / "files"
    for weight in _WEIGHTS:
        font = _reduced(fonts / f"Roboto-{weight}.ttf")
        name = f"roboto-{weight.lower()}"
        yield f"{name}.ttf", _bytes(font, None)
        yield f"{name}.woff2", _bytes(font, "woff2")
    (htmx_licence,) = htmx.parent.glob("django_htmx-*.dist-info/licenses/LICENSE")
    licences = (htmx_licence.read_text("utf-8"), (fonts / "LICENSE").read_text("utf-8"))
    rule = "\n" + "-" * 80 + "\n\n"
    yield "LICENSES.txt", rule.join((_NOTICE, *licences)).encode()


def _package(name: str) -> Path:
    """Return the folder of an installed package without importing it (Django stays away)."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        message = f"the build requirement {name} is not installed"
        raise ModuleNotFoundError(message)
    return Path(spec.origin).parent


# --- the fonts ---


def _reduced(file: Path) -> TTFont:
    """Return the font with our letters and symbols only; figures stay tabular."""
    font = TTFont(file, recalcTimestamp=False)
    _make_room_for_marks(font)
    _add_symbols(font)
    options = subset.Options()
    options.layout_features = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "pnum", "tnum"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(letter) for letter in _letters()])
    subsetter.subset(font)
    return font


def _bytes(font: TTFont, flavor: str | None) -> bytes:
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _letters() -> list[str]:
    """Return every character the screens and slips may show, sorted."""
    letters = set(string.printable.strip() + _BASES + _MARKS + _SPACES + _PUNCTUATION + _SIGNS)
    letters |= set(_SYMBOLS)
    for _ in range(2):  # twice: Ế is E + circumflex + acute
        composed = {unicodedata.normalize("NFC", a + b) for a in letters for b in _MARKS}
        letters |= {letter for letter in composed if len(letter) == 1}
    return sorted(letters)


def _make_room_for_marks(font: TTFont) -> None:
    """Raise the line height to the font's own extremes: as shipped, Ẳ reaches above its line."""
    font["hhea"].ascent = font["OS/2"].usWinAscent
    font["hhea"].descent = -font["OS/2"].usWinDescent


# --- symbols ---

_Point = tuple[float, float]
_CENTRE: _Point = (900, 730)  # of an 1800 wide advance, at half the capitals' height
_ADVANCE = 1800

# Roboto has no arrows and no check mark. Each is a line of given half width through these points,
# relative to the centre; arrows are one drawing turned by quarter turns.
_ARROW: tuple[tuple[_Point, ...], ...] = (
    ((-700, 0), (640, 0)),
    ((180, 500), (680, 0), (180, -500)),
)
_CHECK: tuple[tuple[_Point, ...], ...] = (((-620, -80), (-180, -520), (640, 480)),)
_SYMBOLS = {
    "→": ("arrowright", _ARROW, 0),
    "↑": ("arrowup", _ARROW, 1),
    "←": ("arrowleft", _ARROW, 2),
    "↓": ("arrowdown", _ARROW, 3),
    "✓": ("checkmark", _CHECK, 0),
}


def _add_symbols(font: TTFont) -> None:
    """Draw the symbols with the stroke of the font's own minus sign."""
    minus = font["glyf"][font.getBestCmap()[0x2212]]
    half = (minus.yMax - minus.yMin) / 2
    order = font.getGlyphOrder()
    for letter, (name, lines, quarters) in _SYMBOLS.items():
        pen = TTGlyphPen(None)
        for line in lines:
            _stroke(pen, [_turned(point, quarters) for point in line], half)
        order.append(name)
        font["glyf"].glyphs[name] = glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"].metrics[name] = (_ADVANCE, glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(letter)] = name
    font.setGlyphOrder(order)


def _turned(point: _Point, quarters: int) -> _Point:
    """Turn a point round the origin by quarter turns, counter-clockwise."""
    x, y = point
    for _ in range(quarters):
        x, y = -y, x
    return x, y


def _stroke(pen: TTGlyphPen, line: list[_Point], half: float) -> None:
    """Draw each piece of the line as a bar, lengthened by half its width so that corners close."""
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        length = math.hypot(x1 - x0, y1 - y0)
        dx, dy = (x1 - x0) / length * half, (y1 - y0) / length * half
        corners = [
            (x0 - dx - dy, y0 - dy + dx),
            (x1 + dx - dy, y1 + dy + dx),
            (x1 + dx + dy, y1 + dy - dx),
            (x0 - dx + dy, y0 - dy - dx),
        ]
        placed = [(round(x + _CENTRE[0]), round(y + _CENTRE[1])) for x, y in corners]
        pen.moveTo(placed[0])
        for corner in placed[1:]:
            pen.lineTo(corner)
        pen.closePath()
