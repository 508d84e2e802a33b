"""Vietnamese on thermal paper: no letter is a box, loses its marks or meets the line above."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from PIL import Image, ImageDraw, ImageFont

from motcua.folders import data_folder
from motcua.kiosk.slip_page import Page, Style
from motcua.kiosk.slip_type import SlipFonts, balanced, wrapped

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SMALL_LETTERS = "abcdeghiklmnopqrstuvxyfjwzđăâêôơư" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(_VOWELS, _TONES)
)
_LETTERS = _SMALL_LETTERS + _SMALL_LETTERS.upper() + "0123456789–…·•,.;:!?()/%₫“”"
_STYLES = (*Style,)


@pytest.fixture(scope="module")
def fonts() -> SlipFonts:
    return SlipFonts(data_folder("static") / "vendor")


def _ink_box(image: Image.Image) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of what is not white."""
    box = image.convert("L").point(lambda dot: 255 - dot).getbbox()
    assert box is not None
    return box


def _ink(image: Image.Image) -> Image.Image:
    return image.crop(_ink_box(image))


def _line(words: str, fonts: SlipFonts, style: Style) -> Image.Image:
    page = Page(80, fonts)
    page.text(words, style, "left")
    return page.image()


def _in_the_open(words: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    """Draw the words with so much white around that nothing can be cut off."""
    image = Image.new("1", (600, 300), 1)
    ImageDraw.Draw(image).text((100, 150), words, font=font, fill=0, anchor="ls")
    return image


def test_the_alphabet_is_whole() -> None:
    assert len(set(_SMALL_LETTERS)) == 93


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_no_letter_is_drawn_as_a_box(fonts: SlipFonts, weight: str) -> None:
    font = fonts.get(weight, 32)
    box = bytes(font.getmask("\uffff"))

    assert [letter for letter in _LETTERS if bytes(font.getmask(letter)) == box] == []
    assert fonts.clean(_LETTERS) == _LETTERS


@pytest.mark.parametrize("style", _STYLES)
def test_no_letter_loses_a_mark_in_its_line(fonts: SlipFonts, style: Style) -> None:
    font = fonts.get(style.value[0], style.value[1])
    cut = [
        letter
        for letter in _LETTERS
        if _ink(_line(letter, fonts, style)).tobytes() != _ink(_in_the_open(letter, font)).tobytes()
    ]

    assert cut == []


@pytest.mark.parametrize("style", _STYLES)
def test_stacked_marks_never_meet_the_line_above(fonts: SlipFonts, style: Style) -> None:
    above = _line("gỵ (ọ) Ç", fonts, style)
    below = Page(80, fonts)
    below.gap(above.height - Page(80, fonts).image().height)
    below.text("ẲẴỄỖ", style, "left")

    assert _ink_box(above)[3] < _ink_box(below.image())[1]


def test_letters_typed_in_pieces_are_put_together(fonts: SlipFonts) -> None:
    name = "Chứng thực chữ ký người dịch"
    in_pieces = unicodedata.normalize("NFD", name)

    assert _line(in_pieces, fonts, Style.BODY).tobytes() == _line(name, fonts, Style.BODY).tobytes()


def test_a_sign_the_font_lacks_is_written_plainly(fonts: SlipFonts) -> None:
    assert fonts.clean("Thửa đất số ⑫\tＡ\n") == "Thửa đất số 12 A"


def test_a_sign_nobody_can_write_plainly_becomes_a_question_mark(fonts: SlipFonts) -> None:
    assert fonts.clean("Bản đồ ☃ mới\x00") == "Bản đồ ? mới?"


def test_a_line_never_ends_inside_a_compound(fonts: SlipFonts) -> None:
    font = fonts.get("bold", 30)
    name = "Trung tâm Phục vụ hành chính công phường Kim Long"

    for width in range(260, 560, 4):
        lines = wrapped(name, font, width)
        assert " ".join(lines) == name
        assert not [line for line in lines if line.endswith(("Trung", "Phục", "hành", "chính"))]


def test_lines_are_made_alike_in_length_and_lose_no_word(fonts: SlipFonts) -> None:
    font = fonts.get("regular", 30)
    name = "Đăng ký khai sinh kết hợp nhận cha, mẹ, con cho người đã có hồ sơ, giấy tờ cá nhân"

    for width in range(200, 560, 20):
        lines = balanced(name, font, width)
        assert " ".join(lines) == name
        assert max(map(font.getlength, lines)) <= width
        assert len(lines) == len(wrapped(name, font, width))


def test_an_address_wider_than_the_paper_breaks_after_its_signs(fonts: SlipFonts) -> None:
    font = fonts.get("regular", 24)
    address = "https://example.vn/cong-dan/tra-cuu/thu-tuc-hanh-chinh?ma=1.002835&phuong=kim-long"

    lines = wrapped(address, font, 360)

    assert "".join(lines) == address
    assert len(lines) > 1
    assert {line[-1] for line in lines[:-1]} <= set("/?&=-.")
