"""A TinyDB storage and table that only ever append: one event, one checksummed line, one fsync.

TinyDB's own storage rewrites the whole file at every insert, in place: the cost grows with the
day, and a power cut in the middle leaves nothing readable. Here an insert is one `write` at the end
of the file and one `fsync`, whatever the file holds already.

A line is `CCCCCCCC {...}` and a newline: the CRC-32 of the JSON text in hexadecimal, then the text.
What a reader may meet at a line, and what becomes of it:

- sound: it counts, with the whole of its command;
- the last line without its newline, or the last command without its last line: the power went
  while it was written, nobody was ever told it was kept: the owner cuts it;
- damaged with its newline: the disk did that to a line that was kept: it is passed over and told.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import msgspec
from tinydb.storages import Storage
from tinydb.table import Document, Table

from motcua.journal.disk import Disk
from motcua.office import Damage, JournalError

_HEAD_BYTES = 9
"""Checksum and space before the text."""
SHORTEST_ISSUE_BYTES = 200
"""No line of an issued number is shorter: so many bytes of damage hide at most one number."""
TABLE = "events"


def to_line(document: Mapping[str, Any]) -> bytes:
    """Return the document as one checksummed line."""
    text = msgspec.json.encode(document)
    return b"%08x %s\n" % (zlib.crc32(text), text)


def from_line(line: bytes) -> dict[str, Any] | None:
    """Return the document of a line without its newline; None when it is damaged."""
    text = line[_HEAD_BYTES:]
    if line[:_HEAD_BYTES] != b"%08x " % zlib.crc32(text):
        return None
    with contextlib.suppress(msgspec.DecodeError):
        document = msgspec.json.decode(text)
        if isinstance(document, dict) and isinstance(document.get("seq"), int):
            return document
    return None


@dataclass(slots=True)
class Scan:
    """One reading of a day file from its start."""

    path: Path
    damage: list[Damage] = field(default_factory=list)
    """Damaged lines met so far."""
    kept_bytes: int = 0
    """Everything before this stays."""
    read_bytes: int = 0
    last_seq: int = 0
    """Number of the last sound record, 0 when there is none before."""

    def documents(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield line number and document of the sound records, whole commands only."""
        command: list[tuple[int, dict[str, Any]]] = []
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                self.read_bytes += len(line)
                if not line.endswith(b"\n"):
                    return
                document = from_line(line[:-1])
                if document:
                    command.append((number, document))
                    if document.get("left"):
                        continue
                yield from command
                if command:
                    self.last_seq = command[-1][1]["seq"]
                if not document:
                    self._tell(number, len(line))
                self.kept_bytes = self.read_bytes
                command = []

    def _tell(self, number: int, size: int) -> None:
        hides = max(1, size // SHORTEST_ISSUE_BYTES)
        damage = Damage(
            self.path.name, number, cut=False, bytes_lost=size, after=self.last_seq, records=hides
        )
        self.damage.append(damage)


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

    def append(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Add documents with one write and one fsync: all of them or none.

        Raises:
            JournalError: the disk refused; the file is as it was.
            TypeError: opened to be read.
        """
        if self._disk is None:
            _refuse()
        data = b"".join(map(to_line, documents))
        try:
            self._put(self._disk, data)
        except OSError as error:
            self._torn = True
            with contextlib.suppress(OSError):
                self._mend(self._disk)
            raise JournalError(f"{self._path.name}: {error.strerror or error}.") from error
        self._size += len(data)

    def _put(self, disk: Disk, data: bytes) -> None:
        self._mend(disk)
        if disk.append(self._file, data) != len(data):
            raise OSError("No space left on device")
        disk.sync(self._file)

    def _mend(self, disk: Disk) -> None:
        """Cut what a failed write left: the next line must begin at the start of a line."""
        if self._torn:
            disk.cut(self._file, self._size)
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
            self._keep_aside(scan.kept_bytes)
            disk.cut(self._file, scan.kept_bytes)
            disk.sync(self._file)
            self.damage = [Damage(self._path.name, None, cut=True, bytes_lost=lost)]
        return scan.kept_bytes

    def _keep_aside(self, offset: int) -> None:
        """Copy what will be cut: somebody may want to look at it; nothing depends on it."""
        with contextlib.suppress(OSError), self._path.open("rb") as file:
            file.seek(offset)
            with self._path.with_suffix(".cut").open("ab") as aside:
                aside.write(file.read() + b"\n")


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
