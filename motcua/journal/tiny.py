"""The journal of one box: a folder with one TinyDB file a business day."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tinydb import TinyDB

from motcua.journal.codec import to_document, to_record
from motcua.journal.dayfile import TABLE, DayFileStorage, JournalTable
from motcua.journal.disk import Disk
from motcua.journal.lines import Scan
from motcua.queue.record import Record
from motcua.record_keeping import Damage, JournalError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SUFFIX = ".jsonl"
_END_BYTES = 512
"""Enough for the last line, whose number and time no other day shares."""


class DayBook(TinyDB):
    """A TinyDB whose one table only grows."""

    table_class = JournalTable
    default_table_name = TABLE

    @property
    def events(self) -> JournalTable:
        """The one table."""
        table = self.table(TABLE)
        if not isinstance(table, JournalTable):
            raise TypeError("a day book holds a journal table")
        return table


class TinyJournal:
    """Keeps each business day in `FOLDER/YYYY-MM-DD.jsonl`.

    Only one process may write; any number may read meanwhile.
    """

    def __init__(self, folder: Path, *, durable: bool = True, disk: Disk | None = None) -> None:
        """Use `folder`, making it when it is not there.

        Args:
            folder: where the day files lie.
            durable: False skips the fsyncs; only for days that can be made again.
            disk: what is written through; the machine's unless given.
        """
        self._folder = folder
        self._disk = disk or Disk(durable=durable)
        self._disk.make_folder(folder)
        self._day = ""
        self._book: DayBook | None = None
        self.damage: list[Damage] = []

    def append(self, records: Sequence[Record]) -> None:
        """Keep `records`, all of one day, before returning.

        Raises:
            JournalError: the disk refused; nothing was kept.
        """
        self._own(records[0].day).insert_multiple(map(to_document, records))

    def read(self, day: str) -> Iterator[Record]:
        """Yield the sound records of a day in order; nothing is repaired."""
        path = self._path(day)
        if not path.exists():
            return
        scan = Scan(path)
        for line, document in scan.documents():
            try:
                yield to_record(document)
            except ValueError:
                self._tell(Damage(path.name, line, cut=False, after=document["seq"] - 1, records=1))
        for damage in scan.damage:
            self._tell(damage)

    def repair(self) -> None:
        """Cut a torn end of the last day now, not at the first record: only the owner may.

        Raises:
            JournalError: the disk refused.
        """
        for day in self.days()[-1:]:
            self._own(day)

    def days(self) -> list[str]:
        """Return the days that have a file, oldest first."""
        names = (path.stem for path in self._folder.glob(f"*{_SUFFIX}"))
        return sorted(name for name in names if _DAY.fullmatch(name))

    def mark(self, day: str) -> str:
        """Return the size of the day's file and a checksum of its end; read no more than that."""
        path = self._path(day)
        if not path.exists():
            return ""
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _END_BYTES))
            return f"{size}-{zlib.crc32(file.read()):08x}"

    def forget(self, day: str) -> None:
        """Remove a day, and what was cut of it, for good; never the last: the office goes on there.

        Raises:
            ValueError: it is the last day.
            JournalError: the disk refused.
        """
        if day == max(self.days(), default=""):
            raise ValueError(f"{day} is the last day")
        try:
            for path in (self._path(day).with_suffix(".cut"), self._path(day)):
                self._disk.remove(path)
        except OSError as error:
            raise JournalError(f"{day}{_SUFFIX}: {error.strerror or error}.") from error

    def close(self) -> None:
        """Let go of the open file."""
        if self._book:
            self._book.close()
        self._book = None

    def _own(self, day: str) -> JournalTable:
        """Open a day for writing, repairing its file first, and return its table."""
        if self._book is None or day != self._day:
            self.close()
            path = self._path(day)
            try:
                # Even if it is there: whoever made it may have been stopped before this.
                self._disk.sync_folder(self._folder.parent)
                self._book = DayBook(str(path), storage=DayFileStorage, disk=self._disk)
            except OSError as error:
                raise JournalError(f"{path.name}: {error.strerror or error}.") from error
            self._day = day
            for damage in self._book.events.day_file.damage:
                self._tell(damage)
        return self._book.events

    def _tell(self, damage: Damage) -> None:
        if damage not in self.damage:
            self.damage.append(damage)

    def _path(self, day: str) -> Path:
        return self._folder / f"{day}{_SUFFIX}"
