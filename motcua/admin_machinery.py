"""What the administrator's pages want of the box: its printers, its journal, its catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from motcua.catalogue import Catalogue
    from motcua.catalogue.plan import ImportPlan
    from motcua.record_keeping import Damage
    from motcua.retention import Stand

_HOUR_MIN = 60
_TWO_DAYS_H = 48
_DISK_FULL_BYTES = 200 * 1024 * 1024
_DISK_LOW_BYTES = 1024 * 1024 * 1024


class MachineryError(Exception):
    """Something could not be done; the sentence, in English, says why."""


@dataclass(frozen=True, slots=True)
class PrinterStand:
    """How a printer is."""

    name: str
    sentence: str
    """What it last said of itself, in English, for translation."""
    state: str
    """`ok`, `soon` (needs something soon), `stopped`, or `unknown`, which is never taken for ok."""


@dataclass(frozen=True, slots=True)
class SlipStand:
    """What became of a slip."""

    id: str
    about: str
    """A number, a procedure or `TEST`."""
    state: str
    """`printing`, `printed`, `sent` (the printer cannot say), `broken` (maybe half) or `failed`."""
    changed_at: datetime
    """Aware."""
    copies: int
    sentence: str
    """Why it failed, in English, for translation; else empty."""
    place: str = ""
    """Where it was last asked for: `counter 1`, `kiosk sanh`, `admin`; empty, nobody asked."""


@dataclass(frozen=True, slots=True)
class CopiesStand:
    """How the copies on the second medium are."""

    folder: str
    """Where they are kept; empty when the centre set none."""
    age_s: float | None
    """Of the newest whole one; None when there is none, or the clock contradicts."""
    last_seq: int
    """Number of the last event in it."""
    trouble: str
    """Why there is no newer one, in English, for translation; else empty."""
    busy: bool
    """Whether one is being made."""
    is_old: bool
    """Whether the newest is older than the centre allows, or there is none."""

    @property
    def state(self) -> str:
        """`ok`, `soon` (look after it), `stopped` (nothing is safe), or `unknown`."""
        if not self.folder:
            return "unknown"
        if self.is_old:
            return "stopped"
        return "soon" if self.trouble else "ok"

    @property
    def age(self) -> tuple[str, int]:
        """The age as an English message, for translation, and the number that stands in it."""
        minutes = int((self.age_s or 0) // 60)
        if minutes < _HOUR_MIN:
            return "%(n)s min ago", minutes
        hours = minutes // _HOUR_MIN
        return ("%(n)s h ago", hours) if hours < _TWO_DAYS_H else ("%(n)s days ago", hours // 24)


@dataclass(frozen=True, slots=True)
class DiskStand:
    """How much room the disk has on which the centre lies."""

    free_bytes: int

    @property
    def state(self) -> str:
        """`ok`, `soon` (make room) or `stopped` (numbers may soon be refused)."""
        if self.free_bytes < _DISK_FULL_BYTES:
            return "stopped"
        return "soon" if self.free_bytes < _DISK_LOW_BYTES else "ok"

    @property
    def megabytes(self) -> int:
        """Free room in MB."""
        return self.free_bytes // (1024 * 1024)


class Machinery(Protocol):
    """The box, as far as an administrator looks after it."""

    def version(self) -> str:
        """Return the version of the software."""
        ...

    def printers(self) -> list[PrinterStand]:
        """Return every printer of the centre."""
        ...

    def slips(self) -> list[SlipStand]:
        """Return the last slips of all printers, newest first."""
        ...

    def print_test(self, printer: str, request: str) -> None:
        """Print a slip that is nobody's number; return at once. The same `request` prints once.

        Raises:
            MachineryError: there is no such printer.
        """
        ...

    def print_again(self, slip: str, request: str) -> None:
        """Print another copy of a slip; return at once. The same `request` prints once.

        Raises:
            MachineryError: the slip is no longer known.
        """
        ...

    def journal_days(self) -> list[str]:
        """Return the days that are recorded, `YYYY-MM-DD`, oldest first."""
        ...

    def damage(self) -> list[Damage]:
        """Return what the journal found broken."""
        ...

    def clock_steps(self, day: str) -> list[tuple[datetime, float]]:
        """Return when in a day the wall clock was set (local), and by how many seconds."""
        ...

    def disk(self) -> DiskStand:
        """Return how much room there is for what happens."""
        ...

    def rows(self) -> Stand:
        """Return how it stands with the rows of visits."""
        ...

    def copies(self) -> CopiesStand:
        """Return how the copies on the second medium are; never waits for the medium."""
        ...

    def copy_now(self) -> int:
        """Make a copy; return the number of the last event in it. May take a minute.

        Raises:
            MachineryError: none was made.
        """
        ...

    def streams(self) -> tuple[int, int]:
        """Return how many screens listen now, and how many may."""
        ...

    def catalogue(self) -> Catalogue:
        """Return the catalogue as it is now."""
        ...

    def plan(self, file: str, content: bytes) -> ImportPlan:
        """Return what reading a file into the catalogue would do; nothing is changed.

        Raises:
            CatalogueError: the file as a whole cannot be read.
        """
        ...

    def apply(self, plan: ImportPlan) -> None:
        """Make a plan the catalogue.

        Raises:
            CatalogueError: it cannot be applied; nothing has been changed.
        """
        ...
