"""The access file: one small JSON file, replaced whole, changed by one at a time."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec
from tinydb.storages import Storage
from tinydb.table import Table

from motcua.home import write_atomic
from motcua.mendable import MendableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OWNER_ONLY = 0o600


class AccessError(MendableError):
    """A change of staff, tokens or devices was refused; the sentence says why."""


class AtomicJSONStorage(Storage):
    """A TinyDB storage for a small file: each write replaces it whole, atomically."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it need not be there."""
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self._data: dict[str, dict[str, Any]] = {}

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return a copy of the tables; read the file again only when it was replaced.

        A copy, because TinyDB changes what it was given before it writes: a write the disk refuses
        must leave nothing behind.
        """
        try:
            state = self._path.stat()
        except FileNotFoundError:
            return None
        if (stamp := (state.st_mtime_ns, state.st_ino, state.st_size)) != self._stamp:
            self._data = msgspec.json.decode(self._path.read_bytes())
            self._stamp = stamp
        return {
            name: {key: dict(document) for key, document in table.items()}
            for name, table in self._data.items()
        }

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file.

        Raises:
            OSError: the disk refused; the file is as it was.
        """
        tables = {
            name: {str(key): doc for key, doc in table.items()} for name, table in data.items()
        }
        write_atomic(self._path, msgspec.json.format(msgspec.json.encode(tables)))


class AccessFile:
    """The tables of one access file, shared by the threads of a centre and the command line."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it need not be there."""
        self._path = path
        self._storage = AtomicJSONStorage(path)
        self._lock = Lock()

    def table(self, name: str) -> Table:
        """Return a table as it is now.

        A fresh one each time: TinyDB counts ids in memory, and would give one away twice when
        another process has added a document.
        """
        return Table(self._storage, name, cache_size=0)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Let no other thread or process change the file while the context lasts. Never nested.

        Raises:
            OSError: the disk refused the lock.
        """
        with self._lock:
            path = self._path.with_name(".access.lock")
            lock = os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            finally:
                os.close(lock)
