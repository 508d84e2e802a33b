"""The few things that are done to the disk. Another one takes its place to see it fail or tell."""

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
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o640)
        try:
            # Even if it is there: whoever made it may have been stopped before this.
            self.sync_folder(path.parent)
        except OSError:
            self.close(file)
            raise
        return file

    def create(self, path: Path) -> int:
        """Make a new file, its owner's alone; return its handle. Its name may not last."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

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

    def replace(self, file: Path, path: Path) -> None:
        """Let a file take the name, and the place, of another of its folder, for good."""
        file.replace(path)
        self.sync_folder(path.parent)

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there, for good."""
        path.unlink(missing_ok=True)
        self.sync_folder(path.parent)

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
