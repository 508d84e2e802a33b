"""Record, then act: who hears of what, when, and what a failure there does not do."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Barrier, Event, Thread

import pytest

from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.errors import QueueError
from motcua.queue.events import CounterOpened, DayClosed, DayOpened, TicketIssued
from motcua.queue.record import Record
from motcua.record_keeping import JournalError
from tests.journal.journal_days import EIGHT, MONDAY, open_office

_PATIENCE_S = 30.0


def test_a_reaction_hears_of_a_record_that_is_kept_and_applied(
    office: Office, journal: MemoryJournal
) -> None:
    heard = []

    def react(record: Record) -> None:
        kept = [one.seq for one in journal.read(MONDAY)]
        with office.today() as day:
            heard.append((type(record.event), record.seq in kept, day.seq))

    office.react(react)
    office.execute(c.IssueTicket(service="A"))
    assert heard == [(DayOpened, True, 2), (TicketIssued, True, 2)]


def test_a_reaction_that_fails_is_logged_and_undoes_nothing(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    heard = []

    def printer(record: Record) -> None:
        raise OSError(f"out of paper at {record.seq}")

    office.react(printer)
    office.react(lambda record: heard.append(record.seq))
    with caplog.at_level(logging.ERROR):
        answer = office.execute(c.IssueTicket(service="A"))
    assert answer.ticket
    assert heard == [1, 2]
    assert "a reaction to event 2 failed" in caplog.text
    with office.today() as day:
        assert len(day.line("A")) == 1


def test_nobody_hears_of_a_refusal_or_a_repetition(office: Office) -> None:
    heard: list[int] = []
    office.execute(c.IssueTicket(service="A"), "tap")
    office.react(lambda record: heard.append(record.seq))
    office.execute(c.IssueTicket(service="A"), "tap")
    with pytest.raises(QueueError):
        office.execute(c.CallNext(1))
    assert heard == []


def test_a_reaction_may_do_something_itself(office: Office) -> None:
    heard = []

    def react(record: Record) -> None:
        heard.append(type(record.event))
        if isinstance(record.event, TicketIssued):
            office.execute(c.OpenCounter(1))

    office.react(react)
    office.execute(c.IssueTicket(service="A"))
    assert heard == [DayOpened, TicketIssued, CounterOpened]


def test_reactions_hear_in_the_order_of_the_records_whoever_wrote_them(office: Office) -> None:
    heard: list[int] = []
    office.react(lambda record: heard.append(record.seq))
    start = Barrier(8)

    def kiosk() -> None:
        start.wait(_PATIENCE_S)
        for _ in range(25):
            answer = office.execute(c.IssueTicket(service="A"))
            assert answer.seq in heard, "whoever has the answer knows that it was told"

    threads = [Thread(target=kiosk) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE_S)
    assert heard == list(range(1, 202))


class Seen(int):
    """A number that tells when it is compared: then its thread is about to wait."""

    looked: Event

    def __ne__(self, other: object) -> bool:
        self.looked.set()
        return super().__ne__(other)

    __eq__ = int.__eq__
    __hash__ = int.__hash__


def test_waiting_ends_with_the_next_event(office: Office) -> None:
    seen, woken = Seen(0), Event()
    seen.looked = Event()

    def board() -> None:
        assert office.wait(seen, 2 * _PATIENCE_S) > 0
        woken.set()

    thread = Thread(target=board)
    thread.start()
    assert seen.looked.wait(_PATIENCE_S)
    office.execute(c.IssueTicket(service="A"))
    assert woken.wait(_PATIENCE_S)
    thread.join(_PATIENCE_S)


def test_one_who_is_behind_need_not_wait(office: Office) -> None:
    office.execute(c.IssueTicket(service="A"))
    assert office.wait(1, _PATIENCE_S) == 2


def test_waiting_ends_after_a_while_with_nothing_new(office: Office) -> None:
    assert office.wait(0, 0.01) == 0


def test_waiting_ends_when_the_office_stops_and_nothing_is_done_after(office: Office) -> None:
    woken = Event()

    def board() -> None:
        office.wait(0, _PATIENCE_S)
        woken.set()

    thread = Thread(target=board)
    thread.start()
    office.stop()
    assert woken.wait(_PATIENCE_S)
    thread.join(_PATIENCE_S)
    assert office.stopped
    with pytest.raises(JournalError, match="closing down"):
        office.execute(c.IssueTicket(service="A"))


class SlowJournal(MemoryJournal):
    """A journal on a card that takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.may_end = Event(), Event()

    def append(self, records: Sequence[Record]) -> None:
        self.began.set()
        assert self.may_end.wait(_PATIENCE_S)
        super().append(records)


def test_reading_does_not_wait_for_the_disk() -> None:
    journal = SlowJournal()
    office = open_office(journal, SetClock(EIGHT))
    writing = Thread(target=office.execute, args=[c.IssueTicket(service="A")])
    writing.start()
    assert journal.began.wait(_PATIENCE_S)
    with office.today() as day:
        assert (day.seq, len(day.tickets)) == (0, 0)
    assert office.seq == 0
    journal.may_end.set()
    writing.join(_PATIENCE_S)
    assert office.seq == 2


def test_what_was_kept_before_a_failure_is_told(clock: SetClock) -> None:
    class FullAfterOne(MemoryJournal):
        def append(self, records: Sequence[Record]) -> None:
            if self.days():
                raise JournalError("the disk is full")
            super().append(records)

    office = open_office(FullAfterOne(), clock)
    heard = []
    office.react(lambda record: heard.append(type(record.event)))
    with pytest.raises(JournalError):
        office.execute(c.IssueTicket(service="A"))
    assert heard == [DayOpened]
    assert DayClosed not in heard
