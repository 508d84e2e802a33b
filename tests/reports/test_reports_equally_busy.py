"""Simulated periods whose truth is known: the raw change, and the one with load taken out."""

from __future__ import annotations

from random import Random
from statistics import fmean

import pytest

from motcua.reports.compare import Comparison, compare_days
from motcua.reports.compare_days import DayWaits
from motcua.reports.days_needed import matters_s
from tests.reports.simulated_periods import (
    MAY,
    OCTOBER,
    USUAL_LOAD,
    period,
    true_change_s,
)

_TARGET_S = 900.0


def simulated(
    seed: int, days: int, load: float = USUAL_LOAD, speed: float = 1.0, draws: int = 300
) -> Comparison:
    """Compare usual days with days of another load or speed."""
    random = Random(f"{seed} {days} {load} {speed}")  # noqa: S311 - repeatable days, no secret
    before, after = period(MAY, days, random), period(OCTOBER, days, random, load, speed)
    return compare_days(before, after, _TARGET_S, draws)


def test_where_only_load_differs_the_raw_change_is_told_and_the_adjusted_is_about_zero() -> None:
    told = [simulated(seed, 40, load=USUAL_LOAD + 1.5) for seed in range(12)]
    raw = fmean(one.median.value for one in told if one.median)
    adjusted = fmean(one.adjusted.median.value for one in told if one.adjusted.median)
    assert raw == pytest.approx(true_change_s(USUAL_LOAD + 1.5, 1.0), rel=0.25)
    assert raw > 180
    assert abs(adjusted) < 25
    assert sum(one.verdict == "longer" for one in told) >= 10
    shown = [one for one in told if one.adjusted.median and one.adjusted.median.sign]
    assert len(shown) <= 2


def test_where_only_speed_differs_both_changes_are_told() -> None:
    told = [simulated(seed, 40, speed=0.6) for seed in range(8)]
    truth = true_change_s(USUAL_LOAD, 0.6)
    assert truth < -150
    for one in told:
        assert one.median is not None
        assert one.adjusted.median is not None
        assert one.verdict == "shorter"
        assert one.adjusted.median.sign == -1
    for changes in ([one.median for one in told], [one.adjusted.median for one in told]):
        assert fmean(one.value for one in changes if one) == pytest.approx(truth, rel=0.2)


def test_a_gain_hidden_by_a_crowd_comes_to_light() -> None:
    """Faster work on busier days: no change to be seen, until both times are equally busy."""
    told = [simulated(seed, 40, load=USUAL_LOAD + 1.2, speed=0.65) for seed in range(8)]
    assert sum(one.verdict == "no_difference" for one in told) >= 5
    for one in told:
        assert one.adjusted.median is not None
        assert one.adjusted.median.sign == -1


@pytest.mark.parametrize(
    ("days", "load", "least"), [(5, USUAL_LOAD, 0.88), (12, USUAL_LOAD + 1.5, 0.88)]
)
def test_intervals_hold_the_truth_about_as_often_as_they_say(
    days: int, load: float, least: float
) -> None:
    truth = true_change_s(load, 1.0) if load != USUAL_LOAD else 0.0
    told = [simulated(seed, days, load) for seed in range(60)]
    raw = [one.median for one in told if one.median]
    adjusted = [one.adjusted.median for one in told if one.adjusted.median]
    assert least <= fmean(one.low <= truth <= one.high for one in raw) <= 1
    if days >= 10:
        assert len(adjusted) > 40
        assert fmean(one.low <= 0 <= one.high for one in adjusted) >= least


def test_with_few_days_load_is_not_taken_out() -> None:
    told = simulated(1, 9)
    assert told.median is not None
    assert (told.adjusted.refused, told.adjusted.median) == ("few_days", None)


def test_periods_that_share_no_load_cannot_be_made_equally_busy() -> None:
    told = simulated(1, 20, load=USUAL_LOAD + 12)
    assert told.verdict == "longer"
    assert (told.adjusted.refused, told.adjusted.median) == ("no_overlap", None)
    assert told.adjusted.loads[0] == pytest.approx(USUAL_LOAD, abs=1.5)
    assert told.adjusted.loads[1] == pytest.approx(USUAL_LOAD + 12, abs=1.5)


def test_where_open_hours_are_not_known_arrivals_alone_are_the_load() -> None:
    random = Random(3)  # noqa: S311 - repeatable days, no secret
    before, after = (
        [_without_hours(day) for day in period(first, 20, random)] for first in (MAY, OCTOBER)
    )
    told = compare_days(before, after, _TARGET_S, 300)
    assert told.adjusted.basis == "day"
    assert told.adjusted.median is not None


def _without_hours(day: DayWaits) -> DayWaits:
    return DayWaits(day.day, day.waits, day.left_late, people=day.people)


def test_how_many_more_days_falls_as_days_are_added() -> None:
    """The same two halls, watched longer: what is still needed grows less."""
    asked = []
    for days in (10, 30, 90):
        needed = [simulated(seed, days, speed=0.95).needed for seed in range(4)]
        more = [one.more_days for one in needed if one]
        asked.append(fmean(250 if days is None else days for days in more))
        assert all(one.difference_s >= 120 for one in needed if one)
    assert asked == sorted(asked, reverse=True)
    assert matters_s(600) == 120
    assert matters_s(3600) == 360
