"""A printer on the network, and everything it can do to a slip.

The printer is our own: it speaks ESC/POS over TCP and can be off, silent, out of paper, open, or
drop the line in the middle.
"""

from __future__ import annotations

import socket

import pytest
from PIL import Image

from motcua.printing.connectors import network_printer
from motcua.printing.escpos_printer import EscposPrinter
from motcua.printing.printer import PrinterError, PrinterSettings, PrinterStatus
from motcua.printing.raster import STATUS_NOW
from tests.printing.tcp_printer import TcpPrinter, slip

_SHORT_S = 0.3


def _reached(port: int, timeout_s: float = 10, paper_mm: int = 80) -> EscposPrinter:
    settings = PrinterSettings(
        name="sảnh",
        kind="network",
        host="127.0.0.1",
        port=port,
        timeout_s=timeout_s,
        paper_mm=paper_mm,
    )
    return network_printer(settings)


def test_a_good_printer_gets_the_slip_pixel_for_pixel_and_says_so(tcp: TcpPrinter) -> None:
    drawn = slip()

    said = _reached(tcp.port).print(drawn, "A001")

    (printed,) = tcp.slips()
    assert said is PrinterStatus.OK
    assert printed.tobytes() == drawn.tobytes()


def test_the_line_is_closed_after_each_slip(tcp: TcpPrinter) -> None:
    printer = _reached(tcp.port)

    for number in ("A001", "A002", "A003"):
        printer.print(slip(100), number)
        assert len(tcp.slips()) == 1


def test_pixels_that_look_like_a_question_do_not_confuse_the_answers(tcp: TcpPrinter) -> None:
    question_in_ink = bytes(0xFF - byte for byte in STATUS_NOW + b"\x01") * 24
    drawn = Image.frombytes("1", (576, 10), question_in_ink * 10)

    assert _reached(tcp.port).print(drawn, "A001") is PrinterStatus.OK


def test_noise_before_an_answer_is_passed_over(tcp: TcpPrinter) -> None:
    tcp.does.noise = b"\xff\x7f\x00"

    assert _reached(tcp.port).status() is PrinterStatus.OK


def test_a_printer_that_is_off_is_told_at_once_and_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    printer = _reached(port)

    with pytest.raises(PrinterError) as failed:
        printer.print(slip(), "A001")
    assert (failed.value.code, failed.value.sent) == ("printer.offline", False)
    assert printer.status() is PrinterStatus.OFFLINE


def test_an_address_that_is_none_is_a_printer_that_is_not_there() -> None:
    printer = network_printer(PrinterSettings(name="x", kind="network", host="máy..in"))

    assert printer.status() is PrinterStatus.OFFLINE
    with pytest.raises(PrinterError, match="does not answer"):
        printer.print(slip(), "A001")


def test_a_printer_switched_on_again_simply_prints(tcp: TcpPrinter) -> None:
    printer = _reached(tcp.port)
    tcp.does.online = False
    with pytest.raises(PrinterError):
        printer.print(slip(), "A001")
    assert tcp.slips() == []

    tcp.does.online = True
    printer.print(slip(), "A002")

    assert len(tcp.slips()) == 1


@pytest.mark.parametrize(
    ("online", "cover_open", "paper", "status"),
    [
        (True, False, 0x00, PrinterStatus.OK),
        (True, False, 0x0C, PrinterStatus.PAPER_NEAR_END),
        (False, False, 0x60, PrinterStatus.PAPER_OUT),
        (True, False, 0x60, PrinterStatus.PAPER_OUT),
        (False, True, 0x60, PrinterStatus.COVER_OPEN),
        (False, False, 0x00, PrinterStatus.OFFLINE),
    ],
)
def test_what_the_printer_says_is_understood(
    tcp: TcpPrinter,
    *,
    online: bool,
    cover_open: bool,
    paper: int,
    status: PrinterStatus,
) -> None:
    tcp.does.online, tcp.does.cover_open, tcp.does.paper = online, cover_open, paper

    assert _reached(tcp.port).status() is status


@pytest.mark.parametrize("cover_open", [True, False])
def test_a_printer_that_cannot_print_is_sent_nothing(tcp: TcpPrinter, *, cover_open: bool) -> None:
    tcp.does.online, tcp.does.cover_open, tcp.does.paper = False, cover_open, 0x60

    with pytest.raises(PrinterError) as failed:
        _reached(tcp.port).print(slip(), "A001")

    code = "printer.cover_open" if cover_open else "printer.paper_out"
    assert (failed.value.code, failed.value.sent) == (code, False)
    assert tcp.slips() == []


def test_paper_that_runs_out_in_the_middle_is_no_printed_slip(tcp: TcpPrinter) -> None:
    tcp.does.runs_out_in_the_middle = True

    with pytest.raises(PrinterError) as failed:
        _reached(tcp.port, _SHORT_S).print(slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.paper_out", True)


@pytest.mark.parametrize("byte", [100, 40_000, 86_400])
def test_a_line_dropped_in_the_middle_is_no_printed_slip(tcp: TcpPrinter, byte: int) -> None:
    tcp.does.drops_after_bytes = byte

    with pytest.raises(PrinterError) as failed:
        _reached(tcp.port).print(slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.broken_off", True)


def test_a_silent_printer_is_never_said_to_be_well(tcp: TcpPrinter) -> None:
    tcp.does.silent = True
    printer = _reached(tcp.port, _SHORT_S)

    assert printer.status() is PrinterStatus.UNKNOWN
    assert tcp.slips() == []
    assert printer.print(slip(), "A001") is PrinterStatus.UNKNOWN
    assert len(tcp.slips()) == 1


def test_a_printer_that_kept_silent_once_is_asked_again_after_some_slips(
    tcp: TcpPrinter,
) -> None:
    printer = _reached(tcp.port, _SHORT_S)
    tcp.does.silent = True
    said = [printer.print(slip(100), "A001")]
    tcp.repair()

    said += [printer.print(slip(100), f"A{number:03}") for number in range(2, 7)]

    assert said == [PrinterStatus.UNKNOWN] * 5 + [PrinterStatus.OK]


def test_a_printer_that_found_its_voice_is_believed_again(tcp: TcpPrinter) -> None:
    printer = _reached(tcp.port, _SHORT_S)
    tcp.does.silent = True
    printer.print(slip(), "A001")

    tcp.does.silent = False

    assert printer.status() is PrinterStatus.OK
    assert printer.print(slip(), "A002") is PrinterStatus.OK


def test_a_printer_that_only_answers_at_once_never_claims_the_slip(tcp: TcpPrinter) -> None:
    tcp.does.answers_in_turn = False
    printer = _reached(tcp.port, _SHORT_S)

    assert printer.print(slip(), "A001") is PrinterStatus.UNKNOWN
    assert printer.status() is PrinterStatus.OK


def test_a_slip_wider_than_the_paper_is_not_sent(tcp: TcpPrinter) -> None:
    with pytest.raises(PrinterError) as failed:
        _reached(tcp.port, paper_mm=58).print(slip(), "A001")

    assert failed.value.code == "printer.too_wide"
    assert tcp.jobs.empty()
