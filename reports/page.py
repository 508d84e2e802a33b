"""A report as a page shows it: every figure already in words, for templates that only print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from motcua.reports.answer import answer, too_few
from motcua.reports.charts import Band, waits_chart
from motcua.reports.definitions import Definition, definitions
from motcua.reports.heat import Heat, heats
from motcua.reports.histogram_chart import distribution_chart
from motcua.reports.staffing_chart import staffing_charts
from motcua.reports.table import Few, Kind, Table, shown
from motcua.reports.tables import tables

if TYPE_CHECKING:
    from motcua.reports.measures import Measures
    from motcua.reports.report import Report
    from motcua.reports.wording import Wording

_NARROW = 6
_LONG = 40
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
    folded: bool = False
    """On the screen it is opened by a press."""

    @property
    def wide(self) -> bool:
        """Return whether it needs the whole width of the page."""
        return bool(self.groups) and len(self.heads) > _NARROW

    @property
    def long(self) -> bool:
        """Return whether paper has only its first rows."""
        return len(self.rows) > _LONG and self.name not in ("day", "staffing")


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a page of a report prints."""

    answer: tuple[str, ...]
    few: bool
    """True: not enough to judge by, so nothing is drawn."""
    charts: tuple[tuple[str, str], ...]
    """(title, SVG) of each picture."""
    heats: tuple[Heat, ...]
    tables: tuple[ShownTable, ...]
    definitions: tuple[Definition, ...]
    period: str


def page(report: Report, wording: Wording) -> Page:
    """Return what the page of a report prints."""
    few = too_few(report)
    left_out = _left_out(report)
    made = [table for table in tables(report, wording) if table.name not in left_out]
    return Page(
        answer=tuple(answer(report, wording)),
        few=few,
        charts=() if few else tuple(_charts(report, wording)),
        heats=() if few else heats(report.measures, report.target_s, wording),
        tables=tuple(shown_table(table, wording) for table in made)
        if report.measures.visits
        else (),
        definitions=tuple(definitions(wording)),
        period=wording.period(report.period),
    )


def _left_out(report: Report) -> frozenset[str]:
    """Return the tables a page does without: files have them."""
    days = len(report.measures.days)
    if days <= 1:
        return frozenset({"day", "month", "weekday_hour"})
    return frozenset({"month" if days <= _DAYS_DRAWN else "day"})


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
    title = wording.say("How the waits are distributed: people by minutes of waiting")
    picture = distribution_chart(title, measures.waits, measures.wait, report.target_s, wording)
    yield title, picture
    if days > 1:
        title, drawn = _over_time(measures, wording)
        yield title, waits_chart("over-time", title, drawn, report.target_s, wording)
    yield from staffing_charts(report.staffing, wording)


def _over_time(measures: Measures, wording: Wording) -> tuple[str, list[Band]]:
    """Return the picture's title and bands: days, or months where there are too many days."""
    days = Counter(day[:7] for day in measures.days)
    if len(measures.days) <= _DAYS_DRAWN:
        title = wording.say("Waits by day, and people a day")
        return title, [Band(_short(str(c.key)), c, c.n) for c in measures.by["day"]]
    title = wording.say("Waits by month, and people a day")
    return title, [
        Band(_short(str(c.key)), c, c.n and c.n / max(1, days[str(c.key)]))
        for c in measures.by["month"]
    ]


def _short(day: str) -> str:
    """Return `23/11` of a day, `11/2026` of a month."""
    return "/".join(reversed(day.split("-")[-2:]))


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
    return ShownTable(
        table.name, table.title, table.note, groups if named else (), heads, rows, table.folded
    )  # fmt: skip


def _is_more(row: tuple[object, ...]) -> bool:
    """Return whether a row stands for others that are hidden."""
    return Few.HIDDEN in row or all(value is None for value in row[1:])
