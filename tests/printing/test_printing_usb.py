"""A printer on USB, at the seam of the library, and what a box lacks for it."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from motcua.printing.connectors import SerialPrinter, missing_part, usb_printer
from motcua.printing.printer import PrinterError, PrinterSettings, PrinterStatus
from motcua.printing.raster import CUT, INIT, commands, decode
from tests.printing.tcp_printer import Faults, answer, slip


@dataclass
class _UsbBench:
    """The USB side of the library, with a printer plugged in."""

    does: Faults = field(default_factory=Faults)
    plugged_in: bool = True
    takes: int | None = None
    """Bytes it takes before it takes no more; None takes all."""
    data: bytes = b""
    endpoints: tuple[int, ...] = (0x81, 0x03)
    largest: int = 0
    """Most bytes handed over at once."""
    asked: list[tuple[int, int, int]] = field(default_factory=list)
    """Vendor, product and milliseconds of patience of every line that was opened."""

    def library(self) -> Any:  # noqa: ANN401
        return SimpleNamespace(Usb=_Connector(self))


class _Connector:
    """Stands for the library's class: opens lines."""

    def __init__(self, bench: _UsbBench) -> None:
        self._bench = bench
        self.is_usable = lambda: True

    def __call__(self, vendor: int, product: int, timeout: int, profile: object) -> _UsbLine:
        self._bench.asked.append((vendor, product, timeout))
        return _UsbLine(self._bench)


class _UsbLine:
    """One open line: every write is carried out, every answer waits to be read."""

    out_ep, in_ep = 0x01, 0x82

    def __init__(self, bench: _UsbBench) -> None:
        self._bench = bench
        self._said = b""
        self._start = self._done = len(bench.data)
        bulk = [SimpleNamespace(bEndpointAddress=one, bmAttributes=2) for one in bench.endpoints]
        self.device = SimpleNamespace(default_timeout=1000, get_active_configuration=lambda: [bulk])

    def open(self) -> None:
        if not self._bench.plugged_in:
            raise OSError(errno.ENODEV, "no such device")

    def close(self) -> None:
        self._said = b""

    def hw(self, _: str) -> None:
        self._raw(INIT)

    def cut(self, *, feed: bool) -> None:
        assert not feed
        self._raw(CUT + b"\x42\x00")

    def query_status(self, question: bytes) -> bytes:
        self._raw(question)
        return self._read()

    def _raw(self, data: bytes) -> None:
        bench = self._bench
        assert self.out_ep in bench.endpoints
        bench.largest = max(bench.largest, len(data))
        if bench.takes is not None and len(bench.data) + len(data) > bench.takes:
            raise OSError(errno.ETIMEDOUT, "Operation timed out")
        bench.data += data
        for command in commands(bench.data, self._done):
            self._done = command.end
            self._said += answer(bench.data, command, bench.does)

    def _read(self) -> bytes:
        assert self.in_ep in self._bench.endpoints
        if not self._said:
            raise OSError(errno.ETIMEDOUT, "Operation timed out")
        said, self._said = self._said, b""
        return said


def _usb(bench: _UsbBench) -> Any:  # noqa: ANN401
    settings = PrinterSettings(name="u", kind="usb", vendor_id=0x4B8, product_id=0xE15, timeout_s=2)
    return usb_printer(settings, bench.library)


def test_a_usb_printer_gets_the_slip_wherever_its_endpoints_are() -> None:
    bench = _UsbBench()

    assert _usb(bench).print(slip(), "A001") is PrinterStatus.OK

    assert [slip.tobytes() for slip in decode(bench.data)] == [slip().tobytes()]
    assert bench.asked == [(0x4B8, 0xE15, 2000)]
    assert bench.largest <= 4096  # its patience is for a piece, not for a whole slip


def test_a_usb_printer_that_is_unplugged_was_sent_nothing() -> None:
    bench = _UsbBench(plugged_in=False)

    with pytest.raises(PrinterError) as failed:
        _usb(bench).print(slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.offline", False)
    assert _usb(bench).status() is PrinterStatus.OFFLINE


def test_a_usb_printer_that_takes_no_more_may_have_printed_some() -> None:
    with pytest.raises(PrinterError) as failed:
        _usb(_UsbBench(takes=20_000)).print(slip(), "A001")

    assert (failed.value.code, failed.value.uncertain) == ("printer.broken_off", True)


def test_a_usb_printer_that_says_nothing_is_unknown() -> None:
    bench = _UsbBench(Faults(silent=True))

    assert _usb(bench).status() is PrinterStatus.UNKNOWN
    assert _usb(bench).print(slip(), "A001") is PrinterStatus.UNKNOWN


def _without(kind: str) -> Any:  # noqa: ANN401
    absent = SimpleNamespace(is_usable=lambda: False)
    return SimpleNamespace(Usb=absent, Serial=absent, kind=kind)


def test_a_line_whose_library_is_missing_is_named_and_nothing_is_sent() -> None:
    usb = PrinterSettings(name="x", kind="usb", vendor_id=1, product_id=2)
    serial = PrinterSettings(name="x", kind="serial", path="/dev/ttyS0")

    for printer in (
        usb_printer(usb, lambda: _without("usb")),
        SerialPrinter(serial, lambda: _without("serial")),
    ):
        with pytest.raises(PrinterError) as failed:
            printer.print(slip(), "A001")
        assert (failed.value.code, failed.value.sent) == ("printer.connector_missing", False)
        assert printer.status() is PrinterStatus.UNKNOWN


@pytest.mark.parametrize(("kind", "package"), [("usb", "pyusb"), ("serial", "pyserial")])
def test_what_to_install_is_said_to_the_letter(kind: str, package: str) -> None:
    settings = PrinterSettings(name="x", kind="usb" if kind == "usb" else "serial")

    said = missing_part(settings, lambda: _without(kind))

    assert said.endswith(f" -m pip install {package}")
    assert missing_part(PrinterSettings(name="x", kind="network")) == ""
