"""What visitors are told of their wait by an office that remembers: today's steps and the past."""

from __future__ import annotations

import pytest

from motcua.clock import SetClock
from motcua.foresight import Foresight
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.ticket import Ticket
from tests.journal.journal_days import open_office


def takes(office: Office, service: str = "A") -> Ticket:
    """Let somebody take a number."""
    answer = office.execute(c.IssueTicket(service=service))
    assert answer.ticket
    return answer.ticket


def morning(office: Office, clock: SetClock, visitors: int = 30) -> None:
    """Counter 1 is always busy, four minutes a visitor; three always wait."""
    office.execute(c.OpenCounter(1))
    for _ in range(3):
        takes(office)
    for _ in range(visitors):
        clock.advance(20)
        office.execute(c.CallNext(1))
        office.execute(c.StartService(1))
        takes(office)
        clock.advance(220)
        office.execute(c.FinishTicket(1, "done"))


@pytest.fixture
def foresight(office: Office, journal: MemoryJournal) -> Foresight:
    """What the office's centre foretells; the past is not learnt yet."""
    return Foresight(office, journal)


def test_a_day_that_goes_on_teaches_what_comes(
    office: Office, clock: SetClock, foresight: Foresight
) -> None:
    assert takes(office).low_s is None
    morning(office, clock)
    foresight.study()
    ticket = takes(office)
    assert ticket.low_s is not None
    assert ticket.high_s is not None
    assert ticket.low_s <= 4 * 240 <= ticket.high_s, "four wait before, and one is called at once"
    assert ticket.basis == "visits"


def test_the_days_before_are_known_after_a_start(
    journal: MemoryJournal, office: Office, clock: SetClock
) -> None:
    Foresight(office)
    morning(office, clock)
    clock.advance(86400)
    begun = open_office(journal, clock)
    begun.execute(c.OpenCounter(1))
    foresight = Foresight(begun, journal)
    assert takes(begun).low_s is None, "nothing was learnt yet"
    foresight.study()
    takes(begun)
    assert takes(begun).high_s is not None


def test_what_happens_while_the_past_is_learnt_is_not_forgotten(
    journal: MemoryJournal, office: Office, clock: SetClock
) -> None:
    Foresight(office)
    morning(office, clock)
    again = open_office(journal, clock)
    foresight = Foresight(again, journal)
    waiting = [takes(again) for _ in range(6)]
    foresight.study()
    before_s = foretold(again, clock, 9)
    for _ in waiting:
        clock.advance(60)
        again.execute(c.CallNext(1))
        again.execute(c.StartService(1))
        again.execute(c.FinishTicket(1, "done"))
    assert foretold(again, clock, 3) < before_s


def test_nothing_is_told_while_no_counter_is_open_for_the_service(
    office: Office, clock: SetClock, foresight: Foresight
) -> None:
    morning(office, clock)
    foresight.study()
    office.execute(c.PauseCounter(1))
    assert takes(office).low_s is None
    assert takes(office, "H").low_s is None


def foretold(office: Office, clock: SetClock, ahead: int) -> float:
    """Return the wait foretold to somebody with so many ahead, in seconds."""
    with office.today() as day:
        told = office.foretell(day, "A", clock.now(), None, ahead)
    assert told
    return told.point_s
