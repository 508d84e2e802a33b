"""The same request again: a double tap, a retry, a second tab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.errors import QueueError
from motcua.queue.record import Record
from motcua.queue.ticket import State
from motcua.record_keeping import JournalError
from tests.journal.journal_days import EIGHT, MONDAY, open_office


def test_a_double_tap_gets_the_first_answer_and_one_number(office: Office) -> None:
    first = office.execute(c.IssueTicket(service="A"), "tap")
    seq = office.seq
    again = office.execute(c.IssueTicket(service="A"), "tap")
    assert again == replace(first, repeated=True)
    assert not first.repeated
    assert office.seq == seq


def test_the_first_answer_stands_though_the_world_went_on(office: Office) -> None:
    office.execute(c.OpenCounter(1))
    office.execute(c.IssueTicket(service="A"))
    called = office.execute(c.CallNext(1), "call")
    office.execute(c.StartService(1))
    office.execute(c.FinishTicket(1, "done"))
    again = office.execute(c.CallNext(1), "call")
    assert again.ticket == called.ticket
    assert again.ticket is not None
    assert again.ticket.state is State.CALLED
    assert again.counter is not None
    assert again.counter.ticket == again.ticket.id


def test_without_a_request_every_wish_counts(office: Office) -> None:
    numbers = [office.execute(c.IssueTicket(service="A")).ticket for _ in range(2)]
    assert [ticket.number for ticket in numbers if ticket] == ["A001", "A002"]


@pytest.mark.parametrize("other", [c.PauseCounter(1), c.OpenCounter(2), c.IssueTicket(service="A")])
def test_a_request_used_for_another_command_is_refused(office: Office, other: c.Command) -> None:
    office.execute(c.OpenCounter(1), "one")
    seq = office.seq
    with pytest.raises(QueueError) as refusal:
        office.execute(other, "one")
    assert (refusal.value.code, refusal.value.kind) == ("request.reused", "invalid")
    assert office.seq == seq


def test_a_refused_request_may_be_tried_again(office: Office) -> None:
    office.execute(c.OpenCounter(1))
    with pytest.raises(QueueError):
        office.execute(c.CallNext(1), "call")
    office.execute(c.IssueTicket(service="A"))
    assert office.execute(c.CallNext(1), "call").ticket


class FullOnce(MemoryJournal):
    """A journal whose disk is full at the first command."""

    full = True

    def append(self, records: Sequence[Record]) -> None:
        if self.full:
            self.full = False
            raise JournalError("no space left on device")
        super().append(records)


def test_a_request_the_disk_did_not_take_is_done_at_the_next_try_and_once(clock: SetClock) -> None:
    office = open_office(FullOnce(), clock)
    with pytest.raises(JournalError):
        office.execute(c.IssueTicket(service="A"), "tap")
    first = office.execute(c.IssueTicket(service="A"), "tap")
    assert not first.repeated
    assert office.execute(c.IssueTicket(service="A"), "tap") == replace(first, repeated=True)
    with office.today() as day:
        assert [ticket.number for ticket in day.tickets.values()] == ["A001"]


def test_a_request_is_known_after_a_restart(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    first = office.execute(c.IssueTicket(service="A", priority="older"), "tap")
    again = open_office(journal, clock).execute(c.IssueTicket(service="A"), "tap")
    assert again == replace(first, repeated=True)


def test_a_retry_just_after_midnight_still_gets_its_first_answer(
    office: Office, clock: SetClock
) -> None:
    clock.advance_to(EIGHT.replace(hour=23, minute=59, second=58))
    first = office.execute(c.IssueTicket(service="A"), "tap")
    clock.advance(5)
    assert office.execute(c.IssueTicket(service="A"), "tap") == replace(first, repeated=True)


def test_a_command_of_several_events_is_repeated_as_one(office: Office) -> None:
    office.execute(c.OpenCounter(1))
    lan = office.execute(c.IssueTicket(service="A")).ticket
    assert lan is not None
    office.execute(c.CallNext(1))
    office.execute(c.MissTicket(1))
    called = office.execute(c.CallTicket(1, lan.id), "call")
    assert called.ticket is not None
    assert called.ticket.state is State.CALLED
    assert office.execute(c.CallTicket(1, lan.id), "call") == replace(called, repeated=True)


@pytest.mark.parametrize("request_id", ["x" * 101, "\ud800"])
def test_a_request_id_the_journal_could_not_keep_is_refused(
    office: Office, request_id: str
) -> None:
    with pytest.raises(QueueError) as refusal:
        office.execute(c.IssueTicket(service="A"), request_id)
    assert refusal.value.code == "request.invalid"
    assert office.seq == 0


def test_the_latest_five_thousand_answers_are_remembered(
    office: Office, journal: MemoryJournal
) -> None:
    for n in range(5002):
        office.execute(c.GiveFeedback(3), f"rating {n}")
    with office.today() as day:
        assert len(day.answers) == 5000
        assert next(iter(day.answers)) == "rating 2"
    assert office.execute(c.GiveFeedback(3), "rating 2").repeated
    assert sum(1 for _ in journal.read(MONDAY)) == 5003
