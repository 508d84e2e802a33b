"""Numerals the hall can read, in millimetres of a real screen."""

from __future__ import annotations

import pytest

from motcua.display.legibility import LYING, STANDING, numeral_mm, sizes, stylesheet

_NUMERAL = 0.711
"""Height of the face's numerals in ems."""


@pytest.mark.parametrize(
    ("viewing_m", "expected_mm"), [(1, 51), (4.57, 51), (8, 87), (12, 129), (20, 213)]
)
def test_numerals_grow_with_the_distance(viewing_m: float, expected_mm: float) -> None:
    assert numeral_mm(viewing_m) == pytest.approx(expected_mm, abs=0.5)


@pytest.mark.parametrize(
    ("viewing_m", "width_mm"), [(8, 952), (8, 1210), (4.57, 952), (6, 708), (10, 1428)]
)
def test_every_numeral_on_a_lying_screen_is_as_high_as_the_hall_needs(
    viewing_m: float, width_mm: float
) -> None:
    fit = sizes(viewing_m, width_mm, 1, LYING)

    assert fit.row_vw / 100 * width_mm * _NUMERAL >= numeral_mm(viewing_m) - 0.1
    assert fit.newest_vw >= fit.row_vw
    assert fit.most_vw >= fit.newest_vw


def test_a_43_inch_screen_on_end_is_read_from_eight_metres_too() -> None:
    fit = sizes(8, 535, 1, STANDING)

    assert fit.row_vw / 100 * 535 * _NUMERAL == pytest.approx(87, abs=0.2)


def test_three_last_calls_fit_under_the_newest_on_a_usual_television() -> None:
    fit = sizes(8, 952, 1, LYING)
    height_vw = 100 * 9 / 16 - 4.2

    assert 0.96 * (fit.newest_vw + 3 * fit.row_vw) <= height_vw


def test_what_is_wider_than_the_screen_is_made_to_fit() -> None:
    fit = sizes(40, 300, 2, LYING)
    number_and_counter = 0.876 + 3 * 0.574 + 2 * 0.574

    assert fit.row_vw * number_and_counter < LYING.room_vw
    assert fit.newest_vw == fit.most_vw == fit.row_vw


def test_the_stylesheet_sizes_a_screen_lying_and_on_end() -> None:
    css = stylesheet(8, 952, 1)

    assert css.startswith(":root { --figures: 3.422; }\n:root { --room: 76.0vw; --row: 12.85vw;")
    assert "@media (orientation: portrait) { :root { --room: 94.0vw; --row: 12.85vw;" in css
