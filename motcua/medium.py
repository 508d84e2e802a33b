"""The second medium: a USB stick or a folder of the network, and what can be wrong with it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from motcua.backup_file import BackupError
from motcua.home import replacing

_COPIES: Final = "motcua-*.zip"
_UNFINISHED: Final = ".motcua-*.zip.*"
SENTENCES: Final = {
    "missing": "The folder of the copies is not there: is the medium plugged in?",
    "same": "The folder of the copies lies on the box's own disk: is the medium mounted?",
    "full": "The medium of the copies is full: delete something, or use a larger one.",
    "locked": "The medium of the copies takes nothing: it is read-only, or not for this program.",
    "failed": "The medium of the copies failed: is it still plugged in?",
}
"""What is wrong with a medium, in English, for translation."""
_WRONG: Final = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "locked",
    errno.EACCES: "locked",
    errno.EPERM: "locked",
}


class Medium:
    """A folder that is not on the disk of the centre. Every method may take as long as it likes."""

    def __init__(self, folder: Path, home: Path) -> None:
        """Use `folder`, which somebody else mounts; it is never made.

        Args:
            folder: where copies are kept.
            home: what is copied; on another disk than `folder`.
        """
        self._folder = folder
        self._home = home

    def check(self) -> None:
        """Look whether the medium is there.

        Raises:
            BackupError: the sentence, one of `SENTENCES`, says what is wrong.
        """
        with _told():
            if not self._is_apart(self._folder.stat().st_dev):
                raise BackupError(SENTENCES["same"])

    def copies(self) -> list[Path]:
        """Return the copies on the medium, the last name first.

        Raises:
            BackupError: see `check`.
        """
        with _told():
            return sorted(self._folder.glob(_COPIES), reverse=True)

    @contextmanager
    def adding(self, name: str) -> Iterator[BinaryIO]:
        """Lend the file of a new copy; it gets its name when the context ends without an error.

        Raises:
            BackupError: see `check`; nothing is left on the medium.
        """
        self.check()
        with _told():
            for path in self._folder.glob(_UNFINISHED):
                path.unlink(missing_ok=True)
            with replacing(self._folder / name) as file:
                # A stick that was pulled a moment ago leaves an empty folder of the box behind.
                if not self._is_apart(os.fstat(file.fileno()).st_dev):
                    raise BackupError(SENTENCES["same"])
                yield file

    def remove(self, copy: Path) -> None:
        """Delete a copy.

        Raises:
            BackupError: see `check`.
        """
        with _told():
            copy.unlink(missing_ok=True)

    def _is_apart(self, device: int) -> bool:
        return device != self._home.stat().st_dev


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the medium refuses into a sentence."""
    try:
        yield
    except OSError as error:
        wrong = _WRONG.get(error.errno or 0, "failed")
        raise BackupError(SENTENCES[wrong], error.strerror or str(error)) from error
