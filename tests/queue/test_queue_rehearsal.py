"""The calls to come, rehearsed and worked by hand; and the hours a wait passes over."""

from __future__ import annotations

from collections import deque
from datetime import datetime, time

import pytest

from motcua.queue.hours import Hours, Shift
from motcua.queue.occupancy import Occupancy, Seat
from motcua.queue.rehearsal import Newcomer, Waiting, rehearse
from tests.queue.queue_story import HUE, MONDAY

_MIN = 60.0


def fifo(_: str, __: str) -> bool:
    """Nobody is called before somebody who has waited longer."""
    return False


def line(people: int, taken_min: float = 10, first_s: float = 0) -> Waiting:
    """So many people came, a second after the other."""
    return Waiting(deque(first_s + n for n in range(people)), taken_min * _MIN)


def minutes(*seats: Seat, lines: dict[str, Waiting], turns: float) -> float | None:
    """Return the minutes until somebody who comes to A at 1000 s is called."""
    told = rehearse(seats, lines, Newcomer("A", turns, 1000.0), fifo)
    return None if told is None else told / _MIN


def seat(free_min: float, *services: str, in_order: bool = False) -> Seat:
    return Seat(1000 + free_min * _MIN, services or None, in_order)


def test_three_ahead_at_one_counter_take_their_turns() -> None:
    """The counter is free in 4 minutes, then calls at 4, 14, 24: the newcomer at 34."""
    assert minutes(seat(4), lines={"A": line(3)}, turns=3) == pytest.approx(34)


def test_two_counters_share_the_line() -> None:
    """Calls at 4, 6, 14 for those ahead; the newcomer at 16."""
    assert minutes(seat(4), seat(6), lines={"A": line(3)}, turns=3) == pytest.approx(16)


def test_a_counter_with_an_order_of_its_own_calls_its_first_service_first() -> None:
    """Two wait for H at 5 minutes each, before anybody of A: calls at 0, 5, then A at 10."""
    lines = {"A": line(0), "H": line(2, 5, first_s=999)}
    assert minutes(seat(0, "H", "A", in_order=True), lines=lines, turns=0) == pytest.approx(10)
    assert minutes(seat(0, "A", "H", in_order=True), lines=lines, turns=0) == 0


def test_without_an_order_whoever_came_first_is_called_first() -> None:
    """One waits for H since 0 s; the newcomer came at 1000 s: H at 0, A at 5 minutes."""
    assert minutes(seat(0), lines={"A": line(0), "H": line(1, 5)}, turns=0) == pytest.approx(5)


def test_a_service_that_always_comes_first_and_never_stops_has_no_end_in_sight() -> None:
    rush = Waiting(deque(), 10 * _MIN, next_s=1000.0, every_s=60.0)
    here = seat(0, "H", "A", in_order=True)
    assert minutes(here, lines={"A": line(0), "H": rush}, turns=0) is None


def test_nobody_is_called_where_no_counter_serves() -> None:
    assert minutes(seat(0, "H"), lines={"A": line(0), "H": line(0)}, turns=0) is None


def test_a_free_counter_that_is_open_is_ready_and_one_that_closed_calls_nobody() -> None:
    counters = Occupancy()
    counters.open(1, ("A",))
    counters.open(2, ("A",))
    counters.come("Lan", "A", 1, 0)
    counters.go("Lan", 600)
    counters.come("Minh", "A", 1, 600)
    counters.close(2)
    seats = list(counters.seats(700))
    assert [one.services for one in seats] == [("A",)]
    assert seats[0].free_s > 700


@pytest.mark.parametrize(
    ("clock", "wait_min", "passes_min"),
    [
        ("11:00", 20, 20), ("11:20", 30, 150), ("16:50", 30, 30), ("12:00", 10, 10),
        ("07:30", 300, 420),
    ],
)  # fmt: skip
def test_a_wait_passes_over_the_lunch_break(clock: str, wait_min: int, passes_min: int) -> None:
    """Open 07:30-11:30 and 13:30-17:00: at 11:20, 10 of 30 minutes pass before lunch."""
    day = (Shift(time(7, 30), time(11, 30)), Shift(time(13, 30), time(17)))
    hours = Hours((day,) * 5 + ((), ()), HUE)
    at_s = datetime.combine(MONDAY, time.fromisoformat(clock), HUE).timestamp()
    assert hours.passing(at_s, wait_min * _MIN) == passes_min * _MIN
