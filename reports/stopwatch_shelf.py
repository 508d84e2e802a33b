"""The stopwatch sheets of a centre, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from motcua.reports.compared import Other
from motcua.reports.period import ReportError
from motcua.reports.stopwatch import Sheet, read_sheet
from motcua.sheets import MOST, Sheets, name_of

if TYPE_CHECKING:
    from motcua.queue.rules import Rules
    from motcua.reports.choice import Question


@dataclass(frozen=True, slots=True)
class Shelved:
    """A sheet that is kept."""

    name: str
    sheet: Sheet | None
    """None: it can no longer be read, for the centre's services have changed."""


class Shelf:
    """Keeps stopwatch sheets, as sheets."""

    def __init__(self, sheets: Sheets) -> None:
        """Keep them in `sheets`."""
        self._sheets = sheets

    def names(self) -> list[str]:
        """Return the names of the sheets kept."""
        return self._sheets.names()

    def all(self, rules: Rules, today: date) -> Iterator[Shelved]:
        """Yield the sheets kept."""
        for name in self.names():
            try:
                yield Shelved(name, self.sheet(name, rules, today))
            except ReportError:
                yield Shelved(name, None)

    def sheet(self, name: str, rules: Rules, today: date) -> Sheet:
        """Return a sheet.

        Raises:
            ReportError: `sheet.unknown`, or what `read_sheet` raises.
        """
        data = self._sheets.read(name)
        if data is None:
            raise ReportError("sheet.unknown", "There is no stopwatch sheet %(name)s.", name=name)
        return read_sheet(data, name, rules, today)

    def keep(self, sheet: Sheet) -> str:
        """Keep a sheet, with the columns that are read; return the name it is kept under.

        Raises:
            ReportError: `sheet.exists` or `sheet.too_many`.
            OSError: the disk refused; nothing is kept.
        """
        name = name_of(sheet.name)
        if len(self.names()) >= MOST:
            sentence = "There are %(most)s stopwatch sheets already: remove one first."
            raise ReportError("sheet.too_many", sentence, most=MOST)
        if not self._sheets.keep(name, sheet.to_bytes()):
            sentence = "There is a stopwatch sheet %(name)s already: remove it, or rename the file."
            raise ReportError("sheet.exists", sentence, name=name)
        return name

    def remove(self, name: str) -> bool:
        """Remove a sheet; return False when there is none of that name.

        Raises:
            OSError: the disk refused.
        """
        return self._sheets.remove(name)

    def other(self, asked_for: Question, rules: Rules, today: date) -> Other | None:
        """Return what a question compares with.

        Raises:
            ReportError: see `sheet`.
        """
        if asked_for.sheet:
            return self.sheet(asked_for.sheet, rules, today)
        return asked_for.other
