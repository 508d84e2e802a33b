"""What the administrator's pages want of the box: its printers, its journal, its catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from motcua.catalogue import Catalogue
    from motcua.catalogue.plan import ImportPlan
    from motcua.office import Damage


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
    """`printing`, `printed`, `sent` (the printer cannot say), `broken` (perhaps half) or `failed`."""
    changed_at: datetime
    """Aware."""
    copies: int
    sentence: str
    """Why it failed, in English, for translation; else empty."""
    place: str = ""
    """Where it was last asked for: `counter 1`, `kiosk sanh`, `admin`; empty, nobody asked."""


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
