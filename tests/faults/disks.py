"""Disks that fail: full, broken, read only, or so slow that one must wait for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EIO, ENOSPC, EROFS
from pathlib import Path
from threading import Event

from motcua.journal.disk import Disk

PATIENCE_S = 30.0
FAULTS = ("full", "half", "half and stuck", "full at sync", "broken at sync", "read only", "broken")
"""What can be wrong with a disk, see `BadDisk`."""


class BadDisk(Disk):
    """A disk that is well, until `fault` says otherwise; it heals when `fault` is empty again."""

    def __init__(self) -> None:
        """Be well."""
        super().__init__(durable=False)
        self.fault = ""

    def open(self, path: Path) -> int:
        """Open; not even that on a disk that was mounted to be read only."""
        if self.fault == "read only":
            raise _error(EROFS)
        return super().open(path)

    def append(self, file: int, data: bytes) -> int:
        """Write all, a part, or nothing."""
        if self.fault == "full":
            raise _error(ENOSPC)
        if self.fault == "read only":
            raise _error(EROFS)
        if self.fault == "broken":
            raise _error(EIO)
        if self.fault.startswith("half"):
            return super().append(file, data[: len(data) // 2])
        return super().append(file, data)

    def sync(self, file: int) -> None:
        """Refuse what was written already: delayed allocation finds the disk full this late."""
        if self.fault == "full at sync":
            raise _error(ENOSPC)
        if self.fault == "broken at sync":
            raise _error(EIO)
        super().sync(file)

    def cut(self, file: int, size: int) -> None:
        """Shorten a file, unless even that is refused."""
        if self.fault in ("half and stuck", "broken", "read only"):
            raise _error(EIO)
        super().cut(file, size)


class SlowDisk(Disk):
    """A disk whose syncs wait until they are let through."""

    def __init__(self) -> None:
        """Be quick, unless `held`."""
        super().__init__(durable=False)
        self._may_go_on = Event()
        self._may_go_on.set()
        self.asked = Event()
        """Set once a sync waits."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let the syncs wait as long as the context lasts."""
        self.asked.clear()
        self._may_go_on.clear()
        try:
            yield
        finally:
            self._may_go_on.set()

    def sync(self, file: int) -> None:
        """Wait."""
        self.asked.set()
        assert self._may_go_on.wait(PATIENCE_S), "nobody released the disk"
        super().sync(file)


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
