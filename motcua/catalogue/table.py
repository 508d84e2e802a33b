"""A table as it lies in a file: rows of cells, each with the place a person finds it at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from motcua.catalogue.spelling import tidy


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
