"""The measures of a period. Pure: days in, numbers out; the definition stands beside each number.

Of a leg (one wait for one service; a transfer begins a second leg):
  wait           = first call − issue
  way            = start − the call the visitor came for
  service time   = finish − start, holds taken out
Of a visit (all legs of one stay):
  wait, service  = sums over its legs
  time in centre = last finish − first issue, for visits that were served
Each leg or visit weighs the same wherever it is counted: a figure of many days is made from all
their people, never from the figures of the days. An interval that could not be measured (the
machine was off between its ends) is in no figure, and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from motcua.day_table import LEFT, DayTable
from motcua.month_table import MonthTable
from motcua.reports.columns import Columns, Group, Key, Part, collect, merged
from motcua.reports.forecast import Forecasts, forecasts
from motcua.reports.histogram import Step, histogram
from motcua.reports.load import Load
from motcua.reports.month_columns import add_month
from motcua.reports.open_hours import OpenLoads, open_loads
from motcua.reports.papers import Missing, missing_papers
from motcua.reports.spread import (
    FEWEST,
    HIDDEN_SHARE,
    HIDDEN_SPREAD,
    Share,
    Spread,
    hide_few,
    hide_few_people,
    hide_few_shared,
    share,
    spread,
)
from motcua.reports.travel import Travel, travel


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of a table: the legs of one service, hour or other thing."""

    key: Key
    n: int | None
    """Legs that began to wait in it; None when hidden."""
    wait: Spread
    service: Spread
    within: Share
    missed: int | None
    """How many of them left like that; None when hidden: fewer than five, and not nobody."""
    cancelled: int | None
    unserved: int | None
    hidden: bool = False
    """True: fewer than five legs, so nothing is told but that there were some."""


@dataclass(frozen=True, slots=True)
class Measures:
    """All figures of a period. Totals are always told; cells of fewer than five are hidden."""

    days: tuple[str, ...]
    """Days with records."""
    running: tuple[str, ...]
    """Those of them that are not over yet."""
    undated: tuple[str, ...]
    """Those of them whose date is not certain: the clock was wrong and never put right."""
    damaged: tuple[str, ...]
    """Those of them of which records are lost."""
    summed: tuple[str, ...]
    """Months of which only sums are left, `YYYY-MM`."""
    legs: int
    visits: int
    wait: Spread
    waits: tuple[Step, ...]
    """How the waits are distributed."""
    way: Spread
    service: Spread
    visit_wait: Spread
    visit_service: Spread
    centre: Spread
    within: Share
    ends: Mapping[str, int]
    """How visits ended, by the end of their last leg; empty key: still open."""
    transfers: int
    uncertain: int
    """Legs with an interval that could not be measured."""
    unsure: Mapping[str, int]
    """Interval → legs in which it could not be measured."""
    by: Mapping[str, tuple[Cell, ...]]
    """Dimension → its cells in the order of their keys."""
    loads: tuple[Load, ...]
    """By counter: load only. Counters of fewer than five legs are left out."""
    load: OpenLoads
    open_s: Mapping[tuple[int, int], float]
    """ISO weekday and hour → seconds counters were open together; none while a day runs."""
    forecast: Forecasts
    """The waits that were told, against those that came."""
    papers: tuple[Missing, ...]
    """Papers people came without, the most often missing first."""
    referrals: Mapping[tuple[str, str], int]
    travel: Travel

    @property
    def left(self) -> int:
        """Visits that ended without service: missed, cancelled, unserved."""
        return sum(self.ends.get(end, 0) for end in LEFT)


def measure(
    tables: Iterable[DayTable],
    target_s: float,
    zone: tzinfo,
    field_of: Callable[[str], str],
    months: Iterable[MonthTable] = (),
) -> Measures:
    """Measure a period.

    Args:
        tables: its days, in any order.
        target_s: a call after at most this many seconds meets the target.
        zone: of the centre, for hours and weekdays.
        field_of: gives the field of a procedure's code; empty for none.
        months: its months of which only sums are left.
    """
    columns = collect(tables, zone)
    for month in months:
        add_month(columns, month)
    told_waits = forecasts(columns)  # before the waits lie in a row: ten years fit in 200 MB
    every, ends = columns.every(), columns.visit_ends
    waits = every.spent("wait")
    return Measures(
        days=tuple(sorted({*map(str, columns.by_day), *columns.held_days})),
        running=tuple(sorted(columns.running)),
        undated=tuple(sorted(columns.undated)), damaged=tuple(sorted(columns.damaged)),
        summed=tuple(sorted(columns.held_months)),
        legs=every.n, visits=ends.total(),
        wait=spread(waits), waits=histogram(waits), way=spread(every.spent("way")),
        service=spread(every.spent("service")),
        visit_wait=spread(columns.spent_by_visits("wait")),
        visit_service=spread(columns.spent_by_visits("service")),
        centre=spread(columns.spent_by_visits("centre")),
        within=share(waits, every.spent("left"), target_s),
        ends=dict(ends), transfers=every.ends()["transferred"],
        uncertain=columns.uncertain, unsure=dict(columns.unsure),
        by=_tables(columns, dimensions(columns, field_of), target_s),
        loads=tuple(load for _, load in sorted(columns.loads.items()) if load.legs >= FEWEST),
        load=open_loads(columns), open_s=dict(columns.open_s), forecast=told_waits,
        papers=missing_papers(columns), referrals=dict(columns.referrals), travel=travel(columns),
    )  # fmt: skip


def dimensions(columns: Columns, field_of: Callable[[str], str]) -> Iterator[tuple[str, Group]]:
    """Yield the dimensions tables are made by, each with its cells."""
    hours = columns.weekday_hours
    yield "service", columns.services
    yield "hour", merged(hours, lambda key: key[1] if isinstance(key, tuple) else key)
    yield "weekday_hour", hours
    yield "field", merged(columns.procedures, lambda code: field_of(str(code)))
    yield "procedure", columns.procedures
    yield "priority", columns.priorities
    yield "purpose", columns.purposes
    yield "month", merged(columns.by_day, lambda day: str(day)[:7])
    yield "day", columns.by_day


def _tables(
    columns: Columns, groups: Iterable[tuple[str, Group]], target_s: float
) -> dict[str, tuple[Cell, ...]]:
    return {name: _cells(columns.parts(name, group), target_s) for name, group in groups}


def _cells(parts: Mapping[Key, Part], target_s: float) -> tuple[Cell, ...]:
    return tuple(_cell(key, parts[key], target_s) for key in sorted(parts, key=_order))


def _order(key: Key) -> tuple[bool, str, tuple[int, ...]]:
    """Sort keys of one kind; the nameless cell ("none") last."""
    if isinstance(key, str):
        return (not key, key, ())
    return (False, "", key if isinstance(key, tuple) else (key,))


def _cell(key: Key, part: Part, target_s: float) -> Cell:
    if part.n < FEWEST:
        return Cell(
            key, None, HIDDEN_SPREAD, HIDDEN_SPREAD, HIDDEN_SHARE, None, None, None, hidden=True
        )
    waits, ends = part.spent("wait"), part.ends()
    return Cell(
        key=key, n=part.n, wait=hide_few(spread(waits)),
        service=hide_few(spread(part.spent("service"))),
        within=hide_few_shared(share(waits, part.spent("left"), target_s)),
        missed=hide_few_people(ends["missed"]), cancelled=hide_few_people(ends["cancelled"]),
        unserved=hide_few_people(ends["unserved"]),
    )  # fmt: skip
