"""A report's period beside another one: days of this centre, or a stopwatch sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.reports.compare import Comparison, compare
from motcua.reports.kept import compared_days, need_rows
from motcua.reports.period import Period, ReportError
from motcua.reports.stopwatch import Sheet
from motcua.reports.unlike import Unlike, unlike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motcua.archive import Archive
    from motcua.day_table import DayTable
    from motcua.queue.rules import Rules
    from motcua.reports.compare_days import DayWaits

Other = Period | Sheet
"""What a period may be compared with."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two periods beside each other."""

    before: Period
    after: Period
    result: Comparison
    unlike: tuple[Unlike, ...] = ()
    sheet: Sheet | None = None
    """The stopwatch sheet that is one of them."""


def compared(
    archive: Archive, period: Period, other: Other, target_s: float, rules: Rules
) -> Compared:
    """Compare a period with another one or a sheet; whichever is earlier is "before".

    Raises:
        ReportError: `range.invalid`: the two overlap; `range.months`, `rows.gone`: see `kept`.
    """
    sheet = other if isinstance(other, Sheet) else None
    second = other.period if isinstance(other, Sheet) else other
    before, after = sorted((period, second), key=lambda one: one.first)
    if before.last >= after.first:
        raise ReportError("range.invalid", "The two times to compare overlap: take them apart.")
    earlier, later = (
        sheet.days if sheet and one is second else _days(archive, one, target_s, sheet)
        for one in (before, after)
    )
    result = compare(earlier, later, target_s, scope=sheet.scope if sheet else None)
    odd = unlike(result.before.compared, result.after.compared, rules.hours.holidays)
    return Compared(before, after, result, odd, sheet)


def _days(
    archive: Archive, period: Period, target_s: float, sheet: Sheet | None
) -> Iterable[DayTable | DayWaits]:
    """Return a period's days; beside a sheet only days with rows: it has hours and services."""
    if sheet is None:
        return compared_days(archive, period, target_s)
    need_rows(archive, period)
    return archive.days(period.first, period.last)
