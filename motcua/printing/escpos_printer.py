"""A real ESC/POS printer, whatever it hangs on: how a slip is sent and what is believed of it.

The line is opened and closed for each job, so that a printer switched off and on again is simply
there. What was sent counts as printed only when the printer says so afterwards.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from motcua.printing.escpos_library import PAPER_DOTS, library_error, send
from motcua.printing.printer import PrinterError, PrinterSettings, PrinterStatus
from motcua.printing.raster import STATUS_IN_TURN, STATUS_NOW

if TYPE_CHECKING:
    from PIL import Image

_log = logging.getLogger(__name__)

Line = Any
"""A connector of python-escpos, which is not typed."""

# Bits of the answers to DLE EOT n and GS r n. The fixed bits tell one kind of answer from another
# and from noise: pixels that happen to look like DLE EOT make a printer answer unasked.
_NOW_FIXED: Final = (0x93, 0x12)
_IN_TURN_FIXED: Final = (0x90, 0x00)
_OFFLINE = 0x08
_COVER_OPEN = 0x04
_PAPER_OUT = 0x60
_PAPER_NEAR_END = 0x0C
_READS = 64
"""Answers looked through for the one that was asked for."""
_UNASKED_SLIPS = 4
"""Slips that a printer which kept silent gets without being asked; the next one asks again."""
_NOISE_BYTES = 8
"""More bytes that are no answer are another device's talk, in which one may look like an answer."""
SERIAL_READ_S = 0.5
"""The library reads 16 bytes or until this is over; an answer has one byte."""


class NothingTakenError(OSError):
    """The printer took not one byte of what was sent."""


class EscposPrinter:
    """Prints through python-escpos."""

    def __init__(
        self, settings: PrinterSettings, connect: Callable[[], Line], *, answers: bool
    ) -> None:
        """Print on what `connect` opens.

        Args:
            settings: of the printer.
            connect: returns an open connector of python-escpos; may raise OSError.
            answers: whether this kind of line can be read at all.
        """
        self._settings = settings
        self._connect = connect
        self._answers = answers
        self._unasked = 0

    def print(self, image: Image.Image, about: str) -> PrinterStatus:
        """Print one slip; see `Printer.print`."""
        if image.width > PAPER_DOTS[self._settings.paper_mm]:
            detail = f"{image.width} dots on {self._settings.paper_mm} mm"
            raise PrinterError("printer.too_wide", detail)
        with self._line() as line:
            before = self._before(line)
            if before.stops:
                raise PrinterError.of_status(before, sent=False)
            try:
                self._send(line, image)
                after = before if before is PrinterStatus.UNKNOWN else self._after(line)
            except NothingTakenError as error:
                raise PrinterError("printer.stuck", str(error)) from error
            except OSError as error:
                _log.warning("printer %s broke off at %s: %s", self._settings.name, about, error)
                raise PrinterError("printer.broken_off", str(error), sent=True) from error
        if after.stops:
            raise PrinterError.of_status(after, sent=True)
        return after

    def status(self) -> PrinterStatus:
        """Ask the printer; `OFFLINE` when it cannot be reached, `UNKNOWN` when it keeps silent."""
        try:
            with self._line() as line:
                status = self._ask(line)
        except PrinterError as error:
            offline = error.code == "printer.offline"
            return PrinterStatus.OFFLINE if offline else PrinterStatus.UNKNOWN
        except OSError:
            return PrinterStatus.OFFLINE
        self._remember(status)
        return status

    @contextmanager
    def _line(self) -> Iterator[Line]:
        try:
            line = self._connect()
        except (OSError, ValueError, library_error()) as error:
            # ValueError: an address that is none; pyusb without libusb on the box.
            raise PrinterError("printer.offline", str(error)) from error
        whole = False
        try:
            yield line
            whole = True
        finally:
            try:
                self._hang_up(line, whole=whole)
            except OSError as error:
                _log.warning("closing printer %s: %s", self._settings.name, error)

    def _send(self, line: Line, image: Image.Image) -> None:
        """Hand a slip over; returns when no more of it waits on this side.

        Raises:
            OSError: the line is gone, or silent for too long.
        """
        send(line, image)

    def _hang_up(self, line: Line, *, whole: bool) -> None:  # noqa: ARG002  (a serial line's needs)
        """Close a line, after a job that was handed over `whole` or broke off."""
        line.close()

    def _before(self, line: Line) -> PrinterStatus:
        """Ask before anything is sent; a printer that kept silent is not waited for every time."""
        self._unasked -= 1
        if not self._answers or self._unasked >= 0:
            return PrinterStatus.UNKNOWN
        try:
            status = self._ask(line)
        except OSError as error:
            raise PrinterError("printer.offline", str(error)) from error
        self._remember(status)
        return status

    def _remember(self, status: PrinterStatus) -> None:
        self._unasked = _UNASKED_SLIPS if status is PrinterStatus.UNKNOWN else 0

    def _after(self, line: Line) -> PrinterStatus:
        """Wait until the job is carried out, then ask.

        1. GS r is answered in turn, after the last pixel: its answer says the job is through.
        2. DLE EOT then says whether paper or cover stopped it. It is answered at once, so that
           alone it says nothing of pixels that are still to come.
        """
        silences = round(self._settings.timeout_s / SERIAL_READ_S)
        through = self._answer(line, STATUS_IN_TURN + b"\x01", _IN_TURN_FIXED, silences)
        status = self._ask(line)
        return PrinterStatus.UNKNOWN if through is None and not status.stops else status

    def _ask(self, line: Line) -> PrinterStatus:
        online = self._answer(line, STATUS_NOW + b"\x01", _NOW_FIXED)
        if online is None:
            return PrinterStatus.UNKNOWN
        if online & _OFFLINE:
            cause = self._answer(line, STATUS_NOW + b"\x02", _NOW_FIXED)
            if cause is not None and cause & _COVER_OPEN:
                return PrinterStatus.COVER_OPEN
        paper = self._answer(line, STATUS_NOW + b"\x04", _NOW_FIXED)
        if paper is not None and paper & _PAPER_OUT:
            return PrinterStatus.PAPER_OUT
        if online & _OFFLINE:
            return PrinterStatus.OFFLINE
        if paper is None:
            return PrinterStatus.UNKNOWN
        return PrinterStatus.PAPER_NEAR_END if paper & _PAPER_NEAR_END else PrinterStatus.OK

    def _answer(
        self, line: Line, question: bytes, fixed: tuple[int, int], silences: int = 1
    ) -> int | None:
        """Return the one byte a printer answers, None when it keeps silent.

        Args:
            line: open.
            question: sent once.
            fixed: mask and bits that tell its answer from others.
            silences: empty reads of a serial line to sit through.

        Raises:
            OSError: the line is gone.
        """
        noise = 0
        try:
            answer = line.query_status(question)
            for _ in range(_READS):
                fitting = _fitting(answer, fixed)
                # Pixels that look like DLE EOT were answered too: those answers are no noise.
                noise += len(answer) - max(len(fitting), len(_fitting(answer, _NOW_FIXED)))
                if noise > _NOISE_BYTES:
                    return None
                if fitting:
                    return fitting[0]
                silences -= not answer
                if not answer and (silences <= 0 or self._settings.kind == "network"):
                    break
                answer = line._read()  # noqa: SLF001  (the library offers no public way)
        except OSError as error:
            # pyusb's time-out is an OSError of its own.
            if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
                return None
            raise
        if self._settings.kind == "network" and not answer:
            raise ConnectionResetError(errno.ECONNRESET, "the printer closed the line")
        return None


def _fitting(answer: Iterable[int], fixed: tuple[int, int]) -> list[int]:
    """Return the bytes that have the fixed bits of the answer asked for."""
    mask, bits = fixed
    return [int(byte) for byte in answer if byte & mask == bits]
