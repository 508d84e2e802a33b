"""Opening hours: weekdays with a lunch break, holidays, working Saturdays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

_LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class Shift:
    """An uninterrupted stretch of opening, local time."""

    opens: dt.time
    closes: dt.time
    """Excluded: at this minute no number is given any more."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When the centre gives numbers. All questions take and give aware times."""

    week: tuple[tuple[Shift, ...], ...]
    """Shifts of Monday … Sunday."""
    zone: dt.tzinfo = dt.UTC
    holidays: frozenset[dt.date] = frozenset()
    working_days: dict[dt.date, tuple[Shift, ...]] = field(default_factory=dict)
    """Dates with shifts of their own, e.g. a Saturday worked in exchange for a holiday."""
    always_open: bool = False

    def local(self, at: dt.datetime) -> dt.datetime:
        """Return `at` on the wall clock of the centre."""
        return at.astimezone(self.zone)

    def date(self, at: dt.datetime) -> dt.date:
        """Return the centre's calendar day at `at`."""
        return self.local(at).date()

    def shifts(self, day: dt.date) -> tuple[Shift, ...]:
        """Return the shifts of a calendar day, in order; none when closed."""
        if day in self.working_days:
            return self.working_days[day]
        if day in self.holidays:
            return ()
        return self.week[day.weekday()]

    def is_open(self, at: dt.datetime) -> bool:
        """Return whether numbers are given at `at`."""
        return self.always_open or self.closes(at) is not None

    def closes(self, at: dt.datetime) -> dt.datetime | None:
        """Return when the shift running at `at` ends; None when closed."""
        here = self.local(at)
        for shift in self.shifts(here.date()):
            if shift.opens <= here.time() < shift.closes:
                return here.replace(
                    hour=shift.closes.hour, minute=shift.closes.minute, second=0, microsecond=0
                )
        return None

    def passing(self, at_s: float, seconds: float) -> float:
        """Return how much time passes until the centre was open for `seconds` more.

        Closed hours between two shifts of the day are passed over. Outside opening hours, and after
        the last shift, whoever is there works on without a break.

        Args:
            at_s: seconds since the epoch.
            seconds: of opening, from 0 up.
        """
        at = self.local(dt.datetime.fromtimestamp(at_s, self.zone))
        if self.always_open or self.closes(at) is None:
            return seconds
        passed_s = 0.0
        for shift in self.shifts(at.date()):
            ends = dt.datetime.combine(at.date(), shift.closes, self.zone)
            if ends <= at:
                continue
            begins = max(at, dt.datetime.combine(at.date(), shift.opens, self.zone))
            passed_s = (begins - at).total_seconds()
            open_s = (ends - begins).total_seconds()
            if seconds <= open_s:
                return passed_s + seconds
            seconds -= open_s
            passed_s += open_s
        return passed_s + seconds

    def next_opening(self, at: dt.datetime) -> dt.datetime | None:
        """Return the next time the doors open after `at`; None when not within two months."""
        here = self.local(at)
        for ahead in range(_LOOK_AHEAD_DAYS):
            day = here.date() + dt.timedelta(days=ahead)
            for shift in self.shifts(day):
                opening = dt.datetime.combine(day, shift.opens, self.zone)
                if opening > here:
                    return opening
        return None
