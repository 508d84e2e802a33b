"""A printer on a serial line: asked like any other, and never waited for without end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import Thread
from types import SimpleNamespace

import pytest

from motcua.printing.connectors import SerialPrinter
from motcua.printing.printer import PrinterError, PrinterSettings, PrinterStatus
from motcua.printing.raster import CUT, INIT, commands, decode
from tests.printing.tcp_printer import PATIENCE_S, Faults, answer, slip

_SHORT_S = 0.3


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

    said = printer.print(slip(), "A001")

    assert said is PrinterStatus.OK
    assert printer.status() is PrinterStatus.OK
    assert [slip.tobytes() for slip in decode(bench.data)] == [slip().tobytes()]


def test_a_serial_printer_out_of_paper_is_sent_nothing(bench: _SerialBench) -> None:
    bench.does.online, bench.does.paper = False, 0x60

    with pytest.raises(PrinterError) as failed:
        _serial(bench.path).print(slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.paper_out", False)
    assert decode(bench.data) == []


def test_a_silent_serial_printer_is_never_said_to_be_well(bench: _SerialBench) -> None:
    bench.does.silent = True
    printer = _serial(bench.path)

    assert printer.status() is PrinterStatus.UNKNOWN
    assert printer.print(slip(300), "A001") is PrinterStatus.UNKNOWN


def test_a_serial_printer_that_stops_reading_is_given_up_in_time(bench: _SerialBench) -> None:
    bench.does.silent = True
    printer = _serial(bench.path, _SHORT_S)
    assert printer.status() is PrinterStatus.UNKNOWN
    bench.does.may_read.clear()

    with pytest.raises(PrinterError) as failed:
        printer.print(slip(), "A001")

    assert (failed.value.code, failed.value.uncertain) == ("printer.broken_off", True)


def test_a_serial_line_that_is_not_there_is_told() -> None:
    printer = _serial("/dev/motcua-no-such-line")

    with pytest.raises(PrinterError) as failed:
        printer.print(slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.offline", False)
    assert printer.status() is PrinterStatus.OFFLINE


class _StuckLine:
    """A line whose other end takes no more: what was written waits in the system, for ever."""

    def __init__(self, *_: object, **__: object) -> None:
        self.device = self
        self.write_timeout = 0.0
        self.out_waiting = 0
        self.closed = False

    @staticmethod
    def is_usable() -> bool:
        return True

    def open(self) -> None:
        self.out_waiting = 0

    def hw(self, _: str) -> None:
        self._raw(INIT)

    def cut(self, *, feed: bool) -> None:
        self._raw(CUT if not feed else b"")

    def query_status(self, _: bytes) -> bytes:
        return b""

    def _read(self) -> bytes:
        return b""

    def _raw(self, data: bytes) -> None:
        self.out_waiting += len(data)

    def reset_output_buffer(self) -> None:
        self.out_waiting = 0

    def close(self) -> None:
        assert not self.out_waiting, "closing would wait for the other end, for ever"
        self.closed = True


def test_a_serial_line_is_closed_although_its_other_end_takes_no_more() -> None:
    line = _StuckLine()
    settings = PrinterSettings(
        name="com", kind="serial", path="/dev/x", baud=921600, timeout_s=_SHORT_S
    )
    library = SimpleNamespace(Serial=_Opens(line))

    with pytest.raises(PrinterError) as failed:
        SerialPrinter(settings, lambda: library).print(slip(), "A001")

    assert (failed.value.code, failed.value.uncertain) == ("printer.broken_off", True)
    assert line.closed


class _Opens:
    """Stands for the library's class: its one line is there already."""

    def __init__(self, line: _StuckLine) -> None:
        self._line = line
        self.is_usable = line.is_usable

    def __call__(self, *_: object, **__: object) -> _StuckLine:
        return self._line
