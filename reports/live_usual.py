"""What is usual: the last days of the same weekday, each looked at as it stood at the same time.

Of the same weekday the last eight days that were worked count, at most sixteen weeks back. A figure
is usual from three such days on: told are the median of the days and their middle half.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from motcua.reports.columns import NOT_SERVED
from motcua.reports.live_course import Course, SoFar, course
from motcua.reports.spread import quantile

if TYPE_CHECKING:
    from motcua.archive import Archive
    from motcua.day_table import DayTable
    from motcua.queue.hours import Hours

DAYS = 8
"""So many days make what is usual."""
WEEKS = 16
"""So far back they are looked for."""
FEWEST_DAYS = 3
"""Below this nothing is called usual."""
_FEWEST_SERVICES = 20
"""Service times of one service before its own 90th percentile is told."""
NO_NUMBERS, OTHER_HOURS = "no_numbers", "other_hours"
NO_DATE, DAMAGED = "no_date", "damaged"
"""Why a day is left out: no visits on record (a holiday), hours of its own, a clock that was wrong,
records that the disk lost."""


@dataclass(frozen=True, slots=True)
class Middle:
    """A usual figure: the median of some days, and between what half of them lay."""

    median: float
    low: float
    """A quarter of the days lay at or below it."""
    high: float
    """A quarter of the days lay at or above it."""
    days: int


@dataclass(frozen=True)
class Usual:
    """The days that say what is usual, read once."""

    days: tuple[date, ...] = ()
    """Newest first."""
    courses: tuple[Course, ...] = ()
    """Their courses, in the same order."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Why → how many days of this weekday."""
    services: Mapping[str, array[float]] = field(default_factory=dict)
    """Service → the service times of those days, ascending, seconds."""
    referrals: tuple[int, ...] = ()
    """People told of another place, on each whole day."""

    @property
    def enough(self) -> bool:
        """Return whether anything can be called usual."""
        return len(self.days) >= FEWEST_DAYS

    def at(self, at_s: float, target_s: float) -> tuple[SoFar, ...]:
        """Return how far each day had come at `at_s` of its clock."""
        return tuple(one.so_far(at_s, target_s) for one in self.courses)

    def long_service_s(self, service: str) -> float | None:
        """Return what nine in ten service times of a service do not exceed.

        Of all services together while the service has few of its own; None when those are few too.
        """
        own: Sequence[float] = self.services.get(service, ())
        if len(own) < _FEWEST_SERVICES:
            own = sorted(value for values in self.services.values() for value in values)
        return quantile(own, 0.9) if len(own) >= _FEWEST_SERVICES else None


def middle(values: Iterable[float | None]) -> Middle | None:
    """Return the median of the days that have the figure; None when they are too few."""
    known = sorted(value for value in values if value is not None)
    if len(known) < FEWEST_DAYS:
        return None
    low, median, high = (quantile(known, p) for p in (0.25, 0.5, 0.75))
    return Middle(median, low, high, len(known))


def usual(table_of: Callable[[date], DayTable | None], today: date, hours: Hours) -> Usual:
    """Choose and read the days.

    Args:
        table_of: gives the table of a date, None without records.
        today: the running day's date: days before it, of its weekday, are looked at.
        hours: tell which dates had hours of their own, and the time zone.
    """
    taken: list[tuple[date, DayTable]] = []
    left_out: Counter[str] = Counter()
    for weeks in range(1, WEEKS + 1):
        day = today - timedelta(weeks=weeks)
        table = table_of(day)
        why = _why_not(day, table, hours)
        if table is None or why:
            left_out[why] += 1
        else:
            taken.append((day, table))
        if len(taken) == DAYS:
            break
    tables = [table for _, table in taken]
    return Usual(
        days=tuple(day for day, _ in taken),
        courses=tuple(course(table, day, hours.zone) for day, table in taken),
        left_out=dict(left_out), services=_services(tables),
        referrals=tuple(sum(table.referrals.values()) for table in tables),
    )  # fmt: skip


def _why_not(day: date, table: DayTable | None, hours: Hours) -> str:
    """Return why a day does not say what is usual; empty when it does."""
    if table is None or not table.legs:
        return NO_NUMBERS
    if table.undated or table.damaged:
        return NO_DATE if table.undated else DAMAGED
    return OTHER_HOURS if hours.shifts(day) != hours.week[day.weekday()] else ""


def _services(tables: Iterable[DayTable]) -> dict[str, array[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for table in tables:
        for leg in table.legs:
            if leg.outcome not in NOT_SERVED and (seconds := leg.measured("service")) is not None:
                found[leg.service].append(seconds)
    return {service: array("d", sorted(values)) for service, values in found.items()}


class UsualDays:
    """Reads what is usual once a day; eight days are kept, no more."""

    def __init__(self, archive: Archive) -> None:
        """Take the days from `archive`."""
        self._archive = archive
        self._kept: tuple[tuple[date, Hours], Usual] | None = None

    def of(self, today: date, hours: Hours) -> Usual:
        """Return what is usual on a day like `today`."""
        key, kept = (today, hours), self._kept
        if kept is None or kept[0] != key:
            kept = (key, usual(self._table, today, hours))
            self._kept = kept
        return kept[1]

    def _table(self, day: date) -> DayTable | None:
        return next(self._archive.days(day, day), None)
