"""Stopwatch sheets: waits noted by hand, kept as small files below `HOME/stopwatch/`."""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING

from motcua.catalogue.spelling import words
from motcua.home import write_atomic
from motcua.journal.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path

MOST = 50
"""Sheets kept: an office keeps one or two."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 40


class Sheets:
    """The sheets a centre keeps, by name. What is in them is the business of whoever reads them."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        """Keep sheets in `folder`; it need not be there.

        Args:
            folder: of the centre's home.
            disk: what is written through; the machine's unless given.
        """
        self._folder = folder
        self._disk = disk or Disk()
        self._lock = Lock()

    def names(self) -> list[str]:
        """Return the names of the sheets kept, in their order."""
        found = self._folder.glob("*.csv") if self._folder.is_dir() else ()
        return sorted(file.stem for file in found if _is_name(file.stem))

    def read(self, name: str) -> bytes | None:
        """Return a sheet; None when there is none of that name."""
        if not _is_name(name):
            return None
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, name: str, data: bytes) -> bool:
        """Keep a sheet for good; return False, with nothing changed, when the name is taken.

        Args:
            name: as `name_of` gives it.
            data: the file.

        Raises:
            OSError: the disk refused; nothing is kept.
        """
        with self._lock:
            if name in self.names():
                return False
            self._disk.make_folder(self._folder)
            write_atomic(self._path(name), data, self._disk)
        return True

    def remove(self, name: str) -> bool:
        """Remove a sheet for good; return False when there is none of that name.

        Raises:
            OSError: the disk refused.
        """
        with self._lock:
            if name not in self.names():
                return False
            self._disk.remove(self._path(name))
        return True

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.csv"


def name_of(file: str) -> str:
    """Return the name a file's sheet is kept under: small letters, digits and `-`.

    `Phiếu tháng 5.csv` becomes `phieu-thang-5`.
    """
    stem = re.split(r"[/\\]", file)[-1]
    return "-".join(words(stem.rpartition(".")[0] or stem))[:_LONGEST].strip("-") or "phieu"


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None
