"""What a printer hangs on when it is not the network: a device, a serial line, USB.

None of them is ever waited for without end, and what cannot be asked is never said to be well.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from motcua.printing.connectors import DevicePrinter, SerialPrinter, missing_part, usb_printer
from motcua.printing.printer import PrinterError, PrinterSettings, PrinterStatus
from motcua.printing.raster import CUT, INIT, commands, decode
from tests.printing.tcp_printer import PATIENCE_S, Faults, answer

_SHORT_S = 0.3


def _slip(height: int = 1200) -> Image.Image:
    image = Image.new("1", (576, height), 1)
    image.paste(0, (8, 8, 300, height - 9))
    return image


# --- a device that only takes bytes ---


def _device(path: Path) -> DevicePrinter:
    settings = PrinterSettings(name="lp", kind="file", path=str(path), timeout_s=_SHORT_S)
    return DevicePrinter(settings)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A device that takes as much as somebody at its other end reads."""
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    return pipe


@contextmanager
def _read_by(pipe: Path) -> Iterator[int]:
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        yield handle
    finally:
        os.close(handle)


def _fill(writing: int) -> None:
    with suppress(BlockingIOError):
        while True:
            os.write(writing, b"x" * 4096)


def test_a_device_that_nobody_reads_is_not_there(pipe: Path) -> None:
    with pytest.raises(PrinterError) as failed:
        _device(pipe).print(_slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.offline", False)


def test_a_device_that_takes_nothing_is_given_up_and_nothing_was_sent(pipe: Path) -> None:
    with _read_by(pipe):
        writing = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        _fill(writing)

        with pytest.raises(PrinterError) as failed:
            _device(pipe).print(_slip(), "A001")
        os.close(writing)

    assert (failed.value.code, failed.value.sent) == ("printer.stuck", False)
    assert failed.value.status is PrinterStatus.UNKNOWN


def test_a_device_that_stops_in_the_middle_may_have_printed_some(pipe: Path) -> None:
    with _read_by(pipe), pytest.raises(PrinterError) as failed:
        _device(pipe).print(_slip(), "A001")

    assert (failed.value.code, failed.value.uncertain) == ("printer.broken_off", True)


def test_a_device_whose_other_end_goes_away_may_have_printed_some(pipe: Path) -> None:
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    printer = _device(pipe)

    def leave() -> None:
        with os.fdopen(reading, "rb", buffering=0) as file:
            while not file.read(4096):
                pass

    leaving = Thread(target=leave)
    leaving.start()
    with pytest.raises(PrinterError) as failed:
        printer.print(_slip(), "A001")
    leaving.join(PATIENCE_S)

    assert (failed.value.code, failed.value.uncertain) == ("printer.broken_off", True)


def test_a_device_that_takes_everything_is_never_said_to_have_printed(pipe: Path) -> None:
    taken: list[bytes] = []
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def take() -> None:
        with os.fdopen(reading, "rb", buffering=0) as file:
            while b"".join(taken).count(CUT) == 0:
                taken.append(file.read(4096) or b"")

    taking = Thread(target=take)
    taking.start()
    said = _device(pipe).print(_slip(), "A001")
    taking.join(PATIENCE_S)

    assert said is PrinterStatus.UNKNOWN
    assert [slip.tobytes() for slip in decode(b"".join(taken))] == [_slip().tobytes()]


# --- a serial line ---


class _SerialBench:
    """A printer at the other end of a serial line."""

    def __init__(self) -> None:
        self.does = Faults()
        self.data = b""
        self._end, self._line = os.openpty()
        self.path = os.ttyname(self._line)
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.does.may_read.set()
        os.close(self._line)
        self._thread.join(PATIENCE_S)
        os.close(self._end)

    def _serve(self) -> None:
        done = 0
        while chunk := self._read():
            self.data += chunk
            for command in commands(self.data, done):
                done = command.end
                os.write(self._end, self.does.babble or answer(self.data, command, self.does))

    def _read(self) -> bytes:
        assert self.does.may_read.wait(PATIENCE_S)
        try:
            return os.read(self._end, 4096)
        except OSError:  # every other end is closed
            return b""


@pytest.fixture
def bench() -> Iterator[_SerialBench]:
    """A serial line with a printer."""
    bench = _SerialBench()
    yield bench
    bench.close()


def _serial(path: str, timeout_s: float = 1.0) -> SerialPrinter:
    settings = PrinterSettings(
        name="com", kind="serial", path=path, baud=115200, timeout_s=timeout_s
    )
    return SerialPrinter(settings)


def test_a_serial_printer_gets_the_slip_and_says_so(bench: _SerialBench) -> None:
    printer = _serial(bench.path)

    said = printer.print(_slip(), "A001")

    assert said is PrinterStatus.OK
    assert printer.status() is PrinterStatus.OK
    assert [slip.tobytes() for slip in decode(bench.data)] == [_slip().tobytes()]


def test_a_serial_printer_out_of_paper_is_sent_nothing(bench: _SerialBench) -> None:
    bench.does.online, bench.does.paper = False, 0x60

    with pytest.raises(PrinterError) as failed:
        _serial(bench.path).print(_slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.paper_out", False)
    assert decode(bench.data) == []


def test_a_silent_serial_printer_is_never_said_to_be_well(bench: _SerialBench) -> None:
    bench.does.silent = True
    printer = _serial(bench.path)

    assert printer.status() is PrinterStatus.UNKNOWN
    assert printer.print(_slip(300), "A001") is PrinterStatus.UNKNOWN


def test_a_serial_printer_that_stops_reading_is_given_up_in_time(bench: _SerialBench) -> None:
    bench.does.silent = True
    printer = _serial(bench.path, _SHORT_S)
    assert printer.status() is PrinterStatus.UNKNOWN
    bench.does.may_read.clear()

    with pytest.raises(PrinterError) as failed:
        printer.print(_slip(), "A001")

    assert (failed.value.code, failed.value.uncertain) == ("printer.broken_off", True)


def test_a_serial_line_that_is_not_there_is_told() -> None:
    printer = _serial("/dev/motcua-no-such-line")

    with pytest.raises(PrinterError) as failed:
        printer.print(_slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.offline", False)
    assert printer.status() is PrinterStatus.OFFLINE


# --- USB ---


@dataclass
class _UsbBench:
    """The USB side of the library, with a printer plugged in."""

    does: Faults = field(default_factory=Faults)
    plugged_in: bool = True
    takes: int | None = None
    """Bytes it takes before it takes no more; None takes all."""
    data: bytes = b""
    endpoints: tuple[int, ...] = (0x81, 0x03)
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

    assert _usb(bench).print(_slip(), "A001") is PrinterStatus.OK

    assert [slip.tobytes() for slip in decode(bench.data)] == [_slip().tobytes()]
    assert bench.asked == [(0x4B8, 0xE15, 2000)]


def test_a_usb_printer_that_is_unplugged_was_sent_nothing() -> None:
    bench = _UsbBench(plugged_in=False)

    with pytest.raises(PrinterError) as failed:
        _usb(bench).print(_slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.offline", False)
    assert _usb(bench).status() is PrinterStatus.OFFLINE


def test_a_usb_printer_that_takes_no_more_may_have_printed_some() -> None:
    with pytest.raises(PrinterError) as failed:
        _usb(_UsbBench(takes=20_000)).print(_slip(), "A001")

    assert (failed.value.code, failed.value.uncertain) == ("printer.broken_off", True)


def test_a_usb_printer_that_says_nothing_is_unknown() -> None:
    bench = _UsbBench(Faults(silent=True))

    assert _usb(bench).status() is PrinterStatus.UNKNOWN
    assert _usb(bench).print(_slip(), "A001") is PrinterStatus.UNKNOWN


# --- what the box lacks ---


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
            printer.print(_slip(), "A001")
        assert (failed.value.code, failed.value.sent) == ("printer.connector_missing", False)
        assert printer.status() is PrinterStatus.UNKNOWN


@pytest.mark.parametrize(("kind", "package"), [("usb", "pyusb"), ("serial", "pyserial")])
def test_what_to_install_is_said_to_the_letter(kind: str, package: str) -> None:
    settings = PrinterSettings(name="x", kind="usb" if kind == "usb" else "serial")

    said = missing_part(settings, lambda: _without(kind))

    assert said.endswith(f" -m pip install {package}")
    assert missing_part(PrinterSettings(name="x", kind="network")) == ""
