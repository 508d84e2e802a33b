"""A real ESC/POS printer: on the network, a device file, USB or a serial line.

The line is opened and closed for each job, so that a printer switched off and on again is simply
there. What was sent counts as printed only when the printer says so afterwards.
"""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motcua.printing.escpos_library import (
    PAPER_DOTS,
    escpos_library,
    library_error,
    profile,
    send,
)
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
_SERIAL_READ_S = 0.5
"""The library reads 16 bytes or until this is over; an answer has one byte."""


class EscposPrinter:
    """Prints through python-escpos."""

    def __init__(
        self, settings: PrinterSettings, connect: Callable[[], Line], *, answers: bool
    ) -> None:
        """Print on what `connect` opens.

        Args:
            settings: of the printer.
            connect: returns an open connector of python-escpos.
            answers: whether this kind of line can be read at all.
        """
        self._settings = settings
        self._connect = connect
        self._answers = answers
        self._answers_in_turn = answers

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
                send(line, image)
                after = self._after(line)
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
        self._answers = status is not PrinterStatus.UNKNOWN
        return status

    @contextmanager
    def _line(self) -> Iterator[Line]:
        try:
            line = self._connect()
        except (OSError, ValueError, library_error()) as error:
            # ValueError: an address that is none; pyusb without libusb on the box.
            raise PrinterError("printer.offline", str(error)) from error
        try:
            yield line
        finally:
            try:
                line.close()
            except OSError as error:
                _log.warning("closing printer %s: %s", self._settings.name, error)

    def _before(self, line: Line) -> PrinterStatus:
        """Ask before anything is sent. A printer that kept silent once is not waited for again."""
        if not self._answers:
            return PrinterStatus.UNKNOWN
        try:
            status = self._ask(line)
        except OSError as error:
            raise PrinterError("printer.offline", str(error)) from error
        self._answers = status is not PrinterStatus.UNKNOWN
        return status

    def _after(self, line: Line) -> PrinterStatus:
        """Wait until the job is carried out, then ask.

        1. GS r is answered in turn, after the last pixel: its answer says the job is through.
        2. DLE EOT then says whether paper or cover stopped it. A printer without GS r has had the
           whole time-out to run into trouble; it is not asked in turn again.
        """
        if not self._answers:
            return PrinterStatus.UNKNOWN
        through = None
        if self._answers_in_turn:
            silences = round(self._settings.timeout_s / _SERIAL_READ_S)
            through = self._answer(line, STATUS_IN_TURN + b"\x01", _IN_TURN_FIXED, silences)
        status = self._ask(line)
        if through is None and status is not PrinterStatus.UNKNOWN and not status.stops:
            self._answers_in_turn = False
        return status

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
        mask, bits = fixed
        try:
            answer = line.query_status(question)
            for _ in range(_READS):
                for byte in answer:
                    if byte & mask == bits:
                        return int(byte)
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


class DevicePrinter(EscposPrinter):
    """A printer behind a device file, which takes bytes and gives none back."""

    def __init__(self, settings: PrinterSettings) -> None:
        """Print to the settings' `path`."""
        super().__init__(settings, self._open, answers=False)
        self._path = Path(settings.path)

    def status(self) -> PrinterStatus:
        """Return `OFFLINE` when the device is not there, else `UNKNOWN`: it cannot be asked."""
        return PrinterStatus.UNKNOWN if self._there() else PrinterStatus.OFFLINE

    def _there(self) -> bool:
        # Opened for writing, a printer unplugged would become a plain file that takes every slip.
        return self._path.exists() or not self._path.is_relative_to("/dev")

    def _open(self) -> Line:
        if not self._there():
            raise FileNotFoundError(errno.ENOENT, "no such device", str(self._path))
        line = escpos_library().File(str(self._path), profile=profile(self._settings.paper_mm))
        line.open()
        return line


def network_printer(settings: PrinterSettings) -> EscposPrinter:
    """Return a printer at `host` and `port`."""

    def connect() -> Line:
        library, paper = escpos_library(), profile(settings.paper_mm)
        # The library's own open() forgets to close a socket that does not connect.
        device = socket.create_connection((settings.host, settings.port), settings.timeout_s)
        line = library.Network(settings.host, settings.port, settings.timeout_s, profile=paper)
        line.device = device
        return line

    return EscposPrinter(settings, connect, answers=True)


def usb_printer(settings: PrinterSettings) -> EscposPrinter:
    """Return the USB printer with `vendor_id` and `product_id`; needs pyusb on the box."""

    def connect() -> Line:
        library = escpos_library()
        if not library.Usb.is_usable():
            raise PrinterError("printer.connector_missing", "pyusb")
        line = library.Usb(
            settings.vendor_id,
            settings.product_id,
            timeout=round(settings.timeout_s * 1000),
            profile=profile(settings.paper_mm),
        )
        line.open()
        return line

    return EscposPrinter(settings, connect, answers=True)


def serial_printer(settings: PrinterSettings) -> EscposPrinter:
    """Return the printer on the serial line `path` at `baud`; needs pyserial on the box."""

    def connect() -> Line:
        library = escpos_library()
        if not library.Serial.is_usable():
            raise PrinterError("printer.connector_missing", "pyserial")
        line = library.Serial(
            settings.path,
            settings.baud,
            timeout=min(settings.timeout_s, _SERIAL_READ_S),
            profile=profile(settings.paper_mm),
        )
        line.open()
        # One band of pixels at ten bits a byte; without a limit a full buffer would block for ever.
        band_bits = 10 * 48 * 1024
        line.device.write_timeout = settings.timeout_s + band_bits / settings.baud
        return line

    return EscposPrinter(settings, connect, answers=True)
