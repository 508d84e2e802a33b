"""A centre's home folder: everything it owns lies in it."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.folders import data_folder
from motcua.journal.disk import Disk
from motcua.mendable import MendableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


_READABLE = 0o644
"""What a centre edits is no secret."""


class HomeBusyError(MendableError):
    """Another process is writing in this home."""


class Home:
    """Names the files of one centre."""

    def __init__(self, path: Path) -> None:
        """Use the folder at `path`; it need not be there yet."""
        self.path = path.resolve()
        self.centre = self.path / "centre.toml"
        self.procedures = self.path / "procedures.csv"
        self.journal = self.path / "journal"
        self.visits = self.path / "visits"
        """Tables of closed days: a cache, rebuilt from the journal at will."""
        self.months = self.path / "months"
        """Sums of months whose rows are gone: nothing can make them again."""
        self.slips = self.path / "slips"
        """What a virtual printer printed."""
        self.access = self.path / "access.json"
        self.audit = self.path / "audit"
        self.stopwatch = self.path / "stopwatch"
        """Waits noted by hand before there was a machine."""
        self.cache = self.path / "cache"
        self.restoring = self.path.parent / f"{self.path.name}.restoring"
        """A backup on its way into the home's place."""
        self.replaced = self.path.parent / f"{self.path.name}.before-restore"
        """The home as it was before the last restore."""
        self._secret = self.path / "secret"

    def prepare(self) -> bool:
        """Write the starter files that are missing; return whether the home is new."""
        Disk().make_folder(self.path)
        is_new = not self.centre.exists()
        for starter in (self.centre, self.procedures):
            if not starter.exists():
                write_atomic(starter, (data_folder("config") / starter.name).read_bytes())
                starter.chmod(_READABLE)
        self.cache.mkdir(mode=0o700, exist_ok=True)
        return is_new

    def secret(self) -> str:
        """Return the key that signs sessions, made once."""
        if not self._secret.exists():
            write_atomic(self._secret, secrets.token_hex(32).encode())
        return self._secret.read_text(encoding="ascii")

    @contextmanager
    def owned(self) -> Iterator[None]:
        """Be the one process that writes the journal, as long as the context lasts.

        Raises:
            HomeBusyError: another process is.
        """
        self._undo_broken_restore()
        Disk().make_folder(self.path)
        with self._locked(self.path):
            shutil.rmtree(self.restoring, ignore_errors=True)
            yield

    def _undo_broken_restore(self) -> None:
        """Put the old home back when the power went after it made way for a backup."""
        made_way = self.replaced.exists() and not self.path.exists()
        if made_way and self.restoring.exists():
            with self._locked(self.replaced):  # by a restore at work, which goes on
                self.replaced.rename(self.path)

    @contextmanager
    def _locked(self, folder: Path) -> Iterator[None]:
        with (folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                message = f"{self.path} is in use by a running motcua: stop that first."
                raise HomeBusyError(message) from error
            yield


def write_atomic(path: Path, data: bytes, disk: Disk | None = None) -> None:
    """Replace a small file whole; see `replacing`.

    Raises:
        OSError: the disk refused; the file is as it was.
    """
    with replacing(path, disk) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, disk: Disk | None = None) -> Iterator[BinaryIO]:
    """Lend a file that takes the place of `path` when the context ends without an error.

    Readers see the old or the new, after a power cut too. The new one can be read back under the
    `name` it has until then. A new file is the owner's alone; one that is replaced keeps its
    rights.

    Args:
        path: the file to replace; it need not be there.
        disk: what is written through; the machine's unless given.

    Raises:
        OSError: the disk refused; the file is as it was.
    """
    disk = disk or Disk()
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = disk.create(temporary)
    try:
        with open(temporary, "wb", opener=lambda *_: handle) as file:
            if path.exists():
                os.fchmod(handle, stat.S_IMODE(path.stat().st_mode))
            yield file
            file.flush()
            disk.sync(handle)
        disk.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
