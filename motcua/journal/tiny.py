"""The journal of one box: a folder with one TinyDB file a business day."""

from __future__ import annotations

import os
import re
import zlib
from typing import TYPE_CHECKING

from tinydb import TinyDB

from motcua.journal.codec import to_document, to_record
from motcua.journal.dayfile import TABLE, DayFileStorage, JournalTable
from motcua.office import Damage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from motcua.queue.record import Record

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SUFFIX = ".jsonl"
_END_BYTES = 512
"""Enough for the last line, whose number and time no other day shares."""


class DayBook(TinyDB):
    """A TinyDB whose one table only grows."""

    table_class = JournalTable
    default_table_name = TABLE


class TinyJournal:
    """Keeps each business day in `FOLDER/YYYY-MM-DD.jsonl`.

    Only one process may write; any number may read meanwhile.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Use `folder`, making it when it is not there.

        Args:
            folder: where the day files lie.
            durable: False skips the fsyncs; only for days that can be made again.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._durable = durable
        self._day = ""
        self._book: DayBook | None = None
        self.damage: list[Damage] = []

    def append(self, records: Sequence[Record]) -> None:
        """Keep `records`, all of one day, before returning.

        Raises:
            JournalError: the disk refused; nothing was kept.
        """
        self.own(records[0].day).insert_multiple(map(to_document, records))

    def own(self, day: str) -> JournalTable:
        """Open a day for writing, repairing its file first, and return its table."""
        if self._book is None or day != self._day:
            self.close()
            self._book = self._open(day, writer=True)
            self._day = day
            self.damage += self._book.storage.damage  # type: ignore[attr-defined]
        return self._book.table(TABLE)  # type: ignore[return-value]

    def read(self, day: str) -> Iterator[Record]:
        """Yield the sound records of a day in order."""
        if not self._path(day).exists():
            return
        for document in self._open(day, writer=False).table(TABLE):
            try:
                yield to_record(document)
            except ValueError:
                damage = Damage(self._path(day).name, document.get("seq"), cut=False)
                if damage not in self.damage:
                    self.damage.append(damage)

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

    def close(self) -> None:
        """Let go of the open file."""
        if self._book:
            self._book.close()
        self._book = None

    def _open(self, day: str, *, writer: bool) -> DayBook:
        path = str(self._path(day))
        return DayBook(path, storage=DayFileStorage, writer=writer, durable=self._durable)

    def _path(self, day: str) -> Path:
        return self._folder / f"{day}{_SUFFIX}"
