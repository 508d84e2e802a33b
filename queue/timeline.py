"""The day's time line: the boots that recorded it, one after another, as their clocks are known.

Inside a boot the monotonic clock is right whatever the wall clock does. So a boot lies on the time
line by one number, its offset to the epoch, and is moved as a whole when its clock is put right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.queue.commands import CloseDay
from motcua.queue.line import Line

if TYPE_CHECKING:
    from motcua.queue.day import Day
    from motcua.queue.moment import Moment
    from motcua.queue.record import Record


def meet(day: Day, record: Record) -> None:
    """Let the day know the boot a record comes from.

    The line never runs back: a boot that wakes with an earlier time than the last record's goes on
    from there, until its clock is put right. So nobody overtakes whoever waited before the cut.
    """
    at = record.at
    if at.boot not in day.offsets:
        resumed_s = day.true_s(day.last) - at.mono if day.last else at.offset_s
        day.offsets[at.boot] = max(at.offset_s, resumed_s)
    if record.command != CloseDay.__name__:
        day.begun.setdefault(at.boot, at)


def put_right(day: Day, at: Moment) -> None:
    """Believe the wall clock of `at` for the whole boot; order inside it cannot change."""
    day.offsets[at.boot] = at.offset_s
    for service, line in day.lines.items():
        day.lines[service] = Line(sorted(day.place(day.tickets[ticket]) for ticket in line))
