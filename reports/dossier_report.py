"""The report of a period's dossiers: what was counted, from where, and how much of it is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import IO

from motcua.archive import Archive
from motcua.queue.rules import Rules
from motcua.reports.dossier_counters import LOOK_BACK, Counters, counted
from motcua.reports.dossier_due import DueDays
from motcua.reports.dossier_file import File, read_export
from motcua.reports.dossiers import UNDATED, Tally
from motcua.reports.kept import need_rows
from motcua.reports.period import Period, ReportError, day_asked


@dataclass(frozen=True)
class DossierReport:
    """Everything a reader may want to know of a period's dossiers; of no single one."""

    tally: Tally
    rules: Rules
    counters: Counters | None = None
    """From the centre's own record, when no file was read."""
    file: File | None = None
    """What was read, when a file was."""
    reduced: tuple[str, ...] = ()
    """Months, `YYYY-MM`, of which the centre keeps only sums: the counters' dossiers of them are
    no longer known one by one."""

    def without_due_day(self) -> dict[str, int]:
        """Return procedure → dossiers of this report nobody knows a due day of, most first."""
        found: Counter[str] = Counter()
        for cells in (self.tally.received, self.tally.carried):
            for cell, count in cells.items():
                if cell.status in UNDATED:
                    found[cell.procedure] += count
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    def read_in_part(self) -> list[str]:
        """Return the procedures of this report whose limit names other cases, too."""
        dues = DueDays(self.rules.procedures, self.rules.hours)
        seen = {cell.procedure for cell in self.tally.received}
        limits = ((code, dues.limit(code)) for code in sorted(seen))
        return [code for code, limit in limits if limit and limit.more]


def as_of_day(period: Period, today: date, asked_for: str = "") -> date:
    """Return the day at whose end dossiers are looked at.

    The last day of the period, today while that has not come, or the day asked for.

    Raises:
        ReportError: `date.invalid`, or `range.invalid`: before the period, or not come yet.
    """
    if not asked_for:
        return min(period.last, today)
    day = day_asked(asked_for)
    if not period.first <= day <= today:
        sentence = "Dossiers can be looked at from %(first)s to %(today)s, not on %(day)s."
        raise ReportError(
            "range.invalid", sentence,
            first=period.first.isoformat(), today=today.isoformat(), day=asked_for,
        )  # fmt: skip
    return day


def from_counters(archive: Archive, period: Period, as_of: date, rules: Rules) -> DossierReport:
    """Report what the counters saw.

    Raises:
        ReportError: `rows.gone`: of a part of the period only sums are left.
    """
    need_rows(archive, period)
    dues = DueDays(rules.procedures, rules.hours)
    days = archive.days(period.first - LOOK_BACK, min(period.last, as_of))
    told, counters = counted(days, period, as_of, dues, rules.hours)
    reduced = archive.reduced_months(period.first, min(period.last, as_of))
    return DossierReport(told, rules, counters=counters, reduced=tuple(reduced))


def from_file(
    file: IO[bytes], name: str, period: Period, as_of: date, rules: Rules
) -> DossierReport:
    """Report what an export of the national system says; the file is read once and not kept.

    Raises:
        ReportError: see `read_export`.
    """
    told, read = read_export(file, name, period, as_of, rules)
    return DossierReport(told, rules, file=read)
