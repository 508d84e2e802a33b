"""Days whose counters can be reckoned by hand, and a ward played by another simulator (simpy)."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from math import inf
from random import Random

import simpy
from msgspec import structs

from motcua.day_table import DayTable, Leg, Opening
from motcua.reports.staffing import staffing
from motcua.reports.staffing_days import Loads
from motcua.reports.staffing_need import HourNeed, Staffing
from tests.reports.report_days import HUE, MONDAY, TARGET_S, at, leg, table

SHIFTS = (("07:30", "11:30"), ("13:30", "17:00"))
COUNTERS = {1: ("A", "H"), 2: ("H", "A")}


def mondays(count: int) -> list[date]:
    """Return so many Mondays in a row."""
    return [MONDAY + timedelta(weeks=week) for week in range(count)]


def opened(
    day: date, counters: int, shifts: Iterable[tuple[str, str]] = SHIFTS
) -> tuple[Opening, ...]:
    """Return the openings of a day on which so many counters kept the centre's hours."""
    return tuple(
        Opening(counter, at(begin, day), at(end, day))
        for begin, end in shifts
        for counter in range(1, counters + 1)
    )


def served(
    clock: str, day: date = MONDAY, wait_min: float = 0, busy_min: float = 10, **facts: object
) -> Leg:
    """Return somebody who was served: half a minute of way, the rest of the time at the counter."""
    told = {"wait_s": 60 * wait_min, "way_s": 30.0, "service_s": 60 * busy_min - 30}
    return leg(clock, day, **{**told, **facts})


def ward_of(
    people: Callable[[date], Sequence[Leg]], days: Sequence[date], counters: int = 2
) -> list[DayTable]:
    """Return days on which the same people come."""
    return [table(people(day), day, spans=opened(day, counters)) for day in days]


def advice(
    tables: Sequence[DayTable],
    share: float = 0.8,
    counters: Mapping[int, tuple[str, ...]] = COUNTERS,
) -> Staffing:
    """Return what the days advise."""
    loads = Loads(TARGET_S, HUE)
    assert list(loads.seen(tables)) == list(tables)
    return staffing(loads, share, counters)


def hour(told: Staffing, at_hour: int, weekday: int = 1) -> HourNeed:
    """Return one hour of the advice."""
    return next(one for one in told.hours if (one.weekday, one.hour) == (weekday, at_hour))


def steady_rush(chance: Random) -> list[float]:
    """Return when people come on a day, in hours: a rush at eight, a steady flow till four."""
    rush = [8 + chance.random() / 2 for _ in range(14)]
    return sorted([*rush, *(8 + 8 * chance.random() for _ in range(110))])


def simulated_waits(
    people: Sequence[tuple[float, float]], counters: Callable[[float], int]
) -> list[float]:
    """Return the waits another simulator finds.

    Args:
        people: when each comes and how long each keeps a counter, in seconds, by coming.
        counters: time → counters open.
    """
    clock = simpy.Environment()
    waits: list[float] = [inf] * len(people)
    line: list[int] = []
    serving: list[int] = []

    def call() -> None:
        while line and len(serving) < counters(clock.now):
            place = line.pop(0)
            waits[place] = clock.now - people[place][0]
            serving.append(place)
            clock.process(serve(place))

    def serve(place: int) -> Generator[simpy.Event]:
        yield clock.timeout(people[place][1])
        serving.remove(place)
        call()

    def come(place: int) -> Generator[simpy.Event]:
        yield clock.timeout(people[place][0])
        line.append(place)
        call()

    def hours() -> Generator[simpy.Event]:
        while True:
            yield clock.timeout(3600)
            call()

    for place in range(len(people)):
        clock.process(come(place))
    clock.process(hours())
    clock.run(until=86_400)
    return waits


def simulated(
    day: date, seed: int, counters: Callable[[float], int], pause: float = 1.0
) -> DayTable:
    """Return a day as another simulator has it; first come, first served, by all counters alike.

    Args:
        day: the date.
        seed: of what happens on it.
        counters: time in seconds → counters open.
        pause: people keep a counter so many times as long as is recorded.
    """
    chance = Random(f"{seed} {day}")  # noqa: S311 - repeatable days, no secret
    came_s = [3600 * came for came in steady_rush(chance)]
    people = [(came, chance.lognormvariate(5.9, 0.6)) for came in came_s]
    waits = simulated_waits(people, counters)
    midnight = datetime.combine(day, time(), HUE)
    legs = []
    for number, ((came, busy_s), wait_s) in enumerate(zip(people, waits, strict=True), 1):
        one = served("08:00", day, wait_s / 60, busy_s / 60 / pause, ticket=f"A{number:03}")
        legs.append(structs.replace(one, issued_at=midnight + timedelta(seconds=came)))
    return table(legs, day, spans=opened(day, counters(9 * 3600), [("07:30", "18:00")]))
