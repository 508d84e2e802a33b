"""The day's time line: the boots that recorded it, one after another, as their clocks are known.

Inside a boot the monotonic clock is right whatever the wall clock does. So a boot lies on the time
line by one number, its offset to the epoch, and is moved as a whole when its clock is put right.
On the line that orders the calling no boot is ever moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.queue.commands import CloseDay

if TYPE_CHECKING:
    from motcua.queue.day import Day
    from motcua.queue.moment import Moment
    from motcua.queue.record import Record


def meet(day: Day, record: Record) -> None:
    """Let the day know the boot a record comes from."""
    at = record.at
    if at.boot not in day.offsets:
        day.line_offsets[at.boot] = day.line_s(at) - at.mono
        known_s = max(day.true_s(at), day.true_s(day.last)) if day.last else day.true_s(at)
        day.offsets[at.boot] = known_s - at.mono
    if record.command != CloseDay.__name__:
        day.begun.setdefault(at.boot, at)


def put_right(day: Day, at: Moment) -> None:
    """Believe the wall clock of `at` for the whole boot."""
    day.offsets[at.boot] = at.offset_s
