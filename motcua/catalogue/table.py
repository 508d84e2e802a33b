"""A table as it lies in a file: rows of cells, each with the place a person finds it at."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from motcua.catalogue.errors import CatalogueError
from motcua.catalogue.spelling import tidy

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 10 * 1024 * 1024
_DELIMITERS = ",;\t"
_ZIP = b"PK\x03\x04"
_STRANGERS = (b"%PDF", b"<", b"{\\rtf", b"\xff\xd8\xff", b"\x89PNG")
"""How a PDF, a web page, a text document and pictures begin."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell without a plain value, e.g. a formula."""

    sentence: str
    """What is wrong and what to do, for people."""


Cell = str | int | float | date | datetime | bool | Unreadable | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    place: str
    """Where a person finds it: `12`, or `Sheet2!12`."""
    cells: tuple[Cell, ...]

    @property
    def blank(self) -> bool:
        """Return whether nothing stands in the row."""
        return all(
            cell is None or (isinstance(cell, str) and not tidy(cell)) for cell in self.cells
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet, or of one CSV file."""

    rows: tuple[Row, ...]
    padded: bool = False
    """Whether cells left out at the end of a row are blank, as in a sheet, and not a mistake."""


def read_tables(path: Path) -> list[Table]:
    """Return the tables of an `.xlsx` or CSV file, told apart by content, not by name.

    Raises:
        CatalogueError: the file is missing, too large, of another kind, or damaged.
    """
    raw = read_bytes(path)
    if raw.startswith(_ZIP):
        # openpyxl is heavy, and a centre that only reads its CSV never needs it.
        from motcua.catalogue.workbook import read_workbook

        return read_workbook(raw, path.name)
    return [read_csv(raw, path.name)]


def read_bytes(path: Path) -> bytes:
    """Return what the file holds.

    Raises:
        CatalogueError: `catalogue.missing`, `catalogue.unreadable`, `catalogue.too_large`.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _refusal(
                "catalogue.too_large",
                "%(file)s is larger than 10 MB, too large for a list of procedures: choose the"
                " right file.",
                path.name,
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise _refusal(
            "catalogue.missing", "There is no file %(file)s: check the name.", str(path)
        ) from None
    except (OSError, ValueError):
        raise _refusal(
            "catalogue.unreadable",
            "%(file)s cannot be read: check that it is a file and that you may open it.",
            str(path),
        ) from None


def read_csv(raw: bytes, name: str) -> Table:
    """Return the table in the bytes of a CSV file: UTF-8, comma, semicolon or tab.

    Raises:
        CatalogueError: the bytes are another kind of file, or not UTF-8.
    """
    text = _decoded(raw, name)
    delimiter, text, skipped = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1 + skipped
    try:
        for cells in reader:
            rows.append(Row(str(line), tuple(cells)))
            line = reader.line_num + 1 + skipped
    except csv.Error:
        raise _refusal(
            "catalogue.torn",
            "%(file)s is no proper CSV at line %(line)s: check the quotation marks there.",
            name,
            line,
        ) from None
    return Table(tuple(rows))


def _decoded(raw: bytes, name: str) -> str:
    _refuse_strangers(raw, name)
    try:
        text = raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(
            "catalogue.encoding",
            "%(file)s is not UTF-8 at line %(line)s: save it again as “CSV UTF-8”.",
            name,
            raw.count(b"\n", 0, error.start) + 1,
        ) from None
    if "\0" in text:
        raise _wrong_kind(name)
    if not text.strip():
        raise _refusal("catalogue.empty", "%(file)s is empty: choose the right file.", name)
    return text


def _refuse_strangers(raw: bytes, name: str) -> None:
    if raw.startswith(_OLD_OFFICE):
        if _ENCRYPTED in raw:
            raise _refusal(
                "catalogue.locked",
                "%(file)s is protected by a password: remove it in Excel and save again.",
                name,
            )
        raise _refusal(
            "catalogue.old_excel",
            "%(file)s is in the old Excel form (.xls): open it and save it as .xlsx.",
            name,
        )
    if raw.startswith(_UTF16):
        raise _refusal(
            "catalogue.encoding",
            "%(file)s is not UTF-8 at line %(line)s: save it again as “CSV UTF-8”.",
            name,
            1,
        )
    beginning = raw.removeprefix(_BOM).lstrip()
    if beginning.startswith(_STRANGERS):
        raise _wrong_kind(name)


def _wrong_kind(name: str) -> CatalogueError:
    return _refusal(
        "catalogue.wrong_kind",
        "%(file)s is neither an Excel file (.xlsx) nor a CSV, whatever its name says: choose the"
        " right file.",
        name,
    )


def _refusal(code: str, sentence: str, name: str, line: int = 0) -> CatalogueError:
    return CatalogueError(code, sentence, file=name, line=line)


def _delimiter(text: str) -> tuple[str, str, int]:
    """Return the delimiter, the text without a `sep=` line, and the lines skipped."""
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith("sep=") and len(told) == len("sep=;") and told[-1] in _DELIMITERS:
        return told[-1], rest, 1
    return max(_DELIMITERS, key=first.count), text, 0
