"""A printer behind a device that only takes bytes: never waited for without end, never believed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest

from motcua.printing.connectors import DevicePrinter
from motcua.printing.printer import PrinterError, PrinterSettings, PrinterStatus
from motcua.printing.raster import CUT, decode
from tests.printing.tcp_printer import PATIENCE_S, slip

_SHORT_S = 0.3


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
        _device(pipe).print(slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.offline", False)


def test_a_device_that_takes_nothing_is_given_up_and_nothing_was_sent(pipe: Path) -> None:
    with _read_by(pipe):
        writing = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        _fill(writing)

        with pytest.raises(PrinterError) as failed:
            _device(pipe).print(slip(), "A001")
        os.close(writing)

    assert (failed.value.code, failed.value.sent) == ("printer.stuck", False)
    assert failed.value.status is PrinterStatus.UNKNOWN


def test_a_device_that_stops_in_the_middle_may_have_printed_some(pipe: Path) -> None:
    with _read_by(pipe), pytest.raises(PrinterError) as failed:
        _device(pipe).print(slip(), "A001")

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
        printer.print(slip(), "A001")
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
    said = _device(pipe).print(slip(), "A001")
    taking.join(PATIENCE_S)

    assert said is PrinterStatus.UNKNOWN
    assert [slip.tobytes() for slip in decode(b"".join(taken))] == [slip().tobytes()]
