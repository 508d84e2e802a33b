"""The line before a printer: no visitor waits for it, and no slip comes twice unasked."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from motcua.printing.job import Job, JobRecord, JobState
from motcua.printing.printer import PrinterError, PrinterStatus
from motcua.printing.virtual import VirtualPrinter

if TYPE_CHECKING:
    from tests.printing.conftest import Hall


def test_a_slip_goes_from_the_line_to_the_paper(hall: Hall) -> None:
    bench = hall.bench()
    spooler = hall.open(bench)

    spooler.submit(hall.job())

    assert hall.wait_until_settled(spooler) is JobState.PRINTED
    assert bench.printed == ["A001"]
    assert spooler.status is PrinterStatus.OK


def test_a_printer_that_hangs_keeps_nobody_waiting(hall: Hall) -> None:
    bench = hall.bench()
    bench.hang()
    spooler = hall.open(bench)

    spooler.submit(hall.job("A001"))
    bench.wait_for_work()
    later = spooler.submit(hall.job("A002"))

    assert later.state is JobState.QUEUED
    assert hall.state(spooler, "A001") is JobState.PRINTING
    bench.go_on()
    hall.wait_until_settled(spooler, "A002")
    assert bench.printed == ["A001", "A002"]


def test_the_slip_is_drawn_away_from_whoever_asked(hall: Hall) -> None:
    may_draw, spooler = Event(), hall.open(hall.bench())

    def draw(_: JobRecord) -> Image.Image:
        assert may_draw.wait(10)
        return Image.new("1", (384, 16), 1)

    spooler.submit(Job("ticket-A001", "ticket", draw, "A001"))
    may_draw.set()

    assert hall.wait_until_settled(spooler) is JobState.PRINTED


def test_a_printer_that_cannot_be_asked_is_not_said_to_have_printed(hall: Hall) -> None:
    spooler = hall.open(hall.bench(PrinterStatus.UNKNOWN))

    spooler.submit(hall.job())

    assert hall.wait_until_settled(spooler) is JobState.UNKNOWN
    assert spooler.status is PrinterStatus.UNKNOWN


def test_out_of_paper_the_slip_fails_is_told_and_comes_when_asked_again(
    hall: Hall, tmp_path: Path
) -> None:
    printer = VirtualPrinter(tmp_path)
    printer.slips_left = 0
    spooler = hall.open(printer)

    spooler.submit(hall.job())
    hall.wait_until_settled(spooler)
    failed = spooler.record("ticket-A001")
    assert failed is not None
    assert (failed.state, failed.code) == (JobState.FAILED, "printer.paper_out")
    assert failed.sentence == "The printer is out of paper: put in a new roll."
    assert spooler.status is PrinterStatus.PAPER_OUT

    printer.slips_left = None
    again = spooler.reprint("ticket-A001")
    hall.wait_until_settled(spooler)
    assert again.copies == 2
    assert hall.state(spooler) is JobState.PRINTED
    assert [file.name for file in printer.slips()] == ["0001-A001.png"]


def test_a_printer_that_was_away_for_a_moment_is_tried_again(hall: Hall) -> None:
    bench = hall.bench(PrinterError("printer.offline"))
    spooler = hall.open(bench)

    spooler.submit(hall.job())

    assert hall.wait_until_settled(spooler) is JobState.PRINTED
    assert bench.printed == ["A001"]


def test_a_printer_known_to_be_away_is_tried_once_for_each_slip(hall: Hall) -> None:
    away = [PrinterError("printer.offline") for _ in range(3)]
    bench = hall.bench(*away)
    spooler = hall.open(bench)

    for number in ("A001", "A002", "A003"):
        spooler.submit(hall.job(number))
        hall.wait_until_settled(spooler, number)

    assert hall.state(spooler, "A001") is JobState.FAILED
    assert hall.state(spooler, "A002") is JobState.FAILED
    assert hall.state(spooler, "A003") is JobState.PRINTED
    assert spooler.status is PrinterStatus.OK


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (PrinterError("printer.broken_off", sent=True), JobState.UNKNOWN),
        (PrinterError("printer.paper_out", sent=True), JobState.FAILED),
        (PrinterError("printer.offline", sent=True), JobState.FAILED),
        (RuntimeError("the library stumbled"), JobState.UNKNOWN),
    ],
)
def test_a_slip_that_may_be_half_out_is_never_sent_again_unasked(
    hall: Hall, fault: Exception, state: JobState
) -> None:
    bench = hall.bench(fault)
    spooler = hall.open(bench)

    spooler.submit(hall.job("A001"))
    spooler.submit(hall.job("A002"))

    hall.wait_until_settled(spooler, "A002")
    assert hall.state(spooler, "A001") is state
    assert bench.printed == ["A002"]


def test_the_same_slip_submitted_twice_is_printed_once(hall: Hall) -> None:
    bench = hall.bench()
    spooler = hall.open(bench)

    spooler.submit(hall.job("A001"))
    hall.wait_until_settled(spooler)
    known = spooler.submit(hall.job("A001"))
    spooler.submit(hall.job("A002"))

    hall.wait_until_settled(spooler, "A002")
    assert known.state is JobState.PRINTED
    assert bench.printed == ["A001", "A002"]


def test_two_presses_on_reprint_give_one_more_copy(hall: Hall) -> None:
    bench = hall.bench()
    spooler = hall.open(bench)
    spooler.submit(hall.job())
    hall.wait_until_settled(spooler)

    bench.hang()
    copies = [spooler.reprint("ticket-A001").copies for _ in range(2)]
    bench.go_on()

    hall.wait_until_settled(spooler)
    assert copies == [2, 2]
    assert bench.printed == ["A001", "A001"]


def test_a_slip_nobody_remembers_cannot_be_reprinted(hall: Hall) -> None:
    with pytest.raises(PrinterError) as refused:
        hall.open(hall.bench()).reprint("ticket-A999")

    assert refused.value.code == "printer.job_unknown"


def test_a_slip_that_cannot_be_drawn_does_not_stop_the_next(hall: Hall) -> None:
    spooler = hall.open(hall.bench())

    def draw(_: JobRecord) -> Image.Image:
        message = "no such font"
        raise OSError(message)

    spooler.submit(Job("ticket-A001", "ticket", draw, "A001"))
    spooler.submit(hall.job("A002"))

    hall.wait_until_settled(spooler, "A002")
    assert hall.code(spooler, "A001") == "printer.not_drawn"
    assert hall.state(spooler, "A002") is JobState.PRINTED


def test_a_slip_whose_day_is_over_says_so_and_is_no_defect(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    spooler = hall.open(hall.bench())

    def draw(_: JobRecord) -> Image.Image:
        raise PrinterError("printer.job_unknown")

    spooler.submit(Job("ticket-A001", "ticket", draw, "A001"))

    assert hall.wait_until_settled(spooler) is JobState.FAILED
    assert hall.code(spooler, "A001") == "printer.job_unknown"
    assert not [record for record in caplog.records if record.exc_info]


def test_a_line_grown_too_long_takes_no_more(hall: Hall) -> None:
    bench = hall.bench()
    bench.hang()
    spooler = hall.open(bench)
    spooler.submit(hall.job("A000"))
    bench.wait_for_work()

    states = [spooler.submit(hall.job(f"A{number:03d}")) for number in range(1, 42)]

    assert [record.state for record in states[:40]] == [JobState.QUEUED] * 40
    assert (states[40].state, states[40].code) == (JobState.FAILED, "printer.queue_full")
    bench.go_on()


def test_staff_see_the_last_fifty_slips_newest_first(hall: Hall) -> None:
    spooler = hall.open(hall.bench())
    for number in range(60):
        spooler.submit(hall.job(f"A{number:03d}"))
        hall.wait_until_settled(spooler, f"A{number:03d}")

    records = spooler.records()

    assert [records[0].job.about, records[-1].job.about, len(records)] == ["A059", "A010", 50]
    assert records[0].changed_at.isoformat() == "2026-11-23T12:00:00+07:00"


def test_an_idle_printer_is_asked_how_it_is(hall: Hall) -> None:
    bench = hall.bench()
    bench.said = PrinterStatus.PAPER_NEAR_END

    spooler = hall.open(bench, poll_s=0.01)

    hall.wait(lambda: spooler.status is PrinterStatus.PAPER_NEAR_END)


def test_a_printer_that_stumbles_over_a_question_still_prints(hall: Hall) -> None:
    bench = hall.bench()
    bench.said = RuntimeError("the library stumbled")
    spooler = hall.open(bench, poll_s=0.01)
    assert bench.asked.wait(10)

    spooler.submit(hall.job())

    assert hall.wait_until_settled(spooler) is JobState.PRINTED


def test_switched_off_the_slip_in_hand_is_finished_and_the_rest_is_told(hall: Hall) -> None:
    bench = hall.bench()
    bench.hang()
    spooler = hall.open(bench)
    spooler.submit(hall.job("A001"))
    bench.wait_for_work()
    spooler.submit(hall.job("A002"))

    switch = Thread(target=spooler.close)
    switch.start()
    hall.wait_until_settled(spooler, "A002")
    bench.go_on()
    switch.join(10)
    late = spooler.submit(hall.job("A003"))

    assert hall.code(spooler, "A002") == "printer.stopped"
    assert late.code == "printer.stopped"
    assert hall.state(spooler, "A001") is JobState.PRINTED
    assert bench.printed == ["A001"]


def test_a_screen_that_fails_to_listen_stops_no_printer(hall: Hall) -> None:
    bench = hall.bench()
    spooler = hall.open(bench)

    def deaf() -> None:
        message = "the board is gone"
        raise OSError(message)

    spooler.on_change(deaf)
    spooler.submit(hall.job())

    hall.wait_until_settled(spooler)
    assert bench.printed == ["A001"]
