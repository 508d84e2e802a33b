"""Logs of many kinds to try wait estimates on: from a ward's mornings to a call centre's seconds.

`python -m tests.backtest.worlds --write DIR` writes each as a Visits CSV. Nothing is tuned to them:
the logs that count are real ones, and are not here.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from io import StringIO
from pathlib import Path

from motcua.day_table import Leg
from motcua.reports.visits_reading import read_visits
from tests.backtest.hall import Desk, Hall, Kind, Turn, World

ZONE = timezone(timedelta(hours=7))
_FIRST = date(2026, 3, 2)
COLUMNS = (
    *("day", "ticket", "service", "priority", "issued_at", "called_at", "started_at"),
    *("finished_at", "counter", "outcome"),
)
_OFFICE = ((7.5, 11.5), (13.5, 17.0))
_MORNING_RUSH = ((7.4, 8.0, 60.0), (8.0, 10.0, 75.0), (10.0, 11.3, 35.0), (13.4, 14.5, 70.0),
                 (14.5, 16.5, 40.0))  # fmt: skip
_MONTH_H = 24.0 * 30
_DAY_S = 86400


def _kinds(letters: str, mean_s: float, sigma: float = 0.6) -> tuple[Kind, ...]:
    """Return services that are asked for less and take longer from the first to the last."""
    return tuple(
        Kind(letter, 1 / (1 + n), mean_s * (0.6 + 0.25 * (n % 4)), sigma)
        for n, letter in enumerate(letters)
    )


def _desks(services: Iterable[str], hours: tuple[tuple[float, float], ...]) -> tuple[Desk, ...]:
    return tuple(Desk(number, letters, hours) for number, letters in enumerate(services, 1))


def _staffed(desks: int, letters: str) -> tuple[Desk, ...]:
    """Return agents of a call centre that comes to strength and thins out again."""
    return tuple(
        Desk(n, letters, ((7.0 + (n % 4) * 0.75, 15.0 + (n % 5) * 1.5),)) for n in range(1, desks)
    )


_WARD = World(
    "ward",
    _kinds("AHKMSTC", 265.0),
    _desks(("AHKMSTC", "HAKT", "KMSA", "STCMH"), _OFFICE),
    _MORNING_RUSH,
    groups=(("older", 0.15, 600.0), ("disabled", 0.03, 900.0)),
    missed=0.03,
    transferred=0.03,
    patience_s=9000.0,
    closes_h=17.5,
)
_CALLS = World(
    "call-centre",
    (Kind("R", 0.6, 170.0, 0.9), Kind("N", 0.25, 110.0, 1.0), Kind("T", 0.15, 380.0, 0.8)),
    _staffed(12, "RNT"),
    ((7.0, 9.0, 100.0), (9.0, 12.0, 190.0), (12.0, 14.0, 140.0), (14.0, 17.0, 180.0),
     (17.0, 21.0, 80.0)),
    days=10,
    groups=(("2", 0.3, 90.0), ("1", 0.1, 45.0)),
    choice="longest",
    patience_s=400.0,
    way_s=0.0,
    closes_h=22.0,
    seconds=True,
)  # fmt: skip
_ONE_LINE = World(
    "one-line", (Kind("A", 1.0, 280.0),), _desks(("A",) * 5, _OFFICE), _MORNING_RUSH, closes_h=18.0
)
_SLOW = World(
    "slow-office",
    (Kind("A", 0.6, 1300.0, 0.8), Kind("B", 0.4, 2300.0, 0.7)),
    _desks(("AB", "BA"), _OFFICE),
    ((7.4, 9.0, 6.0), (9.0, 11.0, 4.0), (13.4, 15.0, 5.0)),
    days=60,
    closes_h=19.0,
)
_FAST = World(
    "fast-counter",
    (Kind("A", 1.0, 18.0, 0.5),),
    (Desk(1, "A", ((9.0, 20.0),)),),
    ((9.0, 12.0, 120.0), (12.0, 13.5, 205.0), (13.5, 17.0, 130.0), (17.0, 19.5, 190.0)),
    days=6,
    way_s=3.0,
    closes_h=20.0,
    seconds=True,
)
_OVERLOADED = replace(_WARD, name="overload-and-idle", day_loads=(0.35, 1.0, 1.5, 0.6, 1.3))
_BY_SCHEDULE = replace(
    _ONE_LINE,
    name="counters-by-schedule",
    kinds=(Kind("A", 1.0, 200.0),),
    desks=(
        Desk(1, "A", _OFFICE), Desk(2, "A", ((7.5, 11.5),)), Desk(3, "A", ((8.5, 11.0),)),
        Desk(4, "A", ((8.5, 11.0), (13.5, 15.0))), Desk(5, "A", _OFFICE),
        Desk(6, "A", ((9.0, 10.0), (14.0, 16.0))),
    ),
)  # fmt: skip
_ROUND_THE_CLOCK = World(
    "round-the-clock",
    (Kind("E", 0.7, 900.0, 0.8), Kind("U", 0.3, 2000.0, 0.9)),
    _desks(("UE", "EU", "EU", "E"), ((0.0, _MONTH_H),)),
    tuple(
        (24.0 * day + begin, 24.0 * day + end, an_hour)
        for day in range(30)
        for begin, end, an_hour in ((0, 6, 4.0), (6, 12, 10.0), (12, 20, 12.0), (20, 24, 11.0))
    ),
    days=1,
    groups=(("red", 0.08, 1e6), ("orange", 0.2, 3600.0)),
    choice="longest",
    patience_s=10800.0,
    closes_h=_MONTH_H + 3,
)
_CARRIED_OVER = World(
    "carried-over",
    (Kind("A", 0.6, 1500.0, 0.7), Kind("B", 0.4, 2100.0, 0.8)),
    _desks(("AB", "BA"), tuple((24.0 * day + 8, 24.0 * day + 17) for day in range(30))),
    tuple((24.0 * day + 8, 24.0 * day + 16, 4.0) for day in range(30)),
    days=1,
    choice="longest",
    closes_h=_MONTH_H + 3,
)
WORLDS = (
    _WARD,
    _CALLS,
    replace(_CALLS, name="call-centre-no-agents", without=("counter",)),
    replace(_CALLS, name="call-centre-impatient", patience_s=90.0, without=("started_at",)),
    _ONE_LINE,
    _SLOW,
    _FAST,
    _OVERLOADED,
    _BY_SCHEDULE,
    _ROUND_THE_CLOCK,
    _CARRIED_OVER,
    replace(_ONE_LINE, name="unplanned-breaks", breaks=0.04, patience_s=7200.0),
    replace(_ONE_LINE, name="lifo", order="lifo"),
    replace(_ONE_LINE, name="random-order", order="random"),
    replace(_ONE_LINE, name="batches", party=9),
    replace(_ONE_LINE, name="slower-half-way", kinds=(Kind("A", 1.0, 215.0),), slower_from=10),
    replace(_ONE_LINE, name="heavy-tails", kinds=(Kind("A", 1.0, 290.0, -1.0),)),
    replace(_ONE_LINE, name="exponential", kinds=(Kind("A", 1.0, 290.0, 0.0),)),
    replace(_ONE_LINE, name="strict-classes", groups=(("gold", 0.15, 2e6), ("silver", 0.25, 1e6))),
    replace(_WARD, name="ward-no-counters", without=("counter", "started_at")),
    replace(_WARD, name="ward-no-finishes", without=("finished_at",)),
    replace(_WARD, name="ward-only-starts", without=("called_at",)),
    replace(
        _WARD,
        name="ward-barest",
        without=("priority", "started_at", "finished_at", "counter", "outcome"),
    ),
    replace(_WARD, name="ward-longest-first", choice="longest"),
    replace(
        _WARD,
        name="twenty-services",
        kinds=_kinds("ABCDEFGHJKLMNPQRSTUV", 320.0),
        desks=_desks(("ABCDEFGH", "EFGHJKLM", "JKLMNPQR", "RSTUVABC", "VUTSACEG"), _OFFICE),
    ),
    replace(_ONE_LINE, name="sparse", days=1, rates=((8.0, 9.0, 21.0),), desks=_ONE_LINE.desks[:1]),
)
"""All kinds, by name unique."""


def rows(world: World) -> Iterator[tuple[str, ...]]:
    """Yield the log of a world: its header, then its rows in the order of issue."""
    columns = [column for column in COLUMNS if column not in world.without]
    yield tuple(columns)
    day = _FIRST
    for number in range(world.days):
        for turn in Hall(world, number).run():
            nights = int(turn.issued_s // _DAY_S)
            cells = _cells(turn, day + timedelta(days=nights), nights * _DAY_S, world.seconds)
            yield tuple(cells[column] for column in columns)
        day += timedelta(days=1 if day.isoweekday() < 5 else 3)


def _cells(turn: Turn, day: date, midnight_s: int, seconds: bool) -> dict[str, str]:  # noqa: FBT001
    def time(at_s: float | None) -> str:
        if at_s is None:
            return ""
        whole = int(at_s) - midnight_s
        if seconds:
            return str(whole)
        return (datetime(day.year, day.month, day.day, tzinfo=ZONE)
                + timedelta(seconds=whole)).isoformat()  # fmt: skip

    return {
        "day": day.isoformat(), "ticket": turn.ticket, "service": turn.service,
        "priority": turn.priority, "issued_at": time(turn.issued_s),
        "called_at": time(turn.called_s), "started_at": time(turn.started_s),
        "finished_at": time(turn.finished_s), "counter": str(turn.counter or ""),
        "outcome": turn.outcome,
    }  # fmt: skip


def lines(world: World) -> Iterator[str]:
    """Yield the lines of a world's Visits CSV."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in rows(world):
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def legs(name: str) -> list[Leg]:
    """Return the log of a world, read as a Visits CSV is."""
    [world] = (world for world in WORLDS if world.name == name)
    return read_visits(lines(world), ZONE)


def write(folder: Path) -> None:
    """Write every world's log into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for world in WORLDS:
        with (folder / f"{world.name}.csv").open("w", encoding="utf-8") as file:
            file.writelines(lines(world))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="DIR", required=True)
    write(parser.parse_args().write)
