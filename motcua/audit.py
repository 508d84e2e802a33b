"""The audit trail: who signed in or tried to, and what administrators did, a line each.

One file a month below `HOME/audit/`, appended only. It holds no PIN, code or token, and no name
that is not one of the staff: people type a PIN where the name belongs.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime
from errno import ENOSPC
from threading import Lock
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from motcua.home import write_atomic
from motcua.journal.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

ACTS = {
    "signin.done": "Sign-in",
    "signin.failed": "Wrong PIN",
    "signin.unknown": "Sign-in with an unknown name",
    "signin.delayed": "Too many wrong PINs: has to wait",
    "signin.out": "Sign-out",
    "code.failed": "Wrong device code",
    "device.enrolled": "Device enrolled",
    "staff.added": "Staff member added",
    "staff.pin": "New PIN made",
    "staff.role": "Role changed",
    "staff.removed": "Staff member removed",
    "staff.lifted": "Pause after wrong PINs lifted",
    "code.made": "Device code made",
    "device.ended": "Device ended",
    "token.made": "Token made",
    "token.ended": "Token ended",
    "day.closed": "Business day closed",
    "clock.confirmed": "Clock confirmed",
    "catalogue.imported": "Catalogue imported",
    "printer.tested": "Test slip printed",
    "slip.reprinted": "Slip printed again",
    "backup.taken": "Backup taken",
    "backup.restored": "Backup restored",
    "journal.imported": "Journal imported",
    "rows.summed": "Rows of a month gone, sums kept",
    "sheet.kept": "Stopwatch sheet kept",
    "sheet.removed": "Stopwatch sheet removed",
}
"""Act → what it is called."""
TRIES = ("signin.failed", "signin.unknown", "signin.delayed", "code.failed")
"""Acts a stranger can make happen at will."""

BETWEEN = " · "
"""Stands between a name and a role."""
_FILES = "????-??.jsonl"
_MONTHS_KEPT = 14
"""Files kept: at least 400 days. Counted, not dated: a clock that is years off deletes nothing."""
_ROOM_FOR_TRIES = 4 * 1024 * 1024
"""Bytes of a month's file beyond which strangers' tries are no longer written."""
_LETTERS = 200


class Entry(Struct, frozen=True, omit_defaults=True):
    """One line of the trail."""

    at: datetime
    """The centre's local time, aware."""
    act: str
    who: str = ""
    """The staff member or the login of the command line; empty for strangers and devices."""
    address: str = ""
    """Where it came from: a network address, or `command line`."""
    about: str = ""
    """Whom or what it was done to."""


_reader = msgspec.json.Decoder(Entry)


class Audit:
    """Writes and reads the trail. A disk that refuses is told and stops nobody."""

    def __init__(self, folder: Path, now: Callable[[], datetime], disk: Disk | None = None) -> None:
        """Keep the trail in `folder`, which need not be there.

        Args:
            folder: of the files.
            now: gives the centre's local time, aware.
            disk: what is written through; the machine's unless given.
        """
        self._folder = folder
        self._disk = disk or Disk()
        self._now = now
        self._lock = Lock()
        self.lost = 0
        """Lines the disk refused since the start."""

    def note(self, act: str, who: str = "", address: str = "", about: str = "") -> None:
        """Add a line; it is on the disk when this returns.

        When the disk refuses, the line goes to the system's log instead: what was done is not
        undone for it, and an administrator must be able to work on a box whose disk is full.
        """
        at = self._now().replace(microsecond=0)
        entry = Entry(at, act, who[:_LETTERS], address[:_LETTERS], about[:_LETTERS])
        with self._lock:
            try:
                self._append(entry)
            except OSError as error:
                self.lost += 1
                logger.error("audit trail: %s; not written: %s", error, entry)  # noqa: TRY400 - no trace wanted

    def entries(self, day: str = "") -> Iterator[Entry]:
        """Yield the lines, newest first; those of one day, `YYYY-MM-DD`, if it is given."""
        for file in reversed(self._files()):
            if file.stem == day[:7] or not day:
                entries = reversed(_read(file))
                yield from (one for one in entries if not day or str(one.at.date()) == day)

    def _append(self, entry: Entry) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        file = self._folder / f"{entry.at:%Y-%m}.jsonl"
        is_new = not file.exists()
        handle = self._disk.open(file)
        try:
            size = os.fstat(handle).st_size
            if size > _ROOM_FOR_TRIES and entry.act in TRIES:
                return
            torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            line = b"\n" * torn + msgspec.json.encode(entry) + b"\n"
            if self._disk.append(handle, line) < len(line):
                raise OSError(ENOSPC, "the disk is full")
            self._disk.sync(handle)
        finally:
            self._disk.close(handle)
        if is_new:
            self._drop_old(but=file)

    def _drop_old(self, but: Path) -> None:
        """Keep the newest files, and the one just begun even if its clock was far off."""
        for file in self._files()[:-_MONTHS_KEPT]:
            if file != but:
                file.unlink()

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(_FILES))


def named(*parts: str) -> str:
    """Return a name and a role, as far as they are there, the way the trail writes them."""
    return BETWEEN.join(part for part in parts if part)


def merge(trail: Path, into: Path) -> None:
    """Add the lines of a trail to another: a backup put back must not unsay who did what since.

    Raises:
        OSError: the disk refused.
    """
    for file in sorted(trail.glob(_FILES)):
        other = into / file.name
        known = other.read_bytes().splitlines() if other.exists() else []
        lines = sorted({*known, *file.read_bytes().splitlines()})  # each begins with its time
        into.mkdir(mode=0o700, exist_ok=True)
        write_atomic(other, b"".join(line + b"\n" for line in lines if line))


def _read(file: Path) -> list[Entry]:
    """Return the lines of a file that are whole: a power cut may have torn one."""
    found = []
    for line in file.read_bytes().splitlines():
        try:
            found.append(_reader.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
    return found
