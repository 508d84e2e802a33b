"""A report: the measures of a period, with what is needed to tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from motcua.archive import Archive
from motcua.day_table import Leg
from motcua.queue.rules import Rules
from motcua.reports.json_form import as_json
from motcua.reports.kept import need_rows, sums
from motcua.reports.measures import Measures, measure
from motcua.reports.period import Period, asked
from motcua.reports.staffing import staffing
from motcua.reports.staffing_days import Loads
from motcua.reports.staffing_need import SHORTEST_DAYS, Staffing

if TYPE_CHECKING:
    from motcua.reports.compared import Compared, Other
    from motcua.settings import Centre

_SECONDS_A_MINUTE = 60
_NEWEST = timedelta(days=365)
"""Counters needed are told from the last year of a longer period."""


@dataclass(frozen=True)
class Report:
    """Everything a reader may want to know of a period."""

    period: Period
    measures: Measures
    comparison: Compared | None
    """It and another period, the earlier one first; None when not asked for."""
    target_s: float
    rules: Rules
    centre: Centre
    archive: Archive
    loads: Loads | None = None
    """What its days had to do; None in a period too short to say what counters it needs."""

    @cached_property
    def staffing(self) -> Staffing | None:
        """How many counters each hour needs; None in a period too short to say."""
        if self.loads is None:
            return None
        share = self.centre.staffing.target_share / 100
        return staffing(self.loads, share, self.rules.counters)

    def legs(self) -> Iterator[Leg]:
        """Yield the rows behind the figures, day by day in the order of issue."""
        return legs_of(self.archive, self.period)


def legs_of(archive: Archive, period: Period) -> Iterator[Leg]:
    """Return the rows of a period, day by day in the order of issue.

    Raises:
        ReportError: `rows.gone`: of a part of it only sums are left.
    """
    need_rows(archive, period)
    tables = archive.days(period.first, period.last)
    return (leg for table in tables for leg in table.legs)


def report(
    archive: Archive, period: Period, rules: Rules, centre: Centre, other: Other | None = None
) -> Report:
    """Measure a period.

    Args:
        archive: has the days.
        period: what to report on.
        rules: name services, procedures, priority groups; give the time zone.
        centre: gives its name and its target.
        other: a period or a stopwatch sheet to compare with; whichever is earlier is "before".

    Raises:
        ReportError: `range.invalid`: the two overlap; `range.months`, `month.unreadable`: see
            `kept.sums`.
    """
    target_s = centre.wait_target_min * _SECONDS_A_MINUTE
    procedures = rules.procedures

    def field_of(code: str) -> str:
        return procedures[code].field if code in procedures else ""

    comparison = None
    if other:
        from motcua.reports.compared import compared

        comparison = compared(archive, period, other, target_s, rules)
    tables, months = archive.days(period.first, period.last), sums(archive, period)
    since = (period.last - _NEWEST).isoformat()
    enough = period.length >= SHORTEST_DAYS
    loads = Loads(target_s, rules.hours.zone, since=since) if enough else None
    measures = measure(
        loads.seen(tables) if loads else tables, target_s, rules.hours.zone, field_of, months
    )
    return Report(period, measures, comparison, target_s, rules, centre, archive, loads)


def waits_for_programs(
    archive: Archive, rules: Callable[[], Rules], centre: Centre
) -> Callable[[str, str], dict[str, Any]]:
    """Return what `GET /api/v1/reports/waits` answers with: two days in, the report as JSON out.

    The function raises:
        ReportError: `date.invalid` or `range.invalid`.
    """

    def waits(first: str, last: str) -> dict[str, Any]:
        return as_json(report(archive, asked(first, last), rules(), centre))

    return waits
