"""A report as a page shows it: every figure already in words, for templates that only print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from motcua.reports.answer import answer, too_few
from motcua.reports.charts import Band, waits_chart
from motcua.reports.definitions import Definition, definitions
from motcua.reports.spread import FEWEST
from motcua.reports.table import Few, Kind, Table, shown
from motcua.reports.tables import tables

if TYPE_CHECKING:
    from motcua.reports.measures import Cell
    from motcua.reports.report import Report
    from motcua.reports.wording import Wording

_SHADES = 5
_DAYS_DRAWN = 62


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table ready to print."""

    name: str
    title: str
    note: str
    groups: tuple[tuple[str, int], ...]
    """Headings over several columns with how many; none when no column has one."""
    heads: tuple[tuple[str, str], ...]
    """(title, class) of each column."""
    rows: tuple[tuple[str, ...], ...]

    @property
    def wide(self) -> bool:
        """Return whether it needs the whole width of the page."""
        return bool(self.groups) and len(self.heads) > _SHADES + 1


@dataclass(frozen=True, slots=True)
class Heat:
    """Median waits by weekday (down) and hour (across), darker for longer."""

    hours: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """(weekday, its (text, class) by hour)."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a page of a report prints."""

    answer: tuple[str, ...]
    few: bool
    """True: not enough to judge by, so nothing is drawn."""
    charts: tuple[tuple[str, str], ...]
    """(title, SVG) of each picture."""
    heat: Heat | None
    tables: tuple[ShownTable, ...]
    definitions: tuple[Definition, ...]
    period: str


def page(report: Report, wording: Wording) -> Page:
    """Return what the page of a report prints."""
    few = too_few(report)
    single = report.period.length == 1
    left_to_heat = {"weekday_hour", *(("day",) if single else ())}
    made = [table for table in tables(report, wording) if table.name not in left_to_heat]
    return Page(
        answer=tuple(answer(report, wording)),
        few=few,
        charts=() if few else tuple(_charts(report, wording)),
        heat=None if few or single else _heat(report, wording),
        tables=tuple(shown_table(table, wording) for table in made)
        if report.measures.visits
        else (),
        definitions=tuple(definitions(wording)),
        period=wording.period(report.period),
    )


def _charts(report: Report, wording: Wording) -> Iterator[tuple[str, str]]:
    measures, days = report.measures, max(1, len(report.measures.days))
    title = wording.say("Waits by hour, and people an hour")
    if days > 1:
        title = wording.say("Waits by hour, and people an hour on a day")
    hours = [
        Band(f"{cell.key}–{int(str(cell.key)) + 1}", cell, cell.n and cell.n / days)
        for cell in measures.by["hour"]
    ]
    yield title, waits_chart("by-hour", title, hours, report.target_s, wording)
    if 1 < days <= _DAYS_DRAWN:
        title = wording.say("Waits by day, and people a day")
        drawn = [Band(_short_day(str(c.key)), c, c.n) for c in measures.by["day"]]
        yield title, waits_chart("by-day", title, drawn, report.target_s, wording)


def _short_day(day: str) -> str:
    return f"{day[8:]}/{day[5:7]}"


def _heat(report: Report, wording: Wording) -> Heat | None:
    cells = {cell.key: cell for cell in report.measures.by["weekday_hour"]}
    keys = [key for key in cells if isinstance(key, tuple)]
    weekdays, hours = sorted({key[0] for key in keys}), sorted({key[1] for key in keys})
    if len(weekdays) <= 1:
        return None
    rows = tuple(
        (
            wording.weekday(weekday),
            tuple(_warmth(cells.get((weekday, hour)), report.target_s, wording) for hour in hours),
        )
        for weekday in weekdays
    )
    return Heat(tuple(f"{hour}–{hour + 1}" for hour in hours), rows)


def _warmth(cell: Cell | None, target_s: float, wording: Wording) -> tuple[str, str]:
    """Return the median wait of a cell and its shade: the darkest from one and a half targets."""
    if cell is None:
        return "", "heat-none"
    if cell.wait.median_s is None:
        return (f"<{FEWEST}", "heat-few") if cell.hidden or cell.wait.hidden else ("–", "heat-none")
    shade = min(_SHADES - 1, int(cell.wait.median_s / target_s / 1.5 * _SHADES))
    return wording.minutes(cell.wait.median_s), f"heat-{shade}"


def shown_table(table: Table, wording: Wording) -> ShownTable:
    """Return a table as words, ready to print."""
    columns = table.columns
    groups = tuple(
        (title, len(list(run))) for title, run in groupby(columns, key=lambda column: column.group)
    )
    heads = tuple(
        (column.title, "words" if column.kind is Kind.TEXT else "figure") for column in columns
    )
    rows = tuple(
        tuple(
            "" if value is None and _is_more(row) else shown(value, column.kind, wording)
            for value, column in zip(row, columns, strict=True)
        )
        for row in table.rows
    )
    named = any(title for title, _ in groups)
    return ShownTable(table.name, table.title, table.note, groups if named else (), heads, rows)


def _is_more(row: tuple[object, ...]) -> bool:
    """Return whether a row stands for others that are hidden."""
    return Few.HIDDEN in row or all(value is None for value in row[1:])
