"""How many more days a verdict needs, worked by hand."""

from __future__ import annotations

from motcua.reports.days_needed import DaysNeeded, days_needed
from motcua.reports.resample import Change, Draws


def spread(error_s: float, days: int, value: float = 900.0) -> Draws:
    """Return a median of so many days whose standard error is `error_s`, made good for few days.

    Two draws at value ± e have the variance 2e²; √(days ÷ (days − 1)) on top.
    """
    apart = error_s * ((days - 1) / days / 2) ** 0.5
    return Draws(value, [value - apart, value + apart], days)


def test_days_are_added_until_the_difference_would_be_shown_four_times_in_five() -> None:
    """10 days a side, standard error 90 s a side; seen −200 s.

    Allowed: (200 ÷ 2.8016)² = 5,096. One side has 8,100 × 10 ÷ (10 + m), both 162,000 ÷ (10 + m):
    5,096 or less from 10 + m = 31.8 on, so m = 22.
    """
    told = days_needed(Change(-200, -450, 50), spread(90, 10), spread(90, 10))
    assert told == DaysNeeded(200, 22)


def test_a_difference_too_small_to_matter_is_not_chased() -> None:
    """Seen 10 s, of which nobody would speak: 120 s is what is looked for.

    Allowed: (120 ÷ 2.8016)² = 1,834.7; 162,000 ÷ 1,834.7 = 88.3, so m = 79.
    """
    assert days_needed(Change(10, -240, 260), spread(90, 10), spread(90, 10)) == DaysNeeded(120, 79)


def test_of_a_long_wait_a_tenth_matters() -> None:
    told = days_needed(Change(0, -900, 900), spread(90, 10, 3000), spread(90, 10, 3000))
    assert told.difference_s == 300


def test_more_than_a_year_is_not_promised() -> None:
    assert days_needed(Change(0, -900, 900), spread(500, 10), spread(500, 10)).more_days is None


def test_where_it_would_have_been_shown_already_no_day_is_needed() -> None:
    assert days_needed(Change(5, -50, 60), spread(20, 30), spread(20, 30)) == DaysNeeded(120, 0)


def test_unequal_sides_are_reckoned_apart() -> None:
    """5 days with 90 s and 100 days with 10 s; both get m more.

    8,100 × 5 ÷ (5 + m) + 100 × 100 ÷ (100 + m) ≤ 1,834.7: m = 18 gives 1,760.9 + 84.7 = 1,845.6,
    m = 19 gives 1,687.5 + 84.0 = 1,771.5.
    """
    assert days_needed(Change(0, -200, 200), spread(90, 5), spread(10, 100)).more_days == 19
