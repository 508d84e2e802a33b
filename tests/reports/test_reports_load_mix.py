"""Two periods made equally busy: what load is, and how much each day then counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.compare_days import DayWaits
from motcua.reports.load_mix import days_alike, load, load_basis, load_mix, mean_load

_LOADS = st.lists(st.integers(1, 12), min_size=1, max_size=40)


def days(*people: int, open_h: float = 1.0, **facts: int) -> list[DayWaits]:
    """Return days on which so many people came."""
    return [
        DayWaits("2026-11-23", (60.0,), 0, people=count, open_s=open_h * 3600, **facts)  # type: ignore[arg-type]
        for count in people
    ]


def test_load_is_people_for_each_open_hour_a_sheets_hour_or_a_day() -> None:
    open_day, closed_day = days(30, open_h=7.5)[0], days(30, open_h=0)[0]
    assert load(open_day, "open_hour") == 4.0
    assert load(closed_day, "open_hour") is None
    assert load(closed_day, "day") == 30
    assert load(replace(closed_day, hours=3), "hour") == 10


@pytest.mark.parametrize(
    ("before", "after", "basis"),
    [
        (days(5, 6), days(7), "open_hour"),
        (days(5, 6), days(7, open_h=0), "day"),
        (days(*[5] * 8) + days(5, 5, open_h=0), days(7), "open_hour"),  # four in five are known
        (days(*[5] * 7) + days(5, 5, open_h=0), days(7), "day"),
        (days(5, hours=2), days(7, hours=2), "hour"),
        ([], days(7), "day"),
    ],
)
def test_open_hours_are_the_load_where_they_are_known(
    before: Sequence[DayWaits], after: Sequence[DayWaits], basis: str
) -> None:
    assert load_basis((before, after)) == basis
    assert load_basis((after, before)) == basis


def test_the_load_of_a_period_is_all_people_by_all_hours() -> None:
    # 10 people in 1 hour and 20 in 4: 30 in 5, not the mean of 10 and 5.
    assert mean_load([*days(10), *days(20, open_h=4.0)], "open_hour") == 6.0
    assert mean_load(days(10, open_h=0), "open_hour") is None


def test_days_about_as_busy_weigh_the_same_on_both_sides() -> None:
    """Two classes of five days, cut at the sixth of the ten loads in order.

    before: 1 2 3 8   (three quiet days, one busy)
    after:  2 3 7 8 8 9   (two quiet, four busy)
    """
    mix = load_mix((days(1, 2, 3, 8), days(2, 3, 7, 8, 8, 9)), "open_hour")
    before, after = mix.weights(([1.0] * 4, [1.0] * 6))
    assert before == pytest.approx([2 / 5] * 3 + [4 / 5])
    assert after == pytest.approx([3 / 5] * 2 + [1 / 5] * 4)
    assert sum(before[:3]) == pytest.approx(sum(after[:2]))
    assert before[3] == pytest.approx(sum(after[2:]))


def test_a_class_that_only_one_period_has_counts_nothing() -> None:
    mix = load_mix((days(1, 1, 1, 1, 1, 5), days(5, 5, 5, 5)), "open_hour")
    before, after = mix.weights(([1.0] * 6, [1.0] * 4))
    assert before[:5] == [0.0] * 5
    assert before[5] > 0 < sum(after)


def test_a_day_of_unknown_load_counts_nothing() -> None:
    mix = load_mix((days(5, 5) + days(5, open_h=0), days(5)), "open_hour")
    before, after = mix.weights(([1.0] * 3, [1.0]))
    assert (before[2], mix.classes[0][2]) == (0.0, -1)
    assert sum(before) == pytest.approx(sum(after))


@given(_LOADS, _LOADS, st.integers(0, 2))
def test_both_periods_weigh_the_same_in_every_class(
    before: list[int], after: list[int], drawn: int
) -> None:
    mix = load_mix((days(*before), days(*after)), "open_hour")
    times = ([float(n % 3) for n in range(len(before))], [float(drawn)] * len(after))
    weights = mix.weights(times)
    for one in range(mix.count):
        sums = [
            sum(w for w, place in zip(side, places, strict=True) if place == one)
            for side, places in zip(weights, mix.classes, strict=True)
        ]
        assert sums[0] == pytest.approx(sums[1])


def test_days_alike_are_counted_by_their_weight() -> None:
    assert days_alike([1.0] * 7) == pytest.approx(7)
    assert days_alike([0.5] * 7) == pytest.approx(7)
    assert days_alike([1.0, 0.0, 0.0]) == pytest.approx(1)
    assert days_alike([2.0, 1.0]) == pytest.approx(9 / 5)
    assert days_alike([0.0]) == 0
