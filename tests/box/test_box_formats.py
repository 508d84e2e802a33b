"""Numbers as people here write them."""

from __future__ import annotations

from datetime import date

import pytest

from motcua import formats


@pytest.mark.parametrize(
    ("seconds", "vietnamese", "english"),
    [
        (0, "0,0", "0.0"),
        (270, "4,5", "4.5"),
        (596, "9,9", "9.9"),
        (597, "10", "10"),
        (720, "12", "12"),
        (928.7, "15", "15"),
        (75_000, "1.250", "1,250"),
    ],
)
def test_minutes_have_a_decimal_only_below_ten(
    seconds: float, vietnamese: str, english: str
) -> None:
    assert formats.minutes(seconds, "vi") == vietnamese
    assert formats.minutes(seconds, "en") == english


def test_sums_and_days() -> None:
    assert formats.dong(10_000, "vi") == "10.000 đ"
    assert formats.number(1234.5, "vi", 1) == "1.234,5"
    assert formats.day(date(2026, 11, 23)) == "23/11/2026"
