"""Opening a CSV that anyone may have saved, and telling kindly what is none."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

from motcua.catalogue.errors import CatalogueError
from motcua.catalogue.table import Row, Table

_MOST_BYTES = 10 * 1024 * 1024
_DELIMITERS = ",;\t"
_STRANGERS = (b"%PDF", b"<", b"{\\rtf", b"\xff\xd8\xff", b"\x89PNG")
"""How a PDF, a web page, a text document and pictures begin."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def read_bytes(path: Path) -> bytes:
    """Return what the file holds.

    Raises:
        CatalogueError: `catalogue.missing`, `catalogue.unreadable`, `catalogue.too_large`.
    """
    try:
        status = path.stat()
        # A device may have no size and no end.
        is_file = stat.S_ISREG(status.st_mode)
        if is_file and status.st_size <= _MOST_BYTES:
            return path.read_bytes()
    except FileNotFoundError:
        raise _refusal(
            "catalogue.missing", "There is no file %(file)s: check the name.", str(path)
        ) from None
    except (OSError, ValueError):
        is_file = False
    if is_file:
        raise _refusal(
            "catalogue.too_large",
            "%(file)s is larger than 10 MB, too large for a list of procedures: choose the right"
            " file.",
            path.name,
        )
    raise _refusal(
        "catalogue.unreadable",
        "%(file)s cannot be read: check that it is a file and that you may open it.",
        str(path),
    )


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
    refuse_strangers(raw, name)
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


def refuse_strangers(raw: bytes, name: str) -> None:
    """Refuse what is told by its first bytes to be no text.

    Raises:
        CatalogueError: it is of another kind; says which and what to do.
    """
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
