"""A TinyDB storage and table that only ever append: one event, one checksummed line, one fsync.

TinyDB's own storage rewrites the whole file at every insert, in place: the cost grows with the
day, and a power cut in the middle leaves nothing readable. Here an insert is one `write` at the end
of the file and one `fsync`, whatever the file holds already.

A line is `CCCCCCCC {...}` and a newline: the CRC-32 of the JSON text in hexadecimal, then the text.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec
from tinydb.storages import Storage
from tinydb.table import Document, Table

from motcua.office import Damage, JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_CRC_CHARS = 8
_HEAD_CHARS = _CRC_CHARS + 1
TABLE = "events"


def to_line(document: Mapping[str, Any]) -> bytes:
    """Return the document as one checksummed line."""
    text = msgspec.json.encode(document)
    return b"%08x %s\n" % (zlib.crc32(text), text)


def from_line(line: bytes) -> dict[str, Any] | None:
    """Return the document of a line without its newline; None when it is damaged."""
    text = line[_HEAD_CHARS:]
    if line[:_HEAD_CHARS] != b"%08x " % zlib.crc32(text):
        return None
    with contextlib.suppress(msgspec.DecodeError):
        document = msgspec.json.decode(text)
        if isinstance(document, dict):
            return document
    return None


class DayFileStorage(Storage):
    """One file of lines, opened to be read, or to be written and then repaired first."""

    def __init__(self, path: str, *, writer: bool = False, durable: bool = True) -> None:
        """Open the file at `path`; a writer creates it when it is not there.

        Args:
            path: the day's file; its folder must exist.
            writer: True repairs and appends: only the one process that owns the journal may.
            durable: False leaves it to the system when to write: only for days that can be made
                again.
        """
        self._path = Path(path)
        self._durable = durable
        self._size = 0
        self.damage: list[Damage] = []
        self._file: int | None = None
        if writer:
            is_new = not self._path.exists()
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o640)
            if is_new and durable:
                _sync_folder(self._path.parent)
            self._size = self._repair(self._file)

    def documents(self) -> Iterator[dict[str, Any]]:
        """Yield the sound documents in the order they were written, whole commands only."""
        command: list[dict[str, Any]] = []
        with self._path.open("rb") as lines:
            for line in lines:
                document = from_line(line.rstrip(b"\n"))
                if document is None:
                    continue
                command.append(document)
                if not document.get("left"):
                    yield from command
                    command = []

    def append(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Add documents with one write and one fsync: all of them or none.

        Raises:
            JournalError: the disk refused; the file is as it was.
            TypeError: opened for reading only.
        """
        if self._file is None:
            _refuse()
        data = b"".join(map(to_line, documents))
        try:
            written = os.write(self._file, data)
            if written != len(data):
                message = "the disk is full"
                raise OSError(message)
            if self._durable:
                os.fdatasync(self._file)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, self._size)
            message = f"{self._path.name}: {error.strerror or error}"
            raise JournalError(message) from error
        self._size += len(data)

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the whole file in TinyDB's form."""
        return {TABLE: {str(document["seq"]): document for document in self.documents()}}

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        """Refuse: a journal is never rewritten."""
        _refuse()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)

    def _repair(self, file: int) -> int:
        """Cut what a power cut left at the end; return the size of what stays.

        Lines after the last complete command, and a torn or damaged tail, were never acknowledged
        to anybody: they go. A damaged line with sound ones after it stays where it is and is told.
        """
        good_end = offset = 0
        bad: list[Damage] = []
        with self._path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                document = from_line(line[:-1]) if line.endswith(b"\n") else None
                offset += len(line)
                if document is None:
                    bad.append(Damage(self._path.name, number, cut=False))
                elif not document.get("left"):
                    self.damage += bad
                    bad = []
                    good_end = offset
        if good_end < offset:
            self._cut(file, good_end, offset)
        return good_end

    def _cut(self, file: int, good_end: int, size: int) -> None:
        """Keep the cut bytes beside the file, then shorten it."""
        with self._path.with_suffix(".cut").open("ab") as aside:
            aside.write(os.pread(file, size - good_end, good_end))
        os.ftruncate(file, good_end)
        os.fsync(file)
        self.damage.append(Damage(self._path.name, None, cut=True, bytes_lost=size - good_end))


class JournalTable(Table):
    """A TinyDB table whose inserts are appends and whose documents are never changed."""

    default_query_cache_capacity = 0

    def insert(self, document: Mapping[str, Any]) -> int:
        """Append one document; its `seq` is its id."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append documents, all or none; their `seq`s are their ids."""
        kept = list(documents)
        self._day_file().append(kept)
        return [document["seq"] for document in kept]

    def __iter__(self) -> Iterator[Document]:
        """Yield the documents in the order they were written, reading the file as it goes."""
        for document in self._day_file().documents():
            yield Document(document, document["seq"])

    def update(self, *_: object, **__: object) -> NoReturn:
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

    def _day_file(self) -> DayFileStorage:
        storage = self._storage
        if not isinstance(storage, DayFileStorage):
            message = "a journal table needs a day file"
            raise TypeError(message)
        return storage


def _refuse() -> NoReturn:
    message = "a journal only grows"
    raise TypeError(message)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
