"""Weekdays down, hours across, a number in every cell: arrivals, and how long people waited.

  arrivals = legs that began in the hour ÷ days of that weekday with records
  wait     = median of those legs
A cell is blank where no counter was open and nobody came. Whether one was open is taken from when
counters were open; on weekdays of which that is not known, from the opening hours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.queue.hours import Hours
    from motcua.reports.measures import Cell, Measures
    from motcua.reports.wording import Wording

_SHADES = 5
_LONG = 1.5
"""The darkest shade of waiting begins at so many targets."""
_WHOLE = 10
"""From here on people are told without a decimal."""
Shaded = tuple[str, str]
"""(text, class) of a cell."""


@dataclass(frozen=True, slots=True)
class Heat:
    """A picture of weekdays and hours, ready to print."""

    name: str
    title: str
    note: str
    hours: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shaded, ...]], ...]
    """(weekday, its cells by hour)."""


def heats(measures: Measures, target_s: float, wording: Wording) -> tuple[Heat, ...]:
    """Return the pictures of arrivals and of waits; none for a single weekday."""
    cells = {cell.key: cell for cell in measures.by["weekday_hour"]}
    keys = {*(key for key in cells if isinstance(key, tuple)), *measures.open_s}
    weekdays, hours = sorted({key[0] for key in keys}), sorted({key[1] for key in keys})
    if len(weekdays) < 2:  # noqa: PLR2004 - one row is no picture
        return ()
    shown_hours = range(hours[0], hours[-1] + 1)
    is_open = _opening(measures, wording.rules.hours)

    def drawn(name: str, title: str, note: str, told: Callable[[int, Cell], Shaded]) -> Heat:
        def cell(weekday: int, hour: int) -> Shaded:
            found = cells.get((weekday, hour))
            if found:
                return told(weekday, found)
            return _NOBODY[name] if is_open(weekday, hour) else ("", "heat-closed")

        rows = (
            (wording.weekday(weekday), tuple(cell(weekday, hour) for hour in shown_hours))
            for weekday in weekdays
        )
        return Heat(
            name, wording.say(title), wording.say(note, few=FEWEST),
            tuple(f"{hour}–{hour + 1}" for hour in shown_hours), tuple(rows),
        )  # fmt: skip

    return (
        drawn("arrivals", _ARRIVALS, _ARRIVALS_NOTE, _arrivals(measures, wording)),
        drawn("waits-heat", _WAITS, _WAITS_NOTE, _waits(target_s, wording)),
    )


_NOBODY = {"arrivals": ("0", "heat-none"), "waits-heat": ("–", "heat-none")}
"""What stands in the cell of an open hour to which nobody ever came."""
_ARRIVALS = "People who came in an hour, on a day: darker is more"
_ARRIVALS_NOTE = (
    "Mean of the days of that weekday. Blank: no counter open. 0: open, and nobody came. "
    "<%(few)s: fewer than %(few)s people in the whole time, not told."
)
_WAITS = "Median wait in minutes, by weekday and hour: darker is longer"
_WAITS_NOTE = (
    "By the hour of taking the number; darkest from one and a half times the target. Blank: no "
    "counter open. –: open, and no wait measured. <%(few)s: fewer than %(few)s people, not told."
)


def _opening(measures: Measures, hours: Hours) -> Callable[[int, int], bool]:
    known = {weekday for weekday, _ in measures.open_s}

    def is_open(weekday: int, hour: int) -> bool:
        if weekday in known:
            return measures.open_s.get((weekday, hour), 0) > 0
        return any(
            shift.opens.hour <= hour and (shift.closes.hour, shift.closes.minute) > (hour, 0)
            for shift in hours.week[weekday - 1]
        )

    return is_open


def _arrivals(measures: Measures, wording: Wording) -> Callable[[int, Cell], Shaded]:
    days = Counter(date.fromisoformat(day).isoweekday() for day in measures.days)

    def mean(weekday: int, cell: Cell) -> float:
        return (cell.n or 0) / max(1, days[weekday])

    cells = [cell for cell in measures.by["weekday_hour"] if isinstance(cell.key, tuple)]
    most = max(
        (mean(cell.key[0], cell) for cell in cells if isinstance(cell.key, tuple)), default=0
    )

    def told(weekday: int, cell: Cell) -> Shaded:
        if cell.n is None:
            return f"<{FEWEST}", "heat-few"
        people = mean(weekday, cell)
        shade = min(_SHADES - 1, int(people / (most or 1) * _SHADES))
        return wording.number(people, 0 if people >= _WHOLE else 1), f"heat-{shade}"

    return told


def _waits(target_s: float, wording: Wording) -> Callable[[int, Cell], Shaded]:
    def told(_: int, cell: Cell) -> Shaded:
        median_s = cell.wait.median_s
        if median_s is None:
            few = cell.hidden or cell.wait.hidden
            return (f"<{FEWEST}", "heat-few") if few else ("–", "heat-none")
        shade = min(_SHADES - 1, int(median_s / (target_s * _LONG) * _SHADES))
        return wording.minutes(median_s), f"heat-{shade}"

    return told
