"""What a reader must know before believing a comparison."""

from __future__ import annotations

from datetime import date

from motcua.reports.unlike import Unlike, unlike
from tests.reports.report_days import workdays


def days(first: date, count: int) -> list[str]:
    """Return working days."""
    return [day.isoformat() for day in workdays(first, count)]


def codes(found: tuple[Unlike, ...]) -> list[str]:
    """Return what was found."""
    return [one.code for one in found]


def test_four_weeks_of_the_same_month_a_year_apart_are_alike() -> None:
    assert unlike(days(date(2025, 10, 6), 20), days(date(2026, 10, 5), 20), ()) == ()


def test_less_than_four_weeks_is_short() -> None:
    three, four = days(date(2025, 10, 6), 15), days(date(2026, 10, 5), 20)
    assert unlike(three, four, ()) == (Unlike("short", 15, 20),)


def test_other_months_are_another_season() -> None:
    assert codes(unlike(days(date(2026, 5, 4), 20), days(date(2026, 10, 5), 20), ())) == ["season"]


def test_a_quarter_and_a_month_of_it_differ_in_length() -> None:
    quarter, month = days(date(2025, 10, 1), 65), days(date(2026, 10, 1), 22)
    assert codes(unlike(quarter, month, ())) == ["lengths", "season"]


def test_weeks_with_a_public_holiday_are_counted() -> None:
    before, after = days(date(2025, 9, 1), 20), days(date(2026, 9, 7), 20)
    holiday = date(2025, 9, 2)
    assert unlike(before, after, {holiday}) == (Unlike("holidays", 5, 0),)
    assert unlike(before, after, {holiday, date(2026, 9, 9)}) == ()


def test_no_days_are_neither_alike_nor_unlike() -> None:
    assert unlike([], days(date(2026, 9, 7), 20), ()) == ()
