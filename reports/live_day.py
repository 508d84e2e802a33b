"""The live day: the hall at this moment, the day so far, and what is usual by now. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.reports.live_course import Course, SoFar, clock_s, course, part
from motcua.reports.live_usual import Usual

if TYPE_CHECKING:
    from motcua.day_table import DayTable
    from motcua.queue.hours import Hours
    from motcua.reports.live_hall import Hall


@dataclass(frozen=True)
class LiveDay:
    """Everything the manager's live page is made from."""

    hall: Hall
    course: Course
    so_far: SoFar
    by_service: Mapping[str, SoFar]
    usual: Usual
    then: tuple[SoFar, ...]
    """The usual days as they stood at this time of their clocks."""
    at_s: float
    """Now, in seconds since local midnight."""
    target_s: float
    referrals: Mapping[tuple[str, str], int]
    """(procedure, place) → people told to go there today."""

    def change(self, seconds: float) -> int:
        """Return by how many the queue grew in the last `seconds`; negative when it shrank."""
        return self.course.waiting(self.at_s) - self.course.waiting(self.at_s - seconds)

    def changes_then(self, seconds: float) -> list[float]:
        """Return the same of each usual day."""
        return [
            one.waiting(self.at_s) - one.waiting(self.at_s - seconds) for one in self.usual.courses
        ]


def live_day(hall: Hall, table: DayTable, usual: Usual, target_s: float, hours: Hours) -> LiveDay:
    """Set the hall, the running day's table and what is usual beside each other.

    A day whose date is not known is compared with nothing.
    """
    known = usual if hall.dated else Usual()
    at_s, today = clock_s(hall.now, hours.zone), hall.now.date()
    whole = course(table, today, hours.zone)
    return LiveDay(
        hall=hall, course=whole, so_far=whole.so_far(at_s, target_s),
        by_service={
            line.service: part(whole, line.service).so_far(at_s, target_s) for line in hall.lines
        },
        usual=known, then=known.at(at_s, target_s), at_s=at_s, target_s=target_s,
        referrals=table.referrals,
    )  # fmt: skip
