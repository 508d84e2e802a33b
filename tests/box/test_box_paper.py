"""Paper: a slip for every ticket once it is recorded, on the right printer, with what to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Condition

import pytest

from motcua.app import Box, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.memory import MemoryJournal
from motcua.paper import Paper
from motcua.printing.printer import PrinterError
from motcua.queue.commands import CallNext, FinishTicket, IssueTicket, OpenCounter, StartService

TWO_PRINTERS = """
[[service]]
letter = "A"
name = "Hộ tịch"
[[printer]]
name = "hall"
[[printer]]
name = "upstairs"
paper_mm = 58
[[kiosk]]
name = "door"
printer = "hall"
[[kiosk]]
name = "stairs"
printer = "upstairs"
"""


@pytest.fixture
def box(home: Home, clock: SetClock) -> Iterator[Box]:
    """A centre with a kiosk at the door and one upstairs, a printer each."""
    home.centre.write_text(TWO_PRINTERS, encoding="utf-8")
    box = open_box(home, clock=clock, journal=MemoryJournal())
    box.start("http://centre.test")
    yield box
    box.close()


@pytest.fixture
def settled(box: Box) -> Callable[[str], str]:
    """Wait until a job is over; return its state."""
    changed = Condition()

    def tell() -> None:
        with changed:
            changed.notify_all()

    for spooler in box.paper.spoolers():
        spooler.on_change(tell)

    def settled(job: str) -> str:
        with changed:
            assert changed.wait_for(lambda: box.paper.state(job) != "printing", timeout=20)
        return box.paper.state(job)

    return settled


def issue(box: Box, **wish: str) -> str:
    """Take a number; return the ticket's id."""
    ticket = box.office.execute(IssueTicket(**wish)).ticket
    assert ticket is not None
    return ticket.id


def pictures(home: Home) -> list[Path]:
    """Return the slips printed so far, by printer and order."""
    return sorted(path.relative_to(home.slips) for path in home.slips.rglob("*.png"))


def test_each_kiosk_prints_on_its_own_printer(box: Box, settled: Callable[[str], str]) -> None:
    tickets = [issue(box, service="A", kiosk=kiosk) for kiosk in ("door", "stairs")]
    tickets.append(issue(box, service="A"))
    assert [settled(ticket) for ticket in tickets] == ["printed"] * 3
    assert pictures(box.home) == [
        Path("hall/0001-A001.png"), Path("hall/0002-A003.png"), Path("upstairs/0001-A002.png"),
    ]  # fmt: skip


def test_asking_for_the_same_slip_twice_prints_it_once_and_a_reprint_once_more(
    box: Box, settled: Callable[[str], str]
) -> None:
    ticket = issue(box, service="A")
    assert box.paper.print_ticket(ticket) == ticket
    settled(ticket)
    assert len(pictures(box.home)) == 1
    box.paper.reprint(ticket)
    settled(ticket)
    assert len(pictures(box.home)) == 2


def test_a_referral_slip_is_no_ticket(box: Box, settled: Callable[[str], str]) -> None:
    passport = box.office.rules.procedures["1.001456"]
    job = box.paper.print_referral(passport, "vi")
    assert job is not None
    assert settled(job) == "printed"
    with box.office.today() as day:
        assert day.tickets == {}


def test_a_kiosk_that_shall_print_none_prints_on_nobody_else_s_printer(
    home: Home, clock: SetClock
) -> None:
    text = TWO_PRINTERS.replace("paper_mm = 58", 'kind = "none"')
    home.centre.write_text(text, encoding="utf-8")
    box = open_box(home, clock=clock, journal=MemoryJournal())
    box.start("http://centre.test")
    issue(box, service="A", kiosk="stairs")
    assert box.paper.jobs() == []
    box.close()


def test_the_same_wish_prints_one_referral_and_one_more_copy(
    box: Box, settled: Callable[[str], str]
) -> None:
    passport = box.office.rules.procedures["1.001456"]
    jobs = {box.paper.print_referral(passport, "vi", "door", "wish-1") for _ in range(3)}
    (job,) = jobs
    assert job is not None
    settled(job)
    for _ in range(3):
        box.paper.reprint(job, "wish-2", "kiosk door")
        settled(job)
    assert len(pictures(box.home)) == 2
    (record,) = box.paper.jobs()
    assert (record.copies, record.place, record.on_paper) == (2, "kiosk door", True)


def test_the_same_wish_pressed_by_many_hands_at_once_prints_one_copy(
    box: Box, settled: Callable[[str], str]
) -> None:
    ticket = issue(box, service="A")
    settled(ticket)
    hands, together = 8, Barrier(8)

    def press(_: int) -> None:
        together.wait(20)
        for _try in range(5):
            box.paper.reprint(ticket, "wish-1", "counter 1")

    with ThreadPoolExecutor(hands) as people:
        list(people.map(press, range(hands)))
    settled(ticket)
    assert len(pictures(box.home)) == 2


def test_a_slip_tells_what_the_visitor_was_told(box: Box, clock: SetClock) -> None:
    box.office.execute(OpenCounter(1))
    for _ in range(10):
        issue(box, service="A")
        clock.advance(60)
        box.office.execute(CallNext(1))
        box.office.execute(StartService(1))
        clock.advance(300)
        box.office.execute(FinishTicket(1, "done"))
    issue(box, service="A")
    ticket = issue(box, procedure="1.001193", language="en")
    slip = box.paper.slip(ticket)
    assert (slip.number, slip.ahead, slip.language) == ("A012", 1, "en")
    assert slip.low_min is not None
    assert slip.high_min is not None
    assert 0 <= slip.low_min < slip.high_min <= 60
    assert slip.follow_url == f"http://centre.test/t/{ticket}"
    assert slip.papers
    assert slip.issued_at.hour == 9


def test_the_slip_warns_when_it_may_be_too_late_for_a_result_today(
    box: Box, clock: SetClock
) -> None:
    assert box.paper.slip(issue(box, procedure="1.001193")).warnings == ()
    clock.advance(7.5 * 3600)
    late = box.paper.slip(issue(box, procedure="1.001193"))
    assert "15:00" in late.warnings[0].vi


def test_a_number_of_yesterday_gets_no_slip(box: Box, clock: SetClock) -> None:
    ticket = issue(box, service="A")
    clock.advance(86_400)
    with pytest.raises(PrinterError) as refusal:
        box.paper.slip(ticket)
    assert refusal.value.code == "printer.job_unknown"


def test_a_job_nobody_knows_cannot_be_printed_again(box: Box) -> None:
    with pytest.raises(PrinterError, match="no longer kept"):
        box.paper.reprint("nothing")
    assert box.paper.state("nothing") == "forgotten"


def test_without_a_printer_the_number_stays_on_the_screen(home: Home, clock: SetClock) -> None:
    home.centre.write_text('[[printer]]\nname = "kiosk"\nkind = "none"\n', encoding="utf-8")
    box = open_box(home, clock=clock, journal=MemoryJournal())
    box.start("http://centre.test")
    ticket = issue(box, service="A")
    assert isinstance(box.paper, Paper)
    assert box.paper.print_ticket(ticket) is None
    assert box.paper.troubles() == []
    box.close()
