"""A log of visits, packed day by day: a million rows take about a hundred megabytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from math import inf
from struct import Struct
from typing import NamedTuple

from motcua.day_table import LEFT, Leg

_ROUNDING_S = 2.0
"""A measured duration and the times around it that differ by no more agree."""
_PACKED = Struct("<4d3ib")
_NEVER = -inf
_UNKNOWN = -1


class Fate(IntEnum):
    """What a row can be scored on."""

    SERVED = 0
    """Called, with a measured wait."""
    LEFT = 1
    """Left without service: when the turn would have come, nobody knows."""
    NOT_CALLED = 2
    """No call and no measured wait in the log."""
    UNCERTAIN = 3
    """Served, but the wait could not be measured."""


class Row(NamedTuple):
    """A leg as it is replayed. Times are seconds since the epoch; None when it never happened."""

    day: str
    ticket: str
    service: str
    priority: str | None
    counter: int | None
    fate: Fate
    issued_s: float
    called_s: float | None
    gone_s: float | None
    """The end of the service, or of the waiting of somebody who left."""
    wait_s: float | None
    """Measured."""

    @property
    def left(self) -> bool:
        """Whether the visitor left without service."""
        return self.fate is Fate.LEFT


@dataclass
class _DayRows:
    first_s: float = inf
    packed: bytearray = field(default_factory=bytearray)
    tickets: list[str] = field(default_factory=list)


class Log:
    """The rows of one log, taken in one by one in any order."""

    def __init__(self) -> None:
        """Begin with none."""
        self.rows = 0
        self.disordered = 0
        """Rows of an uncertain clock whose times cannot be believed: they are not replayed."""
        self._days: dict[str, _DayRows] = {}
        self._first_s = inf
        self._offset = timedelta()
        self._names: dict[str, int] = {}
        self._tickets: dict[str, str] = {}

    @property
    def offset_s(self) -> float:
        """Seconds to add to a time to count them from a midnight of the centre.

        They are those of the earliest row for the whole log: a time line must not jump twice a
        year.
        """
        return self._offset.total_seconds()

    @property
    def first_day(self) -> str:
        """The earliest day, as it is written."""
        return min(self._days, default="")

    @property
    def last_day(self) -> str:
        """The latest day, as it is written."""
        return max(self._days, default="")

    @property
    def days(self) -> int:
        """How many days have rows."""
        return len(self._days)

    def add(self, leg: Leg) -> None:
        """Take in one leg."""
        self.rows += 1
        day = self._days.setdefault(leg.day, _DayRows())
        times = _times(leg)
        if times is None:
            self.disordered += 1
            return
        issued_s, called_s, gone_s = times
        wait_s = leg.measured("wait")
        if issued_s < self._first_s:
            self._first_s = issued_s
            self._offset = leg.issued_at.utcoffset() or timedelta()
        day.first_s = min(day.first_s, issued_s)
        day.tickets.append(self._tickets.setdefault(leg.ticket, leg.ticket))
        day.packed += _PACKED.pack(
            issued_s, called_s, gone_s, _NEVER if wait_s is None else wait_s,
            self._name(leg.service), self._name(leg.priority or ""),
            _UNKNOWN if leg.counter is None else leg.counter,
            _fate(leg, called_s),
        )  # fmt: skip

    def by_day(self) -> Iterator[list[Row]]:
        """Yield the rows of each day, the days by their first issue, the rows by their issue.

        What is in a row decides its place, so that the order of the file does not matter.
        """
        names = list(self._names)
        for label, day in sorted(self._days.items(), key=lambda item: (item[1].first_s, item[0])):
            packed = zip(_PACKED.iter_unpack(day.packed), day.tickets, strict=True)
            # Numbers of one instant in their own order: A9 before A10.
            order = sorted(
                (row[0], len(ticket), ticket, names[row[4]], names[row[5]], row)
                for row, ticket in packed
            )
            if order:
                yield [_row(label, place[2], place[-1], names) for place in order]

    def _name(self, name: str) -> int:
        return self._names.setdefault(name, len(self._names))


def _row(
    day: str,
    ticket: str,
    packed: tuple[float, float, float, float, int, int, int, int],
    names: list[str],
) -> Row:
    issued_s, called_s, gone_s, wait_s, service, priority, counter, fate = packed
    return Row(
        day, ticket, names[service], names[priority] or None,
        None if counter == _UNKNOWN else counter,
        Fate(fate), issued_s,
        None if called_s == _NEVER else called_s, None if gone_s == _NEVER else gone_s,
        None if wait_s == _NEVER else wait_s,
    )  # fmt: skip


def _fate(leg: Leg, called_s: float) -> Fate:
    if leg.outcome in LEFT:
        return Fate.LEFT
    if called_s == _NEVER:
        return Fate.NOT_CALLED
    return Fate.UNCERTAIN if leg.uncertain or leg.measured("wait") is None else Fate.SERVED


def _times(leg: Leg) -> tuple[float, float, float] | None:
    """Return issue, call and end on one time line; None when they cannot be believed.

    Measured durations win over the wall clock, which may have been set in between. The end is never
    told before the log has it: holds are taken out of a service time, and how long they were was
    known only afterwards.
    """
    issued_s, called_s = leg.issued_at.timestamp(), _seconds(leg.called_at)
    wait_s, service_s = leg.measured("wait"), leg.measured("service")
    late_s = 0.0  # how far the clock was set between issue and call
    if wait_s is not None and abs(called_s - issued_s - wait_s) > _ROUNDING_S:
        late_s = 0.0 if called_s == _NEVER else called_s - issued_s - wait_s
        called_s = issued_s + wait_s
    ended_s = _seconds(leg.finished_at) - late_s
    begun_s = max(called_s, _seconds(leg.started_at) - late_s)
    if service_s is not None and begun_s + service_s > ended_s + _ROUNDING_S:
        ended_s = begun_s + service_s
    if called_s == _NEVER:
        return None if _NEVER < ended_s < issued_s else (issued_s, _NEVER, ended_s)
    if called_s < issued_s:
        return None
    return issued_s, called_s, ended_s if ended_s >= begun_s else _NEVER


def _seconds(at: datetime | None) -> float:
    return _NEVER if at is None else at.timestamp()
