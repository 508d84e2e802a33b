"""A report for the terminal: the answer, then aligned tables, then how it was counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from motcua.reports.answer import answer
from motcua.reports.definitions import Definition, definitions
from motcua.reports.table import Kind, Table, Value, shown
from motcua.reports.tables import tables

if TYPE_CHECKING:
    from motcua.reports.report import Report
    from motcua.reports.wording import Wording

_NAME_WIDEST = 56
_LEFT_OUT = ("weekday_hour",)
"""Longer than a terminal: in the other forms."""


def text(report: Report, wording: Wording) -> str:
    """Return the report as plain text."""
    some = bool(report.measures.visits)
    made = [one for one in tables(report, wording) if one.name not in _LEFT_OUT] if some else []
    return text_of(answer(report, wording), made, definitions(wording) if some else [], wording)


def text_of(
    sentences: Iterable[str],
    told: Iterable[Table],
    explained: Iterable[Definition],
    wording: Wording,
) -> str:
    """Return sentences, tables and definitions as plain text."""
    parts = ["\n".join(sentences), *(_table(table, wording) for table in told)]
    counted = [f"{one.term}: {one.meaning}" for one in explained]
    if counted:
        parts.append("\n".join([wording.say("How it was counted"), *counted]))
    return "\n\n".join(parts) + "\n"


def _table(table: Table, wording: Wording) -> str:
    heads = [_shortened(column.title) for column in table.columns]
    body = [_cells(row, table, wording) for row in table.rows]
    widths = [max(map(len, cells)) for cells in zip(heads, *body, strict=True)]
    lines = [table.title]
    if any(column.group for column in table.columns):
        lines.append(_groups(table, widths))
    for cells in (heads, *body):
        aligned = [
            cell.ljust(width) if column.kind is Kind.TEXT else cell.rjust(width)
            for cell, width, column in zip(cells, widths, table.columns, strict=True)
        ]
        lines.append("  ".join(aligned).rstrip())
    return "\n".join([*lines, *([table.note] if table.note else [])])


def _cells(row: tuple[Value, ...], table: Table, wording: Wording) -> list[str]:
    """Return a row in words; the last cell may be as long as it is, nothing is aligned to it."""
    *cells, last = (
        shown(v, column.kind, wording) for v, column in zip(row, table.columns, strict=True)
    )
    return [*map(_shortened, cells), last]


def _groups(table: Table, widths: list[int]) -> str:
    """Return the line of headings that several columns share."""
    line, before = "", ""
    at = 0
    for column, width in zip(table.columns, widths, strict=True):
        if column.group and column.group != before:
            line = line.ljust(at) + column.group
        before = column.group
        at += width + 2
    return line


def _shortened(words: str) -> str:
    return words if len(words) <= _NAME_WIDEST else f"{words[: _NAME_WIDEST - 1]}…"
