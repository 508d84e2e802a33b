"""How large a board's numerals are, so that the hall can read them from where it stands.

The rule is that of ADA 703.5.5 for signs 1.8 to 3 m above the floor: 51 mm up to 4.57 m away, and
3.2 mm more for each further 305 mm. Sizes go to the browser in hundredths of the screen's width,
because a setting in millimetres is worth nothing to it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

_NEAR_M = 4.57
_NEAR_MM = 51.0
_STEP_M = 0.305
_STEP_MM = 3.2

# The board's bold face, in ems.
_NUMERAL_HEIGHT = 0.711
_NUMERAL_WIDTH = 0.574
_NUMBER_WIDTH = 0.876 + 3 * _NUMERAL_WIDTH
"""The widest letter and three figures."""
_GAPS = 0.25
_WORDS_WIDTH = 4.4
"""Width of "đến quầy" or "to counter"; static/board.css divides by the same."""
_WORDS = 0.15
"""Least size of those words, in sizes of the numerals beside them."""
_NEWEST_WORDS = 0.24

_NEWEST = 1.2
"""Least size of the newest call in sizes of the last ones: three of these still fit under it."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """What a way of hanging the screen leaves for calls, in hundredths of its width."""

    room_vw: float
    newest_vw: float
    """Least size of the newest call."""


LYING = Hanging(room_vw=76.0, newest_vw=15.0)
"""Beside the column of the waiting."""
STANDING = Hanging(room_vw=94.0, newest_vw=20.0)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of a board's numerals in hundredths of the screen's width."""

    row_vw: float
    """The last calls."""
    newest_vw: float
    """The newest call, at least."""
    most_vw: float
    """What the screen is wide enough for; the newest call grows so far where there is height."""


def numeral_mm(viewing_m: float) -> float:
    """Return how high a numeral must be to be read from `viewing_m` metres away."""
    return _NEAR_MM + _STEP_MM * max(0.0, viewing_m - _NEAR_M) / _STEP_M


def sizes(viewing_m: float, screen_width_mm: float, counter_digits: int, hanging: Hanging) -> Sizes:
    """Return the sizes for a screen; what is too wide for it is made to fit.

    Args:
        viewing_m: how far away the last reader stands.
        screen_width_mm: width of the lit screen as it hangs.
        counter_digits: digits of the largest counter number.
        hanging: lying or standing.
    """
    figures = _figures(counter_digits)
    wanted = numeral_mm(viewing_m) / _NUMERAL_HEIGHT / screen_width_mm * 100
    row = min(wanted, hanging.room_vw / (figures + _WORDS * _WORDS_WIDTH))
    most = max(row, hanging.room_vw / (figures + _NEWEST_WORDS * _WORDS_WIDTH))
    newest = min(max(_NEWEST * row, hanging.newest_vw), most)
    return Sizes(round(row, 2), round(newest, 2), round(most, 2))


def stylesheet(viewing_m: float, screen_width_mm: float, counter_digits: int) -> str:
    """Return the sizes as CSS variables, for a screen lying and a screen standing."""
    figures = f":root {{ --figures: {_figures(counter_digits):.3f}; }}"
    lying, standing = (
        _variables(sizes(viewing_m, screen_width_mm, counter_digits, hanging), hanging)
        for hanging in (LYING, STANDING)
    )
    return f"{figures}\n{lying}\n@media (orientation: portrait) {{ {standing} }}\n"


def _figures(counter_digits: int) -> float:
    """Return the width of a number, a counter and the gaps between, in ems."""
    return _NUMBER_WIDTH + counter_digits * _NUMERAL_WIDTH + _GAPS


def _variables(fit: Sizes, hanging: Hanging) -> str:
    values = {
        "room": hanging.room_vw, "row": fit.row_vw, "newest": fit.newest_vw, "most": fit.most_vw,
    }  # fmt: skip
    return f":root {{ {' '.join(f'--{name}: {value}vw;' for name, value in values.items())} }}"
