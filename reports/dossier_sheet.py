"""Opening an export, CSV or XLSX: its rows one after the other, never all of them at once."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, cast
from xml.etree.ElementTree import ParseError

from motcua.catalogue.csv_file import refuse_strangers
from motcua.catalogue.errors import CatalogueError
from motcua.reports.dossier_headings import Header, read_header
from motcua.reports.period import ReportError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = tuple[int, Sequence[object]]
"""Its number as a person finds it, the first row of the file being 1, and its cells."""
MOST_ROWS = 1_000_000
"""Of a CSV."""
MOST_SHEET_ROWS = 50_000
"""Of an XLSX: reading one takes ten times as long."""
_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_COLUMNS = 100
_HEAD_BYTES = 64 * 1024
_HEADER_WITHIN = 40
"""Rows of titles above a header, at most."""
_FEWEST_COLUMNS = 2
_DELIMITERS = ",;\t"
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?")
_ZIP = b"PK\x03\x04"
_MACROS, _INSIDE = "xl/vbaProject.bin", "xl/workbook.xml"
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError,
    ParseError, RuntimeError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl and zipfile raise on damaged or hostile files; neither promises anything."""


_DAMAGED = "%(file)s is damaged: open it in Excel and save it again."


def open_rows(file: IO[bytes], name: str) -> tuple[Header, Iterator[Row]]:
    """Return the columns of an export and the rows below its header, read as they are asked for.

    Args:
        file: open for reading, at its beginning; can be wound back.
        name: what to call it.

    Raises:
        ReportError: `dossiers.unreadable`, `dossiers.columns` or `dossiers.too_large`; while the
            rows are read, too.
    """
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    if head.startswith(_ZIP):
        return _workbook(file, name)
    try:
        refuse_strangers(head, name)
    except CatalogueError as error:
        told = {key: str(value) for key, value in error.remark.details.items()}
        raise ReportError("dossiers.unreadable", error.remark.sentence, **told) from error
    if b"\0" in head or not head.strip():
        raise _unreadable("%(file)s is empty or no table: choose the right file.", name)
    return _text(file, head, name)


def _text(file: IO[bytes], head: bytes, name: str) -> tuple[Header, Iterator[Row]]:
    beginning = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "ignore").splitlines()
    told = beginning[0].lower() if beginning else ""
    stated = told[4:] if told.startswith("sep=") and told[4:] in _DELIMITERS else ""
    delimiter = stated or max(
        _DELIMITERS,
        key=lambda mark: max(line.count(mark) for line in beginning[:_HEADER_WITHIN] or [""]),
    )
    lines = io.TextIOWrapper(file, "utf-8-sig", newline="")
    if stated:
        lines.readline()
    rows = enumerate(csv.reader(lines, delimiter=delimiter), start=1)
    return _below_header(_told(rows, name), name, MOST_ROWS)


def _told(rows: Iterator[Row], name: str) -> Iterator[Row]:
    """Yield the rows; say what is wrong where the file stops being one."""
    row = 0
    try:
        for row, cells in rows:
            yield row, cells
    except UnicodeDecodeError as error:
        sentence = "%(file)s is not text in UTF-8: save it as “CSV UTF-8”."
        raise ReportError("dossiers.unreadable", sentence, file=name) from error
    except csv.Error as error:
        sentence = "%(file)s is no proper CSV at row %(row)s: check the quotation marks there."
        raise ReportError("dossiers.unreadable", sentence, file=name, row=row + 1) from error


def _below_header(rows: Iterator[Row], name: str, most: int) -> tuple[Header, Iterator[Row]]:
    """Find the header by its words, below any titles."""
    first = list(islice(rows, _HEADER_WITHIN))
    found = [(read_header(cells), place) for place, (_, cells) in enumerate(first)]
    header, place = max(found, key=lambda one: len(one[0].places), default=(Header({}), 0))
    if len(header.places) < _FEWEST_COLUMNS:
        sentence = (
            "%(file)s has no row of headings with “Ngày tiếp nhận” and “Hạn trả” or the like: "
            "choose a list of dossiers."
        )
        raise ReportError("dossiers.columns", sentence, file=name)
    if header.missing:
        sentence = "%(file)s lacks the columns: %(columns)s."
        raise ReportError(
            "dossiers.columns", sentence, file=name, columns=", ".join(header.missing)
        )
    if header.twice:
        sentence = "%(file)s has two columns for %(columns)s: delete one of the two."
        raise ReportError("dossiers.columns", sentence, file=name, columns=", ".join(header.twice))
    below = first[place + 1 :]
    if below and _numbers_columns(below[0][1]):
        del below[0]
    return header, _bounded(chain(below, rows), name, most)


def _numbers_columns(cells: Sequence[object]) -> bool:
    """Return whether a row below the header only numbers the columns: `(1)`, `(2)` …."""
    told = [str(cell).strip() for cell in cells if cell is not None and str(cell).strip()]
    return len(told) > 1 and all(map(_COLUMN_NUMBER.fullmatch, told))


def _bounded(rows: Iterator[Row], name: str, most: int) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count > most:
            sentence = (
                "%(file)s has more than %(rows)s rows: save it as “CSV UTF-8”, or export a shorter "
                "time."
            )
            raise ReportError("dossiers.too_large", sentence, file=name, rows=most)
        yield row


def _workbook(file: IO[bytes], name: str) -> tuple[Header, Iterator[Row]]:
    try:
        _look_inside(file, name)
        wide = {sheet: _columns(sheet) for sheet in _sheets(file)}
    except _DAMAGE as error:
        raise _unreadable(_DAMAGED, name) from error
    found = [sheet for sheet, columns in wide.items() if columns] or [*wide][:1]
    if len(found) > 1:
        names = ", ".join(sheet.title for sheet in found)
        sentence = "%(file)s has several sheets of dossiers (%(sheets)s): leave one of them."
        raise ReportError("dossiers.columns", sentence, file=name, sheets=names)
    rows = _cells(found[0], wide[found[0]] or _MOST_COLUMNS) if found else iter(())
    return _below_header(_undamaged(rows, name), name, MOST_SHEET_ROWS)


def _look_inside(file: IO[bytes], name: str) -> None:
    with zipfile.ZipFile(file) as packed:
        inside = {entry.filename: entry.file_size for entry in packed.infolist()}
    file.seek(0)
    if _INSIDE not in inside or _MACROS in inside:
        raise _unreadable("%(file)s is no .xlsx without macros: save it as .xlsx.", name)
    if sum(inside.values()) > _MOST_UNPACKED:
        sentence = "%(file)s is too large as XLSX: save it as “CSV UTF-8”."
        raise ReportError("dossiers.too_large", sentence, file=name)


def _sheets(file: IO[bytes]) -> Sequence[Worksheet]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions it drops; a list of dossiers needs none.
        warnings.simplefilter("ignore")
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
    return cast("Sequence[Worksheet]", book.worksheets)


def _columns(sheet: Worksheet) -> int:
    """Return how many columns are needed to read a sheet of dossiers; 0 when it is none."""
    rows = islice(_cells(sheet, _MOST_COLUMNS), _HEADER_WITHIN)
    headers = [read_header(cells).places for _, cells in rows]
    known = [places for places in headers if "received" in places and len(places) > 1]
    return max((place + 1 for places in known for place in places.values()), default=0)


def _cells(sheet: Worksheet, columns: int) -> Iterator[Row]:
    return enumerate(sheet.iter_rows(max_col=columns, values_only=True), start=1)


def _undamaged(rows: Iterator[Row], name: str) -> Iterator[Row]:
    try:
        yield from rows
    except _DAMAGE as error:
        raise _unreadable(_DAMAGED, name) from error


def _unreadable(sentence: str, name: str) -> ReportError:
    return ReportError("dossiers.unreadable", sentence, file=name)
