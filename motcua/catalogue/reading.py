"""Reading a file of any form we know, told by its content: what each row states, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.catalogue import rows
from motcua.catalogue.csv_file import read_bytes, read_csv
from motcua.catalogue.errors import CatalogueError
from motcua.catalogue.headings import find_header
from motcua.catalogue.sheet import read_sheet
from motcua.catalogue.stated import PassedOver, Stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from motcua.catalogue.table import Table


_ZIP = b"PK\x03\x04"


def read_stated(path: Path) -> list[Stated | PassedOver]:
    """Return what the rows of the file state; sheets without a header are left out.

    Raises:
        CatalogueError: the file cannot be read, or no sheet has a header we know.
    """
    tables = _tables(path)
    if all(row.blank for table in tables for row in table.rows):
        raise CatalogueError(
            "catalogue.empty", "%(file)s is empty: choose the right file.", file=path.name
        )
    known = [found for table in tables if (found := _read(table, path.name)) is not None]
    if not known:
        raise CatalogueError(
            "catalogue.no_header",
            "%(file)s has no header row with “Mã TTHC” and “Tên TTHC” (or code and name_vi): choose"
            " a list of procedures.",
            file=path.name,
        )
    return [stated for found in known for stated in found]


def _tables(path: Path) -> list[Table]:
    raw = read_bytes(path)
    if raw.startswith(_ZIP):
        # openpyxl is heavy, and a centre that only reads its CSV never needs it.
        from motcua.catalogue.workbook import read_workbook

        return read_workbook(raw, path.name)
    return [read_csv(raw, path.name)]


def _read(table: Table, name: str) -> Iterator[Stated | PassedOver] | None:
    first = next((place for place, row in enumerate(table.rows) if not row.blank), None)
    if first is None:
        return None
    ours = rows.header_of(table.rows[first], name)
    if ours:
        return _read_ours(table, first, ours)
    found = find_header(table)
    return read_sheet(table, *found) if found else None


def _read_ours(table: Table, first: int, header: Sequence[str]) -> Iterator[Stated]:
    for row in table.rows[first + 1 :]:
        if not row.blank:
            values, wrong = rows.stated(row, header, padded=table.padded)
            code = str(values.pop("code", ""))
            yield Stated(row.place, code, values, wrong=tuple(wrong))
