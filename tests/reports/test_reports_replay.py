"""Days played again: by hand, by properties, and against another simulator (simpy)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.erlang import mean_wait_s, waiting_chance
from motcua.reports.replay import Hall, by_hour, played
from motcua.reports.staffing_days import Stretch, stretches
from tests.reports.staffing_ward import simulated_waits

HALF_EIGHT = 27_000.0
MINUTE = 60.0
PEOPLE = st.lists(st.tuples(st.integers(0, 3600 * 6), st.integers(1, 3600)), max_size=40)
PLAN = st.lists(st.integers(0, 4), min_size=6, max_size=6)


def hall(*people: tuple[float, float]) -> Hall:
    """Return a day of (minutes after half past seven, minutes at a counter)."""
    at_s = [HALF_EIGHT + MINUTE * came for came, _ in people]
    return Hall(at_s, [MINUTE * busy for _, busy in people])


def minutes(played_hall: Hall) -> list[float]:
    """Return how long each waited."""
    return [round(wait_s / MINUTE, 6) for wait_s in played_hall.waits_s]


def test_three_at_the_door_wait_for_one_counter_one_after_another() -> None:
    """Come 0, 0, 1; ten minutes each; one counter: called at 0, 10, 20."""
    day = played(hall((0, 10), (0, 10), (1, 10)), by_hour([0] * 7 + [1] * 5))
    assert minutes(day) == [0, 10, 19]


def test_a_second_counter_from_eight_on_takes_the_line_over() -> None:
    """Four come at 7:30, twenty minutes each; one counter till 8:00, then two.

    7:30 first, 7:50 second, 8:00 third at the new counter, 8:10 fourth.
    """
    day = played(hall(*[(0, 20)] * 4), by_hour([0] * 7 + [1, 2, 2]))
    assert minutes(day) == [0, 20, 30, 40]


def test_a_counter_that_closes_finishes_whom_it_serves() -> None:
    """Two counters till 8:00, one then; people of 40 minutes come at 7:30 (two), 8:05, 8:06.

    Both counters are busy till 8:10; one stays: 8:10 third, 8:50 fourth.
    """
    day = played(hall((0, 40), (0, 40), (35, 40), (36, 40)), by_hour([0] * 7 + [2, 1, 1]))
    assert minutes(day) == [0, 0, 5, 44]


def test_who_keeps_a_counter_past_an_hour_with_fewer_keeps_it_after() -> None:
    """Two counters, one from 8:00 to 9:00, two again; two people of three hours, one at 9:10."""
    day = played(hall((0, 180), (0, 180), (100, 5)), by_hour([0] * 7 + [2, 1, 2, 2, 2]))
    assert minutes(day) == [0, 0, 80]


def test_the_line_at_lunch_is_served_before_lunch() -> None:
    """One counter till 9:00, closed till 10:00. Come 8:50, 8:55 (30 minutes each), and 9:30.

    The second is called at 9:20, after the doors closed; who comes at 9:30 waits for the opening.
    """
    day = played(hall((80, 30), (85, 30), (120, 30)), by_hour([0] * 7 + [1, 1, 0, 1]))
    assert minutes(day) == [0, 25, 30]


def test_who_comes_after_the_last_counter_closed_is_never_called() -> None:
    assert minutes(played(hall((200, 5)), by_hour([0] * 7 + [1]))) == [inf]
    assert minutes(played(hall((0, 5)), [])) == [inf]


def test_a_day_of_nobody_is_played() -> None:
    assert played(hall(), by_hour([2] * 24)).waits_s == []


def test_openings_become_a_count_of_counters() -> None:
    assert stretches([(10, 50), (20, 30), (60, 70), (30, 40)]) == [
        (10, 20, 1), (20, 30, 2), (30, 40, 2), (40, 50, 1), (60, 70, 1),
    ]  # fmt: skip
    assert stretches([]) == []


def day_of(people: Sequence[tuple[int, int]]) -> Hall:
    """Return a day of (second, seconds)."""
    ordered = sorted(people)
    return Hall([float(at) for at, _ in ordered], [float(busy) for _, busy in ordered])


@given(people=PEOPLE, plan=PLAN, hour=st.integers(0, 5))
def test_another_counter_makes_nobody_wait_longer(
    people: list[tuple[int, int]], plan: list[int], hour: int
) -> None:
    more = [counters + (place == hour) for place, counters in enumerate(plan)]
    fewer_waits, more_waits = (
        played(day_of(people), by_hour([max(1, counters) for counters in plan_]))
        for plan_ in (plan, more)
    )
    assert all(map(float.__le__, more_waits.waits_s, fewer_waits.waits_s))


@given(people=PEOPLE, plan=PLAN, extra=st.tuples(st.integers(0, 3600 * 6), st.integers(1, 3600)))
def test_one_more_in_the_line_makes_nobody_wait_less(
    people: list[tuple[int, int]], plan: list[int], extra: tuple[int, int]
) -> None:
    before = dict.fromkeys(people)
    alone = played(day_of(list(before)), by_hour([max(1, counters) for counters in plan]))
    crowd = sorted({*before, extra})
    among = played(day_of(crowd), by_hour([max(1, counters) for counters in plan]))
    told = dict(zip(crowd, among.waits_s, strict=True))
    for person, wait_s in zip(sorted(before), alone.waits_s, strict=True):
        assert told[person] >= wait_s


@given(people=PEOPLE, plan=PLAN)
def test_no_more_are_served_at_once_than_counters_are_open(
    people: list[tuple[int, int]], plan: list[int]
) -> None:
    """At the instant of every call there is a counter for it, held by nobody else."""
    day = played(day_of(people), by_hour(plan))
    calls = [
        (at_s + wait_s, at_s + wait_s + busy_s)
        for at_s, wait_s, busy_s in zip(day.at_s, day.waits_s, day.busy_s, strict=True)
    ]
    for place, (called_s, _) in enumerate(calls):
        others = sum(other[0] <= called_s < other[1] for other in calls[:place])
        hour = int(called_s // 3600) if called_s < inf else 0
        before_it = [counters for counters in plan[: hour + 1] if counters] or [99]
        assert others < max(plan[hour] if hour < len(plan) else 0, before_it[-1])


def rush(seed: int) -> list[tuple[float, float]]:
    """Return a morning: a rush at the opening, a steady flow, services of seven minutes."""
    chance = Random(seed)  # noqa: S311 - repeatable days, no secret
    at_s = [chance.uniform(0, 1800) for _ in range(25)]
    at_s += accumulate(chance.expovariate(1 / 240) for _ in range(70))
    return [(at, chance.lognormvariate(5.9, 0.6)) for at in sorted(at_s)]


@pytest.mark.parametrize("seed", range(8))
def test_another_simulator_finds_the_same_waits(seed: int) -> None:
    plan = [2, 3, 1, 4, 2, 2, *[3] * 18]
    people = rush(seed)
    day = played(Hall(*map(list, zip(*people, strict=True))), by_hour(plan))
    other = simulated_waits(people, lambda now: plan[int(now // 3600)])
    assert day.waits_s == pytest.approx(other)


def test_a_long_steady_flow_waits_as_erlang_says() -> None:
    """Two counters busy of three, a year of hours: 0.444 wait, 4.4 minutes on average."""
    chance = Random(1)  # noqa: S311 - repeatable days, no secret
    at_s = list(accumulate(chance.expovariate(2 / 600) for _ in range(200_000)))
    busy_s = [chance.expovariate(1 / 600) for _ in at_s]
    day = Hall(at_s, busy_s)
    steady: Stretch = (0.0, inf, 3)
    day.play(steady, inf)
    waited = sum(wait_s > 0 for wait_s in day.waits_s) / len(at_s)
    assert waited == pytest.approx(waiting_chance(2.0, 3), abs=0.01)
    assert sum(day.waits_s) / len(at_s) == pytest.approx(mean_wait_s(2.0, 3, 600), rel=0.05)


def test_looking_ahead_counts_those_who_would_be_late() -> None:
    """Come 0, 5, 10 and, in the next hour, 35; 30 minutes each; one counter; target 15 minutes.

    Called 7:30, 8:00 (25 minutes), 8:30 (50) and 9:00 (55).
    """
    day = hall((0, 30), (5, 30), (10, 30), (35, 30))
    assert day.late(HALF_EIGHT, 1, 7, 900) == {7: 2}
    assert day.late(HALF_EIGHT, 1, 8, 900) == {7: 2, 8: 1}
    assert day.late(HALF_EIGHT, 3, 8, 900) == {}
    assert minutes(day) == [inf] * 4
