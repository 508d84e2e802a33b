"""The months that are kept as sums, in `HOME/months/`: which there are, and what they took in.

A month that has a file is read from it, whatever rows are still there: so the rows may go one by
one afterwards, and a power cut in between neither loses nor doubles anything.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from motcua import month_table
from motcua.home import write_atomic
from motcua.journal.disk import Disk
from motcua.mendable import MendableError
from motcua.month_table import Heading, MonthTable, Source

if TYPE_CHECKING:
    from motcua.queue.record import Record

_FILES = "????-??.json"
_NAME = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class MonthError(MendableError):
    """The sums of a month cannot be read, and nothing can make them again."""

    def __init__(self, month: str, why: str) -> None:
        """Name the month, `YYYY-MM`, and the reason."""
        self.month = month
        super().__init__(f"months/{month}.json: {why}")


class Months:
    """Reads and writes the files of months."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        """Use `folder`, which need not be there.

        Args:
            folder: of the files.
            disk: what is written through; the machine's unless given.
        """
        self._folder = folder
        self._disk = disk or Disk()
        self._known: dict[str, tuple[tuple[int, int], Heading]] = {}

    def names(self) -> list[str]:
        """Return the months that have a file, `YYYY-MM`, oldest first."""
        return sorted(path.stem for path in self._folder.glob(_FILES) if _NAME.fullmatch(path.stem))

    def headings(self) -> list[Heading]:
        """Return the headings of all months, oldest first; a damaged one is left out.

        So the rows of a damaged month, where they are still there, count again.
        """
        return [heading for name in self.names() if (heading := self._heading(name))]

    def damaged(self) -> list[str]:
        """Return the months whose file cannot be read whole."""
        return [name for name in self.names() if not self._is_sound(name)]

    def table(self, month: str) -> MonthTable:
        """Return the sums of a month.

        Raises:
            MonthError: its file is damaged, or of a newer version.
        """
        try:
            return month_table.from_bytes(self._path(month).read_bytes())[0]
        except (OSError, ValueError) as error:
            raise MonthError(month, str(error)) from error

    def put(self, table: MonthTable, closed: str, sources: Iterable[Source]) -> None:
        """Keep a month for good, then read it back.

        Raises:
            OSError: the disk refused.
            MonthError: what was written cannot be read back.
        """
        self._disk.make_folder(self._folder)
        data = month_table.to_bytes(table, closed, sources)
        write_atomic(self._path(table.month), data, self._disk)
        if self.table(table.month) != table:
            raise MonthError(table.month, "it reads otherwise than it was written")

    def taken(self) -> dict[str, set[str]]:
        """Return which months took in rows of a business day, by its name."""
        found: dict[str, set[str]] = {}
        for heading in self.headings():
            for source in heading.sources:
                found.setdefault(source.day, set()).add(heading.month)
        return found

    def gone(self) -> dict[str, Source]:
        """Return the business days that are all in sums: their rows are gone, or may go."""
        return reduced(self.headings())

    def _heading(self, month: str) -> Heading | None:
        path = self._path(month)
        try:
            state = path.stat()
            stamp = (state.st_mtime_ns, state.st_ino)
            known = self._known.get(month)
            if known is None or known[0] != stamp:
                with path.open("rb") as file:
                    known = (stamp, month_table.heading_of(file.readline()))
                self._known[month] = known
        except (OSError, ValueError):
            return None
        return known[1]

    def _is_sound(self, month: str) -> bool:
        try:
            self.table(month)
        except MonthError:
            return False
        return True

    def _path(self, month: str) -> Path:
        return self._folder / f"{month}.json"


def whole(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month `YYYY-MM`."""
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def reduced(headings: Iterable[Heading]) -> dict[str, Source]:
    """Return the business days that are all in sums, by name: their rows may go, or are gone."""
    found: dict[str, list[Source]] = {}
    for heading in headings:
        for source in heading.sources:
            found.setdefault(source.day, []).append(source)
    return {day: held[0] for day, held in found.items() if len(held) == len(held[0].months)}


def begins_like(source: Source, first: Record) -> bool:
    """Return whether a day that begins with the record `first` is the one a month took in."""
    began = (first.seq, first.at.boot, first.at.mono)
    return began == (source.first_seq, source.boot, source.mono)


def holds(source: Source | None, records: Iterator[Record]) -> bool:
    """Return whether a month took in all records of a day: the same beginning, no later end."""
    first = next(records, None)
    if source is None or first is None:
        return first is None
    last_seq = max((record.seq for record in records), default=first.seq)
    return begins_like(source, first) and last_seq <= source.last_seq
