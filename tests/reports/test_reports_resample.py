"""Drawing days again: the median of weighted days, and an interval honest about few of them."""

from __future__ import annotations

from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.compare_days import DayWaits
from motcua.reports.resample import Change, Draws, People, change, student_t
from motcua.reports.spread import quantile

_TARGET_S = 900.0
_DAY = st.lists(st.integers(0, 3600), min_size=1, max_size=12)


def day(*waits: float, left_late: int = 0) -> DayWaits:
    """Return a day of these waits, in seconds."""
    return DayWaits("2026-11-23", tuple(sorted(waits)), left_late)


@given(st.lists(st.tuples(_DAY, st.integers(0, 3)), min_size=1, max_size=6))
def test_the_median_of_drawn_days_is_the_median_of_their_people(
    drawn: list[tuple[list[int], int]],
) -> None:
    times = [float(count) for _, count in drawn]
    people = [wait for waits, count in drawn for wait in waits * count]
    told = People([day(*waits) for waits, _ in drawn], _TARGET_S)
    if people:
        within = sum(wait <= _TARGET_S for wait in people) / len(people)
        middle, share = told.told(times)
        assert middle == median(people)
        assert share == pytest.approx(within)


def test_the_median_of_very_many_different_waits_is_near_enough() -> None:
    random = Random(1)  # noqa: S311 - repeatable waits, no secret
    days = [day(*(random.expovariate(1 / 600) for _ in range(400))) for _ in range(20)]
    everybody = [wait for one in days for wait in one.waits]
    assert People(days, _TARGET_S).told([1.0] * 20)[0] == pytest.approx(median(everybody), rel=0.01)


def test_who_left_late_is_a_promise_not_kept() -> None:
    assert People([day(60, 60, left_late=2)], _TARGET_S).told([1.0]) == (60, 0.5)


def test_a_day_that_counts_half_has_half_the_people() -> None:
    told = People([day(10, 10, 10, 10), day(20, 20, 20)], _TARGET_S)
    assert told.told([1.0, 1.0])[0] == 10
    assert told.told([0.5, 1.0])[0] == 20


@pytest.mark.parametrize(
    ("freedoms", "printed"), [(4, 2.776), (5, 2.571), (8, 2.306), (20, 2.086), (1e6, 1.960)]
)
def test_students_t_is_as_printed_in_tables(freedoms: float, printed: float) -> None:
    assert student_t(freedoms) == pytest.approx(printed, abs=0.001)


def draws(seed: int, days: float, value: float = 0.0) -> Draws:
    """Return a figure with 2,000 draws around it."""
    random = Random(seed)  # noqa: S311 - repeatable draws, no secret
    return Draws(value, [random.gauss(value, 60) for _ in range(2000)], days)


def test_few_days_make_the_interval_wider_than_the_draws_alone() -> None:
    widths = []
    for days in (5.0, 10.0, 1000.0):
        before, after = draws(1, days), draws(2, days, 100.0)
        told = change(before, after)
        assert told.low < told.value < told.high
        widths.append(told.high - told.low)
    plain = sorted(b - a for a, b in zip(draws(1, 5).drawn, draws(2, 5, 100.0).drawn, strict=True))
    assert widths == sorted(widths, reverse=True)
    assert widths[2] == pytest.approx(quantile(plain, 0.975) - quantile(plain, 0.025), rel=0.01)
    # Five days on each side: Student's t of 8 freedoms instead of 1.96, and √(5 ÷ 4) on top.
    assert widths[0] / widths[2] == pytest.approx(2.306 / 1.96 * 1.118, rel=0.06)


def test_the_side_with_few_days_decides_how_wide_it_is() -> None:
    """With all the spread on one side, that side's days alone count."""
    still = Draws(0.0, [0.0] * 2000, 1000)
    few = change(draws(1, 5), still)
    many = change(draws(1, 1000), still)
    ratio = (few.high - few.low) / (many.high - many.low)
    assert ratio == pytest.approx(2.776 / 1.96 * 1.118, rel=0.09)


def test_days_that_never_differ_leave_nothing_to_chance() -> None:
    told = change(Draws(5.0, [5.0] * 9, 5), Draws(3.0, [3.0] * 9, 5))
    assert told == Change(-2.0, -2.0, -2.0)
    assert told.sign == -1
