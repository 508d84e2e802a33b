"""A report's period beside another one: days of this centre, or a stopwatch sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.reports.compare import Comparison, compare
from motcua.reports.period import Period, ReportError
from motcua.reports.stopwatch import Sheet
from motcua.reports.unlike import Unlike, unlike

if TYPE_CHECKING:
    from motcua.archive import Archive
    from motcua.queue.rules import Rules

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
        ReportError: `range.invalid`: the two overlap.
    """
    sheet = other if isinstance(other, Sheet) else None
    second = other.period if isinstance(other, Sheet) else other
    before, after = sorted((period, second), key=lambda one: one.first)
    if before.last >= after.first:
        raise ReportError("range.invalid", "The two times to compare overlap: take them apart.")
    earlier, later = (
        sheet.days if sheet and one is second else archive.days(one.first, one.last)
        for one in (before, after)
    )
    result = compare(earlier, later, target_s, scope=sheet.scope if sheet else None)
    odd = unlike(result.before.compared, result.after.compared, rules.hours.holidays)
    return Compared(before, after, result, odd, sheet)
