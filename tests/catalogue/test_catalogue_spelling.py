"""Codes and names as they are really written: suffixes, lost zeros, split marks, false codes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.codes import base_code, is_code, repaired_code
from motcua.catalogue.false_codes import FALSE_CODES, refusal, warning
from motcua.catalogue.spelling import fold, tidy, words


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("2.000815", "2.000815"),
        ("2.000815.000.00.00.H55", "2.000815"),
        ("2.000815.01", "2.000815"),
        (" 2.000815\u00a0", "2.000815"),
        ("\ufeff2.000815", "2.000815"),
        ("２.０００８１５", "2.000815"),
        ("2.000815-H55", "2.000815"),
        ("Local.Ly-Hon", "local.ly-hon"),
    ],
)
def test_a_local_suffix_and_stray_marks_are_cut_off(written: str, base: str) -> None:
    assert base_code(written) == base


@pytest.mark.parametrize("written", ["", "khai sinh", "2.00", "2000815", "H55.2.000815", "local."])
def test_what_is_no_code_has_no_base(written: str) -> None:
    assert base_code(written) is None


@pytest.mark.parametrize("written", ["2.00062", "2,00062", "2.000620", "2000620", "2,000620"])
def test_a_zero_or_dot_lost_by_a_spreadsheet_is_found_again(written: str) -> None:
    assert repaired_code(written, {"2.000620"}) == "2.000620"


def test_a_code_is_not_repaired_into_one_nobody_knows() -> None:
    assert repaired_code("2.00063", {"2.000620"}) is None


@given(st.text(max_size=40))
def test_no_text_makes_the_reading_of_a_code_fail(text: str) -> None:
    base = base_code(text)

    assert base is None or is_code(base)
    assert repaired_code(text, {"1.001193"}) in (None, "1.001193")


@given(st.text(max_size=60))
def test_tidy_text_is_composed_on_one_line_and_stays_so(text: str) -> None:
    once = tidy(text)

    assert unicodedata.is_normalized("NFC", once)
    assert not {"\n", "\t", "\0", "\u200b"} & set(once)
    assert once == once.strip()
    assert tidy(once) == once


def test_letters_typed_as_a_vowel_and_a_mark_become_one_letter() -> None:
    assert tidy("Hu\u0065\u0302\u0301") == "Hu\u1ebf"


@given(st.text(max_size=60))
def test_folding_does_not_see_marks_case_or_unicode_form(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))
    assert all((word.isascii() and word.islower()) or word.isdigit() for word in words(text))


def test_folding_takes_the_marks_off_every_vietnamese_letter() -> None:
    assert fold("Đường Nguyễn Huệ, ƯỚC MƠ Ỹ ẵ ộ") == "duong nguyen hue, uoc mo y a o"


@pytest.mark.parametrize(
    ("code", "name", "right"),
    [
        ("1.001640", "Đăng ký khai sinh", "1.001193"),
        ("1.001108", "Thủ tục đăng ký khai sinh", "1.001193"),
        ("1.004734", "Đăng ký kết hôn", "1.000894"),
        ("1.013124", "ĐĂNG KÝ KẾT HÔN", "1.000894"),
        ("1.004792", "Đăng ký khai tử", "1.000656"),
        ("1.004800", "Đăng ký lại khai sinh", "1.004884"),
        ("1.001064", "Cấp bản sao trích lục hộ tịch", "2.000635"),
        ("1.003559", "Cấp giấy xác nhận tình trạng hôn nhân", "1.004873"),
        ("1.004621", "Bất kỳ", "1.000881"),
        ("1.001229", "Đăng ký thường trú", "1.004222"),
        ("1.003306", "Đăng ký tạm trú", "1.004194"),
        ("2.001682", "Đăng ký hộ kinh doanh", "1.001612"),
        ("1.004850", "Cấp giấy phép xây dựng", "1.013225"),
        ("1.001612", "Đăng ký thường trú", "1.004222"),
        ("1.001612", "Đăng ký tạm trú", "1.004194"),
    ],
)
def test_a_false_code_is_refused_with_the_right_one(code: str, name: str, right: str) -> None:
    found = refusal(code, name)

    assert found is not None
    assert found.details["right"] == right


def test_the_same_digits_may_be_the_true_code_of_something_else() -> None:
    assert refusal("1.001612", "Đăng ký thành lập hộ kinh doanh") is None
    assert warning("1.001612") is None
    assert refusal("1.001640", "Cấp giấy phép xả nước thải") is None
    assert warning("1.001640") is not None
    assert warning("1.001193") is None


def test_all_known_false_codes_are_watched() -> None:
    assert len(FALSE_CODES) == 14
