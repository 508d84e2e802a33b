"""A report as a workbook: a sheet a table with numbers to reckon with, and one of definitions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, cast

from motcua.reports.answer import answer
from motcua.reports.definitions import Definition, definitions
from motcua.reports.table import Few, Figure, Kind, Table, Value
from motcua.reports.table import shown as in_words
from motcua.reports.tables import tables

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from motcua.reports.report import Report
    from motcua.reports.wording import Wording

_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.MINUTES: "0.0",
    Kind.PERCENT: "0.0%",
    Kind.DECIMAL: "#,##0.0",
    Kind.RATIO: "0.00",
}
_DAYS = {"vi": "[$-42A]ddd dd/mm/yyyy", "en": "[$-409]ddd dd/mm/yyyy"}
"""A date with its weekday in the reader's language, whatever the spreadsheet's own is."""
_SHEET_NAME_LONGEST = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_NAME_WIDE, _FIGURE_WIDE, _TEXT_WIDE = 46, 13, 90
_SECONDS_A_MINUTE = 60


def workbook(report: Report, wording: Wording) -> bytes:
    """Return the report as an XLSX file; durations are in minutes."""
    told = tables(report, wording) if report.measures.visits else []
    return book_of(answer(report, wording), told, definitions(wording), wording)


def book_of(
    sentences: Iterable[str],
    told: Iterable[Table],
    explained: Iterable[Definition],
    wording: Wording,
) -> bytes:
    """Return an XLSX file: a sheet of sentences, one a table, one of definitions."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    _words(book, wording.say("Summary"), [(sentence,) for sentence in sentences])
    for table in told:
        _sheet(book, table, wording)
    rows = [(one.term, one.meaning, one.formula) for one in explained]
    heads = tuple(wording.say(head) for head in ("Figure", "Meaning", "Formula"))
    _words(book, wording.say("Definitions"), [heads, *rows])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _add(book: Workbook, title: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(_free_name(book, title.translate(_FORBIDDEN)))
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_setup.paperSize = 9  # A4
    return sheet


def _free_name(book: Workbook, title: str) -> str:
    """Return a name no other sheet has; two titles may be alike in all that fits a tab."""
    taken = {name.lower() for name in book.sheetnames}
    name, count = _cut(title, _SHEET_NAME_LONGEST), 1
    while name.lower() in taken:
        count += 1
        ending = f" {count}"
        name = _cut(title, _SHEET_NAME_LONGEST - len(ending)) + ending
    return name


def _cut(title: str, longest: int) -> str:
    """Return as many whole words as a tab has room for."""
    if len(title) <= longest:
        return title.strip()
    words, _, _ = title[: longest + 1].rpartition(" ")
    return words.strip(" ,") or title[:longest]


def _sheet(book: Workbook, table: Table, wording: Wording) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = _add(book, table.title)
    for place, column in enumerate(table.columns, start=1):
        title = f"{column.group}: {column.title}" if column.group else column.title
        head = _cell(sheet, 1, place)
        _put_text(head, title)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        wide = _NAME_WIDE if column.kind is Kind.TEXT else _FIGURE_WIDE
        sheet.column_dimensions[get_column_letter(place)].width = wide
    for line, row in enumerate(table.rows, start=2):
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            _put(_cell(sheet, line, place), value, column.kind, wording)
    sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
    if sheet.oddHeader and sheet.oddHeader.left:
        sheet.oddHeader.left.text = table.title.replace("&", "&&")
    for line, words in enumerate(table.note.splitlines(), start=len(table.rows) + 3):
        _put_text(_cell(sheet, line, 1), words)


def _cell(sheet: Worksheet, line: int, place: int) -> Cell:
    return cast("Cell", sheet.cell(line, place))  # none is merged


def _put(cell: Cell, value: Value, kind: Kind, wording: Wording) -> None:
    """Write a cell as the type it is, so that a spreadsheet can reckon with it."""
    if isinstance(value, Figure):
        return _put(cell, value.value, value.kind, wording)
    if value is None:
        return None
    if isinstance(value, date):
        cell.value, cell.number_format = value, _DAYS[wording.language]
        return None
    if isinstance(value, str):
        return _put_text(cell, in_words(value, kind, wording) if value is Few.HIDDEN else value)
    cell.value = value / _SECONDS_A_MINUTE if kind is Kind.MINUTES else value
    cell.number_format = _FORMATS[kind]
    return None


def _put_text(cell: Cell, words: str) -> None:
    """Write words as words: a name that begins with `=` is no formula."""
    cell.value = words
    cell.data_type = "s"


def _words(book: Workbook, title: str, rows: list[tuple[str, ...]]) -> None:
    from openpyxl.styles import Alignment

    sheet = _add(book, title)
    for line, row in enumerate(rows, start=1):
        for place, words in enumerate(row, start=1):
            cell = _cell(sheet, line, place)
            _put_text(cell, words)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    wide = len(rows[0]) > 1
    for letter, width in zip("ABC", (30 if wide else _TEXT_WIDE, _TEXT_WIDE, 50), strict=True):
        sheet.column_dimensions[letter].width = width
