"""Which business day a moment belongs to, on a box whose clock may be wrong.

A cheap box has no battery for its clock: it wakes with the time it fell asleep at, or with a year
long past, and is put right by network time in the middle of the queue. So:

- Only midnight passing on a boot's own time line ends a day; a step of the wall clock never does.
- A step dates the boot: all it recorded in the running day belongs to the date its first record has
  on the corrected clock. That is one recorded fact (`DayDated`); nothing is rewritten.
- A boot that wakes with a date before the one already recorded has a wrong clock. The running day
  goes on; if it is closed, a new one begins, and its date is recorded as unknown until a step, or
  somebody who looks at a calendar, tells it.

A business day keeps the name it was opened under. Names only grow, so a day may have to be named
after another date than its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from motcua.queue.day import Day
from motcua.queue.events import ClockStepped, DayDated, DayOpened
from motcua.queue.moment import wall_at

if TYPE_CHECKING:
    from motcua.queue.events import Event
    from motcua.queue.hours import Hours
    from motcua.queue.moment import Moment

_STEP_NOTICED_S = 2.0
"""A wall clock that moved this much against the monotonic clock was stepped."""
NO_DATE = ""
"""Date of a boot whose clock is known to be wrong."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a moment stands."""

    day: str
    """Name of the business day; another one than the running day's when that is over."""
    date: str
    """Calendar date of what the present boot records in it, `YYYY-MM-DD`; `NO_DATE`: unknown."""


def stand(day: Day, at: Moment, hours: Hours) -> Standing:
    """Return the business day `at` belongs to, `day` being the last one so far."""
    today = hours.date(at.wall).isoformat()
    if not day.opened:
        return Standing(max(today, day.date), today if today >= day.date else NO_DATE)
    here = _date_here(day, at, hours)
    if _is_over(day, at, today, here, hours):
        following = (date.fromisoformat(day.date) + timedelta(days=1)).isoformat()
        return Standing(max(today, following), today if here else NO_DATE)
    return Standing(day.date, here)


def day_at(day: Day, at: Moment, hours: Hours) -> Day:
    """Return the day `at` belongs to: `day`, or an empty one when that is over."""
    today = stand(day, at, hours)
    if day.date == today.day:
        return day
    known = {} if today.date == today.day else {at.boot: today.date}
    return Day(today.day, seq=day.seq, dates=known)


def opening(today: Standing) -> list[Event]:
    """Return what begins a new business day."""
    opened = DayOpened(today.day)
    return [opened] if today.date == today.day else [opened, DayDated(today.date)]


def learnt(day: Day, at: Moment, hours: Hours) -> list[Event]:
    """Return what the clock tells by now that the running day has not recorded: a step, a date."""
    events: list[Event] = []
    if moved_s := _step_s(day, at):
        events.append(ClockStepped(moved_s))
    here = _date_here(day, at, hours)
    if here != day.date_of(at.boot):
        events.append(DayDated(here))
    return events


def _date_here(day: Day, at: Moment, hours: Hours) -> str:
    """Return the date of what the present boot has recorded in `day`, or would record now."""
    first = day.begun.get(at.boot)
    if first is not None:
        if not _step_s(day, at):
            return day.date_of(at.boot)
        return hours.date(wall_at(at.offset_s + first.mono)).isoformat()
    today = hours.date(at.wall).isoformat()
    wrong = today < day.latest_date or (day.closed and _is_behind(day, at))
    return NO_DATE if wrong else today


def _step_s(day: Day, at: Moment) -> float:
    """Return by how many seconds the wall clock was stepped since the last record; 0 when not."""
    if day.last is None or day.last.boot != at.boot:
        return 0.0
    moved_s = round(at.offset_s - day.last.offset_s, 3)
    return moved_s if abs(moved_s) > _STEP_NOTICED_S else 0.0


def _is_over(day: Day, at: Moment, today: str, here: str, hours: Hours) -> bool:
    first = day.begun.get(at.boot)
    if first is not None:
        return today > (here or hours.date(first.wall).isoformat())
    before = day.date_of(next(reversed(day.begun), ""))
    if before == NO_DATE:
        return day.closed
    return today > before or (day.closed and _is_behind(day, at))


def _is_behind(day: Day, at: Moment) -> bool:
    """Return whether the clock of a new boot stands before what was recorded last."""
    last = day.last
    return last is not None and at.wall < last.wall - timedelta(seconds=_STEP_NOTICED_S)
