"""The built assets: htmx of the second line, and fonts that hold every Vietnamese letter."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from hatch_build import VendorBuildHook

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES]
_VIETNAMESE = "".join(_LOWER) + "đ" + "".join(_LOWER).upper() + "Đ"
_OTHERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?()/%+-=@#&*\"'→←↑↓✓×•·–—…“”‘’°₫"
_FONTS = ("roboto-regular", "roboto-bold")


@pytest.fixture
def vendor(root: Path) -> Path:
    """Return the folder of built assets."""
    return root / "static" / "vendor"


@pytest.mark.parametrize("name", _FONTS)
@pytest.mark.parametrize("suffix", ["ttf", "woff2"])
def test_the_fonts_hold_every_letter_the_screens_use(vendor: Path, name: str, suffix: str) -> None:
    letters = TTFont(vendor / f"{name}.{suffix}").getBestCmap()
    assert len(_VIETNAMESE) == 146
    assert [letter for letter in _VIETNAMESE + _OTHERS if ord(letter) not in letters] == []


@pytest.mark.parametrize("name", _FONTS)
def test_figures_are_all_of_one_width(vendor: Path, name: str) -> None:
    font = TTFont(vendor / f"{name}.ttf")
    widths = {font["hmtx"][font.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}
    assert len(widths) == 1


@pytest.mark.parametrize("name", _FONTS)
def test_no_mark_reaches_out_of_its_line(vendor: Path, name: str) -> None:
    font = TTFont(vendor / f"{name}.ttf")
    glyphs, letters = font["glyf"], font.getBestCmap()
    shapes = [glyphs[letters[ord(letter)]] for letter in _VIETNAMESE]
    for top, bottom in (
        (font["hhea"].ascent, font["hhea"].descent),
        (font["OS/2"].usWinAscent, -font["OS/2"].usWinDescent),
    ):
        assert max(shape.yMax for shape in shapes) <= top
        assert min(shape.yMin for shape in shapes) >= bottom


@pytest.mark.parametrize("name", _FONTS)
def test_a_slip_shows_the_marks_whole(vendor: Path, name: str) -> None:
    # Given a line as high as the font says, with the tallest and the deepest letters
    font = ImageFont.truetype(vendor / f"{name}.ttf", 40)
    ascent, descent = font.getmetrics()
    line = Image.new("L", (400, ascent + descent))
    roomy = Image.new("L", (400, ascent + descent + 80))
    # When it is drawn from the top of the line, and again with room above and below
    ImageDraw.Draw(line).text((0, 0), "ẲẴỂỖỘỰgjỵ", font=font, fill=255)
    ImageDraw.Draw(roomy).text((0, 40), "ẲẴỂỖỘỰgjỵ", font=font, fill=255)
    # Then nothing was cut off
    assert sum(line.histogram()[128:]) == sum(roomy.histogram()[128:])


def test_htmx_is_of_the_line_that_flask_htmx_speaks(vendor: Path) -> None:
    script = (vendor / "htmx.min.js").read_text("utf-8")
    assert re.search(r'version:"2\.\d+\.\d+"', script)
    assert 'defineExtension("sse"' in (vendor / "sse.min.js").read_text("utf-8")


def test_the_licences_of_what_is_built_in_are_beside_it(vendor: Path) -> None:
    text = (vendor / "LICENSES.txt").read_text("utf-8")
    assert "Apache License" in text
    assert "Permission is hereby granted, free of charge" in text


@pytest.mark.slow
def test_two_builds_are_equal_to_the_byte(vendor: Path, tmp_path: Path) -> None:
    hook = VendorBuildHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel")  # type: ignore[arg-type]
    hook.initialize("standard", {})
    again = {file.name: file.read_bytes() for file in (tmp_path / "static/vendor").iterdir()}
    assert again == {file.name: file.read_bytes() for file in vendor.iterdir()}
