"""Opening an `.xlsx` that anyone may have made, without trusting what it says about itself."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from motcua.catalogue.errors import CatalogueError
from motcua.catalogue.table import Row, Table, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from motcua.catalogue.table import Cell

_MOST_UNPACKED = 64 * 1024 * 1024
_MOST_ROWS = 20_000
_MOST_COLUMNS = 60
_MACROS = "xl/vbaProject.bin"
_INSIDE = "xl/workbook.xml"
_FORMULA: Final = Unreadable("a formula stands there: paste its value instead")
_ERROR: Final = Unreadable("the spreadsheet shows an error there: correct it")
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError,
    OSError, ParseError, RuntimeError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl and zipfile raise on damaged or hostile files; neither promises anything."""


def read_workbook(raw: bytes, name: str) -> list[Table]:
    """Return the sheets of an `.xlsx`, cells in merged ranges filled from their first cell.

    The whole file is read: a sheet's own word on how large it is is often wrong.

    Raises:
        CatalogueError: it is no workbook, holds macros, is damaged, or far too large.
    """
    with _damage_told(name):
        _look_inside(raw, name)
        book = _open(raw)
        several = len(book.worksheets) > 1
        return [_table(sheet, name, several=several) for sheet in book.worksheets]


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE:
        raise _refusal(
            "catalogue.damaged", "%(file)s is damaged: open it in Excel and save it again.", name
        ) from None


def _look_inside(raw: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        inside = {entry.filename: entry.file_size for entry in packed.infolist()}
    if _INSIDE not in inside:
        raise _refusal(
            "catalogue.wrong_kind",
            "%(file)s is neither an Excel file (.xlsx) nor a CSV, whatever its name says: choose"
            " the right file.",
            name,
        )
    if _MACROS in inside:
        raise _refusal(
            "catalogue.macros",
            "%(file)s holds macros: save it as .xlsx, without macros.",
            name,
        )
    if sum(inside.values()) > _MOST_UNPACKED:
        raise _too_large(name)


def _open(raw: bytes) -> Workbook:
    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions it drops; a list of procedures needs none.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(raw), keep_links=False)


def _table(sheet: Worksheet, name: str, *, several: bool) -> Table:
    if sheet.max_row > _MOST_ROWS:
        raise _too_large(name)
    cells = sheet.iter_rows(max_col=min(sheet.max_column, _MOST_COLUMNS))
    filled = _merged(sheet)
    prefix = f"{sheet.title}!" if several else ""
    return Table(
        tuple(
            Row(
                f"{prefix}{number}",
                tuple(filled.get(cell.coordinate, _value(cell)) for cell in row),
            )
            for number, row in enumerate(cells, start=sheet.min_row)
        ),
        padded=True,
    )


def _merged(sheet: Worksheet) -> dict[str, Cell]:
    """Return the value of each cell that is merged into the one above it.

    Ranges over several columns are titles and section heads: their first cell says it all.
    """
    filled: dict[str, Cell] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col and area.max_row <= _MOST_ROWS:
            value = _value(sheet.cell(area.min_row, area.min_col))
            for row in range(area.min_row + 1, area.max_row + 1):
                filled[sheet.cell(row, area.min_col).coordinate] = value
    return filled


def _value(cell: SheetCell | MergedCell) -> Cell:
    if cell.data_type == "f":
        return _FORMULA
    if cell.data_type == "e":
        return _ERROR
    value = cell.value
    return value if isinstance(value, (str, int, float, date, datetime)) else None


def _refusal(code: str, sentence: str, name: str) -> CatalogueError:
    return CatalogueError(code, sentence, file=name)


def _too_large(name: str) -> CatalogueError:
    return _refusal(
        "catalogue.too_large",
        "%(file)s is far larger than a list of procedures: delete the empty rows below it, or"
        " choose the right file.",
        name,
    )
