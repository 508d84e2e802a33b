"""Months of which only sums are left, beside the rows of other days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from motcua.month_table import NO_TIMES, MonthTable
from motcua.reports.columns import Columns
from motcua.reports.load import Load
from motcua.reports.repeated import Held, joined

OTHERS = ("", "")
"""Pair of those whom a month does not name: fewer than five of each kind."""


def add_month(columns: Columns, month: MonthTable) -> None:
    """Add a month to what is read of a period."""
    columns.held_days += month.days
    columns.held_months.append(month.month)
    columns.undated += month.undated
    columns.damaged += month.damaged
    columns.held_total.add(month.total)
    for name, cells in month.cells.items():
        held = columns.held.setdefault(name, defaultdict(Held))
        for key, tally in cells:
            held[key].add(tally)
    for name, times in month.visits.items():
        columns.held_visits[name] = joined(columns.held_visits.get(name, NO_TIMES), times)
    columns.visit_ends.update(month.visit_ends)
    columns.unsure.update(month.unsure)
    columns.uncertain += month.uncertain
    _add_pairs(columns.referrals, month.referred, month.referrals)
    _add_pairs(columns.papers, month.missing, month.papers)
    columns.referred.update(month.referred_on)
    _add_counters(columns, month)


def _add_counters(columns: Columns, month: MonthTable) -> None:
    for more in month.loads:
        load = columns.loads.setdefault(more.counter, Load(more.counter))
        load.legs += more.legs
        load.busy_s += more.busy_s
        load.open_s += more.open_s
        load.open_legs += more.open_legs
        load.open_busy_s += more.open_busy_s
    for weekday, hour, open_s, legs in month.hours:
        columns.open_s[weekday, hour] += open_s
        columns.open_legs[weekday, hour] += legs


def _add_pairs(
    pairs: Counter[tuple[str, str]], named: Iterable[tuple[str, str, int]], total: int
) -> None:
    """Add pairs; those too few to be named in the month stand under `OTHERS`."""
    for first, second, people in named:
        pairs[first, second] += people
        total -= people
    if total:
        pairs[OTHERS] += total
