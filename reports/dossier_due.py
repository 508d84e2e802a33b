"""When a dossier is due: its procedure's limit, counted on the centre's calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, time, timedelta

from motcua.queue.hours import Hours
from motcua.queue.procedure import Procedure
from motcua.reports.dossier_limits import Limit, Unit, read_limit

_DAY = timedelta(days=1)
_CLOSED_FOR_EVER_DAYS = 60
"""A calendar without a working day in so many has none at all."""


def working_day(hours: Hours, day: date) -> bool:
    """Return whether the centre works on `day`: holidays are none, working Saturdays are one."""
    return bool(hours.shifts(day))


def due_day(limit: Limit, hours: Hours, day: date, clock: time | None = None) -> date | None:
    """Return the last day on which a dossier is settled on time.

    The day of receiving is not counted. n working days: the n-th working day after it. n days of
    the calendar or months: that day, or the next working day when the centre is closed then. Same
    day: that day; the next working day when it was taken from the cutoff on, at an hour nobody
    wrote down though there is a cutoff, or on a day the centre is closed.

    Args:
        limit: of its procedure.
        hours: the centre's calendar.
        day: of receiving.
        clock: time of receiving, local; None when not known.

    Returns:
        None when the calendar has no working day to be found.
    """
    if limit.unit is Unit.WORKING:
        if limit.count:
            return _nth_working_day(hours, day, limit.count)
        late = limit.cutoff is not None and (clock is None or clock >= limit.cutoff)
        return _nth_working_day(hours, day, 1) if late else _working_from(hours, day)
    if limit.unit is Unit.MONTH:
        return _working_from(hours, _months_on(day, limit.count))
    return _working_from(hours, day + limit.count * _DAY)


class DueDays:
    """The due days of dossiers by procedure; each question is reckoned once."""

    def __init__(self, procedures: Mapping[str, Procedure], hours: Hours) -> None:
        """Read the limits of `procedures` (code → procedure) as they are asked for."""
        self._procedures = procedures
        self._hours = hours
        self._limits: dict[str, Limit | None] = {}
        self._known: dict[tuple[Limit, date, bool], date | None] = {}

    def limit(self, code: str) -> Limit | None:
        """Return the limit of a procedure; None when it is not stated or cannot be counted."""
        if code not in self._limits:
            found = self._procedures.get(code)
            self._limits[code] = read_limit(found.limit, found.same_day_cutoff) if found else None
        return self._limits[code]

    def due(self, code: str, day: date, clock: time | None = None) -> date | None:
        """Return when a dossier of a procedure is due; None when nobody knows."""
        limit = self.limit(code)
        if limit is None:
            return None
        late = limit.cutoff is not None and (clock is None or clock >= limit.cutoff)
        key = (limit, day, late)
        if key not in self._known:
            self._known[key] = due_day(limit, self._hours, day, clock)
        return self._known[key]


def _working_from(hours: Hours, day: date) -> date | None:
    """Return `day`, or the first working day after it."""
    for ahead in range(_CLOSED_FOR_EVER_DAYS):
        if working_day(hours, day + ahead * _DAY):
            return day + ahead * _DAY
    return None


def _nth_working_day(hours: Hours, day: date, count: int) -> date | None:
    """Return the `count`-th working day after `day`."""
    for _ in range(count):
        following = _working_from(hours, day + _DAY)
        if following is None:
            return None
        day = following
    return day


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
