"""One table of a report as CSV: names in the reader's language, numbers to reckon with."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from motcua.reports.period import ReportError
from motcua.reports.table import Few, Figure, Kind, Table, Value, shown
from motcua.reports.tables import tables

if TYPE_CHECKING:
    from motcua.reports.report import Report
    from motcua.reports.wording import Wording

_SECONDS_A_MINUTE = 60
_DECIMALS = {Kind.MINUTES: 2, Kind.PERCENT: 4, Kind.DECIMAL: 2, Kind.RATIO: 4}
_MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


def table_csv(report: Report, name: str, wording: Wording) -> str:
    """Return a table: minutes with a decimal point, shares 0 … 1, dates ISO; hidden cells in words.

    Raises:
        ReportError: `table.unknown`: the report has no such table.
    """
    made = tables(report, wording) if report.measures.visits else []
    found = next((table for table in made if table.name == name), None)
    if found is None:
        sentence = "This report has no table %(value)s: take one from its page."
        raise ReportError("table.unknown", sentence, value=name[:40])
    return _MARK + _rows(found, wording)


def _rows(table: Table, wording: Wording) -> str:
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(
        f"{column.group}: {column.title}" if column.group else column.title
        for column in table.columns
    )
    writer.writerows(
        [
            _cell(value, column.kind, wording)
            for value, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    )
    return buffer.getvalue()


def _cell(value: Value, kind: Kind, wording: Wording) -> str:
    if isinstance(value, Figure):
        return _cell(value.value, value.kind, wording)
    if value is None:
        return ""
    if isinstance(value, Few):
        return shown(value, kind, wording)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, date):
        return value.isoformat()
    number = value / _SECONDS_A_MINUTE if kind is Kind.MINUTES else value
    return str(number) if isinstance(number, int) else f"{number:.{_DECIMALS.get(kind, 0)}f}"


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A name that begins like this would be reckoned by a spreadsheet."""
