"""The formulas of a steady hall, against values reckoned by hand and printed in tables."""

from __future__ import annotations

from itertools import pairwise
from math import exp, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.erlang import (
    MOST_COUNTERS,
    counters_for,
    mean_wait_s,
    share_within,
    waiting_chance,
)

LOADS = st.floats(0.05, 90)


@pytest.mark.parametrize(
    ("load", "counters", "chance"),
    [
        (2.0, 3, 4 / 9),  # by hand: (8/6)·3 ÷ (1 + 2 + 2 + 4) = 4/9
        (1.0, 2, 1 / 3),  # (1/2)·2 ÷ (1 + 1 + 1)
        (0.5, 1, 0.5),  # one counter: the share of time it is busy
        (5.0, 6, 0.5875),  # printed tables of Erlang's C
        (10.0, 12, 0.4494),
        (20.0, 25, 0.2091),
    ],
)
def test_the_chance_to_wait_is_that_of_the_tables(
    load: float, counters: int, chance: float
) -> None:
    assert waiting_chance(load, counters) == pytest.approx(chance, abs=5e-4)


def test_two_busy_counters_of_three_make_people_wait_4_4_minutes() -> None:
    assert mean_wait_s(2.0, 3, busy_s=600) == pytest.approx(4.444 * 60, rel=1e-3)


def test_services_twice_as_spread_stretch_the_wait() -> None:
    """Cs = 2: (1 + 4) / 2 = 2.5 times as long."""
    assert mean_wait_s(2.0, 3, 600, variability=2.5) == pytest.approx(2.5 * 4.444 * 60, rel=1e-3)


def test_within_the_target_are_those_called_at_once_and_those_who_wait_less() -> None:
    """4 in 9 wait, on average 10 minutes: after 15, e^-1.5 of them still do."""
    assert share_within(2.0, 3, 600, 900) == pytest.approx(1 - 4 / 9 * exp(-1.5))


def test_services_more_spread_make_more_people_late() -> None:
    """Waits 2.5 times as long: after 15 minutes e^-0.6 of the 4 in 9 still wait."""
    assert share_within(2.0, 3, 600, 900, 2.5) == pytest.approx(1 - 4 / 9 * exp(-0.6))


def test_who_needs_no_time_is_called_at_once() -> None:
    assert share_within(2.0, 3, 0, 0) == 1
    assert share_within(2.0, 3, 600, 900, variability=0) == 1


def test_too_few_counters_keep_no_target() -> None:
    assert waiting_chance(3.0, 3) == 1
    assert mean_wait_s(3.0, 3, 600) == inf
    assert share_within(3.0, 3, 600, 900) == 0


def test_nobody_waits_where_nobody_comes() -> None:
    assert (waiting_chance(0, 1), mean_wait_s(0, 1, 600), share_within(0, 1, 600, 0)) == (0, 0, 1)
    assert counters_for(0.0, 600, 900, 0.8) == 0


def test_one_hundred_counters_are_reckoned_without_overflow() -> None:
    assert 0 < waiting_chance(98.9, MOST_COUNTERS) < 1
    assert counters_for(1e6, 600, 900, 0.8) == MOST_COUNTERS


@given(load=LOADS, busy_s=st.floats(10, 3600), target_s=st.floats(0, 7200))
def test_another_counter_never_makes_more_people_late(
    load: float, busy_s: float, target_s: float
) -> None:
    shares = [
        share_within(load, counters, busy_s, target_s) for counters in range(1, MOST_COUNTERS)
    ]
    assert all(0 <= share <= 1 for share in shares)
    assert all(few <= many + 1e-12 for few, many in pairwise(shares))


@given(load=LOADS, more=st.floats(0, 10), share=st.floats(0.5, 0.99))
def test_more_people_never_need_fewer_counters(load: float, more: float, share: float) -> None:
    assert counters_for(load, 420, 900, share) <= counters_for(load + more, 420, 900, share)


@given(load=st.floats(0.05, 60), share=st.floats(0.5, 0.99), spread=st.floats(0.5, 3))
def test_the_counters_told_suffice_and_one_fewer_would_not(
    load: float, share: float, spread: float
) -> None:
    counters = counters_for(load, 420, 900, share, spread)
    assert share_within(load, counters, 420, 900, spread) >= share
    assert share_within(load, counters - 1, 420, 900, spread) < share
