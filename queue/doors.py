"""Whether visitors may take numbers now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.queue.dating import NO_DATE
from motcua.queue.day import CounterState

if TYPE_CHECKING:
    from motcua.queue.day import Day
    from motcua.queue.hours import Hours
    from motcua.queue.moment import Moment


def gives_numbers(day: Day, hours: Hours, at: Moment) -> bool:
    """Return whether visitors may take numbers at `at`.

    By the opening hours; but where the clock is known to be wrong, an open counter opens the doors
    too: people stand in the hall, whatever a battery thinks.
    """
    if day.closed:
        return False
    astray = day.date_of(at.boot) == NO_DATE
    staffed = any(one.state is CounterState.OPEN for one in day.counters.values())
    return hours.is_open(at.wall) or (astray and staffed)
