"""A TinyDB storage and table that only ever append: one event, one checksummed line, one fsync.

TinyDB's own storage rewrites the whole file at every insert, in place: the cost grows with the
day, and a power cut in the middle leaves nothing readable. Here an insert is one `write` at the end
of the file and one `fsync`, whatever the file holds already.

What a line is, and what may have become of it: `motcua.journal.lines`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from tinydb.storages import Storage
from tinydb.table import Document, Table

from motcua.journal.disk import Disk
from motcua.journal.lines import Scan, to_line
from motcua.record_keeping import Damage, JournalError

TABLE = "events"


class DayFileStorage(Storage):
    """One file of lines, opened to be read, or to be written and then repaired first."""

    def __init__(self, path: str, *, disk: Disk | None = None) -> None:
        """Open the file at `path`.

        Args:
            path: the day's file.
            disk: writes through it, after repairing: only the one process that owns the journal
                may. None opens the file to be read.

        Raises:
            OSError: it cannot be opened.
        """
        self._path = Path(path)
        self._size = 0
        self._torn = False
        self._missing = b""
        """Newline that damage took from the end of the file: the next line begins with it."""
        self._disk = disk
        self.damage: list[Damage] = []
        if disk:
            self._file = disk.open(self._path)
            try:
                self._size = self._repair(disk)
            except OSError:
                self.close()
                raise

    def scan(self) -> Scan:
        """Return a new reading of the file."""
        return Scan(self._path)

    def append(self, documents: Sequence[Mapping[str, Any]]) -> None:
        """Add the documents of one command with one write and one fsync: all of them or none.

        Raises:
            JournalError: the disk refused; the file is as it was.
            TypeError: opened to be read.
        """
        if self._disk is None:
            _refuse()
        data = self._missing + to_line(documents)
        try:
            self._put(self._disk, data)
        except OSError as error:
            self._torn = True
            with contextlib.suppress(OSError):
                self._mend(self._disk)
            raise JournalError(f"{self._path.name}: {error.strerror or error}.") from error
        self._size += len(data)
        self._missing = b""

    def _put(self, disk: Disk, data: bytes) -> None:
        self._mend(disk)
        if disk.append(self._file, data) != len(data):
            raise OSError("No space left on device")
        disk.sync(self._file)

    def _mend(self, disk: Disk) -> None:
        """Cut what a failed write left, for good: what was refused must not come back."""
        if self._torn:
            disk.cut(self._file, self._size)
            disk.sync(self._file)
            self._torn = False

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the whole file in TinyDB's form."""
        return {TABLE: {str(document["seq"]): document for _, document in self.scan().documents()}}

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:  # noqa: ARG002 - TinyDB's name
        """Refuse: a journal is never rewritten."""
        _refuse()

    def close(self) -> None:
        """Let go of the file."""
        if self._disk:
            self._disk.close(self._file)
            self._disk = None

    def _repair(self, disk: Disk) -> int:
        """Cut what a power cut left at the end; return the size of what stays."""
        scan = self.scan()
        for _ in scan.documents():
            pass
        lost = self._path.stat().st_size - scan.kept_bytes
        if lost:
            self._keep_aside(disk, scan.kept_bytes)
            disk.cut(self._file, scan.kept_bytes)
            self.damage = [Damage(self._path.name, None, cut=True, bytes_lost=lost)]
        self._missing = b"\n" if scan.ends_open else b""
        # Not only the cut: a process that was killed may have written what it did not sync.
        disk.sync(self._file)
        return scan.kept_bytes

    def _keep_aside(self, disk: Disk, offset: int) -> None:
        """Copy what will be cut: somebody may want to look at it; no event depends on it."""
        with contextlib.suppress(OSError):
            unfinished = self._path.read_bytes()[offset:]
            path = self._path.with_suffix(".cut")
            aside = disk.open(path)
            try:
                # The power may have gone between the last copy and the cut.
                if not path.read_bytes().endswith(unfinished):
                    disk.append(aside, unfinished)
                    disk.sync(aside)
            finally:
                disk.close(aside)


class JournalTable(Table):
    """A TinyDB table whose inserts are appends and whose documents are never changed."""

    default_query_cache_capacity = 0

    def insert(self, document: Mapping[str, Any]) -> int:
        """Append one document; its `seq` is its id."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append documents, all or none; their `seq`s are their ids."""
        kept = list(documents)
        self.day_file.append(kept)
        return [document["seq"] for document in kept]

    def __iter__(self) -> Iterator[Document]:
        """Yield the documents in the order they were written, reading the file as it goes."""
        for _, document in self.day_file.scan().documents():
            yield Document(document, document["seq"])

    def update(self, *_: object, **__: object) -> NoReturn:
        """Refuse: facts are not edited."""
        _refuse()

    def update_multiple(self, *_: object, **__: object) -> NoReturn:
        """Refuse: facts are not edited."""
        _refuse()

    def upsert(self, *_: object, **__: object) -> NoReturn:
        """Refuse: facts are not edited."""
        _refuse()

    def remove(self, *_: object, **__: object) -> NoReturn:
        """Refuse: facts are not deleted."""
        _refuse()

    def truncate(self) -> NoReturn:
        """Refuse: facts are not deleted."""
        _refuse()

    @property
    def day_file(self) -> DayFileStorage:
        """The storage the table stands on."""
        if not isinstance(self._storage, DayFileStorage):
            raise TypeError("a journal table needs a day file")
        return self._storage


def _refuse() -> NoReturn:
    raise TypeError("a journal only grows")
