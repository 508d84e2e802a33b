"""What a printer hangs on: the network, USB, a serial line, or a device that only takes bytes.

Each opens its line afresh for each job, and none waits for ever: a printer that takes or says
nothing for `timeout_s` seconds is given up.
"""

from __future__ import annotations

import socket
import sys
import termios
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from motcua.printing.device_file import DeviceFile, is_there
from motcua.printing.escpos_library import escpos_library, profile
from motcua.printing.escpos_printer import SERIAL_READ_S, EscposPrinter, Line
from motcua.printing.printer import PrinterError, PrinterSettings, PrinterStatus

if TYPE_CHECKING:
    from PIL import Image

_PACKAGES: Final = {"usb": "pyusb", "serial": "pyserial"}
"""Kind of printer → the package it needs beside, as the extras in `pyproject.toml` name them."""
_LIBUSB: Final = ("usb.backend.libusb1", "apt-get install libusb-1.0-0")
_UNSENT_BYTES = 4 * 1024
"""What may wait on our side of a network line. Left to itself the system takes in the whole slip at
once, and a slow printer would look like a silent one."""
_SERIAL_PIECE_BITS = 10 * 2048
_DRAIN_S = 0.05
_BULK, _IN = 0x02, 0x80
"""USB: kind of an endpoint, and the bit of its address that says it is read."""

Library = Callable[[], Any]


def missing_part(settings: PrinterSettings, library: Library = escpos_library) -> str:
    """Return the command that installs what this kind of printer lacks on this box; else empty.

    Raises:
        PrinterError: `printer.software`, see `escpos_library`.
    """
    if settings.kind not in _PACKAGES:
        return ""
    there = library().Usb if settings.kind == "usb" else library().Serial
    if not there.is_usable():
        return f"{sys.executable} -m pip install {_PACKAGES[settings.kind]}"
    backend, install = _LIBUSB
    if settings.kind == "usb" and import_module(backend).get_backend() is None:
        return install
    return ""


def network_printer(settings: PrinterSettings) -> EscposPrinter:
    """Return a printer at `host` and `port`."""

    def connect() -> Line:
        library, paper = escpos_library(), profile(settings.paper_mm)
        # The library's own open() forgets to close a socket that does not connect.
        device = socket.create_connection((settings.host, settings.port), settings.timeout_s)
        device.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNSENT_BYTES)
        line = library.Network(settings.host, settings.port, settings.timeout_s, profile=paper)
        line.device = device
        return line

    return EscposPrinter(settings, connect, answers=True)


def usb_printer(settings: PrinterSettings, library: Library = escpos_library) -> EscposPrinter:
    """Return the USB printer with `vendor_id` and `product_id`; needs pyusb on the box."""

    def connect() -> Line:
        usb = library().Usb
        if not usb.is_usable():
            raise PrinterError("printer.connector_missing", _PACKAGES["usb"])
        silence_ms = round(settings.timeout_s * 1000)
        line = usb(
            settings.vendor_id,
            settings.product_id,
            timeout=silence_ms,
            profile=profile(settings.paper_mm),
        )
        line.open()
        line.device.default_timeout = silence_ms  # the library reads without naming one
        line.out_ep, line.in_ep = _endpoints(line.device, (line.out_ep, line.in_ep))
        return line

    return EscposPrinter(settings, connect, answers=True)


def _endpoints(device: Any, usual: tuple[int, int]) -> tuple[int, int]:  # noqa: ANN401
    """Return where a USB printer is written and read: makers number them as they like."""
    bulk = [
        endpoint.bEndpointAddress
        for interface in device.get_active_configuration()
        for endpoint in interface
        if endpoint.bmAttributes & 0x03 == _BULK
    ]
    written = next((address for address in bulk if not address & _IN), usual[0])
    return written, next((address for address in bulk if address & _IN), usual[1])


class SerialPrinter(EscposPrinter):
    """A printer on a serial line, where the system's own memory must run empty before it closes."""

    def __init__(self, settings: PrinterSettings, library: Library = escpos_library) -> None:
        """Print on the line `path` at `baud`; needs pyserial on the box."""
        super().__init__(settings, self._open, answers=True)
        self._library = library
        self._silence_s = settings.timeout_s + _SERIAL_PIECE_BITS / settings.baud

    def _open(self) -> Line:
        library, settings = self._library(), self._settings
        if not library.Serial.is_usable():
            raise PrinterError("printer.connector_missing", _PACKAGES["serial"])
        line = library.Serial(
            settings.path,
            settings.baud,
            timeout=min(settings.timeout_s, SERIAL_READ_S),
            profile=profile(settings.paper_mm),
        )
        line.open()
        line.device.write_timeout = self._silence_s
        return line

    def _send(self, line: Line, image: Image.Image) -> None:
        super()._send(line, image)
        for _ in range(round(self._silence_s / _DRAIN_S)):
            if not line.device.out_waiting:
                return
            Event().wait(_DRAIN_S)
        raise TimeoutError("the serial line takes nothing")

    def _hang_up(self, line: Line, *, whole: bool) -> None:
        try:
            if not whole:
                line.device.reset_output_buffer()  # else closing waits for it, for ever
            line.close()
        except termios.error as error:
            raise OSError(*error.args) from error


class DevicePrinter(EscposPrinter):
    """A printer behind a device file, which takes bytes and gives none back."""

    def __init__(self, settings: PrinterSettings) -> None:
        """Print to the settings' `path`."""
        super().__init__(settings, self._open, answers=False)
        self._path = Path(settings.path)

    def status(self) -> PrinterStatus:
        """Return `OFFLINE` when the device is not there, else `UNKNOWN`: it cannot be asked."""
        return PrinterStatus.UNKNOWN if is_there(self._path) else PrinterStatus.OFFLINE

    def _open(self) -> Line:
        line = escpos_library().File(str(self._path), profile=profile(self._settings.paper_mm))
        line.device = DeviceFile(self._path, self._settings.timeout_s)
        return line
