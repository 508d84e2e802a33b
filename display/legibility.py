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
_WORD_WIDTH = 2.25
"""The longer word of "đến quầy", in ems of its own size."""
_GAPS = 0.25

_LINE_PITCH = 1.35
"""Height of a row in heights of its numerals."""
_NEWEST = 1.25
_NEWEST_AT_LEAST_VW = 15.0
_LARGEST_WORDS = 0.36
_SMALLEST_WORDS = 0.2
"""Size of "đến quầy" beside its numerals."""

LANDSCAPE_ROOM_VW = 76.0
"""Width for calls beside the column of the waiting."""
PORTRAIT_ROOM_VW = 95.0


@dataclass(frozen=True, slots=True)
class Face:
    """Sizes of type for one way of hanging the screen, in hundredths of its width."""

    row_vw: float
    """Numerals of the last calls."""
    row_words_vw: float
    newest_vw: float
    """Numerals of the newest call."""
    newest_words_vw: float

    @property
    def row_pitch_vw(self) -> float:
        """Height of one row."""
        return round(self.row_vw * _NUMERAL_HEIGHT * _LINE_PITCH, 2)

    @property
    def newest_pitch_vw(self) -> float:
        """Least height of the newest call."""
        return round(self.newest_vw * _NUMERAL_HEIGHT * _LINE_PITCH, 2)


def numeral_mm(viewing_m: float) -> float:
    """Return how high a numeral must be to be read from `viewing_m` metres away."""
    return _NEAR_MM + _STEP_MM * max(0.0, viewing_m - _NEAR_M) / _STEP_M


def face(viewing_m: float, screen_width_mm: float, counter_digits: int, room_vw: float) -> Face:
    """Return the sizes for a screen; what does not fit into its width is made to fit.

    Args:
        viewing_m: how far away the last reader stands.
        screen_width_mm: width of the lit screen.
        counter_digits: digits of the largest counter number.
        room_vw: width the calls may take, in hundredths of the screen's.
    """
    figures = _NUMBER_WIDTH + counter_digits * _NUMERAL_WIDTH + _GAPS
    fits = room_vw / (figures + _SMALLEST_WORDS * _WORD_WIDTH)
    wanted = numeral_mm(viewing_m) / _NUMERAL_HEIGHT / screen_width_mm * 100
    row = min(wanted, fits)
    newest = min(max(_NEWEST * row, _NEWEST_AT_LEAST_VW), fits)
    return Face(
        *_with_words(row, figures, room_vw),
        *_with_words(newest, figures, room_vw),
    )


def _with_words(numerals_vw: float, figures: float, room_vw: float) -> tuple[float, float]:
    """Return a size of numerals and the size of the words that fits beside it."""
    left = (room_vw - figures * numerals_vw) / _WORD_WIDTH
    return round(numerals_vw, 2), round(min(left, _LARGEST_WORDS * numerals_vw), 2)


def stylesheet(viewing_m: float, screen_width_mm: float, counter_digits: int) -> str:
    """Return the sizes as CSS variables, for a screen lying and a screen standing."""
    lying = face(viewing_m, screen_width_mm, counter_digits, LANDSCAPE_ROOM_VW)
    standing = face(viewing_m, screen_width_mm, counter_digits, PORTRAIT_ROOM_VW)
    rotated = f"@media (orientation: portrait) {{ :root {{ {_variables(standing)} }} }}"
    return f":root {{ {_variables(lying)} }}\n{rotated}\n"


def _variables(sizes: Face) -> str:
    values = {
        "row": sizes.row_vw,
        "row-words": sizes.row_words_vw,
        "row-pitch": sizes.row_pitch_vw,
        "newest": sizes.newest_vw,
        "newest-words": sizes.newest_words_vw,
        "newest-pitch": sizes.newest_pitch_vw,
    }
    return " ".join(f"--{name}: {value}vw;" for name, value in values.items())
