"""The few things a journal does to the disk. Another one takes its place to see it fail or tell."""

from __future__ import annotations

import os
from pathlib import Path


class Disk:
    """The machine's disk. Every method may raise `OSError`."""

    def __init__(self, *, durable: bool = True) -> None:
        """Use the machine's disk.

        Args:
            durable: False leaves it to the system when to write: only for what can be made again.
        """
        self._durable = durable

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it that are missing, for good."""
        if path.is_dir():
            return
        self.make_folder(path.parent)
        path.mkdir(exist_ok=True)
        self.sync_folder(path.parent)

    def open(self, path: Path) -> int:
        """Open a file to be appended to, making it when it is not there; return its handle."""
        is_new = not path.exists()
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o640)
        if is_new:
            self.sync_folder(path.parent)
        return file

    def append(self, file: int, data: bytes) -> int:
        """Write at the end of a file; return how many bytes went in: fewer when it is full."""
        return os.write(file, data)

    def sync(self, file: int) -> None:
        """Return when what was written to a file would survive a power cut."""
        if self._durable:
            os.fdatasync(file)

    def cut(self, file: int, size: int) -> None:
        """Shorten a file to `size` bytes."""
        os.ftruncate(file, size)

    def close(self, file: int) -> None:
        """Let go of a file."""
        os.close(file)

    def sync_folder(self, path: Path) -> None:
        """Return when the names in a folder would survive a power cut."""
        if not self._durable:
            return
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
