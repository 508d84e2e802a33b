"""What a report may ask of months of which only sums are left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from motcua.month_table import NO_TIMES, MonthTable, Tally, Times, middle_s
from motcua.months import MonthError, whole
from motcua.reports.compare_days import DayWaits
from motcua.reports.period import Period, ReportError

if TYPE_CHECKING:
    from motcua.archive import Archive
    from motcua.day_table import DayTable


_NOBODY = Tally(0, {}, {})


def sums(archive: Archive, period: Period) -> list[MonthTable]:
    """Return the months of a period of which only sums are left.

    Raises:
        ReportError: `range.months`: the period takes only a part of such a month;
            `month.unreadable`: the file of one is damaged.
    """
    names = archive.reduced_months(period.first, period.last)
    first, last = (whole(names[0])[0], whole(names[-1])[1]) if names else (date.max, date.min)
    if names and not period.first <= first <= last <= period.last:
        sentence = (
            "Of the months from %(first)s to %(last)s only sums of the whole months are left: "
            "ask from %(from)s to %(to)s."
        )
        known = {"first": names[0], "last": names[-1]}
        wide = min(first, period.first), max(last, period.last)
        asked = {"from": wide[0].isoformat(), "to": wide[1].isoformat()}
        raise ReportError("range.months", sentence, **known, **asked)
    try:
        return [archive.month(name) for name in names]
    except MonthError as error:
        sentence = "%(month)s cannot be read and must be restored from a backup: %(error)s"
        raise ReportError(
            "month.unreadable", sentence, month=error.month, error=str(error)
        ) from error


def need_rows(archive: Archive, period: Period) -> None:
    """Refuse a period of which single visits are needed that are no longer kept.

    Raises:
        ReportError: `rows.gone`.
    """
    names = archive.reduced_months(period.first, period.last)
    if names:
        sentence = (
            "Of %(first)s to %(last)s single visits are no longer kept, only sums: ask for days "
            "from %(from)s on."
        )
        on = whole(names[-1])[1] + timedelta(days=1)
        raise ReportError(
            "rows.gone", sentence, first=names[0], last=names[-1], **{"from": on.isoformat()}
        )


def compared_days(
    archive: Archive, period: Period, target_s: float
) -> Iterator[DayTable | DayWaits]:
    """Yield the days of a period as they are compared, those of which only sums are left, too.

    Raises:
        ReportError: see `sums`.
    """
    for month in sums(archive, period):
        for day in month.days:
            yield held_day(month, day, target_s)
    yield from archive.days(period.first, period.last)


def held_day(month: MonthTable, day: str, target_s: float) -> DayWaits:
    """Return what a day contributes of which only sums are left; nothing when it was small."""
    tally = next((tally for key, tally in month.cells["day"] if key == day), _NOBODY)
    waits = list(_durations(tally.times.get("wait", NO_TIMES)))
    left = list(_durations(tally.times.get("left", NO_TIMES)))
    return DayWaits(
        day, tuple(waits), len(left) - bisect_right(left, target_s), people=tally.n,
        unmeasured=max(0, tally.n - len(waits) - len(left)), open_s=month.open_s.get(day, 0.0),
    )  # fmt: skip


def _durations(held: Times) -> Iterator[float]:
    """Yield the middle of its bin for each duration, ascending."""
    for place, count in sorted(held.bins.items()):
        yield from [middle_s(place)] * count
