"""Counters needed in wards of another simulator, where the answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from motcua.day_table import DayTable
from tests.reports.report_days import MONDAY, TARGET_S, workdays
from tests.reports.staffing_ward import advice, simulated


def test_the_same_days_in_any_order_give_the_same_advice() -> None:
    tables = [simulated(day, 3, lambda _: 3) for day in workdays(MONDAY, 20)]
    assert (
        advice(tables) == advice(tables[::-1]) == advice(sorted(tables, key=lambda t: t.day[::-1]))
    )


def test_the_order_of_a_days_rows_does_not_matter() -> None:
    day = simulated(MONDAY, 3, lambda _: 3)
    again = replace(day, legs=day.legs[::-1])
    assert advice([day] * 4).hours == advice([again] * 4).hours


def in_time(tables: Sequence[DayTable], at_hour: int) -> float:
    """Return the share within the target of those who came in an hour."""
    waits = [one.wait_s for day in tables for one in day.legs if one.issued_at.hour == at_hour]
    return sum(wait is not None and wait <= TARGET_S for wait in waits) / len(waits)


@pytest.mark.parametrize("counters", [3, 4])
def test_the_replay_of_a_simulated_ward_has_the_waits_that_were(counters: int) -> None:
    tables = [simulated(day, 1, lambda _: counters) for day in workdays(MONDAY, 40)]
    measured, replayed = advice(tables).check or (0.0, 0.0)
    assert replayed == pytest.approx(measured, abs=0.03)


def test_a_few_slow_weeks_do_not_stand_for_all_when_the_replay_is_made_as_slow() -> None:
    """Two weeks of eight are slow: the replay is as slow as the eight are together."""
    days = workdays(MONDAY, 40)
    paused = [1.6 if place // 5 % 4 == 1 else 1.0 for place in range(40)]
    told = advice(
        [
            simulated(day, 6, lambda _: 3, pause=pause)
            for day, pause in zip(days, paused, strict=True)
        ]
    )
    assert told.check
    assert told.check[0] == pytest.approx(told.check[1], abs=0.015)


def test_pauses_nobody_records_are_found_in_the_waits() -> None:
    """People keep a counter a quarter longer than is recorded: the advice is about the same."""
    days = workdays(MONDAY, 40)
    told = advice([simulated(day, 6, lambda _: 3, pause=1.25) for day in days])
    assert told.longer == pytest.approx(1.25, abs=0.1)
    assert told.check
    assert told.check[0] == pytest.approx(told.check[1], abs=0.03)
    without = advice([simulated(day, 6, lambda _: 3) for day in days])
    assert without.longer == pytest.approx(1.0, abs=0.1)
    assert [one.needed for one in told.hours] == pytest.approx(
        [one.needed for one in without.hours], abs=1
    )


def test_a_simulated_ward_keeps_the_target_with_the_counters_told() -> None:
    """Twelve weeks of another simulator with five counters; then as many with those told.

    In every hour 80% are in time, but for the chance of so many days: and about what was foretold.
    """
    days = workdays(MONDAY, 60)
    told = advice([simulated(day, 4, lambda _: 5) for day in days])
    plan = {(one.weekday, one.hour): one.needed or 0 for one in told.hours}
    assert {2, 4} <= set(plan.values()) <= {2, 3, 4}

    def counters(day: date, now_s: float) -> int:
        return plan.get((day.isoweekday(), int(now_s // 3600)), 2)

    real = [simulated(day, 5, partial(counters, day)) for day in days]
    for at_hour in range(8, 16):
        hours = [one for one in told.hours if one.hour == at_hour]
        people = sum(one.people for one in hours)
        foretold = sum(one.expected.value * one.people for one in hours if one.expected) / people
        assert in_time(real, at_hour) > 0.75
        assert in_time(real, at_hour) == pytest.approx(foretold, abs=0.1)


def test_one_counter_fewer_than_told_would_not_do() -> None:
    days = workdays(MONDAY, 60)
    told = advice([simulated(day, 4, lambda _: 5) for day in days])
    eight = max(one.needed or 0 for one in told.hours if one.hour == 8)
    real = [simulated(day, 5, lambda _: eight - 1) for day in days]
    assert in_time(real, 8) < 0.8
