"""The box behind the administrator's pages."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import motcua
from motcua.admin_machinery import (
    CopiesStand,
    DiskStand,
    MachineryError,
    PrinterStand,
    SlipStand,
)
from motcua.backup_file import BackupError
from motcua.printing.printer import PrinterError, PrinterStatus
from motcua.queue.events import ClockStepped

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from motcua.catalogue import Catalogue
    from motcua.catalogue.plan import ImportPlan
    from motcua.live import Streams
    from motcua.office import Office
    from motcua.printing.job import JobRecord
    from motcua.record_keeping import Damage, Journal
    from motcua.retention import Stand
    from motcua.safekeeping import Safekeeping

_STATES = {
    PrinterStatus.OK: "ok",
    PrinterStatus.UNKNOWN: "unknown",
    PrinterStatus.PAPER_NEAR_END: "soon",
}
_NOT_IN_FILE_NAMES = re.compile(r"[^\w. -]")
_FILE_NAME_LETTERS = 80


class Paper(Protocol):
    """The slips and their printers; no method waits for one."""

    def printers(self) -> dict[str, PrinterStatus]:
        """Return how each printer said it is."""
        ...

    def jobs(self) -> list[JobRecord]:
        """Return the last slips of all printers, newest first."""
        ...

    def state(self, job_id: str) -> str:
        """Return where a slip is, in one word."""
        ...

    def print_test(self, printer: str, request: str) -> str:
        """Print a slip that is nobody's number; the same `request` prints once.

        Raises:
            PrinterError: there is no such printer.
        """
        ...

    def reprint(self, job_id: str, request: str, place: str) -> None:
        """Print another copy; the same `request` prints once.

        Raises:
            PrinterError: the slip is no longer known.
        """
        ...


class BoxMachinery:
    """Joins the parts of a running box for its administrator."""

    def __init__(  # noqa: PLR0913 - one for each part it joins
        self,
        *,
        office: Office,
        paper: Paper,
        journal: Journal,
        streams: Streams,
        catalogue: Callable[[], Catalogue],
        refresh_catalogue: Callable[[], None],
        procedures: Path,
        safekeeping: Safekeeping,
        rows: Callable[[], Stand],
    ) -> None:
        """Look after these parts.

        Args:
            office: knows the services and the day.
            paper: the printers and their slips.
            journal: the recorded days.
            streams: the screens that listen.
            catalogue: returns the catalogue as it is now.
            refresh_catalogue: reads it again after its file was replaced.
            procedures: the catalogue's file, in the home.
            safekeeping: makes copies on the second medium.
            rows: tells how it stands with the rows of visits.
        """
        self._office = office
        self._paper = paper
        self._journal = journal
        self._streams = streams
        self.catalogue = catalogue
        self._refresh_catalogue = refresh_catalogue
        self._procedures = procedures
        self._safekeeping = safekeeping
        self.rows = rows

    def version(self) -> str:
        """Return the version of the software."""
        return motcua.__version__

    def printers(self) -> list[PrinterStand]:
        """Return every printer of the centre."""
        return [
            PrinterStand(name, status.sentence, _STATES.get(status, "stopped"))
            for name, status in self._paper.printers().items()
        ]

    def slips(self) -> list[SlipStand]:
        """Return the last slips of all printers, newest first."""
        return [
            SlipStand(
                record.job.id, record.job.about, self._paper.state(record.job.id),
                record.changed_at, record.copies, record.sentence, record.place,
            )
            for record in self._paper.jobs()
        ]  # fmt: skip

    def print_test(self, printer: str, request: str) -> None:
        """Print a slip that is nobody's number; the same `request` prints once.

        Raises:
            MachineryError: there is no such printer.
        """
        try:
            self._paper.print_test(printer, request)
        except PrinterError as error:
            raise MachineryError(error.sentence) from error

    def print_again(self, slip: str, request: str) -> None:
        """Print another copy of a slip; the same `request` prints once.

        Raises:
            MachineryError: the slip is no longer known.
        """
        try:
            self._paper.reprint(slip, request, "admin")
        except PrinterError as error:
            raise MachineryError(error.sentence) from error

    def journal_days(self) -> list[str]:
        """Return the days that are recorded, oldest first."""
        return self._journal.days()

    def damage(self) -> list[Damage]:
        """Return what the journal found broken."""
        return self._journal.damage

    def clock_steps(self, day: str) -> list[tuple[datetime, float]]:
        """Return when in a day the wall clock was set (local), and by how many seconds."""
        local = self._office.rules.hours.local
        return [
            (local(record.at.wall), record.event.step_s)
            for record in self._journal.read(day)
            if isinstance(record.event, ClockStepped)
        ]

    def disk(self) -> DiskStand:
        """Return how much room there is for what happens."""
        return DiskStand(shutil.disk_usage(self._procedures.parent).free)

    def copies(self) -> CopiesStand:
        """Return how the copies on the second medium are; never waits for the medium."""
        known, settings = self._safekeeping.copies(), self._safekeeping.settings
        age_s = known.age_s(self._office.now())
        is_old = age_s is None or age_s > settings.warn_days * 86400
        return CopiesStand(
            settings.folder, age_s, known.last_seq, known.trouble, known.busy, is_old=is_old
        )

    def copy_now(self) -> int:
        """Make a copy; return the number of the last event in it. May take a minute.

        Raises:
            MachineryError: none was made.
        """
        try:
            return self._safekeeping.copy().last_seq
        except BackupError as error:
            raise MachineryError(error.sentence) from error

    def streams(self) -> tuple[int, int]:
        """Return how many screens listen now, and how many may."""
        return self._streams.open, self._streams.bound

    def plan(self, file: str, content: bytes) -> ImportPlan:
        """Return what reading a file into the catalogue would do.

        Raises:
            CatalogueError: the file as a whole cannot be read.
        """
        from motcua.catalogue.importing import plan_import

        day = self._office.rules.hours.date(self._office.now().wall)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / _file_name(file)
            path.write_bytes(content)
            return plan_import(path, self.catalogue(), self._office.rules.services, day)

    def apply(self, plan: ImportPlan) -> None:
        """Make a plan the catalogue.

        Raises:
            CatalogueError: a row of it was refused, or the file cannot be written.
        """
        plan.apply(self._procedures)
        self._refresh_catalogue()


def _file_name(file: str) -> str:
    """Return a name safe for a folder of ours, as like the sender's as can be."""
    name = _NOT_IN_FILE_NAMES.sub("_", file.replace("\\", "/").rpartition("/")[2]).strip(". ")
    return name[-_FILE_NAME_LETTERS:].lstrip(". ") or "upload"
