"""A month's rows as sums, before the rows go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from motcua.day_table import DayTable
from motcua.month_table import CounterLoad, MonthTable, Tally, times
from motcua.queue.rules import Rules
from motcua.reports.columns import Columns, Group, Key, Part, collect, ordered
from motcua.reports.forecast import told_ranges
from motcua.reports.hiding import told as may_be_told
from motcua.reports.measures import dimensions
from motcua.reports.repeated import NOTHING_HELD
from motcua.reports.spread import FEWEST


def summing(rules: Callable[[], Rules]) -> Callable[[str, list[DayTable]], MonthTable]:
    """Return what makes the sums of a month, given as `YYYY-MM`, from its days.

    Args:
        rules: give the zone, and the fields of procedures as they are then.
    """

    def of_days(month: str, days: list[DayTable]) -> MonthTable:
        procedures, zone = rules().procedures, rules().hours.zone

        def field_of(code: str) -> str:
            return procedures[code].field if code in procedures else ""

        columns = collect(days, zone)
        open_s = {day.day: sum(day.open_s.values()) for day in days}
        return summed(month, columns, dimensions(columns, field_of), open_s)

    return of_days


def summed(
    month: str, columns: Columns, groups: Iterable[tuple[str, Group]], open_s: Mapping[str, float]
) -> MonthTable:
    """Return the sums of a month's rows.

    Args:
        month: `YYYY-MM`.
        columns: its rows.
        groups: table → cells, as `motcua.reports.measures.dimensions`.
        open_s: date → seconds counters were open.
    """
    referred, missing = (_pairs(pairs) for pairs in (columns.referrals, columns.papers))
    return MonthTable(
        month=month, days=tuple(sorted(map(str, columns.by_day))),
        undated=tuple(sorted(columns.undated)), damaged=tuple(sorted(columns.damaged)),
        total=_tally(columns, range(len(columns.ends)), ranges=True),
        cells={name: list(_cells(columns, name, group)) for name, group in groups},
        visits={name: times(ordered(columns.by_visits(name))) for name in columns.visits},
        visit_ends=dict(columns.visit_ends), uncertain=columns.uncertain,
        unsure=dict(columns.unsure), loads=tuple(_loads(columns)),
        referrals=columns.referrals.total(), referred=referred,
        papers=columns.papers.total(), missing=missing,
        referred_on=dict(columns.referred), hours=list(_hours(columns)), open_s=dict(open_s),
    )  # fmt: skip


def _cells(columns: Columns, name: str, group: Group) -> Iterator[tuple[Key, Tally]]:
    kept = may_be_told({key: len(places) for key, places in group.items() if places})
    ranges = name == "service"
    return ((key, _tally(columns, group[key], ranges=ranges)) for key in group if key in kept)


def _tally(columns: Columns, places: Sequence[int], *, ranges: bool) -> Tally:
    ends = Part(columns, places, NOTHING_HELD).ends()
    spent = {name: times(ordered(column, places)) for name, column in columns.legs.items()}
    if not ranges:
        return Tally(len(places), dict(ends), spent)
    told = told_ranges(columns, places)
    spent |= {name: times(seconds) for name, seconds in told.misses()}
    counts = {name: getattr(told, name) for name in ("inside", "left_longer", "left_sooner")}
    return Tally(len(places), dict(ends), spent, counts)


def _loads(columns: Columns) -> Iterator[CounterLoad]:
    for _, load in sorted(columns.loads.items()):
        if load.legs >= FEWEST:
            yield CounterLoad(
                load.counter, load.legs, load.busy_s, load.open_s, load.open_legs, load.open_busy_s
            )


def _hours(columns: Columns) -> Iterator[tuple[int, int, float, int]]:
    for weekday, hour in sorted({*columns.open_s, *columns.open_legs}):
        key = (weekday, hour)
        yield weekday, hour, columns.open_s[key], columns.open_legs[key]


def _pairs(pairs: Mapping[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    return [(*key, people) for key, people in sorted(pairs.items()) if people >= FEWEST]
