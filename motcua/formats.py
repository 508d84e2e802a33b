"""Numbers, times and sums as people here write them: 1.234,5 · 14:05 · 23/11/2026 · 10.000 đ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.words import VIETNAMESE

if TYPE_CHECKING:
    from datetime import date, datetime

_SWAPPED = str.maketrans(",.", ".,")


def number(value: float, language: str, decimals: int = 0) -> str:
    """Return a number with thousands grouped: `1.234,5` in Vietnamese, `1,234.5` in English."""
    text = f"{value:,.{decimals}f}"
    return text.translate(_SWAPPED) if language == VIETNAMESE else text


def dong(value: int, language: str) -> str:
    """Return a sum in dong: `10.000 đ`, `10,000 VND`."""
    return f"{number(value, language)} {'đ' if language == VIETNAMESE else 'VND'}"


def clock(at: datetime) -> str:
    """Return the time of day, `14:05`; `at` must be local already."""
    return f"{at:%H:%M}"


def day(value: date) -> str:
    """Return a date, `23/11/2026`."""
    return f"{value:%d/%m/%Y}"


def minutes(seconds: float, language: str) -> str:
    """Return a duration in minutes with one decimal below ten: `4,5`, `12`."""
    is_below_ten = round(seconds / 6) < 100  # noqa: PLR2004 - tenths: 9,97 is `10`, not `10,0`
    return number(seconds / 60, language, 1 if is_below_ten else 0)
