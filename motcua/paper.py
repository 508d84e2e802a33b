"""Paper: which slip is printed where, and what became of it. The screens see only this."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta
from functools import partial
from itertools import compress, count
from math import ceil
from typing import TYPE_CHECKING

from motcua.counter.paper import Unprinted
from motcua.kiosk.slip import Bilingual, ReferralSlip, Slip, after_cutoff, draw_slip
from motcua.kiosk.slip_type import SlipFonts
from motcua.printing.figures import printer_figures
from motcua.printing.job import UNDER_WAY, Job, JobRecord, JobState, Wish
from motcua.printing.kinds import printer_from
from motcua.printing.printer import PrinterError, PrinterStatus
from motcua.printing.spooler import Spooler
from motcua.queue.events import TicketIssued
from motcua.queue.ticket import State
from motcua.words import ENGLISH, VIETNAMESE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from PIL import Image

    from motcua.office import Office
    from motcua.printing.printer import PrinterSettings
    from motcua.queue.procedure import Procedure
    from motcua.queue.record import Record
    from motcua.settings import Centre
    from motcua.status import Figure
    from motcua.words import Words

_STATES = {
    JobState.QUEUED: "printing",
    JobState.PRINTING: "printing",
    JobState.PRINTED: "printed",
    JobState.UNKNOWN: "sent",
    JobState.FAILED: "failed",
}
_REASONS = {
    "printer.paper_out": "The printer is out of paper.",
    "printer.cover_open": "The printer's cover is open.",
}
"""Code of a failure → what a visitor is told; of all others the staff know more."""
_OUT_OF_ORDER = "The printer is out of order."
_STILL_HERE = (State.WAITING, State.CALLED, State.HELD)
_REQUEST = re.compile(r"[\w.:-]{1,120}")
_AT_KIOSK = "kiosk "


class Paper:
    """Prints a slip for every ticket once the ticket is on disk, and referral slips on demand."""

    def __init__(self, office: Office, centre: Centre, words: Words, fonts: Path) -> None:
        """Draw slips with the fonts in the folder `fonts`; nothing is printed before `start`."""
        self._office = office
        self._centre = centre
        self._translate = partial(words.say, VIETNAMESE)
        self._fonts = SlipFonts(fonts)
        self._spoolers: dict[str, Spooler] = {}
        self._widths: dict[str, int] = {}
        self._numbers = count(1)
        self.address = centre.public_url

    def start(self, slips: Path) -> None:
        """Start the printers; a virtual one keeps its slips in the folder `slips`."""
        for settings in self._centre.printers():
            if settings.kind != "none":
                self.add(settings, slips)
        self._office.react(self._hear)

    def add(self, settings: PrinterSettings, slips: Path) -> Spooler:
        """Start one printer and return its line."""
        printer = printer_from(settings, slips)
        spooler = Spooler(settings.name, printer, lambda: self._office.now().wall)
        self._spoolers[settings.name] = spooler
        self._widths[settings.name] = settings.paper_mm
        return spooler

    def stop(self) -> None:
        """Stop the printers."""
        for spooler in self._spoolers.values():
            spooler.close()

    def print_ticket(
        self, ticket_id: str, kiosk: str | None = None, wish: Wish | None = None
    ) -> str | None:
        """Print the slip of a ticket, once; return the id of the job, None without a printer."""
        spooler = self._spooler(kiosk)
        if spooler is None:
            return None
        with self._office.today() as day:
            number = day.tickets[ticket_id].number
        draw = partial(self._draw, self._widths[spooler.name], partial(self.slip, ticket_id))
        return spooler.submit(Job(ticket_id, "ticket", draw, number), wish or Wish()).job.id

    def print_referral(
        self, procedure: Procedure, language: str, kiosk: str | None = None, request: str = ""
    ) -> str | None:
        """Print where a procedure is done; return the id of the job, None without a printer."""
        spooler = self._spooler(kiosk)
        if spooler is None:
            return None
        make = partial(self._referral_slip, procedure, language)
        draw = partial(self._draw, self._widths[spooler.name], make)
        job = Job(self._job_id("referral", request), "referral", draw, procedure.code)
        return spooler.submit(job, Wish(place=f"{_AT_KIOSK}{kiosk or ''}".strip())).job.id

    def print_test(self, printer: str, request: str = "") -> str:
        """Print a slip that is nobody's number; return the id of the job.

        Raises:
            PrinterError: there is no such printer.
        """
        spooler = self._spoolers.get(printer)
        if spooler is None:
            raise PrinterError("printer.none", printer)
        draw = partial(self._draw, self._widths[printer], self._test_slip)
        job = Job(self._job_id("test", request), "test", draw, "TEST")
        return spooler.submit(job, Wish(place="admin")).job.id

    def slip(self, ticket_id: str) -> Slip:
        """Return what the slip of a ticket of today says.

        Raises:
            PrinterError: there is no such ticket today.
        """
        with self._office.today() as day:
            ticket = day.tickets.get(ticket_id)
            if ticket is None:
                raise PrinterError("printer.job_unknown", ticket_id)
            issued_at = self._office.rules.hours.local(day.true_time(ticket.issued))
        rules = self._office.rules
        procedure = rules.procedures.get(ticket.procedure or "")
        service = rules.services[ticket.service]
        return Slip(
            centre=self._centre_name(), number=ticket.number, issued_at=issued_at,
            service=Bilingual(service.name_vi, service.name_en),
            procedure=Bilingual(procedure.name_vi, procedure.name_en) if procedure else None,
            ahead=ticket.ahead,
            low_min=None if ticket.low_s is None else ticket.low_s // 60,
            high_min=None if ticket.high_s is None else ceil(ticket.high_s / 60),
            papers=procedure.papers if procedure else (),
            follow_url=f"{self.address.rstrip('/')}/t/{ticket.visit}",
            warnings=self._warnings(procedure, issued_at + timedelta(seconds=ticket.high_s or 0)),
            language="en" if ticket.language == ENGLISH else "vi",
        )  # fmt: skip

    def state(self, job_id: str) -> str:
        """Return where a slip is.

        `printing`, `printed`, `sent` (the printer cannot say), `broken` (it may be half printed),
        `failed`, `forgotten` (too long ago, or before the box was started) or `none` (there is no
        printer).
        """
        record = self._record(job_id)
        if record is None:
            return "forgotten" if self._spoolers else "none"
        if record.state is JobState.UNKNOWN and record.code:
            return "broken"
        return _STATES[record.state]

    def reason(self, job_id: str) -> str:
        """Return why a slip failed, in an English sentence for a visitor; empty if it did not."""
        record = self._record(job_id)
        if record is None or record.state is not JobState.FAILED:
            return ""
        return _REASONS.get(record.code, _OUT_OF_ORDER)

    def reprint(self, job_id: str, request: str = "", place: str = "") -> None:
        """Print another copy of a job, or of a ticket's slip, because a person asked.

        Args:
            job_id: a ticket's is the ticket's id.
            request: id of this wish; the same one again prints nothing more.
            place: where it was asked for: `counter 1`, `kiosk sanh` or `admin`.

        Raises:
            PrinterError: the job is no longer known and is no ticket of today.
        """
        wish = Wish(request if _REQUEST.fullmatch(request) else "", place)
        for spooler in self._spoolers.values():
            if spooler.record(job_id):
                spooler.reprint(job_id, wish)
                return
        with self._office.today() as day:
            known = job_id in day.tickets
        if not known:
            raise PrinterError("printer.job_unknown", job_id)
        kiosk = place.removeprefix(_AT_KIOSK) if place.startswith(_AT_KIOSK) else None
        self.print_ticket(job_id, kiosk, replace(wish, again=True))

    def troubles(self) -> list[str]:
        """Return what staff should see to, a sentence (English) each; empty when all is well."""
        statuses = self.printers().values()
        telling = [one for one in statuses if one.stops or one is PrinterStatus.PAPER_NEAR_END]
        return [status.sentence for status in telling]

    def unprinted(self) -> list[Unprinted]:
        """Return whose slip is not on paper, or not surely whole, and who is still here.

        In the order of their numbers; a slip being printed again keeps its place meanwhile, so that
        a second press does not meet the next one.
        """
        missed = sorted(filter(_is_missed, self.jobs()), key=_by_number)
        with self._office.today() as day:
            tickets = [day.tickets.get(record.job.id) for record in missed]
            here = [one is not None and one.state in _STILL_HERE for one in tickets]
        return [
            Unprinted(one.job.id, one.job.about, one.sentence, one.state in UNDER_WAY)
            for one in compress(missed, here)
        ]

    def spoolers(self) -> list[Spooler]:
        """Return the line of each printer."""
        return list(self._spoolers.values())

    def printers(self) -> dict[str, PrinterStatus]:
        """Return how each printer said it is."""
        return {name: spooler.status for name, spooler in self._spoolers.items()}

    def figures(self) -> Iterator[Figure]:
        """Yield how the printers are, for those who watch the box."""
        return printer_figures(self._spoolers.values())

    def jobs(self) -> list[JobRecord]:
        """Return the last jobs of all printers, newest first."""
        records = [record for spooler in self._spoolers.values() for record in spooler.records()]
        return sorted(records, key=lambda record: record.changed_at, reverse=True)

    def _hear(self, record: Record) -> None:
        if isinstance(record.event, TicketIssued):
            self.print_ticket(record.event.ticket, record.event.kiosk)

    def _spooler(self, kiosk: str | None) -> Spooler | None:
        """Return the printer of a kiosk, None if it shall print none; the first one for others."""
        names = [section.printer for section in self._centre.kiosk if section.name == kiosk]
        if any(names):
            return self._spoolers.get(names[0])
        return next(iter(self._spoolers.values()), None)

    def _record(self, job_id: str) -> JobRecord | None:
        records = (spooler.record(job_id) for spooler in self._spoolers.values())
        return next(filter(None, records), None)

    def _job_id(self, kind: str, request: str) -> str:
        """Return the id of a new job; the same request makes the same job."""
        own = request if _REQUEST.fullmatch(request) else f"{next(self._numbers)}"
        return f"{kind}-{own}"

    def _draw(
        self, paper_mm: int, make: Callable[[], Slip | ReferralSlip], record: JobRecord
    ) -> Image.Image:
        slip = replace(make(), again=record.on_paper)
        return draw_slip(slip, paper_mm=paper_mm, fonts=self._fonts, translate=self._translate)

    def _warnings(self, procedure: Procedure | None, served_by: datetime) -> tuple[Bilingual, ...]:
        """Return what to know before waiting: whether it may be too late for a same-day result."""
        cutoff = procedure.same_day_cutoff if procedure else ""
        if not cutoff or served_by.time() < time.fromisoformat(cutoff):
            return ()
        return (after_cutoff(cutoff, self._translate),)

    def _referral_slip(self, procedure: Procedure, language: str) -> ReferralSlip:
        return ReferralSlip(
            centre=self._centre_name(),
            procedure=Bilingual(procedure.name_vi, procedure.name_en),
            given_on=self._office.rules.hours.date(self._office.now().wall),
            place=procedure.place, address=procedure.address, hours=procedure.hours,
            papers=procedure.papers, online_url=procedure.online_url,
            language="en" if language == ENGLISH else "vi",
        )  # fmt: skip

    def _test_slip(self) -> Slip:
        local = self._office.rules.hours.local(self._office.now().wall)
        return Slip(
            centre=self._centre_name(), number="TEST", issued_at=local,
            service=Bilingual(self._translate("Printer test"), "Printer test"),
        )  # fmt: skip

    def _centre_name(self) -> Bilingual:
        return Bilingual(self._centre.name, self._centre.name_en)


def _is_missed(record: JobRecord) -> bool:
    """Return whether a slip failed or broke off, or is being printed again."""
    return record.copies > 1 if record.state in UNDER_WAY else bool(record.code)


def _by_number(record: JobRecord) -> tuple[int, str]:
    """Return what sorts `A999` before `A1000`."""
    return len(record.job.about), record.job.about
